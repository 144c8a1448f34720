"""The HTTP server of ``serve`` and what ``doctor`` and the commands say of webhooks, over a real state folder."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from agent.commands import run
from agent.commands.webhooks import health
from agent.control import Invocation
from agent.errors import BadInputError, UnavailableError
from agent.intake import Intake
from agent.settings import read_settings
from agent.web import WebServer, listen, web_app
from agent.wiring import Application
from connectors.base import Entity, Health
from connectors.errors import TerminalError
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from connectors.webhooks.events import Refusal, Settlement, Status
from tests.support.webhooks_world import KEY, arrival, order_event, signed

NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    monkeypatch.chdir(tmp_path)
    settings = read_settings(
        home=tmp_path / "home",
        square_access_token=SecretStr("t"),
        square_webhook_key=KEY,
        square_base_url="http://127.0.0.1:9",
        http_port=0,
        public_url="https://bot.example.com/",
    )
    with Application(settings, write=True) as opened:
        yield opened


@pytest.fixture
def intake(application: Application) -> Iterator[Intake]:
    store = {"store_id": "S01", "name": "Market Street", "timezone": "America/New_York", "currency": "USD"}
    writer = application.mirror.writer
    assert writer is not None
    writer.submit(Batch(rows=[Row("store", store)], sources=[SourceUpdate("sales", "square", NOW)])).result()
    opened = Intake(application)
    opened.start()
    yield opened
    opened.stop()


def command(application: Application, name: str, **arguments: Any) -> Any:
    return run(application, Invocation(name, arguments))


def sentences(application: Application) -> str:
    return "\n".join(f"{status} {message}" for _, status, message in health(application))


def test_healthz_says_how_fresh_the_data_is(intake: Intake) -> None:
    reply = httpx.get(f"{intake.address}/healthz")
    assert reply.status_code == 200
    assert reply.json() == {
        "status": "ok",
        "data": {"sales": NOW.isoformat()},
        "webhooks": {"waiting": 0, "dead": 0},
    }


def test_healthz_is_unavailable_when_the_mirror_is_closed(application: Application, intake: Intake) -> None:
    application.mirror.close()
    reply = httpx.get(f"{intake.address}/healthz")
    assert reply.status_code == 503
    assert reply.json()["status"] == "unavailable"


def test_a_webhook_of_the_public_address_lands_in_the_inbox(application: Application, intake: Intake) -> None:
    # Nothing that would have to be read from the platform, which is not there.
    event = order_event("O1", topic="payment.updated")
    body, headers = signed(event, url="https://bot.example.com/webhooks/square")
    assert httpx.post(f"{intake.address}/webhooks/square", content=body, headers=headers).status_code == 200
    (listed,) = command(application, "webhooks.list")
    assert (listed["connection"], listed["topic"], listed["key"]) == ("square", "payment.updated", event["event_id"])
    assert (listed["status"], listed["touched"]) == ("done", [])


def test_nothing_is_taken_without_a_public_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings(home=tmp_path / "home", square_access_token=SecretStr("t"), http_port=0)
    with Application(settings, write=True) as application:
        application.mirror.reader.query("SELECT 1")
        intake = Intake(application)
        intake.start()
        assert httpx.post(f"{intake.address}/webhooks/square", content=b"{}").status_code == 404
        assert httpx.get(f"{intake.address}/healthz").status_code == 200
        assert "FLOORWALKER_PUBLIC_URL is not set" in sentences(application)
        intake.stop()


def test_dead_letters_are_listed_shown_and_replayed(application: Application) -> None:
    for number in range(2):
        application.inbox.put(arrival(f"O{number}")).result()
    at = datetime.now(UTC)
    ids = [event.id for event in application.inbox.due("square", at, 10)]
    application.inbox.settle([Settlement(number, Status.DEAD, "Square refused.") for number in ids], at).result()
    assert "bad 2 could not be dealt with." in sentences(application)
    dead = command(application, "webhooks.list", status="dead")
    assert {item["last_error"] for item in dead} == {"Square refused."}
    assert command(application, "webhooks.replay", id=str(ids[0])) == {"replayed": 1}
    assert command(application, "webhooks.replay", all_dead=True) == {"replayed": 1}
    assert command(application, "webhooks.list", status="dead") == []


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("webhooks.list", {"status": "lost"}, "--status"),
        ("webhooks.replay", {}, "--all-dead"),
        ("webhooks.replay", {"id": "1", "all_dead": True}, "--all-dead"),
        ("webhooks.replay", {"id": "one"}, "ID"),
        ("webhooks.replay", {"id": "7"}, "no webhook 7"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    application: Application, name: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        command(application, name, **arguments)
    assert said in refused.value.user_message


def test_doctor_says_what_was_refused_and_what_only_polling_found(application: Application) -> None:
    application.inbox.tallies.refuse("square", Refusal.UNVERIFIED)
    application.inbox.tallies.found("square", Entity.SALE, 4)
    application.inbox.watches.begin("square", NOW)
    application.inbox.watches.checked("square", NOW, (), "Square is not answering at the moment.")
    said = sentences(application)
    assert "refused: 1 not verified" in said
    assert "without a webhook: 4 sale" in said
    assert "warn The subscriptions could not be checked: Square is not answering" in said


def test_doctor_has_them_among_its_checks(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application.readers["square"], "check", lambda: Health(ok=True, account="Bench"))
    names = [check["name"] for check in command(application, "doctor")["checks"]]
    assert "webhooks: square" in names


def test_doctor_names_a_connection_that_is_gone(application: Application) -> None:
    application.inbox.put(arrival(connection="old-shop")).result()
    assert "no such connection is set up" in sentences(application)


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UnavailableError, match=f"FLOORWALKER_HTTP_PORT: {port}"):
            listen("127.0.0.1", port, "FLOORWALKER_HTTP_PORT")


def test_stopping_lets_a_request_finish() -> None:
    entered = threading.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        from anyio import sleep

        await Request(scope, receive).body()
        entered.set()
        await sleep(0.5)
        response: Response = PlainTextResponse("done")
        await response(scope, receive, send)

    server = WebServer(web_app(dict, slow), "127.0.0.1", 0)
    server.start()
    address = server.address
    replies: list[str] = []
    caller = threading.Thread(
        target=lambda: replies.append(httpx.post(f"{address}/webhooks/a", content=b"x", timeout=20).text)
    )
    caller.start()
    assert entered.wait(10)
    server.stop()
    caller.join(20)
    assert replies == ["done"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/healthz")


def test_health_that_cannot_be_told_is_503() -> None:
    def closed() -> dict[str, Any]:
        raise TerminalError("The mirror is closed.")

    server = WebServer(web_app(closed, None), "127.0.0.1", 0)
    server.start()
    reply = httpx.get(f"{server.address}/healthz")
    server.stop()
    assert (reply.status_code, reply.json()["reason"]) == (503, "The mirror is closed.")


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("https://bot.example.com", True),
        ("http://127.0.0.1:8080", True),
        ("http://bot.example.com", False),
        ("bot.example.com", False),
        ("https://bot.example.com/?a=b", False),
    ],
)
def test_a_public_address_is_a_whole_one(
    value: str, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if good:
        assert read_settings(public_url=f"{value}/").public_url == value
        return
    with pytest.raises(BadInputError, match="FLOORWALKER_PUBLIC_URL"):
        read_settings(public_url=value)
