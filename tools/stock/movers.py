"""Fast movers: what sells most units a day, and whether there is enough of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from pydantic import Field

from tools.context import ToolContext
from tools.directory import owned
from tools.errors import NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.metrics.cover_query import build_movers, build_on_hand
from tools.metrics.definitions import METRICS
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    amount,
    names_of,
    product_group,
    quantity,
    rounded,
    simulated,
    stock_frame,
    stock_provenance,
)
from tools.together import together
from tools.with_sales import with_sales
from tools.wording import counted

_CHART_POINTS = 20


class FastMoversArguments(Arguments):
    """Arguments of ``fast_movers``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many products, 1 to 50.")


@tool()
def fast_movers(arguments: FastMoversArguments, context: ToolContext) -> ToolResult:
    """The fastest sellers by units a day, with stock on hand and days of cover.

    Use it for “which products are selling fastest?”, “what are our fast movers and do we have enough of them?”,
    “velocity of the top 20 in Produce”. Units a day are units sold over the days with sales of the period. For a
    ranking by money or margin use top_products.
    """
    asked = frame(arguments.period, arguments.stores, context).in_whole_days()
    part = part_of(None, arguments.department, asked.stores, context)
    one_currency(asked, None)
    windows = asked.windows()
    only = part.only if part else None
    statement = build_movers(windows, context.scope, only=only, limit=arguments.limit)
    days, covered, fastest = with_sales(asked, windows, partial(context.mirror.query, statement.sql, statement.params))
    rows = fastest.dicts()
    if not rows:
        raise NoDataError(f"No units{f' of {part.label}' if part else ''} sold {asked.when} at {asked.stores.label}.")
    variants = [row["variant_id"] for row in rows]
    held = build_on_hand(asked.stores.ids, context.scope, variants, everyone=owned(context))
    on_hand, names, base = together(
        partial(context.mirror.query, held.sql, held.params),
        partial(names_of, rows, context),
        partial(stock_frame, arguments.stores, context, department=arguments.department, needs_levels=False),
    )
    stock = {row[0]: row[1] for row in on_hand.rows}
    trading = max(days.values())
    within = f" in {part.label}" if part else ""
    first = rows[0]
    headline = (
        f"Fastest seller{within} {asked.when}, {asked.stores.label}: {_name(names, first)} with"
        f" {rounded(_rate(first, trading), 1)} units a day{_stocked(stock, first, trading)}."
    )
    rest = [
        f"{place}. {_name(names, row)} {rounded(_rate(row, trading), 1)}{_stocked(stock, row, trading)}"
        for place, row in enumerate(rows[1:4], 2)
    ]
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *([f"Then {'; '.join(rest)}."] if rest else [])]),
        figures=tuple(figure for row in rows for figure in _figures(asked, row, names, stock, trading)),
        table=_table(asked, rows, names, stock, trading),
        chart=_chart(asked, rows, names, trading),
        caveats=(
            *caveats(asked, [METRICS["units"]], days),
            *([] if stock else [f"No stock levels are recorded for {asked.stores.label}."]),
            f"Units a day are over {counted(trading, 'day')} with sales, all stores of the question together.",
            *(simulated(asked, ("inventory",)) if stock else []),
        ),
        follow_ups=(
            f"Which products will stock out soon{asked.same_part_and_stores}?",
            f"Top 10 products {asked.when_again} by margin{asked.same_part_and_stores}",
        ),
        provenance=stock_provenance(
            base, ("units", "units_per_day", "days_of_stock"), [statement, covered, held], ("sales", "inventory")
        ),
    )


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    found = names.get(row["variant_id"])
    return found.name if found else str(row["variant_id"])


def _rate(row: Mapping[str, Any], trading: int) -> Decimal:
    return Decimal(row["units"]) / trading


def _cover(stock: Mapping[str, Decimal], row: Mapping[str, Any], trading: int) -> Decimal | None:
    held = stock.get(row["variant_id"])
    return None if held is None else max(held, Decimal(0)) / _rate(row, trading)


def _stocked(stock: Mapping[str, Decimal], row: Mapping[str, Any], trading: int) -> str:
    cover = _cover(stock, row, trading)
    if cover is None:
        return ""
    return f" ({quantity(stock[row['variant_id']])} on hand, {rounded(cover)} days)"


def _figures(
    asked: Frame,
    row: Mapping[str, Any],
    names: Mapping[str, Product],
    stock: Mapping[str, Decimal],
    trading: int,
) -> list[Figure]:
    known = names.get(row["variant_id"])
    group = product_group(known) if known else {"variant_id": row["variant_id"]}
    values = (
        ("units", METRICS["units"].text(Decimal(row["units"])), "units"),
        ("units_per_day", rounded(_rate(row, trading), 2), "units"),
        ("stock_on_hand", quantity(stock.get(row["variant_id"])), "units"),
        ("days_of_stock", rounded(_cover(stock, row, trading)), "days"),
    )
    return [
        Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on, group)
        for name, value, unit in values
        if value is not None
    ]


def _table(
    asked: Frame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    stock: Mapping[str, Decimal],
    trading: int,
) -> Table:
    titles = ("Rank", "Product", "Units", "Units a day", "Net sales", "On hand", "Days of cover")
    units = ("count", "text", "units", "units", asked.currency, "units", "days")
    body = [
        (
            place,
            _name(names, row),
            METRICS["units"].text(Decimal(row["units"])),
            rounded(_rate(row, trading), 2),
            amount(Decimal(row["net_minor"]).scaleb(-asked.exponent), asked.currency),
            quantity(stock.get(row["variant_id"])),
            rounded(_cover(stock, row, trading)),
        )
        for place, row in enumerate(rows, 1)
    ]
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _chart(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], trading: int) -> Chart | None:
    if not 2 <= len(rows) <= _CHART_POINTS:
        return None
    return Chart(
        "bar",
        f"Units a day by product, {asked.stores.label}, {asked.when}",
        tuple(_name(names, row) for row in rows),
        {"Units a day": tuple(float(rounded(_rate(row, trading), 2) or 0) for row in rows)},
        "units",
    )
