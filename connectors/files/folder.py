"""Finding the tables in a folder and checking their headers, before any row is read."""

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


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file with its table and the columns that it has."""

    path: Path
    table: Table
    columns: tuple[str, ...]
    delimiter: str = ","

    @property
    def is_parquet(self) -> bool:
        """Whether it is Parquet; otherwise it is CSV."""
        return self.path.suffix.lower() == ".parquet"

    @property
    def relation(self) -> str:
        """The file as a SQL relation of text columns, in file order."""
        path = str(self.path).replace("'", "''")
        if self.is_parquet:
            selected = ", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name in self.columns)
            return f"(SELECT {selected} FROM read_parquet('{path}'))"
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in self.columns)
        return (
            f"read_csv('{path}', auto_detect=false, header=true, delim='{self.delimiter}', quote='\"', escape='\"', "
            f"columns={{{columns}}}, parallel=false, nullstr='')"
        )

    def line_of(self, record: int) -> int:
        """The line of the file on which the record (1 is the first after the header) ends; for Parquet, the row."""
        if self.is_parquet:
            return record
        with self.path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=self.delimiter)
            seen = -1
            for row in reader:
                seen += bool(row)
                if seen == record:
                    break
            return reader.line_num


def count_records(file: TableFile) -> int:
    """The records of a CSV file, each checked to have as many cells as the header.

    The engine drops an unfinished last record without a word, so this is counted apart from it.

    Raises:
        InputError: a record is too short, too long, or has a quote that is never closed.
    """
    seen = 0
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, delimiter=file.delimiter, strict=True)
        try:
            for row in reader:
                if row and len(row) != len(file.columns):
                    raise InputError(
                        f"{file.path.name}, line {reader.line_num}: this row has {len(row)} cells, the header names "
                        f"{len(file.columns)} columns."
                    )
                seen += bool(row)
        except csv.Error as exc:
            raise InputError(
                f"{file.path.name}, line {reader.line_num}: this row cannot be read; check its quotes.", detail=str(exc)
            ) from exc
        except UnicodeDecodeError as exc:
            raise InputError(f"{file.path.name} is not UTF-8 text. Save it as CSV in UTF-8.", detail=str(exc)) from exc
    return seen - 1


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
    delimiter = ","
    if path.suffix.lower() == ".parquet":
        columns = _parquet_columns(path)
    else:
        columns, delimiter = _csv_header(path)
    for name in columns:
        if name not in table.names:
            raise InputError(f"{path.name}: there is no column “{name}”. Columns are: {', '.join(table.names)}.")
        if columns.count(name) > 1:
            raise InputError(f"{path.name}: the column “{name}” is there twice.")
    for column in table.columns:
        if column.required and column.name not in columns:
            raise InputError(f"{path.name}: the column “{column.name}” is required and missing.")
    return TableFile(path, table, tuple(columns), delimiter)


def _csv_header(path: Path) -> tuple[list[str], str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            first = text.readline()
    except UnicodeDecodeError as exc:
        raise InputError(f"{path.name} is not UTF-8 text. Save it as CSV in UTF-8.", detail=str(exc)) from exc
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
    return [row[0] for row in found]
