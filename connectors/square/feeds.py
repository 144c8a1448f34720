"""Square's change feeds, each resumable at any page.

- sale: a window of ``updated_at`` closed before its first page and walked in groups of at most ten locations. A
  location that joins later is read from its beginning. Windows overlap by fifteen minutes.
- catalog, inventory, inventory changes: everything changed after an instant, less one millisecond because Square
  excludes it. customers: by ``updated_at``, overlapping.
- location, supplier, employee, promotion: the whole list; a rule is as new as the newest of its parts.
- timecard, scheduled shift: from 35 days back, for Square offers no change stamp there; the schedule to its end. What
  such a walk has not met on its way was deleted, or moved out of it: a census says which ones it has met.
- register events: drawers opened in the last 35 days, those read again that changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors.apart import NEVER, taken_in
from connectors.base import Census, Cursor, Entity, Page, RawRecord
from connectors.errors import TerminalError
from connectors.http import RejectedError, Secret, to_json
from connectors.square.client import LOCATIONS_PER_SEARCH, ORDERS_PAGE, Listing, SquareClient, instant, stamp
from connectors.square.joined import with_events, with_job_titles, with_parts, with_taxes, with_units
from connectors.square.privacy import without_personal_data
from connectors.square.raw import millis, raw_records

OVERLAP = timedelta(minutes=15)
ROLLING_WINDOW = timedelta(days=35)

_MILLISECOND = timedelta(milliseconds=1)
_COUNTED: Mapping[Entity, datetime | None] = {
    Entity.TIMECARD: None,
    Entity.SCHEDULED_SHIFT: datetime(9999, 1, 1, tzinfo=UTC),
}
"""What is counted on each walk, and to when it reaches if not to the walk's own end."""
_Read = Callable[[str | None, str, str | None], Listing]
"""Reads a page of a list: what changed since, up to when, from which page on."""


class Feeds:
    """Walks the feeds of one account; ``key`` makes pseudonyms."""

    def __init__(self, client: SquareClient, key: Secret | None, orders_page: int = ORDERS_PAGE) -> None:
        self._client = client
        self._key = key
        self._orders_page = orders_page
        self._lists: Mapping[Entity, _Read] = {
            Entity.SUPPLIER: lambda _since, _to, page: self._client.vendors(page),
            Entity.CATALOG: self._catalog,
            Entity.EMPLOYEE: lambda _since, _to, page: self._client.team_members(page),
            Entity.CUSTOMER: self._customers,
            Entity.PROMOTION: self._promotions,
            Entity.REGISTER_EVENT: self._drawers,
            Entity.INVENTORY: self._inventory,
            Entity.INVENTORY_CHANGE: self._inventory_changes,
            Entity.TIMECARD: self._timecards,
            Entity.SCHEDULED_SHIFT: self._scheduled_shifts,
        }

    def walk(self, entity: Entity, cursor: Cursor | None, until: datetime) -> Iterator[Page]:
        """The pages of ``entity`` from ``cursor`` up to ``until``.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token is wrong, or Square has no such entity.
        """
        state = dict(cursor.value) if cursor else {}
        if entity is Entity.LOCATION:
            return self._locations(until)
        if entity is Entity.SALE:
            return self._sales(state, until)
        if entity in self._lists:
            return self._rolling(entity, state, until, self._lists[entity])
        raise TerminalError(f"Square has no {entity.value.replace('_', ' ')}s to read.")

    def location_ids(self) -> list[str]:
        """Every location of the account. Raises as ``walk`` does."""
        places = self._client.locations().body.get("locations") or ()
        return sorted(str(item["id"]) for item in places if isinstance(item, dict) and item.get("id"))

    def _locations(self, until: datetime) -> Iterator[Page]:
        found = [item for item in self._client.locations().body.get("locations") or () if isinstance(item, dict)]

        def record(item: Mapping[str, Any]) -> RawRecord:
            kept = without_personal_data(Entity.LOCATION, item, self._key)
            return RawRecord(Entity.LOCATION, str(item["id"]), millis(until), until, to_json(kept))

        places = with_taxes(self._client, found)
        records = [taken_in("Square", Entity.LOCATION, place, partial(record, place)) for place in places]
        yield Page(records, Cursor({"since": stamp(until)}), done=True)

    def _catalog(self, since: str | None, _to: str, page: str | None) -> Listing:
        listing = self._client.search_catalog(_just_before(since), page)
        return Listing(with_units(self._client, listing), listing.cursor, listing.latest_time)

    def _promotions(self, _since: str | None, _to: str, page: str | None) -> Listing:
        listing = self._client.search_catalog(None, page, types=("PRICING_RULE",))
        return Listing(with_parts(self._client, listing), listing.cursor, listing.latest_time)

    def _customers(self, since: str | None, to: str, page: str | None) -> Listing:
        return self._client.customers(since, to, page)

    def _inventory(self, since: str | None, _to: str, page: str | None) -> Listing:
        return self._client.inventory_counts(None, _just_before(since), page)

    def _inventory_changes(self, since: str | None, to: str, page: str | None) -> Listing:
        return self._client.inventory_changes(_just_before(since), to, page)

    def _timecards(self, since: str | None, to: str, page: str | None) -> Listing:
        return self._client.timecards(self.location_ids(), _window_start(since), to, page)

    def _scheduled_shifts(self, since: str | None, _to: str, page: str | None) -> Listing:
        listing = self._client.scheduled_shifts(_window_start(since), None, page)
        return Listing(with_job_titles(self._client, listing), listing.cursor)

    def _drawers(self, since: str | None, to: str, page: str | None) -> Listing:
        """One location after the other; ``page`` is the location's id and Square's own cursor."""
        locations = self.location_ids()
        if not locations:
            return Listing((), None)
        place, _, cursor = page.partition(" ") if page else (locations[0], "", "")
        listing = self._client.drawer_shifts(place, _window_start(since), to, cursor or None)
        changed = [
            with_events(self._client, shift)
            for shift in listing.objects
            if since is None or not shift.get("updated_at") or instant(str(shift["updated_at"])) >= instant(since)
        ]
        following = next((item for item in locations if item > place), None)
        further = f"{place} {listing.cursor}" if listing.cursor else following
        return Listing(changed, further)

    def _sales(self, state: dict[str, Any], until: datetime) -> Iterator[Page]:
        if not state.get("pending"):
            state = self._sale_window(state, until)
        records: list[RawRecord] = []
        while state.get("pending"):
            group, later = state["pending"][0], state["pending"][1:]
            listing = _resumed(partial(self._orders, group, state["to"]), state["page"])
            records = raw_records(Entity.SALE, listing.objects, self._key)
            state = {**state, "page": listing.cursor, "pending": later if listing.cursor is None else state["pending"]}
            if state["pending"]:
                yield Page(records, Cursor(state), done=False)
                continue
            finished = state["to"] >= stamp(until)
            state = {"since": state["to"], "known": state["known"]}
            if not finished:
                # An interrupted window was finished first; now up to the instant asked for.
                state = self._sale_window(state, until)
                yield Page(records, Cursor(state), done=not state.get("pending"))
            else:
                yield Page(records, Cursor(state), done=True)
                return
        if not state.get("known"):
            yield Page((), Cursor(state), done=True)

    def _orders(self, group: Mapping[str, Any], to: str, page: str | None) -> Listing:
        return self._client.search_orders(group["locations"], group["start"], to, page, self._orders_page)

    def _sale_window(self, state: Mapping[str, Any], until: datetime) -> dict[str, Any]:
        known = set(state.get("known") or ())
        locations = self.location_ids()
        since = state.get("since")
        start = None if since is None else stamp(instant(since) - OVERLAP)
        old = [item for item in locations if item in known]
        new = [item for item in locations if item not in known]
        pending = [{"locations": group, "start": start} for group in _groups(old)]
        pending += [{"locations": group, "start": None} for group in _groups(new)]
        if not pending:
            return {"since": stamp(until), "known": []}
        return {"since": since, "to": stamp(until), "known": locations, "pending": pending, "page": None}

    def _rolling(self, entity: Entity, state: Mapping[str, Any], until: datetime, read: _Read) -> Iterator[Page]:
        """Walk a feed of one list.

        ``mark`` is where the next pass goes on from. The first page settles it, for a change made while paging must
        be seen again.
        """
        since, page = state.get("since"), state.get("page")
        to, mark = state.get("to") or stamp(until), state.get("mark")
        # A walk that is gone on with does not know what its first part met.
        met: set[str] | None = set() if entity in _COUNTED and page is None else None
        while True:
            listing = _resumed(partial(read, since, to), page)
            # Nothing changed between ``latest_time`` and now, so the later of the two bounds loses nothing.
            mark = mark or min(to, max(listing.latest_time or "", stamp(instant(to) - OVERLAP)))
            records = raw_records(entity, listing.objects, self._key)
            page = listing.cursor
            if met is not None:
                met |= {record.id for record in records}
            if page is not None:
                yield Page(records, Cursor({"since": since, "to": to, "mark": mark, "page": page}), done=False)
                continue
            finished = to >= stamp(until)
            census = None if met is None else Census(_begins(since), _COUNTED[entity] or instant(to), frozenset(met))
            yield Page(records, Cursor({"since": mark}), done=finished, census=census)
            if finished:
                return
            since, to, mark = mark, stamp(until), None
            met = set() if entity in _COUNTED else None


def _just_before(since: str | None) -> str | None:
    return None if since is None else stamp(instant(since) - _MILLISECOND)


def _window_start(since: str | None) -> str | None:
    return None if since is None else stamp(instant(since) - ROLLING_WINDOW)


def _begins(since: str | None) -> datetime:
    start = _window_start(since)
    return NEVER if start is None else instant(start)


def _resumed(read: Callable[[str | None], Listing], page: str | None) -> Listing:
    """Read on from ``page``; Square forgets old page cursors, then the list is read from its start again."""
    try:
        return read(page)
    except RejectedError as error:
        if page is None or error.status != 400:
            raise
        return read(None)


def _groups(ids: Sequence[str]) -> list[list[str]]:
    return [list(ids[start : start + LOCATIONS_PER_SEARCH]) for start in range(0, len(ids), LOCATIONS_PER_SEARCH)]
