"""Categories and products of Lightspeed X as rows of the mirror.

Every product is something that is sold; those of one family share a parent, which is a product itself. The platform has
no unit of measure: a tag like “unit:kg” on a product says that it is sold by weight, volume or length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from connectors.base import RawRecord
from connectors.lightspeed_x.amounts import many, number, part
from connectors.lightspeed_x.client import instant
from connectors.lightspeed_x.surroundings import MARK
from connectors.records import Row

UNIT_TAG = "unit:"
_BARCODES = ("EAN", "UPC", "JAN", "ISBN", "ITF")


def catalog_rows(source: Mapping[str, Any], *, connection: str, record: RawRecord) -> Iterator[Row]:
    """The rows of one category or product."""
    if "leaf_category" in source and "sku" not in source:
        yield from _category(source)
        return
    yield _product(source, deleted=record.deleted)
    yield _variant(source, connection, deleted=record.deleted)
    if not record.deleted:
        yield from _prices(source, record)
        yield from _costs(source, record)


def barcode_of(product: Mapping[str, Any]) -> str | None:
    """The first code that is a trade item number."""
    codes = many(product, "product_codes")
    return next((str(item["code"]) for item in codes if str(item.get("type")).upper() in _BARCODES), None)


def parent_of(product: Mapping[str, Any]) -> str:
    """What a family of variants has in common; a product without a family is its own parent."""
    return str(product.get("variant_parent_id") or product["id"])


def _category(source: Mapping[str, Any]) -> Iterator[Row]:
    if source.get("name"):
        parent = source.get("parent_category_id") or None
        yield Row("category", {"category_id": source["id"], "parent_id": parent, "name": source["name"]})


def _product(source: Mapping[str, Any], *, deleted: bool) -> Row:
    values: dict[str, Any] = {"product_id": parent_of(source)}
    if values["product_id"] == source["id"]:
        values["active"] = not deleted and _is_active(source)
    if source.get("name"):
        values["name"] = source["name"]
    category = part(source, "product_category").get("id") or source.get("product_type_id")
    if category:
        values["category_id"] = category
    brand = part(source, "brand").get("name")
    if brand:
        values["brand"] = brand
    if source.get("description"):
        values["description"] = source["description"]
    if source.get("created_at") and values["product_id"] == source["id"]:
        values["created_at"] = instant(str(source["created_at"]))
    return Row("product", values)


def _variant(source: Mapping[str, Any], connection: str, *, deleted: bool) -> Row:
    values: dict[str, Any] = {
        "variant_id": source["id"],
        "product_id": parent_of(source),
        "active": not deleted and _is_active(source),
        "connection": connection,
        "external_id": source["id"],
    }
    if source.get("sku"):
        values["sku"] = source["sku"]
    barcode = barcode_of(source)
    if barcode:
        values["barcode"] = barcode
    if source.get("variant_name") and source["variant_name"] != source.get("name"):
        values["name"] = source["variant_name"]
    if source.get("has_inventory") is not None:
        values["track_stock"] = bool(source["has_inventory"])
    units = [str(tag.get("name") or "") for tag in many(source, "categories")]
    unit = next((name[len(UNIT_TAG) :].strip() for name in units if name.casefold().startswith(UNIT_TAG)), "")
    if unit:
        values["unit_of_measure"] = unit
    return Row("variant", values)


def _is_active(source: Mapping[str, Any]) -> bool:
    return source.get("active", source.get("is_active", True)) is not False


def shelf_price(source: Mapping[str, Any], *, tax_inclusive: bool) -> Decimal | None:
    """What the label says: with tax where the retailer's prices are with tax; None when there is no price."""
    name = "price_including_tax" if tax_inclusive else "price_excluding_tax"
    found = source.get(name)
    if found is None:
        found = source.get("price_excluding_tax")
    return None if found is None else number(found)


def _prices(source: Mapping[str, Any], record: RawRecord) -> Iterator[Row]:
    mark = part(source, MARK)
    currency = mark.get("currency")
    base = shelf_price(source, tax_inclusive=bool(mark.get("tax_inclusive")))
    offers: list[tuple[Any, Decimal | None]] = [(None, base)]
    offers += [(item.get("outlet_id"), number(item.get("price"))) for item in many(mark, "store_prices")]
    for store_id, price in offers:
        if price is not None and currency:
            yield Row(
                "price",
                {
                    "variant_id": source["id"],
                    "store_id": store_id,
                    "valid_from_at": record.updated_at,
                    "price": price.quantize(Decimal("0.0001")),
                    "currency": currency,
                },
            )


def _costs(source: Mapping[str, Any], record: RawRecord) -> Iterator[Row]:
    """A supplier's price where it has one, else the supply price. Nothing for 0: then nobody entered one."""
    currency = part(source, MARK).get("currency")
    suppliers = [item for item in many(source, "product_suppliers") if item.get("supplier_id")]
    offers = [(item["supplier_id"], number(item.get("price"))) for item in suppliers]
    if not any(price > 0 for _, price in offers):
        usual = suppliers[0]["supplier_id"] if suppliers else source.get("supplier_id") or None
        offers = [(usual, number(source.get("supply_price")))]
    for supplier_id, cost in offers:
        if cost > 0:
            yield Row(
                "cost",
                {
                    "variant_id": source["id"],
                    "store_id": None,
                    "supplier_id": supplier_id,
                    "valid_from_at": record.updated_at,
                    "unit_cost": cost.quantize(Decimal("0.0001")),
                    "currency": currency,
                },
            )
    for item in suppliers:
        values: dict[str, Any] = {"supplier_id": item["supplier_id"], "variant_id": source["id"]}
        if item.get("code"):
            values["supplier_sku"] = item["code"]
        if number(item.get("price")) > 0:
            values["unit_cost"] = number(item["price"]).quantize(Decimal("0.0001"))
        yield Row("supplier_item", values)
