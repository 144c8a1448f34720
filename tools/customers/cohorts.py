"""Cohorts by month of first purchase: of those who came first in a month, how many come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.few import FEWEST
from tools.context import ToolContext
from tools.customers.cohort_attention import attention
from tools.customers.known import STORES_HELP, Known, known_customers, share_of, since_the_beginning
from tools.errors import NoDataError
from tools.frame import frame
from tools.metrics.segments_query import build_months
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, span


class CustomerCohortsArguments(Arguments):
    """Arguments of ``customer_cohorts``."""

    view: Literal["retention", "attention"] = Field(
        default="retention",
        description="retention: who of each month's new customers comes again; attention: which group fell off most.",
    )
    period: str = Field(default="all time", max_length=120, description="When, in the asker's own words.")
    first_bought: str | None = Field(
        default=None, max_length=120, description="Only the customers who first bought then: “March”; retention only."
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def customer_cohorts(arguments: CustomerCohortsArguments, context: ToolContext) -> ToolResult:
    """Customer retention by cohort: of those who first bought in a month, how many buy in each month after.

    Use it for “customer retention last quarter”, “cohort analysis”, with first_bought for “retention of those first
    seen in March”, and with view attention for “which customer cohort needs attention”: the cohort or segment whose
    active share fell most in the last four weeks, beyond chance. Groups of fewer than five people are not shown.
    """
    known = known_customers(arguments.period, arguments.stores, context)
    if arguments.view == "attention":
        return attention(known)
    first = frame(arguments.first_bought, arguments.stores, context) if arguments.first_bought else None
    return _retention(known, (first.start_on.replace(day=1), first.end_on) if first else None)


@dataclass(frozen=True, slots=True)
class Cohort:
    """One month's new customers: how many, and by month of purchase how many bought and for how much."""

    month: date
    size: int
    active: Mapping[date, tuple[int, Decimal]]


def _retention(known: Known, came_first: tuple[date, date] | None = None) -> ToolResult:
    asked, context = known.asked, known.asked.context
    statement = build_months(since_the_beginning(asked), context.scope)
    cohorts = _cohorts(context.mirror.query(statement.sql, statement.params).rows)
    first, last = asked.start_on.replace(day=1), asked.end_on.replace(day=1)
    months = [month for month in _months(cohorts) if first <= month <= last]
    if came_first is not None:
        cohorts = [one for one in cohorts if came_first[0] <= one.month <= came_first[1]]
        months = [month for month in months if month >= came_first[0]]
    shown = [one for one in cohorts if one.size >= FEWEST and one.month <= last]
    if not shown or not months:
        raise NoDataError(
            f"No month {asked.when} brought {FEWEST} new known customers to {asked.stores.label}, so there is no"
            " cohort to follow."
        )
    one = shown[0] if came_first is not None and len(shown) == 1 else None
    headline = _of_one(known, one, months) if one else _retention_headline(known, cohorts, shown, months)
    return ToolResult(
        headline=headline,
        text=headline,
        figures=tuple(figure for one in shown for figure in _retention_figures(known, one, months)),
        table=_retention_table(shown, months),
        chart=_retention_chart(known, shown, months),
        caveats=(
            *known.caveats(),
            *_about_the_first(known, cohorts),
            f"Active in a month means at least one purchase in it; fewer than {FEWEST} people are left empty.",
        ),
        follow_ups=(
            f"Which customer cohort needs attention{asked.same_part_and_stores}?",
            f"Customer segments{asked.same_part_and_stores}",
        ),
        provenance=known.provenance(statement),
    )


def _cohorts(rows: Sequence[Sequence[Any]]) -> list[Cohort]:
    made: dict[date, dict[date, tuple[int, Decimal]]] = {}
    for cohort, month, customers, net in rows:
        made.setdefault(cohort, {})[month] = (int(customers), Decimal(net))
    return [Cohort(month, active[month][0], active) for month, active in sorted(made.items())]


def _months(cohorts: Sequence[Cohort]) -> list[date]:
    return sorted({month for one in cohorts for month in one.active})


def _cell(one: Cohort, month: date) -> int | None:
    """How many of the cohort bought in a month; None where it says something about fewer than five people."""
    if month < one.month:
        return None
    people = one.active.get(month, (0, Decimal(0)))[0]
    # Who stayed away is as telling as who came.
    return None if 0 < people < FEWEST or 0 < one.size - people < FEWEST else people


def _retention_headline(
    known: Known, cohorts: Sequence[Cohort], shown: Sequence[Cohort], months: Sequence[date]
) -> str:
    where = known.asked.stores.label
    last = months[-1]
    stays = [(one, people) for one in shown if one.month < last and (people := _cell(one, last)) is not None]
    unfinished = _so_far(known, last)
    if not stays:
        return f"{counted(len(shown), 'cohort')} of new customers, {where}; none can be followed into {last:%B %Y}."
    few = sum(one.size for one in cohorts if one.month < last) - sum(one.size for one, _ in stays)
    left_out = ", cohorts of which few came or stayed away left out," if few else ""
    active, size = sum(people for _, people in stays), sum(one.size for one, _ in stays)
    worst = min(stays, key=lambda stay: (stay[1] / stay[0].size, stay[0].month))
    return (
        f"{share_of(Decimal(active), Decimal(size))} % of {size:,} customers known before{left_out} bought in"
        f" {last:%B %Y}{unfinished}, {where}; least of those who came first in {worst[0].month:%B %Y}: "
        f"{share_of(Decimal(worst[1]), Decimal(worst[0].size))} % of {worst[0].size:,}."
    )


def _so_far(known: Known, month: date) -> str:
    over = (month + timedelta(days=31)).replace(day=1) <= known.asked.end_on + timedelta(days=1)
    return "" if over else " so far"


def _of_one(known: Known, one: Cohort, months: Sequence[date]) -> str:
    """How many of the customers of one month bought again in each month after it."""
    who = f"Of {one.size:,} customers who first bought in {one.month:%B %Y}, {known.asked.stores.label}"
    again = [
        f"{share_of(Decimal(people), Decimal(one.size))} % in {month:%B}{_so_far(known, month)}"
        for month in months
        if month > one.month and (people := _cell(one, month)) is not None
    ]
    return f"{who}, bought again: {', '.join(again)}." if again else f"{who}, none can be followed into a later month."


def _retention_figures(known: Known, one: Cohort, months: Sequence[date]) -> list[Figure]:
    asked = known.asked
    figures = [
        Figure("customers", str(one.size), "count", asked.stores.ids, asked.start_on, asked.end_on,
               {"cohort": f"{one.month:%Y-%m}"})
    ]  # fmt: skip
    for month in months:
        people = _cell(one, month)
        if people is not None:
            group = {"cohort": f"{one.month:%Y-%m}", "month": f"{month:%Y-%m}"}
            value = share_of(Decimal(people), Decimal(one.size))
            figures.append(Figure("active_share", value, "%", asked.stores.ids, asked.start_on, asked.end_on, group))
    return figures


def _retention_table(shown: Sequence[Cohort], months: Sequence[date]) -> Table:
    columns = (
        TableColumn("First purchase", "text"),
        TableColumn("Customers", "count"),
        *(TableColumn(f"{month:%b %Y}", "%") for month in months),
    )
    rows = []
    for one in shown:
        cells = [_cell(one, month) for month in months]
        shares = [None if people is None else share_of(Decimal(people), Decimal(one.size)) for people in cells]
        rows.append((f"{one.month:%b %Y}", one.size, *shares))
    return Table(columns, rows)


def _retention_chart(known: Known, shown: Sequence[Cohort], months: Sequence[date]) -> Chart | None:
    charted = shown[:6]
    full = [month for month in months if all(_cell(one, month) is not None for one in charted if one.month <= month)]
    full = [month for month in full if month >= max(one.month for one in charted)][:20]
    if len(full) < 2:
        return None
    return Chart(
        "line",
        f"Active share by cohort, {known.asked.stores.label}",
        tuple(f"{month:%b %Y}" for month in full),
        {
            f"{one.month:%b %Y}": tuple(
                float(share_of(Decimal(_cell(one, month) or 0), Decimal(one.size))) for month in full
            )
            for one in charted
        },
        "%",
    )


def _about_the_first(known: Known, cohorts: Sequence[Cohort]) -> list[str]:
    first = min((store.first_on for store in known.asked.stores.stores if store.first_on), default=None)
    if first is None or not cohorts:
        return []
    return [
        (
            f"The data begins on {span(first, first)}: the first cohorts are mostly customers who were there before,"
            " not new ones."
        )
    ]
