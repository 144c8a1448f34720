"""Whatever a platform does, the rest lands, nothing is lost, and a person is told what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.base import Entity, Reader
from connectors.errors import ConnectorError, TerminalError
from connectors.http import HttpClient
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records
from tests.conformance.broken_readers import Altered, Disturbed
from tests.conformance.conftest import Pull
from tests.conformance.trading import baskets, busy_shop, count, everything, figures, rows, sell, trade
from tests.support.platforms.rig import Rig


def order(rig: Rig, entity: Entity, fault: str, times: int = 1) -> None:
    rig.faults.order({"operation": rig.operations[f"read_{entity.value}"], "fault": fault, "times": times})


@pytest.mark.parametrize("fault", ["throttle", "error_before", "error_after", "refuse"])
def test_a_platform_that_stumbles_is_asked_again(rig: Rig, mirror: Mirror, pull: Pull, fault: str) -> None:
    trade(rig, 3)
    order(rig, Entity.SALE, fault)
    pull.sales()
    assert figures(mirror) == baskets(3)
    assert rig.faults.listing() == {"faults": []}


def test_an_expired_token_is_renewed_or_named(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    order(rig, Entity.SALE, "expired_token")
    said = ""
    try:
        pull.sales()
    except TerminalError as error:
        said = error.user_message
        pull.sales()
    assert said == "" or load_manifest(rig.platform).read.setting in said
    assert figures(mirror) == baskets(3)


def test_a_revoked_token_is_said_and_loses_nothing(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    pull()
    before = everything(mirror)
    revoked = rig.reader(**rig.bad_token)
    try:
        health = revoked.check()
        with pytest.raises(TerminalError) as caught:
            pull(revoked)
    finally:
        revoked.close()
    assert not health.ok
    assert health.problems
    assert all(problem.endswith(".") for problem in health.problems)
    assert caught.value.user_message.endswith(".")
    assert everything(mirror) == before
    trade(rig, 1)
    pull()
    assert figures(mirror) == baskets(4)


def test_a_page_of_html_is_no_data_and_no_loss(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    order(rig, Entity.SALE, "not_json")
    with pytest.raises(ConnectorError) as caught:
        pull()
    assert "<html" not in caught.value.user_message
    assert "<html" not in str(caught.value)
    assert count(mirror, "store") > 0
    pull()
    assert figures(mirror) == baskets(3)


def test_a_page_that_is_too_large_is_asked_for_in_parts_or_said(
    rig: Rig, mirror: Mirror, pull: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    trade(rig, 24)
    pull(entities=[Entity.LOCATION])
    with monkeypatch.context() as patched:
        patched.setattr("connectors.http.LARGEST_ANSWER", 25_000)
        said = ""
        try:
            pull.sales()
        except TerminalError as error:
            said = error.user_message
        assert "answered with more than" in said if said else figures(mirror) == baskets(24)
        assert not said or rig.platform in ("lightspeed_r", "shopify")
    pull.sales()
    assert figures(mirror) == baskets(24)


def test_pages_that_shift_while_being_read_lose_nothing(
    rig: Rig, mirror: Mirror, pull: Pull, small_reader: Reader
) -> None:
    trade(rig, 6)
    victims = [sell(rig)["order_id"] for _ in range(3)]
    rig.clock.turn(minutes=1)

    def happen(page: int) -> None:
        if page < len(victims):
            rig.pos.void({"order_id": victims[page]})
            trade(rig, 1)

    pull.sales()
    everything_again = Disturbed(small_reader, Entity.SALE, happen)
    pull.sales(everything_again, full=True)
    rig.clock.turn(minutes=1)
    pull.sales()
    assert figures(mirror) == baskets(9)
    assert count(mirror, "sale WHERE voided") == 3


def test_a_first_pull_of_shifting_pages_is_complete_after_the_next(
    rig: Rig, mirror: Mirror, pull: Pull, small_reader: Reader
) -> None:
    trade(rig, 6)
    victims = [sell(rig)["order_id"] for _ in range(3)]
    rig.clock.turn(minutes=1)

    def happen(page: int) -> None:
        if page < len(victims):
            rig.pos.refund({"order_id": victims[page]})
            trade(rig, 1)

    pull.sales(Disturbed(small_reader, Entity.SALE, happen))
    rig.clock.turn(minutes=1)
    pull.sales()
    found = figures(mirror)
    assert (found.net, found.returns, found.transactions) == (9 * 1130, 3 * 640, 12)


def test_duplicates_and_late_old_versions_change_nothing(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 1)
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    pull.sales()
    (identity,) = sale_ids(mirror, rig, sold["order_id"])
    old = list(reader.fetch(Entity.SALE, [identity]))
    rig.clock.turn(minutes=1)
    rig.pos.void({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=1)
    new = list(reader.fetch(Entity.SALE, [identity]))
    assert max(record.source_version for record in new) > max(record.source_version for record in old)
    apply_records(reader, mirror, [*new, *old, *new])
    after = everything(mirror)
    assert figures(mirror) == baskets(1)
    for late in (old, new, [*old, *new]):
        apply_records(reader, mirror, late)
        assert everything(mirror) == after
    pull.sales()
    assert figures(mirror) == baskets(1)


@pytest.mark.parametrize("minutes", [-10, 5])
def test_a_clock_that_is_wrong_loses_no_sale(rig: Rig, mirror: Mirror, pull: Pull, minutes: int) -> None:
    trade(rig, 2)
    pull.sales(until=rig.clock.now() + timedelta(minutes=minutes))
    trade(rig, 3)
    pull.sales(until=rig.clock.now() + timedelta(minutes=minutes))
    rig.clock.turn(minutes=30)
    pull.sales()
    assert figures(mirror) == baskets(5)


def test_a_clock_that_was_a_day_ahead_loses_no_sale(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 2)
    pull.sales(until=rig.clock.now() + timedelta(days=1))
    rig.clock.turn(minutes=10)
    trade(rig, 3)
    rig.clock.turn(minutes=120)
    pull.sales()
    trade(rig, 1)
    rig.clock.turn(minutes=1)
    pull.sales()
    assert figures(mirror) == baskets(6)


def test_a_plain_pull_finds_no_field_that_the_manifest_does_not_know(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    busy_shop(rig)
    pull()
    assert rows(mirror, "SELECT entity, path FROM schema_drift ORDER BY ALL") == []


def test_a_new_field_is_kept_counted_and_told(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)

    def alter(number: int, payload: dict[str, Any]) -> dict[str, Any] | None:
        return {**payload, "loyalty_tier": {"level": 3}} if number <= 2 else None

    pull.sales(Altered(reader, Entity.SALE, alter))
    assert figures(mirror) == baskets(3)
    assert count(mirror, "raw_object WHERE payload LIKE '%loyalty_tier%'") == 2
    drift = rows(mirror, "SELECT connection, entity, path, objects FROM schema_drift ORDER BY path")
    assert drift == [(reader.connection, "sale", "loyalty_tier.level", 2)]


def test_nulls_where_the_platform_promises_values_stop_nothing(
    rig: Rig, reader: Reader, mirror: Mirror, pull: Pull
) -> None:
    trade(rig, 12)

    def alter(number: int, payload: dict[str, Any]) -> dict[str, Any] | None:
        # Every second document loses one of its fields, another one each time.
        names = sorted(payload)
        return {**payload, names[(number // 2) % len(names)]: None} if number % 2 == 0 else None

    pull.sales(Altered(reader, Entity.SALE, alter))
    assert count(mirror, "raw_object WHERE entity = 'sale'") == 12
    assert figures(mirror).transactions >= 6
    assert figures(mirror).transactions + count(mirror, "rejected_record") <= 12
    # The platform sends them whole later on.
    pull.sales(full=True)
    assert figures(mirror) == baskets(12)
    assert count(mirror, "rejected_record") == 0


def test_a_record_that_makes_no_sense_is_set_aside(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 4)

    def alter(number: int, payload: dict[str, Any]) -> Any:
        return {name: [] for name in payload} if number == 2 else None

    pull.sales(Altered(reader, Entity.SALE, alter))
    assert figures(mirror).transactions == 3
    pull.sales(full=True)
    assert figures(mirror) == baskets(4)


def with_a_null(number: int, payload: dict[str, Any]) -> dict[str, Any]:
    """Another field each time."""
    names = sorted(payload)
    return {**payload, names[(number - 1) % len(names)]: None}


def test_every_field_may_be_null_once(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    """A null anywhere gives rows that can be stored, or a record set aside with its reason; never a stopped feed."""
    busy_shop(rig)
    pull()
    before = figures(mirror)
    for entity in load_manifest(rig.platform).readable():
        pull(Altered(reader, entity, with_a_null), entities=[entity], full=True)
    for entity, reason in rows(mirror, "SELECT entity, reason FROM rejected_record"):
        assert reason.endswith("."), (entity, reason)
    pull(full=True)
    assert rows(mirror, "SELECT entity, id, reason FROM rejected_record") == []
    assert figures(mirror) == before


def first_sale(body: Any) -> dict[str, Any] | None:
    """The first of the sales that are listed somewhere in an answer."""
    inner = list(body.values()) if isinstance(body, dict) else body if isinstance(body, list) else []
    if isinstance(body, list):
        for item in body:
            if isinstance(item, dict) and {"line_items", "lineItems", "SaleLines"} & set(item):
                return item
    return next((found for item in inner if (found := first_sale(item)) is not None), None)


def test_a_sale_without_an_id_holds_up_nobody(
    rig: Rig, mirror: Mirror, pull: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    trade(rig, 3)
    accept, spoilt = HttpClient._accept, list[Any]()

    def accepted(client: HttpClient, response: Any, content: bytes) -> Any:
        reply = accept(client, response, content)
        sale = None if spoilt else first_sale(reply.body)
        if sale is not None:
            spoilt.append(sale | {name: None for name in ("id", "saleID") if name in sale})
            sale.update(spoilt[0])
        return reply

    with monkeypatch.context() as patched:
        patched.setattr(HttpClient, "_accept", accepted)
        pull.sales()
    assert spoilt
    assert figures(mirror) == baskets(2)
    ((reason,),) = rows(mirror, "SELECT reason FROM rejected_record")
    assert "without an id" in str(reason)
    pull.sales(full=True)
    assert figures(mirror) == baskets(3)


def sale_ids(mirror: Mirror, rig: Rig, order_id: str) -> list[str]:
    """The raw id of a sale that the stand-in calls ``order_id``: equal, or told by the row that came of it."""
    found = rows(mirror, "SELECT id FROM raw_object WHERE entity = 'sale' AND id = $id", {"id": order_id})
    if not found:
        found = rows(
            mirror,
            "SELECT o.id FROM row_origin o JOIN sale s ON o.table_name = 'sale' AND o.row_key = s.sale_id "
            "WHERE s.external_id = $id",
            {"id": order_id},
        )
    return [str(row[0]) for row in found]
