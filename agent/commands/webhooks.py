"""``webhooks``: what platforms sent by themselves, and dealing with it once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application
from connectors.webhooks.events import Event, Refusal, Status

_LATE_AFTER = timedelta(minutes=5)
_REFUSED_AS = {
    Refusal.DUPLICATE: "known already",
    Refusal.UNVERIFIED: "not verified",
    Refusal.WRONG_ADDRESS: "at a wrong address",
    Refusal.TOO_LARGE: "too large",
    Refusal.INCOMPLETE: "incomplete",
}


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """Events of the inbox, newest first.

    Raises:
        BadInputError: there is no such status.
    """
    status = str(invocation.arguments.get("status") or "")
    if status and status not in set(Status):
        raise BadInputError(f"--status: “{status}” is none of {', '.join(Status)}.")
    events = application.inbox.events(
        status=status,
        connection=str(invocation.arguments.get("connection") or ""),
        limit=int(invocation.arguments.get("limit") or 50),
    )
    return [_document(event) for event in events]


def replay(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Have one event, or every dead one, dealt with again; at the next start of ``serve`` when it does not run.

    Raises:
        BadInputError: neither or both were named, or there is none of that number.
    """
    named, all_dead = str(invocation.arguments.get("id") or ""), bool(invocation.arguments.get("all_dead"))
    if bool(named) == all_dead:
        raise BadInputError("webhooks replay: give either the ID of one or --all-dead.")
    if named and not named.isdecimal():
        raise BadInputError(f"ID: “{named}” is not a number out of `floorwalker webhooks list`.")
    return {"replayed": application.inbox.replay([int(named)] if named else None, datetime.now(UTC))}


def health(application: Application) -> Iterator[tuple[str, str, str]]:
    """What ``doctor`` says of webhooks: name, status and sentence of each point."""
    if application.settings.http_port is None and not (application.home / "inbox.sqlite").exists():
        yield "webhooks", "ok", "off: changes are pulled every so often (FLOORWALKER_HTTP_PORT turns webhooks on)"
        return
    if application.settings.public_url is None:
        yield (
            "webhooks",
            "warn",
            "FLOORWALKER_PUBLIC_URL is not set, so no webhook is taken; set it, or unset the port.",
        )
    inbox, doors = application.inbox, application.webhook_doors
    counts, refused, found = inbox.counts(), inbox.tallies.refusals(), inbox.tallies.findings()
    for name in sorted({*counts, *doors}):
        here = counts.get(name, {})
        waiting, dead = here.get(Status.WAITING, 0), here.get(Status.DEAD, 0)
        last = inbox.last_received(name)
        arrived = f"last one {last:%Y-%m-%d %H:%M} UTC" if last else "none so far"
        yield f"webhooks: {name}", "ok", f"{arrived}; {here.get(Status.DONE, 0)} done, {waiting} waiting, {dead} dead"
        if waiting and name not in doors:
            yield f"webhooks: {name}", "warn", f"{waiting} wait, but no such connection is set up; set it up again."
        elif waiting and _is_late(application, name):
            yield (
                f"webhooks: {name}",
                "warn",
                f"Some wait for more than {_LATE_AFTER.seconds // 60} minutes; see the log.",
            )
        if dead:
            remedy = "`floorwalker webhooks list --status dead` says why; mend it, then `webhooks replay --all-dead`."
            yield f"webhooks: {name}", "bad", f"{dead} could not be dealt with. {remedy}"
        if refused.get(name):
            parts = ", ".join(f"{count} {_REFUSED_AS[reason]}" for reason, count in refused[name].items())
            yield f"webhooks: {name}", "ok", f"refused: {parts}"
        if found.get(name):
            parts = ", ".join(f"{count} {entity.value}" for entity, count in found[name].items())
            yield f"webhooks: {name}", "ok", f"found by polling and sweeps without a webhook: {parts}"
        yield from _subscriptions(application, name)


def _subscriptions(application: Application, name: str) -> Iterator[tuple[str, str, str]]:
    watch = application.inbox.watches.find(name)
    if watch is None or watch.checked_at is None:
        return
    if watch.problem:
        yield f"webhooks: {name}", "warn", f"The subscriptions could not be checked: {watch.problem}"
    for sentence in watch.said:
        yield f"webhooks: {name}", "ok", sentence


def _is_late(application: Application, name: str) -> bool:
    waiting = application.inbox.events(connection=name, status=Status.WAITING.value, limit=1_000)
    return any(event.received_at < datetime.now(UTC) - _LATE_AFTER for event in waiting)


def _document(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "status": event.status.value,
        "connection": event.connection,
        "key": event.dedupe_key,
        "topic": event.topic,
        "touched": [{"entity": entity.value, "id": identity} for entity, identity in event.touched],
        "occurred_at": event.occurred_at,
        "received_at": event.received_at,
        "attempts": event.attempts,
        "due_at": event.due_at if event.status is Status.WAITING else None,
        "last_error": event.last_error,
    }
