"""Gross against net sales: what lies between the two, in one answer."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.plain_questions.subject import Subject, plan_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.surroundings import Surroundings

SUMMARY, ABOUT = "sales_summary", "about_figures"
METRICS = ("gross_sales", "discounts", "returns", "net_sales")
_SOLD = r"(?: (?:sales|revenue|takings|turnover))?"
_LINK = r"(?:,? ?(?:vs\.?|versus|and|or|against|to|from|minus|less|compared (?:to|with)|-|/) ?)"
_CLAIM = re.compile(
    rf"\b(?:gross{_SOLD}{_LINK}(?:our |the )?net{_SOLD}|net{_SOLD}{_LINK}(?:our |the )?gross{_SOLD})(?! (?:margin"
    r"|profit))(?!\w)"
)
_LOWER = (
    "(?:(?:so |much |a lot |that |always |far )*(?:lower|less|smaller|below|under|different|not the same|more|higher"
    "|bigger))"
)
_WHY_LOWER = re.compile(
    rf"\bwhy (?:is|are|was|were) (?:the |our |my )?(?:net{_SOLD} {_LOWER} (?:than|from|as|to)? ?(?:the |our )?gross"
    rf"|gross{_SOLD} {_LOWER} (?:than|from|as|to)? ?(?:the |our )?net){_SOLD}(?! (?:margin|profit))(?!\w)"
    rf"|\bwhy (?:is there a |the )?(?:difference|gap) between (?:the |our )?(?:gross{_SOLD} and net"
    rf"|net{_SOLD} and gross){_SOLD}(?! (?:margin|profit))(?!\w)"
)
_OTHER = re.compile(
    r"\b(?:why|margins?|profits?|mean|define|definition|how (?:do|does|is|are)(?! (?:you|we|i|one) (?:get"
    r"|go|come|move|walk|arrive)\b)|explain|weight|tax(?:es)?|forecast\w*"
    r"|employees?|customers?|transactions|units)\b"
)
_WORDS = re.compile(
    r"\b(?:gross|net|sales|revenue|takings|turnover|difference|differ|gap|spread|bridge|reconcil\w+|between|walk|versus|vs\.?"
    r"|against|compar\w+|and|or|minus|less|from|to|how|do|you|we|i|one|get|go|come|move|walk|arrive|what(?:'s)?|our|the|was|were|is|of|show)(?!\w)"
)
_SUBJECT = Subject(
    SUMMARY,
    _WORDS,
    frozenset({"store", "day", "week", "month", "weekday", "hour", "department", "category"}),
    frozenset({"product", "department"}),
    args={"metrics": list(METRICS)},
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question that sets gross sales against net; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if reading.take(_WHY_LOWER):
        shown = plan_for(_SUBJECT, reading, around)
        return Plan(((ABOUT, {"metric": "net_sales"}), *shown.calls), shown.text) if shown else None
    if not reading.find(_CLAIM):
        return None
    if _OTHER.search(whole):
        return None
    others = [name for name in take_dimensions(Reading(whole)) if name not in _SUBJECT.splits]
    if others:
        return None
    reading.take(_CLAIM)
    return plan_for(_SUBJECT, reading, around)
