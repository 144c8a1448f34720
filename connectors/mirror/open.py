"""Opening the mirror: one process owns the file, one thread in it writes, every reader has its own cursor.

Loading files needs the engine's access to the file system; answering questions must not have it. A mirror opened
for writing therefore starts unsealed, and whoever wires the application calls ``seal`` once loading is done; a
read-only mirror is sealed at once. Sealing cannot be undone while the file is open.
"""

from __future__ import annotations

import gc
import threading
from pathlib import Path
from types import TracebackType

import duckdb

from connectors.errors import InputError, MirrorBusyError, TerminalError
from connectors.mirror import rollups, schema
from connectors.mirror.imports import spare_pandas
from connectors.mirror.precedence import Precedence
from connectors.mirror.reader import MirrorReader
from connectors.mirror.writer import MirrorWriter

spare_pandas()

_CHECKPOINT = "64MB"
"""So much is written ahead before it is folded into the file. With the engine's own 16 MB, filling a connection folds
every few seconds and writes again what it wrote before: a third of the time, and half as large a file again. After a
crash so much is read back within half a second."""

_COLLECT_AFTER = 20_000
"""Objects. Rows, and what an answer makes of them, are many small ones without cycles; with Python's own 700, filling a
connection spends an eighth of its time looking for some, and an answer about 2,000 stores up to a quarter."""

TO_WRITE, TO_READ = "1GB", "450MB"
"""What the engine may hold. Around it Python, libraries and rows take 200 to 450 MB: questions about a chain of 2,000
stores then stay near a gigabyte in all."""


class Mirror:
    """An open mirror. ``writer`` is None when it was opened read-only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
        self.path = path
        self._connection = connection
        self._closed = False
        self.syncing = threading.Lock()
        """Held while a page is brought in: what is new is decided against what is stored, so two must not mix."""
        self._walks: dict[tuple[str, str], threading.Lock] = {}
        precedence = Precedence()
        writer = None if read_only else MirrorWriter(precedence.before_each_statement(connection.cursor()))
        self.writer = writer
        self.reader = MirrorReader(
            connection, version=(lambda: writer.version) if writer else None, precedence=precedence
        )

    def walking(self, connection: str, entity: str) -> threading.Lock:
        """Held while one feed is walked from page to page, so that its cursor only goes forward."""
        return self._walks.setdefault((connection, entity), threading.Lock())

    def seal(self) -> None:
        """Take the engine's access to files and network away, for as long as this mirror is open."""
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Commit what is queued, stop the writer and let the file go; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        if self.writer:
            self.writer.close()
        self._connection.close()

    def __enter__(self) -> Mirror:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_mirror(path: Path, *, read_only: bool = False, memory_limit: str | None = None, threads: int = 2) -> Mirror:
    """Open the mirror file, creating it and its folder when writing.

    Args:
        path: the DuckDB file.
        read_only: no writer, sealed at once; several processes may read when none writes. A file of an older version
            is brought up to this one first.
        memory_limit: the engine's own limit; ``TO_WRITE`` or ``TO_READ`` unless given.
        threads: how many threads the engine uses.

    Raises:
        InputError: there is no data yet (read-only), or the path cannot be a file.
        MirrorBusyError: another process owns the file.
        TerminalError: the file is not a mirror, or of a newer layout.
    """
    if read_only and not path.exists():
        raise InputError(
            "There is no data yet: run `floorwalker load --sample complete-journey`, `floorwalker load DIR` or "
            "`floorwalker sync` first."
        )
    if path.is_dir():
        raise InputError(f"{path} is a folder; the mirror is a file in the state folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    limit = memory_limit or (TO_READ if read_only else TO_WRITE)
    connection = _connect(path, read_only=read_only, memory_limit=limit, threads=threads)
    if read_only and schema.is_older(connection):
        # Whoever only reads after an update must not have to know that somebody has to write first.
        connection.close()
        open_mirror(path, memory_limit=memory_limit, threads=threads).close()
        connection = _connect(path, read_only=True, memory_limit=limit, threads=threads)
    _collect_less_often()
    try:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        if read_only:
            schema.check_version(connection)
        else:
            schema.create(connection, rollups.fill_new)
        mirror = Mirror(connection, path, read_only=read_only)
    except duckdb.CatalogException as exc:
        connection.close()
        raise TerminalError(f"{path} is not a mirror of floorwalker.", detail=str(exc)) from exc
    except BaseException:
        connection.close()
        raise
    if read_only:
        mirror.seal()
    return mirror


def _collect_less_often() -> None:
    """Raise Python's threshold; whoever has switched its collector off is left alone."""
    after, *others = gc.get_threshold()
    if after:
        gc.set_threshold(max(after, _COLLECT_AFTER), *others)


def _connect(path: Path, *, read_only: bool, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "checkpoint_threshold": _CHECKPOINT,
    }
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.ConnectionException as exc:
        raise MirrorBusyError("This process has the mirror open already, in another way.", detail=str(exc)) from exc
    except duckdb.IOException as exc:
        said = str(exc)
        if "Could not set lock" in said:
            raise MirrorBusyError(
                "The mirror is in use by another floorwalker process (perhaps `demo` or `serve`). Ask that one, or "
                "stop it and try again.",
                detail=str(exc),
            ) from exc
        for trouble in ("Permission denied", "Read-only file system", "No space left on device"):
            if trouble in said:
                raise TerminalError(f"{path} cannot be opened: {trouble.lower()}.", detail=said) from exc
        raise TerminalError(
            f"{path} cannot be opened as a mirror: it is damaged or something else.", detail=said
        ) from exc
