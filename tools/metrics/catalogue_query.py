"""SQL over what the catalogue leaves open, and over the first and last day on which goods were sold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.mirror.rows import ALL_STORES
from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, window_condition
from tools.metrics.stock_query import in_currency, latest_amount, part_condition, scoped_stores

FIELDS = {
    "barcode": "NULLIF(TRIM(v.barcode), '') IS NULL",
    "sku": "NULLIF(TRIM(v.sku), '') IS NULL",
    "price": "g.variant_id IS NULL",
    "cost": "k.variant_id IS NULL",
    "category": "p.category_id IS NULL",
    "department": "COALESCE(h.department, 'Unknown') IN ('', 'Unknown')",
    "brand": "NULLIF(TRIM(p.brand), '') IS NULL",
    "pack_size": "NULLIF(TRIM(CAST(v.pack_size AS VARCHAR)), '') IS NULL",
    "description": "NULLIF(TRIM(p.description), '') IS NULL",
    "supplier": "i.variant_id IS NULL",
    "sale": "z.variant_id IS NULL",
    "stock_level": "COALESCE(v.track_stock, TRUE) AND l.variant_id IS NULL",
}
"""What a product may lack, as a condition on variant ``v``, product ``p``, shelf ``h`` and what is joined to them."""


def build_gaps(store_ids: Sequence[str], scope: Scope, now: datetime, only: Filter | None = None) -> Statement:
    """One row: ``products`` (active ones), and for each of ``FIELDS`` how many lack it.

    A price or cost counts where one of the stores has it in force at ``now``, or all have one in common.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"now": now}
    counts = ",\n".join(f"  COUNT(CASE WHEN {rule} THEN 1 END) AS {name}" for name, rule in FIELDS.items())
    known, joined, where = _parts(store_ids, scope, only, params)
    return Statement(f"WITH {known}\nSELECT COUNT(*) AS products,\n{counts}\n{joined}\nWHERE {where}", params)


def build_lacking(
    field: str, windows: Sequence[Window], scope: Scope, now: datetime, only: Filter | None = None, limit: int = 20
) -> Statement:
    """The active products that lack one of ``FIELDS``, what sold most in the windows first.

    Columns: ``variant_id, department, units`` (of the windows, null where none).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"now": now, "limit": limit}
    store_ids = sorted({store for window in windows for store in window.store_ids})
    known, joined, where = _parts(store_ids, scope, only, params)
    sold = window_condition(windows, params, hourly=False)
    return Statement(
        f"""WITH {known},
went AS (SELECT x.variant_id, SUM(x.units) AS units FROM store_sku_day x WHERE {sold} GROUP BY x.variant_id)
SELECT v.variant_id, COALESCE(h.department, 'Unknown') AS department, w.units
{joined}
LEFT JOIN went w ON w.variant_id = v.variant_id
WHERE {where} AND {FIELDS[field]}
ORDER BY w.units DESC NULLS LAST, v.variant_id
LIMIT $limit""",
        params,
    )


def build_days_sold(store_ids: Sequence[str], scope: Scope, only: Filter, through_on: Any) -> Statement:
    """The first and last business date with a sale of the goods, per store: ``store_id, first_on, last_on, days``.

    Args:
        store_ids: the stores.
        scope: who asks.
        only: the goods.
        through_on: the last business date that counts.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"through": through_on}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="x", shelf="h")
    return Statement(
        f"""WITH sold AS (
SELECT x.store_id, x.business_on, SUM(x.units) AS units
FROM store_sku_day x
JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE x.store_id IN ({stores}) AND x.business_on <= $through{part} AND x.lines > 0
GROUP BY x.store_id, x.business_on
)
SELECT s.store_id, MIN(s.business_on) AS first_on, MAX(s.business_on) AS last_on, COUNT(*) AS days,
  ARG_MAX(s.units, s.business_on) AS last_units
FROM sold s GROUP BY s.store_id ORDER BY 3 DESC, 1""",
        params,
    )


def _parts(store_ids: Sequence[str], scope: Scope, only: Filter | None, params: dict[str, Any]) -> tuple[str, str, str]:
    """The CTEs, the joins from ``FROM`` on, and the condition that all statements over the catalogue share."""
    stores = scoped_stores(store_ids, scope, params)
    meant = in_currency(stores)
    anywhere = f"(c.store_id = '{ALL_STORES}' OR c.store_id IN ({stores})){meant}"
    known = f"""{latest_amount("prices", "price", anywhere)},
{latest_amount("costs", "cost", anywhere)},
priced AS (SELECT DISTINCT x.variant_id FROM prices x WHERE x.amount IS NOT NULL),
costed AS (SELECT DISTINCT x.variant_id FROM costs x WHERE x.amount IS NOT NULL),
levels AS (SELECT DISTINCT x.variant_id FROM inventory_level x WHERE x.store_id IN ({stores})),
supplied AS (SELECT DISTINCT x.variant_id FROM supplier_item x),
sold AS (SELECT DISTINCT x.variant_id FROM store_sku_day x WHERE x.store_id IN ({stores}))"""
    joined = """FROM variant v
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
LEFT JOIN priced g ON g.variant_id = v.variant_id
LEFT JOIN costed k ON k.variant_id = v.variant_id
LEFT JOIN levels l ON l.variant_id = v.variant_id
LEFT JOIN supplied i ON i.variant_id = v.variant_id
LEFT JOIN sold z ON z.variant_id = v.variant_id"""
    part = part_condition(only, params, variant="v", shelf="h")
    return known, joined, f"COALESCE(v.active, TRUE) AND COALESCE(p.active, TRUE){part}"
