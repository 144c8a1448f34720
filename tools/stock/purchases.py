"""Orders to suppliers, past and present: what was ordered and came, for how much, how soon, and how reliably."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, number_text, percent_said, percent_text, stands_on
from tools.bounded_groups import BoundedArguments, within, within_said
from tools.context import ToolContext
from tools.currencies import UNRANKED, refuse_several
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, one_currency, recorded_frame
from tools.metrics.purchases_query import Basis, build_purchase_list, build_purchases
from tools.metrics.supply_query import build_order_book
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.partners import resolve_supplier
from tools.registry import tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.stock.frame import STORES_HELP, amount, names_of, quantity, simulated, spoken_quantity
from tools.stock.purchase_ranks import FEW, TIMES, bounded, lead_days, measure, ranked, unranked
from tools.wording import counted, each_one, moment, money, span

By = Literal["supplier", "store", "department", "category", "product", "status", "week", "month"]
Rank = Literal["value", "units", "orders", "lead_days", "on_time", "fill_rate"]
_RELIABLE = ("lead_days", "on_time", "fill_rate")
_BOUNDED = {
    "value": ("ordered at cost for", ""), "units": ("ordered", "units"), "orders": ("placed", "orders"),
    "lead_days": ("lead time", "days"), "on_time": ("on time", "%"), "fill_rate": ("fill rate", "%"),
}  # fmt: skip
"""How each figure is called beside its bounds, and its unit; money has that of the stores."""
_CHART_POINTS = 20
_NAMED = 3


class PurchaseOrdersArguments(BoundedArguments):
    """Arguments of ``purchase_orders``."""

    period: str = Field(default="the last 90 days", max_length=120, description="When, in the asker's own words.")
    dated: Basis = Field(default="sent", description="The period is that of sending, or of arrival (“what came in”).")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    supplier: str | None = Field(default=None, max_length=120, description="Only this supplier, by its name.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    status: Literal["open", "received", "draft", "cancelled"] | None = Field(
        default=None, description="Only orders in this state; all but drafts and cancelled ones if left out."
    )
    by: By | None = Field(default=None, description="Sums for each of these; single orders if left out.")
    rank_by: Rank = Field(
        default="value",
        description=(
            "What the groups are ranked by: value ordered, units, orders, days from sending to arrival, share that"
            " came by the due day, share of the ordered units that came."
        ),
    )
    order: Literal["top", "bottom"] = Field(default="top", description="The highest first, or the lowest.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows.")


@tool()
def purchase_orders(arguments: PurchaseOrdersArguments, context: ToolContext) -> ToolResult:
    """Orders to suppliers of a period: orders, units, value, what came, lead time, on-time share and fill rate.

    Use it for “what did I order last?”, “how much did we spend with each supplier last quarter?”, “which supplier is
    most reliable?”, “average lead time by vendor”, “what did we pay for oat milk last time?”, “what was delivered last
    week?”. What is still on its way is ``on_order``, what to order ``reorder_suggestions``. Spend is units times the
    cost on the order, not an invoice.
    """
    asked = recorded_frame(
        arguments.period, arguments.stores, context, product=arguments.product, department=arguments.department
    )
    one_currency(asked, arguments.by or "")
    bounds = arguments.bounds(arguments.by)
    if bounds.given and arguments.rank_by == "value":
        refuse_several(asked.stores, "Ask for the stores of one currency.")
    named = resolve_supplier(arguments.supplier, (), context) if arguments.supplier else None
    meant: dict[str, Any] = {
        "basis": arguments.dated,
        "status": arguments.status,
        "supplier_id": named.identity if named else None,
        "only": asked.part.only if asked.part else None,
    }
    windows = asked.windows()
    statements = [build_purchases(windows, context.scope, **meant)]
    whole = next(iter(context.mirror.query(statements[0].sql, statements[0].params).dicts()), None)
    if whole is None:
        statements.append(build_order_book(asked.stores.ids, context.scope))
        _refuse_without_orders(asked, context.mirror.query(statements[-1].sql, statements[-1].params).rows)
        whole = _NOTHING
    groups: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []
    limited = ""
    if arguments.by:
        statements.append(build_purchases(windows, context.scope, by=arguments.by, **meant))
        found = context.mirror.query(statements[-1].sql, statements[-1].params).dicts()
        held = within(found, lambda row: bounded(row, arguments.rank_by), bounds)
        in_order = ranked(held, asked, arguments.by, arguments.rank_by, ascending=arguments.order == "bottom")
        groups = in_order[-arguments.limit :] if arguments.by in TIMES else in_order[: arguments.limit]
        label, unit = _BOUNDED[arguments.rank_by]
        limited = within_said(len(held), len(found), arguments.by, label, unit or asked.currency, bounds)
    else:
        statements.append(build_purchase_list(windows, context.scope, limit=arguments.limit, **meant))
        orders = context.mirror.query(statements[-1].sql, statements[-1].params).dicts()
    titles = _titles(asked, groups, arguments.by, context)
    headline = _headline(asked, whole, arguments, named.name if named else "")
    said = _of_groups(asked, groups, titles, arguments) if arguments.by else _of_orders(asked, orders)
    return ToolResult(
        headline=headline,
        text=" ".join(filter(None, [headline, limited, *_reliability(whole), *said])),
        figures=(
            *_figures(asked, whole, {}),
            *(
                one
                for row in groups
                for one in _figures(
                    asked, row, {arguments.by or "": titles[row["key"]]},
                    row["key"] if arguments.by == "store" else None,
                )
            ),
        ),
        table=_group_table(asked, groups, titles, arguments) if arguments.by else _order_table(asked, orders),
        chart=_chart(asked, groups, titles, arguments),
        caveats=(
            *([UNRANKED] if arguments.by and unranked(asked, arguments.rank_by) else []),
            *_notes(whole, groups, arguments),
            *simulated(asked, ("supplier",)),
        ),
        follow_ups=_follow_ups(asked, arguments),
        provenance=stands_on(
            asked, ("purchase_orders", "purchase_value", "lead_days", "on_time_pct", "fill_rate_pct"), statements,
            ("supplier",),
        ),
    )  # fmt: skip


_NOTHING: dict[str, Any] = dict.fromkeys(
    ("orders", "ordered", "received", "timed", "dated", "late", "closed_ordered", "closed_received", "unpriced"), 0
) | dict.fromkeys(("ordered_value", "received_value", "lead_seconds"))


def _refuse_without_orders(asked: Frame, book: Sequence[Sequence[Any]]) -> None:
    """Tell an empty book from a period in which nothing was ordered.

    Raises:
        NoDataError: no order was ever recorded for the stores.
    """
    if not book:
        raise NoDataError(
            f"No purchase orders are recorded for {asked.stores.label}. They come from the point of sale's purchase"
            " orders, or from a file of orders.",
            NOT_RECORDED,
        )


def _titles(asked: Frame, groups: Sequence[Mapping[str, Any]], by: str | None, context: ToolContext) -> dict[str, str]:
    """How each group is called."""
    keys = [str(row["key"]) for row in groups]
    if by == "store":
        return {key: asked.stores.name(key) for key in keys}
    if by == "product":
        names = names_of([{"variant_id": key} for key in keys], context)
        return {key: names[key].name if key in names else key for key in keys}
    return {key: key[:7] if by == "month" else key[:10] if by == "week" else key for key in keys}


def _headline(asked: Frame, whole: Mapping[str, Any], arguments: PurchaseOrdersArguments, supplier: str) -> str:
    state = f"{arguments.status} " if arguments.status else ""
    whose = f" to {supplier}" if supplier else " to suppliers"
    when = "received" if arguments.dated == "received" else "placed"
    head = f"{counted(int(whole['orders']), f'{state}order')}{whose}{asked.subject} {when} {asked.when}"
    if not whole["orders"]:
        return f"No {state}orders{whose}{asked.subject} were {when} {asked.when}, {asked.stores.label}."
    value = None if len(asked.stores.currencies) > 1 else _money(asked.currency, whole["ordered_value"])
    worth = f", {value} at the cost on the order" if value else ""
    return (
        f"{head}, {asked.stores.label}: {spoken_quantity(whole['ordered'])} units ordered{worth};"
        f" {spoken_quantity(whole['received'])} units have come."
    )


def _money(currency: str, value: Decimal | None) -> str | None:
    return None if value is None else money(Decimal(amount(value, currency) or 0), currency)


def _reliability(whole: Mapping[str, Any]) -> list[str]:
    """How soon and how completely orders came, as far as it is recorded."""
    said = []
    if whole["timed"]:
        said.append(f"They took {number_text(lead_days(whole), 1)} days on average ({whole['timed']} received)")
    if whole["dated"]:
        on_time = whole["dated"] - whole["late"]
        share = percent_said(on_time, whole["dated"])
        said.append(f"{on_time} of {whole['dated']} came by their due day ({share})")
    if whole["closed_ordered"]:
        said.append(f"{percent_said(whole['closed_received'], whole['closed_ordered'])} of the units ordered came")
    return [f"{'; '.join(said)}."] if said else []


def _of_groups(
    asked: Frame, groups: Sequence[Mapping[str, Any]], titles: Mapping[str, str], arguments: PurchaseOrdersArguments
) -> list[str]:
    known = [row for row in groups if measure(row, arguments.rank_by) is not None]
    if not known or arguments.by in TIMES:
        return []
    shown = "; ".join(f"{titles[row['key']]} {_said(asked, row, arguments.rank_by)}" for row in known[:_NAMED])
    if unranked(asked, arguments.rank_by):
        return [f"By store: {shown}."]
    return [f"{'Lowest' if arguments.order == 'bottom' else 'Highest'} first: {shown}."]


def _said(asked: Frame, row: Mapping[str, Any], rank: str) -> str:
    value = measure(row, rank) or Decimal(0)
    if rank == "value":
        return _money(asked.stores.currency(row["key"]), value) or ""
    if rank in ("on_time", "fill_rate"):
        return f"{number_text(value * 100, 1)} %"
    if rank == "lead_days":
        return f"{number_text(value, 1)} days"
    return f"{spoken_quantity(value)} {rank}"


def _of_orders(asked: Frame, orders: Sequence[Mapping[str, Any]]) -> list[str]:
    """The newest order in words; with one product also what a piece cost."""
    if not orders:
        return []
    newest = orders[0]
    zone = asked.stores.stores[0].timezone
    parts = [f"{newest['supplier']}, {moment(newest['placed_at'], zone)} for {asked.stores.name(newest['store_id'])}"]
    parts.append(f"{spoken_quantity(newest['ordered'])} units")
    if value := _money(asked.currency, newest["ordered_value"]):
        parts.append(value)
    if asked.part and asked.part.only.variants and newest["unit_cost"] is not None:
        parts.append(f"{money(Decimal(newest['unit_cost']), asked.currency)} {each_one(newest['unit'])}")
    state = f"received {moment(newest['received_at'], zone)}" if newest["received_at"] else str(newest["status"])
    return [f"The newest is {newest['po_id']}: {', '.join(parts)}, {state}."]


def _figures(
    asked: Frame, row: Mapping[str, Any], group: Mapping[str, str], store_id: str | None = None
) -> list[Figure]:
    """The figures of a group or, without any, of everything; amounts of several currencies are not added up."""
    currency = asked.stores.currency(store_id or "")
    mixed = not group and len(asked.stores.currencies) > 1
    on_time = percent_text(row["dated"] - row["late"], row["dated"])
    values = (
        ("purchase_orders", str(int(row["orders"])), "count"),
        ("units_ordered", quantity(Decimal(row["ordered"])), "units"),
        ("units_received", quantity(Decimal(row["received"])), "units"),
        ("purchase_value", amount(row["ordered_value"], currency), currency),
        ("received_value", amount(row["received_value"], currency), currency),
        ("lead_days", number_text(lead_days(row), 1), "days"),
        ("on_time_pct", on_time, "%"),
        ("fill_rate_pct", percent_text(row["closed_received"], row["closed_ordered"]), "%"),
    )
    stores = (store_id,) if store_id else ()
    return [
        figure(asked, name, value, unit, group, stores=stores)
        for name, value, unit in values
        if not (mixed and unit == currency)
    ]


def _group_table(
    asked: Frame, groups: Sequence[Mapping[str, Any]], titles: Mapping[str, str], arguments: PurchaseOrdersArguments
) -> Table | None:
    if not groups:
        return None
    mixed = len(asked.stores.currencies) > 1
    columns = (
        TableColumn((arguments.by or "").capitalize(), "text"),
        TableColumn("Orders", "count"),
        TableColumn("Units ordered", "units"),
        TableColumn("Units received", "units"),
        TableColumn("Ordered at cost", "text" if mixed else asked.currency),
        TableColumn("Lead time", "days"),
        TableColumn("On time", "%"),
        TableColumn("Fill rate", "%"),
        *((TableColumn("Currency", "text"),) if mixed else ()),
    )
    return Table(
        columns,
        [
            (
                titles[row["key"]], int(row["orders"]), quantity(Decimal(row["ordered"])),
                quantity(Decimal(row["received"])), amount(row["ordered_value"], asked.stores.currency(row["key"])),
                number_text(lead_days(row), 1), percent_text(row["dated"] - row["late"], row["dated"]),
                percent_text(row["closed_received"], row["closed_ordered"]),
                *((asked.stores.currency(row["key"]),) if mixed else ()),
            )
            for row in groups
        ],
    )  # fmt: skip


def _order_table(asked: Frame, orders: Sequence[Mapping[str, Any]]) -> Table | None:
    if not orders:
        return None
    single = bool(asked.part and asked.part.only.variants)
    titles = [
        "Order",
        "Supplier",
        "Store",
        "Placed",
        "Due",
        "Received",
        "State",
        "Lines",
        "Units ordered",
        "Units came",
    ]
    units = ["text"] * 7 + ["count", "units", "units", asked.currency]
    titles.append(f"Cost {each_one(orders[0]['unit'])}" if single else "Ordered at cost")
    body = []
    for row in orders:
        zone = next(one.timezone for one in asked.stores.stores if one.store_id == row["store_id"])
        times = [moment(row[name], zone) if row[name] else None for name in ("placed_at", "due_at", "received_at")]
        cost = number_text(row["unit_cost"], 2) if single else amount(row["ordered_value"], asked.currency)
        body.append(
            (
                row["po_id"], row["supplier"], asked.stores.name(row["store_id"]), *times, row["status"],
                int(row["lines"]), quantity(row["ordered"]), quantity(row["received"]), cost,
            )
        )  # fmt: skip
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _chart(
    asked: Frame, groups: Sequence[Mapping[str, Any]], titles: Mapping[str, str], arguments: PurchaseOrdersArguments
) -> Chart | None:
    known = [row for row in groups if measure(row, arguments.rank_by) is not None][:_CHART_POINTS]
    if len(known) < 2 or unranked(asked, arguments.rank_by):
        return None
    label, unit, scale, digits = {
        "value": ("Ordered at cost", asked.currency, 1, 2),
        "units": ("Units ordered", "units", 1, 0),
        "orders": ("Orders", "count", 1, 0),
        "lead_days": ("Lead time", "days", 1, 1),
        "on_time": ("On time", "%", 100, 1),
        "fill_rate": ("Fill rate", "%", 100, 1),
    }[arguments.rank_by]
    values = [(measure(row, arguments.rank_by) or Decimal(0)) * scale for row in known]
    return Chart(
        "line" if arguments.by in TIMES else "bar",
        f"{label} by {arguments.by}, {asked.stores.label}, {span(asked.start_on, asked.end_on)}",
        tuple(titles[row["key"]] for row in known),
        {label: tuple(float(number_text(value, digits) or 0) for value in values)},
        unit,
    )


def _notes(
    whole: Mapping[str, Any], groups: Sequence[Mapping[str, Any]], arguments: PurchaseOrdersArguments
) -> list[str]:
    said = []
    if arguments.status is None:
        said.append("Drafts and cancelled orders are not counted.")
    if whole["unpriced"]:
        said.append(f"{counted(int(whole['unpriced']), 'order line')} without a cost left out of the money.")
    if arguments.by and arguments.rank_by in _RELIABLE and any(row["timed"] < FEW for row in groups):
        said.append(f"Those with fewer than {FEW} received orders say little, and come last.")
    return said


def _follow_ups(asked: Frame, arguments: PurchaseOrdersArguments) -> tuple[str, ...]:
    asks = [] if arguments.by == "supplier" else [f"Purchase orders by supplier {asked.when_again}"]
    return (*asks, "Which deliveries are overdue?", "What should I reorder?")
