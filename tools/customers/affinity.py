"""What one kind of household buys more of than the others: the index of its share of spend against everybody's.

An index of 150 says that of what these households spend, half as much again goes on it as of what all known households
spend. Only groups that enough people bought are told, so that one household's habit is not taken for that of its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field

from tools.amounts import figure, percent_text
from tools.breakdown.key_names import named_keys
from tools.breakdown.rows import Row
from tools.breakdown.where import Only, resolve_where
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.customers.known import STORES_HELP
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import METRICS
from tools.metrics.breakdown_plan import Condition, Plan
from tools.metrics.cells import Cell, Keys, fetch_cells
from tools.metrics.dimensions import DIMENSIONS, NOT_NAMED, UNKNOWN
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.wording import counted, money

LEAST_PEOPLE = 10
"""So many households of the kind must have bought it."""


class HouseholdPreferencesArguments(Arguments):
    """Arguments of ``household_preferences``."""

    attribute: Literal[
        "age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership", "household_comp"
    ] = Field(description="What households are told apart by.")
    values: list[str] = Field(
        min_length=1, max_length=12, description="Which of them are meant: “65+”, or “1”, “2” and “3+” children."
    )
    by: Literal["category", "department", "product", "brand"] = Field(
        default="category", description="What is looked at."
    )
    order: Literal["more", "less"] = Field(default="more", description="What they buy more or less of than others.")
    period: str = Field(default="last 12 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many.")


@dataclass(frozen=True, slots=True)
class _Taste:
    """A category (or other group): the kind's and everybody's net sales of it in minor units, and who bought it."""

    keys: Keys
    own: Decimal
    all: Decimal
    people: int
    index: Decimal


@tool()
def household_preferences(arguments: HouseholdPreferencesArguments, context: ToolContext) -> ToolResult:
    """What one kind of household spends more or less of its money on than the others: categories by an index.

    Use it for “what do seniors buy more than everybody else”, “which categories over-index with families”, “what do
    high income households buy that others don't”, “which departments do singles prefer”. 100 is the share that
    households whose attribute is known spend on it. What a kind of household buys most is ``sales_breakdown``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    if asked.unfinished() and asked.start_on < asked.end_on:
        asked = asked.without_today()
    one_currency(asked, None)
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    attribute, dimension, metric = DIMENSIONS[arguments.attribute], DIMENSIONS[arguments.by], METRICS["net_sales"]
    base = [Only(dimension="department", values=[arguments.department])] if arguments.department else []
    where = resolve_where(base, asked.stores, windows, context)
    kind = resolve_where(
        [Only(dimension=attribute.name, values=arguments.values)], asked.stores, windows, context
    )  # fmt: skip
    known = Condition(attribute, (UNKNOWN,), exclude=True)
    plans = [
        Plan((dimension,), (*where.conditions, *more), WEEK_START) for more in (kind.conditions, (known,))
    ]  # fmt: skip
    (own, first), (every, second) = (
        fetch_cells(context.mirror, [metric], plan, windows, context.scope) for plan in plans
    )
    tastes = _tastes(own, every, asked.exponent)
    if not tastes:
        raise NoDataError(
            f"No {dimension.label.lower()} was bought by at least {LEAST_PEOPLE} such households"
            f" ({kind.only[0] if kind.only else arguments.attribute}) {asked.when}, so nothing is said of their taste."
        )
    tastes.sort(key=lambda one: (-one.index if arguments.order == "more" else one.index, one.keys))
    shown = tastes[: arguments.limit]
    titles = named_keys([Row(one.keys, Cell(one.keys, {}), None) for one in shown], (dimension,), asked)
    who = " and ".join(kind.only)

    def name(one: _Taste) -> str:
        return titles.get((dimension.name, one.keys[0]), one.keys[0])

    more = arguments.order
    headline = (
        f"Households ({who}) spend {more} of their money than others{where.label} {asked.when}, {asked.stores.label},"
        f" on"
        f" {name(shown[0])}: index {shown[0].index:.0f}, {_amount(asked, shown[0].own)}."
    )
    told = "; ".join(f"{name(one)} {one.index:.0f}" for one in shown[1:6])
    text = f"{headline} Then {told}." if told else headline
    return ToolResult(
        headline=headline,
        text=f"{text} 100 is what all households with a known {attribute.label.lower()} spend on it.",
        figures=tuple(_figures(asked, shown, dimension.name, name)),
        table=Table(
            (TableColumn(dimension.label, "text"), TableColumn("Index", "count"),
             TableColumn("Share of their spend", "%"), TableColumn("Share of all spend", "%"),
             TableColumn("Net sales to them", asked.currency), TableColumn("Households of the kind", "count")),
            [
                (
                    name(one), f"{one.index:.0f}", percent_text(one.own, _sum(own), 2),
                    percent_text(one.all, _sum(every), 2),
                    metric.text(one.own.scaleb(-asked.exponent), asked.exponent), one.people,
                )
                for one in shown
            ],
        ),
        chart=Chart(
            "bar", f"Index of spend of households ({who}), {asked.stores.label}, {asked.when}",
            tuple(name(one) for one in shown), {"Index": tuple(float(one.index) for one in shown)}, "count",
        ) if len(shown) > 1 else None,
        caveats=(
            (f"Only what at least {LEAST_PEOPLE} such households bought; {counted(len(tastes), 'group')} qualify. With"
            f" few"
            " households an index may be chance."),
            "Households whose attribute is not known are in neither side.",
            *caveats(asked, [metric], days),
        ),
        follow_ups=(f"Net sales by {attribute.label.lower()} {asked.when_again}{asked.same_part_and_stores}",),
        provenance=provenance(asked, [metric], [*first, *second, covered]),
    )  # fmt: skip


def _sum(cells: Sequence[Cell]) -> Decimal:
    """Net sales in minor units."""
    return sum((cell.sums.get("n_net_sales") or Decimal(0) for cell in cells), Decimal(0))


def _tastes(own: Sequence[Cell], every: Sequence[Cell], exponent: int) -> list[_Taste]:  # noqa: ARG001
    """The groups that enough households bought.

    Raises:
        BadArgumentError: the kind is all of the households, so there are no others.
    """
    mine, whole = _sum(own), _sum(every)
    if mine <= 0 or whole <= 0:
        return []
    if mine >= whole:
        raise BadArgumentError("values: that is every household there is; name some of them.")
    everybody = {cell.keys: cell.sums.get("n_net_sales") or Decimal(0) for cell in every}
    made = []
    for cell in own:
        net, people = cell.sums.get("n_net_sales") or Decimal(0), int(cell.sums.get("x_people") or 0)
        total = everybody.get(cell.keys, Decimal(0))
        if people < LEAST_PEOPLE or net <= 0 or total <= 0 or cell.keys[0] in (*NOT_NAMED, "", "Unknown"):
            continue
        made.append(_Taste(cell.keys, net, total, people, (net / mine) / (total / whole) * 100))
    return made


def _amount(asked: Frame, minor: Decimal) -> str:
    return money(METRICS["net_sales"].rounded(minor.scaleb(-asked.exponent), asked.exponent), asked.currency)


def _figures(asked: Frame, shown: Sequence[_Taste], by: str, name: object) -> list[Figure]:
    named = name if callable(name) else str
    return [figure(asked, "spend_index", f"{one.index:.0f}", "ratio", {by: named(one)}) for one in shown]
