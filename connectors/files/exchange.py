"""Putting what is new in the staged files into the mirror, and leaving alone what is there already.

Rows are compared with the stored ones column by column. What is the same is dropped from the staged file, so a second
load of the same files writes nothing. Where a folder has sales and their lines (or discounts, or tenders), stored
children of those sales that the files do not have go.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb

from connectors.files.check import show_good
from connectors.files.faults import DOCUMENT, exists
from connectors.files.folder import TableFile
from connectors.mirror import rollups
from connectors.mirror.apply import replace_parts
from connectors.mirror.local_time import local_time
from connectors.mirror.replacing import replace
from connectors.mirror.schema import PARTS
from connectors.mirror.staging import same_key
from connectors.records import MEMBER

_CHILDREN = DOCUMENT[1:]
_BY_STORE_AND_DAY = "ORDER BY g.store_id, g.business_on"
"""So that a scan for some stores or days can skip the rest."""

Days = set[tuple[str, date]]


def exchange(connection: duckdb.DuckDBPyConnection, files: Mapping[str, TableFile]) -> dict[str, int]:
    """Write the staged files, refresh the rollups, and say how many rows of each table were unchanged."""
    unchanged: dict[str, int] = {}
    touched: Days = set()
    for name, file in files.items():
        if name in (MEMBER.name, *DOCUMENT):
            continue
        unchanged[name] = _drop_same(connection, file)
        touched |= replace(connection, file.table, file.good)
    first = not exists(connection, "sale")
    found, days = _exchange_documents(connection, files)
    rollups.refresh(connection, None if first and days else touched | days)
    return unchanged | found


def _exchange_documents(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, TableFile]
) -> tuple[dict[str, int], Days]:
    unchanged = dict.fromkeys((name for name in DOCUMENT if name in files), 0)
    sale = files.get("sale")
    children = [files[name] for name in _CHILDREN if name in files]
    if sale:
        _complete(connection, sale)
        for name, dropped in _drop_older(connection, sale, children).items():
            unchanged[name] += dropped
    connection.execute("CREATE OR REPLACE TEMP TABLE changed_sale (sale_id VARCHAR)")
    for file in children:
        if sale:
            _delete_missing(connection, file, sale)
        unchanged[file.table.name] += _drop_same(connection, file)
        connection.execute(f"INSERT INTO changed_sale SELECT DISTINCT sale_id FROM {file.staged}")
    if sale:
        unchanged["sale"] += _drop_same(connection, sale)
        connection.execute(f"INSERT INTO changed_sale SELECT sale_id FROM {sale.staged}")
    touched = _days_of_changed(connection)
    if sale:
        _replace_sales(connection, sale)
    for file in children:
        if file.table.name == "sale_line":
            _replace_lines(connection, file)
        else:
            touched |= replace_parts(connection, file.table, file.good)
    return unchanged, touched | _days_of_changed(connection)


def _complete(connection: duckdb.DuckDBPyConnection, sale: TableFile) -> None:
    """Fill currency and business date from the store; written anew, since updating millions of rows is slower."""
    given = [name for name in sale.columns if name not in ("currency", "business_on")]
    columns = ", ".join(f'n."{name}"' for name in given)
    currency = "coalesce(n.currency, st.currency)" if "currency" in sale.columns else "st.currency"
    source = f"{sale.staged} n JOIN store st ON st.store_id = n.store_id"
    local = local_time("n.closed_at", "st.timezone", source)
    day = f"""CAST({local.instant} - to_seconds(extract('epoch' FROM coalesce(st.day_starts_at, TIME '00:00:00')))
      AS DATE)"""
    day = f"coalesce(n.business_on, {day})" if "business_on" in sale.columns else day
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE stage_complete AS WITH {local.quarters}
        SELECT {columns}, {currency} AS currency, {day} AS business_on FROM {source} {local.join}"""
    )
    connection.execute(f"DROP VIEW {sale.good}")
    connection.execute(f"DROP TABLE {sale.staged}")
    connection.execute(f"ALTER TABLE stage_complete RENAME TO {sale.staged}")
    show_good(connection, sale, currency="n.currency", business_on="n.business_on")


def _replace_sales(connection: duckdb.DuckDBPyConnection, sale: TableFile) -> None:
    names = ", ".join(f'"{name}"' for name in sale.table.names)
    if exists(connection, "sale"):
        connection.execute(f"DELETE FROM sale AS t USING {sale.staged} AS n WHERE t.sale_id = n.sale_id")
    connection.execute(
        f"INSERT INTO sale ({names}) SELECT {names} FROM (SELECT g.* FROM {sale.good} g {_BY_STORE_AND_DAY})"
    )
    for part in PARTS:
        if exists(connection, part):
            connection.execute(
                f"""UPDATE {part} AS l SET store_id = n.store_id, business_on = n.business_on FROM {sale.staged} n
                WHERE l.sale_id = n.sale_id AND (l.store_id <> n.store_id OR l.business_on <> n.business_on)"""
            )


def _replace_lines(connection: duckdb.DuckDBPyConnection, lines: TableFile) -> None:
    if exists(connection, "sale_line"):
        connection.execute(
            f"""DELETE FROM sale_line AS t USING {lines.staged} AS n
            WHERE t.sale_id = n.sale_id AND t.line_no = n.line_no"""
        )
    names = ", ".join(f'"{name}"' for name in (*lines.table.names, "store_id", "business_on"))
    connection.execute(
        f"""INSERT INTO sale_line ({names}) SELECT {names}
        FROM (SELECT n.*, g.store_id, g.business_on FROM {lines.good} n JOIN sale g ON g.sale_id = n.sale_id
          {_BY_STORE_AND_DAY})"""
    )


def _drop_older(connection: duckdb.DuckDBPyConnection, sale: TableFile, children: list[TableFile]) -> dict[str, int]:
    """Forget staged documents, with their children, that the mirror has in a newer version."""
    older = f"""SELECT n.sale_id FROM {sale.good} n JOIN sale s ON s.sale_id = n.sale_id
        WHERE coalesce(n.source_version, 0) < coalesce(s.source_version, 0)"""
    if not exists(connection, f"({older})"):
        return {}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE older_sale AS {older}")
    return {
        file.table.name: _delete(connection, f"{file.staged} WHERE sale_id IN (SELECT sale_id FROM older_sale)")
        for file in (*children, sale)
    }


def _delete_missing(connection: duckdb.DuckDBPyConnection, file: TableFile, sale: TableFile) -> None:
    """Delete stored children of staged sales that the staged children do not have."""
    name = file.table.name
    if not exists(connection, name):
        return
    missing = f"""SELECT t.rowid AS place, t.sale_id FROM {name} t SEMI JOIN {sale.staged} n ON n.sale_id = t.sale_id
        WHERE NOT EXISTS (SELECT 1 FROM {file.good} c WHERE {same_key(file.table, "c", "t")}
          AND c.sale_id = t.sale_id)"""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE missing_child AS {missing}")
    if not exists(connection, "missing_child"):
        return
    connection.execute("INSERT INTO changed_sale SELECT DISTINCT sale_id FROM missing_child")
    connection.execute(f"DELETE FROM {name} WHERE rowid IN (SELECT place FROM missing_child)")


def _drop_same(connection: duckdb.DuckDBPyConnection, file: TableFile) -> int:
    """Drop staged rows that are stored just so; how many they were."""
    name = file.table.name
    if not exists(connection, name) or not exists(connection, file.staged):
        return 0
    same = " AND ".join(
        f't."{column.name}" {"=" if column.required else "IS NOT DISTINCT FROM"} n."{column.name}"'
        for column in file.table.columns
    )
    return _delete(
        connection, f"{file.staged} WHERE rowid IN (SELECT n.place FROM {file.good} n JOIN {name} t ON {same})"
    )


def _days_of_changed(connection: duckdb.DuckDBPyConnection) -> Days:
    found = connection.execute(
        "SELECT DISTINCT s.store_id, s.business_on FROM sale s SEMI JOIN changed_sale c ON c.sale_id = s.sale_id"
    ).fetchall()
    return {(store_id, day) for store_id, day in found}


def _delete(connection: duckdb.DuckDBPyConnection, rest: str) -> int:
    row = connection.execute(f"DELETE FROM {rest}").fetchone()
    return int(row[0]) if row else 0
