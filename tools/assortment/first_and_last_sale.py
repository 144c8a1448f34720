"""When goods sold last, and when first: the day, what sold then, and each store beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.metrics.catalogue_query import build_days_sold
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stock.frame import STORES_HELP, StockFrame, quantity, stock_figure, stock_frame, stock_provenance
from tools.wording import counted, listed

_NAMED = 6


class FirstAndLastSaleArguments(Arguments):
    """Arguments of ``first_and_last_sale``."""

    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def first_and_last_sale(arguments: FirstAndLastSaleArguments, context: ToolContext) -> ToolResult:
    """When a product (or a part of the range) was last sold, and when first: the day and the pieces, by store.

    Use it for “when did we last sell oat milk”, “last sale of bananas at Harbor Point”, “when did item 1029743 first
    sell”, “how long has it been since we sold a gas grill”. What has lain unsold for long is ``dead_stock``.
    """
    if not (arguments.product or arguments.department):
        raise BadArgumentError("Say of which product or department: “when did we last sell oat milk”.")
    asked = stock_frame(
        arguments.stores, context, product=arguments.product, department=arguments.department, needs_levels=False,
        through_today=True, several=True,
    )  # fmt: skip
    part = asked.asked.part
    if part is None:  # pragma: no cover  stock_frame raises where nothing is resolved
        raise BadArgumentError("Say of which product or department.")
    statement = build_days_sold(asked.stores.ids, context.scope, part.only, asked.asked.end_on)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    begins = min((store.first_on for store in asked.stores.stores if store.first_on), default=None)
    if not rows:
        raise NoDataError(
            f"No sale{asked.asked.subject} is in the data of {asked.stores.label}"
            f"{f', which begins on {day_text(begins)}' if begins else ''}."
        )
    first = _headline(asked, rows, begins)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_by_store(asked, rows)]),
        figures=tuple(_figures(asked, rows)),
        table=_table(asked, rows),
        caveats=(f"Sales before {day_text(begins)} are not in the data.",) if begins else (),
        follow_ups=(f"Stock{asked.asked.same_part_and_stores}",),
        provenance=stock_provenance(asked, ("units",), [statement], ("sales",)),
    )


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], begins: date | None) -> str:
    last = max(row["last_on"] for row in rows)
    opened = min(row["first_on"] for row in rows)
    at = [asked.stores.name(row["store_id"]) for row in rows if row["last_on"] == last]
    units = sum(row["last_units"] or 0 for row in rows if row["last_on"] == last)
    ago = (asked.stores.stores[0].today(asked.asked.now) - last).days
    since = "today" if ago == 0 else "yesterday" if ago == 1 else f"{counted(ago, 'day')} ago"
    pieces = f", {quantity(units)} units" if units else ""
    where = f" at {listed(at)}" if len(asked.stores.stores) > 1 and len(at) < len(asked.stores.stores) else ""
    label = asked.asked.part.label if asked.asked.part else "It"
    begun = f"on {day_text(opened)}" + (", the first day of the data" if opened == begins else "")
    return (
        f"{label} last sold on {day_text(last)} ({since}){where}{pieces}, {asked.stores.label}; first sale in the data"
        f" {begun}."
    )


def _by_store(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if len(asked.stores.stores) < 2:
        return [f"It sold on {counted(int(rows[0]['days']), 'day')}."]
    said = [f"{asked.stores.name(row['store_id'])} {day_text(row['last_on'])}" for row in rows[:_NAMED]]
    never = [store.name for store in asked.stores.stores if store.store_id not in {row["store_id"] for row in rows}]
    unsold = f" Never sold at {listed(never)}." if never else ""
    return [f"Last sale by store: {'; '.join(said)}.{unsold}"]


def _figures(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    return [
        stock_figure(
            asked, "days_with_sales", str(int(row["days"])), "days", stores=(row["store_id"],),
            group={"store": row["store_id"], "first_on": row["first_on"].isoformat(),
                   "last_on": row["last_on"].isoformat()},
        )
        for row in rows
    ]  # fmt: skip


def _table(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        TableColumn("Store", "text"),
        TableColumn("Last sold", "text"),
        TableColumn("Units that day", "units"),
        TableColumn("First sold", "text"),
        TableColumn("Days with sales", "days"),
    )
    return Table(
        columns,
        [
            (
                asked.stores.name(row["store_id"]), row["last_on"].isoformat(), quantity(row["last_units"]),
                row["first_on"].isoformat(), int(row["days"]),
            )
            for row in rows
        ],
    )  # fmt: skip
