"""“Vs September”, “up or down on the week before” behind an answer whose tool holds nothing against other days.

Both spans are told, one beside the other, instead of sales of everything or an error about a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.threads.next_message.spans import with_spans_meant
from agent.conversation.planner.threads.once_more.before import FIGURES
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.spelling import mended
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_MORE = r"(?:up|down|higher|lower|more|less|fewer|better|worse)"
_HELD = re.compile(
    rf"{LEAD}(?:(?:vs\.?|versus|against|compared?(?: (?:that|it|this))? (?:to|with)|(?:is|was) (?:that|this|it)"
    rf" {_MORE} "
    rf"(?:than|on|from|vs)|{_MORE}(?: or {_MORE})? (?:than|on|from|vs))) (?P<when>.{{3,45}}?)\W*$"
)
_NO_SPAN = frozenset({"usual", "normal", "norm", "average"})
_OTHERS_SAY = frozenset({*FIGURES, "top_products", "store_ranking", "sales_outlook", "days_ahead"})
"""Answers that other tools hold against other days, or that are of days to come."""
BESIDE = "The days above first, then those it is held against:"


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call before, and once more for the days that are said; None for every other message."""
    last, found = previous[0], _HELD.match(plain)
    spec = catalogue().get(last.name)
    if found is None or spec is None or spec.proposes or last.name in _OTHERS_SAY or "weekday" in last.args:
        return None  # days that come again are held against other such days
    several = any(one.name != last.name for one in previous)
    if several or "period" not in spec.arguments.model_fields or "compare_to" in spec.arguments.model_fields:
        return None
    reading = Reading.of(mended(found["when"]))
    said = take_periods(reading)
    if len(said) != 1 or said[0].phrase in _NO_SPAN or re.sub(r"\b(?:the|in|on|of)\b|\W", "", reading.text):
        return None
    held = (last.name, {**last.args, "period": said[0].phrase})
    told = Plan((held,)) if last.failed else Plan(((last.name, dict(last.args)), held), opening=BESIDE)
    return with_spans_meant(told, (last,), around)
