"""The HTTP client against real servers that misbehave in every way we know."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from structlog.testing import capture_logs

from connectors.errors import TerminalError, TransientError
from connectors.fitting import TooLargeError, as_many_as_fit
from connectors.http import (
    Account,
    Delivery,
    HttpClient,
    Policy,
    RejectedError,
    Secret,
    retry_after_seconds,
    to_json,
)

TOKEN = "very-secret-token"
NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
QUICK = Policy(attempts=3, base=0.01, cap=0.02, deadline=5.0, connect_timeout=0.5, read_timeout=0.4, write_timeout=0.4)


class Script:
    """Answers to give, in order; the last one again and again. None hangs, "drop" hangs up."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes] | str | None] = []
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.released = threading.Event()


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def url(script: Script) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            script.seen.append((self.command, self.path, dict(self.headers), body))
            answer = script.answers[min(len(script.seen), len(script.answers)) - 1]
            if answer is None:
                script.released.wait(2)
                self.close_connection = True
                return
            if isinstance(answer, str):
                self.close_connection = True
                return
            status, headers, content = answer
            with contextlib.suppress(ConnectionError):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    script.released.set()
    server.shutdown()
    server.server_close()
    thread.join()


@contextlib.contextmanager
def client(url: str, policy: Policy = QUICK, waits: list[float] | None = None) -> Iterator[HttpClient]:
    account = Account("Square", url, Secret(TOKEN), "SQUARE_TOKEN", {"Square-Version": "2026-09-16"})
    with HttpClient(account, policy=policy, sleep=(waits if waits is not None else []).append, seed=7) as made:
        yield made


OK = (200, {}, b'{"amount": 1.10, "count": 3}')


def test_a_read_sends_the_token_and_parses_numbers_exactly(script: Script, url: str) -> None:
    script.answers = [OK]
    with client(url) as http:
        reply = http.get("/v2/things", {"cursor": "a b"})
    assert reply.body == {"amount": Decimal("1.10"), "count": 3}
    assert reply.date is not None
    _, path, headers, _ = script.seen[0]
    assert path in ("/v2/things?cursor=a+b", "/v2/things?cursor=a%20b")
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Square-Version"] == "2026-09-16"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_read_is_tried_again_after_a_passing_failure(script: Script, url: str, status: int) -> None:
    script.answers = [(status, {}, b"<html>busy</html>"), OK]
    with client(url) as http:
        assert http.search("/v2/things", {}).body["count"] == 3
    assert len(script.seen) == 2


@pytest.mark.parametrize("trouble", [None, "drop"])
def test_a_read_is_tried_again_after_a_hang_or_a_hang_up(script: Script, url: str, trouble: str | None) -> None:
    script.answers = [trouble, OK]
    with client(url) as http:
        assert http.get("/v2/things").body["count"] == 3


def test_a_read_gives_up_after_its_attempts_with_a_sentence(script: Script, url: str) -> None:
    script.answers = [(503, {}, b"")]
    with client(url) as http, pytest.raises(TransientError) as caught:
        http.get("/v2/things")
    assert len(script.seen) == 3
    assert "not answering" in caught.value.user_message


def test_an_unreachable_host_is_a_passing_failure(url: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with client(f"http://127.0.0.1:{port}") as http, pytest.raises(TransientError):
        http.get("/v2/things")


def test_the_wait_asked_for_is_never_cut_short(script: Script, url: str) -> None:
    waits: list[float] = []
    script.answers = [(429, {"Retry-After": "3"}, b""), OK]
    with client(url, waits=waits) as http:
        http.get("/v2/things")
    assert 3.0 <= waits[0] <= 3.1


def test_a_wait_beyond_the_deadline_is_not_waited_for(script: Script, url: str) -> None:
    waits: list[float] = []
    script.answers = [(429, {"Retry-After": "3600"}, b""), OK]
    with client(url, waits=waits) as http, pytest.raises(TransientError):
        http.get("/v2/things")
    assert waits == []
    assert len(script.seen) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "-4"}, 0.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90.0),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90), usegmt=True)}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_understood_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers, now=NOW) == seconds


@pytest.mark.parametrize(("status", "words"), [(401, "access token"), (403, "permission")])
def test_refused_credentials_name_the_setting_to_mend(script: Script, url: str, status: int, words: str) -> None:
    script.answers = [(status, {}, b'{"errors":[{"code":"UNAUTHORIZED"}]}')]
    with client(url) as http, pytest.raises(RejectedError) as caught:
        http.get("/v2/things")
    assert "SQUARE_TOKEN" in caught.value.user_message
    assert words in caught.value.user_message
    assert caught.value.codes == ("UNAUTHORIZED",)
    assert len(script.seen) == 1


def test_a_refused_request_shows_the_code_but_not_the_text(script: Script, url: str) -> None:
    script.answers = [(400, {}, b'{"errors":[{"code":"INVALID_VALUE","detail":"Ada Alder"},{"code":"<b>x</b>"}]}')]
    with client(url) as http, pytest.raises(RejectedError) as caught:
        http.get("/v2/things")
    assert caught.value.user_message == "Square did not accept the request (INVALID_VALUE)."
    assert "Ada" not in str(caught.value)


def test_a_page_instead_of_json_says_that_the_base_url_is_wrong(script: Script, url: str) -> None:
    script.answers = [(200, {"Content-Type": "text/html"}, b"<html>hello</html>")]
    with client(url) as http, pytest.raises(TerminalError) as caught:
        http.get("/v2/things")
    assert "not JSON" in caught.value.user_message


def test_an_answer_nested_without_end_is_no_json(script: Script, url: str) -> None:
    script.answers = [(200, {}, b'{"a":' * 200_000)]
    with client(url) as http, pytest.raises(TerminalError) as caught:
        http.get("/v2/locations")
    assert "not JSON" in caught.value.user_message


def test_half_a_character_in_a_name_can_be_stored(script: Script, url: str) -> None:
    script.answers = [(200, {}, b'{"name":"Oat \\ud83d"}')]
    with client(url) as http:
        stored = to_json(http.get("/v2/locations").body)
    assert json.loads(stored.decode()) == {"name": "Oat ?"}


def test_a_redirect_is_not_followed_with_the_token(script: Script, url: str) -> None:
    script.answers = [(302, {"Location": "http://127.0.0.1:9/steal"}, b""), OK]
    with client(url) as http, pytest.raises(TerminalError):
        http.get("/v2/things")
    assert len(script.seen) == 1


@pytest.mark.parametrize("path", ["http://127.0.0.1:9/steal", "http://evil.example/v2/things", "http://[oops"])
def test_the_token_goes_to_no_other_address(script: Script, url: str, path: str) -> None:
    """Platforms name next pages by whole addresses, and a token that was sent to one of them is a token given away."""
    with client(url) as http:
        with pytest.raises(TerminalError, match="another address"):
            http.get(path)
        with pytest.raises(TerminalError, match="another address"):
            http.write("POST", path, {})
        script.answers = [OK]
        http.get(f"{url}/v2/things")
    assert len(script.seen) == 1


def test_an_answer_that_is_too_large_is_no_slow_one(script: Script, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked again later it would be as large: it must not be tried for ever as if the platform were slow."""
    monkeypatch.setattr("connectors.http.LARGEST_ANSWER", 100_000)
    script.answers = [(200, {}, b'{"a":"' + b"x" * 200_000 + b'"}')]
    with client(url) as http:
        with pytest.raises(TooLargeError) as caught:
            http.get("/v2/things")
        assert "answered with more than" in caught.value.user_message
        assert http.write("POST", "/v2/things", {}).delivery is Delivery.UNKNOWN
    assert len(script.seen) == 2


def test_fewer_are_asked_for_until_the_answer_fits() -> None:
    asked: list[int] = []

    def read(size: int) -> int:
        asked.append(size)
        if size > 60:
            raise TooLargeError("Too large.")
        return size

    assert as_many_as_fit(read, 500) == 31
    assert asked == [500, 250, 125, 62, 31]
    with pytest.raises(TooLargeError):
        as_many_as_fit(lambda size: read(size + 1000), 4)


def test_a_write_is_sent_once_and_answered(script: Script, url: str) -> None:
    script.answers = [(200, {}, b'{"ok":1}')]
    with client(url) as http:
        reply = http.write("POST", "/v2/change", {"a": 1})
    assert reply.accepted
    assert script.seen[0][3] == b'{"a":1}'


@pytest.mark.parametrize(
    "answer",
    [None, "drop", (500, {}, b"{}"), (503, {}, b"busy"), (200, {}, b"<html>"), (200, {"Content-Length": "99"}, b"{")],
)
def test_a_write_without_a_clear_answer_is_unknown_and_not_repeated(script: Script, url: str, answer: object) -> None:
    script.answers = [answer]  # type: ignore[list-item]
    with client(url) as http:
        assert http.write("POST", "/v2/change", {}).delivery is Delivery.UNKNOWN
    assert len(script.seen) == 1


def test_a_write_that_could_not_connect_was_surely_not_sent() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with client(f"http://127.0.0.1:{port}") as http:
        assert http.write("POST", "/v2/change", {}).delivery is Delivery.NOT_SENT


def test_a_refused_write_keeps_its_codes_and_the_wait(script: Script, url: str) -> None:
    script.answers = [(429, {"Retry-After": "2"}, b'{"errors":[{"code":"RATE_LIMITED"}]}')]
    with client(url) as http:
        reply = http.write("POST", "/v2/change", {})
    assert (reply.delivery, reply.status, reply.codes, reply.retry_after) == (
        Delivery.ANSWERED,
        429,
        ("RATE_LIMITED",),
        2.0,
    )


def test_no_token_and_no_body_is_logged_or_shown(script: Script, url: str) -> None:
    script.answers = [(503, {}, b"Ada Alder"), (400, {}, b'{"errors":[{"detail":"Ada Alder"}]}')]
    with capture_logs() as logs, client(url) as http:
        with pytest.raises(RejectedError) as caught:
            http.search("/v2/things", {"name": "Ada Alder"})
        http.write("POST", "/v2/change", {"name": "Ada Alder"})
    said = f"{logs} {caught.value!r} {caught.value.user_message} {http!r} {http._account!r}"
    assert logs
    assert TOKEN not in said
    assert "Ada" not in said


def test_decimals_are_written_as_numbers() -> None:
    assert to_json({"a": Decimal("40.5"), "b": "é"}) == '{"a":40.5,"b":"é"}'.encode()
