"""``ingest``: rows through the writer in batches, against the engine reading the same rows from a bare CSV file.

Once with plain rows, once with whole documents, whose versions are compared, whose children are replaced with them and
whose days are added up again before each commit.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from agent.benchmarks.documents import ROWS_PER_DOCUMENT, documents, stores, visitors
from agent.benchmarks.ground import Ground
from agent.benchmarks.measure import Report, seconds
from agent.errors import UnavailableError
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, MirrorWriter
from connectors.records import Row

BATCH = 10_000
BATCHES = 12


def run(ground: Ground, batch: int = BATCH, batches: int = BATCHES) -> Report:
    """Rows a second of both kinds, and the ratio of the times to the baseline's."""
    each = batch // ROWS_PER_DOCUMENT
    plain = [visitors(number * batch, batch) for number in range(batches)]
    whole = [list(documents(number * each, each)) for number in range(batches)]
    with open_mirror(ground.folder / "ingest" / "mirror.duckdb") as mirror:
        if mirror.writer is None:
            raise UnavailableError("bench: the mirror is open for reading only.")
        mirror.writer.submit(Batch(rows=stores())).result()
        plain_taken = _submitted(mirror.writer, plain)
        whole_taken = _submitted(mirror.writer, whole)
    plain_rows, whole_rows = sum(map(len, plain)), sum(map(len, whole))
    plain_bare = _bare(ground.folder / "plain", plain)
    whole_bare = _bare(ground.folder / "whole", whole)
    return {
        "rows_per_second": round(plain_rows / plain_taken),
        "baseline": "the engine's COPY of the same rows from CSV files into bare tables, one file a batch and table",
        "baseline_rows_per_second": round(plain_rows / plain_bare),
        "ratio": round(plain_taken / plain_bare, 2),
        "documents": {
            "rows_per_second": round(whole_rows / whole_taken),
            "documents_per_second": round(whole_rows / ROWS_PER_DOCUMENT / whole_taken),
            "baseline_rows_per_second": round(whole_rows / whole_bare),
            "ratio": round(whole_taken / whole_bare, 2),
        },
    }


def _submitted(writer: MirrorWriter, batches: Sequence[Sequence[Row]]) -> float:
    def submit() -> None:
        for future in [writer.submit(Batch(rows=rows)) for rows in batches]:
            future.result()

    return seconds(submit)


def _bare(folder: Path, batches: Sequence[Sequence[Row]]) -> float:
    """Seconds to copy the rows; writing the files is not counted."""
    folder.mkdir(parents=True)
    files: list[tuple[str, Path]] = []
    for number, rows in enumerate(batches):
        tables: dict[str, list[Row]] = {}
        for row in rows:
            tables.setdefault(row.table, []).append(row)
        for name, found in tables.items():
            path = folder / f"{name}-{number}.csv"
            with path.open("w", newline="", encoding="utf-8") as text:
                writer = csv.DictWriter(text, list(found[0].values))
                writer.writeheader()
                writer.writerows(row.values for row in found)
            files.append((name, path))
    with duckdb.connect(str(folder / "bare.duckdb"), config={"threads": 2}) as connection:
        for name, path in files:
            source = f"read_csv('{path}', header=true)"
            connection.execute(f"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM {source} LIMIT 0")
        return seconds(lambda: [connection.execute(f"COPY {name} FROM '{path}' (HEADER)") for name, path in files])
