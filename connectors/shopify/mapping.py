"""From Shopify's objects to rows of the mirror. Pure: a record in, rows out.

A column Shopify does not know (a store's district, a product's department) is left out, not set to null, so that what
an operator added stays. ``sale_line.unit_cost`` is left to the mirror, which knows the cost at the time of sale.

Everything is sold by the piece: Shopify's quantities are whole numbers, and a unit price measurement only prints the
price of a litre beside the price of the bottle. So ``unit_of_measure`` stays ``each``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import Secret
from connectors.payload import source_of
from connectors.records import Row, scoped
from connectors.shopify.identifiers import gid, instant, kind_of, number, number_of
from connectors.shopify.lines import nodes
from connectors.shopify.movements import transfer_rows
from connectors.shopify.orders import sale_rows
from connectors.shopify.registers import register_rows

_ONLY_VARIANT = "Default Title"
"""What Shopify calls the variant of a product that has no others; it names nothing."""


def canonical_rows(record: RawRecord, *, connection: str, key: Secret | None) -> Iterator[Row]:
    """The mirror rows of one stored record.

    Raises:
        ValueError, KeyError, TypeError: the object lacks what its rows cannot be without.
    """
    source = source_of(record)
    if not isinstance(source, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 a ValueError is what a bad record is
    match record.entity:
        case Entity.LOCATION:
            yield _store(_named(source, "Location", record), connection)
        case Entity.CATALOG:
            yield from _catalog(_named(source, "Product", record), connection, record)
        case Entity.SALE:
            if not record.deleted:
                order = _named(source, "Order", record)
                yield from sale_rows(order, connection=connection, key=key, version=record.source_version)
        case Entity.INVENTORY:
            yield from _level(source, connection, record)
        case Entity.INVENTORY_CHANGE:
            yield from transfer_rows(source, connection)
        case Entity.EMPLOYEE:
            yield _employee(_named(source, "StaffMember", record), connection)
        case Entity.CUSTOMER:
            yield from _customer(source)
        case Entity.PROMOTION:
            yield from _promotion(_named(source, "DiscountNode", record), connection, record)
        case Entity.REGISTER_EVENT:
            yield from register_rows(source, connection)


def _named(source: Mapping[str, Any], kind: str, record: RawRecord) -> Mapping[str, Any]:
    """An object with its id, which its record knows too."""
    return source if source.get("id") else {**source, "id": gid(kind, record.id.removeprefix("variant-"))}


def _store(location: Mapping[str, Any], connection: str) -> Row:
    shop = location.get("shop") or {}
    identity = _identity(location)
    values: dict[str, Any] = {
        "store_id": scoped(connection, identity),
        "name": location.get("name") or identity,
        "timezone": shop.get("ianaTimezone") or "UTC",
        "currency": shop.get("currencyCode") or "USD",
        "tax_inclusive": bool(shop.get("taxesIncluded")),
        "active": bool(location.get("isActive", True)),
        "connection": connection,
        "external_id": identity,
    }
    address = location.get("address") or {}
    if address.get("countryCode"):
        values["country"] = address["countryCode"]
    if address.get("provinceCode"):
        values["subdivision"] = address["provinceCode"]
    if address.get("latitude") is not None and address.get("longitude") is not None:
        values |= {"latitude": float(address["latitude"]), "longitude": float(address["longitude"])}
    return Row("store", values)


def _catalog(source: Mapping[str, Any], connection: str, record: RawRecord) -> Iterator[Row]:
    identity = _identity(source)
    if record.deleted:
        table = "variant" if kind_of(source["id"]) == "ProductVariant" else "product"
        yield Row(table, {f"{table}_id": scoped(connection, identity), "active": False})
        return
    category = source.get("category")
    if isinstance(category, Mapping) and category.get("id") and category.get("name"):
        parent = category.get("parentId")
        yield Row(
            "category",
            {
                "category_id": scoped(connection, number(category["id"])),
                "parent_id": scoped(connection, number(parent)) if parent else None,
                "name": category["name"],
            },
        )
    elif source.get("productType"):
        yield Row("category", {"category_id": _type_id(source, connection), "name": source["productType"]})
    active = source.get("status") not in ("ARCHIVED", "DRAFT")
    yield _product(source, connection, active=active)
    for variant in nodes(source, "variants"):
        yield from _variant(source, variant, connection, active=active)


def _product(source: Mapping[str, Any], connection: str, *, active: bool) -> Row:
    values: dict[str, Any] = {
        "product_id": scoped(connection, _identity(source)),
        "name": source.get("title") or _identity(source),
        "active": active,
    }
    category = source.get("category")
    if isinstance(category, Mapping) and category.get("id") and category.get("name"):
        values["category_id"] = scoped(connection, number(category["id"]))
    elif source.get("productType"):
        values["category_id"] = _type_id(source, connection)
    if source.get("vendor"):
        values["brand"] = source["vendor"]
    if source.get("createdAt"):
        values["created_at"] = instant(str(source["createdAt"]))
    return Row("product", values)


def _variant(product: Mapping[str, Any], source: Mapping[str, Any], connection: str, *, active: bool) -> Iterator[Row]:
    variant_id = scoped(connection, _identity(source))
    item = source.get("inventoryItem") or {}
    values: dict[str, Any] = {
        "variant_id": variant_id,
        "product_id": scoped(connection, _identity(product)),
        "unit_of_measure": "each",
        "active": active,
        "connection": connection,
        "external_id": _identity(source),
    }
    for column, name in (("sku", "sku"), ("barcode", "barcode"), ("name", "title")):
        if source.get(name) and source[name] != _ONLY_VARIANT:
            values[column] = source[name]
    if item.get("tracked") is not None:
        values["track_stock"] = bool(item["tracked"])
    yield Row("variant", values)
    at = instant(str(source.get("updatedAt") or product.get("updatedAt") or product["createdAt"]))
    currency = str((product.get("shop") or {}).get("currencyCode") or "USD")
    if source.get("price") is not None:
        compare_at = source.get("compareAtPrice")
        yield Row(
            "price",
            {
                "variant_id": variant_id,
                "store_id": None,
                "valid_from_at": at,
                "price": Decimal(str(source["price"])),
                "compare_at": Decimal(str(compare_at)) if compare_at is not None else None,
                "currency": currency,
            },
        )
    cost = item.get("unitCost")
    if isinstance(cost, Mapping) and cost.get("amount") is not None:
        yield Row(
            "cost",
            {
                "variant_id": variant_id,
                "store_id": None,
                "supplier_id": None,
                "valid_from_at": instant(str(item["updatedAt"])) if item.get("updatedAt") else at,
                "unit_cost": Decimal(str(cost["amount"])),
                "currency": cost.get("currencyCode") or currency,
            },
        )


def _level(source: Mapping[str, Any], connection: str, record: RawRecord) -> Iterator[Row]:
    item = source.get("item") or {}
    store = number_of(source.get("location")) or record.id.rpartition(":")[2]
    for variant in nodes(item, "variants"):
        if item.get("tracked") is False:
            continue
        yield Row(
            "inventory_level",
            {
                "variant_id": scoped(connection, _identity(variant)),
                "store_id": scoped(connection, store),
                "quantity": quantity_of(source),
                "as_of_at": record.updated_at,
                "area": None,
            },
        )


def quantity_of(level: Mapping[str, Any], name: str = "on_hand") -> Decimal:
    """A quantity of a stock level by Shopify's name for it; ``on_hand`` is what stands in the shop."""
    found = {item.get("name"): item.get("quantity") for item in level.get("quantities") or ()}
    value = found.get(name)
    return Decimal(str(found.get("available") or 0 if value is None else value))


def _employee(source: Mapping[str, Any], connection: str) -> Row:
    name = " ".join(str(source[part]) for part in ("firstName", "lastName") if source.get(part))
    values: dict[str, Any] = {
        "employee_id": scoped(connection, _identity(source)),
        "active": bool(source.get("active", True)),
    }
    if name:
        values["name"] = name
    if source.get("isShopOwner"):
        values["role"] = "owner"
    return Row("employee", values)


def _customer(source: Mapping[str, Any]) -> Iterator[Row]:
    if source.get("customer_key"):
        values: dict[str, Any] = {"customer_key": source["customer_key"]}
        if source.get("createdAt"):
            values["first_seen_at"] = instant(str(source["createdAt"]))
        if source.get("marketingState"):
            values["consent"] = source["marketingState"] == "SUBSCRIBED"
        yield Row("customer", values)


def _promotion(source: Mapping[str, Any], connection: str, record: RawRecord) -> Iterator[Row]:
    promotion_id = scoped(connection, _identity(source))
    if record.deleted:
        return
    discount = source.get("discount") or {}
    gets = discount.get("customerGets") or {}
    kind, value = _worth(discount, gets.get("value") or {})
    starts = discount.get("startsAt")
    ends = discount.get("endsAt")
    items = gets.get("items") or {}
    yield Row(
        "promotion",
        {
            "promotion_id": promotion_id,
            "name": discount.get("title"),
            "kind": kind,
            "value": value,
            "starts_at": instant(str(starts)) if starts else None,
            "ends_at": instant(str(ends)) if ends else None,
            "scope": {
                "automatic": str(discount.get("__typename") or "").startswith("DiscountAutomatic"),
                "status": discount.get("status"),
                "everything": bool(items.get("allItems")),
                "products": [number(node["id"]) for node in nodes(items, "products") if node.get("id")],
            },
        },
    )
    for variant in nodes(items, "productVariants"):
        yield Row(
            "promotion_item",
            {
                "promotion_id": promotion_id,
                "variant_id": scoped(connection, _identity(variant)),
                "store_id": None,
                "starts_on": instant(str(starts)).date() if starts else None,
                "ends_on": instant(str(ends)).date() if ends else None,
            },
        )


def _worth(discount: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[str, Decimal | None]:
    if value.get("percentage") is not None:
        return "percent", Decimal(str(value["percentage"])) * 100
    amount = value.get("amount")
    if isinstance(amount, Mapping) and amount.get("amount") is not None:
        return "amount", Decimal(str(amount["amount"]))
    kind = str(discount.get("__typename") or "")
    return ("free_shipping" if kind.endswith("FreeShipping") else "buy_x_get_y" if "Bxgy" in kind else "other"), None


def _identity(source: Mapping[str, Any]) -> str:
    found = number_of(source)
    if not found:
        raise ValueError("an object without its id")
    return found


def _type_id(source: Mapping[str, Any], connection: str) -> str:
    return scoped(connection, f"type-{str(source['productType']).casefold()}")
