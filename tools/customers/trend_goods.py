"""What the customers who spend more (or less) over time buy more (or less) of: departments or categories by halves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, number_text
from tools.analysis.few import FEWEST
from tools.analysis.spending import Direction, first_half
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.customers.trends import trends_of, whole_weeks
from tools.errors import NoDataError
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import fetch_cells
from tools.metrics.dimensions import DIMENSIONS
from tools.metrics.query import Statement
from tools.metrics.trend_goods_query import build_halves
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span

LEAST_BUYERS = 20
"""So many of the customers must have bought of a group, that one household's habit is not taken for theirs."""
LEAST_SHARE = Decimal("0.003")
"""So much of what these customers spend a week, in one of the halves: below that a rate of growth says little."""
_HALVES = ("first_net", "later_net")
LEAST_BEFORE = 10
"""So many of them already in the first half: what hardly anybody bought then has no rate of growth."""
SHOWN = 5


class TrendGoodsArguments(Arguments):
    """Arguments of ``trend_goods``."""

    trend: Literal["more", "less"] = Field(default="more", description="Customers who spend more, or less, over time.")
    by: Literal["department", "category", "brand"] = Field(default="category", description="A row for each.")
    order: Literal["grew", "fell"] | None = Field(
        default=None, description="What grew or fell most against all customers; left out, as their spend went."
    )
    period: str = Field(
        default="all time", max_length=120, description="The span to look for a trend in, in the asker's own words."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many rows.")


@dataclass(frozen=True, slots=True)
class _Goods:
    """A group of goods: net sales a week in minor units, buyers in the halves, and how it went with all (per cent)."""

    name: str
    first: Decimal
    later: Decimal
    first_buyers: int
    later_buyers: int
    everybody: Decimal

    @property
    def growth(self) -> Decimal:
        """In per cent of the first half."""
        return 100 * (self.later - self.first) / self.first

    @property
    def against(self) -> Decimal:
        """How often its growth is that of all customers: 2 where theirs doubled and everybody's stayed."""
        return self.later / self.first / (1 + self.everybody / 100)


@tool()
def trend_goods(arguments: TrendGoodsArguments, context: ToolContext) -> ToolResult:
    """Of the customers who spend more (or less) over time, which categories grow (or fall) fastest with them.

    Use it for “of customers spending more over time, which categories are growing at a faster rate?”, “with which
    categories are customers who spend less becoming less engaged?”, “what do growing customers buy more of”. Net sales
    a week in the earlier and the later half, and how many of them bought it. Who these customers are, and how many, is
    ``customer_trends``.
    """
    known = whole_weeks(known_customers(arguments.period, arguments.stores, context))
    weeks = (known.asked.end_on - known.asked.start_on).days // 7 + 1
    trends, read = trends_of(known, weeks)
    wanted = Direction.MORE if arguments.trend == "more" else Direction.LESS
    members = [trend for trend in trends if trend.direction is wanted]
    if len(members) < FEWEST:
        raise NoDataError(
            f"Fewer than {FEWEST} customers of {known.asked.stores.label} spend {arguments.trend} over time, so"
            " nothing is said of what they buy."
        )
    half = first_half(weeks)
    later_on = known.asked.start_on + timedelta(weeks=half)
    statement = build_halves(
        arguments.by, [trend.spend.key for trend in members], known.asked.windows(), later_on, context.scope
    )
    everybody, more = _everybody(known, arguments.by, later_on, (half, weeks - half))
    found = context.mirror.query(statement.sql, statement.params).dicts()
    totals = [sum((Decimal(row[name]) for row in found), Decimal(0)) for name in _HALVES]
    rows = [
        _Goods(
            str(row["key"]), Decimal(row["first_net"]) / half, Decimal(row["later_net"]) / (weeks - half),
            int(row["first_buyers"]), int(row["later_buyers"]), everybody[str(row["key"])],
        )
        for row in found
        if int(row["buyers"]) >= LEAST_BUYERS and int(row["first_buyers"]) >= LEAST_BEFORE
        and row["first_net"] > 0 and str(row["key"]) in everybody
        and any(row[name] >= LEAST_SHARE * whole for name, whole in zip(_HALVES, totals, strict=True))
    ]  # fmt: skip
    if not rows:
        raise NoDataError(f"No {arguments.by} was bought by at least {LEAST_BUYERS} of these customers.")
    falls = (arguments.order or ("grew" if arguments.trend == "more" else "fell")) == "fell"
    rows.sort(key=lambda one: _place(one, falls=falls))
    first = _headline(known, arguments, len(members), rows, falls=falls)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(known, rows, arguments, falls=falls)]),
        figures=tuple(_figures(known, arguments, len(members), rows)),
        table=_table(known, arguments, rows),
        caveats=(
            *known.caveats(),
            (
                f"First half {span(known.asked.start_on, later_on - timedelta(days=1))}, later half"
                f" {span(later_on, known.asked.end_on)}; net sales a week of all of them together. They are put in"
                f" order"
                " against how the same goods went with all customers, so that a season is no growth. These customers"
                " were"
                " picked by how their spend went, so that nearly everything went the same way: it is the order that"
                " tells."
            ),
            (
                f"Only what at least {LEAST_BUYERS} of them bought, {LEAST_BEFORE} in the first half, and what makes"
                f" {number_text(100 * LEAST_SHARE, 1)} % of their spend in one of the halves is told."
            ),
        ),
        follow_ups=("How many customers are spending more over time? Less over time? Describe these customers.",),
        provenance=known.provenance(*read, statement, *more),
    )


def _everybody(
    known: Known, by: str, later_on: date, weeks: tuple[int, int]
) -> tuple[dict[str, Decimal], list[Statement]]:
    """How the sales a week of each group went with everybody, in per cent; without those that sold in one half only."""
    asked, metric = known.asked, METRICS["net_sales"]
    before = [replace(window, end_on=later_on - timedelta(days=1)) for window in asked.windows()]
    after = [replace(window, start_on=later_on) for window in asked.windows()]
    halves, ran = [], []
    for windows, count in zip((before, after), weeks, strict=True):
        plan = Plan((DIMENSIONS[by],), (), WEEK_START)
        cells, read = fetch_cells(asked.context.mirror, [metric], plan, windows, asked.context.scope)
        halves.append({cell.keys[0]: (cell.sums.get("n_net_sales") or Decimal(0)) / count for cell in cells})
        ran += read
    first, later = halves
    return {
        key: 100 * (later[key] - value) / value for key, value in first.items() if value > 0 and later.get(key, 0) > 0
    }, ran


def _place(one: _Goods, *, falls: bool) -> tuple[bool, Decimal, str]:
    """What went the way asked for first, and of it what is furthest from how it went with all customers."""
    return one.growth >= 0 if falls else one.growth <= 0, one.against if falls else -one.against, one.name


def _headline(
    known: Known, arguments: TrendGoodsArguments, members: int, rows: Sequence[_Goods], *, falls: bool
) -> str:
    best = rows[0]
    return (
        f"{counted(members, 'customer')} of {known.asked.stores.label} spent {arguments.trend} over time"
        f" ({span(known.asked.start_on, known.asked.end_on)}). By {arguments.by}, {best.name}"
        f" {'fell furthest behind' if falls else 'grew furthest ahead of'} all customers: {_way(best.growth)} with"
        f" them, from {known.money(best.first)} to {known.money(best.later)} a week, {_way(best.everybody)} with all;"
        f" {_buyers(best)} of"
        " them bought it."
    )


def _way(change: Decimal) -> str:
    return f"{'+' if change > 0 else ''}{number_text(change, 0)} %"


def _buyers(one: _Goods) -> str:
    later = f"{one.later_buyers:,}" if one.later_buyers >= FEWEST else f"fewer than {FEWEST}"
    return f"{one.first_buyers:,} then {later}"


def _most_money(known: Known, rows: Sequence[_Goods], *, falls: bool) -> list[str]:
    """Where most money went: what moves by the largest rate is seldom what moves most."""
    moved = sorted(rows, key=lambda one: (one.later - one.first if falls else one.first - one.later, one.name))[:3]
    told = [
        f"{one.name} {known.money(abs(one.later - one.first))} ({_way(one.growth)})"
        for one in moved
        if (one.growth < 0) is falls and one.growth
    ]
    return [f"Most money {'less' if falls else 'more'} a week: {'; '.join(told)}."] if told else []


def _sentences(known: Known, rows: Sequence[_Goods], arguments: TrendGoodsArguments, *, falls: bool) -> list[str]:
    rest = rows[1 : min(SHOWN, arguments.limit)]
    told = [f"{one.name} {_way(one.growth)} (all customers {_way(one.everybody)})" for one in rest]
    first = sum((one.first for one in rows), Decimal(0))
    later = sum((one.later for one in rows), Decimal(0))
    other = rows[-1]
    whole = f"{_way(100 * (later - first) / first)}, {known.money(first)} to {known.money(later)} a week"
    return [
        *([f"Then {'; '.join(told)}."] if told else []),
        *_most_money(known, rows, falls=falls),
        f"These {counted(len(rows), 'group')} together: {whole}.",
        *([f"The other end: {other.name} {_way(other.growth)}."] if len(rows) > 1 else []),
    ]


def _figures(known: Known, arguments: TrendGoodsArguments, members: int, rows: Sequence[_Goods]) -> list[Figure]:
    asked = known.asked
    found = [figure(asked, "customers", members, "count", {"trend": arguments.trend})]
    for one in rows[: arguments.limit]:
        group = {"trend": arguments.trend, arguments.by: one.name}
        found += [
            figure(asked, "weekly_net_sales_first_half", known.plain(one.first), asked.currency, group),
            figure(asked, "weekly_net_sales_second_half", known.plain(one.later), asked.currency, group),
            figure(asked, "growth", number_text(one.growth, 1), "%", group),
            figure(asked, "growth_of_all_customers", number_text(one.everybody, 1), "%", group),
        ]
    return found


def _table(known: Known, arguments: TrendGoodsArguments, rows: Sequence[_Goods]) -> Table:
    unit = known.asked.currency
    columns = (
        TableColumn(arguments.by.capitalize(), "text"), TableColumn("Growth", "%"),
        TableColumn("With all customers", "%"),
        TableColumn("A week, first half", unit), TableColumn("A week, later half", unit),
        TableColumn("Buyers, first half", "count"), TableColumn("Buyers, later half", "count"),
    )  # fmt: skip
    made = [
        (one.name, number_text(one.growth, 1), number_text(one.everybody, 1), known.plain(one.first),
         known.plain(one.later),
         one.first_buyers, one.later_buyers if one.later_buyers >= FEWEST else None)
        for one in rows[: arguments.limit]
    ]  # fmt: skip
    return Table(columns, made)
