"""Customer segments: who the known customers are as groups, where they move, and when each group shops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from pydantic import Field

from tools.analysis.few import FEWEST
from tools.analysis.rfm import MEANING, SEGMENTS, name_groups
from tools.context import ToolContext
from tools.customers.known import (
    PERIOD,
    STORES_HELP,
    Known,
    KnownCustomer,
    grouped,
    in_order,
    known_customers,
    measured,
    share_of,
    total_of,
)
from tools.customers.visit_hours import HourMap, busiest, heat_chart, heat_table, read_hours
from tools.errors import NoDataError
from tools.metrics import METRICS
from tools.metrics.query import Statement
from tools.metrics.segments_query import build_group_departments, build_visit_hours
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.together import together
from tools.wording import counted, listed

CLUSTER = "Group"


class CustomerSegmentsArguments(Arguments):
    """Arguments of ``customer_segments``."""

    period: str = Field(default=PERIOD, max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    method: Literal["rfm", "clusters"] = Field(
        default="rfm",
        description="rfm: recency, frequency, spend with usual names; clusters: groups found in the data.",
    )
    view: Literal["profile", "hours"] = Field(
        default="profile", description="profile: who they are; hours: when each segment visits, weekday by hour."
    )
    segment: str | None = Field(
        default=None, max_length=80, description="Only this segment in the view of hours, such as “loyal customers”."
    )


@dataclass(frozen=True, slots=True)
class Grouping:
    """Customer key to group, the groups in order, and what each is in words."""

    groups: Mapping[str, str]
    names: Sequence[str]
    words: Mapping[str, str]
    note: str


@tool()
def customer_segments(arguments: CustomerSegmentsArguments, context: ToolContext) -> ToolResult:
    """Segments of the known customers: size, share of sales, visits, basket, recency, departments and hours of each.

    Use it for “customer segments”, “who are our best customers”, “break down sales by customer segment”, “when do our
    loyal customers shop” (view hours). Segments are groups of at least five people; nobody is named. Shares are of
    sales with a known customer, and the answer says how much of all sales that is.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    grouping = by_clusters(known) if arguments.method == "clusters" else by_rfm(known)
    hours_of = build_visit_hours(known.asked.windows(), context.scope, grouping.groups)
    if arguments.view == "hours":
        hours = read_hours(context.mirror.query(hours_of.sql, hours_of.params).rows)
        return _hours(known, grouping, hours, hours_of, arguments.segment)
    departments_of = build_group_departments(known.asked.windows(), context.scope, grouping.groups)
    of_hours, of_departments = together(
        *(partial(context.mirror.query, one.sql, one.params) for one in (hours_of, departments_of))
    )
    hours, rows = read_hours(of_hours.rows), of_departments.rows
    members = grouped(known, grouping.groups)
    profiles = [Profile(name, members[name], _favourites(rows, name), busiest(hours, name)) for name in grouping.names]
    headline = _headline(known, profiles)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, profiles, grouping)]),
        figures=(*known.totals(), *(figure for profile in profiles for figure in _figures(known, profile))),
        table=_table(known, profiles),
        chart=_chart(known, profiles),
        caveats=(*known.caveats(), grouping.note),
        follow_ups=_follow_ups(known),
        provenance=known.provenance(hours_of, departments_of),
    )


def by_rfm(known: Known) -> Grouping:
    """The customers in the nine named segments, small ones joined."""
    groups = name_groups(measured(known))
    names = in_order(set(groups.values()), SEGMENTS)
    words = {name: MEANING[name.split(" and ", 1)[0]] for name in names}
    note = (
        "Segments are by fifths of recency, visits and net sales within the period, as of its last day; groups of fewer"
        f" than {FEWEST} people are joined with their neighbour."
    )
    return Grouping(groups, names, words, note)


def by_clusters(known: Known) -> Grouping:
    """The customers in the groups that k-means finds; raises NoDataError where it finds none."""
    from tools.analysis.clustering import clusters

    found = clusters(measured(known))
    if found is None:
        raise NoDataError(
            f"{counted(len(known.customers), 'known customer')} {known.asked.when} are too few, or too much alike, to"
            " be parted into groups. Ask for customer segments without clusters, or for a longer period."
        )
    names = [f"{CLUSTER} {number + 1}" for number in range(len(found.words))]
    groups = {key: names[number] for key, number in found.members.items()}
    note = (
        f"{len(names)} groups were found by k-means over recency, visits and basket (logarithms, standardised), the"
        f" number by the mean silhouette ({found.silhouette:.2f}) out of 3 to 7."
    )
    return Grouping(groups, names, dict(zip(names, found.words, strict=True)), note)


@dataclass(frozen=True, slots=True)
class Profile:
    """One group: its people, the departments that stand out, and its busiest hours."""

    name: str
    members: Sequence[KnownCustomer]
    favourites: str
    hours: str

    @property
    def visits(self) -> int:
        """All visits of the group."""
        return sum(one.visits for one in self.members)

    @property
    def net_minor(self) -> Decimal:
        """Its net sales."""
        return total_of(self.members)

    def basket(self, exponent: int) -> Decimal | None:
        """Average transaction value in major units."""
        spent = sum((one.sale_net_minor for one in self.members), Decimal(0))
        return METRICS["average_transaction_value"].value(spent, Decimal(self.visits), exponent)

    def recency(self, known: Known) -> Decimal:
        """Mean days since the last visit at the end of the period."""
        days = sum((known.asked.end_on - one.last_on).days for one in self.members)
        return Decimal(days) / len(self.members)


def _favourites(rows: Sequence[Sequence[object]], name: str) -> str:
    """The department with most of the group's spend, and that which it buys most above the average of all groups."""
    own: dict[str, Decimal] = {}
    everybody: dict[str, Decimal] = {}
    for segment, department, net, people in rows:
        value = Decimal(str(net))
        everybody[str(department)] = everybody.get(str(department), Decimal(0)) + value
        if segment == name and int(str(people)) >= FEWEST:
            own[str(department)] = value
    whole, whole_own = sum(everybody.values()), sum(own.values())
    if not whole or not whole_own or not own:
        return ""
    first = max(own, key=lambda one: (own[one], one))
    common = [one for one in own if everybody[one] * 100 >= whole and one != first]
    said = [first]
    if common:
        over = {one: own[one] / whole_own / (everybody[one] / whole) for one in common}
        most = max(over, key=lambda one: (over[one], one))
        if over[most] >= Decimal("1.1"):
            said.append(f"{most} ({over[most]:.1f} times the average)")
    return ", ".join(said)


def _headline(known: Known, profiles: Sequence[Profile]) -> str:
    best = max(profiles, key=lambda profile: (profile.net_minor, profile.name))
    people = len(known.customers)
    return (
        f"{best.name} are {share_of(Decimal(len(best.members)), Decimal(people))} % of {people:,} known customers and "
        f"make {share_of(best.net_minor, known.net_minor)} % of their net sales {known.asked.when}, "
        f"{known.asked.stores.label}."
    )


def _sentences(known: Known, profiles: Sequence[Profile], grouping: Grouping) -> list[str]:
    said = []
    for profile in profiles[:4]:
        basket = profile.basket(known.asked.exponent)
        spent = known.money(basket.scaleb(known.asked.exponent)) if basket is not None else "no data"
        said.append(
            f"{profile.name} ({grouping.words[profile.name]}): {counted(len(profile.members), 'customer')}, "
            f"{share_of(profile.net_minor, known.net_minor)} % of sales, {profile.visits / len(profile.members):.1f} "
            f"visits each, {spent} a visit."
        )
    if len(profiles) > 4:
        said.append(f"{counted(len(profiles) - 4, 'more segment')} in the table.")
    return said


def _figures(known: Known, profile: Profile) -> list[Figure]:
    asked = known.asked
    group = {"segment": profile.name}
    basket = profile.basket(asked.exponent)
    values = (
        ("customers", str(len(profile.members)), "count"),
        ("customers_share", share_of(Decimal(len(profile.members)), Decimal(len(known.customers))), "%"),
        ("net_sales", known.plain(profile.net_minor), asked.currency),
        ("net_sales_share", share_of(profile.net_minor, known.net_minor), "%"),
        ("transactions", str(profile.visits), "count"),
        (
            "average_transaction_value",
            METRICS["average_transaction_value"].text(basket, asked.exponent),
            asked.currency,
        ),
        ("recency_days", f"{profile.recency(known):.1f}", "days"),
    )
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, group)
            for name, value, unit in values]  # fmt: skip


def _table(known: Known, profiles: Sequence[Profile]) -> Table:
    currency = known.asked.currency
    columns = (
        TableColumn("Segment", "text"),
        TableColumn("Customers", "count"),
        TableColumn("Share of customers", "%"),
        TableColumn("Net sales", currency),
        TableColumn("Share of sales", "%"),
        TableColumn("Visits each", "ratio"),
        TableColumn("Average transaction value", currency),
        TableColumn("Days since last visit", "ratio"),
        TableColumn("Favourite departments", "text"),
        TableColumn("Busiest hours", "text"),
    )
    rows = [
        (
            profile.name,
            len(profile.members),
            share_of(Decimal(len(profile.members)), Decimal(len(known.customers))),
            known.plain(profile.net_minor),
            share_of(profile.net_minor, known.net_minor),
            f"{profile.visits / len(profile.members):.1f}",
            METRICS["average_transaction_value"].text(profile.basket(known.asked.exponent), known.asked.exponent),
            f"{profile.recency(known):.1f}",
            profile.favourites or None,
            profile.hours or None,
        )
        for profile in profiles
    ]
    return Table(columns, rows)


def _chart(known: Known, profiles: Sequence[Profile]) -> Chart | None:
    if len(profiles) < 2:
        return None
    return Chart(
        "bar",
        f"Share of customers and of sales by segment, {known.asked.stores.label}, {known.asked.when}",
        tuple(profile.name for profile in profiles),
        {
            "Customers": tuple(
                float(share_of(Decimal(len(profile.members)), Decimal(len(known.customers)))) for profile in profiles
            ),
            "Sales": tuple(float(share_of(profile.net_minor, known.net_minor)) for profile in profiles),
        },
        "%",
    )


def _hours(known: Known, grouping: Grouping, hours: HourMap, statement: Statement, segment: str | None) -> ToolResult:
    wanted = [name for name in grouping.names if segment is None or matches(segment, name)]
    if not wanted:
        raise NoDataError(f"There is no segment “{segment}” here. There are: {listed(list(grouping.names), most=12)}.")
    said = [f"{name}: {words}" for name in wanted if (words := busiest(hours, name, most=3))]
    where = f"{known.asked.when}, {known.asked.stores.label}"
    if said:
        headline = f"When they shop {where}: {'; '.join(said[:3])}."
    else:
        headline = f"No hour {where} has visits of {FEWEST} people of a segment, so none is shown."
    figures = tuple(
        Figure(
            "transactions", str(visits), "count", known.asked.stores.ids, known.asked.start_on, known.asked.end_on,
            {"segment": name, "weekday": weekday, "hour": str(hour)},
        )
        for name in wanted for weekday, hour, visits in hours.cells(name)
    )  # fmt: skip
    return ToolResult(
        headline=headline,
        text=headline,
        figures=figures,
        table=heat_table(hours, wanted),
        chart=heat_chart(hours, wanted, where),
        caveats=(*known.caveats(), f"Hours with visits of fewer than {FEWEST} people are left empty.",
                 grouping.note),
        follow_ups=_follow_ups(known),
        provenance=known.provenance(statement),
    )  # fmt: skip


def matches(said: str, name: str) -> bool:
    """Whether a person means this segment: one word of either is enough, plurals aside."""
    words = {word.rstrip("s") for word in said.lower().replace(",", " ").split()} - {"customer", "the", "our", "my"}
    if words & {"best", "top", "vip", "valuable"}:
        return name.startswith(SEGMENTS[0])
    own = {word.rstrip("s") for word in name.lower().replace(",", " ").split()} - {"customer", "and"}
    return bool(words & own)


def _follow_ups(known: Known) -> tuple[str, ...]:
    same = known.asked.same_part_and_stores
    return (
        f"Which customers are at risk{same}?",
        f"How do customers move between segments{same}?",
        f"How many customers are spending more over time{same}?",
    )
