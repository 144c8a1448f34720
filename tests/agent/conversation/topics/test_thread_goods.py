"""More about the goods above: their price, how long they are out, who has too many, moving some, what was sold then."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message.about_goods import SAY_HOW_MANY
from agent.conversation.planner.threads.next_message.goods import PACE
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, calls_after, reply_behind

SOLD, LEVELS, COVER, OUT, FIND = "sales_summary", "stock_levels", "stock_cover", "out_of_stock", "find_products"
LIST = {"text": "2.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
TURKEY = {"product": "turkey"}


@pytest.mark.parametrize(
    "question",
    ["what's the second one selling for", "how much is the second one", "price of the second one",
     "what does the second one sell for"],
)  # fmt: skip
def test_the_price_of_a_row(question: str) -> None:
    found = calls_after(question, "top_products", {"stores": "Harbor Point", "metric": "gross_margin"}, LIST)
    assert found == [(FIND, {"text": "88001", "stores": "Harbor Point"})]


@pytest.mark.parametrize(
    "question", ["did we change the price on it recently", "has its price changed", "any price changes on it"]
)
def test_whether_the_price_of_it_changed(question: str) -> None:
    changes = {"product": "88001", "stores": "Harbor Point", "period": "last 4 weeks"}
    assert calls_after(question, FIND, {"text": "88001", "stores": "Harbor Point"}) == [("price_changes", changes)]


@pytest.mark.parametrize(
    "question", ["only the ones that sell a lot", "just the best sellers", "only the ones that matter"]
)
def test_the_best_sellers_of_what_is_out(question: str) -> None:
    at = {"stores": "Station Road"}
    assert calls_after(question, OUT, at, LIST) == [(OUT, at)]
    assert (OUT, at) not in calls_after(question, SOLD, at)


def test_how_long_a_row_has_been_out_and_who_could_help() -> None:
    at = {"stores": "Market Street"}
    one = {"product": "10297", "stores": "Market Street"}
    assert calls_after("how long has the first one been out", OUT, at, LIST) == [("stockout_history", one)]
    some = calls_after("anyone else have some we could get", "lost_sales", {"product": "10297"})
    assert some == [(LEVELS, {"product": "10297", "by": "store"})]


@pytest.mark.parametrize("question", ["enough for thursday?", "is that enough for thursday", "plenty for the weekend?"])
def test_enough_for_some_days_is_how_long_it_lasts(question: str) -> None:
    before = (Call(LEVELS, TURKEY, {"text": "So."}, "before"),)
    found = plan(question, before, AROUND)
    assert (found.calls, found.text) == (((COVER, TURKEY),), PACE)
    assert not any(name == COVER for name, _ in calls_after(question, SOLD, {"period": "last week"}))


@pytest.mark.parametrize("question", ["who has too many", "which store has plenty", "who's got too much of it"])
def test_who_has_too_many_is_their_cover_by_store(question: str) -> None:
    by_store = {**TURKEY, "by": "store", "order": "top"}
    assert calls_after(question, LEVELS, {**TURKEY, "stores": "all stores"}) == [(COVER, by_store)]


def test_who_has_too_many_of_what_was_sold() -> None:
    units: dict[str, Any] = {"metrics": ["units"], "period": "this month", **TURKEY}
    assert calls_after("who has too many", SOLD, units) == [(COVER, {**TURKEY, "by": "store", "order": "top"})]
    assert (COVER, {**TURKEY, "by": "store", "order": "top"}) not in calls_after("who has the most", SOLD, units)


@pytest.mark.parametrize(
    "question",
    [
        "move some from there to market street? how many",
        "can we send some to market street",
        "move a few to market street",
    ],
)
def test_moving_some_says_how_many_would_help(question: str) -> None:
    answer = reply_behind(question, COVER, {**TURKEY, "by": "store"})
    found = [(one["name"], one["args"]) for one in answer.tool_calls]
    assert found == [("transfer_candidates", {**TURKEY, "taker": "Market Street"})]
    assert answer.text == SAY_HOW_MANY


@pytest.mark.parametrize(
    ("question", "days"),
    [("last tuesday we sold how many", "last tuesday"), ("how many did we sell so far", "this month")],
)
def test_what_was_sold_of_them_then(question: str, days: str) -> None:
    found = calls_after(question, "reorder_suggestions", {"product": "milk", "stores": "Harbor Point"})
    assert found == [(SOLD, {"metrics": ["units"], "period": days, "product": "milk", "stores": "Harbor Point"})]


def test_getting_some_from_a_store_is_a_transfer_to_the_one_above() -> None:
    of_one = {**TURKEY, "stores": "Harbor Point"}
    found = calls_after("can we get some from market street", COVER, of_one)
    assert found == [("transfer_candidates", {**TURKEY, "giver": "Market Street", "taker": "Harbor Point"})]
