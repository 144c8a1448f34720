"""Threads of the shop floor: the worst that was asked for, peaks of another day, Saturdays or Sundays, what lacks."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.left_out import NO_COUPONS_APART, NOT_LEFT_OUT
from agent.conversation.planner.threads.next_message.not_given import NOTHING_ABOVE
from agent.conversation.planner.threads.next_message.nothing_found import FOUND_NOTHING
from agent.conversation.planner.threads.once_more.times import LATEST_ONLY
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after
from tests.support.turns import answered_turn

DEPARTMENTS = {"text": "So.", "table": {"columns": ["Department"], "rows": [["Deli"], ["Meat"], ["Pastry"]]}}
LIST = {"text": "2 of them.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
PEAKS = {"weekday": "saturdays", "stores": "Market Street"}


def after(question: str, name: str, document: dict[str, Any] | None = None, **args: Any) -> Found:
    return calls_after(question, name, args, document)


@pytest.mark.parametrize(
    ("asked", "department"),
    [("worst margin depts last week", "Pastry"), ("margin by department last week", "Deli"), ("best or worst", "Deli")],
)
def test_the_first_of_the_worst_is_the_worst(asked: str, department: str) -> None:
    args = {"metrics": ["gross_margin_pct", "gross_margin"], "period": "last week", "by": "department"}
    last = (Call("sales_summary", args, DEPARTMENTS, asked),)
    explained = {"period": "last week", "department": department, "metric": "gross_margin_pct"}
    assert list(plan("why is the first one so bad", last, AROUND).calls) == [("explain_change", explained)]


@pytest.mark.parametrize("question", ["vs sunday", "compared to sundays", "against sunday"])
def test_peaks_of_another_weekday_stand_beside_them(question: str) -> None:
    other = {**PEAKS, "weekday": "sundays"}
    assert after(question, "peak_times", **PEAKS) == [("peak_times", PEAKS), ("peak_times", other)]


@pytest.mark.parametrize("question", ["how many people working then", "how many staff", "how many cashiers then"])
def test_who_works_in_the_busy_hours_is_of_that_weekday(question: str) -> None:
    on_duty = {"by": "hour", "period": "saturday", "stores": "Market Street"}
    assert after(question, "peak_times", **PEAKS) == [("store_conditions", on_duty)]
    last = (Call("peak_times", PEAKS, {"text": "So."}, "before"),)
    assert plan(question, last, AROUND).opening == LATEST_ONLY.format(day="Saturday")


@pytest.mark.parametrize("question", ["sat vs sun", "saturday or sunday", "sun versus sat", "sats against suns"])
def test_saturday_against_sunday_is_of_the_days_above(question: str) -> None:
    assert after(question, "sales_summary", period="last weekend") == [
        ("sales_summary", {"period": "last weekend", "by": "day"})
    ]
    ((name, args),) = after(question, "sales_summary", period="last month", department="Deli")
    assert (name, args["by"], args["department"], args["period"]) == (
        "sales_breakdown",
        "weekday",
        "Deli",
        "last month",
    )


def test_days_too_few_for_both_are_not_split() -> None:
    assert all(
        args.get("period") != "yesterday" for _, args in after("sat vs sun", "sales_summary", period="yesterday")
    )


def test_whether_a_store_has_what_lacks_is_what_it_could_give() -> None:
    route = [("transfer_candidates", {"giver": "Market Street", "taker": "Maple Avenue"})]
    assert after("does market st have any", "out_of_stock", LIST, stores="Maple Avenue") == route
    assert after("does market st have any", "overstock", LIST, stores="Maple Avenue") == [
        ("overstock", {"stores": "Market Street"})
    ]


@pytest.mark.parametrize("question", ["can we send the first one over", "could they bring the first one over here"])
def test_sent_over_keeps_the_way(question: str) -> None:
    way = {"giver": "Market Street", "taker": "Maple Avenue"}
    assert after(question, "transfer_candidates", LIST, **way) == [("transfer_candidates", {"product": "10297", **way})]


@pytest.mark.parametrize("question", ["for how long", "how long", "how long have they been out"])
def test_for_how_long_they_are_out_is_their_history(question: str) -> None:
    assert after(question, "out_of_stock", LIST, stores="Harbor Point") == [
        ("stockout_history", {"stores": "Harbor Point"})
    ]


def test_what_cannot_be_left_out_is_not_told_alone() -> None:
    def said(question: str, name: str, args: dict[str, Any], document: dict[str, Any]) -> str:
        return plan(question, (Call(name, args, document, "before"),), AROUND).text

    by_store = {"metrics": ["discounts"], "period": "last week", "by": "store"}
    assert said("without coupons", "sales_summary", by_store, LIST) == NO_COUPONS_APART
    assert said("take out the meat ones", "price_changes", {}, {"error": "None."}) == NOTHING_ABOVE
    not_told = NOT_LEFT_OUT.format(goods="bananas")
    assert said("not bananas, the next one", "stock_cover", {"department": "Produce"}, LIST) == not_told


def answered(question: str, args: dict[str, Any], document: dict[str, Any]) -> list[BaseMessage]:
    return answered_turn(question, "sales_summary", args, document)


def test_a_share_behind_nothing_is_of_the_figures_before_it_where_there_are_some() -> None:
    nothing = answered("who gave the most", {"period": "last week", "metrics": ["returns"]}, {"error": "Not known."})
    figures = answered("discounts by store", {"metrics": ["discounts"], "period": "last week", "by": "store"}, LIST)
    last = HumanMessage("as a % of sales")
    told = reply([*figures, *nothing, last])
    assert [one["args"].get("metrics") for one in told.tool_calls] == [["discount_rate"]]
    assert reply([*nothing, last]).text == FOUND_NOTHING
