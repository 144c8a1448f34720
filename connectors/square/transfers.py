"""Transfers in Square's terms: a draft of a transfer order, which people at the stores send and receive.

The action's key stands in the order's notes, so that an order that may have been created is found there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.square.client import IDS_PER_BATCH, SquareClient

_ORDER_PAGES = 3
_MOST_NOTE = 400


def draft(client: SquareClient, action: Action, now: datetime) -> Preview:  # noqa: ARG001 a draft has no date
    """A transfer order between two stores; it moves nothing until somebody sends it."""
    source = str(action.target.get("from_store_external_id", ""))
    target = str(action.target.get("to_store_external_id", ""))
    found = _order(client, source, target, action.idempotency_key) if source and target else None
    version = str((found or {}).get("id") or "")
    lines: Sequence[Mapping[str, Any]] = action.change.get("lines") or ()
    problem = _problem(client, source, target, lines)
    if problem:
        return Preview({}, version, {}, problem, done=found is not None)
    note = str(action.change.get("note") or "")[:_MOST_NOTE]
    order = {
        "source_location_id": source,
        "destination_location_id": target,
        "notes": f"{note} ({_mark(action.idempotency_key)})".strip(),
        "line_items": [
            {"item_variation_id": str(line["variant_external_id"]), "quantity_ordered": str(line["quantity"])}
            for line in lines
        ],
    }
    request = {"idempotency_key": action.idempotency_key, "transfer_order": order}
    return Preview({}, version, request, done=found is not None)


def _order(client: SquareClient, source: str, target: str, key: str) -> Mapping[str, Any] | None:
    cursor: str | None = None
    for _ in range(_ORDER_PAGES):
        page = client.transfer_orders(source, target, cursor)
        for order in page.objects:
            if _mark(key) in str(order.get("notes") or ""):
                return order
        cursor = page.cursor
        if cursor is None:
            break
    return None


def _problem(client: SquareClient, source: str, target: str, lines: Sequence[Mapping[str, Any]]) -> str:
    if not source or not target or source == target:
        return "A transfer needs two different stores."
    if not lines:
        return "A transfer needs at least one product."
    if not all(_is_quantity(line.get("quantity")) for line in lines):
        return "Every product of a transfer needs a quantity of more than 0."
    wanted = sorted({str(line.get("variant_external_id", "")) for line in lines})
    known = {
        str(item["id"])
        for start in range(0, len(wanted), IDS_PER_BATCH)
        for item in client.catalog_objects(wanted[start : start + IDS_PER_BATCH]).objects
        if item.get("type") == "ITEM_VARIATION" and not item.get("is_deleted")
    }
    gone = [str(line.get("name") or line.get("sku")) for line in lines if line.get("variant_external_id") not in known]
    return f"No longer in Square's catalogue: {', '.join(gone)}." if gone else ""


def _is_quantity(text: Any) -> bool:
    try:
        quantity = Decimal(str(text))
    except InvalidOperation:
        return False
    return quantity.is_finite() and 0 < quantity <= 1_000_000


def _mark(key: str) -> str:
    return f"floorwalker {key}"
