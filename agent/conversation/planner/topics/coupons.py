"""Questions about coupons and campaigns: who redeemed, at what rate, and whether recipients came more often."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import split_instead, take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_words import take_dimensions
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

REDEMPTION, EFFECT = "coupon_redemption", "campaign_effect"
BY_HOUSEHOLD, NUMBERS = "coupon_use_by_household", "coupons_by_group"
_NUMBERS = re.compile(
    r"\b(?:coupons?|vouchers?) (?:were |was |got |have been |being )?(?:redeemed|used|cashed in)\b|\bredemptions (?:by"
    r"|per|for each|across)\b|\bhow many (?:coupons?|vouchers?|redemptions)\b|\bnumber of (?:coupons?|vouchers?"
    r"|redemptions)\b|\b(?:most|fewest|least) (?:coupons?|vouchers?|redemptions)\b"
)
_HOW_OFTEN = re.compile(r"\b(?:rates?|often|likel\w+|percent\w*|shares?|proportions?|frequen\w+)\b|%")
_KINDS = frozenset({"age_band", "income_band", "household_size", "kids", "marital_status", "home_ownership"})
DISCOUNTS, PAYMENTS, BREAKDOWN = "discounts_used", "tender_mix", "sales_breakdown"
GOODS, _GOODS_BY = "coupon_sales", frozenset({"store", "department"})
NOT_BY_PLACE = (
    "Where a campaign's coupon was redeemed is not recorded; this is what the tills took off or matched for coupons."
)
_MAIL = r"(?:weekly |retailer's |our )*(?:mailers?|flyers?|circulars?|leaflets?|mailings?)"
_DIRECT = r"(?:direct[- ](?:marketing|mail(?:ing)?s?)|(?:marketing |mail(?:ing)? |loyalty )?campaigns?|marketing)"
_COUPONS = re.compile(r"\b(?:coupons?|vouchers?|redemptions?|redeem\w*|redeemers?)\b")
_CAMPAIGNS = re.compile(rf"\b{_DIRECT}\b")
_TO_HOUSEHOLDS = re.compile(rf"\b(?:households?|customers?|shoppers?|people|who)\b.{{0,60}}\b{_MAIL}\b")
_EFFECT = re.compile(
    r"\b(?:better|improv\w*|engag\w*|effects?|effective\w*|work(?:s|ed|ing)?|impact\w*|lift|increas\w*|rais\w*"
    r"|boost\w*|driv\w+|drove|bring|brought|evidence|pay(?:s|ing)? off|paid off|worth|help\w*|influenc\w*|difference"
    r"|incremental|success\w*|perform\w*|visit\w*|spend\w*|spent|buy|bought|(?:came|come) more|correlat\w*|relat\w+"
    r"|associat\w*|respon[ds]\w*)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:products?|items?) (?:are |were )?(?:in|of|on) campaign\b|^\W*(?:how many|which|list"
    r"|what) (?:\w+ )?promotions?\b|\b(?:employees?|cashiers?|associates?|register|fraud|abus\w+|create|launch|start"
    r"|plan|send|design|write|email)\b|^\W*(?:who|which (?:households?|customers?))\b|\bwhy\b|\bpromo\w*\b"
    r"|\bcoupon match"
)
_NAMED = re.compile(r"\bcampaign (?:number |no\.? ?|#|id )?(?P<name>\d{1,6}|[a-z]{1,3}\d{1,5})\b")
_TYPED = re.compile(r"\b(?P<name>type ?-?[a-z])\b(?: campaigns?)?|\bcampaigns? of (?P<of>type ?-?[a-z])\b")
_BY_TYPE = re.compile(r"\b(?:by|per|for each|each|across|between) (?:campaign |coupon )?types?\b|\bcampaign types?\b")
_BY_CAMPAIGN = re.compile(r"\b(?:by|per|for each|each|across) (?:of (?:our|the) )?(?:campaigns?|coupons?)\b")
_ASKS = re.compile(
    r"\breceiv|\bsent\b|\breach|\bhow many\b|\bwhich\b|\blist\b|\bgot\b|\btarget\w*|\bbest\b|\bworst\b|\bvs\.?\b"
    r"|\bversus\b|\bby type\b|\bran\b"
)
_PLACES = (
    (
        re.compile(r"\b(?:by|per|for each|which|what|each|across) (?:the |our |all )?(?:stores?|shops?|locations?)\b"),
        "store",
    ),
    (
        re.compile(
            r"\b(?:by|per|for each|which|what|each|across) (?:the |our |all )?(?:departments?|depts?|categor(?:y"
            r"|ies))\b"
        ),
        "department",
    ),
    (re.compile(r"\b(?:by|per|for each|each) day\b"), "day"),
)
_OF_SALES = re.compile(
    r"(?:\b(?:share|percent(?:age)?|proportion|fraction|part|how much)|%) (?:of )?(?:our |the |all |total "
    r"|net )*(?:sales|revenue|transactions?|baskets?|orders?|sale)\b|\bhow many (?:transactions?|baskets?|orders?)\b"
)
_OF_GOODS = re.compile(
    r"\b(?:sales|revenue) (?:\w+ )?(?:from|of|on|with) (?:products?|items?|goods|lines) (?:that \w+ |which \w+ )?"
    r"(?:bought |sold |purchased )?(?:with|using|on|under) (?:an? )?(?:coupons?|vouchers?)\b"
)
"""The goods that coupons were used on, and not what the till took off for them."""
_OF_TRANSACTIONS = re.compile(r"\b(?:transactions?|baskets?|orders?|receipts?)\b")
_AMOUNT = re.compile(
    r"\bcoupon usage\b|\bcoupons? (?:discounts?|savings?|amounts?|value|costs?|spend|dollars|match\w*)\b"
    r"|\bdiscounts? (?:from|through|via|by|with|per) coupons?\b|\b(?:total|average|avg|mean) (?:value|discount|amount"
    r"|saving)s?(?: \w+){0,2} coupons?\b|\bhow much (?:did|do|have|was|were|in)(?: \w+){0,4} coupons?\b"
)
_RATES = re.compile(r"\bredemptions?\b|\brates?\b")
_TWO_TYPES = re.compile(
    r"\btype ?-?[a-z]\b.{1,40}\btype ?-?[a-z]\b|\btype ?-?[a-z],? (?:and|or|vs\.?|versus|against) -?[a-z]\b(?! \w)"
)
_EACH_TYPE = re.compile(r"\b(?:type ?-?|(?:and|or|vs\.?|versus|against|than) )(?P<type>[a-z])\b")
_REDEEMERS = re.compile(r"\b(?:households?|customers?|shoppers?|people|income|age|kids)\b")
_MONEY_WORDS = re.compile(
    r"\b(?:coupons?|vouchers?|discounts?|savings?|amounts?|values?|costs?|spend|dollars|match\w*|redemptions?"
    r"|redeem\w*|used?|uses|using|usage|with|from|through|via|per|total|average|avg|mean|share|percent(?:age)?"
    "|proportion|fraction|part|sales|revenue|transactions?|baskets?|orders?|most|had|have|has|give|gave|given|away"
    r"|involv\w+|includ\w+|of|took off|save[ds]?|cost us)\b|%"
)
_CLAIMED = re.compile(
    rf"\b(?:{_DIRECT}|coupons?|vouchers?|redemptions?|redeem\w*|rates?|rate of|percent(?:age)?|per ?cent|%|share"
    r"|proportion|fraction|households?|customers?|shoppers?|members?|people|recipients?|receiv\w+|gets?|got|were sent"
    rf"|sent|mailed|target\w*|better|worse|versus|vs\.?|against|and|or|list|all|{_MAIL}|retailer(?:'s)?|weekly"
    r"|at least|one|single|any|how many|used|uses?|using|evidence|suggest\w*|indicat\w*|show\w*|improv\w*|engag\w*"
    r"|effects?|effective\w*|work(?:s|ed|ing)?|impact\w*|lift|increas\w*|rais\w*|boost\w*|driv\w+|drove|bring|brought"
    r"|pay(?:s|ing)? off|paid off|worth|help\w*|influenc\w*|difference|incremental|success\w*|perform\w*|visit\w*"
    r"|spend\w*|spent|buy|bought|(?:came|come)|more|often|overall|by campaign|per campaign|each campaign|types?"
    r"|whether|correlat\w*|relat\w+|associat\w*|respon[ds]\w*|average|mean|sales|between|there|did|ran|run|year|non"
    r"|than|those|without|not|ever|best|worst|highest|lowest|loyalty|audience|reach\w*|response|responded|offers?)\b"
)


_TWO_KINDS = re.compile(
    r"^\W*(?:which|what) (?:households?|customers?|families)\b.*\b(?:with or without|or|versus|vs\.?)\b"
)
_BOUND = re.compile(
    r"\b(?:more|fewer|less) than (?:one|two|three|five|ten|\d+) (?:coupons?|campaigns?|times)\b|\b(?:which|what|by|per"
    r"|each) (?:month|week|day|weekday|hour)s?\b(?! .*\b(?:took off|discounts?|savings?|amount)\b)|\bat least (?:two"
    r"|three|four|five|[2-9]|\d\d) (?:coupons?|campaigns?|times)\b|\b(?:twice|several times)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about campaigns or coupons; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole):
        return None
    if _COUPONS.search(whole) and _TWO_KINDS.search(whole) and (held := _households(reading, around)) is not None:
        return held
    if _NOT_OURS.search(whole):
        return None
    if _COUPONS.search(whole) and (bound := _BOUND.search(whole)) is not None:
        return not_understood(bound[0])
    if _COUPONS.search(whole) and (households := _households(reading, around)) is not None:
        return households
    if _COUPONS.search(whole) and (money := _money(reading, around)) is not None:
        return money
    coupons, to_households = _COUPONS.search(whole), _TO_HOUSEHOLDS.search(whole)
    campaigns = _CAMPAIGNS.search(whole)
    if not (coupons or campaigns or to_households):
        return None
    if not coupons and not to_households and not _EFFECT.search(whole) and not _ASKS.search(whole):
        return None
    weekly = re.search(rf"\b{_MAIL}\b", whole) is not None
    types = [found["type"] for found in _EACH_TYPE.finditer(whole)] if _TWO_TYPES.search(whole) else []
    args: dict[str, Any] = {"campaign": _campaign(reading) if not types else None}
    by_type = reading.take(_TWO_TYPES) is not None or reading.take(_BY_TYPE) is not None
    reading.take(_BY_CAMPAIGN)
    slots = take_slots(reading, around, _CLAIMED)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    args |= slots.args("period", "stores")
    if not coupons and by_type and not types and _EFFECT.search(whole):
        shared = slots.args("period", "stores")
        return Plan(((REDEMPTION, {"by": "type", **shared}), (EFFECT, shared)))
    if not coupons and _EFFECT.search(whole):
        return calls_for(EFFECT, args, [{"campaign": f"Type {one.upper()}"} for one in dict.fromkeys(types)])
    args["by"] = "type" if by_type else None
    args["audience"] = "weekly_mailer" if weekly else None
    return calls_for(REDEMPTION, args, [])


def _money(reading: Reading, around: Surroundings) -> Plan | None:
    """What coupons took off, and the share of sales with one: discounts and payments, not households."""
    whole = reading.text
    by = next((name for pattern, name in _PLACES if pattern.search(whole)), None)
    share = _OF_SALES.search(whole) is not None
    by = None if _RATES.search(whole) else by
    goods = reading.take(_OF_GOODS) is not None
    if not (by or share or _AMOUNT.search(whole)) or _CAMPAIGNS.search(whole) or _REDEEMERS.search(whole):
        return None
    for pattern, name in _PLACES:
        if name == by:
            reading.take(pattern)
    slots = take_slots(reading, around, _MONEY_WORDS)
    left = slots.unknown or slots.product or slots.department or split_left(reading)
    if left:
        return not_understood(left)
    shared = slots.args("period", "stores")
    calls: list[tuple[str, dict[str, Any]]] = [(DISCOUNTS, {"by": by or "kind", "name": "coupon", **shared})]
    if share and goods:
        return Plan(((GOODS, {**({"by": by} if by in _GOODS_BY else {}), **shared}),))
    if share and _OF_TRANSACTIONS.search(whole):
        paid = {"where": [{"dimension": "tender", "values": ["manufacturer coupon"]}], "metrics": ["transactions"]}
        calls.insert(0, (BREAKDOWN, {**paid, "of_total": True, **shared}))
    elif share:
        calls.insert(0, (PAYMENTS, dict(shared)))
    return Plan(tuple(calls), NOT_BY_PLACE if by else "")


def _households(reading: Reading, around: Surroundings) -> Plan | None:
    """Coupon use by age, income or another kind of household; None where the question has no such split."""
    tried = Reading(reading.text, reading.source)
    groups = take_people(tried)
    named = [name for name in take_dimensions(tried) if name in _KINDS]
    by = split_instead(groups, reading.text) or (named[0] if len(named) == 1 and not groups else None)
    if by is None or _CAMPAIGNS.search(reading.text) or (groups and named):
        return None
    slots = take_slots(tried, around, _CLAIMED)
    left = slots.unknown or slots.product or slots.department or split_left(tried)
    if left:
        return not_understood(left)
    counted = _NUMBERS.search(reading.text) and not _HOW_OFTEN.search(reading.text)
    return calls_for(NUMBERS if counted else BY_HOUSEHOLD, {"by": by, **slots.args("period", "stores")}, [])


def _campaign(reading: Reading) -> str | None:
    for pattern in (_NAMED, _TYPED):
        match = reading.take(pattern)
        if match is not None:
            said = match.groupdict()
            return (said.get("name") or said.get("of") or "").strip() or None
    return None
