"""What dlt takes for the recorded pages; run by the interpreter of an environment of its own, imports nothing of ours.

Default settings: one resource that yields the orders as they came, a DuckDB destination, no schema hints.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Load a recorded folder into a new database and print what it took."""
    folder, home = map(Path, sys.argv[1:])
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
    pipeline.run(pages(), table_name="orders")
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    engine: Any = importlib.import_module("duckdb")
    with engine.connect(str(home / "baseline.duckdb")) as connection:
        rows = connection.execute("SELECT count(*) FROM square.orders__line_items").fetchone()[0]
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
