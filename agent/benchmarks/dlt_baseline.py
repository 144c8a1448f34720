"""What dlt takes for the recorded orders; run by the interpreter of an environment of its own, imports nothing of ours.

Default settings, a DuckDB destination, no schema hints: one resource that yields the pages' orders as they came, or one
for each file that yields its rows.
"""

from __future__ import annotations

import csv
import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

_ROWS_AT_ONCE = 1_000


def _rows(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open(newline="", encoding="utf-8") as text:
        rows = csv.DictReader(text)
        while part := list(islice(rows, _ROWS_AT_ONCE)):
            yield part


def main() -> None:
    """Load recorded ``pages`` or ``files`` into a new database and print what it took."""
    what, (folder, home) = sys.argv[1], map(Path, sys.argv[2:])
    home.mkdir(parents=True, exist_ok=True)
    os.chdir(home)
    dlt: Any = importlib.import_module("dlt")

    def pages() -> Iterator[list[dict[str, Any]]]:
        for path in sorted(folder.glob("orders-*.json")):
            yield json.loads(path.read_bytes())["orders"]

    started, used = time.perf_counter(), time.process_time()
    destination = dlt.destinations.duckdb(str(home / "baseline.duckdb"))
    pipeline = dlt.pipeline(
        "floorwalker_baseline", destination=destination, dataset_name="square", pipelines_dir=str(home)
    )
    if what == "files":
        pipeline.run([dlt.resource(_rows(path), name=path.stem) for path in sorted(folder.glob("*.csv"))])
    else:
        pipeline.run(pages(), table_name="orders")
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    engine: Any = importlib.import_module("duckdb")
    with engine.connect(str(home / "baseline.duckdb")) as connection:
        lines = "sale_line" if what == "files" else "orders__line_items"
        rows = connection.execute(f"SELECT count(*) FROM square.{lines}").fetchone()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    found = {
        "seconds": round(seconds, 2),
        "peak_mb": round(peak),
        "rows": rows,
        "cpu_seconds": round(cpu, 2),
        "version": dlt.__version__,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
