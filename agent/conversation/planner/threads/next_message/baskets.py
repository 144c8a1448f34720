"""Short questions behind the baskets that hold something: those without it, what else is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.threads.next_message.pointed import kept
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
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
_NO_WORD = re.compile(r"(?!)")


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:
    """The calls such words mean after an answer about baskets with something; None for every other message."""
    last = previous[-1]
    part: dict[str, Any] = kept(last, "product", "department")
    if last.name not in (BASKETS, TOGETHER) or not part:
        return None
    with_it = dict(last.args) if last.name == BASKETS else {**part, **kept(last, "stores")}
    again = Plan(((BASKETS, with_it),))
    if (without := _WITHOUT.match(plain)) is not None:
        goods = without["goods"]
        return again if goods is None or goods in ("it", "that", "them") else _of_goods(goods, with_it, around)
    if last.name == TOGETHER:
        return None
    if _ELSE.match(plain):
        return Plan(((TOGETHER, {**part, **kept(last, "stores")}),))
    if _DIFFERENCE.match(plain):
        return again
    against = _AGAINST_REST.match(plain)
    if against is None or len(around.stores) < 2:
        return None
    reading = Reading.of(f"at {against['at']}")
    if take_stores(reading, around) is None or reading.rest():
        return None
    before = {key: value for key, value in last.args.items() if key != "stores"}
    return Plan(((BASKETS, {**before, "by": "store"}),))


def _of_goods(said: str, before: dict[str, Any], around: Surroundings) -> Plan | None:
    """The answer tells baskets with something and those without: the same once more, or of what is named instead."""
    slots = take_slots(Reading.of(said), around, _NO_WORD)
    if slots.unknown or slots.stores or slots.period or slots.limit or not (slots.department or slots.product):
        return None
    goods = {"department": slots.department} if slots.department else {"product": slots.product}
    others = {key: value for key, value in before.items() if key not in ("product", "department", "by")}
    return Plan(((BASKETS, {**others, **goods}),))
