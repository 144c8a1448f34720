"""How a group of batches changes the mirror, inside the transaction that the writer opened.

A sale travels with its lines, discounts and tenders and replaces them as a whole, and only if its source version is
not older than the stored one: feeds repeat and reorder. Everything else is replaced by natural key. The days that
changed are rolled up again before the commit, so a reader never sees lines and totals that disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from connectors.base import Cursor, Entity, RawRecord
from connectors.errors import InputError
from connectors.mirror import rollups
from connectors.mirror.bookkeeping import (
    Drifted,
    ObjectKey,
    Rejected,
    SourceUpdate,
    store_cursors,
    store_drift,
    store_raw,
    store_rejected,
    store_sources,
)
from connectors.mirror.columns import relation
from connectors.mirror.costs_at_sale import give_costs
from connectors.mirror.origins import drop_rows
from connectors.mirror.replacing import replace
from connectors.mirror.schema import PARTS
from connectors.mirror.sheets import Staged
from connectors.mirror.staging import as_text, insert_all, replace_by_key, same_key, stage_columns, stage_rows
from connectors.records import TABLES, Row, Table

_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Batch:
    """What is committed together: rows, the raw objects they came from, where the feed goes on, and freshness.

    ``raw`` pairs a connection's name with its record; ``cursor`` is (connection, entity, cursor, until) and
    ``unfinished`` says that it stands in the middle of a walk. ``origins`` are the names of the rows of raw objects,
    ``stale`` those of rows that no object yields any more (``connectors.mirror.origins``). ``unseen`` says that none of
    the raw objects is held yet, and ``costed`` that sale lines without a cost get the one that held at their sale.
    ``sheets`` are documents that came by column: they must all be new.
    """

    rows: Sequence[Row] = ()
    sheets: Mapping[str, Staged] = field(default_factory=dict)
    raw: Sequence[tuple[str, RawRecord]] = ()
    cursor: tuple[str, Entity, Cursor, datetime] | None = None
    sources: Sequence[SourceUpdate] = ()
    unfinished: bool = False
    origins: Mapping[ObjectKey, str] = field(default_factory=dict)
    stale: Sequence[str] = ()
    drifted: Sequence[Drifted] = ()
    rejected: Sequence[Rejected] = ()
    mended: Sequence[ObjectKey] = ()
    unseen: bool = False
    costed: bool = False


@dataclass(slots=True)
class _Document:
    """One sale with everything that is replaced with it."""

    sale: Row
    version: int
    children: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """The rows of several batches, later ones winning."""

    documents: dict[str, _Document] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, batch: Batch) -> None:
        documents = {_sale_id(row): _Document(row, _version(row)) for row in batch.rows if row.table == "sale"}
        for row in batch.rows:
            if row.table == "sale":
                continue
            owner = documents.get(_sale_id(row)) if row.table in PARTS else None
            if owner:
                owner.children.append(row)
            elif row.table in TABLES:
                self.rows.setdefault(row.table, []).append(row)
            else:
                raise InputError(f"“{row.table}” is not a table of the mirror. Tables are: {', '.join(TABLES)}.")
        for sale_id, document in documents.items():
            known = self.documents.get(sale_id)
            if known is None or document.version >= known.version:
                self.documents[sale_id] = document


def _sale_id(row: Row) -> str:
    found = row.values.get("sale_id")
    return found if type(found) is str else as_text(found, f"{row.table}.sale_id") or ""


def _version(row: Row) -> int:
    given = row.values.get("source_version") or 0
    try:
        return int(given)
    except (TypeError, ValueError) as exc:
        raise InputError("sale.source_version must be a whole number.", detail=str(exc)) from exc


def apply(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """Apply batches in order; the caller owns the transaction.

    Raises:
        InputError: a row does not fit its table, a sale names an unknown store, a line an unknown sale, a document
            that came by column is held already.
        duckdb.Error: the engine refused.
    """
    group = _Group()
    for batch in batches:
        group.add(batch)
    touched = drop_rows(connection, {name for batch in batches for name in batch.stale})
    for name, table in TABLES.items():
        rows = group.rows.get(name)
        if rows and name not in PARTS:
            staged = stage_rows(connection, table, rows)
            touched |= replace(connection, table, staged)
    costed = any(batch.costed for batch in batches)
    if group.documents:
        touched |= _replace_documents(connection, group.documents, costed=costed)
    for batch in batches:
        if batch.sheets:
            touched |= _insert_sheets(connection, batch.sheets, costed=costed)
    touched |= _replace_loose_children(connection, group.rows)
    rollups.refresh(connection, touched)
    origins = {key: names for batch in batches for key, names in batch.origins.items()}
    unseen = len(batches) == 1 and batches[0].unseen
    store_raw(connection, [pair for batch in batches for pair in batch.raw], origins, new=unseen)
    cursors = [batch.cursor for batch in batches if batch.cursor]
    store_cursors(connection, cursors, [batch.cursor[:2] for batch in batches if batch.cursor and batch.unfinished])
    store_sources(connection, [update for batch in batches for update in batch.sources])
    store_drift(connection, [found for batch in batches for found in batch.drifted])
    store_rejected(
        connection,
        [record for batch in batches for record in batch.rejected],
        [key for batch in batches for key in batch.mended],
    )


def _replace_documents(
    connection: duckdb.DuckDBPyConnection, documents: Mapping[str, _Document], *, costed: bool
) -> set[tuple[str, date]]:
    ids, params = relation({"ids": list(documents)})
    stored = {
        sale_id: (store_id, day, version or 0)
        for sale_id, store_id, day, version in connection.execute(
            f"SELECT sale_id, store_id, business_on, source_version FROM sale WHERE sale_id IN (SELECT ids FROM {ids})",
            params,
        ).fetchall()
    }
    fresh = [doc for key, doc in documents.items() if key not in stored or doc.version >= stored[key][2]]
    if not fresh:
        return set()
    staged = stage_rows(connection, TABLES["sale"], [document.sale for document in fresh])
    children: dict[str, list[Row]] = {}
    for document in fresh:
        for child in document.children:
            children.setdefault(child.table, []).append(child)
    parts = {name: stage_rows(connection, TABLES[name], rows) for name, rows in children.items()}
    replaced = {stored[key][:2] for document in fresh if (key := _sale_id(document.sale)) in stored}
    return _write_documents(connection, staged, parts, replaced, costed=costed)


def _insert_sheets(
    connection: duckdb.DuckDBPyConnection, sheets: Mapping[str, Staged], *, costed: bool
) -> set[tuple[str, date]]:
    staged = {name: stage_columns(connection, TABLES[name], rows.columns, rows.count) for name, rows in sheets.items()}
    sales = staged.pop("sale")
    held = connection.execute(
        f"SELECT s.sale_id FROM sale s WHERE s.sale_id IN (SELECT n.sale_id FROM {sales} n) LIMIT 1"
    ).fetchone()
    if held:
        raise InputError("A document that was taken for new is held already.")
    return _write_documents(connection, sales, staged, set(), costed=costed)


def _write_documents(
    connection: duckdb.DuckDBPyConnection,
    sales: str,
    parts: Mapping[str, str],
    replaced: set[tuple[str, date]],
    *,
    costed: bool,
) -> set[tuple[str, date]]:
    """Bring staged documents and what belongs to them into the mirror.

    Args:
        connection: the writer's.
        sales: the staged documents.
        parts: table to staged rows that belong to them.
        replaced: the store-days of documents that are stored and go; empty if there is none.
        costed: lines without a cost get one.

    Returns:
        The store-days whose totals have to be made again.
    """
    touched = set(replaced)
    complete_sales(connection, sales)
    if costed and "sale_line" in parts:
        give_costs(connection, sales, parts["sale_line"])
    if replaced:
        _delete_children(connection, sales, {day for _, day in replaced})
    (replace_by_key if replaced else insert_all)(connection, TABLES["sale"], sales)
    for name, staged in parts.items():
        if name == "sale_line":
            insert_lines(connection, staged)
        else:
            touched |= replace_parts(connection, TABLES[name], staged, sales=sales)
    days = connection.execute(f"SELECT DISTINCT store_id, business_on FROM {sales}").fetchall()
    return touched | {(store_id, day) for store_id, day in days}


def complete_sales(connection: duckdb.DuckDBPyConnection, staged: str) -> None:
    """Fill currency and business date of staged sales from their store.

    Raises:
        InputError: a sale names a store that is not in the mirror.
    """
    orphan = connection.execute(
        f"SELECT n.sale_id, n.store_id FROM {staged} n ANTI JOIN store st ON st.store_id = n.store_id LIMIT 1"
    ).fetchone()
    if orphan:
        raise InputError(f"Sale {orphan[0]} names the store “{orphan[1]}”, which is not among the stores.")
    connection.execute(
        f"""UPDATE {staged} AS n SET currency = coalesce(n.currency, st.currency),
            business_on = coalesce(n.business_on, CAST((n.closed_at AT TIME ZONE st.timezone)
              - to_seconds(extract('epoch' FROM coalesce(st.day_starts_at, TIME '00:00:00'))) AS DATE))
            FROM store st WHERE st.store_id = n.store_id"""
    )


def insert_lines(connection: duckdb.DuckDBPyConnection, staged: str) -> None:
    """Insert staged lines with their document's store and business date, sorted by them.

    Raises:
        InputError: a line belongs to no known sale.
    """
    orphan = connection.execute(
        f"SELECT n.sale_id FROM {staged} n ANTI JOIN sale s ON s.sale_id = n.sale_id LIMIT 1"
    ).fetchone()
    if orphan:
        raise InputError(f"A sale line belongs to the sale “{orphan[0]}”, which is not among the sales.")
    names = TABLES["sale_line"].names
    selected = ", ".join(
        "coalesce(n.net_minor, n.gross_minor - coalesce(n.discount_minor, 0))" if name == "net_minor" else f'n."{name}"'
        for name in names
    )
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.execute(
        f"""INSERT INTO sale_line ({quoted}, store_id, business_on)
            SELECT {selected}, s.store_id, s.business_on FROM {staged} n JOIN sale s ON s.sale_id = n.sale_id
            ORDER BY s.store_id, s.business_on, n.sale_id, n.line_no"""
    )


def replace_parts(
    connection: duckdb.DuckDBPyConnection, table: Table, staged: str, *, sales: str = "sale"
) -> set[tuple[str, date]]:
    """Upsert staged discounts or tenders with their document's store and business date, sorted by them.

    ``sales`` is where the documents are looked for; a part whose document is not there gets its place when it comes.

    Returns:
        The store-days of what was replaced, which may have belonged to other documents.
    """
    connection.execute(
        f"""DELETE FROM {table.name} AS t USING {staged} AS n WHERE {same_key(table, "t", "n")}
        RETURNING t.store_id, t.business_on"""
    )
    gone: set[tuple[str, date]] = set()
    while rows := connection.fetchmany(_PAGE):
        gone |= {(store_id, day) for store_id, day in rows if store_id is not None}
    names = ", ".join(f'"{name}"' for name in table.names)
    selected = ", ".join(f'n."{name}"' for name in table.names)
    connection.execute(
        f"""INSERT INTO {table.name} ({names}, store_id, business_on)
            SELECT {selected}, s.store_id, s.business_on FROM {staged} n LEFT JOIN {sales} s ON s.sale_id = n.sale_id
            ORDER BY s.store_id, s.business_on"""
    )
    return gone


def _delete_children(connection: duckdb.DuckDBPyConnection, staged: str, days: set[date]) -> None:
    bounds = f"BETWEEN DATE '{min(days).isoformat()}' AND DATE '{max(days).isoformat()}'"
    for name in PARTS:
        pruned = f"t.business_on {bounds} AND " if name == "sale_line" else ""
        connection.execute(f"DELETE FROM {name} AS t USING {staged} AS n WHERE {pruned}t.sale_id = n.sale_id")


def _replace_loose_children(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]
) -> set[tuple[str, date]]:
    """Children that came without their sale: replaced one by one."""
    touched: set[tuple[str, date]] = set()
    for name in PARTS:
        if not rows.get(name):
            continue
        table = TABLES[name]
        staged = stage_rows(connection, table, rows[name])
        if name == "sale_line":
            connection.execute(f"DELETE FROM sale_line AS t USING {staged} AS n WHERE {same_key(table, 't', 'n')}")
            insert_lines(connection, staged)
        else:
            touched |= replace_parts(connection, table, staged)
        days = connection.execute(
            f"SELECT DISTINCT s.store_id, s.business_on FROM sale s JOIN {staged} n ON n.sale_id = s.sale_id"
        ).fetchall()
        touched |= {(store_id, day) for store_id, day in days}
    return touched
