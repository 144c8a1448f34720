"""What several suppliers ask for the same goods, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from connectors.currency import minor_exponent
from tools.amounts import money_said
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.running_query import build_supplied_by_several
from tools.result import Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import StockFrame, names_of, product_group, simulated, stock_figure, stock_provenance
from tools.wording import counted, listed

_NAMED, _SHOWN = 3, 50


def compared(asked: StockFrame, context: ToolContext) -> ToolResult:
    """The goods of several suppliers, each with its purchase prices.

    Raises:
        NoDataError: nothing has a supplier, or all goods have one.
    """
    statement = build_supplied_by_several(asked.only)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    goods = int(rows[0]["goods"]) if rows else 0
    if not goods:
        raise NoDataError(f"Which supplier delivers what is not recorded{asked.asked.subject}.")
    if rows[0]["variant_id"] is None:
        raise NoDataError(
            f"No two suppliers can be compared{asked.asked.subject}: each of the {counted(goods, 'product')} with a"
            " recorded supplier has one. What goods cost is in “product costs”, what was ordered from whom in “purchase"
            " orders by supplier”."
        )
    sides = {variant: list(those) for variant, those in groupby(rows, key=lambda row: str(row["variant_id"]))}
    shown = dict(list(sides.items())[:_SHOWN])
    names = names_of([{"variant_id": variant} for variant in shown], context)
    first = (
        f"{counted(len(sides), 'product')} of {goods:,}{asked.asked.subject}"
        f" {'has' if len(sides) == 1 else 'have'} more than one supplier."
    )
    said = [
        _said(names[variant], those, asked.currency)
        for variant, those in list(shown.items())[:_NAMED]
        if variant in names
    ]
    return ToolResult(
        headline=first,
        text=" ".join([first, *said]),
        figures=(
            stock_figure(asked, "product_count", str(len(sides)), "count"),
            *(
                stock_figure(
                    asked,
                    "unit_cost",
                    None if row["unit_cost"] is None else str(row["unit_cost"]),
                    str(row["currency"] or asked.currency),
                    group={**product_group(names[variant]), "supplier": str(row["supplier"])},
                )
                for variant, those in shown.items()
                if variant in names
                for row in those
            ),
        ),
        table=Table(
            (TableColumn("Product", "text"), TableColumn("Supplier", "text"), TableColumn("Purchase price", "text")),
            tuple(
                (names[variant].name, str(row["supplier"]), _price(row, asked.currency))
                for variant, those in shown.items()
                if variant in names
                for row in those
            ),
        ),
        caveats=(
            "Prices a piece as suppliers list them now; what was paid is in the purchase orders.",
            *simulated(asked.asked, ("supplier",)),
        ),
        provenance=stock_provenance(asked, ("product_count", "unit_cost"), [statement], ("supplier",)),
    )


def _price(row: Mapping[str, Any], usual: str) -> str:
    """A purchase price; one that names no currency is in that of the store."""
    if row["unit_cost"] is None:
        return "not known"
    currency = str(row["currency"] or usual)
    return money_said(Decimal(row["unit_cost"]).scaleb(minor_exponent(currency)), currency)


def _said(product: Product, those: Sequence[Mapping[str, Any]], usual: str) -> str:
    prices = [f"{row['supplier']} {_price(row, usual)}" for row in those]
    return f"{product.name}: {listed(prices)}."
