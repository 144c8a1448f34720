"""Any question after any other gets a plan or a sentence: nothing that was answered before breaks the planner."""

from __future__ import annotations

import random
from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.thread import Call
from tests.evals.test_planner_accuracy import AROUND, CASES, FOUND
from tools.registry import catalogue

QUESTIONS = sorted({question for case in CASES for question in (case["q"], *case.get("thread", ()))})
ANSWERS: tuple[dict[str, Any], ...] = (
    FOUND,
    {"text": "Done."},
    {"text": "By department.", "table": {"columns": ["Department", "Net sales (USD)"], "rows": [["Deli", "9"]]}},
    {
        "text": "In stock.",
        "table": {"columns": ["Product", "On hand"], "rows": [["Oat milk #1234", 3], ["Tea #9", None]]},
    },
    {"text": "Ranked.", "table": {"columns": ["Store", "Place"], "rows": [["Harbor Point", 1], ["Market Street", 2]]}},
    {"error": "Which one?", "options": ["Market Street (S01)", "Harbor Point (S02)"]},
    {"error": "No product fits that."},
)


def every_plan_holds(pairs: int, seed: int) -> None:
    """Ask so many pairs of questions, the second in the thread of the first and of some answer to it."""
    chance = random.Random(seed)
    for _ in range(pairs):
        first, second = chance.choice(QUESTIONS), chance.choice(QUESTIONS)
        before = tuple(Call(name, args, chance.choice(ANSWERS)) for name, args in plan(first, (), AROUND).calls)
        decided = plan(second, before, AROUND)
        assert decided.calls or decided.text, (first, second)
        for name, args in decided.calls:
            assert set(args) <= set(catalogue()[name].arguments.model_fields), (first, second, name, args)


def test_any_question_after_any_other() -> None:
    every_plan_holds(200, seed=1)


@pytest.mark.full
def test_any_question_after_any_other_many_times() -> None:
    every_plan_holds(5_000, seed=2)
