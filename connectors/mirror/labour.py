"""Hours clocked by store and business day, and what they cost; kept for the days that a commit touches.

Time cards say instants. A question about a chain would put every card on its store's clock and look up what its
employee earns; here both are done when cards come in. ``labour_day`` follows the cards, what employees earn by the
hour, and the clocks of stores. Its columns, each over the cards that were clocked in on a business day:

* ``seconds`` worked, breaks taken off; null while every card is open.
* ``wage_seconds``, seconds times hourly wage: of the card, else of its employee; null where no card has a wage.
* ``open_cards`` that nobody has clocked out of yet.
* ``unpaid_seconds`` of cards without a wage.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert
from connectors.mirror.local_time import local_time
from connectors.mirror.schema import ROLLUPS

CARDS = "timecard"
"""The table of who clocked in and out."""
WAGES = "employee"
"""The table of what a card costs that does not say so itself."""

Day = tuple[str, date]

_COLUMNS = tuple(ROLLUPS["labour_day"])
_MIDNIGHT = "TIME '00:00:00'"
_WORKED = "epoch(x.clock_out_at) - epoch(x.clock_in_at) - 60 * coalesce(x.break_minutes, 0)"
_RATE = f"coalesce(x.wage_minor, (SELECT max(e.hourly_minor) FROM {WAGES} e WHERE e.employee_id = x.employee_id))"
_FEW_DAYS = 64
"""Of so few days each card is put on the clock by itself."""


def days_of_cards(connection: duckdb.DuckDBPyConnection, staged: str) -> set[Day]:
    """The days of cards, as they are stored, that have the same ids as staged ones."""
    return _days(connection, f"x.timecard_id IN (SELECT n.timecard_id FROM {staged} n)")


def days_of_other_wages(connection: duckdb.DuckDBPyConnection, staged: str) -> set[Day]:
    """The days of cards that cost something else once staged employees have replaced the stored ones."""
    return _days(
        connection,
        f"""x.wage_minor IS NULL AND x.employee_id IN (
          SELECT n.employee_id FROM {staged} n LEFT JOIN {WAGES} e ON e.employee_id = n.employee_id
          WHERE n.hourly_minor IS DISTINCT FROM e.hourly_minor)""",
    )


def days_of_stores(connection: duckdb.DuckDBPyConnection, store_ids: Collection[str]) -> set[Day]:
    """The days of all cards of stores, on the clocks that these have now."""
    if not store_ids:
        return set()
    return _days(connection, "x.store_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))", {"ids": list(store_ids)})


def add_up(connection: duckdb.DuckDBPyConnection, touched: Collection[Day]) -> None:
    """Write days again from their cards, which must be there as they are to be."""
    if not touched:
        return
    days = [day for _, day in touched]
    connection.execute("CREATE OR REPLACE TEMP TABLE clocked_day (store_id VARCHAR, business_on DATE)")
    connection.execute(
        "INSERT INTO clocked_day SELECT unnest($stores), unnest($days)",
        {"stores": [store for store, _ in touched], "days": days},
    )
    within = f"""r.business_on BETWEEN DATE '{min(days)}' AND DATE '{max(days)}'
      AND (r.store_id, r.business_on) IN (SELECT c.store_id, c.business_on FROM clocked_day c)"""
    connection.execute(f"DELETE FROM labour_day AS r WHERE {within}")
    band = f"{_band(min(days), max(days))} AND x.store_id IN (SELECT c.store_id FROM clocked_day c)"
    _insert(connection, within, band, few=len(touched) <= _FEW_DAYS)
    connection.execute("DROP TABLE clocked_day")


def make_again(connection: duckdb.DuckDBPyConnection) -> None:
    """All days anew, a month at a time; a store's month may begin before that of UTC or end after it."""
    connection.execute("DELETE FROM labour_day")
    mind_an_empty_insert(connection, "labour_day", "store_id")
    found = connection.execute(
        f"SELECT DISTINCT CAST(date_trunc('month', clock_in_at) AS DATE) FROM {CARDS} WHERE clock_in_at IS NOT NULL"
    ).fetchall()
    for month in sorted({(month + timedelta(days=days)).replace(day=1) for (month,) in found for days in (-2, 0, 32)}):
        last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        _insert(connection, f"r.business_on BETWEEN DATE '{month}' AND DATE '{last}'", _band(month, last), few=False)
        mind_an_empty_insert(connection, "labour_day", "store_id")


def _band(first: date, last: date) -> str:
    """Instants that may lie on business days, wherever the store is."""
    low, high = first - timedelta(days=2), last + timedelta(days=3)
    return f"""x.clock_in_at >= TIMESTAMPTZ '{low} 00:00:00+00' AND x.clock_in_at < TIMESTAMPTZ '{high} 00:00:00+00'"""


def _days(connection: duckdb.DuckDBPyConnection, among: str, params: dict[str, list[str]] | None = None) -> set[Day]:
    found = connection.execute(
        f"""SELECT DISTINCT r.store_id, r.business_on FROM ({_on_the_clock(among, few=True)}) r""", params or {}
    ).fetchall()
    return {(store_id, day) for store_id, day in found}


def _insert(connection: duckdb.DuckDBPyConnection, days: str, among: str, *, few: bool) -> None:
    sums = {
        "seconds": "sum(r.seconds)",
        "wage_seconds": "sum(CAST(r.seconds AS HUGEINT) * r.rate)",
        "open_cards": "count(*) FILTER (WHERE r.seconds IS NULL)",
        "unpaid_seconds": "sum(CASE WHEN r.rate IS NULL THEN coalesce(r.seconds, 0) ELSE 0 END)",
    }
    measures = ", ".join(f"CAST({sql} AS {ROLLUPS['labour_day'][name]})" for name, sql in sums.items())
    cards = _on_the_clock(among, f", CAST({_WORKED} AS BIGINT) AS seconds, {_RATE} AS rate", few=few)
    connection.execute(
        f"""INSERT INTO labour_day ({", ".join(_COLUMNS)})
        SELECT r.store_id, r.business_on, {measures} FROM ({cards}) r WHERE {days}
        GROUP BY r.store_id, r.business_on ORDER BY r.store_id, r.business_on"""
    )


def _on_the_clock(among: str, measures: str = "", *, few: bool) -> str:
    """``store_id, business_on`` and the measures of cards ``x`` that match a condition and say when they began."""
    source = f"(SELECT * FROM {CARDS} x WHERE x.clock_in_at IS NOT NULL AND {among}) x"
    source += " JOIN store st ON st.store_id = x.store_id"
    local = local_time("x.clock_in_at", "st.timezone", source)
    at = "(x.clock_in_at AT TIME ZONE st.timezone)" if few else local.instant
    return f"""{"" if few else f"WITH {local.quarters}"}
      SELECT x.store_id, CASE WHEN CAST({at} AS TIME) < coalesce(st.day_starts_at, {_MIDNIGHT})
          THEN CAST({at} AS DATE) - 1 ELSE CAST({at} AS DATE) END AS business_on{measures}
      FROM {source} {"" if few else local.join}"""
