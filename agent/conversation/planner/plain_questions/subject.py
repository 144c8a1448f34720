"""What the topics of sales details share: a subject with its period, stores and split, and nothing dropped unsaid.

A topic says by which words its subject is spoken of, which splits its tool has and whether it takes goods; what else is
in the question makes it another subject (None) or is named as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_split
from agent.conversation.surroundings import Surroundings

_LEFT_OUT = re.compile(
    r"\b(?:exclud(?:e|es|ing)|except(?: for)?|leaving out|leave out|not counting|not including|apart from"
    r"|other than)\b"
)
_FORECAST = re.compile(r"\b(?:forecast\w*|predict\w*|expect\w*|will (?:we|they|it|be))\b")
_COMPARISON = re.compile(
    r"\b(?:compared? (?:to|with)|versus|vs\.?|than|against|up on|down on|up from|down from|growth|grew|chang\w+"
    r"|trend\w*|(?:year|week|month)[- ]over[- ](?:year|week|month))\b"
)
_BEFORE = re.compile(r"(?:the )?(?P<unit>week|month|quarter|year) before")
_BY_PERSON = re.compile(
    r"\b(?:by|per|for each|(?:did|does|do|has|have) each) (?:individual )?(?:employees?|cashiers?|associates?"
    r"|staff(?: members?)?|team members?|servers?|person|people)\b(?: (?:get|got|make|made|earn(?:ed)?|receive[ds]?"
    r"|collect(?:ed)?))?|\b(?:which|what) (?:employees?|cashiers?|associates?|staff members?|team members?|servers?)\b"
)
_RUNNING = re.compile(r"last (?P<unit>month|quarter|year)")
"""What “compared to last month” is held against: the running one. Of a week that began today there is nothing yet."""
ONE_BY_ONE = "I can show that for a period, not as a comparison: ask for each of the two periods."
NO_SPLIT = "I can split that by {possible}, but not by {by}."


@dataclass(frozen=True, slots=True)
class Subject:
    """How a tool is asked for.

    Attributes:
        tool: its name.
        words: every word that belongs to the subject; taken out before anything else is read into the question.
        splits: the splits that the tool has, by the planner's name.
        goods: slots for a part of the range that it takes, of "product" and "department".
        limited: whether it takes a limit.
    """

    tool: str
    words: re.Pattern[str]
    splits: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    limited: bool = False
    args: Mapping[str, Any] = field(default_factory=dict)


def plan_for(subject: Subject, reading: Reading, around: Surroundings, *, by: str | None = None) -> Plan | None:
    """The calls for a question about a subject; None where it is about the future or leaves something out.

    Args:
        subject: what is asked about; a comparison in its own words ("card vs cash") must be in ``subject.words``.
        reading: the question; what a topic has read itself is blanked in it.
        around: names that the asker may use.
        by: a split that the topic has read itself.
    """
    whole = reading.text
    if names_the_future(whole) or _LEFT_OUT.search(whole) or _FORECAST.search(whole):
        return None
    spans = list(dict.fromkeys(one.phrase for one in periods(reading)))
    if len(spans) == 2 and (earlier := _BEFORE.fullmatch(spans[1])) and spans[0] == f"last {earlier['unit']}":
        spans[1] = f"the {earlier['unit']} before last"
    by = by or take_split(reading)
    if by is None and (person := _BY_PERSON.search(reading.text)) is not None:
        by = "employee"
        reading.blank(person.start(), person.end())
    if by and by not in subject.splits:
        possible = ", ".join(sorted(subject.splits)) or "nothing"
        return Plan(text=NO_SPLIT.format(possible=possible, by=by), not_so_told=True)
    hours = take_time_of_day(Reading(reading.text, reading.source))
    slots = take_slots(reading, around, subject.words)
    if slots.unknown or hours:
        return not_understood(slots.unknown or hours or "")
    unused = [
        value for name in ("product", "department") if (value := getattr(slots, name)) and name not in subject.goods
    ]
    if unused:
        return not_understood(unused[0])
    if len(spans) < 2 and _COMPARISON.search(reading.text):
        running = _RUNNING.fullmatch(spans[0]) if spans else None
        if running is None:
            return Plan(text=ONE_BY_ONE)
        spans.insert(0, f"this {running['unit']}")
    shared = {**subject.args, "by": by, **slots.args("stores", *subject.goods)}
    if subject.limited:
        shared |= slots.args("limit")
    return calls_for(subject.tool, shared, [{"period": span} for span in spans])
