"""The catalogue of the proposals out of the mirror."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from agent.proposals.catalogue import Employee, Item, Place, RunningPromotion, Shift, Supplier
from tools.context import MirrorPort

_WEEKS = 4

_PLACE = """
SELECT store_id, name, COALESCE(connection, ''), COALESCE(external_id, store_id), currency, timezone,
  COALESCE(active, TRUE)
FROM store WHERE store_id = $store_id
"""

_ITEM = """
SELECT v.connection, v.external_id, v.sku, v.name, v.active, p.name
FROM variant v JOIN product p ON p.product_id = v.product_id
WHERE v.variant_id = $variant_id
"""

_UNITS = """
SELECT COALESCE(SUM(l.quantity), 0)
FROM sale s
JOIN sale_line l ON l.sale_id = s.sale_id
WHERE s.store_id = $store_id AND l.variant_id = $variant_id
  AND s.closed_at > $since AND s.closed_at <= $until
  AND s.kind <> 'return' AND NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)
"""

_NET = """
SELECT COALESCE(SUM(net_minor), 0) FROM {table}
WHERE store_id = $store_id AND business_on > $since AND business_on <= $until{only}
"""

_SUPPLIER_COST = "SELECT unit_cost FROM supplier_item WHERE supplier_id = $supplier_id AND variant_id = $variant_id"
_COST = """
SELECT unit_cost FROM cost
WHERE variant_id = $variant_id AND (store_id IS NULL OR store_id = $store_id) AND unit_cost IS NOT NULL
ORDER BY CASE WHEN store_id IS NULL THEN 0 ELSE 1 END DESC, valid_from_at DESC NULLS LAST LIMIT 1
"""

_EMPLOYEE = """
SELECT employee_id, COALESCE(name, employee_id), COALESCE(store_id, ''), COALESCE(role, ''),
  COALESCE(hourly_minor, 0), COALESCE(active, TRUE)
FROM employee WHERE employee_id = $employee_id
"""

_SHIFT = """
SELECT x.shift_id, COALESCE(x.employee_id, ''), COALESCE(e.name, x.employee_id, 'nobody yet'), x.store_id, x.starts_at,
  x.ends_at, x.status, COALESCE(e.hourly_minor, 0)
FROM scheduled_shift x LEFT JOIN employee e ON e.employee_id = x.employee_id
WHERE x.shift_id = $shift_id
"""


class MirrorCatalogue:
    """``agent.proposals.catalogue.Catalogue`` over the mirror."""

    def __init__(self, mirror: MirrorPort) -> None:
        self._mirror = mirror

    def place(self, store_id: str) -> Place | None:
        """The store, or None."""
        rows = self._mirror.query(_PLACE, {"store_id": store_id}).rows
        return Place(*rows[0]) if rows else None

    def stores_of(self, connection: str) -> list[str]:
        """Ids of the active stores that are reached through a connection."""
        rows = self._mirror.query(
            "SELECT store_id FROM store WHERE connection = $connection AND COALESCE(active, TRUE) ORDER BY store_id",
            {"connection": connection},
        ).rows
        return [str(row[0]) for row in rows]

    def item(self, store_id: str, variant_id: str) -> Item | None:
        """The variant at the store, or None when either is unknown."""
        place = self.place(store_id)
        rows = self._mirror.query(_ITEM, {"variant_id": variant_id}).rows
        if place is None or not rows:
            return None
        connection, external_id, sku, variant_name, variant_active, product_name = rows[0]
        return Item(
            connection=place.connection or connection or "",
            store_id=store_id,
            store_name=place.name,
            store_external_id=place.external_id,
            variant_id=variant_id,
            variant_external_id=external_id or variant_id,
            product=_label(product_name, variant_name),
            sku=sku or "",
            currency=place.currency,
            sold_here=place.active and variant_active is not False,
        )

    def weekly_units(self, store_id: str, variant_id: str, now: datetime) -> Decimal:
        """Units sold there in an average week of the four before ``now``."""
        since = now - timedelta(weeks=_WEEKS)
        found = self._mirror.query(
            _UNITS, {"store_id": store_id, "variant_id": variant_id, "since": since, "until": now}
        )
        return Decimal(found.rows[0][0]) / _WEEKS

    def weekly_net_minor(self, store_id: str, variant_ids: tuple[str, ...], now: datetime) -> int:
        """Net sales there in an average week of the four before ``now``; of everything without ``variant_ids``."""
        params = {"store_id": store_id, "since": now.date() - timedelta(weeks=_WEEKS), "until": now.date()}
        table, only = "store_day", ""
        if variant_ids:
            table, only = "store_sku_day", " AND variant_id IN (SELECT unnest(CAST($variants AS VARCHAR[])))"
            params |= {"variants": list(variant_ids)}
        rows = self._mirror.query(_NET.format(table=table, only=only), params).rows
        return int(rows[0][0]) // _WEEKS

    def unit_cost(self, store_id: str, variant_id: str, supplier_id: str = "") -> Decimal | None:
        """What a piece costs in major units: of that supplier, else as last known; None if nobody said."""
        if supplier_id:
            rows = self._mirror.query(_SUPPLIER_COST, {"supplier_id": supplier_id, "variant_id": variant_id}).rows
            if rows and rows[0][0] is not None:
                return Decimal(rows[0][0])
        rows = self._mirror.query(_COST, {"store_id": store_id, "variant_id": variant_id}).rows
        return Decimal(rows[0][0]) if rows else None

    def supplier(self, supplier_id: str) -> Supplier | None:
        """The supplier, or None."""
        rows = self._mirror.query(
            "SELECT supplier_id, COALESCE(name, supplier_id) FROM supplier WHERE supplier_id = $supplier_id",
            {"supplier_id": supplier_id},
        ).rows
        return Supplier(*rows[0]) if rows else None

    def employee(self, employee_id: str) -> Employee | None:
        """The person, or None."""
        rows = self._mirror.query(_EMPLOYEE, {"employee_id": employee_id}).rows
        return Employee(*rows[0]) if rows else None

    def shift(self, shift_id: str) -> Shift | None:
        """The shift, or None."""
        rows = self._mirror.query(_SHIFT, {"shift_id": shift_id}).rows
        return Shift(*rows[0]) if rows else None

    def promotion(self, promotion_id: str) -> RunningPromotion | None:
        """The promotion, or None."""
        rows = self._mirror.query(
            "SELECT promotion_id, COALESCE(name, promotion_id), ends_at FROM promotion "
            "WHERE promotion_id = $promotion_id",
            {"promotion_id": promotion_id},
        ).rows
        return RunningPromotion(*rows[0]) if rows else None


def _label(product: str, variant: str | None) -> str:
    # Platforms give a product with a single variant a placeholder name, which tells nobody anything.
    if not variant or variant.casefold() in {"regular", "default title", product.casefold()}:
        return product
    return f"{product} ({variant})"
