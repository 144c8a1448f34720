"""Reading one file into a typed temporary table, each row with what is wrong with its cells.

One pass reads, checks and casts. A bad row is kept with the cells that can be cast, so that its document and its money
are known; ``quarantine`` takes it out. Rows that cannot even be split into cells are noted by the engine, which would
otherwise drop an unfinished last record without a word: so records and lines are counted against each other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

import duckdb

from connectors.errors import InputError
from connectors.files.faults import Unreadable, note_cells, note_unreadable
from connectors.files.folder import SCANS, UNREADABLE, TableFile
from connectors.files.lines import count_lines, lines_at, record_starts
from connectors.files.rules import Rule, cast_of, rules_of
from connectors.records import DECIMALS, TEXT, Column

MOST_UNREADABLE = 100_000
"""A file with more rows than these that cannot be split into cells is refused as a whole."""

_SHOWN = 200
_REASONS = {
    "MISSING COLUMNS": "has fewer cells than the header names columns",
    "TOO MANY COLUMNS": "has more cells than the header names columns",
    "UNQUOTED VALUE": "has a quote in the wrong place",
    "LINE SIZE OVER MAXIMUM": "is longer than 2 MB",
}
_FAULT = "{{'column_name': '{column}', 'cell': {cell}, 'reason': {reason}}}"
_FAULTS = "STRUCT(column_name VARCHAR, cell VARCHAR, reason VARCHAR)[]"


def stage_file(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    """Read a file, in its order, into the temporary table ``file.staged``: the columns that it has, and ``faults``.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    present = [column for column in file.table.columns if column.name in file.columns]
    body = ", ".join(f'"{column.name}" {column.type}' for column in present)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {file.staged} ({body}, faults {_FAULTS}, rounded BOOLEAN)")
    for name in (UNREADABLE, SCANS):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    try:
        connection.execute(_statement(file, present))
    except (duckdb.PermissionException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error as exc:
        raise InputError(_whole_file(file, str(exc)), detail=str(exc)) from exc
    if not file.is_parquet:
        _account_for_every_line(connection, file)
    note_cells(connection, file)
    show_good(connection, file)


def show_good(connection: duckdb.DuckDBPyConnection, file: TableFile, **given: str) -> None:
    """Create the view ``file.good``; ``given`` is SQL over ``n``, the staged row, for columns that are derived."""
    columns = ", ".join(
        f'{given.get(column.name) or _completed(column, file)} AS "{column.name}"' for column in file.table.columns
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {file.good} AS SELECT n.rowid AS place, {columns} FROM {file.staged} n"
    )


def _completed(column: Column, file: TableFile) -> str:
    default = "NULL" if column.default is None else "'" + str(column.default).lower() + "'"
    constant = f"CAST({default} AS {column.type})"
    if file.table.name == "sale_line" and column.name == "net_minor":
        discount = "coalesce(n.discount_minor, 0)" if "discount_minor" in file.columns else "0"
        constant = f"n.gross_minor - {discount}"
    if column.name not in file.columns:
        return constant
    return f'n."{column.name}"' if constant.startswith("CAST(NULL") else f'coalesce(n."{column.name}", {constant})'


def _statement(file: TableFile, present: Sequence[Column]) -> str:
    texts = ", ".join(f'nullif(trim("{column.name}"), \'\') AS "{column.name}"' for column in present)
    casts = ", ".join(f'{cast_of(column)} AS "typed {column.name}"' for column in present if column.type != TEXT)
    rules = [rule for column in present for rule in rules_of(file.table, column, f'"{column.name}"', _typed(column))]
    if file.table.name == "sale_line" and "net_minor" in file.columns:
        rules.append(_net_rule(file))
    any_bad = " OR ".join(f"({rule.condition})" for rule in rules) or "false"
    each = ", ".join(
        f"CASE WHEN {rule.condition} THEN "
        + _FAULT.format(column=rule.column, cell=f'"{rule.column}"', reason=rule.reason)
        + " END"
        for rule in rules
    )
    values = ", ".join(_typed(column) for column in present)
    faults = f"CASE WHEN {any_bad} THEN [{each}] END" if rules else "NULL"
    rounded = " OR ".join(_rounded(column) for column in present if column.type in DECIMALS) or "false"
    return f"""INSERT INTO {file.staged} SELECT {values}, CAST({faults} AS {_FAULTS}), {rounded}
        FROM (SELECT *{f", {casts}" if casts else ""} FROM (SELECT {texts} FROM {file.relation}))"""


def _typed(column: Column) -> str:
    return f'"{column.name}"' if column.type == TEXT else f'"typed {column.name}"'


def _rounded(column: Column) -> str:
    """Whether a cell has more decimals than are kept; less than a billionth is the noise of binary fractions."""
    cell, keeps = f'"{column.name}"', DECIMALS[column.type]
    return f"""CASE WHEN length({cell}) - strpos({cell}, '.') > {keeps} AND strpos({cell}, '.') > 0
      THEN coalesce(abs(TRY_CAST({cell} AS DECIMAL(38,15)) - {_typed(column)}) > 0.000000001, false) ELSE false END"""


def _net_rule(file: TableFile) -> Rule:
    discount = 'coalesce("typed discount_minor", 0)' if "discount_minor" in file.columns else "0"
    return Rule(
        "net_minor",
        f'"typed net_minor" <> "typed gross_minor" - {discount}',
        f"'must be gross_minor less discount_minor, ' || \"typed gross_minor\" || ' - ' || {discount}",
    )


def _account_for_every_line(connection: duckdb.DuckDBPyConnection, file: TableFile) -> None:
    """Note unreadable rows with their lines; refuse the file when rows are missing without a word."""
    unreadable = list(_unreadable(connection, file))
    row = connection.execute(f"SELECT count(*) FROM {file.staged}").fetchone()
    read = int(row[0]) if row else 0
    regular = read + len(unreadable) + 1 == count_lines(file.path)
    if not regular:
        expected = sum(1 for _ in record_starts(file.path, file.delimiter))
        if expected != read + len(unreadable):
            raise InputError(
                f"{file.path.name} has {expected} rows of which {read} can be read and {len(unreadable)} cannot; "
                "check its quotes and line ends."
            )
    note_unreadable(connection, file, unreadable, regular=regular)


def _unreadable(connection: duckdb.DuckDBPyConnection, file: TableFile) -> Iterator[Unreadable]:
    found = connection.execute(
        f"SELECT line_byte_position, min(error_type), min(csv_line) FROM {UNREADABLE} GROUP BY line_byte_position "
        f"ORDER BY line_byte_position LIMIT {MOST_UNREADABLE + 1}"
    ).fetchall()
    lines = lines_at(file.path, [position for position, _, _ in found])
    if len(found) > MOST_UNREADABLE:
        raise InputError(
            f"{file.path.name} has more than {MOST_UNREADABLE} rows that cannot be split into cells; the first is on "
            f"line {lines[found[0][0]]}. Check its delimiter and quotes."
        )
    for position, kind, text in found:
        line = lines[position]
        if kind == "INVALID ENCODING":
            raise InputError(f"{file.path.name}, line {line}, is not UTF-8 text. Save the file as CSV in UTF-8.")
        if kind == "UNQUOTED VALUE" and any(mark in text for mark in "\r\n"):
            raise InputError(f"{file.path.name}, line {line}: a quote is opened and never closed; check its quotes.")
        yield Unreadable(line, f"this row {_REASONS.get(kind, 'cannot be read')}", text[:_SHOWN], _sale(file, text))


def _sale(file: TableFile, text: str) -> str | None:
    """The sale that an unreadable row says it belongs to, as far as it can be made out."""
    if "sale_id" not in file.columns:
        return None
    place = file.columns.index("sale_id")
    try:
        cells = next(csv.reader([text], delimiter=file.delimiter), [])
    except csv.Error:
        return None
    return cells[place].strip() or None if place < len(cells) else None


def _whole_file(file: TableFile, said: str) -> str:
    if "invalid state" in said:
        return f"{file.path.name} mixes two kinds of line ends or quotes; save it again with one kind."
    if "nicode" in said or "UTF-8" in said:
        return f"{file.path.name} is not UTF-8 text. Save it as CSV in UTF-8."
    return f"{file.path.name} cannot be read; check its quotes and encoding."
