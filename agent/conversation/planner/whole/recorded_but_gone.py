"""“Likely out of stock but show inventory”: on the books and probably not there, which is phantom stock.

What is recorded as gone is another list; so is what lies in the back room or in another store. A strict reader.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "phantom_stock"
_GONE = re.compile(
    r"\b(?:out[- ]of[- ]stocks?|oos|stock[- ]?outs?|sold out|r[au]n out|gone|empty|missing|unavailable"
    r"|(?:not|isn't|aren't|n't) (?:\w+ly )?(?:there|here|(?:on|to be found on) the shel(?:f|ves)|available|in stock"
    r"|in the store))\b"
)
_STOCK = r"(?:inventory|stock|on[- ]?hand|units|pieces|quantit(?:y|ies)|balances?)"
_RECORDED = re.compile(
    rf"\b(?:show(?:s|ing|n)?|ha(?:s|ve|ving)|report(?:s|ed|ing)?|appear(?:s|ing)?|list(?:s|ed)?|record(?:s|ed)?|with)"
    rf" (?:up |as |in |a |an |some |any |still |positive |available |being |having |recorded |system )*{_STOCK}\b"
    r"|\b(?:system|computer|books?|records?|counts?|till|pos|inventory|stock) (?:\w+ )?(?:says?|shows?|thinks?|claims?"
    r"|believes?|reports?)\b|\bon (?:the books|paper|record)\b|\bin the system\b|\b(?:positive|recorded) "
    rf"{_STOCK}\b|\b(?:on[- ]hand|in stock)\b"
)
_DOUBT = re.compile(
    r"\b(?:likely|probab\w+|possib\w+|may|might|could|perhaps|suspect\w*|presumab\w+|really|actually|physically"
    r"|potential\w*|apparent\w*|in reality|in fact|but|yet|though|although|while|despite|however|still)\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_GONE.pattern[2:-2]}|{_DOUBT.pattern[2:-2]}|{_STOCK}|show(?:s|ing|n)?|report(?:s|ed|ing)?"
    r"|appear(?:s|ing)?|list(?:s|ed)?|record(?:s|ed)?|positive|available|system|computer|books?|counts?|says?|thinks?"
    r"|claims?|believes?|on paper|in the system|on record|in stock|products?|skus?|items?|goods|lines|things|which|what"
    r"|where|are|is|be|do|does|we|you|our|the|a|an|some|any|it|its|it's|they|their|that|have|has|having|with|to|of"
    r"|for|in|on|as|and|or|even|also|me|find|give|identify|flag|tell|there|there's|no (?:recent )?sales"
    r"|not selling|not sold|haven't sold|hasn't sold|n't|not|up|being|shel(?:f|ves)|stores?|right now|now|recent"
    r"|very|most)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for goods that are recorded and probably gone; None where a word is not known or one side is missing."""
    reading = Reading.of(text)
    whole = reading.text
    gone = _GONE.search(whole)
    if gone is None or _DOUBT.search(whole) is None:
        return None
    rest = whole[: gone.start()] + "|" + whole[gone.end() :]
    if _RECORDED.search(rest) is None:
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.period or slots.product or " and " in (slots.stores or ""):
        return None  # “out of stock at Harbor Point but in stock at Market Street”
    return calls_for(TOOL, slots.args("stores", "department", "limit"), [])
