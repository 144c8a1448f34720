"""How a figure went from one week, month, day or quarter to the next, and where the largest rise and fall were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text
from tools.analysis.comparisons import change_pct
from tools.analysis.group_keys import key_title
from tools.breakdown.ask import refuse_unsuited
from tools.breakdown.goods_alone import of_goods_alone
from tools.breakdown.where import Only, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import metric_named
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import Cell, fetch_cells
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.model import Metric, UnitKind
from tools.metrics.windows import Statement, Window
from tools.overview.moves_by_group import Moving, moves_by_group
from tools.overview.steps import known_days, traded_in, whole_step
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.per_day import COLUMN, Days, per_day_cell, per_day_said
from tools.registry import Arguments, tool
from tools.result import Chart, Comparison, Figure, PerDay, Table, TableColumn, ToolResult
from tools.wording import counted, spoken

MOST_ROWS = 100
_CHART_STEPS = 60
_PERIOD = {"day": "last 4 weeks", "week": "last 13 weeks", "month": "all time", "quarter": "all time"}


class SalesMovesArguments(Arguments):
    """Arguments of ``sales_moves``."""

    step: Literal["day", "week", "month", "quarter"] = Field(default="week", description="From one to the next.")
    metric: str = Field(default="net_sales", max_length=60, description="Which figure: net_sales, transactions ...")
    period: str | None = Field(default=None, max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    where: list[Only] = Field(default=[], max_length=6, description="Only a part of the sales, as in sales_breakdown.")
    by: Literal["department", "category", "brand", "store"] | None = Field(
        default=None, description="Which of these fell (or rose) in every step, rather than how the whole moved."
    )
    every: Literal["fell", "rose"] = Field(default="fell", description="With by: which way they went in every step.")


_NO_DAYS = Days(0, 0)


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of time; ``change`` and ``pct`` against the step before, None for the first."""

    key: str
    days: tuple[date, date]
    value: Decimal
    before: Decimal | None = None
    traded: Days = _NO_DAYS
    """Days of trade of this step and of the one before."""

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None else self.value - self.before

    @property
    def pct(self) -> Decimal | None:
        return None if self.before is None else change_pct(self.value, self.before)


@tool()
def sales_moves(arguments: SalesMovesArguments, context: ToolContext) -> ToolResult:
    """A figure week by week (day, month, quarter) with its change on the step before, and the largest rise and fall.

    Use it for “week over week growth of produce over the last 8 weeks”, “month over month sales growth”, “which week
    had the biggest drop”, “how did basket size change from month to month”, “which departments fell every month since
    July” (by department, every fell). Steps that are there in part are left out.
    Two periods against each other are ``compare_periods``.
    """
    dimension = DIMENSIONS[arguments.step]
    asked = frame(arguments.period or _PERIOD[arguments.step], arguments.stores, context)
    if asked.unfinished() and asked.start_on < asked.end_on:
        asked = asked.without_today()
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    named = (("department", arguments.department), ("product", arguments.product))
    only = [*arguments.where, *(Only(dimension=name, values=[value]) for name, value in named if value)]
    where = resolve_where(only, asked.stores, windows, context)
    metric = metric_named(arguments.metric)
    if arguments.by:
        return moves_by_group(
            Moving(asked, metric, arguments.step, arguments.by, arguments.every, where), windows, days, covered
        )
    plan = Plan((dimension,), where.conditions, WEEK_START)
    refuse_unsuited([metric], plan)
    (metric,), alone = of_goods_alone([metric], plan)
    cells, statements = fetch_cells(context.mirror, [metric], plan, windows, context.scope)
    steps, left = _steps(cells, metric, asked, arguments.step)
    if metric.is_sum and arguments.step != "day":
        steps, read = _with_days(steps, windows, context)
        statements = [*statements, *read]
    if len(steps) < 2:
        raise NoDataError(
            f"A change from one {arguments.step} to the next needs at least two whole {arguments.step}s;"
            f" {asked.when} has {len(steps)}."
        )
    made = _Made(asked, metric, arguments.step, where.label, tuple(steps))
    headline = _headline(made)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(made)]),
        figures=tuple(_figures(made, where.group)),
        table=_table(made),
        chart=_chart(made),
        caveats=(
            *([f"{', '.join(left)} {'is' if len(left) == 1 else 'are'} there in part and left out."] if left else []),
            *alone,
            *caveats(asked, [metric], days),
        ),
        follow_ups=(f"Why did {metric.label.lower()} change last {arguments.step}{asked.same_part_and_stores}?",),
        provenance=provenance(asked, [metric], [*statements, covered]),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    asked: Frame
    metric: Metric
    step: str
    label: str
    steps: tuple[_Step, ...]

    def said(self, value: Decimal) -> str:
        return spoken(self.metric, self.metric.rounded(value, self.asked.exponent), self.asked.currency)

    def moved(self, one: _Step) -> str:
        """“+4.2 %”, or points where the figure is a percentage; and by day where the steps have other days."""
        if self.metric.unit_kind is UnitKind.PERCENT:
            return f"{(one.change or Decimal(0)):+.1f} points"
        if one.pct is None:
            return "from nothing"
        return f"{one.pct:+.1f} %{per_day_said(self.per_day(one))}"

    def per_day(self, one: _Step) -> PerDay | None:
        """The change a day on the step before."""
        return one.traded.per_day(self.metric, one.value, one.before)

    def change_per_day(self, one: _Step) -> Decimal | None:
        """Which way it went by day; by the whole where the days do not differ."""
        each = self.per_day(one)
        return Decimal(each.change_pct) if each else one.change


def _steps(cells: Sequence[Cell], metric: Metric, asked: Frame, step: str) -> tuple[list[_Step], list[str]]:
    """Whole steps in order, each with the one before; and the names of those left out."""
    start, end = known_days(asked)
    made: list[_Step] = []
    left = []
    for cell in sorted(cells, key=lambda one: one.keys):
        value = cell.value(metric, asked.exponent)
        first, last = whole_step(step, cell.keys[0])
        if first < start or last > end:
            left.append(key_title(step, cell.keys[0]))
        elif value is not None:
            made.append(_Step(cell.keys[0], (first, last), value))
    return [replace(one, before=made[n - 1].value if n else None) for n, one in enumerate(made)], left


def _with_days(
    steps: Sequence[_Step], windows: Sequence[Window], context: ToolContext
) -> tuple[list[_Step], list[Statement]]:
    """The steps with their days of trade, whatever part of the sales they are of."""
    traded, read = traded_in([one.days for one in steps], windows, context)
    pairs = zip(steps, traded, [0, *traded], strict=False)
    return [replace(one, traded=Days(now, before)) for one, now, before in pairs], read


def _headline(made: _Made) -> str:
    first, last = made.steps[0], made.steps[-1]
    ways = f"{_ways(one.change for one in made.steps[1:])}"
    if any(made.per_day(one) for one in made.steps):
        ways += f", per day {_ways(made.change_per_day(one) for one in made.steps[1:])}"
    return (
        f"{made.metric.label}{made.label} from {made.step} to {made.step} {made.asked.when}, {made.asked.stores.label}:"
        f" from {made.said(first.value)} ({key_title(made.step, first.key)}) to {made.said(last.value)}"
        f" ({key_title(made.step, last.key)}); {ways}."
    )


def _ways(changes: Iterable[Decimal | None]) -> str:
    """How many of the changes are rises and how many falls."""
    known = [one for one in changes if one]
    ups = sum(one > 0 for one in known)
    return f"{counted(ups, 'rise')} and {counted(len(known) - ups, 'fall')}"


def _sentences(made: _Made) -> list[str]:
    later = [one for one in made.steps[1:] if one.change is not None]
    best, worst = max(later, key=lambda one: one.change or 0), min(later, key=lambda one: one.change or 0)
    said = []
    for way, one in (("rise", best), ("fall", worst)):
        size = one.change or Decimal(0)
        if (size > 0) == (way == "rise") and size:
            said.append(
                f"Largest {way}: {key_title(made.step, one.key)}, {made.moved(one)}"
                f" ({made.said(one.before or Decimal(0))}"
                f" to {made.said(one.value)})."
            )
    rates = [one.change * 100 / abs(one.before) for one in later if one.before and one.change is not None]
    if rates and made.metric.unit_kind is not UnitKind.PERCENT and len(rates) > 1:
        said.append(f"Mean change: {sum(rates, Decimal(0)) / len(rates):+.1f} % a {made.step}.")
    last = made.steps[-1]
    return [*said, f"The last, {key_title(made.step, last.key)}: {made.moved(last)}."]


def _figures(made: _Made, group: dict[str, str]) -> list[Figure]:
    found = []
    unit = made.metric.unit(made.asked.currency)
    for number, one in enumerate(made.steps[:MOST_ROWS]):
        text = made.metric.text(one.value, made.asked.exponent)
        plain = figure(made.asked, made.metric.name, text, unit, {**group, made.step: one.key}, days=one.days)
        if one.before is not None and one.change is not None:
            held = Comparison(
                made.metric.text(one.before, made.asked.exponent) or "",
                *made.steps[number - 1].days,
                made.metric.text(one.change, made.asked.exponent) or "",
                number_text(one.pct, 1),
                made.per_day(one),
            )
            plain = replace(plain, compared_to=held)
        found.append(plain)
    return found


def _table(made: _Made) -> Table:
    unit = made.metric.unit(made.asked.currency)
    in_points = made.metric.unit_kind is UnitKind.PERCENT
    uneven = any(made.per_day(one) for one in made.steps)
    names = [(made.step.capitalize(), "text"), (made.metric.label, unit), ("Before", unit)]
    names += [("Change", "points")] if in_points else [("Change", unit), ("Change %", "%")]
    names += [(COLUMN.capitalize(), "%")] if uneven else []
    rows = []
    for one in made.steps[-MOST_ROWS:]:
        values = [None if value is None else made.metric.text(value, made.asked.exponent)
                  for value in (one.value, one.before, one.change)]  # fmt: skip
        rows.append((
            key_title(made.step, one.key), *values, *([] if in_points else [number_text(one.pct, 1)]),
            *([per_day_cell(made.per_day(one))] if uneven else []),
        ))  # fmt: skip
    return Table(tuple(TableColumn(*one) for one in names), rows)


def _chart(made: _Made) -> Chart | None:
    if not 2 <= len(made.steps) <= _CHART_STEPS:
        return None
    values = tuple(float(made.metric.rounded(one.value, made.asked.exponent)) for one in made.steps)
    title = f"{made.metric.label}{made.label} by {made.step}, {made.asked.stores.label}, {made.asked.when}"
    names = tuple(key_title(made.step, one.key) for one in made.steps)
    return Chart("line", title, names, {made.metric.label: values}, made.metric.unit(made.asked.currency))
