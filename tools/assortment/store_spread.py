"""In how many stores goods are: stocked now, or sold in a period; everywhere, in one store only, in at least three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from tools.amounts import figure, stands_on
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import Frame, coverage, frame, require_sales
from tools.metrics.spread_query import build_spread, build_spread_counts
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import STORES_HELP, names_of, product_group, simulated
from tools.wording import counted

_NAMED = 3


class StoreSpreadArguments(Arguments):
    """Arguments of ``store_spread``."""

    sold: bool = Field(default=False, description="True for goods sold in the period; else those in stock now.")
    at_least: int | None = Field(default=None, ge=1, le=10_000, description="In so many stores or more.")
    at_most: int | None = Field(default=None, ge=1, le=10_000, description="In so many stores or fewer.")
    period: str = Field(default="last 4 weeks", max_length=120, description="Sold when, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=20, ge=1, le=100, description="How many products are listed, best sellers first.")


@tool()
def store_spread(arguments: StoreSpreadArguments, context: ToolContext) -> ToolResult:
    """How many products are stocked, or were sold, in how many stores: in every store, in one only, in at least three.

    Use it for “which products do we stock in more than 4 stores” (at_least 5), “how many products sold in at least 3
    stores last week” (sold), “products sold in only one store”, “goods that every store carries”. Whose customers shop
    in several stores is ``customers_across_stores``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    asked = replace(asked, part=part_of(None, arguments.department, asked.stores, context))
    many = len(asked.stores.stores)
    fewest, most = arguments.at_least or 1, min(arguments.at_most or many, many)
    if fewest > many:
        raise BadArgumentError(
            f"“at_least” must be at most {many}: so many stores are looked at ({asked.stores.label})."
        )
    if fewest > most:
        raise BadArgumentError("“at_least” must not be more than “at_most”.")
    windows = asked.windows()
    statements = []
    if arguments.sold:
        days, covered = coverage(asked, windows)
        require_sales(asked, days)
        statements.append(covered)
    only = asked.part.only if asked.part else None
    listing = build_spread(
        windows, context.scope, sold=arguments.sold, bounds=(fewest, most), only=only, limit=arguments.limit
    )
    counts = build_spread_counts(windows, context.scope, sold=arguments.sold, only=only)
    rows = context.mirror.query(listing.sql, listing.params).dicts()
    spread = [(int(row[0]), int(row[1])) for row in context.mirror.query(counts.sql, counts.params).rows]
    names = names_of(rows, context)
    found = sum(products for stores, products in spread if fewest <= stores <= most)
    first = _headline(asked, arguments, found, (fewest, most))
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(asked, spread, rows, names)]),
        figures=tuple(_figures(asked, found, spread, rows, names)),
        table=_table(asked, rows, names) if rows else None,
        caveats=tuple(_caveats(asked, sold=arguments.sold)),
        follow_ups=(f"Which stores have the most products out of stock{asked.same_part_and_stores}?",),
        provenance=stands_on(
            asked, ("product_count",), [listing, counts, *statements], () if arguments.sold else ("inventory",)
        ),
    )


def _bounds(bounds: tuple[int, int], many: int) -> str:
    fewest, most = bounds
    if fewest == most:
        return f"exactly {counted(fewest, 'store')}" if fewest < many else "every store"
    if most == many:
        return f"at least {counted(fewest, 'store')}"
    return f"at most {counted(most, 'store')}" if fewest == 1 else f"{fewest} to {counted(most, 'store')}"


def _headline(asked: Frame, arguments: StoreSpreadArguments, found: int, bounds: tuple[int, int]) -> str:
    way = f"sold {asked.when}" if arguments.sold else "in stock now"
    verb = "was" if found == 1 else "were"
    is_now = "is" if found == 1 else "are"
    return (
        f"{counted(found, 'product')}{asked.subject} {verb if arguments.sold else is_now} {way} in"
        f" {_bounds(bounds, len(asked.stores.stores))}, {asked.stores.label}."
    )


def _sentences(
    asked: Frame, spread: Sequence[tuple[int, int]], rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]
) -> list[str]:
    said = []
    if spread:
        each = "; ".join(f"{counted(stores, 'store')}: {products:,}" for stores, products in spread[:12])
        said.append(f"Products by the number of stores: {each}.")
    if rows:
        shown = [f"{_name(names, row)} ({_places(asked, row)})" for row in rows[:_NAMED]]
        said.append(f"Best sellers of those: {'; '.join(shown)}.")
    return said


def _places(asked: Frame, row: Mapping[str, Any]) -> str:
    ids = str(row["named"]).split(",")
    if len(ids) == len(asked.stores.stores) > 1:
        return "every store"
    shown = [asked.stores.name(one) for one in ids]
    return ", ".join(shown) if len(shown) <= _NAMED else counted(len(shown), "store")


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _figures(
    asked: Frame, found: int, spread: Sequence[tuple[int, int]], rows: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
) -> list[Figure]:  # fmt: skip
    figures = [figure(asked, "product_count", found, "count")]
    figures += [
        figure(asked, "product_count", products, "count", {"stores": str(stores)}) for stores, products in spread
    ]
    for row in rows:
        known = names.get(row["variant_id"])
        group = product_group(known) if known else {"variant_id": str(row["variant_id"])}
        figures.append(figure(asked, "store_count", int(row["stores"]), "count", group))
    return figures


def _table(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    columns = (TableColumn("Product", "text"), TableColumn("Stores", "count"), TableColumn("Which", "text"))
    return Table(
        columns,
        [
            (
                _name(names, row),
                int(row["stores"]),
                ", ".join(asked.stores.name(one) for one in row["named"].split(",")),
            )
            for row in rows
        ],
    )


def _caveats(asked: Frame, *, sold: bool) -> list[str]:
    if sold:
        return ["A product was sold where at least one unit went over the till."]
    return ["A product is in stock where more than nothing is on hand now.", *simulated(asked, ("inventory",))]
