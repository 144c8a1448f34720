"""How two figures of known households, or of baskets, go together: correlation, and one by quarters of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure
from tools.analysis.few import FEWEST
from tools.bounds import Bounds
from tools.breakdown.where import Only, Where, resolve_where
from tools.context import ToolContext
from tools.customers.household_words import (
    BY_THE_PIECE,
    NOT_BY_THE_PIECE,
    WORDS,
    HouseholdFigure,
    as_text,
    in_words,
    unit_of,
)
from tools.customers.known import STORES_HELP, Known, known_customers
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.breakdown_plan import Plan
from tools.metrics.household_figures_query import COUPONS, OfHouseholds, build_two_figures
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult

_PLACES = ("lowest", "second", "third", "highest")
_GROUPS = len(_PLACES)
_OF_BASKETS = frozenset({"spend", "units", "discount", "products", "categories", "departments", "unit_price"})
_STRENGTHS = (("hardly go together", "0.1"), ("go together weakly", "0.3"), ("go together moderately", "0.6"))
_STRONG = "go together strongly"


class HouseholdCorrelationArguments(Arguments):
    """Arguments of ``household_correlation``."""

    figure: HouseholdFigure = Field(default="spend", description="What may depend on the other.")
    against: HouseholdFigure = Field(default="visits", description="The other figure; quarters are made by it.")
    each: Literal["household", "basket"] = Field(default="household", description="Of households, or single baskets.")
    where: list[Only] = Field(
        default=[], max_length=4, description="Only purchases of these: goods, weekdays, hours, kinds of households."
    )
    period: str = Field(default="all time", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@dataclass(frozen=True, slots=True)
class _Quarter:
    """A quarter by the other figure: how many, the means of both and the median of the first; minor units."""

    number: int
    other: Decimal
    mean: Decimal
    middle: Decimal


@dataclass(frozen=True, slots=True)
class _Made:
    known: Known
    arguments: HouseholdCorrelationArguments
    where: Where
    quarters: Sequence[_Quarter]
    pearson: Decimal | None
    ranked: Decimal | None

    @property
    def number(self) -> int:
        return sum(one.number for one in self.quarters)

    @property
    def noun(self) -> str:
        return "baskets" if self.arguments.each == "basket" else "known households"


@tool()
def household_correlation(arguments: HouseholdCorrelationArguments, context: ToolContext) -> ToolResult:
    """Whether two figures of known households (or of baskets) go together: correlation, and one by quarters of other.

    Use it for “do customers who come more often spend more”, “relationship between number of visits and total spend of
    households”, “do larger baskets (pieces) bring higher sales” (each basket, figure spend, against units), “is
    discount correlated with spend per household”. Figures by age or income are ``household_figures``; what goes with
    the weather is ``store_conditions``.
    """
    if arguments.figure == arguments.against:
        raise BadArgumentError("against: name another figure than the first.")
    if arguments.each == "basket" and not {arguments.figure, arguments.against} <= _OF_BASKETS:
        raise BadArgumentError(f"Of single baskets there are {', '.join(sorted(_OF_BASKETS))}.")
    known = known_customers(arguments.period, arguments.stores, context)
    windows = known.asked.windows()
    where = resolve_where(arguments.where, known.asked.stores, windows, context)
    one, two = (_of(name, where, arguments) for name in (arguments.figure, arguments.against))
    statement = build_two_figures(windows, context.scope, one, two, _GROUPS)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    quarters = [
        _Quarter(int(row["households"]), *(Decimal(str(row[name] or 0)) for name in ("other_mean", "mean", "middle")))
        for row in rows
    ]
    if len(quarters) < _GROUPS or quarters[-1].number < FEWEST:
        raise NoDataError(
            f"Too few {'baskets' if arguments.each == 'basket' else 'known households'}{where.label}"
            f" {known.asked.when} to hold their {WORDS[arguments.figure].label} against their"
            f" {WORDS[arguments.against].label}."
        )
    r, ranked = (None if rows[0][name] is None else Decimal(str(rows[0][name])) for name in ("r", "ranked"))
    made = _Made(known, arguments, where, quarters, r, ranked)
    said = _said(made)
    return ToolResult(
        headline=said[0],
        text=" ".join(said),
        figures=tuple(_figures(made)),
        table=_table(made),
        chart=_chart(made),
        caveats=(
            *known.caveats(),
            *([NOT_BY_THE_PIECE] if {arguments.figure, arguments.against} & BY_THE_PIECE else []),
            "That two figures go together does not say that one brings about the other.",
            *([] if arguments.each == "basket" else ["Customers are known by a card; the others are not among them."]),
        ),
        follow_ups=(
            f"Spend per household by income group{known.asked.same_part_and_stores}",
            f"Distribution of spend per household{known.asked.same_part_and_stores}",
        ),
        provenance=known.provenance(statement),
    )


def _of(name: str, where: Where, arguments: HouseholdCorrelationArguments) -> OfHouseholds:
    return OfHouseholds(
        name, "", 1, Plan((), where.conditions), Bounds(None, None, None, None), baskets=arguments.each == "basket"
    )


def _strength(ranked: Decimal | None) -> str:
    if ranked is None:
        return "cannot be held against each other, as one of them is always the same"
    found = next((words for words, under in _STRENGTHS if abs(ranked) < Decimal(under)), _STRONG)
    way = ", one high where the other is low" if ranked <= Decimal("-0.1") else ""
    return f"{found}{way}"


def _said(made: _Made) -> list[str]:
    asked, first, second = made.known.asked, made.arguments.figure, made.arguments.against
    low, high = made.quarters[0], made.quarters[-1]
    numbers = [
        f"{name} {value:.2f}"
        for name, value in (("rank correlation", made.ranked), ("Pearson's", made.pearson))
        if value is not None
    ]
    one, two = WORDS[first].label, WORDS[second].label
    correlation = f" ({', '.join(numbers)})" if numbers else ""
    headline = (
        f"{two.capitalize()} and {one} of {made.number:,} {made.noun}{made.where.label} {asked.when},"
        f" {asked.stores.label}, {_strength(made.ranked)}{correlation}."
    )
    quarters = (
        f"The quarter with the lowest {two} ({in_words(low.other, second, asked)} on average) has"
        f" {in_words(low.mean, first, asked)} of {one} on average, the highest ({in_words(high.other, second, asked)})"
        f" {in_words(high.mean, first, asked)}."
    )
    said = [headline, quarters]
    if COUPONS in (first, second):
        said.append("Only households that redeemed a coupon are among them.")
    return said


def _figures(made: _Made) -> list[Figure]:
    asked, first, second = made.known.asked, made.arguments.figure, made.arguments.against
    group = {**made.where.group, "against": second}
    found = [figure(asked, "households" if made.arguments.each == "household" else "baskets", made.number, "count")]
    for name, value in (("rank_correlation", made.ranked), ("pearson_correlation", made.pearson)):
        found.append(figure(asked, name, None if value is None else f"{value:.2f}", "ratio", group))
    for place, one in zip(_PLACES, made.quarters, strict=True):
        named = {**group, "quarter": place}
        found.append(figure(asked, f"mean_{first}", as_text(one.mean, first, asked), unit_of(first, asked), named))
        found.append(figure(asked, f"mean_{second}", as_text(one.other, second, asked), unit_of(second, asked), named))
    return found


def _table(made: _Made) -> Table:
    asked, first, second = made.known.asked, made.arguments.figure, made.arguments.against
    columns = (
        TableColumn(f"Quarter by {WORDS[second].label}", "text"),
        TableColumn("Baskets" if made.arguments.each == "basket" else "Households", "count"),
        TableColumn(f"Mean {WORDS[second].label}", unit_of(second, asked)),
        TableColumn(f"Mean {WORDS[first].label}", unit_of(first, asked)),
        TableColumn(f"Median {WORDS[first].label}", unit_of(first, asked)),
    )
    rows = [
        (place, one.number, as_text(one.other, second, asked), as_text(one.mean, first, asked),
         as_text(one.middle, first, asked))
        for place, one in zip(_PLACES, made.quarters, strict=True)
    ]  # fmt: skip
    return Table(columns, rows)


def _chart(made: _Made) -> Chart:
    asked, first, second = made.known.asked, made.arguments.figure, made.arguments.against
    return Chart(
        "bar",
        f"Mean {WORDS[first].label} by quarters of {WORDS[second].label}, {asked.stores.label}, {asked.when}",
        _PLACES,
        {WORDS[first].label.capitalize(): tuple(float(as_text(q.mean, first, asked) or 0) for q in made.quarters)},
        unit_of(first, asked),
    )
