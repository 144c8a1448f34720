"""Filling the stand-in from a feed: every shop, product and person gets a number, and is remembered by its own name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.lightspeed_r.wire import plain, stamp
from connectors.sandbox.lightspeed_r.documents import Documents
from connectors.sandbox.lightspeed_r.stock import Stock
from connectors.sandbox.standin.feed import FeedEmployee, FeedLocation, FeedVariant, PosFeed

DEFAULT_LEVEL = "1"
_PAYMENT_TYPES = (
    ("Cash", "cash"),
    ("Check", "user defined"),
    ("Credit Card", "credit card"),
    ("Credit Account", "credit account"),
    ("Gift Card", "gift card"),
)
_LEVELS = ("Default", "MSRP", "Online")


class Seeding:
    """Puts a feed's world into ``Documents``."""

    def __init__(self, documents: Documents, stock: Stock, at: datetime) -> None:
        self._documents = documents
        self._stock = stock
        self._at = at
        self._stamp = stamp(at)
        self._levels: dict[str, str] = {}
        self._categories: dict[str, str] = {}

    def fill(self, feed: PosFeed) -> None:
        """Everything that is there before the shop opens."""
        for name, kind in _PAYMENT_TYPES:
            self._documents.add("PaymentType", _payment_type(name, kind))
        for name in _LEVELS:
            self._documents.add("PriceLevel", _level(name))
        for place in feed.locations():
            self._shop(place)
        for supplier in _optional(feed, "suppliers"):
            self._vendor(supplier)
        for variant in feed.catalog():
            self._item(variant)
        for person in feed.employees():
            self._employee(person)
        for customer in _optional(feed, "customers"):
            self._customer(customer)

    def _shop(self, place: FeedLocation) -> None:
        level = self._documents.add("PriceLevel", _level(place.name))["priceLevelID"]
        self._levels[place.store_id] = level
        body = {
            "name": place.name,
            "serviceRate": "0",
            "timeZone": place.timezone,
            "taxLabor": "false",
            "labelTitle": "Shop Name",
            "labelMsrp": "false",
            "archived": "false",
            "timeStamp": self._stamp,
            "contactID": "1",
            "taxCategoryID": "1",
            "priceLevelID": level,
            "Contact": {"address1": "", "city": "", "state": "", "stateCode": "", "country": "", "countryCode": "US"},
            "TaxCategory": {"taxCategoryID": "1", "isTaxInclusive": "false", "tax1Rate": "0", "tax2Rate": "0"},
        }
        shop_id = self._documents.add("Shop", body)["shopID"]
        self._documents.name("Shop", place.store_id, shop_id)
        register = {"name": "Register 1", "open": "true", "openTime": self._stamp, "archived": "false"}
        self._documents.add("Register", {**register, "openEmployeeID": "1", "shopID": shop_id}, parent=shop_id)

    def _vendor(self, supplier: Any) -> None:
        body = {
            "name": supplier.name,
            "archived": "false",
            "accountNumber": "",
            "priceLevel": "",
            "updatePrice": "false",
            "updateCost": "false",
            "updateDescription": "false",
            "shareSellThrough": "false",
            "timeStamp": self._stamp,
            "Contact": {"address": supplier.email, "useType": "Primary"},
        }
        self._documents.name("Vendor", supplier.supplier_id, self._documents.add("Vendor", body)["vendorID"])

    def _item(self, variant: FeedVariant) -> None:
        cost = getattr(variant, "cost", None)
        written_cost = plain(cost) if cost is not None else "0"
        vendor = self._documents.number("Vendor", getattr(variant, "supplier_id", "")) or "0"
        body: dict[str, Any] = {
            "systemSku": "",
            "defaultCost": written_cost,
            "avgCost": written_cost,
            "discountable": "true",
            "tax": "true",
            "archived": "false",
            "itemType": "default",
            "serialized": "false",
            "description": variant.name,
            "modelYear": "0",
            "upc": "",
            "ean": getattr(variant, "barcode", ""),
            "customSku": variant.sku,
            "manufacturerSku": "",
            "createTime": self._stamp,
            "timeStamp": self._stamp,
            "publishToEcom": "false",
            "categoryID": self._category(getattr(variant, "category", "")),
            "taxClassID": "1",
            "departmentID": "0",
            "itemMatrixID": "0",
            "manufacturerID": "0",
            "seasonID": "0",
            "defaultVendorID": vendor,
            "Prices": self._prices(variant),
            "CustomFieldValues": _unit(variant.unit_of_measure),
        }
        item = self._documents.add("Item", body)
        item_id = item["itemID"]
        self._documents.put("Item", {**item, "systemSku": f"2100000{item_id:0>5}"})
        self._documents.name("Item", variant.variant_id, item_id)
        shops = [shop["shopID"] for shop in self._documents.every("Shop")]
        self._stock.open(item_id, shops, written_cost, self._at)
        if vendor != "0":
            number = {"value": variant.sku, "itemID": item_id, "vendorID": vendor, "timeStamp": self._stamp}
            self._documents.add("ItemVendorNum", {**number, "cost": written_cost}, parent=item_id)

    def _prices(self, variant: FeedVariant) -> list[dict[str, str]]:
        default = variant.price if variant.price is not None else Decimal(0)
        prices = [_price(DEFAULT_LEVEL, "Default", default), _price("2", "MSRP", Decimal(0))]
        for store_id, level in self._levels.items():
            own = variant.prices.get(store_id)
            if own is not None:
                prices.append(_price(level, store_id, own))
        return prices

    def _category(self, name: str) -> str:
        if not name:
            return "0"
        if name not in self._categories:
            body = {
                "name": name,
                "nodeDepth": "0",
                "fullPathName": name,
                "leftNode": "1",
                "rightNode": "2",
                "createTime": self._stamp,
                "timeStamp": self._stamp,
                "parentID": "0",
            }
            self._categories[name] = self._documents.add("Category", body)["categoryID"]
        return self._categories[name]

    def _employee(self, person: FeedEmployee) -> None:
        given, _, family = person.name.partition(" ")
        shop = self._documents.number("Shop", person.store_id) or "0"
        body = {
            "firstName": given,
            "lastName": family,
            "lockOut": "false",
            "archived": "false",
            "timeStamp": self._stamp,
            "contactID": "0",
            "clockInEmployeeHoursID": "0",
            "employeeRoleID": "1",
            "limitToShopID": shop,
            "lastShopID": shop,
            "lastSaleID": "0",
            "lastRegisterID": "0",
            "EmployeeRole": {"employeeRoleID": "1", "name": person.role},
        }
        self._documents.name("Employee", person.employee_id, self._documents.add("Employee", body)["employeeID"])

    def _customer(self, customer: Any) -> None:
        given, _, family = customer.name.partition(" ")
        body = {
            "firstName": given,
            "lastName": family,
            "title": "",
            "company": "",
            "creditAccountID": "0",
            "customerTypeID": "0",
            "discountID": "0",
            "taxCategoryID": "0",
            "createTime": self._stamp,
            "timeStamp": self._stamp,
            "archived": "false",
        }
        self._documents.name("Customer", customer.customer_id, self._documents.add("Customer", body)["customerID"])


def _unit(unit: str) -> list[dict[str, str]]:
    """The platform has no unit of measure; shops that need one keep it in a field of their own."""
    if unit == "each":
        return []
    value = {"customFieldValueID": "1", "customFieldID": "1", "name": "Unit", "type": "string", "value": unit}
    return [{**value, "deleted": "false"}]


def _optional(feed: PosFeed, name: str) -> Iterable[Any]:
    found: Iterable[Any] = getattr(feed, name, tuple)()
    return found


def _price(level: str, name: str, amount: Decimal) -> dict[str, str]:
    return {"amount": plain(amount), "useTypeID": level, "useType": name}


def _level(name: str) -> dict[str, str]:
    return {"name": name, "archived": "false", "canBeArchived": "false", "type": "fixed", "Calculation": ""}


def _payment_type(name: str, kind: str) -> dict[str, str]:
    return {
        "name": name,
        "requireCustomer": "false",
        "archived": "false",
        "internalReserved": "true",
        "type": kind,
        "refundAsPaymentTypeID": "0",
    }
