"""A sample that was loaded once for the whole installation, so that the first start of a demo only copies it.

It is an ordinary state folder that `make setup` fills by ``floorwalker load --sample complete-journey``. Whoever
copies it loads it again afterwards; that finds nothing to do, or, in a copy of an older release, lays it out anew.
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path

from connectors.sandbox.sample import feed
from connectors.sandbox.sample.load import FACTS, STORE_MAP

MIRROR = "mirror.duckdb"


def prepared_home() -> Path:
    """The state folder that belongs to the installation, whether it is there or not."""
    return Path(sys.prefix) / "share" / "floorwalker" / "sample"


def loaded_day(home: Path) -> date | None:
    """The day that the sample in ``home`` is laid out for; None when no sample is loaded there."""
    try:
        return date.fromisoformat(json.loads((home / FACTS).read_text(encoding="utf-8"))["today"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def copy_prepared(prepared: Path, home: Path) -> bool:
    """Give ``home``, if it has no mirror yet, the one of ``prepared`` with its feed; whether it was given.

    The mirror comes last and by a rename: a copy that was broken off leaves a folder that is loaded as if empty.
    """
    source, target = prepared / MIRROR, home / MIRROR
    # Beside a log of changes the file alone would be half of a mirror.
    in_use = source.with_suffix(source.suffix + ".wal").exists()
    if target.exists() or in_use or not source.exists() or not feed.is_complete(prepared):
        return False
    shutil.copytree(feed.folder(prepared), feed.folder(home), dirs_exist_ok=True)
    for name in (STORE_MAP, FACTS):
        shutil.copyfile(prepared / name, home / name)
    partial = target.with_suffix(".part")
    shutil.copyfile(source, partial)
    partial.replace(target)
    return True
