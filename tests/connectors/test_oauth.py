"""Tokens against a real token server on loopback that rotates its refresh tokens, as the strictest platforms do."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from connectors.credentials import Secret, TokenAuth
from connectors.errors import TerminalError, TransientError
from connectors.http import Account, HttpClient, Policy
from connectors.oauth import OAuthClient, RefreshedToken
from tests.support.square_world import serving


@dataclass
class TokenServer:
    """Gives ``access-N`` and ``refresh-N``; each refresh token works once."""

    good: set[str] = field(default_factory=lambda: {"refresh-0"})
    asked: list[dict[str, str]] = field(default_factory=list)
    expires_in: Any = 86_400
    rotates: bool = True
    answers: list[Response] = field(default_factory=list)
    hold: threading.Event | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def answer(self, form: dict[str, str]) -> Response:
        with self.lock:
            self.asked.append(form)
            if self.answers:
                return self.answers.pop(0)
            given = form.get("refresh_token", "")
            if given not in self.good or form.get("client_secret") != "application-secret":
                return JSONResponse({"error": "invalid_grant"}, 400)
            number = len(self.asked)
            body: dict[str, Any] = {"access_token": f"access-{number}", "token_type": "Bearer"}
            if self.rotates:
                self.good = {f"refresh-{number}"}
                body["refresh_token"] = f"refresh-{number}"
            if self.expires_in is not None:
                body["expires_in"] = self.expires_in
            return JSONResponse(body)


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def server() -> Iterator[TokenServer]:
    state = TokenServer()

    async def token(request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if state.hold is not None:
            # A thread of its own, or the server could not take the second request.
            return await _in_thread(lambda: (state.hold and state.hold.wait(5.0), state.answer(form))[1])
        return state.answer(form)

    async def api(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        accepted = given == f"Bearer access-{len(state.asked)}" and state.asked
        return JSONResponse({"data": given[-8:]}) if accepted else JSONResponse({"error": "Unauthorized"}, 401)

    app = Starlette(routes=[Route("/api/1.0/token", token, methods=["POST"]), Route("/things", api)])
    with serving(app) as address:
        state.url = address
        yield state


async def _in_thread(work: Callable[[], Response]) -> Response:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(work)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tokens" / "north.json"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def tokens(server: TokenServer, path: Path, clock: Clock, refresh: str = "refresh-0") -> RefreshedToken:
    client = OAuthClient(
        "Lightspeed",
        f"{server.url}/api/1.0/token",
        "application",
        Secret("application-secret"),
        Secret(refresh),
        "LIGHTSPEED_X_REFRESH_TOKEN",
    )
    return RefreshedToken(client, path, now=clock.now)


def shown(source: RefreshedToken) -> str:
    return source.token().get_secret_value()


def test_a_token_is_fetched_once_and_kept_until_shortly_before_its_end(
    server: TokenServer, path: Path, clock: Clock
) -> None:
    source = tokens(server, path, clock)
    assert [shown(source), shown(source)] == ["access-1", "access-1"]
    clock.at += timedelta(hours=23, minutes=57)
    assert shown(source) == "access-1"
    clock.at += timedelta(minutes=1)
    assert shown(source) == "access-2"
    assert server.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": f"refresh-{number}",
            "client_id": "application",
            "client_secret": "application-secret",
        }
        for number in (0, 1)
    ]


def test_a_rotated_pair_survives_a_restart(server: TokenServer, path: Path, clock: Clock) -> None:
    shown(tokens(server, path, clock))
    again = tokens(server, path, clock)
    assert shown(again) == "access-1"
    assert len(server.asked) == 1
    clock.at += timedelta(days=2)
    assert shown(tokens(server, path, clock)) == "access-2"
    assert server.asked[-1]["refresh_token"] == "refresh-1"


def test_a_platform_that_does_not_rotate_keeps_its_refresh_token(server: TokenServer, path: Path, clock: Clock) -> None:
    server.rotates = False
    source = tokens(server, path, clock)
    shown(source)
    clock.at += timedelta(days=2)
    assert shown(source) == "access-2"
    assert [form["refresh_token"] for form in server.asked] == ["refresh-0", "refresh-0"]


@pytest.mark.parametrize(
    ("expires_in", "good_for"), [(60, 44), (None, 1679), ("soon", 1679), (-5, 1679), (float(3600), 3479)]
)
def test_a_short_or_strange_lifetime_is_not_asked_for_with_every_request(
    server: TokenServer, path: Path, clock: Clock, expires_in: Any, good_for: int
) -> None:
    server.expires_in = expires_in
    source = tokens(server, path, clock)
    shown(source)
    clock.at += timedelta(seconds=good_for)
    shown(source)
    assert len(server.asked) == 1
    clock.at += timedelta(seconds=2)
    shown(source)
    assert len(server.asked) == 2


def test_two_threads_do_not_renew_at_once(server: TokenServer, path: Path, clock: Clock) -> None:
    server.hold = threading.Event()
    source = tokens(server, path, clock)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(shown, source) for _ in range(8)]
        threading.Timer(0.2, server.hold.set).start()
        assert {one.result(timeout=10) for one in waiting} == {"access-1"}
    assert len(server.asked) == 1


def test_threads_that_were_all_refused_renew_once(server: TokenServer, path: Path, clock: Clock) -> None:
    source = tokens(server, path, clock)
    refused = source.token()
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: source.renew(refused), range(8)))
    assert shown(source) == "access-2"
    assert len(server.asked) == 2


def test_a_client_whose_token_was_revoked_goes_on_with_a_new_one(server: TokenServer, path: Path, clock: Clock) -> None:
    source = tokens(server, path, clock)
    shown(source)
    # The platform forgets the token before its time.
    server.asked.append({})
    server.good.add("refresh-1")
    account = Account("Lightspeed", server.url, source, "LIGHTSPEED_X_TOKEN")
    with HttpClient(account, policy=Policy(attempts=1)) as client:
        assert client.get("/things").body == {"data": "access-3"}
    with httpx.Client(auth=TokenAuth(source)) as plain:
        assert plain.get(f"{server.url}/things").json() == {"data": "access-3"}
    assert len(server.asked) == 3


def test_a_crash_before_the_pair_was_stored_costs_no_access_where_the_file_was_written(
    server: TokenServer, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tokens(server, path, clock)
    shown(source)
    clock.at += timedelta(days=2)

    def killed(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            source.token()
    # The old refresh token is worthless now; the new pair lies beside the old file.
    assert server.good == {"refresh-2"}
    again = tokens(server, path, clock)
    assert shown(again) == "access-2"
    clock.at += timedelta(days=2)
    assert shown(again) == "access-3"
    assert not path.with_name("north.json.new").exists()
    assert json.loads(path.read_text())["access"] == "access-3"


def test_a_crash_while_the_file_was_being_written_falls_back_to_the_old_one(
    server: TokenServer, path: Path, clock: Clock
) -> None:
    shown(tokens(server, path, clock))
    path.with_name("north.json.new").write_text('{"first": "8a', encoding="utf-8")
    assert shown(tokens(server, path, clock)) == "access-1"
    assert len(server.asked) == 1


def test_a_crash_between_answer_and_file_is_said_with_the_remedy(server: TokenServer, path: Path, clock: Clock) -> None:
    shown(tokens(server, path, clock))
    # The platform rotated, and nothing of it reached the disk.
    server.good = {"refresh-lost"}
    clock.at += timedelta(days=2)
    with pytest.raises(TerminalError) as caught:
        tokens(server, path, clock).token()
    assert caught.value.user_message == (
        "Lightspeed does not accept the refresh token any more. Connect the account again and put the new one into "
        "LIGHTSPEED_X_REFRESH_TOKEN."
    )


def test_a_token_that_cannot_be_stored_is_not_used_and_not_lost(server: TokenServer, path: Path, clock: Clock) -> None:
    source = tokens(server, path, clock)
    path.parent.parent.joinpath("tokens").write_text("in the way", encoding="utf-8")
    with pytest.raises(TransientError) as caught:
        source.token()
    assert "cannot be stored" in caught.value.user_message
    with pytest.raises(TransientError):
        source.token()
    path.parent.unlink()
    assert shown(source) == "access-1"
    assert len(server.asked) == 1
    assert shown(tokens(server, path, clock)) == "access-1"


def test_a_refresh_token_set_by_the_operator_replaces_what_was_kept(
    server: TokenServer, path: Path, clock: Clock
) -> None:
    shown(tokens(server, path, clock))
    server.good.add("refresh-new")
    source = tokens(server, path, clock, refresh="refresh-new")
    assert shown(source) == "access-2"
    assert server.asked[-1]["refresh_token"] == "refresh-new"
    assert shown(tokens(server, path, clock, refresh="refresh-new")) == "access-2"
    assert len(server.asked) == 2


def test_what_another_process_renewed_is_taken_over(server: TokenServer, path: Path, clock: Clock) -> None:
    first, second = tokens(server, path, clock), tokens(server, path, clock)
    assert shown(first) == "access-1"
    assert shown(second) == "access-1"
    refused = first.token()
    assert first.renew(refused)
    assert second.renew(refused)
    assert (shown(first), shown(second)) == ("access-2", "access-2")
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"first": 1}',
        '{"first": "FIRST", "access": "a", "refresh": "r", "renew_at": "x", "expires_at": "y"}',
        '{"first": "FIRST", "access": "a", "refresh": "r", "renew_at": "2026-11-02T15:00", "expires_at": "2026-11-02"}',
        '{"first": "FIRST", "access": "", "refresh": "r"}',
    ],
)
def test_a_damaged_file_is_no_obstacle(server: TokenServer, path: Path, clock: Clock, kept: str) -> None:
    shown(tokens(server, path, clock))
    first = json.loads(path.read_text())["first"]
    server.good.add("refresh-0")
    path.write_text(kept.replace("FIRST", first), encoding="utf-8")
    assert shown(tokens(server, path, clock)) == "access-2"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_token_service_that_is_down_does_no_harm_while_the_token_is_good(
    server: TokenServer, path: Path, clock: Clock, status: int
) -> None:
    source = tokens(server, path, clock)
    shown(source)
    clock.at += timedelta(hours=23, minutes=59)
    server.answers = [JSONResponse({}, status)] * 2
    assert [shown(source), shown(source)] == ["access-1", "access-1"]
    assert len(server.asked) == 2, "it is not asked again at once"
    clock.at += timedelta(minutes=2)
    with pytest.raises(TransientError) as caught:
        source.token()
    assert caught.value.user_message == "Lightspeed's token service is not answering. Try again in a few minutes."
    assert shown(source) == "access-4"


def test_an_answer_that_is_no_token_names_the_address(server: TokenServer, path: Path, clock: Clock) -> None:
    server.answers = [HTMLResponse("<html>Sign in</html>"), JSONResponse({"ok": True}), JSONResponse([], 404)]
    for _ in range(3):
        with pytest.raises(TerminalError) as caught:
            tokens(server, path, clock).token()
        assert "Check its address." in caught.value.user_message
        assert "<html" not in str(caught.value)


def test_a_service_that_is_not_there_is_transient(server: TokenServer, path: Path, clock: Clock) -> None:
    server.url = "http://127.0.0.1:9"
    with pytest.raises(TransientError):
        tokens(server, path, clock).token()


def test_only_this_user_can_read_the_file_and_nothing_is_shown(server: TokenServer, path: Path, clock: Clock) -> None:
    source = tokens(server, path, clock)
    with structlog.testing.capture_logs() as logs:
        shown(source)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [item.name for item in path.parent.iterdir()] == ["north.json"]
    said = f"{logs} {source!r} {source._client!r} {source._pair!r}"
    for secret in ("access-1", "refresh-1", "refresh-0", "application-secret"):
        assert secret not in said
