"""Steps of time that nothing is told by, two weeks or half a year: by the nearest that it is, and that it is said."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, together

_NOT_VISITS = "".join(
    f"(?<!\\b{word} )" for word in ("visiting", "shopping", "visit", "shop", "come", "paid", "order", "buy", "bought")
)
_TWO = "(?:two|2|other|second)"
_STEPS = tuple(
    (re.compile(rf"{_NOT_VISITS}\b(?:{said})\b", re.IGNORECASE), plainer, span)
    for said, plainer, span in (
        (rf"bi-? ?weekly|fortnightly|(?:by|per|every|each) fortnight|(?:every|each) {_TWO} weeks?", "weekly", "week"),
        (rf"bi-? ?monthly|(?:every|each) {_TWO} months?", "monthly", "month"),
        (
            r"semi-? ?annual(?:ly)?|bi-? ?annual(?:ly)?|half[- ]?yearly|(?:by|per|every|each) half[- ]?year",
            "quarterly",
            "quarter",
        ),
    )
)
_SAID = "No figure is told by steps of two {span}s: each {span} stands by itself, to be added up in twos."


def in_whole_steps(question: str) -> str:
    """The question by the step that figures are told by.

    >>> in_whole_steps("bi-weekly labor cost")
    'weekly labor cost'
    """
    for said, plainer, _ in _STEPS:
        question = said.sub(plainer, question)
    return question


def with_its_step_said(question: str, decided: Plan) -> Plan:
    """The plan with the sentence for a step that the question says and that is told by halves."""
    for said, _, span in _STEPS:
        if decided.calls and said.search(question):
            decided = replace(decided, opening=together(_SAID.format(span=span), decided.opening))
    return decided
