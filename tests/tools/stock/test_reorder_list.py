"""The reorder list against the advice for each single product, and what it says of suppliers and cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("reorder")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def table(result: ToolResult) -> list[dict[str, Any]]:
    return (
        [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]
        if result.table
        else []
    )


def test_the_list_is_what_the_advice_for_each_product_says(world: ToolContext) -> None:
    listed = {
        (row["Product"], row["Store"]): row["Order"] for row in table(run_tool("reorder_list", {"limit": 100}, world))
    }
    single: dict[tuple[str, str], str] = {}
    for product, (name, *_) in planted.PRODUCTS.items():
        try:
            rows = table(run_tool("reorder_suggestions", {"product": name}, world))
        except NoDataError:
            continue
        single |= {(row["Product"], row["Store"]): row["Suggested"] for row in rows if row["Suggested"] != "0"}
        assert product in planted.PRODUCTS
    assert listed == single
    assert listed


@pytest.mark.parametrize("by", ["store", "supplier", "department", "category"])
def test_the_list_by_groups_adds_up_to_all_of_it(world: ToolContext, by: str) -> None:
    single = run_tool("reorder_list", {"limit": 100}, world)
    groups = run_tool("reorder_list", {"by": by}, world)
    assert groups.headline == single.headline
    lines = table(single)
    assert sum(int(row["Lines"]) for row in table(groups)) == len(lines)
    assert sum(Decimal(row["Order"]) for row in table(groups)) == sum(Decimal(row["Order"]) for row in lines)
    if by in ("store", "supplier"):
        of = {"store": "Store", "supplier": "Supplier"}[by]
        for row in table(groups):
            own = [line for line in lines if (line[of] or "no supplier known") == row[by.capitalize()]]
            assert Decimal(row["Order"]) == sum(Decimal(line["Order"]) for line in own)


def test_what_a_group_of_unknown_cost_comes_to_is_not_nothing(tmp_path: Path) -> None:
    kept = (row for row in planted.rows() if row.table != "cost" or row.values["variant_id"] == "A")
    lines = (row for row in planted.orders() if row.table != "supplier_item")
    with planted.stock_world(tmp_path, kept, lines, planted.log()) as mirror:
        found = run_tool("reorder_list", {"by": "department"}, planted.context_of(mirror))
    assert {row["Department"]: row["Cost"] for row in table(found)} == {"Grocery": "54.00", "Dairy": None}
    assert "Dairy 2 lines of unknown cost" in found.text
    assert "$0.00" not in found.text


def test_the_best_sellers_stand_first_and_the_sum_is_of_all(world: ToolContext) -> None:
    found = run_tool("reorder_list", {"limit": 1}, world)
    whole = table(run_tool("reorder_list", {"limit": 100}, world))
    assert table(found) == whole[:1]
    pieces = sum(Decimal(row["Order"]) for row in whole)
    assert found.figures[1].value == str(pieces)
    assert "nothing has been ordered" in found.text


def test_a_department_and_a_store_limit_it(world: ToolContext) -> None:
    found = table(run_tool("reorder_list", {"stores": "Harbor Point", "department": "Dairy"}, world))
    assert {(row["Product"], row["Store"]) for row in found} == {("Butter, 8 oz", "Harbor Point")}
    none = run_tool("reorder_list", {"department": "Home"}, world)
    assert none.headline.startswith("Nothing is due to be ordered")
    assert none.table is None


def test_a_supplier_that_nobody_knows_is_refused_with_those_that_are(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match="No supplier called “Acme”"):
        run_tool("reorder_list", {"supplier": "Acme"}, world)


def test_clumped_demand_is_not_missed_for_being_read_in_floats(tmp_path_factory: pytest.TempPathFactory) -> None:
    boats = {"supplier_id": "P9", "name": "Slow Boats", "lead_days_mean": 30, "lead_days_sd": 9}
    item = {"supplier_id": "P9", "variant_id": "G", "unit_cost": "4.10", "pack_size": 12}
    rows = [*planted.rows(), Row("supplier", boats), Row("supplier_item", item)]
    with planted.stock_world(tmp_path_factory.mktemp("slow"), iter(rows), planted.orders(), planted.log()) as mirror:
        context = planted.context_of(mirror)
        found = table(run_tool("reorder_list", {"supplier": "slow boats", "days": 56}, context))
        one = table(
            run_tool("reorder_suggestions", {"product": "coffee beans", "days": 56, "stores": "Market Street"}, context)
        )
    assert [row["Order"] for row in found] == [row["Suggested"] for row in one]
    assert found[0]["Supplier"] == "Slow Boats"


def test_a_budget_buys_the_best_sellers_first_and_says_what_it_leaves_out(world: ToolContext) -> None:
    every = table(run_tool("reorder_list", {"limit": 100}, world))
    costs = [Decimal(row["Cost"]) for row in every if row["Cost"] is not None]
    for budget in (min(costs) - Decimal("0.01"), costs[0], costs[0] + min(costs), sum(costs)):
        rest, covered = budget, []
        for row in every:
            if row["Cost"] is not None and Decimal(row["Cost"]) <= rest:
                covered.append(row)
                rest -= Decimal(row["Cost"])
        found = run_tool("reorder_list", {"budget": str(budget), "limit": 100}, world)
        assert table(found) == covered
        assert f"covers {len(covered)} of {len(every)} lines at or below the reorder point" in found.headline
        shown = {one.metric: one.value for one in found.figures if not one.group}
        assert shown["order_cost"] == f"{budget - rest:.2f}"
        assert shown["order_cost_left_out"] == f"{sum(costs) - (budget - rest):.2f}"
        assert ("Left out: " in found.text) is (len(covered) < len(every))


def test_a_budget_by_group_is_of_what_it_covers(world: ToolContext) -> None:
    covered = table(run_tool("reorder_list", {"budget": 60, "limit": 100}, world))
    groups = table(run_tool("reorder_list", {"budget": 60, "by": "store"}, world))
    assert sum(int(row["Lines"]) for row in groups) == len(covered)


def test_the_headline_says_below_what_and_in_how_many_lines(world: ToolContext) -> None:
    found = run_tool("reorder_list", {"limit": 100}, world)
    lines = table(found)
    products = len({row["Product"] for row in lines})
    assert found.headline.startswith(
        f"{products} products ({len(lines)} lines, counting each store) are at or below their reorder point and due"
    )


def test_a_name_of_one_category_that_fits_others_names_them(tmp_path: Path) -> None:
    """A category called “Mugs”, and one called “Travel mugs” beside it."""
    more = [
        Row("category", {"category_id": "CX", "name": "Travel mugs"}),
        Row("product", {"product_id": "X", "name": "Steel cup", "department": "Outdoor", "category_id": "CX"}),
        Row("variant", {"variant_id": "X", "product_id": "X", "name": "Steel cup"}),
    ]
    said = "“mugs” fits Travel mugs (Outdoor) as well: not in this."
    with planted.stock_world(tmp_path, planted.rows(), iter(more)) as mirror:
        context = planted.context_of(mirror)
        for tool in ("reorder_list", "sales_summary", "stock_levels"):
            period = {"period": "last 12 weeks"} if tool == "sales_summary" else {}
            assert said in run_tool(tool, {"department": "mugs", **period}, context).caveats, tool
        one = run_tool("stock_levels", {"department": "Mugs (Home)"}, context)
        assert not any("as well" in caveat for caveat in one.caveats)
        assert not any(
            "as well" in caveat for caveat in run_tool("stock_levels", {"department": "Soup"}, context).caveats
        )
