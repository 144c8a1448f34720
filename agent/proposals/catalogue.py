"""What a proposal must know about a store and a product, from the mirror. Prices are read live, never from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from tools.context import MirrorPort

_WEEKS = 4

_ITEM = """
SELECT s.name, s.connection, s.external_id, s.currency, s.active,
       v.connection, v.external_id, v.sku, v.name, v.active, p.name
FROM variant v
JOIN product p ON p.product_id = v.product_id
CROSS JOIN store s
WHERE v.variant_id = $variant_id AND s.store_id = $store_id
"""

_UNITS = """
SELECT COALESCE(SUM(l.quantity), 0)
FROM sale s
JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.store_id = $store_id AND l.variant_id = $variant_id
  AND s.closed_at > $since AND s.closed_at <= $until
  AND s.kind <> 'return' AND NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A product variant at a store, with the platform's ids. ``sold_here`` is False when either is inactive."""

    connection: str
    store_id: str
    store_name: str
    store_external_id: str
    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    currency: str
    sold_here: bool


class Catalogue(Protocol):
    """Facts about stores and products."""

    def item(self, store_id: str, variant_id: str) -> Item | None:
        """The variant at the store, or None when either is unknown."""
        ...

    def weekly_units(self, store_id: str, variant_id: str, now: datetime) -> Decimal:
        """Units sold there in an average week of the four before ``now``."""
        ...


class MirrorCatalogue:
    """The catalogue out of the mirror."""

    def __init__(self, mirror: MirrorPort) -> None:
        self._mirror = mirror

    def item(self, store_id: str, variant_id: str) -> Item | None:
        """The variant at the store, or None when either is unknown."""
        found = self._mirror.query(_ITEM, {"store_id": store_id, "variant_id": variant_id})
        if not found.rows:
            return None
        (
            store_name,
            store_connection,
            store_external_id,
            currency,
            store_active,
            variant_connection,
            variant_external_id,
            sku,
            variant_name,
            variant_active,
            product_name,
        ) = found.rows[0]
        return Item(
            connection=store_connection or variant_connection or "",
            store_id=store_id,
            store_name=store_name,
            store_external_id=store_external_id or store_id,
            variant_id=variant_id,
            variant_external_id=variant_external_id or variant_id,
            product=_label(product_name, variant_name),
            sku=sku or "",
            currency=currency,
            sold_here=store_active is not False and variant_active is not False,
        )

    def weekly_units(self, store_id: str, variant_id: str, now: datetime) -> Decimal:
        """Units sold there in an average week of the four before ``now``."""
        since = now - timedelta(weeks=_WEEKS)
        found = self._mirror.query(
            _UNITS, {"store_id": store_id, "variant_id": variant_id, "since": since, "until": now}
        )
        return Decimal(found.rows[0][0]) / _WEEKS


def _label(product: str, variant: str | None) -> str:
    # Platforms give a product with a single variant a placeholder name, which tells nobody anything.
    if not variant or variant.casefold() in {"regular", "default title", product.casefold()}:
        return product
    return f"{product} ({variant})"
