"""SQL over what should stand where, what was scanned where, and what the space sold; the scope enters as everywhere.

A planogram row counts on the days between ``from_on`` and ``to_on``. A scan names a barcode: leading zeros do not
count,
and where several variants carry it the planned one is meant. Two places are the same when fixture and position are,
in any case; a place without a position stands for the whole fixture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Filter, Statement, Window, bind, checked_scope, window_condition
from tools.metrics.stock_query import part_condition, scoped_stores

_SAME_PLACE = (
    "LOWER(TRIM(p.fixture)) = LOWER(TRIM(s.fixture)) AND (p.position IS NULL OR s.position IS NULL"
    " OR LOWER(TRIM(p.position)) = LOWER(TRIM(s.position)))"
)


def build_extent(store_ids: Sequence[str], scope: Scope, on: date, since: datetime, until: datetime) -> Statement:
    """How much there is to go by in each store.

    Columns: ``store_id, planned`` (rows in force), ``facings`` (rows with facings), ``scans`` (audit and pick scans
    since), ``audits``, ``last_at``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"day": on, "since": since, "until": until}
    stores = scoped_stores(store_ids, scope, params)
    sql = f"""SELECT st.store_id, COALESCE(p.planned, 0) AS planned, COALESCE(p.facings, 0) AS facings,
  COALESCE(s.scans, 0) AS scans, COALESCE(s.audits, 0) AS audits, s.last_at
FROM store st
LEFT JOIN (SELECT x.store_id, COUNT(*) AS planned, SUM(CASE WHEN x.facings > 0 THEN 1 ELSE 0 END) AS facings
  FROM planogram x WHERE x.store_id IN ({stores}) AND {_in_force("x")} GROUP BY x.store_id) p
  ON p.store_id = st.store_id
LEFT JOIN (SELECT x.store_id, COUNT(*) AS scans, SUM(CASE WHEN x.kind = 'audit' THEN 1 ELSE 0 END) AS audits,
    MAX(x.scanned_at) AS last_at
  FROM scan x WHERE x.store_id IN ({stores}) AND x.kind IN ('audit', 'pick')
    AND x.scanned_at >= CAST($since AS TIMESTAMPTZ) AND x.scanned_at <= CAST($until AS TIMESTAMPTZ)
  GROUP BY x.store_id) s ON s.store_id = st.store_id
WHERE st.store_id IN ({stores}) ORDER BY st.store_id"""
    return Statement(sql, params)


def _in_force(alias: str) -> str:
    return (
        f"({alias}.from_on IS NULL OR {alias}.from_on <= CAST($day AS DATE))"
        f" AND ({alias}.to_on IS NULL OR {alias}.to_on >= CAST($day AS DATE))"
    )


def _planned_and_seen(stores: str, part: str) -> str:
    """CTEs ``plan`` and ``seen``: places in force, and audit and pick scans with their variant."""
    return f"""plan AS (
SELECT x.store_id, x.variant_id, x.fixture, x.position, x.facings, x.shelf_capacity
FROM planogram x LEFT JOIN variant v ON v.variant_id = x.variant_id LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE x.store_id IN ({stores}) AND {_in_force("x")}{part}
),
raw AS (
SELECT x.scan_id, x.store_id, x.kind, x.scanned_at, x.fixture, x.position, v.variant_id,
  ROW_NUMBER() OVER (PARTITION BY x.scan_id ORDER BY CASE WHEN EXISTS (
      SELECT 1 FROM plan p WHERE p.store_id = x.store_id AND p.variant_id = v.variant_id) THEN 0 ELSE 1 END,
    v.variant_id) AS place
FROM scan x JOIN variant v ON LTRIM(v.barcode, '0') = LTRIM(x.barcode, '0')
LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE x.store_id IN ({stores}) AND x.kind IN ('audit', 'pick')
  AND x.scanned_at >= CAST($since AS TIMESTAMPTZ) AND x.scanned_at <= CAST($until AS TIMESTAMPTZ){part}
),
seen AS (
SELECT r.store_id, r.variant_id, r.kind, r.scanned_at, r.fixture, r.position FROM raw r WHERE r.place = 1
)"""


def _last_audits(stores: str) -> str:
    """CTE ``audit``: the local date of the last audit of each fixture, whatever was scanned there."""
    return f"""every_audit AS (
SELECT x.store_id, LOWER(TRIM(x.fixture)) AS fixture,
  CAST((x.scanned_at AT TIME ZONE st.timezone) AS DATE) AS audited_on
FROM scan x JOIN store st ON st.store_id = x.store_id
WHERE x.store_id IN ({stores}) AND x.kind = 'audit' AND x.fixture IS NOT NULL
  AND x.scanned_at >= CAST($since AS TIMESTAMPTZ) AND x.scanned_at <= CAST($until AS TIMESTAMPTZ)
),
audit AS (
SELECT a.store_id, a.fixture, MAX(a.audited_on) AS audited_on FROM every_audit a GROUP BY a.store_id, a.fixture
)"""


def build_check(
    store_ids: Sequence[str], scope: Scope, on: date, since: datetime, until: datetime, *, only: Filter | None = None
) -> Statement:
    """Every planned place and every item scanned without one, with what the scans say.

    Columns: ``store_id, variant_id, fixture, position`` (planned; null for ``unplanned``), ``state``: ``right`` (last
    scanned in its place, and not passed by on a later day's audit of the fixture), ``misplaced`` (last scanned
    somewhere else), ``missing`` (the last audit of its fixture did not find it), ``unseen`` (its fixture was not
    audited), ``unplanned``; ``found_fixture, found_position, found_at`` (where it was last scanned outside a planned
    place) and ``seen_at`` (when last in its place). What was found once is misplaced once: of several planned places
    one takes it, an audited one first, and the others stay empty.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"day": on, "since": since, "until": until}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="v", shelf="h")
    sql = f"""WITH {_planned_and_seen(stores, part)},
right_place AS (
SELECT p.store_id, p.variant_id, p.fixture, p.position, MAX(s.scanned_at) AS seen_at
FROM plan p JOIN seen s ON s.store_id = p.store_id AND s.variant_id = p.variant_id AND {_SAME_PLACE}
GROUP BY p.store_id, p.variant_id, p.fixture, p.position
),
elsewhere AS (
SELECT s.store_id, s.variant_id, s.fixture, s.position, s.scanned_at,
  ROW_NUMBER() OVER (PARTITION BY s.store_id, s.variant_id ORDER BY s.scanned_at DESC, s.fixture, s.position) AS place
FROM seen s
WHERE s.fixture IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM plan p WHERE p.store_id = s.store_id AND p.variant_id = s.variant_id AND {_SAME_PLACE})
),
{_last_audits(stores)},
judged AS (
SELECT p.store_id, p.variant_id, p.fixture, p.position, r.seen_at, a.fixture IS NOT NULL AS audited,
  r.seen_at >= COALESCE(e.scanned_at, r.seen_at)
    AND CAST((r.seen_at AT TIME ZONE st.timezone) AS DATE) >= COALESCE(a.audited_on, DATE '1900-01-01') AS there,
  COALESCE(e.scanned_at > COALESCE(r.seen_at, e.scanned_at - INTERVAL 1 SECOND), FALSE) AS away,
  e.fixture AS found_fixture, e.position AS found_position, e.scanned_at AS found_at
FROM plan p JOIN store st ON st.store_id = p.store_id
LEFT JOIN right_place r ON r.store_id = p.store_id AND r.variant_id = p.variant_id
  AND r.fixture IS NOT DISTINCT FROM p.fixture AND r.position IS NOT DISTINCT FROM p.position
LEFT JOIN elsewhere e ON e.store_id = p.store_id AND e.variant_id = p.variant_id AND e.place = 1
LEFT JOIN audit a ON a.store_id = p.store_id AND a.fixture = LOWER(TRIM(p.fixture))
),
paired AS (
SELECT j.*, NOT j.away OR ROW_NUMBER() OVER (PARTITION BY j.store_id, j.variant_id, j.away
  ORDER BY CASE WHEN j.audited THEN 0 ELSE 1 END, j.fixture, j.position) = 1 AS takes
FROM judged j
)
SELECT q.store_id, q.variant_id, q.fixture, q.position,
  CASE WHEN q.there THEN 'right' WHEN q.away AND q.takes THEN 'misplaced' WHEN q.audited THEN 'missing'
    ELSE 'unseen' END AS state,
  CASE WHEN q.takes THEN q.found_fixture END AS found_fixture,
  CASE WHEN q.takes THEN q.found_position END AS found_position, CASE WHEN q.takes THEN q.found_at END AS found_at,
  q.seen_at
FROM paired q
UNION ALL
SELECT e.store_id, e.variant_id, NULL AS fixture, NULL AS position, 'unplanned' AS state, e.fixture AS found_fixture,
  e.position AS found_position, e.scanned_at AS found_at, NULL AS seen_at
FROM elsewhere e
WHERE e.place = 1 AND NOT EXISTS (
  SELECT 1 FROM plan p WHERE p.store_id = e.store_id AND p.variant_id = e.variant_id)
ORDER BY 1, 5, 3, 4, 2"""
    return Statement(sql, params)


def build_missed(
    store_ids: Sequence[str],
    scope: Scope,
    on: date,
    since: datetime,
    until: datetime,
    windows: Sequence[Window],
    *,
    only: Filter | None = None,
) -> Statement:
    """Planned items that the last audit of their fixture did not scan, with what happened since.

    An audit is the scans of one fixture on one local date of the store. Columns: ``store_id, variant_id, fixture,
    position, audited_on`` (the last audit), ``seen_on`` (last scanned on the fixture in an earlier audit, or null),
    ``picked_at`` (last pick since, or null), ``sold_since`` (transactions with it on later days: what is sold by weight
    has no units), ``days_since`` (trading days after the audit), ``units, squares, trading_days`` (of the windows, up
    to the audit).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"day": on, "since": since, "until": until}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="v", shelf="h")
    sql = f"""WITH {_planned_and_seen(stores, part)},
{_last_audits(stores)},
sighting AS (
SELECT s.store_id, s.variant_id, s.kind, LOWER(TRIM(s.fixture)) AS fixture, s.scanned_at,
  CAST((s.scanned_at AT TIME ZONE st.timezone) AS DATE) AS seen_on
FROM seen s JOIN store st ON st.store_id = s.store_id
),
missed AS (
SELECT p.store_id, p.variant_id, p.fixture, p.position, a.audited_on,
  (SELECT MAX(i.seen_on) FROM sighting i WHERE i.store_id = p.store_id AND i.variant_id = p.variant_id
    AND i.kind = 'audit' AND i.fixture = a.fixture) AS seen_on,
  (SELECT MAX(i.scanned_at) FROM sighting i WHERE i.store_id = p.store_id AND i.variant_id = p.variant_id
    AND i.kind = 'pick' AND i.seen_on >= a.audited_on) AS picked_at
FROM plan p JOIN audit a ON a.store_id = p.store_id AND a.fixture = LOWER(TRIM(p.fixture))
),
open_day AS (
SELECT x.store_id, x.business_on FROM store_day x WHERE ({window_condition(windows, params, hourly=False)})
)
SELECT m.store_id, m.variant_id, m.fixture, m.position, m.audited_on, m.seen_on, m.picked_at,
  COALESCE(SUM(CASE WHEN d.business_on > m.audited_on THEN k.transactions END), 0) AS sold_since,
  SUM(CASE WHEN d.business_on > m.audited_on THEN 1 ELSE 0 END) AS days_since,
  COALESCE(SUM(CASE WHEN d.business_on <= m.audited_on THEN k.units END), 0) AS units,
  COALESCE(SUM(CASE WHEN d.business_on <= m.audited_on THEN CAST(k.units AS DOUBLE) * CAST(k.units AS DOUBLE) END), 0)
    AS squares,
  SUM(CASE WHEN d.business_on <= m.audited_on THEN 1 ELSE 0 END) AS trading_days
FROM missed m JOIN open_day d ON d.store_id = m.store_id
LEFT JOIN store_sku_day k ON k.store_id = m.store_id AND k.business_on = d.business_on AND k.variant_id = m.variant_id
  AND k.store_id IN ({stores})
WHERE m.seen_on IS NULL OR m.seen_on < m.audited_on
GROUP BY m.store_id, m.variant_id, m.fixture, m.position, m.audited_on, m.seen_on, m.picked_at
ORDER BY m.store_id, m.fixture, m.position, m.variant_id"""
    return Statement(sql, params)


def build_plan(store_ids: Sequence[str], scope: Scope, on: date, *, only: Filter | None = None) -> Statement:
    """Places in force: ``store_id, variant_id, fixture, position``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"day": on}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="v", shelf="h")
    sql = f"""SELECT x.store_id, x.variant_id, x.fixture, x.position
FROM planogram x LEFT JOIN variant v ON v.variant_id = x.variant_id LEFT JOIN shelf h ON h.product_id = v.product_id
WHERE x.store_id IN ({stores}) AND {_in_force("x")}{part}
ORDER BY 1, 2, 3, 4"""
    return Statement(sql, params)


_BRAND = "COALESCE(NULLIF(p.brand, ''), 'no brand recorded')"
_NAME = "COALESCE(p.name, v.name, x.variant_id)"
_GROUPED = """LEFT JOIN variant v ON v.variant_id = x.variant_id LEFT JOIN shelf h ON h.product_id = v.product_id
  LEFT JOIN product p ON p.product_id = v.product_id"""


def build_space(windows: Sequence[Window], scope: Scope, on: date, *, by: str, only: Filter | None = None) -> Statement:
    """Facings and sales per department, category of a department, brand or product, of stores with planned facings.

    Columns: ``key, department, facings, products`` (a product once in each store), ``capacity`` (pieces that fit, null
    where not told), ``net_minor, margin_minor, units`` of the windows (all products of the group, planned or not).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"day": on}
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    # A brand stands in several departments, and products of one name are told apart by their numbers.
    apart = {"brand": "''", "product": "COALESCE(v.product_id, x.variant_id)"}
    department = apart.get(by, "COALESCE(h.department, 'Unknown')")
    keys = {"department": department, "category": "COALESCE(h.category, 'Unknown')", "brand": _BRAND, "product": _NAME}
    key = keys[by]
    part = part_condition(only, params, variant="v", shelf="h")
    sql = f"""WITH space AS (
SELECT {key} AS key, {department} AS department,
  SUM(x.facings) AS facings, COUNT(DISTINCT x.store_id || ' ' || x.variant_id) AS products,
  SUM(x.shelf_capacity) AS capacity
FROM planogram x {_GROUPED}
WHERE x.store_id IN ({stores}) AND {_in_force("x")} AND x.facings > 0{part}
GROUP BY {key}, {department}
),
sold AS (
SELECT {key} AS key, {department} AS department,
  SUM(x.net_minor) AS net_minor, SUM(x.units) AS units,
  SUM(CASE WHEN x.lines > x.unknown_cost_lines THEN x.known_cost_net_minor - x.cogs_minor END) AS margin_minor
FROM store_sku_day x {_GROUPED}
WHERE ({window_condition(windows, params, hourly=False)}){part}
GROUP BY {key}, {department}
)
SELECT COALESCE(s.key, d.key) AS key, COALESCE(s.department, d.department) AS department, s.facings, s.products,
  s.capacity, d.net_minor, d.margin_minor, d.units
FROM space s FULL JOIN sold d ON d.key = s.key AND d.department = s.department
ORDER BY 1, 2"""
    return Statement(sql, params)


def build_places(
    store_ids: Sequence[str], scope: Scope, on: date, since: datetime, until: datetime, *, only: Filter
) -> Statement:
    """Where a few products should stand and where they were scanned.

    Columns: ``store_id, variant_id, planned`` (true for the planogram, false for the last scan), ``fixture, position,
    facings, at`` (of the scan).

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"day": on, "since": since, "until": until}
    stores = scoped_stores(store_ids, scope, params)
    part = part_condition(only, params, variant="v", shelf="h")
    sql = f"""WITH {_planned_and_seen(stores, part)},
last_scan AS (
SELECT s.store_id, s.variant_id, s.fixture, s.position, s.scanned_at,
  ROW_NUMBER() OVER (PARTITION BY s.store_id, s.variant_id ORDER BY s.scanned_at DESC, s.fixture, s.position) AS place
FROM seen s WHERE s.fixture IS NOT NULL
)
SELECT p.store_id, p.variant_id, TRUE AS planned, p.fixture, p.position, p.facings, NULL AS at FROM plan p
UNION ALL
SELECT l.store_id, l.variant_id, FALSE AS planned, l.fixture, l.position, NULL AS facings, l.scanned_at AS at
FROM last_scan l WHERE l.place = 1
ORDER BY 2, 1, 3 DESC, 4, 5"""
    return Statement(sql, params)
