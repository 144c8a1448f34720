"""The stand-in itself: one merchant, its time, and what can be made to happen in its store now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Unpack

from connectors.clover.client import millis
from connectors.http import Secret
from connectors.sandbox.clover.seed import seed
from connectors.sandbox.clover.store import CloverStore, new_id
from connectors.sandbox.clover.till import Rung, Sale, gross_of, order_of, value_of
from connectors.sandbox.clover.webhook import Update, send_webhook
from connectors.sandbox.standin.asks import lines_of, minor_of, missing, needed, quantity_of
from connectors.sandbox.standin.feed import Clock, FeedOrder, PosFeed
from connectors.sandbox.standin.happenings import Happening, RefusalError
from connectors.sandbox.standin.played import Opening, PlayedStandIn

READ_TOKEN = Secret("sandbox-read-token")
WRITE_TOKEN = Secret("sandbox-write-token")
MERCHANT_ID = "SANDBXM3RCHNT"


class CloverStandIn(PlayedStandIn):
    """A Clover merchant.

    A merchant is one store: ``store_id`` names the feed's; what should happen elsewhere is refused.
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
        store_id: str,
        merchant_id: str = MERCHANT_ID,
        **opening: Unpack[Opening],
    ) -> None:
        self.store = CloverStore(path)
        super().__init__(self.store, feed, clock, speed, **opening)
        self.store_id = store_id
        self.merchant_id = merchant_id
        self._fill_once()

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up a sale now, see ``StandIn``."""
        with self.store.transaction():
            self.play()
            self._place(request)
            lines = [self._line(number, line) for number, line in enumerate(lines_of(request))]
            value = sum(line.gross - line.discount for line in lines)
            off = minor_of(request.get("order_discount_minor", 0), "order_discount_minor")
            if off > value:
                raise RefusalError(400, f"Only {value} minor units can be given away.", "order_discount_minor")
            sale = Sale(
                new_id(),
                self.store.stamp(self.now()),
                self.currency,
                lines,
                order_discount=off,
                tip=minor_of(request.get("tip_minor", 0), "tip_minor"),
                employee=str(request.get("employee_id") or ""),
                register=str(request.get("register_id") or ""),
                customer=str(request.get("customer_id") or ""),
            )
            order = self._ring_up(sale)
        return self._told(order, "CREATE")

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Void the payment of ``order_id``; 404 unknown, 409 void already or refunded."""
        with self.store.transaction():
            self.play()
            order = self._sold(request)
            if order["refunds"]:
                raise RefusalError(409, "This order was refunded; it cannot be voided any more.", "order_id")
            at = self.store.stamp(self.now())
            voids = [{**payment, "result": "VOIDED", "modifiedTime": at} for payment in order["payments"]]
            order |= {"payments": [], "voids": voids, "paymentState": "OPEN", "state": "open", "modifiedTime": at}
            self.store.put("orders", order["id"], order)
            for payment in voids:
                self.store.put("payments", payment["id"], payment)
        return self._told(order, "UPDATE")

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``; 404 unknown, 400 more than is left, 409 void or fully refunded."""
        with self.store.transaction():
            self.play()
            order = self._sold(request)
            left = order["payments"][0]["amount"] - sum(refund["amount"] for refund in order["refunds"])
            if left <= 0:
                raise RefusalError(409, "This order is refunded completely already.", "order_id")
            rows, amount = self._back(order, request, left)
            if amount > left:
                field = "lines" if rows else "amount_minor"
                raise RefusalError(400, f"Only {left} minor units are left to refund.", field)
            at = self.store.stamp(self.now())
            refund: dict[str, Any] = {
                "id": new_id(),
                "orderRef": {"id": order["id"]},
                "payment": {"id": order["payments"][0]["id"]},
                "amount": amount,
                "taxAmount": 0,
                "tipAmount": 0,
                "createdTime": at,
                "clientCreatedTime": at,
                "voided": False,
                "status": "SUCCESS",
                "lineItems": [{"id": identity} for identity in rows],
            }
            for name in ("employee", "device"):
                if name in order:
                    refund[name] = order[name]
            for line in order["lineItems"]:
                if line["id"] in rows:
                    line |= {"refunded": True, "refund": {"id": refund["id"]}}
                    self._move_stock(line, 1, at)
            order["refunds"].append(refund)
            state = "REFUNDED" if amount == left else "PARTIALLY_REFUNDED"
            order |= {"paymentState": state, "modifiedTime": at}
            self.store.put("orders", order["id"], order)
            self.store.put("refunds", refund["id"], refund)
        told = self._told(order, "UPDATE")
        return replace(told, answer={**told.answer, "refund_id": refund["id"], "total_minor": -amount})

    def clock_in(self, request: Mapping[str, Any]) -> Happening:
        """Open a shift; Clover sends nothing of it."""
        with self.store.transaction():
            self._place(request)
            who = needed(request, "employee_id")
            if self.store.find("employees", who) is None:
                raise RefusalError(404, f"There is no employee {who} at {self.store_id}.", "employee_id")
            if self._open_shift(who):
                raise RefusalError(409, f"{who} is clocked in already.", "employee_id")
            at = self.now()
            shift: dict[str, Any] = {
                "id": new_id(),
                "employee": {"id": who},
                "serverBanking": False,
                "inTime": millis(at),
            }
            self.store.put("shifts", shift["id"], {**shift, "_createdTime": millis(at)})
        answer = {"timecard_id": shift["id"], "store_id": self.store_id, "clock_in_at": at.isoformat()}
        return Happening(answer, None)

    def clock_out(self, request: Mapping[str, Any]) -> Happening:
        """Close the open shift of ``employee_id``."""
        with self.store.transaction():
            who = needed(request, "employee_id")
            shift = self._open_shift(who)
            if shift is None:
                raise RefusalError(409, f"{who} is not clocked in.", "employee_id")
            at = self.now()
            self.store.put("shifts", shift["id"], {**shift, "outTime": millis(at)})
        answer = {"timecard_id": shift["id"], "store_id": self.store_id, "clock_out_at": at.isoformat()}
        return Happening(answer, None)

    def strike(self, request: Mapping[str, Any]) -> Happening:
        """Delete the shift ``timecard_id``: it is in no list any more, and Clover sends nothing of it."""
        with self.store.transaction():
            card_id = needed(request, "timecard_id")
            if self.store.find("shifts", card_id) is None:
                raise RefusalError(404, f"There is no shift {card_id}.", "timecard_id")
            self.store.drop("shifts", card_id)
        return Happening({"timecard_id": card_id, "store_id": self.store_id}, None)

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Somebody sets another price in the Inventory app."""
        with self.store.transaction():
            if request.get("store_id"):
                self._place(request)
            item = self._item(request)
            price = minor_of(request.get("price_minor"), "price_minor")
            at = self.store.stamp(self.now())
            self.store.put("items", item["id"], {**item, "price": price, "modifiedTime": at})
        answer = {"variant_id": item["id"], "price_minor": price, "at": self.now().isoformat()}
        return Happening(answer, Update(f"I:{item['id']}", "UPDATE", at))

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Somebody counts the shelf."""
        with self.store.transaction():
            self._place(request)
            item = self._item(request)
            quantity = quantity_of(request.get("quantity"), least=Decimal(0))
            at = self.store.stamp(self.now())
            self.set_stock(item["id"], quantity, at)
        answer = {"variant_id": item["id"], "quantity": format(quantity, "f"), "at": self.now().isoformat()}
        return Happening(answer, Update(f"I:{item['id']}", "UPDATE", at))

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Somebody deletes an item: it is in no list any more, and answers 404."""
        with self.store.transaction():
            item = self._item(request)
            self.store.drop("items", item["id"])
            self.store.drop("item_stocks", item["id"])
            at = self.store.stamp(self.now())
        return Happening(
            {"variant_id": item["id"], "at": self.now().isoformat()}, Update(f"I:{item['id']}", "DELETE", at)
        )

    def tell(self, happening: Happening) -> None:
        """Send the webhook of something that happened."""
        if self.webhook is not None and isinstance(happening.event, Update):
            send_webhook(self.webhook, happening.event, self.merchant_id)

    def set_stock(self, item_id: str, quantity: Decimal, at: int) -> dict[str, Any]:
        """What is in stock from now on; the item stock as it is answered."""
        plain = float(quantity)
        stock = {"item": {"id": item_id}, "stockCount": round(quantity), "quantity": plain, "modifiedTime": at}
        self.store.put("item_stocks", item_id, stock)
        return stock

    def _fill(self, starts_at: datetime) -> None:
        seed(self.store, self._feed, self.store_id, self.merchant_id, starts_at)

    def _due(self, after: datetime, until: datetime) -> Iterable[FeedOrder]:
        return (order for order in super()._due(after, until) if order.store_id == self.store_id)

    def _ring_up_due(self, order: FeedOrder) -> None:
        self._ring_up(self._from_feed(order))

    def _ring_up(self, sale: Sale) -> dict[str, Any]:
        order = order_of(sale, self.merchant_id)
        self.store.put("orders", order["id"], order)
        for payment in order["payments"]:
            self.store.put("payments", payment["id"], payment)
        for line in order["lineItems"]:
            self._move_stock(line, -1, sale.at)
        return order

    def _from_feed(self, order: FeedOrder) -> Sale:
        lines = [
            Rung(
                line.variant_id,
                line.name or "Item",
                line.quantity,
                line.gross_minor,
                line.discount_minor,
                self._unit(line.variant_id),
            )
            for line in order.lines
        ]
        at = millis(order.closed_at)
        return Sale(
            order.sale_id,
            at,
            self.currency,
            lines,
            employee=order.employee or "",
            register=order.register or "",
            customer=order.customer or "",
        )

    def _move_stock(self, line: Mapping[str, Any], sign: int, at: int) -> None:
        item_id = (line.get("item") or {}).get("id")
        known = self.store.find("item_stocks", item_id) if item_id else None
        if known is not None:
            sold = Decimal(line["unitQty"]) / 1000 if "unitQty" in line else Decimal(1)
            self.set_stock(str(item_id), Decimal(str(known["quantity"])) + sign * sold, at)

    def _told(self, order: Mapping[str, Any], kind: str) -> Happening:
        paid = sum(item["amount"] + item["tipAmount"] for item in order["payments"])
        answer = {
            "order_id": order["id"],
            "store_id": self.store_id,
            "state": order["paymentState"],
            "total_minor": paid,
            "at": self.now().isoformat(),
        }
        return Happening(answer, Update(f"O:{order['id']}", kind, order["modifiedTime"]))

    def _place(self, request: Mapping[str, Any]) -> None:
        store_id = request.get("store_id") or request.get("location_id")
        if not store_id:
            raise missing("store_id")
        if store_id != self.store_id:
            raise RefusalError(404, f"This Clover merchant is the store {self.store_id} and no other.", "store_id")

    def _sold(self, request: Mapping[str, Any]) -> dict[str, Any]:
        order = self.store.find("orders", needed(request, "order_id"))
        if order is None:
            raise RefusalError(404, f"There is no order {request['order_id']}.", "order_id")
        if not order["payments"]:
            raise RefusalError(409, "This order is void already.", "order_id")
        return order

    def _item(self, request: Mapping[str, Any]) -> dict[str, Any]:
        variant_id = needed(request, "variant_id")
        found = self.store.find("items", variant_id)
        if found is None:
            raise RefusalError(404, f"There is no product with the variant_id {variant_id}.", "variant_id")
        return found

    def _unit(self, variant_id: str | None) -> str:
        item = self.store.find("items", variant_id) if variant_id else None
        return str(item.get("unitName") or "") if item and item.get("priceType") == "PER_UNIT" else ""

    def _open_shift(self, who: str) -> dict[str, Any] | None:
        shifts = self.store.listing("shifts")
        return next((item for item in shifts if item["employee"]["id"] == who and "outTime" not in item), None)

    def _line(self, number: int, line: Mapping[str, Any]) -> Rung:
        item = self._item({"variant_id": line.get("variant_id")})
        quantity = quantity_of(line.get("quantity", 1))
        given = line.get("price_minor")
        if given is None and item["priceType"] == "VARIABLE":
            raise missing(f"lines[{number}].price_minor")
        each = minor_of(given, "price_minor") if given is not None else int(item["price"])
        gross = gross_of(each, quantity)
        discount = minor_of(line.get("discount_minor", 0), "discount_minor")
        if discount > gross:
            raise RefusalError(400, "discount_minor exceeds the line.", "discount_minor")
        return Rung(item["id"], item["name"], quantity, gross, discount, self._unit(item["id"]))

    def _back(self, order: Mapping[str, Any], request: Mapping[str, Any], left: int) -> tuple[list[str], int]:
        """The rows that come back and the money for them; no rows when it is an amount alone."""
        if request.get("amount_minor") is not None:
            amount = minor_of(request["amount_minor"], "amount_minor")
            if amount == 0:
                raise RefusalError(400, "amount_minor must be more than 0.", "amount_minor")
            return [], amount
        fresh = {line["id"]: line for line in order["lineItems"] if not line["refunded"]}
        if request.get("lines") is None:
            return list(fresh), left
        rows: list[str] = []
        for asked in lines_of(request):
            number = asked.get("line_no")
            if not isinstance(number, int) or not 1 <= number <= len(order["_lines"]):
                raise RefusalError(400, f"line_no must be from 1 to {len(order['_lines'])}.", "line_no")
            group = [identity for identity in order["_lines"][number - 1] if identity in fresh]
            wanted = quantity_of(asked.get("quantity", len(group) or 1))
            count = 1 if group and "unitQty" in fresh[group[0]] else int(wanted)
            if count > len(group):
                raise RefusalError(400, f"Only {len(group)} of line {number} can come back.", "quantity")
            rows += group[:count]
        off = sum(-int(discount["amount"]) for discount in order["discounts"])
        whole = sum(value_of(line) for line in order["lineItems"])
        value = sum(value_of(fresh[identity]) for identity in rows)
        return rows, value - (off * value // whole if whole else 0)
