"""``readers``: how long a question about one store takes while rows are written at full speed, against quiet.

The question is what a tool asks: net sales of one store, a week by day, out of the rollups. Documents are written by
another thread, batch after batch, each with its days added up again. It is asked by turns, quiet and while writing, so
that a machine whose speed changes meanwhile changes both.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

from agent.benchmarks.documents import ROWS_PER_DOCUMENT, documents, stores
from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, seconds
from agent.errors import UnavailableError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch

_BATCH = 10_000
_KEPT = 60_000
_PAUSE_SECONDS = 0.01
_QUESTION = (
    "SELECT business_on, CAST(sum(net_minor) AS DECIMAL(18,2)), sum(transactions) FROM store_day "
    "WHERE store_id = $store AND business_on BETWEEN $first AND $last GROUP BY business_on ORDER BY business_on"
)


def run(ground: Ground, rounds: int = 250, batch: int = _BATCH, turns: int = 4) -> Report:
    """Percentiles of the question quiet and while writing, in milliseconds, and the ratio of the 95th.

    Args:
        ground: where the mirror stands.
        rounds: how often it is asked in a turn.
        batch: rows that are written at a time.
        turns: of each kind.
    """
    each = batch // ROWS_PER_DOCUMENT
    quiet: list[float] = []
    busy: list[float] = []
    written: list[float] = []
    with open_mirror(ground.folder / "readers" / "mirror.duckdb") as mirror:
        if mirror.writer is None:
            raise UnavailableError("bench: the mirror is open for reading only.")
        mirror.writer.submit(Batch(rows=[*stores(), *documents(0, _KEPT // ROWS_PER_DOCUMENT)])).result()
        _asked(mirror, rounds // 4)
        batches = count(1)
        for _ in range(turns):
            quiet += _asked(mirror, rounds)
            stop = threading.Event()
            thread = threading.Thread(target=_write, args=(mirror, each, batches, stop, written), name="bench-writer")
            thread.start()
            try:
                busy += _asked(mirror, rounds)
            finally:
                stop.set()
                thread.join()
    return {
        "p50_ms": _percentile(busy, 50),
        "p95_ms": _percentile(busy, 95),
        "rows_per_second_meanwhile": round(len(written) * each * ROWS_PER_DOCUMENT / sum(written)) if written else 0,
        "baseline": "the same question while nothing is written",
        "baseline_p50_ms": _percentile(quiet, 50),
        "baseline_p95_ms": _percentile(quiet, 95),
        "ratio": round(_percentile(busy, 95) / _percentile(quiet, 95), 2),
    }


def _write(mirror: Mirror, each: int, batches: Iterator[int], stop: threading.Event, written: list[float]) -> None:
    writer = mirror.writer
    if writer is None:
        return
    while not stop.is_set():
        number = next(batches)
        rows = list(documents(_KEPT // ROWS_PER_DOCUMENT + number * each, each))
        written.append(seconds(_committed(writer.submit, Batch(rows=rows))))


def _committed(submit: Callable[[Batch], object], batch: Batch) -> Callable[[], object]:
    return lambda: submit(batch).result()  # type: ignore[attr-defined]


def _asked(mirror: Mirror, rounds: int) -> list[float]:
    first = (NOW - timedelta(days=400)).date()
    params = {"store": "B07", "first": first, "last": first + timedelta(days=6)}
    taken: list[float] = []
    for _ in range(rounds):
        taken.append(seconds(lambda: mirror.reader.query(_QUESTION, params)))
        # Readers ask now and then; asking without a pause would only measure who gets the two cores.
        time.sleep(_PAUSE_SECONDS)
    return taken


def _percentile(values: list[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100)[percent - 1] * 1000, 2)
