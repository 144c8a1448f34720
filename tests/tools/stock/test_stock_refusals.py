"""Stock tools refuse what they should: other people's stores, nonsense, and answers that no data stands behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.tools.stock import stock_world as planted
from tools.context import Role, ToolContext
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.registry import run_tool

STOCK_TOOLS = (
    "stock_levels",
    "stock_cover",
    "stockout_risk",
    "out_of_stock",
    "dead_stock",
    "overstock",
    "slow_stock",
    "lost_sales",
    "stockout_history",
    "phantom_stock",
    "shrink_and_waste",
    "stock_productivity",
    "abc_xyz",
    "transfer_candidates",
    "fast_movers",
    "on_order",
    "purchase_orders",
    "stock_changes",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("stock")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


def only(world: ToolContext, *stores: str, role: Role = Role.STORE_MANAGER) -> ToolContext:
    return replace(world, scope=replace(world.scope, store_ids=stores, role=role))


@pytest.mark.parametrize("tool", STOCK_TOOLS)
def test_nobody_asks_about_a_store_outside_the_scope(world: ToolContext, tool: str) -> None:
    with pytest.raises(NotAllowedError):
        run_tool(tool, {"stores": "Harbor Point"}, only(world, "S01"))


@pytest.mark.parametrize("tool", STOCK_TOOLS)
def test_an_unknown_store_is_named(world: ToolContext, tool: str) -> None:
    with pytest.raises(BadArgumentError, match="Nowhere Lane"):
        run_tool(tool, {"stores": "Nowhere Lane"}, world)


@pytest.mark.parametrize("tool", sorted({*STOCK_TOOLS} - {"transfer_candidates"}))
def test_a_manager_sees_only_the_own_store(world: ToolContext, tool: str) -> None:
    result = run_tool(tool, {}, only(world, "S01"))
    assert set(result.provenance.stores) == {"S01"}
    assert {store for one in result.figures for store in one.stores} <= {"S01"}
    assert result.provenance.sql
    shown = [cell for row in (result.table.rows if result.table else ()) for cell in row]
    assert not {"Harbor Point", "Maple Avenue"} & set(shown)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("dead_stock", {"days": 0}, "greater than or equal to 7"),
        ("dead_stock", {"days": "soon"}, "days"),
        ("stockout_risk", {"within": -1}, "within"),
        ("stock_levels", {"by": "moon phase"}, "by"),
        ("stock_levels", {"scope": "S02"}, "scope"),
        ("shrink_and_waste", {"valued_at": "sentiment"}, "valued_at"),
        ("on_order", {"limit": 5000}, "limit"),
        ("stock_cover", {"department": "Spaceships"}, "Spaceships"),
    ],
)
def test_nonsense_is_refused_with_the_field_named(
    world: ToolContext, tool: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadArgumentError, match=words):
        run_tool(tool, arguments, world)


def test_a_period_in_the_future_is_refused(world: ToolContext) -> None:
    for tool in ("lost_sales", "shrink_and_waste", "stock_productivity", "fast_movers"):
        with pytest.raises((NoDataError, BadArgumentError)):
            run_tool(tool, {"period": "next week"}, world)


def test_a_phrase_for_many_products_is_asked_back_where_one_is_needed(world: ToolContext) -> None:
    with pytest.raises((ClarifyError, BadArgumentError)):
        run_tool("lost_sales", {"product": "unobtainium"}, world)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    def without_stock() -> Any:
        return (row for row in planted.rows() if row.table != "inventory_level")

    with planted.stock_world(tmp_path_factory.mktemp("bare"), without_stock()) as mirror:
        yield planted.context_of(mirror)


@pytest.mark.parametrize(
    "tool",
    [
        "stock_levels",
        "stock_cover",
        "stockout_risk",
        "out_of_stock",
        "dead_stock",
        "overstock",
        "slow_stock",
        "phantom_stock",
        "stock_productivity",
        "transfer_candidates",
    ],
)
def test_without_levels_the_answer_says_which_data_is_missing(bare: ToolContext, tool: str) -> None:
    with pytest.raises(NoDataError, match=r"No stock levels are recorded .* a file of stock levels"):
        run_tool(tool, {}, bare)


def test_without_orders_or_a_log_nothing_is_called_zero(bare: ToolContext) -> None:
    with pytest.raises(NoDataError, match=r"No purchase orders .* a file of orders"):
        run_tool("on_order", {}, bare)
    with pytest.raises(NoDataError, match=r"that is not zero shrink"):
        run_tool("shrink_and_waste", {}, bare)


def test_movers_and_classes_go_without_stock_and_say_so(bare: ToolContext) -> None:
    for tool in ("fast_movers", "abc_xyz"):
        assert any("No stock levels are recorded" in one for one in run_tool(tool, {}, bare).caveats)
