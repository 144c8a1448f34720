"""SQL for the largest transactions: what each sale or exchange came to in net sales, those over or under an amount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.counted import LINE_MEASURES, document_rows, line_rows
from tools.metrics.windows import Statement, Window, checked_scope


def build_largest(
    windows: Sequence[Window],
    scope: Scope,
    *,
    limit: int,
    over: int | None = None,
    least: int | None = None,
    under: int | None = None,
    smallest: bool = False,
) -> Statement:
    """Sales and exchanges by what they came to: ``sale_id, store_id, closed_at, register_id, lines, net`` ...

    ... and, the same in every row, ``found`` and ``found_net`` of all that fit before the limit, ``everything`` the
    number of all transactions. Money in minor units, discounts taken off, without tax and tips.

    Args:
        windows: stores and days.
        scope: who asks.
        limit: how many rows.
        over: only those of more than this.
        least: only those of at least this.
        under: only those of less than this.
        smallest: smallest first.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    documents = document_rows(windows, params, hours=False, columns=", x.closed_at")
    lines = line_rows(windows, params, ["x.sale_id", f"{LINE_MEASURES['net_minor']} AS net"], hours=False)
    conditions = []
    for name, sign, amount in (("over", ">", over), ("least", ">=", least), ("under", "<", under)):
        if amount is not None:
            params[name] = amount
            conditions.append(f"t.net {sign} ${name}")
    where = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"""WITH t AS (
SELECT d.sale_id, d.store_id, d.closed_at, d.register_id, COALESCE(l.lines, 0) AS lines, COALESCE(l.net, 0) AS net
FROM (
{documents}
) d
LEFT JOIN (SELECT q.sale_id, COUNT(*) AS lines, CAST(SUM(q.net) AS BIGINT) AS net FROM (
{lines}
) q GROUP BY q.sale_id) l ON l.sale_id = d.sale_id
WHERE d.kind <> 'return'
)
SELECT t.*, COUNT(*) OVER () AS found, CAST(SUM(t.net) OVER () AS BIGINT) AS found_net,
  (SELECT COUNT(*) FROM t) AS everything
FROM t{where}
ORDER BY t.net {"ASC" if smallest else "DESC"}, t.closed_at, t.sale_id
LIMIT $limit"""
    return Statement(sql, params)
