"""``scale``: the questions of a store and of a whole chain through the tools, over a mirror of any size.

``bench scale --lines 100000000`` is 2,000 stores over two years; a small chain is the default. The mirror is made up,
the tools, the scope and the mirror's rollups are the real ones. Each question is asked again and again, of another
store each time, in turn with the statement somebody would write by hand; then pandas and Postgres answer a few of
them, each in a process of its own, with their rows loaded beforehand.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from agent.benchmarks.apart import our_python, peak_megabytes, run_apart
from agent.benchmarks.ground import NOW, Ground
from agent.benchmarks.measure import Report, percentiles
from agent.benchmarks.scale_mirror import mirror_path, store_name, stores_for, write_mirror
from agent.benchmarks.scale_questions import CHAIN, ONE_STORE, Question
from agent.benchmarks.statements import Timed, bare_connection, run_bare

LINES = 2_000_000
_ROUNDS, _LEAST_ROUNDS, _SECONDS_EACH = 20, 3, 4.0
_TARGETS = {"one_store": (15.0, 50.0), "chain": (20.0, 80.0)}
_ADDED_SHARE, _ADDED_MS = 1.2, 3.0
_BASELINES = ("pandas", "postgres")


def run(ground: Ground) -> Report:
    """Percentiles of every question with those of the baselines, the peak of memory, and what misses the target."""
    stores = stores_for(ground.lines or LINES)
    folder = ground.keep or ground.folder
    started = time.perf_counter()
    made = run_apart(our_python(__name__, "write", str(folder), str(stores)), "writing the mirror of a chain")
    taken = time.perf_counter() - started
    asked = run_apart(our_python(__name__, "ask", str(folder), str(stores)), "the questions of a chain")
    baselines = {
        name: run_apart(our_python(__name__, name, str(folder), str(stores)), f"the questions by {name}")
        for name in _BASELINES
    }
    for found in baselines.values():
        found["ratio"] = {
            question: round(ours["p50_ms"] / theirs["p50_ms"], 1)
            for question, theirs in found.items()
            if isinstance(theirs, dict)
            and (ours := asked[question.partition(": ")[0]].get(question.partition(": ")[2]))
            and "p50_ms" in ours
        }
    return {**made, "seconds_to_write": round(taken, 1), **asked, **baselines}


_Taken = tuple[float, float]
"""Milliseconds by the clock and of the processor."""


def ask(folder: Path, stores: int, only: str = "") -> Report:
    """All questions of both kinds in this process, or those with ``only`` in their names."""
    from connectors.mirror.open import open_mirror

    with open_mirror(mirror_path(folder, stores), read_only=True) as mirror:
        timed, bare = Timed(mirror.reader), bare_connection(mirror.reader)
        report: Report = {}
        misses: list[str] = []
        for kind, questions in (("one_store", ONE_STORE), ("chain", CHAIN)):
            chosen = [one for one in questions if only in one.name]
            rows: dict[str, Report] = {}
            for one in chosen:
                rows[one.name] = _measure(one, timed, bare, stores, one_store=kind == "one_store")
                sys.stderr.write(json.dumps({kind: {one.name: rows[one.name]}}, default=str) + "\n")
            report[kind] = rows
            report[f"{kind}_over_all"] = _over_all(rows, singles=kind == "one_store")
            misses += [f"{kind}: {said}" for name, row in rows.items() if (said := _miss(kind, name, row))]
        report["misses"] = misses
        report["peak_mb"] = peak_megabytes()
    return report


def _measure(
    question: Question, timed: Timed, bare: duckdb.DuckDBPyConnection, stores: int, *, one_store: bool
) -> Report:
    from agent.clock import FixedClock
    from tools.context import Role, Scope, ToolContext
    from tools.errors import ToolError
    from tools.registry import run_tool

    chance = random.Random(question.name)  # noqa: S311 which store is asked about is no secret
    everyone = tuple(store_name(number) for number in range(stores))

    def tool(store: str) -> Any:
        scope = Scope("U_BENCH", Role.STORE_MANAGER, (store,)) if one_store else Scope("U_BENCH", Role.OWNER, everyone)
        context = ToolContext(scope, timed, FixedClock(NOW))
        try:
            return run_tool(question.tool, question.arguments, context)
        except ToolError as error:
            return error

    sql = question.hand_for(one_store=one_store)

    def hand(store: str) -> Any:
        return timed.query(sql, {"store": store} if one_store else {}).rows

    first = everyone[chance.randrange(stores)]
    answer, by_hand = tool(first), hand(first) if sql else None  # loads modules, and warms both alike
    if isinstance(answer, ToolError):
        return {"refused": answer.user_message[:120]}
    mine: list[_Taken] = []
    again: list[_Taken] = []
    alone: list[_Taken] = []
    engine: list[float] = []
    theirs: list[_Taken] = []
    statements = 0
    began = time.perf_counter()
    while len(mine) < _ROUNDS and (len(mine) < _LEAST_ROUNDS or time.perf_counter() - began < _SECONDS_EACH):
        store = everyone[chance.randrange(stores)]
        timed.begin()
        mine.append(_taken(partial(tool, store)))
        engine.append(timed.seconds * 1000)
        statements = len(timed.asked)
        # What a store's blocks take to read is paid by whoever comes first, so both come once more.
        alone.append(_taken(partial(run_bare, bare, timed.asked)))
        again.append(_taken(partial(tool, store)))
        if sql:
            theirs.append(_taken(partial(hand, store)))
    row: Report = {
        **_shown(mine),
        "rounds": len(mine),
        "in_statements_p50_ms": round(statistics.median(engine), 1),
        "statements": statements,
        "again_p50_ms": round(statistics.median(clock for clock, _ in again), 2),
        "bare_p50_ms": round(statistics.median(clock for clock, _ in alone), 2),
    }
    if sql:
        same = _same(question, answer, by_hand or [])
        row |= {f"hand_{name}": value for name, value in _shown(theirs).items()}
        row |= {"ratio": round(row["p50_ms"] / row["hand_p50_ms"], 2), **({} if same is None else {"same": same})}
    if question.single:
        row["reads_single_rows"] = True
    return row


def _same(question: Question, answer: Any, rows: Sequence[Sequence[Any]]) -> bool | None:
    """Whether the answer has the figure that the statement gives; None where they are not comparable."""
    if not question.metric:
        return None
    figures = [figure for figure in answer.figures if figure.metric == question.metric and figure.value is not None]
    if not figures or not rows:
        return False
    whole = sum((Decimal(str(row[-1])) for row in rows), Decimal(0)) if question.adds_up else Decimal(str(rows[0][-1]))
    return abs(Decimal(str(figures[0].value)) - (whole / 100 if question.minor else whole)) <= Decimal("0.01")


def _over_all(rows: Mapping[str, Report], *, singles: bool) -> Report:
    """The middle of the questions and their slow end; without ``singles`` over those that a rollup can answer."""
    counted = [row for row in rows.values() if "p50_ms" in row and (singles or "reads_single_rows" not in row)]
    if len(counted) < 2:
        return {}
    middle = statistics.median(row["p50_ms"] for row in counted)
    slow = statistics.quantiles([row["p50_ms"] for row in counted], n=20, method="inclusive")[18]
    return {"questions": len(counted), "p50_ms": round(middle, 1), "p95_ms": round(slow, 1)}


def _miss(kind: str, name: str, row: Report) -> str:
    """What is over the target; of a whole chain only what a rollup can answer has one in milliseconds."""
    if "p50_ms" not in row:
        return f"{name}: {row['refused']}"
    p50, p95 = _TARGETS[kind]
    said = []
    if (kind == "one_store" or "reads_single_rows" not in row) and (row["p50_ms"] > p50 or row["p95_ms"] > p95):
        said.append(f"{row['p50_ms']:g}/{row['p95_ms']:g} ms, wanted {p50:g}/{p95:g}")
    ours, theirs = row["again_p50_ms"], row["bare_p50_ms"]
    if ours > max(theirs * _ADDED_SHARE, theirs + _ADDED_MS):
        said.append(f"{ours - theirs:.1f} ms over its own statements")
    return f"{name}: {'; '.join(said)}" if said else ""


def _taken(call: Callable[[], object]) -> _Taken:
    started, used = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def _shown(taken: Sequence[_Taken]) -> Report:
    """Percentiles of the time by the clock, and the middle of the processor's, which a busy machine blurs less."""
    return {
        **percentiles([clock for clock, _ in taken]),
        "cpu_p50_ms": round(statistics.median(processor for _, processor in taken), 1),
    }


def _write(folder: Path, stores: int) -> Report:
    """The mirror; what is in it is counted afterwards, since a folder may have it already."""
    from connectors.mirror.open import open_mirror

    path = write_mirror(folder, stores, lambda done: sys.stderr.write(f"{done} of {stores} stores\n"))
    with open_mirror(path, read_only=True) as mirror:
        ((lines, days, products),) = mirror.reader.query(
            "SELECT (SELECT COUNT(*) FROM sale_line), (SELECT COUNT(*) FROM store_day),"
            " (SELECT COUNT(*) FROM store_sku_day)",
            timeout_seconds=120.0,
        ).rows
    return {
        "stores": stores,
        "lines": lines,
        "store_days": days,
        "store_product_days": products,
        "file_mb": round(path.stat().st_size / 1_000_000),
        "asked_at": datetime.now(UTC).isoformat(timespec="minutes"),
    }


def main() -> None:
    """Run one part and print what it found: ``write``, ``ask``, ``pandas`` or ``postgres``; folder and stores."""
    from agent.benchmarks import scale_baselines
    from agent.log import configure_logging

    configure_logging(level="error")
    part, folder, stores, *rest = sys.argv[1:]
    parts: Mapping[str, Callable[..., Report]] = {
        "write": _write,
        "ask": ask,
        "pandas": scale_baselines.by_pandas,
        "postgres": scale_baselines.by_postgres,
    }
    sys.stdout.write(json.dumps(parts[part](Path(folder), int(stores), *rest), default=str) + "\n")


if __name__ == "__main__":
    main()
