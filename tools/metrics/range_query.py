"""SQL over the range of goods: how many products, makers, categories or pack sizes there are, whole or by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter
from tools.metrics.windows import Statement, Window, bind, checked_scope, product_days, window_condition

_PACK = "LOWER(NULLIF(TRIM(CAST(v.pack_size AS VARCHAR)), ''))"
COUNTED = {
    "product": "v.variant_id",
    "brand": "NULLIF(p.brand, '')",
    "category": "h.category",
    "department": "h.department",
    "pack_size": _PACK,
}
"""What can be counted, as an expression over a variant ``v``, its product ``p`` and shelf ``h``."""
GROUPS = {
    "department": "COALESCE(h.department, '')",
    "category": "COALESCE(h.category, '')",
    "brand": "COALESCE(p.brand, '')",
    "pack_size": f"COALESCE({_PACK}, '')",
    "private_label": "CASE WHEN p.private_label THEN 'private label' WHEN NOT p.private_label THEN 'national brand'"
    " ELSE '' END",
}
"""What it can be counted by; empty where it is not known."""


_TEXTS = ("v.name", "p.name", "h.category", "h.department")
"""Where a word of a product may stand."""


def build_range(
    count: str,
    by: str | None,
    windows: Sequence[Window],
    scope: Scope,
    only: Filter | None = None,
    containing: str | None = None,
) -> Statement:
    """``key, counted`` for every group, without a group one row; active products only.

    Args:
        count: one of ``COUNTED``.
        by: one of ``GROUPS``, ``store`` (by its id; with windows only), or None.
        windows: stores and days in which a product must have been sold; empty for the catalogue.
        scope: who asks.
        only: a part of the range.
        containing: only products with this text in their name, category or department, in capitals or not.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    conditions = ["COALESCE(v.active, TRUE)", "COALESCE(p.active, TRUE)"]
    by_store = by == "store"
    if by_store:
        where = window_condition(windows, params, hourly=False)
    elif windows:
        rollup, where = product_days(windows, params)
        conditions.append(
            f"v.variant_id IN (SELECT x.variant_id FROM {rollup} x WHERE ({where}) AND x.lines > 0 GROUP BY 1)"
        )
    only = only or Filter()
    named = (("h.department", only.departments), ("h.category", only.categories), ("v.variant_id", only.variants))
    conditions += [f"{column} IN ({bind(params, 'only', values)})" for column, values in named if values]
    if containing:
        params["text"] = containing.lower()
        held = (f"POSITION($text IN LOWER(COALESCE({text}, ''))) > 0" for text in _TEXTS)
        conditions.append(f"({' OR '.join(held)})")
    key = "x.store_id" if by_store else GROUPS[by] if by else "''"
    sold = (
        f"JOIN (SELECT DISTINCT x.store_id, x.variant_id FROM store_sku_day x WHERE ({where}) AND x.lines > 0) x"
        " ON x.variant_id = v.variant_id\n"
        if by_store
        else ""
    )
    sql = f"""SELECT {key} AS key, COUNT(DISTINCT {COUNTED[count]}) AS counted
FROM variant v
JOIN product p ON p.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
{sold}WHERE {" AND ".join(conditions)}
GROUP BY 1
ORDER BY 2 DESC, 1"""
    return Statement(sql, params)
