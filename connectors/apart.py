"""Objects that cannot be taken in as they came: without an id, or with something in them that makes no sense.

Such an object must not hold up the others of its page, nor every later pull. It becomes a record that says nothing but
why: what a connector stumbled over was not checked for personal data, so none of it is kept. Landing sets the record
aside with its reason, which ``doctor`` shows; its version is the lowest, so that a good one takes its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import structlog

from connectors.base import Entity, RawRecord
from connectors.errors import ConnectorError

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The change stamp of what has none: older than any other."""

_MARK = b'{"set_apart":'
_LONGEST_ID = 100

T = TypeVar("T")
log = structlog.get_logger()


def taken_in(title: str, entity: Entity, source: Mapping[str, Any], make: Callable[[], T]) -> T | RawRecord:
    """What ``make`` makes of an object, or a record that is set aside where it stumbles.

    Args:
        title: the platform's name, for the sentence.
        entity: what the object is.
        source: the object as it came.
        make: turns it into a record; what it raises of ``ConnectorError`` is passed on.
    """
    try:
        return make()
    except ConnectorError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this object's alone
        log.warning("object.set_apart", platform=title, entity=entity.value, error=type(error).__name__)
        noun = entity.value.replace("_", " ")
        why = (
            f"{title} sent a {noun} without an id or a time stamp, or with a value that makes no sense "
            f"({type(error).__name__}). Tell its support."
        )
        return RawRecord(entity, _identity(entity, source), 0, NEVER, json.dumps({"set_apart": why}).encode())


def why_apart(payload: bytes) -> str:
    """Why a stored record was set apart; empty for every other."""
    return str(json.loads(payload)["set_apart"]) if payload.startswith(_MARK) else ""


def _identity(entity: Entity, source: Mapping[str, Any]) -> str:
    """The object's own id, except a customer's; without one, an id made of all it says."""
    given = source.get("id")
    if entity is not Entity.CUSTOMER and isinstance(given, str) and 0 < len(given) <= _LONGEST_ID:
        return given
    text = json.dumps(source, sort_keys=True, default=str)
    return f"without-id-{hashlib.sha256(text.encode()).hexdigest()[:24]}"
