"""What the shop did is what the mirror says, to the cent, however often it is pulled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.base import Entity
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from tests.conformance.conftest import Pull
from tests.conformance.trading import (
    NOTHING,
    Figures,
    baskets,
    count,
    everything,
    figures,
    places,
    rows,
    sell,
    store_id,
    trade,
    variant_id,
)
from tests.support.platforms.rig import Rig

BREADS = Figures(net=640, discount=0, returns=0, transactions=1, units=2)
"""What ``trading.sell`` rings up."""


def reads(rig: Rig, entity: Entity) -> None:
    if entity not in load_manifest(rig.platform).readable():
        pytest.skip(f"{rig.platform} has no {entity.value}")


def test_a_first_pull_equals_what_the_shop_did(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 7)
    sell(rig)
    rig.clock.turn(minutes=1)
    report = pull()
    assert figures(mirror) == baskets(7) + BREADS
    assert report.counts[Entity.SALE].records >= 8
    assert report.as_of_at == rig.clock.now()
    assert mirror.reader.snapshot().sources["sales"].as_of_at == rig.clock.now()


def test_every_store_keeps_its_own_sales(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 4)
    pull.sales()
    stores = places(rig)
    found = dict(rows(mirror, "SELECT store_id, sum(transactions) FROM store_day GROUP BY store_id"))
    assert {store_id(mirror, rig, place): 4 // len(stores) for place in stores} == found


def test_lines_add_up_to_documents_and_tenders_to_totals(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    sold = sell(rig, tip_minor=75)
    sell(
        rig,
        order_discount_minor=33,
        lines=[{"variant_id": "V100", "quantity": "1"}, {"variant_id": "V400", "quantity": "1"}],
    )
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"], "amount_minor": 100})
    rig.clock.turn(minutes=1)
    pull.sales()
    documents = (
        "SELECT s.sale_id, s.gross_minor - s.discount_minor - s.net_minor, s.net_minor - sum(l.net_minor), "
        "s.gross_minor - sum(l.gross_minor), s.discount_minor - sum(l.discount_minor) FROM sale s "
        "JOIN sale_line l ON l.sale_id = s.sale_id AND NOT l.is_gift_card "
        "GROUP BY s.sale_id, s.gross_minor, s.discount_minor, s.net_minor"
    )
    assert [row for row in rows(mirror, documents) if row[1:] != (0, 0, 0, 0)] == []
    tenders = (
        "SELECT s.sale_id, s.total_minor, sum(t.amount_minor) FROM sale s JOIN tender t ON t.sale_id = s.sale_id "
        "WHERE s.kind = 'sale' GROUP BY s.sale_id, s.total_minor"
    )
    found = rows(mirror, tenders)
    assert len(found) == 5
    assert [row for row in found if row[1] != row[2]] == []
    paid = rows(mirror, "SELECT sum(total_minor), sum(tip_minor) FROM sale WHERE kind = 'sale'")
    assert paid == [(3 * 1130 + 640 + 75 + 450 + 995 - 33, 75)]


def test_an_order_discount_is_apportioned_to_the_cent(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    sell(
        rig,
        order_discount_minor=100,
        lines=[{"variant_id": name, "quantity": "1"} for name in ("V100", "V200", "V400")],
    )
    rig.clock.turn(minutes=1)
    pull.sales()
    assert figures(mirror) == Figures(net=1665, discount=100, returns=0, transactions=1, units=3)
    lines = rows(mirror, "SELECT net_minor, discount_minor FROM sale_line ORDER BY line_no")
    assert (sum(net for net, _ in lines), sum(discount for _, discount in lines)) == (1665, 100)
    assert all(discount > 0 for _, discount in lines)


def test_loose_goods_do_not_count_as_pieces(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    if not rig.sells_by_weight:
        pytest.skip(f"{rig.platform} sells whole pieces only")
    sell(rig, lines=[{"variant_id": "V300", "quantity": "0.25"}, {"variant_id": "V200", "quantity": "1"}])
    rig.clock.turn(minutes=1)
    pull(entities=[Entity.LOCATION, Entity.CATALOG, Entity.SALE])
    assert figures(mirror) == Figures(net=620, discount=0, returns=0, transactions=1, units=1)
    loose = {"id": variant_id(mirror, rig, "V300")}
    quantities = rows(mirror, "SELECT quantity FROM sale_line WHERE variant_id = $id", loose)
    assert quantities == [(Decimal("0.25"),)]


def test_a_second_pull_brings_only_the_news(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 4)
    rig.clock.turn(hours=2)
    pull.sales()
    trade(rig, 3)
    report = pull.sales()
    assert report.counts[Entity.SALE].new == 3
    assert figures(mirror) == baskets(7)


def test_a_pull_without_news_changes_nothing(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    pull()
    before = everything(mirror)
    rig.clock.turn(minutes=3)
    pull()
    assert everything(mirror) == before


def test_a_full_pull_doubles_nothing(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 3)
    pull()
    before = everything(mirror)
    report = pull(full=True)
    assert report.counts[Entity.SALE].records >= 3
    assert everything(mirror) == before


def test_a_pull_that_asks_for_one_entity_leaves_the_others_alone(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 2)
    report = pull(entities=[Entity.LOCATION])
    assert list(report.counts) == [Entity.LOCATION]
    assert (count(mirror, "store"), count(mirror, "sale")) == (len(places(rig)), 0)


def test_a_void_takes_the_sale_back(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 2)
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    pull.sales()
    assert figures(mirror) == baskets(2) + BREADS
    rig.pos.void({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=5)
    pull.sales()
    assert figures(mirror) == baskets(2)


def test_a_refund_of_lines_is_dated_when_it_happened(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    pull.sales()
    rig.clock.turn(days=2)
    rig.pos.refund({"order_id": sold["order_id"], "lines": [{"line_no": 1, "quantity": "1"}]})
    rig.clock.turn(minutes=5)
    pull.sales()
    assert figures(mirror) == Figures(net=320, discount=0, returns=320, transactions=1, units=1)
    days = rows(
        mirror, "SELECT net_minor, returns_minor, transactions FROM store_day WHERE net_minor <> 0 ORDER BY business_on"
    )
    assert [tuple(int(value) for value in day) for day in days] == [(640, 0, 1), (-320, 320, 0)]
    assert rows(mirror, "SELECT count(*) FROM sale WHERE kind = 'return' AND original_sale_id IS NOT NULL") == [(1,)]


def test_an_amount_only_refund_reduces_net_sales_once(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    """One line without a variant, and of quantity 0: no goods came back."""
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"], "amount_minor": 100})
    rig.clock.turn(minutes=5)
    pull.sales()
    pull.sales(full=True)
    assert figures(mirror) == replace(BREADS, net=540, returns=100)
    assert rows(mirror, "SELECT count(*) FROM sale_line WHERE variant_id IS NULL AND net_minor = -100") == [(1,)]


def test_a_refund_of_everything_leaves_nothing(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"]})
    rig.clock.turn(minutes=5)
    pull.sales()
    found = figures(mirror)
    assert (found.net, found.returns, found.transactions) == (0, 640, 1)


def test_the_catalogue_arrives_with_what_the_platform_knows(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    pull(entities=[Entity.CATALOG])
    found = rows(
        mirror,
        "SELECT p.name, v.sku, v.barcode, v.unit_of_measure, v.active FROM variant v "
        "JOIN product p ON p.product_id = v.product_id WHERE v.variant_id = $id",
        {"id": variant_id(mirror, rig, "V100")},
    )
    assert found == [("Oat milk", "OAT-1L", "4006381333931", "each", True)]
    (unit,) = rows(
        mirror, "SELECT unit_of_measure FROM variant WHERE variant_id = $id", {"id": variant_id(mirror, rig, "V300")}
    )[0]
    assert (unit != "each") == rig.sells_by_weight
    prices = "SELECT price, currency FROM price WHERE variant_id = $id"
    assert set(rows(mirror, prices, {"id": variant_id(mirror, rig, "V200")})) == {(Decimal("3.2000"), "USD")}


def test_a_price_becomes_a_history(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    pull(entities=[Entity.CATALOG])
    rig.clock.turn(minutes=5)
    rig.pos.reprice({"variant_id": "V400", "price_minor": 1095})
    rig.clock.turn(minutes=5)
    pull(entities=[Entity.CATALOG])
    found = rows(
        mirror,
        "SELECT price FROM price WHERE variant_id = $id ORDER BY coalesce(valid_from_at, TIMESTAMPTZ '1970-01-01')",
        {"id": variant_id(mirror, rig, "V400")},
    )
    assert (found[0], found[-1]) == ((Decimal("9.9500"),), (Decimal("10.9500"),))


def test_a_product_that_is_taken_away_becomes_inactive(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 1)
    pull(entities=[Entity.LOCATION, Entity.CATALOG, Entity.SALE])
    rig.clock.turn(minutes=5)
    rig.pos.retire({"variant_id": "V400"})
    rig.clock.turn(minutes=5)
    pull(entities=[Entity.LOCATION, Entity.CATALOG, Entity.SALE])
    active = dict(rows(mirror, "SELECT external_id, active FROM variant"))
    assert active[rig.external["variant"]["V400"]] is False
    assert active[rig.external["variant"]["V100"]] is True
    assert figures(mirror) == baskets(1)


def test_stock_follows_counts_and_sales(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    first = places(rig)[0]
    rig.pos.recount({"variant_id": "V200", "store_id": first, "quantity": "40"})
    rig.clock.turn(minutes=5)
    pull(entities=[Entity.LOCATION, Entity.CATALOG, Entity.INVENTORY])
    rig.clock.turn(minutes=5)
    sell(rig)
    rig.clock.turn(minutes=5)
    pull(entities=[Entity.LOCATION, Entity.CATALOG, Entity.INVENTORY])
    found = rows(
        mirror,
        "SELECT sum(quantity) FROM inventory_level WHERE variant_id = $variant AND store_id = $store",
        {"variant": variant_id(mirror, rig, "V200"), "store": store_id(mirror, rig, first)},
    )
    assert found == [(Decimal(38),)]
    assert mirror.reader.snapshot().sources["inventory"].as_of_at == rig.clock.now()


def test_people_arrive_with_names_and_pay(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    reads(rig, Entity.EMPLOYEE)
    pull(entities=[Entity.LOCATION, Entity.EMPLOYEE])
    names = {name for (name,) in rows(mirror, "SELECT name FROM employee WHERE active")}
    assert {person.name for person in rig.shop.employees()} <= names


def test_clocked_hours_arrive(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    reads(rig, Entity.TIMECARD)
    first = places(rig)[0]
    rig.pos.clock_in({"employee_id": "E0101", "store_id": first})
    rig.clock.turn(hours=4)
    pull(entities=[Entity.LOCATION, Entity.EMPLOYEE, Entity.TIMECARD])
    assert rows(mirror, "SELECT clock_out_at FROM timecard") == [(None,)]
    rig.pos.clock_out({"employee_id": "E0101"})
    rig.clock.turn(minutes=5)
    pull(entities=[Entity.LOCATION, Entity.EMPLOYEE, Entity.TIMECARD])
    found = rows(mirror, "SELECT epoch(clock_out_at - clock_in_at), store_id FROM timecard")
    assert found == [(4 * 3600, store_id(mirror, rig, first))]


def clocked(rig: Rig) -> list[str]:
    """Three time cards of two hours each; the ids that the platform gave them."""
    cards = []
    for _ in range(3):
        cards.append(str(rig.pos.clock_in({"employee_id": "E0101", "store_id": places(rig)[0]}).answer["timecard_id"]))
        rig.clock.turn(hours=2)
        rig.pos.clock_out({"employee_id": "E0101"})
        rig.clock.turn(minutes=5)
    return cards


HOURS = "SELECT count(*), sum(epoch(clock_out_at - clock_in_at)) / 3600 FROM timecard"


@pytest.mark.parametrize("days", [0, 2, 20])
def test_a_time_card_that_is_deleted_is_worked_no_more(rig: Rig, mirror: Mirror, pull: Pull, days: int) -> None:
    """Nobody tells of it: whoever clocked in by mistake would cost the store wages for ever."""
    reads(rig, Entity.TIMECARD)
    cards = clocked(rig)
    staff = [Entity.LOCATION, Entity.EMPLOYEE, Entity.TIMECARD]
    pull(entities=staff)
    rig.clock.turn(minutes=5)
    pull(entities=staff)
    assert rows(mirror, HOURS) == [(3, 6)]
    rig.clock.turn(days=days)
    rig.pos.strike({"timecard_id": cards[1]})
    # A day at most: some platforms are asked that often only.
    rig.clock.turn(days=1, minutes=5)
    pull(entities=staff)
    assert rows(mirror, HOURS) == [(2, 4)]
    rig.clock.turn(minutes=5)
    pull(entities=staff)
    pull(entities=staff, full=True)
    assert rows(mirror, HOURS) == [(2, 4)]


def test_time_cards_older_than_what_is_read_again_stay(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    reads(rig, Entity.TIMECARD)
    clocked(rig)
    staff = [Entity.LOCATION, Entity.EMPLOYEE, Entity.TIMECARD]
    pull(entities=staff)
    rig.clock.turn(days=60)
    pull(entities=staff)
    assert rows(mirror, HOURS) == [(3, 6)]


def test_suppliers_arrive_where_the_platform_has_them(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    reads(rig, Entity.SUPPLIER)
    pull(entities=[Entity.SUPPLIER])
    assert "North Dairy" in {name for (name,) in rows(mirror, "SELECT name FROM supplier")}


def test_an_empty_shop_is_no_trouble(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    pull()
    assert figures(mirror) == NOTHING
    assert mirror.reader.snapshot().sources["sales"].as_of_at == rig.clock.now()


def test_no_personal_data_of_customers_is_stored(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 2, customer="CU1")
    sell(rig, customer_id="CU1")
    rig.clock.turn(minutes=1)
    pull()
    stored = everything(mirror)
    stored["raw_object"] = [str(row) for row in rows(mirror, "SELECT payload FROM raw_object")]
    text = "\n".join(line for lines in stored.values() for line in lines).casefold()
    for customer in rig.shop.customers():
        for personal in (
            customer.email,
            customer.name,
            customer.name.split()[-1],
            customer.phone,
            customer.phone[-10:],
        ):
            assert personal.casefold() not in text
    keys = rows(mirror, "SELECT DISTINCT customer_key FROM sale WHERE customer_key IS NOT NULL")
    assert len(keys) == 1, "the same buyer has the same pseudonym in every sale"


def test_without_a_key_nobody_is_recognised(rig: Rig, mirror: Mirror, pull: Pull) -> None:
    trade(rig, 2, customer="CU1")
    bare = rig.reader(pseudonym_key=None)
    try:
        pull.sales(bare)
    finally:
        bare.close()
    assert rows(mirror, "SELECT DISTINCT customer_key FROM sale") == [(None,)]
    assert figures(mirror) == baskets(2)
