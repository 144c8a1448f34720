"""How customers spread over numbers of visits: how many came once, twice, more often, and how long ago."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from pydantic import Field

from tools.amounts import figure, money_said, money_text, number_text, percent_said, ratio
from tools.analysis.few import FEWEST, is_few
from tools.context import ToolContext
from tools.customers.bands import band_chart, band_table
from tools.customers.known import STORES_HELP, Known, KnownCustomer, known_customers
from tools.errors import BadArgumentError
from tools.registry import Arguments, tool
from tools.result import Figure, ToolResult

BANDS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 49), (50, None))


class CustomersByVisitsArguments(Arguments):
    """Arguments of ``customers_by_visits``."""

    at_least: int | None = Field(default=None, ge=1, le=1000, description="Customers of so many visits or more.")
    at_most: int | None = Field(default=None, ge=1, le=1000, description="Customers of so many visits or fewer.")
    period: str = Field(default="last month", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customers_by_visits(arguments: CustomersByVisitsArguments, context: ToolContext) -> ToolResult:
    """How many known customers came once, twice, five times or more in a period, and how long ago they came last.

    Use it for “how many customers shopped only once last month”, “customers with more than 10 visits”, “distribution of
    visits per customer”, “median visits per household”, “median spend per customer”, “days since last purchase on
    average”. Customers by spend are ``top_customers`` and ``customer_segments``.
    """
    low, high = arguments.at_least, arguments.at_most
    if low is not None and high is not None and low > high:
        raise BadArgumentError("at_least: must not be more than at_most.")
    known = known_customers(arguments.period, arguments.stores, context)
    came = [one for one in known.customers if one.visits > 0]
    headline = _headline(known, came, low, high)
    bands = _rows(came)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, came)]),
        figures=tuple(_figures(known, came, low, high)),
        table=band_table(known, "Visits", bands),
        chart=band_chart(known, "Customers by number of visits", bands),
        caveats=(*known.caveats(), "Customers are known by a card; who buys without one is not among them."),
        follow_ups=(
            f"Customer segments{known.asked.same_part_and_stores}",
            f"Visits per customer by age{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(),
    )


def _within(came: Sequence[KnownCustomer], low: int | None, high: int | None) -> list[KnownCustomer]:
    return [one for one in came if (low or 1) <= one.visits and (high is None or one.visits <= high)]


def _number(count: int, of: int) -> str:
    if is_few(count):
        return f"fewer than {FEWEST}"
    # A number beside the total of all would give the others away.
    return f"all but fewer than {FEWEST}" if is_few(of - count) else f"{count:,} ({percent_said(count, of)})"


def _times(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return {1: "once", 2: "twice"}.get(low, f"{low} times")
    if low is not None and high is not None:
        return f"{low} to {high} times"
    if low is not None:
        return "at least once" if low == 1 else f"{low} times or more"
    return "once" if high == 1 else f"{high} times or less often"


def _headline(known: Known, came: Sequence[KnownCustomer], low: int | None, high: int | None) -> str:
    asked = known.asked
    if low is None and high is None:
        middle = f"{median(one.visits for one in came):g}"
        mean = number_text(ratio(sum(one.visits for one in came), len(came)), 1)
        return (
            f"{len(came):,} known customers came {asked.when}, {asked.stores.label}: half of them {middle} times or"
            f" less"
            f" often (the median), {mean} times on average."
        )
    found = _within(came, low, high)
    return (
        f"{_number(len(found), len(came))} of {len(came):,} known customers came {_times(low, high)} {asked.when},"
        f" {asked.stores.label}."
    )


def _sentences(known: Known, came: Sequence[KnownCustomer]) -> list[str]:
    once, often = _within(came, 1, 1), _within(came, 10, None)
    gaps = [(known.asked.end_on - one.last_on).days for one in came]
    net = sum((one.net_minor for one in often), Decimal(0))
    said = [f"{_number(len(once), len(came))} came once, {_number(len(often), len(came))} ten times or more"]
    if len(often) >= FEWEST:
        said[0] += f" and spent {money_said(net, known.asked.currency)} ({percent_said(net, known.net_minor)})"
    said[0] += "."
    if len(came) >= FEWEST:
        middle = Decimal(str(median(one.net_minor for one in came)))
        each = ratio(sum((one.net_minor for one in came), Decimal(0)), len(came))
        said.append(
            f"Half of all {len(came):,} spent {money_said(middle, known.asked.currency)} or less (the median),"
            f" {money_said(each, known.asked.currency)} on average."
        )
    mean = number_text(ratio(sum(gaps), len(gaps)), 1)
    said.append(
        f"The last visit of all of them lay {mean} days before the end of the period on average (median"
        f" {number_text(Decimal(str(median(gaps))), 0)})."
    )
    return said


def _middle(known: Known, came: Sequence[KnownCustomer]) -> str | None:
    """What the customer in the middle spent, in major units; none of so few that it would be one of them."""
    if len(came) < FEWEST:
        return None
    return money_text(Decimal(str(median(one.net_minor for one in came))), known.asked.exponent)


def _figures(known: Known, came: Sequence[KnownCustomer], low: int | None, high: int | None) -> list[Figure]:
    asked, gaps = known.asked, [(known.asked.end_on - one.last_on).days for one in came]
    made = [
        figure(asked, "customers", len(came), "count"),
        figure(asked, "median_visits", number_text(Decimal(str(median(one.visits for one in came))), 1), "count"),
        figure(asked, "median_spend", _middle(known, came), asked.currency),
        figure(asked, "visits_per_customer", number_text(ratio(sum(one.visits for one in came), len(came))), "ratio"),
        figure(asked, "days_since_last_visit", number_text(ratio(sum(gaps), len(gaps)), 1), "days"),
    ]
    if low is not None or high is not None:
        count = len(_within(came, low, high))
        shown = None if is_few(count) or is_few(len(came) - count) else count
        made.insert(0, figure(asked, "customers", shown, "count", {"visits": _times(low, high)}))
    return made


def _rows(came: Sequence[KnownCustomer]) -> list[tuple[str, list[KnownCustomer]]]:
    names = [f"{low}" if low == high else f"{low}–{high}" if high else f"{low} or more" for low, high in BANDS]
    return [(name, _within(came, low, high)) for name, (low, high) in zip(names, BANDS, strict=True)]
