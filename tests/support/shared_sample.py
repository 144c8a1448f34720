"""The sample and its shop, laid out once for all workers of a test run; everybody gets a copy of the state folder."""

from __future__ import annotations

import fcntl
import re
import shutil
from datetime import date
from pathlib import Path

from agent.sample import prepare

TODAY = date(2026, 11, 23)


def copy_sample(home: Path) -> None:
    """Put a state folder with the loaded sample into ``home``, which is a folder of pytest's and empty or not there.

    Whoever comes first lays it out; the others wait. Loading it again there finds that nothing is to be done.
    """
    shared = _of_the_run(home) / "shared-sample"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "done"
        if not done.exists():
            prepare(shared / "home", TODAY)
            done.touch()
    shutil.copytree(shared / "home", home, dirs_exist_ok=True)


def _of_the_run(home: Path) -> Path:
    """The folder that all workers of a run have in common, also where ``--basetemp`` names it."""
    for folder in home.parents:
        if folder.name.startswith("popen-"):
            return folder.parent
        if re.fullmatch(r"pytest-\d+", folder.name):
            return folder
    return home.parent
