"""One period held against another, and always said which calendar does the holding."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import ToolResult


class ComparePeriodsArguments(Arguments):
    """Arguments of ``compare_periods``."""

    period: str = Field(
        default="yesterday", max_length=120, description="The period in question, in the asker's own words."
    )
    compare_to: str | None = Field(
        default=None,
        max_length=120,
        description=(
            "What to hold it against: “same day last week”, “the week before”, “same day last month”, “last year”, "
            "“same weekday last year”, “four-week norm”, or another period. Leave out for the usual one."
        ),
    )
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Which stores, in the asker's own words: a name, “north stores”, “all stores”. Leave out if not said.",
    )
    metrics: list[str] | None = Field(
        default=None, max_length=12, description="Metric names, if the asker wants particular ones."
    )
    by: Literal["store", "weekday", "hour", "department", "category"] | None = Field(
        default=None, description="Split the comparison by this."
    )


@tool()
def compare_periods(arguments: ComparePeriodsArguments, context: ToolContext) -> ToolResult:
    """Hold one period against another: value, change and change in per cent for each metric.

    Use it for “compare that with the same day last week”, “are we up on last month”, “which departments fell”. Left
    alone, a day is held against the same weekday a week before, a week against the week before, a month against the
    month before, anything to date against the same days of the period before. Today so far is held against the same
    hours of the other day. The answer says which calendar it used.
    """
    raise NoDataError("No data yet.")
