"""How many known customers came in every whole month (or week) of a period, and how many in all but one or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, money_said, number_text, percent_said, ratio
from tools.analysis.few import FEWEST, is_few, tellable
from tools.context import ToolContext
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.query import Statement
from tools.metrics.segments_query import build_customers
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult

_MOST = 60
"""More spans than that is no question of a habit."""


class CustomersEverySpanArguments(Arguments):
    """Arguments of ``customers_every_span``."""

    span: Literal["month", "week"] = Field(default="month", description="In every one of which they must have come.")
    period: str = Field(default="all time", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customers_every_span(arguments: CustomersEverySpanArguments, context: ToolContext) -> ToolResult:
    """How many known customers (households) came in every single month (or week) of a period, and in how many else.

    Use it for “how many households were active in every month”, “customers who shopped every week this quarter”,
    “households that bought in all months”. Only whole months (weeks) count. How often customers came in all is
    ``customers_by_visits``; how many came in each month is ``customer_visits``.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    spans = list(_whole(known.asked.start_on, known.asked.end_on, arguments.span))
    if len(spans) < 2:
        raise NoDataError(f"There are not two whole {arguments.span}s {known.asked.when}: name a longer period.")
    if len(spans) > _MOST:
        raise BadArgumentError(f"period: {len(spans)} {arguments.span}s are more than the {_MOST} I go through.")
    counted, statements = _counted(known, spans)
    spread = _spread(counted, len(spans))
    headline = _headline(known, spans, counted, spread, arguments.span)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(known, spans, counted, spread, arguments.span)]),
        figures=(
            figure(known.asked, "customers", spread[len(spans)], "count", {arguments.span: "every"}),
            figure(known.asked, "customers", len(counted), "count"),
        ),
        table=_table(spread, arguments.span),
        caveats=(*known.caveats(), "Customers are known by a card; who buys without one is not among them."),
        follow_ups=(f"How often customers came{known.asked.same_part_and_stores}",),
        provenance=known.provenance(*statements),
    )


def _whole(start_on: date, end_on: date, span: str) -> Iterator[tuple[date, date]]:
    """The whole months or weeks (from Monday) between two days, each with its first and last day."""
    first = start_on
    while first <= end_on:
        if span == "week":
            begins, following = first.weekday() == 0, first + timedelta(days=7 - first.weekday())
        else:
            begins, following = first.day == 1, (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        if begins and following - timedelta(days=1) <= end_on:
            yield first, following - timedelta(days=1)
        first = following


def _counted(known: Known, spans: list[tuple[date, date]]) -> tuple[Counter[str], list[Statement]]:
    """In how many of the spans each customer came who came in any, and the statements that say so."""
    counted: Counter[str] = Counter()
    statements = []
    for start_on, end_on in spans:
        windows = [replace(window, start_on=start_on, end_on=end_on) for window in known.asked.windows()]
        statement = build_customers(windows, known.asked.context.scope)
        statements.append(statement)
        rows = known.asked.context.mirror.query(statement.sql, statement.params).dicts()
        counted.update(row["customer_key"] for row in rows if int(row["visits"]) > 0)
    return counted, statements


def _spread(counted: Counter[str], spans: int) -> dict[int, int | None]:
    """How many customers came in so many of the spans; None where so few people could be told from the others."""
    many = [sum(1 for times in counted.values() if times == number) for number in range(spans, 0, -1)]
    told = tellable(many)
    return {spans - place: number if told[place] else None for place, number in enumerate(many)}


def _said(number: int | None, of: int) -> str:
    return "too few or too many to be told" if number is None else f"{number:,} ({percent_said(number, of)})"


def _headline(
    known: Known, spans: list[tuple[date, date]], counted: Counter[str], spread: dict[int, int | None], span: str
) -> str:
    return (
        f"{_said(spread[len(spans)], len(counted))} of {len(counted):,} known customers came in every one of the"
        f" {len(spans)} whole {span}s from {spans[0][0]:%-d %b %Y} to {spans[-1][1]:%-d %b %Y},"
        f" {known.asked.stores.label}."
    )


def _sentences(
    known: Known, spans: list[tuple[date, date]], counted: Counter[str], spread: dict[int, int | None], span: str
) -> list[str]:
    missed, once = (_said(spread[number], len(counted)) for number in (len(spans) - 1, 1))
    said = [f"Missed one of them: {missed}; came in one only: {once}."]
    always = [one for one in known.customers if counted[one.key] == len(spans)]
    if len(always) >= FEWEST and not is_few(len(known.customers) - len(always)):
        net = sum((one.net_minor for one in always), Decimal(0))
        said.append(
            f"Those of every {span} made {percent_said(net, known.net_minor)} of the sales with a known customer"
            f" ({money_said(net, known.asked.currency)}) {known.asked.when}."
        )
    mean = number_text(ratio(sum(counted.values()), len(counted)), 1)
    return [*said, f"A customer came in {mean} of the {len(spans)} {span}s on average."]


def _table(spread: dict[int, int | None], span: str) -> Table:
    return Table(
        columns=(TableColumn(f"{span.capitalize()}s with a visit", "count"), TableColumn("Customers", "count")),
        rows=tuple(spread.items()),
    )
