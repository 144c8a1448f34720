"""Sentences beside the figures: a part of a day is no lowest day, no change is no fall, a rate is no sum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from tests.support.tools_world import TODAY, World, build_world
from tools.context import Role
from tools.errors import NoDataError
from tools.frame import frame
from tools.promotions.price_elasticity import whole_weeks
from tools.registry import run_tool
from tools.result import ToolResult

EVENING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Eight in the evening of Monday 23 November in New York, when it is Tuesday in Greenwich."""
DAYS = [date(2026, 11, 9) + timedelta(days=number) for number in range(7)]


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = build_world(tmp_path_factory.mktemp("evening"), as_of=EVENING, today_until_hour=10)
    # Sales of today are few: nine in the morning was the last that is known.
    targets = [
        ("S01", "gross_margin_pct", "2026-11-01", "2026-11-30", 40),
        ("S02", "gross_margin_pct", "2026-11-01", "2026-11-30", 40),
        ("S03", "gross_margin_pct", "2026-11-01", "2026-11-30", 30),
    ]
    for row in targets:
        made.connection.execute(
            "INSERT INTO target (store_id, metric, starts_on, ends_on, value) VALUES (?, ?, ?, ?, ?)", list(row)
        )
    yield made
    made.connection.close()


def ask(world: World, tool: str, **arguments: Any) -> ToolResult:
    return run_tool(tool, arguments, world.context(Role.OWNER, now=EVENING))


def test_today_so_far_is_no_lowest_day(evening: World) -> None:
    for tool, by in (("sales_summary", "day"), ("sales_breakdown", ["day"])):
        found = ask(evening, tool, period="16 November 2026 to 23 November 2026", by=by)
        assert "of the whole days" in found.text, found.text
        assert f"lowest: Mon {TODAY.day} Nov" not in found.text


def test_a_week_cut_by_the_period_is_no_lowest_week(evening: World) -> None:
    found = ask(evening, "sales_breakdown", period="9 November 2026 to 24 November 2026", by=["week"])
    assert "lowest: week of 23 Nov" not in found.text, found.text


def test_no_change_is_neither_up_nor_down(evening: World) -> None:
    sold = {day: {line.sale_id for line in evening.select(day, day, "S01") if line.kind == "sale"} for day in DAYS}
    one, other = next((a, b) for a, b in combinations(DAYS, 2) if len(sold[a]) == len(sold[b]))
    found = ask(
        evening, "sales_breakdown", period=f"{other}", compare_to=f"{one}", metrics=["transactions"],
        stores="Market Street",
    )  # fmt: skip
    assert f"unchanged at {len(sold[one])}" in found.headline, found.headline
    assert "down" not in found.headline


def test_a_margin_target_is_neither_added_up_over_stores_nor_shared_out_over_days(evening: World) -> None:
    asked = {"period": "16 November 2026 to 22 November 2026", "metric": "gross_margin_pct", "target": True}
    for stores in ("Market Street", "Market Street and Harbor Point"):
        found = ask(evening, "explain_change", stores=stores, **asked)
        figure = next(one for one in found.figures if one.metric == "gross_margin_pct.target")
        assert figure.value == "40.00"
    with pytest.raises(NoDataError, match="cannot be added up"):
        ask(evening, "explain_change", stores="Market Street and Maple Avenue", **asked)


def test_whole_weeks_end_before_the_stores_own_today(evening: World) -> None:
    asked = frame("1 November 2026 to 23 November 2026", None, evening.context(now=EVENING))
    window, _ = whole_weeks(asked)
    assert window.end_on == TODAY - timedelta(days=1)
