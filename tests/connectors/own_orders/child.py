"""A process that is killed while it stores an order: ``python -m tests.connectors.own_orders.child FOLDER WHEN``.

``between``: its first file is there, the second not yet. ``before``: both files are there, the order is not stored.
``after``: the order is stored, and nobody has been told.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from connectors.mirror.open import open_mirror
from connectors.own_orders import book
from connectors.own_orders.writer import OwnOrderWriter
from tests.connectors.own_orders.world import AT, fill, order


def die(*_: Any, **__: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit


def main() -> None:
    place, when = Path(sys.argv[1]), sys.argv[2]
    mirror = open_mirror(place / "mirror.duckdb")
    fill(mirror)
    if when == "between":
        write, names = Path.replace, list[str]()

        def replace(self: Path, target: Path) -> Path:
            if names:
                die()
            names.append(str(target))
            return write(self, target)

        Path.replace = replace  # type: ignore[assignment, method-assign]
    elif when == "before":
        book.store = die
    else:
        put = book.store

        def store(*given: Any) -> Any:
            put(*given).result(timeout=10)
            die()

        book.store = store
    OwnOrderWriter(mirror, place / "orders", "square", lambda: AT - timedelta(days=1)).execute(order())


if __name__ == "__main__":
    main()
