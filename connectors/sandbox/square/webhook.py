"""Events as Square sends them: thin, signed, each with its own id. Sent once; a lost one is what polling is for."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.sandbox.square import order_shapes as shapes
from connectors.sandbox.square.store import stamp
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.sandbox.standin.posting import is_accepted, post_webhook
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook

MERCHANT_ID = "M_SANDBOX"


@dataclass(frozen=True, slots=True)
class Event:
    """What Square's event of something says."""

    type: str
    data_type: str
    data_id: str
    data_object: Mapping[str, Any]
    also: Sequence[Event] = ()
    """What Square tells of the same happening in events of their own."""


def event_of(event: Event, at: datetime) -> dict[str, Any]:
    """An event as it is sent."""
    return _event(event.type, at, event.data_type, event.data_id, event.data_object)


def catalog_changed(at: datetime) -> Event:
    """The event of a changed catalogue; like the platform's, it does not say what changed."""
    return Event("catalog.version.updated", "catalog", "", {"catalog_version": {"updated_at": stamp(at)}})


def counts_changed(counts: Sequence[Mapping[str, Any]]) -> Event:
    """The event of changed stock."""
    return Event("inventory.count.updated", "inventory_counts", str(uuid.uuid4()), {"inventory_counts": list(counts)})


def order_changed(order: Mapping[str, Any], event_type: str, counts: Sequence[Mapping[str, Any]] = ()) -> Event:
    """The thin event of an order, with those of its refunds and of the stock it moved."""
    verb = event_type.replace(".", "_")
    names = ("location_id", "state", "version", "created_at", "updated_at")
    thin = {"order_id": order["id"], **{name: order[name] for name in names}}
    refunds = [
        Event("refund.created", "refund", refund["id"], {"refund": refund}) for refund in shapes.refunds_of(order)
    ]
    also = [*refunds, *([counts_changed(counts)] if counts else [])]
    return Event(event_type, verb, order["id"], {verb: thin}, tuple(also))


def send_webhook(target: WebhookTarget, event: Mapping[str, Any]) -> bool:
    """Post an event; whether the other side accepted it."""
    body = json.dumps(event).encode()
    headers = {"Content-Type": "application/json", SIGNATURE_HEADER: sign_webhook(body, key=target.key, url=target.url)}
    return is_accepted(post_webhook(target.url, headers, body, str(event["type"])))


def _event(
    event_type: str, at: datetime, data_type: str, data_id: str, data_object: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "merchant_id": MERCHANT_ID,
        "type": event_type,
        "event_id": str(uuid.uuid4()),
        "created_at": stamp(at),
        "data": {"type": data_type, "id": data_id, "object": dict(data_object)},
    }
