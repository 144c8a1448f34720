"""What the catalogue leaves open: products without a barcode, a price, a cost, a category or a supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from tools.amounts import percent_said, percent_text
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.catalogue_query import FIELDS, build_gaps, build_lacking
from tools.part import DEPARTMENT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    quantity,
    simulated,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed

Missing = Literal[
    "barcode", "sku", "price", "cost", "category", "department", "brand", "pack_size", "description", "supplier",
    "sale",
    "stock_level",
]  # fmt: skip
_SAID = {
    "barcode": "barcode", "sku": "SKU", "price": "price", "cost": "cost", "category": "category",
    "department": "department", "brand": "brand", "pack_size": "pack size", "description": "description",
    "supplier": "supplier", "sale": "sale", "stock_level": "stock level",
}  # fmt: skip
_SOURCES = ("price", "cost", "inventory", "supplier")
_NAMED = 3


class CatalogueGapsArguments(Arguments):
    """Arguments of ``catalogue_gaps``."""

    missing: Missing | None = Field(default=None, description="What the products lack; left out, all of these counted.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=20, ge=1, le=100, description="How many products are listed.")


@tool()
def catalogue_gaps(arguments: CatalogueGapsArguments, context: ToolContext) -> ToolResult:
    """Products of the catalogue that lack something: a barcode, SKU, price, cost, category, supplier or any sale.

    Use it for “which products don't have a price set”, “items without a barcode”, “how many products have no cost in
    Grocery”, “uncategorised items”, “which items have never sold” (sale), “what is missing in our catalogue” (no
    missing). Active products are looked at. What has a price within bounds is ``shelf_prices``, how large the range is
    ``range_counts``.
    """
    asked = stock_frame(arguments.stores, context, department=arguments.department, needs_levels=False)
    now = asked.asked.now
    whole = build_gaps(asked.stores.ids, context.scope, now, asked.only)
    counts = context.mirror.query(whole.sql, whole.params).dicts()[0]
    if not counts["products"]:
        raise NoDataError(f"No active product is recorded{asked.asked.subject}, so nothing can be missing.")
    statements = [whole]
    rows: list[dict[str, Any]] = []
    names: Mapping[str, Product] = {}
    field = arguments.missing
    if field and counts[field] and counts[field] < counts["products"]:
        lacking = build_lacking(field, asked.windows, context.scope, now, asked.only, arguments.limit)
        rows = context.mirror.query(lacking.sql, lacking.params).dicts()
        names = names_of(rows, context)
        statements.append(lacking)
    first = _headline(asked, counts, field)
    return ToolResult(
        headline=first,
        text=" ".join([first, *(_sentences(rows, names) if field != "sale" else [])]),
        figures=tuple(_figures(asked, counts, field)),
        table=_products(rows, names) if rows else None if field else _counts(counts),
        caveats=(
            ("Active products of the catalogue; a price or a cost counts where one of the stores has it in force"
             " today."),
            *simulated(asked.asked, _topics(field)),
        ),
        follow_ups=() if field is None else (f"What is missing in the catalogue{asked.asked.same_part_and_stores}?",),
        provenance=stock_provenance(asked, ("product_count",), statements, _topics(field)),
    )  # fmt: skip


def _topics(field: str | None) -> tuple[str, ...]:
    named = {"price": ("price",), "cost": ("cost",), "supplier": ("supplier",), "stock_level": ("inventory",)}
    return _SOURCES if field is None else named.get(field, ())


def _headline(asked: StockFrame, counts: Mapping[str, Any], field: str | None) -> str:
    products = int(counts["products"])
    place = f"{asked.asked.subject}, {asked.stores.label}"
    if field is None:
        open_ones = sorted((name for name in FIELDS if 0 < counts[name] < products), key=lambda name: -counts[name])
        none = [_SAID[name] for name in FIELDS if counts[name] == products]
        said = [
            f"{counts[name]:,} {'has' if counts[name] == 1 else 'have'} no {_SAID[name]}"
            f" ({percent_said(counts[name], products)})"
            for name in open_ones
        ]
        never = f"; no product has a {listed(none)}, so the source does not seem to give it" if none else ""
        return f"Of {counted(products, 'active product')}{place}, {'; '.join(said) or 'none lacks a part'}{never}."
    lacking = int(counts[field])
    if lacking == products:
        return (
            f"No active product has a {_SAID[field]}{place} ({products:,} in all): the source does not seem to give"
            " it,"
            " so it cannot be told whose is missing."
        )
    if not lacking:
        return f"Every active product has a {_SAID[field]}{place} ({products:,} in all)."
    verb = "has" if lacking == 1 else "have"
    return (
        f"{counted(lacking, 'product')} of {products:,} {verb} no {_SAID[field]}{place}"
        f" ({percent_said(lacking, products)})."
    )


def _sentences(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    sold = [row for row in rows if row["units"]]
    if not rows:
        return []
    if not sold:
        return ["None of them sold in the last 28 days."]
    return [f"Most sold of them in the last 28 days: {'; '.join(_name(names, row) for row in sold[:_NAMED])}."]


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(asked: StockFrame, counts: Mapping[str, Any], field: str | None) -> list[Figure]:
    found = [stock_figure(asked, "product_count", str(int(counts["products"])), "count")]
    for name in (field,) if field else FIELDS:
        group = {**asked.asked.group, "missing": _SAID[name]}
        found.append(stock_figure(asked, "product_count", str(int(counts[name])), "count", group=group))
    return found


def _counts(counts: Mapping[str, Any]) -> Table:
    columns = (TableColumn("Missing", "text"), TableColumn("Products", "count"), TableColumn("Share", "%"))
    ordered = sorted(FIELDS, key=lambda name: -counts[name])
    return Table(
        columns,
        [(_SAID[name], int(counts[name]), percent_text(counts[name], counts["products"])) for name in ordered],
    )


def _products(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (
        TableColumn("Product", "text"),
        TableColumn("Department", "text"),
        TableColumn("Units, last 28 days", "units"),
        TableColumn("Variant id", "text"),
    )
    return Table(
        columns,
        [(_name(names, row), row["department"], quantity(row["units"]), row["variant_id"]) for row in rows],
    )
