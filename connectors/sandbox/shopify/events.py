"""Events as Shopify sends them: signed over the raw body, each with its own id. Sent once; polling finds the rest."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from connectors.credentials import Secret
from connectors.sandbox.shopify.store import stamp
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.sandbox.standin.posting import is_accepted, post_webhook
from connectors.shopify.client import VERSION
from connectors.shopify.webhooks import (
    EVENT_HEADER,
    SIGNATURE_HEADER,
    TOPIC_HEADER,
    TRIGGERED_HEADER,
    sign_webhook,
)

SHOP_DOMAIN = "floorwalker-demo.myshopify.com"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its topic as a delivery names it, and the body."""

    topic: str
    payload: Mapping[str, Any]
    identity: str = field(default_factory=lambda: str(uuid.uuid4()))


def order_event(topic: str, order: Mapping[str, Any]) -> Event:
    """Of an order. Shopify sends the whole of it in another shape; what is read of it are the ids."""
    return Event(topic, {"id": _number(order["id"]), "admin_graphql_api_id": order["id"], "name": order["name"]})


def refund_event(order: Mapping[str, Any]) -> Event:
    """Of the last refund of an order."""
    refund = order["refunds"][-1]
    payload = {
        "id": _number(refund["id"]),
        "order_id": _number(order["id"]),
        "admin_graphql_api_id": refund["id"],
        "processed_at": refund["processedAt"],
    }
    return Event("refunds/create", payload)


def product_event(topic: str, product: Mapping[str, Any]) -> Event:
    """Of a product; a deletion names its number and nothing else."""
    if topic == "products/delete":
        return Event(topic, {"id": _number(product["id"])})
    return Event(topic, {"id": _number(product["id"]), "admin_graphql_api_id": product["id"]})


def level_event(level: Mapping[str, Any]) -> Event:
    """Of a stock level."""
    payload = {
        "inventory_item_id": _number(level["item"]["id"]),
        "location_id": _number(level["location"]["id"]),
        "available": level["onHand"],
        "updated_at": level["updatedAt"],
        "admin_graphql_api_id": level["id"],
    }
    return Event("inventory_levels/update", payload)


def delivery(event: Event, key: Secret, at: datetime) -> tuple[dict[str, str], bytes]:
    """Headers, in lower case, and the body as they are posted."""
    body = json.dumps(event.payload).encode()
    headers = {
        "content-type": "application/json",
        SIGNATURE_HEADER: sign_webhook(body, key=key),
        TOPIC_HEADER: event.topic,
        EVENT_HEADER: event.identity,
        TRIGGERED_HEADER: stamp(at),
        "x-shopify-webhook-id": str(uuid.uuid4()),
        "x-shopify-shop-domain": SHOP_DOMAIN,
        "x-shopify-api-version": VERSION,
    }
    return headers, body


def send(target: WebhookTarget, event: Event, at: datetime) -> bool:
    """Post an event; whether the other side accepted it."""
    headers, body = delivery(event, target.key, at)
    return is_accepted(post_webhook(target.url, headers, body, event.topic))


def _number(identity: Any) -> int:
    return int(str(identity).rsplit("/", 1)[-1])
