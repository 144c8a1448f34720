"""Loading a folder: everything is checked, what is bad is set aside, and one transaction writes all that is good.

Rows replace those with the same natural key, so loading a folder again changes nothing. Where a folder has both
sales and their lines (or discounts, or tenders), a document's children are replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import duckdb
import structlog

from connectors.errors import InputError
from connectors.files import faults
from connectors.files.check import stage_file
from connectors.files.exchange import exchange
from connectors.files.folder import TableFile, find_tables
from connectors.files.members import read_members
from connectors.files.quarantine import find_faults, set_company_aside, take_out
from connectors.files.report import LoadReport, first_fault, money_of, quarantined_rows, write_faults
from connectors.mirror.bookkeeping import SourceUpdate, store_sources
from connectors.mirror.open import Mirror
from connectors.records import MEMBER

CONNECTION = "files"
_FRESHNESS = {
    "sale": ("sales", "closed_at"),
    "price": ("price", "valid_from_at"),
    "cost": ("cost", "valid_from_at"),
    "inventory_level": ("inventory", "as_of_at"),
    "timecard": ("staff", "clock_out_at"),
    "foot_traffic": ("traffic", "hour_at"),
    "weather_hour": ("weather", "hour_at"),
    "tender": ("tender", "processed_at"),
    "supplier": ("supplier", None),
}
log = structlog.get_logger()


def load_folder(
    mirror: Mirror,
    folder: Path,
    *,
    strict: bool = False,
    reports: Path | None = None,
    now: datetime | None = None,
) -> LoadReport:
    """Load canonical CSV and Parquet files into ``mirror``, which is open for writing and not sealed.

    Instants without a zone are read as UTC. ``business_on`` is derived where it is empty, ``net_minor`` is gross
    less discount, a sale's currency is its store's.

    Args:
        mirror: where to.
        folder: holds ``<table>.csv`` and ``<table>.parquet``.
        strict: refuse everything when a single row is bad, instead of setting it aside.
        reports: where the list of rows set aside is written; ``reports`` beside the mirror when left out.
        now: the aware instant that the list is named after; the present one when left out.

    Raises:
        InputError: what is wrong with the folder, a file or (``strict``) the first bad row, in one sentence; nothing
            is loaded then.
    """
    if mirror.writer is None:
        raise InputError("The mirror is open for reading only; loading needs it for itself.")
    began = monotonic()
    files = {file.table.name: file for file in find_tables(folder)}
    place = reports or mirror.path.parent / "reports"
    stamp = (now or datetime.now(UTC)).astimezone(UTC)

    def run(connection: duckdb.DuckDBPyConnection) -> LoadReport:
        return _load(connection, folder, files, strict=strict, reports=place, now=stamp)

    report = replace(mirror.writer.execute_bulk(run).result(), seconds=monotonic() - began)
    log.info(
        "files.loaded",
        tables=len(report.rows),
        rows=sum(report.rows.values()),
        quarantined=sum(report.quarantined.values()),
    )
    return report


def _load(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    files: Mapping[str, TableFile],
    *,
    strict: bool,
    reports: Path,
    now: datetime,
) -> LoadReport:
    faults.begin(connection)
    for file in files.values():
        stage_file(connection, file)
    find_faults(connection, list(files.values()))
    fault = first_fault(connection, files)
    if fault and strict:
        raise InputError(fault)
    if fault:
        set_company_aside(connection, list(files.values()))
    quarantined = {name: quarantined_rows(connection, name) for name in files}
    money = {name: money_of(connection, file) for name, file in files.items()}
    for file in files.values():
        take_out(connection, file)
    good = {name: _count(connection, file.staged) for name, file in files.items()}
    rounded = {name: _count(connection, f"{file.staged} WHERE rounded") for name, file in files.items()}
    members = None
    if MEMBER.name in files and not quarantined[MEMBER.name]:
        members = read_members(connection, files[MEMBER.name])
    updates = [
        _freshness(connection, folder, file)
        for name, file in files.items()
        if name in _FRESHNESS and (good[name] or not quarantined[name])
    ]
    unchanged = exchange(connection, files)
    store_sources(connection, updates)
    for file in files.values():
        connection.execute(f"DROP VIEW {file.good}")
        connection.execute(f"DROP TABLE {file.staged}")
    return LoadReport(
        folder=folder,
        rows={name: good[name] + quarantined[name] for name in files},
        loaded={name: good[name] - unchanged.get(name, 0) for name in files},
        unchanged={name: unchanged.get(name, 0) for name in files},
        quarantined={name: count for name, count in quarantined.items() if count},
        money={name: sums for name, sums in money.items() if sums},
        report=write_faults(connection, files, reports, now) if fault else None,
        rounded={name: count for name, count in rounded.items() if count},
        members=members,
    )


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0


def _freshness(connection: duckdb.DuckDBPyConnection, folder: Path, file: TableFile) -> SourceUpdate:
    """As of the newest instant in the file, or of the file itself where its rows have none."""
    topic, column = _FRESHNESS[file.table.name]
    newest = f"epoch_us(max({column}))" if column else "NULL"
    row = connection.execute(f"SELECT {newest}, coalesce(bool_or(simulated), false) FROM {file.good}").fetchone()
    as_of, simulated = row or (None, False)
    moment = as_of / 1_000_000 if as_of is not None else file.path.stat().st_mtime
    return SourceUpdate(
        topic, CONNECTION, datetime.fromtimestamp(moment, UTC), simulated=simulated, note=f"files from {folder.name}"
    )
