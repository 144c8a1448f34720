"""A clause that says which are meant, and that changes nothing: “new customers who came back at least twice”."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.conversation.planner.lost.content import content
from agent.conversation.planner.lost.taken_out import is_the_same, without_span
from agent.conversation.planner.outcome import Plan, together, without

_CLAUSE = re.compile(
    r"(?<=[a-z\d] )(?P<said>(?:who|(?:that|which) (?:were|was|are|is|have|had|has|did|do|does|came|come))"
    r" (?:[\w$%'-]+ ){0,6}?[\w$%'-]+)(?=\s*(?:[,;?.]|$"
    r"|\b(?:and|but|by|per|in|for|on|from|at(?! least| most)|last|this|since|during|compared|versus|vs)\b))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?:,| but) (?P<said>only (?:[\w$%'-]+ ){0,4}?[\w$%'-]+)(?=[,;?.]|$)|(?:,|\b(?:for|in|on|at|with))"
    r" (?P<meant>(?:[\w-]+ ){1,3}only)(?=[,;?.]|$)",
    re.IGNORECASE,
)
"""“high priority only”, “but only from September on”."""
_NEXT_PART = re.compile(r"(?:\b(?:and|or|than|but|of|to|as)|[,;:])\s*$", re.IGNORECASE)
_OF_THOSE = frozenset(
    {"reorder_list", "shared_customers", "redeemers_compared", "stockout_risk", "customers_across_stores"}
)
"""Tools that are of those that such a clause means."""


def with_only(question: str, decided: Plan, read: Callable[[str], Plan]) -> Plan:
    """The plan, with the words for what it is to be limited to, where it is the same without them.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        read: plans a question by itself.
    """
    found = _ONLY.search(question)
    if found is None or decided.opening or not decided.calls:
        return decided
    said = found["said"] or found["meant"]
    told = f"{decided.calls} {decided.text}".lower()
    if any(word in told for word in content(said)):
        return decided
    span = found.span("said" if found["said"] else "meant")
    if not is_the_same(without_span(question, *span), decided, read):
        return decided
    return replace(decided, opening=together(without(said), decided.opening))


def with_clauses(question: str, decided: Plan, read: Callable[[str], Plan]) -> Plan:
    """The plan, with the words for a clause without which it is the same.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        read: plans a question by itself.
    """
    found = _CLAUSE.search(question)
    if found is None or decided.opening or len(decided.calls) != 1 or decided.calls[0][0] in _OF_THOSE:
        return decided
    if _NEXT_PART.search(question[: found.start()]):
        return decided
    told = f"{decided.calls} {decided.text}".lower()
    words = content(found["said"])
    if not words or any(word in told for word in words):
        return decided
    if not is_the_same(without_span(question, *found.span()), decided, read):
        return decided
    return replace(decided, opening=together(without(found["said"]), decided.opening))
