"""Reading the mirror: one fresh cursor per query, everything fetched, and a watchdog that ends what runs too long."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from connectors.errors import QueryTimeoutError, TerminalError
from connectors.mirror.precedence import Precedence
from connectors.mirror.rows import ResultSet, Snapshot, SourceState
from connectors.mirror.schema import stored_version
from connectors.mirror.watchdog import Watchdog

if TYPE_CHECKING:
    from pyarrow import RecordBatchReader

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT_TYPE = "TIMESTAMP WITH TIME ZONE"
_REMEMBERED = 512
_EXACT = ("DECIMAL(", "HUGEINT")
_BATCH_ROWS = 65_536
_MANY_ROWS = 200
"""From so many rows on, exact numbers are fetched as text the next time that a statement is asked."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the columns of a statement are: their names, and by place those that are not fetched as they are.

    ``many`` says that it gave many rows: a statement around it costs more than handing over a few exact numbers.
    """

    names: tuple[str, ...]
    instants: frozenset[int]
    numbers: Mapping[int, type[Decimal] | type[int]]
    many: bool = False

    @property
    def kinds(self) -> dict[int, Callable[[Any], Any]]:
        """How the cells of a column become values, by place, for those that are handed over as something else."""
        return {**dict.fromkeys(self.instants, _instant), **(self.numbers if self.many else {})}

    def around(self, sql: str) -> str:
        """The statement with instants as microseconds and, of many rows, exact numbers as text.

        DuckDB itself needs an extra package to hand over instants, and takes a microsecond or two for each exact
        number: several times as long as for its text and for a number out of that.
        """
        selected = [
            f"epoch_us(c{i})" if i in self.instants else f"CAST(c{i} AS VARCHAR)" if i in self.kinds else f"c{i}"
            for i in range(len(self.names))
        ]
        aliases = ", ".join(f"c{i}" for i in range(len(self.names)))
        return f"SELECT {', '.join(selected)} FROM (\n{sql.strip().rstrip(';')}\n) AS told({aliases})"


class MirrorReader:
    """A ``tools.context.MirrorPort`` over the open mirror; safe from any thread."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        version: Callable[[], int] | None = None,
        precedence: Precedence | None = None,
    ) -> None:
        """Read through ``connection``.

        Args:
            connection: cursors are made from it.
            version: tells the writer's present version (None: nobody writes).
            precedence: over the writer of the same file.
        """
        self._connection = connection
        self._gate = threading.Lock()
        self._watchdog = Watchdog()
        self._precedence = precedence or Precedence()
        self._version = version
        self._snapshot: Snapshot | None = None
        self._shapes: OrderedDict[tuple[Any, ...], _Shape] = OrderedDict()

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
            with (
                self._precedence.reading(),
                self._watchdog.watching(timeout_seconds, cursor.interrupt) as watch,
            ):
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
        bound = dict(params) if isinstance(params, Mapping) else list(params)
        # An untyped parameter gives its type to what is worked out with it.
        asked = (sql, *map(type, bound.values() if isinstance(bound, dict) else bound))
        shape = self._shapes.get(asked)
        if shape is None or not shape.kinds:
            cursor.execute(sql, bound)
            if shape is None:
                shape = _shape(cursor.description)
                self._remember(asked, shape)
            if not shape.instants:
                rows = cursor.fetchall()
                if shape.numbers and len(rows) >= _MANY_ROWS:
                    self._remember(asked, replace(shape, many=True))
                return ResultSet(shape.names, rows)
        cursor.execute(shape.around(sql), bound)
        return ResultSet(shape.names, _told(cursor.fetchall(), shape.kinds))

    def _remember(self, asked: tuple[Any, ...], shape: _Shape) -> None:
        with self._gate:
            self._shapes[asked] = shape
            while len(self._shapes) > _REMEMBERED:
                self._shapes.popitem(last=False)


def _shape(description: Sequence[tuple[Any, ...]]) -> _Shape:
    types = [str(column[1]) for column in description]
    numbers = {i: int if one == "HUGEINT" else Decimal for i, one in enumerate(types) if one.startswith(_EXACT)}
    instants = frozenset(i for i, one in enumerate(types) if one == _INSTANT_TYPE)
    return _Shape(tuple(column[0] for column in description), instants, numbers)


def _told(rows: list[tuple[Any, ...]], kinds: Mapping[int, Callable[[Any], Any]]) -> list[tuple[Any, ...]]:
    """The rows with the cells of some columns made values."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    if not columns:
        return rows
    for i, kind in kinds.items():
        columns[i] = [None if cell is None else kind(cell) for cell in columns[i]]
    return list(zip(*columns, strict=True))


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _joined(first: SourceState | None, second: SourceState) -> SourceState:
    if first is None:
        return second
    notes = dict.fromkeys(note for note in (first.note, second.note) if note)
    return SourceState(
        first.source, min(first.as_of_at, second.as_of_at), first.simulated or second.simulated, "; ".join(notes)
    )
