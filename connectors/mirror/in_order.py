"""Writing rows in order, several times in one transaction.

DuckDB 1.5.6 loses sight of rows: where a sorted INSERT brought none, a later one in the same transaction that fills a
row group (122,880 rows) is written to the file, but nobody sees it until the file is opened again. One row that comes
and goes in between is enough for the engine to know better.
"""

from __future__ import annotations

import duckdb


def mind_an_empty_insert(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Call between two sorted inserts into ``table``, unless the first is known to have brought rows.

    Args:
        connection: the writer's, in a transaction.
        table: what is written.
        column: one of its columns that is never null.
    """
    connection.execute(f"INSERT INTO {table} ({column}) VALUES (NULL)")
    connection.execute(f"DELETE FROM {table} WHERE {column} IS NULL")
