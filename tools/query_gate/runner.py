"""Giving a query and its rows to a process of its own, and ending that process in time.

Three seconds is meant: the engine's own interrupt was measured to come ten times too late inside one long function, so
the process is killed. The parent only moves bytes; it parses no result but plain JSON of a bounded size.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tools.context import BatchPort
from tools.errors import BadArgumentError, ToolError
from tools.metrics.query import Statement

_CHILD = Path(__file__).with_name("child.py")
_AT_ONCE = threading.BoundedSemaphore(2)
_ANSWER_BYTES = 4_000_000
_WAITS_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take.

    ``seconds`` is for running it, ``load_seconds`` for copying its rows, ``copied_rows`` and ``copied_mb`` how much may
    be copied, ``rows`` how many rows may come of it and ``cell`` how many characters a cell may have.
    """

    seconds: float = 3.0
    load_seconds: float = 15.0
    memory_mb: int = 512
    copied_rows: int = 3_000_000
    copied_mb: int = 160
    rows: int = 200
    cell: int = 300


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a query: names, the engine's types, rows of plain cells; ``more`` if there were further rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool


class TooLongError(ToolError):
    """The query was ended before it had an answer."""


def run(sql: str, copies: Mapping[str, Statement], mirror: BatchPort, limits: Limits) -> Ran:
    """Copy the rows, run the query over them in a process of its own, and give what came of it.

    Raises:
        TooLongError: it took too long or too much memory, or too many rows would have to be copied.
        BadArgumentError: the engine cannot run it; the sentence says why.
    """
    if not _AT_ONCE.acquire(timeout=_WAITS_SECONDS):
        raise TooLongError("Other queries are being run; please try again in a moment.")
    try:
        with _process() as process:
            return _result(_exchange(process, sql, copies, mirror, limits), limits)
    finally:
        _AT_ONCE.release()


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """The child, gone again whatever happens. It is given no environment, so it can know no secret of ours."""
    process = subprocess.Popen(  # noqa: S603 - our own file, no shell
        [sys.executable, "-I", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd=_CHILD.anchor,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        process.wait()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was still to be written went with the process


def _exchange(
    process: subprocess.Popen[bytes], sql: str, copies: Mapping[str, Statement], mirror: BatchPort, limits: Limits
) -> dict[str, Any]:
    late = threading.Event()
    with _killing(process, limits.load_seconds, late):
        try:
            _send(process, sql, copies, mirror, limits)
        except BrokenPipeError:
            raise TooLongError(_TOO_SLOW if late.is_set() else _TOO_LARGE) from None
        loaded = _line(process)
    if "loaded" not in loaded:
        if not loaded:
            raise TooLongError(_TOO_SLOW if late.is_set() else _TOO_LARGE)
        return loaded
    with _killing(process, limits.seconds, late):
        answer = _line(process)
    if not answer:
        raise TooLongError(_TOO_LONG.format(seconds=limits.seconds) if late.is_set() else _TOO_LARGE)
    return answer


@contextmanager
def _killing(process: subprocess.Popen[bytes], seconds: float, late: threading.Event) -> Iterator[None]:
    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _send(
    process: subprocess.Popen[bytes], sql: str, copies: Mapping[str, Statement], mirror: BatchPort, limits: Limits
) -> None:
    import pyarrow as pa

    pipe = process.stdin
    assert pipe is not None  # noqa: S101 - it was asked for
    task = {"sql": sql, "views": list(copies), "memory_mb": limits.memory_mb, "rows": limits.rows, "cell": limits.cell}
    pipe.write(json.dumps(task).encode() + b"\n")
    pipe.flush()
    rows = size = 0
    for statement in copies.values():
        with mirror.batches(statement.sql, statement.params, timeout_seconds=limits.load_seconds) as batches:
            sink = pa.PythonFile(pipe, mode="w")
            with pa.ipc.new_stream(sink, batches.schema) as writer:
                for batch in batches:
                    rows += batch.num_rows
                    size += batch.nbytes
                    if rows > limits.copied_rows or size > limits.copied_mb * 1024 * 1024:
                        raise TooLongError(_TOO_MUCH)
                    writer.write_batch(batch)
    pipe.flush()
    pipe.close()


def _line(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    line = process.stdout.readline(_ANSWER_BYTES)
    try:
        document = json.loads(line) if line else {}
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _result(answer: dict[str, Any], limits: Limits) -> Ran:
    refused = answer.get("refused")
    if refused == "memory":
        raise TooLongError(_TOO_LARGE)
    if refused == "type":
        raise BadArgumentError("sql: a column of the result is a list, a structure or bytes; select plain values.")
    if refused == "engine":
        raise BadArgumentError(f"sql: {_engine_words(str(answer.get('said', '')))}")
    if refused:
        raise BadArgumentError("sql: only one SELECT over the views is run here.")
    rows: Sequence[Sequence[Any]] = answer["rows"]
    return Ran(
        tuple(answer["columns"]),
        tuple(answer["types"]),
        tuple(tuple(row) for row in rows[: limits.rows]),
        len(rows) > limits.rows,
    )


def _engine_words(said: str) -> str:
    """The first line of what the engine says about the query; it only knows the copy, so it can tell nothing else."""
    first = said.strip().split("\n", 1)[0]
    plain = "".join(character for character in first if character.isprintable())
    return f"it cannot be run: {plain[:240].strip() or 'the engine refused it'}"


_TOO_MUCH = (
    "That query would read more rows than I copy for one question. Limit its days with business_on, or use daily_sales,"
    " hourly_sales or product_sales instead of single receipts."
)
_TOO_SLOW = (
    "The rows for that query could not be copied in time. Limit its days with business_on, or try again when this"
    " machine is less busy."
)
_TOO_LONG = "That query had no answer after {seconds:g} seconds and was ended. Ask for fewer days, or join less."
_TOO_LARGE = "That query needed more memory than one question gets and was ended. Ask for fewer days, or join less."
