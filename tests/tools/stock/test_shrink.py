"""Shrink by product, range and span of time on the planted chain of ``stock_world``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.registry import run_tool
from tools.result import ToolResult


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("shrink")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    """The value of a metric in the one group named."""
    named = [one for one in result.figures if one.metric == metric]
    (found,) = [one for one in named if all(one.group.get(key) == value for key, value in group.items())]
    return found.value


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]


def test_shrink_by_product_names_what_lost_most_first(world: ToolContext) -> None:
    result = run_tool("shrink_and_waste", {"period": "last week", "by": "product", "stores": "Market Street"}, world)
    rows = table(result)
    assert [row["Product"] for row in rows] == ["Blue mug", "Butter, 8 oz", "Oat milk, 1 l"]
    assert (rows[1]["Waste"], rows[1]["Shrink"]) == ("9.00", "0.00")
    assert "Most was lost, waste included, in: Blue mug $9.95, Butter, 8 oz $9.00" in result.text


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("category", {"Butter": "0.00", "Plant drinks": "2.50"}),
        ("week", {"week of 9 Nov 2026": "0.00", "week of 16 Nov 2026": "12.45"}),
    ],
)
def test_shrink_is_split_by_ranges_and_by_spans_of_time(world: ToolContext, by: str, groups: dict[str, str]) -> None:
    asked = {"period": "from 9 November to 22 November", "by": by, "stores": "Market Street"}
    result = run_tool("shrink_and_waste", asked, world)
    for name, lost in groups.items():
        assert figure(result, "shrink_value", **{by: name}) == lost


def test_a_week_of_shrink_is_held_against_the_sales_of_that_week(world: ToolContext) -> None:
    asked = {"period": "from 9 November to 22 November", "by": "week", "stores": "Market Street"}
    result = run_tool("shrink_and_waste", asked, world)
    net = planted.net_sales("S01", date(2026, 11, 16), date(2026, 11, 22))
    rate = f"{Decimal('12.45') * 100 / net:.2f}"
    assert figure(result, "shrink_pct", week="week of 16 Nov 2026") == rate
    assert [row["Week"] for row in table(result)] == ["week of 9 Nov 2026", "week of 16 Nov 2026"]
