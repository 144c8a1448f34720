"""The physical tables of the mirror: the canonical ones of ``connectors.records``, the rollups and the bookkeeping.

No primary key is declared on the canonical tables: there is one writer, it keeps natural keys unique itself (nulls
in a key are equal to each other there, which SQL's own constraints cannot say), and an index on millions of lines
would cost more than it saves. Lines carry their document's store and business date so that a scan can skip.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import duckdb

from connectors.errors import TerminalError
from connectors.records import DAY, INSTANT, TABLES, TEXT, Table

SCHEMA_VERSION = 1

LINE_EXTRAS: Mapping[str, str] = MappingProxyType({"store_id": TEXT, "business_on": DAY})
"""Columns that a stored sale line has beyond the canonical ones; the writer fills them."""

_MONEY = "DECIMAL(18,2)"
_MEASURES = {
    "gross_minor": _MONEY,
    "discount_minor": _MONEY,
    "returns_minor": _MONEY,
    "net_minor": _MONEY,
}
_DOCUMENT_MEASURES = {"sale_net_minor": _MONEY, "transactions": "BIGINT"}
_LINE_MEASURES = {
    "units": _MONEY,
    "lines": "BIGINT",
    "cogs_minor": _MONEY,
    "known_cost_net_minor": _MONEY,
    "unknown_cost_lines": "BIGINT",
}
_DOCUMENT_TOTALS = {"tax_minor": _MONEY, "tip_minor": _MONEY}

ROLLUPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "store_day": {"store_id": TEXT, "business_on": DAY}
        | _MEASURES
        | _DOCUMENT_MEASURES
        | _LINE_MEASURES
        | _DOCUMENT_TOTALS,
        "store_hour": {"store_id": TEXT, "business_on": DAY, "hour_of_day": "INTEGER"}
        | _MEASURES
        | _DOCUMENT_MEASURES
        | _LINE_MEASURES
        | _DOCUMENT_TOTALS,
        "store_sku_day": {"store_id": TEXT, "business_on": DAY, "variant_id": TEXT}
        | _MEASURES
        | {"transactions": "BIGINT"}
        | _LINE_MEASURES,
    }
)
"""The rollups, name to columns. Money is minor units; a null ``variant_id`` gathers lines without a variant."""

_BOOKKEEPING = (
    f"""CREATE TABLE IF NOT EXISTS raw_object (
        connection {TEXT}, entity {TEXT}, id {TEXT}, source_version BIGINT NOT NULL, updated_at {INSTANT},
        deleted BOOLEAN NOT NULL, payload {TEXT} NOT NULL, PRIMARY KEY (connection, entity, id))""",
    f"""CREATE TABLE IF NOT EXISTS sync_cursor (
        connection {TEXT}, entity {TEXT}, cursor {TEXT} NOT NULL, until_at {INSTANT} NOT NULL,
        committed_at {INSTANT} NOT NULL, PRIMARY KEY (connection, entity))""",
    f"""CREATE TABLE IF NOT EXISTS source_state (
        source {TEXT}, connection {TEXT}, as_of_at {INSTANT} NOT NULL, simulated BOOLEAN NOT NULL,
        note {TEXT} NOT NULL, PRIMARY KEY (source, connection))""",
    f"CREATE TABLE IF NOT EXISTS mirror_meta (key {TEXT} PRIMARY KEY, value {TEXT} NOT NULL)",
)


def physical_columns(table: Table) -> dict[str, str]:
    """Every stored column of a canonical table with its type, in order."""
    columns = {column.name: column.type for column in table.columns}
    return {**columns, **LINE_EXTRAS} if table.name == "sale_line" else columns


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing.

    Raises:
        TerminalError: the file was written by a newer floorwalker.
    """
    connection.execute("BEGIN")
    for table in TABLES.values():
        _create_table(connection, table.name, physical_columns(table))
    for name, columns in ROLLUPS.items():
        _create_table(connection, name, columns)
    for statement in _BOOKKEEPING:
        connection.execute(statement)
    connection.execute(
        "INSERT INTO mirror_meta VALUES ('version', '0'), ('schema_version', ?) ON CONFLICT DO NOTHING",
        [str(SCHEMA_VERSION)],
    )
    connection.execute("COMMIT")
    check_version(connection)


def check_version(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file whose layout this version does not know.

    Raises:
        TerminalError: as said.
    """
    found = connection.execute("SELECT value FROM mirror_meta WHERE key = 'schema_version'").fetchone()
    if found is None or int(found[0]) != SCHEMA_VERSION:
        raise TerminalError(
            f"The mirror has layout {found[0] if found else 'unknown'}, this version of floorwalker reads layout "
            f"{SCHEMA_VERSION}. Move the file away and load or sync again."
        )


def stored_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of groups committed to this file so far."""
    row = connection.execute("SELECT value FROM mirror_meta WHERE key = 'version'").fetchone()
    return int(row[0]) if row else 0


def _create_table(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str]) -> None:
    body = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
    connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({body})")
