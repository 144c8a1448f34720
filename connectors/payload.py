"""From an object that a platform gave to the JSON text that is kept of it, and back.

A record that was just taken in is mapped a moment later. Parsing its text again for that would cost as much as mapping
it, so the object itself goes along, once, and only together with the very text that was made of it.
"""

from __future__ import annotations

from typing import Any

import orjson

from connectors.base import RawRecord
from connectors.http import AS_IT_IS, parse_json, to_json


def payload_of(value: Any) -> tuple[bytes, list[tuple[bytes, Any]]]:
    """``payload`` and ``parsed`` of the record of an object; the latter is empty where parsing gives another value."""
    try:
        text = orjson.dumps(value, option=AS_IT_IS)
    except TypeError:
        return to_json(value), []
    return text, [(text, value)]


def object_of(record: RawRecord) -> Any:
    """As ``source_of``, but the object stays with the record for whoever takes it."""
    if record.parsed:
        text, value = record.parsed[-1]
        if text is record.payload:
            return value
    return parse_json(record.payload)


def source_of(record: RawRecord) -> Any:
    """The object of a record; None when its payload is not JSON."""
    if record.parsed:
        text, value = record.parsed.pop()
        if text is record.payload:
            return value
    return parse_json(record.payload)
