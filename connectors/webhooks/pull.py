"""Bringing what events touched into the mirror: one read per kind of object, however many events there are.

Objects are read by id; where an event does not say which object it was, or the platform cannot be asked for one, the
kind's feed is pulled. A record that the mirror refuses is set apart, so that it holds up nobody else's. What the mirror
holds and the platform does not know at the second look either was deleted.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from connectors.base import Entity, RawRecord, Reader
from connectors.errors import ConnectorError, TerminalError, TransientError
from connectors.mirror.census import held
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records, sync_connection
from connectors.webhooks.events import Event

log = structlog.get_logger()

_SKEW_ALLOWED = timedelta(minutes=2)


class NotThereError(TransientError):
    """The platform does not know the object, or not yet: what answers reads may lag behind what sends events."""


def pull_touched(
    reader: Reader, mirror: Mirror, events: Sequence[Event], now: datetime
) -> Mapping[int, Exception | None]:
    """Pull what ``events`` of one connection touched.

    Args:
        reader: the connection.
        mirror: where to; open for writing.
        events: what to deal with together.
        now: the platform's present by our clock (aware).

    Returns:
        By event id: None when everything it touched is in the mirror, else what went wrong.
    """
    troubles: dict[int, Exception | None] = {event.id: None for event in events}
    touching: dict[Entity, dict[str, list[int]]] = {}
    for event in events:
        for entity, identity in event.touched:
            touching.setdefault(entity, {}).setdefault(identity, []).append(event.id)
    again = {touched for event in events if event.attempts for touched in event.touched}
    until = _until(events, now)
    # In the order of a sync: a sale names a store, a line a variant.
    for entity in Entity:
        by_id = touching.get(entity, {})
        second = {identity for about, identity in again if about is entity}
        for identity, trouble in _pull(reader, mirror, entity, list(by_id), until, second).items():
            for event_id in by_id[identity]:
                troubles[event_id] = _worse(troubles[event_id], trouble)
    return troubles


def _until(events: Sequence[Event], now: datetime) -> datetime:
    """Up to when feeds are walked: the platform's clock may be a little ahead of ours."""
    occurred = [event.occurred_at for event in events if event.occurred_at is not None]
    return max([now, *(at for at in occurred if at <= now + _SKEW_ALLOWED)])


def _pull(
    reader: Reader, mirror: Mirror, entity: Entity, ids: Sequence[str], until: datetime, second: Set[str]
) -> Mapping[str, Exception | None]:
    named = [identity for identity in ids if identity]
    troubles: dict[str, Exception | None] = dict.fromkeys(ids)
    if len(named) < len(ids):
        troubles[""] = _pull_feed(reader, mirror, entity, until)
    if named:
        try:
            found = list(reader.fetch(entity, named))
            found += _gone(reader, mirror, entity, second - {record.id for record in found})
            troubles |= _apply(reader, mirror, named, found, until)
        except TerminalError:
            # Not to be had by id, or not to be had at all: the feed will tell.
            troubles |= dict.fromkeys(named, _pull_feed(reader, mirror, entity, until))
        except Exception as error:  # noqa: BLE001 - whatever a connector stumbles over belongs to these events alone
            troubles |= dict.fromkeys(named, error)
    return troubles


def _gone(reader: Reader, mirror: Mirror, entity: Entity, ids: Set[str]) -> list[RawRecord]:
    """What is held of objects that were missing twice, as deleted."""
    return [replace(record, deleted=True) for record in held(mirror, reader.connection, entity, sorted(ids))]


def _pull_feed(reader: Reader, mirror: Mirror, entity: Entity, until: datetime) -> Exception | None:
    try:
        sync_connection(reader, mirror, until=until, entities=(entity,))
    except Exception as error:  # noqa: BLE001 - see above
        return error
    return None


def _apply(
    reader: Reader, mirror: Mirror, ids: Sequence[str], records: Sequence[RawRecord], until: datetime
) -> Mapping[str, Exception | None]:
    try:
        apply_records(reader, mirror, records)
    except (TransientError, TerminalError):
        raise
    except Exception as error:  # noqa: BLE001 - one of them is at fault; which one is found out below
        log.info("webhook.set_apart", connection=reader.connection, records=len(records), error=type(error).__name__)
        refused = _apply_singly(reader, mirror, records, until)
    else:
        refused = {}
    seen = {record.id for record in records}
    troubles: dict[str, Exception | None] = {}
    for identity in ids:
        mine = [name for name in seen if _belongs(name, identity)] if identity not in seen else [identity]
        wrong = [refused[name] for name in mine if name in refused]
        missing = None if mine else NotThereError("The platform does not know this object, or not yet.")
        troubles[identity] = wrong[0] if wrong else missing
    return troubles


def _apply_singly(
    reader: Reader, mirror: Mirror, records: Sequence[RawRecord], until: datetime
) -> Mapping[str, Exception]:
    # A new store's first sale comes before anybody read the list of stores.
    _pull_feed(reader, mirror, Entity.LOCATION, until)
    refused: dict[str, Exception] = {}
    for record in records:
        try:
            apply_records(reader, mirror, [record])
        except (TransientError, TerminalError):
            raise
        except Exception as error:  # noqa: BLE001 - see above
            refused[record.id] = error
    return refused


def _belongs(record_id: str, identity: str) -> bool:
    """Whether a record answers for an id; some come in parts, such as a product's stock at each place."""
    return record_id.startswith(f"{identity}:")


def _worse(first: Exception | None, second: Exception | None) -> Exception | None:
    """The trouble that decides: a terminal one ends it, any other is tried again."""
    if first is None or isinstance(second, TerminalError):
        return second or first
    return first


def reason(error: Exception) -> str:
    """What went wrong, as a sentence for a person."""
    if isinstance(error, ConnectorError):
        return error.user_message
    return f"It could not be understood ({type(error).__name__}); the log says where."


def whereabouts(error: Exception) -> str:
    """The line an error came from; its text stays out of logs, for it may quote what somebody bought."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
