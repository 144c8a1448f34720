"""“Where” asks for the places of a figure: stores, or departments where only one store can be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.conversation.planner.plain_questions.where_it_is import with_places
from agent.conversation.planner.plan import plan
from tests.evals.test_planner_accuracy import AROUND

ONE_STORE = replace(AROUND, stores=AROUND.stores[:1])


@pytest.mark.parametrize(
    ("asked", "tool", "metric"),
    [
        ("Where did profit fall last month?", "compare_periods", "gross_margin"),
        ("Where do we have the highest discounts?", "sales_summary", "discounts"),
        ("Where is our traffic growing?", "compare_periods", "visitors"),
        ("Where was the conversion rate lowest last week?", "sales_summary", "conversion"),
    ],
)
def test_where_is_in_which_stores(asked: str, tool: str, metric: str) -> None:
    ((name, args),) = plan(asked, (), AROUND).calls
    assert (name, args["by"], args["metrics"][0]) == (tool, "store", metric)


def test_of_an_only_store_it_is_in_which_departments() -> None:
    ((name, args),) = plan("Where did sales drop last week?", (), ONE_STORE).calls
    assert (name, args["by"], args["period"]) == ("compare_periods", "department", "last week")


@pytest.mark.parametrize(
    "asked", ["Where are we losing money?", "Where is the peanut butter?", "Where did conversion fall the most?"]
)
def test_other_places_are_left_to_others(asked: str) -> None:
    assert with_places(asked, AROUND) == asked
