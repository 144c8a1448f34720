"""Readers go first: a person waits for a question, nobody for a row.

The writer runs some sixty statements for a commit, with Python between them. Both take what a question of a
millisecond needs: the interpreter, the engine's threads and its locks. So it looks before each statement whether
somebody reads, and lets them finish; for a few milliseconds only, so that it goes on however much is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import duckdb


class Precedence:
    """Who reads now; one for each open mirror, used from any thread."""

    def __init__(self, patience_seconds: float = 0.003) -> None:
        """``patience_seconds`` is how long the writer waits before a statement at most."""
        self._patience = patience_seconds
        self._changed = threading.Condition()
        self._reading = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around a question."""
        with self._changed:
            self._reading += 1
        try:
            yield
        finally:
            with self._changed:
                self._reading -= 1
                if not self._reading:
                    self._changed.notify_all()

    def give_way(self) -> bool:
        """Wait until nobody reads, or until patience ends; whether nobody does."""
        if not self._reading:
            return True
        with self._changed:
            return self._changed.wait_for(lambda: not self._reading, self._patience)

    def before_each_statement(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """The connection, giving way before each of its statements."""
        return cast(duckdb.DuckDBPyConnection, _GivingWay(connection, self))


class _GivingWay:
    """A connection as it is, but for ``execute``. The engine's own class cannot be derived from."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, precedence: Precedence) -> None:
        self._connection = connection
        self._precedence = precedence

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *statement: Any) -> duckdb.DuckDBPyConnection:
        self._precedence.give_way()
        return self._connection.execute(*statement)
