"""SQL for how many known customers bought each product, category, brand or department. Nobody leaves here singly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.analysis.few import FEWEST
from tools.context import Scope
from tools.metrics.counted import line_rows
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import part_condition
from tools.metrics.windows import checked_scope

_SHELF = "LEFT JOIN shelf h ON h.product_id = v.product_id"
_PRODUCT = "LEFT JOIN product p ON p.product_id = v.product_id"
_KIND = "CASE WHEN p.private_label THEN 'Private label' WHEN NOT p.private_label THEN 'National brand' END"
KEYS = {
    "product": ("COALESCE(i.item_id, x.variant_id)", "LEFT JOIN item i ON i.variant_id = x.variant_id"),
    "category": ("COALESCE(h.department, 'Unknown') || ' / ' || COALESCE(h.category, 'Unknown')", _SHELF),
    "department": ("COALESCE(h.department, 'Unknown')", _SHELF),
    "brand": ("NULLIF(TRIM(p.brand), '')", _PRODUCT),
    "private_label": (_KIND, _PRODUCT),
}  # fmt: skip
"""What goods are gathered by, and what is joined for it; a product is one across platforms by its barcode."""


def build_goods_buyers(
    windows: Sequence[Window], scope: Scope, *, by: str, everyone: int, bounds: tuple[int, int],
    only: Filter | None = None, bottom: bool = False, limit: int = 20, customers: Sequence[str] | None = None,
) -> Statement:  # fmt: skip
    """Goods by how many different known customers bought them, those that may be told.

    Told is what at least five bought, and where either nobody or at least five of all ``everyone`` did not.

    Args:
        windows: stores and days.
        scope: who asks.
        by: one of ``KEYS``.
        everyone: how many known customers bought anything in the windows.
        bounds: the fewest and the most buyers, both included.
        only: a part of the range.
        bottom: the fewest buyers first.
        limit: how many rows.
        customers: whose purchases count; those of all known customers where it is None.

    Columns: ``key, variant_id`` (one of the group), ``customers, net`` (minor units, what they spent on it), and over
    all rows ``groups`` (all with a buyer), ``few`` (left out), ``found`` (told and within the bounds). The first row
    alone may have a null ``key``: then nothing is told, and only those three are.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {
        "everyone": everyone, "fewest": FEWEST, "least": bounds[0], "most": bounds[1], "limit": limit,
    }  # fmt: skip
    key, join = KEYS[by]
    joins = [join, *([_SHELF] if only and (only.departments or only.categories) and join != _SHELF else [])]
    conditions = ["d.kind <> 'return'", "d.customer_key IS NOT NULL", "NOT COALESCE(x.is_return, FALSE)"]
    if customers is not None:
        # One list: an answer's provenance says how many there are, never who.
        params["who"] = list(customers)
        conditions.append("d.customer_key IN (SELECT UNNEST(CAST($who AS VARCHAR[])))")
    if part := part_condition(only, params, variant="x", shelf="h"):
        conditions.append(part.removeprefix(" AND "))
    net = "x.gross_minor - COALESCE(x.discount_minor, 0) AS net"
    lines = line_rows(
        windows, params, [f"{key} AS key", "x.variant_id", "d.customer_key", net], hours=False, joins=joins,
        conditions=conditions,
    )  # fmt: skip
    order = "q.customers, q.net, q.key" if bottom else "q.customers DESC, q.net DESC, q.key"
    return Statement(
        f"""WITH bought AS (
SELECT l.key, MIN(l.variant_id) AS variant_id, COUNT(DISTINCT l.customer_key) AS customers,
  CAST(SUM(l.net) AS DECIMAL(18,0)) AS net
FROM (
{lines}
) l WHERE l.key IS NOT NULL GROUP BY l.key
), told AS (
SELECT b.* FROM bought b
WHERE b.customers >= $fewest AND ($everyone - b.customers <= 0 OR $everyone - b.customers >= $fewest)
), fit AS (
SELECT t.* FROM told t WHERE t.customers BETWEEN $least AND $most
), counts AS (
SELECT (SELECT COUNT(*) FROM bought) AS groups,
  (SELECT COUNT(*) FROM bought) - (SELECT COUNT(*) FROM told) AS few, (SELECT COUNT(*) FROM fit) AS found
)
SELECT q.key, q.variant_id, q.customers, q.net, c.groups, c.few, c.found
FROM counts c LEFT JOIN fit q ON TRUE
ORDER BY {order}
LIMIT $limit""",
        params,
    )
