"""Out-of-stock and in-stock rates of stores, departments and categories: of what each carries, how much is gone.

What is carried are the active products that have a stock level at a store, counted store by store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tools.result import Figure, Table, TableColumn
from tools.stock.frame import StockFrame, rounded, stock_figure
from tools.stock.out_worth import week_cell, week_column
from tools.wording import listed

ENOUGH = 20
"""A group of fewer positions is not named for its rate: one product more or less would move it far."""
_LABELS = {"out": "Out-of-stock rate", "in_stock": "In-stock rate"}
Rows = Sequence[Mapping[str, Any]]


def _share(row: Mapping[str, Any], rate: str | None) -> Decimal:
    out = Decimal(row["found"]) * 100 / Decimal(row["carried"])
    return 100 - out if rate == "in_stock" else out


def in_order(groups: Rows, rate: str | None) -> list[dict[str, Any]]:
    """The groups as they came, most gone first; by their rate, worst first, where a rate is asked for."""
    if rate is None:
        return [dict(row) for row in groups]
    return [
        dict(row)
        for row in sorted(
            groups, key=lambda row: (-_share(row, "out"), -row["carried"], row["key"], row["inner"] or "")
        )
    ]


def title_of(asked: StockFrame, by: str, row: Mapping[str, Any]) -> str:
    """What a group is called: “Harbor Point”, “Harbor Point, Produce”."""
    first = by.partition(", ")[0]
    name = asked.stores.name(row["key"]) if first == "store" else str(row["key"])
    return f"{name}, {row['inner']}" if row["inner"] is not None else name


def rate_sentences(asked: StockFrame, groups: Rows, by: str, rate: str, carried: int, found: int) -> list[str]:
    """The rate of all, and the groups where most and where least is missing."""
    if not carried:
        return [f"No active product{asked.asked.subject} has a stock level at {asked.stores.label}."]
    whole = rounded(_share({"found": found, "carried": carried}, rate))
    part = carried - found if rate == "in_stock" else found
    said = [
        (
            f"{_LABELS[rate]}{asked.asked.subject}, {asked.stores.label}: {whole} % ({part:,} of {carried:,} active"
            f" products with a stock level{', counted store by store' if len(asked.stores.stores) > 1 else ''})."
        )
    ]
    enough = [row for row in groups if row["carried"] >= ENOUGH]
    if len(enough) > 1:
        worst, best = ("Lowest", "highest") if rate == "in_stock" else ("Highest", "lowest")
        named = [f"{title_of(asked, by, row)} {rounded(_share(row, rate))} %" for row in enough]
        small = f", of those with {ENOUGH} or more" if len(enough) < len(groups) else ""
        said.append(f"{worst} by {by.replace(', ', ' and ')}{small}: {listed(named[:-1][:3])}; {best}: {named[-1]}.")
    return said


def rate_figures(asked: StockFrame, rate: str, carried: int, found: int) -> list[Figure]:
    """What all of them carry, and the in-stock rate where that is asked for."""
    made = [stock_figure(asked, "products_carried_store_pairs", str(carried), "count")]
    if rate == "in_stock" and carried:
        whole = rounded(_share({"found": found, "carried": carried}, rate))
        made.append(stock_figure(asked, "products_in_stock_store_pairs", str(carried - found), "count"))
        made.append(stock_figure(asked, "in_stock_rate", whole, "%"))
    return made


def group_figures(asked: StockFrame, groups: Rows, by: str, metric: str, rate: str | None) -> list[Figure]:
    """Of each group how many products are out, and their part of what it carries, or what is left of it."""
    first, _, second = by.partition(", ")
    made = []
    for row in groups:
        stores = (row["key"],) if first == "store" else ()
        group = {first: row["key"], **({second: row["inner"]} if second else {})}
        made.append(stock_figure(asked, metric, str(int(row["found_products"])), "count", stores=stores, group=group))
        made.append(stock_figure(asked, f"{metric}_rate", rounded(_share(row, None)), "%", stores=stores, group=group))
        if rate == "in_stock":
            left = rounded(_share(row, rate))
            made.append(stock_figure(asked, "in_stock_rate", left, "%", stores=stores, group=group))
    return made


def group_table(asked: StockFrame, groups: Rows, by: str, rate: str | None) -> Table:
    """A row for each group: how many are out, of how many, and the rate asked for."""
    first, _, second = by.partition(", ")
    names = [first.capitalize(), *([second.capitalize()] if second else [])]
    worth = first == "store" or len(asked.stores.currencies) == 1
    columns = (
        *(TableColumn(name, "text") for name in names),
        TableColumn("Out", "count"),
        TableColumn("Active products", "count"),
        TableColumn(_LABELS[rate] if rate else "Rate", "%"),
        *([week_column(asked)] if worth else []),
    )
    body = [
        (
            asked.stores.name(row["key"]) if first == "store" else row["key"],
            *([row["inner"]] if second else []),
            int(row["found"]),
            int(row["carried"]),
            rounded(_share(row, rate)),
            *([week_cell(asked, _store_of(asked, first, row), row["net_minor"])] if worth else []),
        )
        for row in groups
    ]
    return Table(columns, body)


def _store_of(asked: StockFrame, first: str, row: Mapping[str, Any]) -> str:
    """The store whose currency the amounts of a group are in."""
    return str(row["key"]) if first == "store" else asked.stores.ids[0]
