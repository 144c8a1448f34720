"""Webhooks as the platform sends them: a form with the object in the shape of the old API, signed over the raw body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from connectors.credentials import Secret
from connectors.lightspeed_x.webhooks import SIGNATURE_HEADER, sign_webhook
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.sandbox.standin.posting import is_accepted, post_webhook


@dataclass(frozen=True, slots=True)
class Event:
    """What changed, and the object as API 1.0 would give it."""

    topic: str
    payload: Mapping[str, Any]


def sale_event(sale: Mapping[str, Any]) -> Event:
    """A sale that was made or changed."""
    old = {
        "id": sale["id"],
        "version": sale["_metadata"]["version"],
        "status": "VOIDED" if sale["state"] == "voided" else "CLOSED",
        "sale_date": sale["date"],
        "invoice_number": sale["invoice_number"],
        "total_price": sale["totals"]["price"],
        "register_sale_products": [
            {"product_id": item["product"]["id"], "quantity": item["quantity"]} for item in sale["line_items"]
        ],
    }
    return Event("sale.update", old)


def product_event(product: Mapping[str, Any]) -> Event:
    """A product that was changed."""
    names = ("id", "version", "handle", "sku", "name", "active", "supply_price")
    return Event("product.update", {name: product.get(name) for name in names})


def inventory_event(level: Mapping[str, Any]) -> Event:
    """Stock that was changed."""
    return Event(
        "inventory.update",
        {
            "id": level["id"],
            "version": level["version"],
            "product_id": level["product_id"],
            "outlet_id": level["outlet_id"],
            "count": level["current_inventory_level"],
            "attributed_cost": "0.00",
        },
    )


def delivery(event: Event, key: Secret) -> tuple[dict[str, str], bytes]:
    """Headers in lower case and the raw body. The form does not say which event it is."""
    form = {
        "payload": json.dumps(event.payload),
        "domain_prefix": "sandbox",
        "environment": "prod",
    }
    body = urlencode(form).encode()
    headers = {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        SIGNATURE_HEADER: sign_webhook(body, key=key),
    }
    return headers, body


def send_webhook(target: WebhookTarget, event: Event) -> bool:
    """Post an event; whether the other side accepted it."""
    headers, body = delivery(event, target.key)
    return is_accepted(post_webhook(target.url, headers, body, event.topic))
