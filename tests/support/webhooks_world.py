"""Webhooks from the stand-in Square over real HTTP into a real inbox and a real mirror."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from agent.web import WebServer, listen, web_app
from connectors.base import Entity, Reader
from connectors.http import Secret
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.sync import sync_connection
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.square.reader import SquareReader
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook
from connectors.webhooks.addresses import Door
from connectors.webhooks.endpoint import WebhookEndpoint
from connectors.webhooks.events import Arrival
from connectors.webhooks.inbox import Inbox
from connectors.webhooks.worker import Patience, Worker
from tests.support.square_world import PosWorld, pos_world

KEY = Secret("webhook-signing-key")
PUBLIC = "https://bot.example.com"
URL = f"{PUBLIC}/webhooks/square"
FEEDS = (Entity.LOCATION, Entity.CATALOG, Entity.EMPLOYEE, Entity.SALE, Entity.INVENTORY, Entity.TIMECARD)
QUICK = Patience(tries=3, base=0.01, cap=0.05)


def square(connection: str = "square", base_url: str = "http://127.0.0.1:9", **options: Any) -> SquareReader:
    """A reader that can verify; without a base URL of a stand-in it can do nothing else."""
    return SquareReader(base_url, Secret("t"), connection, webhook_key=KEY, **options)


def order_event(order_id: str = "O1", event_id: str = "", topic: str = "order.created") -> dict[str, Any]:
    """An order's event as Square sends it."""
    verb = topic.replace(".", "_")
    return {
        "merchant_id": "M1",
        "type": topic,
        "event_id": event_id or str(uuid.uuid4()),
        "created_at": "2026-11-02T14:00:00.000Z",
        "data": {"type": verb, "id": order_id, "object": {verb: {"order_id": order_id, "version": 1}}},
    }


def signed(event: Any, url: str = URL, key: Secret = KEY) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a delivery."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return body, {"content-type": "application/json", SIGNATURE_HEADER: sign_webhook(body, key=key, url=url)}


def arrival(order_id: str = "O1", key: str = "", connection: str = "square", **more: Any) -> Arrival:
    """A sale's event on its way in."""
    given: dict[str, Any] = {"touched": ((Entity.SALE, order_id),), "received_at": datetime.now(UTC), **more}
    return Arrival(connection, key or str(uuid.uuid4()), "order.created", **given)


@dataclass
class Desk:
    """The endpoint alone, served on loopback."""

    http: httpx.Client
    inbox: Inbox
    address: str

    def post(self, body: bytes, headers: Mapping[str, str], path: str = "/webhooks/square") -> httpx.Response:
        return self.http.post(path, content=body, headers=dict(headers))

    def send(self, event: Any) -> httpx.Response:
        body, headers = signed(event)
        return self.post(body, headers)


@contextlib.contextmanager
def desk(folder: Path, doors: Mapping[str, Door] | None = None) -> Iterator[Desk]:
    """The endpoint in front of an inbox in ``folder``."""
    inbox = Inbox(folder / "inbox.sqlite")
    reader = square()
    endpoint = WebhookEndpoint(doors or {"square": Door(reader, URL)}, inbox)
    server = WebServer(web_app(lambda: {"status": "ok"}, endpoint), "127.0.0.1", 0)
    server.start()
    with httpx.Client(base_url=server.address, timeout=15) as http:
        yield Desk(http, inbox, server.address)
    server.stop()
    reader.close()
    inbox.close()


@dataclass
class Shopfront:
    """The whole way: the stand-in tells the endpoint, the worker pulls into the mirror."""

    world: PosWorld
    mirror: Mirror
    inbox: Inbox
    reader: Reader
    worker: Worker

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.mirror.reader.query(sql).rows)

    def happen(self, name: str, **request: Any) -> dict[str, Any]:
        """Something happens in the shop, and Square tells of it."""
        reply = httpx.post(f"{self.world.url}/api/sandbox/pos/{name}", json=request, timeout=10)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


@contextlib.contextmanager
def shopfront(folder: Path, *, worker: bool = True, patience: Patience = QUICK) -> Iterator[Shopfront]:
    """A shop that was synced once; with ``worker`` its webhooks are dealt with as they come."""
    with contextlib.ExitStack() as stack:
        world = stack.enter_context(pos_world(folder))
        mirror = stack.enter_context(open_mirror(folder / "mirror.duckdb"))
        inbox = Inbox(folder / "inbox.sqlite")
        stack.callback(inbox.close)
        reader = stack.enter_context(world.reader(webhook_key=KEY))
        sync_connection(reader, mirror, until=world.clock.now(), entities=FEEDS)
        working = Worker(inbox, {"square": reader}, mirror, world.clock.now, patience)
        stack.callback(working.stop)
        # Square signs the address too, so it must be known before anything is listened on.
        listener = listen("127.0.0.1", 0, "port")
        door = Door(reader, f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks/square")
        app = web_app(lambda: {"status": "ok"}, WebhookEndpoint({"square": door}, inbox))
        server = WebServer(app, "127.0.0.1", 0, listener)
        stack.callback(server.stop)
        server.start()
        world.pos.webhook = WebhookTarget(door.url, KEY)
        if worker:
            working.start()
        yield Shopfront(world, mirror, inbox, reader, working)
        world.pos.webhook = None
