"""Whether what lies unsold at a store sold at another one in the same days: to be moved, or to be cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.context import ToolContext
from tools.result import Figure
from tools.stock.frame import StockFrame, stock_figure

SOLD = {"nowhere": "sold at no store", "elsewhere": "sold at another store"}


def where_sold(rows: Sequence[Mapping[str, Any]], context: ToolContext, sold: str | None) -> str:
    """How many of the products sold at no store, behind the headline; nothing where the asker has one store only."""
    products, nowhere = int(rows[0]["products"]), int(rows[0]["nowhere_products"])
    if len(context.scope.store_ids) < 2:
        return ""
    if sold:
        return f" These are what {SOLD[sold]} in those days."
    if nowhere == products:
        return f" {'It' if products == 1 else 'None of them'} sold at {'no' if products == 1 else 'any'} store then."
    if not nowhere:
        return f" {'It' if products == 1 else 'All of them'} sold at another store then."
    return f" {nowhere:,} of the {products:,} products sold at no store then, {products - nowhere:,} at another one."


def where_figures(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """The products that sold at no store, and those that sold at another."""
    if not rows:
        return []
    nowhere = int(rows[0]["nowhere_products"])
    counts = {"nowhere": nowhere, "elsewhere": int(rows[0]["products"]) - nowhere}
    return [
        stock_figure(asked, "dead_stock_products", str(count), "count", group={"sold": name}, over_days=True)
        for name, count in counts.items()
    ]
