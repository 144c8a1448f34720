"""Prices on the shelf, prices that changed, goods in so many stores, what is on promotion and who supplies: planted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def extra() -> Iterator[Row]:
    """Oat milk is 2.90 at Harbor Point since Tuesday, jam 2.80 everywhere since Friday; three promotions."""
    for variant, store, day, price in (
        ("A", "S02", date(2026, 11, 1), "2.60"),
        ("A", "S02", date(2026, 11, 17), "2.90"),
        ("I", None, date(2026, 11, 20), "2.80"),
    ):
        yield Row("price", {
            "variant_id": variant, "store_id": store, "valid_from_at": planted.at(day, 6), "price": price,
            "currency": "USD",
        })  # fmt: skip
    for number, (variant, store, start, end, display, mailer) in enumerate((
        ("A", None, date(2026, 11, 20), date(2026, 11, 26), "end cap", None),
        ("B", "S01", date(2026, 11, 23), date(2026, 11, 29), None, "front page"),
        ("I", "S02", date(2026, 11, 9), date(2026, 11, 15), "end cap", "inside"),
    )):  # fmt: skip
        yield Row("promotion_item", {
            "promotion_id": f"P{number}", "variant_id": variant, "store_id": store, "starts_on": start, "ends_on": end,
            "display": display, "mailer": mailer,
        })  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("floor")
    everything = [*planted.rows(), *extra()]
    with planted.stock_world(folder, iter(everything), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def figure(result: ToolResult, metric: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric)


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def names(result: ToolResult) -> set[str]:
    return {row["Product"] for row in table(result)} if result.table else set()


def test_products_under_a_price_are_those_whose_price_is(world: ToolContext) -> None:
    found = run_tool("shelf_prices", {"under": "2.80"}, world)
    assert names(found) == {"Oat milk, 1 l", "Tomato soup", "Bananas", "Gift wrapping"}
    assert figure(found, "product_count") == "4"
    assert names(run_tool("shelf_prices", {"at_most": "2.80"}, world)) == names(found) | {"Plum jam"}


def test_a_stores_own_price_counts_there(world: ToolContext) -> None:
    own = run_tool("shelf_prices", {"over": "2.80", "at_most": "3", "stores": "Harbor Point"}, world)
    assert names(own) == {"Oat milk, 1 l", "Butter, 8 oz"}
    every = run_tool("shelf_prices", {"department": "Grocery", "under": "3"}, world)
    milk = next(row for row in table(every) if row["Product"] == "Oat milk, 1 l")
    assert (milk["Price"], milk["Highest price"]) == ("2.50", "2.90")


def test_prices_in_order_and_only_what_is_in_stock(world: ToolContext) -> None:
    found = run_tool("shelf_prices", {"in_stock": True, "order": "dearest", "stores": "Market Street"}, world)
    shown = [Decimal(row["Price"]) for row in table(found)]
    assert shown == sorted(shown, reverse=True)
    assert "Coffee beans" not in names(found)  # none on hand


def test_what_a_piece_costs_is_the_cost_in_force_and_a_stores_own_before_the_common_one(world: ToolContext) -> None:
    every = {row["Product"]: row for row in table(run_tool("shelf_prices", {"costs": True}, world))}
    milk = every["Oat milk, 1 l"]
    assert (milk["Unit cost"], milk["Highest unit cost"]) == ("1.50", "1.60")
    own = {row["Product"]: row for row in table(run_tool("shelf_prices", {"costs": True, "stores": "S02"}, world))}
    assert (own["Oat milk, 1 l"]["Unit cost"], own["Oat milk, 1 l"]["Highest unit cost"]) == ("1.60", "1.60")
    assert not {"55.00", "77.00", "99.00"} & {row["Highest unit cost"] for row in every.values()}
    assert "Unit cost" not in table(run_tool("shelf_prices", {}, world))[0]


def test_products_by_price_less_cost_of_a_piece(world: ToolContext) -> None:
    every = table(run_tool("shelf_prices", {"costs": True, "limit": 100}, world))
    earned = {
        row["Product"]: Decimal(row["Price"]) - Decimal(row["Highest unit cost"])
        for row in every
        if row["Highest unit cost"] is not None
    }
    widest = table(run_tool("shelf_prices", {"order": "widest_margin", "limit": 100}, world))
    known = [row for row in widest if row["Unit margin"] is not None]
    assert {row["Product"]: Decimal(row["Unit margin"]) for row in known} == earned
    assert [Decimal(row["Unit margin"]) for row in known] == sorted(earned.values(), reverse=True)
    assert widest[: len(known)] == known
    narrowest = run_tool("shelf_prices", {"order": "narrowest_margin", "limit": 1}, world)
    assert Decimal(table(narrowest)[0]["Unit margin"]) == min(earned.values())
    assert "Narrowest unit margin: " in narrowest.text


def test_products_by_what_they_cost_with_those_of_no_known_cost_last(world: ToolContext) -> None:
    found = run_tool("shelf_prices", {"order": "dearest_to_buy", "limit": 100}, world)
    costs = [row["Highest unit cost"] for row in table(found)]
    known = [Decimal(cost) for cost in costs if cost is not None]
    assert known == sorted(known, reverse=True)
    assert costs[: len(known)] == [str(cost) for cost in known]
    assert any(f"is known of {len(known)} of these {len(costs)} products" in caveat for caveat in found.caveats)
    cheapest = table(run_tool("shelf_prices", {"order": "cheapest_to_buy", "limit": 1}, world))
    assert Decimal(cheapest[0]["Unit cost"]) == min(
        Decimal(row["Unit cost"]) for row in table(found) if row["Unit cost"] is not None
    )


@pytest.mark.parametrize("bound", ["cheap", "-1", "nan"])
def test_a_price_must_be_a_price(world: ToolContext, bound: str) -> None:
    with pytest.raises(BadArgumentError, match="“under”"):
        run_tool("shelf_prices", {"under": bound}, world)


def test_price_changes_are_the_price_before_against_the_one_after(world: ToolContext) -> None:
    found = run_tool("price_changes", {"period": "last week"}, world)
    assert (figure(found, "price_changes"), figure(found, "price_increases")) == ("2", "1")
    rows = {row["Product"]: row for row in table(found)}
    assert (rows["Oat milk, 1 l"]["Store"], rows["Oat milk, 1 l"]["Before"], rows["Oat milk, 1 l"]["After"]) == (
        "Harbor Point", "2.60", "2.90",
    )  # fmt: skip
    assert (rows["Plum jam"]["Store"], rows["Plum jam"]["Change"]) == ("all stores", "-12.5")
    assert names(run_tool("price_changes", {"period": "last week", "direction": "down"}, world)) == {"Plum jam"}
    # Oat milk rose by 11.5 %, jam fell by 12.5 %.
    assert names(run_tool("price_changes", {"period": "last week", "over_percent": 12}, world)) == {"Plum jam"}
    none = run_tool("price_changes", {"period": "last week", "over_percent": 12.5}, world)
    assert none.headline == "No price change of more than 12.5 % last week (16–22 Nov 2026), all 3 stores."
    quiet = run_tool("price_changes", {"period": "yesterday"}, world)
    assert quiet.headline == "No price change yesterday (Sun 22 Nov 2026), all 3 stores."


def test_costs_that_changed_are_told_like_prices(world: ToolContext) -> None:
    found = run_tool("price_changes", {"of": "cost", "period": "1 September 2026"}, world)
    priced = {name: cost for name, _, _, _, cost in planted.PRODUCTS.values() if cost}
    assert figure(found, "cost_changes") == figure(found, "cost_decreases") == str(len(priced))
    assert {row["Product"]: (row["Before"], row["After"]) for row in table(found)} == {
        name: ("99.00", cost) for name, cost in priced.items()
    }
    assert found.headline.startswith(f"{len(priced)} cost changes Tuesday 1 September 2026")
    assert {row["Product"] for row in table(found) if row["Store"] == "the other stores"} == {"Oat milk, 1 l"}


def test_a_first_price_is_no_change(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match="no earlier price of any is known"):
        run_tool("price_changes", {"period": "1 September 2026", "department": "Home"}, world)


def test_goods_by_the_number_of_stores_that_have_them(world: ToolContext) -> None:
    stocked = run_tool("store_spread", {"at_least": 2}, world)
    assert names(stocked) == {"Oat milk, 1 l", "Plum jam"}
    sold = run_tool("store_spread", {"sold": True, "at_least": 1, "at_most": 1, "period": "last week"}, world)
    assert names(sold) == {"Coffee beans", "Green tea", "Bananas"}
    everywhere = run_tool("store_spread", {"sold": True, "at_least": 3, "period": "last week"}, world)
    assert everywhere.headline.startswith("2 products were sold last week (16–22 Nov 2026) in every store")


def test_more_stores_than_there_are_is_refused(world: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="at most 3"):
        run_tool("store_spread", {"at_least": 4}, world)


def test_what_is_on_promotion_today_and_on_other_days(world: ToolContext) -> None:
    today = run_tool("promotions_running", {}, world)
    assert names(today) == {"Oat milk, 1 l", "Butter, 8 oz"}
    assert figure(today, "products_on_display") == "1"
    assert "The first of it ends on 26 November 2026, the last on 29 November 2026." in today.text
    assert names(run_tool("promotions_running", {"support": "mailer"}, world)) == {"Butter, 8 oz"}
    assert names(run_tool("promotions_running", {"stores": "Harbor Point"}, world)) == {"Oat milk, 1 l"}
    assert names(run_tool("promotions_running", {"period": "9-15 November"}, world)) == {"Plum jam"}
    with pytest.raises(NoDataError, match="known to 29 November 2026 only"):
        run_tool("promotions_running", {"period": "next week"}, world)


def test_suppliers_with_what_they_deliver(world: ToolContext) -> None:
    found = run_tool("supplier_list", {}, world)
    assert found.headline == "1 supplier."
    assert "Hudson Dairy: 2 products (Dairy and Grocery), lead time 3.0 days, orders on Mon, Thu." in found.text
    assert figure(run_tool("supplier_list", {"department": "Dairy"}, world), "product_count") == "1"
    assert run_tool("supplier_list", {"order": "longest"}, world).headline == (
        "The longest lead time is 3.0 days: Hudson Dairy, of 1 supplier."
    )
    with pytest.raises(NoDataError, match="called “Northway”"):
        run_tool("supplier_list", {"supplier": "Northway"}, world)
    with pytest.raises(NoDataError, match="of Home"):
        run_tool("supplier_list", {"department": "Home"}, world)


@pytest.mark.parametrize("tool", ["shelf_prices", "price_changes", "store_spread", "promotions_running"])
def test_nobody_reads_the_stores_of_others(world: ToolContext, tool: str) -> None:
    one = replace(world, scope=replace(world.scope, store_ids=("S01",), role=Role.STORE_MANAGER))
    with pytest.raises(NotAllowedError):
        run_tool(tool, {"stores": "Harbor Point"}, one)


def test_groups_of_the_range_with_so_many_products(world: ToolContext) -> None:
    small = run_tool("range_counts", {"by": "department", "at_most": 1}, world)
    assert {row[0] for row in (small.table.rows if small.table else [])} == {"Dairy", "Produce", "Services"}
    assert small.headline.startswith("3 of 5 departments have at most 1 product;")
    with pytest.raises(BadArgumentError, match="go with “by”"):
        run_tool("range_counts", {"at_least": 3}, world)


def test_products_that_hold_a_word_in_their_name_category_or_department(world: ToolContext) -> None:
    named = run_tool("range_counts", {"containing": "BUTTER"}, world)
    assert named.headline == "1 product with “BUTTER” in the name, category or department are in the catalogue."
    by_department = run_tool("range_counts", {"containing": "dairy"}, world)
    whole = run_tool("range_counts", {"department": "Dairy"}, world)
    assert by_department.figures[0].value == whole.figures[0].value
    with pytest.raises(NoDataError, match="No product with “zzyzx”"):
        run_tool("range_counts", {"containing": "zzyzx"}, world)


def test_the_range_of_each_store_is_what_sold_there(world: ToolContext) -> None:
    found = run_tool("range_counts", {"by": "store", "period": "all time"}, world)
    for row in found.table.rows if found.table else []:
        one = run_tool("range_counts", {"stores": row[0], "period": "all time"}, world)
        assert one.figures[0].value == str(row[1])
    assert found.table is not None
    assert [row[1] for row in found.table.rows] == sorted((row[1] for row in found.table.rows), reverse=True)
    assert any("not what stands there unsold" in one for one in found.caveats)
