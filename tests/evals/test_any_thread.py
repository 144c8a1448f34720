"""Any question after any other gets a plan or a sentence: nothing that was answered before breaks the planner."""

from __future__ import annotations

import random
from typing import Any

import pytest

from agent.conversation.planner.plan import plan
from agent.conversation.planner.threads.remembered import Call
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


def broken_plans(pairs: int, seed: int) -> list[tuple[Any, ...]]:
    """What breaks when so many pairs are asked, the second in the thread of the first and of some answer to it.

    A pair breaks if it gets neither a call nor a sentence, or a call with an argument that its tool does not take.
    """
    chance = random.Random(seed)
    broken: list[tuple[Any, ...]] = []
    for _ in range(pairs):
        first, second = chance.choice(QUESTIONS), chance.choice(QUESTIONS)
        before = tuple(Call(name, args, chance.choice(ANSWERS)) for name, args in plan(first, (), AROUND).calls)
        decided = plan(second, before, AROUND)
        if not (decided.calls or decided.text):
            broken.append((first, second))
        for name, args in decided.calls:
            if not set(args) <= set(catalogue()[name].arguments.model_fields):
                broken.append((first, second, name, args))
    return broken


def test_any_question_after_any_other() -> None:
    assert broken_plans(200, seed=1) == []


@pytest.mark.full
def test_any_question_after_any_other_many_times() -> None:
    assert broken_plans(5_000, seed=2) == []
