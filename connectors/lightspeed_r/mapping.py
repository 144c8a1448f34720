"""From the R-Series' objects to rows of the mirror. Pure: a record in, rows out.

Ids are numbers from one in every account, so each becomes ``connection:id``; ``external_id`` keeps the platform's. A
column the platform does not know (a store's district, a product's department) is left out, so that what an operator
added stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.lightspeed_r.catalog import catalog_rows, change_rows, level_rows
from connectors.lightspeed_r.feeds import feed_of
from connectors.lightspeed_r.purchases import purchase_rows
from connectors.lightspeed_r.registers import register_rows
from connectors.lightspeed_r.sales import sale_rows
from connectors.lightspeed_r.surroundings import KEY
from connectors.lightspeed_r.wire import Document, amount, flag, moment, nested, number, reference, text
from connectors.payload import source_of
from connectors.records import Row, scoped


def canonical_rows(record: RawRecord, *, connection: str, unit_field: str = "Unit") -> Iterator[Row]:
    """The mirror rows of one stored record; none for objects the mirror has no table for."""
    source = source_of(record)
    feed = feed_of(record.entity, record.id)
    if not isinstance(source, dict) or feed is None:
        return
    if record.entity is Entity.CUSTOMER:
        yield Row("customer", {"customer_key": record.id, "first_seen_at": moment(source, "createTime")})
        return
    # The id of the record is sure; the one inside may have been lost on the way.
    whole = {**source, feed.identity: record.id.removeprefix(feed.prefix)}
    if record.entity is Entity.CATALOG:
        yield from catalog_rows(whole, connection, record.updated_at, unit_field)
        return
    mapping = _MAPPINGS.get(record.entity)
    if mapping is not None:
        yield from mapping(whole, connection, record)


def _store(shop: Document, connection: str) -> Row:
    values: dict[str, Any] = {
        "store_id": scoped(connection, shop["shopID"]),
        "name": text(shop, "name") or str(shop["shopID"]),
        "timezone": text(shop, "timeZone") or "UTC",
        "currency": (shop.get(KEY) or {}).get("currency") or "USD",
        "active": not flag(shop, "archived"),
        "connection": connection,
        "external_id": str(shop["shopID"]),
    }
    tax = shop.get("TaxCategory")
    if isinstance(tax, dict):
        values["tax_inclusive"] = flag(tax, "isTaxInclusive")
    contact = shop.get("Contact")
    addresses = nested(contact, "Addresses", "ContactAddress") if isinstance(contact, dict) else []
    country = next((found for item in addresses if (found := text(item, "countryCode"))), None)
    if country:
        values["country"] = country
    return Row("store", values)


def _supplier(vendor: Document, connection: str) -> Row:
    values: dict[str, Any] = {
        "supplier_id": scoped(connection, vendor["vendorID"]),
        "name": text(vendor, "name"),
    }
    contact = vendor.get("Contact")
    emails = nested(contact, "Emails", "ContactEmail") if isinstance(contact, dict) else []
    address = next((found for item in emails if (found := text(item, "address"))), None)
    if address:
        values["email"] = address
    currency = vendor.get("purchasingCurrency")
    if isinstance(currency, dict) and text(currency, "code"):
        values["currency"] = text(currency, "code")
    return Row("supplier", values)


def _employee(employee: Document, connection: str) -> Row:
    values: dict[str, Any] = {
        "employee_id": scoped(connection, employee["employeeID"]),
        "active": not flag(employee, "archived"),
    }
    name = " ".join(part for field in ("firstName", "lastName") if (part := text(employee, field)))
    if name:
        values["name"] = name
    role = employee.get("EmployeeRole")
    if isinstance(role, dict) and text(role, "name"):
        values["role"] = text(role, "name")
    shop = reference(employee, "limitToShopID")
    if shop:
        values["store_id"] = scoped(connection, shop)
    return Row("employee", values)


def _promotion(discount: Document, connection: str) -> Row:
    percent = amount(discount, "discountPercent")
    is_percent = bool(percent)
    return Row(
        "promotion",
        {
            "promotion_id": scoped(connection, discount["discountID"]),
            "name": text(discount, "name"),
            "kind": "percent" if is_percent else "amount",
            "value": (percent or Decimal(0)) * 100 if is_percent else number(discount, "discountAmount"),
            "starts_at": moment(discount, "createTime"),
            # There is no end but being archived, and no other stamp of that than the last change.
            "ends_at": moment(discount, "timeStamp") if flag(discount, "archived") else None,
            "scope": {"requires_customer": flag(discount, "requireCustomer")},
        },
    )


def _timecard(hours: Document, connection: str) -> Iterator[Row]:
    employee, shop, began = reference(hours, "employeeID"), reference(hours, "shopID"), moment(hours, "checkIn")
    if employee is None or shop is None or began is None:
        return
    yield Row(
        "timecard",
        {
            "timecard_id": scoped(connection, hours["employeeHoursID"]),
            "employee_id": scoped(connection, employee),
            "store_id": scoped(connection, shop),
            "clock_in_at": began,
            "clock_out_at": moment(hours, "checkOut"),
            "break_minutes": 0,
            "wage_minor": None,
        },
    )


_MAPPINGS: Mapping[Entity, Callable[[Document, str, RawRecord], Iterable[Row]]] = {
    Entity.LOCATION: lambda shop, connection, _: [_store(shop, connection)],
    Entity.SUPPLIER: lambda vendor, connection, _: [_supplier(vendor, connection)],
    Entity.EMPLOYEE: lambda employee, connection, _: [_employee(employee, connection)],
    Entity.PROMOTION: lambda discount, connection, _: [_promotion(discount, connection)],
    Entity.SALE: lambda sale, connection, record: sale_rows(sale, connection=connection, version=record.source_version),
    Entity.REGISTER_EVENT: lambda source, connection, _: register_rows(source, connection),
    Entity.INVENTORY: lambda level, connection, record: level_rows(level, connection, record.updated_at),
    Entity.INVENTORY_CHANGE: lambda entry, connection, _: change_rows(entry, connection),
    Entity.TIMECARD: lambda hours, connection, _: _timecard(hours, connection),
    Entity.PURCHASE_ORDER: lambda order, connection, _: purchase_rows(order, connection),
}
