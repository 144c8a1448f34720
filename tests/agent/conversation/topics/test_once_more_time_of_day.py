"""Behind the sales of some hours: those after them, their part of the day, another store; an hour in the morning."""

from __future__ import annotations

from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from tests.support.threads import AROUND, Found, calls_after

ARGS: dict[str, Any] = {"period": "last 4 weeks", "department": "Pastry", "stores": "Harbor Point"}


def hours(said: str) -> list[dict[str, Any]]:
    return [{"dimension": "hour", "values": [said]}]


def after(question: str, said: str = "0-10", **more: Any) -> Found:
    return calls_after(question, "sales_breakdown", {**ARGS, "where": hours(said), **more})


@pytest.mark.parametrize(
    ("question", "before", "then"),
    [
        ("and after", "0-10", ["10-24"]),
        ("and after 10", "0-10", ["10-24"]),
        ("later?", "5-12", ["12-24"]),
        ("what about before that", "18-24", ["0-18"]),
        ("the rest of the day", "5-12", ["0-5", "12-24"]),
    ],
)
def test_hours_beside_those_keep_goods_and_store(question: str, before: str, then: list[str]) -> None:
    assert after(question, before) == [("sales_breakdown", {**ARGS, "where": hours(one)}) for one in then]


def test_after_another_hour_is_not_after_these() -> None:
    assert ("sales_breakdown", {**ARGS, "where": hours("10-24")}) not in after("and after 3")
    assert calls_after("and after", "sales_summary", ARGS) == []


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("so most of it sells before noon?", "0-12"),
        ("how much of it before 10am", "0-10"),
        ("is half of it sold after 5pm", "17-24"),
        ("what % is sold in the morning", "5-12"),
    ],
)
def test_most_of_it_by_then_is_a_part_of_the_day(question: str, span: str) -> None:
    told = [("sales_breakdown", {**ARGS, "where": hours(span), "of_total": True})]
    assert after(question) == told
    assert calls_after(question, "sales_summary", ARGS) == told


def test_another_store_beside_it_keeps_the_hours() -> None:
    both = {**ARGS, "where": hours("0-10"), "stores": "Harbor Point and Maple Avenue", "by": "store"}
    assert after("compare to maple avenue") == [("sales_breakdown", both)]
    each = [
        {**ARGS, "where": hours("0-10"), "of_total": True, "stores": store}
        for store in ("Harbor Point", "Maple Avenue")
    ]
    assert after("vs maple avenue", of_total=True) == [("sales_breakdown", one) for one in each]


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("how's pastry doing in the mornings before 10 at harbor point", "0-10"),
        ("pastry sales before 9 in the morning at harbor point", "0-9"),
        ("pastry sales after 6 in the evening at harbor point", "18-24"),
    ],
)
def test_an_hour_in_the_morning_is_one_before_noon(question: str, span: str) -> None:
    ((name, args),) = plan(question, (), AROUND).calls
    assert (name, args["where"], args["department"]) == ("sales_breakdown", hours(span), "Pastry")


@pytest.mark.parametrize("question", ["sales after 10 days", "sales last week", "which day is most of it"])
def test_other_messages_cut_no_hours(question: str) -> None:
    assert all(args.get("where") != hours("10-24") for _, args in after(question))
