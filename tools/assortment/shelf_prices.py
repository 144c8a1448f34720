"""Products by the price on the shelf, and what a piece costs: all under a dollar, the dearest in Deli or to buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import one_currency
from tools.metrics.shelf_prices_query import build_priced
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
    simulated,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import PIECE, counted, each_one, listed, money

_SIGNS = {"over": ">", "at_least": ">=", "under": "<", "at_most": "<="}
_SAID = {"over": "above", "at_least": "at or above", "under": "below", "at_most": "at or below"}
_ORDER = {
    "sold": "most sold", "cheapest": "cheapest", "dearest": "dearest", "cheapest_to_buy": "cheapest to buy",
    "dearest_to_buy": "dearest to buy", "widest_margin": "widest unit margin",
    "narrowest_margin": "narrowest unit margin",
}  # fmt: skip
_BY_MARGIN = frozenset({"widest_margin", "narrowest_margin"})
_BY_COST = frozenset({"cheapest_to_buy", "dearest_to_buy"}) | _BY_MARGIN
_NAMED = 3
_MARGIN = "A unit margin is the lowest price less the highest cost at these stores, before any discount."


class ShelfPricesArguments(Arguments):
    """Arguments of ``shelf_prices``."""

    over: str | None = Field(default=None, max_length=20, description="Dearer than this: “5”, “2.50”.")
    at_least: str | None = Field(default=None, max_length=20, description="This price or dearer.")
    under: str | None = Field(default=None, max_length=20, description="Cheaper than this.")
    at_most: str | None = Field(default=None, max_length=20, description="This price or cheaper.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    in_stock: bool = Field(default=False, description="True for only what is on hand now.")
    order: Literal[
        "sold", "cheapest", "dearest", "cheapest_to_buy", "dearest_to_buy", "widest_margin", "narrowest_margin"
    ] = Field(
        default="sold",
        description="What stands first: what sold most in the last 28 days, the cheapest or dearest by price or cost,"
        " or by price less cost of a piece.",
    )
    costs: bool = Field(default=False, description="True to tell what a piece costs, beside its price.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows.")


@tool()
def shelf_prices(arguments: ShelfPricesArguments, context: ToolContext) -> ToolResult:
    """Products by their price on the shelf now: how many there are within bounds, and which.

    Use it for “everything under $1”, “produce priced below 2 dollars”, “items between $5 and $10 in Deli”, “what do we
    sell for more than $50”, “cheapest items in stock”, “price list”; with ``costs`` for “what do bananas cost us”,
    “which products cost the most”; with ``widest_margin`` for “the difference between purchase and selling price by
    product”. A store's own price goes before the common one. What was really paid is
    ``price_bands``; the price of one product is ``find_products``.
    """
    asked = stock_frame(arguments.stores, context, department=arguments.department, needs_levels=arguments.in_stock)
    one_currency(asked.asked, None)
    said = {name: value for name in _SIGNS if (value := _price(name, getattr(arguments, name))) is not None}
    bounds = {_SIGNS[name]: value for name, value in said.items()} or {">=": Decimal(0)}
    statement = build_priced(
        asked.windows, context.scope, asked.asked.now, bounds, only=asked.only, stocked=arguments.in_stock,
        order=arguments.order, limit=arguments.limit,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    names = names_of(rows, context)
    costs = arguments.costs or arguments.order in _BY_COST
    first = _headline(asked, rows, said, in_stock=arguments.in_stock)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_examples(asked, rows, names, arguments.order, costs=costs)]),
        figures=tuple(_figures(asked, rows, names, costs=costs)),
        table=_table(asked, rows, names, costs=costs) if rows else None,
        caveats=(
            "Prices in force now; promotions at the till may go below them.",
            *((_cost_known(rows),) if costs and rows else ()),
            *((_MARGIN,) if costs and rows else ()),
            *simulated(asked.asked, ("price", *(("cost",) if costs else ()), "inventory")),
        ),
        follow_ups=(f"Sales by price band{asked.asked.same_part_and_stores}",),
        provenance=stock_provenance(
            asked,
            ("price", *(("unit_cost", "unit_margin") if costs else ())),
            [statement],
            ("price", *(("cost",) if costs else ()), "inventory", "sales"),
        ),
    )


def _price(name: str, said: str | None) -> Decimal | None:
    if said is None:
        return None
    try:
        found = Decimal(said.strip().lstrip("$€£ ").replace(",", ""))
    except InvalidOperation as error:
        raise BadArgumentError(f"“{name}” must be a price such as “2.50”, not “{said}”.") from error
    if not found.is_finite() or found < 0:
        raise BadArgumentError(f"“{name}” must be a price of nought or more, not “{said}”.")
    return found


def _headline(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], said: Mapping[str, Decimal], *, in_stock: bool
) -> str:
    place = f"{asked.asked.subject}, {asked.stores.label}"
    priced = f" priced {listed([f'{_SAID[name]} {money(value, asked.currency)}' for name, value in said.items()])}"
    priced = priced if said else " with a price"
    held = " in stock" if in_stock else ""
    if not rows:
        return f"No product{held}{priced}{place}."
    products, stocked = int(rows[0]["products"]), int(rows[0]["in_stock"])
    also = "" if in_stock or not asked.levels else f"; {stocked:,} of them are in stock now"
    return f"{counted(products, 'product')}{held}{priced}{place}{also}."


def _cost_known(rows: Sequence[Mapping[str, Any]]) -> str:
    known, products = int(rows[0]["costed"]), int(rows[0]["products"])
    one = listed(["piece", *_weighed(rows)], "or")
    return f"A cost in force now is known of {known:,} of these {products:,} products; it is that of one {one}."


def _weighed(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What goods are sold by that have no pieces: ``kg``, ``lb``."""
    return sorted({row["unit"] for row in rows} - {PIECE})


def _examples(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], order: str, *, costs: bool
) -> list[str]:
    if not rows:
        return []
    earned = order in _BY_MARGIN
    shown = [
        f"{_name(names, row)} {_costs(asked, row) if costs else ''}{_range(asked, row)}"
        f"{_earns(asked, row) if earned else ''}"
        for row in rows[:_NAMED]
    ]
    since = " in the last 28 days" if order == "sold" else ""
    return [f"{_ORDER[order].capitalize()}{since}: {'; '.join(shown)}."]


def _costs(asked: StockFrame, row: Mapping[str, Any]) -> str:
    """What one costs, as it stands before its price."""
    if row["cost"] is None:
        return "cost not known, price "
    low, high = (money(Decimal(amount(row[end], asked.currency) or 0), asked.currency) for end in ("cost", "cost_high"))
    return f"costs {low if low == high else f'{low} to {high}'}, price "


def _margin(asked: StockFrame, row: Mapping[str, Any]) -> str | None:
    """What one earns at least, major units; None where no cost is known."""
    return None if row["cost_high"] is None else amount(row["low"] - row["cost_high"], asked.currency)


def _earns(asked: StockFrame, row: Mapping[str, Any]) -> str:
    earned = _margin(asked, row)
    return "" if earned is None else f", earns {money(Decimal(earned), asked.currency)}"


def _range(asked: StockFrame, row: Mapping[str, Any]) -> str:
    low, high = (money(Decimal(amount(row[end], asked.currency) or 0), asked.currency) for end in ("low", "high"))
    by = "" if row["unit"] == PIECE else f" {each_one(row['unit'])}"
    return f"{low if low == high else f'{low} to {high}'}{by}"


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], *, costs: bool
) -> list[Figure]:
    first = rows[0] if rows else {"products": 0, "in_stock": 0}
    found = [
        stock_figure(asked, "product_count", str(int(first["products"])), "count"),
        stock_figure(asked, "products_in_stock", str(int(first["in_stock"])), "count"),
    ]
    for row in rows:
        known = names.get(row["variant_id"])
        group = product_group(known) if known else {"variant_id": str(row["variant_id"])}
        found.append(stock_figure(asked, "price", amount(row["low"], asked.currency), asked.currency, group=group))
        if costs:
            cost = amount(row["cost"], asked.currency)
            found.append(stock_figure(asked, "unit_cost", cost, asked.currency, group=group))
            found.append(stock_figure(asked, "unit_margin", _margin(asked, row), asked.currency, group=group))
    return found


def _cost_cells(asked: StockFrame, row: Mapping[str, Any]) -> tuple[str | None, ...]:
    return amount(row["cost"], asked.currency), amount(row["cost_high"], asked.currency), _margin(asked, row)


def _sold_by(row: Mapping[str, Any]) -> str:
    return "piece" if row["unit"] == PIECE else str(row["unit"])


def _table(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product], *, costs: bool) -> Table:
    cost_columns = tuple(
        TableColumn(label, asked.currency) for label in ("Unit cost", "Highest unit cost", "Unit margin")
    )
    weighed = bool(_weighed(rows))
    columns = (
        TableColumn("Product", "text"),
        *((TableColumn("Sold by", "text"),) if weighed else ()),
        TableColumn("Price", asked.currency),
        TableColumn("Highest price", asked.currency),
        *(cost_columns if costs else ()),
        TableColumn("On hand", "units"),
        TableColumn("Units, last 28 days", "units"),
        TableColumn("Department", "text"),
    )
    return Table(
        columns,
        [
            (
                _name(names, row), *((_sold_by(row),) if weighed else ()),
                amount(row["low"], asked.currency), amount(row["high"], asked.currency),
                *(_cost_cells(asked, row) if costs else ()),
                quantity(row["on_hand"]), quantity(row["units"]), row["department"],
            )
            for row in rows
        ],
    )  # fmt: skip
