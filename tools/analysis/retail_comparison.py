"""What a period of the 4-5-4 calendar is part of and held against: periods of that calendar, never of the usual one.

The year before is 52 weeks earlier, so that every week meets its own weekdays; after a year of 53 weeks these are the
weeks that the National Retail Federation calls restated. A year of 53 weeks has no 53 weeks before it that are not its
own, so it meets the whole year before, which is a week shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tools.analysis.calendar import Kind, Period
from tools.analysis.retail_calendar import RetailDate, retail_date, retail_period, retail_quarter, retail_year, weeks_in

WEEKS_52 = timedelta(weeks=52)
_NAMED: dict[Kind, tuple[str, Callable[[RetailDate], Period]]] = {
    Kind.MONTH: ("month", lambda at: retail_period(at.year, at.period)),
    Kind.QUARTER: ("quarter", lambda at: retail_quarter(at.year, at.quarter)),
    Kind.YEAR: ("year", lambda at: retail_year(at.year)),
}
_TO_DATE = {
    Kind.WEEK_TO_DATE: Kind.WEEK,
    Kind.MONTH_TO_DATE: Kind.MONTH,
    Kind.QUARTER_TO_DATE: Kind.QUARTER,
    Kind.YEAR_TO_DATE: Kind.YEAR,
}


def is_retail(base: Period) -> bool:
    """Whether a period is a month, quarter or year of the retail calendar, or one of them or a week so far."""
    return base.label.startswith("retail ") and (base.kind in _NAMED or base.kind in _TO_DATE)


def retail_whole(base: Period) -> Period:
    """The whole retail month, quarter or year that a retail period begins."""
    return _NAMED[_TO_DATE.get(base.kind, base.kind)][1](retail_date(base.start_on))


def retail_before(base: Period) -> tuple[Period, str]:
    """The retail month, quarter or year before, or as many days of it, and the calendar in words."""
    name, make = _NAMED[_TO_DATE.get(base.kind, base.kind)]
    before = make(retail_date(base.start_on - timedelta(days=1)))
    if base.kind in _NAMED:
        return before, f"the retail {name} before"
    last = min(before.start_on + timedelta(days=base.days - 1), before.end_on)
    return Period(before.start_on, last, "", Kind.RANGE), f"as many days of the retail {name} before"


def retail_year_back(base: Period) -> tuple[Period, str]:
    """The same weeks a year earlier, and the calendar in words."""
    if base.kind is Kind.YEAR and weeks_in(retail_date(base.start_on).year) > 52:
        return retail_before(base)
    return Period(
        base.start_on - WEEKS_52, base.end_on - WEEKS_52, "", Kind.RANGE
    ), "the same weekdays 52 weeks earlier"
