"""Customers who bought within a period and not within its last so many days: how many, and what they had spent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field

from tools.analysis.few import FEWEST, tellable
from tools.context import ToolContext
from tools.customers.known import PERIOD, STORES_HELP, Known, KnownCustomer, known_customers, share_of, total_of
from tools.errors import BadArgumentError
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted


class CustomersAwayArguments(Arguments):
    """Arguments of ``customers_away``."""

    days: int = Field(default=90, ge=1, le=700, description="For how many days they have not bought anything.")
    period: str = Field(
        default=PERIOD, max_length=120, description="The period they are looked for in, in the asker's own words."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customers_away(arguments: CustomersAwayArguments, context: ToolContext) -> ToolResult:
    """How many known customers have not bought for so many days, of those of a period, and what they spent before.

    Use it for “customers who haven't bought in 90 days”, “inactive for 60 days”, “not seen since three months”. Who
    stays away longer than their own habit is ``customers_at_risk``. Groups only, of at least five people.

    Raises:
        BadArgumentError: the data does not reach back further than so many days.
        NoDataError: no or too few customers are known.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    asked, days = known.asked, arguments.days
    if (asked.end_on - asked.start_on).days < days:
        raise BadArgumentError(
            f"{asked.when[:1].upper()}{asked.when[1:]} is not longer than {days} days, so nobody can have stayed away"
            " for that long within it. Ask for a longer period or fewer days."
        )
    away = [one for one in known.customers if (asked.end_on - one.last_on).days >= days]
    back = [one for one in known.customers if (asked.end_on - one.last_on).days < days]
    shown = all(tellable([len(away), len(back)]))
    headline = _headline(known, days, len(away), shown=shown)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *(_spent(known, away) if shown else ())]),
        figures=tuple(_figures(known, away)) if shown else (),
        table=_table(known, days, away, back) if shown else None,
        caveats=(
            *known.caveats(),
            f"They are customers of {asked.stores.label} {asked.when}; who bought elsewhere since is not seen.",
        ),
        follow_ups=(f"Customers at risk{asked.same_part_and_stores}",),
        provenance=known.provenance(),
    )


def _headline(known: Known, days: int, away: int, *, shown: bool) -> str:
    everybody, label = len(known.customers), known.asked.stores.label
    since = f"for {counted(days, 'day')}, {label}"
    if not shown:
        return (
            f"Of {everybody:,} known customers, fewer than {FEWEST} have or have not bought {since};"
            " nothing more is said about so few people."
        )
    share = share_of(Decimal(away), Decimal(everybody))
    return f"{counted(away, 'known customer')} of {everybody:,} ({share} %) have not bought anything {since}."


def _spent(known: Known, away: Sequence[KnownCustomer]) -> list[str]:
    if not away:
        return []
    spent = total_of(away)
    visits = Decimal(sum(one.visits for one in away)) / len(away)
    when, share = known.asked.when, share_of(spent, known.net_minor)
    each = f"{known.money(spent / len(away))} and {visits:.1f} visits each"
    return [f"Over {when} they had spent {known.money(spent)}, {share} % of all known ones: {each}."]


def _figures(known: Known, away: Sequence[KnownCustomer]) -> list[Figure]:
    asked = known.asked
    values = (
        ("customers", str(len(known.customers)), "count"),
        ("customers_away", str(len(away)), "count"),
        ("customers_away_share", share_of(Decimal(len(away)), Decimal(len(known.customers))), "%"),
        ("customers_away_net_sales", known.plain(total_of(away)), asked.currency),
    )
    return [Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on) for name, value, unit in values]


def _table(known: Known, days: int, away: Sequence[KnownCustomer], back: Sequence[KnownCustomer]) -> Table:
    columns = (
        TableColumn("Last bought", "text"),
        TableColumn("Customers", "count"),
        TableColumn("Customers", "%"),
        TableColumn("Visits each", "ratio"),
        TableColumn("Net sales", known.asked.currency),
    )
    rows = [
        (
            name,
            len(group),
            share_of(Decimal(len(group)), Decimal(len(known.customers))),
            f"{sum(one.visits for one in group) / len(group):.1f}" if group else "0.0",
            known.plain(total_of(group)),
        )
        for name, group in ((f"Within the last {days} days", back), ("Before that", away))
    ]
    return Table(columns, rows)
