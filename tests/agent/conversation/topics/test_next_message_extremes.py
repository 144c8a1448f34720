"""Behind the best or worst day that was asked for: where it was, why, the other end; the first row of a list."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage

from agent.conversation.planner.model import reply
from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.pointing import with_things_named
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.weekday_so_far import with_today_by_name
from tests.support.threads import AROUND
from tests.support.turns import answered_turn

DAYS = {"text": "Net sales: $9. Highest: Sat 28 Feb with $8; lowest: Tue 5 May with $1.", "table": {"rows": []}}
ARGS: dict[str, Any] = {"period": "this year", "by": "day"}


def after_days(question: str, asked: str = "what was our best day this year", **more: Any) -> list[Any]:
    return list(plan(question, (Call("sales_summary", {**ARGS, **more}, DAYS, asked),), AROUND).calls)


@pytest.mark.parametrize("question", ["at which store", "which store was that", "where was that", "and which shop"])
def test_which_store_is_of_the_day_that_was_asked_for(question: str) -> None:
    assert after_days(question) == [("sales_summary", {"period": "28 Feb", "by": "store"})]
    of_worst = after_days(question, "worst day for deli this year", department="Deli")
    assert of_worst == [("sales_summary", {"department": "Deli", "period": "5 May", "by": "store"})]


@pytest.mark.parametrize(
    "question", ["why, was there something going on", "what happened", "was anything special happening", "how come"]
)
def test_why_is_of_that_day_as_well(question: str) -> None:
    assert after_days(question) == [("explain_change", {"period": "28 Feb"})]


@pytest.mark.parametrize("question", ["by store", "by month", "which weekday is best", "sales at harbor point"])
def test_another_split_is_of_all_the_days(question: str) -> None:
    assert all(args.get("period") != "28 Feb" for _, args in after_days(question))


def test_days_of_which_no_end_was_asked_for_have_none() -> None:
    assert ("sales_summary", {"period": "28 Feb", "by": "store"}) not in after_days("at which store", "sales by day")


BEST = answered_turn("what was our best day this year", "sales_summary", ARGS, DAYS)
STORES = answered_turn(
    "at which store", "sales_summary", {"period": "28 Feb", "by": "store"}, {"text": "Market Street."}
)
OTHER = answered_turn("sales last week", "sales_summary", {"period": "last week"}, {"text": "Net sales."})


def calls(*turns: list[BaseMessage], last: str) -> list[Any]:
    said = reply([message for turn in turns for message in turn] + [HumanMessage(last)])
    return [(one["name"], one["args"]) for one in said.tool_calls]


@pytest.mark.parametrize("question", ["and the worst", "the worst day?", "what about the slowest", "lowest"])
def test_the_other_end_is_of_the_days_also_behind_one_of_them(question: str) -> None:
    assert calls(BEST, last=question) == [("sales_summary", ARGS)]
    assert calls(BEST, STORES, last=question) == [("sales_summary", ARGS)]


def test_the_other_end_is_not_looked_for_behind_something_else() -> None:
    assert calls(BEST, OTHER, last="and the worst") != [("sales_summary", ARGS)]
    assert calls(BEST, last="worst month") != [("sales_summary", ARGS)]


def test_something_going_on_is_asked_of_any_figures() -> None:
    args = {"period": "last week", "stores": "Harbor Point"}
    last = (Call("sales_summary", args, {"text": "So."}, "sales last week"),)
    assert list(plan("was there something going on", last, AROUND).calls) == [("explain_change", args)]
    assert "explain_change" not in [name for name, _ in plan("was there a promotion", last, AROUND).calls]


@pytest.mark.parametrize(("said", "row"), [("top", "10297"), ("worst", "10297"), ("best", "88001")])
def test_the_top_one_of_a_list_is_its_first_row(said: str, row: str) -> None:
    rows = {"table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}}
    last = Call("sales_breakdown", {"by": "product", "order": "bottom"}, rows, "what fell most")
    assert row in with_things_named(f"is the {said} one in stock", (last,))


DROPPED = answered_turn(
    "which products dropped most", "sales_breakdown",
    {"by": "product", "period": "last week", "compare_to": "the period before", "order": "bottom"},
    {"text": "Milk.", "table": {"columns": ["Product"], "rows": [["Milk #10297"], ["Soup #88001"]]}},
)  # fmt: skip
STOCK = answered_turn("the top one, is it out of stock", "stock_levels", {"product": "10297"}, {"text": "9 on hand."})


@pytest.mark.parametrize("question", ["no? then why", "so why did it drop", "why then", "hm ok why is it down"])
def test_why_behind_the_stock_of_a_row_is_why_the_row_moved(question: str) -> None:
    why = {"compare_to": "the period before", "period": "last week", "product": "10297"}
    assert calls(DROPPED, STOCK, last=question) == [("explain_change", why)]
    assert calls(STOCK, last=question) != [("explain_change", why)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how's monday looking so far", "how's today looking so far"),
        ("monday so far", "today so far"),
        ("how's sunday looking so far", "how's sunday looking so far"),
        ("monday sales", "monday sales"),
        ("mondays so far this year", "mondays so far this year"),
        ("last monday so far", "last monday so far"),
    ],
)
def test_the_weekday_of_today_so_far_is_today(said: str, told: str) -> None:
    assert with_today_by_name(said, AROUND) == told
