"""Idempotency keys as Square keeps them.

The same key with the same body answers with the first reply and changes nothing; with another body it is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from connectors.sandbox.square.errors import PosError, missing
from connectors.sandbox.square.store import PosStore, dump

_KEY_LENGTH = 128


def once(
    store: PosStore, operation: str, body: Mapping[str, Any], apply: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Apply a request, or answer as it was answered before; to be called within a transaction.

    Raises:
        PosError: 400 for a missing, overlong or used-up key.
    """
    key = body.get("idempotency_key")
    if not isinstance(key, str) or not key:
        raise missing("idempotency_key")
    if len(key) > _KEY_LENGTH:
        raise PosError(400, "VALUE_TOO_LONG", f"At most {_KEY_LENGTH} characters.", "idempotency_key")
    digest = hashlib.sha256(json.dumps([operation, body], sort_keys=True).encode()).hexdigest()
    known = store.one("SELECT request_sha256, body FROM reply WHERE key = ?", key)
    if known is not None:
        if known["request_sha256"] != digest:
            raise PosError(
                400,
                "IDEMPOTENCY_KEY_REUSED",
                "This idempotency key was used for another request.",
                "idempotency_key",
            )
        return dict(json.loads(known["body"]))
    reply = apply()
    store.run("INSERT INTO reply VALUES (?, ?, ?)", key, digest, dump(reply))
    return reply
