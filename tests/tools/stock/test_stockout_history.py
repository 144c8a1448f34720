"""How often goods ran out: counted from a planted log walked back, suspected where there is none, and on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

GONE = {date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 9)}
"""Days on which Market Street has no zest: twice out, three days."""
IN = {date(2026, 10, 1): 66, date(2026, 11, 5): 8, date(2026, 11, 10): 36}


def zest() -> Iterator[Row]:
    """Two pieces a day from 1 October but on the days it is gone; ten are left."""
    yield Row("product", {"product_id": "Z", "name": "Lemon zest", "department": "Grocery", "category_id": "C0"})
    yield Row("variant", {"variant_id": "Z", "product_id": "Z", "name": "Lemon zest", "unit_of_measure": "each"})
    yield Row("inventory_level", {"variant_id": "Z", "store_id": "S01", "quantity": 10, "as_of_at": planted.AS_OF})
    for day in planted.DAYS:
        if day in IN:
            yield planted.change(f"ZR{day}", "S01", "Z", "receive", IN[day], planted.at(day, 7))
        if day < date(2026, 10, 1) or day in GONE:
            continue
        yield planted.change(f"ZS{day}", "S01", "Z", "sale", -2, planted.at(day, 15))
        yield Row("sale", {"sale_id": f"Z{day}", "store_id": "S01", "closed_at": planted.at(day, 15)})
        yield Row("sale_line", {
            "sale_id": f"Z{day}", "line_no": 1, "variant_id": "Z", "quantity": 2, "gross_minor": 800,
        })  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("out")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log(), zest()) as mirror:
        yield planted.context_of(mirror)


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def test_times_and_days_come_from_the_log_where_there_is_one(world: ToolContext) -> None:
    found = run_tool("stockout_history", {"period": "November 2026", "stores": "Market Street"}, world)
    assert found.headline.startswith("3 stock-outs November 2026")
    assert "2 products, 6 days without stock; most often Lemon zest, 2 times, 3 days" in found.headline
    assert [(row["Product"], row["Times out"], row["Days out"], row["Known from"]) for row in table(found)] == [
        ("Lemon zest", 2, 3, "stock log"), ("Butter, 8 oz", 1, 3, "stock log"),
    ]  # fmt: skip


def test_only_days_of_the_period_count(world: ToolContext) -> None:
    found = run_tool("stockout_history", {"period": "4 November 2026 to 8 November 2026", "stores": "S01"}, world)
    assert [(row["Product"], row["Times out"], row["Days out"]) for row in table(found)] == [("Lemon zest", 1, 1)]
    none = run_tool("stockout_history", {"period": "October 2026", "stores": "Market Street"}, world)
    assert none.headline.startswith("No product ran out for a whole day October 2026")
    assert none.table is None


def test_a_store_without_a_log_has_suspected_ones_and_both_are_told_apart(world: ToolContext) -> None:
    found = run_tool("stockout_history", {"period": "November 2026", "product": "butter"}, world)
    assert found.headline.startswith("2 recorded or suspected stock-outs of Butter, 8 oz")
    assert any(one.startswith("Stock changes are recorded for Market Street only.") for one in found.caveats)
    by = run_tool("stockout_history", {"period": "November 2026", "by": "store", "rank_by": "days"}, world)
    assert [(row["Store"], row["Times out"], row["Days out"], row["Products"]) for row in table(by)] == [
        ("Market Street", 3, 6, 2), ("Harbor Point", 1, 6, 1),
    ]  # fmt: skip
    # By the levels butter at Harbor Point, coffee and jam are at or below nought.
    assert by.headline.endswith(
        "Out now by the levels: 3 cases (product and store); what is counted here is suspected only, from days without"
        " a sale."
    )
    assert [row["Known from"] for row in table(by)] == ["stock log", "no sales, improbable"]


def test_groups_and_a_least_number_of_times(world: ToolContext) -> None:
    by = run_tool("stockout_history", {"period": "November 2026", "by": "department", "rank_by": "days"}, world)
    assert [(row["Department"], row["Times out"], row["Days out"]) for row in table(by)] == [
        ("Dairy", 2, 9), ("Grocery", 2, 3),
    ]  # fmt: skip
    twice = run_tool("stockout_history", {"period": "November 2026", "at_least": 2}, world)
    assert [row["Product"] for row in table(twice)] == ["Butter, 8 oz", "Lemon zest"]
    assert "2 products 2 times or more" in twice.headline
    thrice = run_tool("stockout_history", {"period": "November 2026", "at_least": 3}, world)
    assert "0 products 3 times or more" in thrice.headline


def test_suppliers_are_those_who_deliver_the_goods_now(world: ToolContext) -> None:
    by = run_tool("stockout_history", {"period": "November 2026", "by": "supplier", "rank_by": "days"}, world)
    assert [(row["Supplier"], row["Times out"], row["Days out"], row["Products"]) for row in table(by)] == [
        ("Hudson Dairy", 2, 9, 1), ("No supplier", 2, 3, 1),
    ]  # fmt: skip
    assert any("who delivers it now" in one for one in by.caveats)


def test_stores_without_levels_are_no_stores_without_stock_outs(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = (row for row in planted.rows() if row.table != "inventory_level")
    with (
        planted.stock_world(tmp_path_factory.mktemp("bare"), bare) as mirror,
        pytest.raises(NoDataError, match="No stock levels are recorded"),
    ):
        run_tool("stockout_history", {"period": "November 2026"}, planted.context_of(mirror))


def test_the_fewest_stock_outs_come_first_where_they_are_asked_for(world: ToolContext) -> None:
    asked = {"period": "November 2026", "stores": "Market Street", "order": "bottom"}
    found = run_tool("stockout_history", asked, world)
    assert "least often Butter, 8 oz, 1 time, 3 days" in found.headline
    assert [row["Product"] for row in table(found)] == ["Butter, 8 oz", "Lemon zest"]
    assert any("one that had none is not listed" in one for one in found.caveats)


def test_with_a_log_everywhere_or_a_period_long_past_nothing_is_said_of_now(world: ToolContext) -> None:
    logged = run_tool("stockout_history", {"period": "November 2026", "stores": "Market Street"}, world)
    past = run_tool("stockout_history", {"period": "September 2026"}, world)
    assert "Out now" not in logged.text + past.text


def test_where_all_tie_none_is_out_most_often(world: ToolContext) -> None:
    by = run_tool("stockout_history", {"period": "November 2026", "by": "department"}, world)
    assert [row["Times out"] for row in table(by)] == [2, 2]
    assert "each of 2 departments 2 times." in by.headline
    assert "most often" not in by.text
    assert "These: Dairy 2 times, 9 days" in by.text
