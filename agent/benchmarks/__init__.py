"""How fast this machine answers, each figure beside a baseline measured in the same run.

Absolute times say as much about the machine as about the code, so what counts is the ratio. One module a benchmark,
each with ``run(ground) -> Report``; what it needs stands in a folder of its own, and no state of the installation is
touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BENCHMARKS: Mapping[str, str] = MappingProxyType(
    {
        "load": "load",
        "tool": "tool",
        "question": "question",
        "ingest": "ingest",
        "webhooks": "webhooks",
        "visible": "visible",
        "readers": "readers",
        "loader": "loader",
        "files": "files",
        "affinity": "affinity",
        "scale": "scale",
        "audit": "audit",
    }
)
"""Name on the command line to module in this package, in the order of a whole run."""
