"""Business days that follow a store's clock: when its zone or the start of its day is put right, so are they.

A sale's business day is derived when it comes in. A platform whose time zone was set wrongly, and is set right later,
would leave every earlier sale on the day of the wrong clock, and only a rebuild would move it. A day that does not
agree with the old clock was given by a file, and stays.
"""

from __future__ import annotations

from datetime import date

import duckdb

from connectors.mirror.schema import PARTS

_START = "to_seconds(extract('epoch' FROM coalesce({0}.day_starts_at, TIME '00:00:00')))"
_DAY = f"CAST((s.closed_at AT TIME ZONE {{0}}.timezone) - {_START} AS DATE)"


def redate(connection: duckdb.DuckDBPyConnection, staged: str) -> set[tuple[str, date]]:
    """Move the derived business days of stores whose clock differs in ``staged``; their rows are still the old ones.

    Args:
        connection: the writer's, in a transaction.
        staged: stores that are about to replace stored ones. A zone that the engine does not know moves nothing.

    Returns:
        The (store, business date) pairs that lost or gained sales.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE redated AS
        SELECT s.sale_id, s.store_id, s.business_on AS was, {_DAY.format("n")} AS becomes
        FROM sale s JOIN store st ON st.store_id = s.store_id JOIN {staged} n ON n.store_id = s.store_id
        WHERE (n.timezone <> st.timezone OR {_START.format("n")} <> {_START.format("st")})
          AND n.timezone IN (SELECT name FROM pg_timezone_names())
          AND s.business_on = {_DAY.format("st")} AND {_DAY.format("n")} <> s.business_on"""
    )
    found = connection.execute(
        "SELECT store_id, was FROM redated UNION SELECT store_id, becomes FROM redated"
    ).fetchall()
    if found:
        for table in ("sale", *PARTS):
            connection.execute(
                f"UPDATE {table} AS t SET business_on = r.becomes FROM redated r WHERE r.sale_id = t.sale_id"
            )
    connection.execute("DROP TABLE redated")
    return {(store_id, day) for store_id, day in found}
