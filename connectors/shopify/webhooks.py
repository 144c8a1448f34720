"""Shopify's webhooks: telling them from forgeries, and what each topic touched.

The signature is base64 of HMAC-SHA256 over the raw body with the app's client secret, so it is checked before anything
is parsed. A delivery is repeated with the same event id; one event may come under several topics, so both make the key.
Source: shopify.dev, verify webhook deliveries; ignore duplicate webhooks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.base import Entity, WebhookEvent
from connectors.http import Secret, parse_json
from connectors.shopify.fetching import ITEM_PREFIX
from connectors.shopify.identifiers import instant, number

SIGNATURE_HEADER = "x-shopify-hmac-sha256"
TOPIC_HEADER = "x-shopify-topic"
EVENT_HEADER = "x-shopify-event-id"
TRIGGERED_HEADER = "x-shopify-triggered-at"

TOPICS = (
    "ORDERS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_EDITED",
    "ORDERS_CANCELLED",
    "ORDERS_DELETE",
    "ORDER_TRANSACTIONS_CREATE",
    "REFUNDS_CREATE",
    "RETURNS_APPROVE",
    "RETURNS_PROCESS",
    "RETURNS_UPDATE",
    "RETURNS_CLOSE",
    "PRODUCTS_CREATE",
    "PRODUCTS_UPDATE",
    "PRODUCTS_DELETE",
    "INVENTORY_ITEMS_UPDATE",
    "INVENTORY_LEVELS_CONNECT",
    "INVENTORY_LEVELS_UPDATE",
    "INVENTORY_TRANSFERS_READY_TO_SHIP",
    "INVENTORY_TRANSFERS_COMPLETE",
    "DISCOUNTS_CREATE",
    "DISCOUNTS_UPDATE",
    "DISCOUNTS_DELETE",
    "LOCATIONS_CREATE",
    "LOCATIONS_UPDATE",
    "LOCATIONS_DEACTIVATE",
    "LOCATIONS_DELETE",
    "CUSTOMERS_CREATE",
    "CUSTOMERS_UPDATE",
    "CUSTOMERS_DELETE",
)
"""What is subscribed to, in the words of the API; a delivery says ``orders/create``."""

_BY_ID = {
    "orders": Entity.SALE,
    "products": Entity.CATALOG,
    "locations": Entity.LOCATION,
    "customers": Entity.CUSTOMER,
    "discounts": Entity.PROMOTION,
}


def sign_webhook(body: bytes, *, key: Secret) -> str:
    """Base64 of HMAC-SHA256 over ``body``."""
    return base64.b64encode(hmac.new(key.get_secret_value().encode(), body, hashlib.sha256).digest()).decode()


def read_webhook(headers: Mapping[str, str], body: bytes, *, key: Secret | None) -> WebhookEvent | None:
    """What a delivery touched; None when it is forged, truncated or unreadable."""
    signature = headers.get(SIGNATURE_HEADER)
    if not signature or not body or key is None or not key.get_secret_value():
        return None
    if not hmac.compare_digest(sign_webhook(body, key=key).encode(), signature.encode()):
        return None
    payload = parse_json(body)
    topic = headers.get(TOPIC_HEADER, "").strip().lower()
    if not isinstance(payload, dict) or not topic:
        return None
    event = headers.get(EVENT_HEADER) or hashlib.sha256(body).hexdigest()
    return WebhookEvent(
        topic=topic,
        dedupe_key=f"{event}:{topic}",
        touched=tuple(_touched(topic, payload)),
        occurred_at=_instant(headers.get(TRIGGERED_HEADER)),
    )


def _touched(topic: str, payload: Mapping[str, Any]) -> list[tuple[Entity, str]]:
    about, _, _ = topic.partition("/")
    if topic == "orders/edited":
        return _one(Entity.SALE, (payload.get("order_edit") or {}).get("order_id"))
    if about == "returns":
        return _one(Entity.SALE, (payload.get("order") or {}).get("id"))
    if about in ("refunds", "order_transactions"):
        return _one(Entity.SALE, payload.get("order_id"))
    if about == "inventory_items":
        number_ = _identity(payload)
        return [(Entity.CATALOG, f"{ITEM_PREFIX}{number_}")] if number_ else []
    if about == "inventory_levels":
        item, place = payload.get("inventory_item_id"), payload.get("location_id")
        return [(Entity.INVENTORY, f"{item}:{place}")] if item and place else [(Entity.INVENTORY, "")]
    if about == "inventory_transfers":
        return [(Entity.INVENTORY_CHANGE, "")]
    entity = _BY_ID.get(about)
    return _one(entity, _identity(payload)) if entity else []


def _one(entity: Entity, identity: Any) -> list[tuple[Entity, str]]:
    """The object, or the whole feed when the payload does not say which it was."""
    return [(entity, number(identity) if identity else "")]


def _identity(payload: Mapping[str, Any]) -> str:
    return number(payload.get("admin_graphql_api_id") or payload.get("id"))


def _instant(text: str | None) -> datetime | None:
    try:
        return instant(text) if text else None
    except ValueError:
        return None
