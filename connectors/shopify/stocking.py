"""Stock adjustments and counts in Shopify's terms.

Both carry an idempotency key and the quantity they start from (``changeFromQuantity``): Shopify refuses them when the
stock has moved since it was read. An adjustment changes what is ``available``, a count sets what is ``on_hand``, which
also holds what is committed to open orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.base import Action, Preview
from connectors.shopify.asking import GONE, ask, refused, whole_number
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import gid
from connectors.shopify.mapping import quantity_of

_REASONS = {
    "damage": "damaged",
    "waste": "shrinkage",
    "theft": "shrinkage",
    "found": "correction",
    "correction": "correction",
}
_TAKES_AWAY = frozenset({"damage", "waste", "theft"})
_WHOLE = "Shopify counts whole pieces: {field} must be a whole number."


@dataclass(frozen=True, slots=True)
class _Stock:
    """What stands where."""

    item: str
    place: str
    available: int
    on_hand: int
    version: str

    @property
    def before(self) -> dict[str, str]:
        return {"quantity": str(self.on_hand)}


def preview_adjustment(client: ShopifyClient, action: Action) -> Preview:
    """What is in stock now, and the request that changes it by ``delta``."""
    found = _read(client, action)
    if isinstance(found, Preview):
        return found
    delta, reason = whole_number(action.change.get("delta")), str(action.change.get("reason") or "")
    if not delta:
        return refused(_WHOLE.format(field="delta"), found.before, found.version)
    if reason not in _REASONS:
        return refused(f"reason must be one of {', '.join(_REASONS)}.", found.before, found.version)
    if (reason in _TAKES_AWAY and delta > 0) or (reason == "found" and delta < 0):
        return refused(f"“{reason}” does not go with {delta:+d} pieces.", found.before, found.version)
    change = {
        "delta": delta,
        "changeFromQuantity": found.available,
        "inventoryItemId": found.item,
        "locationId": found.place,
    }
    return _sent(action, found, "stock_adjust", "available", _REASONS[reason], "changes", change)


def preview_count(client: ShopifyClient, action: Action) -> Preview:
    """What is in stock now, and the request that sets it to what was counted."""
    found = _read(client, action)
    if isinstance(found, Preview):
        return found
    quantity = whole_number(action.change.get("quantity"))
    if quantity is None or quantity < 0:
        return refused(_WHOLE.format(field="quantity"), found.before, found.version)
    counted = {
        "quantity": quantity,
        "changeFromQuantity": found.on_hand,
        "inventoryItemId": found.item,
        "locationId": found.place,
    }
    return _sent(action, found, "stock_set", "on_hand", "cycle_count_available", "quantities", counted)


def _read(client: ShopifyClient, action: Action) -> _Stock | Preview:
    variant = gid("ProductVariant", action.target.get("variant_external_id", ""))
    place = gid("Location", action.target.get("store_external_id", ""))
    data = ask(client, "live_level", {"variant": variant, "location": place})
    found: Any = data.get("productVariant")
    if not isinstance(found, Mapping):
        return refused(GONE)
    where: Any = data.get("location")
    if not isinstance(where, Mapping) or not where.get("isActive"):
        return refused("This store is not an active location in Shopify.")
    item = found.get("inventoryItem") or {}
    level = item.get("inventoryLevel")
    if not item.get("tracked"):
        return refused("Shopify does not track the stock of this product; turn tracking on first.")
    if not isinstance(level, Mapping):
        return refused("This product is not stocked at this store in Shopify.")
    return _Stock(
        item=str(item["id"]),
        place=place,
        available=int(quantity_of(level, "available")),
        on_hand=int(quantity_of(level, "on_hand")),
        version=str(level.get("updatedAt") or ""),
    )


def _sent(
    action: Action, found: _Stock, document: str, name: str, reason: str, many: str, change: Mapping[str, Any]
) -> Preview:
    variables = {
        "key": action.idempotency_key,
        "input": {
            "name": name,
            "reason": reason,
            "referenceDocumentUri": f"floorwalker://action/{action.idempotency_key}",
            many: [change],
        },
    }
    return Preview(found.before, found.version, {"document": document, "variables": variables})
