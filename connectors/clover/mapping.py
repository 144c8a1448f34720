"""From Clover's objects to rows of the mirror. Pure: a record in, rows out.

A column Clover does not know is left out, not set to null, so that what an operator added stays. An item is a product
with its only variant. ``sale_line.unit_cost`` is left to the mirror, which knows the cost at the time of sale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.clover.amounts import share_of, whole
from connectors.clover.client import instant, many, reference
from connectors.clover.documents import Owner
from connectors.clover.landing import CATEGORY, CREDIT
from connectors.clover.orders import sale_rows
from connectors.clover.refunds import credit_rows
from connectors.http import parse_json
from connectors.money import major
from connectors.records import Row, scoped

_LATEST_DAY_START = 11
"""A reporting hour later than this ends a trading day in the evening; the business day is the calendar's then."""

_DRAWER = {"LOAD": "open_drawer", "UNLOAD": "close_drawer", "OPEN": "no_sale"}


def canonical_rows(record: RawRecord, owner: Owner, *, dated_by_payment: bool = True) -> Iterator[Row]:
    """The mirror rows of one stored record; none for objects the mirror has no table for.

    Args:
        record: as it was landed.
        owner: whose it is.
        dated_by_payment: see ``orders.sale_rows``.
    """
    source = parse_json(record.payload)
    if not isinstance(source, dict):
        return
    # The record's id is the object's, whatever its payload says.
    source["id"] = record.id.removeprefix(CATEGORY).removeprefix(CREDIT)
    match record.entity:
        case Entity.LOCATION:
            yield _store(source, owner)
        case Entity.CATALOG:
            yield from _catalog(source, owner, record)
        case Entity.SALE:
            yield from _documents(source, owner, record, dated_by_payment=dated_by_payment)
        case Entity.INVENTORY:
            yield from _level(source, owner, record)
        case Entity.EMPLOYEE:
            yield _employee(source, owner, deleted=record.deleted)
        case Entity.TIMECARD:
            yield from _timecard(source, owner)
        case Entity.CUSTOMER:
            yield from _customer(source)
        case Entity.PROMOTION:
            yield _promotion(source, owner, record)
        case Entity.REGISTER_EVENT:
            yield from _register_event(source, owner, record)


def _documents(source: Mapping[str, Any], owner: Owner, record: RawRecord, *, dated_by_payment: bool) -> Iterator[Row]:
    """The sale and the returns of an order, or the return of a credit; nothing of what was deleted."""
    if record.deleted:
        return
    if record.id.startswith(CREDIT):
        yield from credit_rows(source, owner, record.source_version)
    else:
        yield from sale_rows(source, owner, record.source_version, dated_by_payment=dated_by_payment)


def is_on_sale(item: Mapping[str, Any]) -> bool:
    """Whether an item is offered. Where Clover manages availability by stock, sold out is not gone."""
    if item.get("hidden") or item.get("deletedTime"):
        return False
    return bool(item.get("autoManage")) or item.get("available") is not False


def _currency(source: Mapping[str, Any]) -> str:
    """Clover's items and discounts do not say their currency; the reader writes the merchant's in."""
    return str(source.get("currency") or "USD")


def _store(merchant: Mapping[str, Any], owner: Owner) -> Row:
    properties = merchant.get("properties") or {}
    address = merchant.get("address") or {}
    values: dict[str, Any] = {
        "store_id": owner.store_id,
        "name": merchant.get("name") or owner.merchant_id,
        "timezone": properties.get("timezone") or "UTC",
        "currency": properties.get("defaultCurrency") or merchant.get("defaultCurrency") or "USD",
        "tax_inclusive": bool(properties.get("vat")),
        "active": True,
        "connection": owner.connection,
        "external_id": owner.merchant_id,
    }
    hour = properties.get("summaryHour")
    if isinstance(hour, int) and 0 <= hour <= _LATEST_DAY_START:
        values["day_starts_at"] = f"{hour:02d}:00"
    if address.get("country"):
        values["country"] = address["country"]
    return Row("store", values)


def _catalog(source: Mapping[str, Any], owner: Owner, record: RawRecord) -> Iterator[Row]:
    if record.id.startswith(CATEGORY):
        if source.get("name"):
            parent = owner.optional(reference(source, "parentCategory"))
            identity = scoped(owner.connection, source["id"])
            yield Row("category", {"category_id": identity, "parent_id": parent, "name": source["name"]})
        return
    yield from _item(source, owner, record)


def _item(item: Mapping[str, Any], owner: Owner, record: RawRecord) -> Iterator[Row]:
    currency = _currency(item)
    identity = scoped(owner.connection, item["id"])
    active = not record.deleted and is_on_sale(item)
    product: dict[str, Any] = {"product_id": identity, "active": active}
    variant: dict[str, Any] = {
        "variant_id": identity,
        "product_id": identity,
        "active": active,
        "connection": owner.connection,
        "external_id": str(item["id"]),
    }
    if item.get("name"):
        product["name"] = item["name"]
    category = next((str(found["id"]) for found in many(item, "categories") if found.get("id")), "")
    if category:
        product["category_id"] = scoped(owner.connection, category)
    for column, name in (("sku", "sku"), ("barcode", "code")):
        if item.get(name):
            variant[column] = item[name]
    if "autoManage" in item:
        variant["track_stock"] = bool(item["autoManage"])
    if item.get("priceType"):
        variant["unit_of_measure"] = (item.get("unitName") or "unit") if item["priceType"] == "PER_UNIT" else "each"
    yield Row("product", product)
    yield Row("variant", variant)
    if record.deleted:
        return
    if item.get("price") is not None and item.get("priceType") != "VARIABLE":
        yield Row(
            "price",
            {
                "variant_id": identity,
                "store_id": None,
                "valid_from_at": record.updated_at,
                "price": major(whole(item["price"]), currency),
                "currency": currency,
            },
        )
    if whole(item.get("cost")) > 0:
        yield Row(
            "cost",
            {
                "variant_id": identity,
                "store_id": None,
                "supplier_id": None,
                "valid_from_at": record.updated_at,
                "unit_cost": major(whole(item["cost"]), currency),
                "currency": currency,
            },
        )


def _level(stock: Mapping[str, Any], owner: Owner, record: RawRecord) -> Iterator[Row]:
    if record.deleted:
        return
    # ``stockCount`` is the quantity rounded to a whole number, and deprecated for it.
    quantity = stock.get("quantity") if stock.get("quantity") is not None else stock.get("stockCount")
    yield Row(
        "inventory_level",
        {
            "variant_id": scoped(owner.connection, record.id),
            "store_id": owner.store_id,
            "quantity": Decimal(str(quantity or 0)),
            "as_of_at": record.updated_at,
            "area": None,
        },
    )


def _employee(person: Mapping[str, Any], owner: Owner, *, deleted: bool) -> Row:
    values: dict[str, Any] = {
        "employee_id": scoped(owner.connection, person["id"]),
        "store_id": owner.store_id,
        "active": not deleted and not person.get("deletedTime"),
    }
    if person.get("name"):
        values["name"] = person["name"]
    if person.get("isOwner"):
        values["role"] = "owner"
    elif person.get("role"):
        values["role"] = str(person["role"]).lower()
    return Row("employee", values)


def _timecard(shift: Mapping[str, Any], owner: Owner) -> Iterator[Row]:
    # What a manager corrected stands in for what was clocked.
    begun = shift.get("overrideInTime") or shift.get("inTime")
    ended = shift.get("overrideOutTime") or shift.get("outTime")
    who = reference(shift, "employee")
    if not begun or not who:
        return
    yield Row(
        "timecard",
        {
            "timecard_id": scoped(owner.connection, shift["id"]),
            "employee_id": scoped(owner.connection, who),
            "store_id": owner.store_id,
            "clock_in_at": instant(begun),
            "clock_out_at": instant(ended) if ended else None,
            "break_minutes": 0,
            "wage_minor": None,
        },
    )


def _customer(person: Mapping[str, Any]) -> Iterator[Row]:
    if not person.get("customer_key"):
        return
    since = person.get("customerSince")
    yield Row(
        "customer",
        {
            "customer_key": person["customer_key"],
            "first_seen_at": instant(since) if since else None,
            "consent": None if person.get("marketingAllowed") is None else bool(person["marketingAllowed"]),
        },
    )


def _promotion(discount: Mapping[str, Any], owner: Owner, record: RawRecord) -> Row:
    by_amount = discount.get("amount") is not None
    value = major(abs(whole(discount["amount"])), _currency(discount)) if by_amount else share_of(discount) * 100
    gone = record.deleted or bool(discount.get("deleted"))
    return Row(
        "promotion",
        {
            "promotion_id": scoped(owner.connection, discount["id"]),
            "name": discount.get("name"),
            "kind": "amount" if by_amount else "percent",
            "value": value,
            "starts_at": None,
            "ends_at": record.updated_at if gone else None,
            "scope": {"applied": "by hand at the till", "stores": [owner.store_id]},
        },
    )


def _register_event(event: Mapping[str, Any], owner: Owner, record: RawRecord) -> Iterator[Row]:
    amount = whole(event.get("amountChange"))
    kind = _DRAWER.get(str(event.get("type")))
    if event.get("type") == "ADJUSTMENT":
        kind = "paid_in" if amount >= 0 else "paid_out"
    if kind is None:
        # A cash sale is in the sales already; what a count's amount means, Clover does not say.
        return
    yield Row(
        "register_event",
        {
            "event_id": scoped(owner.connection, record.id),
            "store_id": owner.store_id,
            "register_id": owner.optional(reference(event, "device")),
            "employee_id": owner.optional(reference(event, "employee")),
            "kind": kind,
            "amount_minor": amount,
            "occurred_at": record.updated_at,
        },
    )
