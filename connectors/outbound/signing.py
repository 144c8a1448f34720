"""Signatures of the Standard Webhooks specification: HMAC-SHA256 over ``id.timestamp.body``, version ``v1``."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from connectors.errors import InputError

_LEAST, _MOST = 24, 64
_PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """The key in a secret written as base64, with or without ``whsec_`` before it.

    Raises:
        InputError: it is no base64, or not of 24 to 64 bytes.
    """
    try:
        key = base64.b64decode(secret.strip().removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not _LEAST <= len(key) <= _MOST:
        raise InputError(
            f"The secret must be base64 of {_LEAST} to {_MOST} bytes, as in whsec_…; copy it from the receiver again."
        )
    return key


def sign(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the ``webhook-signature`` header; ``timestamp`` is seconds since 1970."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
