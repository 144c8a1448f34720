"""Telling Square's webhooks from forgeries.

The signature covers the notification URL as registered and the raw body, so it must be checked before parsing and
against the configured URL, not the one a proxy passes on. It holds no time: replays are met by the event id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from connectors.http import Secret

SIGNATURE_HEADER = "x-square-hmacsha256-signature"


def sign_webhook(body: bytes, *, key: Secret, url: str) -> str:
    """Base64 of HMAC-SHA256 over ``url`` followed by ``body``."""
    digest = hmac.new(key.get_secret_value().encode(), url.encode() + body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def verify_webhook(body: bytes, signature: str | None, *, key: Secret, url: str) -> bool:
    """Whether ``signature`` is Square's for this body. False for a missing signature, key, URL or body."""
    if not signature or not body or not url or not key.get_secret_value():
        return False
    return hmac.compare_digest(sign_webhook(body, key=key, url=url).encode(), signature.encode())
