"""“Compare baseline vs promotional endcap performance”: what promotions brought above what would have been sold anyway.

The baseline is the expectation that the lift is measured against, so the question is one for the lift. A strict reader.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

TOOL = "promotion_lift"
_BASE = re.compile(r"\b(?:the |our |a )?(?:base ?line|base)(?: (?:sales|volume|demand|performance|levels?|units))?\b")
_DISPLAY = re.compile(r"\b(?:end[- ]?caps?|end[- ]?aisles?|displays?|gondola ends?|front[- ]of[- ]store|in-aisle)\b")
_MAILER = re.compile(r"\b(?:mailers?|flyers?|circulars?|leaflets?)\b")
_PROMO = re.compile(
    r"\b(?:promo(?:s|tions?|tional|ted)?|offers?|deals?|specials?|feature[ds]?|incremental|uplift|lift|on[- ]sale)\b"
)
_GROUPS = (
    ("promotion", r"promo(?:tion)?s?|offers?"),
    ("department", r"departments?|depts?"),
    ("category", r"(?:product )?categor(?:y|ies)"),
    ("brand", r"brands?|manufacturers?"),
    ("store", r"stores?|shops?|locations?"),
    ("display", r"displays?|end ?caps?|places? of display"),
    ("mailer", r"mailers?|flyers?"),
)
_GROUP = re.compile(
    r"\b(?:by|per|for each|in each|of each|each|across(?: the| our| all)*) "
    rf"(?P<group>{'|'.join(words for _, words in _GROUPS)})\b"
)
_WORDS = re.compile(
    rf"(?<![\w-])(?:{_DISPLAY.pattern[2:-2]}|{_MAILER.pattern[2:-2]}|{_PROMO.pattern[2:-2]}|compare|comparison|vs\.?|versus"
    r"|against|to|with|and|over|above|beyond|between|relative|compared|how|do|does|did|are|is|was|were|show|give|me|us|what"
    r"|which|the|our|my|a|an|of|for|from|on|in|at|sales|revenue|units|volume|performance|perform(?:ed|ing)?|results?|much"
    r"|more|than|sold|sell|selling|difference|products?|items?|goods|price|priced|period|during|activity)(?![\w-])"
)
_NAMED = "Every place of display that was recorded is told; “{said}” is one of them where it was used."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the lift over the baseline; None where no promotion is meant or a word is not known."""
    reading = Reading.of(text)
    whole = reading.text
    display, mailer = _DISPLAY.search(whole), _MAILER.search(whole)
    if not (display or mailer or _PROMO.search(whole)) or names_the_future(whole):
        return None
    group = reading.take(_GROUP)
    if reading.take(_BASE) is None:
        return None
    by = next((name for name, words in _GROUPS if group and re.fullmatch(words, group["group"])), None)
    by = by or ("display" if display else "mailer" if mailer else None)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit:
        return None
    single = display is not None and not display[0].startswith("display")
    opening = _NAMED.format(said=display[0]) if single and display else ""
    args = {"by": by, **slots.args("period", "stores", "product", "department")}
    return Plan(calls_for(TOOL, args, []).calls, opening=opening)
