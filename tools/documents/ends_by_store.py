"""The largest and the smallest transaction of each store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.amounts import figure, money_said, money_text, stands_on
from tools.errors import NoDataError
from tools.frame import Frame, caveats
from tools.metrics.largest_query import build_ends_by_store
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import listed, moment

_SAID = 5


def ends_by_store(asked: Frame, days: dict[str, int], *, smallest: bool) -> ToolResult:
    """The answer by store, the store with the largest (or the smallest) of all first.

    Args:
        asked: period and stores.
        days: per store the days with sales.
        smallest: whether the smallest are told first.

    Raises:
        NoDataError: no store had a transaction.
    """
    statement = build_ends_by_store(asked.windows(), asked.context.scope)
    by_id = {store.store_id: store for store in asked.stores.stores}
    rows = asked.context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError(f"No transaction is recorded for {asked.stores.label} {asked.when}.")
    first, other = ("smallest", "largest") if smallest else ("largest", "smallest")
    rows.sort(key=lambda row: (row[first] if smallest else -row[first], by_id[row["store_id"]].name))
    said = [f"{by_id[row['store_id']].name} {_money(asked, row, first)} ({_money(asked, row, other)})" for row in rows]
    headline = (
        f"{first.capitalize()} transaction of each store {asked.when}, {asked.stores.label}, the {other} in brackets:"
        f" {listed(said, most=_SAID)}."
    )
    columns = (
        TableColumn("Store", "text"), TableColumn("Largest", asked.currency), TableColumn("When", "text"),
        TableColumn("Receipt", "text"), TableColumn("Smallest", asked.currency), TableColumn("When", "text"),
        TableColumn("Receipt", "text"), TableColumn("All", "count"),
    )  # fmt: skip
    cells = [
        (
            by_id[row["store_id"]].name,
            money_text(row["largest"], asked.exponent),
            moment(row["largest_at"], by_id[row["store_id"]].timezone),
            row["largest_id"],
            money_text(row["smallest"], asked.exponent),
            moment(row["smallest_at"], by_id[row["store_id"]].timezone),
            row["smallest_id"],
            int(row["everything"]),
        )
        for row in rows
    ]
    return ToolResult(
        headline=headline,
        text=headline,
        figures=tuple(_figure(asked, row, end) for row in rows for end in (first, other)),
        table=Table(columns, cells),
        caveats=(
            "What a transaction came to is its net sales: discounts taken off, without tax and tips.",
            *caveats(asked, (), days),
        ),
        follow_ups=(f"Largest transactions {asked.when_again}{asked.same_part_and_stores}",),
        provenance=stands_on(asked, ("transaction_value", "transactions"), [statement]),
    )


def _money(asked: Frame, row: Mapping[str, Any], end: str) -> str:
    return money_said(row[end], asked.currency)


def _figure(asked: Frame, row: Mapping[str, Any], end: str) -> Figure:
    group = {"store": row["store_id"], "end": end}
    amount = money_text(row[end], asked.exponent)
    return figure(asked, "transaction_value", amount, asked.currency, group, stores=(row["store_id"],))
