"""Reading a Lightspeed X retailer: change feeds for the mirror, single objects for webhooks, live values for previews.

Every object has a version that grows with each change, from one counter for all. A feed is what has a version greater
than the cursor's, oldest change first, until nothing is left: an object that changes meanwhile comes again at the end.
The platform takes no upper bound in time, so a walk may bring more than ``until`` asked for, never less. Only stock
levels are bounded, by the highest version there is when the walk begins. Shifts that were deleted are in no feed, so
those of the last 35 days are counted once a day.

Holds a token that reads; nothing here can change anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from connectors.apart import taken_in
from connectors.base import (
    Action,
    ActionKind,
    Capability,
    Census,
    Cursor,
    Entity,
    Health,
    Page,
    Preview,
    RawRecord,
    WebhookEvent,
)
from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.http import Policy, RejectedError, Secret, to_json
from connectors.lightspeed_x import health
from connectors.lightspeed_x.catalog import CatalogFeed
from connectors.lightspeed_x.client import (
    PAGE,
    SALES_PAGE,
    STOCK_PAGE,
    TITLE,
    LightspeedXClient,
    RetailerPacer,
    maybe_instant,
    version_of,
)
from connectors.lightspeed_x.mapping import canonical_rows
from connectors.lightspeed_x.privacy import customer_key, without_personal_data
from connectors.lightspeed_x.proposals import Proposals
from connectors.lightspeed_x.surroundings import MARK, Surroundings
from connectors.lightspeed_x.webhooks import SIGNATURE_HEADER, ensure_webhooks, is_genuine, webhook_event
from connectors.manifest import load_manifest
from connectors.records import Row

LIVE_POLICY = Policy(attempts=3, base=0.2, cap=2.0, deadline=12.0, connect_timeout=3.0, read_timeout=6.0)
"""For previews: somebody is waiting for the card."""

FEEDS: Mapping[Entity, tuple[str, Mapping[str, str]]] = {
    Entity.LOCATION: ("/outlets", {"deleted": "true"}),
    Entity.SUPPLIER: ("/suppliers", {"deleted": "true"}),
    Entity.EMPLOYEE: ("/users", {}),
    Entity.CUSTOMER: ("/customers", {"deleted": "true"}),
    Entity.SALE: ("/sales", {}),
    Entity.REGISTER_EVENT: ("/registers", {"deleted": "true"}),
    Entity.INVENTORY_CHANGE: ("/stock_adjustments", {}),
    Entity.TIMECARD: ("/shifts", {}),
    Entity.PURCHASE_ORDER: ("/consignments", {}),
}
"""Feeds by version, and what makes them complete."""

_BY_ID = {
    **{entity: path for entity, (path, _) in FEEDS.items()},
    Entity.PROMOTION: "/promotions",
}
_NOT_BY_ID = frozenset({Entity.CUSTOMER, Entity.INVENTORY_CHANGE, Entity.TIMECARD})
"""Read by their feeds alone: the platform has no call for one, or the stored id is a pseudonym."""

_HIGHEST_VERSION = 2**44

COUNTED_EVERY = timedelta(days=1)
COUNTED_BACK = timedelta(days=35)


class LightspeedXReader:
    """``connectors.base.Reader`` over one Lightspeed X retailer.

    ``pseudonym_key`` turns customer ids into pseudonyms; without it there are no customers. ``webhook_key`` is the
    application's client secret; without it no webhook is believed. ``page`` makes every page smaller than usual.
    """

    platform = "lightspeed_x"

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        connection: str,
        *,
        pseudonym_key: Secret | None = None,
        webhook_key: Secret | None = None,
        setting: str = "LIGHTSPEED_X_TOKEN",
        policy: Policy | None = None,
        live_policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        now: Callable[[], datetime] | None = None,
        page: int | None = None,
    ) -> None:
        self.connection = connection
        pacer = RetailerPacer(sleep=sleep or time.sleep)
        self._client = LightspeedXClient(base_url, token, setting=setting, policy=policy, sleep=sleep, pacer=pacer)
        self._live = LightspeedXClient(base_url, token, setting=setting, policy=live_policy or LIVE_POLICY, sleep=sleep)
        self._key = pseudonym_key
        self._webhook_key = webhook_key
        self._setting = setting
        self._page = page
        self._now = now or (lambda: datetime.now(UTC))
        self._surroundings = Surroundings(self._client)
        self._catalog = CatalogFeed(self._client, self._surroundings, self._record, page or PAGE)
        self._proposals = Proposals(self._live, self._now)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._live.close()

    def capabilities(self) -> Mapping[Entity | ActionKind, Capability]:
        """What Lightspeed X offers, out of the manifest."""
        return load_manifest(self.platform).capabilities()

    def check(self) -> Health:
        """Try the token on everything that is read, and compare the clocks."""
        return health.check(self._client, self._setting)

    def extract(self, entity: Entity, cursor: Cursor | None, *, until: datetime) -> Iterator[Page]:
        """Walk the change feed of ``entity``; a cursor holds the version to go on after.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token or its scopes are wrong, or there is no such entity.
        """
        state = dict(cursor.value) if cursor else {}
        match entity:
            case Entity.CATALOG:
                return self._catalog.walk(state, until)
            case Entity.INVENTORY:
                return self._inventory(state, until)
            case Entity.PROMOTION:
                return self._promotions(until)
            case _ if entity in FEEDS:
                if entity is Entity.LOCATION:
                    self._surroundings.forget()
                pages = self._feed(entity, int(state.get("after") or 0), until)
                return self._counted(pages, state, until) if entity is Entity.TIMECARD else pages
            case _:
                raise TerminalError(f"{TITLE} has no {entity.value.replace('_', ' ')}s to read.")

    def caught_up(self, entity: Entity, at: datetime) -> Cursor:
        """Where to go on from when everything up to ``at`` reached the mirror another way, by files for instance.

        Versions grow with time, so the place is found by halving. A feed whose objects have no time of change is read
        from its beginning, which brings what is known once more and changes nothing.

        Raises:
            TransientError, TerminalError: the feed could not be read.
        """
        if entity not in FEEDS:
            return Cursor({})
        path, filters = FEEDS[entity]
        low, high = 0, _HIGHEST_VERSION
        while low < high:
            middle = (low + high) // 2
            found = self._client.feed(path, middle, 1, **filters)
            changed = maybe_instant(found.objects[0].get("updated_at")) if found.objects else None
            if found.objects and changed is None:
                return Cursor({"after": 0})
            if changed is not None and changed <= at:
                low = middle + 1
            else:
                high = middle
        return Cursor({"after": low, "counted": at.isoformat()} if entity is Entity.TIMECARD else {"after": low})

    def fetch(self, entity: Entity, ids: Sequence[str]) -> Sequence[RawRecord]:
        """Read single objects now; stock by ``product:outlet`` or by product.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token is wrong, or this entity cannot be read by id.
        """
        now = self._now()
        if entity is Entity.CATALOG:
            return self._catalog.fetch(ids, now)
        if entity is Entity.INVENTORY:
            products = dict.fromkeys(identity.partition(":")[0] for identity in ids)
            levels = [level for product_id in products for level in self._client.product_inventory(product_id)]
            return [self._record(entity, level, version_of(level), now) for level in levels]
        if entity not in _BY_ID or entity in _NOT_BY_ID:
            raise TerminalError(f"{TITLE}'s {entity.value.replace('_', ' ')}s are read as a feed; run a sync instead.")
        found = (self._one(_BY_ID[entity], identity) for identity in ids)
        return self._marked(entity, [item for item in found if item is not None], now)

    def canonical(self, record: RawRecord) -> Iterable[Row]:
        """Mirror rows of a record. Pure."""
        return canonical_rows(record, connection=self.connection)

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, url: str) -> WebhookEvent | None:  # noqa: ARG002
        """What an event says; None when its signature is not Lightspeed's. ``headers`` are in lower case."""
        if not is_genuine(body, headers.get(SIGNATURE_HEADER), key=self._webhook_key):
            return None
        return webhook_event(body)

    def ensure_webhooks(self, callback: str) -> Sequence[str]:
        """Register what is missing for ``callback``; sentences of what was done or has to be done by hand.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token is wrong.
        """
        return ensure_webhooks(self._client, callback)

    def preview(self, action: Action) -> Preview:
        """Read the live object and build the exact requests of the change.

        ``Preview.problem`` is a sentence when the change makes no sense now; the request is empty then.

        Raises:
            TransientError: Lightspeed could not answer now.
            TerminalError: the token is wrong.
        """
        return self._proposals.preview(action)

    def about_to_send(self, action: Action, seen: Preview) -> None:
        """Remember what was there before a change that leaves no trace of who made it."""
        self._proposals.about_to_send(action, seen)

    def _one(self, path: str, identity: str) -> Mapping[str, Any] | None:
        try:
            return self._client.one(path, identity)
        except RejectedError as error:
            if error.status != 404:
                raise
            return None

    def _feed(self, entity: Entity, after: int, until: datetime) -> Iterator[Page]:
        path, filters = FEEDS[entity]
        size = self._page or (SALES_PAGE if entity is Entity.SALE else PAGE)
        while True:
            listing = self._client.feed(path, after, size, **filters)
            # A server that took ``after`` as inclusive would never come to an end.
            if listing.highest is None or listing.highest <= after:
                break
            after = listing.highest
            yield Page(self._marked(entity, listing.objects, until), Cursor({"after": after}), done=False)
        yield Page((), Cursor({"after": after}), done=True)

    def _counted(self, pages: Iterator[Page], state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """The same pages; once a day the last one says which shifts there are."""
        last = datetime.fromisoformat(str(state["counted"])) if state.get("counted") else None
        due = last is None or until - last >= COUNTED_EVERY
        stamp = until.isoformat() if due or last is None else last.isoformat()
        for page in pages:
            marked = Cursor({**page.next.value, "counted": stamp if page.done else state.get("counted")})
            census = self._shifts(until) if page.done and due else None
            yield replace(page, next=marked, census=census)

    def _shifts(self, until: datetime) -> Census:
        since = until - COUNTED_BACK
        # A day more: what began since has been written since, by a clock that is not ours.
        after, ids = int(self.caught_up(Entity.TIMECARD, since - COUNTED_EVERY).value["after"]), set[str]()
        while True:
            listing = self._client.feed(FEEDS[Entity.TIMECARD][0], after, self._page or PAGE)
            if listing.highest is None or listing.highest <= after:
                return Census(since, until, frozenset(ids))
            ids |= {str(shift.get("id")) for shift in listing.objects}
            after = listing.highest

    def _inventory(self, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        after, to = int(state.get("after") or 0), state.get("to")
        is_old = to is not None
        while True:
            if to is None:
                to = self._client.inventory(0, size=1, newest_first=True).highest or after
            while after < int(to):
                listing = self._client.inventory(after, before=int(to) + 1, size=self._page or STOCK_PAGE)
                if listing.highest is None or listing.highest <= after:
                    break
                after = listing.highest
                records = [self._record(Entity.INVENTORY, level, version_of(level), until) for level in listing.objects]
                yield Page(records, Cursor({"after": after, "to": to}), done=False)
            after = max(after, int(to))
            if not is_old:
                break
            # A walk that was interrupted is at its end; now for what happened since.
            to, is_old = None, False
        yield Page((), Cursor({"after": after}), done=True)

    def _promotions(self, until: datetime) -> Iterator[Page]:
        version = int(until.timestamp() * 1000)
        found = self._client.promotions(PAGE * 2)
        records = [self._record(Entity.PROMOTION, item, version, until) for item in found]
        yield Page(records, Cursor({"since": until.isoformat()}), done=True)

    def _marked(self, entity: Entity, objects: Iterable[Mapping[str, Any]], at: datetime) -> list[RawRecord]:
        kept = objects
        if entity is Entity.CUSTOMER:
            # Without a pseudonym there is nothing of a customer that may be stored.
            kept = [item for item in objects if customer_key(str(item.get("id") or ""), self._key)]
        return [taken_in(TITLE, entity, item, partial(self._marked_one, entity, item, at)) for item in kept]

    def _marked_one(self, entity: Entity, item: Mapping[str, Any], at: datetime) -> RawRecord:
        return self._record(entity, self._with_mark(entity, item), version_of(item) or _millis(at), at)

    def _with_mark(self, entity: Entity, item: Mapping[str, Any]) -> Mapping[str, Any]:
        """The object with what it leaves unsaid and its rows need."""
        around = self._surroundings
        mark: dict[str, Any]
        match entity:
            case Entity.SALE:
                outlet = (item.get("source") or {}).get("outlet_id") if isinstance(item.get("source"), dict) else None
                retailer = around.retailer()
                mark = {
                    "currency": around.currency_at(str(outlet or "")) if outlet else retailer.currency,
                    "discount_product_id": retailer.discount_product_id,
                }
            case Entity.LOCATION:
                mark = {"currency": around.retailer().currency, "timezone": around.retailer().timezone}
            case Entity.TIMECARD:
                mark = {"outlet_id": around.outlet_of_user(str(item.get("user_id") or ""))}
            case Entity.PURCHASE_ORDER if item.get("type") != "STOCKTAKE":
                mark = {"products": self._products_of(str(item["id"]))}
            case _:
                return item
        return {**item, MARK: mark}

    def _products_of(self, consignment_id: str) -> list[Mapping[str, Any]]:
        """What is on a consignment; nothing once it was deleted, which its feed will tell."""
        try:
            return list(self._client.under("/consignments", consignment_id, "products"))
        except RejectedError as error:
            if error.status != 404:
                raise
            return []

    def _record(self, entity: Entity, source: Mapping[str, Any], version: int, at: datetime) -> RawRecord:
        return taken_in(TITLE, entity, source, partial(self._landed, entity, source, version, at))

    def _landed(self, entity: Entity, source: Mapping[str, Any], version: int, at: datetime) -> RawRecord:
        kept = without_personal_data(entity, source, self._key)
        if entity is Entity.INVENTORY:
            parts = [source["product_id"], source["outlet_id"]]
        else:
            parts = [kept["customer_key"] if entity is Entity.CUSTOMER else source["id"]]
        if not all(parts):
            raise ValueError("an empty id")
        updated = maybe_instant(source.get("updated_at")) or at
        identity = ":".join(map(str, parts))
        return RawRecord(entity, identity, version, updated, to_json(kept), deleted=bool(source.get("deleted_at")))


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
