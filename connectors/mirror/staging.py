"""Rows on their way into the mirror: checked in Python, cast by DuckDB.

Every value travels as text and is cast to its column's type in SQL, so that a decimal never passes through a float
and a connector may give ``"1.50"``, ``Decimal("1.50")`` or ``1`` alike. A float is refused wherever money or a
quantity is meant, and a naive datetime everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from types import NoneType
from typing import Any

import duckdb
import orjson
import structlog

from connectors.errors import InputError
from connectors.mirror.columns import BETWEEN, NULL, Joined, Texts, relation
from connectors.records import DECIMALS, REAL, TEXT, Column, Row, Table

log = structlog.get_logger()

Values = dict[str, str | None]

_SLICE = 50_000
"""So many rows are turned into text at a time, so that an order of a million lines needs no more memory than this."""


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
    """Put ``rows``, checked and as text, into a typed temporary table and name it.

    Raises:
        InputError: a value does not fit its column.
    """
    name = _empty(connection, table)
    for begin in range(0, len(rows), _SLICE):
        part = rows[begin : begin + _SLICE]
        _insert(connection, table, {column: [row[column] for row in part] for column in table.names}, len(part))
    return name


def stage_rows(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> str:
    """Check ``rows`` of one table, put them into a typed temporary table and name it; of equal keys the last counts.

    Checks go by column, not by row: a column usually holds one type, which is seen at once.

    Raises:
        InputError: an unknown column, a missing required value, a word that is not allowed, a float where a decimal
            is meant, an instant without a zone, or a value that does not fit its column.
    """
    name = _empty(connection, table)
    kept = _without_repeats(table, [row.values for row in rows])
    for begin in range(0, len(kept), _SLICE):
        part = kept[begin : begin + _SLICE] if len(kept) > _SLICE else kept
        _insert(connection, table, checked(table, by_column(table, part), len(part)), len(part))
    return name


def _without_repeats(table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows; where keys repeat, only the last row of each."""
    keys = key_texts(table, rows)
    if len(set(keys)) == len(rows):
        return rows
    return list(dict(zip(keys, rows, strict=True)).values())


def key_texts(table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    """The natural key of each row: a text, or a tuple of them where several columns make the key."""
    columns = [_texts([row.get(name) for row in rows], f"{table.name}.{name}") for name in table.key]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def by_column(table: Table, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[Any]]:
    """The values of rows by column.

    Raises:
        InputError: an unknown column.
    """
    columns = _alike(rows) or _unlike(table, rows)
    if not columns.keys() <= set(table.names):
        raise InputError(f"The table {table.name} has no column “{min(columns.keys() - set(table.names))}”.")
    return columns


def checked(table: Table, columns: Mapping[str, Sequence[Any]], count: int) -> dict[str, Texts | Joined | None]:
    """Columns of so many values as text; None for one that is missing altogether and has no default.

    Raises:
        InputError: as ``stage_rows``, but for values that the engine cannot cast.
    """
    absent = [None] * count
    return {column.name: _fitting(table, column, columns.get(column.name, absent)) for column in table.columns}


def _alike(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]] | None:
    """The columns of rows that all have the same, as those of one mapping mostly do; None if they have not."""
    names = tuple(rows[0])
    if len(names) < 2 or set(map(len, rows)) != {len(names)}:
        return None
    try:
        return dict(zip(names, zip(*map(itemgetter(*names), rows), strict=True), strict=True))
    except KeyError:
        return None


def _unlike(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """The columns of rows of which some lack some."""
    return {name: [row.get(name) for row in rows] for name in {*table.names, *chain.from_iterable(rows)}}


def _fitting(table: Table, column: Column, values: Sequence[Any]) -> Texts | Joined | None:
    """A column as text, with its default where a value is missing; None when there is nothing in it."""
    where = f"{table.name}.{column.name}"
    kinds = set(map(type, values))
    missing = NoneType in kinds
    if missing and column.required:
        raise InputError(f"{where} is required and missing.")
    if kinds == {NoneType} and column.default is None:
        return None
    joined = _joined_at_once(values, kinds)
    if joined is not None and joined.null and column.default is not None:
        return joined._replace(text=joined.text.replace(joined.null, as_text(column.default, where) or ""), null="")
    if joined is not None:
        return joined
    texts = _texts(values, where, real=column.type == REAL, kinds=kinds)
    if missing and column.default is not None:
        default = as_text(column.default, where)
        texts = [default if text is None else text for text in texts]
    if column.type in DECIMALS:
        _tell_of_rounding(texts, where, DECIMALS[column.type])
    if column.allowed:
        for word in set(texts).difference(column.allowed, (None,)):
            raise InputError(f"{where} must be one of {', '.join(column.allowed)}; it is “{str(word)[:40]}”.")
    return texts


def _joined_at_once(values: Sequence[Any], kinds: set[type]) -> Joined | None:
    """A column of whole numbers, flags or instants of UTC, written in one go as ``as_text`` does one by one.

    None for other columns, and where one value stands in every row.
    """
    if kinds <= {int, bool, NoneType}:
        marks = ""
    elif kinds <= {datetime, NoneType} and {value.tzinfo for value in values if value is not None} == {UTC}:
        marks = '"'
    else:
        return None
    if len(kinds) == 1 and values.count(values[0]) == len(values):
        return None
    try:
        text = orjson.dumps(values)[1:-1].decode()
    except TypeError:  # a number beyond 64 bits
        return None
    text = text.replace(",", BETWEEN)
    if marks:
        text = text.replace(marks, "")
    missing = NoneType in kinds
    return Joined(text.replace("null", NULL) if missing else text, null=NULL if missing else "")


def _tell_of_rounding(texts: Texts, where: str, keeps: int) -> None:
    """The raw object keeps what a platform says in more decimals than the mirror does."""
    fine = {text for text in set(texts) if text is not None and len(text) - text.find(".") - 1 > keeps and "." in text}
    if fine:
        count = sum(text in fine for text in texts)
        log.warning("values.rounded", column=where, values=count, decimals=keeps)


def _texts(values: Sequence[Any], where: str, *, real: bool = False, kinds: set[type] | None = None) -> Texts:
    """``as_text`` of a whole column; ``kinds`` are the types in it, where they are known."""
    kinds = set(map(type, values)) if kinds is None else kinds
    if kinds <= {str, NoneType}:
        return values
    if kinds in ({int}, {bool}) and values.count(values[0]) == len(values):
        return [as_text(values[0], where)] * len(values)
    if kinds == {int}:
        return list(map(str, values))
    if kinds == {int, NoneType}:
        return [None if value is None else str(value) for value in values]
    if kinds == {bool}:
        return ["true" if value else "false" for value in values]
    if kinds == {Decimal}:
        plain = list(map(str, values))
        # Only a number with an exponent needs the slower way.
        return [format(value, "f") for value in values] if "E" in "".join(plain) else plain
    if kinds == {datetime}:
        return [value.isoformat() if value.tzinfo is UTC else as_text(value, where) for value in values]
    return [as_text(value, where, real=real) for value in values]


def _empty(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    name = f"stage_{table.name}"
    body = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({body})")
    return name


def _insert(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: Mapping[str, Texts | Joined | None], count: int
) -> None:
    """Insert columns of text."""
    same: dict[str, str] = {}
    varying: dict[str, Texts | Joined] = {}
    for name, texts in columns.items():
        if texts is None:
            continue
        if isinstance(texts, Joined):
            varying[name] = texts
            continue
        first = texts[0]
        if first != texts[-1] or texts.count(first) != count:
            varying[name] = texts
        elif first is not None:
            same[name] = first
    try:
        _insert_texts(connection, table, same, varying, count)
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException) as exc:
        raise _unfitting(connection, table, columns) or exc from exc


def stage_columns(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: Mapping[str, str | Joined], count: int
) -> str:
    """Put checked columns into a typed temporary table and name it: a text stands in every row."""
    name = _empty(connection, table)
    same = {column: texts for column, texts in columns.items() if isinstance(texts, str)}
    varying = {column: texts for column, texts in columns.items() if isinstance(texts, Joined)}
    _insert_texts(connection, table, same, varying, count)
    return name


def _insert_texts(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    same: Mapping[str, str],
    varying: Mapping[str, Texts | Joined],
    count: int,
) -> None:
    cells: dict[str, str] = {}
    params: dict[str, Any] = {}
    named: dict[str, Texts | Joined] = {}
    for index, column in enumerate(table.columns):
        cell = f"c{index}"
        if column.name in same:
            params[cell] = same[column.name]
            cell = f"${cell}"
        elif column.name in varying:
            named[cell] = varying[column.name]
        else:
            continue
        cells[f'"{column.name}"'] = cell if column.type == TEXT else f"CAST({cell} AS {column.type})"
    source = f"range({count})"
    if named:
        source, texts_of = relation(named)
        params |= texts_of
    connection.execute(
        f"INSERT INTO stage_{table.name} ({', '.join(cells)}) SELECT {', '.join(cells.values())} FROM {source}", params
    )


def _unfitting(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: Mapping[str, Texts | Joined | None]
) -> InputError | None:
    """The sentence for the first value that does not fit; asked on a cursor of its own, as the transaction is lost."""
    with connection.cursor() as cursor:
        for column in table.columns:
            texts = columns[column.name]
            if not texts:
                continue
            source, params = relation({"cell": texts})
            found = cursor.execute(
                f"""SELECT cell FROM {source}
                WHERE cell IS NOT NULL AND TRY_CAST(cell AS {column.type}) IS NULL LIMIT 1""",
                params,
            ).fetchone()
            if found:
                return InputError(
                    f"{table.name}.{column.name} does not fit its type, {column.type}; it is “{found[0][:40]}”."
                )
    return None


def same_key(table: Table, left: str, right: str, *, key: Iterable[str] | None = None) -> str:
    """The condition that two aliases hold the same natural key, with nulls equal."""
    return " AND ".join(f'{left}."{name}" IS NOT DISTINCT FROM {right}."{name}"' for name in key or table.key)


def replace_by_key(connection: duckdb.DuckDBPyConnection, table: Table, staged: str) -> None:
    """Upsert: what has a key of the staged rows goes, the staged rows come, by store so that a scan can skip others."""
    connection.execute(f"DELETE FROM {table.name} AS t USING {staged} AS n WHERE {same_key(table, 't', 'n')}")
    insert_all(connection, table, staged)


def insert_all(connection: duckdb.DuckDBPyConnection, table: Table, staged: str) -> None:
    """The staged rows, none of whose keys is stored, come, by store."""
    names = ", ".join(f'"{name}"' for name in table.names)
    order = " ORDER BY store_id" if "store_id" in table.names else ""
    connection.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {staged}{order}")
