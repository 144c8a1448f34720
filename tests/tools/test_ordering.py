"""Groups of a split in the order that is asked for, against the figures by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import OCTOBER, asked_sample, truth
from tools.context import ToolContext
from tools.ordering import ends_in_order, rank
from tools.registry import run_tool
from tools.result import ToolResult


def test_what_is_not_known_stands_last_at_either_end() -> None:
    values = {"a": Decimal(2), "b": None, "c": Decimal(-1), "d": Decimal(0)}
    assert sorted(values, key=lambda name: rank(values[name], "bottom")) == ["c", "d", "a", "b"]
    assert sorted(values, key=lambda name: rank(values[name], "top")) == ["a", "d", "c", "b"]


def test_both_ends_are_named_and_nothing_of_a_single_group() -> None:
    assert ends_in_order([("A", "1"), ("B", "2")], "bottom") == "Lowest: A 1; highest: B 2."
    assert ends_in_order([("A", "3"), ("B", "2"), ("C", "1")], "top") == "Highest: A 3, then B 2; lowest: C 1."
    assert ends_in_order([("A", "3")], "top") == ""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def _names(result: ToolResult) -> list[str]:
    assert result.table is not None
    return [str(row[0]) for row in result.table.rows]


@pytest.mark.slow
@pytest.mark.full
def test_splits_of_the_sample_stand_in_the_order_of_plain_sql(context: ToolContext) -> None:
    by_hand = truth(
        context,
        "SELECT COALESCE(p.department, 'Unknown'), SUM(l.net_minor) FROM sale s JOIN sale_line l USING (sale_id)"
        " LEFT JOIN variant v USING (variant_id) LEFT JOIN product p USING (product_id)"
        f" WHERE {OCTOBER} GROUP BY 1 ORDER BY 2",
    )
    for order, end, wanted in (("bottom", "Lowest", by_hand), ("top", "Highest", by_hand[::-1])):
        found = run_tool("sales_summary", {"by": "department", "period": "October 2026", "order": order}, context)
        assert _names(found) == [name for name, _ in wanted]
        assert f"{end}: {wanted[0][0]} " in found.text


@pytest.mark.slow
@pytest.mark.full
def test_stock_figures_and_promotions_turn_round_and_are_cut(context: ToolContext) -> None:
    for tool, column in (("stock_productivity", 2), ("stock_cover", 3)):
        rows = {}
        for order in ("bottom", "top"):
            table = run_tool(tool, {"by": "department", "order": order}, context).table
            assert table is not None
            # Departments that sell less than one unit a day stand last in either order of cover.
            large = [row for row in table.rows if tool != "stock_cover" or Decimal(str(row[2])) >= 1]
            rows[order] = [Decimal(str(row[column])) for row in large if row[column] is not None]
        assert rows["bottom"] == sorted(rows["bottom"])
        assert rows["top"] == rows["bottom"][::-1]
    five = run_tool("stock_productivity", {"by": "category", "order": "bottom", "limit": 5}, context)
    assert len(_names(five)) == 5
    lift = run_tool("promotion_lift", {"by": "promotion", "rank_by": "roi", "order": "bottom", "limit": 2}, context)
    assert lift.table is not None
    *parts, whole = lift.table.rows
    assert whole[0] == "All promoted"
    assert len(parts) == 2
    assert Decimal(str(parts[0][-1])) <= Decimal(str(parts[1][-1]))
    assert "2 of 4 are listed" in lift.text
