"""The stand-in itself: its world, its time, and what can be made to happen in the store now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Unpack

from connectors.credentials import Secret
from connectors.currency import minor_exponent
from connectors.money import rounded
from connectors.sandbox.lightspeed_x.errors import XError
from connectors.sandbox.lightspeed_x.goods import Goods
from connectors.sandbox.lightspeed_x.logistics import Logistics
from connectors.sandbox.lightspeed_x.promotions import Promotions
from connectors.sandbox.lightspeed_x.sales import Sold, Ticket, goods_of, paid_minor, sale_of, sold_of
from connectors.sandbox.lightspeed_x.store import XStore, ident, major, new_id, stamp
from connectors.sandbox.lightspeed_x.webhook import (
    Event,
    inventory_event,
    product_event,
    sale_event,
    send_webhook,
)
from connectors.sandbox.lightspeed_x.world import DISCOUNT_PRODUCT, Taxes, seed
from connectors.sandbox.standin.asks import lines_of, minor_of, missing, needed, quantity_of
from connectors.sandbox.standin.feed import Clock, FeedOrder, PosFeed
from connectors.sandbox.standin.happenings import Happening
from connectors.sandbox.standin.played import Opening, PlayedStandIn

READ_TOKEN = Secret("sandbox-read-token")
WRITE_TOKEN = Secret("sandbox-write-token")


class StandInX(PlayedStandIn):
    """A Lightspeed X retailer.

    With an ``allowance`` it takes that many requests in five minutes, as the platform does; without one it never says
    no.
    """

    read_token = READ_TOKEN
    write_token = WRITE_TOKEN

    def __init__(
        self,
        path: Path,
        feed: PosFeed,
        clock: Clock,
        speed: float = 1.0,
        *,
        taxes: Taxes | None = None,
        allowance: int | None = None,
        **opening: Unpack[Opening],
    ) -> None:
        self.store = XStore(path)
        super().__init__(self.store, feed, clock, speed, **opening)
        self.allowance = allowance
        self.taxes = taxes or Taxes()
        self.goods = Goods(self.store, self.taxes)
        self.logistics = Logistics(self.store, self.goods)
        self.promotions = Promotions(self.store)
        self._fill_once()
        self._exponent = minor_exponent(self.currency)

    def retailer(self) -> dict[str, Any]:
        """``GET /retailer``."""
        return {
            "data": {
                "id": ident("retailer"),
                "name": "Floorwalker Demo Stores",
                "domain_prefix": "sandbox",
                "country": "US",
                "currency": {"code": self.currency, "symbol": "$"},
                "discount_product_id": DISCOUNT_PRODUCT,
                "tax_exclusive": not self.taxes.inclusive,
                "timezone": "America/New_York",
                "version": "1",
            }
        }

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up ``lines`` now, each at its live price unless ``price_minor`` says otherwise."""
        with self.store.transaction():
            self.play()
            outlet = self._place(request)
            lines = [self._asked(line, str(outlet["id"])) for line in lines_of(request)]
            ticket = Ticket(
                new_id(),
                str(outlet["id"]),
                self.now(),
                register_id=self._register_of(str(outlet["id"])),
                user_id=ident("user", str(request["employee_id"])) if request.get("employee_id") else "",
                customer_id=ident("customer", str(request["customer_id"])) if request.get("customer_id") else None,
                order_discount_minor=minor_of(request.get("order_discount_minor", 0), "order_discount_minor"),
                tip_minor=minor_of(request.get("tip_minor", 0), "tip_minor"),
            )
            if ticket.order_discount_minor > sum(line.gross_minor - line.discount_minor for line in lines):
                raise XError(400, "Bad Request", "order_discount_minor exceeds the sale.", "order_discount_minor")
            sale = self._ring_up(ticket, lines)
        return self._told(sale)

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Void the sale ``order_id`` as if it had never been paid."""
        with self.store.transaction():
            self.play()
            sale = self._sold(request)
            if sale["return"]["return_sale_ids"]:
                raise XError(409, "Conflict", "This sale was refunded; it cannot be voided any more.", "order_id")
            voided = self.store.put("sale", {**sale, "state": "voided", "updated_at": stamp(self.now())})
            self._move_goods(voided, back=True)
        return self._told(voided)

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``: ``amount_minor``, ``lines``, or all that is left when neither is given."""
        with self.store.transaction():
            self.play()
            sale = self._sold(request)
            left = self._left(sale)
            lines, discount = self._given_back(sale, request, left)
            source = sale["source"]
            ticket = Ticket(
                new_id(),
                str(source["outlet_id"]),
                self.now(),
                register_id=str(source["register_id"] or ""),
                user_id=str(source["author"]["id"] or ""),
                customer_id=sale["customer_id"],
                order_discount_minor=discount,
                original_id=str(sale["id"]),
            )
            back = sale_of(ticket, lines, self.taxes, self._exponent)
            if -paid_minor(back, self._exponent) > left:
                field = "amount_minor" if request.get("amount_minor") is not None else "lines"
                raise XError(400, "Bad Request", f"Only {left} minor units are left to refund.", field)
            stored = self.store.put("sale", back)
            self._move_goods(stored)
            returned = {**sale["return"], "return_sale_ids": [*sale["return"]["return_sale_ids"], stored["id"]]}
            self.store.put("sale", {**sale, "return": returned})
        return self._told(stored)

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Begin a shift of ``employee_id``, who works at ``store_id``. The platform sends no webhook of it."""
        with self.store.transaction():
            outlet, user = self._place(request), self._user(request)
            homes = user["restricted_outlet_ids"] or [outlet["id"]]
            if outlet["id"] not in homes:
                raise XError(400, "Bad Request", "They do not work at this store.", "store_id")
            if self._open_shift(user) is not None:
                raise XError(409, "Conflict", f"{request['employee_id']} is clocked in already.", "employee_id")
            when = stamp(self.now())
            shift = {
                "id": new_id(),
                "retailer_id": ident("retailer"),
                "user_id": user["id"],
                "time_in": when,
                "time_out": None,
                "created_at": when,
                "updated_at": when,
                "updated_by": user["id"],
            }
            stored = self.store.put("shift", shift, parent=str(user["id"]))
        answer = {"timecard_id": stored["id"], "store_id": request.get("store_id"), "clock_in_at": when}
        return Happening(answer, None)

    def clock_out(self, request: Mapping[str, Any]) -> Happening:
        """End the open shift of ``employee_id``."""
        with self.store.transaction():
            user = self._user(request)
            shift = self._open_shift(user)
            if shift is None:
                raise XError(409, "Conflict", f"{request['employee_id']} is not clocked in.", "employee_id")
            when = stamp(self.now())
            stored = self.store.put("shift", {**shift, "time_out": when, "updated_at": when}, parent=str(user["id"]))
        return Happening({"timecard_id": stored["id"], "clock_out_at": when}, None)

    def strike(self, request: Mapping[str, Any]) -> Happening:
        """Delete the shift ``timecard_id``: it is in no list any more."""
        with self.store.transaction():
            shift = self.store.need("shift", needed(request, "timecard_id"), "timecard_id")
            self.store.drop("shift", str(shift["id"]))
        return Happening({"timecard_id": shift["id"]}, None)

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Somebody sets ``price_minor`` of ``variant_id``, at ``store_id`` or everywhere."""
        product_id = self._product_id(request)
        outlet = str(self._place(request)["id"]) if request.get("store_id") else None
        label = major(minor_of(request.get("price_minor"), "price_minor"), self._exponent)
        changed = self.goods.reprice(product_id, label, outlet, self.now())
        return Happening(
            {"variant_id": request["variant_id"], "price_minor": request["price_minor"]}, product_event(changed)
        )

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Somebody counts ``quantity`` of ``variant_id`` at ``store_id``."""
        product_id, outlet = self._product_id(request), self._place(request)
        quantity = quantity_of(request.get("quantity"), least=Decimal(0))
        with self.store.transaction():
            self.store.need("product", product_id, "variant_id")
            level = self.goods.set_level(product_id, str(outlet["id"]), quantity)
        answer = {"variant_id": request["variant_id"], "store_id": request["store_id"], "quantity": str(quantity)}
        return Happening(answer, inventory_event(level))

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Somebody deletes ``variant_id``."""
        with self.store.transaction():
            gone = self.goods.retire(self._product_id(request), self.now())
        return Happening({"variant_id": request["variant_id"], "active": False}, product_event(gone))

    def tell(self, happening: Happening) -> None:
        """Send the webhook of something that happened."""
        if self.webhook is not None and isinstance(happening.event, Event):
            send_webhook(self.webhook, happening.event)

    def _fill(self, starts_at: datetime) -> None:
        # The day before: a shop's products are there when it opens, and are no news to who asks what changed.
        seed(self.store, self._feed, self.taxes, starts_at - timedelta(days=1))

    def _ring_up_due(self, order: FeedOrder) -> None:
        self._ring_up(self._ticket_of(order), self._lines_of(order))

    def _ring_up(self, ticket: Ticket, lines: list[Sold]) -> dict[str, Any]:
        sale = self.store.put("sale", sale_of(ticket, lines, self.taxes, self._exponent))
        self._move_goods(sale)
        return sale

    def _move_goods(self, sale: Mapping[str, Any], *, back: bool = False) -> None:
        for item in goods_of(sale):
            quantity = Decimal(str(item["quantity"]))
            self.goods.move(
                str(item["product"]["id"]), str(sale["source"]["outlet_id"]), quantity if back else -quantity
            )

    def _ticket_of(self, order: FeedOrder) -> Ticket:
        outlet_id = ident("outlet", order.store_id)
        return Ticket(
            ident("sale", order.sale_id),
            outlet_id,
            order.closed_at,
            register_id=self._register_of(outlet_id),
            user_id=ident("user", order.employee) if order.employee else "",
            customer_id=ident("customer", order.customer) if order.customer else None,
        )

    def _lines_of(self, order: FeedOrder) -> list[Sold]:
        return [
            Sold(
                ident("product", line.variant_id or f"open:{line.name}"),
                line.quantity,
                line.gross_minor,
                line.discount_minor,
            )
            for line in order.lines
        ]

    def _asked(self, line: Mapping[str, Any], outlet_id: str) -> Sold:
        product = self.store.need("product", self._product_id(line), "variant_id")
        quantity = quantity_of(line.get("quantity", 1))
        price, given = self.goods.label_price(product, outlet_id), line.get("price_minor")
        if given is None and price is None:
            raise missing("lines[].price_minor")
        each = Decimal(minor_of(given, "price_minor")) if given is not None else (price or 0) * 10**self._exponent
        gross = rounded(each * quantity)
        discount = minor_of(line.get("discount_minor", 0), "discount_minor")
        if discount > gross:
            raise XError(400, "Bad Request", "discount_minor exceeds the line.", "discount_minor")
        cost = Decimal(str(product["supply_price"])) if product.get("supply_price") else None
        return Sold(str(product["id"]), quantity, gross, discount, cost)

    def _given_back(self, sale: Mapping[str, Any], request: Mapping[str, Any], left: int) -> tuple[list[Sold], int]:
        """The lines of a return and the discount on all of it; without lines, the discount is the money given back."""
        if request.get("amount_minor") is not None:
            given = minor_of(request["amount_minor"], "amount_minor")
            if given == 0:
                raise XError(400, "Bad Request", "amount_minor must be more than 0.", "amount_minor")
            return [], given
        numbered = dict(enumerate(goods_of(sale), start=1))
        if request.get("lines") is None:
            whole = [
                sold_of(item, Decimal(str(item["quantity"])), self.taxes, self._exponent) for item in numbered.values()
            ]
            discount = self._sale_discount(sale)
            if sum(-(line.gross_minor - line.discount_minor) for line in whole) - discount == left:
                return whole, discount
            return [], left
        lines = []
        for line in lines_of(request):
            item = numbered.get(line.get("line_no") or 0)
            if item is None:
                raise XError(400, "Bad Request", f"line_no must be from 1 to {len(numbered)}.", "line_no")
            quantity = quantity_of(line.get("quantity", item["quantity"]))
            if quantity > Decimal(str(item["quantity"])):
                raise XError(400, "Bad Request", f"Only {item['quantity']} were sold.", "quantity")
            lines.append(sold_of(item, quantity, self.taxes, self._exponent))
        return lines, 0

    def _sale_discount(self, sale: Mapping[str, Any]) -> int:
        off = [item for item in sale["line_items"] if item["product"]["id"] == DISCOUNT_PRODUCT]
        shown = sum((-Decimal(str(item["pricing"]["total"])) for item in off), Decimal(0))
        label = shown * (1 + self.taxes.rate) if self.taxes.inclusive else shown
        return int(label.scaleb(self._exponent).to_integral_value())

    def _left(self, sale: Mapping[str, Any]) -> int:
        tips = sum((Decimal(str(item["total"])) for item in sale["adjustments"]), Decimal(0))
        paid = paid_minor(sale, self._exponent) - int(tips.scaleb(self._exponent))
        back = (self.store.get("sale", str(item)) for item in sale["return"]["return_sale_ids"])
        return paid + sum(paid_minor(item, self._exponent) for item in back if item)

    def _sold(self, request: Mapping[str, Any]) -> dict[str, Any]:
        given = needed(request, "order_id")
        found = self.store.get("sale", given) or self.store.get("sale", ident("sale", given))
        if found is None:
            raise XError(404, "Not Found", f"There is no sale {given}.", "order_id")
        if found["state"] == "voided":
            raise XError(409, "Conflict", "This sale is void already.", "order_id")
        if found["return"]["is_return"]:
            raise XError(409, "Conflict", "This is a refund itself.", "order_id")
        return found

    def _place(self, request: Mapping[str, Any]) -> dict[str, Any]:
        store_id = needed(request, "store_id")
        found = self.store.get("outlet", ident("outlet", store_id)) or self.store.get("outlet", store_id)
        if found is None:
            raise XError(404, "Not Found", f"There is no store {store_id}.", "store_id")
        return found

    def _user(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return self.store.need("user", ident("user", needed(request, "employee_id")), "employee_id")

    def _open_shift(self, user: Mapping[str, Any]) -> dict[str, Any] | None:
        shifts = self.store.of("shift", str(user["id"]))
        return next((shift for shift in shifts if shift["time_out"] is None), None)

    def _product_id(self, request: Mapping[str, Any]) -> str:
        return ident("product", needed(request, "variant_id"))

    def _register_of(self, outlet_id: str) -> str:
        found = self.store.one("SELECT body FROM thing WHERE kind = 'register' AND body LIKE ?", f"%{outlet_id}%")
        return str(json.loads(found["body"])["id"]) if found else ""

    def _told(self, sale: Mapping[str, Any]) -> Happening:
        answer = {
            "order_id": sale["id"],
            "store_id": sale["source"]["outlet_id"],
            "state": sale["state"],
            "total_minor": paid_minor(sale, self._exponent),
            "at": sale["updated_at"],
        }
        return Happening(answer, sale_event(sale))
