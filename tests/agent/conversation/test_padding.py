"""Words that carry nothing cost no answer, are no product, and how strongly a thing is meant is told."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.wording.padding import says_how, without_padding
from tests.evals.test_planner_accuracy import AROUND


@pytest.mark.parametrize(
    ("padded", "plain"),
    [
        ("What were our exact sales on March 3, 2026? If the data is not available, say so clearly.",
         "What were our sales on March 3, 2026?"),
        ("What is the margin profile for my category by store?", "What is the margin for my category by store?"),
        ("Analyze the sales trends for store Harbor Point", "sales trends for store Harbor Point"),
        ("Determine which product category grew the most in terms of spend.", "which product category grew the most?"),
        ("how much did we take today / this week", "how much did we take today and this week"),
        ("Can we identify customers who haven't ordered in the last 30 days?",
         "customers who haven't ordered in the last 30 days"),
    ],
)  # fmt: skip
def test_padding_changes_no_answer(padded: str, plain: str) -> None:
    decided = plan(padded, (), AROUND)
    assert decided.calls == plan(plain, (), AROUND).calls
    assert decided.calls
    assert all("product" not in args for _, args in decided.calls)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("For my purposes I just need a dollar figure of total discounts for the month.",
         "total discounts for the month"),
        ("for reporting purposes, what were refunds last month", "what were refunds last month"),
        ("labour cost last month for budgeting purposes", "labour cost last month"),
        ("units of milk last week, just for the record", "units of milk last week"),
    ],
)  # fmt: skip
def test_what_a_figure_is_for_is_no_product(said: str, plain: str) -> None:
    decided = by_rules(said, (), AROUND)
    assert decided.calls == by_rules(plain, (), AROUND).calls
    assert decided.calls
    assert not decided.opening


def test_what_goes_into_a_task_keeps_what_it_is_for() -> None:
    ((_, args),) = by_rules("create a task: file the receipts for our records", (), AROUND).calls
    assert "for our records" in args["title"]


def test_how_strongly_it_is_meant_is_told() -> None:
    decided = plan("Which hours are consistently busy over the last 3 months?", (), AROUND)
    assert decided.calls == plan("Which hours are busy over the last 3 months?", (), AROUND).calls
    assert "“consistently”" in decided.text


def test_a_name_keeps_its_words() -> None:
    decided = plan("Units of natural cheese exact last week", (), AROUND)
    assert decided.calls[0][1]["product"] == "natural cheese exact"
    assert without_padding("Sales of rice").text == "Sales of rice"
    assert plan('Sales of "Exact"', (), AROUND).calls[0][1]["product"] == "Exact"


@pytest.mark.parametrize("asked", ["Sales of unobtainium exactly", "Which terms do suppliers give?"])
def test_nothing_but_padding_is_left_out(asked: str) -> None:
    decided = by_rules(asked, (), AROUND)
    assert not decided.calls or "unobtainium" in str(decided.calls)


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("what money is needlessly tied up in excess inventory?", "what money is tied up in excess inventory?"),
        ("which stores foolishly discount the most?", "which stores discount the most?"),
        ("does age influence coupon use in different respects?", "does age influence coupon use?"),
    ],
)
def test_an_adverb_changes_no_figure(asked: str, plain: str) -> None:
    decided = by_rules(asked, (), AROUND)
    assert decided.calls == by_rules(plain, (), AROUND).calls
    assert decided.calls


@pytest.mark.parametrize("word", ["only", "monthly", "rarely", "newly", "evenly", "costly", "daily", "exclusively"])
def test_words_that_limit_or_count_are_no_padding(word: str) -> None:
    assert not says_how(word)
