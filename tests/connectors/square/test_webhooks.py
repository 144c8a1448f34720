"""Square's events: which are believed, what each touches, and that the stand-in sends what Square would send."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.base import Action, ActionKind, Entity, Outcome, Reader
from connectors.http import Secret
from connectors.manifest import load_manifest
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.square.privacy import customer_key
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook
from tests.support.platforms.rig import PSEUDONYM_KEY, WEBHOOK_KEY, Rig
from tests.support.platforms.square import open_rig
from tests.support.square_world import serving

URL = "https://shop.example/webhooks/square"


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with open_rig(tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(rig: Rig) -> Iterator[Reader]:
    made = rig.reader()
    yield made
    made.close()


def delivered(event: dict[str, Any], key: Secret = WEBHOOK_KEY) -> tuple[dict[str, str], bytes]:
    body = json.dumps(event).encode()
    return {SIGNATURE_HEADER: sign_webhook(body, key=key, url=URL)}, body


def event(topic: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"type": topic, "event_id": "e-1", "created_at": "2026-11-02T14:00:00.000Z", "data": data}


@pytest.mark.parametrize(
    ("topic", "data", "touched"),
    [
        ("order.updated", {"id": "O1"}, [(Entity.SALE, "O1")]),
        ("refund.created", {"id": "F1", "object": {"refund": {"order_id": "O2"}}}, [(Entity.SALE, "O2")]),
        ("catalog.version.updated", {"object": {}}, [(Entity.CATALOG, ""), (Entity.PROMOTION, "")]),
        (
            "inventory.count.updated",
            {"object": {"inventory_counts": [{"catalog_object_id": "V2"}, {"catalog_object_id": "V1"}]}},
            [(Entity.INVENTORY, "V1"), (Entity.INVENTORY, "V2")],
        ),
        ("inventory.count.updated", {"object": {"inventory_counts": None}}, [(Entity.INVENTORY, "")]),
        ("labor.timecard.created", {"id": "T1"}, [(Entity.TIMECARD, "T1")]),
        ("labor.timecard.deleted", {"id": "T1", "deleted": True}, [(Entity.TIMECARD, "T1")]),
        ("labor.scheduled_shift.published", {"id": "H1"}, [(Entity.SCHEDULED_SHIFT, "H1")]),
        ("team_member.updated", {"id": "E1"}, [(Entity.EMPLOYEE, "E1")]),
        ("vendor.created", {"id": "W1"}, [(Entity.SUPPLIER, "W1")]),
        # A customer's own id does not go into the inbox.
        ("customer.updated", {"id": "CU1"}, [(Entity.CUSTOMER, "")]),
        ("location.updated", {"id": "L1"}, [(Entity.LOCATION, "")]),
        ("payment.updated", {"id": "P1"}, []),
        ("refund.updated", None, [(Entity.SALE, "")]),
    ],
)
def test_an_event_says_what_to_read_again(
    reader: Reader, topic: str, data: Any, touched: list[tuple[Entity, str]]
) -> None:
    headers, body = delivered(event(topic, data))
    found = reader.verify_webhook(headers, body, URL)
    assert found is not None
    assert (found.topic, found.dedupe_key, list(found.touched)) == (topic, "e-1", touched)
    assert found.occurred_at is not None


def test_every_topic_of_the_manifest_touches_something(reader: Reader) -> None:
    for topic in load_manifest("square").webhooks.events:
        found = reader.verify_webhook(*delivered(event(topic, {"id": "X1", "object": {}})), URL)
        assert found is not None
        assert found.touched, topic


@pytest.mark.parametrize("body", [{"type": "order.created"}, {"event_id": "e"}, [], None, "text"])
def test_what_is_signed_but_no_event_is_nothing(reader: Reader, body: Any) -> None:
    assert reader.verify_webhook(*delivered(body), URL) is None


def test_a_forgery_a_wrong_address_and_a_missing_key_are_refused(rig: Rig, reader: Reader) -> None:
    headers, body = delivered(event("order.created", {"id": "O1"}))
    assert reader.verify_webhook(headers, body, URL) is not None
    assert reader.verify_webhook(headers, body + b" ", URL) is None
    assert reader.verify_webhook(headers, body, URL + "/other") is None
    assert reader.verify_webhook({}, body, URL) is None
    assert reader.verify_webhook(*delivered(event("order.created", {"id": "O1"}), Secret("guess")), URL) is None
    bare = rig.reader(webhook_key=None)
    try:
        assert bare.verify_webhook(headers, body, URL) is None
    finally:
        bare.close()


@contextlib.contextmanager
def listening() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """An address and what was delivered there."""
    heard: list[tuple[dict[str, str], bytes]] = []

    async def hear(request: Request) -> Response:
        heard.append((dict(request.headers), await request.body()))
        return Response(status_code=200)

    with serving(Starlette(routes=[Route("/hook", hear, methods=["POST"])])) as url:
        yield f"{url}/hook", heard


def test_what_happens_in_the_shop_is_told_and_what_it_touched_can_be_read(rig: Rig, reader: Reader) -> None:
    with listening() as (url, heard):
        rig.pos.webhook = WebhookTarget(url, WEBHOOK_KEY)
        rig.pos.tell(rig.pos.recount({"variant_id": "V200", "store_id": "S01", "quantity": "40"}))
        sold = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V200", "quantity": "2"}]})
        rig.pos.tell(sold)
        rig.pos.tell(rig.pos.refund({"order_id": sold.answer["order_id"]}))
        rig.pos.tell(rig.pos.clock_in({"employee_id": "E0101", "store_id": "S01"}))
        rig.pos.tell(rig.pos.clock_out({"employee_id": "E0101"}))
        rig.pos.tell(rig.pos.reprice({"variant_id": "V400", "price_minor": 1095}))
        rig.pos.tell(rig.pos.retire({"variant_id": "V400"}))
        found = [reader.verify_webhook(headers, body, url) for headers, body in heard]
    events = [event for event in found if event is not None]
    assert len(events) == len(heard)
    assert [event.topic for event in events] == [
        "inventory.count.updated",
        "order.created",
        "inventory.count.updated",
        "order.created",
        "refund.created",
        "inventory.count.updated",
        "labor.timecard.created",
        "labor.timecard.updated",
        "catalog.version.updated",
        "catalog.version.updated",
    ]
    assert len({event.dedupe_key for event in events}) == len(events)
    for happened in events:
        for entity, identity in happened.touched:
            if identity:
                assert len(reader.fetch(entity, [identity])) >= 1, (happened.topic, entity)


def test_a_write_over_the_api_is_told_too(rig: Rig, reader: Reader) -> None:
    rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "40"})
    target = {"variant_external_id": "V100", "store_external_id": "S01"}
    action = Action("k", ActionKind.STOCK_ADJUST, target, {"delta": "-1", "reason": "damage"}, {})
    writer = rig.writer(reader)
    with listening() as (url, heard):
        rig.pos.webhook = WebhookTarget(url, WEBHOOK_KEY)
        try:
            assert writer.execute(action).outcome is Outcome.APPLIED
        finally:
            writer.close()
        # The event leaves after the answer.
        until = time.monotonic() + 5
        while not heard and time.monotonic() < until:
            time.sleep(0.01)
        topics = [found.topic for headers, body in heard if (found := reader.verify_webhook(headers, body, url))]
    assert topics == ["inventory.count.updated"]


def test_a_deleted_customer_is_told_by_the_pseudonym(rig: Rig, reader: Reader) -> None:
    """No feed of Square's tells of it: what the webhook names is looked for, not found, and gone."""
    headers, body = delivered(event("customer.deleted", {"id": "CU1", "deleted": True}))
    told = reader.verify_webhook(headers, body, URL)
    assert told is not None
    pseudonym = customer_key("CU1", PSEUDONYM_KEY)
    assert pseudonym is not None
    assert told.touched == ((Entity.CUSTOMER, pseudonym),)
    assert reader.fetch(Entity.CUSTOMER, [pseudonym]) == []
    bare = rig.reader(pseudonym_key=None)
    try:
        nameless = bare.verify_webhook(headers, body, URL)
    finally:
        bare.close()
    assert nameless is not None
    assert nameless.touched == ()
