"""How many known customers two or more named stores share, and which stores share the most; groups, never names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio
from tools.analysis.few import FEWEST, is_few
from tools.context import ToolContext
from tools.customers.known import Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.shared_customers_query import build_store_sets
from tools.metrics.windows import Statement
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stores import resolve_stores
from tools.wording import listed

MOST_PAIRS = 50


class SharedCustomersArguments(Arguments):
    """Arguments of ``shared_customers``."""

    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(
        default=None,
        max_length=300,
        description="Stores at all of which they bought: “Market Street and Harbor Point”. Leave out to rank pairs.",
    )
    but_not: str | None = Field(
        default=None, max_length=300, description="Stores at none of which they bought: “Harbor Point”."
    )


@dataclass(frozen=True, slots=True)
class _Set:
    """Customers who bought in exactly these stores; ``net`` in minor units."""

    stores: frozenset[str]
    customers: int
    net: Decimal


@tool()
def shared_customers(arguments: SharedCustomersArguments, context: ToolContext) -> ToolResult:
    """How many known customers bought at each of several named stores, or at some and not at others; pairs ranked.

    Use it for “how many customers shop at both Market Street and Harbor Point”, “customers of Market Street who did not
    buy at Harbor Point”, “which stores share the most customers”. Customers by number of stores are
    customers_across_stores.
    """
    wanted = resolve_stores(arguments.stores, context) if arguments.stores else None
    refused = resolve_stores(arguments.but_not, context) if arguments.but_not else None
    both = {*(wanted.ids if wanted else ()), *(refused.ids if refused else ())}
    if arguments.but_not and wanted is None:
        raise BadArgumentError("Name in “stores” where they did buy, beside “but_not” where they did not.")
    if wanted and refused and set(wanted.ids) & set(refused.ids):
        raise BadArgumentError("A store cannot be in “stores” and in “but_not”; leave it out of one of them.")
    if wanted and not refused and len(wanted.ids) < 2:
        raise BadArgumentError("Name at least two stores that customers are to share, or one and another it is not.")
    names = " and ".join(store.name for store in resolve_stores(None, context).stores if store.store_id in both)
    known = known_customers(arguments.period, names or "all stores", context)
    statement = build_store_sets(known.asked.windows(), context.scope)
    sets = [
        _Set(frozenset(row["stores"].split("|")), int(row["customers"]), Decimal(row["net"] or 0))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]
    titles = {store.store_id: store.name for store in known.asked.stores.stores}
    if wanted is None:
        return _pairs(known, sets, titles, statement)
    return _named(known, sets, titles, wanted.ids, refused.ids if refused else (), statement)


def _named(
    known: Known, sets: Sequence[_Set], titles: Mapping[str, str], inside: Sequence[str], outside: Sequence[str],
    statement: Statement,
) -> ToolResult:  # fmt: skip
    asked = known.asked
    fit = [one for one in sets if one.stores >= set(inside) and not one.stores & set(outside)]
    number = sum(one.customers for one in fit)
    each = {one: sum(s.customers for s in sets if one in s.stores) for one in (*inside, *outside)}
    # Who is left of a store's customers is told as well, by taking the number from them.
    if any(map(is_few, (number, *each.values(), *(each[one] - number for one in inside)))):
        raise NoDataError(
            f"That would tell of fewer than {FEWEST} known customers who did, or did not, {asked.when}; nothing is said"
            " of so few."
        )
    net = sum((one.net for one in fit), Decimal(0))
    where = _where([titles[one] for one in inside], [titles[one] for one in outside])
    shares = [f"{percent_said(number, each[one])} of the {each[one]:,} of {titles[one]}" for one in inside]
    headline = f"{number:,} known customers bought {where} {asked.when}: {listed(shares)}."
    spent = f"They spent {money_said(ratio(net, number), asked.currency)} each at these stores." if number else ""
    figures = [figure(asked, "customers", number, "count", {"stores": where})]
    figures += [figure(asked, "customers", n, "count", {"store": one}, stores=(one,)) for one, n in each.items()]
    rows = [(titles[one], each[one], percent_text(number, each[one]) if one in inside else None) for one in each]
    columns = (TableColumn("Store", "text"), TableColumn("Customers", "count"), TableColumn("Of these, asked for", "%"))
    return _result(known, headline, f"{headline} {spent}".strip(), figures, Table(columns, rows), statement)


def _where(inside: Sequence[str], outside: Sequence[str]) -> str:
    at = f"at both {listed(inside)}" if len(inside) == 2 else f"at {listed(inside)}"
    at = f"at each of {listed(inside)}" if len(inside) > 2 else at
    return f"{at} but not at {' or '.join(outside)}" if outside else at


def _pairs(known: Known, sets: Sequence[_Set], titles: Mapping[str, str], statement: Statement) -> ToolResult:
    asked = known.asked
    if len(titles) < 2:
        raise BadArgumentError("Ask this of at least two stores: one store shares its customers with none.")
    each = {one: sum(s.customers for s in sets if one in s.stores) for one in titles}
    found = []
    for first, second in combinations(sorted(titles), 2):
        parts = [one for one in sets if {first, second} <= one.stores]
        number = sum(one.customers for one in parts)
        if number >= FEWEST and not is_few(each[first] - number) and not is_few(each[second] - number):
            found.append((number, first, second, sum((one.net for one in parts), Decimal(0))))
    if not found:
        raise NoDataError(f"No two of these stores shared {FEWEST} known customers {asked.when}.")
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    number, first, second, _ = found[0]
    headline = (
        f"{titles[first]} and {titles[second]} share the most known customers {asked.when}: {number:,} bought at both,"
        f" {percent_said(number, each[first])} of the {each[first]:,} of {titles[first]} and"
        f" {percent_said(number, each[second])} of the {each[second]:,} of {titles[second]}."
    )
    then = "; ".join(f"{titles[a]} and {titles[b]} {n:,}" for n, a, b, _ in found[1:4])
    figures = [
        figure(asked, "customers", n, "count", {"stores": f"{a} and {b}"}, stores=(a, b))
        for n, a, b, _ in found[:MOST_PAIRS]
    ]
    columns = (
        TableColumn("Store", "text"), TableColumn("And", "text"), TableColumn("Customers of both", "count"),
        TableColumn("Of the first", "%"), TableColumn("Of the second", "%"), TableColumn("Spend each", asked.currency),
    )  # fmt: skip
    rows = [
        (titles[a], titles[b], n, percent_text(n, each[a]), percent_text(n, each[b]),
         money_text(ratio(net, n), asked.exponent))
        for n, a, b, net in found[:MOST_PAIRS]
    ]  # fmt: skip
    text = f"{headline} Then {then}." if then else headline
    return _result(known, headline, text, figures, Table(columns, rows), statement)


def _result(
    known: Known, headline: str, text: str, figures: Sequence[Figure], table: Table, statement: Statement
) -> ToolResult:
    return ToolResult(
        headline=headline,
        text=text,
        figures=tuple(figures),
        table=table,
        caveats=(*known.caveats(), "Customers are known by a card; who buys without one is not among them."),
        follow_ups=(
            f"Customers who shop at several stores {known.asked.when_again}",
            f"Customers by store {known.asked.when_again}",
        ),
        provenance=known.provenance(statement),
    )
