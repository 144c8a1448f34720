"""How far off the outlook would have been: the same reckoning for weeks that are over, held against what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import stands_on
from tools.analysis.calendar import week_of
from tools.analysis.outlook import WEEKS
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, coverage, frame, one_currency, require_sales
from tools.metrics import metric_named
from tools.metrics.breakdown_plan import Condition, Cut, Plan
from tools.metrics.cells import Cell, fetch_cells
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.model import Metric
from tools.metrics.query import Statement, Window
from tools.overview.accuracy_shown import Off, Shown, Trial, figures, headline, sentences, table
from tools.overview.outlook_series import reach_of
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, Part, part_of
from tools.products import unnamed
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import lookup
from tools.stores import StoreSet
from tools.wording import counted, listed, span

BEST_SELLERS = 100
"""Of products only so many are looked at, those that sold most: the others sell too seldom to be foretold."""


class OutlookAccuracyArguments(Arguments):
    """Arguments of ``outlook_accuracy``."""

    period: str = Field(
        default="last 8 weeks", max_length=120, description="Weeks that are over, in the asker's own words."
    )
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    metric: Literal["net_sales", "units", "transactions", "gross_margin"] = Field(
        default="net_sales", description="Which figure was to be foretold; transactions only of whole stores."
    )
    by: Literal["store", "department", "category", "product"] | None = Field(
        default=None, description="A row for each; without it a row for each week."
    )
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    order: Literal["error", "accurate", "over", "under"] = Field(
        default="error", description="With by: least or most accurate first, most expected too much or too little."
    )
    limit: int = Field(default=10, ge=1, le=100, description="How many rows.")


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The Mondays of the weeks looked at, and of all weeks that they are reckoned from."""

    judged: tuple[date, ...]
    first: date

    @property
    def last_day(self) -> date:
        return self.judged[-1] + timedelta(days=6)


@tool()
@each_currency
def outlook_accuracy(arguments: OutlookAccuracyArguments, context: ToolContext) -> ToolResult:
    """How accurate an outlook on each past week would have been, and whether it expected too much or too little.

    Use it for “forecast accuracy by department”, “forecast bias”, “MAPE by store”, “which products do we
    over-forecast”, “how reliable are your forecasts”. No forecasts are kept: this is the reckoning of
    ``sales_outlook`` (the mean of the eight weeks before) done again for weeks that are over. Error is the sum of the
    differences without their signs, bias with them, each as a share of what came. Days to come are ``sales_outlook``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    one_currency(asked, "")
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    asked = replace(asked, part=part)
    if part and arguments.by in ("department", "category", "product") and arguments.product:
        raise BadArgumentError(f"“by” cannot be {arguments.by} where one product is asked for; leave it out.")
    metric = metric_named(arguments.metric)
    if not metric.by_product and (part or arguments.by not in (None, "store")):
        raise BadArgumentError(f"{metric.label} is only known of whole stores; ask for net_sales or units.")
    weeks = _weeks(asked)
    asked, without = _traded_throughout(asked, weeks)
    windows = [replace(window, start_on=weeks.first, end_on=weeks.last_day) for window in asked.windows()]
    asked = _over(asked, weeks)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    where = _conditions(part)
    statements: list[Statement] = []
    if arguments.by == "product":
        best, read = _best(asked, metric, where, context)
        where, statements = (*where, Condition(DIMENSIONS["product"], best)), read
    whole, read = _weekly(None, metric, where, windows, context)
    statements += read
    total = _off("", "", whole.get("", {}), weeks)
    if total is None:
        raise NoDataError(f"Nothing was sold{asked.subject} at {asked.stores.label} in some of these weeks.")
    groups: list[Off] = []
    left = 0
    if arguments.by:
        found, read = _weekly(arguments.by, metric, where, windows, context)
        statements += read
        names = _names(arguments.by, list(found), asked)
        made = [_off(key, names.get(key, key), weekly, weeks) for key, weekly in found.items()]
        groups = sorted((one for one in made if one), key=lambda one: _place(arguments.order, one))
        left = made.count(None)
    how = Shown(arguments.by, arguments.order, arguments.limit)
    first = headline(asked, metric, total, groups, how)
    return ToolResult(
        headline=first,
        text=" ".join([first, *sentences(asked, metric, total, groups, how)]),
        figures=tuple(figures(asked, metric, total, groups, how)),
        table=table(asked, metric, total, groups, how),
        chart=None,
        caveats=(*_caveats(arguments, left), *without),
        follow_ups=(f"Forecast next week's sales{asked.same_part_and_stores}", "Forecast accuracy by department"),
        provenance=stands_on(asked, (metric.name,), [*statements, covered]),
    )


def _weeks(asked: Frame) -> _Weeks:
    """The whole weeks of the period that are over and have eight whole weeks of data before them.

    Raises:
        BadArgumentError: the period holds no whole week that is over.
        NoDataError: the data does not reach far enough back for any of them.
    """
    reach = reach_of(asked.stores.stores, min(store.today(asked.now) for store in asked.stores.stores))
    end = min(asked.end_on, reach.known_to)
    monday = week_of(asked.start_on, WEEK_START)
    monday = monday if monday == asked.start_on else monday + timedelta(days=7)
    mondays = []
    while monday + timedelta(days=6) <= end:
        mondays.append(monday)
        monday += timedelta(days=7)
    if not mondays:
        raise BadArgumentError(
            f"“period” must hold a whole week, Monday to Sunday, that is over; {asked.when} holds none. Say “last 8"
            " weeks”."
        )
    first_on = reach.begun[0][0]
    usable = [one for one in mondays if one - timedelta(days=7 * WEEKS) >= first_on]
    if not usable:
        raise NoDataError(
            f"An outlook is reckoned from the {WEEKS} weeks before; the data begins on {first_on:%d %b %Y}, so there"
            f" is none for {asked.when}."
        )
    return _Weeks(tuple(usable), usable[0] - timedelta(days=7 * WEEKS))


def _traded_throughout(asked: Frame, weeks: _Weeks) -> tuple[Frame, list[str]]:
    """The question for the stores that sold from the first of these weeks to the last, and which others there are.

    The weeks before a store opened would be expected of it as weeks without sales, and those after it closed as sales.
    """
    left = {
        store.store_id: f"begins on {span(store.first_on, store.first_on)}"
        if store.first_on > weeks.first + timedelta(days=6)
        else f"ends on {span(store.last_on, store.last_on)}"
        for store in asked.stores.stores
        if store.first_on and store.last_on
        if store.first_on > weeks.first + timedelta(days=6) or store.last_on <= weeks.last_day - timedelta(days=7)
    }
    kept = tuple(store for store in asked.stores.stores if store.store_id not in left)
    if not left or not kept:
        return asked, []
    label = kept[0].name if len(kept) == 1 else counted(len(kept), "store")
    said = listed([f"{asked.stores.name(store_id)}, which {why}" for store_id, why in left.items()])
    asked = replace(
        asked, stores=StoreSet(kept, label), period=asked.periods[kept[0].store_id],
        periods={store.store_id: asked.periods[store.store_id] for store in kept},
    )  # fmt: skip
    return asked, [f"Left out: {said}; only stores that traded in all of these weeks and the {WEEKS} before count."]


def _over(asked: Frame, weeks: _Weeks) -> Frame:
    """The question over exactly the weeks looked at."""
    label = f"{counted(len(weeks.judged), 'week')} that are over" if len(weeks.judged) > 1 else "one week that is over"
    periods = {
        store: replace(period, start_on=weeks.judged[0], end_on=weeks.last_day, label=label)
        for store, period in asked.periods.items()
    }
    return replace(asked, periods=periods, period=periods[asked.stores.stores[0].store_id])


def _conditions(part: Part | None) -> tuple[Condition, ...]:
    if part is None:
        return ()
    named = (
        ("department", part.only.departments), ("category", part.only.categories), ("product", part.only.variants)
    )  # fmt: skip
    return tuple(Condition(DIMENSIONS[name], values) for name, values in named if values)


def _best(
    asked: Frame, metric: Metric, where: tuple[Condition, ...], context: ToolContext
) -> tuple[tuple[str, ...], list[Statement]]:
    """The products that sold most over the weeks looked at."""
    plan = Plan((DIMENSIONS["product"],), where, WEEK_START)
    cells, read = fetch_cells(context.mirror, [metric], plan, asked.windows(), context.scope, Cut(BEST_SELLERS))
    keys = tuple(cell.keys[0] for cell in cells if cell.keys[0])
    if not keys:
        raise NoDataError(f"Nothing was sold{asked.subject} {asked.when}, {asked.stores.label}.")
    return keys, read


def _weekly(
    by: str | None, metric: Metric, where: tuple[Condition, ...], windows: Sequence[Window], context: ToolContext
) -> tuple[dict[str, dict[date, Decimal]], list[Statement]]:
    """What each group came to in every week, by its Monday; minor units for money."""
    dimensions = ((DIMENSIONS[by],) if by else ()) + (DIMENSIONS["week"],)
    cells, read = fetch_cells(
        context.mirror, [metric], Plan(dimensions, where, WEEK_START), windows, context.scope
    )  # fmt: skip
    found: dict[str, dict[date, Decimal]] = {}
    for cell in cells:
        key = cell.keys[0] if by else ""
        found.setdefault(key, {})[date.fromisoformat(cell.keys[-1])] = _sum(cell, metric)
    return found, read


def _sum(cell: Cell, metric: Metric) -> Decimal:
    return cell.sums.get(f"n_{metric.name}") or Decimal(0)


def _off(key: str, name: str, weekly: Mapping[date, Decimal], weeks: _Weeks) -> Off | None:
    """How far off a group was; None for one that did not sell in each of the weeks looked at, or is too new for them.

    What sold in each of them and in none before some week was not there before it: those weeks count for nothing.
    """
    made = []
    first = min((monday for monday, value in weekly.items() if value > 0), default=weeks.first)
    for monday in weeks.judged:
        actual = weekly.get(monday, Decimal(0))
        if actual <= 0:
            return None
        before = [
            weekly.get(earlier, Decimal(0))
            for number in range(1, WEEKS + 1)
            if (earlier := monday - timedelta(days=7 * number)) >= first
        ]
        if len(before) < WEEKS // 2:
            return None
        made.append(Trial(monday, sum(before, Decimal(0)) / len(before), actual))
    return Off(key, name, tuple(made))


def _place(order: str, one: Off) -> tuple[Decimal, str]:
    value = {"error": -one.error, "accurate": one.error, "over": -one.bias, "under": one.bias}[order]
    return value, one.name


def _names(by: str, keys: Sequence[str], asked: Frame) -> dict[str, str]:
    if by == "store":
        return {key: asked.stores.name(key) for key in keys}
    if by == "product":
        known = lookup([key for key in keys if key], asked.context)
        return {key: (known.get(key) or unnamed(key)).name for key in keys}
    return {}


def _caveats(arguments: OutlookAccuracyArguments, left: int) -> list[str]:
    said = [
        (
            f"No forecasts are kept. Each week is reckoned from the {WEEKS} weeks before it, as “forecast next week's"
            f" sales”"
            " does; a forecast of your own would have to be loaded to be judged."
        ),
    ]
    if arguments.by == "product":
        said.append(f"Only the {BEST_SELLERS} products that sold most are looked at.")
    if left:
        said.append(f"{counted(left, 'group')} without sales in some of these weeks, or too new for them, left out.")
    return said
