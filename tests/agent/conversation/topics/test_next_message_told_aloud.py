"""Behind figures: a reason, one good thing, no weather, how far apart; two spans, other goods, who are the stores."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.afterwards.other_source import STORES_INSTEAD, other_source
from agent.conversation.planner.refused.boundaries import FINE, small_talk
from agent.conversation.planner.threads.next_message import told_aloud
from agent.conversation.planner.threads.next_message.remarks import without_remarks
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.wording.short_stores import written_out
from tests.support.threads import AROUND, Found, calls_behind, reply_behind
from tools.errors import NOT_RECORDED

SOLD, SPLIT, WHY, BASKETS = "sales_summary", "sales_breakdown", "explain_change", "basket_statistics"
WEEK: dict[str, Any] = {"period": "last week", "stores": "Harbor Point", "metrics": ["net_sales"]}
DELI = {"period": "friday", "stores": "Harbor Point", "department": "Deli"}


@pytest.mark.parametrize(
    "question",
    [
        "give me one reason I can actually say out loud", "main reason?", "I just need one reason", "whats the reason",
        "any explanation i can give my boss", "a simple reason for that",
    ],
)  # fmt: skip
def test_a_reason_is_why_it_moved(question: str) -> None:
    assert calls_behind(question, SOLD, WEEK) == [(WHY, {"period": "last week", "stores": "Harbor Point"})]


@pytest.mark.parametrize("question", ["reasons for refunds last week", "any reason codes", "the reason we have tasks"])
def test_other_reasons_are_none(question: str) -> None:
    assert (WHY, {"period": "last week", "stores": "Harbor Point"}) not in calls_behind(question, SOLD, WEEK)


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("and one good thing", "top"), ("any good news", "top"), ("something positive i can tell him", "top"),
        ("what went well", "top"), ("one bad thing", "bottom"), ("what went wrong", "bottom"),
    ],
)  # fmt: skip
def test_a_good_thing_is_what_rose_most_in_the_same_days_and_stores(question: str, end: str) -> None:
    ((name, args),) = calls_behind(question, SOLD, WEEK)
    assert (name, args["by"], args["order"], args["rank_by"]) == (SPLIT, "department", end, "change")
    assert (args["period"], args["stores"]) == ("last week", "Harbor Point")


def test_a_good_thing_within_a_department_is_a_product() -> None:
    ((_, args),) = calls_behind("any good news", WHY, DELI)
    assert (args["by"], args["department"]) == ("product", "Deli")


@pytest.mark.parametrize(
    "question",
    ["dont tell me its the weather again", "and not the weather", "besides the weather", "don't blame the weather"],
)
def test_without_the_weather_is_the_explanation_itself(question: str) -> None:
    answer = reply_behind(question, WHY, DELI)
    assert [(one["name"], one["args"]) for one in answer.tool_calls] == [(WHY, DELI)]
    assert answer.text == told_aloud.NOT_THE_WEATHER


@pytest.mark.parametrize("question", ["was it the weather", "how was the weather", "is it the weather"])
def test_a_question_of_the_weather_stays_one(question: str) -> None:
    assert reply_behind(question, WHY, DELI).text != told_aloud.NOT_THE_WEATHER


@pytest.mark.parametrize(
    "question",
    [
        "Nice, that's us!! By how much?", "aw. who beat us", "how far behind are we", "whats the gap",
        "how many more do we need to catch them by wednesday", "who is ahead of us",
    ],
)  # fmt: skip
def test_how_far_apart_stores_are_is_told_by_their_figures(question: str) -> None:
    pies = {"by": "store", "period": "this month", "where": [{"dimension": "product", "values": ["pumpkin pies"]}]}
    answer = reply_behind(question, SPLIT, pies)
    assert [(one["name"], one["args"]) for one in answer.tool_calls] == [(SPLIT, pies)]


def test_by_how_much_of_one_store_is_not_told_so() -> None:
    assert reply_behind("who beat us", SOLD, WEEK).text != told_aloud.GAP


@pytest.mark.parametrize(
    "question", ["june vs august", "compare june and august", "august against june", "june or august"]
)
def test_two_spans_are_of_the_figure_goods_and_stores_above(question: str) -> None:
    labour = {"metrics": ["labour_cost_pct"], "period": "since june", "by": "week", "stores": "Harbor Point"}
    assert calls_behind(question, SOLD, labour) == [
        (
            "compare_periods",
            {
                "period": "august",
                "compare_to": "june",
                "stores": "Harbor Point",
                "metrics": ["labour_cost_pct"],
            },
        )
    ]
    by_store = calls_behind(question, SOLD, {**labour, "by": "store"})
    assert by_store[0][1]["by"] == "store"


def test_two_spans_with_a_figure_of_their_own_are_of_that() -> None:
    ((_, args),) = calls_behind("net sales june vs august", SOLD, {"metrics": ["labour_cost_pct"], "period": "june"})
    assert args.get("metrics") != ["labour_cost_pct"]


def test_other_goods_take_the_place_of_a_condition_on_goods() -> None:
    pies = {"by": "store", "period": "this month", "where": [{"dimension": "product", "values": ["pumpkin pies"]}]}
    ((_, args),) = calls_behind("and the other one, the pecan", SPLIT, pies)
    assert (args["product"], args.get("where")) == ("pecan", None)
    weekdays = {"by": "store", "product": "milk", "where": [{"dimension": "weekday", "values": ["weekdays"]}]}
    ((_, args),) = calls_behind("and eggs", SPLIT, weekdays)
    assert args["where"] == weekdays["where"]


def test_who_behind_an_answer_by_store_are_the_stores_and_its_figure() -> None:
    labour = {"metrics": ["labour_cost_pct"], "period": "since july", "by": "store"}
    assert calls_behind("who handled it best", SOLD, labour) == [
        (SPLIT, {"by": "store", "metrics": ["labour_cost_pct"], "period": "since july", "order": "bottom"})
    ]


def test_who_sold_most_is_by_store_where_nobody_is_recorded() -> None:
    nothing = {"error": "No employee is recorded.", "reason": NOT_RECORDED}
    args = {"by": "employee", "period": "this month"}
    found = other_source(Call(SPLIT, args, nothing, "Who sold the most pies this month"))
    assert found == (SPLIT, {"by": "store", "period": "this month"}, STORES_INSTEAD)
    assert other_source(Call(SPLIT, args, nothing, "sales by cashier this month")) is None
    assert other_source(Call(SPLIT, args, nothing, "who rang up the most this month")) is None
    assert other_source(Call(SPLIT, args, nothing, "my boss is asking, who sold the most ice cream")) == found


@pytest.mark.parametrize(
    "question",
    [
        "do those customers spend more than a normal one", "do they spend more than others",
        "are those customers better", "do people who buy it spend more",
    ],
)  # fmt: skip
def test_whether_buyers_spend_more_is_told_by_their_baskets(question: str) -> None:
    args = {"product": "diapers", "period": "yesterday", "stores": "Harbor Point"}
    assert calls_behind(question, SOLD, args) == [(BASKETS, {"product": "diapers", "stores": "Harbor Point"})]
    month = {"product": "diapers", "period": "last month"}
    assert calls_behind(question, SOLD, month) == [(BASKETS, month)]


def test_behind_baskets_of_goods_it_is_of_those_who_bought_them() -> None:
    args = {"product": "diapers", "stores": "Harbor Point"}
    assert calls_behind("how much more", BASKETS, args) == [(BASKETS, args)]
    assert calls_behind("which store has the most of them", BASKETS, args) == [
        (BASKETS, {"product": "diapers", "by": "store"})
    ]
    ((name, said),) = calls_behind("And how many did we lose since spring", BASKETS, args)
    assert (name, said["later"], said["product"]) == ("customers_kept", "since june", "diapers")


def _asked(question: str) -> Found:
    return calls_behind(question, SOLD, {"period": "last week", "product": "baby"})


def test_mostly_behind_a_name_is_none_of_it() -> None:
    assert _asked("diapers mostly")[0][1]["product"] == "diapers"
    assert without_remarks("which department mostly") == "which department mostly"


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("as % of sales it cant be that much", "as % of sales"),
        ("make it % of category", "share of each"),
        ("make it % of sales", "as % of sales"),
        ("it must be more", "it must be more"),
        ("ugh. and margin?", "and margin?"),
    ],
)
def test_what_is_only_said_beside_comes_off(question: str, rest: str) -> None:
    assert without_remarks(question) == rest


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("District call in 10 min, need sales for last week", "need sales for last week"),
        ("I've got a meeting with the DM at 2, what were sales last week", "what were sales last week"),
        ("boss is asking, how did produce do last week", "how did produce do last week"),
        ("in a rush, what sold best yesterday", "what sold best yesterday"),
        ("call in numbers for all stores", "call in numbers for all stores"),
        ("meeting notes, what is in them", "meeting notes, what is in them"),
        ("Dairy, need sales for last week", "Dairy, need sales for last week"),
    ],
)
def test_why_it_is_asked_now_comes_off(question: str, rest: str) -> None:
    assert written_out(question, AROUND) == rest


@pytest.mark.parametrize("said", ["fine", "ok fine", "alright then", "noted", "sounds good"])
def test_a_word_of_assent_is_no_question(said: str) -> None:
    assert small_talk(said) == FINE


@pytest.mark.parametrize("said", ["fine china", "all right aisle", "noted issues"])
def test_a_question_that_begins_so_is_one(said: str) -> None:
    assert small_talk(said) is None
