"""Rows that carry an instant, put on the clock of their store: its business date and its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tools.metrics.windows import Window, bind

_FEW_STORE_DAYS = 400
"""Of so few days of stores each row is put on its clock by itself; what is looked up must be gathered first."""


def stamped(table: str, at: str, measures: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Rows that carry an instant, given the store's business date and hour; a wide band of instants comes first.

    Stores share zones and instants: over many stores each is looked up once on the clock of its zone, not for every
    row.
    """
    within = _band(at, windows, params)
    if not all(window.whole_chain for window in windows):
        stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
        within = f"x.store_id IN ({stores}) AND {within}"
    rows = f"FROM {table} x JOIN store st ON st.store_id = x.store_id"
    clock, local = "", f"(x.{at} AT TIME ZONE st.timezone)"
    if many_store_days(windows):
        local = "m.local_at"
        clock = (
            "\nJOIN (SELECT d.timezone, d.at, d.at AT TIME ZONE d.timezone AS local_at\n"
            f"  FROM (SELECT DISTINCT st.timezone, x.{at} AS at {rows} WHERE {within}) d) m\n"
            f"  ON m.timezone = st.timezone AND m.at = x.{at}"
        )
    return (
        f"SELECT x.store_id, CASE WHEN CAST({local} AS TIME) < COALESCE(st.day_starts_at, TIME '00:00:00')\n"
        f"    THEN CAST({local} AS DATE) - 1 ELSE CAST({local} AS DATE) END AS business_on,\n"
        f"  CAST(EXTRACT(HOUR FROM {local}) AS INTEGER) AS hour_of_day, {measures}\n{rows}{clock}\nWHERE {within}"
    )


def many_store_days(windows: Sequence[Window]) -> bool:
    """Whether there is so much to put on the clock that it is better gathered first."""
    days = sum(len(window.store_ids) * ((window.end_on - window.start_on).days + 1) for window in windows)
    return days > _FEW_STORE_DAYS


def _band(at: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """A wide band of instants around the windows, as a condition on ``x``."""
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    return f"x.{at} >= CAST({band[0]} AS TIMESTAMPTZ) AND x.{at} < CAST({band[1]} AS TIMESTAMPTZ)"
