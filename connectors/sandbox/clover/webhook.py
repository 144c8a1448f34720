"""Updates as Clover sends them: ids only, with the application's auth code in a header. Sent once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.clover.webhooks import AUTH_HEADER
from connectors.http import Secret
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.sandbox.standin.posting import post_webhook

APP_ID = "SANDBOXAPP001"


@dataclass(frozen=True, slots=True)
class Update:
    """One changed object: Clover's key of its kind and its id, what happened, and when in milliseconds."""

    object_id: str
    type: str
    at: int


def delivery_of(update: Update, merchant_id: str, key: Secret) -> tuple[dict[str, str], bytes]:
    """Headers and body of a message."""
    entry = {"objectId": update.object_id, "type": update.type, "ts": update.at}
    body: Mapping[str, Any] = {"appId": APP_ID, "merchants": {merchant_id: [entry]}}
    headers = {"content-type": "application/json", AUTH_HEADER: key.get_secret_value()}
    return headers, json.dumps(body).encode()


def send_webhook(target: WebhookTarget, update: Update, merchant_id: str) -> bool:
    """Post an update; whether the other side accepted it."""
    headers, body = delivery_of(update, merchant_id, target.key)
    return post_webhook(target.url, headers, body, update.type) == 200


def send_verification(url: str, code: str) -> bool:
    """Post a verification code, as Clover does when the address is entered: without the auth code."""
    body = json.dumps({"verificationCode": code}).encode()
    return post_webhook(url, {"content-type": "application/json"}, body, "verification") == 200
