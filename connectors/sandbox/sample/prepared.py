"""A sample that was laid out once for the whole installation, so that the first start of a demo only copies it.

It is an ordinary state folder. Whoever copies it loads the sample again afterwards; that finds nothing to do, or, in a
copy of an older release, lays it out anew.
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


def shop_file(home: Path) -> Path:
    """The file of the stand-in POS that sells the sample of ``home``."""
    return home / "sandbox" / "pos.sqlite"


def forget_shop(home: Path) -> None:
    """Take the stand-in POS away: a sample that is laid out anew needs one of its own day."""
    shop = shop_file(home)
    for path in shop.parent.glob(f"{shop.name}*"):
        path.unlink()


def copy_prepared(prepared: Path, home: Path) -> bool:
    """Give ``home``, if it has no mirror yet, the one of ``prepared`` with its feed and shop; whether it was given.

    The mirror comes last and by a rename: a copy that was broken off leaves a folder that is loaded as if empty.
    """
    source, target = prepared / MIRROR, home / MIRROR
    shop = shop_file(prepared)
    # Beside a log of changes a file alone would be half of a database.
    logs = (source.with_suffix(".duckdb.wal"), shop.with_suffix(".sqlite-wal"))
    complete = (
        source.exists() and shop.exists() and feed.is_complete(prepared) and not any(log.exists() for log in logs)
    )
    if target.exists() or not complete:
        return False
    forget_shop(home)
    shutil.copytree(feed.folder(prepared), feed.folder(home), dirs_exist_ok=True)
    shutil.copyfile(shop, shop_file(home))
    for name in (STORE_MAP, FACTS):
        shutil.copyfile(prepared / name, home / name)
    partial = target.with_suffix(".part")
    shutil.copyfile(source, partial)
    partial.replace(target)
    return True
