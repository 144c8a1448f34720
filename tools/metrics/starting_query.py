"""SQL for promotions by the day on which they start or end: those that list their goods, and those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement
from tools.metrics.stock_query import part_condition, scoped_stores

EDGES = {"start": "p.starts_on", "end": "p.ends_on"}
"""The day that is asked about."""

KNOWN_DAYS = """SELECT MAX(p.starts_on) AS starts_on, MAX(p.ends_on) AS ends_on, COUNT(*) AS items
FROM promotion_item p"""
"""The last recorded start and end of promoted goods, and how many there are."""

WITHOUT_GOODS = """SELECT m.promotion_id, m.name, m.starts_at, m.ends_at, CAST(m.scope AS VARCHAR) AS scope
FROM promotion m
WHERE NOT EXISTS (SELECT 1 FROM promotion_item p WHERE p.promotion_id = m.promotion_id)
ORDER BY m.promotion_id"""
"""Promotions that list no goods: ``promotion_id, name, starts_at, ends_at, scope`` (JSON text or null)."""


def build_starting(
    store_ids: Sequence[str], scope: Scope, edge: str, days: tuple[date, date | None], only: Filter | None = None
) -> Statement:
    """Promotions of goods that start (or end) on some days, the first of them first.

    Args:
        store_ids: the stores.
        scope: who asks.
        edge: one of ``EDGES``.
        days: the first and the last day; without a last every later one counts.
        only: a part of the range.

    Columns: ``promotion_id, name`` (null where it has none), ``starts_on, ends_on`` (null where not recorded), and how
    many ``products, stores, on_display, in_mailer``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"first": days[0]}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="p", shelf="h")
    until = ""
    if days[1] is not None:
        params["last"] = days[1]
        until = f" AND {EDGES[edge]} <= CAST($last AS DATE)"
    return Statement(
        f"""SELECT p.promotion_id, MIN(m.name) AS name, p.starts_on, p.ends_on,
  COUNT(DISTINCT p.variant_id) AS products, COUNT(DISTINCT st.store_id) AS stores,
  COUNT(DISTINCT CASE WHEN p.display IS NOT NULL THEN p.variant_id END)
    AS on_display,
  COUNT(DISTINCT CASE WHEN p.mailer IS NOT NULL THEN p.variant_id END) AS in_mailer
FROM promotion_item p
JOIN store st ON (p.store_id IS NULL OR p.store_id = st.store_id)
LEFT JOIN promotion m ON m.promotion_id = p.promotion_id
LEFT JOIN variant v ON v.variant_id = p.variant_id
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE st.store_id IN ({stores}) AND {EDGES[edge]} >= CAST($first AS DATE){until}{part}
GROUP BY p.promotion_id, p.starts_on, p.ends_on
ORDER BY {EDGES[edge]}, p.promotion_id""",
        params,
    )
