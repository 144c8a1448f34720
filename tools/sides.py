"""Both sides of a comparison, and how they are shown: figures, sentences, a table, a chart.

A share moves in points, everything else in per cent. Values are shown rounded and their difference is that of what
is shown; the per cent is taken from the exact values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from connectors.currency import minor_exponent
from tools.analysis.comparison_periods import Against
from tools.analysis.comparisons import change, change_pct
from tools.frame import Frame
from tools.metrics.evaluate import Group, total
from tools.metrics.model import Metric, UnitKind
from tools.per_day import COLUMN, Days, leads, per_day_cell, per_day_said, per_day_way
from tools.result import Chart, Comparison, Figure, PerDay, Table, TableColumn
from tools.splits import CHART_POINTS, currency_of, ordered, title
from tools.wording import listed, span, spoken

_BY_CHANGE = frozenset({"store", "district", "region", "department", "category"})
"""Splits whose groups stand in order of change, the largest rise first; hours and weekdays stand as time goes."""
_MOST_MOVED = 3


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a comparison, grouped alike; ``before_days`` are the first and last date of the other side."""

    asked: Frame
    metrics: Sequence[Metric]
    by: str | None
    versus: Against
    now: Sequence[Group]
    before: Sequence[Group]
    before_days: tuple[date, date]
    days: Mapping[str, Days] = field(default_factory=dict)
    """Days of trade of both sides: of the whole under "", and of groups that have days of their own."""
    pairs: Sequence[tuple[str, Group, Group]] = field(init=False, repr=False)
    """Each group with its other self; a group that only one side has is empty on the other."""
    whole: tuple[Group, Group] = field(init=False, repr=False)
    """Everything of both sides."""
    held: Mapping[tuple[str, str], Measured] = field(init=False, repr=False)
    """Each metric of each group of ``pairs``, by the key of the group and the name of the metric."""

    def __post_init__(self) -> None:
        mine = {group.key: group for group in self.now}
        other = {group.key: group for group in self.before}
        both = [Group(key, mine[key].sums if key in mine else {}) for key in dict.fromkeys((*mine, *other))]
        ranked = ordered(sorted(both, key=lambda group: group.key), self.by or "", self.metrics[0], self.asked.stores)
        pairs = [(group.key, group, other.get(group.key, Group(group.key, {}))) for group in ranked]
        held = {
            (key, metric.name): measured(
                metric, now.value(metric, exponent), before.value(metric, exponent), exponent, self.days_of(key)
            )
            for key, now, before in pairs
            for exponent in [minor_exponent(self.currency_of(key))]
            for metric in self.metrics
        }
        object.__setattr__(self, "held", held)
        if self.by in _BY_CHANGE and len(self.asked.stores.currencies) == 1:
            pairs.sort(key=lambda pair: -self.moved(*pair))
        object.__setattr__(self, "pairs", pairs)
        object.__setattr__(self, "whole", (total(self.now), total(self.before)))

    def moved(self, key: str, now: Group, before: Group) -> Decimal:
        """How the first metric of a group changed; a sum that only one side has rose from nothing or fell to it.

        Of sides that are far from equally long it is the change a day.
        """
        metric, exponent = self.metrics[0], self.asked.exponent
        sides = [side.value(metric, exponent) for side in (now, before)]
        days = self.days_of(key)
        if metric.is_sum and days is not None and days.far_apart:  # 31 days against 7: all rose, and nothing is told
            return (sides[0] or Decimal(0)) / days.now - (sides[1] or Decimal(0)) / days.before
        if metric.is_sum:
            return (sides[0] or Decimal(0)) - (sides[1] or Decimal(0))
        return Decimal(self.held[key, metric.name].change or 0)

    def currency_of(self, key: str) -> str:
        """The currency of a group, or of everything."""
        return currency_of(self.asked, self.by, key) if key else self.asked.currency

    def days_of(self, key: str) -> Days | None:
        """The days of trade of a group, or of everything."""
        return self.days.get(key, self.days.get(""))


@dataclass(frozen=True, slots=True)
class Measured:
    """Two values of one metric as shown, their difference as shown, and the change in per cent of the exact ones.

    ``per_day`` is that of a day, where the two sides have different numbers of them.
    """

    value: str | None
    before: str | None
    change: str | None
    change_pct: str | None
    per_day: PerDay | None = None


def measured(
    metric: Metric, value: Decimal | None, before: Decimal | None, exponent: int, days: Days | None = None
) -> Measured:
    """Hold two unrounded values of a metric against each other."""
    shown, other = metric.text(value, exponent), metric.text(before, exponent)
    if value is None or before is None or shown is None or other is None:
        return Measured(shown, other, None, None)
    moved = change(Decimal(shown), Decimal(other))
    percent = change_pct(value, before)
    each = days.per_day(metric, value, before) if days else None
    return Measured(shown, other, f"{moved:f}", None if percent is None else f"{percent:f}", each)


def _of_whole(sides: Sides, metric: Metric) -> Measured:
    exponent = sides.asked.exponent
    now, before = (side.value(metric, exponent) for side in sides.whole)
    return measured(metric, now, before, exponent, sides.days_of(""))


def figures(sides: Sides) -> list[Figure]:
    """The whole first, then every group, each metric with what it is held against."""
    asked = sides.asked
    made = []
    if len(asked.stores.currencies) == 1:
        made += [_figure(sides, metric, _of_whole(sides, metric), "") for metric in sides.metrics]
    if sides.by:
        made += [
            _figure(sides, metric, sides.held[key, metric.name], key)
            for key, _, _ in sides.pairs
            for metric in sides.metrics
        ]
    return made


def _figure(sides: Sides, metric: Metric, held: Measured, key: str) -> Figure:
    asked = sides.asked
    start, end = asked.start_on, asked.end_on
    if key and sides.by == "store":
        start, end = asked.periods[key].start_on, asked.periods[key].end_on
    return Figure(
        metric.name,
        held.value,
        metric.unit(sides.currency_of(key)),
        (key,) if key and sides.by == "store" else asked.stores.ids,
        start,
        end,
        {**asked.group, sides.by: key} if key and sides.by else dict(asked.group),
        Comparison(held.before, *sides.before_days, held.change, held.change_pct, held.per_day)
        if held.before is not None and held.change is not None
        else None,
    )


def headline(sides: Sides, *, cut: bool) -> str:
    """One sentence: the first metric now, its change, and the calendar. ``cut`` says that today counts in part."""
    asked, metric = sides.asked, sides.metrics[0]
    hours = f" until {asked.until()}" if cut else ""
    if len(asked.stores.currencies) > 1:
        parts = [
            f"{asked.stores.name(key)} {_said(sides, metric, now, before, key)}" for key, now, before in sides.pairs
        ]
        return f"{metric.label}{asked.subject} {asked.when}{hours}: {'; '.join(parts)} ({_calendar(sides)})."
    now, before = sides.whole
    said = _said(sides, metric, now, before, "")
    same = " at the same time" if cut else ""
    place = f"{asked.when}{hours}, {asked.stores.label}"
    return f"{metric.label}{asked.subject} {place}: {said}{same} ({_calendar(sides)})."


def _calendar(sides: Sides) -> str:
    if sides.versus.is_norm:
        return sides.versus.calendar
    return f"{span(*sides.before_days)}, {sides.versus.calendar}"


def _said(sides: Sides, metric: Metric, now: Group, before: Group, key: str, *, days: bool = True) -> str:
    """``$120.00, up 20.0 % on $100.00``; shares move in points. ``days`` tells the days that differ, if any do."""
    currency = sides.currency_of(key)
    exponent = minor_exponent(currency)
    value, other = now.value(metric, exponent), before.value(metric, exponent)
    held = measured(metric, value, other, exponent, sides.days_of(key))
    if held.change is None:
        if value is None and other is None:
            return "no data on either side"
        missing = "no data before" if value is not None else "no data now; that is from before"
        return f"{spoken(metric, value if value is not None else other, currency)} ({missing})"
    moved = Decimal(held.change)
    if moved == 0:
        return f"{spoken(metric, value, currency)}, unchanged{per_day_said(held.per_day, days=days)}"
    way = "up" if moved > 0 else "down"
    if metric.unit_kind is UnitKind.PERCENT:
        size = f"{abs(moved)} points"
    elif held.change_pct is None:
        size = spoken(metric, value, currency)
    else:
        size = f"{held.change_pct.lstrip('-')} %"
    on = spoken(metric, other, currency)
    if held.per_day is not None and leads(held.per_day):
        apart = f": {held.per_day.days} against {held.per_day.days_before} days" if days else ""
        a_day = f"per day {per_day_way(held.per_day)} on {on}{apart}"
        return f"{spoken(metric, value, currency)}, {a_day}, in all {way} {size}"
    return f"{spoken(metric, value, currency)}, {way} {size} on {on}{per_day_said(held.per_day, days=days)}"


def said_of_whole(sides: Sides) -> str:
    """The first metric of everything, now and before."""
    return _said(sides, sides.metrics[0], *sides.whole, "")


def sentences(sides: Sides) -> list[str]:
    """The groups that moved most, where there are groups, and the other metrics."""
    if len(sides.asked.stores.currencies) > 1:
        return []
    moves = _moves(sides)
    rest = [
        f"{metric.label}: {_said(sides, metric, *sides.whole, '', days=not sides.metrics[0].is_sum)}."
        for metric in sides.metrics[1:]
    ]
    if moves and rest:  # else they would be read as those of the group named last
        rest[0] = f"All together, {rest[0][:1].lower()}{rest[0][1:]}"
    return [*moves, *rest]


def _moves(sides: Sides) -> list[str]:
    """Three rises and three falls each, the largest in money first, so that much of a crumb does not lead."""
    if not sides.by or len(sides.pairs) < 2:
        return []
    metric, said = sides.metrics[0], []
    moves = [(sides.moved(*pair), *pair) for pair in sides.pairs]
    for word, more, sign in (("Largest rise", "more", 1), ("Largest fall", "less", -1)):
        way = sorted((move for move in moves if move[0] * sign > 0), key=lambda move: -move[0] * sign)[:_MOST_MOVED]
        if not way:
            continue
        (moved, key, now, before), *rest = way
        told = _said(sides, metric, now, before, key, days=key in sides.days)
        a_day = leads(sides.held[key, metric.name].per_day)
        size = (
            f", {_size(sides, metric, moved)} {more}" if not a_day and metric.unit_kind is not UnitKind.PERCENT else ""
        )
        said.append(f"{word}{' a day' if a_day else ''}: {title(sides.by, key, sides.asked.stores)}, {told}{size}.")
        then = [
            f"{title(sides.by, one, sides.asked.stores)} {_moved_by(sides, metric, by, one)}" for by, one, *_ in rest
        ]
        said += [f"Then {listed(then)}."] if then else []
    return said


def _size(sides: Sides, metric: Metric, moved: Decimal) -> str:
    """By how much a group moved: ``$120.00``, ``1.2 points``."""
    in_points = metric.unit_kind is UnitKind.PERCENT
    return f"{abs(moved)} points" if in_points else spoken(metric, abs(moved), sides.asked.currency)


def _moved_by(sides: Sides, metric: Metric, moved: Decimal, key: str) -> str:
    """``up $120.00 (12.0 %)``: in money first, so that much of a crumb is seen for what it is."""
    held = sides.held[key, metric.name]
    if held.per_day is not None and leads(held.per_day):
        return per_day_way(held.per_day)
    percent = held.change_pct
    more = f" ({percent.lstrip('-')} %)" if percent is not None and metric.unit_kind is not UnitKind.PERCENT else ""
    return f"{'up' if moved > 0 else 'down'} {_size(sides, metric, moved)}{more}"


def table(sides: Sides) -> Table:
    """Metrics as rows, or groups as rows with three columns a metric."""
    asked = sides.asked
    mixed = len(asked.stores.currencies) > 1
    then = "Norm" if sides.versus.is_norm else span(*sides.before_days)
    uneven = any(days.differ for days in sides.days.values()) and any(metric.is_sum for metric in sides.metrics)
    head = [TableColumn("Metric", "text")]
    rows: list[tuple[str | int | None, ...]] = []
    if not sides.by:
        head += [TableColumn(span(asked.start_on, asked.end_on), "text"), TableColumn(then, "text")]
        head += [TableColumn("Change", "text"), TableColumn("Change %", "%")]
        head += [TableColumn(COLUMN.capitalize(), "%")] if uneven else []
        for metric in sides.metrics:
            held = _of_whole(sides, metric)
            # One column holds several units here, so its cells are written out for people.
            shown = [_written(metric, value, asked.currency) for value in (held.value, held.before, held.change)]
            if metric.unit_kind is UnitKind.PERCENT:  # from 28.9 % to 28.2 % is 0.7 points less, and not 0.7 %
                cells: list[str | int | None] = [
                    metric.label,
                    *shown[:2],
                    held.change and f"{held.change} points",
                    None,
                ]
            else:
                cells = [metric.label, *shown, held.change_pct]
            rows.append((*cells, *([per_day_cell(held.per_day)] if uneven else [])))
        return Table(tuple(head), rows)
    head = [TableColumn(sides.by.capitalize(), "text")]
    for number, metric in enumerate(sides.metrics):
        unit = metric.unit("text" if mixed else asked.currency)
        head += [TableColumn(metric.label, unit), TableColumn(f"{metric.label}, before", unit)]
        in_points = metric.unit_kind is UnitKind.PERCENT
        head += [TableColumn(f"{metric.label}, change", unit)] if not (in_points or number) else []
        head.append(TableColumn(f"{metric.label}, change{'' if in_points else ' %'}", "points" if in_points else "%"))
        head += [TableColumn(f"{metric.label}, {COLUMN}", "%")] if uneven and metric.is_sum else []
    for key, _, _ in sides.pairs:
        cells = [title(sides.by, key, asked.stores)]
        for number, metric in enumerate(sides.metrics):
            held = sides.held[key, metric.name]
            in_points = metric.unit_kind is UnitKind.PERCENT
            cells += [held.value, held.before, *([] if number and not in_points else [held.change])]
            cells += [] if in_points else [held.change_pct]
            cells += [per_day_cell(held.per_day)] if uneven and metric.is_sum else []
        rows.append(tuple(cells))
    return Table(tuple(head), rows)


def _written(metric: Metric, value: str | None, currency: str) -> str | None:
    return None if value is None else spoken(metric, Decimal(value), currency)


def chart(sides: Sides) -> Chart | None:
    """Both sides of the first metric by group, if they are few enough to see."""
    asked, metric = sides.asked, sides.metrics[0]
    if not sides.by or len(asked.stores.currencies) > 1:
        return None
    pairs = [
        (key, now.value(metric, asked.exponent), before.value(metric, asked.exponent))
        for key, now, before in sides.pairs
    ]
    if not 2 <= len(pairs) <= CHART_POINTS or any(value is None for _, *values in pairs for value in values):
        return None
    series = {
        name: tuple(float(metric.rounded(values[side] or Decimal(0), asked.exponent)) for _, *values in pairs)
        for side, name in enumerate((asked.period.label, sides.versus.label))
    }
    return Chart(
        "bar",
        f"{metric.label}{asked.subject} by {sides.by}, {asked.stores.label}",
        tuple(title(sides.by, key, asked.stores) for key, _, _ in pairs),
        series,
        metric.unit(asked.currency),
    )
