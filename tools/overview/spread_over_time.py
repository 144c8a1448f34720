"""How much a figure swings from day to day: mean, median, standard deviation, quartiles, the lowest and the highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text, stands_on
from tools.analysis.group_keys import key_days
from tools.analysis.quantiles import between
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics import metric_named
from tools.metrics.evaluate import Group, decimal, fetch, fold
from tools.metrics.model import Metric, UnitKind
from tools.metrics.query import Statement, build
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.sales import is_whole
from tools.splits import title
from tools.wording import counted, spoken

Each = Literal["day", "week", "month"]
FEWEST = 5
"""Of fewer days, weeks or months no standard deviation is told."""
_USUAL = {"day": "last 12 weeks", "week": "all time", "month": "all time"}


class SpreadOverTimeArguments(Arguments):
    """Arguments of ``spread_over_time``."""

    metric: str = Field(default="net_sales", max_length=60, description="Which figure: net_sales, transactions ...")
    each: Each = Field(default="day", description="The figure of each day, week or month is taken.")
    period: str | None = Field(default=None, max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    by: Literal["store", "department", "category"] | None = Field(
        default=None, description="If the spread of each store, department or category by itself is asked for."
    )
    order: Literal["top", "bottom"] = Field(
        default="top", description="Which group comes first: the one that swings most (top), or the steadiest (bottom)."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@dataclass(frozen=True, slots=True)
class Spread:
    """The figures of some days, weeks or months in the metric's unit, unrounded and sorted, each with its key."""

    values: Sequence[tuple[Decimal, str]]

    @property
    def mean(self) -> Decimal:
        """Their mean, each counting once."""
        return sum((value for value, _ in self.values), Decimal(0)) / len(self.values)

    @property
    def deviation(self) -> Decimal | None:
        """The standard deviation of a sample (over n - 1); None with too few to tell."""
        if len(self.values) < FEWEST:
            return None
        mean = self.mean
        return (sum(((value - mean) ** 2 for value, _ in self.values), Decimal(0)) / (len(self.values) - 1)).sqrt()

    def quantile(self, twentieths: int) -> Decimal:
        """By linear interpolation."""
        place = (len(self.values) - 1) * twentieths // 20
        above = min(place + 1, len(self.values) - 1)
        return between(self.values[place][0], self.values[above][0], len(self.values), twentieths)


@dataclass(frozen=True, slots=True)
class _Made:
    asked: Frame
    metric: Metric
    each: Each
    whole: Spread
    by: str | None
    groups: Mapping[str, Spread]
    steadiest: bool

    @property
    def first(self) -> str:
        """In which order groups are told."""
        return f"{'least' if self.steadiest else 'most'} against its own mean"

    def name(self, key: str) -> str:
        return self.asked.stores.name(key) if self.by == "store" else key

    def said(self, value: Decimal) -> str:
        return spoken(self.metric, value, self.asked.currency)

    def swing(self, deviation: Decimal) -> str:
        """A standard deviation; that of a share is in points."""
        said = self.said(deviation)
        return said.replace(" %", " points") if self.metric.unit_kind is UnitKind.PERCENT else said


@tool()
@each_currency
def spread_over_time(arguments: SpreadOverTimeArguments, context: ToolContext) -> ToolResult:
    """How much a figure swings from day to day, week to week or month to month: its standard deviation and quartiles.

    Use it for “standard deviation of daily sales”, “how volatile are weekly sales”, “median daily transactions last
    month”, “which store's sales swing most”, “which is steadiest” (by store, order), “deviation of weekly sales by
    department”. Each day,
    week or month counts once and only whole ones do; the day that is not over is left out. The spread of single baskets
    is ``basket_statistics``, of prices ``price_bands``; an average day alone is ``sales_rates``.
    """
    metric = metric_named(arguments.metric)
    asked = frame(arguments.period or _USUAL[arguments.each], arguments.stores, context).in_whole_days()
    one_currency(asked, "")
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    if (part or arguments.by in ("department", "category")) and not metric.by_product:
        of = part.label if part else f"each {arguments.by}"
        raise BadArgumentError(f"{metric.label} is only known of whole stores; ask for net_sales or units of {of}.")
    asked = replace(asked, part=part)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    sold = _traded(asked, None, statements := [covered])
    whole = _spread(asked, metric, arguments.each, sold, statements)
    if whole is None:
        raise NoDataError(
            f"No whole {arguments.each} of {metric.label.lower()}{asked.subject} is known {asked.when}; ask about a"
            " longer period."
        )
    groups: dict[str, Spread] = {}
    for store in asked.stores.stores if arguments.by == "store" else ():
        mine = _alone(asked, store.store_id)
        own = _spread(mine, metric, arguments.each, _traded(mine, store.store_id, statements), statements)
        if own is not None:
            groups[store.store_id] = own
    if arguments.by in ("department", "category"):
        groups = _of_shelves(asked, metric, arguments.each, str(arguments.by), sold, statements)
    made = _Made(asked, metric, arguments.each, whole, arguments.by, groups, arguments.order == "bottom")
    first = _headline(made)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made),
        chart=_chart(made),
        caveats=(*_remarks(made), *caveats(asked, [metric], days)),
        follow_ups=(
            f"Average daily sales by weekday {asked.when_again}{asked.same_part_and_stores}",
            f"{metric.label} {asked.when_again} by {arguments.each}{asked.same_part_and_stores}",
        ),
        provenance=stands_on(asked, (metric.name,), statements),
    )


def _alone(asked: Frame, store_id: str) -> Frame:
    """The same question of one store."""
    store = asked.stores.by_id[store_id]
    stores = replace(asked.stores, stores=(store,), label=store.name)
    return replace(asked, stores=stores, period=asked.periods[store_id], periods={store_id: asked.periods[store_id]})


def _traded(asked: Frame, store_id: str | None, statements: list[Statement]) -> list[str]:
    """The dates on which any of the stores sold anything."""
    statement = build([metric_named("net_sales")], asked.windows(), "day", asked.context.scope)
    if store_id is None:
        statements.append(statement)
    return [group.key for group in fetch(asked.context.mirror, statement)]


def _spread(
    asked: Frame, metric: Metric, each: Each, traded: Sequence[str], statements: list[Statement]
) -> Spread | None:
    """The figures of whole days, weeks or months; a trading day without a sale of a part counts as nought."""
    statement = build([metric], asked.windows(), "day", asked.context.scope, asked.part.only if asked.part else None)
    statements.append(statement)
    groups = {group.key: group for group in fetch(asked.context.mirror, statement)}
    if asked.part:
        return _of_days(asked, metric, each, groups, traded)
    return _of_days(asked, metric, each, groups, list(groups))


def _of_shelves(
    asked: Frame, metric: Metric, each: Each, by: str, traded: Sequence[str], statements: list[Statement]
) -> dict[str, Spread]:
    """The spread of each department or category; a trading day on which nothing of it sold counts as nought."""
    statement = build(
        [metric], asked.windows(), f"{by}_day", asked.context.scope, asked.part.only if asked.part else None
    )
    statements.append(statement)
    result = asked.context.mirror.query(statement.sql, statement.params)
    days: dict[str, dict[str, Group]] = {}
    for row in result.rows:
        on = row[0].isoformat()
        sums = {name: decimal(cell) for name, cell in zip(result.columns[2:], row[2:], strict=True)}
        days.setdefault(str(row[1]), {})[on] = Group(on, sums)
    made = {key: _of_days(asked, metric, each, groups, traded) for key, groups in sorted(days.items())}
    return {key: one for key, one in made.items() if one is not None}


def _of_days(
    asked: Frame, metric: Metric, each: Each, groups: Mapping[str, Group], traded: Sequence[str]
) -> Spread | None:
    nothing = {f"n_{metric.name}": Decimal(0)} if metric.is_sum else {}
    days = [groups.get(day, Group(day, nothing)) for day in traded]
    kept = days if each == "day" else fold(days, each, WEEK_START)
    values = [
        (value, group.key)
        for group in kept
        if is_whole(asked, each, group.key) and (value := group.value(metric, asked.exponent)) is not None
    ]
    return Spread(sorted(values)) if values else None


def _headline(made: _Made) -> str:
    whole, deviation = made.whole, made.whole.deviation
    what = f"{made.metric.label}{made.asked.subject} by {made.each} {made.asked.when}, {made.asked.stores.label}"
    number = counted(len(whole.values), made.each)
    if deviation is None:
        return (
            f"{what}: {number} only, too few to tell a standard deviation (it takes {FEWEST}); the mean is"
            f" {made.said(whole.mean)}."
        )
    share = f" ({_share(whole)} % of the mean)" if whole.mean > 0 else ""
    middle = f"mean {made.said(whole.mean)}, median {made.said(whole.quantile(10))}"
    first = _by_swing(made)[:1]
    at = "at" if made.by == "store" else "in"
    most = f"{made.first} {at} {first[0]}; all together: " if len(made.groups) > 1 and first else ""
    return f"{what}: {most}standard deviation {made.swing(deviation)}{share}, {middle}, over {number}."


def _by_swing(made: _Made) -> list[str]:
    """Each group with its deviation, the one that swings most against its own mean first, or least where so asked.

    What sells nothing on half of the days or more is not named: its swings are those of rare sales.
    """
    told = [
        (key, one)
        for key, one in made.groups.items()
        if one.deviation is not None and (one.mean if made.by == "store" else one.quantile(10)) > 0
    ]
    sign = 1 if made.steadiest else -1
    told.sort(key=lambda pair: (sign * (pair[1].deviation or Decimal(0)) / pair[1].mean, pair[0]))
    return [
        f"{made.name(key)} {made.swing(one.deviation or Decimal(0))} ({_share(one)} %, median"
        f" {made.said(one.quantile(10))})"
        for key, one in told
    ]


def _share(spread: Spread) -> str:
    return number_text((spread.deviation or Decimal(0)) * 100 / spread.mean, 1) or ""


def _sentences(made: _Made) -> list[str]:
    whole, stores = made.whole, made.asked.stores
    low, high = (made.said(whole.quantile(twentieths)) for twentieths in (5, 15))
    (least, first), (most, last) = whole.values[0], whole.values[-1]
    lowest, highest = (title(made.each, key, stores) for key in (first, last))
    said = [
        f"The middle half lies between {low} and {high}.",
        f"Lowest {made.said(least)} ({lowest}), highest {made.said(most)} ({highest}).",
    ]
    if each := _by_swing(made):
        said.append(f"By {made.by}, {made.first} first: {'; '.join(each[:6])}.")
    return said


def _figures(made: _Made) -> list[Figure]:
    asked, metric = made.asked, made.metric
    unit = metric.unit(asked.currency)

    def of(spread: Spread, group: Mapping[str, str], stores: Sequence[str]) -> list[Figure]:
        values = {
            "standard_deviation": spread.deviation,
            "mean": spread.mean,
            "median": spread.quantile(10),
            "lower_quartile": spread.quantile(5),
            "upper_quartile": spread.quantile(15),
        }
        found = [
            figure(asked, f"{metric.name}.{name}_by_{made.each}", metric.text(value, asked.exponent), unit, group,
                   stores=stores)
            for name, value in values.items()
        ]  # fmt: skip
        for name, (value, key) in (("lowest", spread.values[0]), ("highest", spread.values[-1])):
            days = key_days(made.each, key, asked.start_on, asked.end_on)
            text = metric.text(value, asked.exponent)
            found.append(
                figure(asked, f"{metric.name}.{name}_{made.each}", text, unit, group, stores=stores, days=days)
            )
        found.append(figure(asked, f"{made.each}s", len(spread.values), "count", group, stores=stores))
        return found

    figures = of(made.whole, {}, ())
    for key, spread in made.groups.items():
        figures += of(spread, {str(made.by): key}, (key,) if made.by == "store" else ())
    return figures


def _table(made: _Made) -> Table:
    asked, metric = made.asked, made.metric
    unit = metric.unit(asked.currency)
    columns = [TableColumn(str(made.by).capitalize(), "text")] if made.groups else []
    columns += [
        TableColumn(f"{made.each.capitalize()}s", "count"),
        TableColumn("Mean", unit),
        TableColumn("Median", unit),
    ]
    columns += [TableColumn("Standard deviation", unit), TableColumn("Lowest", unit), TableColumn("Highest", unit)]

    def row(name: str, spread: Spread) -> tuple[str | int | None, ...]:
        values = (spread.mean, spread.quantile(10), spread.deviation, spread.values[0][0], spread.values[-1][0])
        shown = tuple(metric.text(value, asked.exponent) for value in values)
        return (*((name,) if made.groups else ()), len(spread.values), *shown)

    rows = [row(asked.stores.label, made.whole)]
    rows += [row(made.name(key), spread) for key, spread in made.groups.items()]
    return Table(tuple(columns), rows)


def _chart(made: _Made) -> Chart | None:
    asked, metric = made.asked, made.metric
    if not 2 <= len(made.whole.values) <= 100:
        return None
    points = sorted((key, value) for value, key in made.whole.values)
    names = tuple(title(made.each, key, asked.stores) for key, _ in points)
    values = tuple(float(metric.rounded(value, asked.exponent)) for _, value in points)
    heading = f"{metric.label}{asked.subject} by {made.each}, {asked.stores.label}, {asked.when}"
    return Chart("line", heading, names, {metric.label: values}, metric.unit(asked.currency))


def _remarks(made: _Made) -> list[str]:
    said = [f"The standard deviation of a sample (over n - 1); each {made.each} with sales counts once."]
    if made.each == "day":
        said.append("Days of all weekdays are together, so a part of the spread is the rhythm of the week.")
    else:
        said.append(f"Only whole {made.each}s within the period and the data count.")
    if made.by in ("department", "category"):
        rare = sum(1 for one in made.groups.values() if one.quantile(10) <= 0)
        said.append(f"A {made.each} in which nothing of a {made.by} was sold counts as nought for it.")
        if rare:
            of = f"{rare} of {len(made.groups)} that sold in half of the {made.each}s or fewer"
            said.append(f"{of} are in the table and not named: their swings are those of rare sales.")
    elif made.asked.part:
        said.append(f"A trading day without a sale of {made.asked.part.label} counts as nought.")
    return said
