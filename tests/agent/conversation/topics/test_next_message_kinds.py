"""Behind goods: kinds of them, whether they ran out, two at once; behind a change: since when, and who got it."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.loose_ends import OF_WHAT
from agent.conversation.planner.threads.next_message.elsewhere import ALL_THE_OTHERS
from agent.conversation.planner.threads.next_message.named import WHICH_OF_THEM
from agent.conversation.planner.threads.next_message.ran_out import NO_ORDER
from agent.conversation.planner.whole.wet_days import LATEST, NOT_SNOW
from tests.support.threads import AROUND, Found, calls_after, reply_behind
from tests.support.turns import turn_of

WINE = {"period": "last week", "product": "wine"}
LIFT = {"by": "display", "stores": "Market Street", "product": "cereals"}
FREEZING = [{"dimension": "weather", "values": ["rain"]}, {"dimension": "temperature", "values": ["below 0"]}]


def after(question: str, args: dict[str, Any], name: str = "sales_summary") -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("red or white", ["red wine", "white wine"]), ("and sparkling", ["sparkling wine"]),
        ("just the organic ones", ["organic wine"]), ("organic or regular", ["organic wine", "regular wine"]),
        ("is it mostly red or white", ["red wine", "white wine"]),
    ],
)  # fmt: skip
def test_kinds_are_of_the_goods_before(question: str, kinds: list[str]) -> None:
    assert after(question, WINE) == [("sales_summary", {**WINE, "product": one}) for one in kinds]


def test_a_kind_takes_the_place_of_another_and_stock_knows_parts() -> None:
    assert after("and white", {**WINE, "product": "red wine"}) == [("sales_summary", {**WINE, "product": "white wine"})]
    assert after("and sparkling", {"department": "wine"}, "out_of_stock") == [
        ("out_of_stock", {"department": "sparkling wine"})
    ]


@pytest.mark.parametrize("question", ["red wine", "is it white or brown rice", "in the red", "fresh numbers please"])
def test_other_messages_name_no_kind(question: str) -> None:
    assert all(
        args.get("product") not in ("red wine wine", "white wine", "fresh wine") for _, args in after(question, WINE)
    )


@pytest.mark.parametrize(
    "question", ["we run out anywhere", "are we out of it anywhere", "did we run out at any store", "any store out"]
)
def test_whether_the_goods_before_ran_out(question: str) -> None:
    assert after(question, WINE) == [("out_of_stock", {"department": "wine"})]


def test_which_ran_out_in_those_days() -> None:
    told = reply_behind("which ran out first", "sales_summary", {**WINE, "stores": "Harbor Point"})
    assert [(one["name"], one["args"]) for one in told.tool_calls] == [
        ("stockout_history", {**WINE, "stores": "Harbor Point"})
    ]
    assert told.response_metadata["opening"] == NO_ORDER


def test_enough_of_what() -> None:
    assert after("do we have enough of that", WINE) == [("stock_cover", {"product": "wine"})]
    asked = reply_behind("do we have enough of that", "store_conditions", {"period": "february"})
    assert (asked.text, asked.tool_calls) == (WHICH_OF_THEM.format(word="that"), [])


@pytest.mark.parametrize("goods", ["salt / shovels", "salt and shovels", "salt & shovels", "salt, shovels"])
def test_two_goods_that_no_product_is_called_are_sought_one_by_one(goods: str) -> None:
    missing = {"error": "No product fits.", "reason": "no_such_product"}
    turn = turn_of(f"stock cover of {goods}", ("stock_cover", {"product": goods}, missing))
    made = reply([SystemMessage(AROUND.render()), *turn]).tool_calls
    assert [one["args"] for one in made] == [{"product": "salt"}, {"product": "shovels"}]


@pytest.mark.parametrize("question", ["how did we do last time it snowed", "sales the last time we had snow"])
def test_days_of_snow_are_wet_days_below_freezing(question: str) -> None:
    told = plan(question, (), AROUND)
    assert [(name, dict(args)) for name, args in told.calls] == [
        ("sales_breakdown", {"by": "day", "period": "all time", "where": FREEZING})
    ]
    assert told.opening == f"{NOT_SNOW} {LATEST}"


def test_wet_days_within_the_days_that_are_said() -> None:
    ((_, args),) = plan("how was business when it rained last week", (), AROUND).calls
    assert (args["period"], args["where"], args["by"]) == ("last week", FREEZING[:1], "day")
    ((_, args),) = plan("what sold best last time it rained at Harbor Point", (), AROUND).calls
    assert (args["by"], args["stores"]) == ("product", "Harbor Point")
    assert all("where" not in args for _, args in plan("will it snow tomorrow", (), AROUND).calls)


@pytest.mark.parametrize("question", ["it was the 2nd of nov", "it started on nov 2", "the change was 2 nov"])
def test_a_change_is_told_since_its_day(question: str) -> None:
    ((name, args),) = after(question, LIFT, "promotion_lift")
    assert (name, args["product"], args["stores"]) == ("promotion_lift", "cereals", "Market Street")
    assert args["period"].startswith("since ")


def test_of_figures_a_day_that_something_was_is_that_day() -> None:
    assert after("it was the 2nd of nov", WINE)[0][1]["period"] == "2nd of nov"
    assert after("the endcap started on nov 2", WINE)[0][1]["period"] == "since nov 2"


def test_which_brand_got_the_lift() -> None:
    assert after("which brand got it", LIFT, "promotion_lift") == [("promotion_lift", {**LIFT, "by": "brand"})]


@pytest.mark.parametrize(
    ("question", "unchanged"),
    [
        ("the same weeks at stores that didn't change", True), ("same days at the other stores", False),
        ("do it at the others too", False), ("at the others too", False),
    ],
)  # fmt: skip
def test_the_same_at_the_other_stores(question: str, unchanged: bool) -> None:
    told = reply_behind(question, "promotion_lift", LIFT)
    (call,) = told.tool_calls
    assert call["args"] == {**LIFT, "stores": "Harbor Point and Maple Avenue"}
    assert told.response_metadata.get("opening") == (ALL_THE_OTHERS if unchanged else None)


def test_the_others_of_no_store_are_not_stores() -> None:
    assert all(" and " not in str(args.get("stores")) for _, args in after("what about the others", WINE))


@pytest.mark.parametrize(
    "question", ["Do they buy different things", "avg basket with it and without", "so we lost money on it or not"]
)
def test_what_hangs_on_an_unanswered_question_is_asked_back(question: str) -> None:
    offered = "I did not understand that.\nDid you mean one of these?\n• “Cluster our customers”"
    before = [HumanMessage("what about just the loyalty members then"), AIMessage(offered)]
    made = reply([SystemMessage(AROUND.render()), *before, HumanMessage(question)])
    assert (made.text, made.tool_calls) == (OF_WHAT, [])


def test_without_is_no_product() -> None:
    said = reply_behind("avg basket with it and without", "sales_summary", {"period": "last week"})
    assert all("product" not in one["args"] for one in said.tool_calls)


@pytest.mark.parametrize(
    "question", ["what happens to sales when it rains at Harbor Point", "sales when it rained compared to dry days"]
)
def test_weather_against_other_weather_is_no_list_of_wet_days(question: str) -> None:
    assert all(args.get("by") != "day" for _, args in plan(question, (), AROUND).calls)
