"""Webhooks of Lightspeed X: forms with an old object in them, believed only with the right signature."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from connectors.base import Entity, Reader
from connectors.http import Secret
from connectors.lightspeed_x.webhooks import is_genuine, sign_webhook, webhook_event
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.store import ident
from tests.support.platforms.rig import WEBHOOK_KEY, Rig

KEY = Secret("client-secret")
URL = "https://floorwalker.example/webhooks/north"


def form(payload: Any, **more: str) -> bytes:
    return urlencode({"payload": json.dumps(payload), "domain_prefix": "north", **more}).encode()


def test_the_signature_is_over_the_raw_body() -> None:
    body = form({"id": "1"})
    signature = sign_webhook(body, key=KEY)
    assert signature.startswith("signature=")
    assert signature.endswith(",algorithm=HMAC-SHA256")
    assert is_genuine(body, signature, key=KEY)
    assert is_genuine(body, signature.replace(",", ", "), key=KEY), "a space behind the comma is no forgery"


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "signature=,algorithm=HMAC-SHA256",
        "signature=abc",
        "signature=SIGNED,algorithm=HMAC-SHA1",
        "algorithm=HMAC-SHA256,signature=SIGNED",
        "SIGNED",
        "signature=SIGNED,algorithm=HMAC-SHA256,signature=SIGNED",
        "signature=é,algorithm=HMAC-SHA256",
    ],
)
def test_anything_else_is_a_forgery(signature: str) -> None:
    body = form({"id": "1"})
    signed = sign_webhook(body, key=KEY).split(",")[0].removeprefix("signature=")
    assert not is_genuine(body, signature.replace("SIGNED", signed), key=KEY)


def test_without_a_key_a_body_or_a_signature_nothing_is_believed() -> None:
    body = form({"id": "1"})
    signature = sign_webhook(body, key=KEY)
    assert not is_genuine(body, signature, key=None)
    assert not is_genuine(body, signature, key=Secret(""))
    assert not is_genuine(b"", sign_webhook(b"", key=KEY), key=KEY)
    assert not is_genuine(body, None, key=KEY)
    assert not is_genuine(body, signature, key=Secret("another"))
    assert not is_genuine(body + b"&x=1", signature, key=KEY)


@pytest.mark.parametrize(
    ("payload", "topic", "touched"),
    [
        ({"id": "s", "version": 5, "register_sale_products": []}, "sale.update", (Entity.SALE, "s")),
        ({"id": "p", "version": 5, "handle": "oat", "sku": "1"}, "product.update", (Entity.CATALOG, "p")),
        (
            {"id": "i", "version": 5, "product_id": "p", "attributed_cost": "1"},
            "inventory.update",
            (Entity.INVENTORY, "p"),
        ),
        ({"id": "i", "product": {"id": "p"}, "current_amount": "1"}, "inventory.update", (Entity.INVENTORY, "p")),
        ({"id": "c", "version": 5, "customer_code": "Cleo-1"}, "customer.update", (Entity.CUSTOMER, "")),
        ({"id": "k", "consignment_date": "2026-11-02"}, "consignment.send", (Entity.PURCHASE_ORDER, "k")),
        (
            {"id": "z", "register_id": "r", "register_close_time": "2026-11-02"},
            "register_closure.create",
            (Entity.REGISTER_EVENT, "r"),
        ),
    ],
)
def test_what_an_event_is_about_is_told_by_the_object(
    payload: dict[str, Any], topic: str, touched: tuple[Entity, str]
) -> None:
    event = webhook_event(form(payload))
    assert event is not None
    assert (event.topic, event.touched) == (topic, (touched,))


def test_the_form_may_say_which_event_it_is() -> None:
    event = webhook_event(form({"id": "k", "version": 7}, type="consignment.receive"))
    assert event is not None
    assert (event.topic, event.dedupe_key) == ("consignment.receive", "consignment.receive:k:7")


def test_two_deliveries_of_one_change_have_one_key() -> None:
    def key(**payload: Any) -> str:
        event = webhook_event(form({"handle": "oat", **payload}))
        assert event is not None
        return event.dedupe_key

    assert key(id="p", version=5) == key(version=5, id="p")
    assert len({key(id="p", version=5), key(id="p", version=6), key(id="q", version=5)}) == 3
    # Without a version, the content tells.
    assert key(id="p", name="a") == key(id="p", name="a")
    assert key(id="p", name="a") != key(id="p", name="b")


def test_a_customer_s_id_is_not_in_the_key() -> None:
    event = webhook_event(form({"id": "06bf537b-cleo", "version": 5, "customer_code": "Cleo-1"}))
    assert event is not None
    assert "06bf537b-cleo" not in event.dedupe_key


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"payload=",
        b"payload=%7B",
        b"payload=[]",
        b"payload=null",
        form({}),
        form({"id": "1"}),
        b"\xff\xfe",
        b"&".join(b"a=1" for _ in range(500)),
        json.dumps({"id": "1", "sku": "1"}).encode(),
    ],
)
def test_a_signed_body_that_is_no_event_is_none(rig: Rig, reader: Reader, body: bytes) -> None:
    headers = {"x-signature": sign_webhook(body, key=WEBHOOK_KEY)}
    assert reader.verify_webhook(headers, body, URL) is None


def test_webhooks_are_registered_once_and_mended(rig: Rig, pos: StandInX, reader: Reader) -> None:
    said = reader.ensure_webhooks(URL)
    assert len(said) == 7
    assert said[0] == f"Lightspeed X now sends sale.update to {URL}."
    assert reader.ensure_webhooks(URL) == (f"Lightspeed X already sends 7 kinds of events to {URL}.",)
    first = pos.store.of("webhook")[0]
    pos.store.put("webhook", {**first, "active": False})
    assert reader.ensure_webhooks(URL) == (f"Lightspeed X now sends {first['type']} to {URL}.",)
    assert len(reader.ensure_webhooks(f"{URL}/other")) == 7
    assert len(pos.store.of("webhook")) == 14


@pytest.mark.parametrize(
    ("fault", "said"),
    [("throttle", "This token may not register webhooks for sale.update."), ("error_after", "did not say whether")],
)
def test_a_webhook_that_could_not_be_registered_is_said(rig: Rig, reader: Reader, fault: str, said: str) -> None:
    rig.faults.order({"operation": "webhooks.create", "fault": fault, "times": 1})
    assert said in reader.ensure_webhooks(URL)[0]


def test_the_stand_in_s_webhooks_are_read_by_the_connector(rig: Rig, reader: Reader) -> None:
    assert rig.signed is not None
    sold = rig.pos.sell({"store_id": "S01", "lines": [{"variant_id": "V100"}]})
    counted = rig.pos.recount({"variant_id": "V100", "store_id": "S01", "quantity": "4"})
    changed = rig.pos.reprice({"variant_id": "V100", "price_minor": 500})
    touched = []
    for happening in (sold, counted, changed):
        headers, body = rig.signed(happening.event, URL)
        event = reader.verify_webhook(headers, body, URL)
        assert event is not None
        touched += event.touched
    product = ident("product", "V100")
    assert touched == [
        (Entity.SALE, sold.answer["order_id"]),
        (Entity.INVENTORY, product),
        (Entity.CATALOG, product),
    ]
    for entity, identity in touched:
        assert reader.fetch(entity, [identity])
