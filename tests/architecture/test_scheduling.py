"""That the tests of a file go to one worker, which nothing else would notice but the clock."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.scheduling import group_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/tools/test_kinds.py::test_one[a-b]", "tests/tools/test_kinds.py"),
        ("tests/e2e/test_serve.py::test_one", "tests/e2e/"),
        ("tests/conformance/test_reading.py::test_one[square-sale]", "tests/conformance/test_reading.py square"),
        ("tests/agent/proposals/test_any_order.py::test_all[7]", "tests/agent/proposals/test_any_order.py"),
    ],
)
def test_a_group_follows_from_the_name(nodeid: str, group: str) -> None:
    assert group_of(nodeid) == group


def test_the_long_enumerations_are_spread() -> None:
    nodeid = "tests/agent/proposals/test_crashes.py::test_every[price_change-keys-late]"
    assert group_of(nodeid, soak=True) == "tests/agent/proposals/test_crashes.py price_change"


def test_several_workers_get_whole_files() -> None:
    files = ("tests/tools/analysis/test_days.py", "tests/connectors/test_money.py")
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    ran = set(re.findall(r"\[(gw\d)\] .*PASSED (\S+?)::", done.stdout))
    assert len(ran) == len({path for _, path in ran}) == len(files), "a file was given to two workers"
