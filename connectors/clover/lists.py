"""The feeds of everything but sales: the catalogue with its deletions, whole lists, and what has a beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from connectors.base import Census, Cursor, Entity, Page, RawRecord
from connectors.clover.client import CloverClient, instant, millis, segment
from connectors.clover.feeds import LONGEST_MS, Element, settled, windows
from connectors.clover.landing import CATEGORY, chunks, digest, event_identity, raw_record, tombstone
from connectors.clover.sales import DAY_MS, OVERLAP_MS, beginning
from connectors.http import RejectedError, Secret

PATHS: Mapping[Entity, str] = {
    Entity.EMPLOYEE: "/employees",
    Entity.PROMOTION: "/discounts",
    Entity.INVENTORY: "/item_stocks",
    Entity.CUSTOMER: "/customers",
    Entity.REGISTER_EVENT: "/cash_events",
    Entity.TIMECARD: "/shifts",
}
_BEGUN: Mapping[Entity, str] = {
    Entity.CUSTOMER: "customerSince",
    Entity.REGISTER_EVENT: "timestamp",
    Entity.TIMECARD: "in_time",
}
ITEM_EXPAND = ("categories",)
TIMECARD_WINDOW_MS = 35 * DAY_MS


class Lists:
    """Reads one merchant's lists; ``page`` is how many elements are asked for, and handed over, at once."""

    def __init__(self, client: CloverClient, key: Secret | None, page: int) -> None:
        self._client = client
        self._key = key
        self._page = page
        self._money = ""

    def catalog(self, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """Categories, items, and items that are missing since ``known`` was noted."""
        known = set(state.get("known") or ())
        categories = self._all("/categories")
        items = self._all("/items", ITEM_EXPAND)
        records = [raw_record(Entity.CATALOG, item, self._key, now=until, prefix=CATEGORY) for item in categories]
        records += [self._item(item, until) for item in items]
        seen = {str(item["id"]) for item in items if item.get("id")}
        # An item is gone when Clover says so of it, never because a list left it out.
        missing = [self._looked_up(identity, until) for identity in sorted(known - seen)]
        seen |= {record.id for record in missing if not record.deleted}
        yield from self._handed_over([*records, *missing], Cursor(state), Cursor({"known": sorted(seen)}))

    def whole(self, entity: Entity, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """A whole list, handed over if it is not the one of last time; what is missing from promotions has ended."""
        if entity is Entity.LOCATION:
            records = [self._merchant(until)]
        else:
            records = [self.record(entity, item, until) for item in self._all(PATHS[entity])]
        print_ = digest(records)
        following: dict[str, Any] = {"digest": print_}
        if entity is Entity.PROMOTION:
            before = dict(state.get("known") or {})
            following["known"] = {record.id: record.payload.decode() for record in records}
            records += [
                _ended(identity, text, until) for identity, text in before.items() if identity not in following["known"]
            ]
        if print_ == state.get("digest"):
            yield Page((), Cursor(following), done=True)
            return
        yield from self._handed_over(records, Cursor(state), Cursor(following))

    def timecards(self, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """Everything at first; then what began in the last 35 days, handed over if it reads differently.

        A shift that is deleted is in no list any more: what the list has of the last 34 days is counted. A manager's
        correction may have moved what was clocked on the day before into them.
        """
        since = state.get("since")
        if since is None or "at" in state:
            yield from self.begun(Entity.TIMECARD, state, until)
            return
        start = min(since, millis(until)) - TIMECARD_WINDOW_MS
        found = [
            item for some, _, _ in self._windows(Entity.TIMECARD, start, millis(until), LONGEST_MS) for item in some
        ]
        records = [self.record(Entity.TIMECARD, item, until) for item in found]
        following = {"since": millis(until), "digest": digest(records)}
        counted = Census(instant(start + DAY_MS), until, frozenset(record.id for record in records))
        if following["digest"] == state.get("digest"):
            yield Page((), Cursor(following), done=True, census=counted)
            return
        for page in self._handed_over(records, Cursor(state), Cursor(following)):
            yield replace(page, census=counted) if page.done else page

    def begun(self, entity: Entity, state: dict[str, Any] | Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """What began within windows of time, each once and for all."""
        state = dict(state)
        while True:
            if "at" not in state:
                since = state.get("since")
                start = beginning(self._client) if since is None else since - OVERLAP_MS
                state = {"since": since, "at": start, "to": millis(until), "span": LONGEST_MS}
            for found, at, span in self._windows(entity, state["at"], state["to"], state["span"]):
                state = {**state, "at": at, "span": span}
                if found and (entity is not Entity.CUSTOMER or self._key is not None):
                    yield Page([self.record(entity, item, until) for item in found], Cursor(state), done=False)
            finished = state["to"] >= millis(until)
            state = {"since": state["to"]}
            if finished:
                yield Page((), Cursor(state), done=True)
                return

    def item(self, identity: str, now: datetime) -> RawRecord:
        """One item.

        Raises:
            RejectedError: with status 404 when there is none.
        """
        return self._item(self._client.one(f"/items/{segment(identity)}", ITEM_EXPAND), now)

    def record(self, entity: Entity, source: Element, now: datetime) -> RawRecord:
        """One element of a list."""
        if entity is Entity.PROMOTION:
            source = {**source, "currency": self._currency()}
        return raw_record(entity, source, self._key, now=now)

    def _all(self, path: str, expand: Sequence[str] = ()) -> list[Element]:
        def read(limit: int, offset: int) -> list[Element]:
            return self._client.page(path, expand=expand, limit=limit, offset=offset)

        return settled(read, self._page, _identity)

    def _windows(self, entity: Entity, start: int, end: int, span: int) -> Iterator[tuple[list[Element], int, int]]:
        path, stamp = PATHS[entity], _BEGUN[entity]

        def read(first: int, last: int, limit: int, offset: int) -> list[Element]:
            return self._client.page(
                path, filters=(f"{stamp}>={first}", f"{stamp}<={last}"), limit=limit, offset=offset
            )

        identity = event_identity if entity is Entity.REGISTER_EVENT else _identity
        return windows(read, start, end, span, self._page, identity)

    def _handed_over(self, records: Sequence[RawRecord], before: Cursor, after: Cursor) -> Iterator[Page]:
        """A list that was read as a whole, in pages; what is broken off is read again from its start."""
        pages = list(chunks(records, self._page))
        for number, some in enumerate(pages, start=1):
            last = number == len(pages)
            yield Page(some, after if last else before, done=last, total=len(records))

    def _item(self, item: Element, now: datetime) -> RawRecord:
        return raw_record(Entity.CATALOG, {**item, "currency": self._currency()}, self._key, now=now)

    def _looked_up(self, identity: str, now: datetime) -> RawRecord:
        try:
            return self.item(identity, now)
        except RejectedError as error:
            if error.status != 404:
                raise
            return tombstone(Entity.CATALOG, identity, now)

    def _merchant(self, now: datetime) -> RawRecord:
        merchant = dict(self._client.one(""))
        merchant["properties"] = self._client.one("/properties")
        merchant["address"] = self._client.one("/address")
        return raw_record(Entity.LOCATION, merchant, self._key, now=now)

    def _currency(self) -> str:
        """The merchant's currency, asked for once."""
        if not self._money:
            self._money = str(self._client.one("/properties").get("defaultCurrency") or "USD")
        return self._money


def _identity(element: Element) -> str:
    item = element.get("item")
    return str(element.get("id") or (item.get("id") if isinstance(item, Mapping) else ""))


def _ended(identity: str, text: str, now: datetime) -> RawRecord:
    record = tombstone(Entity.PROMOTION, identity, now)
    return RawRecord(record.entity, record.id, record.source_version, now, text.encode(), deleted=True)
