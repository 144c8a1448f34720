"""Stock that moved between places, out of transfers and their shipments.

Shopify has no log of stock changes. What the mirror holds of them is put together from what moved the stock: sales and
returns (with their orders) and shipments of transfers, here. What somebody adjusted or counted by hand shows in the
levels only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.records import Row, scoped
from connectors.shopify.identifiers import instant, number, number_of
from connectors.shopify.lines import nodes


def transfer_rows(transfer: Mapping[str, Any], connection: str) -> Iterator[Row]:
    """What left the origin and what was accepted at the destination of each shipment."""
    start, end = _place(transfer.get("origin")), _place(transfer.get("destination"))
    for shipment in nodes(transfer, "shipments"):
        for line in nodes(shipment, "lineItems"):
            item = line.get("inventoryItem")
            variants = nodes(item, "variants") if isinstance(item, Mapping) else []
            for variant in variants:
                for kind, place, quantity, at in (
                    ("transfer_out", start, -_count(line, "quantity"), shipment.get("dateShipped")),
                    ("transfer_in", end, _count(line, "acceptedQuantity"), shipment.get("dateReceived")),
                ):
                    if place and at and quantity:
                        yield Row(
                            "inventory_change",
                            {
                                "change_id": scoped(connection, f"{kind}-{number(line['id'])}"),
                                "variant_id": scoped(connection, number(variant["id"])),
                                "store_id": scoped(connection, place),
                                "kind": kind,
                                "quantity": quantity,
                                "reason": transfer.get("name"),
                                "occurred_at": instant(str(at)),
                            },
                        )


def _place(snapshot: Any) -> str | None:
    return number_of(snapshot.get("location")) if isinstance(snapshot, Mapping) else None


def _count(line: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(str(line.get(name) or 0))
