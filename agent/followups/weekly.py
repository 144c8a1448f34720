"""The digest of the week before, on Monday morning in each store's channel, and summed in a district's.

Rules kept here: the question is whether it is Monday morning at the store now, never whether a timer fired, so that a
bot that was down posts it when it comes back, until Wednesday; one row per channel and Monday lets one runner through,
and a row whose poster died is looked for in the channel before it is posted again. A week with nothing to tell is
not posted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from agent.briefings.words import listed
from agent.db.engine import Database
from agent.db.leases import EMPTY, POSTED, Claim, Leases
from agent.db.tables import Followup, WeeklyDigest
from agent.errors import UnavailableError
from agent.followups.digest import Week, digest_of_several, is_empty, week_digest
from agent.followups.digest_words import sections_of, title_of
from agent.followups.looking import place_of
from agent.followups.store import WAITING, FollowupStore
from agent.followups.timetable import StorePlace
from tools.context import Clock, MirrorPort

log = structlog.get_logger()

OPENS, CLOSES = time(9), time(20)
"""From when to when a digest is posted, on the store's clock: after the briefing, and not at night."""

PATIENCE = timedelta(minutes=45)
"""How long the morning's briefing and the last looks of the week are waited for."""

_LAST_WEEKDAY = 2
_FEW = 3


class DigestPost(Protocol):
    """The channel side; ``agent.slack.delivery.briefings.BriefingPoster`` is one."""

    def post_digest(self, channel_id: str, document: Mapping[str, Any]) -> str:
        """Post the document with its ``marker`` and return the message's ts.

        Raises:
            UnavailableError: Slack does not take it.
        """
        ...

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        """The ts of our own recent message with a block of this id, or None.

        Raises:
            UnavailableError: the channel cannot be read.
        """
        ...


class ChannelBook(Protocol):
    """Which channels are about which stores; ``agent.identity.Directory`` is one."""

    def channels(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Every channel with its stores, by id."""
        ...


@dataclass(frozen=True, slots=True)
class _Due:
    channel_id: str
    monday: date
    places: tuple[StorePlace, ...]

    @property
    def week(self) -> Week:
        return Week(self.monday - timedelta(days=7))

    @property
    def marker(self) -> str:
        return f"digest:{self.channel_id}:{self.monday}"


class WeeklyDigests:
    """Composing and posting; safe to run as often as one likes, by several processes over one database.

    Args:
        store: follow-ups and proposals.
        rows: who posts what.
        clock: the instant.
        mirror: the stores and their clocks.
        channels: where digests go.
        post: the channel side.
        name_of: a person's name by id.
        is_briefed: whether a store has had the briefing of a day; None where nobody briefs.
    """

    def __init__(
        self,
        store: FollowupStore,
        rows: Leases,
        clock: Clock,
        mirror: MirrorPort,
        channels: ChannelBook,
        post: DigestPost,
        name_of: Callable[[str], str],
        is_briefed: Callable[[str, date], bool] | None = None,
    ) -> None:
        self._store = store
        self._rows = rows
        self._clock = clock
        self._mirror = mirror
        self._channels = channels
        self._post = post
        self._name_of = name_of
        self._is_briefed = is_briefed
        self._waiting: dict[str, datetime] = {}

    def run_due(self) -> int:
        """One round; how many digests were posted."""
        return sum(self._safely(due) for due in self._due())

    def compose(self, places: Sequence[StorePlace], week: Week) -> dict[str, Any]:
        """The digest of one store, or of several in sum."""
        documents = [week_digest(self._store, place, week, self._name_of) for place in places]
        if len(documents) == 1:
            return documents[0]
        names = [place.name for place in places]
        return digest_of_several(documents, listed(names) if len(names) <= _FEW else f"{len(names)} stores")

    def _due(self) -> list[_Due]:
        now, found, told = self._clock.now(), [], frozenset[str]()
        for channel_id, store_ids in self._channels.channels():
            places = tuple(place for place in (place_of(self._mirror, one) for one in store_ids) if place is not None)
            mondays = {due_monday(now, place.timezone) for place in places}
            # A district's stores may be in several zones: the digest waits for the last of them.
            monday = mondays.pop() if len(mondays) == 1 else None
            # As with briefings, a store with several channels of its own is told in the first.
            alone = frozenset(place.store_id for place in places) if len(places) == 1 else frozenset()
            again, told = bool(alone & told), told | alone
            if monday is not None and not again and self._rows.settled((channel_id, monday)) is None:
                found.append(_Due(channel_id, monday, places))
        return found

    def _safely(self, due: _Due) -> bool:
        try:
            return self._is_ready(due) and self._attempt(due)
        except UnavailableError as error:
            log.warning("digest.not_posted", channel_id=due.channel_id, reason=error.user_message)
        except Exception:
            # One channel's trouble must not keep the others from their digest.
            log.exception("digest.failed", channel_id=due.channel_id)
        return False

    def _is_ready(self, due: _Due) -> bool:
        """Whether the briefing is out and every look of the week is taken, or both were waited for long enough."""
        now = self._clock.now()
        since = self._waiting.setdefault(due.marker, now)
        if now - since >= PATIENCE:
            return True
        briefed = self._is_briefed is None or all(self._is_briefed(place.store_id, due.monday) for place in due.places)
        return briefed and not any(self._looks_to_come(place, due.week) for place in due.places)

    def _looks_to_come(self, place: StorePlace, week: Week) -> bool:
        ends = place.begins(week.ends_on + timedelta(days=1))
        conditions = (Followup.store_id == place.store_id, Followup.status == WAITING, Followup.due_at < ends)
        return bool(self._store.rows(*conditions, limit=1))

    def _attempt(self, due: _Due) -> bool:
        claim = self._rows.acquire((due.channel_id, due.monday), self._clock.now())
        if claim is None:
            return False
        ts = self._post.find_posted(due.channel_id, due.marker) if claim.taken_over else None
        if ts is None:
            document = dict(claim.document or self.compose(due.places, due.week))
            if is_empty(document):
                self._settle(due, claim, EMPTY)
                return False
            document |= {"marker": due.marker, "title": title_of(document), "sections": sections_of(document)}
            if self._rows.keep(claim, self._clock.now(), document) is None:
                return False
            ts = self._post.post_digest(due.channel_id, document)
        self._settle(due, claim, POSTED, ts)
        log.info("digest.posted", channel_id=due.channel_id, monday=due.monday.isoformat())
        return True

    def _settle(self, due: _Due, claim: Claim, status: str, ts: str = "") -> None:
        self._rows.settle(claim, status, ts=ts)
        self._waiting.pop(due.marker, None)


def digest_rows(database: Database) -> Leases:
    """Who posts which digest: a row per channel and Monday."""
    return Leases(database, WeeklyDigest.claimed_at)


def due_monday(now: datetime, timezone: str) -> date | None:
    """The Monday whose digest should be out by now on this clock; None outside the hours, and from Thursday on."""
    local = now.astimezone(ZoneInfo(timezone))
    if local.weekday() > _LAST_WEEKDAY or not OPENS <= local.time() < CLOSES:
        return None
    return local.date() - timedelta(days=local.weekday())
