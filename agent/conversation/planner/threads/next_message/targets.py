"""Behind targets: who set them, and behind an answer that knows of none what would be held against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.unrecorded.further import WHO_SET_TARGETS
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings

TARGETS, RATES = "target_progress", "sales_rates"
_WHO_SET = re.compile(
    rf"{LEAD}(?:who|how|why)(?: (?:did|was|were|do|does|has|have|is|are))?(?: (?:they|we|you|corporate|it|that"
    rf"|head office))?"
    r" ?(?:set|sets|decided?s?|made|came up with|come up with|picked|pick|chose|agreed|calculated?|worked out|put)\b"
    r"(?! up).{0,40}$|"
    rf"{LEAD}where (?:do|did|does) (?:they|it|that|those|these|the \w+) come from\W*$"
)
_ON_AVERAGE = re.compile(
    rf"{LEAD}(?:what|how much|how) (?:did|do|have) (?:they|it|we|those(?: stores)?|each(?: (?:of them"
    rf"|store))?)(?: each)?"
    r" (?:do|make|sell|take|sold|made|done)(?: (?:in|over|during) (?:those|these|that|the) (?:(?P<n>\d+|two"
    r"|three|four"
    r"|five|six) )?(?:weeks?|time|days))? (?:on average|per week|a week|each week|weekly)\W*$"
)
_HELD = re.compile(
    r"\b(?:targets?|budgets?|goals?|quotas?|gaps?|plan|shortfall|behind|short)\b|\b(?:made|make|making|hit"
    r"|hitting|reach"
    r"|reached|miss|missed) (?:it|them|that)\b|\bhow (?:far|close)\b"
)
_NUMBER_OF_WEEKS = re.compile(r"\b(?P<n>\d{1,2}|two|three|four|five|six|eight) (?:weeks?|wks?)\b")
_A_FIGURE = re.compile(r"\b(?:sales|revenue|margin|transactions|units|traffic|conversion|baskets?|labou?r)\b")
_OTHER_TARGET = re.compile(
    rf"{LEAD}(?:what )?if .{{0,30}}\b(?:targets?|budgets?|goals?|quotas?)\b.{{0,40}}\b(?:made|make|hit|reach\w*"
    rf"|miss\w*|met"
    r"|ahead|behind|over|under)\b.{0,20}$"
)
NO_OTHER_TARGET = (
    "How a store would stand against another target I do not work out. The targets as they are, where they are "
    "recorded, are told by “are we on target this month?”."
)
NO_TARGETS = (
    "No targets are recorded for those days, so nothing can be held against one, neither as it is nor as it might be. "
    "What each store took is known: “sales by store by week”."
)


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call or sentence such words mean; None for every other message, and behind answers without targets."""
    last = previous[-1]
    if _OTHER_TARGET.match(plain):
        return Plan(text=NO_TARGETS if last.failed else NO_OTHER_TARGET)
    if last.name != TARGETS or len(previous) > 1:
        return None
    if _WHO_SET.match(plain):
        return Plan(text=WHO_SET_TARGETS)
    if (found := _ON_AVERAGE.match(plain)) is not None:
        return Plan(((RATES, {"per": "week", **_weeks(found["n"], last), **kept(last, "stores"), "by": "store"}),))
    return Plan(text=NO_TARGETS) if last.failed and _HELD.search(plain) and not _A_FIGURE.search(plain) else None


def _weeks(said: str | None, last: Call) -> dict[str, Any]:
    """The days that were spoken of: as many weeks as are named now or were before."""
    number = said or ((before := _NUMBER_OF_WEEKS.search(last.question.lower())) and before["n"])
    if not number:
        return {"period": "last 4 weeks"} if last.failed else kept(last, "period")
    many = int(number) if str(number).isdigit() else WORD_NUMBERS[str(number)]
    return {"period": f"last {many} weeks"}
