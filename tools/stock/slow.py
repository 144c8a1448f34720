"""Slow movers: what would last for months, and what sold instead of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.context import ToolContext
from tools.frame import one_currency
from tools.metrics.query import Window
from tools.metrics.slow_query import build_beside, build_slow
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    new_goods,
    product_group,
    quantity,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.store_history import days_known
from tools.wording import counted, money

_TOPICS = ("inventory", "cost")


_NOT_BEFORE = (
    "The data does not reach back as many days again, so it is not told what each sold before or what rose instead."
)


class SlowStockArguments(Arguments):
    """Arguments of ``slow_stock``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    cover: int = Field(default=120, ge=14, le=1095, description="Slow: would last more than so many days.")
    days: int = Field(default=56, ge=14, le=365, description="Over how many last days sales are measured.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, the dearest first.")


@tool()
def slow_stock(arguments: SlowStockArguments, context: ToolContext) -> ToolResult:
    """Slow movers with stock: products that sold a little and would last for months, and what sold instead of them.

    Use it for “slow movers with stock”, “what is moving slowly?”, “is something cannibalising our slow movers?”. For
    each it gives its sales against the days before and the product of the same category that gained most. That one rose
    while the other fell is a coincidence in time, not a proof.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    one_currency(asked.asked, None)
    statement = build_slow(
        asked.windows, context.scope, asked.asked.now, cover=arguments.cover, only=asked.only, limit=arguments.limit
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names = names_of(rows, context)
    statements = [statement]
    beside: dict[str, Mapping[str, Any]] = {}
    before = _before(asked.windows)
    told = all(
        days_known(asked.stores.stores, dict.fromkeys(asked.stores.ids, (one.start_on, one.end_on))) == _length(one)
        for one in before
    )
    if rows and told:
        others = build_beside(sorted({row["variant_id"] for row in rows}), asked.windows, before, context.scope)
        beside = {row["variant_id"]: row for row in context.mirror.query(others.sql, others.params).dicts()}
        statements.append(others)
    gainers = lookup([one["other_id"] for one in beside.values() if one["other_id"]], context)
    if rows:
        worth = rows[0]["total_cost"]
        tied = f", {money(worth, asked.currency)} at cost" if worth is not None else ""
        headline = (
            f"Slow movers{asked.asked.subject} with stock, {asked.stores.label}:"
            f" {counted(int(rows[0]['products']), 'product')}"
            f"{_cases(asked, rows)} would last more than {arguments.cover} days at the rate of"
            f" {asked.asked.when}{tied}."
        )
    else:
        headline = (
            f"No slow movers{asked.asked.subject} with stock, {asked.stores.label}: nothing that sold in"
            f" {asked.asked.when}"
            f" would last more than {arguments.cover} days."
        )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_swaps(rows, names, beside, gainers)]),
        figures=(
            *_money_total(asked, "slow_stock_value_at_cost", rows, "total_cost"),
            *(_figure(asked, row, names, "days_of_stock", rounded(_cover(row))) for row in rows),
        ),
        table=_slow_table(asked, rows, names, beside, gainers) if rows else None,
        caveats=(
            *_unknown(rows),
            *([] if told else [_NOT_BEFORE]),
            *new_goods(rows),
            *stock_caveats(asked, _TOPICS, sold=True),
        ),
        follow_ups=(
            f"Show me my dead stock{asked.asked.same_part_and_stores}",
            f"What can we transfer between stores{asked.asked.same_part_and_stores}?",
        ),
        provenance=stock_provenance(asked, ("days_of_stock", "units"), statements, (*_TOPICS, "sales")),
    )


def _before(windows: Sequence[Window]) -> list[Window]:
    """The same number of days just before."""
    made = []
    for window in windows:
        span = (window.end_on - window.start_on) + timedelta(days=1)
        made.append(replace(window, start_on=window.start_on - span, end_on=window.end_on - span))
    return made


def _length(window: Window) -> int:
    return (window.end_on - window.start_on).days + 1


def _cases(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> str:
    return f" ({counted(int(rows[0]['found']), 'case')}, counting each store)" if len(asked.stores.stores) > 1 else ""


def _name(names: Mapping[str, Product], variant_id: str) -> str:
    return names[variant_id].name if variant_id in names else variant_id


def _cover(row: Mapping[str, Any]) -> Decimal:
    return Decimal(row["on_hand"]) * int(row["trading_days"]) / Decimal(row["units"])


def _swaps(
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    beside: Mapping[str, Mapping[str, Any]],
    gainers: Mapping[str, Product],
) -> list[str]:
    """Those that fell while another of their category rose at least as much."""
    said = []
    for variant in dict.fromkeys(row["variant_id"] for row in rows):
        one = beside.get(variant)
        if not one or not one["other_id"] or one["units"] >= one["units_before"]:
            continue
        fell, rose = one["units_before"] - one["units"], one["other_units"] - one["other_before"]
        if rose >= fell:
            said.append(
                f"{_name(names, variant)} fell by {rounded(fell, 0)} while {_name(gainers, one['other_id'])} rose by"
                f" {rounded(rose, 0)}"
            )
    if not said:
        return ["None of those shown fell while another product of its category rose as much."] if beside else []
    return [f"In the same category: {'; '.join(said[:3])}. That is a coincidence in time, not a proof of a switch."]


def _figure(
    asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product], metric: str, value: str | None
) -> Figure:
    variant = row["variant_id"]
    group = {
        **(product_group(names[variant]) if variant in names else {"variant_id": variant}),
        "store": row["store_id"],
    }
    return stock_figure(asked, metric, value, "days", stores=(row["store_id"],), group=group)


def _money_total(asked: StockFrame, metric: str, rows: Sequence[Mapping[str, Any]], column: str) -> list[Figure]:
    total = rows[0][column] if rows else Decimal(0)
    return [stock_figure(asked, metric, amount(total, asked.currency), asked.currency)]


def _slow_table(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    beside: Mapping[str, Mapping[str, Any]],
    gainers: Mapping[str, Product],
) -> Table:
    titles = (
        "Product",
        "Store",
        "On hand",
        "Value at cost",
        "Units sold",
        "Days of cover",
        f"Units, {asked.stores.label}",
        "Before",
        "Gained most in its category",
        "Its gain",
    )
    units = ("text", "text", "units", asked.currency, "units", "days", "units", "units", "text", "units")
    body = []
    for row in rows:
        one = beside.get(row["variant_id"], {})
        other = one.get("other_id")
        body.append(
            (
                _name(names, row["variant_id"]),
                asked.stores.name(row["store_id"]),
                quantity(row["on_hand"]),
                amount(row["cost_value"], asked.currency),
                quantity(row["units"]),
                rounded(_cover(row)),
                quantity(one.get("units")),
                quantity(one.get("units_before")),
                _name(gainers, other) if other else None,
                quantity(one["other_units"] - one["other_before"]) if other else None,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _unknown(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rows or not rows[0]["unknown_cost"]:
        return []
    return [f"{counted(int(rows[0]['unknown_cost']), 'case')} without a known cost: left out of the value."]
