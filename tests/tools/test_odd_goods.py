"""Goods by weight, given away, below zero, without a cost, a name or a name of their own: told as what they are.

One shop, seven products, a week of sales that can be counted by hand; the levels are beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
WEEK = "2 to 8 March"
GOODS = (
    ("HAM", "Ham", "kg", "20.00", "9.00", "-1.25"),
    ("MILKA", "Milk", "each", "3.00", "2.00", "-4"),
    ("MILKB", "Milk", "each", "5.00", "3.00", "30"),
    ("BAG", "Paper bag", "each", "0.00", "0.10", "0"),
    ("JAM", "Jam", "each", "4.00", None, "5"),
    ("NONE", "  ", "each", "2.00", "1.00", "8"),
    ("SOAP", "Soap", "each", "1.00", "0.50", "0"),
)
"""SKU, name, unit, price, cost and level; a day sells one of each, of ham half a kilogram."""


def rows() -> list[Row]:
    made = [store(name="Alpha", timezone="UTC")]
    since = datetime(2026, 1, 1, tzinfo=UTC)
    for sku, name, unit, price, cost, level in GOODS:
        variant = {"variant_id": f"V{sku}", "product_id": f"P{sku}", "sku": sku, "unit_of_measure": unit}
        made += [
            Row("product", {"product_id": f"P{sku}", "name": name, "department": "All"}),
            Row("variant", variant),
            Row("price", {"variant_id": f"V{sku}", "valid_from_at": since, "price": price, "currency": "USD"}),
            Row("inventory_level", {"variant_id": f"V{sku}", "store_id": "S01", "quantity": level, "as_of_at": NOW,
                                    "area": "floor"}),
        ]  # fmt: skip
        if cost:
            amount = {"variant_id": f"V{sku}", "valid_from_at": since, "unit_cost": cost, "currency": "USD"}
            made.append(Row("cost", amount))
    sent = NOW - timedelta(days=10)
    order = {"po_id": "O1", "supplier_id": "SUP", "store_id": "S01", "status": "sent", "created_at": sent}
    made += [
        Row("supplier", {"supplier_id": "SUP", "name": "Butcher"}),
        Row("purchase_order", order | {"sent_at": sent}),
        Row("purchase_order_line", {"po_id": "O1", "line_no": 1, "variant_id": "VHAM", "ordered": 12, "received": 0,
                                    "unit_cost": "9.00"}),
    ]  # fmt: skip
    for day in range(7):
        at = NOW - timedelta(days=day + 1)
        made.append(sale(f"D{day}", at))
        for number, (sku, _, unit, price, cost, _) in enumerate(GOODS, 1):
            quantity = "0.5" if unit == "kg" else "1"
            gross = round(float(price) * float(quantity) * 100)
            made.append(
                line(f"D{day}", number, gross, variant_id=f"V{sku}", quantity=quantity, unit_cost=cost)
            )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    """The owner of the shop."""
    with open_mirror(tmp_path_factory.mktemp("odd") / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows(), sources=[SourceUpdate("sales", "test", NOW)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))


def column(result: ToolResult, name: str, key: str = "Product") -> dict[Any, Any]:
    """A column of the table by that of the products."""
    assert result.table is not None
    titles = [one.name for one in result.table.columns]
    return {row[titles.index(key)]: row[titles.index(name)] for row in result.table.rows}


def test_two_products_of_one_name_are_told_apart_and_one_without_a_name_has_its_code(asker: ToolContext) -> None:
    result = run_tool("top_products", {"period": WEEK, "metric": "net_sales"}, asker)
    assert set(column(result, "Net sales")) == {
        "Ham", "Milk (SKU MILKA)", "Milk (SKU MILKB)", "Paper bag", "Jam", "Unnamed product (SKU NONE)", "Soap",
    }  # fmt: skip
    alone = run_tool("sales_breakdown", {"by": ["product"], "period": WEEK, "product": "MILKA"}, asker)
    assert column(alone, "Net sales") == {"Milk": "21.00"}


@pytest.mark.parametrize("tool", ["top_products", "product_profitability"])
def test_goods_by_weight_have_no_number_of_pieces(tool: str, asker: ToolContext) -> None:
    units = column(run_tool(tool, {"period": WEEK}, asker), "Units")
    assert units["Ham"] is None
    assert units["Soap"] == "7"
    assert units["Paper bag"] == "7"


def test_what_is_out_or_below_zero_is_none_in_stock_and_not_unknown(asker: ToolContext) -> None:
    result = run_tool("stock_levels", {"by": "product"}, asker)
    pieces, worth = column(result, "Pieces"), column(result, "Value at cost")
    assert (pieces["Soap"], worth["Soap"]) == ("0", "0.00")
    assert (pieces["Milk (SKU MILKA)"], worth["Milk (SKU MILKA)"]) == ("0", "0.00")
    assert (pieces["Jam"], worth["Jam"]) == ("5", None)
    assert pieces["Ham"] is None
    assert column(run_tool("shelf_prices", {}, asker), "On hand")["Soap"] == "0"
    assert "3 of them are in stock now" in run_tool("shelf_prices", {}, asker).text


def test_the_shelf_adds_up_to_what_is_on_hand_where_a_level_is_below_zero(asker: ToolContext) -> None:
    result = run_tool("stock_levels", {"product": "milk"}, asker)
    assert "Milk (SKU MILKB) 30 and Milk (SKU MILKA) 0. 30 on the shelf" in result.text


def test_what_is_out_by_weight_has_no_pieces_a_day(asker: ToolContext) -> None:
    rate = column(run_tool("out_of_stock", {}, asker), "Units a day")
    assert rate["Ham"] is None
    assert rate["Soap"] == "1.00"


def test_units_given_away_are_said_to_be_left_out_of_price_bands(asker: ToolContext) -> None:
    result = run_tool("price_bands", {"period": WEEK}, asker)
    assert "7 units that went for nothing are left out." in result.caveats
    assert "The average unit sold for $3.00." in result.text  # 3 + 5 + 4 + 2 + 1 over five


def test_the_share_of_class_a_is_what_it_makes(asker: ToolContext) -> None:
    """Of 15 a day milk makes 5 and 3 and jam 4: 12 are 80 %, which the third fills."""
    result = run_tool("abc_xyz", {"weeks": 4}, asker)
    table = column(result, "Share %", "Class")
    share = sum(float(table[name]) for name in ("AX", "AY", "AZ"))
    assert f"and make {share:.1f} % of net sales" in result.headline


def test_fast_movers_have_nothing_on_hand_where_a_level_is_below_zero(asker: ToolContext) -> None:
    held = column(run_tool("fast_movers", {}, asker), "On hand")
    assert (held["Milk (SKU MILKA)"], held["Milk (SKU MILKB)"], held["Soap"]) == ("0", "30", "0")


def test_the_list_of_prices_counts_no_pieces_of_goods_by_weight(asker: ToolContext) -> None:
    units = column(run_tool("shelf_prices", {}, asker), "Units, last 28 days")
    assert (units["Ham"], units["Soap"]) == (None, "7")


def test_a_price_and_a_cost_by_weight_are_of_a_kilogram_and_not_of_a_piece(asker: ToolContext) -> None:
    result = run_tool("shelf_prices", {"order": "widest_margin"}, asker)
    assert "Ham costs $9.00, price $20.00 per kg, earns $11.00;" in result.text
    assert "Milk (SKU MILKB) costs $3.00, price $5.00, earns $2.00;" in result.text
    assert any(said.endswith("it is that of one piece or kg.") for said in result.caveats)
    sold_by = column(result, "Sold by")
    assert (sold_by["Ham"], sold_by["Soap"]) == ("kg", "piece")
    assert result.table is not None
    assert "a piece" not in " ".join([result.text, *(one.name for one in result.table.columns)])
    only = run_tool("shelf_prices", {"over": "4.50", "under": "6"}, asker)
    assert only.table is not None
    assert "Sold by" not in [one.name for one in only.table.columns]


def test_what_was_paid_to_a_supplier_by_weight_is_of_a_kilogram(asker: ToolContext) -> None:
    result = run_tool("purchase_orders", {"product": "HAM"}, asker)
    assert "$9.00 per kg" in result.text
    assert column(result, "Cost per kg", "Order") == {"O1": "9.00"}
