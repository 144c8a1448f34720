"""``loader``: a sync of recorded Square orders into the mirror, against dlt with default settings on the same pages.

dlt is never a dependency: where `make baselines` has put it into an environment of its own, it is compared with. Both
sides run in a process of their own, and the memory of each is its peak.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

from agent.benchmarks.apart import baseline_python, our_python, peak_megabytes, run_apart
from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report
from agent.benchmarks.recording import LINES_PER_ORDER, RecordedReader, record_orders
from connectors.base import Entity

ORDERS = 20_000
_MEMORY = "64MB"
"""Enough for the engine to write pages of five hundred orders."""


def run(ground: Ground, orders: int = ORDERS, baseline: Path | None = None) -> Report:
    """Seconds and peak memory of both, and the ratio of the seconds; without dlt, of ours alone.

    Args:
        ground: where the files stand.
        orders: how many orders are synced, three lines each.
        baseline: the interpreter that can import dlt.
    """
    folder = ground.folder / "recorded"
    record_orders(folder, orders)
    ours = run_apart(our_python(__name__, str(folder), str(ground.folder / "loader")), "our loader")
    report: Report = {"orders": orders, "lines": orders * LINES_PER_ORDER, **ours}
    python = baseline or baseline_python()
    if not python.exists():
        return {**report, "baseline": "dlt is not installed; `make baselines` puts it into an environment of its own"}
    script = Path(__file__).with_name("dlt_baseline.py")
    theirs = run_apart([str(python), str(script), str(folder), str(ground.folder / "dlt")], "dlt")
    return {
        **report,
        "baseline": f"dlt {theirs['version']} with default settings into DuckDB, same pages",
        "baseline_seconds": theirs["seconds"],
        "baseline_cpu_seconds": theirs["cpu_seconds"],
        "baseline_peak_mb": theirs["peak_mb"],
        "baseline_rows": theirs["rows"],
        "times_as_fast": round(theirs["seconds"] / ours["seconds"], 1),
        "ratio": round(ours["seconds"] / theirs["seconds"], 3),
    }


def main() -> None:
    """Sync a recorded folder into a new mirror and print what it took."""
    from agent.log import configure_logging
    from connectors.mirror.open import open_mirror
    from connectors.mirror.sync import sync_connection

    configure_logging(level="error")
    folder, home = map(Path, sys.argv[1:])
    started, used = time.perf_counter(), time.process_time()
    with open_mirror(home / "mirror.duckdb", memory_limit=_MEMORY) as mirror:
        until = NOW + timedelta(days=1)
        report = sync_connection(RecordedReader(folder), mirror, until=until, entities=(Entity.LOCATION, Entity.SALE))
        seconds, cpu = time.perf_counter() - started, time.process_time() - used
        ((lines, net),) = mirror.reader.query("SELECT count(*), CAST(sum(net_minor) AS BIGINT) FROM sale_line").rows
    found = {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_mb": peak_megabytes(),
        "rows": sum(count.rows for count in report.counts.values()),
        "lines_stored": lines,
        "net_minor": net,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
