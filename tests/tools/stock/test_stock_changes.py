"""The log of stock changes: one by one, in sums, and who may read by whom they were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from connectors.records import Row
from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

WEEK = "from 16 November 2026 to 22 November 2026"


def named() -> Iterator[Row]:
    """A colleague, and an adjustment by them."""
    yield Row("employee", {"employee_id": "E1", "name": "Ada Quinn", "store_id": "S01"})
    adjusted = planted.change("L9", "S01", "F", "adjust", -1, planted.at(date(2026, 11, 17), 9), "damage")
    yield Row("inventory_change", {**adjusted.values, "employee_id": "E1"})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("changes")
    with planted.stock_world(folder, planted.rows(), planted.log(), named()) as mirror:
        yield planted.context_of(mirror)


def as_role(world: ToolContext, role: Role) -> ToolContext:
    return replace(world, scope=replace(world.scope, role=role))


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    (found,) = [one.value for one in result.figures if one.metric == metric and dict(one.group) == group]
    return found


def rows(result: ToolResult) -> list[tuple[object, ...]]:
    assert result.table is not None
    return [tuple(row) for row in result.table.rows]


def test_adjustments_of_a_week_with_reason_and_who(world: ToolContext) -> None:
    result = run_tool("stock_changes", {"kind": "adjust", "period": WEEK}, world)
    assert result.headline.startswith("4 adjustments of 2 products")
    assert figure(result, "units_in") == "1"
    assert figure(result, "units_out") == "7"  # 2 oat milk and 1 soup damaged, 4 recounted at Harbor Point
    assert rows(result)[-1] == (
        "17 Nov 2026, 09:00",
        "Market Street",
        "Tomato soup",
        "adjustment",
        "-1",
        "damage",
        "Ada Quinn",
    )


def test_sales_are_left_out_unless_asked_for(world: ToolContext) -> None:
    plain = run_tool("stock_changes", {"period": WEEK}, world)
    assert figure(plain, "stock_changes") == "9"
    full = run_tool("stock_changes", {"period": WEEK, "kind": "all"}, world)
    sold = sum(1 for day in planted.DAYS[-7:] for one in planted.PRODUCTS if planted.sold("S01", one, day))
    assert figure(full, "stock_changes") == str(9 + sold)


def test_a_count_is_in_no_sum(world: ToolContext) -> None:
    counts = run_tool("stock_changes", {"kind": "count", "product": "oat milk"}, world)
    assert "The newest: 21 Nov 2026, 09:00, count, Oat milk, 1 l at Harbor Point, 40 on the log." in counts.text
    assert figure(run_tool("stock_changes", {"kind": "count"}, world), "units_in") == "0"


def test_when_something_last_came_in(world: ToolContext) -> None:
    result = run_tool("stock_changes", {"kind": "receive", "product": "butter"}, world)
    assert "The newest: 13 Nov 2026, 08:00, delivery booked in, Butter, 8 oz at Market Street, +73." in result.text


def test_sums_by_kind_and_by_reason(world: ToolContext) -> None:
    kinds = run_tool("stock_changes", {"by": "kind", "period": WEEK}, world)
    assert {(row[0], row[1]) for row in rows(kinds)} == {
        ("adjustment", 4), ("count", 2), ("transfer in", 1), ("transfer out", 1), ("waste entry", 1),
    }  # fmt: skip
    reasons = run_tool("stock_changes", {"by": "reason", "kind": "adjust", "period": WEEK}, world)
    assert figure(reasons, "stock_changes", reason="damage") == "2"


def test_names_are_for_those_who_answer_for_a_store(world: ToolContext) -> None:
    with pytest.raises(NotAllowedError):
        run_tool("stock_changes", {"by": "employee"}, as_role(world, Role.ANALYST))
    seen = run_tool("stock_changes", {"kind": "adjust", "period": WEEK}, as_role(world, Role.ANALYST))
    assert {row[-1] for row in rows(seen)} == {None}
    assert any("store managers" in one for one in seen.caveats)
    people = run_tool("stock_changes", {"by": "employee", "kind": "adjust", "period": WEEK}, world)
    assert figure(people, "stock_changes", employee="Ada Quinn") == "1"


def test_no_log_is_unknown_and_a_quiet_log_is_none(world: ToolContext) -> None:
    with pytest.raises(NoDataError, match="unknown, not none"):
        run_tool("stock_changes", {"stores": "Maple Avenue"}, world)
    quiet = run_tool("stock_changes", {"kind": "waste", "product": "coffee beans"}, world)
    assert quiet.headline.startswith("No waste entries of Coffee beans")
