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

NO_NAME = ""
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
    text = "LOWER(CONCAT_WS(' ', g.name, pr.name, g.code, g.promotion_id, g.coupon_id, g.kind))"
    words = [f"POSITION({bind(params, 'word', [word])} IN {text}) > 0" for word in named]
    where = "\nWHERE " + " AND ".join(words) if words else ""
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
  d.business_on, l.variant_id, COALESCE(l.employee_id, d.employee_id) AS employee_id
FROM sale_discount s
JOIN (
{document_rows(windows, params)}
) d ON d.sale_id = s.sale_id
LEFT JOIN (
SELECT x.sale_id, x.line_no, x.variant_id, x.employee_id, COALESCE(x.is_return, FALSE) AS is_return,
  COALESCE(x.is_gift_card, FALSE) AS is_gift_card
FROM sale_line x
WHERE {window_condition(windows, params, hourly=False)}
) l ON l.sale_id = s.sale_id AND l.line_no = s.line_no
WHERE NOT {IS_BACK.replace("x.is_return", "l.is_return")} AND NOT COALESCE(l.is_gift_card, FALSE)
  AND s.amount_minor IS NOT NULL AND ({window_condition(windows, params, hourly=False, alias="s")})"""
