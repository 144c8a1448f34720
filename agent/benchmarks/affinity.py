"""``affinity``: what is bought together over 1.5 million lines, against the same rules by pandas over the same rows.

The mirror is made up, with goods whose popularity falls steeply and a few that go together. Ours is the whole tool, on
one thread of the engine; the baseline gets its rows for nothing, already in memory, and counts pairs by joining the
frame with itself after the same pruning by support. Each runs in a process of its own.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from agent.benchmarks.apart import our_python, peak_megabytes, run_apart
from agent.benchmarks.ground import Ground
from agent.benchmarks.measure import Report

LINES = 1_500_000
_BASKET, _VARIANTS, _DAYS, _STORES = 10, 40_000, 84, 5
_START = date(2026, 8, 31)
_PERIOD = f"{_START} to {_START + timedelta(days=_DAYS - 1)}"
_MEMORY = "1GB"
_LEAST_SHARE = 1000

_POPULAR = f"CAST(floor({_VARIANTS} * power(hash(i * 7 + 1) % 1000003 / 1000003.0, 3)) AS INTEGER)"
_FILL = f"""
INSERT INTO store (store_id, name, timezone, currency)
  SELECT 'S0' || (i + 1), 'Store ' || (i + 1), 'America/New_York', 'USD' FROM range({_STORES}) r(i);
INSERT INTO product (product_id, name, department)
  SELECT 'P' || i, 'Product ' || i, 'Department ' || (i % 20) FROM range({_VARIANTS}) r(i);
INSERT INTO variant (variant_id, product_id, name, unit_of_measure)
  SELECT 'V' || i, 'P' || i, 'Product ' || i, 'each' FROM range({_VARIANTS}) r(i);
INSERT INTO sale (sale_id, store_id, closed_at, business_on, kind, voided, is_test)
  SELECT 'T' || lpad(CAST(i AS VARCHAR), 9, '0'), 'S0' || (i % {_STORES} + 1),
    CAST(DATE '{_START}' + CAST(i * {_DAYS} // $sales AS INTEGER) AS TIMESTAMPTZ) + INTERVAL 17 HOUR,
    DATE '{_START}' + CAST(i * {_DAYS} // $sales AS INTEGER), 'sale', false, false FROM range($sales) r(i);
INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor, is_return,
    is_gift_card, store_id, business_on)
  SELECT 'T' || lpad(CAST(i // {_BASKET} AS VARCHAR), 9, '0'), i % {_BASKET} + 1,
    'V' || CASE WHEN i % {_BASKET} = 1 AND hash(i) % 2 = 0 AND before < 40 THEN before + 1 ELSE popular END,
    1, 250, 0, 250, false, false, 'S0' || (i // {_BASKET} % {_STORES} + 1),
    DATE '{_START}' + CAST(i // {_BASKET} * {_DAYS} // $sales AS INTEGER)
  FROM (SELECT i, {_POPULAR} AS popular, lag({_POPULAR}) OVER (ORDER BY i) AS before
    FROM range($sales * {_BASKET}) r(i)) drawn;
"""
"""Half of the second lines of a basket whose first is one of the forty most popular goods are the good next to it."""


def run(ground: Ground, lines: int = LINES) -> Report:
    """Seconds, processor seconds and peak memory of both, the ratio, and whether what ours shows was counted alike."""
    home = ground.folder / "affinity"
    home.mkdir(parents=True, exist_ok=True)
    # Filling has a process of its own too: what a process starts begins with its peak of memory.
    written = run_apart(our_python(__name__, "fill", str(home), str(lines)), "filling the mirror")["lines"]
    ours = run_apart(our_python(__name__, "tool", str(home)), "the association rules")
    theirs = run_apart(our_python(__name__, "pandas", str(home)), "the association rules by pandas")
    return {
        "lines": written,
        "seconds": ours["seconds"],
        "cpu_seconds": ours["cpu_seconds"],
        "peak_mb": ours["peak_mb"],
        "pairs_shown": len(ours["pairs"]),
        "baseline": "pandas: the same pruning, a merge of the frame with itself and a count, rows in memory already",
        "baseline_seconds": theirs["seconds"],
        "baseline_cpu_seconds": theirs["cpu_seconds"],
        "baseline_peak_mb": theirs["peak_mb"],
        "same_counts": all(theirs["pairs"].get(pair) == count for pair, count in ours["pairs"].items()),
        "ratio": round(ours["seconds"] / theirs["seconds"], 2),
    }


def _fill(path: Path, lines: int) -> int:
    """A mirror with about so many lines; returns how many."""
    from connectors.mirror import rollups
    from connectors.mirror.open import open_mirror

    sales = max(1, lines // _BASKET)
    with open_mirror(path, memory_limit=_MEMORY) as mirror:
        if mirror.writer is None:
            return 0

        def fill(connection: object) -> None:
            for statement in _FILL.replace("$sales", str(sales)).split(";\n"):
                if statement.strip():
                    connection.execute(statement)  # type: ignore[attr-defined]
            rollups.refresh(connection)  # type: ignore[arg-type]

        mirror.writer.execute_bulk(fill).result()
    return sales * _BASKET


def _tool(home: Path) -> Report:
    """The second call of the tool: the first one loads modules."""
    from agent.clock import FixedClock
    from connectors.mirror.open import open_mirror
    from tools.context import Role, Scope, ToolContext
    from tools.registry import run_tool

    stores = tuple(f"S0{number + 1}" for number in range(_STORES))
    now = datetime.combine(_START + timedelta(days=_DAYS), datetime.min.time(), tzinfo=UTC) + timedelta(hours=15)
    with open_mirror(home / "mirror.duckdb", read_only=True, memory_limit=_MEMORY, threads=1) as mirror:
        context = ToolContext(Scope("U_BENCH", Role.OWNER, stores), mirror.reader, FixedClock(now))
        run_tool("sales_summary", {"period": _PERIOD}, context)
        started, used = time.perf_counter(), time.process_time()
        result = run_tool("bought_together", {"period": _PERIOD, "rank_by": "baskets", "limit": 50}, context)
        taken = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}
    counts: dict[str, int] = {}
    for figure in result.figures:
        if figure.metric == "baskets_together":
            both = sorted((figure.group["first_variant_id"], figure.group["second_variant_id"]))
            counts["+".join(both)] = int(figure.value or 0)
    return {**taken, "pairs": dict(sorted(counts.items()))}


def _pandas(home: Path) -> Report:
    """Every pair that is frequent enough and has a lift above one, with its support, confidence and chi-square."""
    import duckdb
    import pandas as pd

    with duckdb.connect(str(home / "mirror.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT sale_id, variant_id FROM sale_line").fetchnumpy()
    frame = pd.DataFrame(rows)
    started, used = time.perf_counter(), time.process_time()
    baskets = frame["sale_id"].nunique()
    least = max(10, baskets // _LEAST_SHARE)
    once = frame.drop_duplicates()
    held = once["variant_id"].value_counts()
    once = once[once["variant_id"].isin(held[held >= least].index)]
    both = once.merge(once, on="sale_id")
    both = both[both["variant_id_x"] < both["variant_id_y"]]
    counts = both.groupby(["variant_id_x", "variant_id_y"], observed=True).size().reset_index(name="n")
    counts = counts[counts["n"] >= least]
    first, second = counts["variant_id_x"].map(held), counts["variant_id_y"].map(held)
    counts["support"], counts["confidence"] = counts["n"] / baskets, counts["n"] / first
    counts["lift"] = counts["n"] * baskets / (first * second)
    crossed = counts["n"] * (baskets - first - second + counts["n"]) - (first - counts["n"]) * (second - counts["n"])
    below = first.astype(float) * second * (baskets - first) * (baskets - second)
    counts["chi_square"] = baskets * crossed.astype(float) ** 2 / below
    counts = counts[counts["lift"] > 1].sort_values("n", ascending=False)
    taken = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}
    found = zip(counts["variant_id_x"].tolist(), counts["variant_id_y"].tolist(), counts["n"].tolist(), strict=True)
    pairs = {f"{first}+{second}": int(n) for first, second, n in found}
    return {**taken, "pairs": dict(sorted(pairs.items()))}


def main() -> None:
    """Run one part and print what it took: ``fill`` (with how many lines), ``tool`` or ``pandas``, and the folder."""
    from agent.log import configure_logging

    configure_logging(level="error")
    side, home, *lines = sys.argv[1:]
    if side == "fill":
        found: Report = {"lines": _fill(Path(home) / "mirror.duckdb", int(lines[0]))}
        taken: Report = {}
    else:
        found = (_tool if side == "tool" else _pandas)(Path(home))
        taken = {name: round(found[name], 2) for name in ("seconds", "cpu_seconds")} | {"peak_mb": peak_megabytes()}
    sys.stdout.write(json.dumps(found | taken) + "\n")


if __name__ == "__main__":
    main()
