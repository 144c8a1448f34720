"""The stand-in itself: its world, its time, and what can be made to happen in the store now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Unpack

from connectors.http import Secret
from connectors.sandbox.square import order_shapes as shapes
from connectors.sandbox.square.catalog import Catalog
from connectors.sandbox.square.drawers import Drawers
from connectors.sandbox.square.errors import PosError, not_found
from connectors.sandbox.square.orders import Orders
from connectors.sandbox.square.partners import Partners
from connectors.sandbox.square.shifts import Shifts
from connectors.sandbox.square.staff import Staff
from connectors.sandbox.square.stock import Stock
from connectors.sandbox.square.store import PosStore, dump, stamp
from connectors.sandbox.square.subscriptions import Subscriptions
from connectors.sandbox.square.till import Till
from connectors.sandbox.square.transfers import Transfers
from connectors.sandbox.square.webhook import (
    MERCHANT_ID,
    Event,
    catalog_changed,
    counts_changed,
    event_of,
    order_changed,
    send_webhook,
)
from connectors.sandbox.standin.asks import minor_of, missing, needed, quantity_of
from connectors.sandbox.standin.feed import Clock, FeedCustomer, FeedLocation, FeedOrder, FeedSupplier, PosFeed
from connectors.sandbox.standin.happenings import Happening
from connectors.sandbox.standin.played import Opening, PlayedStandIn

READ_TOKEN = Secret("sandbox-read-token")
WRITE_TOKEN = Secret("sandbox-write-token")


class StandInPos(PlayedStandIn):
    """A Square seller's POS."""

    read_token = READ_TOKEN
    write_token = WRITE_TOKEN

    def __init__(self, path: Path, feed: PosFeed, clock: Clock, speed: float = 1.0, **opening: Unpack[Opening]) -> None:
        self.store = PosStore(path)
        super().__init__(self.store, feed, clock, speed, **opening)
        self.catalog = Catalog(self.store, self)
        self.orders = Orders(self.store)
        self.staff = Staff(self.store)
        self.stock = Stock(self.store, self, getattr(feed, "opening_stock", None))
        self.transfers = Transfers(self.store, self.catalog, self)
        self.shifts = Shifts(self.store, self)
        self.partners = Partners(self.store, self)
        self.subscriptions = Subscriptions(self.store, self)
        self._fill_once()
        self.drawers = Drawers(self.store, self, self.currency)
        self._till = Till(self.catalog, self.orders, self.currency)

    def locations(self) -> dict[str, Any]:
        """``GET /v2/locations``."""
        found = self.store.all("SELECT body FROM location ORDER BY id")
        return {"locations": [json.loads(row["body"]) for row in found]}

    def location(self, location_id: str) -> dict[str, Any]:
        """``GET /v2/locations/{id}``."""
        found = self.store.one("SELECT body FROM location WHERE id = ?", location_id)
        if found is None:
            raise not_found(f"Location {location_id}")
        return dict(json.loads(found["body"]))

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up a sale now.

        Raises:
            PosError: 4xx naming the field.
        """
        with self.store.transaction():
            self.play()
            order = self._till.sale(request, self._place(request)["id"], self.now())
            self.orders.add(order)
            touched = self.stock.sell(order)
        return _order_event(order, "order.created", touched)

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Cancel the order ``order_id`` as if it had never been paid.

        Raises:
            PosError: 404 unknown, 409 already void or refunded.
        """
        with self.store.transaction():
            self.play()
            order = self._till.voided(request, self.now())
            self.orders.add(order)
        return _order_event(order, "order.updated")

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``.

        Either ``amount_minor`` without items, or ``lines`` of ``line_no`` and ``quantity``, or all that is left when
        neither is given.

        Raises:
            PosError: 404 unknown, 400 more than is left, 409 void or fully refunded.
        """
        with self.store.transaction():
            self.play()
            back, sold_id = self._till.returned(request, self.now())
            self.orders.add(back, source_order_id=sold_id)
            touched = self.stock.sell(back)
        return _order_event(back, "order.created", touched)

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Open a timecard for ``employee_id`` at ``store_id`` now."""
        with self.store.transaction():
            location = self._place(request)
            card = self.staff.clock_in(str(request.get("employee_id") or ""), location, self.now())
        return _timecard_event(card, "labor.timecard.created")

    def clock_out(self, request: Mapping[str, Any]) -> Happening:
        """Close the open timecard of ``employee_id`` now.

        Raises:
            PosError: 409 nobody of that id is clocked in.
        """
        with self.store.transaction():
            card = self.staff.clock_out(str(request.get("employee_id") or ""), self.now())
        return _timecard_event(card, "labor.timecard.updated")

    def strike(self, request: Mapping[str, Any]) -> Happening:
        """Delete the timecard ``timecard_id``; 404 unknown."""
        with self.store.transaction():
            card = self.staff.strike(str(request.get("timecard_id") or ""))
        return _timecard_event(card, "labor.timecard.deleted")

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Set ``price_minor`` of ``variant_id``, at ``store_id`` or, without it, everywhere."""
        price = minor_of(request.get("price_minor"), "price_minor")
        with self.store.transaction():
            place = self._place(request)["id"] if request.get("store_id") else None
            variation = self.catalog.reprice(needed(request, "variant_id"), price, place)
        return _catalog_event({"variant_id": variation["id"], "store_id": place, "price_minor": price}, self.now())

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Note that somebody counted ``quantity`` of ``variant_id`` at ``store_id``."""
        quantity = quantity_of(request.get("quantity"), least=Decimal(0))
        with self.store.transaction():
            place, variant_id = self._place(request)["id"], needed(request, "variant_id")
            if self.catalog.variation(variant_id) is None:
                raise PosError(404, "NOT_FOUND", f"There is no product with the variant_id {variant_id}.", "variant_id")
            count = self.stock.count(variant_id, place, quantity, self.now())
        answer = {"variant_id": variant_id, "store_id": place, "quantity": format(quantity, "f")}
        return Happening(answer, counts_changed([count]))

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Delete ``variant_id``, and its item with the last variation."""
        with self.store.transaction():
            variation = self.catalog.retire(needed(request, "variant_id"))
        return _catalog_event({"variant_id": variation["id"], "deleted": True}, self.now())

    def tell(self, happening: Happening) -> None:
        """Send the webhook of something that happened."""
        if self.webhook is None or not isinstance(happening.event, Event):
            return
        for event in (happening.event, *happening.event.also):
            send_webhook(self.webhook, event_of(event, self.now()))

    def _fill(self, starts_at: datetime) -> None:
        places = list(self._feed.locations())
        currency = places[0].currency if places else "USD"
        self.store.set_meta("currency", currency)
        rows = [(place.store_id, dump(_location(place, stamp(starts_at)))) for place in places]
        self.store.run_many("INSERT OR REPLACE INTO location VALUES (?, ?)", rows)
        # The day before: a shop's products are there when it opens, and are no news to who asks what changed.
        self.catalog.seed(self._feed.catalog(), currency, starts_at - timedelta(days=1))
        self.staff.seed(self._feed.employees(), currency, starts_at)
        suppliers: Iterable[FeedSupplier] = getattr(self._feed, "suppliers", list)()
        customers: Iterable[FeedCustomer] = getattr(self._feed, "customers", list)()
        self.partners.seed(suppliers, customers, stamp(starts_at - timedelta(days=1)))

    def _ring_up_due(self, order: FeedOrder) -> None:
        built = shapes.from_feed(order, self.currency)
        self.orders.add(built)
        self.stock.sell(built)

    def _place(self, request: Mapping[str, Any]) -> dict[str, Any]:
        store_id = request.get("store_id") or request.get("location_id")
        if not store_id:
            raise missing("store_id")
        known = {item["id"]: item for item in self.locations()["locations"]}
        if store_id not in known:
            raise PosError(404, "NOT_FOUND", f"store_id must be one of {', '.join(known)}.", "store_id")
        return dict(known[str(store_id)])


def _location(place: FeedLocation, at: str) -> dict[str, Any]:
    return {
        "id": place.store_id,
        "name": place.name,
        "timezone": place.timezone,
        "status": "ACTIVE",
        "created_at": at,
        "merchant_id": MERCHANT_ID,
        "country": "US",
        "currency": place.currency,
        "business_name": "Floorwalker Demo Stores",
        "type": "PHYSICAL",
    }


def _order_event(order: Mapping[str, Any], event_type: str, counts: Sequence[Mapping[str, Any]] = ()) -> Happening:
    answer = {
        "order_id": order["id"],
        "store_id": order["location_id"],
        "state": order["state"],
        "total_minor": order["net_amounts"]["total_money"]["amount"],
        "at": order["updated_at"],
    }
    return Happening(answer, order_changed(order, event_type, counts))


def _timecard_event(card: Mapping[str, Any], event_type: str) -> Happening:
    answer = {"timecard_id": card["id"], "store_id": card["location_id"], "clock_in_at": card["start_at"]}
    if card.get("end_at"):
        answer["clock_out_at"] = card["end_at"]
    return Happening(answer, Event(event_type, "labor.timecard", card["id"], {"timecard": card}))


def _catalog_event(answer: Mapping[str, Any], at: datetime) -> Happening:
    return Happening({**answer, "at": stamp(at)}, catalog_changed(at))
