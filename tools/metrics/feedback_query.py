"""SQL over customer feedback, within the scope; only what belongs to a store is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tools.context import Scope
from tools.metrics.query import Statement, Window, bind, checked_scope, window_condition

_LOCAL = "(f.received_at AT TIME ZONE st.timezone)"
_STARTS = "COALESCE(st.day_starts_at, TIME '00:00:00')"
STAFF_NAMES = "SELECT DISTINCT name FROM employee WHERE name IS NOT NULL ORDER BY name"
"""Names to take out of quotes; never shown."""


def build_feedback(windows: Sequence[Window], scope: Scope, *, limit: int) -> Statement:
    """Feedback of the windows, newest first: ``feedback_id, store_id, business_on, rating, text, source, found``.

    ``found`` is how many there are before the limit.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    sql = f"""SELECT x.feedback_id, x.store_id, x.business_on, x.rating, x.text, x.source, COUNT(*) OVER () AS found
FROM (
SELECT f.feedback_id, f.store_id, f.rating, f.text, f.source, f.received_at,
  CASE WHEN CAST({_LOCAL} AS TIME) < {_STARTS} THEN CAST({_LOCAL} AS DATE) - 1
    ELSE CAST({_LOCAL} AS DATE) END AS business_on
FROM feedback f JOIN store st ON st.store_id = f.store_id
WHERE f.store_id IN ({stores}) AND f.received_at >= CAST({band[0]} AS TIMESTAMPTZ)
  AND f.received_at < CAST({band[1]} AS TIMESTAMPTZ)
) x
WHERE {window_condition(windows, params, hourly=False)}
ORDER BY x.received_at DESC, x.feedback_id
LIMIT $limit"""
    return Statement(sql, params)


def build_reach(store_ids: Sequence[str]) -> Statement:
    """How much feedback there is of these stores at all, and from when to when: ``notes, first_at, last_at``."""
    params: dict[str, Any] = {}
    named = bind(params, "store", store_ids)
    sql = f"""SELECT COUNT(*) AS notes, MIN(f.received_at) AS first_at, MAX(f.received_at) AS last_at
FROM feedback f WHERE f.store_id IN ({named})"""
    return Statement(sql, params)
