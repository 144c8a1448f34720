"""The sample, loaded once for all workers of a test run; everybody gets a copy of the state folder."""

from __future__ import annotations

import fcntl
import re
import shutil
from datetime import date
from pathlib import Path

from connectors.mirror.open import open_mirror
from connectors.sandbox.sample.load import load_sample

TODAY = date(2026, 11, 23)


def copy_sample(home: Path) -> None:
    """Put a state folder with the loaded sample into ``home``, which is a folder of pytest's and empty or not there.

    Whoever comes first loads it; the others wait. Loading it again there finds that nothing is to be done.
    """
    run = next((folder for folder in home.parents if re.fullmatch(r"pytest-\d+", folder.name)), home.parent)
    shared = run / "shared-sample"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "done"
        if not done.exists():
            with open_mirror(shared / "home" / "mirror.duckdb") as mirror:
                load_sample(mirror, shared / "home", TODAY)
            done.touch()
    shutil.copytree(shared / "home", home, dirs_exist_ok=True)
