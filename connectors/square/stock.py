"""Stock as rows of the mirror: what is on hand, and what moved it.

A change is signed: more on the shelf is positive. A count is the one exception: its quantity is what was counted, and
the difference it made is an adjustment of its own with the reason ``recount``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.records import Row
from connectors.square.client import instant

_ON_HAND = "IN_STOCK"
_TRANSIT = frozenset({"IN_TRANSIT", "IN_TRANSIT_TO"})
_RECEIVED = frozenset({"NONE", "ORDERED_FROM_VENDOR", "RECEIVED_FROM_VENDOR"})
_RETURNED = frozenset({"UNLINKED_RETURN", "RETURNED_BY_CUSTOMER"})
_SOLD = frozenset({"SOLD", "SOLD_ONLINE", "RESERVED_FOR_SALE"})
_REASONS = {"DAMAGED": "damage", "SPOILAGE_WASTE": "waste", "PRODUCTION_WASTE": "waste"}
_NOT_RECEIVED = frozenset({"RECOUNT", "CUSTOM", "CANCELED_SALE"})


def level_row(count: Mapping[str, Any]) -> Row:
    """A count on hand."""
    return Row(
        "inventory_level",
        {
            "variant_id": count["catalog_object_id"],
            "store_id": count["location_id"],
            "quantity": Decimal(str(count.get("quantity") or "0")),
            "as_of_at": instant(str(count["calculated_at"])),
            "area": None,
        },
    )


def change_rows(change: Mapping[str, Any]) -> Iterator[Row]:
    """A count or an adjustment; nothing for goods that were never on the shelf."""
    if isinstance(change.get("physical_count"), Mapping):
        count = change["physical_count"]
        if count.get("state", _ON_HAND) == _ON_HAND:
            yield _row(count, str(count["id"]), "count", str(count["location_id"]), Decimal(str(count["quantity"])))
        return
    adjustment = change.get("adjustment")
    if not isinstance(adjustment, Mapping):
        return
    quantity = Decimal(str(adjustment["quantity"]))
    # Before the version of July 2026 an adjustment named one location for both ends.
    source = str(adjustment.get("from_location_id") or adjustment.get("location_id") or "")
    target = str(adjustment.get("to_location_id") or adjustment.get("location_id") or "")
    leaves, arrives = adjustment.get("from_state") == _ON_HAND, adjustment.get("to_state") == _ON_HAND
    if leaves and arrives:
        yield _row(adjustment, f"{adjustment['id']}:out", "transfer_out", source, -quantity)
        yield _row(adjustment, f"{adjustment['id']}:in", "transfer_in", target, quantity)
    elif leaves:
        yield _row(adjustment, str(adjustment["id"]), _leaving(adjustment), source or target, -quantity)
    elif arrives:
        yield _row(adjustment, str(adjustment["id"]), _arriving(adjustment), target or source, quantity)


def _leaving(adjustment: Mapping[str, Any]) -> str:
    state, reason = adjustment.get("to_state"), _reason_type(adjustment)
    if state in _SOLD:
        return "sale"
    if state in _TRANSIT or reason in ("TRANSFER", "IN_TRANSIT"):
        return "transfer_out"
    return "waste" if state == "WASTE" else "adjust"


def _arriving(adjustment: Mapping[str, Any]) -> str:
    state, reason = adjustment.get("from_state"), _reason_type(adjustment)
    if state in _RETURNED or state in _SOLD:
        return "return"
    if state in _TRANSIT or reason in ("TRANSFER", "IN_TRANSIT"):
        return "transfer_in"
    bought = reason == "RECEIVED" or adjustment.get("purchase_order_id") or adjustment.get("goods_receipt_id")
    if bought or (state in _RECEIVED and reason not in _NOT_RECEIVED):
        return "receive"
    return "adjust"


def _reason_type(adjustment: Mapping[str, Any]) -> str:
    return str((adjustment.get("reason_id") or {}).get("type") or "")


def _row(what: Mapping[str, Any], change_id: str, kind: str, store_id: str, quantity: Decimal) -> Row:
    reason = _reason_type(what)
    return Row(
        "inventory_change",
        {
            "change_id": change_id,
            "variant_id": what["catalog_object_id"],
            "store_id": store_id,
            "kind": kind,
            "quantity": quantity,
            "reason": _REASONS.get(reason, reason.lower().replace("_", " ")) or None,
            "employee_id": what.get("team_member_id") or what.get("employee_id"),
            "occurred_at": instant(str(what.get("occurred_at") or what["created_at"])),
        },
    )
