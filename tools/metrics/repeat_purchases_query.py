"""SQL for how many of the known customers who bought goods bought them on several visits. Nobody leaves here singly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.analysis.few import FEWEST
from tools.context import Scope
from tools.metrics.counted import line_rows
from tools.metrics.goods_buyers_query import KEYS
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.stock_query import part_condition
from tools.metrics.windows import checked_scope

_SHELF = KEYS["department"][1]


def build_repeat_purchases(
    windows: Sequence[Window], scope: Scope, *, by: str | None, times: int, everyone: int, least_buyers: int,
    only: Filter | None = None, bottom: bool = False, limit: int = 20,
) -> Statement:  # fmt: skip
    """Goods by the share of their known buyers who bought them in at least ``times`` transactions.

    Told is what at least ``least_buyers`` (five or more) bought, and where those who came back and those who did not
    are each nobody or at least five, and so those of all ``everyone`` who did not buy it.

    Args:
        windows: stores and days.
        scope: who asks.
        by: one of ``goods_buyers_query.KEYS``, or None for the part of the range as a whole.
        times: from how many transactions on somebody bought again.
        everyone: how many known customers bought anything in the windows.
        least_buyers: fewer buyers than this are not ranked.
        only: a part of the range.
        bottom: the lowest share first.
        limit: how many rows.

    Columns: ``key, variant_id`` (one of the group), ``buyers, again`` (of them), ``purchases`` (transactions of all of
    them), and over all rows ``groups`` (all with a buyer), ``rare`` (fewer buyers than asked for), ``few`` (left out
    since they would tell of fewer than five people). The first row alone may have a null ``key``: then nothing is told.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {
        "times": times, "everyone": everyone, "least": max(least_buyers, FEWEST), "fewest": FEWEST, "limit": limit,
    }  # fmt: skip
    key, join = KEYS[by] if by else ("''", "")
    joins = [join] if join else []
    if only and (only.departments or only.categories) and join != _SHELF:
        joins.append(_SHELF)
    conditions = ["d.kind <> 'return'", "d.customer_key IS NOT NULL", "NOT COALESCE(x.is_return, FALSE)"]
    if part := part_condition(only, params, variant="x", shelf="h"):
        conditions.append(part.removeprefix(" AND "))
    lines = line_rows(
        windows, params, [f"{key} AS key", "x.variant_id", "d.customer_key", "d.sale_id"], hours=False, joins=joins,
        conditions=conditions,
    )  # fmt: skip
    share = "CAST(q.again AS DOUBLE) / q.buyers"
    order = f"{share}, q.buyers DESC, q.key" if bottom else f"{share} DESC, q.buyers DESC, q.key"
    return Statement(
        f"""WITH bought AS (
SELECT l.key, l.customer_key, MIN(l.variant_id) AS variant_id, COUNT(DISTINCT l.sale_id) AS purchases
FROM (
{lines}
) l WHERE l.key IS NOT NULL GROUP BY l.key, l.customer_key
), counted AS (
SELECT b.key, MIN(b.variant_id) AS variant_id, COUNT(*) AS buyers,
  COUNT(CASE WHEN b.purchases >= $times THEN 1 END) AS again, CAST(SUM(b.purchases) AS BIGINT) AS purchases
FROM bought b GROUP BY b.key
), known AS (
SELECT c.* FROM counted c WHERE c.buyers >= $least
), told AS (
SELECT k.* FROM known k
WHERE (k.again = 0 OR k.again >= $fewest) AND (k.buyers = k.again OR k.buyers - k.again >= $fewest)
  AND ($everyone - k.buyers <= 0 OR $everyone - k.buyers >= $fewest)
), counts AS (
SELECT (SELECT COUNT(*) FROM counted) AS groups,
  (SELECT COUNT(*) FROM counted) - (SELECT COUNT(*) FROM known) AS rare,
  (SELECT COUNT(*) FROM known) - (SELECT COUNT(*) FROM told) AS few
)
SELECT q.key, q.variant_id, q.buyers, q.again, q.purchases, c.groups, c.rare, c.few
FROM counts c LEFT JOIN told q ON TRUE
ORDER BY {order}
LIMIT $limit""",
        params,
    )
