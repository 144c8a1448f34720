"""Taking times."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Report = dict[str, Any]
_ROUNDS = 60


def seconds(function: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def against(ours: Callable[[], object], theirs: Callable[[], object], baseline: str) -> Report:
    """Ours and a baseline in turn, so that a busy moment of the machine hits both; milliseconds and the ratio."""
    mine, others = [], []
    for _ in range(_ROUNDS):
        mine.append(seconds(ours))
        others.append(seconds(theirs))
    return {
        "p50_ms": round(statistics.median(mine) * 1000, 2),
        "p95_ms": round(statistics.quantiles(mine, n=20)[18] * 1000, 2),
        "baseline": baseline,
        "baseline_p50_ms": round(statistics.median(others) * 1000, 2),
        "ratio": round(statistics.median(mine) / statistics.median(others), 2),
    }


def percentiles(taken: Sequence[float]) -> Report:
    """The middle and the slow end of times in milliseconds."""
    return {
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(statistics.quantiles(taken, n=20, method="inclusive")[18], 2),
    }
