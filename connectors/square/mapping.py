"""From Square's objects to rows of the mirror. Pure: a record in, rows out.

A column Square does not know (a store's district, a product's department) is left out, not set to null, so that what
an operator added stays. ``sale_line.unit_cost`` is left to the mirror, which knows the cost at the time of sale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import Secret
from connectors.money import major
from connectors.payload import source_of
from connectors.records import Row
from connectors.square.drawers import register_rows
from connectors.square.orders import sale_rows
from connectors.square.partners import customer_row, supplier_row
from connectors.square.promotions import promotion_rows
from connectors.square.staff import employee_row, shift_row, timecard_row
from connectors.square.stock import change_rows, level_row

_ONLY_VARIATION = "Regular"
"""What Square calls the variation of an item that has no others; it names nothing."""

_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_UNITS = {
    "IMPERIAL_POUND": "lb",
    "IMPERIAL_WEIGHT_OUNCE": "oz",
    "METRIC_GRAM": "g",
    "METRIC_KILOGRAM": "kg",
    "GENERIC_GALLON": "gallon",
    "METRIC_LITER": "l",
    "METRIC_MILLILITER": "ml",
    "METRIC_METER": "m",
    "UNIT": "each",
}


_MAPPINGS: Mapping[Entity, Callable[[Mapping[str, Any]], Iterable[Row]]] = {
    Entity.SUPPLIER: lambda source: (supplier_row(source),),
    Entity.EMPLOYEE: lambda source: (employee_row(source),),
    Entity.CUSTOMER: lambda source: (customer_row(source),),
    Entity.REGISTER_EVENT: register_rows,
    Entity.INVENTORY: lambda source: (level_row(source),),
    Entity.INVENTORY_CHANGE: change_rows,
    Entity.TIMECARD: lambda source: (timecard_row(source),),
    Entity.SCHEDULED_SHIFT: lambda source: (shift_row(source),),
}


def canonical_rows(record: RawRecord, *, connection: str, key: Secret | None) -> Iterator[Row]:
    """The mirror rows of one stored record; none for objects the mirror has no table for."""
    source = source_of(record)
    if not isinstance(source, dict):
        return
    if record.deleted:
        source = {**source, "is_deleted": True}
    match record.entity:
        case Entity.LOCATION:
            yield _store(source, connection)
        case Entity.CATALOG:
            yield from _catalog(source, connection, record)
        case Entity.SALE:
            yield from sale_rows(source, connection=connection, key=key)
        case Entity.PROMOTION:
            yield from promotion_rows(source, deleted=record.deleted)
        case entity if entity in _MAPPINGS:
            yield from _MAPPINGS[entity](source)


def _store(location: Mapping[str, Any], connection: str) -> Row:
    values: dict[str, Any] = {
        "store_id": location["id"],
        "name": location.get("name") or location.get("business_name") or location["id"],
        "timezone": location.get("timezone") or "UTC",
        "currency": location.get("currency") or "USD",
        "active": location.get("status", "ACTIVE") == "ACTIVE" and not location.get("is_deleted"),
        "connection": connection,
        "external_id": location["id"],
    }
    if location.get("country"):
        values["country"] = location["country"]
    district = (location.get("address") or {}).get("administrative_district_level_1")
    if district:
        values["subdivision"] = district
    if location.get("tax_inclusive") is not None:
        values["tax_inclusive"] = bool(location["tax_inclusive"])
    coordinates = location.get("coordinates") or {}
    if coordinates.get("latitude") is not None and coordinates.get("longitude") is not None:
        values |= {"latitude": float(coordinates["latitude"]), "longitude": float(coordinates["longitude"])}
    periods = (location.get("business_hours") or {}).get("periods")
    if periods:
        values["open_hours"] = _open_hours(periods)
    return Row("store", values)


def _open_hours(periods: list[Mapping[str, Any]]) -> dict[str, list[list[str]]]:
    hours: dict[str, list[list[str]]] = {}
    for day in _WEEKDAYS:
        spans = [
            [str(period["start_local_time"])[:5], str(period["end_local_time"])[:5]]
            for period in periods
            if period.get("day_of_week") == day
        ]
        if spans:
            hours[day.lower()] = spans
    return hours


def _catalog(source: Mapping[str, Any], connection: str, record: RawRecord) -> Iterator[Row]:
    match source.get("type"):
        case "CATEGORY":
            yield from _category(source)
        case "ITEM":
            yield _product(source, deleted=record.deleted)
        case "ITEM_VARIATION":
            yield from _variant(source, connection, record)


def _category(source: Mapping[str, Any]) -> Iterator[Row]:
    data = source.get("category_data") or {}
    if data.get("name"):
        parent = (data.get("parent_category") or {}).get("id")
        yield Row("category", {"category_id": source["id"], "parent_id": parent, "name": data["name"]})


def _product(source: Mapping[str, Any], *, deleted: bool) -> Row:
    data = source.get("item_data") or {}
    values: dict[str, Any] = {"product_id": source["id"], "active": not deleted and not data.get("is_archived", False)}
    if data.get("name"):
        values["name"] = data["name"]
    category = (data.get("reporting_category") or {}).get("id") or data.get("category_id")
    if not category and data.get("categories"):
        category = data["categories"][0].get("id")
    if category:
        values["category_id"] = category
    description = data.get("description_plaintext") or data.get("description")
    if description:
        values["description"] = description
    return Row("product", values)


def _variant(source: Mapping[str, Any], connection: str, record: RawRecord) -> Iterator[Row]:
    data = source.get("item_variation_data") or {}
    values: dict[str, Any] = {
        "variant_id": source["id"],
        "active": not record.deleted,
        "connection": connection,
        "external_id": source["id"],
    }
    for column, name in (("product_id", "item_id"), ("sku", "sku"), ("barcode", "upc"), ("name", "name")):
        if data.get(name) and data[name] != _ONLY_VARIATION:
            values[column] = data[name]
    if data.get("track_inventory") is not None:
        values["track_stock"] = bool(data["track_inventory"])
    if data.get("measurement_unit"):
        values["unit_of_measure"] = _unit(data["measurement_unit"])
    yield Row("variant", values)
    if record.deleted:
        return
    for money, store_id in _prices(data):
        yield Row(
            "price",
            {
                "variant_id": source["id"],
                "store_id": store_id,
                "valid_from_at": record.updated_at,
                "price": major(int(money["amount"]), str(money["currency"])),
                "currency": money["currency"],
            },
        )
    yield from _costs(source["id"], data, record.updated_at)


def _prices(data: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    if _has_amount(data.get("price_money")):
        yield data["price_money"], None
    for override in data.get("location_overrides") or ():
        if _has_amount(override.get("price_money")):
            yield override["price_money"], override.get("location_id")


def _costs(variant_id: str, data: Mapping[str, Any], at: datetime) -> Iterator[Row]:
    for vendor in data.get("vendor_information") or ():
        money = vendor.get("unit_cost_money")
        if _has_amount(money):
            yield Row(
                "cost",
                {
                    "variant_id": variant_id,
                    "store_id": None,
                    "supplier_id": vendor.get("vendor_id"),
                    "valid_from_at": at,
                    "unit_cost": major(int(money["amount"]), str(money["currency"])),
                    "currency": money["currency"],
                },
            )


def _has_amount(money: Any) -> bool:
    return isinstance(money, Mapping) and money.get("amount") is not None and bool(money.get("currency"))


def _unit(unit: Mapping[str, Any]) -> str:
    custom = unit.get("custom_unit") or {}
    if custom.get("name"):
        return str(custom["name"])
    code = next((str(value) for name, value in sorted(unit.items()) if name.endswith("_unit") and value), "UNIT")
    return _UNITS.get(code, code.lower())
