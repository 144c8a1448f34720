"""The rollup per product and day over all stores, kept by what a commit changes in the rollup per store.

A question about the products of a whole chain would otherwise read every store's products. A commit changes a few of
them: what they were is taken off and what they are now is added, in one statement, since commits are many. Where very
many days change at once, those days are added up again instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert
from connectors.mirror.schema import ROLLUPS

_KEYS = ("business_on", "variant_id")
_MEASURES = tuple(name for name in ROLLUPS["sku_day"] if name not in _KEYS)


def exchange(
    connection: duckdb.DuckDBPyConnection,
    scope: str,
    bounds: Mapping[str, str],
    first_on: date,
    last_on: date,
    *,
    rolled: str,
) -> None:
    """Take off the rows of ``store_sku_day`` in a scope and add those that are about to replace them.

    Args:
        connection: the writer's.
        scope: the store-days as a condition on ``r``.
        bounds: its parameters.
        first_on: the first day of the scope; without it and the last every row of the rollup would be looked at.
        last_on: the last day.
        rolled: the table with the new rows, columns as in ``store_sku_day``.
    """
    old = ", ".join(f"-r.{name}" for name in _MEASURES)
    new = ", ".join(f"n.{name}" for name in _MEASURES)
    names = ", ".join((*_KEYS, *_MEASURES))
    sums = ", ".join(f"CAST(SUM(d.{name}) AS {ROLLUPS['sku_day'][name]}) AS {name}" for name in _MEASURES)
    changes = " OR ".join(f"SUM(d.{name}) <> 0" for name in _MEASURES)
    connection.execute(
        f"""MERGE INTO sku_day AS t USING (
          SELECT d.business_on, d.variant_id, {sums} FROM (
            SELECT n.business_on, n.variant_id, {new} FROM {rolled} n
            UNION ALL SELECT r.business_on, r.variant_id, {old} FROM store_sku_day r WHERE {scope}) d({names})
          GROUP BY 1, 2 HAVING {changes}) AS c
        ON t.business_on = c.business_on AND t.variant_id IS NOT DISTINCT FROM c.variant_id
          AND t.business_on BETWEEN DATE '{first_on.isoformat()}' AND DATE '{last_on.isoformat()}'
        WHEN MATCHED AND t.lines + c.lines = 0 THEN DELETE
        WHEN MATCHED THEN UPDATE SET {", ".join(f"{name} = t.{name} + c.{name}" for name in _MEASURES)}
        WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({", ".join(f"c.{name}" for name in (*_KEYS, *_MEASURES))})""",
        dict(bounds),
    )


def add_up(connection: duckdb.DuckDBPyConnection, days: Collection[date]) -> None:
    """Add up whole days again, a month at a time so that the groups fit into memory."""
    for _, month in groupby(sorted(days), key=lambda day: (day.year, day.month)):
        _add_up_days(connection, list(month))
        mind_an_empty_insert(connection, "sku_day", "business_on")


def _add_up_days(connection: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    scope = f"r.business_on BETWEEN DATE '{days[0]}' AND DATE '{days[-1]}'"
    if len(days) <= (days[-1] - days[0]).days:  # some in between are not meant
        listed = ", ".join(f"DATE '{day.isoformat()}'" for day in days)
        scope += f" AND r.business_on IN ({listed})"
    sums = ", ".join(f"CAST(SUM(r.{name}) AS {ROLLUPS['sku_day'][name]})" for name in _MEASURES)
    connection.execute(f"DELETE FROM sku_day AS r WHERE {scope}")
    connection.execute(
        f"""INSERT INTO sku_day ({", ".join((*_KEYS, *_MEASURES))})
        SELECT r.business_on, r.variant_id, {sums} FROM store_sku_day r WHERE {scope} GROUP BY 1, 2 ORDER BY 1"""
    )
