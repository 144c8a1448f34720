"""The earlier course of a figure, by day: how large such changes usually are, and what else moved with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tools.analysis.usual_changes import FEWEST, Days, UsualChanges, earlier_pairs, usual_changes, usual_ratios
from tools.metrics.definitions import METRICS
from tools.metrics.evaluate import Group, fetch
from tools.metrics.model import LEAST_SEEN, Metric, UnitKind
from tools.metrics.query import Filter, Window, build
from tools.why.sides import Sides
from tools.wording import counted

Measure = Callable[[Days], float | None]
_WHOLE = Decimal("0.95")
"""A number of visitors is held against others where the hours counted hold so much of the transactions."""


@dataclass(frozen=True, slots=True)
class History:
    """Sums by day from the earliest comparison on, and the pairs of periods that can be held against each other."""

    metric: Metric
    days: Mapping[date, Group]
    pairs: Sequence[tuple[Days, tuple[Days, ...]]]
    present: tuple[Days, tuple[Days, ...]]

    @property
    def _in_points(self) -> bool:
        return self.metric.unit_kind is UnitKind.PERCENT

    @property
    def every(self) -> list[Days]:
        """All spans of days that the comparisons need, the present one among them."""
        return [days for now, before in (*self.pairs, self.present) for days in (now, *before)]

    def value(self, days: Days) -> float | None:
        """The metric over some days, in its raw unit; None where nothing is known."""
        return summed(self.days, self.metric, days)

    def moved(self, pair: tuple[Days, tuple[Days, ...]], measure: Measure | None = None) -> float | None:
        """How much a measure (the metric, unless another is given) differs between a period and the mean of others."""
        of = measure or self.value
        now, others = of(pair[0]), [value for one in pair[1] if (value := of(one)) is not None]
        return None if now is None or not others else now - sum(others) / len(others)

    def relative(self, pair: tuple[Days, tuple[Days, ...]]) -> float | None:
        """The change in per cent of the other side; in points for a share."""
        change = self.moved(pair)
        if change is None:
            return None
        if self._in_points:
            return change * 100
        now = self.value(pair[0])
        before = None if now is None else now - change
        return change * 100 / abs(before) if before else None

    def known(self) -> list[float]:
        """The earlier changes that can be told, in per cent or points."""
        return [value for pair in self.pairs if (value := self.relative(pair)) is not None]

    def usual(self) -> UsualChanges | None:
        """The range that earlier changes lie in, in per cent or points; None with too few of them."""
        return usual_changes(self.known()) if self._in_points else usual_ratios(self.known())


def summed(groups: Mapping[date, Group], metric: Metric, days: Days) -> float | None:
    """A metric over some days from its sums by day, in its raw unit; None where nothing is known."""
    top = bottom = 0.0
    found = False
    if "traffic" in metric.sources and not _counted_enough(groups, metric, days):
        return None
    for day in days_between(*days):
        sums = groups[day].sums if day in groups else {}
        if (value := sums.get(f"n_{metric.name}")) is not None:
            found = True
            top += float(value)
            bottom += float(sums.get(f"d_{metric.name}") or 0)
    if not found or (metric.denominator and not bottom):
        return None
    return top / bottom if metric.denominator else top


def _counted_enough(groups: Mapping[date, Group], metric: Metric, days: Days) -> bool:
    """Whether the door was counted well enough on some days: as a number of visitors needs it, or a rate of them."""
    trade = [
        (groups[day].sums.get("x_seen_trade") or 0, groups[day].sums.get("x_trade") or 0)
        for day in days_between(*days)
        if day in groups
    ]
    least = LEAST_SEEN if metric.per_visitor else _WHOLE
    return sum(seen for seen, _ in trade) >= least * sum(whole for _, whole in trade)


def history_of(sides: Sides) -> History | None:
    """The history of the metric over the stores of both sides; None for today so far."""
    if sides.cut or not sides.both:
        return None
    first = sides.asked.stores.stores[0].store_id
    period, others = sides.asked.periods[first], sides.other_periods(first)
    begun = [store.first_on for store in sides.both if store.first_on]
    pairs = earlier_pairs(period, others, max(begun)) if begun and others else []
    every = [days for now, before in pairs for days in (now, *before)]
    present = ((period.start_on, period.end_on), tuple((one.start_on, one.end_on) for one in others))
    start = min([*(days[0] for days in every), *(days[0] for days in present[1]), period.start_on])
    ids = tuple(store.store_id for store in sides.both)
    part = sides.asked.part
    windows = [Window(ids, start, period.end_on, everyone=min(window.everyone for window in sides.now))]
    days = by_day(sides, sides.metric, windows, part.only if part else None)
    return History(sides.metric, days, pairs, present)


def by_day(sides: Sides, metric: Metric, windows: Sequence[Window], only: Filter | None = None) -> dict[date, Group]:
    """A metric's sums by day, of the stores together."""
    beside = [METRICS["conversion"]] if metric.name == "visitors" else []
    statement = build([metric, *beside], windows, "day", sides.asked.context.scope, only)
    sides.statements.append(statement)
    return {date.fromisoformat(group.key): group for group in fetch(sides.asked.context.mirror, statement)}


def in_short(history: History | None) -> str:
    """“within normal noise” or “outside normal noise”; empty where it cannot be told."""
    now = history.relative(history.present) if history else None
    usual = history.usual() if history else None
    if now is None or usual is None:
        return ""
    return "within normal noise" if usual.holds(now) else "outside normal noise"


def what_is_usual(history: History | None) -> str:
    """One sentence on whether the change is within what such changes usually are."""
    if history is None:
        return "Whether that is usual can be told when the day is over."
    now = history.relative(history.present)
    usual = history.usual()
    if now is None:
        return ""
    if usual is None:
        known = len(history.known())
        return (
            f"Whether that is within normal noise cannot be told: only {counted(known, 'earlier change')} of this kind"
            f" {'is' if known == 1 else 'are'} in the data, and it takes {FEWEST}."
        )
    unit = "points" if history.metric.unit_kind is UnitKind.PERCENT else "%"
    shown = f"{usual.low:+.1f} to {usual.high:+.1f} {unit} (median ± 2 robust deviations, n = {usual.count})"
    return f"That is {in_short(history)}: such changes usually lie between {shown.replace(' to ', ' and ', 1)}."


def days_between(start_on: date, end_on: date) -> list[date]:
    """Every date from start to end."""
    return [start_on + timedelta(days=offset) for offset in range((end_on - start_on).days + 1)]
