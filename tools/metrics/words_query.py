"""SQL for search in words: what kinds of goods there are, and the products of a kind with what they sold lately.

A kind is a product's name without pack size, number and house or national brand, in its department and category: ten
sizes of one cereal are compared once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

_TAIL = r"(,\s*[#0-9.].*|\s+#[0-9]+.*|,\s*(national|store) brand.*)$"
_KIND = f"TRIM(REGEXP_REPLACE(p.name, '{_TAIL}', ''))"
_DEPARTMENT = "COALESCE(h.department, 'Unknown')"
_CATEGORY = "COALESCE(h.category, 'Unknown')"


def build_kinds(connections: Sequence[str]) -> Statement:
    """Every kind on sale: ``kind, department, category, description, products``, in a fixed order.

    With ``connections`` only those of these accounts, or of none.
    """
    params: dict[str, Any] = {}
    only = ""
    if connections:
        only = f" AND (v.connection IS NULL OR v.connection IN ({bind(params, 'connection', connections)}))"
    sql = f"""SELECT {_KIND} AS kind, {_DEPARTMENT} AS department, {_CATEGORY} AS category,
  MAX(p.description) AS description, COUNT(DISTINCT p.product_id) AS products
FROM product p
JOIN variant v ON v.product_id = p.product_id
LEFT JOIN shelf h ON h.product_id = p.product_id
WHERE COALESCE(p.active, TRUE) AND COALESCE(v.active, TRUE){only}
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3"""
    return Statement(sql, params)


def build_products_of(
    kinds: Sequence[tuple[str, str, str]],
    windows: Sequence[Window],
    scope: Scope,
    connections: Sequence[str],
    *,
    of_each: int,
) -> Statement:
    """The best sellers of each kind in the windows, at most ``of_each``.

    Columns: ``kind, department, category, variant_id, product_id, name, brand, net_minor, units`` (null: not sold).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"of_each": of_each}
    wanted = " OR ".join(
        f"({_KIND} = {kind} AND {_DEPARTMENT} = {department} AND {_CATEGORY} = {category})"
        for kind, department, category in (bind(params, "kind", row).split(", ") for row in kinds)
    )
    categories = bind(params, "category", sorted({category for _, _, category in kinds}))
    only = ""
    if connections:
        only = f"\n  AND (v.connection IS NULL OR v.connection IN ({bind(params, 'connection', connections)}))"
    sql = f"""SELECT r.kind, r.department, r.category, r.variant_id, r.product_id, r.name, r.brand, r.net_minor, r.units
FROM (
SELECT {_KIND} AS kind, {_DEPARTMENT} AS department, {_CATEGORY} AS category, v.variant_id, p.product_id, p.name,
  p.brand, d.net_minor, d.units,
  ROW_NUMBER() OVER (PARTITION BY {_KIND}, {_DEPARTMENT}, {_CATEGORY}
    ORDER BY CASE WHEN d.net_minor IS NULL THEN 1 ELSE 0 END, d.net_minor DESC, v.variant_id) AS place
FROM product p
JOIN variant v ON v.product_id = p.product_id
LEFT JOIN shelf h ON h.product_id = p.product_id
LEFT JOIN (
SELECT x.variant_id, SUM(x.net_minor) AS net_minor, SUM(x.units) AS units
FROM store_sku_day x
WHERE {window_condition(windows, params, hourly=False)}
GROUP BY x.variant_id
) d ON d.variant_id = v.variant_id
WHERE {_CATEGORY} IN ({categories}) AND COALESCE(p.active, TRUE) AND COALESCE(v.active, TRUE){only}
  AND ({wanted})
) r
WHERE r.place <= $of_each
ORDER BY r.kind, r.department, r.category, r.place"""
    return Statement(sql, params)
