"""Short messages about where the goods above are, what is left of them, where they could go and what to leave out."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.cleared import NOT_BY_THEN, SLOW_STOCK
from agent.conversation.planner.threads.next_message.left_out import NOT_LEFT_OUT
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM
from agent.conversation.planner.threads.next_message.which_store import WHICH
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after

LIST = {"text": "2 of them.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
TOP_TEN = ("top_products", {"limit": 10, "period": "last week", "department": "Grocery"})
WEAKEST = (
    "top_products",
    {"metric": "units", "order": "bottom", "stores": "Maple Avenue", "department": "Grocery"},
)
CANDY = ("sales_summary", {"period": "halloween", "product": "candy"})


def after(question: str, before: tuple[str, dict[str, Any]]) -> Found:
    return calls_after(question, *before, LIST)


def said(question: str, before: tuple[str, dict[str, Any]]) -> str:
    return plan(question, (Call(*before, LIST, "before"),), AROUND).text


@pytest.mark.parametrize(
    "question",
    [
        "where's the first one sold most",
        "which store sells the first one best",
        "where does the top one sell the most",
        "which shop sold the most of the first one",
    ],
)
def test_where_it_sells_most_is_by_store_and_not_its_shelf(question: str) -> None:
    assert after(question, TOP_TEN) == [("sales_summary", {"period": "last week", "product": "10297", "by": "store"})]


@pytest.mark.parametrize("question", ["where is the first one", "which aisle is it in", "where do we keep it"])
def test_where_it_stands_is_no_question_of_sales(question: str) -> None:
    assert "sales_summary" not in [name for name, _ in after(question, TOP_TEN)]


@pytest.mark.parametrize(
    "question", ["does market st have any", "does maple avenue carry them", "do harbor pt have it"]
)
def test_whether_a_store_has_any_of_a_list_asks_which(question: str) -> None:
    assert said(question, TOP_TEN) == WHICH
    ((name, args),) = after(question, ("stock_levels", {"product": "milk"}))
    assert (name, args["product"]) == ("stock_levels", "milk")
    assert args["stores"] in ("Market Street", "Maple Avenue", "Harbor Point")
    ((name, args),) = after(question, ("overstock", {"department": "Deli"}))
    assert (name, args["department"]) == ("overstock", "Deli")


def test_whether_a_store_has_a_row_is_its_stock() -> None:
    expected = [("stock_levels", {"product": "88001", "stores": "Market Street"})]
    assert after("does market st have the second one", TOP_TEN) == expected


@pytest.mark.parametrize(
    "question",
    ["the first one, is it all stores or just one", "is the first one out at one store or everywhere"],
)
def test_whether_one_store_or_all_is_by_store(question: str) -> None:
    assert after(question, ("out_of_stock", {})) == [("stock_levels", {"product": "10297", "by": "store"})]
    of_deli = {"period": "last week", "department": "Deli"}
    assert after("is it all stores or just one", ("sales_summary", of_deli)) == [
        ("sales_summary", {**of_deli, "by": "store"})
    ]
    assert said("is it everywhere or just one store", TOP_TEN) == WHICH


@pytest.mark.parametrize(
    "question",
    ["how much is still sitting there now", "how much of it is still on the shelf", "how many do we still have lying"],
)
def test_what_still_lies_there_is_stock_of_the_goods(question: str) -> None:
    assert after(question, CANDY) == [("stock_levels", {"product": "candy"})]


@pytest.mark.parametrize(
    ("question", "weeks"),
    [
        ("mark it down how much to get rid of it by xmas", 4),
        ("how much should we mark it down", None),
        ("how far do we have to mark it down in 3 weeks", 3),
        ("what % to clear it within two weeks", 2),
    ],
)
def test_how_far_to_mark_down_is_told_and_filed_by_nobody(question: str, weeks: int | None) -> None:
    in_weeks = {"clear_in_weeks": weeks} if weeks else {}
    assert after(question, CANDY) == [("markdown_candidates", {"product": "candy", **in_weeks})]


def test_a_day_by_which_it_is_to_be_gone_is_named_as_left_out() -> None:
    assert said("how much to mark it down by friday", CANDY) == NOT_BY_THEN.format(when="by friday")


def test_what_is_tied_up_in_weak_sellers_is_the_slow_stock_there() -> None:
    kept = {"stores": "Maple Avenue", "department": "Grocery"}
    assert after("how much money is tied up in those", WEAKEST) == [("slow_stock", kept)]
    assert said("how much money is tied up in those", WEAKEST) == SLOW_STOCK
    assert said("how much money is tied up in those", TOP_TEN) == WHICH_OF_THEM.format(word="those")


@pytest.mark.parametrize(
    "question",
    ["can i send them to harbor point", "should we move those to harbor pt", "could i ship it to harbor point"],
)
def test_sent_to_a_store_is_from_the_store_of_the_list(question: str) -> None:
    route = {"department": "Grocery", "taker": "Harbor Point", "giver": "Maple Avenue"}
    assert after(question, WEAKEST) == [("transfer_candidates", route)]
    assert after("send them to marketing", WEAKEST) != [("transfer_candidates", route)]


@pytest.mark.parametrize(
    "question", ["without the soft drinks", "forget the soft drinks, what else", "not soft drinks", "skip soft drinks"]
)
def test_left_out_keeps_the_end_and_the_days_of_the_list(question: str) -> None:
    out = {"values": ["soft drinks"], "exclude": True}
    assert after(question, WEAKEST) == [(
        "sales_breakdown",
        {"by": "product", "metrics": ["units"], "period": "last week", "stores": "Maple Avenue",
         "department": "Grocery", "order": "bottom", "top": 10, "where": [out]},
    )]  # fmt: skip


@pytest.mark.parametrize("question", ["take out seasonal stuff", "without seasonal", "drop the seasonal items"])
def test_left_out_of_what_moved_keeps_what_it_is_held_against(question: str) -> None:
    fell = {"by": "product", "period": "last week", "compare_to": "the period before", "rank_by": "change", "top": 10}
    out = {"values": ["seasonal"], "exclude": True}
    assert after(question, ("sales_breakdown", fell)) == [("sales_breakdown", {**fell, "where": [out]})]


def test_a_store_is_left_out_of_stores_and_a_list_that_cannot_says_so() -> None:
    by_store = ("sales_summary", {"period": "last week", "by": "store"})
    ((name, args),) = after("not maple avenue", by_store)
    assert (name, args["where"]) == (
        "sales_breakdown", [{"values": ["Maple Avenue"], "exclude": True, "dimension": "store"}],
    )  # fmt: skip
    assert said("forget the canned ones, what else", ("slow_stock", {})) == NOT_LEFT_OUT.format(goods="canned")
    assert said("so without that", CANDY) == WHICH_OF_THEM.format(word="that")


@pytest.mark.parametrize("question", ["no discounts", "not yet", "no problem", "forget it", "never mind", "not really"])
def test_other_words_leave_no_goods_out(question: str) -> None:
    assert all("where" not in args for _, args in after(question, WEAKEST))
