"""``bench``: runs benchmarks by name; ``agent.benchmarks`` says what they are and what counts in them."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from agent.benchmarks import BENCHMARKS
from agent.benchmarks.ground import Ground
from agent.benchmarks.measure import Report
from agent.control import Invocation
from agent.errors import BadInputError

_SIZED = "scale"
"""The one whose size can be chosen."""


def bench(invocation: Invocation) -> list[Report]:
    """Run one benchmark or all of them.

    Raises:
        BadInputError: there is none of that name, or it has no size to choose.
    """
    wanted = str(invocation.arguments.get("name") or "")
    lines, keep = int(invocation.arguments.get("lines") or 0), str(invocation.arguments.get("keep") or "")
    if wanted and wanted not in BENCHMARKS:
        raise BadInputError(f"bench: there is no benchmark “{wanted}”; there are {', '.join(BENCHMARKS)}.")
    if (lines or keep) and wanted != _SIZED:
        raise BadInputError(f"bench: --lines and --keep belong to the benchmark “{_SIZED}”.")
    with (
        tempfile.TemporaryDirectory(prefix="floorwalker-bench-") as folder,
        closing(Ground(Path(folder), lines=lines or None, keep=Path(keep) if keep else None)) as ground,
    ):
        return [
            {"name": name, **_runner(module)(ground)} for name, module in BENCHMARKS.items() if wanted in ("", name)
        ]


def _runner(module: str) -> Callable[[Ground], Report]:
    run: Callable[[Ground], Report] = importlib.import_module(f"agent.benchmarks.{module}").run
    return run
