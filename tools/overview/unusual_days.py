"""Days on which a figure left its usual range: held against the same weekdays of the eight weeks before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, stands_on
from tools.analysis.holiday_phrases import holidays_between
from tools.analysis.normal_range import FEWEST, PART_WIDTH, TOTAL_WIDTH, NormalRange, Verdict, normal_range
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, decimal, fetch
from tools.metrics.model import Metric, UnitKind
from tools.metrics.query import Statement, build
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, spoken

WEEKS = 8
"""So many same weekdays before a day say what is usual for it, as in the morning briefing."""
_NAMED = 6
_FEW = 14


class UnusualDaysArguments(Arguments):
    """Arguments of ``unusual_days``."""

    metric: str = Field(default="net_sales", max_length=60, description="Which figure: net_sales, transactions ...")
    period: str = Field(default="last 4 weeks", max_length=120, description="Which days, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    by: Literal["store", "department", "category"] | None = Field(
        default=None, description="The days of each store, department or category by itself."
    )
    direction: Literal["both", "high", "low"] = Field(default="both", description="Only spikes (high), or only dips.")
    holidays: bool = Field(default=False, description="Only public holidays and shopping days such as Labor Day.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=20, ge=1, le=100, description="How many days, the farthest from their range first.")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of a group with its value in the metric's unit and the range that is usual for it."""

    key: str
    on: date
    value: Decimal
    usual: NormalRange

    @property
    def verdict(self) -> Verdict:
        return self.usual.judge(self.value)

    @property
    def excess(self) -> Decimal:
        """How far outside its range it is, in the metric's unit; nought within."""
        return max(self.value - self.usual.high, self.usual.low - self.value, Decimal(0))

    @property
    def nearness(self) -> Decimal:
        """How much of the way from the middle to an edge of its range it is."""
        reach = self.usual.high - self.usual.middle
        return abs(self.value - self.usual.middle) / reach if reach > 0 else Decimal(0)

    @property
    def percent(self) -> Decimal | None:
        """Above or below the middle, in per cent of it."""
        middle = self.usual.middle
        return (self.value - middle) * 100 / middle if middle > 0 else None


@dataclass(frozen=True, slots=True)
class _Made:
    """What was judged: all days with enough before them, and those outside that were asked for, farthest first."""

    asked: Frame
    metric: Metric
    arguments: UnusualDaysArguments
    judged: Sequence[_Day]
    outside: Sequence[_Day]
    holidays: Mapping[date, str]

    @property
    def told(self) -> Sequence[_Day]:
        """The days outside their range; where none is, all of them if they are few, so that the range can be told."""
        usual = self.judged if len(self.judged) <= _FEW else ()
        return (self.outside or sorted(usual, key=lambda one: (one.on, one.key)))[: self.arguments.limit]

    def name(self, key: str) -> str:
        return self.asked.stores.name(key) if self.arguments.by == "store" else key


@tool()
@each_currency
def unusual_days(arguments: UnusualDaysArguments, context: ToolContext) -> ToolResult:
    """Days on which sales or another figure were unusual: spikes and dips outside the normal range of their weekday.

    Use it for “were there unusual spikes in sales”, “any abnormal days last month”, “outliers in daily transactions”,
    “which categories spike on holidays” (by category, holidays). A day is held against the same weekdays of the eight
    weeks before it by their median and median absolute deviation. Unusual refunds, voids and discounts at the tills are
    ``exception_report``; why a day was so is ``explain_change``; how much a figure swings is ``spread_over_time``.
    """
    metric = metric_named(arguments.metric)
    asked = frame(arguments.period, arguments.stores, context).in_whole_days()
    one_currency(asked, "")
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if (part or arguments.by in ("department", "category")) and not metric.by_product:
        of = part.label if part else f"each {arguments.by}"
        raise BadArgumentError(f"{metric.label} is only known of whole stores; ask for net_sales or units of {of}.")
    if asked.unfinished():
        raise NoDataError(
            "Today is not over, so nothing can be said yet of whether it is unusual; ask about other days."
        )
    asked = replace(asked, part=part)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    statements = [covered]
    judged = _judged(asked, metric, arguments, statements)
    named = dict(holidays_between(asked.start_on, asked.end_on))
    if arguments.holidays:
        judged = [one for one in judged if one.on in named]
    if not judged:
        raise NoDataError(
            f"No day{' that is a holiday' if arguments.holidays else ''} {asked.when} has {FEWEST} same weekdays with"
            f" sales in the {WEEKS} weeks before it, so what is usual for it is not known; ask about later days."
        )
    wanted = {"high": (Verdict.HIGH,), "low": (Verdict.LOW,)}.get(arguments.direction, (Verdict.HIGH, Verdict.LOW))
    outside = sorted((one for one in judged if one.verdict in wanted), key=lambda one: (-one.excess, one.on, one.key))
    made = _Made(asked, metric, arguments, judged, outside, named)
    first = _headline(made)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made),
        caveats=(*_remarks(made), *caveats(asked, [metric], days)),
        follow_ups=(f"{metric.label} {asked.when_again} by day{asked.same_part_and_stores}",),
        provenance=stands_on(asked, (metric.name,), statements),
    )


def _judged(asked: Frame, metric: Metric, arguments: UnusualDaysArguments, statements: list[Statement]) -> list[_Day]:
    """Every day asked about that has enough same weekdays before it, with its range."""
    width = PART_WIDTH if arguments.by in ("department", "category") or asked.part else TOTAL_WIDTH
    found: list[_Day] = []
    for key, values in _values(asked, metric, arguments.by, statements).items():
        for on, value in values.items():
            start_on, end_on = _bounds(asked, key if arguments.by == "store" else None)
            if not start_on <= on <= end_on:
                continue
            before = [values[day] for week in range(1, WEEKS + 1) if (day := on - timedelta(weeks=week)) in values]
            usual = normal_range(before, width=width)
            if usual is not None and (usual.middle > 0 or width == TOTAL_WIDTH):
                found.append(_Day(key, on, value, usual))
    return found


def _bounds(asked: Frame, store_id: str | None) -> tuple[date, date]:
    if store_id is None:
        return asked.start_on, asked.end_on
    period = asked.periods[store_id]
    return period.start_on, period.end_on


def _values(
    asked: Frame, metric: Metric, by: str | None, statements: list[Statement]
) -> dict[str, dict[date, Decimal]]:
    """The figure of every trading day of each group, from eight weeks before the days asked about on.

    A trading day on which nothing of a part was sold counts as nought for it.
    """
    earlier = {
        store: replace(period, start_on=period.start_on - timedelta(weeks=WEEKS))
        for store, period in asked.periods.items()
    }
    windows, scope, mirror = asked.windows(earlier), asked.context.scope, asked.context.mirror
    only = asked.part.only if asked.part else None
    traded = build([metric_named("net_sales")], windows, "day", scope)
    on_days = {group.key for group in fetch(mirror, traded)}
    statements.append(traded)
    if by == "store":
        found = {}
        for store_id, period in earlier.items():
            store = asked.stores.by_id[store_id]
            alone = replace(asked.stores, stores=(store,), label=store.name)
            mine = replace(asked, stores=alone, period=asked.periods[store_id], periods={store_id: period})
            one = build([metric], mine.windows(), "day", scope, only)
            statements.append(one)
            found[store_id] = {group.key: group for group in fetch(mirror, one)}
        return {key: _of_days(asked, metric, groups, groups) for key, groups in found.items()}
    statement = build([metric], windows, "day" if by is None else f"{by}_day", scope, only)
    statements.append(statement)
    if by is None:
        groups = {group.key: group for group in fetch(mirror, statement)}
        return {"": _of_days(asked, metric, groups, on_days if asked.part else groups)}
    result = mirror.query(statement.sql, statement.params)
    shelves: dict[str, dict[str, Group]] = {}
    for row in result.rows:
        day = row[0].isoformat()
        sums = {name: decimal(cell) for name, cell in zip(result.columns[2:], row[2:], strict=True)}
        shelves.setdefault(str(row[1]), {})[day] = Group(day, sums)
    return {key: _of_days(asked, metric, groups, on_days) for key, groups in sorted(shelves.items())}


def _of_days(asked: Frame, metric: Metric, groups: Mapping[str, Group], traded: Iterable[str]) -> dict[date, Decimal]:
    nothing = {f"n_{metric.name}": Decimal(0)} if metric.is_sum else {}
    values = {day: groups.get(day, Group(day, nothing)).value(metric, asked.exponent) for day in traded}
    return {date.fromisoformat(day): value for day, value in values.items() if value is not None}


def _headline(made: _Made) -> str:
    of = f" by {made.arguments.by}" if made.arguments.by else ""
    what = f"{made.metric.label}{made.asked.subject}{of} {made.asked.when}, {made.asked.stores.label}"
    kind = {"high": "above", "low": "below"}.get(made.arguments.direction, "outside")
    days = counted(len(made.judged), "holiday" if made.arguments.holidays else "day")
    days = f"{days} of {made.arguments.by.replace('y', 'ie')}s" if made.arguments.by == "category" else days
    if not made.outside and len(made.judged) == 1 and made.judged[0].verdict is Verdict.NORMAL:
        value, *ends = _bounds_said(made, made.judged[0])
        return f"{what}: {value}, within its usual range of {' to '.join(ends)}."
    if not made.outside:
        return f"{what}: none of {days} was {kind} its usual range."
    high = sum(1 for one in made.outside if one.verdict is Verdict.HIGH)
    split = f" ({high} above, {len(made.outside) - high} below)" if made.arguments.direction == "both" else ""
    return f"{what}: {len(made.outside)} of {days} {kind} the usual range{split}."


def _sentences(made: _Made) -> list[str]:
    said = [_said(made, one) for one in made.outside[: min(_NAMED, made.arguments.limit)]]
    if not said and len(made.judged) > 1:
        near = max(made.judged, key=lambda one: (one.nearness, one.on))
        return [f"Nearest to the edge of its range: {_said(made, near)}."]
    return [f"Farthest first: {'; '.join(said)}."] if said else []


def _bounds_said(made: _Made, one: _Day) -> tuple[str, str, str]:
    """The value of a day and its usual range; nothing is usual below nought."""
    bounds = (one.value, max(one.usual.low, Decimal(0)), one.usual.high)
    value, low, high = (spoken(made.metric, each, made.asked.currency) for each in bounds)
    return value, low, high


def _said(made: _Made, one: _Day) -> str:
    value, low, high = _bounds_said(made, one)
    whose = f"{made.name(one.key)} " if made.arguments.by else ""
    named = f", {made.holidays[one.on]}" if one.on in made.holidays else ""
    percent = f", {one.percent:+,.1f} % on the middle" if _in_percent(made, one) else ""
    return f"{whose}{one.on:%a} {one.on.day} {one.on:%b}{named}: {value} (usual {low} to {high}{percent})"


def _in_percent(made: _Made, one: _Day) -> bool:
    """Whether a difference in per cent says something: not of what is in per cent itself."""
    return one.percent is not None and made.metric.unit_kind is not UnitKind.PERCENT


def _figures(made: _Made) -> list[Figure]:
    asked, metric = made.asked, made.metric
    unit = metric.unit(asked.currency)
    found = [
        figure(asked, "days_judged", len(made.judged), "count"),
        figure(asked, "days_outside", len(made.outside), "count"),
    ]
    for one in made.told:
        group = {str(made.arguments.by): one.key} if made.arguments.by else {}
        stores = (one.key,) if made.arguments.by == "store" else ()
        for name, value in (
            (metric.name, one.value), ("usual_low", one.usual.low), ("usual_high", one.usual.high),
        ):  # fmt: skip
            text = metric.text(value, asked.exponent)
            found.append(figure(asked, name, text, unit, group, stores=stores, days=(one.on, one.on)))
    return found


def _table(made: _Made) -> Table | None:
    if not made.told:
        return None
    unit, by = made.metric.unit(made.asked.currency), made.arguments.by
    columns = [
        *([TableColumn(by.capitalize(), "text")] if by else []), TableColumn("Day", "text"),
        TableColumn("Holiday", "text"), TableColumn(made.metric.label, unit), TableColumn("Usual from", unit),
        TableColumn("Usual to", unit), TableColumn("On the usual", "%"),
    ]  # fmt: skip
    rows = [
        (
            *((made.name(one.key),) if by else ()),
            f"{one.on:%a} {one.on.day} {one.on:%b}",
            made.holidays.get(one.on, ""),
            *(
                made.metric.text(value, made.asked.exponent)
                for value in (one.value, max(one.usual.low, Decimal(0)), one.usual.high)
            ),
            number_text(one.percent, 1) if _in_percent(made, one) else None,
        )
        for one in made.told
    ]
    return Table(tuple(columns), rows)


def _remarks(made: _Made) -> list[str]:
    width = PART_WIDTH if made.arguments.by in ("department", "category") or made.asked.part else TOTAL_WIDTH
    usual = (
        f"Usual is the median of the same weekdays of the {WEEKS} weeks before, {width} deviations (median absolute"
        " deviation) either way; it says that a day was out of its range, not why."
    )
    said = [usual]
    if len(made.judged) > len({one.on for one in made.judged}):
        said.append("Among so many days of so many groups some leave their range by chance alone.")
    if made.arguments.holidays:
        said.append("Holidays and shopping days are those of the United States.")
    return said
