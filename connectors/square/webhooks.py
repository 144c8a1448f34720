"""Square's webhooks: telling them from forgeries, and what each says.

The signature covers the notification URL as registered and the raw body, so it must be checked before parsing and
against the configured URL, not the one a proxy passes on. It holds no time: replays are met by the event id. Events
are thin and come in any order; what they touch is read again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.base import Entity, WebhookEvent
from connectors.http import Secret, parse_json
from connectors.square.client import instant
from connectors.square.privacy import customer_key

SIGNATURE_HEADER = "x-square-hmacsha256-signature"

_SINGLES: Mapping[str, Entity] = {
    "order": Entity.SALE,
    "labor.timecard": Entity.TIMECARD,
    "labor.scheduled_shift": Entity.SCHEDULED_SHIFT,
    "team_member": Entity.EMPLOYEE,
    "vendor": Entity.SUPPLIER,
}
_WHOLE_FEEDS: Mapping[str, tuple[Entity, ...]] = {
    # Square does not say what changed in the catalogue.
    "catalog.version": (Entity.CATALOG, Entity.PROMOTION),
    # A customer's own id goes no further than this: its feed is pulled, and brings a pseudonym.
    "customer": (Entity.CUSTOMER,),
    "location": (Entity.LOCATION,),
}


def sign_webhook(body: bytes, *, key: Secret, url: str) -> str:
    """Base64 of HMAC-SHA256 over ``url`` followed by ``body``."""
    digest = hmac.new(key.get_secret_value().encode(), url.encode() + body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def is_genuine(body: bytes, signature: str | None, *, key: Secret | None, url: str) -> bool:
    """Whether ``signature`` is Square's for this body. False for a missing signature, key, URL or body."""
    if not signature or not body or not url or key is None or not key.get_secret_value():
        return False
    return hmac.compare_digest(sign_webhook(body, key=key, url=url).encode(), signature.encode())


def webhook_event(body: bytes, pseudonym_key: Secret | None = None) -> WebhookEvent | None:
    """What a verified event says; None when it is not an event of Square's."""
    event = parse_json(body)
    if not isinstance(event, dict) or not event.get("type") or not event.get("event_id"):
        return None
    topic = str(event["type"])
    touched = _touched(topic, event)
    if topic == "customer.deleted":
        # No feed tells of it. By the pseudonym nobody is found at Square, and so is taken for gone.
        data = event.get("data")
        name = customer_key(str((data if isinstance(data, dict) else {}).get("id") or ""), pseudonym_key)
        touched = [(Entity.CUSTOMER, name)] if name else []
    return WebhookEvent(topic, str(event["event_id"]), tuple(touched), _occurred(event))


def _touched(topic: str, event: Mapping[str, Any]) -> Sequence[tuple[Entity, str]]:
    subject = topic.rpartition(".")[0]
    data = event.get("data")
    data = data if isinstance(data, dict) else {}
    inner = data.get("object")
    inner = inner if isinstance(inner, dict) else {}
    if subject in _SINGLES:
        return [(_SINGLES[subject], str(data.get("id") or ""))]
    if subject == "refund":
        refund = inner.get("refund")
        return [(Entity.SALE, str((refund if isinstance(refund, dict) else {}).get("order_id") or ""))]
    if subject == "inventory.count":
        counts = inner.get("inventory_counts")
        counts = counts if isinstance(counts, list) else []
        ids = {str(count.get("catalog_object_id") or "") for count in counts if isinstance(count, dict)}
        return [(Entity.INVENTORY, identity) for identity in sorted(ids)] or [(Entity.INVENTORY, "")]
    return [(entity, "") for entity in _WHOLE_FEEDS.get(subject, ())]


def _occurred(event: Mapping[str, Any]) -> datetime | None:
    try:
        return instant(str(event["created_at"]))
    except (KeyError, ValueError):
        return None
