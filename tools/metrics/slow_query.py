"""SQL over stock that sells slowly, and over what sold instead in the same category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.cover_query import ROW
from tools.metrics.demand_query import demand_ctes
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope
from tools.metrics.windows import product_days


def build_slow(
    windows: Sequence[Window], scope: Scope, now: datetime, *, cover: int, only: Filter | None = None, limit: int = 10
) -> Statement:
    """What is in stock, sold a little in the windows, and would last more than ``cover`` days: the dearest first.

    Columns: ``ROW`` and over all rows ``found, products, total_cost, unknown_cost``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"cover": cover, "limit": limit}
    ctes = demand_ctes(windows, scope, params, now, only=only)
    sql = f"""WITH {ctes},
slow AS (
SELECT p.* FROM paced p WHERE p.each AND p.on_hand > 0 AND p.units > 0 AND p.cover > $cover
)
SELECT {ROW}, COUNT(*) OVER () AS found, (SELECT COUNT(DISTINCT s.variant_id) FROM slow s) AS products,
  SUM(p.cost_value) OVER () AS total_cost, SUM(CASE WHEN p.unit_cost IS NULL THEN 1 ELSE 0 END) OVER () AS unknown_cost
FROM slow p
ORDER BY p.cost_value DESC NULLS LAST, p.on_hand DESC, p.store_id, p.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_beside(
    variant_ids: Sequence[str], windows: Sequence[Window], before: Sequence[Window], scope: Scope
) -> Statement:
    """For each variant its units now and before, and the product of its category that gained most.

    Columns: ``variant_id, units, units_before, category_units, category_before`` (the other products of its department
    and category, added up), ``other_id, other_units, other_before`` (null when none gained). Units are of all stores of
    the windows together.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope([*windows, *before], scope)
    params: dict[str, Any] = {}
    now_table, now_where = product_days(windows, params)
    before_table, before_where = product_days(before, params)
    asked = bind(params, "variant", variant_ids)
    sql = f"""WITH meant AS (
SELECT v.variant_id, h.department, h.category FROM variant v JOIN shelf h ON h.product_id = v.product_id
WHERE v.variant_id IN ({asked}) AND h.category IS NOT NULL
),
near AS (
SELECT DISTINCT v.variant_id, h.department, h.category FROM variant v JOIN shelf h ON h.product_id = v.product_id
JOIN (SELECT DISTINCT m.department, m.category FROM meant m) m
  ON m.category = h.category AND m.department IS NOT DISTINCT FROM h.department
),
pace AS (
SELECT n.variant_id, n.department, n.category, SUM(s.units) AS units, SUM(s.units_before) AS units_before
FROM near n JOIN (
  SELECT x.variant_id, x.units, 0 AS units_before FROM {now_table} x WHERE ({now_where})
  UNION ALL
  SELECT x.variant_id, 0 AS units, x.units AS units_before FROM {before_table} x WHERE ({before_where})
) s ON s.variant_id = n.variant_id
GROUP BY n.variant_id, n.department, n.category
),
pair AS (
SELECT m.variant_id, o.variant_id AS other_id, o.units, o.units_before,
  SUM(o.units) OVER (PARTITION BY m.variant_id) AS category_units,
  SUM(o.units_before) OVER (PARTITION BY m.variant_id) AS category_before,
  ROW_NUMBER() OVER (PARTITION BY m.variant_id ORDER BY o.units - o.units_before DESC, o.variant_id) AS place
FROM meant m JOIN pace o ON o.category = m.category AND o.department IS NOT DISTINCT FROM m.department
  AND o.variant_id <> m.variant_id
)
SELECT m.variant_id, COALESCE(p.units, 0) AS units, COALESCE(p.units_before, 0) AS units_before,
  r.category_units, r.category_before,
  CASE WHEN r.units > r.units_before THEN r.other_id END AS other_id, r.units AS other_units,
  r.units_before AS other_before
FROM meant m LEFT JOIN pace p ON p.variant_id = m.variant_id
LEFT JOIN pair r ON r.variant_id = m.variant_id AND r.place = 1
ORDER BY m.variant_id"""
    return Statement(sql, params)
