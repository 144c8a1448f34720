"""“Where did revenue drop?”, “where do we have the best margins?”: in which stores, or departments of an only store."""

from __future__ import annotations

import re

from agent.conversation.surroundings import Surroundings

_FIGURE = (
    r"(?P<figure>(?:net |gross |total )?(?:sales|revenue|profits?|(?:gross |profit )?margins?|basket (?:sizes?"
    r"|values?)|average "
    r"(?:basket|order|transaction)(?: value| size)?|aov|atv|conversion(?: rates?)?|(?:foot ?)?traffic|footfall"
    r"|visitors|transactions"
    r"|orders|discounts?|refunds?|returns?|units(?: sold)?|upt|labou?r costs?))"
)
_MOVES = r"(?P<move>drop|fall|decline|decrease|shrink|grow|rise|increase|improve|go up|go down|change)"
_MOVING = (
    r"(?P<moving>dropping|falling|declining|decreasing|shrinking|growing|rising|increasing|improving|going up"
    r"|going down)"
)
_FURTHEST = r"(?! (?:the )?(?:most|least|furthest|fastest))"
_END = r"(?P<end>best|highest|strongest|most|biggest|lowest|worst|weakest|least|fewest|smallest)"
_OUR = r"(?:(?:the|our|my) )?"
_HAVE = r"which {places} have the \g<end> \g<figure>"
_ROWS = tuple(
    (re.compile(rf"^\W*where {asked}", re.IGNORECASE), plain)
    for asked, plain in (
        (rf"(?:did|does|do) {_OUR}{_FIGURE} {_MOVES}\b{_FURTHEST}", r"in which {places} did \g<figure> \g<move>"),
        (rf"(?:is|are|was|were) {_OUR}{_FIGURE} {_MOVING}\b", r"which {places} have \g<moving> \g<figure>"),
        (rf"(?:do|did) (?:we|i|you) (?:have|see|get|make) (?:the )?{_END} {_FIGURE}", _HAVE),
        (rf"(?:is|are|was|were) {_OUR}{_FIGURE} (?:the )?{_END}\b", _HAVE),
    )
)
_AT_ITS_END = re.compile(rf"^\W*(?:the )?(?P<what>{_END} (?!where\b)[^?]{{3,60}}?),? where\W*$", re.IGNORECASE)
"""“Worst sell-through where?”, “most stock-outs last month, where?”."""


def with_places(text: str, around: Surroundings) -> str:
    """The question with what “where” stands for; as it is where it asks for no figure's place."""
    places = "departments" if len(around.stores) == 1 else "stores"
    for asked, plain in _ROWS:
        if found := asked.match(text):
            return found.expand(plain.replace("{places}", places)) + text[found.end() :]
    if found := _AT_ITS_END.match(text):
        return f"which {places} have the {found['what']}"
    return text
