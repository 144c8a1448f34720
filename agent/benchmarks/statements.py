"""What an answer asks of the mirror: how long the engine is at work for it, and the same statements without us."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from connectors.mirror.reader import MirrorReader

_INSTANT = "TIMESTAMP WITH TIME ZONE"
_PATIENCE_SECONDS = 120.0

Asked = tuple[str, Mapping[str, Any] | Sequence[Any]]


class Timed:
    """The reader of a mirror that remembers its statements and how long at least one of them was running.

    ``seconds`` counts the time that two statements run side by side once.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._gate = threading.Lock()
        self._running = 0
        self._since = 0.0
        self.seconds = 0.0
        self.asked: list[Asked] = []

    def begin(self) -> None:
        """Forget what was asked before."""
        self.seconds, self.asked = 0.0, []

    def query(self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0) -> Any:
        """As the reader, with more patience."""
        with self._counted(sql, params):
            return self._reader.query(sql, params, timeout_seconds=max(timeout_seconds, _PATIENCE_SECONDS))

    def snapshot(self) -> Any:
        """As the reader."""
        return self._reader.snapshot()

    @contextmanager
    def batches(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> Iterator[Any]:
        """As the reader, with more patience."""
        patience = max(timeout_seconds, _PATIENCE_SECONDS)
        with self._counted(sql, params), self._reader.batches(sql, params, timeout_seconds=patience) as found:
            yield found

    @contextmanager
    def _counted(self, sql: str, params: Mapping[str, Any] | Sequence[Any]) -> Iterator[None]:
        with self._gate:
            self.asked.append((sql, params))
            self._running += 1
            if self._running == 1:
                self._since = time.perf_counter()
        try:
            yield
        finally:
            with self._gate:
                self._running -= 1
                if not self._running:
                    self.seconds += time.perf_counter() - self._since


def bare_connection(reader: MirrorReader) -> duckdb.DuckDBPyConnection:
    """A connection of the reader's own engine, without what the reader does around it."""
    return reader._cursor()  # noqa: SLF001 nobody else may read past the watchdog


def run_bare(connection: duckdb.DuckDBPyConnection, asked: Sequence[Asked]) -> None:
    """The same statements in turn, as somebody would run them who has them at hand: executed and fetched, no more."""
    for sql, params in asked:
        cursor = connection.cursor()
        cursor.execute(sql, dict(params) if isinstance(params, Mapping) else list(params))
        if any(str(column[1]) == _INSTANT for column in cursor.description):
            cursor.to_arrow_table()  # DuckDB hands instants over as rows only with a further package
        else:
            cursor.fetchall()
        cursor.close()
