"""What a load did: the account of every row and of the money, and the file that lists what was set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from connectors.errors import InputError
from connectors.files.folder import TableFile
from connectors.records import MINOR

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a folder held and what became of it, by table. ``rows`` = ``loaded`` + ``quarantined`` + ``unchanged``.

    Attributes:
        folder: what was loaded.
        rows: rows in the files.
        loaded: rows written, because they are new or different.
        unchanged: rows that the mirror has already, just so or in a newer version.
        quarantined: rows set aside; tables without any are left out.
        money: by table and ``*_minor`` column, the sums of what was accepted (loaded or unchanged) and of what was
            quarantined, over the cells that can be read, and how many quarantined cells cannot. Minor units, added
            over all currencies: to be compared with the sum of the column in the file, nothing else.
        report: the file that lists what was set aside and why; None when there is nothing in it.
        rounded: rows with a quantity of more than five decimals or a price of more than four, which are rounded to that
            many; tables without any are left out.
        members: None when there was no ``member`` file, or when it was set aside.
        seconds: how long it took.
    """

    folder: Path
    rows: Mapping[str, int]
    loaded: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    quarantined: Mapping[str, int] = field(default_factory=dict)
    money: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    report: Path | None = None
    rounded: Mapping[str, int] = field(default_factory=dict)
    members: list[dict[str, Any]] | None = None
    seconds: float = field(default=0.0, compare=False)

    @property
    def warning(self) -> str:
        """A sentence each for a person when rows were set aside or numbers rounded; otherwise empty."""
        said = []
        if self.quarantined:
            counted = self._counted(self.quarantined)
            said.append(f"Some rows were set aside and not loaded ({counted}); {self.report} says where and why.")
        if self.rounded:
            counted = self._counted(self.rounded)
            said.append(f"Quantities were rounded to five decimals, unit prices and costs to four ({counted}).")
        return " ".join(said)

    def _counted(self, rows: Mapping[str, int]) -> str:
        return ", ".join(f"{count} of {self.rows[name]} in {name}" for name, count in rows.items())


def first_fault(connection: duckdb.DuckDBPyConnection, files: Mapping[str, TableFile]) -> str | None:
    """The first thing that is wrong, in one sentence, or None."""
    for name, file in files.items():
        row = connection.execute(
            f"""SELECT line, column_name, cell, reason FROM load_fault WHERE table_name = '{name}'
            ORDER BY line, column_name NULLS FIRST LIMIT 1"""
        ).fetchone()
        if row:
            line, column, cell, reason = row
            place = f"{file.path.name}, {file.unit} {line}" + (f", column {column}" if column else "")
            shown = "" if cell is None else f" It is “{cell[:_SHOWN]}{'…' if len(cell) > _SHOWN else ''}”."
            return " ".join(f"{place}: {reason}.{shown}".split())
    return None


def write_faults(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, TableFile], folder: Path, now: datetime
) -> Path:
    """Write what was set aside as CSV (file, line, column, value, reason), in the order of the files.

    Raises:
        InputError: the file cannot be written; nothing should be loaded then.
    """
    path = _free_name(folder.absolute(), now)
    names = " ".join(f"WHEN '{name}' THEN '{_escaped(file.path.name)}'" for name, file in files.items())
    order = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(files))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection.execute(
            f"""COPY (SELECT CASE table_name {names} END AS file, line, column_name AS "column", cell AS value, reason
            FROM load_fault ORDER BY CASE table_name {order} END, line, column_name NULLS FIRST)
            TO '{_escaped(str(path))}' (FORMAT csv, HEADER)"""
        )
    except (OSError, duckdb.IOException) as exc:
        raise InputError(
            f"The list of rows set aside cannot be written to {folder}; make room or mend its rights.", detail=str(exc)
        ) from exc
    return path


def quarantined_rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Rows of a table that were set aside."""
    row = connection.execute(
        f"""SELECT count(DISTINCT place) + count(*) FILTER (WHERE place IS NULL) FROM load_fault
        WHERE table_name = '{name}'"""
    ).fetchone()
    return int(row[0]) if row else 0


def money_of(connection: duckdb.DuckDBPyConnection, file: TableFile) -> dict[str, dict[str, int]]:
    """Sums of the file's money columns, accepted and quarantined; call it before bad rows are taken out."""
    columns = [
        column.name
        for column in file.table.columns
        if column.type == MINOR and column.name.endswith("_minor") and column.name in file.columns
    ]
    if not columns:
        return {}
    bad = f"SELECT DISTINCT place FROM load_fault WHERE table_name = '{file.table.name}' AND place IS NOT NULL"
    everything = _sums(connection, columns, file.staged)
    aside = _sums(connection, columns, f"(SELECT n.* FROM {file.staged} n SEMI JOIN ({bad}) b ON b.place = n.rowid)")
    unread = connection.execute(
        """SELECT column_name, count(*) FROM load_fault WHERE table_name = $name AND place IS NOT NULL
        AND cell IS NOT NULL GROUP BY column_name""",
        {"name": file.table.name},
    ).fetchall()
    missing = dict(unread)
    return {
        name: {
            "accepted": everything[name] - aside[name],
            "quarantined": aside[name],
            "unreadable_cells": int(missing.get(name, 0)),
        }
        for name in columns
    }


def _sums(connection: duckdb.DuckDBPyConnection, columns: list[str], relation: str) -> dict[str, int]:
    selected = ", ".join(f'CAST(coalesce(sum("{name}"), 0) AS VARCHAR)' for name in columns)
    row = connection.execute(f"SELECT {selected} FROM {relation}").fetchone()
    return {name: int(value) for name, value in zip(columns, row or (), strict=True)}


def _free_name(folder: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    path, number = folder / f"load-report-{stamp}.csv", 1
    while path.exists():
        number += 1
        path = folder / f"load-report-{stamp}-{number}.csv"
    return path


def _escaped(text: str) -> str:
    return text.replace("'", "''")
