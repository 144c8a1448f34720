"""From purchase orders to rows of the mirror. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.lightspeed_r.wire import Document, amount, flag, moment, nested, number, reference, text
from connectors.records import Row, scoped

KEY_PREFIX = "fw-"
"""Before our own key in an order's reference, so that our orders are told from others."""


def purchase_rows(order: Document, connection: str) -> Iterator[Row]:
    """``purchase_order`` and its lines; nothing for an order without a shop."""
    shop, vendor = reference(order, "shopID"), reference(order, "vendorID")
    if shop is None:
        return
    po_id = scoped(connection, order["orderID"])
    lines = nested(order, "OrderLines", "OrderLine")
    status = _status(order, lines)
    yield Row(
        "purchase_order",
        {
            "po_id": po_id,
            "supplier_id": scoped(connection, vendor) if vendor else None,
            "store_id": scoped(connection, shop),
            "status": status,
            "created_at": moment(order, "createTime"),
            "sent_at": moment(order, "orderedDate"),
            "due_at": moment(order, "arrivalDate"),
            "received_at": moment(order, "receivedDate") if status == "received" else None,
            "origin": "agent" if (text(order, "refNum") or "").startswith(KEY_PREFIX) else "pos",
        },
    )
    for line_no, line in enumerate(sorted(lines, key=lambda item: number(item, "orderLineID")), start=1):
        item = reference(line, "itemID")
        yield Row(
            "purchase_order_line",
            {
                "po_id": po_id,
                "line_no": line_no,
                "variant_id": scoped(connection, item) if item else None,
                "ordered": number(line, "quantity"),
                "received": number(line, "checkedIn") + number(line, "numReceived"),
                "unit_cost": amount(line, "price"),
            },
        )


def _status(order: Document, lines: list[Document]) -> str:
    if flag(order, "complete"):
        return "received"
    if flag(order, "archived"):
        return "cancelled"
    if any(number(line, "checkedIn") + number(line, "numReceived") for line in lines):
        return "partial"
    return "sent" if moment(order, "orderedDate") else "draft"
