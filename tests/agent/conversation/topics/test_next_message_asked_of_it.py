"""Short messages that ask something of the answer before: of its customers, its stock, its days, or of one without."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.next_message.customers import COURSE_OF_THEM, NOT_ONE_BY_ONE
from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from agent.conversation.planner.short_words import NOT_THEIRS
from agent.conversation.planner.thread import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S03", "Maple Avenue", "South"),
    ),
    departments=("Deli", "Produce", "Grocery", "Meat", "Pastry", "Fuel"),
)
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
