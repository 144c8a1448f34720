"""Goods that move other than by sales: adjustments, and consignments, which are orders, transfers and returns.

A consignment's stock moves when it is received; an order that is not received yet moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.lightspeed_x.amounts import many, number, part
from connectors.lightspeed_x.client import instant, maybe_instant
from connectors.lightspeed_x.surroundings import MARK
from connectors.records import Row

REFERENCE = "FW-"
"""Begins the reference of what was written from here; the rest is the action's key."""

_STATUS = {"OPEN": "draft", "SENT": "sent", "RECEIVED": "received", "CANCELLED": "cancelled"}
_WASTE = frozenset({"DAMAGE", "EXPIRY"})


def adjustment_row(adjustment: Mapping[str, Any]) -> Row:
    """One stock adjustment; the quantity is signed."""
    reason = str(adjustment.get("reason") or "")
    return Row(
        "inventory_change",
        {
            "change_id": adjustment["id"],
            "variant_id": adjustment["product_id"],
            "store_id": adjustment["outlet_id"],
            "kind": "waste" if reason in _WASTE else "adjust",
            "quantity": number(adjustment.get("quantity")),
            "reason": reason.lower().replace("_", " ") or None,
            "employee_id": adjustment.get("user_id"),
            "occurred_at": instant(str(adjustment["created_at"])),
        },
    )


def consignment_rows(consignment: Mapping[str, Any]) -> Iterator[Row]:
    """A purchase order with its lines, and what any consignment moved when it was received."""
    lines = [line for line in many(part(consignment, MARK), "products") if not line.get("deleted_at")]
    if consignment.get("type") == "SUPPLIER" and consignment.get("outlet_id"):
        yield from _order(consignment, lines)
    if consignment.get("status") == "RECEIVED" and not consignment.get("deleted_at"):
        yield from _moved(consignment, lines)


def _order(consignment: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> Iterator[Row]:
    yield Row(
        "purchase_order",
        {
            "po_id": consignment["id"],
            "supplier_id": consignment.get("supplier_id"),
            "store_id": consignment["outlet_id"],
            "status": _order_status(consignment, lines),
            "created_at": maybe_instant(consignment.get("created_at")),
            "due_at": maybe_instant(consignment.get("due_at")),
            "received_at": maybe_instant(consignment.get("received_at")),
            "origin": "agent" if str(consignment.get("reference") or "").startswith(REFERENCE) else "pos",
        },
    )
    for position, line in enumerate(lines, start=1):
        yield Row(
            "purchase_order_line",
            {
                "po_id": consignment["id"],
                "line_no": position,
                "variant_id": line.get("product_id"),
                "ordered": number(line.get("count")),
                "received": number(line.get("received")),
                "unit_cost": None if line.get("cost") is None else number(line["cost"]).quantize(Decimal("0.0001")),
            },
        )


def _order_status(consignment: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> str:
    if consignment.get("deleted_at"):
        return "cancelled"
    status = str(consignment.get("status") or "")
    if status == "DISPATCHED":
        # Set as soon as any line has something received, and also by hand before that.
        return "partial" if any(number(line.get("received")) > 0 for line in lines) else "sent"
    return _STATUS.get(status, "draft")


def _moved(consignment: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> Iterator[Row]:
    at = maybe_instant(consignment.get("received_at") or consignment.get("updated_at"))
    arrives = "transfer_in" if consignment.get("type") == "OUTLET" else "receive"
    if consignment.get("type") not in ("OUTLET", "SUPPLIER"):
        return
    for line in lines:
        quantity = number(line.get("received"))
        if not quantity:
            continue
        moves = [(arrives, consignment.get("outlet_id"), quantity)]
        if arrives == "transfer_in":
            moves.append(("transfer_out", consignment.get("source_outlet_id"), -quantity))
        for kind, store_id, moved in moves:
            if store_id:
                yield Row(
                    "inventory_change",
                    {
                        "change_id": f"{consignment['id']}:{line['product_id']}:{kind}",
                        "variant_id": line["product_id"],
                        "store_id": store_id,
                        "kind": kind,
                        "quantity": moved,
                        "occurred_at": at,
                    },
                )
