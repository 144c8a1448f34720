"""What is out of stock: nothing at all, or nothing on the shelf while the back room has some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NoDataError
from tools.metrics.cover_query import build_out, build_out_by
from tools.metrics.query import Statement
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    on_hand_figure,
    quantity,
    rounded,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.out_rates import group_figures, group_table, in_order, rate_figures, rate_sentences, title_of
from tools.stock.out_worth import AT_STAKE, Worth, week_cell, week_column, worth_of_out
from tools.wording import counted, listed


class OutOfStockArguments(Arguments):
    """Arguments of ``out_of_stock``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    where: Literal["completely", "shelf", "negative"] = Field(
        default="completely",
        description="“completely”: nothing in the shop at all. “shelf”: shelf empty, but some in the back room."
        " “negative”: a level below zero, an error of the record.",
    )
    days: int = Field(
        default=28, ge=1, le=365, description="A product that sold in so many last days counts as selling."
    )
    by: Literal["store", "department", "category", "store, department", "store, category"] | None = Field(
        default=None, description="Split the answer by this, or by stores and what is in each."
    )
    rate: Literal["out", "in_stock"] | None = Field(
        default=None, description="Lead with the out-of-stock rate or the in-stock rate, and rank by it, not by counts."
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many examples, 1 to 50.")


@tool()
def out_of_stock(arguments: OutOfStockArguments, context: ToolContext) -> ToolResult:
    """Which products are out of stock now: the total, what they sell in a usual week, the best sellers first.

    Use it for “what is out of stock?”, “which products are completely out of stock, not just off the shelf? Give me the
    total and three examples”, “what is off the shelf but in the back room?”, “in-stock rate by department”, “which
    products have negative inventory?”. Completely out means nothing on hand, shelf and back room together. It counts
    active products with a stock level, gives the rate, and says how many still sold lately and what a usual week of
    them brings in, in all, by department and for each; what stock-outs have cost is ``lost_sales``.
    """
    asked = stock_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    on_shelf = arguments.where == "shelf"
    if on_shelf and not any(one.areas for one in asked.levels.values()):
        raise NoDataError(
            f"The stock levels of {asked.stores.label} do not tell the shelf from the back room, so what is only off"
            " the shelf cannot be known. Levels with an area (floor, backroom) would tell. I can list what is"
            " completely out.",
            NOT_RECORDED,
        )
    statement = build_out(
        asked.windows, context.scope, asked.asked.now, where=arguments.where, only=asked.only, limit=arguments.limit
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names = names_of(rows, context)
    worth, weighed = worth_of_out(asked, context, where=arguments.where, only=asked.only)
    statements = [statement, weighed]
    groups: list[dict[str, Any]] = []
    if arguments.by:
        first, _, second = arguments.by.partition(", ")
        split = build_out_by(
            asked.windows, context.scope, asked.asked.now, where=arguments.where, by=first, within=second or None,
            only=asked.only,
        )  # fmt: skip
        groups = in_order(context.mirror.query(split.sql, split.params).dicts(), arguments.rate)
        statements.append(split)
    headline = _headline(asked, rows, arguments.where, worth)
    by, rate = arguments.by or "", arguments.rate
    led: list[str] = []
    rates: list[Figure] = []
    if rate:
        carried, found = _carried(asked, rows, arguments, context, statements)
        led = rate_sentences(asked, groups, by, rate, carried, found)
        rates = rate_figures(asked, rate, carried, found)
    return ToolResult(
        headline=led[0] if led else headline,
        text=" ".join(
            [
                *led,
                headline,
                *_group_sentences(asked, groups, by, rate),
                *_sentences(asked, rows, names, worth, split=bool(by)),
            ]
        ),
        figures=(
            *_figures(asked, rows, names, arguments.where),
            *worth.figures(asked),
            *group_figures(asked, groups, by, _METRIC[arguments.where], rate),
            *rates,
        ),
        table=group_table(asked, groups, by, rate) if by else _table(asked, rows, names),
        caveats=(
            *([AT_STAKE] if worth.net else []),
            *_areas(asked, on_shelf=on_shelf),
            *stock_caveats(asked, sold=True),
        ),
        follow_ups=_follow_ups(asked, on_shelf=on_shelf),
        provenance=stock_provenance(asked, ("products_out_of_stock",), statements, ("inventory", "sales")),
    )


_HOW = {
    "completely": "completely out of stock",
    "shelf": "off the shelf with stock in the back room",
    "negative": "below zero in the record",
}
_METRIC = {
    "completely": "products_out_of_stock",
    "shelf": "products_off_the_shelf",
    "negative": "products_below_zero",
}


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], where: str, worth: Worth) -> str:
    how = _HOW[where]
    of_part = asked.asked.subject
    if not rows:
        return f"No active product{of_part} is {how}, {asked.stores.label}."
    products, pairs = int(rows[0]["found_products"]), int(rows[0]["found"])
    verb, each = ("is", "it brings") if products == 1 else ("are", "they bring")
    week = f"; {each} in {worth.week_said()} in a usual week" if worth.net else ""
    if len(asked.stores.stores) == 1:
        return f"{counted(products, 'product')}{of_part} {verb} {how} at {asked.stores.label}{week}."
    return (
        f"{counted(products, 'product')}{of_part} {verb} {how} in at least one of the {len(asked.stores.stores)} stores"
        f" ({counted(pairs, 'case')}, counting each store), {int(rows[0]['everywhere']):,} of them in every store that"
        f" has a level{week}."
    )


def _sentences(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], worth: Worth, *, split: bool
) -> list[str]:
    if not rows:
        return []
    selling = int(rows[0]["selling_products"])
    all_of_them = selling == int(rows[0]["found_products"])
    said = []
    if selling:
        said.append(
            f"{'All' if all_of_them else f'{selling:,}'} of them sold in {asked.asked.when}, for {worth.said()}."
        )
    said.append(f"{_rate(rows)} % of {int(rows[0]['carried']):,} active products, counted store by store.")
    several = len(asked.stores.stores) > 1
    examples = []
    for row in rows[:3]:
        where = f" at {asked.stores.name(row['store_id'])}" if several else ""
        examples.append(f"{_name(names, row)}{where}")
    best = ", best sellers first" if len(examples) > 1 and selling else ""
    said.append(f"Examples{best}: {'; '.join(examples)}." if len(examples) > 1 else f"Example: {examples[0]}.")
    return [*said, *([] if split else worth.by_department())]


def _carried(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    arguments: OutOfStockArguments,
    context: ToolContext,
    statements: list[Statement],
) -> tuple[int, int]:
    """The active positions, and those of them that are out; also where not one is."""
    if rows:
        return int(rows[0]["carried"]), int(rows[0]["found"])
    whole = build_out_by(
        asked.windows, context.scope, asked.asked.now, where=arguments.where, by="store", only=asked.only
    )
    statements.append(whole)
    found = context.mirror.query(whole.sql, whole.params).dicts()
    return sum(int(row["carried"]) for row in found), sum(int(row["found"]) for row in found)


def _rate(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Positions found, per cent of the active positions."""
    return rounded(Decimal(rows[0]["found"]) * 100 / Decimal(rows[0]["carried"]))


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    found = names.get(row["variant_id"])
    return found.name if found else str(row["variant_id"])


def _figures(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], where: str
) -> tuple[Figure, ...]:
    metric = _METRIC[where]
    first = rows[0] if rows else {"found_products": 0, "found": 0, "selling_products": 0, "everywhere": 0}
    figures = [
        stock_figure(asked, metric, str(int(first["found_products"])), "count"),
        stock_figure(asked, f"{metric}_store_pairs", str(int(first["found"])), "count"),
        stock_figure(asked, f"{metric}_still_selling", str(int(first["selling_products"])), "count"),
        stock_figure(asked, f"{metric}_in_every_store", str(int(first["everywhere"])), "count"),
        stock_figure(asked, f"{metric}_rate", _rate(rows) if rows else "0.0", "%"),
    ]
    return (*figures, *(on_hand_figure(asked, row, names) for row in rows))


def _group_sentences(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str, rate: str | None) -> list[str]:
    most = [f"{title_of(asked, by, row)} {int(row['found']):,}" for row in groups[:3] if row["found"]]
    return [f"Most by {by.replace(', ', ' and ')}: {listed(most)}."] if most and not rate else []


def _table(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table | None:
    if not rows:
        return None
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Shelf", "units"),
        TableColumn("Back room", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Last sold", "date"),
        week_column(asked),
    )
    body = []
    for row in rows:
        rate = Decimal(row["units"] or 0) / row["trading_days"] if row["each"] and row["trading_days"] else None
        body.append(
            (
                _name(names, row),
                asked.stores.name(row["store_id"]),
                quantity(row["on_hand"]),
                quantity(row["floor"]),
                quantity(row["backroom"]),
                rounded(rate, 2),
                row["sold_on"].isoformat() if row["sold_on"] else None,
                week_cell(asked, row["store_id"], row["net_minor"]),
            )
        )
    return Table(columns, body)


def _areas(asked: StockFrame, *, on_shelf: bool) -> list[str]:
    without = [asked.stores.name(store) for store, state in asked.levels.items() if not state.areas]
    if not without:
        return []
    if on_shelf:
        return [f"{listed(without)} do not tell the shelf from the back room and are not in this."]
    return [
        (
            "The levels do not tell the shelf from the back room; on hand is the whole store, so this is completely out"
            " and never merely off the shelf."
        )
    ]


def _follow_ups(asked: StockFrame, *, on_shelf: bool) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    other = "Which products are completely out of stock" if on_shelf else "How much did stock-outs cost us last month"
    return (f"{other}{same}?", f"Which products will stock out soon{same}?")
