"""What an order names, looked up in the mirror: by the platform's own ids where a row has one, else by the mirror's.

Rows of other connections are never found, so that an id which two shops share means the shop of this connection.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from connectors.mirror.origins import Queries
from connectors.own_orders.wording import cleaned
from connectors.records import scoped

_LONGEST_ID = 200

_STORE = """SELECT store_id, name, timezone, coalesce(country, ''), active
FROM store WHERE (external_id = $id OR store_id = $id) AND (connection IS NULL OR connection = $connection)
ORDER BY coalesce(external_id = $id, false) DESC, connection NULLS LAST, store_id LIMIT 1"""

_SUPPLIER = """SELECT supplier_id, name FROM supplier WHERE supplier_id IN ($scoped, $id)
ORDER BY supplier_id = $scoped DESC LIMIT 1"""

_VARIANTS = """SELECT v.variant_id, v.external_id, v.sku, v.barcode, p.name, v.name, v.unit_of_measure, v.active,
  i.supplier_sku
FROM variant v LEFT JOIN product p ON p.product_id = v.product_id
LEFT JOIN supplier_item i ON i.variant_id = v.variant_id AND i.supplier_id = $supplier
WHERE (v.variant_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))
    OR v.external_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))))
  AND (v.connection IS NULL OR v.connection = $connection)
ORDER BY v.connection NULLS FIRST, v.variant_id DESC"""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the goods go; ``zone`` is None when the mirror's is not one."""

    store_id: str
    name: str
    zone: ZoneInfo | None
    country: str
    active: bool


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who delivers."""

    supplier_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What can be ordered; ``name`` is the product's with the variant's, empty when the mirror has none."""

    variant_id: str
    sku: str
    barcode: str
    name: str
    unit: str
    active: bool
    supplier_sku: str


def find_store(reader: Queries, connection: str, identifier: str) -> Store | None:
    """The store of an id; None when there is none."""
    if not is_identifier(identifier):
        return None
    found = reader.query(_STORE, {"id": identifier, "connection": connection}).rows
    if not found:
        return None
    store_id, name, zone, country, active = found[0]
    return Store(store_id, cleaned(name), zone_of(zone), cleaned(country), active is not False)


def find_supplier(reader: Queries, connection: str, identifier: str) -> Supplier | None:
    """The supplier of an id; None when there is none."""
    if not is_identifier(identifier):
        return None
    found = reader.query(_SUPPLIER, {"id": identifier, "scoped": scoped(connection, identifier)}).rows
    return Supplier(found[0][0], cleaned(found[0][1])) if found else None


def find_variants(
    reader: Queries, connection: str, supplier_id: str, identifiers: Collection[str]
) -> Mapping[str, Variant]:
    """The variants of ids, by id; what is unknown is not in it."""
    asked = {identifier for identifier in identifiers if is_identifier(identifier)}
    rows = reader.query(_VARIANTS, {"ids": sorted(asked), "connection": connection, "supplier": supplier_id}).rows
    # Later entries win: the platform's ids over the mirror's, this connection's rows over rows of none.
    found = {row[0]: _variant(row) for row in rows if row[0] in asked}
    return found | {row[1]: _variant(row) for row in rows if row[1] in asked}


def is_identifier(value: str) -> bool:
    """Whether this can be an id at all."""
    return 0 < len(value) <= _LONGEST_ID and value.isprintable()


def zone_of(name: str) -> ZoneInfo | None:
    """A time zone; None when there is no such."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def fits(number: Decimal, whole: int, places: int) -> bool:
    """Whether a number has at most so many digits before and behind the point."""
    exponent = number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= places and abs(number) < Decimal(10) ** whole


def _variant(row: tuple[Any, ...]) -> Variant:
    variant_id, _, sku, barcode, product, name, unit, active, supplier_sku = row
    product, name = cleaned(product), cleaned(name)
    label = product if name.casefold() in ("", product.casefold()) else f"{product} {name}".strip()
    return Variant(
        variant_id,
        cleaned(sku),
        cleaned(barcode),
        label,
        cleaned(unit) or "each",
        active is not False,
        cleaned(supplier_sku),
    )
