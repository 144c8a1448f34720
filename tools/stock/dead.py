"""Dead stock: what is on hand and has not sold for a long time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.each_currency import each_currency
from tools.frame import coverage, one_currency, require_sales
from tools.metrics.query import Statement
from tools.metrics.unsold_query import build_last_sales, build_longest_unsold, build_unsold, build_unsold_by
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    product_group,
    quantity,
    spoken_quantity,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.sold_elsewhere import SOLD, where_figures, where_sold
from tools.stores import StoreSet
from tools.together import together
from tools.wording import counted, listed, money

_TOPICS = ("inventory", "cost")


class DeadStockArguments(Arguments):
    """Arguments of ``dead_stock``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    days: int = Field(default=90, ge=7, le=1095, description="Without a sale for so many days; 90 unless said.")
    period: str | None = Field(
        default=None,
        max_length=120,
        description="Instead of days: without a sale in this period, in the asker's own words, such as “last week”.",
    )
    sold: Literal["nowhere", "elsewhere"] | None = Field(
        default=None, description="Only what sold at no store then, or only what sold at another store."
    )
    by: Literal["store", "department", "category"] | None = Field(default=None, description="Split the answer by this.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the dearest first.")


@tool()
@each_currency
def dead_stock(arguments: DeadStockArguments, context: ToolContext) -> ToolResult:
    """Dead stock: products on hand that have not sold in a store for 90 days, as many as are asked for, or in a period.

    Use it for “show me my dead stock report”, “items not sold in 180 days but still in stock”, “what is just sitting on
    the shelf?”, “in stock but no sales last week” (that is a period). It gives quantity, value at cost and at
    retail, the day of the last sale and the age. Goods that came in during those days and never sold are new, not
    dead. When sales are known for fewer days it says so. It tells what sold at no store from what sold at another.
    """
    asked = stock_frame(
        arguments.stores,
        context,
        days=arguments.days,
        department=arguments.department,
        through_today=True,
        period=arguments.period,
    )
    if arguments.period:
        require_sales(asked.asked, coverage(asked.asked, asked.windows)[0])
    one_currency(asked.asked, "")
    short: Mapping[str, int] = {} if arguments.period else _short_history(asked)
    asked, short, young = _old_enough(asked, short)
    statement = build_unsold(asked.windows, context.scope, asked.asked.now, only=asked.only, limit=arguments.limit,
        sold=arguments.sold,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names, dated = together(partial(names_of, rows, context), partial(_last_sold, rows, context))
    statements = [statement, *dated]
    groups: list[dict[str, Any]] = []
    if arguments.by and rows:
        split = build_unsold_by(asked.windows, context.scope, asked.asked.now, by=arguments.by, only=asked.only,
            sold=arguments.sold,
        )  # fmt: skip
        groups = context.mirror.query(split.sql, split.params).dicts()
        statements.append(split)
    if rows:
        headline = _headline(asked, rows, short, named=bool(arguments.period))
        headline += where_sold(rows, context, arguments.sold)
        more = [*_group_sentences(asked, groups, arguments.by or ""), *_sentences(asked, rows, names)]
    else:
        longest = build_longest_unsold(asked.windows, context.scope, asked.asked.now, only=asked.only)
        found = context.mirror.query(longest.sql, longest.params).dicts()
        statements.append(longest)
        headline = _none(asked, short, named=bool(arguments.period), sold=arguments.sold)
        more = [] if arguments.sold else _nearest(asked, found, context)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *more]),
        figures=(
            *_totals(asked, rows),
            *where_figures(asked, rows),
            *(one for group in groups for one in _group_figures(asked, group, arguments.by or "")),
            *(one for row in rows for one in _figures(asked, row, names)),
        ),
        table=_group_table(asked, groups, arguments.by or "")
        if groups
        else _table(asked, rows, names)
        if rows
        else None,
        caveats=(*young, *_history(asked, short), *_unknown(rows), *stock_caveats(asked, _TOPICS, sold=True)),
        follow_ups=_follow_ups(asked, rows=bool(rows)),
        provenance=stock_provenance(
            asked, ("stock_on_hand", "stock_value_at_cost", "stock_value_at_retail"), statements, (*_TOPICS, "sales")
        ),
    )


def _last_sold(rows: Sequence[dict[str, Any]], context: ToolContext) -> list[Statement]:
    """Give each row the day of its last sale as ``last_sold_on``, None if never in the data; the statement asked."""
    if not rows:
        return []
    statement = build_last_sales([(row["store_id"], row["variant_id"]) for row in rows], context.scope)
    found = {(store, variant): on for store, variant, on in context.mirror.query(statement.sql, statement.params).rows}
    for row in rows:
        row["last_sold_on"] = found.get((row["store_id"], row["variant_id"]))
    return [statement]


def _short_history(asked: StockFrame) -> dict[str, int]:
    """Stores whose sales are known for fewer days than asked for, with how many."""
    short = {}
    for store in asked.stores.stores:
        if store.first_on is None or store.last_on is None:
            short[store.store_id] = 0
        elif (known := (store.last_on - store.first_on).days + 1) < asked.days:
            short[store.store_id] = known
    return short


def _old_enough(asked: StockFrame, short: Mapping[str, int]) -> tuple[StockFrame, Mapping[str, int], list[str]]:
    """The question for the stores whose sales are known for long enough, where some are, and which others there are."""
    kept = tuple(store for store in asked.stores.stores if store.store_id not in short)
    if not short or not kept:
        return asked, short, []
    label = kept[0].name if len(kept) == 1 else counted(len(kept), "store")
    frame = replace(
        asked.asked, stores=StoreSet(kept, label), period=asked.asked.periods[kept[0].store_id],
        periods={store.store_id: asked.asked.periods[store.store_id] for store in kept},
    )  # fmt: skip
    each = [f"{asked.stores.name(store)} {counted(days, 'day')}" for store, days in short.items()]
    said = f"Left out, because sales are known for fewer than {asked.days} days: {listed(each)}."
    return replace(asked, asked=frame), {}, [said]


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], short: Mapping[str, int], *, named: bool) -> str:
    first = rows[0]
    products, cases = int(first["products"]), int(first["positions"])
    several = f" ({counted(cases, 'case')}, counting each store)" if len(asked.stores.stores) > 1 else ""
    worth = f", {money(first['total_cost'], asked.currency)} at cost" if first["total_cost"] is not None else ""
    pieces = f"{spoken_quantity(first['pieces'])} pieces"
    known = min(short.values(), default=asked.days)
    if short:
        return (
            f"Sales are known for {counted(known, 'day')} only, too few to call anything unsold for {asked.days};"
            f" {counted(products, 'product')}{asked.asked.subject} in stock{several} did not sell in them,"
            f" {asked.stores.label}: {pieces}{worth}."
        )
    if named:
        return (
            f"In stock but not sold {asked.asked.when}{asked.asked.subject}, {asked.stores.label}:"
            f" {counted(products, 'product')}{several}, {pieces} on hand now{worth}."
        )
    return (
        f"Dead stock{asked.asked.subject}, {asked.stores.label}: {counted(products, 'product')}{several} not sold"
        f" in the last {asked.days} days, {pieces}{worth}."
    )


def _sentences(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    said = []
    if rows[0]["total_retail"] is not None:
        said.append(f"At today's selling prices it is {money(rows[0]['total_retail'], asked.currency)}.")
    several = len(asked.stores.stores) > 1
    most = []
    for row in rows[:3]:
        where = f" at {asked.stores.name(row['store_id'])}" if several else ""
        worth = f", {money(row['cost_value'], asked.currency)}" if row["cost_value"] is not None else ""
        pieces = counted(int(row["on_hand"]), "piece") if row["each"] else f"{quantity(row['on_hand'])}"
        most.append(f"{_name(names, row)}{where} ({pieces}{worth}, {_last(row)})")
    said.append(f"Most money: {'; '.join(most)}.")
    return said


def _title(asked: StockFrame, by: str, key: str) -> str:
    return asked.stores.name(key) if by == "store" else key


def _group_sentences(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str) -> list[str]:
    if not groups:
        return []
    most = []
    for group in groups[:3]:
        worth = "unknown cost" if group["total_cost"] is None else money(group["total_cost"], asked.currency)
        most.append(f"{_title(asked, by, group['key'])} {worth} ({counted(int(group['positions']), 'case')})")
    return [f"Most by {by}: {listed(most)}."]


def _group_figures(asked: StockFrame, group: Mapping[str, Any], by: str) -> list[Figure]:
    stores = (group["key"],) if by == "store" else ()
    values = (
        ("dead_stock_products", str(int(group["products"])), "count"),
        ("dead_stock_units", quantity(group["pieces"]), "units"),
        ("dead_stock_value_at_cost", amount(group["total_cost"], asked.currency), asked.currency),
        ("dead_stock_value_at_retail", amount(group["total_retail"], asked.currency), asked.currency),
    )
    return [
        stock_figure(asked, name, value, unit, stores=stores, group={by: group["key"]}, over_days=True)
        for name, value, unit in values
    ]


def _group_table(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str) -> Table:
    columns = (
        TableColumn(by.capitalize(), "text"),
        TableColumn("Products", "count"),
        TableColumn("Pieces", "units"),
        TableColumn("Value at cost", asked.currency),
        TableColumn("Value at retail", asked.currency),
    )
    rows = [
        (
            _title(asked, by, group["key"]),
            int(group["products"]),
            quantity(group["pieces"]),
            amount(group["total_cost"], asked.currency),
            amount(group["total_retail"], asked.currency),
        )
        for group in groups
    ]
    return Table(columns, rows)


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    found = names.get(row["variant_id"])
    return found.name if found else str(row["variant_id"])


def _last(row: Mapping[str, Any]) -> str:
    return f"last sold {day_text(row['last_sold_on'])}" if row["last_sold_on"] else "never sold in the data"


def _none(asked: StockFrame, short: Mapping[str, int], *, named: bool, sold: str | None) -> str:
    if sold:
        return f"None of the dead stock{asked.asked.subject}, {asked.stores.label}, {SOLD[sold]} in those days."
    if named:
        return f"Nothing{asked.asked.subject} is in stock that was not sold {asked.asked.when}, {asked.stores.label}."
    if short:
        known = min(short.values())
        return (
            f"Sales are known for {counted(known, 'day')} only, too few to call anything unsold for {asked.days}; all"
            f" stock{asked.asked.subject} at {asked.stores.label} sold within them."
        )
    return (
        f"No dead stock{asked.asked.subject}, {asked.stores.label}: every product on hand sold within the last"
        f" {asked.days} days."
    )


def _nearest(asked: StockFrame, found: Sequence[Mapping[str, Any]], context: ToolContext) -> list[str]:
    if not found:
        return []
    row = found[0]
    name = _name(names_of(found, context), row)
    age = (_end(asked, row["store_id"]) - row["sold_on"]).days
    where = f" at {asked.stores.name(row['store_id'])}" if len(asked.stores.stores) > 1 else ""
    return [f"Longest without a sale: {name}{where}, {counted(age, 'day')}."]


def _end(asked: StockFrame, store_id: str) -> date:
    return asked.asked.periods[store_id].end_on


def _age(asked: StockFrame, row: Mapping[str, Any]) -> int | None:
    """Days since the last sale, or since the goods came where they never sold; None where neither is known.

    Counted to yesterday whatever days were asked about: beside the last sale it is how long ago that was.
    """
    since = row["last_sold_on"] or row["came_on"]
    end = max(_end(asked, row["store_id"]), asked.as_of_on - timedelta(1))
    return max((end - since).days, 0) if since else None


def _totals(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    first = rows[0] if rows else {}
    values = (
        ("dead_stock_products", str(int(first.get("products") or 0)), "count"),
        ("dead_stock_units", quantity(first.get("pieces") or Decimal(0)), "units"),
        ("dead_stock_value_at_cost", amount(_total(first, "total_cost", rows), asked.currency), asked.currency),
        ("dead_stock_value_at_retail", amount(_total(first, "total_retail", rows), asked.currency), asked.currency),
    )
    return [stock_figure(asked, name, value, unit, over_days=True) for name, value, unit in values]


def _total(first: Mapping[str, Any], column: str, rows: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """The total, 0 where nothing is dead, None where no value of what is dead is known."""
    return first.get(column) if rows else Decimal(0)


def _figures(asked: StockFrame, row: Mapping[str, Any], names: Mapping[str, Product]) -> list[Figure]:
    variant = row["variant_id"]
    group = {
        **(product_group(names[variant]) if variant in names else {"variant_id": variant}),
        "store": row["store_id"],
    }
    values = (
        ("stock_on_hand", quantity(row["on_hand"]), "units"),
        ("stock_value_at_cost", amount(row["cost_value"], asked.currency), asked.currency),
    )
    return [
        stock_figure(asked, name, value, unit, stores=(row["store_id"],), group=group) for name, value, unit in values
    ]


def _table(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Value at cost", asked.currency),
        TableColumn("Value at retail", asked.currency),
        TableColumn("Last sold", "date"),
        TableColumn("Days unsold", "days"),
        TableColumn("Department", "text"),
        TableColumn("Sold at another store", "text"),
    )
    body = []
    for row in rows:
        known = names.get(row["variant_id"])
        body.append(
            (
                _name(names, row),
                asked.stores.name(row["store_id"]),
                quantity(row["on_hand"]),
                amount(row["cost_value"], asked.currency),
                amount(row["retail_value"], asked.currency),
                row["last_sold_on"].isoformat() if row["last_sold_on"] else None,
                _age(asked, row),
                known.department if known else None,
                "yes" if row["elsewhere"] else "no",
            )
        )
    return Table(columns, body)


def _history(asked: StockFrame, short: Mapping[str, int]) -> list[str]:
    if not short:
        return []
    each = [f"{asked.stores.name(store)} {counted(days, 'day')}" for store, days in short.items()]
    return [
        (
            f"Sales history is shorter than {asked.days} days: {listed(each)}. What sold before it began cannot be told"
            f" apart"
            " from what never sold."
        )
    ]


def _unknown(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    said = []
    for column, words in (("unknown_cost", "cost"), ("unknown_price", "selling price")):
        if rows and rows[0][column]:
            said.append(f"{counted(int(rows[0][column]), 'case')} without a known {words}: left out of that value.")
    return said


def _follow_ups(asked: StockFrame, *, rows: bool) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    asks = [] if rows else [f"Items not sold in {max(asked.days // 2, 7)} days but still in stock{same}"]
    return (*asks, f"Slow movers with stock{same}", f"Which products are overstocked{same}?")
