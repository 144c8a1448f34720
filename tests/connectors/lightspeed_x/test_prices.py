"""Price changes on the stand-in: one store's price, and never another's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from connectors.base import ActionKind, Outcome, Reader, Writer
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.world import Taxes
from tests.connectors.lightspeed_x.actions_made import (
    MAIN,
    MUG,
    OAT,
    RYE,
    SECOND,
    action,
    item,
    label,
    made,
    post,
    priced,
)
from tests.support.platforms.lightspeed_x import open_rig
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import Shop


def test_a_store_s_price_moves_no_other_store(pos: StandInX, writer: Writer) -> None:
    result = writer.execute(priced("4.95"))
    assert (result.outcome, result.after) == (Outcome.APPLIED, {"price": "4.95", "currency": "USD"})
    assert (label(pos, MAIN), label(pos, SECOND)) == (Decimal("4.95"), Decimal("4.5"))


def test_a_store_without_a_price_book_gets_one(rig: Rig, pos: StandInX, reader: Reader, writer: Writer) -> None:
    book = next(one for one in pos.store.of("price_book") if one["outlet_ids"] == [MAIN])
    pos.store.put("price_book", {**book, "deleted_at": "2026-11-01T00:00:00+00:00"})
    change = priced("4.95")
    steps = reader.preview(change).request["steps"]
    assert [(step["method"], step["path"]) for step in steps] == [
        ("POST", "/price_books"),
        ("POST", "/price_books/{id}/products"),
    ]
    assert steps[0]["body"]["outlet_ids"] == [MAIN]
    assert writer.execute(change).outcome is Outcome.APPLIED
    assert (label(pos, MAIN), label(pos, SECOND)) == (Decimal("4.95"), Decimal("4.5"))
    assert writer.execute(priced("5.05", before="4.95")).outcome is Outcome.APPLIED
    assert made(rig) == ["price_books.create", "price_books.products", "price_books.products"]


@pytest.mark.parametrize("fault", ["timeout_before", "error_after", "refuse", "expired_token"])
def test_a_new_book_whose_price_got_lost_is_told_by_reading(
    rig: Rig, pos: StandInX, writer: Writer, fault: str
) -> None:
    for book in pos.store.of("price_book"):
        if book["outlet_ids"]:
            pos.store.put("price_book", {**book, "deleted_at": "2026-11-01T00:00:00+00:00"})
    change = priced("4.95")
    rig.faults.order({"operation": "price_books.write", "fault": fault, "times": 3})
    result = writer.execute(change)
    rig.faults.order({"operation": "price_books.write", "fault": fault, "times": 0})
    if fault == "error_after":
        assert result.outcome is Outcome.APPLIED
        return
    assert result.outcome is Outcome.UNKNOWN
    assert writer.reconcile(change).outcome is Outcome.REJECTED
    assert writer.execute(change).outcome is Outcome.APPLIED
    assert made(rig) == ["price_books.create", "price_books.products"]


def test_in_a_shop_with_one_outlet_the_product_s_own_price_changes(tmp_path: Path) -> None:
    shop = Shop()
    del shop.places[1]
    with open_rig(tmp_path, shop=shop) as rig:
        assert isinstance(rig.pos, StandInX)
        reader = rig.reader()
        change = priced("4.95")
        assert reader.preview(change).request["steps"] == [
            {"method": "PUT", "path": f"/products/{OAT}", "body": {"details": {"price_excluding_tax": 4.95}}}
        ]
        assert rig.writer(reader).execute(change).outcome is Outcome.APPLIED
        assert made(rig) == ["products.update"]
        assert label(rig.pos, MAIN) == Decimal("4.95")


@pytest.mark.parametrize("outlets", [1, 2])
def test_where_prices_are_with_tax_they_are_written_with_it(tmp_path: Path, outlets: int) -> None:
    shop = Shop()
    del shop.places[outlets:]
    with open_rig(tmp_path, shop=shop, taxes=Taxes(Decimal("0.15"), inclusive=True)) as rig:
        assert isinstance(rig.pos, StandInX)
        reader = rig.reader()
        writer = rig.writer(reader)
        change = priced("4.99")
        (step,) = reader.preview(change).request["steps"]
        sent = step["body"]
        assert (sent["data"][0]["price"] if outlets > 1 else sent["details"]["price_including_tax"]) == 4.99
        first = writer.execute(change)
        assert (first.outcome, first.before["price"], first.after["price"]) == (Outcome.APPLIED, "4.50", "4.99")
        again = writer.execute(priced("5.05", before="4.99"))
        assert (again.outcome, again.after["price"]) == (Outcome.APPLIED, "5.05")
        assert label(rig.pos, MAIN) == pytest.approx(Decimal("5.05"), abs=Decimal("0.0001"))


def test_another_book_that_sets_the_price_is_left_to_people(rig: Rig, pos: StandInX, reader: Reader) -> None:
    book = pos.store.of("price_book")[0]
    wide = pos.store.put("price_book", {**book, "id": str(uuid4()), "name": "Black Friday", "type": "GENERAL"})
    sent = {"data": [{"product_id": OAT, "price": 3.99, "tax_id": "t"}]}
    post(rig, "PUT", f"/price_books/{wide['id']}/products", sent)
    seen = reader.preview(priced("4.95"))
    assert seen.problem == "The price book “Black Friday” already sets this product's price there. Change it there."
    assert rig.writer(reader).execute(priced("4.95")).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"price": "4.955"}, "The new price is not an amount Lightspeed X can hold."),
        ({"price": "-1"}, "The new price is not an amount Lightspeed X can hold."),
        ({"price": "cheap"}, "The new price is not an amount Lightspeed X can hold."),
        ({"price": "NaN"}, "The new price is not an amount Lightspeed X can hold."),
        ({"price": "4.95", "currency": "EUR"}, "Lightspeed X keeps this price in USD."),
    ],
)
def test_a_price_that_makes_no_sense_is_a_sentence(reader: Reader, change: dict[str, str], problem: str) -> None:
    seen = reader.preview(action(ActionKind.PRICE_CHANGE, item(), {"currency": "USD", **change}))
    assert (seen.problem, seen.request) == (problem, {})
    assert seen.before == {"price": "4.50", "currency": "USD"}


def test_what_is_gone_or_has_no_price_is_a_sentence(rig: Rig, pos: StandInX, reader: Reader) -> None:
    def problem(**target: str) -> str:
        return reader.preview(replace(priced("4.95"), target={**item(), **target})).problem

    assert problem(store_external_id="4711") == "This store is no longer among Lightspeed X's outlets."
    rig.pos.retire({"variant_id": "V200"})
    assert problem(variant_external_id=RYE) == "This product is no longer in Lightspeed X's catalogue."
    product = pos.store.get("product", MUG)
    assert product is not None
    pos.store.put("product", {**product, "price_excluding_tax": None, "price_including_tax": None})
    assert problem(variant_external_id=MUG) == "This product has no price in Lightspeed X: give it one there first."
