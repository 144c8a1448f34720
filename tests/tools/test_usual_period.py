"""What is meant where no period is said, and what is said where there is no data for one yet."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.support.tools_world import World
from tools.errors import NOT_YET, NoDataError
from tools.registry import run_tool

WEEKS = (date(2026, 10, 26), date(2026, 11, 22))
MONTHS = (date(2025, 11, 1), date(2026, 10, 31))
YESTERDAY = (date(2026, 11, 22), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("tool", "asked", "days"),
    [
        *(("sales_summary", {"by": by}, WEEKS) for by in ("weekday", "week", "hour", "day")),
        ("sales_summary", {"by": "month"}, MONTHS),
        ("sales_summary", {"by": "department"}, YESTERDAY),
        ("sales_summary", {}, YESTERDAY),
        ("sales_breakdown", {"by": ["month"]}, MONTHS),
        ("sales_breakdown", {"by": ["quarter", "store"]}, MONTHS),
        ("sales_breakdown", {"by": ["brand"]}, WEEKS),
        ("explain_change", {"department": "Produce"}, WEEKS),
        ("explain_change", {"product": "bananas"}, WEEKS),
        ("explain_change", {}, YESTERDAY),
    ],
)
def test_without_a_period(world: World, tool: str, asked: dict[str, object], days: tuple[date, date]) -> None:
    result = run_tool(tool, asked, world.context())
    assert (result.figures[0].start_on, result.figures[0].end_on) == days
    if days == WEEKS:
        assert "last 4 weeks (26 Oct – 22 Nov 2026)" in result.headline


def test_a_department_is_explained_against_the_four_weeks_before(world: World) -> None:
    held = run_tool("explain_change", {"department": "Produce"}, world.context()).figures[0].compared_to
    assert held is not None
    assert (held.start_on, held.end_on) == (date(2026, 9, 28), date(2026, 10, 25))
    before = [line for line in world.select(held.start_on, held.end_on) if line.department == "Produce"]
    assert Decimal(held.value) * 100 == sum(line.net for line in before)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("this week", "reaches to 22 November 2026; the last whole week known is 16 November 2026 to 22 November 2026"),
        ("today", "reaches to 22 November 2026."),
    ],
)
def test_what_has_only_begun_names_what_is_known(world: World, period: str, said: str) -> None:
    with pytest.raises(NoDataError) as error:
        run_tool("sales_summary", {"period": period}, world.context())
    assert said in error.value.user_message
    assert error.value.reason == NOT_YET


def test_a_month_that_has_only_begun_names_the_last_whole_one(world: World) -> None:
    first = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("America/New_York"))
    with pytest.raises(NoDataError, match="the last whole month known is October 2026"):
        run_tool("sales_summary", {"period": "this month"}, world.context(now=first))


def test_a_day_said_shortly_before_it_is_named_as_still_to_come(world: World) -> None:
    with pytest.raises(NoDataError, match=r"27 November 2025.* 27 November 2026 is still to come"):
        run_tool("sales_summary", {"period": "27 November"}, world.context())
    with pytest.raises(NoDataError) as error:
        run_tool("sales_summary", {"period": "last year"}, world.context())
    assert "to come" not in error.value.user_message


@pytest.mark.parametrize("tool", ["compare_periods", "explain_change", "sales_breakdown"])
def test_a_comparison_says_of_both_sides_that_they_are_not_there(world: World, tool: str) -> None:
    asked = {"period": "today", "compare_to": "same day last year"}
    with pytest.raises(NoDataError) as error:
        run_tool(tool, asked, world.context())
    first = min(line.business_on for line in world.lines)
    assert "yet: it reaches to 22 November 2026. Nor is there any for" in error.value.user_message
    assert error.value.user_message.endswith(f"it begins on {first.day} {first:%B %Y}.")
    week = {"period": "today", "compare_to": "same day last week"}
    with pytest.raises(NoDataError) as other:
        run_tool(tool, week, world.context())
    assert "Nor is there" not in other.value.user_message
