"""“How did we do”: the figures of a period, its net sales held against the usual one before it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.tools_world import World, build_world
from tools.registry import run_tool


@pytest.mark.parametrize(
    ("period", "now", "before"),
    [
        ("yesterday", (date(2026, 11, 22), date(2026, 11, 22)), (date(2026, 11, 15), date(2026, 11, 15))),
        ("last week", (date(2026, 11, 16), date(2026, 11, 22)), (date(2026, 11, 9), date(2026, 11, 15))),
    ],
)
def test_net_sales_stand_against_the_period_before(
    world: World, period: str, now: tuple[date, date], before: tuple[date, date]
) -> None:
    result = run_tool("sales_summary", {"period": period}, world.context())
    mine, other = (sum(line.net for line in world.select(*days)) for days in (now, before))
    first = result.figures[0]
    assert first.compared_to is not None
    assert Decimal(first.value or 0) * 100 == mine
    assert Decimal(first.compared_to.value) * 100 == other
    assert (first.compared_to.start_on, first.compared_to.end_on) == before
    assert Decimal(first.compared_to.change or 0) * 100 == mine - other
    assert ("up" if mine > other else "down") in result.headline
    assert f"{Decimal(other) / 100:,.2f}" in result.headline
    assert [figure.metric for figure in result.figures].count("net_sales") == 1
    assert result.text.startswith(result.headline)
    assert len(result.provenance.sql) == len(result.provenance.params) > 2
    assert result.follow_ups[0].startswith("Why did sales change")
    assert not any(one.startswith("Compare") for one in result.follow_ups)


@pytest.mark.parametrize(
    "more",
    [{"metrics": ["net_sales"]}, {"by": "department"}, {"department": "Produce"}, {"product": "bananas"}],
)
def test_who_asks_for_a_figure_a_split_or_goods_gets_that_alone(world: World, more: dict[str, object]) -> None:
    result = run_tool("sales_summary", {"period": "last week", **more}, world.context())
    assert all(figure.compared_to is None for figure in result.figures)
    assert " on $" not in result.headline


def test_the_first_days_stand_alone(world: World) -> None:
    first = min(line.business_on for line in world.lines)
    result = run_tool("sales_summary", {"period": first.isoformat()}, world.context())
    assert result.figures[0].compared_to is None
    assert result.headline.endswith(".")


def test_today_so_far_is_held_against_the_same_hours_in_a_sentence_of_its_own(tmp_path: Path) -> None:
    as_of = datetime(2026, 11, 23, 10, 15, tzinfo=ZoneInfo("America/New_York"))
    world = build_world(tmp_path, today_until_hour=11, as_of=as_of)
    result = run_tool("sales_summary", {"period": "today"}, world.context())
    held = [figure for figure in result.figures if figure.group.get("until")]
    assert [(figure.metric, figure.group["until"]) for figure in held] == [("net_sales", "10:00")]
    assert result.figures[0].compared_to is None
    assert "until 10:00" in result.text
    assert "until 10:00" not in result.headline
    world.connection.close()
