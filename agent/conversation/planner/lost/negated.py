"""What is to be left out or not to be so: “the best products that were not on promotion”, told of those that were.

A negation is lost where the question without it gives the same plan: an answer to “with” is none to “without”. A plan
that leaves the named thing out, or words that name it, have kept it; so have questions that name both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.conversation.planner.lost.content import content
from agent.conversation.planner.lost.taken_out import is_the_same, without_span
from agent.conversation.planner.outcome import Plan, together, without

OPPOSITE = (
    "“{said}” I cannot tell: I could only tell the opposite, and that would mislead. I can leave departments, products,"
    " brands, stores, weekdays, channels and ways of paying out of sums of the sales: “sales by store without Fuel”."
)
_END = r"(?=\s*(?:[,;?.]|$|\b(?:and|but|in|at|for|by|per|last|this|since|over|during|compared|versus|vs)\b))"
_PHRASE = r"(?P<what>[\w$%'&-]+(?: [\w$%'&-]+){0,4}?)"
_NEGATIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?P<how>{said}) {_PHRASE}{_END}", re.IGNORECASE), instead)
    for said, instead in (
        (r"(?:that|who|which) (?:are|were|was|is)(?: not|n't)", "that are"),
        (r"(?:that|who|which) (?:do|does|did|have|has|had)(?: not|n't)", "that"),
        (r"(?:but|and) (?:not|never)", "and"),
        (r"never", ""),
        (
            (
                r"(?:exclud(?:e|es|ing)|except(?: for)?|leaving out|not counting|not including|apart from|other than"
                r"|aside from|without|but not|minus)"
            ),
            "with",
        ),
    )
)
_BOTH_SIDES = re.compile(
    r"\b(?:with(?:out)? (?:and|or|versus|vs\.?) with(?:out)?|or not\b|(?:versus|vs\.?|against|compared (?:to|with)|and"
    r"|than)(?: \w+){0,3} (?:not|without|never|don't|didn't|doesn't|aren't|weren't))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"'exclude': true|\bnever\b|\bno_|\bnot\b|\bwithout\b|\bnone\b|lapsed|unsold|dead_stock|away")
_TELLS_BOTH = frozenset({
    "baskets_apart", "campaign_facts", "redeemers_compared", "discounts_used", "coupon_use_by_household",
    "new_and_returning", "store_tasks", "private_label_share",
})  # fmt: skip
"""Tools whose answers tell those that are and those that are not."""
_EXCEPTS = re.compile(r"(?:exclud|except|without|leaving out|not )", re.IGNORECASE)
"""How a search begins that looks for the words of an exception."""
_NEVER_IN = re.compile(r"(?:sales |any |all )*(?:tax(?:es)?|vat)", re.IGNORECASE)
"""What net sales never contain."""


def with_negations(question: str, decided: Plan, read: Callable[[str], Plan]) -> Plan:
    """The plan, with the words for what it does not leave out; the refusal where it would tell the opposite.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        read: plans a question by itself.
    """
    if _BOTH_SIDES.search(question) or any(name in _TELLS_BOTH for name, _ in decided.calls):
        return decided
    beside = f"{decided.text} {decided.opening}".lower()
    for pattern, instead in _NEGATIONS:
        found = pattern.search(question)
        if found is None or _NEVER_IN.fullmatch(found["what"]):
            continue
        words = content(found["what"])
        told = f"{decided.calls}".lower()
        if not words or any(word in beside for word in words):
            continue
        if any(_EXCEPTS.match(str(args.get("text", ""))) for _, args in decided.calls):
            return Plan(text=OPPOSITE.format(said=found[0].strip()))
        if _KEPT.search(told) and any(word in told for word in words):
            continue
        said = found[0].strip()
        affirmed = without_span(question, found.start(), found.start("what"), instead)
        rest = without_span(question, *found.span())
        if is_the_same(rest, decided, read):
            return replace(decided, opening=together(without(said), decided.opening))
        if _is_searched(words, decided, rest) or is_the_same(affirmed, decided, read):
            return Plan(text=OPPOSITE.format(said=said))
    return decided


def _is_searched(words: Sequence[str], decided: Plan, rest: str) -> bool:
    """Whether what is to be left out is what a search looks for: said there, and nowhere else in the question."""
    sought = " ".join(str(args.get("text", "")) for _, args in decided.calls).lower()
    return any(word in sought and word not in rest.lower() for word in words)
