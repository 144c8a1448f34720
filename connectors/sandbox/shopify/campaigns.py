"""What is planned in the back office: automatic discounts, transfers between stores, cash drawers' sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.shopify.errors import user_error
from connectors.sandbox.shopify.shapes import money
from connectors.sandbox.shopify.store import ShopStore, stamp


class Campaigns:
    """Reads and writes discounts and transfers in a ``ShopStore``."""

    def __init__(self, store: ShopStore, currency: str) -> None:
        self._store = store
        self._currency = currency

    def create_discount(self, wanted: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``discountAutomaticBasicCreate``: the payload."""
        error = _discount_problem(wanted)
        if error:
            return {"automaticDiscountNode": None, "userErrors": [error]}
        when = stamp(at)
        gets = wanted["customerGets"]
        node = {
            "id": self._store.new_id("DiscountAutomaticNode"),
            "tags": list(wanted.get("tags") or ()),
            "discount": {
                "__typename": "DiscountAutomaticBasic",
                "title": wanted["title"],
                "startsAt": wanted["startsAt"],
                "endsAt": wanted.get("endsAt"),
                "createdAt": when,
                "updatedAt": when,
                "tags": list(wanted.get("tags") or ()),
                "customerGets": {
                    "__typename": "DiscountCustomerGets",
                    "value": self._value(gets["value"]),
                    "items": _items(gets["items"]),
                },
            },
        }
        self._store.put(node, created_at=when, updated_at=when)
        return {"automaticDiscountNode": node, "userErrors": []}

    def end_discount(self, identity: str, name: str, at: datetime) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """``discountAutomaticDeactivate`` and its like for codes: the payload, and what it was before."""
        before = self._store.get(identity)
        if before is None:
            return {name: None, "userErrors": [user_error(["id"], "Discount does not exist", "INVALID")]}, None
        when = stamp(at)
        after = {**before, "discount": {**before["discount"], "endsAt": when, "updatedAt": when, "ended": True}}
        self._store.put(after, created_at=str(before["discount"]["createdAt"]), updated_at=when)
        return {name: after, "userErrors": []}, before

    def find_discount(self, identity: str) -> dict[str, Any] | None:
        """A discount by its id, or as a ``DiscountNode`` of the same number."""
        number = identity.rsplit("/", 1)[-1]
        kinds = ("DiscountAutomaticNode", "DiscountCodeNode")
        found = (self._store.get(f"gid://shopify/{kind}/{number}") for kind in kinds)
        return next((node for node in found if node is not None), None)

    def create_transfer(self, wanted: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``inventoryTransferCreate``: the payload."""
        start, end = str(wanted.get("originLocationId")), str(wanted.get("destinationLocationId"))
        if start == end:
            code = "TRANSFER_ORIGIN_CANNOT_BE_THE_SAME_AS_DESTINATION"
            return _no_transfer(user_error(["input"], "Origin and destination are the same.", code))
        for field, place in (("originLocationId", start), ("destinationLocationId", end)):
            if self._store.get(place) is None:
                return _no_transfer(user_error(["input", field], "Location not found.", "LOCATION_NOT_FOUND"))
        lines = []
        for index, line in enumerate(wanted.get("lineItems") or ()):
            item = self._store.get(str(line.get("inventoryItemId")))
            where = ["input", "lineItems", str(index)]
            if item is None:
                return _no_transfer(user_error(where, "Item not found.", "ITEM_NOT_FOUND"))
            if not item["tracked"]:
                return _no_transfer(user_error(where, "Item is not tracked.", "UNTRACKED_ITEM"))
            lines.append(
                {
                    "id": self._store.new_id("InventoryTransferLineItem"),
                    "totalQuantity": int(line["quantity"]),
                    "shippedQuantity": 0,
                    "inventoryItem": {"id": item["id"]},
                }
            )
        when, identity = stamp(at), self._store.new_id("InventoryTransfer")
        transfer = {
            "id": identity,
            "name": f"#T{identity.rsplit('/', 1)[-1]}",
            "status": "DRAFT",
            "dateCreated": when,
            "note": wanted.get("note"),
            "referenceName": wanted.get("referenceName"),
            "tags": list(wanted.get("tags") or ()),
            "origin": {"__typename": "LocationSnapshot", "location": {"id": start}},
            "destination": {"__typename": "LocationSnapshot", "location": {"id": end}},
            "lineItems": lines,
            "shipments": [],
        }
        self._store.put(transfer, created_at=when, updated_at=when)
        return {"inventoryTransfer": transfer, "userErrors": []}

    def ship(self, transfer: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Ship and receive a whole transfer; what it is now."""
        when = stamp(at)
        moved = [
            {
                "id": self._store.new_id("InventoryShipmentLineItem"),
                "quantity": line["totalQuantity"],
                "acceptedQuantity": line["totalQuantity"],
                "inventoryItem": line["inventoryItem"],
            }
            for line in transfer["lineItems"]
        ]
        shipment = {
            "id": self._store.new_id("InventoryShipment"),
            "status": "RECEIVED",
            "dateShipped": when,
            "dateReceived": when,
            "lineItems": moved,
        }
        shipped = [{**line, "shippedQuantity": line["totalQuantity"]} for line in transfer["lineItems"]]
        after = {**transfer, "status": "TRANSFERRED", "shipments": [shipment], "lineItems": shipped}
        self._store.put(after, created_at=str(transfer["dateCreated"]), updated_at=when)
        return after

    def session(self, request: Mapping[str, Any], location: str, at: datetime) -> dict[str, Any]:
        """A cash drawer's session that began now and, with ``closing_minor``, has ended."""
        when = stamp(at)
        closed = request.get("closing_minor")

        def amount(name: str) -> dict[str, Any] | None:
            value = request.get(name)
            return None if value is None else money(int(value), self._currency)

        session = {
            "id": self._store.new_id("CashTrackingSession"),
            "registerName": str(request.get("register") or "Till 1"),
            "location": {"id": location},
            "openingTime": when,
            "openingBalance": amount("opening_minor") or money(0, self._currency),
            "expectedOpeningBalance": amount("opening_minor"),
            "openingStaffMember": None,
            "closingTime": when if closed is not None else None,
            "closingBalance": amount("closing_minor"),
            "expectedClosingBalance": amount("expected_minor"),
            "closingStaffMember": None,
            "adjustments": [
                {
                    "id": self._store.new_id("CashTrackingAdjustment"),
                    "time": when,
                    "cash": money(int(value), self._currency),
                    "staffMember": {"id": self._store.new_id("StaffMember", "session")},
                }
                for value in request.get("adjustments_minor") or ()
            ],
        }
        self._store.put(session, created_at=when, updated_at=when)
        return session

    def _value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        if value.get("percentage") is not None:
            return {"__typename": "DiscountPercentage", "percentage": value["percentage"]}
        given = value["discountAmount"]
        amount = {"amount": format(Decimal(str(given["amount"])), "f"), "currencyCode": self._currency}
        return {
            "__typename": "DiscountAmount",
            "amount": amount,
            "appliesOnEachItem": bool(given.get("appliesOnEachItem")),
        }


def discount_status(discount: Mapping[str, Any], now: datetime) -> str:
    """``ACTIVE``, ``SCHEDULED`` or ``EXPIRED``."""
    at = stamp(now)
    if discount.get("ended") or (discount.get("endsAt") and str(discount["endsAt"]) <= at):
        return "EXPIRED"
    return "SCHEDULED" if str(discount["startsAt"]) > at else "ACTIVE"


def _items(items: Mapping[str, Any]) -> dict[str, Any]:
    if items.get("all"):
        return {"__typename": "AllDiscountItems", "allItems": True}
    products = items.get("products") or {}
    return {
        "__typename": "DiscountProducts",
        "products": [{"id": one} for one in products.get("productsToAdd") or ()],
        "productVariants": [{"id": one} for one in products.get("productVariantsToAdd") or ()],
    }


def _discount_problem(wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    for field in ("title", "startsAt", "customerGets"):
        if not wanted.get(field):
            return user_error(["automaticBasicDiscount", field], f"{field} can't be blank", "BLANK")
    if wanted.get("endsAt") and str(wanted["endsAt"]) <= str(wanted["startsAt"]):
        return user_error(["automaticBasicDiscount", "endsAt"], "Ends before it starts", "END_DATE_BEFORE_START_DATE")
    value = (wanted["customerGets"].get("value") or {}).get("percentage")
    if value is not None and not 0 < float(value) <= 1:
        where = ["automaticBasicDiscount", "customerGets", "value", "percentage"]
        return user_error(where, "Value must be between 0 and 1", "VALUE_OUTSIDE_RANGE")
    return None


def _no_transfer(error: Mapping[str, Any]) -> dict[str, Any]:
    return {"inventoryTransfer": None, "userErrors": [dict(error)]}
