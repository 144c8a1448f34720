"""Rows that carry an instant, put on the clock of their store: its business date and its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tools.metrics.windows import Window, bind


def stamped(table: str, at: str, measures: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Rows that carry an instant, given the store's business date and hour; a wide band of instants comes first.

    Stores share zones and instants: each is looked up once on the clock of its zone, not for every row.
    """
    within = _band(at, windows, params)
    if not all(window.whole_chain for window in windows):
        stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
        within = f"x.store_id IN ({stores}) AND {within}"
    rows = f"FROM {table} x JOIN store st ON st.store_id = x.store_id"
    return (
        "SELECT x.store_id, CASE WHEN CAST(m.local_at AS TIME) < COALESCE(st.day_starts_at, TIME '00:00:00')\n"
        "    THEN CAST(m.local_at AS DATE) - 1 ELSE CAST(m.local_at AS DATE) END AS business_on,\n"
        f"  CAST(EXTRACT(HOUR FROM m.local_at) AS INTEGER) AS hour_of_day, {measures}\n{rows}\n"
        "JOIN (SELECT d.timezone, d.at, d.at AT TIME ZONE d.timezone AS local_at\n"
        f"  FROM (SELECT DISTINCT st.timezone, x.{at} AS at {rows} WHERE {within}) d) m\n"
        f"  ON m.timezone = st.timezone AND m.at = x.{at}\nWHERE {within}"
    )


def _band(at: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """A wide band of instants around the windows, as a condition on ``x``."""
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    return f"x.{at} >= CAST({band[0]} AS TIMESTAMPTZ) AND x.{at} < CAST({band[1]} AS TIMESTAMPTZ)"
