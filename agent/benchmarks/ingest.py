"""``ingest``: rows through the writer in batches, against the engine's own bulk insert of the same rows."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, seconds
from agent.errors import UnavailableError

_BATCH = 10_000


def run(ground: Ground) -> Report:
    """Rows a second of both and the ratio of their times."""
    import duckdb
    import pandas as pd

    from connectors.mirror.writer import Batch
    from connectors.records import Row

    writer = ground.application.mirror.writer
    if writer is None:
        raise UnavailableError("bench: the mirror is open for reading only.")
    start = NOW - timedelta(days=400)
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
        baseline = seconds(lambda: bare.execute("INSERT INTO t SELECT store_id, hour_at, visitors, source FROM frame"))
    taken = seconds(ours)
    return {
        "rows_per_second": round(len(rows) / taken),
        "baseline": "one bulk insert of a data frame into a bare table",
        "baseline_rows_per_second": round(len(rows) / baseline),
        "ratio": round(taken / baseline, 2),
    }
