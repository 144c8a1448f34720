"""Visitors by store, business day and hour of the store's clock, and each day of a store held against its sales.

Counters say instants. A question about a chain would put every instant on its store's clock and hold the hours of each
counter against the hours that sold something; here both are done when rows come in. ``door_hour`` follows the counts
and the stores' clocks. ``door_day`` has a row for every day of a store that sold or was counted; which hours did is a
set of bits, hour 0 the lowest, so that days can be held against each other without reading their hours again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert
from connectors.mirror.local_time import local_time
from connectors.mirror.schema import ROLLUPS

COUNTS = "foot_traffic"
"""The table of what the counters said."""

_HOUR, _DAY = ROLLUPS["door_hour"], ROLLUPS["door_day"]
_MIDNIGHT = "TIME '00:00:00'"
_FEW_COUNTS = 500
"""So few counts are put on the clock one by one."""


def follow(connection: duckdb.DuckDBPyConnection, staged: str) -> None:
    """Put counts on the clocks of their stores again, once they have come or gone.

    Args:
        connection: the writer's.
        staged: a table with the stores and instants of what changed.
    """
    (counted,) = connection.execute(f"SELECT count(*) FROM {staged}").fetchone() or (0,)
    few = counted <= _FEW_COUNTS
    source = f"{staged} n JOIN store st ON st.store_id = n.store_id"
    found = connection.execute(
        f"""SELECT d.store_id, d.business_on FROM ({_on_the_clock(source, "n", few=few)}) d GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    if not found:
        return
    stores = sorted({store_id for store_id, _ in found})
    first, last = min(day for _, day in found), max(day for _, day in found)
    days = f"r.business_on BETWEEN DATE '{first}' AND DATE '{last}' AND r.store_id BETWEEN $first AND $last"
    low, high = first - timedelta(days=2), last + timedelta(days=3)
    among = f"""f.store_id BETWEEN $first AND $last
      AND f.hour_at BETWEEN TIMESTAMPTZ '{low} 00:00:00+00' AND TIMESTAMPTZ '{high} 00:00:00+00'"""
    if len(stores) > 1 or len(found) <= (last - first).days:  # some in between are not meant
        connection.execute("CREATE OR REPLACE TEMP TABLE counted_day (store_id VARCHAR, business_on DATE)")
        connection.execute(
            "INSERT INTO counted_day SELECT unnest($stores), unnest($days)",
            {"stores": [store_id for store_id, _ in found], "days": [day for _, day in found]},
        )
        days += " AND (r.store_id, r.business_on) IN (SELECT c.store_id, c.business_on FROM counted_day c)"
        among += " AND f.store_id IN (SELECT c.store_id FROM counted_day c)"
    _write(connection, days, among, {"first": stores[0], "last": stores[-1]}, few=few)


def follow_clocks(connection: duckdb.DuckDBPyConnection, store_ids: Collection[str]) -> None:
    """Put all counts of stores on their clocks again."""
    if not store_ids:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE moved_store (store_id VARCHAR)")
    connection.execute("INSERT INTO moved_store SELECT unnest(CAST($ids AS VARCHAR[]))", {"ids": list(store_ids)})
    among = "{0}.store_id IN (SELECT m.store_id FROM moved_store m)"
    _write(connection, among.format("r"), among.format("f"), {}, few=False)
    connection.execute("DROP TABLE moved_store")


def make_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Both rollups anew, from counts and from the hours that sold."""
    put_on_the_clock(connection)
    connection.execute("DELETE FROM door_day")
    months = connection.execute(
        """SELECT DISTINCT CAST(date_trunc('month', business_on) AS DATE) AS month FROM
          (SELECT business_on FROM store_hour UNION ALL SELECT business_on FROM door_hour) ORDER BY 1"""
    )
    for (month,) in months.fetchall():
        _insert_days(connection, f"r.business_on BETWEEN DATE '{month}' AND last_day(DATE '{month}')", {})
        mind_an_empty_insert(connection, "door_day", "store_id")


def put_on_the_clock(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``door_hour`` anew, a month at a time; a store's month may begin before that of UTC or end after it."""
    connection.execute("DELETE FROM door_hour")
    mind_an_empty_insert(connection, "door_hour", "store_id")
    found = connection.execute("SELECT DISTINCT CAST(date_trunc('month', hour_at) AS DATE) FROM foot_traffic")
    months = {(month + timedelta(days=days)).replace(day=1) for (month,) in found.fetchall() for days in (-2, 0, 32)}
    for month in sorted(months):
        following = (month + timedelta(days=32)).replace(day=1)
        band = f"""f.hour_at >= TIMESTAMPTZ '{month - timedelta(days=2)} 00:00:00+00'
          AND f.hour_at < TIMESTAMPTZ '{following + timedelta(days=3)} 00:00:00+00'"""
        _insert_hours(connection, f"r.business_on >= DATE '{month}' AND r.business_on < DATE '{following}'", band, {})
        mind_an_empty_insert(connection, "door_hour", "store_id")


def add_missing_days(connection: duckdb.DuckDBPyConnection) -> None:
    """The days on which a store was counted and sold nothing, once the others are there."""
    _insert_days(
        connection,
        """r.business_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM door_day d
          WHERE d.store_id = r.store_id AND d.business_on = r.business_on)""",
        {},
    )


def add_up(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """Write ``door_day`` for days whose hours are there; old rows must be gone.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``.
        bounds: its parameters.
    """
    _insert_days(connection, scope, bounds)


def _write(
    connection: duckdb.DuckDBPyConnection, days: str, among: str, bounds: Mapping[str, str], *, few: bool
) -> None:
    connection.execute(f"DELETE FROM door_hour AS r WHERE {days}", dict(bounds))
    _insert_hours(connection, days, among, bounds, few=few)
    connection.execute(f"DELETE FROM door_day AS r WHERE {days}", dict(bounds))
    _insert_days(connection, days, bounds)


def _insert_hours(
    connection: duckdb.DuckDBPyConnection, days: str, among: str, bounds: Mapping[str, str], *, few: bool = False
) -> None:
    """``days`` is a condition on the rows that come of it, ``among`` one on ``foot_traffic f``."""
    source = f"foot_traffic f JOIN store st ON st.store_id = f.store_id AND {among}"
    connection.execute(
        f"""INSERT INTO door_hour ({", ".join(_HOUR)})
        SELECT r.store_id, r.business_on, r.hour_of_day, CAST(sum(r.visitors) AS {_HOUR["visitors"]}),
          max(CASE WHEN r.visitors IS NOT NULL THEN r.hour_at END)
        FROM ({_on_the_clock(source, "f", ", f.visitors", few=few)}) r WHERE {days}
        GROUP BY r.store_id, r.business_on, r.hour_of_day ORDER BY r.store_id, r.business_on, r.hour_of_day""",
        dict(bounds),
    )


def _on_the_clock(source: str, alias: str, measures: str = "", *, few: bool) -> str:
    """``store_id, business_on, hour_of_day, hour_at`` and the measures of counts joined to their store ``st``.

    Over many counts each quarter of an hour is looked up once; of few each count by itself.
    """
    local = local_time(f"{alias}.hour_at", "st.timezone", source)
    at = f"({alias}.hour_at AT TIME ZONE st.timezone)" if few else local.instant
    return f"""{"" if few else f"WITH {local.quarters}"}
      SELECT {alias}.store_id, CASE WHEN CAST({at} AS TIME) < coalesce(st.day_starts_at, {_MIDNIGHT})
          THEN CAST({at} AS DATE) - 1 ELSE CAST({at} AS DATE) END AS business_on,
        CAST(extract('hour' FROM {at}) AS INTEGER) AS hour_of_day, {alias}.hour_at{measures}
      FROM {source} {"" if few else local.join}"""


def _insert_days(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """An hour is sold if something was rung up in it, also if that came to nothing; traded if it had a transaction."""
    sums = {
        "sold": "bit_or(CASE WHEN h.is_sold THEN h.bit ELSE 0 END)",
        "traded": "bit_or(CASE WHEN h.transactions > 0 THEN h.bit ELSE 0 END)",
        "counted": "bit_or(CASE WHEN h.visitors IS NOT NULL THEN h.bit ELSE 0 END)",
        "visitors": "sum(h.visitors)",
        "transactions": "coalesce(sum(h.transactions), 0)",
        "seen_transactions": "coalesce(sum(CASE WHEN h.visitors IS NOT NULL THEN h.transactions END), 0)",
        "seen_net_minor": "coalesce(sum(CASE WHEN h.visitors IS NOT NULL THEN h.net_minor END), 0)",
    }
    measures = ", ".join(f"CAST({sql} AS {_DAY[name]})" for name, sql in sums.items())
    connection.execute(
        f"""INSERT INTO door_day (store_id, business_on, {", ".join(sums)})
        SELECT h.store_id, h.business_on, {measures} FROM (
          SELECT coalesce(s.store_id, c.store_id) AS store_id, coalesce(s.business_on, c.business_on) AS business_on,
            1 << coalesce(s.hour_of_day, c.hour_of_day) AS bit, s.store_id IS NOT NULL AS is_sold,
            s.transactions, s.net_minor, c.visitors
          FROM (SELECT * FROM store_hour r WHERE {scope}) s
          FULL JOIN (SELECT * FROM door_hour r WHERE r.visitors IS NOT NULL AND {scope}) c
            ON c.store_id = s.store_id AND c.business_on = s.business_on AND c.hour_of_day = s.hour_of_day) h
        GROUP BY h.store_id, h.business_on ORDER BY h.store_id, h.business_on""",
        dict(bounds),
    )
