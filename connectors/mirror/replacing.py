"""Rows that are replaced by their key, with all that the mirror derives of them.

Prices in force, visitors and hours clocked on the clocks of their stores follow here, in one place for feeds and for
files; of sales, the days are named whose totals have to be made again.
"""

from __future__ import annotations

from datetime import date

import duckdb

from connectors.mirror import amounts, labour, visits
from connectors.mirror.redating import redate
from connectors.mirror.staging import replace_by_key
from connectors.records import Table

Day = tuple[str, date]


def replace(connection: duckdb.DuckDBPyConnection, table: Table, staged: str) -> set[Day]:
    """Replace stored rows by staged ones of the same key, in the caller's transaction.

    Args:
        connection: the writer's.
        table: any but a sale and its parts.
        staged: the name of the table or view with the new rows.

    Returns:
        The store-days whose totals of sales have to be made again.
    """
    name = table.name
    touched = _days_recounted(connection, name, staged)
    moved: list[str] = []
    if name == "store":
        touched |= redate(connection, staged)
        moved = _with_another_clock(connection, staged)
    clocked = _days_clocked(connection, name, staged) | labour.days_of_stores(connection, moved)
    replace_by_key(connection, table, staged)
    if name in amounts.KINDS:
        amounts.follow(connection, name, staged)
    if name == visits.COUNTS:
        visits.follow(connection, staged)
    visits.follow_clocks(connection, moved)
    if name == labour.CARDS:
        clocked |= labour.days_of_cards(connection, staged)
    labour.add_up(connection, clocked | labour.days_of_stores(connection, moved))
    return touched


def _with_another_clock(connection: duckdb.DuckDBPyConnection, staged: str) -> list[str]:
    """Staged stores that are new or whose clock differs, with counts or time cards; the stored ones are the old ones.

    One whose zone the engine does not know is left out.
    """
    found = connection.execute(
        f"""SELECT n.store_id FROM {staged} n LEFT JOIN store st ON st.store_id = n.store_id
        WHERE (st.store_id IS NULL OR n.timezone IS DISTINCT FROM st.timezone
            OR n.day_starts_at IS DISTINCT FROM st.day_starts_at)
          AND (n.store_id IN (SELECT f.store_id FROM {visits.COUNTS} f)
            OR n.store_id IN (SELECT t.store_id FROM {labour.CARDS} t))
          AND n.timezone IN (SELECT name FROM pg_timezone_names())"""
    ).fetchall()
    return [store_id for (store_id,) in found]


def _days_clocked(connection: duckdb.DuckDBPyConnection, name: str, staged: str) -> set[Day]:
    """Days whose hours change, or what they cost, by what is stored yet."""
    if name == labour.CARDS:
        return labour.days_of_cards(connection, staged)
    return labour.days_of_other_wages(connection, staged) if name == labour.WAGES else set()


def _days_recounted(connection: duckdb.DuckDBPyConnection, name: str, staged: str) -> set[Day]:
    """Days whose totals change because the catalogue or a store's clock did, not the sales."""
    if name == "variant":
        found = connection.execute(
            f"""SELECT DISTINCT l.store_id, l.business_on FROM sale_line l WHERE l.variant_id IN (
                SELECT n.variant_id FROM {staged} n LEFT JOIN variant v ON v.variant_id = n.variant_id
                WHERE (coalesce(n.unit_of_measure, 'each') = 'each')
                  <> (coalesce(v.unit_of_measure, 'each') = 'each'))"""
        ).fetchall()
    elif name == "store":
        found = connection.execute(
            f"""SELECT DISTINCT s.store_id, s.business_on FROM sale s WHERE s.store_id IN (
                SELECT n.store_id FROM {staged} n JOIN store st ON st.store_id = n.store_id
                WHERE n.timezone <> st.timezone)"""
        ).fetchall()
    else:
        return set()
    return {(store_id, day) for store_id, day in found}
