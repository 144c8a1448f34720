"""Whatever is put together out of questions, the planner answers with a plan: strict readers must not trip over it."""

from __future__ import annotations

import random

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plan import plan
from tests.evals.test_planner_accuracy import AROUND, CASES

NUMBER = 300
LINKS = (
    " vs ",
    " against ",
    " align with ",
    " and ",
    " by ",
    ", ",
    " for each ",
    " without ",
    " over $5 ",
    "; ",
    " per ",
)
TRIPPED = ("Does staffing match labor costs?", "labour hours vs labour cost by hour")
"""Two names of one subject held against each other: the search for the other figure found none and failed."""


def test_halves_of_two_questions_make_a_plan_or_a_sentence() -> None:
    chance = random.Random(5)
    asked = [case["q"] for case in CASES]
    glued = list(TRIPPED)
    for _ in range(NUMBER):
        first, second = chance.choice(asked).split(), chance.choice(asked).split()
        begun, ended = first[: chance.randint(2, 7)], second[-chance.randint(1, 6) :]
        glued.append(" ".join(begun) + chance.choice(LINKS) + " ".join(ended))
    silent = [question for question in glued if not _is_an_answer(plan(question, (), AROUND))]
    assert silent == []


def _is_an_answer(decided: Plan) -> bool:
    return bool(decided.calls or decided.text)
