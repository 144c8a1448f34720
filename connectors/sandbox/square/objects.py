"""Catalogue objects in Square's shape: seeding them from a shop, and checking what comes in over the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from connectors.money import to_minor
from connectors.sandbox.square.errors import PosError, missing
from connectors.sandbox.square.store import dump
from connectors.sandbox.standin.feed import FeedVariant

TYPES = (
    "CATEGORY",
    "DISCOUNT",
    "ITEM",
    "ITEM_VARIATION",
    "MEASUREMENT_UNIT",
    "PRICING_RULE",
    "PRODUCT_SET",
    "TAX",
    "TIME_PERIOD",
)
DATA = {name: f"{name.lower()}_data" for name in TYPES}
"""Where an object of a type keeps what is its own."""


def seeded(variants: Iterable[FeedVariant], currency: str, version: int, at: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a shop's products: categories, units, items and their variations."""
    known: set[str] = set()
    for variant in variants:
        category = None if hasattr(variant, "department") else getattr(variant, "category", None)
        # A shop that knows departments keeps its own tree of categories, outside the POS.
        if category and f"C-{category}" not in known:
            known.add(f"C-{category}")
            yield row_of(built("CATEGORY", f"C-{category}", {"name": category}, version, at), None)
        if variant.product_id not in known:
            known.add(variant.product_id)
            data: dict[str, Any] = {"name": variant.name, "product_type": "REGULAR"}
            if category:
                data |= {"categories": [{"id": f"C-{category}"}], "reporting_category": {"id": f"C-{category}"}}
            yield row_of(built("ITEM", variant.product_id, data, version, at), None)
        unit = variant.unit_of_measure
        if unit != "each" and unit not in known:
            known.add(unit)
            yield row_of(_unit(unit, version, at), None)
        yield row_of(
            built("ITEM_VARIATION", variant.variant_id, _seed_data(variant, currency), version, at), variant.product_id
        )


def prices(source: Mapping[str, Any], locations: Sequence[str]) -> dict[str, dict[str, Any] | None]:
    """What an object costs at each location: its override there, else its base price."""
    data = source.get("item_variation_data") or {}
    overrides = {item.get("location_id"): item for item in data.get("location_overrides") or ()}
    return {place: (overrides.get(place) or {}).get("price_money") or data.get("price_money") for place in locations}


def _seed_data(variant: FeedVariant, currency: str) -> dict[str, Any]:
    data: dict[str, Any] = {"item_id": variant.product_id, "name": "Regular", "ordinal": 0}
    data["track_inventory"] = variant.unit_of_measure == "each"
    if variant.sku:
        data["sku"] = variant.sku
    if getattr(variant, "barcode", ""):
        data["upc"] = getattr(variant, "barcode", "")
    cost, supplier_id = getattr(variant, "cost", None), getattr(variant, "supplier_id", "")
    if cost is not None:
        bought: dict[str, Any] = {"unit_cost_money": _seed_money(cost, currency)}
        data["vendor_information"] = [{**bought, **({"vendor_id": supplier_id} if supplier_id else {})}]
    if variant.unit_of_measure != "each":
        data["measurement_unit_id"] = f"U-{variant.unit_of_measure}"
    if variant.price is None:
        data["pricing_type"] = "VARIABLE_PRICING"
    else:
        data |= {"pricing_type": "FIXED_PRICING", "price_money": _seed_money(variant.price, currency)}
    overrides = [
        {"location_id": store_id, "price_money": _seed_money(price, currency), "pricing_type": "FIXED_PRICING"}
        for store_id, price in sorted(variant.prices.items())
        if price != variant.price
    ]
    if overrides:
        data["location_overrides"] = overrides
    return data


def _seed_money(price: Decimal, currency: str) -> dict[str, Any]:
    return {"amount": to_minor(price, currency), "currency": currency}


def _unit(name: str, version: int, at: str) -> dict[str, Any]:
    data = {"measurement_unit": {"custom_unit": {"name": name, "abbreviation": name}}, "precision": 3}
    return built("MEASUREMENT_UNIT", f"U-{name}", data, version, at)


def built(kind: str, object_id: str, data: Mapping[str, Any], version: int, at: str) -> dict[str, Any]:
    """An object as it is when it is new."""
    return {
        "type": kind,
        "id": object_id,
        "updated_at": at,
        "created_at": at,
        "version": version,
        "is_deleted": False,
        "present_at_all_locations": True,
        DATA[kind]: dict(data),
    }


def row_of(source: Mapping[str, Any], parent_id: Any) -> tuple[Any, ...]:
    """An object as a row of the store."""
    return (
        source["id"],
        source["type"],
        parent_id,
        source["version"],
        source["updated_at"],
        int(source["is_deleted"]),
        dump(source),
    )


def flattened(objects: Sequence[Any]) -> list[dict[str, Any]]:
    """Objects with the variations inside their items beside them; variations an item does not name stay as they are."""
    flat: list[dict[str, Any]] = []
    for item in objects:
        if not isinstance(item, dict) or item.get("type") not in TYPES:
            raise PosError(400, "INVALID_ENUM_VALUE", f"object.type must be one of {', '.join(TYPES)}.", "object.type")
        if not isinstance(item.get("id"), str) or not item["id"]:
            raise missing("object.id")
        flat.append(item)
        for variation in (item.get("item_data") or {}).get("variations") or ():
            data = {"item_id": item["id"], **(variation.get("item_variation_data") or {})}
            flat += flattened([{**variation, "item_variation_data": data}])
    return flat


def types_of(given: Any) -> list[str]:
    """The types asked for; all without."""
    if given is None:
        return list(TYPES)
    if not isinstance(given, list) or not given or not set(given) <= set(TYPES):
        raise PosError(400, "INVALID_ENUM_VALUE", f"object_types must be among {', '.join(TYPES)}.", "object_types")
    return sorted(given)


def check_money(money: Any, field: str) -> None:
    """Refuse what is not an amount of money."""
    amount = money.get("amount") if isinstance(money, dict) else None
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise PosError(400, "EXPECTED_INTEGER", "amount must be a whole number of minor units.", f"{field}.amount")
    if amount < 0:
        raise PosError(400, "VALUE_TOO_LOW", "amount must not be negative.", f"{field}.amount")
    if not isinstance(money.get("currency"), str) or len(money["currency"]) != 3:
        raise PosError(400, "INVALID_VALUE", "currency must be an ISO 4217 code.", f"{field}.currency")
