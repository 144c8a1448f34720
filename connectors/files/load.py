"""Loading a folder: everything is checked before anything changes, then one transaction upserts all of it.

Rows replace those with the same natural key, so loading a folder again changes nothing. Where a folder has both
sales and their lines (or discounts, or tenders), a document's children are replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import duckdb
import structlog

from connectors.errors import InputError
from connectors.files.check import stage_file
from connectors.files.folder import TableFile, find_tables
from connectors.files.members import read_members
from connectors.mirror import rollups
from connectors.mirror.apply import complete_sales, days_recounted, insert_lines
from connectors.mirror.bookkeeping import SourceUpdate, store_sources
from connectors.mirror.open import Mirror
from connectors.mirror.staging import replace_by_key
from connectors.records import MEMBER, Table

CONNECTION = "files"
_CHILDREN = ("sale_line", "sale_discount", "tender")
_FRESHNESS = {
    "sale": ("sales", "closed_at"),
    "price": ("price", "valid_from_at"),
    "cost": ("cost", "valid_from_at"),
    "inventory_level": ("inventory", "as_of_at"),
    "timecard": ("staff", "clock_out_at"),
    "foot_traffic": ("traffic", "hour_at"),
    "weather_hour": ("weather", "hour_at"),
    "tender": ("tender", "processed_at"),
    "supplier": ("supplier", None),
}
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a folder held: rows by table, and its members (None when there was no ``member`` file)."""

    folder: Path
    rows: Mapping[str, int]
    members: list[dict[str, Any]] | None = None
    seconds: float = field(default=0.0, compare=False)


def load_folder(mirror: Mirror, folder: Path) -> LoadReport:
    """Load canonical CSV and Parquet files into ``mirror``, which is open for writing and not sealed.

    Instants without a zone are read as UTC. ``business_on`` is derived where it is empty, ``net_minor`` is gross
    less discount, a sale's currency is its store's.

    Raises:
        InputError: the first thing that is wrong, in one sentence; nothing is loaded then.
    """
    if mirror.writer is None:
        raise InputError("The mirror is open for reading only; loading needs it for itself.")
    began = monotonic()
    files = find_tables(folder)
    rows, members = mirror.writer.execute_bulk(lambda connection: _load(connection, folder, files)).result()
    log.info("files.loaded", tables=len(rows), rows=sum(rows.values()))
    return LoadReport(folder, rows, members, monotonic() - began)


def _load(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: list[TableFile]
) -> tuple[dict[str, int], list[dict[str, Any]] | None]:
    staged = {file.table.name: stage_file(connection, file) for file in files}
    by_name = {file.table.name: file for file in files}
    stores = _store_ids(connection, staged)
    for file in files:
        _refuse_unknown_store(connection, file, staged[file.table.name], stores)
    members = None
    if MEMBER.name in staged:
        members = read_members(connection, by_name[MEMBER.name], staged[MEMBER.name], stores)
    counts = {name: _count(connection, relation) for name, relation in staged.items()}
    touched: set[tuple[str, date]] = set()
    for name, relation in staged.items():
        if name not in (MEMBER.name, "sale", *_CHILDREN):
            touched |= days_recounted(connection, name, relation)
            replace_by_key(connection, by_name[name].table, relation)
    touched |= _replace_sales(connection, staged, {name: file.table for name, file in by_name.items()})
    rollups.refresh(connection, touched)
    store_sources(
        connection, [_freshness(connection, folder, by_name[n], staged[n]) for n in staged if n in _FRESHNESS]
    )
    for relation in staged.values():
        connection.execute(f"DROP TABLE {relation}")
    return counts, members


def _replace_sales(
    connection: duckdb.DuckDBPyConnection, staged: Mapping[str, str], tables: Mapping[str, Table]
) -> set[tuple[str, date]]:
    touched: set[tuple[str, date]] = set()
    documents = staged.get("sale")
    if documents:
        complete_sales(connection, documents)
        _drop_older(connection, documents, [staged[name] for name in _CHILDREN if name in staged])
        touched |= _days(connection, f"sale s JOIN {documents} n ON n.sale_id = s.sale_id", "s")
        for name in _CHILDREN:
            if name in staged:
                connection.execute(f"DELETE FROM {name} AS t USING {documents} AS n WHERE t.sale_id = n.sale_id")
        replace_by_key(connection, tables["sale"], documents)
        touched |= _days(connection, documents, documents)
        connection.execute(
            f"""UPDATE sale_line AS l SET store_id = n.store_id, business_on = n.business_on FROM {documents} n
            WHERE l.sale_id = n.sale_id AND (l.store_id <> n.store_id OR l.business_on <> n.business_on)"""
        )
    for name in _CHILDREN:
        if name not in staged:
            continue
        if name != "sale_line":
            replace_by_key(connection, tables[name], staged[name])
            continue
        connection.execute(
            f"""DELETE FROM sale_line AS t USING {staged[name]} AS n
            WHERE t.sale_id = n.sale_id AND t.line_no = n.line_no"""
        )
        insert_lines(connection, staged[name])
        touched |= _days(connection, f"sale s JOIN {staged[name]} n ON n.sale_id = s.sale_id", "s")
    return touched


def _drop_older(connection: duckdb.DuckDBPyConnection, documents: str, children: list[str]) -> None:
    """Forget staged documents, with their children, that the mirror has in a newer version."""
    older = f"""SELECT n.sale_id FROM {documents} n JOIN sale s ON s.sale_id = n.sale_id
        WHERE coalesce(n.source_version, 0) < coalesce(s.source_version, 0)"""
    for relation in (*children, documents):
        connection.execute(f"DELETE FROM {relation} WHERE sale_id IN ({older})")


def _days(connection: duckdb.DuckDBPyConnection, relation: str, alias: str) -> set[tuple[str, date]]:
    found = connection.execute(f"SELECT DISTINCT {alias}.store_id, {alias}.business_on FROM {relation}").fetchall()
    return {(store_id, day) for store_id, day in found}


def _store_ids(connection: duckdb.DuckDBPyConnection, staged: Mapping[str, str]) -> frozenset[str]:
    sql = "SELECT store_id FROM store"
    if "store" in staged:
        sql += f" UNION SELECT store_id FROM {staged['store']}"
    return frozenset(row[0] for row in connection.execute(sql).fetchall())


def _refuse_unknown_store(
    connection: duckdb.DuckDBPyConnection, file: TableFile, staged: str, stores: frozenset[str]
) -> None:
    if "store_id" not in file.columns or file.table.name == "store":
        return
    row = connection.execute(
        f"""SELECT store_id FROM {staged} WHERE store_id IS NOT NULL
        AND store_id NOT IN (SELECT unnest(CAST($stores AS VARCHAR[]))) LIMIT 1""",
        {"stores": sorted(stores)},
    ).fetchone()
    if row:
        known = ", ".join(sorted(stores)[:20]) or "none; add store.csv"
        raise InputError(f"{file.path.name}, column store_id: there is no store “{row[0]}”. Stores are: {known}.")


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0


def _freshness(connection: duckdb.DuckDBPyConnection, folder: Path, file: TableFile, staged: str) -> SourceUpdate:
    """As of the newest instant in the file, or of the file itself where its rows have none."""
    topic, column = _FRESHNESS[file.table.name]
    newest = f"epoch_us(max({column}))" if column else "NULL"
    row = connection.execute(f"SELECT {newest}, coalesce(bool_or(simulated), false) FROM {staged}").fetchone()
    as_of, simulated = row or (None, False)
    moment = as_of / 1_000_000 if as_of is not None else file.path.stat().st_mtime
    return SourceUpdate(
        topic, CONNECTION, datetime.fromtimestamp(moment, UTC), simulated=simulated, note=f"files from {folder.name}"
    )
