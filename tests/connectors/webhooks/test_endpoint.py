"""The door: what is genuine is committed and then acknowledged, everything else is refused and leaves a count alone."""

from __future__ import annotations

import hashlib
import json
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.base import Entity, WebhookEvent
from connectors.http import Secret
from connectors.manifest import Webhooks
from connectors.webhooks.addresses import Door, doors, has_secret_address, path_token
from connectors.webhooks.endpoint import MOST_BYTES
from connectors.webhooks.events import Refusal, Status
from tests.support.webhooks_world import KEY, URL, Desk, desk, order_event, signed, square


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as opened:
        yield opened


def refusals(door: Desk) -> dict[Refusal, int]:
    return dict(door.inbox.tallies.refusals().get("square", {}))


class Platform:
    """A reader that says what it is told to; for what no real platform's reader shows on purpose."""

    platform = "square"
    connection = "square"

    def __init__(self, said: WebhookEvent | Exception | None) -> None:
        self.said = said
        self.asked: list[tuple[Mapping[str, str], bytes, str]] = []

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:
        self.asked.append((headers, body, url))
        if isinstance(self.said, Exception):
            raise self.said
        return self.said


def test_a_genuine_event_is_on_disk_when_it_is_acknowledged(door: Desk, tmp_path: Path) -> None:
    event = order_event("O7")
    body, headers = signed(event)
    reply = door.post(body, headers)
    assert (reply.status_code, reply.content) == (200, b"")
    other = sqlite3.connect(tmp_path / "inbox.sqlite")
    rows = other.execute("SELECT connection, dedupe_key, topic, touched, status, body_sha256 FROM event").fetchall()
    digest = hashlib.sha256(body).hexdigest()
    assert rows == [("square", event["event_id"], "order.created", '[["sale","O7"]]', "waiting", digest)]
    other.close()


def test_nothing_of_a_body_is_kept(door: Desk, tmp_path: Path) -> None:
    event = order_event()
    event["data"]["object"]["note"] = "Cleo Cedar, 12 Elm Street"
    assert door.send(event).status_code == 200
    files = b"".join(path.read_bytes() for path in tmp_path.glob("inbox.sqlite*"))
    assert b"Cedar" not in files


def test_a_replayed_delivery_is_acknowledged_and_not_stored_again(door: Desk) -> None:
    body, headers = signed(order_event())
    replies = [door.post(body, headers) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 200]
    assert door.inbox.counts() == {"square": {Status.WAITING: 1}}
    assert refusals(door) == {Refusal.DUPLICATE: 2}


def _forged(event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    return signed(event, key=Secret("somebody else's key"))


def _truncated(event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    body, headers = signed(event)
    return body[:-1], headers


def _serialised_again(event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    body, headers = signed(event)
    return json.dumps(json.loads(body), separators=(",", ":")).encode(), headers


def _for_another_address(event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    return signed(event, url="https://bot.example.com/webhooks/another")


def _not_signed(event: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    return json.dumps(event).encode(), {"content-type": "application/json"}


def _genuine_nonsense(_: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    return signed(b"<html>Maintenance</html>")


def _empty(_: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    return signed(b"")


@pytest.mark.parametrize(
    "made",
    [_forged, _truncated, _serialised_again, _for_another_address, _not_signed, _genuine_nonsense, _empty],
)
def test_what_is_not_genuine_is_refused_and_counted(door: Desk, made: Any) -> None:
    body, headers = made(order_event())
    assert door.post(body, headers).status_code == 401
    assert door.inbox.counts() == {}
    assert refusals(door) == {Refusal.UNVERIFIED: 1}


def test_the_host_a_caller_names_has_no_say(door: Desk) -> None:
    body, headers = signed(order_event(), url="https://evil.example/webhooks/square")
    assert door.post(body, {**headers, "host": "evil.example", "x-forwarded-host": "evil.example"}).status_code == 401


def test_a_body_over_the_limit_is_refused_before_it_is_sent(door: Desk) -> None:
    host, port = door.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = f"POST /webhooks/square HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_BYTES + 1}\r\n\r\n"
        connection.sendall(head.encode())
        answer = connection.recv(4096)
        assert answer.startswith(b"HTTP/1.1 413")
        rest = b""
        while chunk := connection.recv(4096):
            rest += chunk
    assert b"connection: close" in (answer + rest).lower()
    assert refusals(door) == {Refusal.TOO_LARGE: 1}


def test_a_body_that_does_not_say_its_length_is_cut_off_at_the_limit(door: Desk) -> None:
    sent = 0

    def drip() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 256 * 1024
            yield b"x" * 256 * 1024

    try:
        status = door.http.post("/webhooks/square", content=drip()).status_code
    except httpx.TransportError:
        # Hung up on while still sending: the answer may be lost with the connection.
        status = 413
    assert status == 413
    assert sent < 64 * 256 * 1024
    assert refusals(door) == {Refusal.TOO_LARGE: 1}


def test_the_largest_allowed_body_is_taken(door: Desk) -> None:
    event = order_event()
    event["padding"] = "x" * (MOST_BYTES - len(json.dumps(event)) - len(', "padding": ""'))
    body, headers = signed(event)
    assert len(body) == MOST_BYTES
    assert door.post(body, headers).status_code == 200


def test_a_caller_who_hangs_up_in_the_middle_leaves_nothing(door: Desk) -> None:
    body, headers = signed(order_event())
    host, port = door.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        lines = [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join(
            ["POST /webhooks/square HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *lines, "", ""]
        )
        connection.sendall(head.encode() + body[:-10])
    assert door.send(order_event("O2")).status_code == 200
    assert [event.touched for event in door.inbox.events()] == [((Entity.SALE, "O2"),)]


def test_other_methods_and_unknown_connections_are_told_so(door: Desk) -> None:
    body, headers = signed(order_event())
    got = door.http.get("/webhooks/square")
    assert (got.status_code, got.headers["allow"]) == (405, "POST")
    assert door.http.put("/webhooks/square", content=body).status_code == 405
    assert door.post(body, headers, "/webhooks/elsewhere").status_code == 404
    assert door.post(body, headers, "/webhooks/").status_code == 404
    assert door.inbox.counts() == {}


def test_a_secret_address_is_the_only_one_that_opens(tmp_path: Path) -> None:
    event = WebhookEvent("sale.update", "k1", ((Entity.SALE, "S1"),))
    platform = Platform(event)
    token = path_token(Secret("installation"), "square")
    door = Door(platform, f"{URL}/{token}", token)  # type: ignore[arg-type]
    with desk(tmp_path, {"square": door}) as opened:
        for path in ("", "/", f"/{token[:-1]}", f"/{token}0", f"/{token}/more", "/é"):
            assert opened.post(b"{}", {}, f"/webhooks/square{path}").status_code == 401
        assert platform.asked == []
        assert opened.post(b"{}", {}, f"/webhooks/square/{token}").status_code == 200
        assert [url for _, _, url in platform.asked] == [f"{URL}/{token}"]
        assert refusals(opened) == {Refusal.WRONG_ADDRESS: 6}


def test_a_secret_at_an_address_without_one_is_refused(door: Desk) -> None:
    body, headers = signed(order_event())
    assert door.post(body, headers, "/webhooks/square/anything").status_code == 401


def test_header_names_are_lower_case_and_the_body_is_as_sent(tmp_path: Path) -> None:
    platform = Platform(None)
    with desk(tmp_path, {"square": Door(platform, URL)}) as opened:  # type: ignore[arg-type]
        opened.post(b' {"a": 1}\n', {"X-Signature": "Abc"})
    ((headers, body, url),) = platform.asked
    assert (headers["x-signature"], body, url) == ("Abc", b' {"a": 1}\n', URL)


def test_a_connector_that_stumbles_makes_no_server_error(tmp_path: Path) -> None:
    platform = Platform(KeyError("data"))
    with desk(tmp_path, {"square": Door(platform, URL)}) as opened:  # type: ignore[arg-type]
        assert opened.post(b"{}", {}).status_code == 401


def test_very_many_objects_of_a_kind_become_one_pull_of_the_feed(tmp_path: Path) -> None:
    touched = [(Entity.SALE, "S1"), *((Entity.CATALOG, f"V{number}") for number in range(501)), (Entity.SALE, "S1")]
    platform = Platform(WebhookEvent("products.update", "k", touched))
    with desk(tmp_path, {"square": Door(platform, URL)}) as opened:  # type: ignore[arg-type]
        assert opened.post(b"{}", {}).status_code == 200
        (event,) = opened.inbox.events()
    assert event.touched == ((Entity.SALE, "S1"), (Entity.CATALOG, ""))


def test_what_cannot_be_kept_is_not_acknowledged(door: Desk) -> None:
    door.inbox.close()
    reply = door.send(order_event())
    assert reply.status_code == 503
    assert "retry-after" in reply.headers


def test_addresses_stay_the_same_and_differ_by_connection() -> None:
    readers = {"north": square("north"), "south side": square("south side")}
    found = doors(readers, "https://bot.example.com", Secret("installation"))
    assert found["north"].url == "https://bot.example.com/webhooks/north"
    assert found["south side"].url == "https://bot.example.com/webhooks/south%20side"
    assert found["north"].token == ""
    assert path_token(KEY, "a") == path_token(KEY, "a") != path_token(KEY, "b")
    assert len(path_token(KEY, "a")) == 32
    for reader in readers.values():
        reader.close()


@pytest.mark.parametrize(
    ("webhooks", "secret"),
    [
        (Webhooks(signature_header="x-signature", events=("a",)), False),
        (Webhooks(signature_header="x-signature", secret_address=True, events=("a",)), True),
        (Webhooks(events=("a",)), True),
    ],
)
def test_an_address_is_secret_where_nothing_is_surely_signed(webhooks: Webhooks, secret: bool) -> None:
    assert has_secret_address(webhooks) is secret
