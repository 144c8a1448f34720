"""What is on its way: order lines not received yet, transfers that left and have not arrived, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.context import ToolContext
from tools.directory import every_store
from tools.errors import NoDataError
from tools.metrics.query import Statement
from tools.metrics.supply_query import TRANSFER_DAYS, build_on_order, build_order_book, build_transfers
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
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
    spoken_quantity,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.wording import counted, listed, moment, money

_TOPICS = ("supplier",)


class OnOrderArguments(Arguments):
    """Arguments of ``on_order``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    overdue_only: bool = Field(default=False, description="Only orders whose due time is over.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the earliest due first.")


@tool()
def on_order(arguments: OnOrderArguments, context: ToolContext) -> ToolResult:
    """Units on their way to us: ordered and not received, when they are due, what is overdue, transfers under way.

    Use it for “how many units are in transit to us?”, “what is on order?”, “which deliveries are overdue?”, “when does
    the oat milk come?”. An order line counts with what was ordered less what was received, for orders sent to the
    supplier; drafts are named apart.
    """
    asked = stock_frame(
        arguments.stores,
        context,
        days=1,
        product=arguments.product,
        department=arguments.department,
        several=True,
        needs_levels=False,
    )
    book = build_order_book(asked.stores.ids, context.scope)
    states = {row[0]: int(row[1]) for row in context.mirror.query(book.sql, book.params).rows}
    lines = build_on_order(asked.stores.ids, context.scope, only=asked.only)
    rows = context.mirror.query(lines.sql, lines.params).dicts()
    statements = [book, lines]
    transfers, notes, used = _transfers(asked)
    statements += used
    if not states and not transfers:
        raise NoDataError(
            f"No purchase orders and no transfers under way are recorded for {asked.stores.label}, so units in"
            f" transit are"
            " not known. They come from the point of sale's purchase orders, or from a file of orders."
        )
    if arguments.overdue_only:
        rows = [row for row in rows if _late(asked, row)]
        transfers = []
    names = names_of([*rows, *transfers], context)
    headline = _headline(asked, rows, transfers, overdue_only=arguments.overdue_only)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, rows, transfers)]),
        figures=tuple(_figures(asked, rows, transfers, names)),
        table=_table(asked, rows[: arguments.limit], names) if rows else None,
        caveats=(*_drafts(states), *notes, *simulated(asked.asked, _TOPICS)),
        follow_ups=(
            f"Which deliveries are overdue{asked.asked.same_part_and_stores}?",
            f"Which products will stock out soon{asked.asked.same_part_and_stores}?",
        ),
        provenance=stock_provenance(asked, ("units_on_order",), statements, (*_TOPICS, "inventory")),
    )


def _transfers(asked: StockFrame) -> tuple[list[dict[str, Any]], list[str], list[Statement]]:
    """Transfers under way, where the asker's stores are all there are: else an arrival elsewhere could not be seen."""
    context = asked.context
    if {store.store_id for store in every_store(context)} - set(asked.stores.ids):
        return [], ["Transfers between stores are only counted for all stores together."], []
    statement = build_transfers(asked.stores.ids, context.scope, asked.asked.now, only=asked.only)
    return context.mirror.query(statement.sql, statement.params).dicts(), [], [statement]


def _late(asked: StockFrame, row: Mapping[str, Any]) -> bool:
    return isinstance(row["due_at"], datetime) and row["due_at"] < asked.asked.now


def _units(rows: Sequence[Mapping[str, Any]]) -> Decimal:
    return sum((row["open"] for row in rows if row["each"]), Decimal(0))


def _moving(transfers: Sequence[Mapping[str, Any]]) -> Decimal:
    return sum((row["shipped"] - row["arrived"] for row in transfers), Decimal(0))


def _headline(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    transfers: Sequence[Mapping[str, Any]],
    *,
    overdue_only: bool,
) -> str:
    orders = len({row["po_id"] for row in rows})
    what = "overdue" if overdue_only else "on order from suppliers and not received"
    if not rows and not transfers:
        return f"Nothing{asked.asked.subject} is {what}, {asked.stores.label}."
    products = len({row["variant_id"] for row in rows})
    moving = _moving(transfers)
    total = _units(rows) + moving
    if moving and rows:
        return (
            f"{spoken_quantity(total)} units{asked.asked.subject} are in transit to {asked.stores.label}:"
            f" {spoken_quantity(_units(rows))} from suppliers in {counted(orders, 'order')},"
            f" {spoken_quantity(moving)} in"
            " transfers between stores."
        )
    if moving:
        return (
            f"{spoken_quantity(moving)} units{asked.asked.subject} are in transfers between stores, and nothing is"
            f" on order"
            " from suppliers."
        )
    return (
        f"{spoken_quantity(total)} units{asked.asked.subject} of {counted(products, 'product')} are {what},"
        f" {asked.stores.label}, in {counted(orders, 'order')}."
    )


def _sentences(
    asked: StockFrame, rows: Sequence[Mapping[str, Any]], transfers: Sequence[Mapping[str, Any]]
) -> list[str]:
    said = []
    zone = asked.stores.stores[0].timezone
    ahead = [row for row in rows if row["due_at"] and not _late(asked, row)]
    if ahead:
        first = ahead[0]["due_at"]
        said.append(
            f"Next due: {moment(first, zone)},"
            f" {spoken_quantity(_units([r for r in ahead if r['due_at'] == first]))} units."
        )
    late = [row for row in rows if _late(asked, row)]
    if late:
        names = [str(name) for name in dict.fromkeys(row["supplier"] for row in late) if name]
        whose = f" ({listed(names)})" if names else ""
        said.append(
            f"Overdue: {spoken_quantity(_units(late))} units in"
            f" {counted(len({row['po_id'] for row in late}), 'order')}{whose},"
            f" the oldest due {moment(late[0]['due_at'], zone)}."
        )
    if transfers:
        said.append(f"Transfers: what left in the last {TRANSFER_DAYS} days less what arrived.")
    return said


def _figures(
    asked: StockFrame,
    rows: Sequence[Mapping[str, Any]],
    transfers: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
) -> list[Figure]:
    late = [row for row in rows if _late(asked, row)]
    figures = [
        stock_figure(asked, "units_in_transit", quantity(_units(rows) + _moving(transfers)), "units"),
        stock_figure(asked, "units_on_order", quantity(_units(rows)), "units"),
        stock_figure(asked, "units_in_transfer", quantity(_moving(transfers)), "units"),
        stock_figure(asked, "units_overdue", quantity(_units(late)), "units"),
        stock_figure(asked, "open_orders", str(len({row["po_id"] for row in rows})), "count"),
    ]
    by_product: dict[str, Decimal] = {}
    for row in rows:
        by_product[row["variant_id"]] = by_product.get(row["variant_id"], Decimal(0)) + row["open"]
    figures += [
        stock_figure(asked, "units_on_order", quantity(total), "units", group=product_group(names[variant]))
        for variant, total in list(by_product.items())[:20]
        if variant in names
    ]
    return figures


def _table(asked: StockFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    titles = ("Due", "Order", "Supplier", "Store", "Product", "Units open", "Cost", "Overdue")
    units = ("text", "text", "text", "text", "text", "units", "text", "text")
    body = []
    for row in rows:
        store = next(one for one in asked.stores.stores if one.store_id == row["store_id"])
        cost = None
        if row["unit_cost"] is not None:
            cost = money(Decimal(amount(row["unit_cost"] * row["open"], store.currency) or 0), store.currency)
        known = names.get(row["variant_id"])
        body.append(
            (
                moment(row["due_at"], store.timezone) if row["due_at"] else None,
                row["po_id"],
                row["supplier"],
                store.name,
                known.name if known else row["variant_id"],
                quantity(row["open"]),
                cost,
                "yes" if _late(asked, row) else None,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _drafts(states: Mapping[str, int]) -> list[str]:
    drafts = states.get("draft", 0)
    if not drafts:
        return []
    return [
        f"{counted(drafts, 'draft order')} not sent to a supplier yet {'is' if drafts == 1 else 'are'} not counted."
    ]
