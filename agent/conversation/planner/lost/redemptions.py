"""What campaigns are ranked by: “the fewest redemptions” is a count, “the lowest redemption rate” a share."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.outcome import Plan

_TOOL = "coupon_redemption"
_TOP = r"(?:most|highest|best|top|largest|biggest|greatest)"
_BOTTOM = r"(?:fewest|(?<!at )least|lowest|worst|smallest|poorest)"
_END = re.compile(rf"\b(?:{_TOP}|(?P<bottom>{_BOTTOM})|rank(?:ed|ing)?|sort(?:ed)?|order(?:ed)? by)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:redemptions|(?:coupons?|vouchers?) (?:were |was |got |that were )?(?:redeemed|used|cashed in)|redemption"
    r" (?:counts?|numbers?|volumes?)|(?:was|were|got|is|are|been) (?:the )?(?:most |least )?(?:often |frequently )?"
    r"(?:redeemed|used)|(?:most|least|fewest)[- ](?:often[- ])?(?:redeemed|used)|(?:redeemed|used) (?:the )?(?:most"
    r"|least))\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:rates?|percent(?:age)?|shares?|proportions?|likel\w+)\b|%", re.IGNORECASE)
_HOUSEHOLDS = re.compile(
    rf"\b(?:{_TOP}|{_BOTTOM}) (?:redeeming )?(?:households|customers|shoppers|members|redeemers|people)\b",
    re.IGNORECASE,
)


def with_redemptions_ranked(question: str, decided: Plan) -> Plan:
    """The plan whose campaigns are ranked by what its question counts, from the end that it asks for."""
    end = _END.search(question)
    if end is None or len(decided.calls) != 1 or decided.calls[0][0] != _TOOL or decided.opening:
        return decided
    args = decided.calls[0][1]
    rate, households = _RATE.search(question), _HOUSEHOLDS.search(question)
    counted = _COUNT.search(question) is not None
    if not (rate or households or counted) or args.get("campaign"):
        return decided
    rank = "rate" if rate else "households" if households else "coupons"
    order = {"order": "bottom"} if end["bottom"] else {}
    told = call(_TOOL, {**args, **({"rank_by": rank} if rank != "rate" or order else {}), **order})
    return decided if told is None else replace(decided, calls=told.calls)
