"""Clover's messages: a fixed code instead of a signature, several merchants in one, and one that comes before all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from connectors.base import Entity
from connectors.clover.reader import CloverReader
from connectors.http import Secret
from connectors.sandbox.clover.webhook import send_verification
from tests.support.square_world import serving

CODE = "0307e264-b33a-4913-88aa-37b10014a0b8"
URL = "https://floorwalker.example/webhooks/clover"
GENUINE = {"x-clover-auth": CODE, "content-type": "application/json"}


@pytest.fixture
def reader() -> Iterator[CloverReader]:
    made = CloverReader("http://127.0.0.1:9/v3/merchants/M1", Secret("t"), "clover", webhook_key=Secret(CODE))
    yield made
    made.close()


def body(*updates: tuple[str, str, int], merchant: str = "M1", **others: Any) -> bytes:
    listed = [{"objectId": name, "type": kind, "ts": stamp} for name, kind, stamp in updates]
    return json.dumps({"appId": "A1", "merchants": {merchant: listed, **others}}).encode()


@pytest.mark.parametrize(
    ("update", "touched"),
    [
        (("O:ORDER1", "CREATE", 5), [(Entity.SALE, "ORDER1")]),
        (("P:PAY1", "UPDATE", 5), [(Entity.SALE, "P:PAY1")]),
        (("I:ITEM1", "UPDATE", 5), [(Entity.CATALOG, "ITEM1"), (Entity.INVENTORY, "ITEM1")]),
        (("I:ITEM1", "DELETE", 5), [(Entity.CATALOG, "ITEM1")]),
        (("IC:CAT1", "UPDATE", 5), [(Entity.CATALOG, "IC:CAT1")]),
        (("C:CU1", "CREATE", 5), [(Entity.CUSTOMER, "CU1")]),
        (("E:E1", "UPDATE", 5), [(Entity.EMPLOYEE, "E1")]),
        (("CA:X", "CREATE", 5), [(Entity.REGISTER_EVENT, "")]),
        (("M:M1", "UPDATE", 5), [(Entity.LOCATION, "")]),
        (("IM:MOD1", "UPDATE", 5), []),
        (("A:APP1", "UPDATE", 5), []),
        (("nonsense", "UPDATE", 5), []),
        (("O:../../items", "UPDATE", 5), []),
    ],
)
def test_each_key_touches_what_it_stands_for(
    reader: CloverReader, update: tuple[str, str, int], touched: list[Any]
) -> None:
    event = reader.verify_webhook(GENUINE, body(update), URL)
    assert event is not None
    assert list(event.touched) == touched


def test_a_delivery_of_several_updates_touches_each_once(reader: CloverReader) -> None:
    event = reader.verify_webhook(
        GENUINE, body(("O:O1", "CREATE", 1_000), ("O:O1", "UPDATE", 3_000), ("O:O2", "UPDATE", 2_000)), URL
    )
    assert event is not None
    assert list(event.touched) == [(Entity.SALE, "O1"), (Entity.SALE, "O2")]
    assert (event.topic, event.occurred_at and event.occurred_at.timestamp()) == ("O.CREATE,O.UPDATE", 3.0)


def test_the_key_is_that_of_the_updates_whatever_order_they_come_in(reader: CloverReader) -> None:
    one, two = ("O:O1", "CREATE", 1_000), ("O:O2", "UPDATE", 2_000)
    keys = [
        event.dedupe_key
        for made in (body(one, two), body(two, one), body(one), body(("O:O1", "CREATE", 1_001)))
        if (event := reader.verify_webhook(GENUINE, made, URL)) is not None
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_updates_of_other_merchants_are_ignored(reader: CloverReader) -> None:
    event = reader.verify_webhook(GENUINE, body(("O:O1", "CREATE", 1), merchant="M2"), URL)
    assert event is not None
    assert list(event.touched) == []
    mixed = reader.verify_webhook(GENUINE, body(("O:O1", "CREATE", 1), M2=[{"objectId": "O:O9", "type": "X"}]), URL)
    assert mixed is not None
    assert list(mixed.touched) == [(Entity.SALE, "O1")]


@pytest.mark.parametrize(
    "entry", [None, 5, {}, {"objectId": 5}, {"objectId": "O:O1", "ts": "x"}, {"objectId": "O:O1", "ts": 10**30}]
)
def test_an_update_that_makes_no_sense_harms_no_other(reader: CloverReader, entry: Any) -> None:
    made = json.dumps({"merchants": {"M1": [entry, {"objectId": "O:O2", "type": "UPDATE", "ts": 7}]}}).encode()
    event = reader.verify_webhook(GENUINE, made, URL)
    assert event is not None
    assert (Entity.SALE, "O2") in event.touched


@pytest.mark.parametrize("made", [b"", b"{", b"[]", b'{"merchants": []}', b'{"merchants": {"M1": {}}}', b'{"a": 1}'])
def test_a_genuine_message_of_another_shape_is_unreadable(reader: CloverReader, made: bytes) -> None:
    assert reader.verify_webhook(GENUINE, made, URL) is None


@pytest.mark.parametrize("given", ["", "0307e264", CODE.upper(), CODE + " ", "ü"])
def test_a_wrong_code_is_refused_before_anything_is_read(reader: CloverReader, given: str) -> None:
    assert reader.verify_webhook({"x-clover-auth": given}, body(("O:O1", "CREATE", 1)), URL) is None


def test_without_a_configured_code_nothing_is_genuine() -> None:
    for key in (None, Secret("")):
        bare = CloverReader("http://127.0.0.1:9/v3/merchants/M1", Secret("t"), "clover", webhook_key=key)
        assert bare.verify_webhook({"x-clover-auth": ""}, body(("O:O1", "CREATE", 1)), URL) is None
        assert bare.verify_webhook({}, body(("O:O1", "CREATE", 1)), URL) is None
        bare.close()


def test_the_verification_code_is_shown_to_the_operator_and_touches_nothing(reader: CloverReader) -> None:
    assert not any("verification code" in said and "sent" in said for said in reader.ensure_webhooks(URL))
    code = "ce7643c1-83ea-4218-abe6-da876c9c7a0a"
    with structlog.testing.capture_logs() as logs:
        events = [reader.verify_webhook({}, json.dumps({"verificationCode": code}).encode(), URL) for _ in range(3)]
    assert [event and (event.topic, list(event.touched)) for event in events] == [("verification", [])] * 3
    assert {event.dedupe_key for event in events if event} == {f"verification:{code}"}
    assert [entry["code"] for entry in logs if entry["event"] == "webhook.verification_code"] == [code]
    said = reader.ensure_webhooks(URL)
    assert code in said[0]
    assert any(URL in sentence for sentence in said)
    assert any("CLOVER_WEBHOOK_KEY" in sentence for sentence in said)
    assert all(sentence.endswith(".") for sentence in said)


@pytest.mark.parametrize(
    "made",
    [
        {"verificationCode": "ce7643c1-83ea", "merchants": {"M1": []}},
        {"verificationCode": 5},
        {"verificationCode": "<script>alert(1)</script>"},
        {"verificationCode": "short"},
        {"verificationCode": "a" * 2_000},
    ],
)
def test_a_message_that_only_looks_like_a_verification_is_refused(reader: CloverReader, made: Any) -> None:
    assert reader.verify_webhook({}, json.dumps(made).encode(), URL) is None


def test_the_stand_in_sends_its_code_without_the_auth_header(reader: CloverReader) -> None:
    seen: list[Any] = []

    async def endpoint(scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        seen.append(reader.verify_webhook(headers, message["body"], URL))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serving(endpoint) as url:
        assert send_verification(f"{url}/hook", "5220ecf5-7dea-4396-b0ba-a1659c182887")
    assert seen[0].topic == "verification"
