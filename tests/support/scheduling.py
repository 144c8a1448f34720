"""Which tests go to the same worker: those of a file, as what a file sets up takes longer than most of its tests.

The marks and the grouping that pytest-xdist has for this do nothing under pytest 9.2 (it renames nodes, and their names
are no longer what it renames), so this tells the groups by the names of the tests alone.
"""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

_SHARING_A_DEMO = "tests/e2e/"
"""End-to-end tests run in one worker: they share a demo that takes longer to start than most of them to run."""

_BY_PARAMETER = ("tests/conformance/",)
"""Files of which each platform is worth a worker."""

_LONG = (
    "tests/agent/proposals/test_any_order.py",
    "tests/agent/proposals/test_crashes.py",
    "tests/agent/proposals/test_planted_bugs.py",
)
"""Files of which, in `make soak`, each shard, kind of change or bug is worth one."""


def group_of(nodeid: str, *, soak: bool = False) -> str:
    """The group of a test by its node id."""
    path, _, test = nodeid.partition("::")
    if path.startswith(_SHARING_A_DEMO):
        return _SHARING_A_DEMO
    if path.startswith(_BY_PARAMETER + (_LONG if soak else ())):
        first = re.search(r"\[([^\]-]+)", test)
        return f"{path} {first[1] if first else ''}"
    return path


class ByGroup(LoadScopeScheduling):
    """Gives every group whole to one worker, the next one to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid, soak=self.config.getoption("--soak"))
