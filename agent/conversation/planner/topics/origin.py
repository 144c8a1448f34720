"""Questions where the data comes from, how far it reaches, and whether it is real."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

ORIGIN = "data_origin"
_DATA = r"(?:data|numbers?|figures?|sales|stats|statistics|information|results?|dataset|database)"
_REAL = r"(?:real|fake|made[- ]up|synthetic|simulated|invented|generated|dummy|test|demo|sample|genuine|actual|live)"
_ASKS = re.compile(
    rf"^\W*(?:so |and |but |wait )*(?:is|are|was|were) (?:this|that|these|those|it|they|the|your|all|any|our"
    rf"|some)(?: of)?(?: this| that| the| it)?"
    rf"(?: (?:cost|stock|inventory|weather|traffic|visitor|staff|labou?r|price|payment|supplier|sales"
    rf"|customer))?(?: {_DATA})? (?:\w+ )?{_REAL}\b(?:[ ,]*(?:{_DATA}|or not|or|{_REAL}|stores?|people"
    rf"|customers?))*\W*$"
    rf"|\b(?:which|what|how many)(?: of)? (?:the |your |our |these |those )*{_DATA}(?: here"
    rf"| in here)? (?:is|are) {_REAL}\b"
    r"|\bhow (?:many|much) (?:days|weeks|months|years)(?: of \w+)? (?:are|is"
    r"|do|does)(?: there| you| we| it)?(?: (?:in|have|cover|span"
    rf"|go back|reach))?(?: (?:in|of|by))?(?: (?:your|the|our|this))? ?{_DATA}\b"
    rf"|\bwhere (?:do|does) (?:the |your |our |these |my )?(?:\w+ )?{_DATA} come from\b"
    rf"|\bhow real (?:is|are) (?:this|that|these|the|your)\b|\b(?:which|what|how much)(?: of)?(?: the| this| your"
    rf"| these)*(?: {_DATA})? (?:is|are) (?:{_REAL}|estimated)\b"
    rf"|\bas of (?:when|what (?:date|time|day))\b|\bhow (?:up[- ]to[- ]date|current|fresh|recent|old) (?:is"
    rf"|are) (?:this|that|these|they|it)\b"
    rf"|\bhow far back (?:do(?:es)?|can|is|are) (?:the |your |our |this |we |you |i )*(?:{_DATA})?\b"
    rf"|\b(?:what|which) (?:period|time ?frame|dates?|date range|time range|time span|years?|months?) (?:do(?:es)?|is"
    rf"|are) (?:the|your|our|this|we) ?{_DATA} (?:cover|span|include|go|available)?"
    rf"|\bwhen (?:do(?:es)?|did) (?:the|your|our) {_DATA} (?:start|begin|end|stop)\b"
    rf"|\bwhat (?:data|sources?|data sources?) (?:do|are|have|does) (?:you|we|there|this|i)(?: (?:have|use|got"
    rf"|got access to|rely on))?\W*$"
    rf"|\bwhere (?:do|does|did|is|are) (?:this|that|these|the|your|our|all this) ?{_DATA}? (?:come|coming|sourced"
    rf"|from)\b"
    rf"|\bwhen (?:was|were|did) (?:this|it|the|these|that|your|our|they) ?(?:{_DATA})? ?(?:last )?(?:updated?"
    rf"|refreshed?|synced|loaded|sync|load)\b"
    rf"|\b(?:source|origin|provenance) of (?:the|this|these|your|our|all) ?(?:{_DATA})\b"
    r"|\bdata (?:sources?|provenance"
    rf"|origin|lineage|coverage|range)\b"
    rf"|\b(?:last|latest) (?:update|refresh|sync|data point)\b|\bhow (?:much|many \w+ of) (?:history|data) (?:do|is"
    rf"|are|have)\b"
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
