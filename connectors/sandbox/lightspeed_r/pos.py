"""The stand-in itself: its world, its time, and what can be made to happen in the store now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Unpack

from connectors.http import Secret
from connectors.lightspeed_r.wire import plain, stamp
from connectors.money import major, to_minor
from connectors.sandbox.lightspeed_r.documents import Documents
from connectors.sandbox.lightspeed_r.errors import PosError, invalid, not_found
from connectors.sandbox.lightspeed_r.limiter import Limiter
from connectors.sandbox.lightspeed_r.seed import DEFAULT_LEVEL, Seeding
from connectors.sandbox.lightspeed_r.stock import Stock
from connectors.sandbox.lightspeed_r.till import Ticket, Till, TillLine
from connectors.sandbox.lightspeed_r.writes import Writes
from connectors.sandbox.standin.asks import lines_of, minor_of, missing, quantity_of
from connectors.sandbox.standin.feed import Clock, FeedOrder, PosFeed
from connectors.sandbox.standin.happenings import Happening
from connectors.sandbox.standin.played import Opening, PlayedStandIn

ACCOUNT_ID = "900001"
READ_TOKEN = Secret("sandbox-read-token")
WRITE_TOKEN = Secret("sandbox-write-token")


class StandInPos(PlayedStandIn):
    """An R-Series account. Requests may name things by the feed's own ids or by the platform's numbers."""

    read_token = READ_TOKEN
    write_token = WRITE_TOKEN

    def __init__(
        self,
        path: Path,
        feed: PosFeed,
        clock: Clock,
        speed: float = 1.0,
        *,
        limiter: Limiter | None = None,
        **opening: Unpack[Opening],
    ) -> None:
        self.documents = Documents(path)
        super().__init__(self.documents, feed, clock, speed, **opening)
        self.limiter = limiter or Limiter()
        self.stock = Stock(self.documents)
        self.writes = Writes(self.documents, self.stock, self)
        self._till = Till(self.documents, self.stock)
        self._fill_once()

    def account(self) -> dict[str, Any]:
        """The account as the API shows it."""
        return {
            "accountID": ACCOUNT_ID,
            "status": "customer",
            "name": "Floorwalker Demo Stores",
            "defaultCurrency": {"code": self.currency, "symbol": "$"},
        }

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up a sale now, each line at its live price unless ``price_minor`` says otherwise."""
        with self.documents.transaction():
            self.play()
            shop_id = self._number(request, "store_id", "Shop")
            lines = [self._line(number, line, shop_id) for number, line in enumerate(lines_of(request), start=1)]
            discount = major(minor_of(request.get("order_discount_minor", 0), "order_discount_minor"), self.currency)
            if discount > sum((line.subtotal - line.discount for line in lines), Decimal(0)):
                raise invalid("order_discount_minor", "order_discount_minor exceeds the sale.")
            employee = self._number(request, "employee_id", "Employee") if request.get("employee_id") else "1"
            customer = self._number(request, "customer_id", "Customer") if request.get("customer_id") else "0"
            tip = major(minor_of(request.get("tip_minor", 0), "tip_minor"), self.currency)
            register = self._register(shop_id, request.get("register_id"))
            ticket = Ticket(shop_id, register, employee, customer, discount, tip)
            sale = self._till.ring_up(ticket, lines, self.now())
        return self._happened(sale, "completed")

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Cancel ``order_id`` as if it had never been paid."""
        with self.documents.transaction():
            self.play()
            sale = self._sold(request)
            if self._refunds(sale):
                raise PosError(409, "This sale was refunded; it cannot be voided any more.", "order_id")
            voided = self._till.void(sale, self.now())
        return self._happened(voided, "voided")

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``: a sale of its own with negative lines."""
        with self.documents.transaction():
            self.play()
            sale = self._sold(request)
            left = to_minor(Decimal(sale["total"]), self.currency)
            left += sum(to_minor(Decimal(line["calcTotal"]), self.currency) for line in self._refunds(sale))
            if left <= 0:
                raise PosError(409, "This sale is refunded completely already.", "order_id")
            lines = self._back(sale, request, left)
            back = -sum((line.subtotal - line.discount for line in lines), Decimal(0))
            if to_minor(back, self.currency) > left:
                field = "amount_minor" if request.get("amount_minor") is not None else "lines"
                raise invalid(field, f"Only {left} minor units are left to refund.")
            ticket = Ticket(sale["shopID"], sale["registerID"], sale["employeeID"], sale["customerID"])
            made = self._till.ring_up(ticket, lines, self.now())
        return self._happened(made, "completed")

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Open a timecard for ``employee_id`` at ``store_id``."""
        with self.documents.transaction():
            shop_id = self._number(request, "store_id", "Shop")
            employee = self.documents.get("Employee", self._number(request, "employee_id", "Employee"))
            if employee["limitToShopID"] not in ("0", shop_id):
                raise invalid("store_id", f"This employee works at shop {employee['limitToShopID']} only.")
            if self._open_hours(employee["employeeID"]) is not None:
                raise PosError(409, "This employee is clocked in already.", "employee_id")
            body = {"checkIn": stamp(self.now()), "checkOut": "", "employeeID": employee["employeeID"]}
            hours = self.documents.add("EmployeeHours", {**body, "shopID": shop_id}, parent=employee["employeeID"])
        return Happening({"timecard_id": hours["employeeHoursID"], "clock_in_at": hours["checkIn"]}, None)

    def clock_out(self, request: Mapping[str, Any]) -> Happening:
        """Close the open timecard of ``employee_id``."""
        with self.documents.transaction():
            hours = self._open_hours(self._number(request, "employee_id", "Employee"))
            if hours is None:
                raise PosError(409, "This employee is not clocked in.", "employee_id")
            closed = {**hours, "checkOut": stamp(self.now())}
            self.documents.put("EmployeeHours", closed)
        return Happening({"timecard_id": closed["employeeHoursID"], "clock_out_at": closed["checkOut"]}, None)

    def strike(self, request: Mapping[str, Any]) -> Happening:
        """Delete the hours ``timecard_id``: they are in no list any more."""
        with self.documents.transaction():
            hours = self.documents.get("EmployeeHours", self._number(request, "timecard_id", "EmployeeHours"))
            self.documents.drop("EmployeeHours", hours["employeeHoursID"])
        return Happening({"timecard_id": hours["employeeHoursID"]}, None)

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Somebody sets ``price_minor`` of ``variant_id`` in the back office, at ``store_id`` or everywhere."""
        with self.documents.transaction():
            item = self.documents.get("Item", self._number(request, "variant_id", "Item"))
            price = plain(major(minor_of(request.get("price_minor"), "price_minor"), self.currency))
            if request.get("store_id"):
                shop = self.documents.get("Shop", self._number(request, "store_id", "Shop"))
                kept = [one for one in item["Prices"] if one["useTypeID"] != shop["priceLevelID"]]
                own = {"amount": price, "useTypeID": shop["priceLevelID"], "useType": shop["name"]}
                prices = [*kept, own]
            else:
                default = {"amount": price, "useTypeID": DEFAULT_LEVEL, "useType": "Default"}
                prices = [default, *(one for one in item["Prices"] if one["useTypeID"] == "2")]
            self.documents.put("Item", {**item, "Prices": prices, "timeStamp": stamp(self.now())})
        return Happening({"variant_id": item["itemID"], "price": price}, None)

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Somebody counts ``quantity`` of ``variant_id`` at ``store_id``."""
        with self.documents.transaction():
            item_id = self._number(request, "variant_id", "Item")
            shop_id = self._number(request, "store_id", "Shop")
            counted = quantity_of(request.get("quantity"), least=Decimal(0))
            change = counted - self.stock.on_hand(item_id, shop_id)
            self.stock.move(item_id, shop_id, change, self.now(), "ManualQuantityAdjustment")
        return Happening({"variant_id": item_id, "store_id": shop_id, "quantity": plain(counted)}, None)

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Somebody archives ``variant_id``."""
        with self.documents.transaction():
            item = self.documents.get("Item", self._number(request, "variant_id", "Item"))
            self.documents.put("Item", {**item, "archived": "true", "timeStamp": stamp(self.now())})
        return Happening({"variant_id": item["itemID"]}, None)

    def tell(self, happening: Happening) -> None:
        """Nothing: the platform sends no webhooks."""

    def _fill(self, starts_at: datetime) -> None:
        places = list(self._feed.locations())
        self.documents.set_meta("currency", places[0].currency if places else "USD")
        # The day before: what a shop has when it opens is no news to who asks what changed.
        Seeding(self.documents, self.stock, starts_at - timedelta(days=1)).fill(self._feed)

    def _ring_up_due(self, order: FeedOrder) -> None:
        shop_id = self.documents.number("Shop", order.store_id) or "1"
        lines = [
            TillLine(
                self.documents.number("Item", line.variant_id) or "0" if line.variant_id else "0",
                line.quantity,
                major(line.gross_minor, self.currency),
                major(line.discount_minor, self.currency),
            )
            for line in order.lines
        ]
        ticket = Ticket(
            shop_id,
            self._register(shop_id, order.register),
            self.documents.number("Employee", order.employee or "") or "0",
            self.documents.number("Customer", order.customer or "") or "0",
        )
        sale = self._till.ring_up(ticket, lines, order.closed_at)
        self.documents.name("Sale", order.sale_id, sale["saleID"])

    def _happened(self, sale: Mapping[str, Any], state: str) -> Happening:
        answer = {
            "order_id": sale["saleID"],
            "store_id": self.documents.named("Shop", sale["shopID"]),
            "state": state,
            "total_minor": to_minor(Decimal(sale["calcPayments"]), self.currency),
            "at": sale["updatetime"],
        }
        return Happening(answer, None)

    def _number(self, request: Mapping[str, Any], field: str, resource: str) -> str:
        """The platform's number of what a request names."""
        if not request.get(field):
            raise missing(field)
        number = self.documents.number(resource, request[field])
        if number is None:
            raise not_found(f"{resource} {request[field]}", field)
        return number

    def _register(self, shop_id: str, name: Any) -> str:
        registers = self.documents.children("Register", shop_id)
        named = (one for one in registers if name and one["name"] in (name, f"Register {str(name).lstrip('R')}"))
        found = next(named, registers[0] if registers else {"registerID": "0"})
        return str(found["registerID"])

    def _line(self, number: int, line: Mapping[str, Any], shop_id: str) -> TillLine:
        field = f"lines[{number - 1}]"
        if not line.get("variant_id"):
            raise missing(f"{field}.variant_id")
        item = self.documents.get("Item", self._number(line, "variant_id", "Item"), "variant_id")
        quantity = quantity_of(line.get("quantity", 1))
        given = line.get("price_minor")
        each = major(minor_of(given, "price_minor"), self.currency) if given is not None else self._price(item, shop_id)
        if each is None:
            raise missing(f"{field}.price_minor")
        gross = major(to_minor(each * quantity, self.currency), self.currency)
        discount = major(minor_of(line.get("discount_minor", 0), "discount_minor"), self.currency)
        if discount > gross:
            raise invalid("discount_minor", "discount_minor exceeds the line.")
        return TillLine(item["itemID"], quantity, gross, discount)

    def _price(self, item: Mapping[str, Any], shop_id: str) -> Decimal | None:
        level = self.documents.get("Shop", shop_id)["priceLevelID"]
        by_level = {price["useTypeID"]: Decimal(price["amount"]) for price in item["Prices"]}
        return by_level.get(level) or by_level.get(DEFAULT_LEVEL) or None

    def _sold(self, request: Mapping[str, Any]) -> dict[str, Any]:
        sale = self.documents.get("Sale", self._number(request, "order_id", "Sale"))
        if sale["voided"] == "true":
            raise PosError(409, "This sale is void already.", "order_id")
        if Decimal(sale["total"]) < 0:
            raise PosError(409, "This is a refund itself.", "order_id")
        return sale

    def _refunds(self, sale: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Lines that gave money back on a sale."""
        sold = self.documents.children("SaleLine", sale["saleID"])
        return self.documents.refunds_of([line["saleLineID"] for line in sold])

    def _back(self, sale: Mapping[str, Any], request: Mapping[str, Any], left: int) -> list[TillLine]:
        sold = self.documents.children("SaleLine", sale["saleID"])
        if request.get("amount_minor") is not None:
            amount = minor_of(request["amount_minor"], "amount_minor")
            if amount == 0:
                raise invalid("amount_minor", "amount_minor must be more than 0.")
            return [_amount_line(amount, sold[0]["saleLineID"], self.currency)]
        asked = request.get("lines")
        if asked is None:
            whole = [_returned(line, Decimal(line["unitQuantity"]), self.currency) for line in sold]
            worth = -sum((line.subtotal - line.discount for line in whole), Decimal(0))
            if to_minor(worth, self.currency) == left:
                return whole
            return [_amount_line(left, sold[0]["saleLineID"], self.currency)]
        lines = []
        for line in lines_of(request):
            number = line.get("line_no")
            if not isinstance(number, int) or not 1 <= number <= len(sold):
                raise invalid("line_no", f"line_no must be from 1 to {len(sold)}.")
            original = sold[number - 1]
            quantity = quantity_of(line.get("quantity", original["unitQuantity"]))
            if quantity > Decimal(original["unitQuantity"]):
                raise invalid("quantity", f"Only {original['unitQuantity']} were sold.")
            lines.append(_returned(original, quantity, self.currency))
        return lines

    def _open_hours(self, employee_id: str) -> dict[str, Any] | None:
        hours = self.documents.children("EmployeeHours", employee_id)
        return next((one for one in hours if not one["checkOut"]), None)


def _amount_line(amount: int, parent: str, currency: str) -> TillLine:
    return TillLine("0", Decimal(-1), -major(amount, currency), parent_line_id=parent)


def _returned(line: Mapping[str, Any], quantity: Decimal, currency: str) -> TillLine:
    """What came back of a sold line, at what was paid for it."""
    part = quantity / Decimal(line["unitQuantity"])
    cent = major(1, currency)
    gross = (Decimal(line["calcSubtotal"]) * part).quantize(cent, ROUND_HALF_UP)
    given = Decimal(line["calcLineDiscount"]) + Decimal(line["calcTransactionDiscount"])
    discount = (given * part).quantize(cent, ROUND_HALF_UP)
    return TillLine(line["itemID"], -quantity, -gross, -discount, line["saleLineID"])
