"""Three or four words after an answer: another figure of the same, a price or a store for a change that waits."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S05", "Station Road", "North")),
    departments=("Deli", "Produce", "Grocery"),
)
WHICH_STORE = {"error": "Which one?", "options": ["Market Street (S01)", "Station Road (S05)"]}
RANKED = {
    "text": "Best of 90 products.",
    "table": {
        "columns": ["Product", "Units"],
        "rows": [["Bananas, 40 lb, national brand #1082185", 9], ["Soup #88", 5]],
    },
}


def decided(question: str, name: str, document: dict[str, Any], **args: Any) -> Any:
    return plan(question, (Call(name, args, document),), AROUND)


def test_a_price_said_again_while_the_store_is_open_takes_the_place_of_the_first() -> None:
    made = decided("make that 0.55", "propose_price_change", WHICH_STORE, product="bananas", price="0.49")
    assert made.calls == (("propose_price_change", {"product": "bananas", "price": "0.55"}),)


@pytest.mark.parametrize("said", ["only at Station Road", "just at Station Road please", "at Station Road"])
def test_a_store_said_in_a_few_words_answers_which_store(said: str) -> None:
    made = decided(said, "propose_price_change", WHICH_STORE, product="bananas", price="0.49")
    assert made.calls[0][0] == "propose_price_change"
    assert made.calls[0][1]["store"].startswith("Station Road")


def test_what_it_is_after_a_ranking_is_its_first_where_a_fact_is_asked_for() -> None:
    left = decided("how much of it do we have left", "top_products", RANKED, metric="units", period="last week")
    out = decided("when will it run out?", "top_products", RANKED, metric="units", period="last week")
    assert [(name, args["product"]) for name, args in (*left.calls, *out.calls)] == [
        ("stock_levels", "1082185"),
        ("stock_cover", "1082185"),
    ]


def test_nothing_is_marked_down_by_an_it_that_may_be_any_of_a_ranking() -> None:
    made = decided("mark it down by 10%", "top_products", RANKED, metric="units", period="last week")
    assert made.calls == ()


def test_the_first_one_of_a_list_is_looked_up_before_it_is_ordered() -> None:
    made = decided("order the first one", "top_products", RANKED, metric="units", period="last week")
    assert made.calls == (("reorder_suggestions", {"product": "1082185"}),)
    assert "Nothing was filed" in made.text


def test_the_monday_before_yesterday_is_last_monday() -> None:
    made = decided("how does that compare with the Monday before that", "sales_summary", {}, period="yesterday")
    assert made.calls[0][1]["compare_to"] == "last monday"


def test_why_the_last_one_is_low_is_asked_of_the_figure_it_was_ranked_by() -> None:
    rows = {"columns": ["Department", "Gross margin"], "rows": [["Grocery", 90], ["Deli", 5]]}
    made = decided(
        "why is the last one so low?",
        "sales_breakdown",
        {"text": "Ranked.", "table": rows},
        by="department",
        metrics=["gross_margin"],
        period="october",
    )
    assert made.calls == (("explain_change", {"period": "october", "department": "Deli", "metric": "gross_margin"}),)


def test_an_order_of_a_row_is_for_the_store_of_its_list_and_of_no_store_where_the_list_has_several() -> None:
    one = decided("order 12 of the first one", "stockout_risk", RANKED, stores="Station Road")
    several = decided("order 12 of the first one", "stockout_risk", RANKED, stores="Station Road and Market Street")
    assert one.calls[0][1]["store"] == "Station Road"
    assert "store" not in several.calls[0][1]
