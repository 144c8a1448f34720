"""Year over year without a year before: that is said first, and the figures are those of the period before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.tools_world import World
from tools.errors import NoDataError
from tools.registry import run_tool

RECENT: dict[str, Any] = {"period": "last 4 weeks", "compare_to": "the period before"}


@pytest.mark.parametrize(
    ("tool", "args", "nearest"),
    [
        ("compare_periods", {"period": "year to date", "by": "department"}, RECENT),
        ("compare_periods", {"period": "last week"}, {**RECENT, "period": "last week"}),
        ("sales_breakdown", {"period": "year to date", "by": ["department"], "rank_by": "change"}, RECENT),
    ],
)
def test_the_period_before_is_given_with_the_same_figures(
    world: World, tool: str, args: dict[str, Any], nearest: dict[str, Any]
) -> None:
    answered = run_tool(tool, {**args, "compare_to": "last year"}, world.context())
    direct = run_tool(tool, {**args, **nearest}, world.context())
    assert answered.figures == direct.figures
    assert answered.table == direct.table
    assert answered.text.startswith("There is nothing to compare with")
    assert "Nearest to it, against the period before: " in answered.headline
    assert answered.text.endswith(direct.text)


@pytest.mark.parametrize("period", ["last 12 months", "this year"])
def test_growth_over_a_year_is_told_against_the_period_before(world: World, period: str) -> None:
    answered = run_tool("compare_periods", {"period": period, "by": "category"}, world.context())
    direct = run_tool("compare_periods", {"by": "category", **RECENT}, world.context())
    assert answered.text.startswith("There is nothing to compare with")
    assert answered.text.endswith(direct.text)


def test_another_period_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NoDataError, match="nothing to compare with"):
        run_tool("compare_periods", {"period": "last week", "compare_to": "March 2026"}, world.context())


@pytest.mark.parametrize("year", ["last year", "2019"])
def test_like_for_like_against_a_year_before_the_data_is_told_against_the_weeks_before(world: World, year: str) -> None:
    asked = {"by": "store", "period": "this year", "compare_to": year, "like_for_like": True}
    result = run_tool("sales_breakdown", asked, world.context())
    assert result.headline.startswith("No store traded through both")
    assert "so there is no like-for-like comparison. The data begins on" in result.headline
    assert "Nearest to it, against the period before: Net sales by store the last 4 weeks" in result.headline


def test_comparable_sales_are_against_the_year_before_where_no_other_period_is_said(world: World) -> None:
    asked = {"by": "store", "period": "last month", "like_for_like": True}
    bare, said = (
        run_tool("sales_breakdown", {**asked, **more}, world.context()) for more in ({}, {"compare_to": "last year"})
    )
    assert "so there is no like-for-like comparison" in bare.headline
    assert bare.text == said.text
