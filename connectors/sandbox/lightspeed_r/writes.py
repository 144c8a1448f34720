"""What the API writes: items, discounts, orders, counts and transfers, validated as far as a client can get it wrong.

A sheet without effect by itself, such as an inventory count or a line of an order, is part of the effect of what it
belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from connectors.lightspeed_r.wire import flag, many, plain, stamp
from connectors.sandbox.lightspeed_r.documents import Documents
from connectors.sandbox.lightspeed_r.errors import PosError, missing
from connectors.sandbox.lightspeed_r.seed import DEFAULT_LEVEL
from connectors.sandbox.lightspeed_r.stock import SUMMARY, Stock

_KEY = re.compile(r"fw-([0-9A-Za-z-]+)")
_MOST_ITEMS = 100

Body = Mapping[str, Any]


class Present(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime:
        """The stand-in's present."""
        ...


class Writes:
    """Carries out the writes of the API; each returns the document as it is afterwards."""

    def __init__(self, documents: Documents, stock: Stock, present: Present) -> None:
        self._documents = documents
        self._stock = stock
        self._present = present

    def update_item(self, item_id: str, body: Body) -> dict[str, Any]:
        """``PUT Item/{id}``: prices by level, and bringing an archived item back."""
        item = self._documents.get("Item", item_id)
        changed = dict(item)
        if "Prices" in body:
            changed["Prices"] = self._repriced(item, body["Prices"])
        if "archived" in body:
            if flag(body, "archived"):
                raise PosError(400, "An item cannot be archived by an update. Issue a DELETE.", "archived")
            changed["archived"] = "false"
        changed["timeStamp"] = stamp(self._present.now())
        self._documents.put("Item", changed)
        self._effect("Item.update", item_id, _shown(item), _shown(changed), body)
        return changed

    def archive_item(self, item_id: str, body: Body) -> dict[str, Any]:
        """``DELETE Item/{id}``: its stock is written off."""
        item = self._documents.get("Item", item_id)
        now = self._present.now()
        for record in self._documents.children("ItemShop", item_id):
            if record["shopID"] != SUMMARY:
                self._stock.move(item_id, record["shopID"], -Decimal(record["qoh"]), now, "RemoveForArchiveItem")
        changed = {**item, "archived": "true", "timeStamp": stamp(now)}
        self._documents.put("Item", changed)
        self._effect("Item.archive", item_id, _shown(item), _shown(changed), body)
        return changed

    def create_discount(self, _: str, body: Body) -> dict[str, Any]:
        """``POST Discount``: a percentage or an amount, never both."""
        percent, value = _number(body, "discountPercent", "0"), _number(body, "discountAmount", "0")
        if bool(percent) == bool(value):
            raise PosError(400, "Discount must have either discountAmount or discountPercent.", "discountPercent")
        if not 0 <= percent <= 1 or value < 0:
            raise PosError(400, "discountPercent must be at most 1.00.", "discountPercent")
        now = stamp(self._present.now())
        made = {
            "name": _text(body, "name"),
            "discountAmount": plain(value),
            "discountPercent": plain(percent),
            "requireCustomer": "false",
            "archived": "false",
            "sourceID": "0",
            "createTime": now,
            "timeStamp": now,
        }
        discount = self._documents.add("Discount", made)
        self._effect("Discount.create", discount["discountID"], {}, discount, body)
        return discount

    def archive_discount(self, discount_id: str, body: Body) -> dict[str, Any]:
        """``DELETE Discount/{id}``."""
        discount = self._documents.get("Discount", discount_id)
        changed = {**discount, "archived": "true", "timeStamp": stamp(self._present.now())}
        self._documents.put("Discount", changed)
        self._effect("Discount.archive", discount_id, discount, changed, body)
        return changed

    def create_order(self, _: str, body: Body) -> dict[str, Any]:
        """``POST Order``: without lines, which come one by one."""
        shop = self._known("Shop", body, "shopID")
        vendor = self._known("Vendor", body, "vendorID") if body.get("vendorID") else "0"
        now = stamp(self._present.now())
        made = {
            "orderedDate": str(body.get("orderedDate") or ""),
            "receivedDate": "",
            "arrivalDate": _day(body.get("arrivalDate")),
            "shipInstructions": str(body.get("shipInstructions") or ""),
            "stockInstructions": str(body.get("stockInstructions") or ""),
            "shipCost": "0",
            "otherCost": "0",
            "complete": "false",
            "archived": "false",
            "discount": "0",
            "totalDiscount": "0",
            "totalQuantity": "0",
            "timeStamp": now,
            "refNum": str(body.get("refNum") or ""),
            "createTime": now,
            "vendorID": vendor,
            "noteID": "0",
            "shopID": shop,
            "createdByEmployeeID": "1",
        }
        order = self._documents.add("Order", made)
        self._effect("Order.create", order["orderID"], {}, order, body, location=shop)
        return order

    def create_order_line(self, _: str, body: Body) -> dict[str, Any]:
        """``POST OrderLine``."""
        order_id = self._known("Order", body, "orderID")
        item_id = self._known("Item", body, "itemID")
        quantity, price = _whole(body, "quantity"), _number(body, "price", "0")
        now = stamp(self._present.now())
        made = {
            "quantity": str(quantity),
            "price": plain(price),
            "originalPrice": plain(_number(body, "originalPrice", plain(price))),
            "vendorCost": "0",
            "checkedIn": "0",
            "numReceived": "0",
            "timeStamp": now,
            "total": plain(price * quantity),
            "createTime": now,
            "orderID": order_id,
            "itemID": item_id,
        }
        line = self._documents.add("OrderLine", made, parent=order_id)
        self._documents.put("Order", {**self._documents.get("Order", order_id), "timeStamp": now})
        return line

    def create_count(self, _: str, body: Body) -> dict[str, Any]:
        """``POST InventoryCount``."""
        shop = self._known("Shop", body, "shopID")
        made = {
            "name": str(body.get("name") or "Count"),
            "timeStamp": stamp(self._present.now()),
            "archived": "false",
            "shopID": shop,
        }
        return self._documents.add("InventoryCount", made)

    def create_count_item(self, _: str, body: Body) -> dict[str, Any]:
        """``POST InventoryCountItem``."""
        count = self._known("InventoryCount", body, "inventoryCountID")
        made = {
            "qty": str(_whole(body, "qty")),
            "timeStamp": stamp(self._present.now()),
            "inventoryCountID": count,
            "itemID": self._known("Item", body, "itemID"),
            "employeeID": self._known("Employee", body, "employeeID"),
        }
        return self._documents.add("InventoryCountItem", made, parent=count)

    def update_count_item(self, number: str, body: Body) -> dict[str, Any]:
        """``PUT InventoryCountItem/{id}``."""
        item = self._documents.get("InventoryCountItem", number)
        changed = {**item, "qty": str(_whole(body, "qty")), "timeStamp": stamp(self._present.now())}
        self._documents.put("InventoryCountItem", changed)
        return changed

    def reconcile(self, _: str, body: Body) -> dict[str, Any]:
        """``POST InventoryCountReconcile``: what was counted of one item becomes its stock; counts of it add up."""
        count = self._documents.get("InventoryCount", self._known("InventoryCount", body, "inventoryCountID"))
        item_id = self._known("Item", body, "itemID")
        items = self._documents.children("InventoryCountItem", count["inventoryCountID"])
        counted = [Decimal(item["qty"]) for item in items if item["itemID"] == item_id]
        if not counted:
            raise PosError(422, "Nothing of this item was counted.", "itemID")
        before = self._stock.on_hand(item_id, count["shopID"])
        change = sum(counted, Decimal(0)) - before
        now = self._present.now()
        causes = {"inventoryCountID": count["inventoryCountID"]}
        self._stock.move(item_id, count["shopID"], change, now, "AddInventoryForCount", causes)
        made = {"costChange": "0", "qohChange": plain(change), "createTime": stamp(now), "itemID": item_id, **causes}
        reconcile = self._documents.add("InventoryCountReconcile", made, parent=count["inventoryCountID"])
        self._effect(
            "InventoryCountReconcile.create",
            item_id,
            {"quantity": plain(before)},
            {"quantity": plain(before + change)},
            {**body, "name": count["name"]},
            location=count["shopID"],
        )
        return reconcile

    def create_transfer(self, _: str, body: Body) -> dict[str, Any]:
        """``POST Inventory/Transfer``: open, without items."""
        now = stamp(self._present.now())
        made = {
            "note": str(body.get("note") or ""),
            "archived": "false",
            "timeStamp": now,
            "createTime": now,
            "status": "open",
            "sentOn": "",
            "needBy": str(body.get("needBy") or ""),
            "sendingShopID": self._known("Shop", body, "sendingShopID"),
            "sentByEmployeeID": "0",
            "receivingShopID": self._known("Shop", body, "receivingShopID"),
            "createdByEmployeeID": "1",
        }
        transfer = self._documents.add("Transfer", made)
        self._effect("Transfer.create", transfer["transferID"], {}, transfer, body, location=transfer["sendingShopID"])
        return transfer

    def add_transfer_items(self, transfer_id: str, body: Body) -> list[dict[str, Any]]:
        """``POST Inventory/Transfer/{id}/AddItems``: an item once only."""
        transfer = self._documents.get("Transfer", transfer_id)
        items = many(body.get("TransferItems"))
        if not items or len(items) > _MOST_ITEMS:
            raise PosError(422, f"TransferItems must be a list of 1 to {_MOST_ITEMS} items.", "TransferItems")
        there = {item["itemID"] for item in self._documents.children("TransferItem", transfer_id)}
        wanted = [(self._known("Item", item, "itemID"), _whole(item, "toSend")) for item in items]
        if there & {item_id for item_id, _ in wanted}:
            raise PosError(422, "An item can only be once on a transfer.", "itemID")
        made = []
        for item_id, to_send in wanted:
            line = {
                "toSend": str(to_send),
                "toReceive": "0",
                "sent": "0",
                "received": "0",
                "sentValue": "0",
                "receivedValue": "0",
                "comment": "",
                "timeStamp": stamp(self._present.now()),
                "transferID": transfer["transferID"],
                "itemID": item_id,
            }
            made.append(self._documents.add("TransferItem", line, parent=transfer_id))
        return made

    def _repriced(self, item: Mapping[str, Any], prices: Any) -> list[dict[str, str]]:
        given = many(prices.get("ItemPrice")) if isinstance(prices, Mapping) else []
        if not given:
            raise missing("Prices.ItemPrice")
        by_level = {price["useTypeID"]: dict(price) for price in item["Prices"]}
        for price in given:
            level = self._documents.get("PriceLevel", price.get("useTypeID", DEFAULT_LEVEL), "useTypeID")
            number = level["priceLevelID"]
            amount = plain(_number(price, "amount"))
            by_level[number] = {"amount": amount, "useTypeID": number, "useType": level["name"]}
        return list(by_level.values())

    def _known(self, resource: str, body: Body, field: str) -> str:
        number = str(body.get(field) or "")
        if not number:
            raise missing(field)
        if self._documents.find(resource, number) is None:
            raise PosError(422, f"There is no {resource} {number}.", field)
        return number

    def _effect(
        self, operation: str, object_id: str, before: Any, after: Any, request: Body, *, location: str | None = None
    ) -> None:
        words = " ".join(str(request.get(name) or "") for name in ("refNum", "note", "name"))
        key = _KEY.search(words)
        self._documents.record_effect(
            stamp(self._present.now()),
            operation,
            object_id,
            before=before,
            after=after,
            request=request,
            idempotency_key=key.group(1) if key else "",
            location_id=location,
        )


def _shown(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"archived": item["archived"], "prices": {price["useTypeID"]: price["amount"] for price in item["Prices"]}}


def _text(body: Body, field: str) -> str:
    found = str(body.get(field) or "").strip()
    if not found:
        raise missing(field)
    return found


def _number(body: Body, field: str, default: str | None = None) -> Decimal:
    written = body.get(field, default)
    if written is None:
        raise missing(field)
    try:
        number = Decimal(str(written))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise PosError(422, f"{field} must be a number.", field)
    return number


def _whole(body: Body, field: str) -> int:
    number = _number(body, field)
    if number != number.to_integral_value():
        raise PosError(422, f"{field} must be a whole number.", field)
    return int(number)


def _day(written: Any) -> str:
    """A date becomes midnight in UTC, as the API answers it."""
    return f"{written}T00:00:00+00:00" if written and "T" not in str(written) else str(written or "")
