"""The business as a whole: the same figures as the other tools, and what needs attention with its arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.tools_world import World
from tests.tools.overview.conftest import OUT_OF_STOCK
from tools.context import Role
from tools.errors import BadArgumentError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult


def overview(world: World, role: Role = Role.OWNER, *stores: str, **arguments: Any) -> ToolResult:
    return run_tool("business_overview", arguments, world.context(role, *stores))


def stakes(result: ToolResult) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for one in result.figures:
        if one.metric == "money_at_stake":
            found.setdefault(one.group["about"], []).append(Decimal(one.value or 0))
    return found


def test_the_totals_are_those_of_the_lines_and_of_the_comparison(world: World) -> None:
    result = overview(world, period="this month")
    lines = world.select(date(2026, 11, 1), date(2026, 11, 22))
    net = next(one for one in result.figures if one.metric == "net_sales" and not one.group)
    assert net.value == f"{Decimal(sum(line.net for line in lines)).scaleb(-2):.2f}"
    assert net.compared_to is not None
    before = world.select(date(2026, 10, 1), date(2026, 10, 22))
    assert net.compared_to.value == f"{Decimal(sum(line.net for line in before)).scaleb(-2):.2f}"
    for word in ("transactions", "average transaction value", "gross margin", "conversion", "own norm"):
        assert word in result.text


def test_priorities_come_by_money_and_at_most_five(world: World) -> None:
    result = overview(world, focus="priorities")
    amounts = [Decimal(one.value or 0) for one in result.figures if one.metric == "money_at_stake"]
    assert 0 < len(amounts) <= 5
    assert amounts == sorted(amounts, reverse=True)
    assert result.table is not None
    assert [row[0] for row in result.table.rows] == list(range(1, len(amounts) + 1))
    assert result.headline.startswith("Top priority, the last 7 days")
    assert set(result.follow_ups) <= {row[3] for row in result.table.rows}


def test_a_target_that_is_missed_is_worth_its_shortfall(world: World) -> None:
    gaps = {
        one.group["store"]: one.value
        for one in run_tool("target_progress", {"metric": "net_sales"}, world.context()).figures
        if one.metric == "net_sales" and "store" in one.group
    }
    due = {
        one.group["store"]: one.value
        for one in run_tool("target_progress", {"metric": "net_sales"}, world.context()).figures
        if one.metric == "target_to_date" and "store" in one.group
    }
    short = sorted((Decimal(due[store] or 0) - Decimal(gaps[store] or 0) for store in ("S01", "S03")), reverse=True)
    assert stakes(overview(world, focus="priorities"))["target"] == [
        pytest.approx(one, abs=Decimal("0.01")) for one in short
    ]


def test_what_sells_and_is_gone_is_worth_a_week_of_its_sales(world: World) -> None:
    store, variant = OUT_OF_STOCK
    result = overview(world, stores="Harbor Point", focus="priorities")
    sold = [
        line.net for line in world.select(date(2026, 10, 26), date(2026, 11, 22), store) if line.variant_id == variant
    ]
    assert stakes(result)["stock"] == [(Decimal(sum(sold)) / 400).quantize(Decimal("0.01"))]
    assert "1 product by store that sold in the last four weeks is at or below zero on hand" in result.text


def test_a_late_order_counts_what_has_not_come(world: World) -> None:
    result = overview(world, stores="Maple Avenue", focus="priorities")
    assert stakes(result)["orders"] == [Decimal("174.00")]
    assert "1 purchase order is past the due date, with $174.00 of goods outstanding at cost" in result.text


def test_what_was_not_looked_at_is_said(world: World) -> None:
    said = next(one for one in overview(world).caveats if one.startswith("Not looked at: "))
    assert "no register events were ever recorded" in said
    assert "targets" not in said
    staff = next(one for one in overview(world, Role.STAFF, "S04").caveats if one.startswith("Not looked at: "))
    assert "exceptions at the registers, which are for those who answer for a store" in staff
    assert "stock (no stock levels are recorded)" in staff


def test_nothing_of_another_store_is_in_it(world: World) -> None:
    result = overview(world, Role.STORE_MANAGER, "S02", focus="priorities")
    assert {store for one in result.figures for store in one.stores} == {"S02"}
    used = {value for params in result.provenance.params for value in params.values() if str(value).startswith("S0")}
    assert used == {"S02"}
    with pytest.raises(NotAllowedError):
        overview(world, Role.STORE_MANAGER, "S02", stores="Market Street")


@pytest.mark.parametrize("arguments", [{"period": "soon"}, {"focus": "gossip"}, {"stores": "Atlantis"}])
def test_nonsense_gets_a_sentence(world: World, arguments: dict[str, Any]) -> None:
    with pytest.raises(BadArgumentError):
        overview(world, **arguments)
