"""Stock adjustments and counts in Square's terms.

Both are changes in Square's inventory history, and both carry the action's key as their reference there: whether one
arrived is read from the history, not guessed from a quantity that moves all day. Losses leave the shelf to Square's
state WASTE under the reason it has for them; a correction has no reason of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import STOCK_REASONS, Action, Preview
from connectors.square.client import SquareClient, stamp
from connectors.square.joined import is_sold_at
from connectors.square.pricing import GONE

_LOSSES = {"damage": "DAMAGED", "waste": "SPOILAGE_WASTE", "theft": "THEFT"}
_HISTORY_PAGES = 3
_MOST = Decimal(1_000_000)
_FINEST = -5
"""Square keeps five digits after the point."""


def adjustment(client: SquareClient, action: Action, now: datetime) -> Preview:
    """More or less of a product at a store, and why."""
    delta = _decimal(action.change.get("delta"))
    reason = str(action.change.get("reason", ""))
    problem = _delta_problem(delta, reason)
    if problem or delta is None:
        return _standing(client, action, "ADJUSTMENT", {}, problem)
    place = str(action.target.get("store_external_id", ""))
    change: dict[str, Any] = {
        "catalog_object_id": str(action.target.get("variant_external_id", "")),
        "from_state": "NONE" if delta > 0 else "IN_STOCK",
        "to_state": "IN_STOCK" if delta > 0 else "WASTE",
        "from_location_id": place,
        "to_location_id": place,
        "quantity": format(abs(delta), "f"),
        "occurred_at": stamp(now),
        "reference_id": action.idempotency_key,
    }
    if reason in _LOSSES:
        change["reason_id"] = {"type": _LOSSES[reason]}
    return _standing(client, action, "ADJUSTMENT", change)


def count(client: SquareClient, action: Action, now: datetime) -> Preview:
    """What somebody counted of a product at a store."""
    quantity = _decimal(action.change.get("quantity"))
    if quantity is None or not 0 <= quantity <= _MOST:
        return _standing(client, action, "PHYSICAL_COUNT", {}, "The count is not a quantity Square can hold.")
    change = {
        "catalog_object_id": str(action.target.get("variant_external_id", "")),
        "state": "IN_STOCK",
        "location_id": str(action.target.get("store_external_id", "")),
        "quantity": format(quantity, "f"),
        "occurred_at": stamp(now),
        "reference_id": action.idempotency_key,
    }
    return _standing(client, action, "PHYSICAL_COUNT", change)


def _standing(client: SquareClient, action: Action, kind: str, change: Mapping[str, Any], problem: str = "") -> Preview:
    """How much there is now, whether the action is in the history already, and the request."""
    variant_id = str(action.target.get("variant_external_id", ""))
    place = str(action.target.get("store_external_id", ""))
    variation = client.catalog_object(variant_id)
    if variation is None or variation.get("is_deleted"):
        return Preview({}, "", {}, GONE)
    if variation.get("type") != "ITEM_VARIATION":
        return Preview({}, "", {}, "This is not something with stock in Square's catalogue.")
    if not is_sold_at(variation, place):
        return Preview({}, "", {}, "This product is not sold at this store.")
    if not _is_tracked(variation, place):
        return Preview({}, "", {}, "Square does not track the stock of this product. Turn its stock tracking on first.")
    counts = client.inventory_counts([place], None, None, variant_ids=[variant_id]).objects
    on_hand = next((item for item in counts if item.get("state", "IN_STOCK") == "IN_STOCK"), {})
    before = {"quantity": str(on_hand.get("quantity") or "0")}
    version = str(on_hand.get("calculated_at") or "")
    done = _is_in_history(client, variant_id, place, kind, action.idempotency_key)
    if problem:
        return Preview(before, version, {}, problem, done)
    request = {
        "idempotency_key": action.idempotency_key,
        "changes": [{"type": kind, kind.lower(): dict(change)}],
        # A count that changes nothing is kept too: it is the evidence that somebody counted.
        "ignore_unchanged_counts": False,
    }
    return Preview(before, version, request, done=done)


def _is_in_history(client: SquareClient, variant_id: str, place: str, kind: str, key: str) -> bool:
    cursor: str | None = None
    for _ in range(_HISTORY_PAGES):
        page = client.inventory_changes(
            None, None, cursor, variant_id=variant_id, location_id=place, types=(kind,), newest_first=True
        )
        if any((item.get(kind.lower()) or {}).get("reference_id") == key for item in page.objects):
            return True
        cursor = page.cursor
        if cursor is None:
            break
    return False


def _is_tracked(variation: Mapping[str, Any], place: str) -> bool:
    data = variation.get("item_variation_data") or {}
    own = [item for item in data.get("location_overrides") or () if item.get("location_id") == place]
    tracked = next((item["track_inventory"] for item in own if item.get("track_inventory") is not None), None)
    return bool(data.get("track_inventory", False) if tracked is None else tracked)


def _delta_problem(delta: Decimal | None, reason: str) -> str:
    if delta is None or delta == 0 or abs(delta) > _MOST:
        return "The adjustment is not a quantity Square can hold."
    if reason not in STOCK_REASONS:
        return f"The reason must be one of {', '.join(STOCK_REASONS)}."
    if reason in _LOSSES and delta > 0:
        return f"Stock lost to {reason} can only go down."
    if reason == "found" and delta < 0:
        return "Stock that was found can only go up."
    return ""


def _decimal(text: Any) -> Decimal | None:
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= _FINEST else None
