"""Households that redeemed coupons beside those that did not: what each spends, how often they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from tools.amounts import figure, money_said, number_text, percent_said, ratio
from tools.analysis.few import FEWEST, tellable
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, KnownCustomer, known_customers
from tools.errors import NoDataError
from tools.metrics.campaign_people_query import build_campaign_people
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult

REDEEMED, SENT_ONLY, NEITHER = "redeemed a coupon", "sent a campaign, redeemed none", "sent nothing"


class RedeemersComparedArguments(Arguments):
    """Arguments of ``redeemers_compared``."""

    period: str = Field(default="all time", max_length=120, description="What they bought when, in the asker's words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@dataclass(frozen=True, slots=True)
class _Group:
    """Customers of one kind; money in minor units."""

    name: str
    customers: int
    visits: int
    net: Decimal


@tool()
def redeemers_compared(arguments: RedeemersComparedArguments, context: ToolContext) -> ToolResult:
    """Households that redeemed a coupon against those that did not: spend and visits of each, spend a visit.

    Use it for “do coupon redeemers spend more than others”, “average spend of households that use coupons”, “do
    households that redeem come more often”. Those who were sent a campaign and redeemed nothing stand apart from those
    who were sent none. It shows what goes together, not what a coupon brought: for that there is ``campaign_effect``.
    Which kinds of households redeem is ``coupon_use_by_household``.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    statement = build_campaign_people(known.asked.end_on)
    people = {str(key): int(redeemed) for key, redeemed in context.mirror.query(statement.sql, statement.params).rows}
    if not people:
        raise NoDataError(
            "No campaigns are recorded. They come with the tables campaign, campaign_audience, coupon and"
            " coupon_redemption, from the point of sale or from files."
        )
    came = [one for one in known.customers if one.visits > 0]
    groups = [
        _group(name, [one for one in came if _kind(people.get(one.key)) == name])
        for name in (REDEEMED, SENT_ONLY, NEITHER)
    ]
    told = tellable([group.customers for group in groups])
    shown = [group for group, may in zip(groups, told, strict=True) if may and group.customers]
    if groups[0] not in shown or len(shown) < 2:
        raise NoDataError(
            f"Fewer than {FEWEST} households that bought {known.asked.when} redeemed a coupon, or did not; nothing is"
            " said of so few."
        )
    first = _headline(known, shown)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(shown)]),
        figures=tuple(one for group in shown for one in _figures(known, group)),
        table=_table(known, shown),
        caveats=(
            *known.caveats(),
            (
                "A household counts as redeeming with its first coupon; campaigns are sent to customers who buy "
                "more anyway."
            ),
        ),
        follow_ups=("Coupon use by income", "Is there evidence that campaigns bring customers back?"),
        provenance=known.provenance(statement),
    )


def _kind(redeemed: int | None) -> str:
    return NEITHER if redeemed is None else REDEEMED if redeemed else SENT_ONLY


def _group(name: str, customers: Sequence[KnownCustomer]) -> _Group:
    return _Group(
        name,
        len(customers),
        sum(one.visits for one in customers),
        sum((one.net_minor for one in customers), Decimal(0)),
    )


def _each(known: Known, group: _Group) -> str:
    currency = known.asked.currency
    return (
        f"{money_said(ratio(group.net, group.customers), currency)} each in"
        f" {number_text(ratio(group.visits, group.customers), 1)} visits"
        f" ({money_said(ratio(group.net, group.visits), currency)} a visit)"
    )


def _headline(known: Known, shown: Sequence[_Group]) -> str:
    redeemed, rest = shown[0], shown[1:]
    others = "; ".join(f"{group.customers:,} {group.name}: {_each(known, group)}" for group in rest)
    return (
        f"{redeemed.customers:,} known households that {REDEEMED} spent {_each(known, redeemed)}"
        f" {known.asked.when}, {known.asked.stores.label}; the others: {others}."
    )


def _sentences(shown: Sequence[_Group]) -> list[str]:
    redeemed = shown[0]
    customers, net = sum(group.customers for group in shown), sum((group.net for group in shown), Decimal(0))
    said = []
    if len(shown) == 3:
        said.append(
            f"Those who redeemed are {percent_said(redeemed.customers, customers)} of the households and"
            f" {percent_said(redeemed.net, net)} of what they spent."
        )
    return [*said, "That shows what goes together: it does not say that coupons made them spend more."]


def _figures(known: Known, group: _Group) -> list[Figure]:
    asked, of = known.asked, {"households": group.name}
    each, visit = (known.plain(ratio(group.net, number) or Decimal(0)) for number in (group.customers, group.visits))
    return [
        figure(asked, "customers", group.customers, "count", of),
        figure(asked, "spend_per_customer", each, asked.currency, of),
        figure(asked, "visits_per_customer", number_text(ratio(group.visits, group.customers)), "ratio", of),
        figure(asked, "spend_per_visit", visit, asked.currency, of),
    ]


def _table(known: Known, shown: Sequence[_Group]) -> Table:
    unit = known.asked.currency
    columns = (
        TableColumn("Households", "text"), TableColumn("Number", "count"), TableColumn("Spend each", unit),
        TableColumn("Visits each", "ratio"), TableColumn("Spend a visit", unit),
    )  # fmt: skip
    return Table(
        columns,
        [
            (
                group.name.capitalize(), group.customers, known.plain(ratio(group.net, group.customers) or Decimal(0)),
                number_text(ratio(group.visits, group.customers), 1),
                known.plain(ratio(group.net, group.visits) or Decimal(0)),
            )
            for group in shown
        ],
    )  # fmt: skip
