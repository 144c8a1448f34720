"""Questions when coupons were redeemed: by month, week or weekday."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

WHEN = "redemptions_over_time"
_REDEEMED = re.compile(r"\b(?:redemptions?|redeem\w*|coupons? (?:used|use|usage))\b")
_STEP = re.compile(
    r"\b(?:by|per|each|every|which|what|for each) (?P<a>month|week|weekday|day of (?:the )?week|day)s?\b"
    r"|\b(?P<b>monthly|weekly|daily)\b|\b(?P<c>month by month|week by week)\b|\b(?P<d>over time|trend\w*)\b"
)
_OTHER = re.compile(
    r"\b(?:took off|discounts?|savings?|amount|value|dollars|cost|sales|stores?|departments?|products?|why"
    r"|weekly mailer|types?|ages?|income|household (?:size|type|composition)|kids|campaigns\b(?! by))\b"
)
_RATE = re.compile(r"\brates?\b")
_NAMED = re.compile(r"\bcampaign (?:number |no\.? ?|#|id )?(?P<name>\d{1,6}|[a-z]{1,3}\d{1,5})\b")
_TYPED = re.compile(r"\b(?P<name>type ?-?[a-z])\b(?: campaigns?)?")
_WORDS = re.compile(
    r"\b(?:coupons?|vouchers?|redemptions?|redeem\w*|use[ds]?|usage|by|per|each|every|which|what|months?|weeks?"
    r"|weekdays?|days?|day of (?:the )?week|monthly|weekly|daily|over time|trend\w*|rates?|how|many|were|was|are|had"
    "|has|the|most|highest|fewest|lowest|least|number|count|of|on|in|do|people|customers?|households?|did|get|our"
    r"|show|me|peak|campaigns?|marketing|direct mail|month by month|week by week|total)(?!\w)"
)
NO_RATE = (
    "These are numbers of redemptions: a campaign runs over several months, so its rate is told for the campaign as a "
    "whole (“redemption rate by campaign”)."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question when coupons were redeemed; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    step = _STEP.search(whole)
    if names_the_future(whole) or not step or not _REDEEMED.search(whole) or _OTHER.search(whole):
        return None
    if take_people(Reading(whole)):
        return None
    said = next(value for value in step.groupdict().values() if value)
    by = (
        "weekday"
        if "weekday" in said or "of " in said
        else "month"
        if said.startswith(("over", "trend"))
        else said.split()[0]
    )
    by = {"monthly": "month", "weekly": "week", "daily": "day"}.get(by, by)
    campaign = next((match["name"] for one in (_NAMED, _TYPED) if (match := reading.take(one))), None)
    slots = take_slots(reading, around, _WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    shared = {"by": by, "campaign": campaign, **slots.args("period", "stores")}
    return calls_for(WHEN, shared, [], NO_RATE if _RATE.search(whole) else "")
