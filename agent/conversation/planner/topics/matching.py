"""Products that must meet several conditions at once: “high margin but low sales”, “best sellers out of stock”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.matching_words import FIGURES, Condition, take_conditions
from agent.conversation.surroundings import Surroundings

MATCHING = "products_matching"
_MOST = 4
_GOODS = re.compile(
    r"\b(?:products?|items?|skus?|articles?|goods|lines|things|(?:best|top|slow|fast|worst|high|big|low|poor)[- ]?"
    r"(?:selling|sellers?|movers?|moving|performers?)|promotions?|promos?|offers?|what(?:'s| is| are| sells| has| have"
    r"| do we)?)\b|^\W*(?:(?:show|list|find|give)(?: me)? )?(?:very |too )*(?:high|low|good|poor|expensive|cheap"
    r"|lots|a lot)"
)
_SELLING = frozenset({"net_sales", "units"})
_OTHER = re.compile(
    r"\b(?:why|should|if|velocity|would|could|increase|reduce|lower the|raise|forecast\w*|how come|difference"
    r"|compar\w+|versus"
    r"|vs|customers?|shoppers?|households?|employees?|cashiers?|staff|days?(?! of)|weeks? (?:with|that)|hours?|baskets?"
    r"|transactions?|trips|campaigns?|coupons?|mailers?|display|shelf|shelves|planogram|tasks?|suppliers?|vendors?"
    r"|correlat\w+|relation\w*|elasticity|effect|impact|each|every|per|share|percentage of|what percent|by (?:store"
    r"|department|category|brand|day|week|month|region)|pairs?|together|new|alternatives?|substitut\w*)\b"
    r"|^\W*(?:please )?(?:mark|re-?order|order|transfer|move|create|make|put|set|add|remove|discount|promote|send|tell"
    r"|stop|end|start|propose|change|drop|delist|cut|restock|replenish|schedule)\b|\b(?:categor(?:y|ies)|departments?"
    r"|brands?|stores|shops|manufacturers?|regions?|districts?)(?: (?:that|which))?(?: (?:have|has|are|is))?(?: (?:with"
    r"|had))?(?= *(?:high|low|grow\w*|declin\w*|falling|rising|good|poor|strong|weak))|^\W*(?:which|what|any|list|show"
    r"(?: me)?)(?: of)?(?: our| the| my)* (?:categor(?:y|ies)|departments?|brands?|stores?|shops?|locations?)\b"
)
_SPANS = re.compile(r"\b(?:last|past|previous|this|next) (?:\d{1,3} )?(?:days?|weeks?|months?|hours?)\b")
_RANK = re.compile(
    r"\b(?:(?:sorted|ranked|ordered|listed|sort|rank|order)(?: (?:them|it|these))?(?: by)?|by) (?:the |their )?(?:most "
    r"|highest )?(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in FIGURES) + r")\b"
)
_EITHER = re.compile(
    r"(?<!more )(?<!less )(?<!fewer )(?<!one )\bor\b(?! (?:more|less|fewer|above|below|over|under|higher|lower)\b)"
)
"""“Out of stock or running low”: one or the other, and not both at once."""
_CLAIMED = re.compile(
    r"\b(?:products?|items?|skus?|articles?|goods|lines|things|which|what(?:'s)?|that|have|has|had|with|but|yet|and"
    r"|while|though|although|also|both|still|at the same time|simultaneously|currently|right now|now|already|their"
    r"|they|them|are|is|were|was|do|does|did|our|my|the|of|on|in|a|an|any|there|list|show|find|give|me|us|get|all"
    r"|those|these|where|despite|even|only|having|being|stay|how many|number of|count|it|its|gross|net|in stock"
    r"|products|sold|sell|selling|made|sales|we|to|for|at|from|than|please|can you|could you|i|want|see|identify|due"
    r"|today|promoted|stocked|carry|popular|best|sellers?)(?![\w-])"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question with at least two conditions on products; None for every other."""
    reading = Reading.of(text)
    whole_said = reading.text
    whole = _SPANS.sub(" ", whole_said)
    if _OTHER.search(whole) or names_the_future(whole):
        return None
    ranked = reading.take(_RANK)
    placed = take_conditions(reading)
    found = [made for _, made in placed]
    promoted = [made["promoted"] for made in found if "promoted" in made]
    conditions = _each_once([made for made in found if "figure" in made])
    worth = any(map(_is_worth, conditions))
    goods = _GOODS.search(whole) or any(one["holds"] == "top" for one in conditions)
    if not worth and (len(conditions) + bool(promoted) < 2 or not goods):
        return None
    if len(set(promoted)) > 1 or len(conditions) > _MOST:
        return None
    if not promoted and all(one["figure"] in _SELLING and one["holds"] in ("high", "top") for one in conditions):
        return None  # the fast ones among the best sellers are the fast ones
    slots = take_slots(reading, around, _CLAIMED)
    if slots.unknown or slots.product:
        return None
    args: dict[str, Any] = {"conditions": conditions}
    if promoted:
        args["promoted"] = promoted[0]
    if ranked is not None:
        args["rank_by"] = next(name for name, _ in FIGURES if ranked[name])
    elif worth and len(conditions) == 1:
        args["rank_by"] = "stock_value"
    args |= slots.args("period", "stores", "department", "limit")
    if (either := _EITHER.search(whole_said)) is None:
        return Plan(((MATCHING, args),))
    kept = _one_or_the_other(placed, either.start())
    return Plan(tuple((MATCHING, {**args, "conditions": one}) for one in kept)) if kept else None


def _one_or_the_other(placed: Sequence[tuple[int, Condition]], at: int) -> list[list[Condition]]:
    """The conditions with what stands before an “or”, and with what stands behind it; empty where it joins no two."""
    before = [made for start, made in placed if start < at]
    behind = [made for start, made in placed if start > at]
    if not before or len(behind) != 1 or any("figure" not in made for _, made in placed):
        return []
    return [before, [*before[:-1], *behind]]


def _is_worth(one: Condition) -> bool:
    """Whether a condition is what the stock of a product is worth, which no other tool holds against an amount."""
    return one["figure"] == "stock_value" and "number" in one


def _each_once(conditions: list[Condition]) -> list[Condition]:
    """The conditions, each once; of “slow sellers with low sales” the second says the same again."""
    kept: list[Condition] = []
    for made in conditions:
        if not any((made["figure"], made["holds"]) == (one["figure"], one["holds"]) for one in kept):
            kept.append(made)
    return kept
