"""The root fields of a mutation: what they change, the key they go under, the effect that is noted, the event sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.sandbox.shopify.bulk import Bulk
from connectors.sandbox.shopify.campaigns import Campaigns
from connectors.sandbox.shopify.catalog import Catalog
from connectors.sandbox.shopify.errors import GraphError, user_error
from connectors.sandbox.shopify.events import Event, level_event, product_event
from connectors.sandbox.shopify.stock import Stock
from connectors.sandbox.shopify.store import ShopStore, stamp
from connectors.sandbox.standin.store import dump

WITH_KEY = frozenset({"inventoryAdjustQuantities", "inventorySetQuantities", "inventoryTransferCreate"})
FOR_READERS = frozenset({"bulkOperationRunQuery", "webhookSubscriptionCreate"})
"""Mutations that a token may use which only reads what they are about."""


@dataclass(frozen=True, slots=True)
class Mutations:
    """What can be changed in a shop. ``tell`` takes the events to send when the answer is out."""

    store: ShopStore
    catalog: Catalog
    stock: Stock
    campaigns: Campaigns
    bulk: Bulk
    tell: Callable[[Event], None]
    now: Callable[[], datetime]

    def names(self) -> Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]:
        """Every mutation."""
        return {
            "productVariantsBulkUpdate": self._reprice,
            "inventoryAdjustQuantities": lambda asked: self._restock("inventoryAdjustQuantities", asked),
            "inventorySetQuantities": lambda asked: self._restock("inventorySetQuantities", asked),
            "inventoryTransferCreate": self._transfer,
            "discountAutomaticBasicCreate": self._discount,
            "discountAutomaticDeactivate": lambda asked: self._end("discountAutomaticDeactivate", asked),
            "discountCodeDeactivate": lambda asked: self._end("discountCodeDeactivate", asked),
            "productUpdate": self._status,
            "inventoryItemUpdate": self._tracking,
            "webhookSubscriptionCreate": self._subscribe,
            "bulkOperationRunQuery": lambda asked: self.bulk.start(str(asked.get("query") or "")),
        }

    def run(self, name: str, asked: Mapping[str, Any], key: str | None) -> dict[str, Any]:
        """One mutation; under a key it is applied once and answered from memory after that.

        Raises:
            GraphError: a key is needed and missing.
        """
        if name not in WITH_KEY:
            return self.names()[name](asked)
        if not key:
            raise GraphError("BAD_REQUEST", f"The @idempotent directive is required for {name}.", path=(name,))
        known = self.store.one("SELECT request, body FROM reply WHERE key = ?", key)
        if known is not None:
            if known["request"] == _text(name, asked):
                return dict(json.loads(known["body"]))
            error = user_error([], "The key was used with other parameters.", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
            return {"inventoryAdjustmentGroup": None, "inventoryTransfer": None, "userErrors": [error]}
        payload = self.names()[name]({**asked, "key": key})
        if not payload["userErrors"]:
            self.store.run("INSERT INTO reply VALUES (?, ?, ?)", key, _text(name, asked), dump(payload))
        return payload

    def _reprice(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        payload, before = self.catalog.bulk_update(asked, self.now())
        for old, new in zip(before, payload["productVariants"] or (), strict=True):
            self._effect("productVariantsBulkUpdate", old, old["price"], new["price"], asked)
            self.tell(product_event("products/update", payload["product"]))
        return payload

    def _restock(self, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        wanted = asked.get("input") or {}
        change = self.stock.adjust if name == "inventoryAdjustQuantities" else self.stock.set_quantities
        payload, before = change(wanted, self.now())
        for old in before:
            new = self.store.get(str(old["id"])) or old
            self._effect(name, old, old["onHand"], new["onHand"], asked, location=str(old["location"]["id"]))
            self.tell(level_event(new))
        return payload

    def _transfer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        payload = self.campaigns.create_transfer(asked.get("input") or {}, self.now())
        made = payload["inventoryTransfer"]
        if made:
            self._effect("inventoryTransferCreate", made, None, made["status"], asked)
        return payload

    def _discount(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        payload = self.campaigns.create_discount(asked.get("automaticBasicDiscount") or {}, self.now())
        made = payload["automaticDiscountNode"]
        if made:
            self._effect("discountAutomaticBasicCreate", made, None, made["discount"]["title"], asked)
            self.tell(Event("discounts/create", {"admin_graphql_api_id": made["id"]}))
        return payload

    def _end(self, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        node = "automaticDiscountNode" if name == "discountAutomaticDeactivate" else "codeDiscountNode"
        payload, before = self.campaigns.end_discount(str(asked.get("id")), node, self.now())
        if before:
            self._effect(name, before, before["discount"].get("endsAt"), payload[node]["discount"]["endsAt"], asked)
            self.tell(Event("discounts/update", {"admin_graphql_api_id": before["id"]}))
        return payload

    def _status(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        payload, before = self.catalog.set_status(asked.get("product") or {}, self.now())
        if before:
            self._effect("productUpdate", before, before["status"], payload["product"]["status"], asked)
            self.tell(product_event("products/update", payload["product"]))
        return payload

    def _tracking(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        payload, before = self.catalog.set_tracking(str(asked.get("id")), asked.get("input") or {}, self.now())
        if before:
            self._effect("inventoryItemUpdate", before, before["tracked"], payload["inventoryItem"]["tracked"], asked)
            number = int(str(before["id"]).rsplit("/", 1)[-1])
            self.tell(Event("inventory_items/update", {"id": number, "admin_graphql_api_id": before["id"]}))
        return payload

    def _subscribe(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        topic, uri = str(asked.get("topic")), str((asked.get("webhookSubscription") or {}).get("uri") or "")
        if not uri.startswith("https://"):
            error = {"field": ["webhookSubscription", "uri"], "message": "Address must use https"}
            return {"webhookSubscription": None, "userErrors": [error]}
        known = [
            item for item in self.store.every("WebhookSubscription") if (item["topic"], item["uri"]) == (topic, uri)
        ]
        if known:
            error = {
                "field": ["webhookSubscription", "uri"],
                "message": "Address for this topic has already been taken",
            }
            return {"webhookSubscription": None, "userErrors": [error]}
        made = {"id": self.store.new_id("WebhookSubscription"), "topic": topic, "uri": uri}
        self.store.put(made, created_at=stamp(self.now()), updated_at=stamp(self.now()))
        return {"webhookSubscription": made, "userErrors": []}

    def _effect(
        self,
        operation: str,
        source: Mapping[str, Any],
        before: Any,
        after: Any,
        request: Mapping[str, Any],
        *,
        location: str | None = None,
    ) -> None:
        self.store.record_effect(
            stamp(self.now()),
            operation,
            str(source["id"]),
            before=before,
            after=after,
            request={name: value for name, value in request.items() if name != "key"},
            idempotency_key=str(request.get("key") or ""),
            location_id=location,
        )


def _text(name: str, asked: Mapping[str, Any]) -> str:
    return dump([name, {key: value for key, value in sorted(asked.items()) if key != "key"}])
