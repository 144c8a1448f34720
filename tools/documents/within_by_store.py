"""How many transactions of each store lie within amounts, and which stores had none."""

from __future__ import annotations

from collections.abc import Mapping

from tools.amounts import figure, money_text, percent_text, stands_on
from tools.frame import Frame, caveats
from tools.metrics.largest_query import build_within_by_store
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import listed


def within_by_store(asked: Frame, bounds: Mapping[str, int | None], said: str, days: dict[str, int]) -> ToolResult:
    """The answer by store.

    Args:
        asked: period and stores.
        bounds: over, least, under and most in minor units, None where not said.
        said: the bounds as a sentence says them, with a space before.
        days: per store the days with sales.
    """
    statement = build_within_by_store(asked.windows(), asked.context.scope, **bounds)
    found = {row["store_id"]: row for row in asked.context.mirror.query(statement.sql, statement.params).dicts()}
    counts = [
        (store, int(found[store.store_id]["found"]), int(found[store.store_id]["everything"]))
        if store.store_id in found
        else (store, 0, 0)
        for store in asked.stores.stores
    ]
    counts.sort(key=lambda one: (-one[1], one[0].name))
    none = [store.name for store, count, _ in counts if not count]
    some = [f"{store.name} {count:,}" for store, count, _ in counts if count]
    headline = (
        f"{len(some)} of {len(counts)} stores had a transaction{said} {asked.when}, {asked.stores.label};"
        f" {len(none)} had none."
    )
    told = [headline]
    told += [f"With such transactions: {listed(some, most=20)}."] if some else []
    told += [f"Without: {listed(none, most=20)}."] if none else []
    figures: list[Figure] = [
        figure(asked, "stores_with", len(some), "count"),
        figure(asked, "stores_without", len(none), "count"),
    ]
    rows = []
    for store, count, everything in counts:
        group, stores = {"store": store.store_id}, (store.store_id,)
        figures.append(figure(asked, "transactions", count, "count", group, stores=stores))
        net = found[store.store_id]["found_net"] if store.store_id in found else 0
        rows.append((store.name, count, everything, percent_text(count, everything), money_text(net, asked.exponent)))
    columns = (
        TableColumn("Store", "text"), TableColumn(f"Transactions{said}", "count"), TableColumn("All", "count"),
        TableColumn("Share", "%"), TableColumn("Their net sales", asked.currency),
    )  # fmt: skip
    return ToolResult(
        headline=headline,
        text=" ".join(told),
        figures=tuple(figures),
        table=Table(columns, rows),
        caveats=(
            "What a transaction came to is its net sales: discounts taken off, without tax and tips.",
            *caveats(asked, (), days),
        ),
        follow_ups=(f"Largest transactions {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("transaction_value", "transactions"), [statement]),
    )
