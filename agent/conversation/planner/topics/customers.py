"""Questions about customers as groups: segments, cohorts, trends, who is at risk, and the largest by pseudonym.

New against returning customers is another subject (``shoppers``), and so is profit by customer group (``margin``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future, periods
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.came_first import take_first_bought
from agent.conversation.planner.wording.words import take_limit, take_split
from agent.conversation.surroundings import Surroundings

SEGMENTS, MOVEMENT, RISK, TRENDS, TOP, COHORTS = (
    "customer_segments",
    "segment_movement",
    "customers_at_risk",
    "customer_trends",
    "top_customers",
    "customer_cohorts",
)
_PEOPLE = r"(?:customers?|shoppers?|households?|members?|clients?|buyers?|guests?)"
_NAMED = (
    "(?:champions?|loyal(?:ists?)?|potential loyalists?|best|top|vip|most valuable|at[- ]risk|slipping away"
    "|occasional|lost|needing attention)"
)
_NOT_OURS = re.compile(
    r"\bwhy\b|\b(?:profit\w*|margins?|coupons?|campaigns?|mailers?|promo\w*|refunds?|feedback|reviews?|complain\w*"
    r"|employees?|cashiers?|forecast\w*|predict\w*|names?|e-?mails?|phones?|address(?:es)?|contact|new (?:vs\.?|versus"
    "|and|or|against)|first[- ]time|returning|repeat|retention rate|per (?:customer|visit|transaction)|came in"
    r"|walked in)\b|\bsend\b|\bnew customers?\b"
)
_RISK = re.compile(
    rf"\b{_PEOPLE} (?:\w+ )?at risk\b|\bat[- ]risk {_PEOPLE}\b|\bchurn\w*|\battrition\b|\bwin[- ]?back\b|\b(?:lapsed"
    rf"|lapsing|inactive|dormant|overdue|lost|slipping) {_PEOPLE}\b|\b(?:los(?:e|ing|t)"
    rf"|risk of losing) (?:\w+ )?{_PEOPLE}\b|\b{_PEOPLE} (?:are )?(?:leaving|slipping away|lapsing)\b|\b(?:{_PEOPLE}"
    rf"|who) (?:\w+ ){{0,3}}(?:stopped|quit) (?:coming|buying|shopping|visiting)\b|\b(?:{_PEOPLE}"
    rf"|who) (?:\w+ ){{0,2}}(?:haven't|have not|hasn't|has not|didn't|no longer|not) (?:\w+ ){{0,2}}(?:come|came|been"
    r"|bought|shopped|visited|returned|coming|buy|shop|visit)\b"
)
_MOVEMENT = re.compile(
    r"\bsegments? (?:movement|migration|changes?|shifts?|transitions?)\b|\bmov\w+ between (?:\w+ )?segments\b"
    rf"|\b(?:mov\w+|shift\w*|migrat\w+|chang\w+|switch\w*) (?:\w+ )?(?:from|between|their|to) .{{0,40}}\b(?:segments?"
    rf"|{_NAMED})\b|\bhow many {_NAMED}\b.{{0,30}}\bbecame\b|\bstay(?:ing|ed)? loyal\b"
)
_TRENDS = re.compile(
    rf"\b{_PEOPLE}\b.{{0,40}}\bspend(?:s|ing)? (?:\w+ )?(?:more|less)\b|\bspend(?:s|ing)? (?:\w+ )?(?:more"
    rf"|less)\b.{{0,40}}\b{_PEOPLE}\b|\b{_PEOPLE}\b.{{0,40}}\b(?:increas|decreas|reduc|grow|declin|cut)\w* (?:their "
    r"|in )?(?:spend\w*|purchases|baskets?)\b|\b(?:spend(?:ing)? (?:trends?|patterns?)"
    rf"|trends? in spend\w*)\b.{{0,30}}\b{_PEOPLE}\b|\b{_PEOPLE} spend(?:ing)? trends?\b|^\W*(?:and )?(?:less"
    rf"|more) over time\W*$|^\W*(?:and )?describe (?:these|those|such) {_PEOPLE}\W*$|\b{_PEOPLE}\b.{{0,20}}\bspen(?:d"
    rf"|t|ding)\b.{{0,20}}\bover time\b"
)
_COHORTS = re.compile(rf"\bcohorts?\b|\b{_PEOPLE} (?:retention|retained)\b|\bretention (?:of|by|table|curve|analysis)\b"
                      rf"|\bretain(?:ing)? (?:our |my )?{_PEOPLE}\b")  # fmt: skip
_ATTENTION = re.compile(
    rf"\b(?:which|what) (?:{_PEOPLE} )?(?:cohorts?|segments?|groups?)\b.{{0,40}}\b(?:attention|worr\w+|concern\w*"
    r"|declin\w+|fall\w*|fell|dropp\w*|weak\w*|shrink\w*|slow\w* down|focus|action|help)\b"
    rf"|\b(?:{_PEOPLE} )?(?:cohorts?|segments?)\b.{{0,30}}\bneeds? (?:\w+ )?attention\b"
)
_SEGMENTS = re.compile(
    r"\bhow many (?:of our |of the |our )?(?:champions?|loyalists?|potential loyalists"
    rf"|{_NAMED} {_PEOPLE})\b(?! .{{0,30}}\bbecame)|\b{_PEOPLE} (?:segment\w*|groups?|types?|profiles?|personas?"
    rf"|clusters?)\b|\brfm\b|\bsegment(?:s|ation)? of (?:\w+ )?{_PEOPLE}\b|\b(?:segment|cluster|profile) (?:our |my "
    rf"|the )?{_PEOPLE}\b|\b(?:types?|kinds?|groups?|clusters?) of {_PEOPLE}\b|\bby (?:loyalty |shopper "
    rf"|{_PEOPLE} )?segments?\b|\b(?:each|every|per) (?:{_PEOPLE} )?segment\b|\bdescribe (?:our |my "
    rf"|the )?(?:{_NAMED} )?{_PEOPLE}\b|\bwhat (?:do|does|are) (?:our|my|the) {_NAMED} {_PEOPLE} (?:like|look like"
    r"|buy)\b|\b(?:loyalty|shopper) segments?\b"
)
_WHEN = re.compile(
    rf"\b(?:when|what time|which (?:days?|hours?|times?)|what (?:days?|hours?)|heat ?-?map|hours)\b.{{0,40}}"
    rf"\b(?:{_NAMED} {_PEOPLE}|{_PEOPLE} segments?|segments?|{_PEOPLE} groups?|champions|loyalists)\b"
    rf"|\b(?:{_PEOPLE} )?segments?\b.{{0,30}}\b(?:shopping hours|visit hours|by (?:hour|weekday)|heat ?-?map)\b"
)
_TOP = re.compile(
    r"\b(?:top|best|biggest|largest|highest|most valuable|highest[- ]spending|vip)(?: \w+)?(?: spending)? (?:spenders"
    rf"|{_PEOPLE})\b|\b{_PEOPLE} (?:by|with (?:the )?(?:most|highest|largest)) (?:\w+ )?(?:revenue|sales|spend\w*"
    rf"|value|purchases)\b|\b(?:which|what) {_PEOPLE} (?:spend|spent|buy|bought) (?:the )?most\b|\bwho (?:spends|spent"
    r"|buys) (?:the )?most\b"
)
_SHARE = re.compile(
    rf"\bgini\b(?! .*\bproducts?)|\b(?:top|best|biggest) \d+ ?(?:%|percent|per cent) of (?:our |my |the )*{_PEOPLE}\b"
    rf"|\bcustomer concentration\b|\bconcentrat\w+\b.{{0,40}}\b{_PEOPLE}\b|\b{_PEOPLE}\b.{{0,30}}\b(?:80/20|pareto"
    rf"|deciles?|concentrat\w+)\b|\b(?:80/20|pareto|deciles?)\b.{{0,30}}\b{_PEOPLE}\b|\b(?:few|small number of"
    rf"|handful of) {_PEOPLE}\b.{{0,40}}\bsales\b"
)
_TOP_PERCENT = re.compile(r"\b(?:top|best|biggest) (?P<percent>\d{1,2}) ?(?:%|percent|per cent)")
_CLUSTERS = re.compile(r"\b(?:clusters?|clustering|k-?means)\b")
_SEGMENT_NAME = re.compile(rf"\b(?P<name>{_NAMED}) (?:{_PEOPLE})\b|\b(?P<alone>champions|loyalists)\b")
_CLAIMED = re.compile(
    rf"(?<![\w-])(?:{_PEOPLE}|{_NAMED}|segment(?:s|ed|ation|ing)?|groups?|types?|kinds?|profiles?|personas?|clusters?"
    "|clustering|k-?means|rfm|cohorts?|retention|retained?|retaining|table|curve|analysis|churn(?:ing|ed)?|attrition"
    "|win[- ]?back|risk|lapsed|lapsing|inactive|dormant|overdue|los(?:e|ing|t)|leaving|slipping|away|stopped|quit"
    "|coming|buying|shopping|visiting|haven't|hasn't|have|been|bought|shopped|visited|longer|spend(?:s|ing|ers)?"
    r"|spent|more|less|over time|time|trends?|patterns?|describe|these|those|such|increas\w+|decreas\w+|reduc\w+"
    r"|cut(?:ting)?|movements?|migrat\w+|transitions?|shifts?|mov(?:e|es|ed|ing)|between|becam?e|attention|needs?"
    r"|needing|worr\w+|concern\w*|focus|action|heat ?-?map|hours?|days?|when|shop|shops|visits?|buy|buys|revenue"
    r"|net sales|sales|spend|value|valuable|purchases|concentrat\w+|gini|coefficient|pareto|80/20|deciles?|across"
    r"|over|spread|or|\d+ ?(?:%|percent|per cent)|few|handful|small number|biggest|largest|highest"
    "|highest[- ]spending|break ?down|stay(?:ing|ed)?|loyal|like|look|are|were|by weekday|weekday|them|who|their"
    r"|each|from|shopper|loyalty|customer|used to|than before|percent(?:age)?|share|much|make|account)(?![\w-])"
)

_TOP_COUNT = re.compile(r"\b(?:top|best|biggest|largest) (?P<n>\d{1,5})\b(?! ?(?:%|percent|per cent))")
_MAKING = re.compile(r"\bmaking (?P<n>\d{1,3}) ?%")
_MAKE_UP = re.compile(
    r"\b(?:make up|makes? up|account(?:s|ed)? for|contribut\w+|bring(?:s)? in|generate[sd]?|represent)\b|\b(?:share"
    r"|percent(?:age)?|proportion|how much) of (?:our |the |total |all )*(?:sales|revenue)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about customers as groups; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    found = next((make(whole) for pattern, make in _KINDS if pattern.search(whole)), None)
    if found is None:
        return None
    tool, args = found
    if tool == RISK and _ANY_STORE.search(whole):
        return Plan(text=_ONE_STORE)
    if tool == TRENDS and split_instead(take_people(Reading(whole)), whole):
        return None  # one kind of household against another is no change over time
    said = [one.phrase for one in periods(reading)]
    if args.get("by_share") and (named := _TOP_PERCENT.search(whole)):
        args["top_percent"] = int(named["percent"])
    if args.get("by_share") and (making := reading.take(_MAKING)) is not None and int(making["n"]):
        args["sales_percent"] = int(making["n"])
    if (
        tool == TOP
        and (many := _TOP_COUNT.search(whole)) is not None
        and (_MAKE_UP.search(whole) or int(many["n"]) > 50)
    ):
        args |= {"by_share": True, "top_count": int(many["n"])}
        reading.blank(many.start("n"), many.end("n"))
    if tool == COHORTS and "view" not in args and (first := take_first_bought(reading)):
        args["first_bought"] = first
        said = [one.phrase for one in periods(reading)]
    limits = tool == TOP and not args.get("by_share")
    split = None if args.get("view") == "hours" else take_split(reading)
    limit = take_limit(reading) if limits else None
    slots = take_slots(reading, around, _CLAIMED)
    unknown = slots.unknown or slots.product or slots.department or (said[1] if len(said) > 1 else "")
    if tool == COHORTS and split == "month":
        split = None  # cohorts are of months
    if unknown or split:
        return not_understood(unknown or f"by {split}")
    args |= slots.args("period", "stores") | ({"limit": limit} if limit is not None else {})
    often = tool == TOP and not args.get("by_share") and _BY_VISITS.search(whole)
    args |= {"rank_by": "visits"} if often else {}
    return calls_for(tool, args, [], _BY_SALES if tool == TOP and _BY_UNITS.search(whole) else "")


_ANY_STORE = re.compile(
    r"\b(?:at|in|by|per) (?:any|each|every|which|what|one)(?: of (?:the|our|my))? (?:stores?|shops?|locations?)\b"
)
_ONE_STORE = (
    "Churn is not told store by store, as many shop at several. Name one: “customers at risk at Harbor Point”. "
    "“Customers "
    "by store this month against last month” tells how many came."
)
_BY_VISITS = re.compile(
    r"\bby (?:the )?(?:number of )?(?:visits|trips|transactions|orders|frequency|purchases)\b"
    r"|\bmost (?:often|frequent\w*)\b"
)
_BY_UNITS = re.compile(r"\bby (?:the )?(?:number of )?(?:units|items|pieces)\b")
_BY_SALES = "Customers are ranked by their net sales; how often each came stands beside it in the table."


def _segments(whole: str) -> tuple[str, dict[str, Any]]:
    return SEGMENTS, {"method": "clusters"} if _CLUSTERS.search(whole) else {}


def _hours(whole: str) -> tuple[str, dict[str, Any]]:
    named = _SEGMENT_NAME.search(whole)
    args = {"view": "hours", "segment": (named["name"] or named["alone"]) if named else None}
    return SEGMENTS, {key: value for key, value in args.items() if value}


def _cohorts(whole: str) -> tuple[str, dict[str, Any]]:
    return COHORTS, {"view": "attention"} if _ATTENTION.search(whole) else {}


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], tuple[str, dict[str, Any]]]], ...] = (
    (_ATTENTION, _cohorts),
    (_MOVEMENT, lambda _: (MOVEMENT, {})),
    (_WHEN, _hours),
    (_RISK, lambda _: (RISK, {})),
    (_TRENDS, lambda _: (TRENDS, {})),
    (_COHORTS, _cohorts),
    (_SHARE, lambda _: (TOP, {"by_share": True})),
    (_SEGMENTS, _segments),
    (_TOP, lambda _: (TOP, {})),
)
"""The more particular kind before the more general."""
