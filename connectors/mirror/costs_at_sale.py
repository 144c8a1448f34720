"""The cost of what was sold, as it was when it was sold: the store's own, else everybody's."""

from __future__ import annotations

import duckdb

_LACKING = "l.unit_cost IS NULL AND l.variant_id IS NOT NULL"
_ALWAYS = "TIMESTAMPTZ '0001-01-01 00:00:00+00'"


def give_costs(connection: duckdb.DuckDBPyConnection, sales: str, lines: str) -> None:
    """Give staged lines without a cost the one that was in force when their document was closed, if one is known.

    Where several costs of a store begin at once, as with several suppliers, the one that came last stands.

    Args:
        connection: the writer's.
        sales: the staged documents.
        lines: the staged lines of these documents.
    """
    known = connection.execute(
        f"""SELECT 1 FROM cost c WHERE c.unit_cost IS NOT NULL
          AND c.variant_id IN (SELECT l.variant_id FROM {lines} l WHERE {_LACKING}) LIMIT 1"""
    ).fetchone()
    if not known:
        return
    connection.execute(
        f"""UPDATE {lines} AS t SET unit_cost = f.unit_cost FROM (
          WITH lacking AS (
            SELECT l.sale_id, l.line_no, l.variant_id, s.store_id, s.closed_at
            FROM {lines} l JOIN {sales} s ON s.sale_id = l.sale_id WHERE {_LACKING}),
          history AS (
            SELECT c.variant_id, c.store_id, coalesce(c.valid_from_at, {_ALWAYS}) AS since_at,
              arg_max(c.unit_cost, c.rowid) AS unit_cost
            FROM cost c WHERE c.unit_cost IS NOT NULL AND c.variant_id IN (SELECT variant_id FROM lacking)
            GROUP BY ALL)
          SELECT a.sale_id, a.line_no, coalesce(own.unit_cost, every.unit_cost) AS unit_cost FROM lacking a
          ASOF LEFT JOIN (SELECT * FROM history WHERE store_id IS NOT NULL) own
            ON own.variant_id = a.variant_id AND own.store_id = a.store_id AND a.closed_at >= own.since_at
          ASOF LEFT JOIN (SELECT * FROM history WHERE store_id IS NULL) every
            ON every.variant_id = a.variant_id AND a.closed_at >= every.since_at) f
        WHERE f.sale_id = t.sale_id AND f.line_no = t.line_no AND f.unit_cost IS NOT NULL"""
    )
