"""SQL over the log of stock changes as it is: single changes, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.movement_query import business_day, change_band
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import part_condition

KINDS = {
    None: ("receive", "adjust", "count", "transfer_in", "transfer_out", "waste"),
    "receive": ("receive",),
    "adjust": ("adjust",),
    "count": ("count",),
    "transfer": ("transfer_in", "transfer_out"),
    "waste": ("waste",),
    "sale": ("sale", "return"),
    "all": ("receive", "adjust", "count", "transfer_in", "transfer_out", "waste", "sale", "return"),
}
"""What is asked for, and the kinds of change that are meant: by default all but those that a sale makes."""
_KEYS = {
    None: "''",
    "kind": "l.kind",
    "reason": "COALESCE(l.reason, 'no reason given')",
    "employee": "COALESCE(l.employee, 'nobody told')",
    "store": "l.store_id",
    "department": "l.department",
    "category": "l.category",
    "product": "l.variant_id",
    "day": "CAST(l.business_on AS VARCHAR)",
}


def build_stock_changes(
    windows: Sequence[Window],
    scope: Scope,
    *,
    kind: str | None = None,
    by: str | None = None,
    only: Filter | None = None,
) -> Statement:
    """Changes in sums, one row or one for each value of ``by``.

    Columns: ``key, changes, products, units_in, units_out`` (pieces, of goods sold by the piece; what a count says is
    no change and in neither), ``first_at, last_at``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    sql = f"""WITH {_logged(windows, scope, params, kind, only, names=True)}
SELECT {_KEYS[by]} AS key, COUNT(*) AS changes, COUNT(DISTINCT l.variant_id) AS products,
  SUM(CASE WHEN l.each AND l.kind <> 'count' AND l.quantity > 0 THEN l.quantity ELSE 0 END) AS units_in,
  SUM(CASE WHEN l.each AND l.kind <> 'count' AND l.quantity < 0 THEN -l.quantity ELSE 0 END) AS units_out,
  MIN(l.occurred_at) AS first_at, MAX(l.occurred_at) AS last_at
FROM logged l{f" GROUP BY {_KEYS[by]}" if by else ""}
HAVING COUNT(*) > 0
ORDER BY 2 DESC, 1"""
    return Statement(sql, params)


def build_change_list(
    windows: Sequence[Window],
    scope: Scope,
    *,
    kind: str | None = None,
    only: Filter | None = None,
    names: bool,
    limit: int = 20,
) -> Statement:
    """Changes one by one, the newest first.

    Columns: ``change_id, store_id, variant_id, kind, quantity`` (signed; of a count what the source gives), ``reason,
    employee, occurred_at``. Without ``names`` the employee is null.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    logged = _logged(windows, scope, params, kind, only, names=names)
    params["limit"] = limit
    sql = f"""WITH {logged}
SELECT l.change_id, l.store_id, l.variant_id, l.kind, l.quantity, l.reason, l.employee, l.occurred_at
FROM logged l ORDER BY l.occurred_at DESC, l.change_id LIMIT $limit"""
    return Statement(sql, params)


def _logged(
    windows: Sequence[Window],
    scope: Scope,
    params: dict[str, Any],
    kind: str | None,
    only: Filter | None,
    *,
    names: bool,
) -> str:
    """CTEs (without ``WITH``) that end in ``logged``: the changes that are meant, with what they are of."""
    checked_scope(windows, scope)
    kinds = bind(params, "kind", list(KINDS[kind]))
    part = part_condition(only, params, variant="x", shelf="h")
    who = "COALESCE(e.name, x.employee_id)" if names else "CAST(NULL AS VARCHAR)"
    return f"""dated AS (
SELECT x.change_id, x.store_id, x.variant_id, x.kind, x.reason, x.employee_id, x.occurred_at,
  CASE WHEN x.kind IN ('waste', 'transfer_out') THEN -ABS(x.quantity)
    WHEN x.kind = 'transfer_in' THEN ABS(x.quantity) ELSE x.quantity END AS quantity,
  {business_day()} AS business_on
FROM inventory_change x JOIN store st ON st.store_id = x.store_id
WHERE {change_band(windows, params)} AND x.kind IN ({kinds})
),
logged AS (
SELECT x.change_id, x.store_id, x.variant_id, x.kind, x.reason, x.occurred_at, x.quantity, x.business_on,
  {who} AS employee, COALESCE(v.unit_of_measure, 'each') = 'each' AS each,
  COALESCE(h.department, 'Unknown') AS department, COALESCE(h.category, 'Unknown') AS category
FROM dated x
LEFT JOIN employee e ON e.employee_id = x.employee_id
LEFT JOIN variant v ON v.variant_id = x.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE ({window_condition(windows, params, hourly=False)}){part}
)"""
