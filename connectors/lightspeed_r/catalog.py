"""From items to products, variants, prices, costs, stock and its changes. Pure.

An item is a variant; items of a matrix share their product, any other item is its own. Each item has a price at the
default level and may have one at the level that a shop sells at. The average cost of the account is on the stock
record of shop 0, which sums up all shops and is no stock of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.lightspeed_r.surroundings import DEFAULT_LEVEL, KEY
from connectors.lightspeed_r.wire import Document, amount, flag, moment, nested, number, reference, text
from connectors.records import Row, scoped

SUMMARY_SHOP = "0"
_ATTRIBUTES = ("attribute1", "attribute2", "attribute3")


def catalog_rows(source: Document, connection: str, at: datetime, unit_field: str) -> Iterator[Row]:
    """Rows of a category, a matrix or an item; ``unit_field`` is the custom field that says what it is sold by."""
    if "itemID" in source:
        yield from _item(source, connection, at, unit_field)
    elif "itemMatrixID" in source:
        yield _product(scoped(connection, f"matrix:{source['itemMatrixID']}"), source, connection)
    elif text(source, "name"):
        parent = reference(source, "parentID")
        yield Row(
            "category",
            {
                "category_id": scoped(connection, source["categoryID"]),
                "parent_id": scoped(connection, parent) if parent else None,
                "name": text(source, "name"),
            },
        )


def level_rows(stock: Document, connection: str, at: datetime) -> Iterator[Row]:
    """Stock of an item in a shop; the average cost from the summary of all shops."""
    item, shop = reference(stock, "itemID"), text(stock, "shopID")
    if item is None or shop is None:
        return
    if shop == SUMMARY_SHOP:
        cost = amount(stock, "averageCost")
        if cost:
            yield _cost(scoped(connection, item), None, at, cost, _currency(stock))
        return
    yield Row(
        "inventory_level",
        {
            "variant_id": scoped(connection, item),
            "store_id": scoped(connection, shop),
            "quantity": number(stock, "qoh"),
            "as_of_at": at,
            "area": None,
        },
    )


def change_rows(entry: Document, connection: str) -> Iterator[Row]:
    """A change of stock out of the log; entries that only move a cost have none."""
    item, shop, quantity = reference(entry, "itemID"), reference(entry, "shopID"), number(entry, "qohChange")
    if item is None or shop is None or not quantity:
        return
    employee = reference(entry, "employeeID")
    yield Row(
        "inventory_change",
        {
            "change_id": scoped(connection, entry["inventoryLogID"]),
            "variant_id": scoped(connection, item),
            "store_id": scoped(connection, shop),
            "kind": _kind_of_change(entry, quantity),
            "quantity": quantity,
            "reason": text(entry, "reason"),
            "employee_id": scoped(connection, employee) if employee else None,
            "occurred_at": moment(entry, "createTime"),
        },
    )


def _kind_of_change(entry: Document, quantity: Decimal) -> str:
    """By what caused it; the reasons are many, not all are documented, and their spelling varies."""
    if reference(entry, "saleID"):
        return "sale" if quantity < 0 else "return"
    if reference(entry, "transferID"):
        return "transfer_in" if quantity > 0 else "transfer_out"
    if reference(entry, "orderID"):
        return "receive"
    return "count" if reference(entry, "inventoryCountID") else "adjust"


def _item(item: Document, connection: str, at: datetime, unit_field: str) -> Iterator[Row]:
    variant_id = scoped(connection, item["itemID"])
    matrix = reference(item, "itemMatrixID")
    product_id = scoped(connection, f"matrix:{matrix}") if matrix else variant_id
    if not matrix:
        yield _product(product_id, item, connection)
    values: dict[str, Any] = {
        "variant_id": variant_id,
        "product_id": product_id,
        "track_stock": text(item, "itemType") != "non_inventory",
        "active": not flag(item, "archived"),
        "connection": connection,
        "external_id": str(item["itemID"]),
    }
    sku = text(item, "customSku") or text(item, "manufacturerSku") or text(item, "systemSku")
    barcode = text(item, "upc") or text(item, "ean")
    name = _attributes(item) or (text(item, "description") if matrix else None)
    unit = _custom_field(item, unit_field)
    said = (("sku", sku), ("barcode", barcode), ("name", name), ("unit_of_measure", unit))
    values |= {column: value for column, value in said if value}
    yield Row("variant", values)
    if flag(item, "archived"):
        return
    yield from _prices(item, variant_id, connection, at)
    yield from _costs(item, variant_id, connection, at)


def _product(product_id: str, source: Document, connection: str) -> Row:
    values: dict[str, Any] = {"product_id": product_id, "active": not flag(source, "archived")}
    name, category = text(source, "description"), reference(source, "categoryID")
    maker = source.get("Manufacturer")
    brand = text(maker, "name") if isinstance(maker, dict) else None
    if name:
        values["name"] = name
    if category:
        values["category_id"] = scoped(connection, category)
    if brand:
        values["brand"] = brand
    created = moment(source, "createTime")
    if created:
        values["created_at"] = created
    return Row("product", values)


def _attributes(item: Document) -> str | None:
    attributes = item.get("ItemAttributes")
    if not isinstance(attributes, dict):
        return None
    return " / ".join(found for name in _ATTRIBUTES if (found := text(attributes, name))) or None


def _custom_field(item: Document, name: str) -> str | None:
    values = nested(item, "CustomFieldValues", "CustomFieldValue")
    wanted = (value for value in values if (text(value, "name") or "").casefold() == name.casefold())
    return next((found for value in wanted if (found := text(value, "value"))), None)


def _prices(item: Document, variant_id: str, connection: str, at: datetime) -> Iterator[Row]:
    by_level = price_levels(item)
    places: list[tuple[str | None, str]] = [(None, DEFAULT_LEVEL)]
    levels = (item.get(KEY) or {}).get("levels") or {}
    places += [(scoped(connection, shop), level) for shop, level in sorted(levels.items()) if level != DEFAULT_LEVEL]
    for store_id, level in places:
        if level in by_level:
            yield Row(
                "price",
                {
                    "variant_id": variant_id,
                    "store_id": store_id,
                    "valid_from_at": at,
                    "price": by_level[level],
                    "currency": _currency(item),
                },
            )


def price_levels(item: Document) -> dict[str, Decimal]:
    """The prices of an item by price level; a level at 0 has none."""
    found: dict[str, Decimal] = {}
    for price in nested(item, "Prices", "ItemPrice"):
        level, value = reference(price, "useTypeID"), amount(price, "amount")
        if level and value:
            found[level] = value
    return found


def _costs(item: Document, variant_id: str, connection: str, at: datetime) -> Iterator[Row]:
    currency = _currency(item)
    supplier = reference(item, "defaultVendorID")
    cost = amount(item, "avgCost") or amount(item, "defaultCost")
    if cost:
        yield _cost(variant_id, None, at, cost, currency)
    named = False
    for entry in nested(item, "ItemVendorNums", "ItemVendorNum"):
        vendor = reference(entry, "vendorID")
        if vendor is None:
            continue
        named = named or vendor == supplier
        default = amount(item, "defaultCost") if vendor == supplier else None
        yield _supplied(scoped(connection, vendor), variant_id, text(entry, "value"), amount(entry, "cost") or default)
    if supplier and not named:
        yield _supplied(scoped(connection, supplier), variant_id, None, amount(item, "defaultCost"))


def _cost(variant_id: str, supplier_id: str | None, at: datetime, cost: Decimal, currency: str | None) -> Row:
    return Row(
        "cost",
        {
            "variant_id": variant_id,
            "store_id": None,
            "supplier_id": supplier_id,
            "valid_from_at": at,
            "unit_cost": cost,
            "currency": currency,
        },
    )


def _supplied(supplier_id: str, variant_id: str, sku: str | None, cost: Decimal | None) -> Row:
    return Row(
        "supplier_item",
        {"supplier_id": supplier_id, "variant_id": variant_id, "supplier_sku": sku, "unit_cost": cost or None},
    )


def _currency(source: Document) -> str | None:
    return (source.get(KEY) or {}).get("currency")
