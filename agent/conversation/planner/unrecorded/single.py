"""What fewer than five people did, goods of new customers, plans of shelves: asked for by name and not to be had."""

from __future__ import annotations

_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|brands?)"
_ONE = r"(?:one|1|a single|two|2|three|3|four|4)"
_PERSON = r"(?:households?|customers?|shoppers?|persons?|people|buyers?)"
SINGLE: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b{_GOODS}\b.{{0,40}}\b(?:bought|purchased|sold|ordered)\b.{{0,20}}\b(?:by|to) (?:only |just "
            rf"|exactly )?{_ONE} {_PERSON}\b|\b(?:only|just|exactly) {_ONE} {_PERSON} (?:ever )?(?:bought|buys?"
            r"|purchased?)\b"
        ),
        "",
        (
            "What fewer than five people bought is not told, singly or as a list. How many products sold how little "
            "can be had: “worst selling products last month”, “how many households bought oat milk”."
        ),
    ),
    (
        (
            rf"\b(?:which|what|top(?: \d+)?) {_GOODS} (?:do|did|does|are|for|among) (?:the |our |my )?(?:new|returning"
            r"|repeat|first[- ]time) (?:customers?|shoppers?|households?|members)\b|\bwhat do (?:the |our "
            "|my )?(?:new|returning|repeat|first[- ]time) (?:customers?|shoppers?|households?|members) (?:buy"
            r"|purchase|shop for)\b"
        ),
        r"\bincome|\bage\b|\bkids\b",
        (
            "What new and returning customers buy is not told apart by goods. What groups of households buy is, by "
            "age, income, children and household size: “top products among households with kids”; segments of "
            "customers show their departments: “customer segments”."
        ),
    ),
    (
        (
            r"\b(?:planogram|pog|shelf) (?:changes?|resets?|updates?|revisions?)\b.*\b(?:overdue|due|late|scheduled"
            r"|pending|planned|outstanding|complet\w+)\b|\b(?:overdue|pending|scheduled|upcoming|late"
            r"|outstanding) (?:planogram|pog|shelf) (?:changes?|resets?|updates?|revisions?)\b"
        ),
        r"\b(?:tasks?|create|assign|schedule (?:a|the)|remind)\b",
        (
            "When planograms are to be changed is not in the data I am given: it says what should stand where, and "
            "since when. What stands wrongly is in “planogram check”, what the stores have to do in “overdue tasks”."
        ),
    ),
    (
        (
            r"\bwhich (?:households?|customers?) (?:have |has )?(?:redeem\w*|used) (?:the )?(?:most|more|fewest"
            r"|least)(?: coupons?)?(?=\W*$)|\bwhich (?:single )?(?:household|customer) (?:redeemed"
            r"|used) (?:the )?most coupons?\b"
        ),
        r"\bwith\b|\bby\b",
        (
            "I do not single out households by the coupons they used. How many redeemed how many, and which kinds of "
            "households do, can be had: “how many coupons does a household redeem on average”, “coupon use by income”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
