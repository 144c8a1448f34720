"""``doctor``: what is wrong with this installation and how to mend it, each point a sentence with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from agent.commands.connections import connection_health
from agent.commands.webhooks import health
from agent.control import Invocation
from agent.failures import explain
from agent.outbound import outbound_targets
from agent.settings import SLACK_API
from agent.wiring import Application

_STALE_AFTER = timedelta(hours=24)
Check = dict[str, str]


def doctor(application: Application, _invocation: Invocation) -> dict[str, Any]:
    """Run every check; a check that fails unexpectedly is itself reported, never raised."""
    checks: list[Check] = []
    for name, look in _CHECKS.items():
        try:
            checks.extend(look(application))
        except Exception as error:  # noqa: BLE001 a broken check must not hide the others
            checks.append(_check(name, "bad", explain(error).user_message))
    return {"ok": all(check["status"] != "bad" for check in checks), "checks": checks}


def _check(name: str, status: str, message: str) -> Check:
    return {"name": name, "status": status, "message": message}


def _state(application: Application) -> Iterator[Check]:
    yield _check("state folder", "ok", str(application.settings.home.resolve()))


def _data(application: Application) -> Iterator[Check]:
    snapshot = application.mirror.reader.snapshot()
    if not snapshot.sources:
        yield _check("data", "bad", "The mirror is empty; run `floorwalker sync`, or `floorwalker load DIR`.")
        return
    stores = len(application.store_ids())
    yield _check("data", "ok", f"{stores} stores, mirror version {snapshot.version}")
    for source in snapshot.sources.values():
        age = application.clock.now() - source.as_of_at
        status = "warn" if source.source == "sales" and age > _STALE_AFTER else "ok"
        remedy = "; run `floorwalker sync`" if status == "warn" else ""
        kind = "simulated, " if source.simulated else ""
        yield _check(
            f"data: {source.source}", status, f"{kind}complete up to {source.as_of_at:%Y-%m-%d %H:%M} UTC{remedy}"
        )


def _people(application: Application) -> Iterator[Check]:
    members = application.directory.members()
    if not members:
        yield _check("people", "bad", "Nobody is a member; set FLOORWALKER_MEMBERS or load a member.csv.")
        return
    owners = sum(member.role == "owner" for member in members)
    yield _check(
        "people",
        "ok" if owners else "warn",
        f"{len(members)} members" + ("" if owners else "; nobody is an owner, so nobody sees every store"),
    )
    for store in application.store_ids():
        if not application.directory.approvers(store):
            yield _check("people", "warn", f"Nobody may approve changes in {store}; add a store_manager for it.")


def _connections(application: Application) -> Iterator[Check]:
    for name, status, message in connection_health(application):
        yield _check(name, status, message)


def _outbound(application: Application) -> Iterator[Check]:
    for target in outbound_targets(application.settings.outbound):
        kinds = ", ".join(sorted(kind.value for kind in target.kinds))
        repeats = "drops repeats" if target.idempotent else "an unanswered message is handed to a person"
        yield _check(f"outbound: {target.name}", "ok", f"{kinds}; {repeats}")


def _webhooks(application: Application) -> Iterator[Check]:
    for name, status, message in health(application):
        yield _check(name, status, message)


def _slack(application: Application) -> Iterator[Check]:
    settings = application.settings
    missing = [
        name
        for name, value in (
            ("SLACK_BOT_TOKEN", settings.slack_bot_token),
            ("SLACK_APP_TOKEN", settings.slack_app_token),
        )
        if value is None
    ]
    if missing or settings.slack_bot_token is None:
        yield _check("slack", "warn", f"{' and '.join(missing)} not set; `serve` needs both, `demo` brings its own.")
        return
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError

    client = WebClient(token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=10)
    try:
        account = client.auth_test()
    except SlackApiError as error:
        yield _check("slack", "bad", f"Slack refuses the bot token ({error.response['error']}); copy it again.")
        return
    except OSError:
        yield _check("slack", "bad", f"Slack cannot be reached at {settings.slack_api_url}.")
        return
    where = "" if settings.slack_api_url == SLACK_API else f" at {settings.slack_api_url}"
    yield _check("slack", "ok", f"{account['user']} in {account['team']}{where}")
    granted = {scope.strip() for scope in str(account.headers.get("x-oauth-scopes", "")).split(",")}
    lists = {"lists:read", "lists:write"} <= granted
    copied = (
        "copied to a Slack List" if lists else "not copied to a Slack List: the app lacks lists:read and lists:write"
    )
    yield _check("store tasks", "ok", f"{copied} (docs/tasks.md)")


def _model(application: Application) -> Iterator[Check]:
    settings = application.settings
    if settings.openai_api_key is None and settings.openai_base_url is None:
        yield _check("model", "ok", "no language model is set; the built-in planner answers (OPENAI_API_KEY to change)")
        return
    from agent.conversation.model_check import try_model

    where = f"{settings.model} at {settings.openai_base_url or 'the default address'}"
    wrong = try_model(application.model_settings())
    yield _check("model", "bad" if wrong else "ok", f"{where}: {wrong}." if wrong else f"{where} answers, by tools")


def _approvals(application: Application) -> Iterator[Check]:
    verdict = application.verify_audit()
    yield _check("audit chain", "ok" if verdict["ok"] else "bad", verdict["message"])


_CHECKS: dict[str, Callable[[Application], Iterator[Check]]] = {
    "state folder": _state,
    "data": _data,
    "people": _people,
    "pos": _connections,
    "webhooks": _webhooks,
    "outbound": _outbound,
    "slack": _slack,
    "model": _model,
    "audit chain": _approvals,
}
