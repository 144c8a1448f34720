"""ABC-XYZ: which products make the sales, and which sell steadily, with the stock that stands in each class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import percent_said
from tools.analysis.abc_xyz import abc, xyz
from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import coverage, one_currency
from tools.metrics.definitions import METRICS
from tools.metrics.mix_query import build_weeks
from tools.metrics.stock_query import build_stock_by_product
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Table, TableColumn, ToolResult
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    rounded,
    simulated,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.store_history import days_known
from tools.wording import counted, listed

_ORDER = tuple(f"{letter}{spread}" for letter in "ABC" for spread in "XYZ")


class ClassesArguments(Arguments):
    """Arguments of ``abc_xyz``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    weeks: int = Field(default=12, ge=4, le=52, description="Over how many last whole weeks of seven days.")
    value: Literal["net_sales", "gross_margin"] = Field(
        default="net_sales", description="What A, B and C are shares of."
    )


@tool()
def abc_xyz(arguments: ClassesArguments, context: ToolContext) -> ToolResult:
    """ABC-XYZ classes of the range: A makes 80 % of net sales, B 15 %, C the rest; X steady, Y uneven, Z erratic.

    Use it for “ABC analysis”, “ABC-XYZ of Grocery”, “which products make 80 % of sales?”. X, Y and Z go by the
    coefficient of variation of weekly units: up to 0.5, up to 1, more. For each class: products, sales, stock at cost.
    """
    asked, weeks = _whole_weeks(arguments, context)
    one_currency(asked.asked, None)
    windows = asked.windows
    days, covered = coverage(asked.asked, windows)
    statement = build_weeks(windows, context.scope, value=arguments.value, only=asked.only)
    rows = context.mirror.query(statement.sql, statement.params).rows
    if not rows:
        raise NoDataError(
            f"Nothing{asked.asked.subject} sold by the piece in {asked.asked.when} at {asked.stores.label}."
        )
    statements = [statement, covered]
    stock: dict[str, Decimal] = {}
    if asked.levels:
        held = build_stock_by_product(asked.stores.ids, context.scope, asked.asked.now, only=asked.only)
        statements.append(held)
        stock = {row[0]: row[1] for row in context.mirror.query(held.sql, held.params).rows if row[1] is not None}
    values = [Decimal(row[1] or 0) for row in rows]
    classes: dict[str, list[tuple[str, Decimal]]] = {name: [] for name in _ORDER}
    for row, value, letter in zip(rows, values, abc(values), strict=True):
        classes[letter + xyz(float(row[2] or 0), float(row[3] or 0), weeks)].append((row[0], value))
    whole = sum(values, Decimal(0))
    metric = METRICS[arguments.value]
    a_class = [one for name in ("AX", "AY", "AZ") for one in classes[name]]
    share = rounded(Decimal(len(a_class)) * 100 / len(rows))
    made = percent_said(sum((value for _, value in a_class), Decimal(0)), whole)
    headline = (
        f"ABC-XYZ{asked.asked.subject}, {asked.stores.label}, {asked.asked.when}: {counted(len(a_class), 'product')} of"
        f" {len(rows):,} ({share} %) are A and make {made} of {metric.label.lower()}."
    )
    steady = [(name, len(classes[name])) for name in ("AX", "AZ", "CZ")]
    text = (
        f"{headline} {listed([f'{count:,} are {name}' for name, count in steady])}: AX is steady and worth never"
        f" missing,"
        " CZ is erratic and small. Nothing is proposed from it."
    )
    first = names_of([{"variant_id": variant} for variant, _ in _first(classes)], context)
    return ToolResult(
        headline=headline,
        text=text,
        figures=tuple(_figures(asked, classes, stock, arguments.value)),
        table=_table(asked, classes, stock, whole, metric.label, first),
        caveats=(
            *_notes(asked, weeks, windows[0].start_on, days),
            *_fewer(arguments.weeks, weeks),
            *_costs(asked, arguments.value),
            *(
                stock_caveats(asked, sold=True)
                if asked.levels
                else [f"No stock levels are recorded for {asked.stores.label}."]
            ),
        ),
        follow_ups=(
            f"Slow movers with stock{asked.asked.same_part_and_stores}",
            f"Which products will stock out soon{asked.asked.same_part_and_stores}?",
        ),
        provenance=stock_provenance(
            asked, (arguments.value, "units", "stock_value_at_cost"), statements, ("sales", "inventory", "cost")
        ),
    )


def _whole_weeks(arguments: ClassesArguments, context: ToolContext) -> tuple[StockFrame, int]:
    """The question over the weeks asked for, or over as many as there is data of: others would count as unsold."""

    def over(weeks: int) -> StockFrame:
        return stock_frame(
            arguments.stores, context, days=7 * weeks, department=arguments.department, needs_levels=False
        )

    asked = over(arguments.weeks)
    known = days_known(asked.stores.stores, asked.asked.spans) // 7
    return (over(known), known) if 0 < known < arguments.weeks else (asked, arguments.weeks)


def _fewer(asked: int, weeks: int) -> list[str]:
    return [f"You asked for {asked} weeks; there is data of {weeks} whole ones."] if weeks < asked else []


def _first(classes: Mapping[str, Sequence[tuple[str, Decimal]]]) -> list[tuple[str, Decimal]]:
    return [found[0] for found in classes.values() if found]


def _figures(
    asked: StockFrame,
    classes: Mapping[str, Sequence[tuple[str, Decimal]]],
    stock: Mapping[str, Decimal],
    value: str,
) -> list[Any]:
    figures = []
    for name, found in classes.items():
        group = {"class": name}
        total = sum((one for _, one in found), Decimal(0)).scaleb(-asked.asked.exponent)
        held = sum((stock.get(variant, Decimal(0)) for variant, _ in found), Decimal(0))
        figures.append(stock_figure(asked, "products", str(len(found)), "count", group=group, over_days=True))
        figures.append(
            stock_figure(asked, value, amount(total, asked.currency), asked.currency, group=group, over_days=True)
        )
        if stock:
            figures.append(
                stock_figure(asked, "stock_value_at_cost", amount(held, asked.currency), asked.currency, group=group)
            )
    return figures


def _table(
    asked: StockFrame,
    classes: Mapping[str, Sequence[tuple[str, Decimal]]],
    stock: Mapping[str, Decimal],
    whole: Decimal,
    label: str,
    names: Mapping[str, Any],
) -> Table:
    titles = ("Class", "Products", label, "Share %", "Stock at cost", "Largest of it")
    units = ("text", "count", asked.currency, "%", asked.currency, "text")
    body = []
    for name, found in classes.items():
        total = sum((one for _, one in found), Decimal(0))
        held = sum((stock.get(variant, Decimal(0)) for variant, _ in found), Decimal(0))
        largest = found[0][0] if found else None
        body.append(
            (
                name,
                len(found),
                amount(total.scaleb(-asked.asked.exponent), asked.currency),
                rounded(total * 100 / whole) if whole else None,
                amount(held, asked.currency) if stock else None,
                (names[largest].name if largest in names else largest) if largest else None,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _notes(asked: StockFrame, weeks: int, start: Any, days: Mapping[str, int]) -> list[str]:
    end = day_text(start + timedelta(days=7 * weeks - 1))
    said = [
        f"{weeks} weeks from {day_text(start)} to {end}; weeks without a sale count as zero; goods sold by the piece."
    ]
    thin = [asked.stores.name(store) for store, known in days.items() if known < 7 * weeks - weeks]
    if thin:
        said.append(f"Fewer days with sales than that: {listed(thin)}.")
    return said


def _costs(asked: StockFrame, value: str) -> list[str]:
    return simulated(asked.asked, ("cost",)) if value == "gross_margin" or asked.levels else []
