"""The log of stock changes: deliveries, adjustments, counts, transfers and waste, one by one or in sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, stands_on
from tools.colleagues import NAMES_WITHHELD, may_name, require_names
from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, recorded_frame
from tools.metrics.stock_changes_query import build_change_list, build_stock_changes
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.frame import STORES_HELP, names_of, quantity, simulated, spoken_quantity
from tools.wording import counted, moment

Kind = Literal["receive", "adjust", "count", "transfer", "waste", "sale", "all"]
By = Literal["kind", "reason", "employee", "store", "department", "category", "product", "day"]
_SAID = {
    "receive": "delivery booked in",
    "adjust": "adjustment",
    "count": "count",
    "transfer_in": "transfer in",
    "transfer_out": "transfer out",
    "transfer": "transfer booking",
    "waste": "waste entry",
    "sale": "sale",
    "return": "return",
}
_PLURAL = {"receive": "deliveries booked in", "waste": "waste entries"}
_NAMED = 3


class StockChangesArguments(Arguments):
    """Arguments of ``stock_changes``."""

    period: str = Field(default="the last 28 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    kind: Kind | None = Field(
        default=None, description="Only these changes; all but those that sales make if left out, “all” with them."
    )
    by: By | None = Field(default=None, description="Sums for each of these; single changes if left out.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, the newest (or most frequent) first.")


@tool()
def stock_changes(arguments: StockChangesArguments, context: ToolContext) -> ToolResult:
    """The log of stock: deliveries booked in, adjustments, counts, transfers and waste, with when, why and by whom.

    Use it for “show me all stock adjustments last week and who made them”, “what came in yesterday?”, “when was milk
    last counted?”, “when did we last receive oat milk?”, “transfers by store this month”, “adjustments by reason”.
    Losses in money and as a rate are ``shrink_and_waste``, orders to suppliers ``purchase_orders``.
    """
    if arguments.by == "employee":
        require_names(context.scope)
    asked = recorded_frame(
        arguments.period, arguments.stores, context, product=arguments.product, department=arguments.department
    )
    meant: dict[str, Any] = {"kind": arguments.kind, "only": asked.part.only if asked.part else None}
    windows = asked.windows()
    summed = build_stock_changes(windows, context.scope, **meant)
    whole = next(iter(context.mirror.query(summed.sql, summed.params).dicts()), None)
    statements = [summed]
    if whole is None:
        statements.append(build_stock_changes(windows, context.scope, kind="all"))
        if not context.mirror.query(statements[-1].sql, statements[-1].params).rows:
            raise NoDataError(
                f"No stock changes are recorded for {asked.stores.label} {asked.when}; that is unknown, not none. They"
                " come from the point of sale's inventory log, or from a file of stock changes.",
                NOT_RECORDED,
            )
    rows: list[dict[str, Any]] = []
    if whole is not None:
        statement = (
            build_stock_changes(windows, context.scope, by=arguments.by, **meant)
            if arguments.by
            else build_change_list(
                windows, context.scope, names=may_name(context.scope), limit=arguments.limit, **meant
            )
        )
        statements.append(statement)
        rows = context.mirror.query(statement.sql, statement.params).dicts()[: arguments.limit]
    names = _names(rows, arguments.by, context)
    headline = _headline(asked, whole, arguments.kind)
    said = _of_groups(asked, rows, arguments.by, names) if arguments.by else _newest(asked, rows, names)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *said]),
        figures=(
            *_figures(asked, whole or {}, {}),
            *(
                one
                for row in (rows if arguments.by else ())
                for one in _figures(asked, row, {arguments.by or "": _title(asked, arguments.by, row["key"], names)})
            ),
        ),
        table=_table(asked, rows, arguments.by, names),
        caveats=(*_notes(asked, arguments, rows), *simulated(asked, ("inventory",))),
        follow_ups=(
            f"Shrink and waste {asked.when_again}{asked.same_part_and_stores}",
            f"Stock adjustments by reason {asked.when_again}{asked.same_part_and_stores}",
        ),
        provenance=stands_on(asked, ("stock_changes",), statements, ("inventory",)),
    )


def _names(rows: Sequence[Mapping[str, Any]], by: str | None, context: ToolContext) -> dict[str, Product]:
    if by == "product":
        return names_of([{"variant_id": row["key"]} for row in rows], context)
    return {} if by else names_of(rows, context)


def _title(asked: Frame, by: str | None, key: str, names: Mapping[str, Product]) -> str:
    if by == "store":
        return asked.stores.name(key)
    if by == "product":
        return names[key].name if key in names else key
    return _SAID.get(key, key) if by == "kind" else key


def _what(kind: str | None, number: int) -> str:
    """``3 adjustments``, ``1 stock change``."""
    noun = _SAID.get(kind or "", "stock change")
    if number != 1 and kind in _PLURAL:
        return f"{number:,} {_PLURAL[kind]}"
    return counted(number, noun)


def _headline(asked: Frame, whole: Mapping[str, Any] | None, kind: str | None) -> str:
    if whole is None:
        return f"No {_what(kind, 0).removeprefix('0 ')}{asked.subject} {asked.when}, {asked.stores.label}."
    goods = f" of {counted(int(whole['products']), 'product')}" if not asked.part else ""
    units = ""
    if kind != "count":
        units = f": {spoken_quantity(whole['units_in'])} pieces in, {spoken_quantity(whole['units_out'])} out"
    return f"{_what(kind, int(whole['changes']))}{asked.subject}{goods} {asked.when}, {asked.stores.label}{units}."


def _newest(asked: Frame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    if not rows:
        return []
    row = rows[0]
    zone = next(one.timezone for one in asked.stores.stores if one.store_id == row["store_id"])
    known = names.get(row["variant_id"])
    said = f"{known.name if known else row['variant_id']} at {asked.stores.name(row['store_id'])}"
    count = quantity(row["quantity"])
    size = f"{count} on the log" if row["kind"] == "count" else f"{'+' if row['quantity'] > 0 else ''}{count}"
    why = f", {row['reason']}" if row["reason"] else ""
    who = f", by {row['employee']}" if row["employee"] else ""
    return [f"The newest: {moment(row['occurred_at'], zone)}, {_SAID[row['kind']]}, {said}, {size}{why}{who}."]


def _of_groups(
    asked: Frame, rows: Sequence[Mapping[str, Any]], by: str | None, names: Mapping[str, Product]
) -> list[str]:
    shown = [f"{_title(asked, by, row['key'], names)} {int(row['changes']):,}" for row in rows[:_NAMED]]
    return [f"Most: {'; '.join(shown)}."] if shown else []


def _figures(asked: Frame, row: Mapping[str, Any], group: Mapping[str, str]) -> list[Figure]:
    return [
        figure(asked, "stock_changes", int(row.get("changes", 0)), "count", group),
        figure(asked, "units_in", quantity(Decimal(row.get("units_in", 0))), "units", group),
        figure(asked, "units_out", quantity(Decimal(row.get("units_out", 0))), "units", group),
    ]


def _table(
    asked: Frame, rows: Sequence[Mapping[str, Any]], by: str | None, names: Mapping[str, Product]
) -> Table | None:
    if not rows:
        return None
    if by:
        columns = (
            TableColumn(by.capitalize(), "text"),
            TableColumn("Changes", "count"),
            TableColumn("Products", "count"),
            TableColumn("Pieces in", "units"),
            TableColumn("Pieces out", "units"),
        )
        return Table(
            columns,
            [
                (
                    _title(asked, by, row["key"], names), int(row["changes"]), int(row["products"]),
                    quantity(row["units_in"]), quantity(row["units_out"]),
                )
                for row in rows
            ],
        )  # fmt: skip
    zones = {one.store_id: one.timezone for one in asked.stores.stores}
    titles = ("When", "Store", "Product", "Change", "Quantity", "Reason", "By")
    units = ("text", "text", "text", "text", "units", "text", "text")
    body = [
        (
            moment(row["occurred_at"], zones[row["store_id"]]), asked.stores.name(row["store_id"]),
            names[row["variant_id"]].name if row["variant_id"] in names else row["variant_id"],
            _SAID[row["kind"]], quantity(row["quantity"]), row["reason"], row["employee"],
        )
        for row in rows
    ]  # fmt: skip
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _notes(asked: Frame, arguments: StockChangesArguments, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    said = []
    if arguments.kind in ("count", None) and any(row.get("kind") == "count" for row in rows):
        said.append("A count carries what was counted, or the difference, as its source gives it; it is in no sum.")
    if not arguments.by and not may_name(asked.context.scope):
        said.append(NAMES_WITHHELD)
    if arguments.kind is None:
        said.append("What sales and returns took off or put back is left out.")
    return said
