"""SQL that tells new customers from returning ones: first purchase in these stores, and what they bought in a period.

A customer is a pseudonym. Nothing here gives one back; only groups leave it. Known customers have a rollup; what it
lacks of a day's sales is that of unknown ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.documents_query import COUNTS, document_rows
from tools.metrics.windows import Statement, Window, bind, checked_scope, window_condition

_SPANS = {"week": "DATE_TRUNC('week', x.business_on)", "month": "DATE_TRUNC('month', x.business_on)"}
_PARTS = {
    None: "''",
    "store": "x.store_id",
    "day": "CAST(x.business_on AS VARCHAR)",
    "week": f"CAST(CAST({_SPANS['week']} AS DATE) AS VARCHAR)",
    "month": "SUBSTR(CAST(x.business_on AS VARCHAR), 1, 7)",
}


def build_shoppers(windows: Sequence[Window], by: str | None, scope: Scope) -> Statement:
    """Customers and their purchases by ``key`` and ``who``: new, returning or unidentified.

    Columns: ``key, who, customers, repeaters`` (with more than one transaction in the group)``, transactions, net``
    (minor units, of sales and exchanges). New is whose first purchase at any of these stores, as far as the data goes
    back, lies in the period, and in a split by week or month in that one; a return is no purchase.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    visits = window_condition(windows, params, hourly=False)
    everybody = window_condition(windows, params, hourly=False)
    # What is one for everybody is told once, not kept for each customer.
    span = _SPANS.get(by or "")
    each = f"MIN(CAST({span} AS DATE)) AS since, " if span else ""
    since = "b.since" if span else f"CAST({bind(params, 'since', [_start(windows)])} AS DATE)"
    sql = f"""WITH {_new_since(windows, _earliest(windows, by), params)}, bought AS (
SELECT {_PARTS[by]} AS key, x.customer_key, {each}SUM(x.transactions) AS transactions, SUM(x.sale_net_minor) AS net
FROM customer_hour x
WHERE ({visits}) AND x.transactions > 0
GROUP BY {"1, " if by else ""}x.customer_key
), person AS (
SELECT b.key, COALESCE(f.first_on >= {since}, FALSE) AS is_new, b.transactions, b.net
FROM bought b
LEFT JOIN newcomer f ON f.customer_key = b.customer_key
), known AS (
SELECT p.key, CASE WHEN p.is_new THEN 'new' ELSE 'returning' END AS who, COUNT(*) AS customers,
  COUNT(CASE WHEN p.transactions > 1 THEN 1 END) AS repeaters, SUM(p.transactions) AS transactions, SUM(p.net) AS net
FROM person p
GROUP BY p.key, p.is_new
), everybody AS (
SELECT {_PARTS[by]} AS key, SUM(x.transactions) AS transactions, SUM(x.sale_net_minor) AS net
FROM store_day x
WHERE {everybody}
GROUP BY 1
), unknown AS (
SELECT e.key, e.transactions - COALESCE(SUM(k.transactions), 0) AS transactions,
  e.net - COALESCE(SUM(k.net), 0) AS net
FROM everybody e
LEFT JOIN known k ON k.key = e.key
GROUP BY e.key, e.transactions, e.net
)
SELECT q.key, q.who, q.customers, q.repeaters, CAST(q.transactions AS BIGINT) AS transactions,
  CAST(q.net AS DECIMAL(18,0)) AS net
FROM (
SELECT k.key, k.who, k.customers, k.repeaters, k.transactions, k.net FROM known k
UNION ALL
SELECT u.key, 'unidentified' AS who, 0 AS customers, 0 AS repeaters, u.transactions, u.net FROM unknown u
WHERE u.transactions > 0
) q
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_came_back(windows: Sequence[Window], last_on: date, days: int, scope: Scope) -> Statement:
    """Whether customers of the windows bought again: ``customers, came_back, too_recent``.

    Counted from the first day they bought on in the windows: again on a later day, at most ``days`` later. Those for
    whom so many days have not passed by ``last_on`` are too recent to tell, and only counted as such.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"days": days, "last": last_on}
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    sql = f"""WITH visited AS (
SELECT d.customer_key, MIN(d.business_on) AS first_on
FROM (
{document_rows(windows, params)}
) d
WHERE d.kind <> 'return' AND d.customer_key IS NOT NULL
GROUP BY d.customer_key
), again AS (
SELECT v.customer_key, v.first_on, MIN(x.business_on) AS again_on
FROM visited v
LEFT JOIN sale x ON x.customer_key = v.customer_key AND x.business_on > v.first_on AND x.kind <> 'return'
  AND x.business_on <= v.first_on + CAST($days AS INTEGER) AND {COUNTS} AND x.store_id IN ({stores})
  AND x.business_on <= CAST($last AS DATE)
GROUP BY v.customer_key, v.first_on
)
SELECT COUNT(CASE WHEN a.first_on + CAST($days AS INTEGER) <= CAST($last AS DATE) THEN 1 END) AS customers,
  COUNT(CASE WHEN a.first_on + CAST($days AS INTEGER) <= CAST($last AS DATE) AND a.again_on IS NOT NULL THEN 1 END)
    AS came_back,
  COUNT(CASE WHEN a.first_on + CAST($days AS INTEGER) > CAST($last AS DATE) THEN 1 END) AS too_recent
FROM again a"""
    return Statement(sql, params)


def build_first_timers(
    windows: Sequence[Window], last_on: date, days: int | None, by: str | None, scope: Scope
) -> Statement:
    """Whether those who first bought in the windows bought again: ``key, customers, came_back, too_recent``.

    Again is a purchase on a later day, at any of these stores, at most ``days`` later or, where that is None, up to
    ``last_on``. Those for whom so many days have not passed by then (or no day at all) are too recent to tell, and
    only counted as such. In a split by week or month the key is that of the first purchase, by store where it was.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"last": last_on, "days": 1 if days is None else days}
    new = _new_since(windows, _start(windows), params)
    stores = bind(params, "place", sorted({store for window in windows for store in window.store_ids}))
    end = bind(params, "end", [max(window.end_on for window in windows)])
    within = "" if days is None else " AND x.business_on <= f.first_on + CAST($days AS INTEGER)"
    settled = "a.first_on + CAST($days AS INTEGER) <= CAST($last AS DATE)"
    sql = f"""WITH {new}, came_first AS (
SELECT x.customer_key, x.first_on AS business_on, MIN(x.store_id) AS store_id
FROM customer_first x
JOIN newcomer n ON n.customer_key = x.customer_key AND n.first_on = x.first_on
WHERE x.store_id IN ({stores}) AND x.first_on <= CAST({end} AS DATE)
GROUP BY x.customer_key, x.first_on
), first_visit AS (
SELECT x.customer_key, x.business_on AS first_on, {_PARTS[by]} AS key FROM came_first x
), again AS (
SELECT f.key, f.customer_key, f.first_on, MIN(x.business_on) AS again_on
FROM first_visit f
LEFT JOIN customer_hour x ON x.customer_key = f.customer_key AND x.business_on > f.first_on
  AND x.business_on <= CAST($last AS DATE) AND x.transactions > 0 AND x.store_id IN ({stores}){within}
GROUP BY f.key, f.customer_key, f.first_on
)
SELECT a.key, COUNT(CASE WHEN {settled} THEN 1 END) AS customers,
  COUNT(CASE WHEN {settled} AND a.again_on IS NOT NULL THEN 1 END) AS came_back,
  COUNT(CASE WHEN NOT ({settled}) THEN 1 END) AS too_recent
FROM again a
GROUP BY a.key
ORDER BY a.key"""
    return Statement(sql, params)


def _start(windows: Sequence[Window]) -> date:
    return min(window.start_on for window in windows)


def _earliest(windows: Sequence[Window], by: str | None) -> date:
    """The first day on which somebody may have come for the first time who counts as new."""
    start = _start(windows)
    return start.replace(day=1) if by == "month" else start - timedelta(days=start.weekday() if by == "week" else 0)


def _new_since(windows: Sequence[Window], earliest: date, params: dict[str, Any]) -> str:
    """CTEs that end in ``newcomer``: who first bought in the stores of the windows on a day or later, and when.

    These are few among all; of the others nothing needs to be known.
    """
    of_stores = ""
    if not all(window.whole_chain for window in windows):
        stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
        of_stores = f"x.store_id IN ({stores}) AND "
    day = f"CAST({bind(params, 'earliest', [earliest])} AS DATE)"
    return f"""lately AS (
SELECT x.customer_key, MIN(x.first_on) AS first_on FROM customer_first x
WHERE {of_stores}x.first_on >= {day}
GROUP BY x.customer_key
), known_before AS (
SELECT DISTINCT x.customer_key FROM customer_first x JOIN lately l ON l.customer_key = x.customer_key
WHERE {of_stores}x.first_on < {day}
), newcomer AS (
SELECT l.customer_key, l.first_on FROM lately l
LEFT JOIN known_before k ON k.customer_key = l.customer_key
WHERE k.customer_key IS NULL
)"""
