"""SQL over single discounts: what they were called, who gave them, and what they came to.

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
    documents = document_rows(windows, params)
    lines = window_condition(windows, params, hourly=False)
    text = "LOWER(CONCAT_WS(' ', g.name, pr.name, g.code, g.promotion_id, g.coupon_id, g.kind))"
    words = [f"POSITION({bind(params, 'word', [word])} IN {text}) > 0" for word in named]
    where = "\nWHERE " + " AND ".join(words) if words else ""
    shelf = "LEFT JOIN variant v ON v.variant_id = g.variant_id\nLEFT JOIN shelf h ON h.product_id = v.product_id\n"
    people = "LEFT JOIN employee e ON e.employee_id = g.employee_id\n"
    sql = f"""SELECT {_KEYS[by]} AS key, MIN({_LABEL}) AS label, CAST(SUM(g.amount_minor) AS DECIMAL(18,0)) AS amount,
  COUNT(*) AS uses, COUNT(DISTINCT g.sale_id) AS documents
FROM (
SELECT s.sale_id, s.promotion_id, s.coupon_id, s.code, s.name, s.kind, s.amount_minor, d.store_id, d.business_on,
  l.variant_id, COALESCE(l.employee_id, d.employee_id) AS employee_id
FROM sale_discount s
JOIN (
{documents}
) d ON d.sale_id = s.sale_id
LEFT JOIN (
SELECT x.sale_id, x.line_no, x.variant_id, x.employee_id, COALESCE(x.is_return, FALSE) AS is_return,
  COALESCE(x.is_gift_card, FALSE) AS is_gift_card
FROM sale_line x
WHERE {lines}
) l ON l.sale_id = s.sale_id AND l.line_no = s.line_no
WHERE NOT {IS_BACK.replace("x.is_return", "l.is_return")} AND NOT COALESCE(l.is_gift_card, FALSE)
  AND s.amount_minor IS NOT NULL AND ({window_condition(windows, params, hourly=False, alias="s")})
) g
LEFT JOIN promotion pr ON pr.promotion_id = g.promotion_id
{shelf if by == "department" else ""}{people if by == "employee" else ""}{where}
GROUP BY 1
ORDER BY amount DESC, 1"""
    return Statement(sql, params)
