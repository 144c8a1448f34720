"""Overstock: what sells, but not fast enough for what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.frame import one_currency
from tools.metrics.cover_query import build_overstock
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.excess import COVER_DAYS, of_overstock
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
from tools.wording import counted, listed, money

_TOPICS = ("inventory", "cost")
_EVEN = Decimal("1E-9")
"""Sums of sevenths are brought to it: 121.4999… by one way of adding up is 121.5 by another, and rounds elsewhere."""


class OverstockArguments(Arguments):
    """Arguments of ``overstock``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    cover: int = Field(
        default=COVER_DAYS, ge=7, le=730, description="More than so many days of cover is too much; 60 unless said."
    )
    days: int = Field(default=56, ge=14, le=365, description="Over how many last days demand is measured.")
    limit: int = Field(default=10, ge=1, le=50, description="How many rows, most money in the excess first.")


@dataclass(frozen=True, slots=True)
class _Excess:
    """What is too much in a group: positions, pieces and value at cost (None where no cost is known), exact."""

    positions: int
    pieces: Decimal
    cost: Decimal | None


@tool()
@each_currency
def overstock(arguments: OverstockArguments, context: ToolContext) -> ToolResult:
    """Overstock: products that sell, with more on hand than a number of days needs; pieces and money in the excess.

    Use it for “what are we overstocked on?”, “where do we have too much stock?”, “excess inventory by category”. The
    excess is on hand less 60 days' demand at the rate of the last 56 days; less than a piece or an order pack is none.
    What does not sell at all is dead stock; ``markdown_candidates`` counts both, so its sum is another.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    one_currency(asked.asked, "")
    now, by = asked.asked.now, arguments.by
    statement = build_overstock(
        asked.windows, context.scope, now, cover=arguments.cover, by=by, only=asked.only, limit=arguments.limit
    )
    found_rows = context.mirror.query(statement.sql, statement.params).dicts()
    rows = [row for row in found_rows if row["store_id"] is not None]
    parts = [row for row in found_rows if row["part_store_id"] is not None]
    names = names_of(rows, context)
    whole, small = _excess(parts), _small(found_rows)
    found = {key: _excess([part for part in parts if part["key"] == key]) for key in {part["key"] for part in parts}}
    groups = sorted(found.items(), key=lambda pair: (-(pair[1].cost or 0), pair[0])) if by else []
    headline = _headline(asked, rows, whole, arguments.cover)
    return ToolResult(
        headline=headline,
        text=" ".join(
            [headline, *_sentences(asked, rows, names, groups, by, arguments.cover), of_overstock(arguments.cover)]
        ),
        figures=(
            *_totals(asked, whole, {}),
            *(one for key, excess in groups for one in _totals(asked, excess, {by or "": key})),
            *(_figure(asked, row, names, arguments.cover) for row in rows),
        ),
        table=_table(asked, rows, names, groups, by, arguments.cover) if rows else None,
        caveats=(
            *_unknown(rows),
            *small,
            f"Demand is the mean of {asked.asked.when}; a season or promotion ahead may need more.",
            *new_goods(rows),
            *stock_caveats(asked, _TOPICS, sold=True),
        ),
        follow_ups=(
            f"Show me my dead stock{asked.asked.same_part_and_stores}",
            f"What can we transfer between stores{asked.asked.same_part_and_stores}?",
        ),
        provenance=stock_provenance(asked, ("days_of_stock", "stock_value_at_cost"), [statement], (*_TOPICS, "sales")),
    )


def _excess(parts: Sequence[Mapping[str, Any]]) -> _Excess:
    costs = [part["scaled_cost"] / int(part["part_trading_days"]) for part in parts if part["scaled_cost"] is not None]
    return _Excess(
        sum(int(part["positions"]) for part in parts),
        sum((part["scaled_excess"] / int(part["part_trading_days"]) for part in parts), Decimal(0)).quantize(_EVEN),
        sum(costs, Decimal(0)) if costs or not parts else None,
    )


def _too_many(row: Mapping[str, Any], cover: int) -> Decimal:
    return Decimal(row["on_hand"]) - Decimal(row["units"]) * cover / int(row["trading_days"])


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], whole: _Excess, cover: int) -> str:
    subject, label = asked.asked.subject, asked.stores.label
    if not rows:
        return f"Nothing{subject} that sells has a piece or an order pack more than {cover} days need, {label}."
    cases = f" ({counted(whole.positions, 'case')}, counting each store)" if len(asked.stores.stores) > 1 else ""
    tied = ""
    if whole.cost is not None:
        tied = f", {money(Decimal(amount(whole.cost, asked.currency) or 0), asked.currency)} at cost"
    products, pieces = counted(int(rows[0]["products"]), "product"), whole.pieces.quantize(Decimal(1))
    return (
        f"Overstock{subject}, {label}: {pieces:,} piece{'' if pieces == 1 else 's'} beyond {cover} days of cover{tied},"
        f" of {products}{cases}."
    )


def _small(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many were left out for having hardly too much."""
    number = int(rows[0]["small"] or 0) if rows else 0
    if not number:
        return []
    return [f"{counted(number, 'case')} with less than a piece, or an order pack, too much left out."]


def _worth(cost: Decimal | None, currency: str) -> str:
    known = amount(cost, currency)
    return "unknown cost" if known is None else money(Decimal(known), currency)


def _sentences(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    groups: Sequence[tuple[str, _Excess]],
    by: str | None,
    cover: int,
) -> list[str]:
    said = []
    if by and groups:
        most = [f"{_title(asked, by, key)} {_worth(one.cost, asked.currency)}" for key, one in groups[:3]]
        said.append(f"Most by {by}: {listed(most)}.")
    first = []
    for row in rows[:3]:
        where = f" at {asked.stores.name(row['store_id'])}" if len(asked.stores.stores) > 1 else ""
        first.append(
            f"{_name(names, row)}{where}, {rounded(_too_many(row, cover), 0)} of {quantity(row['on_hand'])} on hand"
        )
    return [*said, *([f"Most money: {'; '.join(first)}."] if first else [])]


def _title(asked: StockFrame, by: str, key: str) -> str:
    return asked.stores.name(key) if by == "store" else key


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _totals(asked: StockFrame, excess: _Excess, group: Mapping[str, str]) -> list[Figure]:
    stores = (group["store"],) if "store" in group else ()
    values = (
        ("overstock_value_at_cost", amount(excess.cost, asked.currency), asked.currency),
        ("overstock_units", rounded(excess.pieces), "units"),
        ("overstock_positions", str(excess.positions), "count"),
    )
    return [stock_figure(asked, name, value, unit, stores=stores, group=group) for name, value, unit in values]


def _figure(asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product], cover: int) -> Figure:
    known = names.get(row["variant_id"])
    named = product_group(known) if known else {"variant_id": str(row["variant_id"])}
    group = {**named, "store": str(row["store_id"])}
    value = rounded(_too_many(row, cover))
    return stock_figure(asked, "overstock_units", value, "units", stores=(row["store_id"],), group=group)


def _table(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
    groups: Sequence[tuple[str, _Excess]],
    by: str | None,
    cover: int,
) -> Table:
    if by:
        columns = (
            TableColumn(by.capitalize(), "text"),
            TableColumn("Cases", "count"),
            TableColumn("Excess", "units"),
            TableColumn("Excess at cost", asked.currency),
        )
        body: list[tuple[str | int | None, ...]] = [
            (_title(asked, by, key), one.positions, rounded(one.pieces), amount(one.cost, asked.currency))
            for key, one in groups
        ]
        return Table(columns, body)
    titles = ("Product", "Store", "On hand", "Units a day", "Days of cover", "Excess", "Excess at cost")
    units = ("text", "text", "units", "units", "days", "units", asked.currency)
    body = []
    for row in rows:
        rate = Decimal(row["units"]) / int(row["trading_days"])
        excess = _too_many(row, cover)
        cost = None if row["unit_cost"] is None else excess * row["unit_cost"]
        body.append(
            (
                _name(names, row),
                asked.stores.name(row["store_id"]),
                quantity(row["on_hand"]),
                rounded(rate, 2),
                rounded(row["on_hand"] / rate),
                rounded(excess),
                amount(cost, asked.currency),
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _unknown(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rows or not rows[0]["unknown_cost"]:
        return []
    return [f"{counted(int(rows[0]['unknown_cost']), 'case')} without a known cost: left out of the value."]
