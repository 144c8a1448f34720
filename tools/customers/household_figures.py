"""What known households spend, take or save, one by one: mean, median, quartiles, by kind, and how many are within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.analysis.few import FEWEST, is_few
from tools.bounds import Bounds, amount
from tools.breakdown.where import Only, Where, resolve_where
from tools.context import ToolContext
from tools.customers.household_view import Asked, Made, Row, caveats, chart, figures, said, table
from tools.customers.household_words import WORDS, HouseholdFigure, Span
from tools.customers.known import STORES_HELP, Known, customers_of, known_customers
from tools.errors import NoDataError
from tools.frame import Frame
from tools.metrics.breakdown_plan import Plan
from tools.metrics.household_figures_query import (
    ADDITIVE,
    OfHouseholds,
    build_household_figures,
    build_spans_together,
)
from tools.metrics.windows import Statement
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import ToolResult

Attribute = Literal[
    "age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"
]  # fmt: skip


class HouseholdFiguresArguments(Arguments):
    """Arguments of ``household_figures``."""

    figure: HouseholdFigure = Field(
        default="spend",
        description="What of each household; products, categories, departments, stores and weeks: how many of them.",
    )
    span: Span | None = Field(
        default=None, description="In each day, week or month; leave out for the whole period together."
    )
    by: Attribute | None = Field(default=None, description="Households of each kind apart.")
    tell: Literal["mean", "median", "quartiles", "deviation", "total"] = Field(
        default="mean", description="Told first, and what kinds of households are put in order by."
    )
    over: str | None = Field(default=None, max_length=20, description="Households with more than this: “1000”.")
    at_least: str | None = Field(default=None, max_length=20, description="With this or more.")
    under: str | None = Field(default=None, max_length=20, description="With less than this.")
    at_most: str | None = Field(default=None, max_length=20, description="With this or less.")
    order: Literal["top", "bottom"] = Field(default="top", description="Highest kind first, or lowest.")
    where: list[Only] = Field(
        default=[], max_length=4, description="Only purchases of these: goods, weekdays, hours, kinds of households."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    period: str = Field(default="all time", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def household_figures(arguments: HouseholdFiguresArguments, context: ToolContext) -> ToolResult:
    """Spend, units, visits, different products, discounts or coupons of each known household: mean, median, quartiles.

    Use it for “median spend per household per week by household size”, “average number of unique products a household
    buys per week”, “households with $1000 or more in total sales, and how many have demographic data” (at_least),
    “distribution of spend per household”, “how many households bought more than 10 different products a month” (span,
    over), “average discount per household by income”. How many customers bought, and their means by store or week, are
    ``customer_visits``; totals of groups are ``sales_breakdown``. Nothing is told of fewer than five households.
    """
    known, note = _known(arguments, context)
    asked, where = _asked(arguments, known, note)
    windows = known.asked.windows()
    statements = [build_household_figures(windows, context.scope, asked.of)]
    whole = _rows(context, statements[0])
    _require(known, where, whole, arguments)
    rows: list[Row] = []
    if arguments.by:
        statements.append(build_household_figures(windows, context.scope, asked.of, arguments.by))
        rows = _rows(context, statements[1])
        if not any(row.key for row in rows):
            raise NoDataError(
                f"The {arguments.by.replace('_', ' ')} of households is not recorded here. It comes with the customers"
                " of a loyalty scheme, from the point of sale or from files."
            )
        if asked.span and arguments.figure in ADDITIVE:
            statements.append(build_spans_together(windows, context.scope, asked.of, arguments.by))
            rows = _with_together(rows, context, statements[2])
    made = Made(asked, whole[0], tuple(rows))
    headline, *more = said(made)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *more]),
        figures=tuple(figures(made)),
        table=table(made),
        chart=chart(made),
        caveats=tuple(caveats(made)),
        follow_ups=(
            f"Average spend per household by income group{known.asked.same_part_and_stores}",
            f"Households by size and income{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(*statements),
    )


def _known(arguments: HouseholdFiguresArguments, context: ToolContext) -> tuple[Known, str]:
    """The households of the period, cut to whole weeks or months where each of these is asked for."""
    known = known_customers(arguments.period, arguments.stores, context)
    if arguments.span in (None, "day"):
        return known, ""
    whole = _whole_spans(known.asked, str(arguments.span))
    if whole is None:
        return known, f"The period holds no whole {arguments.span}, so the days of each that are in it are taken."
    return (customers_of(whole), f"Only whole {arguments.span}s count.") if whole != known.asked else (known, "")


def _whole_spans(asked: Frame, span: str) -> Frame | None:
    """The question from the first to the last whole week (from Monday) or month of it; None where there is none."""
    begun = {store.store_id: store.first_on for store in asked.stores.stores}
    periods = {}
    for store, period in asked.periods.items():
        start, end = max(period.start_on, begun[store] or period.start_on), period.end_on
        if span == "week":
            start += timedelta(days=-start.weekday() % 7)
            end -= timedelta(days=(end.weekday() + 1) % 7)
        else:
            start = start if start.day == 1 else (start.replace(day=1) + timedelta(days=32)).replace(day=1)
            end = end if (end + timedelta(days=1)).day == 1 else end.replace(day=1) - timedelta(days=1)
        if start > end:
            return None
        periods[store] = replace(period, start_on=start, end_on=end)
    return replace(asked, periods=periods, period=periods[asked.stores.ids[0]])


def _asked(arguments: HouseholdFiguresArguments, known: Known, note: str) -> tuple[Asked, Where]:
    asked = known.asked
    named = (("department", arguments.department), ("product", arguments.product))
    conditions = [*arguments.where, *(Only(dimension=name, values=[value]) for name, value in named if value)]
    where = resolve_where(conditions, asked.stores, asked.windows(), asked.context)
    scale = Decimal(10) ** asked.exponent if WORDS[arguments.figure].money else Decimal(1)
    given = [amount(name, getattr(arguments, name)) for name in ("over", "at_least", "under", "at_most")]
    bounds = Bounds(*(None if value is None else value * scale for value in given))
    spans = _spans(asked, arguments.span)
    of = OfHouseholds(arguments.figure, arguments.span or "", spans, Plan((), where.conditions), bounds)
    return Asked(known, of, arguments.by, arguments.tell, arguments.order == "bottom", where, note), where


def _spans(asked: Frame, span: str | None) -> int:
    """How many days, weeks or months there are in the period from the first day with data."""
    begun = min((store.first_on for store in asked.stores.stores if store.first_on), default=asked.start_on)
    start, end = max(asked.start_on, begun), asked.end_on
    if span == "month":
        return (end.year - start.year) * 12 + end.month - start.month + 1
    if span == "week":
        return ((end - timedelta(days=end.weekday())) - (start - timedelta(days=start.weekday()))).days // 7 + 1
    return (end - start).days + 1 if span else 1


def _rows(context: ToolContext, statement: Statement) -> list[Row]:
    return [
        Row(
            str(row["key"]), int(row["households"]), int(row["known"]), int(row["observations"]), _number(row["total"]),
            _number(row["low"]), _number(row["middle"]), _number(row["high"]), _number(row["deviation"]),
            int(row["within"]),
            int(row["within_known"]), _number(row["within_total"]),
        )
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    ]  # fmt: skip


def _number(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def _with_together(rows: Sequence[Row], context: ToolContext, statement: Statement) -> list[Row]:
    found = {
        str(row["key"]): (_number(row["mean"]), _number(row["middle"]))
        for row in context.mirror.query(statement.sql, statement.params).dicts()
    }
    return [replace(row, together=found.get(row.key)) for row in rows]


def _require(known: Known, where: Where, whole: Sequence[Row], arguments: HouseholdFiguresArguments) -> None:
    """Refuse to speak of nobody, or of so few that they could be told.

    Raises:
        NoDataError: as said.
    """
    asked = known.asked
    if not whole:
        what = "redeemed a coupon" if arguments.figure == "coupons" else "bought anything"
        raise NoDataError(f"No known household {what}{where.label} {asked.when} at {asked.stores.label}.")
    personal = any(one.dimension.personal for one in where.conditions)
    if is_few(whole[0].households) or (personal and is_few(len(known.customers) - whole[0].households)):
        raise NoDataError(
            f"Fewer than {FEWEST} known households are behind this, or are all the others,{where.label} {asked.when};"
            " nothing is said of so few."
        )
