"""The spans of a moving average or rolling total: how many of which unit, and the days before the period they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tools.analysis.calendar import add_months
from tools.calendars import WEEK_START
from tools.errors import BadArgumentError
from tools.metrics.breakdown_plan import Plan
from tools.metrics.model import Metric
from tools.metrics.windows import Window

_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Rolling:
    """``many`` spans of a dimension of time taken together: their mean, or their total.

    Attributes:
        unit: "day", "week", "month" or "quarter".
        many: how many.
        total: whether they are added up; else their mean is taken.
        rate: whether it is a rate, which is that of all of them together.
        along: which key of a row is the time.
        late: keys left empty because the data begins too late.
        open: keys left empty because they are not over.
    """

    unit: str
    many: int
    total: bool
    rate: bool
    along: int
    late: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """``mean of 7 days``."""
        return f"{'value' if self.rate else 'total' if self.total else 'mean'} of {self.many} {self.unit}s"

    @property
    def name(self) -> str:
        """The same as the first part of a figure's name."""
        return self.label.replace(" ", "_")

    def shifted(self, first: date, by: int) -> date:
        """The first day of the span so many spans away from the one that begins on ``first``."""
        if self.unit in _MONTHS:
            return add_months(first, by * _MONTHS[self.unit])
        return first + timedelta(days=by * (7 if self.unit == "week" else 1))

    def begin(self, day: date) -> date:
        """The first day of the span that a day lies in."""
        if self.unit == "week":
            return day - timedelta(days=(day.weekday() - WEEK_START) % 7)
        if self.unit in _MONTHS:
            return day.replace(day=1, month=day.month - (day.month - 1) % _MONTHS[self.unit])
        return day

    def windows_before(self, windows: Sequence[Window]) -> list[Window]:
        """The stores over the days before the period that its first spans need, from the start of a span on."""
        return [
            replace(
                window,
                start_on=self.shifted(self.begin(window.start_on), 1 - self.many),
                end_on=window.start_on - timedelta(days=1),
                hours_on_last=None,
            )
            for window in windows
        ]


def rolling_of(many: int, plan: Plan, metric: Metric, limit: int | None, *, total: bool) -> Rolling:
    """What is rolled along which dimension.

    Raises:
        BadArgumentError: no dimension of time serves, only the best are asked for, or people are picked out.
    """
    times = [number for number, one in enumerate(plan.by) if one.name in ("day", "week", "month", "quarter")]
    if len(times) != 1 or (times[0] == 0 and limit is not None):
        raise BadArgumentError(
            "A moving average or rolling total runs along time: split by day, week, month or quarter, alone or with one"
            " other group, and without a “top”."
        )
    if plan.personal:
        raise BadArgumentError(
            "A moving average is not worked out for a kind of household: days on which few of them came are not told."
        )
    return Rolling(plan.by[times[0]].name, many, total, not metric.is_sum, times[0])
