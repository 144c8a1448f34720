"""The whole of the stock at once: a health check, what to put in order, what does not agree with the books."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.stock_words import DEAD, LEVELS, OUT, OVER, PHANTOM, RISK
from agent.conversation.surroundings import Surroundings

_STOCK = r"(?:inventory|stock|stocks|stock levels?)"
_HEALTH = re.compile(
    rf"\b{_STOCK} (?:health(?: check)?|check-?up|overview|audit|insights?|analysis|alerts?|warnings?|issues?|problems?"
    r"|risks?|snapshot|optimi[sz]ations?)\b|\b(?:optimi[sz]e|improve|fix|analy[sz]e|review|assess|manage) (?:the "
    rf"|our |my )?{_STOCK}\b|\b(?:health|state|shape|issues|problems|alerts) (?:of|with|in) (?:the |our "
    rf"|my )?{_STOCK}\b|\bhow (?:healthy|good) is (?:the |our |my )?{_STOCK}\b|\bhow(?:'s| is) (?:the |our "
    rf"|my )?{_STOCK}(?: looking| doing)?(?=\W*$)|\bwhat (?:is|'s) wrong with (?:the |our |my )?{_STOCK}\b"
)
_BOOKS = re.compile(
    rf"\b{_STOCK} (?:\w+ )?(?:discrepanc\w+|mismatch\w*|inaccurac\w+|errors?|anomal\w+|inconsistenc\w+)\b"
    r"|\b(?:discrepanc\w+|mismatch\w*|inaccurac\w+|errors?|anomal\w+|inconsistenc\w+) (?:in|with|of) (?:the |our "
    rf"|my )?{_STOCK}\b"
)
_OTHER = re.compile(r"\b(?:why|abc|turn\w*|slow\w*|dead|forecast\w*|shrink\w*|transfers?|last (?:week|month|year))\b")
_WORDS = re.compile(
    rf"\b(?:{_STOCK}|health(?: check)?|check-?up|overview|audit|insights?|analysis|alerts?|warnings?|issues?|problems?"
    r"|risks?|snapshot|optimi[sz]\w*|improve|fix|analy[sz]e|review|assess|manage|complete|full|state|shape|healthy"
    r"|discrepanc\w+|mismatch\w*|inaccurac\w+|errors?|anomal\w+|inconsistenc\w+|of|with|in|wrong|looking|doing|run"
    r"|detect|scan|check|find|suggestions?|recommendations?|today|current|critical|any|ways?|to|should)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls for a look at the whole stock; None for every other question."""
    reading = Reading.of(text)
    whole = reading.text
    books = _BOOKS.search(whole) is not None
    if not (books or _HEALTH.search(whole)) or _OTHER.search(whole):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.period not in (None, "today"):
        return not_understood(slots.unknown or slots.product or slots.period or "")
    shared = slots.args("stores", "department")
    if books:
        return Plan(((PHANTOM, shared), (OUT, {**shared, "where": "negative"})))
    return Plan(((LEVELS, shared), (RISK, shared), (DEAD, shared), (OVER, shared)))
