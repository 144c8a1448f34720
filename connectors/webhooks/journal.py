"""One SQLite file with one thread that writes it; what arrives together is committed together.

A commit costs a disk flush. While one is under way, further work queues up and shares the next one, so the flushes
per second stay few however many events come in. A future is done only when its change is on disk.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog

from connectors.errors import TerminalError, TransientError

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

log = structlog.get_logger()

_MOST_TOGETHER = 1_000


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    done: Future[Any]


class Journal:
    """An open file; use it from any thread.

    Args:
        path: the file; made when it is not there.
        schema: ``CREATE ... IF NOT EXISTS`` statements of this layout.
        version: the layout's number.

    Raises:
        TerminalError: the file is not such a journal, or of a newer layout.
    """

    def __init__(self, path: Path, schema: str, version: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._gate = threading.Lock()
        self._reading = threading.Lock()
        self._closed = False
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        try:
            self._writer = self._open()
            self._lay_out(schema, version)
            self._reader = self._open()
        except sqlite3.Error as error:
            raise TerminalError(
                f"{path} cannot be used: it is damaged, not ours, or its folder may not be written.", detail=str(error)
            ) from error
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    @property
    def closed(self) -> bool:
        """Whether it takes nothing any more."""
        return self._closed

    def submit(self, work: Work[T]) -> Future[T]:
        """Queue a change.

        Returns:
            A future of what ``work`` returned, done after the commit. It fails with ``TransientError`` when the disk
            did not take it; nothing of it is stored then. Cancelled before its turn, it is left out.

        Raises:
            TerminalError: the file is closed.
        """
        done: Future[T] = Future()
        with self._gate:
            if self._closed:
                raise TerminalError(f"{self._path.name} is closed.")
            self._queue.put(_Job(work, done))
        return done

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Every row of a query over what is committed.

        Raises:
            TransientError: the file could not be read.
            TerminalError: it is closed.
        """
        with self._reading:
            if self._closed:
                raise TerminalError(f"{self._path.name} is closed.")
            try:
                return self._reader.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise _translate(error) from error

    def close(self) -> None:
        """Commit what is queued and let the file go; safe to call twice."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        self._writer.close()
        with self._reading:
            self._reader.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=10.0)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        # An acknowledged event must outlive a power cut: the sender will not send it again.
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def _lay_out(self, schema: str, version: int) -> None:
        (stored,) = self._writer.execute("PRAGMA user_version").fetchone()
        if stored > version:
            raise TerminalError(f"{self._path} was written by a newer floorwalker; update this one.")
        self._writer.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT;")

    def _run(self) -> None:
        open_still = True
        while open_still:
            job = self._queue.get()
            group: list[_Job] = []
            while True:
                if job is None:
                    open_still = False
                    break
                if job.done.set_running_or_notify_cancel():
                    group.append(job)
                if len(group) == _MOST_TOGETHER:
                    break
                try:
                    job = self._queue.get_nowait()
                except queue.Empty:
                    break
            self._commit(group)

    def _commit(self, group: Sequence[_Job]) -> None:
        if not group:
            return
        outcome = self._attempt(group)
        if isinstance(outcome, Exception) and len(group) > 1:
            # One of them may be to blame; alone, it fails nobody else's.
            for job in group:
                self._commit([job])
            return
        for number, job in enumerate(group):
            if isinstance(outcome, Exception):
                job.done.set_exception(outcome)
            else:
                job.done.set_result(outcome[number])

    def _attempt(self, group: Sequence[_Job]) -> list[Any] | Exception:
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            results = [job.work(self._writer) for job in group]
            self._writer.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the futures, never to this thread
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            log.warning("journal.write_refused", file=self._path.name, cause=type(error).__name__)
            return _translate(error) if isinstance(error, sqlite3.Error) else error
        return results


def milliseconds(at: datetime) -> int:
    """An instant as it is stored: whole milliseconds since 1970, UTC."""
    return int(at.timestamp() * 1000)


def at_instant(stored: int) -> datetime:
    """The aware instant that ``milliseconds`` stored."""
    return datetime.fromtimestamp(stored / 1000, UTC)


def _translate(error: sqlite3.Error) -> TransientError:
    return TransientError("A file in the state folder could not be used; check its disk.", detail=str(error))
