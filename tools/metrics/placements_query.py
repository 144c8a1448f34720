"""SQL for how often goods stood on a display or were in the mailer, counted from the plans and not from sales."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.promotion_days import runs_between
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope
from tools.metrics.stock_query import part_condition

KEYS = {
    "product": "p.variant_id",
    "department": "COALESCE(h.department, 'Unknown')",
    "category": "COALESCE(h.category, 'Unknown')",
    "brand": "COALESCE(NULLIF(g.brand, ''), 'No brand')",
    "store": "st.store_id",
    "display": "COALESCE(p.display, 'no display')",
    "mailer": "COALESCE(p.mailer, 'not in the mailer')",
    "promotion": "COALESCE(m.name, p.promotion_id)",
}
"""What placements can be counted by, as SQL."""

PLACES = """SELECT 'display' AS support, p.display AS place FROM promotion_item p WHERE p.display IS NOT NULL
UNION
SELECT 'mailer', p.mailer FROM promotion_item p WHERE p.mailer IS NOT NULL
ORDER BY 1, 2"""
"""Every place that is recorded, of displays and of mailers."""


def build_placements(
    by: str,
    store_ids: Sequence[str],
    days: tuple[date, date],
    scope: Scope,
    *,
    displays: Sequence[str] | None = None,
    mailers: Sequence[str] | None = None,
    only: Filter | None = None,
) -> Statement:
    """One row per group: ``key, placements, products, stores, promotions``.

    Over all rows ``all_placements, all_products`` and ``all_undated``, of promotions without a recorded start. A
    placement is a product in one store in one promotion that runs on one of the days.

    Args:
        by: one of ``KEYS``.
        store_ids: the stores.
        days: first and last day.
        scope: who asks.
        displays: only these displays; empty means any, None that displays are no matter.
        mailers: the same of mailers; with both given, either will do.
        only: a part of the range.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope([Window(tuple(store_ids), days[0], days[1])], scope)
    params: dict[str, Any] = {"start": days[0], "end": days[1]}
    part = part_condition(only, params, variant="p", shelf="h")
    either = [
        f"p.{column} IS NOT NULL" if not names else f"p.{column} IN ({bind(params, column, names)})"
        for column, names in (("display", displays), ("mailer", mailers))
        if names is not None
    ]
    placed = f" AND ({' OR '.join(either)})" if either else ""
    sql = f"""WITH placed AS (
SELECT {KEYS[by]} AS key, p.variant_id, st.store_id, p.promotion_id,
  CASE WHEN p.starts_on IS NULL THEN 1 ELSE 0 END AS undated
FROM promotion_item p
JOIN store st ON (p.store_id IS NULL OR p.store_id = st.store_id)
LEFT JOIN promotion m ON m.promotion_id = p.promotion_id
LEFT JOIN variant v ON v.variant_id = p.variant_id
LEFT JOIN product g ON g.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE st.store_id IN ({bind(params, "store", store_ids)}) AND {runs_between("$start", "$end")}
  {placed}{part}
)
SELECT q.key, COUNT(*) AS placements, COUNT(DISTINCT q.variant_id) AS products, COUNT(DISTINCT q.store_id) AS stores,
  COUNT(DISTINCT q.promotion_id) AS promotions, (SELECT COUNT(*) FROM placed) AS all_placements,
  (SELECT COUNT(DISTINCT w.variant_id) FROM placed w) AS all_products,
  (SELECT SUM(w.undated) FROM placed w) AS all_undated
FROM placed q
GROUP BY q.key
ORDER BY 2 DESC, 3 DESC, 1"""
    return Statement(sql, params)
