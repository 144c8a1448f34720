"""Questions where the data comes from, how far it reaches, and whether it is real."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

ORIGIN = "data_origin"
_DATA = (
    r"(?:(?:transactions?|sales|pos) data|data|numbers?|figures?|sales|stats|statistics|information|results?"
    r"|dataset|database)"
)
_REAL = r"(?:real|fake|made[- ]up|synthetic|simulated|invented|generated|dummy|test|demo|sample|genuine|actual|live)"
_ASKS = re.compile(
    r"^\W*(?:so |and |but |wait )*(?:is|are|was|were) (?:this|that|these|those|it|they|the|your|all|any|our"
    "|some)(?: of)?(?: this| that| the| it)?(?: (?:cost|stock|inventory|weather|traffic|visitor|staff|labou?r|price"
    rf"|payment|supplier|sales|customer))?(?: {_DATA})? (?:\w+ )?{_REAL}\b(?:[ ,]*(?:{_DATA}|or not|or|{_REAL}|stores?"
    rf"|people|customers?))*\W*$|\b(?:which|what|how many)(?: of)? (?:the |your |our |these |those )*{_DATA}(?: here"
    rf"| in here)? (?:is|are) {_REAL}\b|\bhow (?:many|much) (?:days|weeks|months|years)(?: of \w+)? (?:are|is|do"
    "|does)(?: there| you| we| it)?(?: (?:in|have|cover|span|go back|reach))?(?: (?:in|of|by))?(?: (?:your|the|our"
    rf"|this))? ?{_DATA}\b|\bwhere (?:do|does) (?:the |your |our |these |my )?(?:\w+ )?{_DATA} come from\b"
    rf"|\bwhere (?:do|did) (?:you|we) (?:get|take|pull|draw) (?:the |your |our |these |this |all )*{_DATA} from\b"
    r"|\bhow real (?:is|are) (?:this|that|these|the|your)\b|\b(?:which|what|how much)(?: of)?(?: the| this| your"
    rf"| these)*(?: {_DATA})? (?:is|are) (?:{_REAL}|estimated)\b|\bas of (?:when|what (?:date|time|day))\b"
    r"|\bhow (?:up[- ]to[- ]date|current|fresh|recent|old) (?:is|are) (?:this|that|these|they|it)\b"
    rf"|\bhow far back (?:do(?:es)?|can|is|are) (?:the |your |our |this |we |you |i )*(?:{_DATA})?\b|\b(?:what"
    "|which) (?:period|time ?frame|dates?|date range|time range|time span|years?|months?) (?:do(?:es)?|is"
    rf"|are) (?:the|your|our|this|we) ?{_DATA} (?:cover|span|include|go|available)?|\bwhen (?:do(?:es)?|did) (?:the"
    rf"|your|our) {_DATA} (?:start|begin|end|stop)\b|\bwhat (?:data|sources?|data sources?) (?:do|are|have"
    r"|does) (?:you|we|there|this|i)(?: (?:have|use|got|got access to|rely on))?\W*$|\bwhere (?:do|does|did|is"
    rf"|are) (?:this|that|these|the|your|our|all this) ?{_DATA}? (?:come|coming|sourced|from)\b|\bwhen (?:was|were"
    rf"|did) (?:this|it|the|these|that|your|our|they) ?(?:{_DATA})? ?(?:last )?(?:updated?|refreshed?|synced|loaded"
    rf"|sync|load)\b|\b(?:source|origin|provenance) of (?:the|this|these|your|our|all) ?(?:{_DATA})\b"
    rf"|\b(?:time (?:range|span|frame|period)|date range|span of time|range of (?:dates|time)"
    rf"|first and last (?:day|date)) (?:of|in|covered by|for) (?:the |your |our |this )*{_DATA}\b"
    r"|\bdata (?:sources?|provenance|origin|lineage|coverage|range)\b|\b(?:last|latest) (?:update|refresh|sync"
    r"|data point)\b|\bhow (?:much|many \w+ of) (?:history|data) (?:do|is|are|have)\b"
)
_OTHER = re.compile(
    r"\b(?:freshness|trust|finance|accounting|differ\w*|match|reconcil\w*|system|spreadsheet|margin|cost)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call for a question where the data comes from; None for every other."""
    whole = Reading.of(text).text
    if not _ASKS.search(whole) or _OTHER.search(whole):
        return None
    return Plan(((ORIGIN, {}),))
