"""SQL over discounts: what they were called, who gave them, and what they came to.

Only discounts on lines that are sold count, as in the metric: not those on returns, nor on gift cards. A discount that
names no line belongs to its document. What the lines were reduced by is in the rollups; the difference to the discounts
that are itemised is said in the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import IS_BACK, document_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_LABEL = "COALESCE(NULLIF(g.name, ''), NULLIF(pr.name, ''), NULLIF(g.code, ''), NULLIF(g.kind, ''), '')"
_PROMOTION = "COALESCE(NULLIF(pr.name, ''), g.promotion_id, '')"
_KEYS = {
    "name": _LABEL,
    "kind": "COALESCE(g.kind, '')",
    "code": "COALESCE(g.code, '')",
    "promotion": _PROMOTION,
    "coupon": "COALESCE(g.coupon_id, '')",
    "store": "g.store_id",
    "day": "CAST(g.business_on AS VARCHAR)",
    "department": "COALESCE(h.department, 'Unknown')",
    "employee": "COALESCE(e.name, g.employee_id, '')",
}


def build_discounts(windows: Sequence[Window], by: str, scope: Scope, *, named: Sequence[str] = ()) -> Statement:
    """Discounts by ``key``, the largest first: ``key, label, amount, uses, documents`` (amount in minor units).

    ``label`` is a name for the key where there is one. With ``named`` only discounts whose name, promotion, code or
    coupon contains every one of these words.

    Args:
        windows: stores and days.
        by: "name", "kind", "code", "promotion", "coupon", "store", "day", "department" or "employee".
        scope: who asks.
        named: lower-case words.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    where = _with_words(named, params)
    if by in _OF_LINES:
        rows, joins = _single(windows, params), _OF_LINES[by]
        counts = "COUNT(*) AS uses, COUNT(DISTINCT g.sale_id) AS documents"
    else:
        rows, joins = f"discount_day g\n  WHERE {window_condition(windows, params, hourly=False, alias='g')}", ""
        rows = f"SELECT g.* FROM {rows}"
        counts = (
            "CAST(SUM(g.uses) AS BIGINT) AS uses,\n"
            "  CAST(SUM(g.documents) + COUNT(DISTINCT g.sale_id) AS BIGINT) AS documents"
        )
    sql = f"""SELECT {_KEYS[by]} AS key, MIN({_LABEL}) AS label, CAST(SUM(g.amount_minor) AS DECIMAL(18,0)) AS amount,
  {counts}
FROM (
{rows}
) g
LEFT JOIN promotion pr ON pr.promotion_id = g.promotion_id
{joins}{where}
GROUP BY 1
ORDER BY amount DESC, 1"""
    return Statement(sql, params)


def build_single_discounts(
    windows: Sequence[Window], scope: Scope, *, names: bool, named: Sequence[str] = (), smallest: bool = False,
    limit: int = 10,
) -> Statement:  # fmt: skip
    """Single discounts by what they came to, the largest first.

    Columns: ``sale_id, store_id, closed_at, register_id, employee`` (null unless ``names``), ``label, product`` (of the
    line, null where a discount names none), ``amount`` and ``gross_minor`` of the line (minor units), and the same in
    every row ``found, found_amount`` of all.

    Args:
        windows: stores and days.
        scope: who asks.
        names: whether the employee is named.
        named: only discounts with each of these lower-case words.
        smallest: the smallest first.
        limit: how many rows.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    where = _with_words(named, params)
    who = "COALESCE(e.name, g.employee_id)" if names else "CAST(NULL AS VARCHAR)"
    sql = f"""SELECT g.sale_id, g.store_id, g.closed_at, g.register_id, {who} AS employee, {_LABEL} AS label,
  COALESCE(v.name, p.name) AS product, g.amount_minor AS amount, g.gross_minor, COUNT(*) OVER () AS found,
  CAST(SUM(g.amount_minor) OVER () AS BIGINT) AS found_amount
FROM (
{_single(windows, params)}
) g
LEFT JOIN promotion pr ON pr.promotion_id = g.promotion_id
LEFT JOIN variant v ON v.variant_id = g.variant_id
LEFT JOIN product p ON p.product_id = v.product_id
LEFT JOIN employee e ON e.employee_id = g.employee_id{where}
ORDER BY g.amount_minor {"ASC" if smallest else "DESC"}, g.closed_at, g.sale_id
LIMIT $limit"""
    return Statement(sql, params)


def build_discounted_receipts(
    windows: Sequence[Window], scope: Scope, *, names: bool, named: Sequence[str] = (), smallest: bool = False,
    limit: int = 10,
) -> Statement:  # fmt: skip
    """Receipts by all their discounts together; arguments as for ``build_single_discounts``.

    Columns: ``sale_id, store_id, closed_at, register_id, employee, amount, uses`` (discounts on it), ``found,
    found_amount``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    where = _with_words(named, params)
    who = "MIN(COALESCE(e.name, g.document_employee))" if names else "CAST(NULL AS VARCHAR)"
    sql = f"""SELECT q.*, COUNT(*) OVER () AS found, CAST(SUM(q.amount) OVER () AS BIGINT) AS found_amount FROM (
SELECT g.sale_id, MIN(g.store_id) AS store_id, MIN(g.closed_at) AS closed_at, MIN(g.register_id) AS register_id,
  {who} AS employee, CAST(SUM(g.amount_minor) AS BIGINT) AS amount, COUNT(*) AS uses
FROM (
{_single(windows, params)}
) g
LEFT JOIN promotion pr ON pr.promotion_id = g.promotion_id
LEFT JOIN employee e ON e.employee_id = g.document_employee{where}
GROUP BY g.sale_id) q
ORDER BY q.amount {"ASC" if smallest else "DESC"}, q.closed_at, q.sale_id
LIMIT $limit"""
    return Statement(sql, params)


def _with_words(named: Sequence[str], params: dict[str, Any]) -> str:
    """``WHERE`` the words stand in what a discount ``g`` with promotion ``pr`` is called; empty without words."""
    text = "LOWER(CONCAT_WS(' ', g.name, pr.name, g.code, g.promotion_id, g.coupon_id, g.kind))"
    words = [f"POSITION({bind(params, 'word', [word])} IN {text}) > 0" for word in named]
    return "\nWHERE " + " AND ".join(words) if words else ""


_OF_LINES = {
    "department": (
        "LEFT JOIN variant v ON v.variant_id = g.variant_id\nLEFT JOIN shelf h ON h.product_id = v.product_id"
    ),
    "employee": "LEFT JOIN employee e ON e.employee_id = g.employee_id",
}
"""What the rollup does not know, since it belongs to the line; and where it is found."""


def _single(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Single discounts with the product and the person of their line."""
    return f"""SELECT s.sale_id, s.promotion_id, s.coupon_id, s.code, s.name, s.kind, s.amount_minor, d.store_id,
  d.business_on, l.variant_id, COALESCE(l.employee_id, d.employee_id) AS employee_id, d.closed_at, d.register_id,
  d.employee_id AS document_employee, l.gross_minor
FROM sale_discount s
JOIN (
{document_rows(windows, params)}
) d ON d.sale_id = s.sale_id
LEFT JOIN (
SELECT x.sale_id, x.line_no, x.variant_id, x.employee_id, x.gross_minor, COALESCE(x.is_return, FALSE) AS is_return,
  COALESCE(x.is_gift_card, FALSE) AS is_gift_card
FROM sale_line x
WHERE {window_condition(windows, params, hourly=False)}
) l ON l.sale_id = s.sale_id AND l.line_no = s.line_no
WHERE NOT {IS_BACK.replace("x.is_return", "l.is_return")} AND NOT COALESCE(l.is_gift_card, FALSE)
  AND s.amount_minor IS NOT NULL AND ({window_condition(windows, params, hourly=False, alias="s")})"""
