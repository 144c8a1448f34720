"""Prices and costs with the instant until which each is in force, so that the present one is found by looking.

The tables themselves hold histories: what is in force now is the latest that has begun, which is a group over all of
them. Here each amount has its end, and where the costs of several suppliers begin at once the lowest stands. Amounts of
different currencies do not end each other. What holds in every store has the store ``ALL_STORES``.
"""

from __future__ import annotations

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert
from connectors.mirror.rows import ALL_STORES

KINDS = {"price": "price", "cost": "unit_cost"}
"""Table to the column that holds the amount."""

_ROWS = """SELECT '{kind}', f.store_id, f.variant_id, f.since_at,
  lead(f.since_at) OVER (PARTITION BY f.store_id, f.variant_id, f.currency ORDER BY f.since_at), f.amount, f.currency
FROM (SELECT coalesce(c.store_id, '{all_stores}') AS store_id, c.variant_id,
    coalesce(c.valid_from_at, TIMESTAMPTZ '1900-01-01 00:00:00+00') AS since_at,
    min(c.{column}) AS amount, c.currency
  FROM {kind} c WHERE c.{column} IS NOT NULL{only} GROUP BY 1, 2, 3, c.currency) f
ORDER BY f.store_id, f.variant_id, f.since_at"""
_INSERT = "INSERT INTO amount_in_force (kind, store_id, variant_id, since_at, until_at, amount, currency) "


def rebuild(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all of it anew."""
    connection.execute("DELETE FROM amount_in_force")
    for kind, column in KINDS.items():
        mind_an_empty_insert(connection, "amount_in_force", "variant_id")
        connection.execute(_INSERT + _ROWS.format(kind=kind, column=column, all_stores=ALL_STORES, only=""))


def follow(connection: duckdb.DuckDBPyConnection, kind: str, staged: str) -> None:
    """Make those of the staged rows' products and stores anew, once the rows are in their table."""
    connection.execute(
        f"""DELETE FROM amount_in_force AS t USING {staged} AS n
        WHERE t.kind = '{kind}' AND t.variant_id = n.variant_id AND t.store_id = coalesce(n.store_id, '{ALL_STORES}')"""
    )
    only = f""" AND EXISTS (SELECT 1 FROM {staged} n
      WHERE n.variant_id = c.variant_id AND n.store_id IS NOT DISTINCT FROM c.store_id)"""
    connection.execute(_INSERT + _ROWS.format(kind=kind, column=KINDS[kind], all_stores=ALL_STORES, only=only))
