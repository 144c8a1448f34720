"""By when goods shall be gone: within some days, by a day to come, or in a period to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tools.analysis.outlook import coming_span
from tools.calendars import WEEK_START, period_for
from tools.stock.frame import StockFrame
from tools.wording import counted, span


@dataclass(frozen=True, slots=True)
class GoneBy:
    """So many days, the first that of the levels; those of them that are over before a period begins; both as said.

    By a day or in a period the first day is today, and ``ages`` says how many days older a store's levels are.
    """

    within: int
    after: int | None
    said: str
    ends_on: date | None = None
    begins_on: date | None = None
    ages: Mapping[str, int] = field(default_factory=dict)

    def days(self, store_id: str) -> int:
        """How many days the stock of a store would have to last from the day of its levels."""
        return self.within + self.ages.get(store_id, 0)

    @property
    def at_risk(self) -> str:
        """Until when sales are at risk, as behind the title of a column."""
        return f", {self.within} days" if self.ends_on is None else f" to {_day(self.ends_on)}"


def gone_within(days: int) -> GoneBy:
    """Within so many days."""
    return GoneBy(days, None, f"within {counted(days, 'day')}")


def gone_by(phrase: str, asked: StockFrame) -> GoneBy:
    """By the end of a day (“Black Friday”), before it (“before Black Friday”), or in a period that begins later.

    Raises:
        tools.errors.BadArgumentError: the phrase means no days to come, or they are too far ahead.
    """
    text = " ".join(phrase.split())
    before = text.lower().startswith("before ")
    store = asked.stores.stores[0]
    today = store.today(asked.asked.now)
    coming = period_for(
        store, asked.asked.now,
        lambda day: coming_span(text[len("before ") :] if before else text, today=day, week_start=WEEK_START),
    )  # fmt: skip
    last = max(coming.start_on - timedelta(1), today) if before else coming.end_on
    within, ages = (last - today).days + 1, _ages(asked, today)
    if before:
        said = f"before {coming.label} ({span(coming.start_on, coming.start_on)})"
        return GoneBy(within, 0, said, last, ages=ages)
    if coming.start_on == coming.end_on or coming.start_on <= today + timedelta(1):
        named = "" if coming.label[:1].isdigit() else f" ({coming.label})"
        return GoneBy(within, 0, f"by {span(last, last)}{named}", last, ages=ages)
    said = f"from {_day(coming.start_on)} to {_day(last)} ({coming.label})"
    return GoneBy(within, (coming.start_on - today).days, said, last, coming.start_on, ages)


def levels_on(asked: StockFrame, store_id: str) -> date:
    """The day that the levels of a store are of."""
    store, known = asked.stores.by_id[store_id], asked.levels.get(store_id)
    return store.today(known.as_of_at if known and known.as_of_at else asked.asked.now)


def _ages(asked: StockFrame, today: date) -> dict[str, int]:
    ages = {store: (today - levels_on(asked, store)).days for store in asked.stores.ids}
    return {store: days for store, days in ages.items() if days > 0}


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
