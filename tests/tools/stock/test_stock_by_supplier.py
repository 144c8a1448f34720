"""Stock on hand by supplier: a product of several counts once, one without is named, and the groups add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.stock.suppliers import _table


def second() -> Iterator[Row]:
    """Another supplier, of butter, which the first delivers too, and of the mug."""
    yield Row("supplier", {"supplier_id": "SUP2", "name": "Lakeside Goods"})
    yield Row("supplier_item", {"supplier_id": "SUP2", "variant_id": "B", "unit_cost": "2.10"})
    yield Row("supplier_item", {"supplier_id": "SUP2", "variant_id": "C", "unit_cost": "4.25"})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("suppliers")
    with planted.stock_world(folder, planted.rows(), planted.orders(), second()) as mirror:
        yield planted.context_of(mirror)


def test_stock_is_told_by_supplier_and_adds_up(world: ToolContext) -> None:
    found = run_tool("stock_levels", {"by": "supplier"}, world)
    assert found.table is not None
    at_cost = {row[0]: row[3] for row in found.table.rows}
    # Oat milk 10 and 12 at $1.50, 30 at $1.60; butter 20 at $2; the mug 7 at $4.25.
    assert {key: at_cost[key] for key in ("Hudson Dairy", "Several suppliers", "Lakeside Goods")} == {
        "Hudson Dairy": "81.00", "Several suppliers": "40.00", "Lakeside Goods": "29.75",
    }  # fmt: skip
    whole = next(one.value for one in found.figures if one.metric == "stock_value_at_cost" and not one.group)
    assert sum(Decimal(str(value)) for value in at_cost.values()) == Decimal(whole or 0)
    said = " ".join(found.caveats)
    assert "counted once, under “Several suppliers”" in said
    assert "without a recorded supplier are under “No supplier”" in said


def test_one_store_and_ranks(world: ToolContext) -> None:
    found = run_tool("stock_levels", {"by": "supplier", "stores": "Harbor Point", "rank_by": "pieces"}, world)
    assert found.table is not None
    assert [(row[0], row[2]) for row in found.table.rows] == [
        ("Hudson Dairy", "30"), ("No supplier", "1"), ("Several suppliers", "0"),
    ]  # fmt: skip


def test_without_any_supplier_it_is_not_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        planted.stock_world(tmp_path_factory.mktemp("none"), planted.rows()) as mirror,
        pytest.raises(NoDataError, match="No supplier is recorded for the stock"),
    ):
        run_tool("stock_levels", {"by": "supplier"}, planted.context_of(mirror))


def test_goods_of_several_suppliers_have_their_purchase_prices_side_by_side(world: ToolContext) -> None:
    found = run_tool("supplier_list", {"prices": True}, world)
    assert found.headline.startswith("1 product of ")
    assert "Butter, 8 oz: Hudson Dairy $2.00 and Lakeside Goods $2.10." in found.text
    assert found.table is not None
    assert [row[1:] for row in found.table.rows] == [("Hudson Dairy", "$2.00"), ("Lakeside Goods", "$2.10")]


def test_where_each_has_one_supplier_no_two_prices_are_compared(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match=r"No two suppliers can be compared.* has one"):
        run_tool("supplier_list", {"prices": True, "product": "oat milk"}, world)


def test_smallest_orders_in_several_currencies_stand_with_their_signs() -> None:
    row = {"supplier": "Mill", "products": 1, "lead_mean": None, "order_days": None, "departments": "Grocery"}
    rows = [{**row, "min_order_minor": 5000, "currency": None}, {**row, "min_order_minor": 900, "currency": "EUR"}]

    assert [line[4] for line in _table(rows, "USD").rows] == ["$50.00", "€9.00"]
    assert _table(rows[:1], "USD").columns[4].unit == "USD"
    assert _table(rows[:1], "USD").rows[0][4] == "50.00"
