"""SQL over receipts and what was paid for them: where the two do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.mirror.rows import NOT_PAID
from tools.context import Scope
from tools.metrics.counted import COUNTS
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition


def build_reconciled(windows: Sequence[Window], scope: Scope) -> Statement:
    """By store: ``store_id, receipts, differ, off_minor, net_minor, unpaid``.

    Receipts are those with a total and a payment, refunds included; payments that were not made are none. ``off_minor``
    adds up the sizes of the differences, ``net_minor`` what was paid less the totals; ``unpaid`` have a total and no
    payment.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    unpaid = bind(params, "unpaid", NOT_PAID)
    apart = "p.paid - x.total_minor"
    sql = f"""SELECT x.store_id, CAST(COUNT(p.paid) AS BIGINT) AS receipts,
  CAST(SUM(CASE WHEN {apart} <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS differ,
  CAST(COALESCE(SUM(ABS({apart})), 0) AS BIGINT) AS off_minor,
  CAST(COALESCE(SUM({apart}), 0) AS BIGINT) AS net_minor,
  CAST(SUM(CASE WHEN p.paid IS NULL AND x.total_minor <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS unpaid
FROM sale x
LEFT JOIN (
SELECT t.sale_id, SUM(t.amount_minor) AS paid
FROM tender t
WHERE ({window_condition(windows, params, hourly=False, alias="t")})
  AND LOWER(COALESCE(t.status, '')) NOT IN ({unpaid})
GROUP BY t.sale_id
) p ON p.sale_id = x.sale_id
WHERE ({window_condition(windows, params, hourly=False)}) AND {COUNTS} AND x.total_minor IS NOT NULL
GROUP BY x.store_id
ORDER BY x.store_id"""
    return Statement(sql, params)
