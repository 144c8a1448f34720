"""Briefings from end to end: which are due, what they say, and that each is posted once.

Posting to Slack is the one step that cannot be made atomic with our own commit. A runner that takes over a claim
therefore looks for the briefing's marker in the channel before it posts, so that a crash between Slack's answer and
the commit does not tell a store the same news twice. If the channel cannot be read, nothing is posted.
"""

from __future__ import annotations

import time as timer
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

import structlog

from agent.briefings.daily import daily_document, marker
from agent.briefings.facts import BriefedStore, gather
from agent.briefings.recording import RecordedTools
from agent.briefings.render import for_channel, render_text
from agent.briefings.schedule import BriefingHours, due_on
from agent.db.leases import POSTED, Claim, Leases
from agent.db.tables import Briefing
from agent.errors import BadInputError, UnavailableError
from agent.governance.receipts import receipt_document
from tools.context import Clock, MirrorPort, Role, Scope, ToolContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agent.db.engine import Database

log = structlog.get_logger()

SYSTEM_USER = "floorwalker"
PATIENCE = timedelta(minutes=30)
"""How long a due briefing waits for yesterday's data; after that it says what is missing."""

_SIDE_BY_SIDE = 4

_STORES = "SELECT store_id, name, timezone, day_starts_at FROM store WHERE active ORDER BY store_id"


class BriefingPost(Protocol):
    """The channel side; ``agent.slack`` provides one."""

    def post_briefing(self, channel_id: str, document: Mapping[str, Any]) -> str:
        """Post the document with its ``marker`` and return the message's ts."""
        ...

    def find_posted(self, channel_id: str, marker: str) -> str | None:
        """The ts of the bot's recent message that carries ``marker``; None when the history shows none.

        Raises:
            Exception: the history cannot be read; the caller then does not post.
        """
        ...


class ReceiptPort(Protocol):
    """Where receipts are kept; ``agent.governance.receipts.Receipts`` is one."""

    def save(
        self,
        kind: str,
        user_id: str,
        thread_id: str,
        document: Mapping[str, Any],
        *,
        created_at: datetime | None = None,
    ) -> str:
        """Write a receipt and return its id."""
        ...


class ChannelDirectory(Protocol):
    """Which channels are about one store alone; ``agent.identity.Directory`` is one."""

    def channels_of(self, store_id: str) -> list[str]:
        """Channel ids."""
        ...


@dataclass(frozen=True, slots=True)
class DueBriefing:
    """A briefing that a store should have by now and does not."""

    store_id: str
    on: date


@dataclass(frozen=True, slots=True)
class PostedBriefing:
    """Where a posted briefing is."""

    store_id: str
    on: date
    channel_id: str
    ts: str
    receipt_id: str


def briefing_rows(database: Database) -> Leases:
    """Who posts which briefing: a row per store and morning."""
    return Leases(database, Briefing.created_at)


class Briefings:
    """Composing and posting. Thread-safe; several processes may run it over one operational database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        mirror: MirrorPort,
        receipts: ReceiptPort,
        post: BriefingPost | None,
        directory: ChannelDirectory,
        hours: BriefingHours | None = None,
    ) -> None:
        self._rows = briefing_rows(database)
        self._clock = clock
        self._mirror = mirror
        self._receipts = receipts
        self._post = post
        self._directory = directory
        self._hours = hours or BriefingHours()
        self._waiting: dict[str, tuple[date, datetime]] = {}

    def due_now(self) -> list[DueBriefing]:
        """What is due and not posted, by store; stores without a channel of their own are left out."""
        return [DueBriefing(store.store_id, on) for store, on in self._due(self._clock.now())]

    def run_due(self) -> list[PostedBriefing]:
        """One tick: post what is due, unclaimed and backed by data; call it from anywhere, as often as you like."""
        now = self._clock.now()
        due = [(store, on) for store, on in self._due(now) if self._data_is_in(store, on, now)]
        if not due:
            return []
        # The morning of a large chain must not be over before its last store is told.
        with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="briefing") as workers:
            outcomes = list(workers.map(lambda one: self._try(*one), due))
        return [outcome for outcome in outcomes if outcome is not None]

    def _try(self, store: BriefedStore, on: date) -> PostedBriefing | None:
        try:
            return self._attempt(store.store_id, on)
        except Exception:  # one store's trouble must not keep the others from their briefing
            log.exception("briefing.failed", store_id=store.store_id, briefing_on=on.isoformat())
            return None

    def take_over(self) -> int:
        """End the claims a dead process left behind, so that the next tick takes them up at once.

        Call it once, at the start of the only process that owns the state folder. Returns how many there were.
        """
        return self._rows.release_all()

    def compose(self, store_id: str, on: date) -> dict[str, Any]:
        """The briefing of the morning of ``on``, about the business day before it, with its receipt.

        Raises:
            BadInputError: no such store, or a morning that has not come yet.
            tools.errors.ToolError: a tool refused.
        """
        started = timer.perf_counter()
        store, now = self._store(store_id), self._clock.now()
        if on > now.astimezone(ZoneInfo(store.timezone)).date():
            raise BadInputError(f"--on: {on.isoformat()} has not come yet at {store.name}; give a day up to today.")
        scope = Scope(SYSTEM_USER, Role.ANALYST, (store_id,), (store_id,), thread_id=marker(store_id, on))
        tools = RecordedTools(ToolContext(scope=scope, mirror=self._mirror, clock=self._clock))
        facts = gather(store, on, tools)
        caveats = [caveat for result in tools.results[:1] for caveat in result.caveats]
        document = daily_document(facts, self._mirror.snapshot(), caveats)
        receipt = receipt_document(
            question=f"Morning briefing of {store.name} for {on.isoformat()}",
            now=now,
            scope=scope,
            calls=tools.calls,
            model="none: written by code",
            answer=render_text(document),
            headline=document["headline"],
            caveats=document["caveats"],
            seconds=timer.perf_counter() - started,
            snapshot=self._mirror.snapshot(),
        )
        document["receipt_id"] = self._receipts.save("briefing", SYSTEM_USER, scope.thread_id, receipt, created_at=now)
        document["text"] = render_text(document)
        return document

    def post(self, store_id: str, on: date) -> PostedBriefing:
        """Post this morning's briefing by hand; one that stands in the channel already is returned, not repeated.

        Raises:
            BadInputError: no such store, a morning that has not come yet, or no channel for the store.
            UnavailableError: Slack is not connected, or another runner is posting it right now.
        """
        store = self._store(store_id)
        if not self._directory.channels_of(store_id):
            raise BadInputError(f"{store.name} has no channel of its own; name one in FLOORWALKER_CHANNELS.")
        posted = self._posted(store_id, on) or self._attempt(store_id, on)
        if posted is None:
            raise UnavailableError(f"The briefing of {store.name} is being posted right now; look again in a minute.")
        return posted

    def _due(self, now: datetime) -> list[tuple[BriefedStore, date]]:
        due: list[tuple[BriefedStore, date]] = []
        for store in self._stores():
            on = due_on(now, store.timezone, self._hours, day_starts_at=store.day_starts_at)
            if on is None or not self._directory.channels_of(store.store_id):
                continue
            if self._rows.settled((store.store_id, on)) is None:
                due.append((store, on))
        return due

    def _data_is_in(self, store: BriefedStore, on: date, now: datetime) -> bool:
        """Whether yesterday is complete, or has been waited for long enough.

        After a night of downtime the clock and the first pull start together; a briefing must not win that race.
        """
        sales = self._mirror.snapshot().sources.get("sales")
        if sales is not None and sales.as_of_at >= store.starts_at(on):
            return True
        waiting_for, since = self._waiting.get(store.store_id, (on, now))
        if waiting_for != on:
            since = now
        self._waiting[store.store_id] = (on, since)
        return now - since >= PATIENCE

    def _attempt(self, store_id: str, on: date) -> PostedBriefing | None:
        if self._post is None:
            raise UnavailableError("Slack is not connected here, so the briefing cannot be posted.")
        claim = self._rows.acquire((store_id, on), self._clock.now())
        if claim is None:
            return None
        channel_id = self._directory.channels_of(store_id)[0]
        if claim.taken_over:
            found = self._post.find_posted(channel_id, marker(store_id, on))
            if found is not None:
                return self._settle(claim, channel_id, found, "briefing.found")
        document = dict(claim.document or self.compose(store_id, on))
        renewed = self._rows.keep(claim, self._clock.now(), document, receipt_id=document.get("receipt_id"))
        if renewed is None:
            return None
        return self._settle(
            renewed, channel_id, self._post.post_briefing(channel_id, for_channel(document)), "briefing.posted"
        )

    def _settle(self, claim: Claim, channel_id: str, ts: str, event: str) -> PostedBriefing:
        store_id, on = claim.key
        self._rows.settle(claim, POSTED, channel_id=channel_id, ts=ts)
        log.info(event, store_id=store_id, briefing_on=on.isoformat(), channel_id=channel_id)
        receipt_id = str((claim.document or {}).get("receipt_id") or "")
        return PostedBriefing(store_id, on, channel_id, ts, receipt_id)

    def _posted(self, store_id: str, on: date) -> PostedBriefing | None:
        row = self._rows.settled((store_id, on))
        return PostedBriefing(store_id, on, row.channel_id, row.ts, row.receipt_id or "") if row else None

    def _stores(self) -> Sequence[BriefedStore]:
        stores = [
            BriefedStore(str(store_id), str(name), str(timezone), day_starts_at or time(0, 0))
            for store_id, name, timezone, day_starts_at in self._mirror.query(_STORES).rows
        ]
        return [store if store.name else replace(store, name=store.store_id) for store in stores]

    def _store(self, store_id: str) -> BriefedStore:
        stores = {store.store_id: store for store in self._stores()}
        if store_id not in stores:
            known = ", ".join(f"{store.store_id} {store.name}" for store in stores.values())
            raise BadInputError(f"--store: there is no store “{store_id}”; there are {known or 'none yet'}.")
        return stores[store_id]
