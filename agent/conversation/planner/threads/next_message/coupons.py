"""Short questions behind an answer about redeemed coupons: who used them and who did not, and which were used most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import BOTH_TO_DIVIDE, LEAD
from agent.conversation.surroundings import Surroundings

REDEEMED, COMPARED = "coupon_redemption", "redeemers_compared"
_THEY = r"(?:they|(?:those|these|the) (?:customers|people|ppl|households|shoppers|ones|redeemers)|those|redeemers)"
_SPENT = re.compile(
    rf"{LEAD}(?:what|how much) (?:did|do|does|have) {_THEY} (?:usually )?(?:spend|spent)"
    r"(?: (?:(?:per|a|each|every) (?:trip|visit|basket|person|customer|household|shop|time)|each"
    r"|on average|in total|altogether|with us))?\W*$"
)
_OTHERS = re.compile(
    rf"{LEAD}(?:what about |how about |vs\.? |versus |against |compared? (?:to|with) )*(?:the )?"
    r"(?:(?:ppl|people|customers|households|shoppers|ones|those|everyone)(?: who)? (?:without|w/o|with no|not using"
    r"|(?:didn't|did not) (?:use|redeem)|(?:don't|do not) use)(?: (?:an?|any|one|it|them|the))?(?: coupons?)?|others"
    r"|rest|everyone else|non[- ]?redeemers)\W*$"
)
_MOST = re.compile(
    rf"{LEAD}(?:which|what)(?: (?:one|coupon|campaign))?s? (?:got|gets|was|were|is|are|has been) (?:the )?"
    r"(?:used|redeemed) (?:the )?(?P<end>most|least)\W*$"
)
_FORM = re.compile(
    rf"{LEAD}(?:were|was|are|is)? ?(?:they|it|those|that)? ?(?:mostly )?(?P<a>digital|paper|printed|app|online"
    r"|mobile) (?:or|vs\.?|versus) (?:on )?(?:the )?(?P<b>digital|paper|printed|app|online|mobile)"
    r"(?: ones?| coupons?)?\W*$"
)
SOLD = "coupon_sales"
_PER = re.compile(
    rf"{LEAD}(?:(?:what|how many) (?:is|are) (?:that|it|they) )?(?:as |in )?per (?:\d[\d,]*|hundred|thousand|a"
    rf" hundred)? ?"
    r"(?:transactions?|customers?|visits?|visitors?|baskets?|sales|orders|tickets?)\W*$"
)
_SAME_PEOPLE = re.compile(
    rf"{LEAD}(?:are|is|was|were) (?:they|it|those|that) (?:always |mostly |usually )?the same (?:customers"
    rf"|people|ones|households|shoppers)"
    r"(?: (?:every time|each time|always|again))?\W*$"
)
_WHICH = re.compile(
    rf"{LEAD}(?:which|what) coupons?(?: (?:are|were|was|is|did) (?:those|they|that|it|these)(?: use|"
    rf" redeem)?)?\W*$|{LEAD}by coupon\W*$"
)
_WHY_THERE = re.compile(
    rf"{LEAD}why (?:is|are|was|were) (?P<at>[a-z][\w' ]{{2,30}}?) (?:so |that |this )?(?:high|low|many|few|good"
    rf"|bad|far (?:up|down))\W*$"
)
NOT_FOLLOWED = (
    "Whether they are the same customers each time is not told: redemptions are counted, not followed by person."
)
NOT_WHY = "Why it stands out I cannot say; this is which coupons were redeemed there."
NO_FORM = (
    "Whether a coupon was digital or on paper is not in the data. Redemption can be told by campaign and by its type: "
    "“coupon redemption by campaign type”."
)
BY_CAMPAIGN = "Single coupons are told by the campaign that sent them."


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The call such words mean after an answer about redeemed coupons; None for every other message."""
    last = previous[-1]
    if previous[0].name == SOLD and not previous[0].failed:
        return _of_their_goods(plain, previous[0], around)
    if last.name not in (REDEEMED, COMPARED):
        return None
    if _SPENT.match(plain) or _OTHERS.match(plain):
        return Plan(((COMPARED, kept(last, "period", "stores")),))
    if _FORM.match(plain):
        return Plan(text=NO_FORM)
    if (most := _MOST.match(plain)) is not None:
        order = {"order": "bottom"} if most["end"] == "least" else {}
        return Plan(((REDEEMED, {**kept(last, "period", "stores"), "rank_by": "coupons", **order}),), BY_CAMPAIGN)
    return None


def _of_their_goods(plain: str, last: Call, around: Surroundings) -> Plan | None:
    """More of the redemptions told above: beside the transactions, of one store, by coupon; not by who they were."""
    if _PER.match(plain):
        by_store = {"by": "store"} if last.args.get("by") == "store" else {}
        beside = {"metrics": ["transactions"], **kept(last, "period", "stores"), **by_store}
        return Plan(((SOLD, dict(last.args)), ("sales_summary", beside)), BOTH_TO_DIVIDE)
    if _SAME_PEOPLE.match(plain):
        return Plan(text=NOT_FOLLOWED)
    if _WHICH.match(plain):
        return Plan(((SOLD, {**last.args, "by": "coupon"}),))
    why = _WHY_THERE.match(plain)
    store = take_stores(Reading.of(f"at {why['at']}"), around) if why is not None else None
    if not store or store == "all stores":
        return None
    return Plan(((SOLD, {**last.args, "stores": store, "by": "coupon"}),), NOT_WHY)
