"""What was found wrong, as a temporary table: one row per fault, with its place in the file.

``load_fault`` has ``table_name``, ``place`` (the row in the staged file; null for a row that cannot be read), ``line``,
``column_name``, ``cell``, ``reason``, ``sale_id`` and ``alone`` (true where the document of the row is none the worse
for it). ``load_shift`` says from which record on lines and records of a file lie how far apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import duckdb

from connectors.files.folder import TableFile
from connectors.files.lines import record_starts

_SLICE = 10_000


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be split into cells; ``sale_id`` is what it seems to belong to."""

    line: int
    reason: str
    text: str
    sale_id: str | None


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Start with nothing found."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE load_fault (table_name VARCHAR, place BIGINT, line BIGINT,
          column_name VARCHAR, cell VARCHAR, reason VARCHAR, sale_id VARCHAR, alone BOOLEAN)"""
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE load_irregular (table_name VARCHAR, walked BOOLEAN)")
    connection.execute("CREATE OR REPLACE TEMP TABLE load_shift (table_name VARCHAR, record BIGINT, shift BIGINT)")


def note_cells(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    """Note the bad cells of a staged file."""
    connection.execute(
        f"""INSERT INTO load_fault SELECT '{file.table.name}', place, NULL, fault.column_name, fault.cell,
          fault.reason, {sale_of(file)}, false
        FROM (SELECT *, rowid AS place, unnest(faults) AS fault FROM {file.staged} WHERE faults IS NOT NULL)
        WHERE fault IS NOT NULL"""
    )


def note_unreadable(
    connection: duckdb.DuckDBPyConnection, file: TableFile, rows: Sequence[Unreadable], *, regular: bool
) -> None:
    """Note rows without cells. ``regular`` says that every line but the header is a row."""
    name = file.table.name
    if rows or not regular:
        connection.execute("INSERT INTO load_irregular VALUES (?, false)", [name])
    for part in _slices(rows):
        columns = zip(*((row.line, row.text, row.reason, row.sale_id) for row in part), strict=True)
        line, text, reason, sale = (list(column) for column in columns)
        connection.execute(
            """INSERT INTO load_fault SELECT $name, NULL, unnest(CAST($line AS BIGINT[])), NULL,
              unnest(CAST($text AS VARCHAR[])), unnest(CAST($reason AS VARCHAR[])), unnest(CAST($sale AS VARCHAR[])),
              false""",
            {"name": name, "line": line, "text": text, "reason": reason, "sale": sale},
        )


def sale_of(file: TableFile) -> str:
    """SQL for the document that a row of the file belongs to."""
    return "sale_id" if "sale_id" in file.columns and file.table.name in DOCUMENT else "NULL"


DOCUMENT = ("sale", "sale_line", "sale_discount", "tender")
"""The tables of which one document is made."""


def number_lines(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    """Give every fault of the file that has none its line (for Parquet, its row); before any row is taken out."""
    name = file.table.name
    if not exists(connection, f"load_fault WHERE table_name = '{name}' AND line IS NULL"):
        return
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE load_line AS SELECT n.place, n.record, n.record AS line
        FROM (SELECT rowid AS place, row_number() OVER () AS record FROM {file.staged}) n
        SEMI JOIN (SELECT place FROM load_fault WHERE table_name = '{name}' AND line IS NULL) f ON f.place = n.place"""
    )
    if exists(connection, f"load_irregular WHERE table_name = '{name}'"):
        if exists(connection, f"load_irregular WHERE table_name = '{name}' AND NOT walked"):
            _walk(connection, file)
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE load_line AS SELECT n.place, n.record + s.shift AS line FROM load_line n
            ASOF JOIN (SELECT record, shift FROM load_shift WHERE table_name = '{name}') s ON n.record >= s.record"""
        )
    elif not file.is_parquet:
        connection.execute("UPDATE load_line SET line = record + 1")
    connection.execute(
        f"""UPDATE load_fault AS f SET line = n.line FROM load_line n
        WHERE f.table_name = '{name}' AND f.line IS NULL AND f.place = n.place"""
    )


def exists(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Whether a relation has a row."""
    return connection.execute(f"SELECT 1 FROM {relation} LIMIT 1").fetchone() is not None


def _walk(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    name = file.table.name
    unread = {
        row[0]
        for row in connection.execute(
            f"SELECT line FROM load_fault WHERE table_name = '{name}' AND place IS NULL"
        ).fetchall()
    }
    for part in _slices(_shifts(record_starts(file.path, file.delimiter), unread)):
        connection.execute(
            "INSERT INTO load_shift SELECT $name, unnest(CAST($record AS BIGINT[])), unnest(CAST($shift AS BIGINT[]))",
            {"name": name, "record": [row[0] for row in part], "shift": [row[1] for row in part]},
        )
    connection.execute(f"UPDATE load_irregular SET walked = true WHERE table_name = '{name}'")


def _shifts(starts: Iterable[int], unread: set[int]) -> Iterator[tuple[int, int]]:
    """The records at which the distance between record and line changes, with the new distance."""
    record, known = 0, None
    for line in starts:
        if line in unread:
            continue
        record += 1
        if line - record != known:
            known = line - record
            yield record, known


def _slices(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while part := list(islice(remaining, _SLICE)):
        yield part
