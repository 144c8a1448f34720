"""What a request needs to be let in at a stand-in's door: one of the two tokens, and an object for a body."""

from __future__ import annotations

import hmac
import json
from enum import Enum
from typing import Any

from starlette.requests import Request

from connectors.credentials import Secret
from connectors.sandbox.standin.played import PlayedStandIn

BODY_LIMIT = 5 * 1024 * 1024
"""The most bytes that a stand-in reads of a body."""


class Access(Enum):
    """What a token allows; the writing one reads as well."""

    NONE = "none"
    READ = "read"
    WRITE = "write"


def access_of(token: str, stand_in: PlayedStandIn) -> Access:
    """What ``token`` allows."""
    writing, reading = _same(token, stand_in.write_token), _same(token, stand_in.read_token)
    if writing:
        return Access.WRITE
    return Access.READ if reading else Access.NONE


def bearer_access(request: Request, stand_in: PlayedStandIn) -> Access:
    """What the bearer token of a request allows; none without such a header."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return access_of(token, stand_in) if scheme.lower() == "bearer" else Access.NONE


def json_object(content: bytes) -> dict[str, Any] | None:
    """A body that is a JSON object; None for anything else."""
    try:
        body = json.loads(content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _same(given: str, expected: Secret) -> bool:
    return hmac.compare_digest(given.encode(), expected.get_secret_value().encode())
