"""A webhook says "look now": only a genuine one, and what it touched is there to be read."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from connectors.base import Reader, WebhookEvent
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records
from tests.conformance.conftest import Pull
from tests.conformance.trading import NOTHING, figures, places
from tests.support.platforms.rig import Rig

URL = "https://floorwalker.example/webhooks/main"
Delivery = tuple[Mapping[str, str], bytes]


@pytest.fixture
def delivery(rig: Rig) -> Delivery:
    """A signed webhook of a sale that just happened."""
    if rig.signed is None:
        pytest.skip(f"{rig.platform} sends no webhooks")
    happening = rig.pos.sell({"store_id": places(rig)[0], "lines": [{"variant_id": "V200", "quantity": "2"}]})
    rig.clock.turn(seconds=2)
    return rig.signed(happening.event, URL)


def read(reader: Reader, delivery: Delivery) -> WebhookEvent | None:
    headers, body = delivery
    return reader.verify_webhook(headers, body, URL)


def test_a_platform_without_webhooks_accepts_none(rig: Rig, reader: Reader) -> None:
    says_none = not load_manifest(rig.platform).webhooks.events
    assert says_none == (rig.signed is None)
    assert reader.verify_webhook({}, b"{}", URL) is None
    assert reader.verify_webhook({"content-type": "application/json"}, b'{"type": "sale"}', URL) is None


def test_what_a_genuine_webhook_touched_becomes_visible(
    rig: Rig, reader: Reader, mirror: Mirror, pull: Pull, delivery: Delivery
) -> None:
    pull(entities=[entity for entity in load_manifest(rig.platform).readable() if entity.value != "sale"])
    assert figures(mirror) == NOTHING
    event = read(reader, delivery)
    assert event is not None
    assert event.touched
    for entity, identity in event.touched:
        if identity:
            apply_records(reader, mirror, reader.fetch(entity, [identity]))
        else:
            pull(entities=[entity])
    assert (figures(mirror).net, figures(mirror).transactions) == (640, 1)


def test_the_same_delivery_has_the_same_key_and_another_event_another(
    rig: Rig, reader: Reader, delivery: Delivery
) -> None:
    assert rig.signed is not None
    first, again = read(reader, delivery), read(reader, delivery)
    other = rig.pos.sell({"store_id": places(rig)[0], "lines": [{"variant_id": "V100", "quantity": "1"}]})
    second = read(reader, rig.signed(other.event, URL))
    assert first is not None
    assert again is not None
    assert second is not None
    assert first.dedupe_key == again.dedupe_key
    assert first.dedupe_key
    assert first.dedupe_key != second.dedupe_key


def test_a_delivery_without_its_signature_is_refused(rig: Rig, reader: Reader, delivery: Delivery) -> None:
    headers, body = delivery
    name = load_manifest(rig.platform).webhooks.signature_header.lower()
    assert name in headers
    value = headers[name]
    flipped = value[:-3] + ("AAA" if value[-3:] != "AAA" else "BBB")
    for forged in ("", " ", flipped, value[:-1], value + "0", value.swapcase(), "ü", "\x00"):
        assert reader.verify_webhook({**headers, name: forged}, body, URL) is None, repr(forged)
    assert reader.verify_webhook({key: text for key, text in headers.items() if key != name}, body, URL) is None


def test_a_body_that_is_not_what_was_sent_is_refused(rig: Rig, reader: Reader, delivery: Delivery) -> None:
    headers, body = delivery
    wrong = [b"", body[: len(body) // 2], body[:-1], b"<html></html>", b"\xff\xfe" + body, b"null", b"[]"]
    if rig.signs_body:
        wrong += [body + b" ", body.replace(b"1", b"2", 1), body + b" " * (10 * 1024 * 1024), reserialised(body)]
    for other in wrong:
        assert reader.verify_webhook(headers, other, URL) is None, other[:40]


def reserialised(body: bytes) -> bytes:
    """The same JSON, written by somebody else; for other encodings, the same fields in another case."""
    try:
        return json.dumps(json.loads(body), indent=1, sort_keys=True).encode()
    except ValueError:
        return body.replace(b"%7B", b"%7b").replace(b"+", b"%20") + b"&"
