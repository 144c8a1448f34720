"""The physical tables of the mirror: the canonical ones of ``connectors.records``, the rollups and the bookkeeping.

No primary key is declared on the canonical tables: there is one writer, it keeps natural keys unique itself (nulls
in a key are equal to each other there, which SQL's own constraints cannot say), and an index on millions of lines
would cost more than it saves. Lines, discounts and tenders carry their document's store and business date so that a
scan can skip.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import duckdb

from connectors.errors import TerminalError
from connectors.mirror.views import VIEWS, create_views
from connectors.records import DAY, INSTANT, MINOR, TABLES, TEXT, UNIT_MONEY, Table

SCHEMA_VERSION = 2
"""Layout 2 added what is known of raw objects' rows, unknown fields, rejected records and failed pulls."""

PARTS = ("sale_line", "sale_discount", "tender")
"""The tables of what belongs to a sale and is found by it."""

PART_EXTRAS: Mapping[str, str] = MappingProxyType({"store_id": TEXT, "business_on": DAY})
"""Columns that a stored part of a sale has beyond the canonical ones; the writer fills them from the sale."""

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
        "sku_day": {"business_on": DAY, "variant_id": TEXT} | _MEASURES | {"transactions": "BIGINT"} | _LINE_MEASURES,
        "amount_in_force": {
            "kind": TEXT,
            "store_id": TEXT,
            "variant_id": TEXT,
            "since_at": INSTANT,
            "until_at": INSTANT,
        }
        | {"amount": UNIT_MONEY, "currency": TEXT},
        "customer_hour": {"store_id": TEXT, "business_on": DAY, "hour_of_day": "INTEGER", "customer_key": TEXT}
        | {"net_minor": _MONEY}
        | _DOCUMENT_MEASURES,
        "customer_first": {"store_id": TEXT, "customer_key": TEXT, "first_on": DAY},
        "sku_sold": {"store_id": TEXT, "variant_id": TEXT, "first_on": DAY, "last_on": DAY},
        "basket": {"store_id": TEXT, "business_on": DAY, "hour_of_day": "INTEGER"}
        | {"net_minor": MINOR, "units": _MONEY, "items": _MONEY},
        "employee_day": {"store_id": TEXT, "business_on": DAY, "employee_id": TEXT, "net_minor": _MONEY},
        "register_hour": {"store_id": TEXT, "business_on": DAY, "hour_of_day": "INTEGER"}
        | {"register_id": TEXT, "employee_id": TEXT, "sales": "BIGINT", "gross_minor": _MONEY}
        | {"discounted": "BIGINT", "given_minor": _MONEY, "given_squares": "DOUBLE", "automatic_minor": _MONEY}
        | {"refunds": "BIGINT", "refunded_minor": _MONEY, "refunded_squares": "DOUBLE"},
        "tender_day": {"store_id": TEXT, "business_on": DAY, "kind": TEXT}
        | {"amount_minor": _MONEY, "refunded_minor": _MONEY, "payments": "BIGINT"}
        | {"tip_minor": _MONEY, "fee_minor": _MONEY, "fee_base_minor": _MONEY},
        "discount_day": {"store_id": TEXT, "business_on": DAY}
        | dict.fromkeys(("promotion_id", "coupon_id", "code", "name", "kind", "sale_id"), TEXT)
        | {"amount_minor": _MONEY, "uses": "BIGINT", "documents": "BIGINT"},
        "door_hour": {"store_id": TEXT, "business_on": DAY, "hour_of_day": "INTEGER"}
        | {"visitors": "BIGINT", "latest_at": INSTANT},
        "door_day": {"store_id": TEXT, "business_on": DAY}
        | dict.fromkeys(("sold", "traded", "counted"), "INTEGER")
        | {"visitors": "BIGINT", "transactions": "BIGINT", "seen_transactions": "BIGINT", "seen_net_minor": _MONEY},
        "labour_day": {"store_id": TEXT, "business_on": DAY, "seconds": "BIGINT", "wage_seconds": "HUGEINT"}
        | dict.fromkeys(("open_cards", "unpaid_seconds"), "BIGINT"),
    }
)
"""The rollups, name to columns. Money is minor units; a null ``variant_id`` gathers lines without a variant.

``sku_day`` is ``store_sku_day`` over all stores. ``amount_in_force`` has each price and cost with its end.
``customer_hour`` has the visits of known customers only; what it lacks of a day's sales is that of unknown ones.
``customer_first`` has the day of each one's first purchase at a store, ``sku_sold`` the first and last on which a
product sold there.
``basket`` has a row for each sale and exchange. ``employee_day`` has net sales by who rang up the line, else its
document; a null ``employee_id`` gathers what says nobody. ``register_hour``, ``tender_day`` and ``discount_day`` are
described in ``registers``, ``payments`` and ``given``, ``door_hour`` and ``door_day`` in ``visits``: there ``sold``,
``traded`` and ``counted`` are hours as bits, and what was seen is what sold in counted hours. ``labour_day`` is
described in ``labour``.
"""

_BOOKKEEPING = (
    f"""CREATE TABLE IF NOT EXISTS raw_object (
        connection {TEXT}, entity {TEXT}, id {TEXT}, source_version BIGINT NOT NULL, updated_at {INSTANT},
        deleted BOOLEAN NOT NULL, payload {TEXT} NOT NULL, origins {TEXT}, PRIMARY KEY (connection, entity, id))""",
    f"""CREATE TABLE IF NOT EXISTS sync_cursor (
        connection {TEXT}, entity {TEXT}, cursor {TEXT} NOT NULL, until_at {INSTANT} NOT NULL,
        committed_at {INSTANT} NOT NULL, finished BOOLEAN DEFAULT true, PRIMARY KEY (connection, entity))""",
    f"""CREATE TABLE IF NOT EXISTS source_state (
        source {TEXT}, connection {TEXT}, as_of_at {INSTANT} NOT NULL, simulated BOOLEAN NOT NULL,
        note {TEXT} NOT NULL, PRIMARY KEY (source, connection))""",
    f"""CREATE TABLE IF NOT EXISTS schema_drift (
        connection {TEXT}, entity {TEXT}, path {TEXT}, first_seen_at {INSTANT} NOT NULL,
        last_seen_at {INSTANT} NOT NULL, objects BIGINT NOT NULL, PRIMARY KEY (connection, entity, path))""",
    f"""CREATE TABLE IF NOT EXISTS rejected_record (
        connection {TEXT}, entity {TEXT}, id {TEXT}, source_version BIGINT NOT NULL, reason {TEXT} NOT NULL,
        first_seen_at {INSTANT} NOT NULL, last_seen_at {INSTANT} NOT NULL, PRIMARY KEY (connection, entity, id))""",
    f"""CREATE TABLE IF NOT EXISTS sync_failure (
        connection {TEXT}, entity {TEXT}, failed_at {INSTANT} NOT NULL, reason {TEXT} NOT NULL,
        PRIMARY KEY (connection, entity))""",
    f"""CREATE TABLE IF NOT EXISTS rebuild_state (
        connection {TEXT} PRIMARY KEY, mapping {TEXT} NOT NULL, entity {TEXT} NOT NULL, after_id {TEXT} NOT NULL,
        stale {TEXT} NOT NULL)""",
    f"CREATE TABLE IF NOT EXISTS mirror_meta (key {TEXT} PRIMARY KEY, value {TEXT} NOT NULL)",
)

_ADDED = (
    f"ALTER TABLE raw_object ADD COLUMN IF NOT EXISTS origins {TEXT}",
    "ALTER TABLE sync_cursor ADD COLUMN IF NOT EXISTS finished BOOLEAN DEFAULT true",
)
"""Columns that files of an older layout lack."""

_ROWS_OF_LAYOUT_1 = (
    ("location", "store", "store_id", True),
    ("catalog", "variant", "variant_id", True),
    ("catalog", "product", "product_id", False),
    ("catalog", "category", "category_id", False),
    ("employee", "employee", "employee_id", False),
    ("sale", "sale", "sale_id", True),
    ("timecard", "timecard", "timecard_id", False),
)
"""Entity, table, key, and whether the table names the connection. In layout 1 a row had the id of its object."""


def physical_columns(table: Table) -> dict[str, str]:
    """Every stored column of a canonical table with its type, in order."""
    columns = {column.name: column.type for column in table.columns}
    return {**columns, **PART_EXTRAS} if table.name in PARTS else columns


def create(
    connection: duckdb.DuckDBPyConnection, fill: Callable[[duckdb.DuckDBPyConnection], object] = lambda _: None
) -> None:
    """Create what is missing, and bring a file of an older layout up to this one; nothing in it is lost.

    Args:
        connection: the mirror's, outside a transaction.
        fill: called inside it for a file of an older layout, once its tables and views are there.

    Raises:
        TerminalError: the file was written by a newer floorwalker.
    """
    stored = _stored_definition(connection)
    if stored == _definition():
        check_version(connection)
        return
    connection.execute("BEGIN")
    connection.execute(";\n".join(_statements()))
    if stored is not None:
        _add_missing_columns(connection)
    connection.execute(
        "INSERT INTO mirror_meta VALUES ('version', '0'), ('schema_version', ?) ON CONFLICT DO NOTHING",
        [str(SCHEMA_VERSION)],
    )
    check_version(connection)
    if _layout(connection) < SCHEMA_VERSION:
        _migrate(connection)
    create_views(connection)
    if stored is not None:
        fill(connection)
    connection.execute("INSERT OR REPLACE INTO mirror_meta VALUES ('definition', ?)", [_definition()])
    connection.execute("COMMIT")


def is_older(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a mirror lacks a table, a column or a view of this version that ``create`` would give it.

    Not so of a file that is no mirror, or one of a newer layout, which ``check_version`` refuses.
    """
    stored = _stored_definition(connection)
    return stored is not None and stored != _definition() and 1 <= _layout(connection) <= SCHEMA_VERSION


def _definition() -> str:
    """A fingerprint of the tables and views of this version."""
    return hashlib.sha256("\0".join((*_statements(), *VIEWS.values())).encode()).hexdigest()


def _statements() -> tuple[str, ...]:
    """The statement that creates each table."""
    named = {table.name: physical_columns(table) for table in TABLES.values()} | dict(ROLLUPS)
    return (*(_create_table(name, columns) for name, columns in named.items()), *_BOOKKEEPING)


def _stored_definition(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What the file was last brought up to: empty if it does not say, None if there are no tables of ours."""
    try:
        found = connection.execute("SELECT value FROM mirror_meta WHERE key = 'definition'").fetchone()
    except duckdb.CatalogException:
        return None
    return str(found[0]) if found else ""


def check_version(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a file whose layout this version does not know.

    Raises:
        TerminalError: as said.
    """
    found = _layout(connection)
    if not 1 <= found <= SCHEMA_VERSION:
        raise TerminalError(
            f"The mirror has layout {found or 'unknown'}, this version of floorwalker reads layout {SCHEMA_VERSION}. "
            "Update floorwalker, or move the file away and load or sync again."
        )


def _layout(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("SELECT value FROM mirror_meta WHERE key = 'schema_version'").fetchone()
    return int(found[0]) if found and str(found[0]).isdigit() else 0


def _add_missing_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """Give tables of an older file the columns that were added to ``connectors.records`` since."""
    there = set(connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall())
    for table in TABLES.values():
        for column, type_ in physical_columns(table).items():
            if (table.name, column) not in there:
                connection.execute(f'ALTER TABLE {table.name} ADD COLUMN "{column}" {type_}')


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in _ADDED:
        connection.execute(statement)
    for entity, table_name, key, named in _ROWS_OF_LAYOUT_1:
        condition = "t.connection = r.connection AND " if named else ""
        connection.execute(
            f"""UPDATE raw_object AS r SET origins = '{table_name}' || chr(31) || r.id FROM {table_name} AS t
            WHERE {condition}t."{key}" = r.id AND r.entity = '{entity}' AND r.origins IS NULL"""
        )
    connection.execute("UPDATE mirror_meta SET value = ? WHERE key = 'schema_version'", [str(SCHEMA_VERSION)])


def stored_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of groups committed to this file so far."""
    row = connection.execute("SELECT value FROM mirror_meta WHERE key = 'version'").fetchone()
    return int(row[0]) if row else 0


def _create_table(name: str, columns: Mapping[str, str]) -> str:
    body = ", ".join(f'"{column}" {type_}' for column, type_ in columns.items())
    return f"CREATE TABLE IF NOT EXISTS {name} ({body})"
