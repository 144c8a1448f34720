"""Our own orders in the mirror: stored once under their action's key, and read again."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.mirror.origins import Queries
from connectors.mirror.writer import Batch, MirrorWriter
from connectors.own_orders.catalogue import zone_of
from connectors.own_orders.order import ORIGIN, Order, cost_text, number_of, plain, po_id_of
from connectors.records import Row

_HEAD = """SELECT o.supplier_id, o.store_id, o.status, o.created_at, o.due_at, s.name, u.name, s.timezone, s.currency
FROM purchase_order o LEFT JOIN store s ON s.store_id = o.store_id
LEFT JOIN supplier u ON u.supplier_id = o.supplier_id WHERE o.po_id = $po_id"""

_LINES = """SELECT l.variant_id, l.ordered, l.unit_cost, coalesce(v.external_id, l.variant_id), v.sku,
  coalesce(p.name, v.name)
FROM purchase_order_line l LEFT JOIN variant v ON v.variant_id = l.variant_id
LEFT JOIN product p ON p.product_id = v.product_id WHERE l.po_id = $po_id ORDER BY l.line_no"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An order as the mirror has it; ``shown`` is it in the words of an action's change."""

    po_id: str
    number: str
    status: str
    created_at: datetime
    identity: tuple[Any, ...]
    shown: Mapping[str, Any]


def find(reader: Queries, key: str) -> Stored | None:
    """The order of an action; None when it is not stored."""
    po_id = po_id_of(key)
    heads = reader.query(_HEAD, {"po_id": po_id}).rows
    if not heads:
        return None
    supplier_id, store_id, status, created_at, due_at, store, supplier, zone_name, currency = heads[0]
    lines = reader.query(_LINES, {"po_id": po_id}).rows
    shown: dict[str, Any] = {
        "number": number_of(key),
        "status": status or "draft",
        "store": store or store_id,
        "supplier": supplier or supplier_id,
        "lines": [_shown(line, currency or "") for line in lines],
    }
    zone = zone_of(zone_name or "")
    if due_at and zone:
        shown["due_on"] = due_at.astimezone(zone).date().isoformat()
    identity = (store_id, supplier_id, tuple((line[0], line[1], line[2]) for line in lines))
    return Stored(po_id, number_of(key), status or "draft", created_at, identity, shown)


def is_same(stored: Stored, order: Order) -> bool:
    """Whether what is stored is this order, whatever became of it since."""
    lines = tuple((line.variant_id, line.quantity, line.unit_cost) for line in order.lines)
    return stored.identity == (order.store_id, order.supplier_id, lines)


def store(writer: MirrorWriter, order: Order) -> Future[int]:
    """Queue the order and its lines as one commit.

    Raises:
        TerminalError: the mirror is closed.
    """
    head = Row(
        "purchase_order",
        {
            "po_id": order.po_id,
            "supplier_id": order.supplier_id,
            "store_id": order.store_id,
            "status": "draft",
            "created_at": order.created_at,
            "due_at": order.due_at,
            "origin": ORIGIN,
        },
    )
    lines = (
        Row(
            "purchase_order_line",
            {
                "po_id": order.po_id,
                "line_no": place,
                "variant_id": line.variant_id,
                "ordered": line.quantity,
                "unit_cost": line.unit_cost,
            },
        )
        for place, line in enumerate(order.lines, 1)
    )
    return writer.submit(Batch([head, *lines]))


def _shown(line: tuple[str, Decimal, Decimal | None, str, str | None, str | None], currency: str) -> dict[str, str]:
    _, quantity, cost, external_id, sku, name = line
    shown = {
        "variant_external_id": external_id,
        "sku": sku or "",
        "name": name or "",
        "quantity": plain(quantity),
    }
    return shown if cost is None else shown | {"unit_cost": cost_text(cost, currency)}
