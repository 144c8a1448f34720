"""Finding the tables in a folder and checking their headers, before any row is read.

What is wrong with a file as a whole refuses the folder; what is wrong with a row is the business of ``check``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from connectors.errors import InputError
from connectors.records import MEMBER, TABLES, Table

DEFINITIONS: Mapping[str, Table] = {**TABLES, MEMBER.name: MEMBER}
_DELIMITERS = (",", ";", "\t", "|")
_NESTED = ("STRUCT", "MAP", "UNION", "BLOB", "VARIANT")
UNREADABLE, SCANS = "load_unreadable", "load_scan"
"""Temporary tables in which the engine notes the rows of a CSV file that it cannot split into cells."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file with its table and the columns that it has. ``unnamed`` columns stand at the end of a CSV header."""

    path: Path
    table: Table
    columns: tuple[str, ...]
    delimiter: str = ","
    unnamed: int = 0

    @property
    def is_parquet(self) -> bool:
        """Whether it is Parquet; otherwise it is CSV."""
        return self.path.suffix.lower() == ".parquet"

    @property
    def unit(self) -> str:
        """What a place in the file is called."""
        return "row" if self.is_parquet else "line"

    @property
    def staged(self) -> str:
        """The temporary table that the file is read into: the columns that the file has, and ``faults``."""
        return f"stage_{self.table.name}"

    @property
    def good(self) -> str:
        """The temporary view over ``staged`` with every column of the table, and ``place`` (the row in ``staged``)."""
        return f"good_{self.table.name}"

    @property
    def relation(self) -> str:
        """The file as a SQL relation of text columns, in file order. CSV rows that cannot be read go to UNREADABLE."""
        path = str(self.path).replace("'", "''")
        if self.is_parquet:
            selected = ", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in self.columns)
            return f"(SELECT {selected} FROM read_parquet('{path}'))"
        # The engine itself lets one empty cell more than there are columns pass.
        names = (*self.columns, *(f"unnamed {number}" for number in range(1, self.unnamed)))
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        return (
            f"read_csv('{path}', auto_detect=false, header=true, delim='{self.delimiter}', quote='\"', escape='\"', "
            f"columns={{{columns}}}, nullstr='', strict_mode=true, store_rejects=true, rejects_limit=0, "
            f"rejects_table='{UNREADABLE}', rejects_scan='{SCANS}')"
        )


def find_tables(folder: Path) -> list[TableFile]:
    """The folder's table files, in the order in which they are loaded.

    Raises:
        InputError: no such folder, nothing to load, a table that does not exist or is given twice, or a header with
            an unknown, repeated or missing column.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder. Give the folder that holds files such as store.csv and sale.csv.")
    found: dict[str, Path] = {}
    for path in _candidates(folder):
        name = path.stem.lower()
        if name not in DEFINITIONS:
            raise InputError(f"{path.name}: “{name}” is not a table. Tables are: {', '.join(DEFINITIONS)}.")
        if name in found:
            raise InputError(f"The table {name} is there twice: {found[name].name} and {path.name}. Keep one.")
        found[name] = path
    if not found:
        raise InputError(f"{folder} holds no .csv or .parquet file. Name them after their table, such as store.csv.")
    return [_described(found[name], table) for name, table in DEFINITIONS.items() if name in found]


def _candidates(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in (".csv", ".parquet") and not path.name.startswith("."):
            yield path


def _described(path: Path, table: Table) -> TableFile:
    delimiter, unnamed = ",", 0
    if path.suffix.lower() == ".parquet":
        columns = _parquet_columns(path)
    else:
        columns, delimiter = _csv_header(path)
        while columns and not columns[-1]:
            columns.pop()
            unnamed += 1
    for name in columns:
        if name not in table.names:
            raise InputError(f"{path.name}: there is no column “{name}”. Columns are: {', '.join(table.names)}.")
        if columns.count(name) > 1:
            raise InputError(f"{path.name}: the column “{name}” is there twice.")
    for column in table.columns:
        if column.required and column.name not in columns:
            raise InputError(f"{path.name}: the column “{column.name}” is required and missing.")
    return TableFile(path, table, tuple(columns), delimiter, unnamed)


def _csv_header(path: Path) -> tuple[list[str], str]:
    try:
        with path.open(encoding="utf-8-sig") as text:
            first = text.readline()
    except UnicodeDecodeError as exc:
        raise InputError(f"{path.name} is not UTF-8 text. Save it as CSV in UTF-8.", detail=str(exc)) from exc
    except OSError as exc:
        raise InputError(f"{path.name} cannot be opened: {exc.strerror}.", detail=str(exc)) from exc
    if not first.strip():
        raise InputError(f"{path.name} is empty; the first line names the columns.")
    delimiter = max(_DELIMITERS, key=first.count)
    return [name.strip() for name in next(csv.reader([first], delimiter=delimiter))], delimiter


def _parquet_columns(path: Path) -> list[str]:
    escaped = str(path).replace("'", "''")
    try:
        with duckdb.connect(":memory:") as connection:
            found = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{escaped}')").fetchall()
    except duckdb.Error as exc:
        raise InputError(
            f"{path.name} cannot be read as Parquet: it is damaged or something else.", detail=str(exc)
        ) from exc
    for name, type_, *_ in found:
        if type_.startswith(_NESTED) or type_.endswith("]"):
            raise InputError(f"{path.name}: the column “{name}” holds {type_}; it must hold single values.")
    return [row[0] for row in found]
