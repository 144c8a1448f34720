"""How many known customers bought in one store only, and how many in several; as groups, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST, is_few
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.across_stores_query import build_across_stores
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted


class CustomersAcrossStoresArguments(Arguments):
    """Arguments of ``customers_across_stores``."""

    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    at_least: int = Field(
        default=2, ge=2, le=1000, description="“more than two stores” is 3, “at least four stores” is 4."
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Customers who bought in so many stores (or, with ``more``, in more as well); money in minor units."""

    stores: int
    customers: int
    visits: int
    net: Decimal
    more: bool = False

    @property
    def label(self) -> str:
        return f"{self.stores} or more stores" if self.more else counted(self.stores, "store")


@tool()
def customers_across_stores(arguments: CustomersAcrossStoresArguments, context: ToolContext) -> ToolResult:
    """How many known customers shop at several stores, against those who keep to one, and what each group spends.

    Use it for “customers who shop at several stores”, “how many households shop at more than one store”, “do customers
    who use several stores spend more”. Groups only: nobody is named, and groups of fewer than five are put together.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    asked = known.asked
    if len(asked.stores.stores) < 2:
        raise BadArgumentError("Ask this of at least two stores: at one store nobody shops at several.")
    if arguments.at_least > len(asked.stores.stores):
        raise BadArgumentError(
            f"{asked.stores.label} are {len(asked.stores.stores)} stores, so nobody can have bought in"
            f" {arguments.at_least} of them."
        )
    statement = build_across_stores(asked.windows(), context.scope)
    groups = [
        _Group(int(row["stores"]), int(row["customers"]), int(row["visits"]), Decimal(row["net"] or 0))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    several = _together([group for group in groups if group.stores >= arguments.at_least])
    everyone = _together(groups)
    if everyone.customers < FEWEST or is_few(several.customers) or is_few(everyone.customers - several.customers):
        raise NoDataError(
            f"Fewer than {FEWEST} known customers did, or did not, {asked.when}; nothing is said of so few."
        )
    shown = _large_enough(groups)
    how_many = "more than one store" if arguments.at_least == 2 else f"at least {arguments.at_least} stores"
    headline = (
        f"{several.customers:,} of {everyone.customers:,} known customers"
        f" ({percent_said(several.customers, everyone.customers)}) bought in {how_many} {asked.when},"
        f" {asked.stores.label}."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, several, shown, arguments.at_least), _mean(groups, everyone)]),
        figures=tuple(_figures(known, several, everyone, shown, arguments.at_least)),
        table=_table(known, shown, everyone),
        caveats=(
            *known.caveats(),
            "Customers are known by a card; who buys without one is not among them.",
        ),
        follow_ups=(
            f"Customers by store {asked.when_again}{asked.same_part_and_stores}",
            f"New against returning customers {asked.when_again}{asked.same_part_and_stores}",
        ),
        provenance=known.provenance(statement),
    )


def _together(groups: Sequence[_Group]) -> _Group:
    return _Group(
        0,
        sum(group.customers for group in groups),
        sum(group.visits for group in groups),
        sum((group.net for group in groups), Decimal(0)),
    )


def _large_enough(groups: Sequence[_Group]) -> list[_Group]:
    """Groups of at least five people: a smaller one is put together with the one of fewer stores (the first: of more).

    Several stores are never put together with one.
    """
    made: list[_Group] = []
    for group in reversed(groups):
        if made and made[-1].customers < FEWEST and group.stores > 1:
            joined = _together([group, made.pop()])
            group = _Group(group.stores, joined.customers, joined.visits, joined.net, more=True)
        made.append(group)
    return [group for group in reversed(made) if group.customers >= FEWEST]


def _mean(groups: Sequence[_Group], everyone: _Group) -> str:
    stores = sum(group.stores * group.customers for group in groups)
    return f"On average a customer bought in {number_text(ratio(Decimal(stores), everyone.customers), 1)} stores."


def _spend(group: _Group) -> Decimal | None:
    return ratio(group.net, group.customers)


def _sentences(known: Known, several: _Group, shown: Sequence[_Group], least: int) -> list[str]:
    currency = known.asked.currency
    parts = [
        f"{group.label} {group.customers:,} customers, {money_said(_spend(group), currency)} each" for group in shown
    ]
    said = [f"By number of stores: {'; '.join(parts)}."]
    if several.customers:
        who = "several" if least == 2 else f"{least} or more"
        said.append(
            f"Those of {who} stores spent {money_said(_spend(several), currency)} each in"
            f" {number_text(ratio(several.visits, several.customers), 1)} visits."
        )
    return said


def _figures(known: Known, several: _Group, everyone: _Group, shown: Sequence[_Group], least: int) -> list[Figure]:
    asked = known.asked
    share = percent_text(several.customers, everyone.customers)
    which = {"stores": "several" if least == 2 else f"at least {least}"}
    made = [
        figure(asked, "customers", everyone.customers, "count"),
        figure(asked, "customers", several.customers, "count", which),
        figure(asked, "customer_share", share, "%", which),
    ]
    for group in shown:
        named = {"stores": f"{group.stores} or more" if group.more else str(group.stores)}
        made += [
            figure(asked, "customers", group.customers, "count", named),
            figure(asked, "spend_per_customer", money_text(_spend(group), asked.exponent), asked.currency, named),
        ]
    return made


def _table(known: Known, shown: Sequence[_Group], everyone: _Group) -> Table:
    currency, exponent = known.asked.currency, known.asked.exponent
    columns = (
        ("Stores", "text"), ("Customers", "count"), ("Share of customers", "%"), ("Visits each", "ratio"),
        ("Net sales", currency), ("Spend each", currency),
    )  # fmt: skip
    rows = [
        (
            group.label,
            group.customers,
            percent_text(group.customers, everyone.customers),
            number_text(ratio(group.visits, group.customers)),
            money_text(group.net, exponent),
            money_text(_spend(group), exponent),
        )
        for group in shown
    ]
    return Table(tuple(TableColumn(*column) for column in columns), rows)
