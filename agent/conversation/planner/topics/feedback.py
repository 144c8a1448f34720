"""What customers say: the themes of a period, or what was said about one subject."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import take_limit, take_split
from agent.conversation.surroundings import Surroundings

THEMES, SEARCH = "feedback_themes", "search_feedback"
_PEOPLE = r"(?:guests?|customers?|shoppers?|people|clients?|visitors?|consumers?)"
_SAY = (
    "(?:say(?:ing|s)?|said|tell(?:ing|s)?|told|think(?:ing|s)?|thought|feel(?:ing)?|felt|complain(?:ing|ed|s)?"
    "|talk(?:ing|ed)?|mention(?:ing|ed|s)?|write|writing|wrote|rat(?:e|ed|ing) us|dislike|hate|love|happy|unhappy"
    "|satisfied|dissatisfied)"
)
_NOUN = (
    "(?:(?:customer |guest |shopper |google |online |bad |negative |critical |positive |good |recent |latest"
    "|common )*(?:feedback|reviews?|complaints?|comments?|survey (?:results?|responses?|answers?)|testimonials?"
    "|praise|compliments?)|(?:customer |guest |shopper )(?:satisfaction|sentiment|ratings?|experience|opinions?"
    "|pain points?|issues?|problems?|concerns?|grievances?)|satisfaction (?:rate|level|index|percentage|trends?)"
    "|(?:satisfaction|star|review|feedback|survey|average|avg|mean|overall|the|our) (?:ratings?"
    "|scores?)|csat|nps|net promoter(?: score)?|voice of the customer|recurring (?:issues?|themes?|problems?"
    "|complaints?))"
)
_SUBJECT = re.compile(
    rf"\b{_NOUN}\b|\b{_PEOPLE} (?:have |been |are |were |is |do |did |really |mostly |most )*{_SAY}\b|\bcomplain\w*\b"
    rf"|\bwhat (?:bothers|annoys|upsets|pleases) (?:our |the )?{_PEOPLE}\b|\b(?:happy|unhappy|satisfied|dissatisfied"
    rf"|angry) (?:are |were )?(?:our |the )?{_PEOPLE}\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:sales?|revenue|margins?|stock(?!-)|inventory|forecasts?|reorder|performance reviews?|why|coupons?"
    "|campaigns?|review (?:the|our|my|sales)|segments?|baskets?|staff (?:reviews?|feedback)|spend(?:ing|s)?|buy(?:ing"
    r"|s)?|bought|employee (?:reviews?|feedback|satisfaction)|purchas\w+|supplier\w*|vendor\w*)\b"
)
_ON_ONE_THING = re.compile(r"\b(?:feedback|reviews?|complaints?|comments?) (?:about|on|mention\w*)\b")
_WHY_UNHAPPY = re.compile(
    rf"\bwhy (?:are|were|is|do) (?:our |the )?{_PEOPLE} (?:so )?(?:complain\w*|unhappy|dissatisfied)"
)
_REPLY = re.compile(r"\b(?:reply|respond|answer|write back|apologi[sz]e|delete|remove)\b")
_ABOUT = re.compile(
    r"\b(?:about|on|regarding|concerning|mention(?:s|ing|ed)?|related to|relating to|to do with|of|with|for(?= (?:long"
    r"|bad|poor|rude|dirty|slow))|complain\w* (?:about|of|that))\s+(?:the |our |that |how |there (?:is|are|was"
    r"|were) )*(?P<what>[\w][\w' -]{2,80}?)\s*$"
)
_NOT_SUBJECTS = re.compile(
    "(?:(?:about )?us|customers?|guests?|them|it|this|that|these|those|each|main|most|all|any|everything|anything"
    "|things?|experiences?|issues?|themes?|ratings?|the|our|and|stores?|shops?|visits?|our stores?|feedback|reviews?"
    "|shopping(?: (?:with|at|in))?(?: us)?)"
)
_SUMMED = re.compile(r"\b(?:average|main|recurring|themes?|issues|ratings?|summar\w+)\b")
_A_NAME = re.compile(r"[a-z][a-z'&-]*[a-z](?: [a-z][a-z'&-]*[a-z]){0,2}")
"""Goods as they are called, and not “5 star” or “high-price, zero-”."""
_ONE_SIDE = re.compile(r"\b(?:negative|bad|critical|positive|good)\b")
ALL_NOTES = "All that was said of it is looked through, good and bad: each stands with its rating, where there is one."
_AGAINST = re.compile(r"\b(?:compared (?:to|with)|vs\.?|versus|than|against) (?:the )?last (?P<unit>week|month)\b")
_CLAIMED = re.compile(
    rf"\b(?:{_NOUN}|{_PEOPLE}|{_SAY}|what(?:'s| is| are| do| did| was| were)?|which|how|tell|show|give|list|find"
    r"|search|any|there|gets?|got|had|have|has|been|summar\w+|main|recurring|common(?:est)?|biggest|top|key|average"
    "|mean|overall|issues?|themes?|problems?|pain points?|topics?|trends?|ratings?|rated?|scores?|quotes?|verbatims?"
    "|examples?|with|from|about|by|us|received|left|word of mouth|satisfaction|satisfied|dissatisfied|sentiment"
    "|report|overview|doing|going|go|down|up|changed?|negative|positive|bad|good|critical|are|our|being|raised"
    "|hear(?:ing|d)?|read(?:ing)?|often|frequent(?:ly)?|bothers?|annoys?|upsets?|pleases?|happy|unhappy|angry|why|so"
    r"|most|fewest|highest|lowest|stores?|worst|best|current(?:ly)?|rate|level|index"
    r"|percentage|concerns?|grievances?|improve\w*|raise|increase|lately)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what customers say, None for any other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _SUBJECT.search(whole) or _REPLY.search(whole) or names_the_future(whole):
        return None
    if _ELSEWHERE.search(whole) and not (_ON_ONE_THING.search(whole) or _WHY_UNHAPPY.search(whole)):
        return None
    about = _about(text, around)
    if about is not None:
        return about
    against = reading.take(_AGAINST)
    by = take_split(reading)
    if by not in (None, "store"):
        return not_understood(f"by {by}")
    limit = take_limit(reading)
    slots = take_slots(reading, around, _CLAIMED)
    period = slots.period or (f"this {against['unit']}" if against else None)
    part = slots.product or slots.department
    if part and not slots.unknown and not by and _A_NAME.fullmatch(part.lower()):
        found = calls_for(SEARCH, {"text": part, "stores": slots.stores, "limit": limit}, [{"period": period}])
        return replace(found, opening=ALL_NOTES) if _ONE_SIDE.search(whole) else found
    if left := part or slots.unknown:
        return not_understood(left)
    return calls_for(THEMES, {"stores": slots.stores, "by": by, "limit": limit}, [{"period": period}])


def _about(text: str, around: Surroundings) -> Plan | None:
    """The search for what was said about one subject."""
    reading = Reading.of(text)
    found = take_periods(reading)
    stores = take_stores(reading, around)
    line = re.sub(r"\s+", " ", reading.text).strip(" ,.?!")
    line = re.sub(r"(?:\s+(?:at|in|for|from|during|over|on|the|of|please))+$", "", line)
    match = _ABOUT.search(line)
    what = match["what"].strip(" ,.'-") if match else ""
    if not what or _NOT_SUBJECTS.fullmatch(what) or _SUBJECT.fullmatch(what) or len(what.split()) > 8:
        return None
    if _SUMMED.search(what):
        return None
    return calls_for(SEARCH, {"text": what, "stores": stores}, [{"period": one.phrase} for one in found] or [{}])
