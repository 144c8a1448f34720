"""SQL over known customers: sums per customer out of the rollup, and what groups of them do.

``customer_hour`` has one row per customer, store, day and hour, and a commit replaces only the rows of the days it
touched; everything here is added up from it, so new sales only add. Groups are handed in as two lists, keys and group
names, and come back as sums with the number of people behind each: who reads them leaves out what fewer than five did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, checked_scope, window_condition

IS_THERE = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'customer_hour'"
"""Whether the mirror has the rollup; a file written by an older version lacks it until it is opened for writing."""

_MEMBERS = (
    "member AS (\nSELECT UNNEST(CAST($keys AS VARCHAR[])) AS customer_key, "
    "UNNEST(CAST($groups AS VARCHAR[])) AS segment\n)"
)


def _where(windows: Sequence[Window], params: dict[str, Any]) -> str:
    return f"({window_condition(windows, params, hourly=False)})"


def build_customers(windows: Sequence[Window], scope: Scope) -> Statement:
    """Per customer: ``customer_key, visits, net_minor, sale_net_minor, first_on, last_on``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT x.customer_key, SUM(x.transactions) AS visits, SUM(x.net_minor) AS net_minor,
  SUM(x.sale_net_minor) AS sale_net_minor, MIN(x.business_on) AS first_on, MAX(x.business_on) AS last_on
FROM customer_hour x
WHERE {_where(windows, params)}
GROUP BY x.customer_key
ORDER BY x.customer_key"""
    return Statement(sql, params)


def build_gaps(windows: Sequence[Window], scope: Scope) -> Statement:
    """Per customer: ``customer_key, gaps, gap_days, gap_squares, last_on, net_minor``; a day with two visits is one.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""WITH visit AS (
SELECT x.customer_key, x.business_on, SUM(x.net_minor) AS net_minor, SUM(x.transactions) AS transactions
FROM customer_hour x WHERE {_where(windows, params)} GROUP BY x.customer_key, x.business_on
), spaced AS (
SELECT v.customer_key, v.business_on,
  v.business_on - LAG(v.business_on) OVER (PARTITION BY v.customer_key ORDER BY v.business_on) AS gap
FROM visit v WHERE v.transactions > 0
), habit AS (
SELECT s.customer_key, COUNT(s.gap) AS gaps, COALESCE(SUM(s.gap), 0) AS gap_days,
  COALESCE(SUM(s.gap * s.gap), 0) AS gap_squares, MAX(s.business_on) AS last_on
FROM spaced s GROUP BY s.customer_key
), spent AS (
SELECT v.customer_key, SUM(v.net_minor) AS net_minor FROM visit v GROUP BY v.customer_key
)
SELECT h.customer_key, h.gaps, h.gap_days, h.gap_squares, h.last_on, t.net_minor
FROM habit h JOIN spent t ON t.customer_key = h.customer_key
ORDER BY h.customer_key"""
    return Statement(sql, params)


def build_weeks(windows: Sequence[Window], scope: Scope, first_on: Any, half: int) -> Statement:
    """The weeks of each customer as sums; ``half`` is the first week of the second half.

    Columns: ``customer_key, visit_weeks, visits_first, visits_later, total, first_half, squares, moments``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"first_on": first_on, "half": half}
    sql = f"""WITH week AS (
SELECT x.customer_key, CAST(FLOOR((x.business_on - CAST($first_on AS DATE)) / 7) AS INTEGER) AS week,
  SUM(x.net_minor) AS net_minor, SUM(x.transactions) AS visits
FROM customer_hour x WHERE {_where(windows, params)}
GROUP BY x.customer_key, CAST(FLOOR((x.business_on - CAST($first_on AS DATE)) / 7) AS INTEGER)
)
SELECT w.customer_key, SUM(CASE WHEN w.visits > 0 THEN 1 ELSE 0 END) AS visit_weeks,
  SUM(CASE WHEN w.week < $half THEN w.visits ELSE 0 END) AS visits_first,
  SUM(CASE WHEN w.week < $half THEN 0 ELSE w.visits END) AS visits_later,
  SUM(w.net_minor) AS total, SUM(CASE WHEN w.week < $half THEN w.net_minor ELSE 0 END) AS first_half,
  SUM(CAST(w.net_minor AS DOUBLE) * w.net_minor) AS squares, SUM(CAST(w.net_minor AS DOUBLE) * w.week) AS moments
FROM week w GROUP BY w.customer_key
ORDER BY w.customer_key"""
    return Statement(sql, params)


def build_months(windows: Sequence[Window], scope: Scope) -> Statement:
    """Per month of first purchase and month of purchase: ``cohort, month, customers, net_minor``.

    Months are their first day. The windows must reach back to the first sale, for the first purchase to be known.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    month = "CAST(DATE_TRUNC('month', {0}) AS DATE)"
    sql = f"""WITH visit AS (
SELECT x.customer_key, {month.format("x.business_on")} AS month, SUM(x.net_minor) AS net_minor,
  SUM(x.transactions) AS transactions
FROM customer_hour x WHERE {_where(windows, params)}
GROUP BY x.customer_key, {month.format("x.business_on")}
), began AS (
SELECT v.customer_key, MIN(v.month) AS cohort FROM visit v WHERE v.transactions > 0 GROUP BY v.customer_key
)
SELECT b.cohort, v.month, SUM(CASE WHEN v.transactions > 0 THEN 1 ELSE 0 END) AS customers,
  SUM(v.net_minor) AS net_minor
FROM visit v JOIN began b ON b.customer_key = v.customer_key
GROUP BY b.cohort, v.month
ORDER BY b.cohort, v.month"""
    return Statement(sql, params)


def build_attributes(windows: Sequence[Window], scope: Scope) -> Statement:
    """What is known of the households behind the windows' customers.

    Columns: ``customer_key, age_band, income_band, household_size, kids``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = f"""SELECT c.customer_key, c.age_band, c.income_band, c.household_size, c.kids
FROM customer c
WHERE c.customer_key IN (SELECT x.customer_key FROM customer_hour x WHERE {_where(windows, params)})
ORDER BY c.customer_key"""
    return Statement(sql, params)


def build_visit_hours(windows: Sequence[Window], scope: Scope, groups: Mapping[str, str]) -> Statement:
    """Visits of each group by weekday (1 is Monday) and hour: ``segment, weekday, hour, visits, people``.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"keys": list(groups), "groups": list(groups.values())}
    weekday = "CAST(EXTRACT(ISODOW FROM x.business_on) AS INTEGER)"
    # Joined to the rollup itself, the scan would compare the key of every customer of every store with the members'.
    sql = f"""WITH {_MEMBERS}, visit AS (
SELECT x.customer_key, {weekday} AS weekday, x.hour_of_day AS hour, SUM(x.transactions) AS visits
FROM customer_hour x
WHERE {_where(windows, params)} AND x.transactions > 0
GROUP BY x.customer_key, {weekday}, x.hour_of_day
)
SELECT m.segment, v.weekday, v.hour, SUM(v.visits) AS visits, COUNT(*) AS people
FROM visit v JOIN member m ON m.customer_key = v.customer_key
GROUP BY m.segment, v.weekday, v.hour
ORDER BY 1, 2, 3"""
    return Statement(sql, params)


def build_group_departments(windows: Sequence[Window], scope: Scope, groups: Mapping[str, str]) -> Statement:
    """Sales of each group by department: ``segment, department, net_minor, people``; returns are left aside.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"keys": list(groups), "groups": list(groups.values())}
    # People and departments are numbered first: millions of lines are added up by two numbers, not by two names.
    # With “=” the scans would compare the key of every document with those of a store's people.
    sql = f"""WITH {_MEMBERS}, person AS (
SELECT customer_key, segment, CAST(ROW_NUMBER() OVER (ORDER BY customer_key) AS INTEGER) AS person FROM member
), document AS (
SELECT x.sale_id, p.person FROM sale x JOIN person p ON p.customer_key IS NOT DISTINCT FROM x.customer_key
WHERE {_where(windows, params)} AND NOT COALESCE(x.voided, FALSE) AND NOT COALESCE(x.is_test, FALSE)
  AND COALESCE(x.kind, 'sale') <> 'return'
), place AS (
SELECT v.variant_id, COALESCE(h.department, 'Unknown') AS department,
  CAST(DENSE_RANK() OVER (ORDER BY COALESCE(h.department, 'Unknown')) AS INTEGER) AS code
FROM variant v LEFT JOIN shelf h ON h.product_id = v.product_id
), bought AS (
SELECT d.person, COALESCE(p.code, 0) AS code, SUM(x.gross_minor - COALESCE(x.discount_minor, 0)) AS net_minor
FROM sale_line x JOIN document d ON d.sale_id IS NOT DISTINCT FROM x.sale_id
LEFT JOIN place p ON p.variant_id = x.variant_id
WHERE {_where(windows, params)} AND NOT COALESCE(x.is_return, FALSE) AND NOT COALESCE(x.is_gift_card, FALSE)
GROUP BY d.person, COALESCE(p.code, 0)
), department AS (
SELECT code, MIN(department) AS name FROM place GROUP BY code
)
SELECT p.segment, COALESCE(n.name, 'Unknown') AS department, SUM(b.net_minor) AS net_minor,
  COUNT(DISTINCT b.person) AS people
FROM bought b JOIN person p ON p.person = b.person LEFT JOIN department n ON n.code = b.code
GROUP BY p.segment, COALESCE(n.name, 'Unknown')
ORDER BY 1, 3 DESC, 2"""
    return Statement(sql, params)
