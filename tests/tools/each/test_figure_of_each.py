"""Figures of single baskets, products and days: planted receipts whose means, ends and shares are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TOOL = "figure_of_each"
OWN, NATIONAL = "soup", "fish"
BASKETS = (  # store, days ago, household, then product, cents and pieces of each line
    ("S01", 1, "a0", ((OWN, 300, 3), (NATIONAL, 700, 1))),
    ("S01", 1, "a1", ((OWN, 100, 1),)),
    ("S01", 2, "a2", ((NATIONAL, 2000, 2), (NATIONAL, 1000, 1))),
    ("S02", 2, "a3", ((NATIONAL, 500, 1),)),
    ("S02", 3, "a4", ((OWN, 400, 4), (NATIONAL, 5600, 7))),
    ("S02", 3, "b0", ((OWN, 9000, 9),)),
)


def rows() -> Iterator[Row]:
    for store_id, name in (("S01", "Market Street"), ("S02", "Harbor Point")):
        yield store(store_id, name=name)
    for name, department in ((OWN, "Grocery"), (NATIONAL, "Seafood")):
        own = name == OWN
        yield Row("product", {"product_id": name, "name": name, "department": department, "private_label": own})
        yield Row("variant", {"variant_id": name, "product_id": name, "name": name.title()})
    for key in ("a0", "a1", "a2", "a3", "a4", "b0"):
        yield Row("customer", {"customer_key": key, "age_band": "35-44" if key.startswith("a") else "65+"})
    for number, (store_id, ago, key, bought) in enumerate(BASKETS):
        yield sale(f"D{number}", NOW - timedelta(days=ago), store_id=store_id, customer_key=key)
        for place, (product, cents, pieces) in enumerate(bought, start=1):
            yield line(f"D{number}", place, cents, variant_id=product, quantity=pieces)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    mirror = open_mirror(tmp_path_factory.mktemp("each") / "mirror.duckdb")
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows()), sources=[SourceUpdate("sales", "test", NOW)])).result()
    yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))
    mirror.close()


def told(found: ToolResult, metric: str, **group: str) -> str | None:
    return next(one.value for one in found.figures if one.metric == metric and one.group == group)


def test_the_mean_and_the_ends_of_baskets(asked: ToolContext) -> None:
    found = run_tool(TOOL, {}, asked)
    amounts = [sum(cents for _, cents, _ in bought) for _, _, _, bought in BASKETS]
    mean = Decimal(sum(amounts)) / len(amounts) / 100
    assert told(found, "mean_net_sales_per_transaction") == f"{mean:.2f}"
    assert told(found, "lowest_net_sales_per_transaction") == "1.00"
    assert told(found, "highest_net_sales_per_transaction") == "90.00"
    assert told(found, "median_net_sales_per_transaction") == "20.00"  # between 10.00 and 30.00
    assert "of 6 transactions" in found.headline


def test_a_basket_without_the_goods_holds_none_of_them(asked: ToolContext) -> None:
    own = [{"dimension": "private_label", "values": ["private label"]}]
    found = run_tool(TOOL, {"figure": "units", "where": own}, asked)
    assert told(found, "mean_units_per_transaction", only="Private label") == "4.25"  # 17 pieces in four baskets
    assert told(found, "mean_of_all_units_per_transaction", only="Private label") == "2.83"  # and in all six
    assert "4 of 6 transactions (66.7 %) hold any" in found.text
    few = run_tool(TOOL, {"figure": "units", "where": own, "at_most": "2"}, asked)
    assert "3 of 6 transactions (50.0 %)" in few.headline  # one piece once, and two baskets without
    split = run_tool(TOOL, {"figure": "units", "where": own, "at_least": "1", "by": "store"}, asked)
    assert split.table is not None
    assert {row[0]: row[1:3] for row in split.table.rows} == {"Market Street": (3, 2), "Harbor Point": (3, 2)}


def test_bounds_say_what_part_of_the_sales_lies_within(asked: ToolContext) -> None:
    found = run_tool(TOOL, {"over": "25"}, asked)
    every = sum(cents for _, _, _, bought in BASKETS for _, cents, _ in bought)
    assert "3 of 6 transactions (50.0 %)" in found.headline
    assert f"Together they make $180.00 of ${every / 100:.2f} ({100 * 18000 / every:.1f} %)." in found.headline


def test_products_by_department_and_days_by_store(asked: ToolContext) -> None:
    goods = run_tool(TOOL, {"figure": "units", "each": "product", "by": "department"}, asked)
    assert told(goods, "mean_units_per_product", department="Grocery") == "17.00"
    assert told(goods, "mean_units_per_product", department="Seafood") == "12.00"
    assert "highest Grocery with 17" in goods.headline
    days = run_tool(TOOL, {"each": "day", "by": "store", "tell": "lowest"}, asked)
    assert told(days, "lowest_net_sales_per_day", store="Harbor Point") == "5.00"
    assert told(days, "highest_net_sales_per_day", store="Harbor Point") == "150.00"
    whole = run_tool(TOOL, {"each": "day", "tell": "highest"}, asked)
    assert "$150.00 at most (Fri 20 Nov)" in whole.headline


def test_different_goods_and_the_lines_of_a_basket(asked: ToolContext) -> None:
    assert told(run_tool(TOOL, {"figure": "departments"}, asked), "mean_departments_per_transaction") == "1.33"
    lines = run_tool(TOOL, {"figure": "units", "each": "line", "tell": "quartiles"}, asked)
    assert told(lines, "lines_counted") == "9"
    assert told(lines, "highest_units_per_line") == "9.00"
    assert lines.table is not None
    assert sum(int(row[1] or 0) for row in lines.table.rows) == 9
    assert lines.chart is not None


def test_nothing_is_told_of_fewer_than_five_customers(asked: ToolContext) -> None:
    old = [{"dimension": "age_band", "values": ["65+"]}]
    with pytest.raises(NoDataError, match="fewer than 5 customers"):
        run_tool(TOOL, {"where": old}, asked)
    found = run_tool(TOOL, {"by": "age_band"}, asked)
    assert "$90.00" not in str(found.table)
    assert not any(one.group.get("age_band") == "65+" for one in found.figures)
    assert not any(one.metric.startswith("highest_") for one in found.figures)


def test_a_unit_is_no_group_and_payments_are_told_elsewhere(asked: ToolContext) -> None:
    with pytest.raises(BadArgumentError, match="is a unit already"):
        run_tool(TOOL, {"each": "day", "by": "day"}, asked)
    with pytest.raises(BadArgumentError, match="paid in several ways"):
        run_tool(TOOL, {"by": "tender"}, asked)


def test_lines_and_products_of_goods_not_sold_by_the_piece_have_no_units(tmp_path: Path) -> None:
    """Two lines of pieces and one of fuel: three and one are two on average, and no line has none."""
    mirror = open_mirror(tmp_path / "mirror.duckdb")
    assert mirror.writer is not None
    planted = [
        store("S01"),
        Row("product", {"product_id": "fuel", "name": "Fuel", "department": "Fuel"}),
        Row("variant", {"variant_id": "fuel", "product_id": "fuel", "name": "Fuel", "unit_of_measure": "gallon"}),
        Row("product", {"product_id": OWN, "name": OWN, "department": "Grocery"}),
        Row("variant", {"variant_id": OWN, "product_id": OWN, "name": OWN, "unit_of_measure": "each"}),
        sale("D1", NOW - timedelta(days=1)),
        line("D1", 1, 300, variant_id=OWN, quantity=3),
        line("D1", 2, 4000, variant_id="fuel", quantity=Decimal("11.4")),
        sale("D2", NOW - timedelta(days=1)),
        line("D2", 1, 100, variant_id=OWN, quantity=1),
    ]
    mirror.writer.submit(Batch(rows=planted, sources=[SourceUpdate("sales", "test", NOW)])).result()
    context = ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW))
    lines = run_tool(TOOL, {"figure": "units", "each": "line", "period": "yesterday"}, context)
    assert told(lines, "mean_units_per_line") == "2.00"
    assert told(lines, "lowest_units_per_line") == "1.00"
    assert any("left out" in one for one in lines.caveats)
    few = run_tool(TOOL, {"figure": "units", "each": "product", "under": "10", "period": "yesterday"}, context)
    assert "1 of 1 product" in few.headline
    baskets = run_tool(TOOL, {"figure": "units", "period": "yesterday"}, context)
    assert told(baskets, "mean_units_per_transaction") == "2.00"
    mirror.close()
