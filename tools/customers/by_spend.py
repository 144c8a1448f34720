"""How many known customers spent more or less than an amount, and how they spread over what they spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    away_days: int | None = Field(
        default=None, ge=7, le=730, description="Only those who have not bought for so many days up to its end."
    )
    period: str = Field(default="last month", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customers_by_spend(arguments: CustomersBySpendArguments, context: ToolContext) -> ToolResult:
    """How many known customers (households) spent more or less than an amount in a period, altogether.

    Use it for “how many customers spent over $200 last month”, “households under $50 this month”, “share of customers
    who spent at least $100”, “customers by how much they spent”, “over $500 but not here for 60 days” (away_days). What
    each spends on average is ``customer_visits``; single sales over an amount are ``largest_transactions``; by name or
    rank ``top_customers``.
    """
    bounds = Bounds(*(amount(name, getattr(arguments, name)) for name in ("over", "at_least", "under", "at_most")))
    known = known_customers(arguments.period, arguments.stores, context)
    came = [one for one in known.customers if one.visits > 0]
    if not came:
        raise BadArgumentError("period: no known customer bought in it.")
    asked = _Asked(bounds, arguments.away_days)
    headline = _headline(known, came, asked)
    bands = _bands(known, came)
    return ToolResult(
        headline=headline,
        text=f"{headline} {_middle(known, came)}".strip(),
        figures=tuple(_figures(known, came, asked)),
        table=band_table(known, "Spent", bands),
        chart=band_chart(known, "Customers by what they spent", bands),
        caveats=(*known.caveats(), "Customers are known by a card; who buys without one is not among them."),
        follow_ups=(
            f"How many customers came once or more often {known.asked.when_again}{known.asked.same_part_and_stores}",
            f"Spend per customer by age {known.asked.when_again}{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each customer: how much it spent, and for how many days it has not bought."""

    bounds: Bounds
    away_days: int | None = None

    @property
    def given(self) -> bool:
        return self.bounds.given or self.away_days is not None

    def of(self, known: Known, came: Sequence[KnownCustomer]) -> list[KnownCustomer]:
        """The customers of whom it holds."""
        spent = _within(known, came, self.bounds)
        if self.away_days is None:
            return spent
        return [one for one in spent if (known.asked.end_on - one.last_on).days >= self.away_days]

    def tells_of_few(self, known: Known, came: Sequence[KnownCustomer]) -> bool:
        """Whether the number of them would tell of fewer people than may be told, beside the others of their spend."""
        spent, found = len(_within(known, came, self.bounds)), len(self.of(known, came))
        return is_few(found) or is_few(len(came) - found) or is_few(spent - found)

    def spent(self, known: Known) -> str:
        return self.bounds.said(METRICS["net_sales"], known.asked.currency) if self.bounds.given else "anything"

    def away(self, known: Known) -> str:
        """`` and bought nothing in …``; empty where absence is not asked for."""
        if self.away_days is None:
            return ""
        return f" and bought nothing in the {self.away_days} days up to {known.asked.end_on:%-d %b %Y}"


def _within(known: Known, came: Sequence[KnownCustomer], bounds: Bounds) -> list[KnownCustomer]:
    return [one for one in came if bounds.hold(known.major(one.net_minor))]


def _headline(known: Known, came: Sequence[KnownCustomer], wanted: _Asked) -> str:
    asked = known.asked
    where = f"{asked.when}, {asked.stores.label}"
    if not wanted.given:
        return f"{len(came):,} known customers bought {where}."
    found = wanted.of(known, came)
    count, worth = len(found), ""
    if is_few(count):
        number = f"Fewer than {FEWEST}"
    elif is_few(len(came) - count):  # a number beside the total of all would give the others away
        number = f"All but fewer than {FEWEST}"
    elif wanted.tells_of_few(known, came):
        number = f"All but fewer than {FEWEST} of those who spent so much,"
    else:
        number = f"{count:,} ({percent_said(count, len(came))})"
        if wanted.away_days and count:
            together = sum((one.net_minor for one in found), Decimal(0))
            worth = f" Together these had spent {money_said(together, asked.currency)}."
    return (
        f"{number} of {len(came):,} known customers spent {wanted.spent(known)} {where}, all visits together"
        f"{wanted.away(known)}.{worth}"
    )


def _middle(known: Known, came: Sequence[KnownCustomer]) -> str:
    """What customers spent on average; nothing of so few that it would be one of them."""
    if len(came) < FEWEST:
        return ""
    total = sum((one.net_minor for one in came), Decimal(0))
    return f"On average each of the {len(came):,} spent {money_said(total / len(came), known.asked.currency)}."


def _figures(known: Known, came: Sequence[KnownCustomer], wanted: _Asked) -> list[Figure]:
    made = [figure(known.asked, "customers", len(came), "count")]
    if wanted.given:
        found = wanted.of(known, came)
        few = wanted.tells_of_few(known, came)
        group = {"spend": f"{wanted.spent(known)}{wanted.away(known)}"}
        made.insert(0, figure(known.asked, "customers", None if few else len(found), "count", group))
    return made


def _bands(known: Known, came: Sequence[KnownCustomer]) -> list[tuple[str, list[KnownCustomer]]]:
    """The customers of each band of spend, the least first; who brought back more than was bought is in the first."""
    currency = known.asked.currency
    made: list[tuple[str, list[KnownCustomer]]] = []
    for least, under in zip((None, *EDGES), (*EDGES, None), strict=True):
        bounds = Bounds(None, least, under, None)
        made.append((bounds.said(METRICS["net_sales"], currency), _within(known, came, bounds)))
    return made
