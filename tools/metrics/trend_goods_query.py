"""SQL for what some customers bought in the earlier and the later half of a span, by department or category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.context import Scope
from tools.metrics.counted import COUNTS, LINE_MEASURES, document_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

KEYS = {
    "department": "COALESCE(h.department, 'Unknown')",
    "category": "COALESCE(h.category, 'Unknown')",
    "brand": "COALESCE(NULLIF(g.brand, ''), 'No brand')",
}
"""What the goods can be told apart by, as SQL."""


def build_halves(
    by: str, customers: Sequence[str], windows: Sequence[Window], later_on: date, scope: Scope
) -> Statement:
    """One row per group: ``key, first_net, later_net`` (minor units), ``first_buyers, later_buyers`` and ``buyers``.

    Args:
        by: one of ``KEYS``.
        customers: whose purchases count.
        windows: stores and days of the whole span.
        later_on: the first day of the later half.
        scope: who asks.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"later": later_on}
    who = bind(params, "who", customers)
    documents = document_rows(windows, params, hours=False, condition=f"{COUNTS} AND x.customer_key IN ({who})")
    within = window_condition(windows, params, hourly=False)
    later = "q.business_on >= CAST($later AS DATE)"
    sql = f"""WITH d AS (
{documents}
), bought AS (
SELECT x.variant_id, d.customer_key, d.business_on, SUM({LINE_MEASURES["net_minor"]}) AS net
FROM sale_line x JOIN d ON d.sale_id = x.sale_id
WHERE ({within}) AND NOT COALESCE(x.is_gift_card, FALSE)
GROUP BY x.variant_id, d.customer_key, d.business_on
)
SELECT {KEYS[by]} AS key, CAST(SUM(CASE WHEN {later} THEN 0 ELSE q.net END) AS DECIMAL(18,0)) AS first_net,
  CAST(SUM(CASE WHEN {later} THEN q.net ELSE 0 END) AS DECIMAL(18,0)) AS later_net,
  COUNT(DISTINCT CASE WHEN {later} THEN NULL ELSE q.customer_key END) AS first_buyers,
  COUNT(DISTINCT CASE WHEN {later} THEN q.customer_key END) AS later_buyers,
  COUNT(DISTINCT q.customer_key) AS buyers
FROM bought q
LEFT JOIN variant v ON v.variant_id = q.variant_id
LEFT JOIN product g ON g.product_id = v.product_id
LEFT JOIN shelf h ON h.product_id = v.product_id
GROUP BY 1
ORDER BY 1"""
    return Statement(sql, params)
