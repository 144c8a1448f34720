"""Customers of one period and of a later one: how many came again, how many did not, who is only of the later.

A customer counts for a period in which they made a transaction, of the goods asked about where goods are. Nobody is
named, and groups of fewer than five people are not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio
from tools.analysis.calendar import add_months
from tools.analysis.comparison_periods import resolve_comparison
from tools.analysis.few import FEWEST, is_few
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.visits_query import build_kept
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult

KEPT, LOST, GAINED = "came again", "did not come again", "only in the later"


class CustomersKeptArguments(Arguments):
    """Arguments of ``customers_kept``."""

    period: str | None = Field(
        default=None, max_length=120, description="The earlier period: “September”. Left out, the one before the later."
    )
    later: str = Field(default="last month", max_length=120, description="The later period: “October”, “since then”.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)


@dataclass(frozen=True, slots=True)
class _Group:
    """Customers of one kind; money in minor units, before and in the later period."""

    customers: int = 0
    net_before: Decimal = Decimal(0)
    net_after: Decimal = Decimal(0)

    @property
    def shown(self) -> int | None:
        return self.customers if self.customers >= FEWEST or not self.customers else None


@tool()
def customers_kept(arguments: CustomersKeptArguments, context: ToolContext) -> ToolResult:
    """Retention: of the known customers of one period, how many bought again in a later one, how many did not.

    Use it for “retention rate” (last month against the one before, unless periods are named), “customers who bought in
    September but not in October”, “how many of last month's customers came back this month”, “which share of the
    summer's customers stopped coming since September”, “how many bought wine in both October and November”. Who is away
    longer than usual is ``customers_at_risk``, cohorts by first purchase are ``customer_cohorts``.
    """
    second = known_customers(arguments.later, arguments.stores, context)
    earlier = arguments.period or _before(second)
    first = known_customers(earlier, arguments.stores, context)
    if second.asked.start_on <= first.asked.end_on:
        raise BadArgumentError(
            f"later: {second.asked.when} does not lie after {first.asked.when}; name an earlier and a later period."
        )
    part = part_of(arguments.product, arguments.department, first.asked.stores, context)
    statement = build_kept(first.asked.windows(), second.asked.windows(), context.scope, part.only if part else None)
    found = {
        (bool(row["before"]), bool(row["after"])): _Group(
            int(row["customers"]), Decimal(row["net_before"] or 0), Decimal(row["net_after"] or 0)
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    }
    groups = {
        KEPT: found.get((True, True), _Group()), LOST: found.get((True, False), _Group()),
        GAINED: found.get((False, True), _Group()),
    }  # fmt: skip
    base = groups[KEPT].customers + groups[LOST].customers
    goods = f" {part.label}" if part else ""
    if base < FEWEST:
        raise NoDataError(
            f"Fewer than {FEWEST} known customers bought{goods} {first.asked.when}; nothing is said of so few."
        )
    if is_few(groups[KEPT].customers) or is_few(groups[LOST].customers):
        raise NoDataError(
            f"Fewer than {FEWEST} of the customers who bought{goods} {first.asked.when} did, or did not, buy again "
            f"{second.asked.when}; nothing is said of so few."
        )
    headline = (
        f"Retention {percent_said(groups[KEPT].customers, base)}: of {base:,} known customers who bought{goods}"
        f" {first.asked.when}, {first.asked.stores.label}, {groups[KEPT].customers:,} bought{' it' if part else ''}"
        f" {second.asked.when}; {_number(groups[LOST], base)} did not{' buy it' if part else ''}."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(first, second, groups)]),
        figures=tuple(_figures(first, second, groups, base, part.label if part else "")),
        table=_table(first, second, groups, base),
        caveats=(
            *first.caveats(),
            ("Customers are known by a card; who buys without one is not among them."
            " Not to have come says nothing of why: the two periods may differ in length."),
        ),
        follow_ups=("Which customers are at risk?", f"New against returning customers {second.asked.when_again}"),
        provenance=second.provenance(*first.statements, statement),
    )  # fmt: skip


def _before(later: Known) -> str:
    """The like period before: a month, week or quarter before one, else as many days."""
    asked = later.asked
    against = resolve_comparison("the period before", asked.period, today=asked.end_on, week_start=WEEK_START)
    period = against.periods[0]
    if period.start_on.day == 1 and period.end_on == add_months(period.start_on, 1) - timedelta(days=1):
        return f"{period.start_on:%B %Y}"
    return f"from {period.start_on.isoformat()} to {period.end_on.isoformat()}"


def _number(group: _Group, base: int) -> str:
    if group.shown is None:
        return f"fewer than {FEWEST}"
    return f"{group.customers:,} ({percent_said(group.customers, base)})"


def _sentences(first: Known, second: Known, groups: dict[str, _Group]) -> list[str]:
    currency, said = first.asked.currency, []
    lost, kept, gained = groups[LOST], groups[KEPT], groups[GAINED]
    if lost.customers >= FEWEST:
        said.append(
            f"Those who did not had spent {money_said(lost.net_before, currency)} then,"
            f" {money_said(ratio(lost.net_before, lost.customers), currency)} each"
            + (
                f"; those who came again {money_said(ratio(kept.net_before, kept.customers), currency)} each."
                if kept.customers >= FEWEST
                else "."
            )
        )
    if gained.customers >= FEWEST:
        said.append(
            f"{gained.customers:,} bought {second.asked.when} and not in the earlier period, for"
            f" {money_said(gained.net_after, currency)}."
        )
    return said


def _figures(first: Known, second: Known, groups: dict[str, _Group], base: int, goods: str) -> list[Figure]:
    asked, more = second.asked, {"goods": goods} if goods else {}
    earlier = (first.asked.start_on, first.asked.end_on)
    made = [figure(asked, "customers_before", base, "count", more, days=earlier)]
    made.append(figure(asked, "retention_rate", percent_text(groups[KEPT].customers, base), "%", more))
    for name, group in groups.items():
        made.append(figure(asked, "customers", group.shown, "count", {**more, "group": name}))
        if name != GAINED:
            share = percent_text(group.customers, base) if group.shown is not None else None
            made.append(figure(asked, "share_of_earlier_customers", share, "%", {**more, "group": name}))
    return made


def _table(first: Known, second: Known, groups: dict[str, _Group], base: int) -> Table:
    unit, exponent = first.asked.currency, first.asked.exponent
    columns = (
        ("Customers", "text"), ("Number", "count"), ("Share of the earlier", "%"),
        (f"Net sales {first.asked.period.label}", unit),
        (f"Net sales {second.asked.period.label}", unit),
    )  # fmt: skip
    rows = [
        (
            name,
            group.shown,
            percent_text(group.customers, base) if name != GAINED and group.shown is not None else None,
            money_text(group.net_before, exponent) if group.shown is not None else None,
            money_text(group.net_after, exponent) if group.shown is not None else None,
        )
        for name, group in groups.items()
    ]
    return Table(tuple(TableColumn(*column) for column in columns), rows)
