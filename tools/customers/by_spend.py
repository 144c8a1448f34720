"""How many known customers spent more or less than an amount, and how they spread over what they spent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field

from tools.amounts import figure, money_said, percent_said
from tools.analysis.few import FEWEST, is_few
from tools.bounds import Bounds, amount
from tools.context import ToolContext
from tools.customers.bands import band_chart, band_table
from tools.customers.known import STORES_HELP, Known, KnownCustomer, known_customers
from tools.errors import BadArgumentError
from tools.metrics import METRICS
from tools.registry import Arguments, tool
from tools.result import Figure, ToolResult

EDGES = (Decimal(25), Decimal(50), Decimal(100), Decimal(200), Decimal(500))
"""Where the bands of the table begin, in major units of the currency."""


class CustomersBySpendArguments(Arguments):
    """Arguments of ``customers_by_spend``."""

    over: str | None = Field(default=None, max_length=20, description="Who spent more than this: “200”.")
    at_least: str | None = Field(default=None, max_length=20, description="This or more.")
    under: str | None = Field(default=None, max_length=20, description="Less than this.")
    at_most: str | None = Field(default=None, max_length=20, description="This or less.")
    period: str = Field(default="last month", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customers_by_spend(arguments: CustomersBySpendArguments, context: ToolContext) -> ToolResult:
    """How many known customers (households) spent more or less than an amount in a period, altogether.

    Use it for “how many customers spent over $200 last month”, “households under $50 this month”, “share of customers
    who spent at least $100”, “customers by how much they spent”. What each spends on average is ``customer_visits``;
    single sales over an amount are ``largest_transactions``; by name or rank ``top_customers``.
    """
    bounds = Bounds(*(amount(name, getattr(arguments, name)) for name in ("over", "at_least", "under", "at_most")))
    known = known_customers(arguments.period, arguments.stores, context)
    came = [one for one in known.customers if one.visits > 0]
    if not came:
        raise BadArgumentError("period: no known customer bought in it.")
    headline = _headline(known, came, bounds)
    bands = _bands(known, came)
    return ToolResult(
        headline=headline,
        text=f"{headline} {_middle(known, came)}".strip(),
        figures=tuple(_figures(known, came, bounds)),
        table=band_table(known, "Spent", bands),
        chart=band_chart(known, "Customers by what they spent", bands),
        caveats=(*known.caveats(), "Customers are known by a card; who buys without one is not among them."),
        follow_ups=(
            f"How many customers came once or more often {known.asked.when_again}{known.asked.same_part_and_stores}",
            f"Spend per customer by age {known.asked.when_again}{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(),
    )


def _within(known: Known, came: Sequence[KnownCustomer], bounds: Bounds) -> list[KnownCustomer]:
    return [one for one in came if bounds.hold(known.major(one.net_minor))]


def _headline(known: Known, came: Sequence[KnownCustomer], bounds: Bounds) -> str:
    asked = known.asked
    where = f"{asked.when}, {asked.stores.label}"
    if not bounds.given:
        return f"{len(came):,} known customers bought {where}."
    count, said = len(_within(known, came, bounds)), bounds.said(METRICS["net_sales"], asked.currency)
    if is_few(count):
        number = f"Fewer than {FEWEST}"
    elif is_few(len(came) - count):  # a number beside the total of all would give the others away
        number = f"All but fewer than {FEWEST}"
    else:
        number = f"{count:,} ({percent_said(count, len(came))})"
    return f"{number} of {len(came):,} known customers spent {said} {where}, all visits together."


def _middle(known: Known, came: Sequence[KnownCustomer]) -> str:
    """What customers spent on average; nothing of so few that it would be one of them."""
    if len(came) < FEWEST:
        return ""
    total = sum((one.net_minor for one in came), Decimal(0))
    return f"On average each of the {len(came):,} spent {money_said(total / len(came), known.asked.currency)}."


def _figures(known: Known, came: Sequence[KnownCustomer], bounds: Bounds) -> list[Figure]:
    made = [figure(known.asked, "customers", len(came), "count")]
    if bounds.given:
        count = len(_within(known, came, bounds))
        shown = None if is_few(count) or is_few(len(came) - count) else count
        said = bounds.said(METRICS["net_sales"], known.asked.currency)
        made.insert(0, figure(known.asked, "customers", shown, "count", {"spend": said}))
    return made


def _bands(known: Known, came: Sequence[KnownCustomer]) -> list[tuple[str, list[KnownCustomer]]]:
    """The customers of each band of spend, the least first; who brought back more than was bought is in the first."""
    currency = known.asked.currency
    made: list[tuple[str, list[KnownCustomer]]] = []
    for least, under in zip((None, *EDGES), (*EDGES, None), strict=True):
        bounds = Bounds(None, least, under, None)
        made.append((bounds.said(METRICS["net_sales"], currency), _within(known, came, bounds)))
    return made
