"""SQL for what some stores sold in a period and others did not, and what those others have or had of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import HELD, ON_HAND, levels, part_condition, scoped_stores
from tools.metrics.windows import checked_scope, window_condition

_SOLD = "x.units > 0 OR x.gross_minor > 0"
KEYS = {
    "product": "i.item_id",
    "category": "COALESCE(h.department, 'Unknown') || ' / ' || COALESCE(h.category, 'Unknown')",
    "department": "COALESCE(h.department, 'Unknown')",
    "brand": "NULLIF(TRIM(p.brand), '')",
}
"""What is held against each other; a product is one across platforms by its barcode (view ``item``)."""


def build_range_difference(
    windows: Sequence[Window], scope: Scope, *, here: Sequence[str], there: Sequence[str], through_on: date,
    by: str = "product", fewest: int = 1, only: Filter | None = None, limit: int = 20,
) -> Statement:  # fmt: skip
    """What sold in at least ``fewest`` of the stores ``here`` and in none of those ``there``, most net sales first.

    Args:
        windows: all these stores over the days of the question.
        scope: who asks.
        here: the stores that sold it.
        there: the stores that did not.
        through_on: the last day that counts for when it last sold there.
        by: one of ``KEYS``.
        fewest: in how many of the stores it must have sold.
        only: a part of the range.
        limit: how many rows.

    Columns: ``key, variant_id`` (one of the group), ``goods`` (how many variants), ``named`` (ids of the stores that
    sold it, with commas), ``net_minor, units``; of the stores there ``on_hand`` (null without a level), ``last_on``
    (null if never sold); and over all rows ``found, found_net, held, before`` (not on hand, but sold before).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"through": through_on, "fewest": fewest, "limit": limit}
    inside, outside = scoped_stores(here, scope, params), scoped_stores(there, scope, params)
    return Statement(
        f"""WITH {_goods(by, only, params)}, {_went(windows, params)}, here AS (
SELECT g.key, MIN(w.variant_id) AS variant_id, COUNT(DISTINCT w.variant_id) AS goods,
  COUNT(DISTINCT w.store_id) AS stores, STRING_AGG(DISTINCT w.store_id, ',' ORDER BY w.store_id) AS named,
  SUM(w.net_minor) AS net_minor, SUM(w.units) AS units
FROM went w JOIN good g ON g.variant_id = w.variant_id WHERE w.store_id IN ({inside}) GROUP BY g.key
), gone AS (
SELECT DISTINCT g.key FROM went w JOIN good g ON g.variant_id = w.variant_id WHERE w.store_id IN ({outside})
), {levels(f"x.store_id IN ({outside})")}, held AS (
SELECT g.key, SUM({HELD}) AS on_hand FROM (SELECT l.variant_id, {ON_HAND} AS on_hand FROM level l) t
JOIN good g ON g.variant_id = t.variant_id GROUP BY g.key
), ever AS (
SELECT g.key, MAX(x.business_on) AS last_on FROM store_sku_day x JOIN good g ON g.variant_id = x.variant_id
WHERE x.store_id IN ({outside}) AND x.business_on <= $through AND ({_SOLD}) GROUP BY g.key
)
SELECT b.key, b.variant_id, b.goods, b.named, b.net_minor, b.units, q.on_hand, e.last_on,
  COUNT(*) OVER () AS found, SUM(b.net_minor) OVER () AS found_net,
  COUNT(CASE WHEN q.on_hand > 0 THEN 1 END) OVER () AS held,
  COUNT(CASE WHEN NOT COALESCE(q.on_hand, 0) > 0 AND e.last_on IS NOT NULL THEN 1 END) OVER () AS before
FROM here b
LEFT JOIN gone o ON o.key = b.key
LEFT JOIN held q ON q.key = b.key
LEFT JOIN ever e ON e.key = b.key
WHERE o.key IS NULL AND b.stores >= $fewest
ORDER BY b.net_minor DESC, b.key
LIMIT $limit""",
        params,
    )


def build_range_total(
    windows: Sequence[Window], scope: Scope, *, here: Sequence[str], by: str = "product", only: Filter | None = None
) -> Statement:
    """One row ``groups, net_minor``: everything of the part that sold in the stores ``here``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    inside = scoped_stores(here, scope, params)
    return Statement(
        f"""WITH {_goods(by, only, params)}, {_went(windows, params)}
SELECT COUNT(DISTINCT g.key) AS groups, SUM(w.net_minor) AS net_minor
FROM went w JOIN good g ON g.variant_id = w.variant_id WHERE w.store_id IN ({inside})""",
        params,
    )


def _goods(by: str, only: Filter | None, params: dict[str, Any]) -> str:
    """The CTE ``good``: each variant of the part with its group; those without one (no brand) are left out."""
    part = part_condition(only, params, variant="v", shelf="h")
    return f"""good AS (
SELECT k.variant_id, k.key FROM (
SELECT v.variant_id, {KEYS[by]} AS key
FROM variant v
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id{_ITEM if by == "product" else ""}
WHERE TRUE{part}) k
WHERE k.key IS NOT NULL
)"""


_ITEM = "\nJOIN item i ON i.variant_id = v.variant_id"


def _went(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """The CTE ``went``: what each store sold of each variant in the windows, less what came back."""
    return f"""went AS (
SELECT x.store_id, x.variant_id, SUM(x.net_minor) AS net_minor, SUM(x.units) AS units
FROM store_sku_day x WHERE ({window_condition(windows, params, hourly=False)})
GROUP BY x.store_id, x.variant_id
HAVING SUM(CASE WHEN {_SOLD} THEN 1 ELSE 0 END) > 0
)"""
