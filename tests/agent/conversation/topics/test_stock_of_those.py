"""Stock that is asked for behind an answer about goods, and orders that are none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.threads import calls_behind

DELI: dict[str, Any] = {"period": "friday", "stores": "Harbor Point", "department": "Deli"}
THERE = {"department": "Deli", "stores": "Harbor Point"}


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("were we out of something", "out_of_stock"),
        ("did we run out of anything", "out_of_stock"),
        ("do we have enough of that", "stock_cover"),
        ("is anything running low", "stockout_risk"),
    ],
)
def test_stock_without_goods_of_its_own_is_of_those_above(question: str, tool: str) -> None:
    assert calls_behind(question, "explain_change", DELI) == [(tool, THERE)]


def test_anywhere_is_at_any_store() -> None:
    assert calls_behind("we run out anywhere", "explain_change", DELI) == [("out_of_stock", {"department": "deli"})]


def test_what_it_cost_is_of_those_that_were_out() -> None:
    assert calls_behind("so how much did that cost me", "out_of_stock", THERE) == [("lost_sales", THERE)]


@pytest.mark.parametrize("question", ["which products are out of stock", "what's out of stock", "what are we out of"])
def test_a_whole_question_is_of_all_goods(question: str) -> None:
    assert calls_behind(question, "explain_change", DELI) == [("out_of_stock", {"stores": "Harbor Point"})]


def test_behind_an_answer_about_no_goods_none_are_added() -> None:
    asked = {"period": "friday", "stores": "Harbor Point"}
    assert calls_behind("were we out of something", "explain_change", asked) == [
        ("out_of_stock", {"stores": "Harbor Point"})
    ]


@pytest.mark.parametrize("said", ["floral 30% off is not ok", "milk 20% off is too much", "deli 15% down is bad"])
def test_what_is_said_of_a_per_cent_is_no_order(said: str) -> None:
    assert all(not name.startswith("propose_") for name, _ in calls_behind(said, "sales_summary", {"by": "store"}))
