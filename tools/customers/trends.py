"""Which customers spend more over time and which less: how many, what they are worth, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from pydantic import Field

from tools.analysis.attributes import Band, bands
from tools.analysis.calendar import Period
from tools.analysis.few import FEWEST
from tools.analysis.spending import (
    CHANCE,
    LEAST_VISIT_WEEKS,
    LEAST_WEEKS,
    Direction,
    WeeklySpend,
    direction,
    first_half,
    per_week,
)
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, customers_of, known_customers, share_of, since_the_beginning
from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.query import Statement
from tools.metrics.segments_query import build_attributes, build_customers, build_weeks
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed, span

_ATTRIBUTES = {
    "age_band": "age",
    "income_band": "income",
    "household_size": "household size",
    "kids": "children",
}
_JUDGED = (Direction.MORE, Direction.LESS, Direction.STEADY)
_NAMES = {
    Direction.MORE: "Spending more",
    Direction.LESS: "Spending less",
    Direction.STEADY: "No clear change",
    Direction.NEW: "New in the period",
    Direction.FEW: "Too few visits to tell",
}


class CustomerTrendsArguments(Arguments):
    """Arguments of ``customer_trends``."""

    period: str = Field(
        default="all time", max_length=120, description="The span to look for a trend in, in the asker's own words."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@dataclass(frozen=True, slots=True)
class Trend:
    """One customer's weeks and what became of the spend."""

    spend: WeeklySpend
    direction: Direction
    visits_first: int
    visits_later: int


@tool()
def customer_trends(arguments: CustomerTrendsArguments, context: ToolContext) -> ToolResult:
    """How many known customers spend more over time and how many less, with a guard against noise, and who they are.

    Use it for “how many customers are spending more over time? Less? Describe these customers”, “are our customers
    spending more than they used to”. Says visits and spend before and after, and how the groups' households (age,
    income, size, children) differ from the others, only for groups of at least five people.
    """
    known = whole_weeks(known_customers(arguments.period, arguments.stores, context))
    weeks = (known.asked.end_on - known.asked.start_on).days // 7 + 1
    trends, statements = trends_of(known, weeks)
    groups = {one: [trend for trend in trends if trend.direction is one] for one in Direction}
    described, attributes = _attributes(known, groups)
    headline = _headline(known, groups, weeks)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, groups, described)]),
        figures=(*known.totals(), *_figures(known, groups)),
        table=_table(known, groups, described),
        chart=_chart(known, groups),
        caveats=(*known.caveats(), *_said(groups, described)),
        follow_ups=(
            f"Customer segments{known.asked.same_part_and_stores}",
            f"Which customers are at risk{known.asked.same_part_and_stores}?",
        ),
        provenance=known.provenance(*statements, attributes),
    )


def whole_weeks(known: Known) -> Known:
    """The same question over whole weeks that end on its last day."""
    asked = known.asked
    first = max(
        asked.start_on, min((store.first_on for store in asked.stores.stores if store.first_on), default=date.min)
    )
    weeks = ((asked.end_on - first).days + 1) // 7
    if weeks < LEAST_WEEKS:
        raise NoDataError(
            f"A trend needs at least {LEAST_WEEKS} whole weeks; {asked.when} has {counted(weeks, 'week')} with data."
        )
    start = asked.end_on - timedelta(weeks=weeks) + timedelta(days=1)
    periods = {
        store: Period(start, asked.end_on, span(start, asked.end_on), period.kind)
        for store, period in asked.periods.items()
    }
    cut: Frame = replace(asked, periods=periods, period=periods[asked.stores.stores[0].store_id])
    return customers_of(cut)


def trends_of(known: Known, weeks: int) -> tuple[list[Trend], tuple[Statement, ...]]:
    """What became of the spend of every customer over the weeks of ``whole_weeks``."""
    asked, context = known.asked, known.asked.context
    weekly = build_weeks(asked.windows(), context.scope, asked.start_on, first_half(weeks))
    ever = build_customers(since_the_beginning(asked), context.scope)
    began = {row["customer_key"]: row["first_on"] for row in context.mirror.query(ever.sql, ever.params).dicts()}
    made = []
    for row in context.mirror.query(weekly.sql, weekly.params).dicts():
        spend = WeeklySpend(
            row["customer_key"],
            int(row["visit_weeks"]),
            (began[row["customer_key"]] - asked.start_on).days // 7,
            Decimal(row["total"]),
            Decimal(row["first_half"]),
            float(row["squares"]),
            float(row["moments"]),
        )
        made.append(Trend(spend, direction(spend, weeks), int(row["visits_first"]), int(row["visits_later"])))
    return made, (weekly, ever)


def _attributes(
    known: Known, groups: Mapping[Direction, Sequence[Trend]]
) -> tuple[dict[Direction, list[tuple[list[Band], int]]], Statement]:
    """For those spending more and less: the bands of each attribute against all other judged customers."""
    statement = build_attributes(known.asked.windows(), known.asked.context.scope)
    rows = known.asked.context.mirror.query(statement.sql, statement.params).dicts()
    household = {row["customer_key"]: row for row in rows}
    judged = [trend for one in _JUDGED for trend in groups[one]]
    described: dict[Direction, list[tuple[list[Band], int]]] = {}
    for one in (Direction.MORE, Direction.LESS):
        if len(groups[one]) < FEWEST:
            continue
        others = [trend for trend in judged if trend.direction is not one]
        described[one] = [
            bands(
                attribute,
                [household.get(trend.spend.key, {}).get(attribute) for trend in groups[one]],
                [household.get(trend.spend.key, {}).get(attribute) for trend in others],
                FEWEST,
            )
            for attribute in _ATTRIBUTES
        ]
    return described, statement


def _few(groups: Mapping[Direction, Sequence[Trend]]) -> bool:
    """Whether a group is of one to four people: then numbers would point at them."""
    return any(0 < len(groups[one]) < FEWEST for one in _JUDGED)


def _headline(known: Known, groups: Mapping[Direction, Sequence[Trend]], weeks: int) -> str:
    where = f"{known.asked.stores.label}, {weeks} weeks ({span(known.asked.start_on, known.asked.end_on)})"
    judged = sum(len(groups[one]) for one in _JUDGED)
    if judged < FEWEST or _few(groups):
        return (
            f"Too few customers to tell, {where}: of those with enough visits, a group would be of fewer than"
            f" {FEWEST} people, and nothing is said about so few."
        )
    more, less = len(groups[Direction.MORE]), len(groups[Direction.LESS])
    of = Decimal(judged)
    return (
        f"{counted(more, 'customer')} {'is' if more == 1 else 'are'} spending more over time "
        f"({share_of(Decimal(more), of)} %) and {less:,} less ({share_of(Decimal(less), of)} %), of {judged:,} with "
        f"enough visits to tell; {where}."
    )


def _sentences(
    known: Known,
    groups: Mapping[Direction, Sequence[Trend]],
    described: Mapping[Direction, Sequence[tuple[Sequence[Band], int]]],
) -> list[str]:
    if _few(groups):
        return []
    said = []
    for one in (Direction.MORE, Direction.LESS):
        members = groups[one]
        if not members:
            continue
        first, later = _per_week(known, members)
        before = sum(trend.visits_first for trend in members)
        after = sum(trend.visits_later for trend in members)
        said.append(
            f"{_NAMES[one]}: from {known.money(first)} to {known.money(later)} a week each, with "
            f"{before:,} visits in the first half and {after:,} in the second; "
            f"{share_of(_total(members), known.net_minor)} % of known sales."
        )
        if found := [_spoken(band) for several, _ in described.get(one, ()) for band in several if band.stands_out]:
            said.append(f"They differ from the others in {listed(found[:4])}.")
        elif one in described:
            said.append("Their households do not differ from the others beyond chance where they are known.")
    return said


def _spoken(band: Band) -> str:
    shares = f"{band.share * 100:.0f} % against {band.share_of_others * 100:.0f} %"
    return f"{_ATTRIBUTES[band.attribute]} {band.band} ({shares})"


def _per_week(known: Known, members: Sequence[Trend]) -> tuple[Decimal, Decimal]:
    """Mean weekly spend of a member in the two halves, in minor units."""
    weeks = (known.asked.end_on - known.asked.start_on).days // 7 + 1
    pairs = [per_week(trend.spend, weeks) for trend in members]
    count = len(members)
    return sum((one for one, _ in pairs), Decimal(0)) / count, sum((one for _, one in pairs), Decimal(0)) / count


def _total(members: Sequence[Trend]) -> Decimal:
    return sum((trend.spend.total_minor for trend in members), Decimal(0))


def _figures(known: Known, groups: Mapping[Direction, Sequence[Trend]]) -> list[Figure]:
    if _few(groups):
        return []
    asked, figures = known.asked, []
    for one in _JUDGED:
        members = groups[one]
        values = [
            ("customers", str(len(members)), "count"),
            ("net_sales", known.plain(_total(members)), asked.currency),
            ("net_sales_share", share_of(_total(members), known.net_minor), "%"),
        ]
        if members:
            first, later = _per_week(known, members)
            values += [
                ("weekly_net_sales_first_half", known.plain(first), asked.currency),
                ("weekly_net_sales_second_half", known.plain(later), asked.currency),
            ]
        figures += [
            Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, {"trend": one.value})
            for name, value, unit in values
        ]
    return figures


def _table(
    known: Known,
    groups: Mapping[Direction, Sequence[Trend]],
    described: Mapping[Direction, Sequence[tuple[Sequence[Band], int]]],
) -> Table | None:
    if _few(groups):
        return None
    currency = known.asked.currency
    columns = (
        TableColumn("Customers", "text"),
        TableColumn("Count", "count"),
        TableColumn("Share of known sales", "%"),
        TableColumn("A week each, first half", currency),
        TableColumn("A week each, second half", currency),
        TableColumn("Share of the others", "%"),
    )
    rows: list[tuple[str | int | None, ...]] = []
    for one, name in _NAMES.items():
        members = groups[one]
        if not members or len(members) < FEWEST:
            continue
        first, later = _per_week(known, members)
        share = share_of(_total(members), known.net_minor)
        rows.append((name, len(members), share, known.plain(first), known.plain(later), None))
        for several, _ in described.get(one, ()):
            rows += [
                (f"  {_ATTRIBUTES[band.attribute]} {band.band}", band.people, f"{band.share * 100:.1f}", None, None,
                 f"{band.share_of_others * 100:.1f}")
                for band in several
            ]  # fmt: skip
    return Table(columns, rows)


def _chart(known: Known, groups: Mapping[Direction, Sequence[Trend]]) -> Chart | None:
    if _few(groups):
        return None
    return Chart(
        "bar",
        f"Customers by trend of their spend, {known.asked.stores.label}, {known.asked.when}",
        tuple(_NAMES[one] for one in _JUDGED),
        {"Customers": tuple(float(len(groups[one])) for one in _JUDGED)},
        "count",
    )


def _said(
    groups: Mapping[Direction, Sequence[Trend]],
    described: Mapping[Direction, Sequence[tuple[Sequence[Band], int]]],
) -> list[str]:
    judged = sum(len(groups[one]) for one in _JUDGED)
    said = [
        (
            "A trend is a slope of weekly spend that differs from zero at 5 % and a change of a fifth between the"
            f" halves; chance alone would make about {judged * CHANCE:.0f} of {judged:,} look like each direction."
        )
    ]
    aside = [
        f"{counted(len(groups[one]), 'customer')} {words}"
        for one, words in (
            (Direction.NEW, "came first after the first quarter of the span and are new, not growing"),
            (Direction.FEW, f"came in fewer than {LEAST_VISIT_WEEKS} weeks"),
        )
        if len(groups[one]) >= FEWEST
    ]
    if aside:
        said.append(f"Not judged: {'; '.join(aside)}.")
    for one, several in described.items():
        unknown = max((count for _, count in several), default=0)
        if unknown and len(groups[one]) - unknown >= FEWEST <= unknown:
            part = share_of(Decimal(unknown), Decimal(len(groups[one])))
            said.append(f"Of {part} % of those {_NAMES[one].lower()} the household is unknown; shares leave them out.")
        elif unknown:
            said.append(
                f"Too little is known of the households of those {_NAMES[one].lower()} to describe all of them."
            )
    return said
