"""Rows on their way into the mirror: checked in Python, cast by DuckDB.

Every value travels as text and is cast to its column's type in SQL, so that a decimal never passes through a float
and a connector may give ``"1.50"``, ``Decimal("1.50")`` or ``1`` alike. A float is refused wherever money or a
quantity is meant, and a naive datetime everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import duckdb

from connectors.errors import InputError
from connectors.records import REAL, TABLES, Row, Table

Values = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked row: its table, its natural key and its values as text by column."""

    table: Table
    key: tuple[str | None, ...]
    values: Values


def prepare(row: Row) -> Prepared:
    """Check one row against its table's definition.

    Raises:
        InputError: unknown table or column, a missing required value, a word that is not allowed, a float where a
            decimal is meant, or an instant without a zone.
    """
    table = TABLES.get(row.table)
    if table is None:
        raise InputError(f"“{row.table}” is not a table of the mirror. Tables are: {', '.join(TABLES)}.")
    unknown = sorted(set(row.values) - set(table.names))
    if unknown:
        raise InputError(f"The table {table.name} has no column “{unknown[0]}”.")
    values: Values = {}
    for column in table.columns:
        given = row.values.get(column.name)
        where = f"{table.name}.{column.name}"
        value = as_text(column.default if given is None else given, where, real=column.type == REAL)
        if value is None and column.required:
            raise InputError(f"{where} is required and missing.")
        if column.allowed and value is not None and value not in column.allowed:
            raise InputError(f"{where} must be one of {', '.join(column.allowed)}; it is “{value[:40]}”.")
        values[column.name] = value
    return Prepared(table, tuple(values[name] for name in table.key), values)


def as_text(value: Any, where: str, *, real: bool = False) -> str | None:
    """The text that DuckDB casts to the column's type; ``where`` is ``table.column`` for the error's sentence.

    Raises:
        InputError: a float where ``real`` is false, or a datetime without a zone.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not real:
        raise InputError(f"{where} must be a whole number or a decimal, not a binary floating-point number.")
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InputError(f"{where} needs a time zone.")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)


def stage(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Values]) -> str:
    """Put ``rows`` into a typed temporary table and name it."""
    name = f"stage_{table.name}"
    body = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({body})")
    selected = ", ".join(
        f"CAST(unnest(CAST($c{index} AS VARCHAR[])) AS {column.type})" for index, column in enumerate(table.columns)
    )
    connection.execute(
        f"INSERT INTO {name} SELECT {selected}",
        {f"c{index}": [row[column.name] for row in rows] for index, column in enumerate(table.columns)},
    )
    return name


def same_key(table: Table, left: str, right: str, *, key: Iterable[str] | None = None) -> str:
    """The condition that two aliases hold the same natural key, with nulls equal."""
    return " AND ".join(f'{left}."{name}" IS NOT DISTINCT FROM {right}."{name}"' for name in key or table.key)


def replace_by_key(connection: duckdb.DuckDBPyConnection, table: Table, staged: str) -> None:
    """Upsert: what has a key of the staged rows goes, the staged rows come."""
    connection.execute(f"DELETE FROM {table.name} AS t USING {staged} AS n WHERE {same_key(table, 't', 'n')}")
    names = ", ".join(f'"{name}"' for name in table.names)
    connection.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {staged}")
