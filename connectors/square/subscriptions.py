"""Asking Square to send events: one subscription per callback, with every topic the manifest names.

Subscriptions belong to the application, so most seller tokens may not touch them; then a person is told what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from connectors.http import Delivery, RejectedError
from connectors.manifest import load_manifest
from connectors.square.client import SquareClient

_NAME = "floorwalker"


def ensure_subscription(client: SquareClient, callback: str) -> Sequence[str]:
    """Register what is missing for ``callback``; sentences of what was done or has to be done by hand.

    Raises:
        TransientError: Square could not answer now.
        TerminalError: the token is wrong.
    """
    wanted = load_manifest("square").webhooks
    try:
        known = [item for item in client.webhook_subscriptions() if item.get("notification_url") == callback]
    except RejectedError as error:
        if error.status not in (401, 403, 404):
            raise
        return (_by_hand(callback, wanted.events),)
    active = [item for item in known if item.get("enabled", True)]
    lacking = [topic for topic in wanted.events if not any(topic in (item.get("event_types") or ()) for item in active)]
    if not lacking:
        return (f"Square already sends {len(wanted.events)} kinds of events to {callback}.",)
    found = active[0] if active else (known[0] if known else None)
    return (_register(client, callback, wanted.events, found),)


def _register(client: SquareClient, callback: str, events: Sequence[str], found: Mapping[str, Any] | None) -> str:
    kept = [topic for topic in (found or {}).get("event_types") or () if topic not in events]
    wanted = {
        "name": (found or {}).get("name") or _NAME,
        "enabled": True,
        "event_types": [*events, *kept],
        "notification_url": callback,
    }
    if found is None:
        key = str(uuid5(NAMESPACE_URL, " ".join([callback, *events])))
        reply = client.send("/v2/webhooks/subscriptions", {"idempotency_key": key, "subscription": wanted})
    else:
        reply = client.update_subscription(str(found["id"]), {"subscription": wanted})
    if reply.accepted:
        setting = load_manifest("square").webhooks.setting
        return (
            f"Square now sends {len(events)} kinds of events to {callback}. Copy the subscription's signature key from "
            f"the Developer Console into {setting}."
        )
    if reply.delivery is Delivery.ANSWERED:
        return _by_hand(callback, events)
    return f"Square did not say whether it registered {callback}. Ask again in a few minutes."


def _by_hand(callback: str, events: Sequence[str]) -> str:
    return (
        f"This token may not register webhooks. In Square's Developer Console, under Webhooks, Subscriptions, add one "
        f"for {callback} with the events {', '.join(events)}, and put its signature key into "
        f"{load_manifest('square').webhooks.setting}."
    )
