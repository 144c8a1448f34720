"""The figures before in one more way: “margin wise”, “always that low”, “sat and sun separate”, “who won”."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.once_more.further import KNOWN_OF_ALL
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after

BY_DEPARTMENT = {"stores": "south stores", "period": "last month", "by": "department"}
STORES = {"period": "october", "stores": "Market Street and Harbor Point", "by": "store"}
WEEKEND = {"period": "this weekend", "department": "Meat"}


def after(question: str, args: dict[str, Any], name: str = "sales_summary") -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize(
    "question", ["is produce always that low", "is produce usually so low", "was produce always this bad there"]
)
def test_whether_it_is_always_so_is_its_course_at_these_stores(question: str) -> None:
    assert after(question, BY_DEPARTMENT) == [
        ("sales_summary", {"stores": "south stores", "department": "Produce", "period": "last 12 weeks", "by": "week"})
    ]


def test_always_so_of_a_store_or_of_it_keeps_the_goods() -> None:
    course = {"period": "last 12 weeks", "by": "week"}
    of_deli = {"period": "last week", "department": "Deli"}
    assert after("is it always that high", of_deli) == [("sales_summary", {"department": "Deli", **course})]
    assert after("is harbor point always that slow", of_deli) == [
        ("sales_summary", {"department": "Deli", "stores": "Harbor Point", **course})
    ]
    assert all(args.get("by") != "week" for _, args in after("is it always that high", BY_DEPARTMENT))


@pytest.mark.parametrize(
    "question", ["ok but margin wise its fine right", "margin-wise?", "how about margin wise", "margin wise its ok"]
)
def test_margin_wise_is_the_same_in_margin(question: str) -> None:
    metrics = ["gross_margin", "gross_margin_pct"]
    assert after(question, BY_DEPARTMENT) == [("sales_summary", {**BY_DEPARTMENT, "metrics": metrics})]


def test_store_wise_is_by_store_and_of_overtime_it_is_named() -> None:
    assert after("store wise", {"period": "last week", "metrics": ["units"]}) == [
        ("sales_summary", {"period": "last week", "metrics": ["units"], "by": "store"})
    ]
    overtime = {"show": "overtime", "period": "october"}
    assert after("who had the most, store wise", overtime, "attendance") == [("attendance", overtime)]
    assert not after("is that wise", overtime, "attendance")


@pytest.mark.parametrize(
    "question",
    ["what's the growth from q2 to q3", "the change from q2 to q3", "how big was the drop between q2 and q3"],
)
def test_growth_between_two_spans_keeps_the_stores(question: str) -> None:
    assert after(question, {"period": "ytd", "stores": "south stores"}) == [
        ("compare_periods", {"stores": "south stores", "period": "q3", "compare_to": "q2"})
    ]


def test_growth_of_something_named_is_a_question_of_its_own() -> None:
    ((_, args),) = after("sales growth from q2 to q3 in deli", {"period": "ytd", "stores": "south stores"})
    assert args["department"] == "Deli"
    assert "stores" not in args


@pytest.mark.parametrize(
    "question", ["sat and sun seperate", "sat & sun separately", "split the two days apart", "saturday and sunday each"]
)
def test_the_days_of_a_weekend_one_by_one(question: str) -> None:
    assert after(question, WEEKEND) == [("sales_summary", {**WEEKEND, "by": "day"})]


@pytest.mark.parametrize(
    "question", ["compare to the 2 weekends before", "vs the last two weekends", "against a couple"]
)
def test_a_weekend_beside_those_before_it(question: str) -> None:
    weekends = [{"dimension": "weekday", "values": ["weekends"]}]
    args = {"department": "Meat", "period": "last 3 weeks", "by": "week", "where": weekends}
    assert (after(question, WEEKEND) == [("sales_breakdown", args)]) is ("weekends" in question)
    assert after("compare to the 3 weeks before", {"period": "last week"}) == [
        ("sales_summary", {"period": "last 4 weeks", "by": "week"})
    ]


@pytest.mark.parametrize("question", ["who won", "so which one won", "whos winning", "second?", "who's second"])
def test_who_is_ahead_or_second_is_in_the_answer(question: str) -> None:
    assert after(question, STORES) == [("sales_summary", STORES)]
    assert after(question, {"period": "last week"}) != [("sales_summary", {"period": "last week"})]


@pytest.mark.parametrize(
    "question", ["only with loyalty card", "just members", "only loyalty customers", "with a rewards card"]
)
def test_with_a_card_is_what_known_customers_bought(question: str) -> None:
    args = {"metrics": ["average_transaction_value"], "period": "last 8 weeks", "by": "weekday"}
    before = (Call("sales_summary", args, {"text": "So."}, "before"),)
    decided = plan(question, before, AROUND)
    assert (decided.calls, decided.opening) == ((("identified_sales", {"period": "last 8 weeks"}),), KNOWN_OF_ALL)
    assert after("and without", {"period": "last 8 weeks"}, "identified_sales") == [
        ("identified_sales", {"period": "last 8 weeks"})
    ]
    assert all(name != "identified_sales" for name, _ in after("card only", args))


@pytest.mark.parametrize("question", ["which stores arent", "which ones are not", "which stores weren't on target"])
def test_which_stores_are_not_on_target_is_of_targets(question: str) -> None:
    assert after(question, {"period": "october"}, "target_progress") == [("target_progress", {"period": "october"})]


def test_payments_by_hour_stay_payments() -> None:
    args = {"stores": "Market Street", "period": "last week"}
    ((name, said),) = after("by hour there", args, "tender_mix")
    assert (name, said["by"], said["stores"]) == ("sales_breakdown", "tender, hour", "Market Street")
    assert said["metrics"] == ["transactions", "net_sales"]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("how's deli been trending since summer", {"department": "Deli"}),
        ("how has harbor point been trending since summer", {"stores": "Harbor Point"}),
    ],
)
def test_how_something_is_trending_is_its_course_and_not_a_list(question: str, part: dict[str, str]) -> None:
    for before in (BY_DEPARTMENT, {"period": "last week", "limit": 10}):
        name = "top_products" if "limit" in before else "sales_summary"
        ((called, args),) = after(question, before, name)
        assert (called, args["by"], args["period"]) == ("sales_summary", "week", "since september")
        assert part.items() <= args.items()


def test_how_it_is_trending_keeps_what_it_is() -> None:
    of_deli = {"period": "last week", "department": "Deli"}
    assert after("how is it trending since summer", of_deli) == [
        ("sales_summary", {"department": "Deli", "period": "since september", "by": "week"})
    ]


@pytest.mark.parametrize(
    "question",
    ["where could i cut 4 hrs without hurting", "where can we trim 10 hours a week without hurting sales"],
)
def test_hours_to_cut_name_no_goods(question: str) -> None:
    calls = after(question, {"metrics": ["labour_hours"], "period": "last week", "by": "store"})
    assert "peak_times" in [name for name, _ in calls]
    assert all(not {"where", "product"} & set(args) for _, args in calls)


@pytest.mark.parametrize(
    ("said", "stores"), [("sales ytd for north", "north stores"), ("sales in south", "south stores")]
)
def test_a_district_alone_at_the_end_is_one(said: str, stores: str) -> None:
    ((_, args),) = plan(said, (), AROUND).calls
    assert args["stores"] == stores
