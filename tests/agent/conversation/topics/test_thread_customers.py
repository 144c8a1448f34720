"""Behind counts of customers and redeemed coupons: new ones by store, who comes back, the coupons of a store."""

from __future__ import annotations

import pytest

from agent.conversation.planner.threads.next_message.coupons import NOT_FOLLOWED, NOT_WHY
from agent.conversation.planner.threads.next_message.customers import REPEATS
from agent.conversation.planner.threads.short_words import BOTH_TO_DIVIDE
from tests.support.threads import calls_after, reply_behind

VISITS, NEW, COUPONS = "customer_visits", "new_and_returning", "coupon_sales"
BY_STORE = {"by": "store", "rank_by": "redemptions", "period": "last month"}


@pytest.mark.parametrize(
    "question", ["which store gets the most new ones", "what stores have the fewest new customers"]
)
@pytest.mark.parametrize("name", [VISITS, NEW])
def test_new_customers_by_store(question: str, name: str) -> None:
    assert calls_after(question, name, {"period": "last week"}) == [(NEW, {"period": "last week", "by": "store"})]


@pytest.mark.parametrize("question", ["do they come back", "how many came back", "did the new ones return"])
def test_who_comes_back_is_how_many_came_more_than_once(question: str) -> None:
    answer = reply_behind(question, NEW, {"period": "last week", "by": "store"})
    assert [(one["name"], one["args"]) for one in answer.tool_calls] == [(NEW, {"period": "last week"})]
    assert answer.text == REPEATS


def test_redemptions_beside_transactions() -> None:
    answer = reply_behind("per 100 transactions", COUPONS, BY_STORE)
    beside = {"metrics": ["transactions"], "period": "last month", "by": "store"}
    assert [(one["name"], one["args"]) for one in answer.tool_calls] == [
        (COUPONS, BY_STORE),
        ("sales_summary", beside),
    ]
    assert answer.text == BOTH_TO_DIVIDE


def test_a_store_that_stands_out_is_told_by_coupon() -> None:
    answer = reply_behind("why is harbor point so high", COUPONS, BY_STORE)
    ((name, args),) = [(one["name"], one["args"]) for one in answer.tool_calls]
    assert (name, args["stores"], args["by"], args["period"]) == (COUPONS, "Harbor Point", "coupon", "last month")
    assert answer.text == NOT_WHY


@pytest.mark.parametrize("question", ["which coupons are those", "what coupons", "by coupon"])
def test_which_coupons_keeps_store_and_days(question: str) -> None:
    there = {**BY_STORE, "stores": "Harbor Point"}
    assert calls_after(question, COUPONS, there) == [(COUPONS, {**there, "by": "coupon"})]


def test_who_redeemed_is_not_followed() -> None:
    assert reply_behind("are they the same customers every time", COUPONS, BY_STORE).text == NOT_FOLLOWED
    assert calls_after("why are sales so low", COUPONS, BY_STORE) != [(COUPONS, BY_STORE)]
