"""Days out of the range of their weekday, against pandas over rows of the sample's mirror."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from tests.support.asked_sample import asked_sample, truth
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool

pytestmark = pytest.mark.slow
TOOL = "unusual_days"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def _outside(values: pd.Series, first: str, last: str, width: int) -> tuple[int, dict[str, float]]:
    """How many days can be judged, and how far each day outside its range is outside."""
    judged, found = 0, {}
    for day in pd.date_range(first, last):
        weeks = [day - pd.Timedelta(weeks=number) for number in range(1, 9)]
        before = np.array([values[one] for one in weeks if one in values.index])
        if day not in values.index or len(before) < 4:
            continue
        judged += 1
        middle = np.median(before)
        reach = width * max(1.4826 * np.median(np.abs(before - middle)), 0.05 * middle)
        if abs(values[day] - middle) > reach:
            found[f"{day:%a} {day.day} {day:%b}"] = abs(values[day] - middle) - reach
    return judged, found


def test_the_days_of_the_chain(context: ToolContext) -> None:
    rows = truth(context, "SELECT business_on, SUM(net_minor) FROM sale_line GROUP BY 1")
    net = pd.Series({pd.Timestamp(day): float(value) / 100 for day, value in rows})
    judged, wanted = _outside(net, "2026-10-01", "2026-10-31", 2)
    found = run_tool(TOOL, {"period": "october"}, context)
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == sorted(wanted, key=lambda day: -wanted[day])
    assert f"{len(wanted)} of {judged} days outside the usual range" in found.headline
    high = run_tool(TOOL, {"period": "october", "direction": "high"}, context)
    assert high.table is not None
    assert all(float(row[2]) > float(row[4]) for row in high.table.rows)


def test_a_store_is_held_against_itself(context: ToolContext) -> None:
    rows = truth(context, "SELECT business_on, SUM(net_minor) FROM sale_line WHERE store_id = 'S03' GROUP BY 1")
    net = pd.Series({pd.Timestamp(day): float(value) / 100 for day, value in rows})
    _, wanted = _outside(net, "2026-10-01", "2026-10-31", 2)
    found = run_tool(TOOL, {"period": "october", "by": "store", "limit": 100}, context)
    assert found.table is not None
    assert {row[1] for row in found.table.rows if row[0] == "Maple Avenue"} == set(wanted)


def test_only_holidays_of_each_category(context: ToolContext) -> None:
    found = run_tool(TOOL, {"period": "all time", "holidays": True, "by": "category", "direction": "high"}, context)
    assert found.table is not None
    assert all(row[2] for row in found.table.rows)
    assert found.table.rows[0][:3] == ("Spring/summer seasonal", "Sun 5 Apr", "Easter Sunday")
    assert any("by chance alone" in one for one in found.caveats)


def test_what_cannot_be_judged_is_said(context: ToolContext) -> None:
    with pytest.raises(NoDataError, match="what is usual for it is not known"):
        run_tool(TOOL, {"period": "january 2026"}, context)
    with pytest.raises(BadArgumentError, match="only known of whole stores"):
        run_tool(TOOL, {"by": "department", "metric": "visitors"}, context)


def test_a_usual_day_is_told_with_its_figure_and_its_range(context: ToolContext) -> None:
    rows = truth(context, "SELECT business_on, SUM(net_minor) FROM sale_line WHERE store_id = 'S03' GROUP BY 1")
    net = pd.Series({pd.Timestamp(day): float(value) / 100 for day, value in rows})
    day = next(one for one in pd.date_range("2026-11-16", "2026-11-22") if not _outside(net, str(one), str(one), 2)[1])
    before = np.array([net[day - pd.Timedelta(weeks=number)] for number in range(1, 9)])
    middle = np.median(before)
    reach = 2 * max(1.4826 * np.median(np.abs(before - middle)), 0.05 * middle)
    found = run_tool(TOOL, {"period": f"{day:%Y-%m-%d}", "stores": "S03"}, context)
    low, high = max(middle - reach, 0), middle + reach
    assert found.headline.endswith(f": ${net[day]:,.2f}, within its usual range of ${low:,.2f} to ${high:,.2f}.")
    assert found.table is not None
    assert [float(str(cell)) for cell in found.table.rows[0][2:5]] == pytest.approx([net[day], low, high], abs=0.011)
