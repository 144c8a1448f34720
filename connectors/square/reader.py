"""Reading a Square account: change feeds for the mirror, single objects for webhooks, live prices for previews.

The cursors it keeps, each resumable at any page:

- sale: a window of ``updated_at`` closed before its first page and walked in groups of at most ten locations. A
  location that joins later is read from its beginning. Windows overlap by fifteen minutes.
- catalog, inventory: everything changed after an instant, less one millisecond because Square excludes it.
- location, employee: the whole list. timecard: the last 35 days, for Square offers no change stamp there.

Holds a token that reads; nothing here can change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors.base import (
    Action,
    ActionKind,
    Capability,
    Cursor,
    Entity,
    Health,
    Page,
    Preview,
    RawRecord,
    Support,
)
from connectors.errors import ConnectorError, TerminalError, TransientError
from connectors.http import Policy, RejectedError, Secret, to_json
from connectors.records import Row
from connectors.square import pricing
from connectors.square.client import (
    IDS_PER_BATCH,
    LOCATIONS_PER_SEARCH,
    ORDERS_PAGE,
    VERSION,
    Listing,
    SquareClient,
    instant,
    stamp,
)
from connectors.square.mapping import canonical_rows
from connectors.square.privacy import without_personal_data

OVERLAP = timedelta(minutes=15)
TIMECARD_WINDOW = timedelta(days=35)
LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

_MILLISECOND = timedelta(milliseconds=1)
_SKEW_ALLOWED = timedelta(minutes=2)


class SquareReader:
    """``connectors.base.Reader`` over one Square account.

    ``pseudonym_key`` turns Square's customer ids into pseudonyms; without it sales have no customer.
    """

    platform = "square"

    def __init__(
        self,
        base_url: str,
        token: Secret,
        connection: str,
        version: str = VERSION,
        *,
        pseudonym_key: Secret | None = None,
        setting: str = "SQUARE_ACCESS_TOKEN",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        orders_page: int = ORDERS_PAGE,
    ) -> None:
        self.connection = connection
        self._client = SquareClient(base_url, token, setting=setting, version=version, policy=policy, sleep=sleep)
        self._live = SquareClient(
            base_url, token, setting=setting, version=version, policy=live_policy or LIVE_POLICY, sleep=sleep
        )
        self._key = pseudonym_key
        self._setting = setting
        self._orders_page = orders_page

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What Square offers."""
        read = Capability(read=Support.YES)
        return {
            **dict.fromkeys(Entity, read),
            Entity.TIMECARD: Capability(read=Support.YES, note="re-read over the last 35 days"),
            ActionKind.PRICE_CHANGE: Capability(
                read=Support.YES,
                write=Support.YES,
                idempotent=True,
                compare_and_set=True,
                note="the price of one variation at one location",
            ),
        }

    def check(self) -> Health:
        """Try the token on everything that is read, and compare the clocks."""
        try:
            reply = self._client.locations()
        except ConnectorError as error:
            return Health(ok=False, problems=(error.user_message,))
        locations = [item for item in reply.body.get("locations") or () if isinstance(item, dict)]
        problems = list(self._permission_problems([str(item["id"]) for item in locations if item.get("id")]))
        if not locations:
            problems.append("The Square account has no locations. Create one in the Square Dashboard.")
        if reply.date is not None and abs(datetime.now(UTC) - reply.date) > _SKEW_ALLOWED:
            problems.append("This machine's clock differs from Square's by more than two minutes. Set it by NTP.")
        names = {str(item.get("business_name") or item.get("merchant_id") or "") for item in locations} - {""}
        return Health(ok=not problems, account=", ".join(sorted(names)), problems=tuple(problems))

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; see the module for what a cursor holds.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token or its permissions are wrong.
        """
        state = dict(cursor.value) if cursor else {}
        match entity:
            case Entity.LOCATION:
                return self._locations(until)
            case Entity.CATALOG:
                return self._rolling(entity, state, until, self._catalog)
            case Entity.SALE:
                return self._sales(state, until)
            case Entity.INVENTORY:
                return self._rolling(entity, state, until, self._inventory)
            case Entity.EMPLOYEE:
                return self._rolling(entity, state, until, self._employees)
            case Entity.TIMECARD:
                return self._rolling(entity, state, until, self._timecards)

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance.

        Raises:
            TransientError, TerminalError: Square's locations could not be read.
        """
        value: dict[str, Any] = {"since": stamp(at)}
        if entity is Entity.SALE:
            value["known"] = self._location_ids()
        return Cursor(value)

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now: orders, catalogue objects, and inventory by variation id.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token is wrong, or this entity cannot be read by id.
        """
        records: list[RawRecord] = []
        for start in range(0, len(ids), IDS_PER_BATCH):
            some = ids[start : start + IDS_PER_BATCH]
            match entity:
                case Entity.SALE:
                    records += self._records(entity, self._client.orders(some).objects)
                case Entity.CATALOG:
                    records += self._records(entity, self._with_units(self._client.catalog_objects(some)))
                case Entity.INVENTORY:
                    counts = self._client.inventory_counts(None, None, None, variant_ids=some)
                    records += self._records(entity, counts.objects)
                case _:
                    raise TerminalError(f"Square's {entity.value}s are read as a whole list; run a sync instead.")
        return records

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, connection=self.connection, key=self._key)

    def preview(self, action: Action) -> Preview:
        """Read the live variation and build the exact request of the price change.

        ``Preview.problem`` is a sentence when the change makes no sense now; the request is empty then.

        Raises:
            TransientError: Square could not answer now.
            TerminalError: the token is wrong.
        """
        if action.kind is not ActionKind.PRICE_CHANGE:
            return Preview({}, "", {}, f"Square cannot do “{action.kind}” here.")
        try:
            found = self._live.catalog_object(action.target.get("variant_external_id", ""))
        except RejectedError as error:
            if error.status not in (400, 404):
                raise
            return Preview({}, "", {}, "This product is no longer in Square's catalogue.")
        return pricing.preview(found, action)

    def _permission_problems(self, location_ids: Sequence[str]) -> Iterator[str]:
        now = stamp(datetime.now(UTC))
        some = location_ids[:1]
        probes: list[tuple[str, Callable[[], object]]] = [
            ("ITEMS_READ", lambda: self._client.search_catalog(now, None, limit=1)),
            ("EMPLOYEES_READ", lambda: self._client.team_members(None, limit=1)),
        ]
        if some:
            probes += [
                ("ORDERS_READ", lambda: self._client.search_orders(some, now, now, None, limit=1)),
                ("INVENTORY_READ", lambda: self._client.inventory_counts(some, now, None)),
                ("TIMECARDS_READ", lambda: self._client.timecards(some, now, now, None, limit=1)),
            ]
        for scope, probe in probes:
            try:
                probe()
            except RejectedError as error:
                if error.status == 403:
                    yield f"Give the token in {self._setting} the permission {scope}."
                else:
                    yield error.user_message
            except ConnectorError as error:
                yield error.user_message

    def _locations(self, until: datetime) -> Iterator[Page]:
        body = self._client.locations().body
        records = [
            RawRecord(Entity.LOCATION, str(item["id"]), _millis(until), until, to_json(item))
            for item in body.get("locations") or ()
        ]
        yield Page(records, Cursor({"since": stamp(until)}), done=True)

    def _location_ids(self) -> list[str]:
        return sorted(str(item["id"]) for item in self._client.locations().body.get("locations") or ())

    def _catalog(self, since: str | None, _to: str, page: str | None) -> Listing:
        begin = None if since is None else stamp(instant(since) - _MILLISECOND)
        listing = self._client.search_catalog(begin, page)
        return Listing(self._with_units(listing), listing.cursor, listing.latest_time)

    def _sales(self, state: dict[str, Any], until: datetime) -> Iterator[Page]:
        if not state.get("pending"):
            state = self._sale_window(state, until)
        records: list[RawRecord] = []
        while state.get("pending"):
            group, later = state["pending"][0], state["pending"][1:]
            listing = _resumed(partial(self._orders, group, state["to"]), state["page"])
            records = self._records(Entity.SALE, listing.objects)
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
        locations = self._location_ids()
        since = state.get("since")
        start = None if since is None else stamp(instant(since) - OVERLAP)
        old = [item for item in locations if item in known]
        new = [item for item in locations if item not in known]
        pending = [{"locations": group, "start": start} for group in _groups(old)]
        pending += [{"locations": group, "start": None} for group in _groups(new)]
        if not pending:
            return {"since": stamp(until), "known": []}
        return {"since": since, "to": stamp(until), "known": locations, "pending": pending, "page": None}

    def _inventory(self, since: str | None, _to: str, page: str | None) -> Listing:
        after = None if since is None else stamp(instant(since) - _MILLISECOND)
        return self._client.inventory_counts(None, after, page)

    def _employees(self, _since: str | None, _to: str, page: str | None) -> Listing:
        return self._client.team_members(page)

    def _timecards(self, since: str | None, to: str, page: str | None) -> Listing:
        start = None if since is None else stamp(instant(since) - TIMECARD_WINDOW)
        return self._client.timecards(self._location_ids(), start, to, page)

    def _rolling(
        self,
        entity: Entity,
        state: Mapping[str, Any],
        until: datetime,
        read: Callable[[str | None, str, str | None], Listing],
    ) -> Iterator[Page]:
        """Walk a feed of one list.

        ``mark`` is where the next pass goes on from. The first page settles it, for a change made while paging must
        be seen again.
        """
        since, page = state.get("since"), state.get("page")
        to, mark = state.get("to") or stamp(until), state.get("mark")
        while True:
            listing = _resumed(partial(read, since, to), page)
            # Nothing changed between ``latest_time`` and now, so the later of the two bounds loses nothing.
            mark = mark or min(to, max(listing.latest_time or "", stamp(instant(to) - OVERLAP)))
            records = self._records(entity, listing.objects)
            page = listing.cursor
            if page is not None:
                yield Page(records, Cursor({"since": since, "to": to, "mark": mark, "page": page}), done=False)
                continue
            finished = to >= stamp(until)
            yield Page(records, Cursor({"since": mark}), done=finished)
            if finished:
                return
            since, to, mark = mark, stamp(until), None

    def _with_units(self, listing: Listing) -> list[Mapping[str, Any]]:
        """Variations with their unit of measure written in: sold by weight or by the piece decides what UPT means."""
        wanted = sorted({unit for item in listing.objects if (unit := _unit_id(item))})
        units: dict[str, Any] = {}
        for start in range(0, len(wanted), IDS_PER_BATCH):
            for item in self._client.catalog_objects(wanted[start : start + IDS_PER_BATCH]).objects:
                units[str(item["id"])] = (item.get("measurement_unit_data") or {}).get("measurement_unit")
        return [
            {**item, "item_variation_data": {**item["item_variation_data"], "measurement_unit": units[unit]}}
            if (unit := _unit_id(item)) in units
            else item
            for item in listing.objects
        ]

    def _records(self, entity: Entity, objects: Iterable[Mapping[str, Any]]) -> list[RawRecord]:
        return [_record(entity, item, self._key) for item in objects]


def _record(entity: Entity, source: Mapping[str, Any], key: Secret | None) -> RawRecord:
    try:
        updated = instant(str(source.get("updated_at") or source.get("calculated_at") or source["created_at"]))
        if entity is Entity.INVENTORY:
            identity = ":".join(str(source[name]) for name in ("catalog_object_id", "location_id", "state"))
        else:
            identity = str(source["id"])
        version = source.get("version") if entity in (Entity.CATALOG, Entity.SALE, Entity.TIMECARD) else None
    except (KeyError, ValueError) as error:
        raise TransientError(
            f"Square sent a {entity.value} without an id or a time stamp. Try again; if it stays, tell its support.",
            detail=str(error),
        ) from error
    payload = to_json(without_personal_data(entity, source, key))
    return RawRecord(
        entity, identity, int(version or _millis(updated)), updated, payload, deleted=bool(source.get("is_deleted"))
    )


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


def _unit_id(item: Mapping[str, Any]) -> str | None:
    return (item.get("item_variation_data") or {}).get("measurement_unit_id")


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
