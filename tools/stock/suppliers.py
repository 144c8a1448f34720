"""Who supplies the goods: each supplier with what it delivers, how long that takes and when it takes orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.amounts import money_said, money_text, number_text
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.running_query import build_supplied
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stock.frame import StockFrame, simulated, stock_figure, stock_frame, stock_provenance
from tools.stock.supplier_prices import compared
from tools.wording import counted, listed

_NAMED = 8
_DEPARTMENTS = 3


class SupplierListArguments(Arguments):
    """Arguments of ``supplier_list``."""

    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    supplier: str | None = Field(default=None, max_length=120, description="Only this one, by its name or part of it.")
    order: Literal["products", "longest", "shortest"] = Field(
        default="products", description="What stands first: who supplies most, or the longest or shortest lead time."
    )
    prices: bool = Field(
        default=False, description="Purchase prices side by side of goods that more than one supplier delivers."
    )


@tool()
def supplier_list(arguments: SupplierListArguments, context: ToolContext) -> ToolResult:
    """The suppliers: what each delivers, its lead time, the days it takes orders and its smallest order.

    Use it for “which suppliers do we have”, “who supplies our produce”, “lead time of each supplier”, “when can I order
    from Northway Meats”; ``prices`` for “which supplier is cheapest for eggs”. It knows no spend, no reliability and
    gives no contacts. What to order is ``reorder_suggestions``, what is on its way ``on_order``.
    """
    asked = stock_frame(
        None, context, product=arguments.product, department=arguments.department, needs_levels=False, several=True
    )
    if arguments.prices:
        return compared(asked, context)
    statement = build_supplied(asked.only)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if arguments.supplier:
        words = arguments.supplier.lower().split()
        rows = [row for row in rows if all(word in str(row["supplier"]).lower() for word in words)]
    if not rows:
        named = f" called “{arguments.supplier}”" if arguments.supplier else ""
        raise NoDataError(
            f"No supplier{named} is recorded{asked.asked.subject}. They come from the point of sale's suppliers,"
            " or from a file of suppliers."
        )
    if arguments.order != "products":
        rows = _by_lead(rows, arguments.order)
    first = _headline(asked, rows, arguments.supplier, arguments.order)
    return ToolResult(
        headline=first,
        text=" ".join([first, *(_said(row) for row in rows[:_NAMED])]),
        figures=tuple(_figures(asked, rows)),
        table=_table(rows, asked.currency),
        caveats=tuple(simulated(asked.asked, ("supplier",))),
        follow_ups=("What should I reorder?",),
        provenance=stock_provenance(asked, ("supplier_count", "lead_days"), [statement], ("supplier",)),
    )


def _by_lead(rows: Sequence[Mapping[str, Any]], order: str) -> list[dict[str, Any]]:
    """Those of known lead time in that order, the others after them."""
    known = sorted((dict(row) for row in rows if row["lead_mean"] is not None), key=lambda row: row["lead_mean"])
    if order == "longest":
        known.reverse()
    return known + [dict(row) for row in rows if row["lead_mean"] is None]


def _headline(asked: StockFrame, rows: Sequence[Mapping[str, Any]], supplier: str | None, order: str) -> str:
    if order != "products":
        if rows[0]["lead_mean"] is None:
            return f"No lead time is known of the {counted(len(rows), 'supplier')}{asked.asked.subject}."
        same = [str(row["supplier"]) for row in rows if row["lead_mean"] == rows[0]["lead_mean"]]
        return (
            f"The {order} lead time{asked.asked.subject} is {number_text(rows[0]['lead_mean'], 1)} days:"
            f" {listed(same)}, of"
            f" {counted(len(rows), 'supplier')}."
        )
    if supplier:
        return f"{counted(len(rows), 'supplier')} by the name of “{supplier}”{asked.asked.subject}."
    verb = "delivers" if len(rows) == 1 else "deliver"
    what = f" {asked.asked.part.label}" if asked.asked.part else ""
    return f"{counted(len(rows), 'supplier')} {verb}{what}." if what else f"{counted(len(rows), 'supplier')}."


def _said(row: Mapping[str, Any]) -> str:
    parts = [f"{counted(int(row['products']), 'product')} ({_departments(row)})" if row["products"] else "no products"]
    if row["lead_mean"] is not None:
        parts.append(f"lead time {number_text(row['lead_mean'], 1)} days")
    if row["order_days"]:
        parts.append(f"orders on {row['order_days'].replace(',', ', ')}")
    if row["min_order_minor"] is not None and row["currency"]:
        parts.append(f"smallest order {money_said(row['min_order_minor'], row['currency'])}")
    return f"{row['supplier']}: {', '.join(parts)}."


def _departments(row: Mapping[str, Any]) -> str:
    names = str(row["departments"] or "").split("; ")
    more = len(names) - _DEPARTMENTS
    return listed(names[:_DEPARTMENTS]) if more <= 0 else f"{', '.join(names[:_DEPARTMENTS])} and {more} more"


def _figures(asked: StockFrame, rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    found = [stock_figure(asked, "supplier_count", str(len(rows)), "count")]
    for row in rows:
        group = {"supplier": str(row["supplier"])}
        found.append(stock_figure(asked, "product_count", str(int(row["products"] or 0)), "count", group=group))
        found.append(stock_figure(asked, "lead_days", number_text(row["lead_mean"], 1), "days", group=group))
    return found


def _table(rows: Sequence[Mapping[str, Any]], usual: str) -> Table:
    """The suppliers; amounts of several currencies stand with their signs."""
    currencies = [str(row["currency"] or usual) for row in rows]
    mixed = len(set(currencies)) > 1
    columns = (
        TableColumn("Supplier", "text"),
        TableColumn("Products", "count"),
        TableColumn("Lead time", "days"),
        TableColumn("Order days", "text"),
        TableColumn("Smallest order", "text" if mixed else currencies[0]),
        TableColumn("Departments", "text"),
    )
    return Table(
        columns,
        [
            (
                row["supplier"], int(row["products"] or 0), number_text(row["lead_mean"], 1), row["order_days"],
                _amount(row["min_order_minor"], currency, mixed=mixed), row["departments"],
            )
            for row, currency in zip(rows, currencies, strict=True)
        ],
    )  # fmt: skip


def _amount(minor: int | None, currency: str, *, mixed: bool) -> str | None:
    if minor is None:
        return None
    return money_said(minor, currency) if mixed else money_text(minor, minor_exponent(currency))
