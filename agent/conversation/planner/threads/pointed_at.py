"""“Am I ordering too much of this item?”: where nothing before names it, which one is meant is asked back.

In a thread the names stand in the place of such words before a question is read (``pointing``). Where no name could be
put there, the figures of all goods would be told as if they were those of the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.threads.pointing import with_things_named
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.vague import STORE
from agent.conversation.surroundings import Surroundings

_NOUN = "item|product|sku|article|brand|category|department|promotion|promo|campaign"
_POINTS = re.compile(
    rf"\b(?:this|that)(?: (?:very|particular|specific|same))? (?P<noun>{_NOUN})\b(?!['’-]|s\b| (?:of|mix|range|lines?"
    r"|groups?|data|lists?|names?|level|manager|head|calendar)\b| #?\d)"
    rf"|\b(?:much|many|more|less|few) of (?:this|that|it)\b(?! (?:{_NOUN}|day|week|weekend|month|quarter|year|season"
    r"|time|is|was|are|were|goes|comes|went|came)\b)|\b(?:on|of|for|is|was) (?:this|that) one\W*$"
    r"|\bcover for (?:it|this|that)(?=\W*$| (?:at|in)\b)",
    re.IGNORECASE,
)
_THIS_STORE = re.compile(
    r"\b(?:this|that) (?:very |particular |specific )?(?:store|shop|branch|location)\b(?!['’-]|s\b)", re.IGNORECASE
)
_NAMED_BEFORE = re.compile(r"[.?!:;,\"“”\n]|\b(?:each|every|any|an?|if|whether)\b|(?<=\w )when\b", re.IGNORECASE)
"""What comes before such words may name the thing itself: “oat milk: how much of this item is left”."""
_NAMES = ("product", "with_product", "department", "category", "campaign", "promotion", "supplier", "where", "text")
_STORES = ("stores", "store", "from_store", "to_store", "by", "average_of")
_ONE = "product"
WHICH = "Which {what} do you mean? Nothing before this in our thread names one. Give its name or number."


def asked_back(question: str, decided: Plan, previous: Sequence[Call], around: Surroundings) -> Plan:
    """The plan, or the question which one is meant where it points at one thing and tells of all."""
    if (previous and previous[-1].failed) or not (decided.calls or decided.unread):
        return decided
    if any(name.startswith("propose_") for name, _ in decided.calls):
        return decided
    said = with_things_named(question, previous)
    found = _POINTS.search(said)
    if found and not _NAMED_BEFORE.search(said, 0, found.start()) and not _names(_NAMES, decided, found[0]):
        return Plan(text=WHICH.format(what=(found["noun"] or _ONE).lower()))
    own = not 0 < len(around.default_store_ids) < len(around.stores)  # else it is the store of the channel
    alone = own and len(around.stores) > 1 and not (previous and previous[-1].args.get("stores"))
    here = _THIS_STORE.search(said) if alone else None
    if here and not _NAMED_BEFORE.search(said, 0, here.start()) and not _names(_STORES, decided, here[0]):
        return Plan(text=STORE.format(stores=", ".join(store.name for store in around.stores)))
    return decided


def _names(keys: Sequence[str], decided: Plan, pointer: str) -> bool:
    """Whether a call is of something by its name, which is not the words that point at it."""
    said = [str(args[key]).lower() for _, args in decided.calls for key in keys if args.get(key)]
    return any(pointer.lower() not in one for one in said)
