"""Average days, floor space, districts, gross against net, the largest sales, and what they must not claim."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import Group, take_people
from agent.conversation.surroundings import NamedStore, Surroundings

AROUND = Surroundings(
    today="2026-11-23",
    stores=(
        NamedStore("S01", "Market Street", "North"),
        NamedStore("S02", "Harbor Point", "South"),
        NamedStore("S03", "Maple Avenue", "East"),
    ),
    departments=("Deli", "Produce"),
)
MINE = {
    "sales_rates", "largest_transactions", "customers_across_stores", "peak_hours_by_store", "coupon_use_by_household",
}  # fmt: skip


def test_some_of_the_districts_are_a_condition_and_all_of_them_are_not() -> None:
    some = plan("north vs south last week", (), AROUND).calls
    assert some == (
        (
            "sales_breakdown",
            {
                "by": "district",
                "where": [{"dimension": "district", "values": ["North", "South"]}],
                "period": "last week",
            },
        ),
    )
    every = plan("north vs south vs east last week", (), AROUND).calls
    assert every == (("sales_breakdown", {"by": "district", "stores": "all stores", "period": "last week"}),)


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("average deli sales per day last month", {"department": "Deli"}),
        ("average daily produce sales last month", {"department": "Produce"}),
        ("average daily sales at Harbor Point last month", {"stores": "Harbor Point"}),
    ],
)
def test_a_part_named_beside_an_average_is_kept(question: str, condition: dict[str, str]) -> None:
    decided = plan(question, (), AROUND).calls
    assert decided == (("sales_rates", {"per": "day", "period": "last month", **condition}),)


@pytest.mark.parametrize(
    "question",
    [
        "average daily sales on weekends",
        "average daily sales excluding deli",
        "average transaction value per day",
        "transactions over $200 in Deli last week",
        "products with sales over $200",
        "stores with sales over $5000 yesterday",
        "refunds over $50 last week",
        "which customers bought bread at several stores",
        "peak hours on Saturdays by store",
        "gross vs net margin last week",
    ],
)
def test_what_would_lose_a_condition_is_not_claimed(question: str) -> None:
    assert not MINE & {name for name, _ in by_rules(question, (), AROUND).calls}


def test_shares_of_cash_stay_with_the_payment_mix() -> None:
    assert plan("which store has the highest cash share", (), AROUND).calls[0][0] == "tender_mix"
    assert plan("card vs cash by store", (), AROUND).calls == (("tender_mix", {"by": "store"}),)


def test_one_person_homes_are_not_taken_for_the_unmarried() -> None:
    assert take_people(Reading.of("single person households")) == [Group("household_size", ("1",))]
    both = take_people(Reading.of("married households or single ones"))
    assert {group.values for group in both} == {("Married",), ("Unmarried",)}


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("average labour hours per day by store last week", {"metric": "labour_hours", "by": "store"}),
        ("average daily labor hours last week", {"metric": "labour_hours"}),
        ("average visitors per day at Harbor Point last week", {"metric": "visitors", "stores": "Harbor Point"}),
    ],
)
def test_what_is_counted_beside_the_sales_has_an_average_day_too(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("sales_rates", {"per": "day", "period": "last week", **args}),)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("rank of Maple Avenue by conversion last month", {"period": "last month", "metric": "conversion"}),
        ("where does Harbor Point rank by sales per labour hour", {"metric": "sales_per_labour_hour"}),
        ("what place is Harbor Point in last month", {"period": "last month"}),
        ("how does Maple Avenue rank", {}),
    ],
)
def test_the_place_of_one_store_is_one_among_all(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("store_ranking", args),)


def test_the_rank_of_goods_is_no_ranking_of_stores() -> None:
    assert plan("rank of produce by sales last week", (), AROUND).calls[0][0] != "store_ranking"


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("sales per hour on average last week", {"measure": "net_sales", "period": "last week"}),
        ("average hourly transactions at Harbor Point", {"measure": "transactions", "stores": "Harbor Point"}),
        ("average hourly visitors last week", {"measure": "visitors", "period": "last week"}),
    ],
)
def test_an_average_hour_is_none_of_sums_by_hour(question: str, args: dict[str, str]) -> None:
    assert plan(question, (), AROUND).calls == (("peak_times", args),)


@pytest.mark.parametrize("question", ["average sales per labour hour last week", "average sales per hour worked"])
def test_an_hour_of_work_is_no_hour_of_the_day(question: str) -> None:
    assert plan(question, (), AROUND).calls[0][0] != "peak_times"
