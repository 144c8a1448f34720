"""Stock levels: what sales run down and what is adjusted, counted and moved, under Shopify's keys and checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.sandbox.shopify.errors import user_error
from connectors.sandbox.shopify.store import ShopStore, stamp

_REASONS = frozenset({"correction", "damaged", "shrinkage", "cycle_count_available", "received", "restock", "other"})


class Stock:
    """Reads and writes levels in a ``ShopStore``; one exists where something was counted."""

    def __init__(self, store: ShopStore) -> None:
        self._store = store

    def level(self, item: str, location: str) -> dict[str, Any] | None:
        """The level of an item at a location."""
        return self._store.get(_level_id(item, location))

    def levels(self, item: str) -> list[dict[str, Any]]:
        """The levels of an item at every location."""
        rows = self._store.rows(
            "SELECT id AS sort, body FROM object WHERE kind = 'InventoryLevel' AND id LIKE ? ORDER BY number",
            f"%inventory_item_id={_number(item)}",
        )
        return [body for _, body in rows]

    def count(self, item: str, location: str, quantity: int, at: datetime) -> dict[str, Any]:
        """Note what somebody counted; the level. The item is tracked from now on."""
        if not (self._store.get(item) or {}).get("tracked"):
            self._store.changed(item, stamp(at), tracked=True)
        return self._set(item, location, quantity, at)

    def move(self, item: str, location: str, delta: int, at: datetime) -> dict[str, Any] | None:
        """Take goods off the shelf or put them there; None where nobody counts."""
        level = self.level(item, location)
        return None if level is None else self._set(item, location, _on_hand(level) + delta, at)

    def adjust(self, wanted: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """``inventoryAdjustQuantities``: the payload, and the levels before."""
        if wanted.get("name") != "available":
            error = user_error(["input", "name"], "The quantity name is invalid.", "INVALID_QUANTITY_NAME")
            return _refused(error)
        return self._change(wanted, "changes", lambda level, change: _on_hand(level) + int(change["delta"]), at)

    def set_quantities(self, wanted: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """``inventorySetQuantities``: the payload, and the levels before."""
        if wanted.get("name") not in ("available", "on_hand"):
            return _refused(user_error(["input", "name"], "The quantity name is invalid.", "INVALID_NAME"))
        return self._change(wanted, "quantities", lambda _, change: int(change["quantity"]), at)

    def _change(
        self, wanted: Mapping[str, Any], many: str, after: Any, at: datetime
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        if wanted.get("reason") not in _REASONS:
            return _refused(user_error(["input", "reason"], "The reason is invalid.", "INVALID_REASON"))
        before: list[dict[str, Any]] = []
        for index, change in enumerate(wanted.get(many) or ()):
            where = ["input", many, str(index)]
            if "changeFromQuantity" not in change:
                error = user_error([*where, "changeFromQuantity"], "changeFromQuantity is required.", "INVALID_INPUT")
                return _refused(error)
            level = self.level(str(change.get("inventoryItemId")), str(change.get("locationId")))
            if level is None:
                error = user_error([*where, "locationId"], "The item is not stocked there.", "INVALID_LOCATION")
                return _refused(error)
            if change["changeFromQuantity"] is not None and change["changeFromQuantity"] != _on_hand(level):
                error = user_error(where, "The quantity has changed meanwhile.", "CHANGE_FROM_QUANTITY_STALE")
                return _refused(error)
            before.append(level)
        for level, change in zip(before, wanted.get(many) or (), strict=True):
            self._set(str(change["inventoryItemId"]), str(change["locationId"]), after(level, change), at)
        group = {
            "id": self._store.new_id("InventoryAdjustmentGroup"),
            "createdAt": stamp(at),
            "reason": wanted["reason"],
            "referenceDocumentUri": wanted.get("referenceDocumentUri"),
        }
        self._store.put(group, created_at=stamp(at), updated_at=stamp(at))
        return {"inventoryAdjustmentGroup": group, "userErrors": []}, before

    def _set(self, item: str, location: str, quantity: int, at: datetime) -> dict[str, Any]:
        when = stamp(at)
        known = self.level(item, location)
        level = {
            "id": _level_id(item, location),
            "createdAt": known["createdAt"] if known else when,
            "updatedAt": when,
            "isActive": True,
            "item": {"id": item},
            "location": {"id": location},
            "onHand": quantity,
        }
        self._store.put(level, created_at=str(level["createdAt"]), updated_at=when, parent=location)
        return level


def quantities(level: Mapping[str, Any], arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``InventoryLevel.quantities``: nothing is ever committed here, so what is on hand is available."""
    return [
        {"__typename": "InventoryQuantity", "name": name, "quantity": _on_hand(level) if name != "committed" else 0}
        for name in arguments.get("names") or ()
    ]


def _refused(error: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return {"inventoryAdjustmentGroup": None, "userErrors": [dict(error)]}, []


def _on_hand(level: Mapping[str, Any]) -> int:
    return int(level["onHand"])


def _level_id(item: str, location: str) -> str:
    return f"gid://shopify/InventoryLevel/{_number(location)}?inventory_item_id={_number(item)}"


def _number(identity: str) -> str:
    return identity.rsplit("/", 1)[-1]
