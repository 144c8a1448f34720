"""Short messages next to an answer about goods, offers, customers or orders: of these, or asked back; never of all."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.bare_orders import WHICH
from agent.conversation.planner.threads.next_message import customers, goods, offers, orders
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.incomplete_words import END, OFFER
from tests.support.threads import AROUND, Found, calls_after

LIST = {"text": "2 of them.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
ROWS = {"text": "Net sales.", "table": {"columns": ["Measure", "Value"], "rows": [["Net sales", 9], ["Units", 4]]}}


def after(question: str, name: str, document: dict[str, Any] | None = None, **args: Any) -> Found:
    return calls_after(question, name, args, document)


def said_after(question: str, name: str, document: dict[str, Any] | None = None, **args: Any) -> str:
    return plan(question, (Call(name, args, document or {"text": "So it is."}, "before"),), AROUND).text


@pytest.mark.parametrize(
    "question",
    [
        "will it last the weekend",
        "is that enough for thanksgiving",
        "will that get us to thursday",
        "how many days is that",
        "do we have enough for the weekend",
        "when will we run out",
    ],
)
def test_whether_it_lasts_is_its_cover_and_not_what_was_sold(question: str) -> None:
    assert after(question, "stock_levels", product="eggs", stores="Harbor Point") == [
        ("stock_cover", {"product": "eggs", "stores": "Harbor Point"})
    ]


def test_cover_is_told_at_the_present_pace_and_a_store_is_no_span_of_days() -> None:
    assert said_after("will it last until thursday", "stock_levels", product="eggs") == goods.PACE
    assert said_after("how long will it last", "stock_levels", product="eggs") == ""
    assert after("how many", "reorder_suggestions", product="eggs") == [("reorder_suggestions", {"product": "eggs"})]
    assert ("stock_cover", {"product": "eggs"}) not in after(
        "is that enough for maple avenue", "stock_levels", product="eggs"
    )


@pytest.mark.parametrize("question", ["what do they cost us", "what does it cost us", "what do we pay for it"])
def test_what_goods_cost_us_is_their_cost(question: str) -> None:
    ((name, args),) = after(question, "stock_levels", product="eggs")
    assert (name, args) == ("shelf_prices", {"costs": True, "department": "eggs"})
    ((name, args),) = after(question, "stock_levels", product="10297")
    assert (name, args) == ("product_profitability", {"product": "10297"})


def test_what_outages_cost_is_lost_sales_and_why_they_happened_is_not_recorded() -> None:
    assert after("what did it cost us in sales", "stockout_history", period="yesterday", department="Grocery") == [
        ("lost_sales", {"period": "yesterday", "department": "Grocery"})
    ]
    assert said_after("why", "stockout_history", period="yesterday") == goods.NOT_WHY


def test_a_figure_of_what_was_looked_up_is_of_it() -> None:
    assert after("what's the margin", "find_products", text="10297") == [
        ("sales_summary", {"product": "10297", "metrics": ["gross_margin", "gross_margin_pct"]})
    ]
    assert after("what's the margin on the first", "top_products", LIST, stores="Harbor Point") == [
        (
            "sales_summary",
            {
                "period": "last week",
                "stores": "Harbor Point",
                "product": "10297",
                "metrics": ["gross_margin", "gross_margin_pct"],
            },
        )
    ]
    assert after("is it in stock everywhere", "find_products", text="10297") == [
        ("stock_levels", {"product": "10297", "by": "store"})
    ]


def test_what_sells_there_is_of_the_part_in_question() -> None:
    assert after("whats selling best there", "sales_summary", department="Deli", period="last week") == [
        ("top_products", {"department": "Deli", "period": "last week"})
    ]


def test_since_when_and_how_bad_outages_are() -> None:
    of_dairy = {"stores": "Harbor Point", "department": "dairy"}
    assert after("when did we run out", "out_of_stock", **of_dairy) == [("stockout_history", of_dairy)]
    assert after("do the other stores have it", "out_of_stock", **of_dairy) == [("transfer_candidates", of_dairy)]
    assert after("how bad is it", "stockout_risk", department="dairy") == [
        ("stockout_risk", {"department": "dairy", "limit": 20})
    ]


def test_why_a_row_is_listed_is_told_by_what_put_it_there() -> None:
    assert after("why the first one", "markdown_candidates", LIST, department="Produce") == [
        ("markdown_candidates", {"product": "10297"})
    ]
    assert after("how much of the second one", "reorder_list", LIST, stores="Harbor Point") == [
        ("reorder_suggestions", {"product": "88001", "stores": "Harbor Point"})
    ]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how long has the first one been sitting", "first_and_last_sale"),
        ("can we get rid of the first one", "markdown_candidates"),
        ("can another store sell the first one", "transfer_candidates"),
    ],
)
def test_what_can_be_done_about_goods_that_lie(question: str, name: str) -> None:
    ((called, args),) = after(question, "top_products", LIST)
    assert (called, args["product"]) == (name, "10297")


@pytest.mark.parametrize("question", ["and at the other stores", "what about the other stores", "everywhere else"])
def test_the_other_stores_keep_what_was_asked(question: str) -> None:
    assert after(question, "stockout_risk", stores="Harbor Point") == [
        ("stockout_risk", {"stores": "Market Street and Maple Avenue"})
    ]
    assert after(question, "stock_levels", department="Deli") == [
        ("stock_levels", {"department": "Deli", "by": "store"})
    ]


def test_one_other_store_of_several_is_asked_back() -> None:
    assert "stores" not in said_after("and the other one", "top_products", LIST)
    assert said_after("and at the other store", "top_products", stores="Harbor Point") == (
        "Which of the other stores: Market Street, Maple Avenue?"
    )


@pytest.mark.parametrize(
    ("question", "part"), [("anything in produce", "Produce"), ("any in dairy", "dairy"), ("anything for meat", "Meat")]
)
def test_anything_in_a_part_is_the_answer_of_that_part(question: str, part: str) -> None:
    assert after(question, "out_of_stock", stores="Harbor Point") == [
        ("out_of_stock", {"stores": "Harbor Point", "department": part})
    ]


def test_a_list_is_the_one_above_shorter_or_longer_and_never_of_other_things() -> None:
    assert after("show me the top 3", "promotions_running", department="Deli") == [
        ("promotions_running", {"department": "Deli", "limit": 3})
    ]
    assert after("give me a list", "stockout_risk", stores="Harbor Point") == [
        ("stockout_risk", {"stores": "Harbor Point", "limit": 20})
    ]
    assert after("give me a list", "customers_at_risk") == [("customers_at_risk", {})]
    last = ("first_and_last_sale", {"product": "10297"})
    assert after("graph that", last[0], **last[1]) == [last]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("did the soup one work", {"product": "soup"}),
        ("how did the meat promo do", {"department": "Meat"}),
        ("which lost money", {"by": "promotion", "rank_by": "margin", "order": "bottom"}),
        ("are we losing money on any", {"by": "promotion", "rank_by": "margin", "order": "bottom"}),
        ("which worked best", {"by": "promotion"}),
    ],
)
def test_whether_offers_worked_is_their_lift_and_not_what_runs(question: str, args: dict[str, Any]) -> None:
    assert after(question, "promotions_running") == [("promotion_lift", args)]


def test_whether_offers_worked_says_what_is_not_told_apart() -> None:
    assert after("did it help last time", "promotions_running", department="soup") == [
        ("promotion_lift", {"department": "soup"})
    ]
    assert said_after("did it help last time", "promotions_running", department="soup") == offers.EARLIER
    assert said_after("should we run it again", "promotions_running", department="soup") == offers.YOURS
    assert offers.ALL_OF_THEM in said_after("did it work", "promotions_running")
    assert said_after("who bought it", "promotion_lift", period="last month") == offers.WHO_BOUGHT
    known_to = {"error": "Promotions are known to 29 November 2026 only."}
    assert after("how much did it lift last time", "promotions_running", known_to, period="next week") == [
        ("promotion_lift", {})
    ]


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("sort by margin", {"rank_by": "margin"}),
        ("what about margin", {"rank_by": "margin"}),
        ("which store did best", {"by": "store"}),
        ("by department", {"by": "department"}),
    ],
)
def test_the_results_of_offers_keep_their_days(question: str, more: dict[str, Any]) -> None:
    assert after(question, "promotion_lift", period="last month") == [
        ("promotion_lift", {"period": "last month", **more})
    ]


def test_offers_are_run_again_or_ended_by_a_change_that_is_said() -> None:
    for question, sentence in (("run the top one again", OFFER), ("extend it", OFFER), ("end it", END)):
        assert said_after(question, "promotion_lift", period="last month").startswith(sentence)
    assert after("what did it cost us", "promotion_lift", period="last month") == [
        ("promotion_lift", {"period": "last month", "rank_by": "roi"})
    ]


def test_until_when_and_whether_it_is_on_offer() -> None:
    assert after("until when", "promotions_running", department="soup") == [
        ("promotions_running", {"department": "soup", "order": "soonest"})
    ]
    assert after("is it on promo", "stock_levels", product="soup") == [("promotions_running", {"department": "soup"})]
    assert after("which of those are on display", "promotions_running", department="Meat") == [
        ("promotions_running", {"department": "Meat", "support": "display"})
    ]


@pytest.mark.parametrize(
    ("question", "name", "args"),
    [
        ("when do they shop", "customer_segments", {"view": "hours", "segment": "best customers"}),
        ("which of them are slipping away", "customers_at_risk", {}),
        ("and the ones at risk", "customers_at_risk", {}),
        ("how often do they come", "customer_visits", {}),
        ("how many came last week", "customer_visits", {"period": "last week"}),
        ("how many of them are new", "new_and_returning", {}),
        ("who are they", "top_customers", {}),
        ("how much did they spend", "top_customers", {}),
    ],
)
def test_what_is_asked_of_customers_stays_about_customers(question: str, name: str, args: dict[str, Any]) -> None:
    assert after(question, "top_customers") == [(name, args)]


def test_what_customers_of_a_list_do_is_not_told_as_if_it_were_theirs() -> None:
    assert said_after("how many of them are new", "top_customers") == customers.NOT_WITHIN
    assert said_after("how much did they spend last month", "customers_at_risk") == customers.NOT_THEIR_SPENDING
    assert said_after("how do we get them back", "customers_at_risk") == customers.WIN_BACK
    assert said_after("send them a coupon", "top_customers") == customers.WHICH_GROUP
    assert after("send them a coupon", "customers_at_risk") == [
        ("propose_customer_list", {"segment": "At risk", "offer": "a coupon"})
    ]


def test_when_buyers_come_is_when_the_goods_are_sold() -> None:
    hours = {"by": ["hour"], "metrics": ["transactions"], "product": "beer", "period": "last week"}
    assert after("at what time", "customer_visits", product="beer", period="last week") == [("sales_breakdown", hours)]
    assert after("what else do they buy", "sales_breakdown", **hours) == [("bought_together", {"product": "beer"})]


def test_orders_in_few_words_are_of_the_goods_in_question_or_asked_back() -> None:
    assert after("order 12 at harbor point", "stock_levels", product="10297") == [
        ("propose_purchase_order", {"lines": [{"product": "10297", "quantity": "12"}], "store": "Harbor Point"})
    ]
    assert after("order 2 cases of the second one", "out_of_stock", LIST, stores="Harbor Point") == [
        ("propose_purchase_order", {"lines": [{"product": "88001", "quantity": "2"}], "store": "Harbor Point"})
    ]
    assert "pieces" in said_after("order 2 cases", "stock_levels", product="10297")
    assert after("order more of the first one", "out_of_stock", LIST, stores="Harbor Point") == [
        ("reorder_suggestions", {"product": "10297", "stores": "Harbor Point"})
    ]
    assert after("make it 24", "reorder_suggestions", product="10297", stores="Harbor Point") == [
        ("propose_purchase_order", {"lines": [{"product": "10297", "quantity": "24"}], "store": "Harbor Point"})
    ]
    for question in ("order 40", "order 2 cases", "order more"):
        assert said_after(question, "top_products", LIST) == WHICH
    for question in ("order a case", "order that"):
        assert said_after(question, "find_products", text="oat milk") == WHICH
    assert after("do i need to order more", "sales_summary", product="10297", stores="Harbor Point") == [
        ("reorder_suggestions", {"product": "10297", "stores": "Harbor Point"})
    ]
    assert said_after("order the rest", "reorder_list", LIST) == orders.NOT_THE_REST


def test_a_number_or_a_day_for_a_change_that_is_not_open_is_said() -> None:
    assert said_after("make it 24", "out_of_stock", stores="Harbor Point") == orders.NONE_OPEN.format(number="24")
    assert said_after("by friday", "on_order", {"error": "None."}) == orders.NO_CHANGE_OPEN.format(day="Friday")
    assert said_after("until saturday", "find_products", text="bananas") == orders.NO_CHANGE_OPEN.format(day="Saturday")
    assert after("until sunday", "sales_summary", period="this week") != []


@pytest.mark.parametrize("question", ["raise it by 20 cents", "raise the price by 20 cents", "lower it by $1"])
def test_a_price_by_an_amount_shows_the_price_and_asks_for_the_new_one(question: str) -> None:
    assert after(question, "find_products", text="10297") == [("find_products", {"text": "10297"})]
    assert said_after(question, "find_products", text="10297") == orders.BY_AMOUNT


def test_a_new_price_behind_a_price_is_proposed() -> None:
    assert after("make it 2.59 at market street", "find_products", text="10297") == [
        ("propose_price_change", {"product": "10297", "price": "2.59", "store": "Market Street"})
    ]
    assert after("how much is it", "find_products", text="oat milk") == [("find_products", {"text": "oat milk"})]
    assert (
        said_after("what would the margin be", "propose_price_change", product="10297", percent=5)
        == orders.NOT_WORKED_OUT
    )


def test_what_is_on_its_way_is_asked_of_orders_and_not_of_sales_or_people() -> None:
    assert said_after("when will it get here", "propose_purchase_order", lines=[]) == orders.NOT_ORDERED_YET
    assert after("when will it get here", "stock_levels", product="10297") == [("on_order", {"product": "10297"})]
    assert after("is anything late", "on_order", {"error": "None."}) == [("on_order", {"overdue_only": True})]


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("make it for tomorrow", {"due": "tomorrow"}),
        ("due friday", {"due": "friday"}),
        ("assign it to the manager", {"assignee": "the manager"}),
        ("give it to mei tanaka", {"assignee": "mei tanaka"}),
    ],
)
def test_a_task_that_was_filed_is_filed_anew_with_its_day_or_its_person(question: str, more: dict[str, str]) -> None:
    task = {"title": "Check the freezer", "type": "general", "store": "Harbor Point"}
    assert after(question, "propose_store_task", **task) == [("propose_store_task", {**task, **more})]


def test_words_next_to_a_change_are_no_goods_for_it() -> None:
    task = {"title": "Check the freezer", "type": "general", "store": "Harbor Point"}
    assert all("product" not in args for _, args in after("sweep the floor", "propose_store_task", **task))
    asked = {"error": "In which store?", "options": ["Market Street (S01)", "Harbor Point (S02)"]}
    change = {"product": "yogurt", "percent": -15}
    assert after("make it 20", "propose_price_change", asked, **change) == [
        ("propose_price_change", {"product": "yogurt", "percent": -20})
    ]
    assert after("until when", "propose_price_change", asked, **change) == []
    assert "No end was said" in said_after("until when", "propose_price_change", asked, **change)


@pytest.mark.parametrize("question", ["which store sold the most", "what sold best", "what was our margin"])
def test_what_sold_is_asked_of_everything_where_only_offers_stand_above(question: str) -> None:
    assert {name for name, _ in after(question, "promotion_lift", period="last month")} != {"promotion_lift"}


def test_a_whole_question_in_a_thread_is_read_as_it_is_alone() -> None:
    for question in (
        "which products will run out before friday",
        "give me a list of open tasks",
        "top 5 products yesterday",
        "what sold best at the other stores last week",
        "how much did they spend on beer at harbor point",
        "is anything late on the schedule today",
        "order 12 oat milk for Harbor Point",
        "why were sales down yesterday",
    ):
        before = (Call("out_of_stock", {"stores": "Harbor Point"}, LIST, "what is out"),)
        assert plan(question, before, AROUND).calls != (("out_of_stock", {"stores": "Harbor Point"}),)
