"""An average day and the return on floor space, against lines counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.tools_world import World
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.overview.sales_rates import SQUARE_FOOT
from tools.registry import run_tool
from tools.result import ToolResult

FIRST, LAST = date(2026, 10, 26), date(2026, 11, 22)
STORES = ("S01", "S02", "S03", "S04", "S05")


def rates(world: World, **arguments: Any) -> ToolResult:
    return run_tool("sales_rates", {"period": "last 4 weeks", **arguments}, world.context(Role.OWNER))


def net(world: World, *stores: str) -> Decimal:
    return Decimal(sum(line.net for line in world.select(FIRST, LAST, *stores))).scaleb(-2)


def days(world: World, *stores: str) -> int:
    return len({line.business_on for line in world.select(FIRST, LAST, *stores)})


def by_store(result: ToolResult, metric: str) -> dict[str, str | None]:
    return {one.group.get("store", ""): one.value for one in result.figures if one.metric == metric}


def test_a_day_is_one_with_sales_of_that_store(world: World) -> None:
    result = rates(world, by="store")
    shown = by_store(result, "net_sales_per_day")
    for store in STORES:
        assert shown[store] == f"{net(world, store) / days(world, store):.2f}"
    assert days(world, "S05") < days(world, "S01") == 28
    assert by_store(result, "days_with_sales")["S05"] == str(days(world, "S05"))
    assert shown[""] == f"{net(world) / 28:.2f}"
    assert any("days on which any of them sold" in one for one in result.caveats)


def test_floor_space_says_its_unit_and_leaves_out_what_is_unknown(world: World) -> None:
    metres, feet = rates(world, per="square_metre"), rates(world, per="square_foot")
    area = {store: Decimal(100 * int(store[-1])) for store in STORES}
    for store in STORES:
        assert by_store(metres, "net_sales_per_m2")[store] == f"{net(world, store) / area[store]:.2f}"
        assert by_store(feet, "net_sales_per_sqft")[store] == f"{net(world, store) / (area[store] / SQUARE_FOOT):.2f}"
    assert by_store(metres, "net_sales_per_m2")[""] == f"{net(world) / sum(area.values()):.2f}"
    assert "per m²" in metres.headline
    assert "per sq ft" in feet.headline
    world.connection.execute("UPDATE store SET floor_area_m2 = NULL WHERE store_id = 'S01'")
    try:
        part = rates(world, per="square_metre")
        assert "S01" not in by_store(part, "net_sales_per_m2")
        assert any("is not recorded, so they are left out" in one for one in part.caveats)
        with pytest.raises(NoDataError, match="floor area"):
            run_tool("sales_rates", {"per": "square_foot"}, world.context(Role.STORE_MANAGER, "S01"))
    finally:
        world.connection.execute("UPDATE store SET floor_area_m2 = 100 WHERE store_id = 'S01'")


def test_a_day_not_over_is_no_day_of_the_average(world: World) -> None:
    result = rates(world, period="this month")
    assert result.provenance.end_on == LAST
    assert by_store(result, "days_with_sales")[""] == str((LAST - date(2026, 11, 1)) // timedelta(days=1) + 1)


def test_only_sums_of_the_sales_have_a_rate(world: World) -> None:
    with pytest.raises(BadArgumentError, match="must be a sum"):
        rates(world, metric="visitors", per="square_metre")
    for metric in ("gross_margin_pct", "conversion"):
        with pytest.raises(BadArgumentError, match="must be a sum"):
            rates(world, metric=metric)
    with pytest.raises(NotAllowedError):
        run_tool("sales_rates", {"stores": "S02"}, world.context(Role.STORE_MANAGER, "S01"))


@pytest.mark.parametrize(
    ("metric", "told", "counted"),
    [
        (
            "visitors",
            "visitors",
            """SELECT x.store_id, CAST(timezone(s.timezone, x.hour_at) AS DATE), SUM(x.visitors)
               FROM foot_traffic x JOIN store s USING (store_id) WHERE x.visitors IS NOT NULL GROUP BY 1, 2""",
        ),
        (
            "labour_hours",
            "labour hours",
            """SELECT x.store_id, CAST(timezone(s.timezone, x.clock_in_at) AS DATE),
                 SUM(epoch(x.clock_out_at) - epoch(x.clock_in_at) - COALESCE(x.break_minutes, 0) * 60) / 3600
               FROM timecard x JOIN store s USING (store_id) WHERE x.clock_out_at IS NOT NULL GROUP BY 1, 2""",
        ),
    ],
)
def test_visitors_and_hours_are_divided_by_the_days_that_have_them(
    world: World, metric: str, told: str, counted: str
) -> None:
    found = [row for row in world.connection.execute(counted).fetchall() if FIRST <= row[1] <= LAST]
    assert found
    result = rates(world, metric=metric, by="store")
    shown, over = by_store(result, f"{metric}_per_day"), by_store(result, f"days_with_{told.replace(' ', '_')}")
    for store in {row[0] for row in found}:
        own = [Decimal(str(row[2])) for row in found if row[0] == store]
        assert over[store] == str(len(own))
        assert Decimal(shown[store] or 0) == pytest.approx(sum(own) / len(own), abs=Decimal("0.06"))
    dates = {row[1] for row in found}
    assert over[""] == str(len(dates))
    assert Decimal(shown[""] or 0) == pytest.approx(
        sum(Decimal(str(row[2])) for row in found) / len(dates), abs=Decimal("0.06")
    )
    assert f"Divided by days with {told}" in " ".join(result.caveats)
