"""Events as Square sends them: thin, signed, each with its own id. Sent once; a lost one is what polling is for."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import structlog

from connectors.sandbox.pos.pos import MERCHANT_ID, Happening, WebhookTarget
from connectors.sandbox.pos.store import stamp
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook

log = structlog.get_logger()


def event_of(happening: Happening, at: datetime) -> dict[str, Any]:
    """The event that tells of something."""
    return _event(happening.event_type, at, happening.data_type, happening.data_id, happening.data_object)


def catalog_changed(at: datetime) -> dict[str, Any]:
    """The event of a changed catalogue; like the platform's, it does not say what changed."""
    return _event("catalog.version.updated", at, "catalog", "", {"catalog_version": {"updated_at": stamp(at)}})


def send_webhook(target: WebhookTarget, event: Mapping[str, Any]) -> bool:
    """Post an event; whether the other side accepted it."""
    body = json.dumps(event).encode()
    headers = {"Content-Type": "application/json", SIGNATURE_HEADER: sign_webhook(body, key=target.key, url=target.url)}
    try:
        accepted = httpx.post(target.url, content=body, headers=headers, timeout=10.0).is_success
    except httpx.HTTPError as error:
        log.warning("webhook.not_sent", type=event["type"], error=type(error).__name__)
        return False
    log.info("webhook.sent", type=event["type"], accepted=accepted)
    return accepted


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
