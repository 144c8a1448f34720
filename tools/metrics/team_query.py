"""SQL over shifts and time cards: who, where, from when to when. Wages are never read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement
from tools.metrics.stock_query import scoped_stores


def build_shifts(store_ids: Sequence[str], scope: Scope, low: datetime, high: datetime, *, drafts: bool) -> Statement:
    """Shifts that begin from ``low`` to before ``high``; deleted ones never.

    Columns: ``shift_id, store_id, employee_id, name`` (null where nobody is assigned), ``role, starts_at, ends_at,
    status``. One without a status counts as published.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"low": low, "high": high}
    stores = scoped_stores(store_ids, scope, params)
    wanted = "<> 'deleted'" if drafts else "= 'published'"
    return Statement(
        f"""SELECT s.shift_id, s.store_id, s.employee_id, COALESCE(e.name, s.employee_id) AS name,
  COALESCE(s.role, e.role, '') AS role, s.starts_at, s.ends_at, COALESCE(s.status, 'published') AS status
FROM scheduled_shift s
LEFT JOIN employee e ON e.employee_id = s.employee_id
WHERE s.store_id IN ({stores}) AND COALESCE(s.status, 'published') {wanted}
  AND s.starts_at >= CAST($low AS TIMESTAMPTZ) AND s.starts_at < CAST($high AS TIMESTAMPTZ)
ORDER BY s.starts_at, s.store_id, name, s.shift_id""",
        params,
    )


def build_reach(store_ids: Sequence[str], scope: Scope, *, drafts: bool) -> Statement:
    """How far each store's schedule reaches: ``store_id, first_at, last_at`` of the shifts' beginnings.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    stores = scoped_stores(store_ids, scope, params)
    wanted = "<> 'deleted'" if drafts else "= 'published'"
    return Statement(
        f"""SELECT s.store_id, MIN(s.starts_at) AS first_at, MAX(s.starts_at) AS last_at
FROM scheduled_shift s
WHERE s.store_id IN ({stores}) AND COALESCE(s.status, 'published') {wanted} AND s.starts_at IS NOT NULL
GROUP BY s.store_id ORDER BY s.store_id""",
        params,
    )


def build_cards(store_ids: Sequence[str], scope: Scope, low: datetime, high: datetime) -> Statement:
    """Time cards opened from ``low`` to before ``high``.

    Columns: ``store_id, employee_id, name, role, clock_in_at, clock_out_at`` (null while open), ``break_minutes``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {"low": low, "high": high}
    stores = scoped_stores(store_ids, scope, params)
    return Statement(
        f"""SELECT t.store_id, t.employee_id, COALESCE(e.name, t.employee_id) AS name, COALESCE(e.role, '') AS role,
  t.clock_in_at, t.clock_out_at, COALESCE(t.break_minutes, 0) AS break_minutes
FROM timecard t
LEFT JOIN employee e ON e.employee_id = t.employee_id
WHERE t.store_id IN ({stores})
  AND t.clock_in_at >= CAST($low AS TIMESTAMPTZ) AND t.clock_in_at < CAST($high AS TIMESTAMPTZ)
ORDER BY t.clock_in_at, t.store_id, name, t.timecard_id""",
        params,
    )


def build_with_cards(store_ids: Sequence[str], scope: Scope) -> Statement:
    """The stores that have any time card: ``store_id``.

    Raises:
        NotAllowedError: a store outside the scope.
    """
    params: dict[str, Any] = {}
    stores = scoped_stores(store_ids, scope, params)
    return Statement(f"SELECT DISTINCT t.store_id FROM timecard t WHERE t.store_id IN ({stores}) ORDER BY 1", params)
