"""What can only be seen across rows and files, and taking out of the staged files everything that is not good.

A key that is there twice with the same content counts once: the first row stays, the copies are set aside and harm
nobody. With different content nobody can say which is right, so all of them are. Documents go whole or not at all: a
sale with one bad line is set aside with its lines, discounts and tenders. So is the list of members, whose rights are
never half replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from connectors.files.faults import DOCUMENT, exists, number_lines, sale_of
from connectors.files.folder import TableFile
from connectors.files.members import note_wrong_stores
from connectors.records import MEMBER

_NAMED = 20
_NOTE = "INSERT INTO load_fault (table_name, place, column_name, cell, reason, sale_id, alone)"


def find_faults(connection: duckdb.DuckDBPyConnection, files: Sequence[TableFile]) -> None:
    """Note repeated keys, unknown stores and unknown sales; then give each fault its line."""
    for file in files:
        _note_repeated_keys(connection, file)
    _know_stores(connection, files)
    for file in files:
        if file.table.name == MEMBER.name:
            note_wrong_stores(connection, file, known_stores(connection))
        elif "store_id" in file.columns and file.table.name != "store":
            _note_unknown_stores(connection, file)
        elif file.table.name in DOCUMENT:
            _note_unknown_sales(connection, file, files)
    for file in files:
        number_lines(connection, file)


def set_company_aside(connection: duckdb.DuckDBPyConnection, files: Sequence[TableFile]) -> None:
    """Note what goes with the rows that have a fault: their documents, and the other members."""
    members = [file for file in files if file.table.name == MEMBER.name]
    documents = [file for file in files if file.table.name in DOCUMENT]
    for file in members:
        _set_all_aside(connection, file)
    if documents and exists(connection, "load_fault WHERE sale_id IS NOT NULL AND NOT alone"):
        _set_documents_aside(connection, documents)
    for file in files:
        number_lines(connection, file)


def take_out(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    """Delete the rows that have a fault from the staged file."""
    own = f"SELECT place FROM load_fault WHERE table_name = '{file.table.name}' AND place IS NOT NULL"
    if exists(connection, f"({own})"):
        connection.execute(f"DELETE FROM {file.staged} WHERE rowid IN ({own})")


def _note_repeated_keys(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    key = ", ".join(f'"{name}"' for name in file.table.key)
    good = f"(SELECT g.* FROM {file.good} g JOIN {file.staged} n ON n.rowid = g.place WHERE n.faults IS NULL)"
    if not exists(connection, f"{file.staged} WHERE faults IS NOT NULL"):
        good = file.good
    # Different hashes are different keys; only when there are fewer of them than rows is it worth a closer look.
    row = connection.execute(f"SELECT count(*), count(DISTINCT hash({key})) FROM {good}").fetchone()
    if row is None or row[0] == row[1]:
        return
    content = ", ".join(f'"{name}"' for name in file.table.names)
    matches = " AND ".join(f'n."{name}" IS NOT DISTINCT FROM k."{name}"' for name in file.table.key)
    shown = ", ".join(f"'{name} ' || n.\"{name}\"" for name in file.table.key)
    owner = "n.sale_id" if file.table.name in DOCUMENT else "NULL"
    connection.execute(
        f"""{_NOTE} SELECT '{file.table.name}', n.place, NULL, concat_ws(', ', {shown}),
          CASE WHEN k.kinds = 1 THEN 'is a copy of a row above'
            ELSE 'this key is there more than once with different content' END, {owner}, k.kinds = 1
        FROM {good} n JOIN (
          SELECT {key}, count(DISTINCT row({content})) AS kinds, min(place) AS first_place
          FROM {good} GROUP BY {key} HAVING count(*) > 1) k ON {matches}
        WHERE k.kinds > 1 OR n.place > k.first_place"""
    )


def _know_stores(connection: duckdb.DuckDBPyConnection, files: Sequence[TableFile]) -> None:
    sql = "SELECT store_id FROM store"
    for file in files:
        if file.table.name == "store":
            bad = "SELECT place FROM load_fault WHERE table_name = 'store' AND place IS NOT NULL"
            sql += f" UNION SELECT store_id FROM {file.staged} WHERE rowid NOT IN ({bad})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE load_store AS {sql}")


def known_stores(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every store there is, with those of the folder."""
    return [row[0] for row in connection.execute("SELECT store_id FROM load_store ORDER BY store_id").fetchall()]


def _note_unknown_stores(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    known = ", ".join(known_stores(connection)[:_NAMED]) or "none; add store.csv"
    connection.execute(
        f"""{_NOTE} SELECT '{file.table.name}', n.rowid, 'store_id', n.store_id,
          'there is no store “' || n.store_id || '”. Stores are: ' || $known, {sale_of(file)}, false
        FROM {file.staged} n ANTI JOIN load_store s ON s.store_id = n.store_id WHERE n.store_id IS NOT NULL""",
        {"known": known},
    )


def _note_unknown_sales(connection: duckdb.DuckDBPyConnection, file: TableFile, files: Sequence[TableFile]) -> None:
    sales = "SELECT sale_id FROM sale UNION ALL SELECT sale_id FROM load_fault WHERE table_name = 'sale'"
    for other in files:
        if other.table.name == "sale":
            sales = f"SELECT sale_id FROM {other.staged} UNION ALL {sales}"
    connection.execute(
        f"""{_NOTE} SELECT '{file.table.name}', n.rowid, 'sale_id', n.sale_id,
          'the sale “' || n.sale_id || '” is not among the sales', n.sale_id, false
        FROM {file.staged} n ANTI JOIN ({sales}) s ON s.sale_id = n.sale_id WHERE n.sale_id IS NOT NULL"""
    )


def _set_documents_aside(connection: duckdb.DuckDBPyConnection, files: Sequence[TableFile]) -> None:
    paths = " ".join(f"WHEN '{file.table.name}' THEN $name{n}" for n, file in enumerate(files))
    units = " ".join(f"WHEN '{file.table.name}' THEN '{file.unit}'" for file in files)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE bad_document AS
        SELECT sale_id, arg_min(CASE table_name {paths} END || ', ' || CASE table_name {units} END || ' ' || line,
          (table_name, line)) AS place
        FROM load_fault WHERE sale_id IS NOT NULL AND NOT alone GROUP BY sale_id""",
        {f"name{n}": file.path.name for n, file in enumerate(files)},
    )
    for file in files:
        connection.execute(
            f"""{_NOTE} SELECT '{file.table.name}', n.rowid, 'sale_id', n.sale_id,
              'belongs to a sale with a bad row: ' || b.place, n.sale_id, false
            FROM {file.staged} n JOIN bad_document b ON b.sale_id = n.sale_id
            ANTI JOIN (SELECT place FROM load_fault WHERE table_name = '{file.table.name}') f
              ON f.place = n.rowid"""
        )


def _set_all_aside(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    own = f"SELECT place FROM load_fault WHERE table_name = '{file.table.name}'"
    if exists(connection, f"({own})"):
        connection.execute(
            f"""{_NOTE} SELECT '{file.table.name}', n.rowid, NULL, NULL,
              'members are replaced together, and another row of this file is bad', NULL, false
            FROM {file.staged} n ANTI JOIN ({own}) f ON f.place = n.rowid"""
        )
