"""Telling webhooks from forgeries, what each topic touches, and subscriptions."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from connectors.base import ActionKind, Entity, Outcome, Reader
from connectors.http import Secret
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.shopify.webhooks import TOPICS, read_webhook, sign_webhook
from tests.connectors.shopify.test_writer import act, item
from tests.support.platforms.rig import WEBHOOK_KEY, Rig
from tests.support.platforms.shopify import open_rig

KEY = Secret("hush")


def test_the_signature_is_the_documented_one() -> None:
    """HMAC-SHA256 of RFC 4231, test case 2, in base64."""
    signature = sign_webhook(b"what do ya want for nothing?", key=Secret("Jefe"))
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert signature == base64.b64encode(bytes.fromhex(digest)).decode()


def read(topic: str, payload: Any, **headers: str) -> Any:
    body = json.dumps(payload).encode()
    given = {"x-shopify-hmac-sha256": sign_webhook(body, key=KEY), "x-shopify-topic": topic, **headers}
    return read_webhook(given, body, key=KEY)


@pytest.mark.parametrize(
    ("topic", "payload", "touched"),
    [
        ("orders/create", {"id": 82, "admin_graphql_api_id": "gid://shopify/Order/82"}, (Entity.SALE, "82")),
        ("orders/delete", {"id": 82}, (Entity.SALE, "82")),
        ("orders/edited", {"order_edit": {"id": 7, "order_id": 82}}, (Entity.SALE, "82")),
        ("refunds/create", {"id": 9, "order_id": 82}, (Entity.SALE, "82")),
        ("order_transactions/create", {"id": 9, "order_id": 82}, (Entity.SALE, "82")),
        ("returns/approve", {"id": 9, "order": {"id": 82}}, (Entity.SALE, "82")),
        ("products/delete", {"id": 5}, (Entity.CATALOG, "5")),
        ("inventory_items/update", {"id": 6}, (Entity.CATALOG, "item-6")),
        ("inventory_levels/update", {"inventory_item_id": 6, "location_id": 7}, (Entity.INVENTORY, "6:7")),
        ("inventory_transfers/complete", {"id": "gid://shopify/InventoryTransfer/2"}, (Entity.INVENTORY_CHANGE, "")),
        (
            "discounts/update",
            {"admin_graphql_api_id": "gid://shopify/DiscountAutomaticNode/1"},
            (Entity.PROMOTION, "1"),
        ),
        ("locations/update", {"id": 7}, (Entity.LOCATION, "7")),
        ("customers/update", {"id": 3, "email": "x@example.com"}, (Entity.CUSTOMER, "3")),
        ("orders/updated", {}, (Entity.SALE, "")),
        ("returns/close", {"order": None}, (Entity.SALE, "")),
    ],
)
def test_a_topic_touches_the_object_it_is_about(topic: str, payload: Any, touched: tuple[Entity, str]) -> None:
    event = read(topic, payload)
    assert event is not None
    assert event.touched == (touched,)
    assert event.topic == topic


def test_topics_of_nothing_we_read_touch_nothing() -> None:
    assert read("bulk_operations/finish", {"admin_graphql_api_id": "gid://shopify/BulkOperation/1"}).touched == ()
    assert read("app/uninstalled", {"id": 1}).touched == ()


def test_a_repeated_delivery_has_its_key_and_another_topic_of_the_same_event_another() -> None:
    first = read(
        "orders/create",
        {"id": 1},
        **{"x-shopify-event-id": "e1", "x-shopify-triggered-at": "2026-11-02T15:00:00.123456789Z"},
    )
    again = read("orders/create", {"id": 1}, **{"x-shopify-event-id": "e1"})
    other = read("orders/updated", {"id": 1}, **{"x-shopify-event-id": "e1"})
    assert first.dedupe_key == again.dedupe_key == "e1:orders/create"
    assert other.dedupe_key == "e1:orders/updated"
    assert first.occurred_at.isoformat().startswith("2026-11-02T15:00:00")
    assert again.occurred_at is None
    without = read("orders/create", {"id": 1})
    assert (
        without.dedupe_key == read("orders/create", {"id": 1}).dedupe_key != read("orders/create", {"id": 2}).dedupe_key
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b'{"id":1} '])
def test_a_body_that_is_none_is_refused_even_when_signed_for_another(body: bytes) -> None:
    signature = sign_webhook(b'{"id":1}', key=KEY)
    assert read_webhook({"x-shopify-hmac-sha256": signature, "x-shopify-topic": "orders/create"}, body, key=KEY) is None


def test_a_signed_body_without_a_topic_or_an_object_is_refused() -> None:
    for body in (b"[]", b"null", b"7"):
        headers = {"x-shopify-hmac-sha256": sign_webhook(body, key=KEY), "x-shopify-topic": "orders/create"}
        assert read_webhook(headers, body, key=KEY) is None
    assert read("", {"id": 1}) is None
    body = b"{}"
    headers = {"x-shopify-hmac-sha256": sign_webhook(body, key=Secret("")), "x-shopify-topic": "orders/create"}
    assert read_webhook(headers, body, key=Secret("")) is None
    assert read_webhook(headers, body, key=None) is None


def test_subscriptions_are_made_once(rig: Rig, reader: Reader) -> None:
    said = reader.ensure_webhooks("https://example.com/hooks")
    assert said == [f"Subscribed to {len(TOPICS)} kinds of Shopify webhooks."]
    assert reader.ensure_webhooks("https://example.com/hooks") == ["All webhooks are subscribed already."]
    assert reader.ensure_webhooks("https://other.example/hooks") == said
    (refused,) = reader.ensure_webhooks("http://example.com/hooks")
    assert refused.startswith("Shopify did not take the subscriptions ORDERS_CREATE, ")
    assert refused.endswith(".")


class Inbox(BaseHTTPRequestHandler):
    got: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the base class names it so
        """Quiet."""


@pytest.fixture
def inbox() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    got: list[tuple[dict[str, str], bytes]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Kept", (Inbox,), {"got": got}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks", got
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def test_the_stand_in_tells_of_what_happens_and_of_what_is_written(tmp_path: Path, inbox: Any) -> None:
    url, got = inbox
    with open_rig(tmp_path, webhook=WebhookTarget(url, WEBHOOK_KEY)) as rig:
        rig.pos.tell(rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": 1}]}))
        reader = rig.reader()
        writer = rig.writer(reader)
        change = {"price": "5.25", "currency": "USD"}
        result = writer.execute(act(ActionKind.PRICE_CHANGE, item(rig), change, price="4.50", currency="USD"))
        assert result.outcome is Outcome.APPLIED
        deadline = time.monotonic() + 5
        while len(got) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        events = [reader.verify_webhook(headers, body, url) for headers, body in got]
        writer.close()
        reader.close()
    assert [event.topic for event in events if event] == ["orders/create", "products/update"]
