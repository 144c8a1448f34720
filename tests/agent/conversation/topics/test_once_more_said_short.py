"""What is typed behind figures in two or three words: “prior 7”, “% diff”, “percent”, “how much each”."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after

SOLD, HELD, SPLIT = "sales_summary", "compare_periods", "sales_breakdown"


def after(name: str, args: dict[str, Any], question: str) -> Found:
    return calls_after(question, name, args)


@pytest.mark.parametrize("question", ["prior 7", "vs the previous 7 days", "% diff", "percent change"])
def test_the_days_before(question: str) -> None:
    week = {"metrics": ["net_sales"], "period": "last 7 days"}
    held = {**week, "compare_to": "the period before"}
    assert after(SOLD, week, question) == [(HELD, held)]
    assert after(HELD, held, question) == [(HELD, held)]


def test_the_days_before_of_products_are_in_their_breakdown() -> None:
    goods = {"by": "product", "period": "yesterday", "metrics": ["discounts"]}
    assert after(SPLIT, goods, "% change") == [(SPLIT, {**goods, "compare_to": "the same day last week"})]


def test_each_customer_and_the_share_of_each() -> None:
    visitors = {"metrics": ["visitors"], "period": "friday"}
    assert after(SOLD, visitors, "how much each") == [
        (SOLD, {"metrics": ["average_transaction_value"], "period": "friday"})
    ]
    assert after(SOLD, visitors, "and bought") == [
        (SOLD, {"metrics": ["transactions", "conversion"], "period": "friday"})
    ]
    stores = {"metrics": ["net_sales"], "period": "friday", "by": "store"}
    assert after(SOLD, stores, "percent") == [(SPLIT, {**stores, "share": True})]


@pytest.mark.parametrize("question", ["by how much", "what would it take to catch up", "who is closest"])
def test_how_far_off_a_target_each_store_is(question: str) -> None:
    assert after("target_progress", {"period": "last week"}, question) == [("target_progress", {"period": "last week"})]


def test_both_of_two_that_were_asked_one_by_one_are_to_be_named() -> None:
    one = (Call(SOLD, {"period": "last week", "stores": "Harbor Point"}, {"text": "Answered."}),)
    decided = plan("both", one, AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("Name the two")


def test_what_sold_in_a_department_and_what_moves_slowest() -> None:
    assert after(SOLD, {"department": "Produce", "period": "yesterday"}, "what sold") == [
        ("top_products", {"department": "Produce", "period": "yesterday"})
    ]
    ((name, args),) = plan("what's moving slowest in deli", (), AROUND).calls
    assert (name, args["order"], args["department"]) == ("top_products", "bottom", "Deli")


def test_an_amount_as_part_of_sales() -> None:
    discounts = {"metrics": ["discounts"], "period": "ytd", "by": "month"}
    assert after(SOLD, discounts, "% of sales") == [(SOLD, {**discounts, "metrics": ["discount_rate"]})]


def test_a_span_is_held_against_its_like() -> None:
    year = {"period": "this year", "compare_to": "last year", "stores": "Harbor Point"}
    assert after(HELD, year, "and vs last month") == [
        (HELD, {"period": "this month", "compare_to": "last month", "stores": "Harbor Point"})
    ]


def test_which_day_of_weekdays_is_in_the_answer() -> None:
    weekdays = {"metrics": ["average_transaction_value"], "period": "last 4 weeks", "by": "weekday"}
    assert after(SOLD, weekdays, "which day was highest") == [(SOLD, weekdays)]


def test_own_labels_beside_brands_of_the_same_department() -> None:
    where = [{"dimension": "department", "values": ["Deli"]}]
    brands = {"by": "brand", "metrics": ["units"], "period": "last month", "where": where}
    assert after(SPLIT, brands, "vs private label") == [
        ("private_label_share", {"period": "last month", "department": "Deli"})
    ]


def test_a_busy_hour_is_counted_in_visits() -> None:
    visitors = {"metrics": ["visitors"], "period": "yesterday", "stores": "Harbor Point"}
    peaks = [("peak_times", {"period": "yesterday", "stores": "Harbor Point"})]
    assert after(SOLD, visitors, "what was the busiest hour") == peaks
    assert after(SOLD, visitors, "when was the peak") == peaks


def test_the_same_answer_of_another_store() -> None:
    out = {"department": "Deli", "stores": "Market Street"}
    assert after("out_of_stock", out, "do we have the same problem at harbor point") == [
        ("out_of_stock", {"department": "Deli", "stores": "Harbor Point"})
    ]


@pytest.mark.parametrize(("question", "district"), [("only north", "North"), ("and in the south?", "South")])
def test_a_district_said_alone_is_its_stores(question: str, district: str) -> None:
    ((_, args),) = after(SOLD, {"period": "yesterday"}, question)
    assert args == {"period": "yesterday", "stores": f"{district.lower()} stores"}


def test_a_month_so_far_is_no_name_of_goods() -> None:
    ((_, args),) = after(SOLD, {"metrics": ["units"], "period": "october"}, "and nov so far")
    assert args == {"metrics": ["units"], "period": "nov so far"}


def test_what_is_only_uttered_is_no_word_of_a_question() -> None:
    for said in ("hm, sales yesterday", "sales yesterday tho", "cool, sales yesterday"):
        ((name, args),) = plan(said, (), AROUND).calls
        assert (name, args) == (SOLD, {"period": "yesterday"})
    ((_, args),) = after(SOLD, {"period": "yesterday"}, "cool, and how about harbor point")
    assert args == {"period": "yesterday", "stores": "Harbor Point"}


@pytest.mark.parametrize("question", ["is that up", "how many total", "what share of sales"])
def test_what_leans_is_not_taken_for_a_question_of_everything(question: str) -> None:
    away = (Call("customers_away", {"days": 60}, {"text": "Answered."}),)
    assert not any(name in (SOLD, HELD) for name, _ in plan(question, away, AROUND).calls)


def test_weekdays_and_weekends_of_what_was_explained() -> None:
    explained = {"period": "october", "stores": "Market Street", "metric": "conversion"}
    assert after("explain_change", explained, "weekdays or weekend") == [
        (SPLIT, {"by": "weekend", "period": "october", "stores": "Market Street", "metrics": ["conversion"]})
    ]
    ((_, args),) = after(SOLD, {"period": "last month"}, "just saturdays and sundays")
    assert args["where"] == [{"dimension": "weekday", "values": ["weekends"]}]


def test_which_stores_are_is_asked_of_their_targets() -> None:
    assert after("target_progress", {"period": "this month"}, "which stores are") == [
        ("target_progress", {"period": "this month"})
    ]


def test_the_items_of_departments_are_not_the_departments() -> None:
    fell = {"by": "department", "period": "last month", "compare_to": "the period before", "rank_by": "change"}
    fell["order"] = "bottom"
    assert after(SPLIT, fell, "which departments the most") == [(SPLIT, fell)]
    assert after(SPLIT, fell, "which items the most") == [(SPLIT, {**fell, "by": "product"})]
    assert after(SOLD, {"by": "department", "period": "yesterday"}, "which items the most") == [
        ("top_products", {"period": "yesterday"})
    ]
