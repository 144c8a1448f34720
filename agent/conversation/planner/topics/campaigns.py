"""Questions for what campaigns and coupons there are: how many, how long, whom they reached, what was used."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings

FACTS = "campaign_facts"
_C = r"(?:(?:marketing |direct[- ]mail |mail(?:ing)? )?campaigns?)"
_DAYS = re.compile(
    rf"\b(?:which|what) {_C}(?: \w+)? (?:ran|runs?|lasted|lasts|was|were|is|had) (?:for )?(?:the )?(?:longest"
    rf"|shortest)\b|\b(?:longest|shortest)(?:[- ]running)? {_C}\b|\bhow long (?:did|does|do|was|were|is"
    rf"|are) (?:\w+ ){{0,3}}?{_C}|\bhow many (?:days|weeks) (?:did|does|was|were|do) (?:\w+ ){{0,2}}?{_C}"
    rf"|\b(?:duration|length)s? of (?:\w+ ){{0,2}}?{_C}|\b(?:which|what) (?:type|kind) of {_C}\b.*\b(?:longest"
    rf"|shortest|duration|days)\b|\b{_C} types?\b.*\b(?:longest|shortest)\b|\bhow many coupons? (?:does|did|do|has"
    rf"|had) (?:\w+ ){{0,2}}?{_C}(?: \w+)? (?:offer|have|include|contain|carry|come with)|\b{_C} (?:durations?"
    rf"|lengths?)\b|\bwhen (?:did|was|were|does) (?:\w+ )?{_C}(?: \w+)? (?:start|end|run|active|begin)"
    rf"|\baverage (?:duration|length) of (?:\w+ ){{0,2}}?{_C}"
    rf"|\b{_C} (?:that )?(?:(?:are|were) )?(?:running|active|live) (?:on|in|during|at|between)\b"
)
_REACH = re.compile(
    rf"\b(?:which|what) {_C}(?: \w+)? (?:reached|targeted|was sent to|were sent to|went to|had|covered|contacted"
    "|received by|has) (?:the )?(?:most|fewest|largest number of|highest number of|smallest number of"
    r"|greatest number of|largest) ?(?:households?|customers?|people|recipients|audience|members)\b|\b(?:largest"
    rf"|biggest|smallest) {_C}(?: by (?:households|audience|reach|recipients))?\b|\b{_C} (?:with|by) (?:the )?(?:most"
    r"|largest|highest|number of) (?:households|recipients|audience)\b|\bhow many (?:households|customers|people"
    "|members) (?:were |was |are |have been )?(?:reached|targeted|sent|mailed|contacted)(?: by| for| of| in"
    rf"| to)? (?:the )?{_C}(?: \w+)?|\b(?:reach|audience|size) of (?:the )?{_C}|\bhow many (?:households|customers"
    rf"|people|members) (?:did|does) (?:each|every|\w+ )?{_C}(?: \w+)? (?:reach|target)|\bhow many (?:households"
    rf"|customers|people|members) (?:received|got|were sent|were targeted by|were in) (?:each|every|per) {_C}"
)
_HOW_MANY = re.compile(
    rf"\b(?:how many|number of|count of|count) (?:different |distinct |unique )?{_C} (?:ran|(?:were|are) (?:active"
    "|running)|were (?:there|run|held|sent)|are (?:there|in)|did we (?:run|have)|do we have|have we"
    r"|of (?:each )?type|by type|per type|in the data|in total|in each type)\b|\bhow many (?:different |distinct "
    rf"|unique )?{_C}\W*$|\b{_C} (?:count|number)s? by type\b|\bhow many (?:type ?[a-z] )(?:{_C})"
)
_COUPON_USE = re.compile(
    r"\b(?:which|what) coupons? (?:was|were|is|are|has been|have been|got|had) (?:the )?(?:most "
    r"|least )?(?:often )?(?:redeemed|used|popular|redemptions)|\b(?:most|least)[- ](?:often[- ])?(?:redeemed|used"
    r"|popular)(?: \d+)? coupons?\b|\btop (?:\d+ )?coupons?\b(?! by (?:discount|value|amount))|\b(?:how many"
    "|what (?:share|percent(?:age)?|proportion|%)(?: of)?|(?:share|percent(?:age)?|proportion|%|number) of) (?:the "
    r"|our |all |different |distinct |unique )*coupons?(?: \w+){0,8} (?:never|at least once|ever|not"
    r"|once) ?(?:been )?(?:redeemed|used)?\b|\bcoupons? (?:that were |that |which were )?never (?:been )?(?:redeemed"
    r"|used)\b|\bunused coupons?\b|\bunredeemed coupons?\b|\b(?:how many|number of) (?:different|distinct"
    r"|unique) coupons?\b|\bhow many coupons? (?:are there|were (?:offered|issued|available)|did we (?:offer|issue)"
    r"|exist|do we have)\b|\b(?:how many products|number of products|average number of products) (?:\w+ ){0,3}(?:each "
    r"|a |per |every )?coupons?\b"
)
_PER_HOUSEHOLD = re.compile(
    r"\b(?:how many|what (?:share|percent(?:age)?|proportion) of|(?:share|percent(?:age)?|proportion) of)"
    r"(?: the| our| all)* (?:households|customers|members|people) (?:have |has |did )?(?:never|not|haven't"
    r"|didn't) (?:ever )?(?:redeem\w*|use[sd]?) (?:a |any |their |one )?coupons?\b|\b(?:how many"
    rf"|average(?: number of)?|mean(?: number of)?|number of) {_C} (?:does|do|did|is|are|were|per|each|sent per"
    rf"|received per|received by|a)\b.{{0,40}}\b(?:households?|customers?|members?|people)\b|\b(?:average"
    r"|mean)(?: number of)? coupons? (?:redeemed |used )?(?:per|by each|by an?|for each|each) (?:\w+ )?(?:households?"
    r"|customers?|redeemers?|members?)\b|\bhow many coupons? (?:does|do|did) (?:an? |the |each )?(?:average |typical "
    r"|redeeming )*(?:households?|customers?|redeemers?) (?:redeem|use)\b"
    r"|\b(?:households?|customers?|people|members?)\b.{0,40}\b(?:received|got|were sent)\b.{0,30}\b(?:and"
    "|but) (?:did not|didn't|never|not) (?:redeem|use)"
    rf"|\bhow many (?:households|customers|members) (?:received|got|were sent) (?:at least one|any|a) {_C}"
    r"|\b(?:coupons? (?:redeemed )?)per redeeming household\b"
)
_OTHER = re.compile(
    r"\b(?:why|spend|spent|sales|revenue|lift|effect\w*|engag\w*|improv\w*|rates?|percent(?:age)? of households|age"
    r"|income|kids|mailers?|margin|discounts?|savings?|employees?|fraud|launch|create|plan)\b"
)
_NAMED = re.compile(r"\bcampaign (?:number |no\.? ?|#|id )?(?P<name>\d{1,6}|[a-z]{1,3}\d{1,5})\b")
_TYPED = re.compile(r"\b(?P<name>type ?-?[a-z])\b(?: campaigns?)?")
_WORDS = re.compile(
    rf"\b(?:{_C}|coupons?|redeem\w*|redemptions?|used?|unused|unredeemed|never|ever|once|at least|one|any|been"
    r"|households?|customers?|members?|people|recipients?|audience|reach(?:ed)?|target\w*|receiv\w+|gets?|got|sent"
    "|run|ran|lasted|lasts?|long(?:est)?|shortest|running|durations?|lengths?|days|weeks|types?|each|per|average|avg"
    "|mean|number|count|share|percent(?:age)?|proportion|most|least|fewest|often|popular|top|offer|offered|include"
    "|contain|carry|come with|issued|available|exist|different|distinct|unique|products?|single|redeemers?|redeeming"
    "|start|end|begin|active|live|were|are|not|but|in total|in all|by type|data|held|good for|typical|promoted"
    r"|retailers?'?s?)\b|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about campaigns or coupons as such; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    shown = next(
        (
            (show, rank)
            for pattern, show, rank in (
                (_PER_HOUSEHOLD, "households", None), (_COUPON_USE, "coupons", None), (_REACH, None, "households"),
                (_DAYS, None, None), (_HOW_MANY, None, None),
            )
            if pattern.search(whole)
        ),
        None,
    )  # fmt: skip
    if shown is None:
        return None
    order = "bottom" if asks_for_the_bottom(reading) or re.search(r"\bshortest\b", whole) else None
    campaign = next((match["name"] for one in (_NAMED, _TYPED) if (match := reading.take(one))), None)
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    return calls_for(FACTS, {
        "show": shown[0], "rank_by": shown[1], "order": order, "campaign": campaign, **slots.args("period", "stores"),
    }, [])  # fmt: skip
