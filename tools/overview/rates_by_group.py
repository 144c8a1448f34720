"""An average day, or the return on floor space, by department, category or day of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, rounded, stands_on
from tools.analysis.calendar import WEEKDAYS
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.margin.unknown_cost import unknown_cost
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, decimal, fetch, fold, total
from tools.metrics.model import Metric
from tools.metrics.query import Statement, build
from tools.metrics.targets_query import build_areas, build_trading_days
from tools.overview.sales_rates import SAID, SQUARE_FOOT, SUFFIX, Per, sum_named
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, spoken

SHOWN = 5
MOST_ROWS = 100


class RatesByGroupArguments(Arguments):
    """Arguments of ``rates_by_group``."""

    by: Literal["department", "category", "weekday"] = Field(default="department", description="A row for each.")
    per: Per = Field(default="day", description="A day with sales, or a square metre or square foot of floor.")
    metric: str = Field(
        default="net_sales",
        max_length=60,
        description="What is averaged: net_sales, units, gross_margin; by weekday also transactions.",
    )
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    weekday: str | None = Field(
        default=None, max_length=12, description="With by weekday, the one asked for: “Saturday”."
    )


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    amount: Decimal
    units: Decimal

    @property
    def rate(self) -> Decimal:
        return self.amount / self.units


@dataclass(frozen=True, slots=True)
class _Rates:
    asked: Frame
    metric: Metric
    per: Per
    by: str
    rows: Sequence[_Row]
    whole: _Row

    def said(self, value: Decimal) -> str:
        return spoken(self.metric, value, self.asked.currency)

    def size(self, units: Decimal) -> str:
        if self.per == "day":
            return counted(int(units), "day")
        if self.per == "week":
            return f"{rounded(units * 7, 0):,f} days"
        return f"{rounded(units, 0):,f} {SAID[self.per]}"


@tool()
def rates_by_group(arguments: RatesByGroupArguments, context: ToolContext) -> ToolResult:
    """An average day by department, category or weekday, or their sales per square metre or foot of the whole floor.

    Use it for “average day by department”, “average daily sales by weekday”, “what does an average Saturday look like”,
    “sales per square foot by department”. Days are those on which any of the stores sold; by weekday only those of that
    weekday. Floor areas are known of whole stores, so a department is held against the whole floor; what its shelves
    earn is ``space_to_sales``. Stores side by side are ``sales_rates``.
    """
    metric = sum_named(arguments.metric)
    if arguments.by == "weekday" and arguments.per != "day":
        raise BadArgumentError("By weekday there is an average day only; ask for a week or for floor by department.")
    asked = frame(arguments.period, arguments.stores, context)
    if asked.unfinished() and asked.period.days > 1:
        asked = asked.without_today()
    one_currency(asked, None)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if (part or arguments.by != "weekday") and not metric.by_product:
        raise BadArgumentError(f"{metric.label} is only known of whole stores; ask for net_sales or units instead.")
    asked = replace(asked, part=part)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    by = "day" if arguments.by == "weekday" else arguments.by
    statement = build([metric], windows, by, context.scope, part.only if part else None)
    groups = fetch(context.mirror, statement)
    whole = total(groups)
    statements = [statement, covered]
    if arguments.by == "weekday":
        sold = build([metric_named("net_sales")], windows, "day", context.scope)
        dates = [group.key for group in fetch(context.mirror, sold)]
        statements.append(sold)
        units = {
            day: Decimal(sum(1 for one in dates if _weekday(one) == day)) for day in (name.title() for name in WEEKDAYS)
        }
        groups = fold(groups, "weekday")
        all_units = Decimal(len(dates))
    else:
        all_units = _divisor(asked, arguments.per, statements)
        units = {group.key: all_units for group in groups}
    made = _Rates(
        asked, metric, arguments.per, arguments.by, _rows(asked, metric, groups, units, by_weekday=by == "day"),
        _Row("", _value(asked, metric, whole), all_units),
    )  # fmt: skip
    first = _headline(made, arguments.weekday)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made),
        chart=_chart(made),
        caveats=(*_remarks(made), *caveats(asked, [metric], days), *unknown_cost([metric], whole)),
        follow_ups=(
            f"Average daily sales by store {asked.when_again}",
            f"Net sales by {arguments.by} {asked.when_again}",
        ),
        provenance=stands_on(asked, (metric.name, f"{metric.name}_{SUFFIX[arguments.per]}"), statements),
    )


def _weekday(key: str) -> str:
    return fold([Group(key, {})], "weekday")[0].key


def _divisor(asked: Frame, per: Per, statements: list[Statement]) -> Decimal:
    """Days on which any store sold, or the floor of the stores.

    Raises:
        NoDataError: the floor area of a store is not recorded.
    """
    context = asked.context
    if per in ("day", "week"):
        statements.append(build_trading_days(asked.windows(), context.scope))
        days = Decimal(context.mirror.query(statements[-1].sql, statements[-1].params).rows[0][0])
        return days if per == "day" else days / 7
    statements.append(build_areas(asked.stores.ids, context.scope))
    areas = [decimal(row[1]) for row in context.mirror.query(statements[-1].sql, statements[-1].params).rows]
    if not areas or any(not area for area in areas):
        raise NoDataError(
            f"The floor area of {asked.stores.label} is not recorded for every store (column floor_area_m2 of a store)."
        )
    area = sum((one for one in areas if one), Decimal(0))
    return area if per == "square_metre" else area / SQUARE_FOOT


def _value(asked: Frame, metric: Metric, group: Group) -> Decimal:
    value = group.value(metric, asked.exponent)
    if value is None:
        raise NoDataError(f"{metric.label}{asked.subject} {asked.when} is not known.")
    return value


def _rows(
    asked: Frame, metric: Metric, groups: Sequence[Group], units: Mapping[str, Decimal], *, by_weekday: bool
) -> list[_Row]:
    found = []
    for group in groups:
        value = group.value(metric, asked.exponent)
        if value is not None and units.get(group.key):
            found.append(_Row(group.key or "Unknown", value, units[group.key]))
    if not found:
        raise NoDataError(f"Nothing was sold{asked.subject} {asked.when}, {asked.stores.label}.")
    if by_weekday:
        return sorted(found, key=lambda row: WEEKDAYS.index(row.name.lower()))
    return sorted(found, key=lambda row: (-row.rate, row.name))


def _headline(made: _Rates, weekday: str | None) -> str:
    asked = made.asked
    what = f"{made.metric.label}{asked.subject} per {SAID[made.per]} by {made.by} {asked.when}, {asked.stores.label}"
    one = next((row for row in made.rows if weekday and row.name.lower() == weekday.strip().lower()), None)
    if weekday and one is None:
        raise BadArgumentError(f"weekday: “{weekday}” is no day with sales in this period; write it as “Saturday”.")
    if one is not None:
        return (
            f"{made.metric.label}{asked.subject} on an average {one.name} {asked.when}, {asked.stores.label}:"
            f" {made.said(one.rate)}, from {counted(int(one.units), 'day')}; an average day has"
            f" {made.said(made.whole.rate)}."
        )
    best = max(made.rows, key=lambda row: row.rate)
    return (
        f"{what}: {best.name} is highest with {made.said(best.rate)}; all together it is {made.said(made.whole.rate)}."
    )


def _sentences(made: _Rates) -> list[str]:
    if made.by == "weekday":
        return [f"By weekday: {'; '.join(f'{row.name} {made.said(row.rate)}' for row in made.rows)}."]
    rest = made.rows[1:SHOWN]
    if not rest:
        return []
    said = "; ".join(f"{place}. {row.name} {made.said(row.rate)}" for place, row in enumerate(rest, 2))
    return [f"Then {said} ({counted(len(made.rows), 'group')} in all, over {made.size(made.whole.units)})."]


def _figures(made: _Rates) -> list[Figure]:
    asked, metric = made.asked, made.metric
    unit, name = metric.unit(asked.currency), f"{metric.name}_{SUFFIX[made.per]}"
    found = [figure(asked, name, metric.text(made.whole.rate, asked.exponent), unit)]
    for row in made.rows[:MOST_ROWS]:
        group = {made.by: row.name}
        found += [
            figure(asked, name, metric.text(row.rate, asked.exponent), unit, group),
            figure(asked, metric.name, metric.text(row.amount, asked.exponent), unit, group),
        ]
    return found


def _table(made: _Rates) -> Table:
    asked, metric = made.asked, made.metric
    unit = metric.unit(asked.currency)
    size = (
        ("Days", "count")
        if made.per == "day"
        else ("Weeks", "ratio")
        if made.per == "week"
        else (f"Floor of the stores, {SAID[made.per]}", made.per)
    )
    columns = (
        TableColumn(made.by.capitalize(), "text"), TableColumn(metric.label, unit), TableColumn(*size),
        TableColumn(f"{metric.label} per {SAID[made.per]}", unit),
    )  # fmt: skip
    rows = [
        (
            row.name, metric.text(row.amount, asked.exponent),
            int(row.units) if made.per == "day" else number_text(row.units, 2 if made.per == "week" else 0),
            metric.text(row.rate, asked.exponent),
        )
        for row in made.rows[:MOST_ROWS]
    ]  # fmt: skip
    return Table(columns, rows)


def _chart(made: _Rates) -> Chart | None:
    if not 2 <= len(made.rows) <= 20:
        return None
    values = tuple(float(made.metric.rounded(row.rate, made.asked.exponent)) for row in made.rows)
    title = (
        f"{made.metric.label}{made.asked.subject} per {SAID[made.per]}, {made.asked.stores.label}, {made.asked.when}"
    )
    unit = made.metric.unit(made.asked.currency)
    return Chart("bar", title, tuple(row.name for row in made.rows), {made.metric.label: values}, unit)


def _remarks(made: _Rates) -> list[str]:
    if made.per not in ("day", "week"):
        return [f"How much floor each {made.by} has is not recorded: its sales are divided by the whole floor."]
    return ["Divided by days on which any of the stores sold, so a day closed is none."]
