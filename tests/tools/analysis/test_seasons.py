"""Seasons are the meteorological quarters of the store's hemisphere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.analysis.calendar import OutsideDataError, PeriodError
from tools.analysis.periods import resolve_period
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("phrase", "south", "start", "end"),
    [
        ("last winter", False, "2025-12-01", "2026-02-28"),
        ("last winter", True, "2026-06-01", "2026-08-31"),
        ("this summer", False, "2026-06-01", "2026-08-31"),
        ("last summer", True, "2025-12-01", "2026-02-28"),
        ("this fall", False, "2026-09-01", "2026-11-23"),
        ("last autumn", False, "2025-09-01", "2025-11-30"),
        ("in the spring", True, "2026-09-01", "2026-11-23"),
        ("winter 2025", False, "2025-12-01", "2026-02-28"),
        ("winter 2026", False, "2025-12-01", "2026-02-28"),  # that of this December has not begun
        ("winter 2024/25", False, "2024-12-01", "2025-02-28"),
        ("summer of last year", False, "2025-06-01", "2025-08-31"),
        ("the winter before last", False, "2024-12-01", "2025-02-28"),
    ],
)
def test_a_season_is_three_months(phrase: str, south: bool, start: str, end: str) -> None:
    found = resolve_period(phrase, today=TODAY, south=south)
    assert (found.start_on.isoformat(), found.end_on.isoformat()) == (start, end)


def test_the_next_one_has_not_been_and_others_are_no_period() -> None:
    with pytest.raises(OutsideDataError):
        resolve_period("next winter", today=TODAY)
    with pytest.raises(PeriodError, match="“July”, “last summer”, “3-9 May”"):
        resolve_period("rainy season", today=TODAY)


@pytest.mark.parametrize(
    ("place", "dates"),
    [
        ({"country": "US"}, "winter 2025/26 (1 Dec 2025 – 28 Feb 2026)"),
        ({"country": "AU"}, "winter 2026 (1 Jun – 31 Aug 2026)"),
        ({"country": "ID", "latitude": 3.6}, "winter 2025/26 (1 Dec 2025 – 28 Feb 2026)"),  # Medan lies north
    ],
)
def test_the_answer_says_the_dates_of_the_stores_own_winter(
    tmp_path: Path, place: dict[str, object], dates: str
) -> None:
    now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    rows = [store("S01", **place)]
    for ident, day in (("a", datetime(2025, 12, 5, 17, 0, tzinfo=UTC)), ("b", datetime(2026, 7, 5, 17, 0, tzinfo=UTC))):
        rows += [sale(ident, day, store_id="S01"), line(ident, 1, 500)]
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", now)])).result()
        context = ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(now))
        result = run_tool("sales_summary", {"period": "last winter", "metrics": ["net_sales"]}, context)
        assert dates in result.headline
        against = {"period": "July", "compare_to": "last winter", "metrics": ["net_sales"]}
        if "2026 (" not in dates:
            held = run_tool("compare_periods", against, context)
            assert "1 Dec 2025 – 28 Feb 2026" in held.headline
