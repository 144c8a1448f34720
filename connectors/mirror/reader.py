"""Reading the mirror: one fresh cursor per query, everything fetched, and a watchdog that ends what runs too long."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb

from connectors.errors import QueryTimeoutError, TerminalError
from connectors.mirror.rows import ResultSet, Snapshot, SourceState
from connectors.mirror.schema import stored_version
from connectors.mirror.watchdog import Watchdog

if TYPE_CHECKING:
    from pyarrow import RecordBatchReader

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT_TYPE = "TIMESTAMP WITH TIME ZONE"
_REMEMBERED = 512
_BATCH_ROWS = 65_536


class MirrorReader:
    """A ``tools.context.MirrorPort`` over the open mirror; safe from any thread."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, version: Callable[[], int] | None = None) -> None:
        """Read through ``connection``; ``version`` tells the writer's present version (None: nobody writes)."""
        self._connection = connection
        self._gate = threading.Lock()
        self._watchdog = Watchdog()
        self._version = version
        self._snapshot: Snapshot | None = None
        self._shapes: OrderedDict[str, tuple[tuple[str, ...], tuple[int, ...]]] = OrderedDict()

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        """Run one SELECT and fetch everything. Instants come back as aware UTC datetimes, decimals as Decimal.

        Raises:
            QueryTimeoutError: it ran longer than ``timeout_seconds``.
            TerminalError: the mirror is closed.
            duckdb.Error: the SQL is wrong; a programming error, never shown to anyone.
        """
        cursor = self._cursor()
        try:
            with self._watchdog.watching(timeout_seconds, cursor.interrupt) as watch:
                return self._fetch(cursor, sql, params)
        except duckdb.InterruptException as exc:
            if not watch.expired:
                raise
            raise QueryTimeoutError(
                f"The data did not answer within {timeout_seconds:g} seconds. Ask about fewer stores or days.",
                detail=sql[:500],
            ) from exc
        finally:
            cursor.close()

    @contextmanager
    def batches(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> Iterator[RecordBatchReader]:
        """Run one SELECT and hand its rows over as Arrow batches, without ever holding them all.

        Raises:
            QueryTimeoutError: running and reading took longer than ``timeout_seconds``.
            TerminalError: the mirror is closed.
        """
        bound = dict(params) if isinstance(params, Mapping) else list(params)
        cursor = self._cursor()
        try:
            with self._watchdog.watching(timeout_seconds, cursor.interrupt) as watch:
                yield cursor.execute(sql, bound).to_arrow_reader(_BATCH_ROWS)
        except Exception as exc:  # Arrow puts the engine's interruption into errors of its own
            if not watch.expired:
                raise
            raise QueryTimeoutError(
                f"The data could not be read within {timeout_seconds:g} seconds. Ask about fewer stores or days.",
                detail=sql[:500],
            ) from exc
        finally:
            cursor.close()

    def snapshot(self) -> Snapshot:
        """The present state; cached until something is committed."""
        known = self._snapshot
        if known is not None and (self._version is None or known.version == self._version()):
            return known
        cursor = self._cursor()
        try:
            cursor.execute("BEGIN")
            version = stored_version(cursor)
            found = cursor.execute(
                "SELECT source, epoch_us(as_of_at), simulated, note FROM source_state ORDER BY source, connection"
            ).fetchall()
            cursor.execute("COMMIT")
        finally:
            cursor.close()
        sources: dict[str, SourceState] = {}
        for source, as_of, simulated, note in found:
            sources[source] = _joined(sources.get(source), SourceState(source, _instant(as_of), simulated, note))
        self._snapshot = Snapshot(version, sources)
        return self._snapshot

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._gate:
            try:
                return self._connection.cursor()
            except duckdb.ConnectionException as exc:
                raise TerminalError("The mirror is closed.") from exc

    def _fetch(
        self, cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Any] | Sequence[Any]
    ) -> ResultSet:
        """Fetch with instants as microseconds: DuckDB itself needs an extra package to hand them over."""
        bound = dict(params) if isinstance(params, Mapping) else list(params)
        shape = self._shapes.get(sql)
        if shape is None or not shape[1]:
            cursor.execute(sql, bound)
            names = tuple(column[0] for column in cursor.description)
            instants = tuple(i for i, column in enumerate(cursor.description) if str(column[1]) == _INSTANT_TYPE)
            self._remember(sql, (names, instants))
            if not instants:
                return ResultSet(names, cursor.fetchall())
        else:
            names, instants = shape
        aliases = ", ".join(f"c{i}" for i in range(len(names)))
        selected = ", ".join(f"epoch_us(c{i})" if i in instants else f"c{i}" for i in range(len(names)))
        bare = sql.strip().rstrip(";")
        cursor.execute(f"SELECT {selected} FROM (\n{bare}\n) AS instants({aliases})", bound)
        rows = [
            tuple(_instant(value) if i in instants and value is not None else value for i, value in enumerate(row))
            for row in cursor.fetchall()
        ]
        return ResultSet(names, rows)

    def _remember(self, sql: str, shape: tuple[tuple[str, ...], tuple[int, ...]]) -> None:
        with self._gate:
            self._shapes[sql] = shape
            while len(self._shapes) > _REMEMBERED:
                self._shapes.popitem(last=False)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _joined(first: SourceState | None, second: SourceState) -> SourceState:
    if first is None:
        return second
    notes = dict.fromkeys(note for note in (first.note, second.note) if note)
    return SourceState(
        first.source, min(first.as_of_at, second.as_of_at), first.simulated or second.simulated, "; ".join(notes)
    )
