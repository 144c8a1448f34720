"""Short messages that ask something of the answer before: of its customers, its stock, its days, or of one without."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.loose_ends import OF_WHAT as OF_NOTHING
from agent.conversation.planner.threads.loose_ends import loose_end
from agent.conversation.planner.threads.next_message.customers import COURSE_OF_THEM, NOT_ONE_BY_ONE
from agent.conversation.planner.threads.next_message.not_given import (
    NOTHING_ABOVE,
    OF_STORES,
    OF_WHAT,
    SAME_GOODS,
    not_of_everything,
)
from agent.conversation.planner.threads.next_message.spans import WHICH_DAYS, WHICH_USUAL, with_spans_meant
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import NOT_THEIRS
from tests.support.threads import AROUND

TOLD, REFUSED = {"text": "So it is."}, {"error": "Not known."}
Found = list[tuple[str, dict[str, Any]]]


def call(name: str, *, failed: bool = False, **args: Any) -> Call:
    made = Call(name, args, REFUSED if failed else TOLD, "before")
    assert made.failed is failed
    return made


def after(question: str, before: Call) -> Plan:
    return plan(question, (before,), AROUND)


def calls(found: Plan) -> Found:
    return [(name, dict(args)) for name, args in found.calls]


KNOWN = call("customer_visits", period="all time")
AWAY = call("customers_at_risk", stores="Maple Avenue", period="last 2 months")


@pytest.mark.parametrize("question", ["is that up", "are they growing", "is it up or down", "is that going down"])
def test_whether_known_customers_become_more_is_told_by_month(question: str) -> None:
    found = after(question, KNOWN)
    assert calls(found) == [("customer_visits", {"period": "all time", "by": "month"})]
    assert found.text == COURSE_OF_THEM


@pytest.mark.parametrize("question", ["what share of sales", "what % of our sales", "what's their share of revenue"])
def test_the_share_of_customers_is_not_that_of_departments(question: str) -> None:
    assert calls(after(question, KNOWN)) == [("identified_sales", {"period": "all time"})]
    of_sales = call("sales_summary", period="last week", by="department")
    assert after(question, of_sales).calls[0][0] != "identified_sales"


def test_the_best_of_customers_at_a_store() -> None:
    best = {"period": "all time", "stores": "Harbor Point", "limit": 20}
    assert calls(after("top 20 of them at harbor point", KNOWN)) == [("top_customers", best)]
    listed = after("top 20 of them at harbor point", AWAY)
    assert calls(listed) == [("customers_at_risk", {"period": "last 2 months", "stores": "Harbor Point"})]
    assert listed.text == NOT_ONE_BY_ONE


@pytest.mark.parametrize("question", ["how many total", "how many in total", "how many customers in all", "total?"])
def test_how_many_customers_stand_in_the_answer(question: str) -> None:
    assert calls(after(question, AWAY)) == [(AWAY.name, dict(AWAY.args))]


@pytest.mark.parametrize("question", ["what did they buy mostly", "what did they mostly buy", "what do they buy most"])
def test_what_the_customers_of_a_list_bought_is_not_told(question: str) -> None:
    assert after(question, AWAY).text == NOT_THEIRS


@pytest.mark.parametrize("question", ["too much?", "is that too much", "are we overstocked", "thats a lot no"])
def test_whether_stock_is_too_much(question: str) -> None:
    cover = call("stock_cover", product="deli")
    assert calls(after(question, cover)) == [("overstock", {"department": "deli"})]
    assert calls(after(question, call("stock_cover", product="10297"))) == [("stock_cover", {"product": "10297"})]
    if question == "too much?":
        assert not after(question, call("sales_summary", period="last week")).calls


@pytest.mark.parametrize("question", ["which items the most", "which products have the most", "which ones are worst"])
def test_which_goods_the_most_are_goods_of_that_stock(question: str) -> None:
    args = {"product": "deli", "by": "product", "order": "top"}
    assert calls(after(question, call("stock_cover", product="deli"))) == [("stock_cover", args)]
    over = call("overstock", department="deli")
    assert calls(after(question, over)) == [("overstock", {"department": "deli"})]


@pytest.mark.parametrize(
    "question",
    ["how much did we lose on the milk", "how much have we lost on milk", "how much are we losing on milk"],
)
def test_what_was_lost_on_goods_that_are_out(question: str) -> None:
    out = call("out_of_stock", stores="Market Street")
    assert calls(after(question, out)) == [("lost_sales", {"product": "milk", "stores": "Market Street"})]


@pytest.mark.parametrize("question", ["anyone else have some", "who else has it", "does anybody else have any"])
@pytest.mark.parametrize("failed", [True, False])
def test_who_else_has_goods(question: str, failed: bool) -> None:
    coming = call("on_order", failed=failed, product="milk", stores="Market Street")
    assert calls(after(question, coming)) == [("stock_levels", {"product": "milk", "by": "store"})]


def test_how_many_were_sold_is_of_the_goods_above() -> None:
    due = call("reorder_suggestions", product="turkey")
    args = {"metrics": ["units"], "period": "last week", "product": "turkey"}
    assert calls(after("how many did we sell last wk", due)) == [("sales_summary", args)]
    assert calls(after("how many of them did we sell", due)) == [("sales_summary", args)]


@pytest.mark.parametrize("days", ["this week", "next week", "tomorrow"])
def test_what_to_order_of_goods_for_days_to_come(days: str) -> None:
    found = plan(f"what should i order for turkey {days}", (), AROUND)
    assert calls(found) == [("reorder_suggestions", {"product": "turkey"})]
    assert days in found.text


@pytest.mark.parametrize("question", ["which are late", "any late", "which ones are overdue", "whats late"])
@pytest.mark.parametrize("failed", [True, False])
def test_which_orders_are_late(question: str, failed: bool) -> None:
    coming = call("on_order", failed=failed, stores="Market Street")
    assert calls(after(question, coming)) == [("on_order", {"overdue_only": True, "stores": "Market Street"})]


@pytest.mark.parametrize(
    ("question", "way"), [("only the increases", "up"), ("which went up", "up"), ("just the cuts", "down")]
)
def test_prices_that_went_one_way(question: str, way: str) -> None:
    changes = call("price_changes", failed=True, period="last week")
    assert calls(after(question, changes)) == [("price_changes", {"period": "last week", "direction": way})]


def test_what_is_asked_of_goods_that_came_back() -> None:
    back = call("sales_summary", failed=True, metrics=["returns"], stores="Maple Avenue", period="last month")
    kept = {"stores": "Maple Avenue", "period": "last month"}
    by = {"show": "refunds", **kept}
    assert calls(after("whos doing them", back)) == [("refunds_and_voids", {**by, "by": "employee"})]
    assert calls(after("top reasons", back)) == [("refunds_and_voids", {**by, "by": "reason"})]
    same = after("is it always the same items", back)
    assert calls(same) == [("top_products", {"metric": "returns", **kept})]
    assert same.text == SAME_GOODS
    there = {"metrics": ["returns"], "stores": "Market Street", "period": "last month"}
    assert calls(after("compare w market street", back)) == [("sales_summary", there)]


def test_of_which_stores_an_answer_was() -> None:
    question = "is that per store or all"
    assert after(question, call("sales_summary", period="last week")).text == OF_STORES["all"]
    assert after(question, call("sales_summary", by="store")).text == OF_STORES["each"]
    one = call("sales_summary", stores="Harbor Point")
    assert after("is that for one store or all of them", one).text == OF_STORES["some"].format(stores="Harbor Point")
    assert after(question, call("price_elasticity", failed=True, product="beef")).text == NOTHING_ABOVE


def test_figures_of_everything_are_no_answer_to_what_leans_on_goods_or_on_nothing() -> None:
    everything, fuel = Plan((("compare_periods", {"period": "this month"}),)), call("sales_summary", department="Fuel")
    none = call("feedback_themes", failed=True, stores="Market Street")
    assert not_of_everything("the checkout ones, what time of day", everything, (none,)).text == NOTHING_ABOVE
    more = "how much more than the others"
    assert not_of_everything(more, everything, (fuel,)).text == OF_WHAT.format(goods="“Fuel”")
    for whole in ("and sales in total", "how did we do", "net sales last week", "which store sold most yesterday"):
        assert not_of_everything(whole, everything, (fuel,)) == everything
    assert not_of_everything(more, everything, (call("sales_summary", period="last week"),)) == everything


@pytest.mark.parametrize("question", ["and the one before", "what about the ones before that", "whats open from it"])
def test_what_points_at_an_answer_that_was_none_is_asked_back(question: str) -> None:
    before = [HumanMessage("what did harbor street score on the last audit"), AIMessage("Audits are not in the data.")]
    assert loose_end(question, Plan((("compare_periods", {}),)), before).text == OF_NOTHING
    assert loose_end(question, Plan((("compare_periods", {}),)), []).calls


@pytest.mark.parametrize(
    ("last", "said", "days"),
    [
        ("friday", "week before", "2026-11-13"),
        ("october", "the month before", "september 2026"),
        ("9-15 Nov", "the week before", "2026-11-02 to 2026-11-08"),
        ("Q3 2026", "quarter before", "2026-04-01 to 2026-06-30"),
    ],
)
def test_the_span_before_is_that_before_the_days_above(last: str, said: str, days: str) -> None:
    asked = Plan((("sales_summary", {"period": said}),))
    found = with_spans_meant(asked, (call("sales_summary", period=last),), AROUND)
    assert calls(found) == [("sales_summary", {"period": days})]


@pytest.mark.parametrize("last", ["october", "last 28 days", "all time"])
def test_the_week_before_a_longer_span_is_asked_back(last: str) -> None:
    asked = Plan((("sales_summary", {"period": "week before"}),))
    which = WHICH_DAYS.format(said="the week before", unit="week")
    assert with_spans_meant(asked, (call("sales_summary", period=last),), AROUND).text == which
    assert with_spans_meant(asked, (call("purchase_orders", failed=True),), AROUND).text == which
    other = Plan((("sales_summary", {"period": "last week"}),))
    assert with_spans_meant(other, (), AROUND) == other


def test_what_is_normal_is_no_span() -> None:
    asked = Plan((("sales_summary", {"period": "a normal"}),))
    before = call("sales_summary", period="last week", stores="Harbor Point")
    args = {"period": "last week", "stores": "Harbor Point", "compare_to": "four-week norm"}
    assert calls(with_spans_meant(asked, (before,), AROUND)) == [("compare_periods", args)]
    assert with_spans_meant(asked, (call("stock_levels"),), AROUND).text == WHICH_USUAL


@pytest.mark.parametrize("question", ["how much over a normal week", "is that over an average week", "vs a usual week"])
def test_an_outlook_beside_a_normal_week(question: str) -> None:
    args = {"stores": "Market Street", "period": "this week"}
    week = {"per": "week", "metric": "net_sales", "period": "last 8 weeks", "stores": "Market Street"}
    found = calls(after(question, call("sales_outlook", **args)))
    assert found == [("sales_rates", week), ("sales_outlook", args)]


def test_one_department_of_an_outlook_by_department() -> None:
    ahead = call("sales_outlook", period="december", by="department")
    found = [("sales_outlook", {"period": "december", "department": "Pastry"})]
    assert calls(after("thats high for pastry no?", ahead)) == found
    assert calls(after("and pastry", ahead)) == found
    stores = call("sales_outlook", period="december", by="store")
    assert calls(after("and pastry", stores)) == [("sales_outlook", {**stores.args, "department": "Pastry"})]


@pytest.mark.parametrize(
    "question", ["thats lower than before right", "is it higher than before", "was it worse than last time"]
)
def test_lower_than_before_is_held_against_the_days_before(question: str) -> None:
    args = {"metrics": ["conversion"], "period": "last week", "stores": "Harbor Point"}
    held = [("compare_periods", {**args, "compare_to": "the period before"})]
    assert calls(after(question, call("sales_summary", **args))) == held


def test_units_and_not_dollars() -> None:
    before = call("sales_summary", period="this month", department="Produce")
    args = {"period": "this month", "department": "Produce", "metrics": ["units"]}
    assert calls(after("units not dollars", before)) == [("sales_summary", args)]
    assert calls(after("gallons not $", before)) == [("sales_summary", args)]
    ranked = call("top_products", period="last week")
    money = {"period": "last week", "metric": "net_sales"}
    assert calls(after("in dollars not units", ranked)) == [("top_products", money)]
