"""Days whose sales are all known come from their rollup, others from their hours: both say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.mirror import rollups
from tests.tools.door.door_world import DoorWorld
from tests.tools.door.door_world import build as build_world
from tools.context import ToolContext
from tools.door import DoorHours, counted_in, usual_visitors
from tools.frame import frame
from tools.metrics import METRICS
from tools.metrics.door_rows import build_uncounted
from tools.metrics.query import build
from tools.metrics.windows import Statement, Window, parted

_METRICS = [METRICS[name] for name in ("conversion", "sales_per_visitor", "visitors")]
_PERIODS = ("last 4 weeks", "last week", "yesterday", "21 November 2026", "from 21 November 2026 to 22 November 2026")


def _ways(windows: Sequence[Window]) -> list[list[Window]]:
    """From rollups, from hours, and from both."""
    days_before_the_last = [replace(one, settled_on=one.end_on - timedelta(days=1)) for one in windows]
    return [list(windows), [replace(one, settled_on=None) for one in windows], days_before_the_last]


@pytest.mark.parametrize("period", _PERIODS)
@pytest.mark.parametrize("by", [None, "store", "day", "store_day"])
def test_figures_per_visitor_are_the_same_from_days_and_from_hours(
    door: DoorWorld, period: str, by: str | None
) -> None:
    asked = frame(period, "all stores", door.context())
    windows = asked.windows()
    assert not parted(windows)[1]
    found = []
    for way in _ways(windows):
        statement = build(_METRICS, way, by, asked.context.scope)
        found.append(asked.context.mirror.query(statement.sql, statement.params).rows)
    assert found[0] == found[1] == found[2] != []


@pytest.mark.parametrize("period", _PERIODS)
def test_what_was_counted_is_the_same_from_days_and_from_hours(door: DoorWorld, period: str) -> None:
    asked = frame(period, "all stores", door.context())
    doors = [DoorHours(way, asked.context) for way in _ways(asked.windows())]
    assert [one.settled for one in doors] == [True, False, False]
    counted = [counted_in(one, asked.stores.stores) for one in doors]
    assert counted[0] == counted[1] == counted[2] != []
    usual = [usual_visitors(one) for one in doors]
    assert usual[0].keys() == usual[1].keys() != set()
    assert all(abs(usual[0][place] - usual[1][place]) < 1e-20 for place in usual[0])
    uncounted = [_rows(build_uncounted(way, asked.context.scope), asked.context) for way in _ways(asked.windows())]
    assert uncounted[0] == uncounted[1] == uncounted[2] != []


def test_days_that_were_counted_and_sold_nothing_are_left_out_either_way(tmp_path: Path) -> None:
    made = build_world(tmp_path)
    for store, day in (("Q", "2026-11-10"), ("P", "2026-11-11")):
        for table in ("sale", "sale_line"):
            made.connection.execute(f"DELETE FROM {table} WHERE store_id = ? AND business_on = ?", [store, day])
    rollups.refresh(made.connection)
    asked = frame("last 4 weeks", "all stores", made.context())
    doors = [DoorHours(way, asked.context) for way in _ways(asked.windows())]
    counted = [counted_in(one, asked.stores.stores) for one in doors]
    assert counted[0] == counted[1] == counted[2] != []
    usual = [usual_visitors(one) for one in doors]
    assert usual[0].keys() == usual[1].keys() != set()
    assert all(abs(usual[0][place] - usual[1][place]) < 1e-20 for place in usual[0])
    found = [
        _rows(build(_METRICS, way, "store_day", asked.context.scope), asked.context) for way in _ways(asked.windows())
    ]
    assert found[0] == found[1] == found[2] != []
    made.connection.close()


def _rows(statement: Statement, context: ToolContext) -> Sequence[Sequence[object]]:
    return context.mirror.query(statement.sql, statement.params).rows
