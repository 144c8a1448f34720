"""What an average day sees, and what the floor earns: a sum over days with sales or over floor area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, rounded, stands_on
from tools.context import ToolContext
from tools.directory import Store
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.margin.unknown_cost import unknown_cost
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, decimal, fetch
from tools.metrics.model import Fact, Metric
from tools.metrics.query import Statement, build
from tools.metrics.targets_query import build_areas, build_trading_days
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, Part, countable, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed, spoken

Per = Literal["day", "week", "square_metre", "square_foot"]
SQUARE_FOOT = Decimal("0.09290304")
"""In square metres, by definition."""
SAID = {"day": "day", "week": "week", "square_metre": "m²", "square_foot": "sq ft"}
SUFFIX = {"day": "per_day", "week": "per_week", "square_metre": "per_m2", "square_foot": "per_sqft"}
MOST_SHOWN = 100
_WEEKLY = ("An average week is seven average days.",)


class SalesRatesArguments(Arguments):
    """Arguments of ``sales_rates``."""

    per: Per = Field(
        default="day", description="A day with sales, seven such days (week), a square metre or square foot."
    )
    metric: str = Field(
        default="net_sales", max_length=60, description="What is averaged: net_sales, transactions, labour_hours ..."
    )
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words: “north stores”."
    )
    by: Literal["store"] | None = Field(default=None, description="“store” if each store's own figure is asked for.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@dataclass(frozen=True, slots=True)
class _Row:
    """A store's sum in the metric's unit, and what it is divided by."""

    store: Store
    amount: Decimal
    units: Decimal

    @property
    def rate(self) -> Decimal:
        return self.amount / self.units


@dataclass(frozen=True, slots=True)
class _Rates:
    """All that is shown; ``units`` of the whole are days on which any store sold, or the area of the stores counted."""

    asked: Frame
    metric: Metric
    per: Per
    rows: Sequence[_Row]
    units: Decimal
    unknown: Sequence[Store]

    @property
    def amount(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def rate(self) -> Decimal:
        return self.amount / self.units

    def said(self, value: Decimal) -> str:
        return spoken(self.metric, value, self.asked.currency)

    @property
    def seen(self) -> str:
        """What a day must have had to count: “sales”, “visitors”."""
        return _seen(self.metric)

    def size(self, units: Decimal) -> str:
        if self.per == "day":
            return f"{counted(int(units), 'day')} with {self.seen}"
        if self.per == "week":
            return f"{rounded(units * 7, 0):,f} days with {self.seen}"
        return f"{rounded(units, 0):,f} {SAID[self.per]}"


@tool()
@each_currency
def sales_rates(arguments: SalesRatesArguments, context: ToolContext) -> ToolResult:
    """An average day, or the return on floor space: a metric per day with sales, per square metre or per square foot.

    Use it for “average daily sales last month”, “average labour hours a day by store”, “sales per square foot”, “sales
    per m² by store”. Per day divides by the days on which there were sales: for all stores together the days on which
    any of them sold, for a store its own. Per area divides the sales of the whole period by the floor area, for stores
    whose area is known. Only sums have a rate, no percentages. Floor by department is ``space_to_sales``.
    """
    metric = sum_named(arguments.metric, beside=arguments.per in ("day", "week"))
    asked = frame(arguments.period, arguments.stores, context)
    if asked.unfinished() and asked.period.days > 1:
        asked = asked.without_today()
    one_currency(asked, "")
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if part and not metric.by_product:
        raise BadArgumentError(
            f"{metric.label} is only known of whole stores; ask for net_sales or units of {part.label}."
        )
    asked = replace(asked, part=part)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    statement = build([metric], windows, "store", context.scope, part.only if part else None)
    groups = {group.key: group for group in fetch(context.mirror, statement)}
    own, together, counts = _counted(asked, metric) if metric.facts != (Fact.SALES,) else (days, None, None)
    divisor, made_up, read = _divisors(asked, arguments.per, own)
    chosen = [store for store in asked.stores.stores if store.store_id in own]
    rows = [
        _Row(store, _amount(asked, part, metric, groups, store), divisor[store.store_id])
        for store in chosen
        if store.store_id in divisor
    ]
    if not rows and counts is not None:
        raise NoDataError(f"{metric.label} of {asked.stores.label} {asked.when} is not known.")
    if not rows:
        raise NoDataError(
            f"The floor area of {asked.stores.label} is not recorded. It is the column floor_area_m2 of a store."
        )
    units = sum((row.units for row in rows), Decimal(0))
    statements = [statement, read, covered, *([counts] if counts else ())]
    if arguments.per in ("day", "week"):
        if together is None:
            statements.append(build_trading_days(windows, context.scope))
            together = int(context.mirror.query(statements[-1].sql, statements[-1].params).rows[0][0])
        units = Decimal(together) / 7 if arguments.per == "week" else Decimal(together)
    unknown = [store for store in chosen if store.store_id not in divisor]
    rows.sort(key=lambda row: (-row.rate, row.store.name))
    made = _Rates(asked, metric, arguments.per, rows, units, unknown)
    whole = Group("", _added(groups, rows))
    first = _headline(made, by_store=arguments.by == "store")
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made, by_store=arguments.by == "store")]),
        figures=tuple(_figures(made)),
        table=_table(made) if len(rows) > 1 else None,
        chart=_chart(made),
        caveats=(*_remarks(made, made_up=made_up), *caveats(asked, [metric], days), *unknown_cost([metric], whole)),
        follow_ups=(
            f"Net sales {asked.when_again} by store{asked.same_part_and_stores}",
            f"Net sales {asked.when_again} by weekday{asked.same_part_and_stores}",
        ),
        provenance=stands_on(asked, (metric.name, f"{metric.name}_{SUFFIX[arguments.per]}"), statements),
    )


def _seen(metric: Metric) -> str:
    return "sales" if metric.facts == (Fact.SALES,) else metric.label.lower()


def _counted(asked: Frame, metric: Metric) -> tuple[dict[str, int], int, Statement]:
    """On how many days what is no sum of sales is known: of each store, of any of them, and where that was read."""
    statement = build([metric], asked.windows(), "store_day", asked.context.scope)
    found = asked.context.mirror.query(statement.sql, statement.params).dicts()
    known = [row for row in found if row[f"n_{metric.name}"] is not None]
    days: dict[str, int] = {}
    for row in known:
        days[row["store_id"]] = days.get(row["store_id"], 0) + 1
    return days, len({row["business_on"] for row in known}), statement


def sum_named(name: str, *, beside: bool = False) -> Metric:
    """The metric of that name, if an average of it by day or area means something.

    Args:
        name: what it is called.
        beside: whether visitors and clocked hours, which are counted beside the sales, have one too.

    Raises:
        BadArgumentError: it is no sum over sales.
    """
    metric = metric_named(name)
    if beside and metric.is_sum and metric.facts in ((Fact.TRAFFIC,), (Fact.STAFF,)):
        return metric
    if not metric.is_sum or metric.facts != (Fact.SALES,):
        raise BadArgumentError(
            f"“metric” must be a sum of the sales, such as net_sales, transactions, units or gross_margin;"
            f" {metric.name} has no average by day or area here."
            + (f" sales_breakdown by weekday has {metric.label.lower()} per store and day." if metric.is_sum else "")
        )
    return metric


def _divisors(asked: Frame, per: Per, days: Mapping[str, int]) -> tuple[dict[str, Decimal], bool, Statement]:
    """What each store's sum is divided by, whether areas are made up, and where the areas were read."""
    statement = build_areas(asked.stores.ids, asked.context.scope)
    if per == "day":
        return {store: Decimal(number) for store, number in days.items()}, False, statement
    if per == "week":
        return {store: Decimal(number) / 7 for store, number in days.items()}, False, statement
    found = asked.context.mirror.query(statement.sql, statement.params).rows
    scale = Decimal(1) if per == "square_metre" else SQUARE_FOOT
    areas = {row[0]: area / scale for row in found if (area := decimal(row[1]))}
    return areas, any(row[2] for row in found if row[0] in areas), statement


def _amount(asked: Frame, part: Part | None, metric: Metric, groups: Mapping[str, Group], store: Store) -> Decimal:
    """A store's sum; one that sold nothing of the part has nought.

    Raises:
        NoDataError: the metric is not known of the store's sales, as costs may be.
    """
    group = groups.get(store.store_id)
    if group is None:
        return Decimal(0)
    if part:
        countable(part, [metric], group)
    value = group.value(metric, asked.exponent)
    if value is None:
        raise NoDataError(f"{metric.label} of {store.name} {asked.when} is not known.")
    return value


def _added(groups: Mapping[str, Group], rows: Sequence[_Row]) -> dict[str, Decimal | None]:
    sums: dict[str, Decimal | None] = {}
    for row in rows:
        for name, value in groups[row.store.store_id].sums.items() if row.store.store_id in groups else ():
            sums[name] = (sums.get(name) or Decimal(0)) + (value or Decimal(0))
    return sums


def _headline(made: _Rates, *, by_store: bool) -> str:
    asked = made.asked
    what = f"{made.metric.label}{asked.subject} per {SAID[made.per]} {asked.when}, {asked.stores.label}"
    if by_store and len(made.rows) > 1:
        first = made.rows[0]
        return (
            f"{what}: {first.store.name} is highest with {made.said(first.rate)}; all together it is"
            f" {made.said(made.rate)}."
        )
    verb = "on average" if made.per in ("day", "week") else "of floor"
    return f"{what}: {made.said(made.rate)} {verb}, from {made.said(made.amount)} and {made.size(made.units)}."


def _sentences(made: _Rates, *, by_store: bool) -> list[str]:
    if len(made.rows) < 2:
        return []
    shown = made.rows[:6]
    each = "; ".join(
        f"{row.store.name} {made.said(row.rate)} ({made.said(row.amount)}, {made.size(row.units)})" for row in shown
    )
    more = f"; {len(made.rows) - len(shown)} more in the table" if len(made.rows) > len(shown) else ""
    if by_store:
        return [f"{each}{more}."]
    first, last = made.rows[0], made.rows[-1]
    high, low = (f"{row.store.name} with {made.said(row.rate)}" for row in (first, last))
    return [f"Highest: {high}; lowest: {low}."]


def _figures(made: _Rates) -> list[Figure]:
    asked, metric = made.asked, made.metric
    unit, name = metric.unit(asked.currency), f"{metric.name}_{SUFFIX[made.per]}"
    divided = (
        (f"days_with_{made.seen.replace(' ', '_')}", "count", 0)
        if made.per == "day"
        else (f"weeks_with_{made.seen.replace(' ', '_')}", "count", 2)
        if made.per == "week"
        else (f"floor_{made.per}", made.per, 2)
    )
    found = [
        figure(asked, name, metric.text(made.rate, asked.exponent), unit),
        figure(asked, metric.name, metric.text(made.amount, asked.exponent), unit),
        figure(asked, divided[0], number_text(made.units, divided[2]), divided[1]),
    ]
    for row in made.rows[:MOST_SHOWN] if len(made.rows) > 1 else ():
        group, stores = {"store": row.store.store_id}, (row.store.store_id,)
        found += [
            figure(asked, name, metric.text(row.rate, asked.exponent), unit, group, stores=stores),
            figure(asked, metric.name, metric.text(row.amount, asked.exponent), unit, group, stores=stores),
            figure(asked, divided[0], number_text(row.units, divided[2]), divided[1], group, stores=stores),
        ]
    return found


def _table(made: _Rates) -> Table:
    asked, metric = made.asked, made.metric
    unit = metric.unit(asked.currency)
    size = (
        (f"Days with {made.seen}", "count")
        if made.per == "day"
        else (f"Weeks with {made.seen}", "ratio")
        if made.per == "week"
        else (f"Floor, {SAID[made.per]}", made.per)
    )
    columns = (
        TableColumn("Store", "text"), TableColumn(metric.label, unit), TableColumn(*size),
        TableColumn(f"{metric.label} per {SAID[made.per]}", unit),
    )  # fmt: skip
    rows = [
        (
            row.store.name,
            metric.text(row.amount, asked.exponent),
            int(row.units) if made.per == "day" else number_text(row.units, 2 if made.per == "week" else 0),
            metric.text(row.rate, asked.exponent),
        )
        for row in made.rows[:MOST_SHOWN]
    ]
    return Table(columns, rows)


def _chart(made: _Rates) -> Chart | None:
    if not 2 <= len(made.rows) <= 20:
        return None
    title = f"{made.metric.label}{made.asked.subject} per {SAID[made.per]}, {made.asked.stores.label}"
    values = tuple(float(made.metric.rounded(row.rate, made.asked.exponent)) for row in made.rows)
    names = tuple(row.store.name for row in made.rows)
    unit = made.metric.unit(made.asked.currency)
    return Chart("bar", f"{title}, {made.asked.when}", names, {made.metric.label: values}, unit)


def _remarks(made: _Rates, *, made_up: bool) -> list[str]:
    if made.per in ("day", "week"):
        any_of = "any of them sold" if made.seen == "sales" else f"{made.seen} of any of them are known"
        whole = f"For all stores together these are days on which {any_of}. " if len(made.rows) > 1 else ""
        return [f"{whole}Divided by days with {made.seen}, so a day closed is none.", *_WEEKLY[: made.per == "week"]]
    said = [f"Sales of the whole period divided by the floor area in {SAID[made.per]}; not a rate by year."]
    if made.unknown:
        names = listed([store.name for store in made.unknown])
        said.append(f"The floor area of {names} is not recorded, so they are left out, with their sales.")
    if made_up:
        said.append("The floor areas are simulated, and with them every figure per area.")
    return said
