"""Short questions behind the baskets that hold something: those without it, what else is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.rewording import reworded
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.carried import long_enough
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.topics import kept as kept_customers
from agent.conversation.surroundings import Surroundings

BASKETS, TOGETHER = "basket_statistics", "bought_together"
_PEOPLE = r"(?:ppl|people|customers?|shoppers|those|baskets?|trips|the (?:ones|others|rest)|households|transactions)"
_ELSE = re.compile(
    rf"{LEAD}(?:what (?:else |other (?:things|products|stuff|items) )?(?:do|did) (?:they|people|ppl|customers|those) "
    r"(?:usually |mostly |also |normally )*(?:buy|get|purchase|have|grab)(?: (?:along )?with (?:it|that)| in (?:it|them"
    r"|there|those(?: baskets)?))?|what(?: else)?(?:'s|s| is| are)? (?:else |usually |mostly )*(?:in (?:them"
    r"|those(?: baskets)?|there)|(?:bought|sold) with it)|what (?:else )?goes with it)\W*$"
)
_WITHOUT = re.compile(
    rf"{LEAD}(?:what about |how about |how much (?:do|is|are) )?(?:the )?{_PEOPLE}"
    r"(?: (?:who|that|which))? (?:(?:do not|don't|dont|didn't|didnt|did not|never) (?:buy|have|get|hold|contain|take)"
    r"|without|w/o|with no|not buying) (?P<goods>[a-z][\w&' -]{1,30}?)"
    r"(?:,? (?:how much|what) (?:do|did|are|is) (?:they|those|it)(?: usually)? (?:spend|worth|come to)"
    r"(?: (?:per (?:visit|trip|basket)|each|then|on average))?|,? (?:spend|worth))?\W*$"
    rf"|{LEAD}(?:how much|what) (?:do|does|did) (?:the )?(?:others|rest|other ones|everyone else) spend\W*$"
)
_DIFFERENCE = re.compile(
    rf"{LEAD}(?:(?:that|it|thats|its|that's|it's|what|whats|what's) ?(?:is |are )?(?:about |roughly )?)?(?:how (?:big"
    r"|much|large)(?: (?:of )?an?| is the)? |the )?(?:difference|gap)(?: (?:per (?:visit|basket|trip|transaction"
    r"|customer)"
    r"|then|in spend|a visit|between (?:them|the two)))*\W*$"
)
_AGAINST_REST = re.compile(
    rf"{LEAD}(?P<at>[a-z][\w' ]{{2,30}}?) (?:vs\.?|versus|against|compared? (?:to|with)) (?:the |all )*(?:rest|others?"
    r"|other (?:stores|ones)|chain|company|average|rest of (?:the|them|the stores|the chain))\W*$"
)
_BUYERS = (
    r"(?:(?:those|these|the|such|their|its) )?(?:customers?|shoppers|people|buyers|households|folks|they|those|these)"
    r"(?: (?:who|that) (?:buy|get|bought|take) (?:it|them|those|these|that))?"
)
_SPEND_MORE = re.compile(
    rf"{LEAD}(?:(?:do|does|did|are) {_BUYERS} (?:usually |really |also |actually )?(?:spend(?:ing)?|buy(?:ing)?|worth)"
    rf" (?:any |a lot |much )?(?:more|less)|(?:how much )?more (?:do|does|did) {_BUYERS} spend"
    rf"|are {_BUYERS} (?:better|bigger|bigger spending|higher spending)(?: (?:customers|shoppers|spenders|baskets))?)"
    r"(?: (?:money|overall|in total|per (?:trip|visit|basket)|a (?:trip|visit)))*"
    r"(?: than (?:an? |the |our |all |most )*(?:normal|average|avg|usual|regular|other|others|typical|rest|everyone)?"
    r" ?(?:ones?|customers?|shoppers?|people|baskets?|else|of (?:them|the customers))?)?\W*$"
)
_MORE_BY = re.compile(
    rf"{LEAD}(?:by )?how much (?:more|less|bigger|smaller)(?: (?:is|do|did) (?:that|it|they)(?: spend)?)?\W*$"
)
_WHICH_STORE = re.compile(
    rf"{LEAD}(?:at |in )?(?:which|what) (?:store|shop|location)s? (?:has|have|had|gets?|sees?) (?:the )?(?:most|fewest"
    r"|least|biggest|best|highest)(?: (?:of )?(?:them|those|these|it|that))?\W*$"
)
_LOST = re.compile(
    rf"{LEAD}how many(?: (?:of (?:them|those|these)|customers|shoppers|people))? (?:did|have|are) we (?:lose|lost"
    r"|losing)(?P<since> since .{3,20}?)?\W*$"
)
OF_BASKETS = (
    "What a customer spends is told by the basket here: those with it beside all others. What known customers spent is"
    " in “customers who bought … last month”."
)
OF_KNOWN = "These are known customers: who bought it before, and did not since."
SINCE_WHEN = "Since when? Customers are lost between two spans: “how many customers did we lose since June”."
_SOLD = frozenset({"sales_summary", "sales_breakdown", "compare_periods"})
_NO_WORD = re.compile(r"(?!)")


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean after an answer about baskets with something; None for every other message."""
    last = previous[-1]
    part: dict[str, Any] = kept(last, "product", "department")
    if last.name in _SOLD and part and _SPEND_MORE.match(plain):
        days = kept(last, "period")
        days = days if days and long_enough(days["period"], "week") else {}
        return Plan(((BASKETS, {**part, **days, **kept(last, "stores")}),), OF_BASKETS)
    if last.name not in (BASKETS, TOGETHER) or not part:
        return None
    if (lost := _LOST.match(plain)) is not None:
        return _lost(lost["since"], {**part, **kept(last, "stores")}, around)
    if _WHICH_STORE.match(plain) and len(around.stores) > 1:
        return Plan(
            ((BASKETS, {**{key: value for key, value in last.args.items() if key != "stores"}, "by": "store"}),)
        )
    with_it = dict(last.args) if last.name == BASKETS else {**part, **kept(last, "stores")}
    again = Plan(((BASKETS, with_it),))
    if (without := _WITHOUT.match(plain)) is not None:
        goods = without["goods"]
        return again if goods is None or goods in ("it", "that", "them") else _of_goods(goods, with_it, around)
    if last.name == TOGETHER:
        return None
    if _ELSE.match(plain):
        return Plan(((TOGETHER, {**part, **kept(last, "stores")}),))
    if _DIFFERENCE.match(plain) or _MORE_BY.match(plain) or _SPEND_MORE.match(plain):
        return again
    against = _AGAINST_REST.match(plain)
    if against is None or len(around.stores) < 2:
        return None
    reading = Reading.of(f"at {against['at']}")
    if take_stores(reading, around) is None or reading.rest():
        return None
    before = {key: value for key, value in last.args.items() if key != "stores"}
    return Plan(((BASKETS, {**before, "by": "store"}),))


def _lost(since: str | None, of: dict[str, Any], around: Surroundings) -> Plan:
    """Known customers of it who did not come again: as the whole question, with the goods and stores in question."""
    asked = kept_customers.read(reworded(f"customers we lost{since or ''}"), around)
    if asked is None or not asked.calls:
        return Plan(text=SINCE_WHEN)
    return Plan(tuple((name, {**args, **of}) for name, args in asked.calls), OF_KNOWN)


def _of_goods(said: str, before: dict[str, Any], around: Surroundings) -> Plan | None:
    """The answer tells baskets with something and those without: the same once more, or of what is named instead."""
    slots = take_slots(Reading.of(said), around, _NO_WORD)
    if slots.unknown or slots.stores or slots.period or slots.limit or not (slots.department or slots.product):
        return None
    goods = {"department": slots.department} if slots.department else {"product": slots.product}
    others = {key: value for key, value in before.items() if key not in ("product", "department", "by")}
    return Plan(((BASKETS, {**others, **goods}),))
