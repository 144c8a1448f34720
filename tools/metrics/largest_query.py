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
    most: int | None = None,
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
        most: only those of this or less.
        smallest: smallest first.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    params: dict[str, Any] = {"limit": limit}
    each = _each(windows, scope, params)
    bounds = _within(params, over=over, least=least, under=under, most=most)
    where = f"\nWHERE {bounds}" if bounds else ""
    sql = f"""WITH t AS (
{each}
)
SELECT t.*, COUNT(*) OVER () AS found, CAST(SUM(t.net) OVER () AS BIGINT) AS found_net,
  (SELECT COUNT(*) FROM t) AS everything
FROM t{where}
ORDER BY t.net {"ASC" if smallest else "DESC"}, t.closed_at, t.sale_id
LIMIT $limit"""
    return Statement(sql, params)


def build_within_by_store(
    windows: Sequence[Window],
    scope: Scope,
    *,
    over: int | None = None,
    least: int | None = None,
    under: int | None = None,
    most: int | None = None,
) -> Statement:
    """Per store how many transactions lie within the bounds: ``store_id, found, found_net, everything``.

    Args as for :func:`build_largest`; a store without a transaction has no row.
    """
    params: dict[str, Any] = {}
    each = _each(windows, scope, params)
    bounds = _within(params, over=over, least=least, under=under, most=most) or "TRUE"
    sql = f"""WITH t AS (
{each}
)
SELECT t.store_id, SUM(CASE WHEN {bounds} THEN 1 ELSE 0 END) AS found,
  CAST(SUM(CASE WHEN {bounds} THEN t.net ELSE 0 END) AS BIGINT) AS found_net, COUNT(*) AS everything
FROM t
GROUP BY t.store_id
ORDER BY t.store_id"""
    return Statement(sql, params)


def build_ends_by_store(windows: Sequence[Window], scope: Scope) -> Statement:
    """Per store its largest and smallest transaction and when they were.

    Columns: ``store_id``, ``largest``, ``largest_id``, ``largest_at``, the same of ``smallest``, and ``everything``,
    the number of its transactions; of two that came to the same the earlier one.
    """
    params: dict[str, Any] = {}
    each = _each(windows, scope, params)
    sql = f"""WITH t AS (
{each}
), r AS (
SELECT t.*, ROW_NUMBER() OVER (PARTITION BY t.store_id ORDER BY t.net DESC, t.closed_at, t.sale_id) AS down,
  ROW_NUMBER() OVER (PARTITION BY t.store_id ORDER BY t.net, t.closed_at, t.sale_id) AS up
FROM t
)
SELECT r.store_id, MAX(CASE WHEN r.down = 1 THEN r.net END) AS largest,
  MAX(CASE WHEN r.down = 1 THEN r.sale_id END) AS largest_id,
  MAX(CASE WHEN r.down = 1 THEN r.closed_at END) AS largest_at, MAX(CASE WHEN r.up = 1 THEN r.net END) AS smallest,
  MAX(CASE WHEN r.up = 1 THEN r.sale_id END) AS smallest_id,
  MAX(CASE WHEN r.up = 1 THEN r.closed_at END) AS smallest_at, COUNT(*) AS everything
FROM r
GROUP BY r.store_id
ORDER BY r.store_id"""
    return Statement(sql, params)


def _each(windows: Sequence[Window], scope: Scope, params: dict[str, Any]) -> str:
    """Every sale and exchange with what it came to."""
    checked_scope(windows, scope)
    documents = document_rows(windows, params, hours=False, columns=", x.closed_at")
    lines = line_rows(windows, params, ["x.sale_id", f"{LINE_MEASURES['net_minor']} AS net"], hours=False)
    return f"""SELECT d.sale_id, d.store_id, d.closed_at, d.register_id, COALESCE(l.lines, 0) AS lines,
  COALESCE(l.net, 0) AS net
FROM (
{documents}
) d
LEFT JOIN (SELECT q.sale_id, COUNT(*) AS lines, CAST(SUM(q.net) AS BIGINT) AS net FROM (
{lines}
) q GROUP BY q.sale_id) l ON l.sale_id = d.sale_id
WHERE d.kind <> 'return'"""


def _within(params: dict[str, Any], **amounts: int | None) -> str:
    """The conditions on what a transaction came to, with their amounts bound."""
    signs = {"over": ">", "least": ">=", "under": "<", "most": "<="}
    conditions = []
    for name, amount in amounts.items():
        if amount is not None:
            params[name] = amount
            conditions.append(f"t.net {signs[name]} ${name}")
    return " AND ".join(conditions)
