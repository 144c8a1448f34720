"""Checking every cell of a file while it is staged; the first bad one is named with its place and the reason."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

import duckdb

from connectors.errors import InputError
from connectors.files.folder import TableFile, count_records
from connectors.records import COUNT, DAY, FLAG, INSTANT, JSON, MINOR, REAL, TEXT, TIME, Column, Table

_WHOLE = "NOT regexp_matches({cell}, '^[+-]?[0-9]+([.]0+)?$')"
_SHOWN = 40
_SPECIAL = {
    ("store", "timezone"): ("{cell} NOT IN ({zones})", "must be a time zone such as America/New_York"),
    ("store", "currency"): (
        "NOT regexp_matches({cell}, '^[A-Z][A-Z][A-Z]$')",
        "must be a three-letter currency code such as USD",
    ),
}
"""Cells with a rule of their own: the condition that makes one bad, and the reason."""

_CHECKS = {
    MINOR: (_WHOLE, "must be a whole number"),
    COUNT: (_WHOLE, "must be a whole number"),
    REAL: ("NOT isfinite(TRY_CAST({cell} AS DOUBLE))", "must be a number"),
    INSTANT: ("", "must be an instant such as 2026-03-01T09:30:00-05:00"),
    DAY: ("", "must be a date such as 2026-03-01"),
    TIME: ("", "must be a time such as 04:00"),
    FLAG: ("", "must be true or false"),
    JSON: ("NOT json_valid({cell})", "must be JSON"),
}
"""By column type: what makes a cell bad besides not being castable, and the reason."""


def stage_file(connection: duckdb.DuckDBPyConnection, file: TableFile) -> str:
    """Load a file into a typed temporary table and name it.

    Raises:
        InputError: the first bad cell, with file, line, column and reason; or a key that is there twice.
    """
    raw, staged = f"raw_{file.table.name}", f"stage_{file.table.name}"
    _read(connection, file, raw)
    _refuse_bad_cell(connection, file, raw)
    body = ", ".join(f'"{column.name}" {column.type}' for column in file.table.columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {staged} ({body})")
    selected = ", ".join(_typed(column, file) for column in file.table.columns)
    connection.execute(f"INSERT INTO {staged} SELECT {selected} FROM {raw} ORDER BY record")
    connection.execute(f"DROP TABLE {raw}")
    _refuse_repeated_key(connection, file, staged)
    if file.table.name == "sale_line":
        _refuse_unequal_net(connection, file, staged)
    return staged


def _read(connection: duckdb.DuckDBPyConnection, file: TableFile, raw: str) -> None:
    cells = ", ".join(f'nullif(trim("{name}"), \'\') AS "{name}"' for name in file.columns)
    expected = None if file.is_parquet else count_records(file)
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {raw} AS SELECT row_number() OVER () AS record, {cells} FROM {file.relation}"
        )
    except duckdb.PermissionException:
        raise
    except duckdb.Error as exc:
        raise InputError(f"{file.path.name} cannot be read; check its quotes and encoding.", detail=str(exc)) from exc
    read = connection.execute(f"SELECT count(*) FROM {raw}").fetchone()
    if expected is not None and read is not None and read[0] != expected:
        raise InputError(f"{file.path.name} has {expected} rows of which only {read[0]} can be read; check its quotes.")


def _typed(column: Column, file: TableFile) -> str:
    default = "NULL" if column.default is None else "'" + str(column.default).lower() + "'"
    if column.name not in file.columns:
        return f"CAST({default} AS {column.type})"
    return f'CAST(coalesce("{column.name}", {default}) AS {column.type})'


def _refuse_bad_cell(connection: duckdb.DuckDBPyConnection, file: TableFile, raw: str) -> None:
    found: list[tuple[int, int, str, str | None, str]] = []
    for position, column in enumerate(file.table.columns):
        if column.name not in file.columns:
            continue
        for condition, reason in _rules(file.table, column):
            row = connection.execute(
                f'SELECT record, "{column.name}" FROM {raw} WHERE {condition} ORDER BY record LIMIT 1'
            ).fetchone()
            if row:
                found.append((row[0], position, column.name, row[1], reason))
    if not found:
        return
    record, _, name, value, reason = min(found, key=lambda bad: bad[:2])
    unit = "row" if file.is_parquet else "line"
    shown = "" if value is None else f" It is “{value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}”."
    raise InputError(f"{file.path.name}, {unit} {file.line_of(record)}, column {name}: {reason}.{shown}")


def _rules(table: Table, column: Column) -> list[tuple[str, str]]:
    """Conditions that make a cell bad, each with its reason."""
    cell = f'"{column.name}"'
    rules: list[tuple[str, str]] = []
    if column.required:
        rules.append((f"{cell} IS NULL", "is required and empty"))
    if column.allowed:
        words = ", ".join(f"'{word}'" for word in column.allowed)
        rules.append((f"{cell} NOT IN ({words})", f"must be one of {', '.join(column.allowed)}"))
    failed = f"{cell} IS NOT NULL AND TRY_CAST({cell} AS {column.type}) IS NULL"
    special = _SPECIAL.get((table.name, column.name))
    if special:
        rules.append((special[0].format(cell=cell, zones=_zones()), special[1]))
    elif column.type in _CHECKS:
        extra, reason = _CHECKS[column.type]
        condition = f"({failed}) OR {extra.format(cell=cell)}" if extra else failed
        if column.name.endswith("_minor"):
            reason = "must be a whole number of minor units (cents)"
        rules.append((condition, reason))
    elif column.type != TEXT:
        rules.append((failed, f"must be a decimal number that fits {column.type}"))
    return rules


@cache
def _zones() -> str:
    return ", ".join(f"'{zone}'" for zone in sorted(available_timezones()))


def _refuse_repeated_key(connection: duckdb.DuckDBPyConnection, file: TableFile, staged: str) -> None:
    key = ", ".join(f'"{name}"' for name in file.table.key)
    row = connection.execute(f"SELECT {key} FROM {staged} GROUP BY {key} HAVING count(*) > 1 LIMIT 1").fetchone()
    if row:
        named = ", ".join(
            f"{name} {value}" for name, value in zip(file.table.key, row, strict=True) if value is not None
        )
        raise InputError(f"{file.path.name}: {named} is there more than once.")


def _refuse_unequal_net(connection: duckdb.DuckDBPyConnection, file: TableFile, staged: str) -> None:
    row = connection.execute(
        f"""SELECT sale_id, line_no, gross_minor, discount_minor, net_minor FROM {staged}
        WHERE net_minor <> gross_minor - discount_minor LIMIT 1"""
    ).fetchone()
    if row:
        raise InputError(
            f"{file.path.name}, sale {row[0]} line {row[1]}, column net_minor: must be gross_minor less "
            f"discount_minor, {row[2]} - {row[3]}. It is “{row[4]}”."
        )
