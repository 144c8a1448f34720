"""“When did we last sell bananas?”, “first sale of the new mug”: the day, not what sold in a period."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

LAST = "first_and_last_sale"
_SELL = r"(?:sell|sold|s(?:ale|ell)s? of|had a sale of)"
_CLAIM = re.compile(
    r"^\W*(?:and |so |ok )*(?:on )?(?:when|what day|which day|what date|which date|what(?:'s| is| was) the (?:last"
    r"|first|latest) (?:time|day|date)(?: that)?|(?:the )?(?:last|latest|first) time)\b.*\b(?:last|first|latest"
    rf"|most recently|{_SELL})\b.*\b{_SELL}\b|^\W*(?:and |so |ok )*(?:when|what day|which day|what date"
    rf"|which date) .*\b(?:last|first|latest) {_SELL}\b|^\W*(?:and |so |ok )*(?:when|what day|which day|what date"
    rf"|which date) .*\b{_SELL} (?:last|first|most recently)\b|^\W*(?:and |so |ok )*(?:when|what day|which day) (?:was"
    r"|is) the (?:last|first|latest|most recent) (?:sale|purchase)\b(?= (?:of|for|in) )|^\W*(?:(?:what(?:'s| is| was)"
    "|show me) )?(?:the )?(?:last|latest|first|most recent) (?:sale|time we sold|day we sold|sold date"
    r"|selling date) (?:(?:of|for|in|at) )?(?!\d|(?:week|month|year|day|quarter)\b)\w|\bhow (?:long"
    rf"|many days) (?:ago )?(?:has it been |is it |was it )?since .*\b{_SELL}\b|\bhow long ago did .*\b{_SELL}\b"
)
_OTHER = re.compile(
    r"\b(?:customers?|shoppers?|households?|employees?|cashiers?|receipts?|transactions?|amount|register|most|best"
    r"|least|worst|not sold|haven't sold|out of|price|below cost|gift cards? sold)\b"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:when|what|which|day|date|time|last|latest|first|most recent(?:ly)?|recent|sell|sold|sales?|selling"
    "|purchase|of|for|did|do|does|we|i|was|is|the|that|had|has|have|it|been|since|how long|how many days|ago|any|an?"
    r"|ever|get|our|show|me|were|anyone|bought|on|time)(?![\w-])|'s\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question when something sold last or first; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole):
        return None
    # “Last” alone would be read as a period.
    while reading.take(re.compile(r"\b(?:last|latest|first|most recent(?:ly)?)\b(?! (?:week|month|year|quarter|\d))")):
        pass
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period or slots.limit:
        return not_understood(slots.unknown or slots.period or "a number")
    if not (slots.product or slots.department):
        return None
    return calls_for(LAST, slots.args("product", "department", "stores"), [])
