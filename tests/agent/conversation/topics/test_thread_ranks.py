"""Stores, departments and hours of the figures above put in order, and why one of them stands where it does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.threads import calls_after, calls_behind

SOLD, HELD, SPLIT, WHY = "sales_summary", "compare_periods", "sales_breakdown", "explain_change"
DELI = {"metrics": ["gross_margin", "gross_margin_pct"], "period": "this month", "department": "Deli"}
RATE = ["gross_margin_pct", "gross_margin"]
LABOUR = {"metrics": ["labour_cost_pct"], "period": "last week"}


def table(*rows: list[Any]) -> dict[str, Any]:
    return {"text": "So.", "table": {"columns": ["Rank (count)", "Store (text)", "Value (%)"], "rows": list(rows)}}


@pytest.mark.parametrize("question", ["all stores", "and for each store", "all 5 stores?", "every store"])
def test_all_stores_behind_a_figure_of_all_is_told_of_each(question: str) -> None:
    assert calls_after(question, SOLD, DELI) == [(SOLD, {**DELI, "by": "store"})]


def test_all_stores_together_stays_together() -> None:
    assert (SOLD, {**DELI, "by": "store"}) not in calls_after("all stores together", SOLD, DELI)
    of_one = {"period": "last week", "stores": "Market Street"}
    assert calls_after("all stores", SOLD, of_one) == [(SOLD, {"period": "last week"})]


@pytest.mark.parametrize(
    "question",
    ["rank all 5 stores on that", "rank the stores by that", "rank the stores", "how do the other stores rank on that"],
)
def test_stores_are_ranked_by_the_figure_above(question: str) -> None:
    of_one = {"metrics": ["conversion"], "period": "last week", "stores": "Harbor Point"}
    ranked = {"by": "store", "metrics": ["conversion"], "period": "last week"}
    assert calls_after(question, SOLD, of_one) == [(SPLIT, ranked)]
    assert calls_after(question, "tender_mix", {"period": "feb"}) == [("tender_mix", {"period": "feb", "by": "store"})]


@pytest.mark.parametrize("question", ["who's worst", "which store is the lowest", "and who is worst at that"])
def test_who_is_worst_is_of_the_goods_and_figure_above(question: str) -> None:
    worst = {"by": "store", "metrics": RATE, "period": "this month", "department": "Deli", "order": "bottom"}
    assert calls_after(question, SOLD, DELI) == [(SPLIT, worst)]


def test_the_worst_of_what_costs_is_the_most() -> None:
    discounts = {"metrics": ["discounts"], "period": "last week", "department": "Deli"}
    assert calls_after("who's worst", SOLD, discounts) == [(SPLIT, {**discounts, "by": "store"})]


def test_who_is_worst_of_all_goods_stays_the_ranking_of_stores() -> None:
    ranked = {"period": "last week", "order": "worst", "metric": "labour_cost_pct"}
    assert calls_after("who was worst", SOLD, LABOUR) == [("store_ranking", ranked)]


def test_why_that_one_explains_the_figure_of_the_store_at_the_end() -> None:
    by_store = {"by": "store", "metrics": RATE, "period": "this month", "department": "Deli", "order": "bottom"}
    doc = table([1, "Maple Avenue", "39.8"], [2, "Market Street", "40.9"], [3, "Harbor Point", "43.0"])
    low = {"period": "this month", "stores": "Maple Avenue", "metric": "gross_margin_pct", "department": "Deli"}
    assert calls_behind("why is that one so bad", SPLIT, by_store, doc) == [(WHY, low)]
    assert calls_behind("why is the best one so high", SPLIT, by_store, doc) == [
        (WHY, {**low, "stores": "Harbor Point"})
    ]
    ((name, args),) = calls_behind("why is that one so bad", SOLD, {**LABOUR, "by": "store"}, doc)
    assert (name, args["stores"]) == (HELD, "Harbor Point")  # of what costs the most is bad


@pytest.mark.parametrize(
    "question", ["whats driving market street", "what's behind market street", "why is market street so high"]
)
def test_what_drives_the_labour_of_a_store_are_its_hours_and_sales(question: str) -> None:
    ((name, args),) = calls_after(question, SOLD, {**LABOUR, "by": "store"})
    assert (name, args["stores"], args["period"]) == (HELD, "Market Street", "last week")
    assert {"labour_hours", "net_sales"} <= set(args["metrics"])


@pytest.mark.parametrize(
    "question", ["sales down or hours up?", "is it hours up or wages up", "fewer sales or more hours"]
)
def test_sides_of_labour_may_say_which_way_they_go(question: str) -> None:
    ((name, args),) = calls_after(question, SOLD, {**LABOUR, "stores": "Market Street"})
    assert (name, args["stores"]) == (HELD, "Market Street")
    assert "labour_hours" in args["metrics"]


@pytest.mark.parametrize(
    ("question", "by", "order"),
    [
        ("which hours were the worst for conversion", "hour", "bottom"),
        ("which day was best for that", "day", None),
        ("which stores are lowest in conversion", "store", "bottom"),
    ],
)
def test_which_hours_or_days_were_worst_for_a_figure(question: str, by: str, order: str | None) -> None:
    held = {"metrics": ["conversion"], "period": "last week", "compare_to": "the week before", "stores": "Harbor Point"}
    ((name, args),) = calls_after(question, HELD, held)
    assert (name, args["by"], args["metrics"], args.get("order")) == (SPLIT, by, ["conversion"], order)
    assert ("stores" in args) == (by != "store")


@pytest.mark.parametrize(("question", "by"), [("which depts", "department"), ("which categories", "category")])
def test_which_departments_behind_an_explanation_are_those_that_moved(question: str, by: str) -> None:
    found = calls_after(question, WHY, {"period": "last week", "stores": "Market Street"})
    assert [(args["by"], args["rank_by"], args["order"]) for _, args in found] == [
        (by, "change", "top"),
        (by, "change", "bottom"),
    ]


def test_what_moved_is_told_once_more_by_other_groups() -> None:
    fell = {"by": "department", "period": "last week", "rank_by": "change", "order": "bottom", "compare_to": "auto"}
    ((name, args),) = calls_after("which categories", SPLIT, fell)
    assert (name, args["by"], args["order"]) == (SPLIT, "category", "bottom")
    plain = {"by": "department", "period": "last week"}
    assert all("rank_by" not in args for _, args in calls_after("by category", SPLIT, plain))


@pytest.mark.parametrize(
    "question", ["ok do the same for south", "and the south stores?", "what about the south district"]
)
def test_a_district_is_no_goods(question: str) -> None:
    north = {"metrics": ["net_sales"], "stores": "north stores", "period": "last week", "by": "store"}
    assert calls_after(question, SOLD, north) == [(SOLD, {**north, "stores": "south stores"})]


def test_a_district_held_against_another_is_told_beside_it() -> None:
    north = {"stores": "north stores", "period": "last week"}
    assert calls_after("vs south", SOLD, north) == [(SOLD, north), (SOLD, {**north, "stores": "south stores"})]
    assert calls_after("and produce", SOLD, north) == [(SOLD, {**north, "department": "Produce"})]


@pytest.mark.parametrize(
    "question",
    [
        "so harbor point is losing share? since when",
        "since when is harbor point losing share",
        "is harbor point losing share",
    ],
)
def test_the_share_of_a_store_is_told_week_by_week(question: str) -> None:
    shares = {"period": "last week", "metrics": ["net_sales"], "by": "store", "share": True}
    where = [{"dimension": "store", "values": ["Harbor Point"]}]
    told = {"by": "week", "where": where, "period": "last 12 weeks"}
    assert calls_after(question, SPLIT, shares) == [("part_of_each", told)]
    assert calls_after(question, SPLIT, {**shares, "by": "department"}) != [("part_of_each", told)]


def test_which_departments_behind_two_periods_are_those_that_moved() -> None:
    held = {"period": "thursday", "compare_to": "thursday before"}
    found = calls_after("which dept", HELD, held)
    assert [(args["rank_by"], args["order"], args["compare_to"]) for _, args in found] == [
        ("change", "top", "thursday before"),
        ("change", "bottom", "thursday before"),
    ]


def test_another_day_is_held_against_its_own_weekday() -> None:
    moved = {"by": "department", "period": "thursday", "compare_to": "thursday before", "rank_by": "change"}
    ((name, args),) = calls_after("what about fri", SPLIT, moved)
    assert (name, args["period"], args["compare_to"]) == (SPLIT, "friday", "the same day last week")


@pytest.mark.parametrize("question", ["rank them", "rank everyone on that"])
def test_rank_them_behind_a_figure_of_one_store_ranks_stores(question: str) -> None:
    of_one = {"metrics": ["conversion"], "period": "last week", "stores": "Harbor Point"}
    assert calls_after(question, SOLD, of_one) == [
        (SPLIT, {"by": "store", "metrics": ["conversion"], "period": "last week"})
    ]
    by_department = {"metrics": ["net_sales"], "period": "last week", "by": "department"}
    assert all(args.get("by") != "store" for _, args in calls_after(question, SOLD, by_department))


@pytest.mark.parametrize(
    "question", ["ok and produce specifically", "what about produce", "just the produce department"]
)
def test_one_of_the_departments_that_moved_is_held_against_the_same_days(question: str) -> None:
    moved = {"by": "department", "period": "yesterday", "compare_to": "last sunday", "stores": "Market Street"}
    held = {"period": "yesterday", "compare_to": "last sunday", "stores": "Market Street", "department": "Produce"}
    assert calls_after(question, SPLIT, {**moved, "rank_by": "change"}) == [(HELD, held)]
    assert calls_after(question, SPLIT, moved) != [(HELD, held)]


@pytest.mark.parametrize("question", ["who's dragging it down", "who is pulling us down the most"])
def test_who_drags_it_down_are_the_stores_that_fell(question: str) -> None:
    held = {"period": "last week", "compare_to": "the week before", "metrics": ["gross_margin"]}
    ((name, args),) = calls_after(question, HELD, held)
    assert (name, args["by"], args["rank_by"], args["order"]) == (SPLIT, "store", "change", "bottom")
