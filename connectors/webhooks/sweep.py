"""Finding what webhooks lost, and saying how much that was.

A sweep walks every feed again from a while before the last one, on cursors of its own, and commits what the mirror
does not hold. Ordinary polling goes the same way through ``watched``. What either finds that is older than a webhook
needs counts as lost by webhooks: a figure to judge a platform, a proxy or a subscription by. Once a day the platform's
subscriptions are compared with what there should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import structlog

from connectors.base import Cursor, Entity, Page, RawRecord, Reader
from connectors.errors import ConnectorError
from connectors.mirror.open import Mirror
from connectors.mirror.sync import apply_records, offered, stored_cursor
from connectors.webhooks.addresses import Door
from connectors.webhooks.inbox import Inbox

log = structlog.get_logger()

OVERLAP = timedelta(hours=1)
GRACE = timedelta(seconds=60)
CHECKED_EVERY = timedelta(days=1)
_CHECKED_AGAIN_AFTER_TROUBLE = timedelta(hours=1)


class Sweep:
    """The rounds over connections that have webhooks. ``clock`` is the platforms' present."""

    def __init__(self, inbox: Inbox, mirror: Mirror, clock: Callable[[], datetime]) -> None:
        self._inbox = inbox
        self._mirror = mirror
        self._clock = clock

    def watched(self, reader: Reader) -> Reader:
        """The same reader; what its feeds bring that webhooks should have brought is counted."""
        watch = self._inbox.watches.begin(reader.connection, self._clock())

        def look(entity: Entity, page: Page) -> None:
            self._count(reader.connection, entity, page, watch.since_at)

        return cast(Reader, _Watched(reader, look))

    def sweep(self, reader: Reader) -> int:
        """Walk every feed that was walked before; how many objects no webhook had brought.

        The first round only marks the beginning: what is older came by a sync, not by webhooks.

        Raises:
            ConnectorError: the platform or the mirror could not go on; the next round starts as far back.
        """
        now = self._clock()
        watch = self._inbox.watches.begin(reader.connection, now)
        start = max(watch.since_at, (watch.swept_at or watch.since_at) - OVERLAP)
        found = 0
        for entity in offered(reader):
            if start >= now or stored_cursor(self._mirror, reader.connection, entity) is None:
                continue
            for page in reader.extract(entity, reader.caught_up(entity, start), until=now):
                found += self._count(reader.connection, entity, page, watch.since_at)
                apply_records(reader, self._mirror, page.records)
        self._inbox.watches.swept(reader.connection, now)
        self._inbox.prune(datetime.now(UTC))
        log.info("webhooks.swept", connection=reader.connection, found=found)
        return found

    def check_subscriptions(self, door: Door) -> Sequence[str]:
        """Once a day, have the platform send to our address what is missing; what was said, empty when not due."""
        name, now = door.reader.connection, datetime.now(UTC)
        watch = self._inbox.watches.begin(name, self._clock())
        every = _CHECKED_AGAIN_AFTER_TROUBLE if watch.problem else CHECKED_EVERY
        if watch.checked_at is not None and watch.checked_at <= now < watch.checked_at + every:
            return ()
        try:
            said = tuple(door.reader.ensure_webhooks(door.url))
        except ConnectorError as error:
            log.warning("webhooks.not_checked", connection=name, reason=error.user_message)
            self._inbox.watches.checked(name, now, (), error.user_message)
            return ()
        self._inbox.watches.checked(name, now, said)
        log.info("webhooks.checked", connection=name, sentences=len(said))
        return said

    def _count(self, connection: str, entity: Entity, page: Page, since: datetime) -> int:
        """Count what is new, younger than our webhooks, and older than one needs to get here."""
        late = [record for record in page.records if since <= record.updated_at <= self._clock() - GRACE]
        missed = len(late) - _known(self._mirror, connection, late)
        self._inbox.tallies.found(connection, entity, missed)
        return missed


def _known(mirror: Mirror, connection: str, records: Sequence[RawRecord]) -> int:
    """How many of these records the mirror holds in this version or a newer one."""
    if not records:
        return 0
    ((count,),) = mirror.reader.query(
        "SELECT count(*) FROM (SELECT unnest(CAST($entities AS VARCHAR[])) AS entity, unnest(CAST($ids AS VARCHAR[])) "
        "AS id, unnest(CAST($versions AS BIGINT[])) AS version) n JOIN raw_object o ON o.connection = $connection "
        "AND o.entity = n.entity AND o.id = n.id AND o.source_version >= n.version",
        {
            "connection": connection,
            "entities": [record.entity.value for record in records],
            "ids": [record.id for record in records],
            "versions": [record.source_version for record in records],
        },
    ).rows
    return int(count)


class _Watched:
    """A reader whose pages are shown to somebody before they are handed on."""

    def __init__(self, reader: Reader, look: Callable[[Entity, Page], object]) -> None:
        self._reader = reader
        self._look = look

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        for page in self._reader.extract(entity, cursor, until=until):
            # A first walk brings history, which nobody was to be told of.
            if cursor is not None:
                self._look(entity, page)
            yield page
