"""Stock and shelf questions: what is left to others, and whether the answers' own follow-ups are understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.topics import planogram, stock
from agent.conversation.surroundings import NamedStore, Surroundings
from tests.tools.stock import stock_world as planted
from tools.context import ToolContext
from tools.registry import run_tool

AROUND = Surroundings(
    today="2026-11-23",
    stores=tuple(NamedStore(ident, *row) for ident, row in planted.STORES.items()),
    departments=("Dairy", "Grocery", "Home", "Produce"),
)


@pytest.mark.parametrize(
    "question",
    [
        "How did we do yesterday?",
        "How many orders did I get last week?",
        "How many pickup orders are still pending, and how many units is that?",
        "Create a restocking task for Aisle 5",
        "Suggest a markdown plan for my dead stock.",
        "Mark down the dead stock by 20 %",
        "reorder 20 cases of cola",
        "transfer 5 units of butter to Market Street",
        "Why are we out of stock so often?",
        "Forecast demand for butter next week",
        "Set the stock of butter to 12",
        "Which customers buy butter?",
        "How is the stock market doing?",
        "How many gift cards do we have left?",
        "top 10 products last week",
        "Where are sales down most?",
        "Where is my manager?",
        "what are our opening hours",
    ],
)
def test_other_subjects_are_left_alone(question: str) -> None:
    assert stock.read(question, AROUND) is None
    assert planogram.read(question, AROUND) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("dead stock by brand colour", "brand colour"),
        ("what were our stock levels last month", "only known as it is now"),
        ("shrink by weather last week", "did not understand"),
        ("fast movers by store", "by store"),
    ],
)
def test_what_cannot_be_answered_whole_is_said(question: str, words: str) -> None:
    decided = stock.read(question, AROUND)
    assert decided is not None
    assert not decided.calls
    assert words in decided.text


def test_a_name_with_a_number_sign_keeps_only_itself() -> None:
    decided = stock.read("Should I reorder Butter, salted #12345?", AROUND)
    assert decided is not None
    assert decided.calls == (("reorder_suggestions", {"product": "Butter, salted #12345"}),)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    folder = tmp_path_factory.mktemp("stock")
    with planted.stock_world(folder, planted.rows(), planted.orders(), planted.log()) as mirror:
        yield planted.context_of(mirror)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        *((name, {"stores": "Market Street"}) for name in (
            "stock_levels", "stock_cover", "stockout_risk", "out_of_stock", "dead_stock", "overstock", "slow_stock",
            "lost_sales", "phantom_stock", "shrink_and_waste", "stock_productivity", "abc_xyz", "transfer_candidates",
            "fast_movers", "on_order")),
        ("stock_levels", {"product": "butter"}),
        ("stock_cover", {"department": "Grocery"}),
        ("reorder_suggestions", {"product": "oat milk"}),
        ("product_location", {"product": "oat milk"}),
        ("dead_stock", {"days": 30, "department": "Grocery"}),
    ],
)  # fmt: skip
def test_every_follow_up_is_a_question_that_can_be_answered(
    world: ToolContext, tool: str, arguments: dict[str, Any]
) -> None:
    follow_ups = run_tool(tool, arguments, world).follow_ups
    assert follow_ups
    for question in follow_ups:
        decided = plan(question, (), AROUND)
        assert decided.calls, question
        for name, args in decided.calls:
            run_tool(name, args, world)


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("what can we transfer to Harbor Point", {"taker": "Harbor Point"}),
        ("transfer candidates from Market Street", {"giver": "Market Street"}),
        (
            "which transfer candidates are there from Market Street to Harbor Point",
            {"giver": "Market Street", "taker": "Harbor Point"},
        ),
        ("transfer candidates for Harbor Point", {"stores": "Harbor Point"}),
    ],
)
def test_a_transfer_to_a_store_is_none_from_it(question: str, ends: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("transfer_candidates", ends),)
