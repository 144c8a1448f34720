"""A question by its concepts: every word is known, and one tool tells what they stand for together."""

from __future__ import annotations

from agent.conversation.planner.concepts.asked import Asked
from agent.conversation.planner.concepts.bag import bags
from agent.conversation.planner.concepts.elsewhere import lists_of
from agent.conversation.planner.concepts.figures import of_sales
from agent.conversation.planner.concepts.lexicon import readings_of
from agent.conversation.planner.concepts.meant import as_meant
from agent.conversation.planner.concepts.told import of_a_tool
from agent.conversation.planner.kept_conditions import with_conditions
from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings
from tools.metrics import METRICS


def by_concepts(question: str, around: Surroundings) -> Plan | None:
    """The plan for a question whose every word is a known concept, or that two of them are not recorded together.

    None where a word is not known, or no tool tells it.
    """
    asked = Asked.of(question, around)
    if asked is None:
        return None
    goods, inside = asked.of_goods(), asked.of_unknown_goods()
    return (
        _read(asked, question, around)
        or (_read(goods, question, around, of_tools=True) if goods else None)
        or (_read(inside, question, around) if inside else None)
    )


def _read(asked: Asked, question: str, around: Surroundings, *, of_tools: bool = False) -> Plan | None:
    """The plan for what is asked; with ``of_tools`` none for sums of the sales, whose goods the readers know."""
    impossible: Plan | None = None
    for text in dict.fromkeys((asked.rest, asked.without_conditions())):
        for bag in (one for said in readings_of(text) for one in bags(said)):
            if bag.unknown:
                continue
            bag = as_meant(bag)
            if any(name not in METRICS for name in bag.figures):
                decided = lists_of(bag, asked, of_a_tool) or of_a_tool(bag, asked)
            else:
                counted = any(group.counted for group in bag.groups)
                decided = of_sales(bag, asked) if counted or not of_tools else None
            if decided is not None and decided.calls:
                kept = with_conditions(question, decided, around, lambda rest: by_concepts(rest, around) or Plan())
                return None if kept.text else kept  # a condition would be left out
            impossible = impossible or decided
    return impossible
