"""Page cursors: opaque text that continues exactly the query it came from, by key and not by offset."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid


def page_limit(body: Mapping[str, Any], *, default: int, most: int) -> int:
    """The page size asked for."""
    value = body.get("limit")
    if value is None or value == "":
        return default
    try:
        limit = int(value)
    except (TypeError, ValueError):
        raise invalid("limit", "limit must be a whole number.") from None
    if not 1 <= limit <= most:
        code = "VALUE_TOO_HIGH" if limit > most else "VALUE_TOO_LOW"
        raise PosError(400, code, f"limit must be between 1 and {most}.", "limit")
    return limit


def one_page(
    name: str, found: Sequence[Mapping[str, Any]], body: Mapping[str, Any], *, default: int, most: int
) -> dict[str, Any]:
    """The page of ``found`` that ``body`` asks for. What is before the cursor's document is not sent again."""
    limit = page_limit(body, default=default, most=most)
    query = [name, {key: value for key, value in body.items() if key not in ("cursor", "limit")}]
    after = read_cursor(body.get("cursor"), query)
    start = 0
    if after:
        ids = [str(item["id"]) for item in found]
        if after[0] not in ids:
            raise PosError(400, "INVALID_CURSOR", "The cursor belongs to another query.", "cursor")
        start = ids.index(after[0]) + 1
    reply: dict[str, Any] = {name: list(found[start : start + limit])}
    if len(found) > start + limit:
        reply["cursor"] = write_cursor(query, [str(found[start + limit - 1]["id"])])
    return reply


def write_cursor(query: Any, last: list[str]) -> str:
    """A cursor that goes on after ``last`` in ``query``."""
    return base64.urlsafe_b64encode(json.dumps([_digest(query), last]).encode()).decode()


def read_cursor(cursor: Any, query: Any) -> list[str] | None:
    """Where to go on from; None for a first page."""
    if not cursor:
        return None
    try:
        digest, last = json.loads(base64.urlsafe_b64decode(str(cursor)))
    except (ValueError, TypeError):
        raise PosError(400, "INVALID_CURSOR", "The cursor cannot be read.", "cursor") from None
    if digest != _digest(query) or not isinstance(last, list):
        raise PosError(400, "INVALID_CURSOR", "The cursor belongs to another query.", "cursor")
    return [str(part) for part in last]


def _digest(query: Any) -> str:
    return hashlib.sha256(json.dumps(query, sort_keys=True, default=str).encode()).hexdigest()[:16]
