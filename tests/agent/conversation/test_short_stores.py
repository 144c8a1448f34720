"""A store said by its name written short is that store, in every reader and for the network."""

from __future__ import annotations

import pytest

from agent.conversation.planner.plan import by_rules, plan
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.surroundings import NamedStore, Surroundings
from tests.evals.test_planner_accuracy import AROUND


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("sales maple ave vs harbor pt", "sales Maple Avenue vs Harbor Point"),
        ("traffic market st. yesterday", "traffic Market Street yesterday"),
        ("who worked at Station-Rd?", "who worked at Station Road?"),
        ("how did market st. do. and maple ave's margin", "how did Market Street do. and Maple Avenue's margin"),
        ("and market st. What sold best?", "and Market Street. What sold best?"),
    ],
)
def test_a_name_written_short_is_written_out(said: str, whole: str) -> None:
    assert written_out(said, AROUND) == whole


@pytest.mark.parametrize(
    "said",
    [
        "put up a sign at Market Street: “Market St. closes at 9”",
        "sales of maple syrup",
        "market stall",
        "Harbor Port sales",
    ],
)
def test_what_is_no_store_or_stands_in_quotes_stays(said: str) -> None:
    assert written_out(said, AROUND) == said


def test_a_store_that_is_named_short_is_found_by_its_whole_name() -> None:
    around = Surroundings(today="2026-11-23", stores=(NamedStore("S01", "Elm Ave", ""),))
    assert written_out("sales at elm avenue", around) == "sales at Elm Ave"


@pytest.mark.parametrize(
    "question",
    [
        "days of cover {} vs {}",
        "gmroi {} vs {}",
        "sales {} vs {} yesterday",
        "who worked more than 40 hours last week at {}",
        "how many items are at zero at {}",
        "markdown list meat {}",
    ],
)
def test_no_question_loses_it(question: str) -> None:
    short, whole = question.format("maple ave", "station rd"), question.format("Maple Avenue", "Station Road")
    assert by_rules(short, (), AROUND) == by_rules(whole, (), AROUND)
    decided = plan(short, (), AROUND)
    assert decided == plan(whole, (), AROUND)
    assert "Maple Avenue" in str(decided.calls)
