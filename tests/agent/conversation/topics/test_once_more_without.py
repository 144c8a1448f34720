"""What is taken out of the figures above and put back, and what stands behind the sales of stores."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.threads.next_message.left_out import NO_VISITORS_APART, TOO_FEW_DAYS
from agent.conversation.planner.threads.once_more.at_the_door import OF_WHOLE_STORES
from tests.support.threads import Found, calls_after, reply_behind

WEEK = {"metrics": ["net_sales"], "period": "last week", "by": "department"}
FUEL = {"values": ["fuel"], "exclude": True}
WEEKENDS = {"values": ["weekends"], "exclude": True, "dimension": "weekday"}
PER_VISITOR = {"metrics": ["sales_per_visitor"], "period": "october", "by": "store"}
SIDES = ["conversion", "average_transaction_value"]


def after(question: str, args: dict[str, Any], name: str = "sales_summary") -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize(
    "question",
    [
        "take fuel out then",
        "leave fuel out",
        "ex fuel",
        "fuel excluded",
        "can you pull the fuel out of it",
        "strip out fuel",
    ],
)
def test_goods_taken_out_are_not_the_only_ones(question: str) -> None:
    assert after(question, WEEK) == [("sales_breakdown", {**WEEK, "where": [FUEL]})]


def test_days_and_stores_taken_out() -> None:
    assert after("can you take weekends out", WEEK) == [("sales_breakdown", {**WEEK, "where": [WEEKENDS]})]
    for short, store in (("harbor point", "Harbor Point"), ("maple", "Maple Avenue")):
        ((_, args),) = after(f"take {short} out", WEEK)
        assert args["where"] == [{"values": [store], "exclude": True, "dimension": "store"}]
    said = reply_behind("take sundays out", "sales_summary", {"period": "yesterday"})
    assert (said.text, said.tool_calls) == (TOO_FEW_DAYS.format(days="sundays"), [])


def test_what_was_taken_out_is_put_back() -> None:
    without = {**WEEK, "where": [FUEL, WEEKENDS]}
    assert after("put fuel back in", without, "sales_breakdown") == [("sales_breakdown", {**WEEK, "where": [WEEKENDS]})]
    assert after("with weekends again", {**WEEK, "where": [WEEKENDS]}, "sales_breakdown") == [("sales_breakdown", WEEK)]


@pytest.mark.parametrize("question", ["take it out", "leave that out"])
def test_what_only_points_is_asked_back(question: str) -> None:
    assert not after(question, WEEK)


def test_visitors_have_no_part_of_the_range() -> None:
    said = reply_behind("take fuel out", "sales_summary", PER_VISITOR)
    ((name, args),) = [(one["name"], one["args"]) for one in said.tool_calls]
    assert (name, args["metrics"], args["where"]) == ("sales_breakdown", ["net_sales"], [FUEL])
    assert said.response_metadata["opening"] == NO_VISITORS_APART.format(goods="“fuel”")


@pytest.mark.parametrize(
    "question",
    ["bigger baskets or better conversion?", "still. Ok conversion or baskets", "is it conversion or tickets"],
)
def test_the_sides_of_sales_per_visitor_are_of_whole_stores(question: str) -> None:
    told = ("sales_summary", {"period": "october", "by": "store", "metrics": SIDES})
    assert after(question, PER_VISITOR) == [told]
    without = {"metrics": ["net_sales"], "period": "october", "by": "store", "where": [FUEL]}
    said = reply_behind(question, "sales_breakdown", without)
    assert said.response_metadata["opening"] == OF_WHOLE_STORES
    assert [(one["name"], one["args"]) for one in said.tool_calls] == [told]


@pytest.mark.parametrize(
    ("question", "stores"),
    [
        ("why's harbor point double ours", {}),
        ("why is market street so much higher than harbor point", {"stores": "Market Street and Harbor Point"}),
        ("how come maple avenue is twice the others", {}),
    ],
)
def test_why_a_store_is_ahead_in_what_it_sells_a_visitor(question: str, stores: dict[str, str]) -> None:
    metrics = ["sales_per_visitor", *SIDES]
    assert after(question, PER_VISITOR) == [
        ("sales_summary", {"period": "october", **stores, "by": "store", "metrics": metrics})
    ]


@pytest.mark.parametrize("question", ["ours = market street", "mine is market street", "we are market street"])
def test_which_store_is_ours(question: str) -> None:
    assert after(question, PER_VISITOR) == [("sales_summary", {**PER_VISITOR, "stores": "Market Street"})]
    assert all(args.get("stores") is None for _, args in after("ours is bad", PER_VISITOR))
