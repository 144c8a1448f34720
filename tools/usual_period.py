"""The period that is meant where none is said: a split over time needs some of it."""

from __future__ import annotations

from collections.abc import Sequence

WEEKS, MONTHS = "last 4 weeks", "last 12 months"
_OF_MONTHS = frozenset({"month", "quarter", "period"})
_OF_WEEKS = frozenset({"day", "week", "weekday", "weekend", "hour"})


def usual_period(by: Sequence[str | None], otherwise: str) -> str:
    """The last 12 months by month or quarter, the last 4 weeks by anything shorter, else ``otherwise``."""
    if _OF_MONTHS & set(by):
        return MONTHS
    return WEEKS if _OF_WEEKS & set(by) else otherwise
