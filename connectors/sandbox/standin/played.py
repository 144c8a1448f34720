"""What every stand-in POS is: one file, a clock of its own, two tokens, and sales of the feed as time passes them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict

import structlog

from connectors.credentials import Secret
from connectors.sandbox.standin.feed import Clock, FeedOrder, PosFeed
from connectors.sandbox.standin.happenings import WebhookTarget
from connectors.sandbox.standin.store import StandInStore

log = structlog.get_logger()


class Opening(TypedDict, total=False):
    """What may be said when any stand-in is opened.

    A new file begins at ``starts_at``, or now. A call that times out is left without an answer for ``hang_seconds``.
    """

    starts_at: datetime | None
    read_token: Secret
    write_token: Secret
    webhook: WebhookTarget | None
    hang_seconds: float


class PlayedStandIn(ABC):
    """A POS in one SQLite file. Every change is committed before it is answered and survives the process.

    It is a clock itself: its ``now`` runs ``speed`` times as fast as ``clock`` from the moment of opening on. Sales of
    the feed appear as ``now`` passes them, starting with the first moment the file was opened. A platform opens its
    file, calls this constructor, makes its parts and then calls ``_fill_once``; its class has the tokens that hold
    where none are given.
    """

    read_token: Secret
    write_token: Secret
    currency: str

    def __init__(
        self,
        memory: StandInStore,
        feed: PosFeed,
        clock: Clock,
        speed: float,
        *,
        starts_at: datetime | None = None,
        read_token: Secret | None = None,
        write_token: Secret | None = None,
        webhook: WebhookTarget | None = None,
        hang_seconds: float = 30.0,
    ) -> None:
        self._memory = memory
        self._feed = feed
        self._clock = clock
        self._speed = speed
        self._opened = clock.now()
        self._starts_at = starts_at or self._opened
        if read_token is not None:
            self.read_token = read_token
        if write_token is not None:
            self.write_token = write_token
        self.webhook = webhook
        self.hang_seconds = hang_seconds

    def close(self) -> None:
        """Let the file go."""
        self._memory.close()

    def now(self) -> datetime:
        """The stand-in's present."""
        passed = self._clock.now() - self._opened
        return self._opened + (
            passed if self._speed == 1.0 else timedelta(seconds=passed.total_seconds() * self._speed)
        )

    def play(self) -> int:
        """Let the sales that are due by now happen; how many there were."""
        now = self.now()
        with self._memory.transaction():
            after = datetime.fromisoformat(self._memory.meta("played_until") or now.isoformat())
            if now <= after:
                return 0
            count = 0
            for order in self._due(after, now):
                self._ring_up_due(order)
                count += 1
            self._memory.set_meta("played_until", now.isoformat())
        if count:
            log.debug("pos.played", orders=count)
        return count

    def effects(self) -> Mapping[str, Any]:
        """Every write that came over the API and was applied, oldest first."""
        return self._memory.effects()

    def _fill_once(self) -> None:
        """Fill a new file from the feed; from then on the shop's currency is known."""
        with self._memory.transaction():
            if self._memory.meta("seeded") is None:
                self._fill(self._starts_at)
                self._memory.set_meta("played_until", self._starts_at.isoformat())
                self._memory.set_meta("seeded", "yes")
        self.currency = self._memory.meta("currency") or "USD"

    def _due(self, after: datetime, until: datetime) -> Iterable[FeedOrder]:
        """The sales of the feed that happen here between the two, oldest first."""
        return self._feed.orders(after, until)

    @abstractmethod
    def _fill(self, starts_at: datetime) -> None:
        """Put in what the shop has when it opens, and remember its ``currency``."""

    @abstractmethod
    def _ring_up_due(self, order: FeedOrder) -> None:
        """Let one sale of the feed happen."""
