"""A day that begins at five in the morning ends after midnight, and is told in that order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

NOON = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
"""Half past twelve on Saturday 21 November 2026 in New York."""


@pytest.fixture
def context(tmp_path: Path) -> Iterator[ToolContext]:
    rows = [store(day_starts_at="05:00")]
    for number, hours in enumerate((0, 11, 12, 13)):  # half past twelve, 23:30, 00:30 and 01:30 of the next day
        rows += [sale(f"A{number}", NOON + timedelta(hours=hours)), line(f"A{number}")]
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        known = NOON + timedelta(days=1)
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", known)])).result()
        yield ToolContext(Scope("U_OWNER", Role.OWNER, ("S01",)), mirror.reader, FixedClock(known))


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("sales_summary", {"by": "hour"}),
        ("store_conditions", {"by": "hour"}),
        ("peak_times", {}),
    ],
)
def test_the_hours_after_midnight_stand_at_the_end_of_the_day(
    context: ToolContext, tool: str, arguments: dict[str, str]
) -> None:
    found = run_tool(tool, {"period": "Saturday 21 November 2026", **arguments}, context)
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["12:00", "23:00", "00:00", "01:00"]
