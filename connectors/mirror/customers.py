"""The rollup of customers: the day on which each first bought at a store, so that who is new is not looked for.

A purchase is a sale or an exchange; a return is none. It follows ``customer_hour``, which holds the visits of known
customers: a visit may bring a day forward, and only where a first day has lost its visit is the history asked again.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert

_FIRST = """SELECT h.store_id, h.customer_key, min(h.business_on) FROM customer_hour h
  WHERE h.transactions > 0{only} GROUP BY h.store_id, h.customer_key ORDER BY h.store_id, h.customer_key"""
_INSERT = "INSERT INTO customer_first (store_id, customer_key, first_on) "


def make_again(connection: duckdb.DuckDBPyConnection) -> None:
    """All of it anew, from all visits."""
    connection.execute("DELETE FROM customer_first")
    mind_an_empty_insert(connection, "customer_first", "store_id")
    connection.execute(_INSERT + _FIRST.format(only=""))


def follow(connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
    """Keep up with the visits of some days, once these are written again.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``, which has ``store_id`` and ``business_on``.
        bounds: its parameters; ``first`` and ``last`` are the stores between which they lie.
    """
    within = "t.store_id BETWEEN $first AND $last"
    connection.execute(
        f"""MERGE INTO customer_first AS t USING (
          SELECT r.store_id, r.customer_key, min(r.business_on) AS first_on FROM customer_hour r
          WHERE r.transactions > 0 AND {scope} GROUP BY r.store_id, r.customer_key) AS n
        ON t.store_id = n.store_id AND t.customer_key = n.customer_key AND {within}
        WHEN MATCHED AND n.first_on < t.first_on THEN UPDATE SET first_on = n.first_on
        WHEN NOT MATCHED THEN INSERT (store_id, customer_key, first_on) VALUES (n.store_id, n.customer_key, n.first_on)
        """,
        dict(bounds),
    )
    lost = connection.execute(
        f"""SELECT r.store_id, r.customer_key FROM (
          SELECT c.store_id, c.customer_key, c.first_on AS business_on FROM customer_first c) r
        WHERE {scope} AND NOT EXISTS (SELECT 1 FROM customer_hour h WHERE h.store_id = r.store_id
          AND h.business_on = r.business_on AND h.customer_key = r.customer_key AND h.transactions > 0
          AND h.store_id BETWEEN $first AND $last)""",
        dict(bounds),
    ).fetchall()
    if not lost:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE lost_customer (store_id VARCHAR, customer_key VARCHAR)")
    connection.execute(
        "INSERT INTO lost_customer SELECT unnest($stores), unnest($keys)",
        {"stores": [store_id for store_id, _ in lost], "keys": [key for _, key in lost]},
    )
    among = "({0}.store_id, {0}.customer_key) IN (SELECT l.store_id, l.customer_key FROM lost_customer l)"
    connection.execute(f"DELETE FROM customer_first AS t WHERE {within} AND {among.format('t')}", dict(bounds))
    only = f" AND h.store_id BETWEEN $first AND $last AND {among.format('h')}"
    connection.execute(_INSERT + _FIRST.format(only=only), dict(bounds))
    mind_an_empty_insert(connection, "customer_first", "store_id")
    connection.execute("DROP TABLE lost_customer")
