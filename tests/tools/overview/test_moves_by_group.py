"""Departments and stores that fell, or rose, in every step: by the mean of a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.registry import run_tool

MONTHS = {"2026-09": (date(2026, 9, 1), date(2026, 9, 30)), "2026-10": (date(2026, 10, 1), date(2026, 10, 31))}
WEEKS = {
    (first := date(2026, 10, 26) + timedelta(weeks=n)).isoformat(): (first, first + timedelta(days=6)) for n in range(4)
}


def by_hand(world: World, steps: dict[str, tuple[date, date]], key: str, way: int) -> set[str]:
    """The groups whose net sales a day went one way in every step."""
    names = {str(getattr(line, key)) for line in world.lines}
    went = set()
    for name in names:
        means = [
            Decimal(sum(line.net for line in world.select(*days) if str(getattr(line, key)) == name))
            / ((days[1] - days[0]).days + 1)
            for days in steps.values()
        ]
        if all(way * (later - earlier) > 0 for earlier, later in pairwise(means)):
            went.add(name)
    return went


@pytest.mark.parametrize("every", ["fell", "rose"])
@pytest.mark.parametrize(
    ("by", "key", "asked", "steps"),
    [
        ("department", "department", {"step": "month", "period": "September to October"}, MONTHS),
        ("store", "store_id", {"step": "week", "period": "last 4 weeks"}, WEEKS),
    ],
)
def test_groups_that_went_one_way_in_every_step(
    world: World, every: str, by: str, key: str, asked: dict[str, Any], steps: dict[str, tuple[date, date]]
) -> None:
    result = run_tool("sales_moves", {**asked, "by": by, "every": every}, world.context())
    expected = by_hand(world, steps, key, 1 if every == "rose" else -1)
    assert {one.group[by] for one in result.figures} == expected
    assert f" in {len(expected)} of " in result.headline
    assert f"{every} in every {asked['step']}" in result.headline
    other = by_hand(world, steps, key, -1 if every == "rose" else 1)
    assert f"{len(other)} {by}" in result.text
    for one in result.figures:
        lines = [line for line in world.select(one.start_on, one.end_on) if str(getattr(line, key)) == one.group[by]]
        assert Decimal(one.value or 0) * 100 == sum(line.net for line in lines)


def test_months_of_other_lengths_say_so(world: World) -> None:
    asked = {"step": "month", "period": "September to October", "by": "department"}
    result = run_tool("sales_moves", asked, world.context())
    assert "Held by the mean of a day, as the months have 30 and 31 days." in result.caveats
