"""``files``: ten million sale lines from CSV files, against the engine's bare copy of the same files.

The load checks every cell, keeps natural keys unique, joins, sorts and adds up; the copy does nothing of that. Both run
in a process of their own, with two threads and a gigabyte for the engine.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from agent.benchmarks.apart import our_python, peak_megabytes, run_apart
from agent.benchmarks.chain import write_chain
from agent.benchmarks.ground import Ground
from agent.benchmarks.measure import Report

LINES = 10_000_000
_MEMORY, _THREADS = "1GB", 2


def run(ground: Ground, lines: int = LINES) -> Report:
    """Seconds and memory of the first load, of a second one that changes nothing, and of the bare copy."""
    folder = ground.folder / "chain"
    written = write_chain(folder, lines)
    home = ground.folder / "loaded"
    bare = run_apart(our_python(__name__, "copy", str(folder), str(ground.folder / "bare")), "the bare copy")
    first = run_apart(our_python(__name__, "load", str(folder), str(home)), "the load")
    again = run_apart(our_python(__name__, "load", str(folder), str(home)), "the second load")
    return {
        "lines": written,
        "seconds": first["seconds"],
        "lines_per_second": round(written / first["seconds"]),
        "peak_mb": first["peak_mb"],
        "second_load_seconds": again["seconds"],
        "second_load_changed_rows": again["loaded"],
        "second_load_peak_mb": again["peak_mb"],
        "baseline": "the engine's COPY of the same files into tables without checks, sums or order",
        "baseline_seconds": bare["seconds"],
        "ratio": round(first["seconds"] / bare["seconds"], 2),
        "cpu_seconds": first["cpu_seconds"],
        "baseline_cpu_seconds": bare["cpu_seconds"],
    }


def _load(folder: Path, home: Path) -> Report:
    from connectors.files import load_folder
    from connectors.mirror.open import open_mirror

    with open_mirror(home / "mirror.duckdb", memory_limit=_MEMORY, threads=_THREADS) as mirror:
        report = load_folder(mirror, folder, now=datetime.now(UTC))
    return {"loaded": sum(report.loaded.values()), "quarantined": sum(report.quarantined.values())}


def _copy(folder: Path, home: Path) -> Report:
    import duckdb

    home.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home / "bare.duckdb"), config={"memory_limit": _MEMORY, "threads": _THREADS}) as connection:
        for path in sorted(folder.glob("*.csv")):
            source = f"read_csv('{path}', header=true)"
            connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM {source}")
    return {}


def main() -> None:
    """Run one side and print what it took: ``load`` or ``copy``, the folder of files, the folder to fill."""
    from agent.log import configure_logging

    configure_logging(level="error")
    side, folder, home = sys.argv[1:]
    started, used = time.perf_counter(), time.process_time()
    found = (_load if side == "load" else _copy)(Path(folder), Path(home))
    taken = {
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - used, 2),
        "peak_mb": peak_megabytes(),
    }
    sys.stdout.write(json.dumps(found | taken) + "\n")


if __name__ == "__main__":
    main()
