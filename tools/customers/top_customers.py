"""Who spends how much: the customers by revenue, and how much of the sales hangs on a few of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.analysis.few import FEWEST
from tools.context import ToolContext
from tools.customers.known import (
    MAY_SEE_KEYS,
    PERIOD,
    STORES_HELP,
    Known,
    KnownCustomer,
    known_customers,
    share_of,
    total_of,
)
from tools.errors import NoDataError
from tools.metrics import METRICS
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, money

_TENTHS = 10


class TopCustomersArguments(Arguments):
    """Arguments of ``top_customers``."""

    period: str = Field(default=PERIOD, max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    limit: int = Field(default=5, ge=1, le=50, description="How many customers, 1 to 50.")
    rank_by: Literal["net_sales", "visits", "per_visit"] = Field(
        default="net_sales",
        description="What puts them in order: net sales, visits, or net sales of a visit on average.",
    )
    by_share: bool = Field(
        default=False,
        description="True for how sales are spread over customers (top 10 % make how much), without a list.",
    )
    top_percent: int | None = Field(
        default=None, ge=1, le=99, description="With by_share: how many per cent of the customers are meant, 10 or 20."
    )
    top_count: int | None = Field(
        default=None,
        ge=FEWEST,
        le=100_000,
        description="With by_share: how many customers are meant, such as 100.",
    )
    sales_percent: int | None = Field(
        default=None, ge=1, le=99, description="With by_share: how many customers make so many per cent of sales, 80."
    )


@dataclass(frozen=True, slots=True)
class Tier:
    """A tenth (or so) of the customers, the best first."""

    label: str
    members: Sequence[KnownCustomer]
    net_minor: Decimal


@tool()
def top_customers(arguments: TopCustomersArguments, context: ToolContext) -> ToolResult:
    """The known customers with the highest net sales, by pseudonym, and how concentrated sales are on a few.

    Use it for “who are my top 5 customers by revenue”, “our biggest spenders last quarter”, “who visits most often”
    (rank_by visits), “which household spends most per visit on average” (per_visit), “how much do our top 10 %
    of customers make”, “what share of sales do our top 100 customers make” (by_share, top_count). Owners, analysts and
    district managers get pseudonyms; store managers and staff get shares of groups of at least five people.
    There are no names, e-mails or phone numbers to be had.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    ranked = sorted(known.customers, key=lambda one: (-one.net_minor, one.key))
    listed = context.scope.role in MAY_SEE_KEYS and not arguments.by_share
    groups = tiers(ranked)
    if not listed and not groups:
        raise NoDataError(
            f"{counted(len(ranked), 'known customer')} {known.asked.when} are too few to be cut into groups of at least"
            f" {FEWEST}."
        )
    shown = _in_order(ranked, arguments.rank_by)[: arguments.limit] if listed else []
    first = _first_part(ranked, arguments, context) if not listed else None
    headline = (
        _list_headline(known, shown, arguments.rank_by)
        if listed
        else _share_headline(known, [first] if first else groups)
    )
    said = _shares(known, groups) if listed else []
    notes = (
        [] if listed else ["Single customers are shown to owners, analysts and district managers only, by pseudonym."]
    )
    if arguments.by_share:
        notes = []
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *said]),
        figures=(
            *known.totals(),
            *(figure for one in shown for figure in _customer_figures(known, one, arguments.rank_by)),
            *(figure for tier in ([first] if first else []) for figure in _tier_figures(known, tier)),
            *(figure for tier in groups for figure in _tier_figures(known, tier)),
        ),
        table=_customer_table(known, shown) if listed else _tier_table(known, groups),
        chart=None if listed else _tier_chart(known, groups),
        caveats=(*known.caveats(), *notes, *(["Customers are pseudonyms: no name is kept here."] if listed else [])),
        follow_ups=(
            f"Customer segments{known.asked.same_part_and_stores}",
            f"How much do our top 10 % of customers make{known.asked.same_part_and_stores}?",
            f"Which customers are at risk{known.asked.same_part_and_stores}?",
        ),
        provenance=known.provenance(),
    )  # fmt: skip


def _in_order(ranked: Sequence[KnownCustomer], rank_by: str) -> Sequence[KnownCustomer]:
    """The customers by what is asked for, most first; those by net sales come as they are."""
    if rank_by == "visits":
        return sorted(ranked, key=lambda one: (-one.visits, -one.net_minor, one.key))
    if rank_by == "per_visit":
        came = [one for one in ranked if one.visits]
        return sorted(came, key=lambda one: (-one.sale_net_minor / one.visits, -one.visits, one.key))
    return ranked


def _per_visit(known: Known, one: KnownCustomer) -> str | None:
    """Net sales of a visit on average, as a plain decimal string."""
    basket, exponent = METRICS["average_transaction_value"], known.asked.exponent
    return basket.text(basket.value(one.sale_net_minor, Decimal(one.visits), exponent), exponent)


def tiers(ranked: Sequence[KnownCustomer]) -> list[Tier]:
    """The customers in tenths by net sales, or in fewer parts of at least five people; none where there is but one."""
    parts = min(_TENTHS, len(ranked) // FEWEST)
    if parts < 2:
        return []
    cuts = [len(ranked) * step // parts for step in range(parts + 1)]
    made = []
    for number, (start, end) in enumerate(itertools.pairwise(cuts)):
        members = ranked[start:end]
        label = (
            f"Top {100 / parts:.0f} %"
            if number == 0
            else f"{100 * number / parts:.0f} to {100 * (number + 1) / parts:.0f} %"
        )
        made.append(Tier(label, members, total_of(members)))
    return made


def _first_part(ranked: Sequence[KnownCustomer], arguments: TopCustomersArguments, context: ToolContext) -> Tier | None:
    """The best customers that were asked about: so many per cent of them, or so many."""
    if arguments.top_percent:
        return _top_part(ranked, arguments.top_percent)
    wanted = arguments.top_count or (_making(ranked, arguments.sales_percent) if arguments.sales_percent else 0)
    if not wanted:
        return None
    # Two numbers next to each other would tell what one customer spent, whom not everybody may see.
    step = 1 if context.scope.role in MAY_SEE_KEYS else _TENTHS
    count = max(-(-wanted // step) * step, FEWEST)
    if len(ranked) - count < FEWEST:
        raise NoDataError(
            f"{counted(len(ranked), 'known customer')} bought then: the top {count:,} would be all but fewer than"
            f" {FEWEST} of them."
        )
    members = ranked[:count]
    part = f" ({share_of(Decimal(count), Decimal(len(ranked)))} %)" if arguments.sales_percent else ""
    return Tier(f"Top {count:,}{part}", members, total_of(members))


def _making(ranked: Sequence[KnownCustomer], percent: int) -> int:
    """How many of the best customers make so many per cent of all their sales."""
    whole = total_of(ranked) * percent / 100
    running = itertools.accumulate(one.net_minor for one in ranked)
    return next((number for number, made in enumerate(running, 1) if made >= whole), len(ranked))


def _top_part(ranked: Sequence[KnownCustomer], percent: int) -> Tier:
    """The best customers up to a percentage of them.

    Raises:
        NoDataError: fewer than five people are that.
    """
    members = ranked[: round(len(ranked) * percent / 100)]
    if len(members) < FEWEST:
        raise NoDataError(
            f"{percent} % of {counted(len(ranked), 'known customer')} are fewer than {FEWEST}; nothing is said of"
            " so few."
        )
    return Tier(f"Top {percent} %", members, total_of(members))


def _list_headline(known: Known, shown: Sequence[KnownCustomer], rank_by: str) -> str:
    first = shown[0]
    if rank_by != "net_sales":
        number = "customer" if len(shown) == 1 else f"{len(shown)} customers"
        visits = f"{counted(first.visits, 'visit')}"
        each = money(Decimal(_per_visit(known, first) or 0), known.asked.currency)
        told = f"{visits}, {each} each on average" if rank_by == "visits" else f"{each} on average of {visits}"
        by = "visits" if rank_by == "visits" else "net sales of a visit on average"
        lead = f"The top {number} by {by} {known.asked.when}, {known.asked.stores.label}"
        return f"{lead}: first is {first.key} with {told}."
    whole = total_of(shown)
    which = "The top customer" if len(shown) == 1 else f"The top {len(shown)} customers"
    return (
        f"{which} by net sales {known.asked.when}, {known.asked.stores.label}, made {known.money(whole)}, "
        f"{share_of(whole, known.net_minor)} % of sales with a known customer; first is {first.key} with "
        f"{known.money(first.net_minor)}."
    )


def _share_headline(known: Known, groups: Sequence[Tier]) -> str:
    first = groups[0]
    return (
        f"The {first.label.lower()} of customers ({len(first.members):,} of {len(known.customers):,}) make "
        f"{share_of(first.net_minor, known.net_minor)} % of sales with a known customer {known.asked.when}, "
        f"{known.asked.stores.label}."
    )


def _shares(known: Known, groups: Sequence[Tier]) -> list[str]:
    if not groups:
        return []
    first = groups[0]
    return [
        (
            f"The {first.label.lower()} of {len(known.customers):,} known customers make "
            f"{share_of(first.net_minor, known.net_minor)} %."
        )
    ]


def _customer_figures(known: Known, one: KnownCustomer, rank_by: str) -> list[Figure]:
    asked = known.asked
    values = (
        ("net_sales", known.plain(one.net_minor), asked.currency),
        ("net_sales_share", share_of(one.net_minor, known.net_minor), "%"),
        ("transactions", str(one.visits), "count"),
        *([] if rank_by == "net_sales" else [("average_transaction_value", _per_visit(known, one), asked.currency)]),
    )
    group = {"customer_key": one.key}
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, group)
            for name, value, unit in values]  # fmt: skip


def _tier_figures(known: Known, tier: Tier) -> list[Figure]:
    asked = known.asked
    values = (
        ("customers", str(len(tier.members)), "count"),
        ("net_sales", known.plain(tier.net_minor), asked.currency),
        ("net_sales_share", share_of(tier.net_minor, known.net_minor), "%"),
    )
    group = {"customer_tier": tier.label}
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, group)
            for name, value, unit in values]  # fmt: skip


def _customer_table(known: Known, shown: Sequence[KnownCustomer]) -> Table:
    currency = known.asked.currency
    columns = (
        TableColumn("Rank", "count"),
        TableColumn("Customer (pseudonym)", "text"),
        TableColumn("Net sales", currency),
        TableColumn("Share of known sales", "%"),
        TableColumn("Visits", "count"),
        TableColumn("Average transaction value", currency),
        TableColumn("Last visit", "date"),
    )
    rows = [
        (
            place,
            one.key,
            known.plain(one.net_minor),
            share_of(one.net_minor, known.net_minor),
            one.visits,
            _per_visit(known, one),
            one.last_on.isoformat(),
        )
        for place, one in enumerate(shown, 1)
    ]
    return Table(columns, rows)


def _tier_table(known: Known, groups: Sequence[Tier]) -> Table:
    columns = (
        TableColumn("Customers by net sales", "text"),
        TableColumn("Customers", "count"),
        TableColumn("Net sales", known.asked.currency),
        TableColumn("Share of known sales", "%"),
        TableColumn("Running share", "%"),
    )
    rows: list[tuple[str | int | None, ...]] = []
    running = Decimal(0)
    for tier in groups:
        running += tier.net_minor
        rows.append(
            (
                tier.label,
                len(tier.members),
                known.plain(tier.net_minor),
                share_of(tier.net_minor, known.net_minor),
                share_of(running, known.net_minor),
            )
        )
    return Table(columns, rows)


def _tier_chart(known: Known, groups: Sequence[Tier]) -> Chart:
    return Chart(
        "bar",
        f"Share of known sales by customers, best first, {known.asked.stores.label}, {known.asked.when}",
        tuple(tier.label for tier in groups),
        {"Share of sales": tuple(float(share_of(tier.net_minor, known.net_minor)) for tier in groups)},
        "%",
    )
