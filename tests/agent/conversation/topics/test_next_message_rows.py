"""Some rows of a list, what of it does not sell, and who used coupons and who did not."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.next_message import coupons, nothing_found
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND
from tests.support.turns import turn_of

ROWS = [["Milk #10297"], ["Soup #88001"], ["Tea #77002"]]
LIST = {"text": "3 of them.", "table": {"columns": ["Product"], "rows": ROWS}}
OFFERS = Call("promotions_running", {"period": "this week", "department": "Grocery"}, LIST, "what is on promo")
WORST = Call("top_products", {"order": "bottom", "stores": "Harbor Point"}, LIST, "and the worst ones")
ON_OFFER = [{"dimension": "promotion", "values": ["any promotion"]}]


def after(question: str, *before: Call) -> list[Any]:
    return [(name, dict(args)) for name, args in plan(question, before, AROUND).calls]


@pytest.mark.parametrize(
    "question", ["which ones arent selling", "what isn't moving", "which of them are selling worst"]
)
def test_what_on_offer_does_not_sell(question: str) -> None:
    ((name, args),) = after(question, OFFERS)
    assert (name, args["by"], args["order"], args["department"]) == ("sales_breakdown", "product", "bottom", "Grocery")
    assert (args["where"], args["period"]) == (ON_OFFER, "last week")


@pytest.mark.parametrize(
    "question", ["how much stock on the first three", "stock of the top 3", "how many do we have of the first 3"]
)
def test_stock_of_the_first_rows(question: str) -> None:
    levels = [("stock_levels", {"product": one}) for one in ("10297", "88001", "77002")]
    assert after(question, OFFERS) == levels
    told = tuple(Call(name, args, {"text": "7 on hand."}, question) for name, args in levels)
    assert after("do we have the same problem at harbor point", *told) == [
        (name, {**args, "stores": "Harbor Point"}) for name, args in levels
    ]


def test_a_figure_of_the_first_rows() -> None:
    ((name, args),) = after("margin on the first two", WORST)
    assert (name, args["by"], args["stores"]) == ("sales_breakdown", "product", "Harbor Point")
    assert args["where"] == [{"dimension": "product", "values": ["10297", "88001"]}]


def test_what_is_left_of_one_and_how_long_it_has_sold_so_badly() -> None:
    one = Call("sales_summary", {"product": "77002", "stores": "Harbor Point", "by": "week"}, {"text": "So."}, "")
    assert after("how many do we still have of it", one) == [
        ("stock_levels", {"product": "77002", "stores": "Harbor Point"})
    ]
    ((name, args),) = after("how long has the last one been selling that bad", WORST)
    assert (name, args["product"], args["stores"], args["by"]) == ("sales_summary", "77002", "Harbor Point", "week")


def test_a_row_said_first() -> None:
    ((name, args),) = after("the second one, was it on promo?", WORST)
    assert (name, args["product"], args["where"]) == ("sales_breakdown", "88001", ON_OFFER)


REDEEMED = Call("coupon_redemption", {"period": "november"}, {"text": "76 coupons."}, "how many coupons redeemed")


@pytest.mark.parametrize(
    "question",
    ["what did those customers spend per trip", "and ppl without a coupon?", "vs everyone else", "the others?"],
)
def test_those_who_redeemed_beside_those_who_did_not(question: str) -> None:
    assert after(question, REDEEMED) == [("redeemers_compared", {"period": "november"})]


def test_which_coupons_were_used_most_and_their_form() -> None:
    ((name, args),) = after("which one got used most", REDEEMED)
    assert (name, args) == ("coupon_redemption", {"period": "november", "rank_by": "coupons"})
    assert plan("digital or paper", (REDEEMED,), AROUND).text == coupons.NO_FORM


@pytest.mark.parametrize("question", ["what did customers spend last week", "sales in deli last week"])
def test_whole_questions_are_not_taken(question: str) -> None:
    assert coupons.read(question, (REDEEMED,), AROUND) is None
    assert not any(name == "redeemers_compared" for name, _ in after(question, REDEEMED))


@pytest.mark.parametrize(
    "question",
    [
        "if i cut 20 hrs a week what would that do to labor %",
        "what happens to sales if we add 8 hours on saturday",
        "what if i cut 20 labor hours a week",
    ],
)
def test_what_other_hours_would_do_is_not_worked_out(question: str) -> None:
    decided = plan(question, (), AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("What other hours would do")
    assert plan("if i cut the bottom 20 skus where would the sales go", (), AROUND).calls[0][0] == "slow_stock"


def test_the_other_stores_behind_an_answer_that_found_nothing() -> None:
    found_none = turn_of("labor hours in the deli", ("sales_summary", {"department": "Deli"}, {"error": "Not known."}))
    decided = nothing_found.read("vs the other stores", found_none)
    assert decided is not None
    assert decided.text == nothing_found.FOUND_NOTHING
