"""Raw objects alone are enough: every row can be derived from them again, without asking the platform."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from connectors.base import Reader
from connectors.mirror.open import Mirror
from connectors.mirror.rebuild import rebuild_connection
from connectors.records import TABLES
from tests.conformance.broken_readers import Wrapped
from tests.conformance.conftest import Pull
from tests.conformance.trading import busy_shop, everything
from tests.support.platforms.rig import Rig

HISTORY = ("price", "cost")
"""Raw objects hold the present; what was before cannot be derived from them, and is never dropped."""


class Offline(Wrapped):
    """A reader whose platform must not be asked."""

    def extract(self, *_: object, **__: object) -> Sequence[object]:  # type: ignore[override]
        raise AssertionError("a rebuild asks nobody")

    fetch = preview = check = extract  # type: ignore[assignment]


def test_a_rebuild_of_what_is_right_changes_nothing(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    busy_shop(rig)
    pull()
    before = everything(mirror)
    rebuild_connection(Offline(reader), mirror, page=3)
    assert everything(mirror) == before


def test_every_row_comes_back_out_of_raw_objects(rig: Rig, reader: Reader, mirror: Mirror, pull: Pull) -> None:
    busy_shop(rig)
    pull()
    before = everything(mirror)
    assert mirror.writer is not None

    def lose(engine: duckdb.DuckDBPyConnection) -> None:
        for table in [*TABLES, "store_day", "store_hour", "store_sku_day"]:
            if table not in HISTORY:
                engine.execute(f"DELETE FROM {table}")

    mirror.writer.execute_bulk(lose).result()
    rebuild_connection(Offline(reader), mirror)
    after = everything(mirror)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
