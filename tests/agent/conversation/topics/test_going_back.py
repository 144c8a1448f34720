"""Short questions after rankings, campaigns and promotions: the store, the two or the households they are about."""

from __future__ import annotations

from typing import Any

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(NamedStore("S01", "Market Street", "North"), NamedStore("S02", "Harbor Point", "South")),
    departments=("Deli", "Grocery", "Produce"),
)
WORST = (
    Call(
        "store_ranking",
        {"period": "last month", "order": "worst"},
        {"table": {"columns": ["Place (count)", "Store (text)"], "rows": [[2, "Harbor Point"], [1, "Market Street"]]}},
    ),
)
FELL = (
    Call(
        "compare_periods",
        {"period": "this month", "compare_to": "last month", "by": "category", "metrics": ["gross_margin"]},
        {"text": "Gross margin. Largest rise: Milk, $20.00, up 5.0 %. Largest fall: Pork, $7.00, down 20.9 %."},
    ),
)


def asked(question: str, previous: tuple[Call, ...]) -> list[tuple[str, dict[str, Any]]]:
    return [(name, dict(args)) for name, args in plan(question, previous, AROUND).calls]


def test_what_drives_it_at_the_worst_one_is_asked_of_that_store_and_those_days() -> None:
    assert asked("what's driving it at the worst one", WORST) == [
        ("explain_change", {"period": "last month", "stores": "Harbor Point"})
    ]


def test_a_task_there_is_for_the_store_that_was_singled_out() -> None:
    ((name, args),) = asked("make a task there to review the staffing", WORST)
    assert (name, args["title"], args["store"]) == ("propose_store_task", "Review the staffing", "Harbor Point")


def test_the_products_behind_the_biggest_fall_are_those_of_what_fell_most() -> None:
    ((name, args),) = asked("which products caused the biggest drop", FELL)
    assert name == "sales_breakdown"
    assert args["where"] == [{"dimension": "category", "values": ["Pork"]}]
    assert (args["by"], args["order"], args["compare_to"]) == ("product", "bottom", "last month")


def test_the_lowest_few_of_a_split_stay_what_they_were() -> None:
    split = (Call("sales_summary", {"by": "department", "metrics": ["gross_margin"], "period": "this month"}, {}),)
    ((name, args),) = asked("lowest 5", split)
    assert (name, args["by"], args["top"], args["order"]) == ("sales_breakdown", "department", 5, "bottom")
    assert args["metrics"] == ["gross_margin"]


def test_which_of_two_is_asked_back_where_one_was_told() -> None:
    lift = (Call("promotion_lift", {"product": "frozen pizza", "period": "last month"}, {"text": "Promotions."}),)
    decided = plan("which one made more margin", lift, AROUND)
    assert not decided.calls
    assert "Name the two" in decided.text


def test_how_many_households_got_a_campaign_is_in_the_answer_about_it() -> None:
    redeemed = (Call("coupon_redemption", {"campaign": "13"}, {"text": "18.2 %."}),)
    assert asked("how many households got it", redeemed) == [("coupon_redemption", {"campaign": "13"})]
