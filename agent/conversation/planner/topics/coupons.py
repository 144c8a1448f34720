"""Questions about coupons and campaigns: who redeemed, at what rate, and whether recipients came more often."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.periods import names_the_future
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

REDEMPTION, EFFECT = "coupon_redemption", "campaign_effect"
_MAIL = r"(?:weekly |retailer's |our )*(?:mailers?|flyers?|circulars?|leaflets?|mailings?)"
_DIRECT = r"(?:direct[- ](?:marketing|mail(?:ing)?s?)|(?:marketing |mail(?:ing)? |loyalty )?campaigns?|marketing)"
_COUPONS = re.compile(r"\b(?:coupons?|vouchers?|redemptions?|redeem\w*|redeemers?)\b")
_CAMPAIGNS = re.compile(rf"\b{_DIRECT}\b")
_TO_HOUSEHOLDS = re.compile(rf"\b(?:households?|customers?|shoppers?|people|who)\b.{{0,60}}\b{_MAIL}\b")
_EFFECT = re.compile(
    r"\b(?:improv\w*|engag\w*|effects?|effective\w*|work(?:s|ed|ing)?|impact\w*|lift|increas\w*|rais\w*|boost\w*|driv\w+"
    r"|drove|bring|brought|evidence|pay(?:s|ing)? off|paid off|worth|help\w*|influenc\w*|difference|incremental"
    r"|success\w*"
    r"|perform\w*|visit\w*|spend\w*|spent|buy|bought|(?:came|come) more|correlat\w*"
    r"|relat\w+|associat\w*|respon[ds]\w*)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:employees?|cashiers?|associates?|register|fraud|abus\w+|create|launch|start|plan|send|design|write|email)\b"
    r"|^\W*(?:who|which (?:households?|customers?))\b|\bwhy\b|\bpromo\w*\b|\bcoupon match"
)
_NAMED = re.compile(r"\bcampaign (?:number |no\.? ?|#|id )?(?P<name>\d{1,6}|[a-z]{1,3}\d{1,5})\b")
_TYPED = re.compile(r"\b(?P<name>type ?-?[a-z])\b(?: campaigns?)?|\bcampaigns? of (?P<of>type ?-?[a-z])\b")
_BY_TYPE = re.compile(r"\b(?:by|per|for each|each|across|between) (?:campaign |coupon )?types?\b|\bcampaign types?\b")
_BY_CAMPAIGN = re.compile(r"\b(?:by|per|for each|each|across) (?:of (?:our|the) )?(?:campaigns?|coupons?)\b")
_CLAIMED = re.compile(
    rf"\b(?:{_DIRECT}|coupons?|vouchers?|redemptions?|redeem\w*|rates?|rate of|percent(?:age)?|per ?cent|%|share"
    r"|proportion"
    r"|fraction|households?|customers?|shoppers?|members?|people|recipients?|receiv\w+|gets?|got|were sent|sent|mailed"
    r"|target\w*"
    rf"|{_MAIL}|retailer(?:'s)?|weekly|at least|one|single|any|how many|used|use|using|evidence|suggest\w*|indicat\w*"
    r"|show\w*"
    r"|improv\w*|engag\w*|effects?|effective\w*|work(?:s|ed|ing)?|impact\w*|lift|increas\w*|rais\w*|boost\w*|driv\w+|drove"
    r"|bring|brought|pay(?:s|ing)? off|paid off|worth|help\w*|influenc\w*|difference|incremental|success\w*|perform\w*"
    r"|visit\w*|spend\w*|spent|buy|bought|(?:came|come)|more|often|overall|by campaign|per campaign|each campaign"
    r"|types?|whether"
    r"|correlat\w*|relat\w+|associat\w*|respon[ds]\w*|average|mean|sales|between|there|non|than|those|without|not|ever|best|worst|highest|lowest|loyalty|audience|reach\w*|response|responded|offers?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about campaigns or coupons; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _NOT_OURS.search(whole):
        return None
    coupons, to_households = _COUPONS.search(whole), _TO_HOUSEHOLDS.search(whole)
    campaigns = _CAMPAIGNS.search(whole)
    if not (coupons or campaigns or to_households):
        return None
    if (
        not coupons
        and not to_households
        and not _EFFECT.search(whole)
        and not re.search(r"\breceiv|\bsent\b|\breach", whole)
    ):
        return None
    weekly = re.search(rf"\b{_MAIL}\b", whole) is not None
    by_type = reading.take(_BY_TYPE) is not None
    reading.take(_BY_CAMPAIGN)
    args: dict[str, Any] = {"campaign": _campaign(reading)}
    slots = take_slots(reading, around, _CLAIMED)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    args |= slots.args("period", "stores")
    if not coupons and _EFFECT.search(whole):
        return calls_for(EFFECT, args, [])
    args["by"] = "type" if by_type else None
    args["audience"] = "weekly_mailer" if weekly else None
    return calls_for(REDEMPTION, args, [])


def _campaign(reading: Reading) -> str | None:
    for pattern in (_NAMED, _TYPED):
        match = reading.take(pattern)
        if match is not None:
            said = match.groupdict()
            return (said.get("name") or said.get("of") or "").strip() or None
    return None
