"""How much stock there is and what it is worth, whole or split, or of single products store by store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.currencies import UNRANKED
from tools.errors import NoDataError
from tools.frame import one_currency
from tools.metrics.dimensions import SEVERAL_SUPPLIERS
from tools.metrics.stock_query import LEVEL_RANKS, NO_SUPPLIER, build_levels, build_positions
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.search import Product, lookup
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    on_hand_figure,
    product_group,
    quantity,
    quoted,
    simulated,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed, moment, money

_TOPICS = ("inventory", "cost")
_METRICS = ("stock_on_hand", "stock_value_at_cost", "stock_value_at_retail")
_CHART_POINTS = 20


class StockLevelsArguments(Arguments):
    """Arguments of ``stock_levels``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category", "product", "supplier"] | None = Field(
        default=None, description="Split the answer by this; products are ranked and cut to ``limit``."
    )
    rank_by: Literal["cost", "retail", "pieces"] = Field(
        default="cost", description="What ranks the groups: value at cost, value at retail, or pieces."
    )
    limit: int = Field(default=20, ge=1, le=100, description="How many rows at most, 1 to 100.")


@tool()
def stock_levels(arguments: StockLevelsArguments, context: ToolContext) -> ToolResult:
    """Stock on hand now: pieces, and its value at cost and at retail, by store, department, product, supplier.

    Use it for “do we have oat milk in stock?”, “how much stock of X do we have?”, “inventory value by department”,
    “what is our stock worth?”, “which products tie up the most money in stock?” (by product),
    “inventory value by vendor” (by supplier). One product is
    shown at every store, shelf and back room apart where the source tells them; a kind of goods (“milk”) or a
    department in one row unless by store. A phrase that fits several products shows each of them.
    """
    asked = stock_frame(
        arguments.stores, context, product=arguments.product, department=arguments.department, several=True
    )
    part = asked.asked.part
    if part is not None and part.only.variants and arguments.by is None:
        return _of_products(asked, arguments.limit)
    by = arguments.by
    one_currency(asked.asked, by or "")
    whole_of = build_levels(asked.stores.ids, context.scope, asked.asked.now, only=asked.only)
    whole = context.mirror.query(whole_of.sql, whole_of.params).dicts()[0]
    if not whole["positions"]:
        raise NoDataError(f"No stock level is recorded{asked.asked.subject} for {asked.stores.label}.")
    statements = [whole_of]
    groups: list[dict[str, Any]] = []
    unranked = False
    if by:
        split = build_levels(
            asked.stores.ids,
            context.scope,
            asked.asked.now,
            only=asked.only,
            by=by,
            rank_by=arguments.rank_by,
            top=arguments.limit if by == "product" else None,
        )
        groups = _named(asked, context.mirror.query(split.sql, split.params).dicts(), by)
        if unranked := len(asked.stores.currencies) > 1 and arguments.rank_by != "pieces":
            groups.sort(key=lambda row: str(row["title"]))
        statements.append(split)
    headline = _headline(asked, whole, groups)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, whole, groups, arguments.rank_by)]),
        figures=(
            *_figures(asked, whole, {}),
            *(one for row in groups for one in _figures(asked, row, row["group"])),
        ),
        table=_table(asked, whole, groups[: arguments.limit], by),
        chart=_chart(asked, groups, by, arguments.rank_by),
        caveats=(
            *([UNRANKED] if unranked else []),
            *_unknown(whole),
            *(_suppliers_said(asked, groups) if by == "supplier" else ()),
            *stock_caveats(asked, _TOPICS),
        ),
        follow_ups=_follow_ups(asked, by),
        provenance=stock_provenance(asked, _METRICS, statements, (*_TOPICS, "price")),
    )


def _named(asked: StockFrame, rows: Sequence[Mapping[str, Any]], by: str) -> list[dict[str, Any]]:
    """The groups with what they are called, and what their figures carry."""
    if by != "product":
        names = {row["key"]: asked.stores.name(row["key"]) if by == "store" else row["key"] for row in rows}
        return [{**row, "title": names[row["key"]], "group": {by: row["key"]}} for row in rows]
    known = lookup([row["key"] for row in rows], asked.context)
    return [
        {
            **row,
            "title": known[row["key"]].name if row["key"] in known else row["key"],
            "group": product_group(known[row["key"]]) if row["key"] in known else {"variant_id": row["key"]},
        }
        for row in rows
    ]


def _figures(asked: StockFrame, row: Mapping[str, Any], group: Mapping[str, str]) -> list[Figure]:
    currency = asked.stores.currency(group.get("store", ""))
    stores = (group["store"],) if "store" in group else ()
    if not group and len(asked.stores.currencies) > 1:
        return []
    values = (
        ("stock_on_hand", quantity(row["pieces"]), "units"),
        ("stock_value_at_cost", amount(row["cost_value"], currency), currency),
        ("stock_value_at_retail", amount(row["retail_value"], currency), currency),
        ("products_in_stock", str(row["products_in_stock"]), "count"),
    )
    return [stock_figure(asked, name, value, unit, stores=stores, group=group) for name, value, unit in values]


def _headline(asked: StockFrame, whole: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> str:
    if len(asked.stores.currencies) > 1:
        worth = "; ".join(
            f"{asked.stores.name(row['key'])} {_worth(row, asked.stores.currency(row['key']))}" for row in groups[:6]
        )
        return f"Stock on hand{asked.asked.subject} at cost: {worth}."
    pieces = counted(int(whole["pieces"] or 0), "piece")
    return (
        f"Stock on hand{asked.asked.subject}, {asked.stores.label}: {pieces} of"
        f" {counted(int(whole['products_in_stock']), 'product')}, worth {_worth(whole, asked.currency)} at cost."
    )


def _worth(row: Mapping[str, Any], currency: str) -> str:
    return "an unknown amount" if row["cost_value"] is None else money(row["cost_value"], currency)


def _sentences(
    asked: StockFrame, whole: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], rank_by: str
) -> list[str]:
    said = []
    if len(asked.stores.currencies) == 1 and whole["retail_value"] is not None:
        said.append(f"At today's selling prices it is {money(whole['retail_value'], asked.currency)}.")
    if whole["floor_pieces"] is not None or whole["backroom_pieces"] is not None:
        said.append(
            f"{quantity(whole['floor_pieces'] or Decimal(0))} pieces on the shelf,"
            f" {quantity(whole['backroom_pieces'] or Decimal(0))} in the back room."
        )
    known = [row for row in groups if row[LEVEL_RANKS[rank_by]] is not None]
    if len(known) > 1 and len(asked.stores.currencies) == 1:
        most = [f"{row['title']} {_ranked(row, rank_by, asked.currency)}" for row in known[:3]]
        said.append(f"{_MOST[rank_by]}: {listed(most)}.")
    return said


_MOST = {"cost": "Most of it", "retail": "Most of it at retail", "pieces": "Most pieces"}


def _ranked(row: Mapping[str, Any], rank_by: str, currency: str) -> str:
    """The value that ranks a group."""
    value = row[LEVEL_RANKS[rank_by]]
    return quantity(value) or "" if rank_by == "pieces" else money(value, currency)


def _table(asked: StockFrame, whole: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], by: str | None) -> Table:
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    columns = (
        TableColumn((by or "stores").capitalize(), "text"),
        TableColumn("Products in stock", "count"),
        TableColumn("Pieces", "units"),
        TableColumn("Value at cost", unit),
        TableColumn("Value at retail", unit),
        *((TableColumn("Currency", "text"),) if mixed else ()),
    )
    rows: list[tuple[str | int | None, ...]] = []
    for row in groups or [{**whole, "key": asked.stores.label, "title": asked.stores.label}]:
        currency = asked.stores.currency(row["key"])
        cells: list[str | int | None] = [
            row["title"],
            int(row["products_in_stock"]),
            quantity(row["pieces"]),
            amount(row["cost_value"], currency),
            amount(row["retail_value"], currency),
        ]
        rows.append((*cells, currency) if mixed else tuple(cells))
    return Table(columns, rows)


def _chart(asked: StockFrame, groups: Sequence[Mapping[str, Any]], by: str | None, rank_by: str) -> Chart | None:
    column = LEVEL_RANKS[rank_by]
    points = [row for row in groups if row[column] is not None][:_CHART_POINTS]
    if not by or len(points) < 2 or len(asked.stores.currencies) > 1:
        return None
    named = {"cost": "Value at cost", "retail": "Value at retail", "pieces": "Pieces"}[rank_by]
    values = [quantity(row[column]) if rank_by == "pieces" else amount(row[column], asked.currency) for row in points]
    return Chart(
        "bar",
        f"Stock {named.lower()} by {by}, {asked.stores.label}",
        tuple(row["title"] for row in points),
        {named: tuple(float(one or 0) for one in values)},
        "units" if rank_by == "pieces" else asked.currency,
    )


def _unknown(whole: Mapping[str, Any]) -> list[str]:
    said = []
    for column, words in (("unknown_cost", "cost"), ("unknown_price", "selling price")):
        if whole[column]:
            said.append(
                f"{counted(int(whole[column]), 'stock position')} without a known {words}"
                f" {'is' if whole[column] == 1 else 'are'} not in the value at"
                f" {'cost' if words == 'cost' else 'retail'}."
            )
    if whole["negative"]:
        said.append(
            f"{counted(int(whole['negative']), 'level')} below zero: errors of the record, counted as nothing here."
        )
    if whole["unpieced"]:
        said.append(
            f"{counted(int(whole['unpieced']), 'position')} of goods not sold by the piece: in the value, not in"
            f" pieces."
        )
    return said


def _suppliers_said(asked: StockFrame, groups: Sequence[Mapping[str, Any]]) -> list[str]:
    """By which rule stock counts for a supplier.

    Raises:
        NoDataError: no product has one.
    """
    keys = {row["key"] for row in groups}
    if keys <= {NO_SUPPLIER}:
        raise NoDataError(
            f"No supplier is recorded for the stock of {asked.stores.label}. Which supplier delivers a product comes"
            " from the point of sale, or from a file of suppliers."
        )
    said = ["Stock counts for the supplier who delivers a product now; who delivered what is on hand is not recorded."]
    if SEVERAL_SUPPLIERS in keys:
        said.append(f"Products that more than one delivers are counted once, under “{SEVERAL_SUPPLIERS}”.")
    if NO_SUPPLIER in keys:
        said.append(f"Products without a recorded supplier are under “{NO_SUPPLIER}”.")
    return said + simulated(asked.asked, ("supplier",))


def _of_products(asked: StockFrame, limit: int) -> ToolResult:
    """Single products, one row for each store."""
    statement = build_positions(asked.stores.ids, asked.context.scope, asked.asked.now, only=asked.only)
    rows = asked.context.mirror.query(statement.sql, statement.params).dicts()
    label = asked.asked.part.label if asked.asked.part else ""
    if not rows:
        raise NoDataError(
            f"No stock level is recorded for {label} at {asked.stores.label}; that is not the same as none in stock."
        )
    names = names_of(rows, asked.context)
    shown = rows[:limit]
    headline, total = _product_headline(asked, rows, names), _total(rows)
    several = len({row["variant_id"] for row in rows}) > 1 and total is not None
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_areas(rows)]),
        figures=(
            *([stock_figure(asked, "stock_on_hand", quantity(total), "units")] if several else []),
            *(on_hand_figure(asked, row, names) for row in shown),
        ),
        table=_product_table(asked, shown, names),
        caveats=tuple(stock_caveats(asked, _TOPICS)),
        follow_ups=(
            f"Should I reorder {quoted(asked.asked)}?",
            f"How did {quoted(asked.asked)} sell last week?",
        ),
        provenance=stock_provenance(asked, ("stock_on_hand",), [statement], (*_TOPICS, "price")),
    )


def _product_headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> str:
    by_product: dict[str, Decimal] = {}
    for row in rows:
        by_product[row["variant_id"]] = by_product.get(row["variant_id"], Decimal(0)) + max(row["on_hand"], Decimal(0))
    having = len({row["store_id"] for row in rows if row["on_hand"] > 0})
    if len(by_product) == 1:
        variant = next(iter(by_product))
        name = names[variant].name if variant in names else variant
        if len(rows) == 1:
            return f"{name}: {quantity(by_product[variant])} on hand at {asked.stores.name(rows[0]['store_id'])}."
        return (
            f"{name}: {quantity(by_product[variant])} on hand in {having} of"
            f" {counted(len(asked.stores.stores), 'store')}."
        )
    each = [
        f"{names[variant].name if variant in names else variant} {quantity(total)}"
        for variant, total in sorted(by_product.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    total = _total(rows)
    if total is None:
        return f"Stock on hand{asked.asked.subject}, {asked.stores.label}: {listed(each, most=5)}."
    here = f", in {having} of {counted(len(asked.stores.stores), 'store')}" if len(asked.stores.stores) > 1 else ""
    return (
        f"Stock on hand{asked.asked.subject}, {asked.stores.label}: {quantity(total)}"
        f" piece{'' if total == 1 else 's'} of {counted(len(each), 'product')} with a stock level{here}."
        f" Most: {listed(each, most=3)}."
    )


def _total(rows: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """Pieces over all of them; none where some are not sold by the piece, of which there is no sum."""
    if not all(row["each"] for row in rows):
        return None
    return sum((max(row["on_hand"], Decimal(0)) for row in rows), Decimal(0))


def _areas(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if all(row["floor"] is None and row["backroom"] is None for row in rows):
        return []
    floor, back = (
        sum((max(row[area] or Decimal(0), Decimal(0)) for row in rows), Decimal(0)) for area in ("floor", "backroom")
    )
    return [f"{quantity(floor)} on the shelf, {quantity(back)} in the back room."]


def _product_table(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Store", "text"),
        TableColumn("On hand", "units"),
        TableColumn("Shelf", "units"),
        TableColumn("Back room", "units"),
        TableColumn("Price", "text"),
        TableColumn("As of", "text"),
    )
    body = []
    for row in rows:
        store = next(one for one in asked.stores.stores if one.store_id == row["store_id"])
        body.append(
            (
                names[row["variant_id"]].name if row["variant_id"] in names else row["variant_id"],
                store.name,
                quantity(row["on_hand"]),
                quantity(row["floor"]),
                quantity(row["backroom"]),
                None if row["unit_price"] is None else money(row["unit_price"], store.currency),
                moment(row["as_of_at"], store.timezone) if row["as_of_at"] else None,
            )
        )
    return Table(columns, body)


def _follow_ups(asked: StockFrame, by: str | None) -> tuple[str, ...]:
    same = asked.asked.same_part_and_stores
    asks = [] if by == "department" else [f"Inventory value by department{same}"]
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Inventory value by store{same}")
    return (*asks, f"Which products will stock out soon{same}?", f"Show me my dead stock{same}")[:3]
