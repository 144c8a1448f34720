"""The stand-in itself: its world, its time, and what can be made to happen in the store now."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import structlog

from connectors.http import Secret
from connectors.sandbox.square import orders as shapes
from connectors.sandbox.square.catalog import Catalog
from connectors.sandbox.square.errors import PosError, missing, not_found
from connectors.sandbox.square.orders import Orders
from connectors.sandbox.square.staff import Staff
from connectors.sandbox.square.stock import Stock
from connectors.sandbox.square.store import PosStore, dump, stamp
from connectors.sandbox.square.webhook import MERCHANT_ID, Event, event_of, send_webhook
from connectors.sandbox.standin.feed import Clock, FeedLocation, PosFeed
from connectors.sandbox.standin.happenings import Happening, WebhookTarget

READ_TOKEN = Secret("sandbox-read-token")
WRITE_TOKEN = Secret("sandbox-write-token")
_MOST_LINES = 100

log = structlog.get_logger()


class StandInPos:
    """A POS in one SQLite file. Every change is committed before it is answered and survives the process.

    It is a clock itself: its ``now`` runs ``speed`` times as fast as ``clock`` from the moment of opening on. Sales of
    the feed appear as ``now`` passes them, starting with the first moment the file was opened.
    """

    def __init__(
        self,
        path: Path,
        feed: PosFeed,
        clock: Clock,
        speed: float = 1.0,
        *,
        starts_at: datetime | None = None,
        read_token: Secret = READ_TOKEN,
        write_token: Secret = WRITE_TOKEN,
        webhook: WebhookTarget | None = None,
        hang_seconds: float = 30.0,
    ) -> None:
        self.store = PosStore(path)
        self._feed = feed
        self._clock = clock
        self._speed = speed
        self._opened = clock.now()
        self.read_token = read_token
        self.write_token = write_token
        self.webhook = webhook
        self.hang_seconds = hang_seconds
        self.catalog = Catalog(self.store, self)
        self.orders = Orders(self.store)
        self.staff = Staff(self.store)
        self.stock = Stock(self.store)
        with self.store.transaction():
            if self.store.meta("seeded") is None:
                self._seed(starts_at or self._opened)
        self._currency = self.store.meta("currency") or "USD"

    def close(self) -> None:
        """Let the file go."""
        self.store.close()

    def now(self) -> datetime:
        """The stand-in's present."""
        passed = self._clock.now() - self._opened
        return self._opened + (
            passed if self._speed == 1.0 else timedelta(seconds=passed.total_seconds() * self._speed)
        )

    def play(self) -> int:
        """Let the sales that are due by now happen; how many there were."""
        now = self.now()
        with self.store.transaction():
            after = datetime.fromisoformat(self.store.meta("played_until") or stamp(now))
            if now <= after:
                return 0
            count = 0
            for order in self._feed.orders(after, now):
                built = shapes.from_feed(order, self._currency)
                self.orders.add(built)
                self.stock.sell(built)
                count += 1
            self.store.set_meta("played_until", now.isoformat())
        if count:
            log.debug("pos.played", orders=count)
        return count

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

    def effects(self) -> dict[str, Any]:
        """Every write that was applied, oldest first."""
        return self.store.effects()

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up a sale now: ``store_id``, ``lines`` of ``variant_id`` and ``quantity``, each at its live price.

        Raises:
            PosError: 4xx naming the field.
        """
        with self.store.transaction():
            self.play()
            location = self._place(request)
            items = [self._line(number, line, location["id"]) for number, line in enumerate(_lines(request), start=1)]
            order = shapes.build(
                uuid.uuid4().hex[:24],
                location["id"],
                stamp(self.now()),
                items,
                self._currency,
                tip=_minor(request.get("tip_minor", 0), "tip_minor"),
            )
            names = ("employee_id", "register_id")
            order["metadata"] = {name: str(request[name]) for name in names if request.get(name)}
            self.orders.add(order)
            self.stock.sell(order)
        return _order_event(order, "order.created")

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Cancel the order ``order_id`` as if it had never been paid.

        Raises:
            PosError: 404 unknown, 409 already void or refunded.
        """
        with self.store.transaction():
            self.play()
            order = self._sold(request)
            if self.orders.returns_of(order["id"]):
                raise PosError(409, "CONFLICT", "This order was refunded; it cannot be voided any more.", "order_id")
            tenders = [{**tender, "card_details": {"status": "VOIDED"}} for tender in order["tenders"]]
            voided = {
                **order,
                "state": "CANCELED",
                "version": order["version"] + 1,
                "updated_at": stamp(self.now()),
                "tenders": tenders,
            }
            self.orders.add(voided)
        return _order_event(voided, "order.updated")

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``.

        Either ``amount_minor`` without items, or ``lines`` of ``line_no`` and ``quantity``, or all that is left when
        neither is given.

        Raises:
            PosError: 404 unknown, 400 more than is left, 409 void or fully refunded.
        """
        with self.store.transaction():
            self.play()
            order = self._sold(request)
            left = order["total_money"]["amount"] - order["total_tip_money"]["amount"]
            left -= sum(item["return_amounts"]["total_money"]["amount"] for item in self.orders.returns_of(order["id"]))
            if left <= 0:
                raise PosError(409, "REFUND_ALREADY_PENDING", "This order is refunded completely already.", "order_id")
            lines = self._returned_lines(order, request, left)
            total = sum(line["total_money"]["amount"] for line in lines)
            if total > left:
                field = "amount_minor" if request.get("amount_minor") is not None else "lines"
                raise PosError(400, "REFUND_AMOUNT_INVALID", f"Only {left} minor units are left to refund.", field)
            back = shapes.build_return(order, self.now(), lines, str(request.get("reason") or "Customer return"))
            self.orders.add(back, source_order_id=order["id"])
            self.stock.sell(back)
        return _order_event(back, "order.created")

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Open a timecard for ``employee_id`` at ``store_id`` now."""
        with self.store.transaction():
            location = self._place(request)
            card = self.staff.clock_in(str(request.get("employee_id") or ""), location, self.now())
        answer = {"timecard_id": card["id"], "store_id": location["id"], "clock_in_at": card["start_at"]}
        return Happening(answer, Event("labor.timecard.created", "labor.timecard", card["id"], {"timecard": card}))

    def tell(self, happening: Happening) -> None:
        """Send the webhook of something that happened."""
        if self.webhook is not None and isinstance(happening.event, Event):
            send_webhook(self.webhook, event_of(happening.event, self.now()))

    def _seed(self, starts_at: datetime) -> None:
        places = list(self._feed.locations())
        currency = places[0].currency if places else "USD"
        self.store.set_meta("currency", currency)
        rows = [(place.store_id, dump(_location(place, stamp(starts_at)))) for place in places]
        self.store.run_many("INSERT OR REPLACE INTO location VALUES (?, ?)", rows)
        # The day before: a shop's products are there when it opens, and are no news to who asks what changed.
        self.catalog.seed(self._feed.catalog(), currency, starts_at - timedelta(days=1))
        self.staff.seed(self._feed.employees(), currency, starts_at)
        self.store.set_meta("played_until", starts_at.isoformat())
        self.store.set_meta("seeded", "yes")

    def _place(self, request: Mapping[str, Any]) -> dict[str, Any]:
        store_id = request.get("store_id") or request.get("location_id")
        if not store_id:
            raise missing("store_id")
        known = {item["id"]: item for item in self.locations()["locations"]}
        if store_id not in known:
            raise PosError(404, "NOT_FOUND", f"store_id must be one of {', '.join(known)}.", "store_id")
        return dict(known[str(store_id)])

    def _sold(self, request: Mapping[str, Any]) -> dict[str, Any]:
        if not request.get("order_id"):
            raise missing("order_id")
        order = self.orders.get(str(request["order_id"]))
        if order["state"] == "CANCELED":
            raise PosError(409, "CONFLICT", "This order is void already.", "order_id")
        if not order.get("line_items"):
            raise PosError(409, "CONFLICT", "This is a refund itself.", "order_id")
        return order

    def _line(self, number: int, line: Mapping[str, Any], location_id: str) -> dict[str, Any]:
        variant_id = str(line.get("variant_id") or "")
        if not variant_id:
            raise missing(f"lines[{number - 1}].variant_id")
        variation = self.catalog.variation(variant_id)
        if variation is None:
            raise PosError(404, "NOT_FOUND", f"There is no product with the variant_id {variant_id}.", "variant_id")
        quantity = _quantity(line.get("quantity", 1))
        price = self.catalog.price(variant_id, location_id)
        given = line.get("price_minor")
        if given is None and price is None:
            raise missing(f"lines[{number - 1}].price_minor")
        each = _minor(given, "price_minor") if given is not None else int((price or {})["amount"])
        gross = int((each * quantity).quantize(Decimal(1), ROUND_HALF_UP))
        discount = _minor(line.get("discount_minor", 0), "discount_minor")
        if discount > gross:
            raise PosError(400, "VALUE_TOO_HIGH", "discount_minor exceeds the line.", "discount_minor")
        name = self.catalog.name_of(variation)
        return shapes.line_item(number, name, variant_id, quantity, gross, discount, self._currency)

    def _returned_lines(self, order: Mapping[str, Any], request: Mapping[str, Any], left: int) -> list[dict[str, Any]]:
        if request.get("amount_minor") is not None:
            amount = _minor(request["amount_minor"], "amount_minor")
            if amount == 0:
                raise PosError(400, "VALUE_TOO_LOW", "amount_minor must be more than 0.", "amount_minor")
            return [_amount_line(amount, self._currency)]
        by_number = dict(enumerate(order["line_items"], start=1))
        asked = request.get("lines")
        if asked is None:
            whole = [_back(line, Decimal(line["quantity"]), self._currency) for line in by_number.values()]
            if sum(line["total_money"]["amount"] for line in whole) == left:
                return whole
            return [_amount_line(left, self._currency)]
        lines = []
        for line in _lines(request):
            number = line.get("line_no")
            if number not in by_number:
                raise PosError(400, "INVALID_VALUE", f"line_no must be from 1 to {len(by_number)}.", "line_no")
            sold = by_number[number]
            quantity = _quantity(line.get("quantity", sold["quantity"]))
            if quantity > Decimal(sold["quantity"]):
                raise PosError(400, "VALUE_TOO_HIGH", f"Only {sold['quantity']} were sold.", "quantity")
            lines.append(_back(sold, quantity, self._currency))
        return lines


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


def _back(line: Mapping[str, Any], quantity: Decimal, currency: str) -> dict[str, Any]:
    part = quantity / Decimal(line["quantity"])
    gross = int((line["gross_sales_money"]["amount"] * part).quantize(Decimal(1), ROUND_HALF_UP))
    discount = int((line["total_discount_money"]["amount"] * part).quantize(Decimal(1), ROUND_HALF_UP))
    built = shapes.line_item(0, line["name"], line.get("catalog_object_id"), quantity, gross, discount, currency)
    built.pop("applied_discounts", None)
    built |= {"uid": f"B{line['uid']}", "source_line_item_uid": line["uid"]}
    built["gross_return_money"] = built.pop("gross_sales_money")
    return built


def _amount_line(amount: int, currency: str) -> dict[str, Any]:
    built = shapes.line_item(1, "Custom amount", None, Decimal(1), amount, 0, currency)
    built["gross_return_money"] = built.pop("gross_sales_money")
    return built


def _order_event(order: Mapping[str, Any], event_type: str) -> Happening:
    verb = event_type.replace(".", "_")
    thin = {
        "order_id": order["id"],
        "location_id": order["location_id"],
        "state": order["state"],
        "version": order["version"],
        "created_at": order["created_at"],
        "updated_at": order["updated_at"],
    }
    answer = {
        "order_id": order["id"],
        "store_id": order["location_id"],
        "state": order["state"],
        "total_minor": order["net_amounts"]["total_money"]["amount"],
        "at": order["updated_at"],
    }
    return Happening(answer, Event(event_type, verb, order["id"], {verb: thin}))


def _lines(request: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise missing("lines")
    if len(lines) > _MOST_LINES:
        raise PosError(400, "ARRAY_LENGTH_TOO_LONG", f"At most {_MOST_LINES} lines.", "lines")
    return lines


def _quantity(value: Any) -> Decimal:
    try:
        quantity = Decimal(str(value))
    except InvalidOperation:
        quantity = Decimal(0)
    if not quantity.is_finite() or not 0 < quantity <= 100_000:
        raise PosError(400, "INVALID_VALUE", "quantity must be a number more than 0, at most 100000.", "quantity")
    return quantity


def _minor(value: Any, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000_000:
        raise PosError(400, "EXPECTED_INTEGER", f"{field} must be a whole number of minor units.", field)
    return value
