"""The one thread that writes the mirror.

A commit costs a disk flush, so batches that arrive together are committed together. If one of them is refused, the
group is rolled back and each is tried alone: a bad batch fails its own future and nobody else's.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import duckdb
import structlog

from connectors.errors import ConnectorError, InputError, TerminalError, TransientError
from connectors.mirror import schema
from connectors.mirror.apply import Batch, apply
from connectors.mirror.bookkeeping import SourceUpdate

__all__ = ["Batch", "MirrorWriter", "SourceUpdate"]

_SWITCH_SECONDS = 0.0001

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Bulk:
    """A function that is given the writer's connection and a transaction of its own."""

    run: Callable[[duckdb.DuckDBPyConnection], Any]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Batch | _Bulk
    done: Future[Any]


class MirrorWriter:
    """Owns the writing cursor; use it from any thread.

    ``version`` is the number of committed groups and grows by one with each.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        flush_rows: int = 2_000,
        linger_seconds: float = 0.03,
        queue_size: int = 1_000,
    ) -> None:
        # Readers on other threads need the interpreter a few times per query. Python lets a computing thread keep it
        # for five milliseconds each time, which is longer than their questions take.
        sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH_SECONDS))
        self._connection = connection
        self._flush_rows = flush_rows
        self._linger = linger_seconds
        self._queue: queue.Queue[_Job | None] = queue.Queue(maxsize=queue_size)
        self._gate = threading.Lock()
        self._closed = False
        self._version = schema.stored_version(connection)
        self._thread = threading.Thread(target=self._run, name="mirror-writer", daemon=True)
        self._thread.start()

    @property
    def version(self) -> int:
        """The state of the mirror that a reader sees now."""
        return self._version

    def submit(self, batch: Batch) -> Future[int]:
        """Queue a batch; blocks while the queue is full.

        Returns:
            A future of the mirror version in which the batch is visible. It fails with ``InputError`` (a row is
            wrong) or ``TransientError`` (the file could not be written); nothing of the batch is stored then.

        Raises:
            TerminalError: the mirror is closed.
        """
        return self._put(batch)

    def execute_bulk(self, run: Callable[[duckdb.DuckDBPyConnection], T]) -> Future[T]:
        """Run ``run(connection)`` on the writer's thread in one transaction of its own; for loaders.

        ``run`` neither begins nor commits; it refreshes the rollups it makes stale. An exception rolls everything
        back and fails the future.
        """
        return self._put(_Bulk(run))

    def close(self) -> None:
        """Commit what is queued and stop; safe to call twice."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _put(self, work: Batch | _Bulk) -> Future[Any]:
        done: Future[Any] = Future()
        with self._gate:
            if self._closed:
                raise TerminalError("The mirror is closed.")
            self._queue.put(_Job(work, done))
        return done

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            group, following, stopped = self._gather(job)
            if group:
                self._commit_group(group)
            if following:
                self._commit_bulk(following)
            if stopped:
                return

    def _gather(self, first: _Job) -> tuple[list[_Job], _Job | None, bool]:
        """Collect batches for one commit: (batches, the bulk job that ended the collection, told to stop)."""
        group: list[_Job] = []
        size = 0
        deadline = time.monotonic() + self._linger
        job: _Job | None = first
        while True:
            if job is None:
                return group, None, True
            if isinstance(job.work, _Bulk):
                return group, job, False
            group.append(job)
            size += len(job.work.rows) + len(job.work.raw)
            remaining = deadline - time.monotonic()
            if size >= self._flush_rows or remaining <= 0:
                return group, None, False
            try:
                job = self._queue.get(timeout=remaining)
            except queue.Empty:
                return group, None, False

    def _commit_group(self, group: Sequence[_Job]) -> None:
        live = [job for job in group if job.done.set_running_or_notify_cancel()]
        batches = [job.work for job in live if isinstance(job.work, Batch)]
        if not batches:
            return
        failure = self._attempt(partial(apply, batches=batches))
        if failure is not None and len(live) > 1:
            for job, batch in zip(live, batches, strict=True):
                self._settle(job, self._attempt(partial(apply, batches=[batch])))
            return
        for job in live:
            self._settle(job, failure)

    def _commit_bulk(self, job: _Job) -> None:
        if not job.done.set_running_or_notify_cancel() or not isinstance(job.work, _Bulk):
            return
        results: list[Any] = []
        run = job.work.run
        failure = self._attempt(lambda connection: results.append(run(connection)))
        if failure is not None:
            job.done.set_exception(failure)
        else:
            job.done.set_result(results[0])

    def _settle(self, job: _Job, failure: Exception | None) -> None:
        if failure is None:
            job.done.set_result(self._version)
        else:
            job.done.set_exception(failure)

    def _attempt(self, change: Callable[[duckdb.DuckDBPyConnection], object]) -> Exception | None:
        """One transaction around ``change``; what went wrong, or None once it is on disk."""
        try:
            self._connection.execute("BEGIN")
            change(self._connection)
            self._connection.execute("UPDATE mirror_meta SET value = ? WHERE key = 'version'", [str(self._version + 1)])
            self._connection.execute("COMMIT")
        except Exception as exc:  # noqa: BLE001 - whatever it is belongs to the future, never to this thread
            self._roll_back()
            failure = _translate(exc)
            log.warning("mirror.write_refused", error=type(failure).__name__, cause=type(exc).__name__)
            return failure
        self._version += 1
        return None

    def _roll_back(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except duckdb.TransactionException:
            log.debug("mirror.rolled_back_already")


def _translate(exc: Exception) -> Exception:
    if isinstance(exc, ConnectorError):
        return exc
    if isinstance(exc, duckdb.ConversionException | duckdb.InvalidInputException | duckdb.OutOfRangeException):
        return InputError("A value does not fit its column in the mirror.", detail=str(exc))
    if isinstance(exc, duckdb.Error):
        return TransientError("The mirror could not be written; check the disk and memory.", detail=str(exc))
    return exc
