"""``loader``: Square orders into the mirror, against dlt with default settings on the same orders.

Twice: a sync of recorded pages as the platform gives them, and a load of the same orders as files, a table each. dlt
takes the pages apart into tables as they are, and the files row by row. Neither time has a server in it, and both end
with the database closed, its log folded into it; ``committed_seconds`` is when our last row was on disk. What ours does
beside that dlt does not is in our time: versions, the objects as they came, checks and the sums of days.

dlt is never a dependency: where `make baselines` has put it into an environment of its own, it is compared with. Both
sides run in a process of their own, what each imports at its start is not counted, and the memory of each is its peak.
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
from agent.benchmarks.recording import LINES_PER_ORDER, RecordedReader, record_orders, write_tables
from connectors.base import Entity

ORDERS = 20_000
_MEMORY, _THREADS = "64MB", 1
"""Enough for the engine to write some thousand orders. Of statements as short as these a second thread of the engine
mostly waits, and waiting takes the processor's time: the pages are parsed and mapped by a thread of our own."""


def run(ground: Ground, orders: int = ORDERS, baseline: Path | None = None) -> Report:
    """Seconds and peak memory of both, and the ratio of the seconds; without dlt, of ours alone.

    Args:
        ground: where the files stand.
        orders: how many orders are synced, three lines each.
        baseline: the interpreter that can import dlt.
    """
    recorded, tables = ground.folder / "recorded", ground.folder / "tables"
    record_orders(recorded, orders)
    write_tables(recorded, tables)
    python = baseline or baseline_python()
    there = python.exists()
    report: Report = {"orders": orders, "lines": orders * LINES_PER_ORDER}
    report |= _compared("pages", recorded, ground.folder, python if there else None)
    report["files"] = _compared("files", tables, ground.folder, python if there else None)
    if not there:
        report["baseline"] = "dlt is not installed; `make baselines` puts it into an environment of its own"
    return report


def _compared(what: str, source: Path, home: Path, python: Path | None) -> Report:
    ours = run_apart(our_python(__name__, what, str(source), str(home / f"loader-{what}")), "our loader")
    if python is None:
        return ours
    script = Path(__file__).with_name("dlt_baseline.py")
    theirs = run_apart([str(python), str(script), what, str(source), str(home / f"dlt-{what}")], "dlt")
    return {
        **ours,
        "baseline": f"dlt {theirs['version']} with default settings into DuckDB, same {what}",
        "baseline_seconds": theirs["seconds"],
        "baseline_cpu_seconds": theirs["cpu_seconds"],
        "baseline_peak_mb": theirs["peak_mb"],
        "baseline_rows": theirs["rows"],
        "times_as_fast": round(theirs["seconds"] / ours["seconds"], 1),
        "times_less_cpu": round(theirs["cpu_seconds"] / ours["cpu_seconds"], 1),
        "ratio": round(ours["seconds"] / theirs["seconds"], 3),
    }


def main() -> None:
    """Bring recorded ``pages`` or ``files`` into a new mirror and print what it took."""
    from agent.log import configure_logging
    from connectors.files import load_folder
    from connectors.mirror.open import open_mirror
    from connectors.mirror.sync import sync_connection

    configure_logging(level="error")
    what, (source, home) = sys.argv[1], map(Path, sys.argv[2:])
    started, used = time.perf_counter(), time.process_time()
    with open_mirror(home / "mirror.duckdb", memory_limit=_MEMORY, threads=_THREADS) as mirror:
        if what == "files":
            rows = sum(load_folder(mirror, source, now=NOW).loaded.values())
        else:
            until, feeds = NOW + timedelta(days=1), (Entity.LOCATION, Entity.SALE)
            report = sync_connection(RecordedReader(source), mirror, until=until, entities=feeds)
            rows = sum(count.rows for count in report.counts.values())
        committed = time.perf_counter() - started
    found = {
        "seconds": round(time.perf_counter() - started, 2),
        "committed_seconds": round(committed, 2),
        "cpu_seconds": round(time.process_time() - used, 2),
        "peak_mb": peak_megabytes(),
        "rows": rows,
    }
    with open_mirror(home / "mirror.duckdb", read_only=True) as mirror:
        ((lines, net),) = mirror.reader.query("SELECT count(*), CAST(sum(net_minor) AS BIGINT) FROM sale_line").rows
    sys.stdout.write(json.dumps({**found, "lines_stored": lines, "net_minor": net}) + "\n")


if __name__ == "__main__":
    main()
