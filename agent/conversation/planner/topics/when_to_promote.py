"""On which day a promotion works best: it cannot be told where promotions are recorded by first and last day only."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

_PROMO = (
    r"(?:promo(?:tion)?s?|special offers?|specials?|sales? promotions?|deals?|offers?|discounts?|sale|happy hours?)"
)
_DAY = r"(?:week ?)?(?:days?|times?|weekdays?|hours?|weeks?|months?)"
_BEST = rf"(?:best|right|ideal|good|better|worst|optimal|perfect|most effective) {_DAY}"
_SHOULD = rf"(?:(?:which|what) {_DAY}(?: of (?:the )?(?:week|month|year))?|when) should (?:we|i)"
_RUN = r"(?:run|running|hold|have|having|start|launch|do|doing|schedule|put on|offer|plan)"
_ASKED = re.compile(
    rf"\b(?:{_BEST}|{_SHOULD})\b(?:(?! (?:did|was|were|had)\b).){{0,40}}?\b{_RUN} (?:an? |our |the |my |more |new "
    rf"|next )*{_PROMO}\b|\b{_BEST}(?: of (?:the )?(?:week|month|year))? (?:for|to) (?:an? |our |the |my "
    rf"|new )*{_PROMO}\W*$|\b(?:which|what|when|best) ?(?:{_DAY})? (?:do|are) (?:our |the |my )*{_PROMO} (?:work"
    r"|perform|do|sell) (?:best|well)\b"
)
NOT_MEASURED = (
    "On which day or at what time a promotion works best I cannot tell: promotions are recorded by their first and "
    "last day and run for days on end, so no day can be held against the same day without. What I can give: the "
    "busiest and the quietest days (“peak times last month”), sales by weekday (“average daily sales by weekday”), "
    "and what promotions brought (“promotion lift last month”)."
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001  every topic is asked alike
    """The sentence that says so; None for every other question."""
    return Plan(text=NOT_MEASURED) if _ASKED.search(Reading.of(text).text) else None
