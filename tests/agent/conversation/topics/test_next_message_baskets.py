"""Short messages behind the baskets that hold something: of them, of the others, or of what else is in them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.threads import Found, calls_after

PRODUCE = {"department": "Produce", "period": "last month"}
BASKETS = [("basket_statistics", PRODUCE)]


def after(question: str, name: str = "basket_statistics", args: dict[str, Any] | None = None) -> Found:
    return calls_after(question, name, PRODUCE if args is None else args)


@pytest.mark.parametrize(
    "question",
    [
        "and ppl who dont buy produce, how much do they spend",
        "what do the others spend",
        "how about people without it",
        "and those who never buy produce",
        "so its about how big a difference per visit",
        "whats the difference per basket",
    ],
)
def test_baskets_without_it_stand_in_the_same_answer(question: str) -> None:
    assert after(question) == BASKETS


@pytest.mark.parametrize(
    "question", ["what else do they usually buy with it", "what else is in them", "what goes with it"]
)
def test_what_else_they_hold_is_what_is_bought_together(question: str) -> None:
    assert after(question) == [("bought_together", {"department": "Produce"})]


@pytest.mark.parametrize(
    "question", ["market street vs the rest", "harbor point versus the other stores", "maple avenue against the chain"]
)
def test_a_store_against_the_rest_is_told_by_store(question: str) -> None:
    assert after(question) == [("basket_statistics", {**PRODUCE, "by": "store"})]
    assert after(question, "sales_summary", {"period": "last week"}) != [("sales_summary", {"by": "store"})]


def test_behind_what_goes_together_those_without_are_still_of_the_same_goods() -> None:
    said = "and people who dont buy produce, how much do they spend"
    args = {"department": "Produce", "stores": "Harbor Point"}
    assert after(said, "bought_together", args) == [("basket_statistics", args)]
    of_deli = [("basket_statistics", {"department": "Deli", "stores": "Harbor Point"})]
    assert after("and customers without deli", "bought_together", args) == of_deli


@pytest.mark.parametrize(
    "question",
    ["sales by department last week", "how many customers bought deli last week", "top products last week"],
)
def test_a_whole_question_is_no_rest_of_it(question: str) -> None:
    names = {name for name, _ in after(question)}
    assert names
    assert not names & {"basket_statistics", "bought_together"}
