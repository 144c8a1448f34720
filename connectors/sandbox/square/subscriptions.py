"""Webhook subscriptions: where the application wants its events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from connectors.sandbox.square.errors import missing, not_found
from connectors.sandbox.square.paging import one_page
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.store import PosStore, stamp
from connectors.sandbox.standin.feed import Clock

_KIND = "webhook_subscription"


class Subscriptions:
    """Reads and writes webhook subscriptions in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def listing(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/webhooks/subscriptions``."""
        every = params.get("include_disabled") == "true"
        found = [item for item in self._store.documents(_KIND) if every or item["enabled"]]
        return one_page("subscriptions", found, params, default=100, most=100)

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/webhooks/subscriptions``."""
        asked = body.get("subscription") or {}
        for name in ("notification_url", "event_types"):
            if not asked.get(name):
                raise missing(f"subscription.{name}")

        def apply() -> dict[str, Any]:
            own = {"id": f"wbhk_{uuid.uuid4().hex}", "signature_key": uuid.uuid4().hex, "enabled": True}
            return {"subscription": self._keep({**own, **asked}, stamp(self._clock.now()))}

        with self._store.transaction():
            return once(self._store, "webhooks.create", body, apply)

    def update(self, subscription_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """``PUT /v2/webhooks/subscriptions/{id}``."""
        with self._store.transaction():
            found = self._store.document(_KIND, subscription_id)
            if found is None:
                raise not_found(f"Webhook subscription {subscription_id}")
            return {"subscription": self._keep({**found, **(body.get("subscription") or {})}, found["created_at"])}

    def _keep(self, subscription: Mapping[str, Any], created: str) -> dict[str, Any]:
        kept = {**subscription, "created_at": created, "updated_at": stamp(self._clock.now())}
        self._store.keep(_KIND, kept, created)
        return kept
