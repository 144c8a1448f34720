"""Short questions about the figures of the answer before: each keeps its days, stores, goods and figure."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.once_more.parts import NO_AVERAGE_OF_A_PART
from agent.conversation.planner.threads.remembered import Call
from tests.support.threads import AROUND, Found, calls_after

SOLD, HELD, SPLIT = "sales_summary", "compare_periods", "sales_breakdown"


def after(name: str, args: dict[str, Any], question: str, document: dict[str, Any] | None = None) -> Found:
    return calls_after(question, name, args, document)


BY_DEPARTMENT = {"metrics": ["net_sales"], "period": "last month", "by": "department"}


@pytest.mark.parametrize(
    "question", ["share of each", "as a percent of total", "what's the share for each department", "% of each"]
)
def test_each_part_as_its_share(question: str) -> None:
    assert after(SOLD, BY_DEPARTMENT, question) == [(SPLIT, {**BY_DEPARTMENT, "share": True})]


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("only the ones that went down", ["bottom"]),
        ("just the losers", ["bottom"]),
        ("which ones are shrinking", ["bottom"]),
        ("show me the departments that grew", ["top"]),
        ("who is growing fastest", ["top"]),
    ],
)
def test_only_those_that_moved_that_way(question: str, ends: list[str]) -> None:
    calls = after(HELD, {**BY_DEPARTMENT, "compare_to": "september"}, question)
    assert [(name, args["order"], args["rank_by"], args["compare_to"]) for name, args in calls] == [
        (SPLIT, end, "change", "september") for end in ends
    ]


def test_what_is_usual_where_no_change_of_it_is_explained() -> None:
    figures = {"metrics": ["sales_per_labour_hour"], "period": "last week", "by": "store"}
    assert after(SOLD, figures, "is that normal") == [(HELD, {**figures, "compare_to": "four-week norm"})]
    ((name, _),) = after(SOLD, {"period": "yesterday"}, "is that normal")
    assert name == "explain_change"  # which says whether a change is within normal noise


def test_a_busy_hour_is_held_against_the_usual_ones() -> None:
    assert after("peak_times", {"period": "yesterday", "stores": "Harbor Point"}, "is that normal") == [
        ("peak_times", {"stores": "Harbor Point"})
    ]


@pytest.mark.parametrize(
    ("question", "metrics"),
    [
        ("how many hours was that", ["labour_hours"]),
        ("and the hours", ["labour_hours"]),
        ("and sales per hour", ["sales_per_labour_hour"]),
    ],
)
def test_hours_behind_a_cost_of_labour(question: str, metrics: list[str]) -> None:
    cost = {"metrics": ["labour_cost", "labour_cost_pct"], "period": "last week", "by": "store"}
    assert after(SOLD, cost, question) == [(SOLD, {**cost, "metrics": metrics})]


@pytest.mark.parametrize(
    ("question", "compare_to"),
    [
        ("same day last year", "same day last year"),
        ("vs the same weekday last week", "same weekday last week"),
        ("same month a year ago", "last year"),
    ],
)
def test_the_same_days_of_another_time(question: str, compare_to: str) -> None:
    assert after(SOLD, {"period": "yesterday", "stores": "Harbor Point"}, question) == [
        (HELD, {"period": "yesterday", "stores": "Harbor Point", "compare_to": compare_to})
    ]


@pytest.mark.parametrize(
    ("question", "days", "by"),
    [
        ("show me the trend", "last 12 weeks", "week"),
        ("over time", "last 12 weeks", "week"),
        ("trend over the last 3 months", "the last 3 months", "week"),
        ("the trend over the last 12 months", "the last 12 months", "month"),
    ],
)
def test_the_course_of_the_figure_before(question: str, days: str, by: str) -> None:
    figure = {"metrics": ["average_transaction_value"], "period": "last week", "stores": "Harbor Point"}
    assert after(SOLD, figure, question) == [(SOLD, {**figure, "period": days, "by": by})]
    explained = {"period": "last month", "department": "Seafood", "metric": "gross_margin"}
    assert after("explain_change", explained, question) == [
        (SOLD, {"department": "Seafood", "metrics": ["gross_margin"], "period": days, "by": by})
    ]


def test_stores_beside_each_other() -> None:
    one = {"period": "last week", "stores": "Maple Avenue"}
    two = {"period": "last week", "stores": "Maple Avenue and Harbor Point", "by": "store"}
    assert after(SOLD, one, "how does that compare with harbor point") == [(SOLD, two)]
    three = {**two, "stores": "Maple Avenue, Harbor Point and Market Street"}
    assert after(SOLD, two, "and market street") == [(SOLD, three)]
    assert after(SOLD, three, "which is biggest") == [(SOLD, three)]
    assert after(HELD, one, "how does that compare with last month")[0][1]["compare_to"] == "last month"


def test_an_average_day_and_a_total() -> None:
    days = {"metrics": ["net_sales"], "period": "last week", "stores": "Harbor Point", "by": "day"}
    average = {"per": "day", "metric": "net_sales", "period": "last week", "stores": "Harbor Point"}
    assert after(SOLD, days, "average per day") == [("sales_rates", average)]
    assert after(SOLD, days, "total") == [(SOLD, days)]
    assert after("sales_rates", average, "and the total") == [
        (SOLD, {"metrics": ["net_sales"], "period": "last week", "stores": "Harbor Point"})
    ]
    ((name, taken),) = after(SOLD, {"period": "yesterday", "department": "Deli"}, "average for a thursday")
    assert (name, taken["weekday"], taken["department"]) == ("rates_by_group", "Thursday", "Deli")


def test_an_average_with_something_left_out_is_not_that_of_everything() -> None:
    without = {"period": "last week", "by": "day", "where": [{"values": ["fuel"], "exclude": True}]}
    decided = plan("average per day", (Call(SPLIT, without, {"text": "Answered."}),), AROUND)
    assert (decided.calls, decided.text) == ((), NO_AVERAGE_OF_A_PART)


def test_price_staff_and_the_best_hour_of_the_same() -> None:
    eggs = {"metrics": ["units"], "period": "last week", "product": "eggs"}
    assert after(SOLD, eggs, "what price did we sell it at") == [(SOLD, {**eggs, "metrics": ["average_selling_price"]})]
    hours = {"metrics": ["net_sales"], "period": "saturday", "stores": "Harbor Point", "by": "hour"}
    assert after(SOLD, hours, "how many staff then") == [
        ("store_conditions", {"period": "saturday", "stores": "Harbor Point"})
    ]
    rate = {"metrics": ["conversion"], "period": "last week", "by": "day"}
    assert after(SOLD, rate, "best hour for it") == [(SOLD, {**rate, "by": "hour"})]


@pytest.mark.parametrize(
    ("days", "before"),
    [("yesterday", "weekend before last"), ("last weekend", "weekend before last"), ("last week", "last weekend")],
)
def test_the_weekend_before(days: str, before: str) -> None:
    """Monday asks: yesterday was a Sunday, so the weekend before it is the one before last."""
    assert after(SOLD, {"period": days}, "what about the weekend before") == [(SOLD, {"period": before})]


def test_a_low_margin_is_explained_as_margin() -> None:
    margin = {"metrics": ["gross_margin", "gross_margin_pct"], "period": "last month", "by": "department"}
    ((name, args),) = after(SOLD, margin, "why is seafood so low")
    assert (name, args["department"], args["metric"]) == ("explain_change", "Seafood", "gross_margin")


def test_a_correction_keeps_what_was_asked_of_other_days() -> None:
    nothing = {"error": "There is no data for Black Friday."}
    asked = {"metrics": ["transactions"], "period": "black friday"}
    assert after(SOLD, asked, "sorry i meant last saturday", nothing) == [
        (SOLD, {"metrics": ["transactions"], "period": "last saturday"})
    ]


def test_no_tool_is_asked_again_with_a_split_that_it_does_not_know() -> None:
    assert after("rates_by_group", {"by": "weekday", "per": "day"}, "best day this month") == [
        (SOLD, {"period": "this month", "by": "day"})
    ]


def test_who_is_behind_is_told_by_the_targets() -> None:
    for question in ("which store is furthest behind", "how far off are we", "who's behind"):
        assert after("target_progress", {"period": "this month"}, question) == [
            ("target_progress", {"period": "this month"})
        ]


@pytest.mark.parametrize("said", ["the month so far", "for the month so far", "so far in the month"])
def test_the_month_so_far_is_no_other_span(said: str) -> None:
    ((name, args),) = plan(f"how did we do {said}", (), AROUND).calls
    assert (name, str(args["period"]).replace("the ", "")) in [(SOLD, "month so far"), (SOLD, "so far in month")]


@pytest.mark.parametrize(
    "question", ["which products lost sales", "what is our total margin last month", "trend of produce in october"]
)
def test_whole_questions_stand_by_themselves(question: str) -> None:
    assert after(SOLD, {"period": "yesterday", "stores": "Harbor Point"}, question) != []
    alone = plan(question, (), AROUND).calls
    assert {name for name, _ in alone} == {
        name for name, _ in after(SOLD, {"period": "yesterday", "stores": "Harbor Point"}, question)
    }


def test_goods_of_two_questions_have_no_total_here() -> None:
    wine = (Call(SOLD, {"period": "this weekend", "product": "wine"}, {"text": "Answered."}),)
    decided = plan("total", wine, AROUND)
    assert decided.calls == ()
    assert "Name them in one question" in decided.text


def test_which_store_of_the_same_goods() -> None:
    wine = {"period": "this weekend", "product": "wine"}
    assert after(HELD, {**wine, "compare_to": "last weekend"}, "at which store") == [(SOLD, {**wine, "by": "store"})]


@pytest.mark.parametrize("question", ["which went up", "who has improved", "which ones grew"])
def test_which_went_up_is_asked_of_what_was_told(question: str) -> None:
    tickets = {"metrics": ["average_transaction_value"], "period": "last month", "by": "store"}
    ((name, args),) = after(SOLD, tickets, question)
    assert (name, args["by"], args["order"]) == (SPLIT, "store", "top")


def test_an_answer_that_names_both_ends_is_told_again() -> None:
    area = {"per": "square_foot", "by": "store"}
    assert after("sales_rates", area, "which is best") == [("sales_rates", area)]
    over = {"show": "overtime", "period": "last week"}
    assert after("attendance", over, "who had the most") == [("attendance", over)]


def test_days_to_come_of_the_same_figure() -> None:
    sold = {"metrics": ["transactions"], "period": "yesterday", "stores": "Harbor Point"}
    assert after(SOLD, sold, "what about tomorrow") == [
        ("sales_outlook", {"period": "tomorrow", "stores": "Harbor Point", "metric": "transactions"})
    ]


def test_staff_as_a_cause_is_who_was_on_duty_then() -> None:
    assert after("explain_change", {"period": "last week"}, "was it staffing") == [
        ("store_conditions", {"period": "last week"})
    ]


@pytest.mark.parametrize(
    ("question", "period"),
    [("how's the week going", "this week"), ("hows the month looking so far", "this month")],
)
def test_how_a_week_goes_is_of_that_week(question: str, period: str) -> None:
    assert [(name, dict(args)) for name, args in plan(question, (), AROUND).calls] == [(SOLD, {"period": period})]


def test_wages_of_everybody_are_a_cost_and_of_one_are_nobodys_business() -> None:
    ((_, args),) = plan("wages last month", (), AROUND).calls
    assert args == {"metrics": ["labour_cost"], "period": "last month"}
    assert plan("wages for Ines", (), AROUND).calls == ()
    assert plan("wages of the staff last month", (), AROUND).calls == ()


def test_who_was_on_is_of_the_past() -> None:
    assert after(SOLD, {"period": "yesterday", "stores": "Harbor Point"}, "who was on") == [
        ("attendance", {"show": "worked", "stores": "Harbor Point", "period": "yesterday"})
    ]


def test_figures_of_exactly_the_rows_above() -> None:
    table = {"columns": ["Department", "Net sales (USD)"], "rows": [["Deli", "9"], ["Unknown", "5"]]}
    few = {"by": "department", "period": "last week", "top": 2, "order": "bottom"}
    before = (Call(SPLIT, few, {"text": "Listed.", "table": table}),)
    decided = plan("margin on those", before, AROUND)
    ((name, args),) = decided.calls
    assert (name, args["where"]) == (SPLIT, [{"dimension": "department", "values": ["Deli"]}])
    assert "Unknown" in decided.opening


def test_other_goods_beside_those_before_and_what_share_they_are() -> None:
    produce = {"period": "this month", "department": "Produce"}
    only = [{"dimension": "department", "values": ["Produce", "Deli"]}]
    assert after(SOLD, produce, "vs deli") == [(SPLIT, {"by": "department", "period": "this month", "where": only})]
    ((name, args),) = after(SOLD, produce, "share of total")
    assert (name, args["by"], args["share"], args["mention"]) == (SPLIT, "department", True, "Produce")
    assert after(SOLD, produce, "top 5 items") == [("top_products", {**produce, "limit": 5})]


@pytest.mark.parametrize("question", ["what was the best week", "which week was highest", "best week"])
def test_the_best_week_is_of_the_figure_before(question: str) -> None:
    figure = {"metrics": ["average_transaction_value"], "period": "october"}
    assert after(SOLD, figure, question) == [(SOLD, {**figure, "by": "week"})]


def test_a_peak_is_of_the_day_before_it() -> None:
    hours = {"metrics": ["visitors"], "period": "sunday", "by": "hour"}
    assert after(SOLD, hours, "when was the peak") == [(SOLD, hours)]


def test_weekends_alone_and_then_every_day_of_them() -> None:
    labour = {"metrics": ["sales_per_labour_hour"], "period": "last week", "by": "store"}
    weekends = [{"dimension": "weekday", "values": ["weekends"]}]
    assert after(SOLD, labour, "what about weekends only") == [(SPLIT, {**labour, "where": weekends})]
    worst = {**labour, "top": 1, "order": "bottom", "where": weekends}
    ((_, args),) = after(SPLIT, worst, "by day")
    assert args == {"metrics": labour["metrics"], "period": "last week", "by": "day", "where": weekends}


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("how much", [(SPLIT, {"by": "store", "period": "last week", "top": 2})]),
        ("show all of them", [(SPLIT, {"by": "store", "period": "last week", "top": 100})]),
    ],
)
def test_the_same_list_once_more(question: str, calls: list[Any]) -> None:
    assert after(SPLIT, {"by": "store", "period": "last week", "top": 2}, question) == calls


def test_against_a_plan_in_the_same_days() -> None:
    assert after(SOLD, {"period": "ytd", "stores": "Harbor Point"}, "vs plan") == [
        ("target_progress", {"period": "ytd", "stores": "Harbor Point"})
    ]
    assert after("target_progress", {"period": "ytd"}, "by store") == [("target_progress", {"period": "ytd"})]


def test_a_difference_of_one_is_asked_back() -> None:
    august = (Call(SOLD, {"period": "august"}, {"text": "Answered."}),)
    decided = plan("difference?", august, AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("Which two?")
    held = {"period": "august", "compare_to": "july"}
    assert after(HELD, held, "what's the difference") == [(HELD, held)]


def test_days_that_are_said_are_not_said_twice() -> None:
    rate = {"metrics": ["labour_cost_pct"], "period": "this week"}
    assert after(SOLD, rate, "last week then") == [(SOLD, {**rate, "period": "last week"})]


def test_goods_behind_an_explained_change_stay_of_its_kind() -> None:
    calls = after("explain_change", {"period": "last month", "product": "dairy"}, "which products")
    assert {(name, args["product"]) for name, args in calls} == {(SPLIT, "dairy")}


def test_a_figure_that_is_not_explained_says_so() -> None:
    worst = (Call(SPLIT, {"by": "store", "metrics": ["sales_per_labour_hour"]}, {"text": "Answered."}),)
    assert plan("why", worst, AROUND).text.startswith("I can explain changes of")


@pytest.mark.parametrize(("question", "ends"), [("sort by change", ["top", "bottom"]), ("biggest loser", ["bottom"])])
def test_sorted_by_how_they_changed(question: str, ends: list[str]) -> None:
    held = {**BY_DEPARTMENT, "compare_to": "september"}
    assert [(name, args["order"], args["rank_by"]) for name, args in after(HELD, held, question)] == [
        (SPLIT, end, "change") for end in ends
    ]


def test_sorted_by_another_figure_and_one_figure_more() -> None:
    both = {**BY_DEPARTMENT, "metrics": ["units", "net_sales"]}
    assert after(SOLD, BY_DEPARTMENT, "sort by units") == [(SPLIT, both)]
    assert after(SOLD, BY_DEPARTMENT, "add margin") == [
        (SOLD, {**BY_DEPARTMENT, "metrics": ["net_sales", "gross_margin"]})
    ]
    assert after(SOLD, {"period": "yesterday"}, "with umbrellas") != after(SOLD, {"period": "yesterday"}, "add margin")


def test_a_bound_is_on_the_figure_before() -> None:
    cost = {"metrics": ["labour_cost", "labour_cost_pct"], "period": "this month", "by": "store"}
    ((name, args),) = after(SOLD, cost, "who's over 30%")
    assert (name, args["having"]) == (SPLIT, [{"metric": "labour_cost_pct", "over": "30"}])
    ((_, args),) = after(SOLD, BY_DEPARTMENT, "only those under $5,000")
    assert args["having"] == [{"metric": "net_sales", "under": "5000"}]


def test_a_cost_as_part_of_sales_is_a_rate_and_no_share() -> None:
    cost = {"metrics": ["labour_cost", "labour_cost_pct"], "period": "this month", "by": "store"}
    assert after(SOLD, cost, "as a % of sales") == [(SOLD, {**cost, "metrics": ["labour_cost_pct"]})]


@pytest.mark.parametrize("question", ["names?", "when did they start", "who was on"])
def test_who_was_on_duty_by_name(question: str) -> None:
    on_duty = {"period": "yesterday", "stores": "Harbor Point"}
    assert after("store_conditions", on_duty, question) == [("attendance", {"show": "worked", **on_duty})]


@pytest.mark.parametrize("question", ["by day", "how sure are you", "what did you base that on"])
def test_an_outlook_tells_its_days_and_how_far_off_it_was(question: str) -> None:
    assert after("sales_outlook", {"period": "next week"}, question) == [("sales_outlook", {"period": "next week"})]


def test_what_sold_best_where_a_change_was_explained() -> None:
    weekend = {"period": "weekend", "stores": "Harbor Point"}
    assert after("explain_change", weekend, "what sold well there") == [("top_products", weekend)]
    assert after("top_products", {"period": "october"}, "second best") == [("top_products", {"period": "october"})]


def test_a_receipt_that_no_answer_listed_is_asked_back() -> None:
    decided = plan("show me that receipt", (Call(SOLD, {"period": "yesterday"}, {"text": "Answered."}),), AROUND)
    assert decided.calls == ()
    assert decided.text.startswith("Which receipt do you mean?")
