"""Goods that stand where only goods can stand and that no call is of: “how much processed did we sell”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.concepts.lexicon import FIGURES, GROUPS, words_of
from agent.conversation.planner.outcome import SUMMARY, Plan

_SOLD = re.compile(
    r"\bhow (?:much|many(?: (?:units|pieces|packs) of)?) (?:of )?(?:the |our )?"
    r"(?P<name>[a-z][a-z&'-]*(?: [a-z&'-]+){0,2}?) (?:did|do|have|has) (?:we|i|you|the stores?|they)(?: \w+ly)? "
    r"(?:sell|sold)\b",
    re.IGNORECASE,
)
_NO_GOODS = re.compile(
    r"\b(?:more|less|stuff|things?|money|dollars?|cash|of (?:it|that|them)|product|merchandise|total|in all|exactly|net"
    r"|gross|overall|altogether|really|actually|business|goods|worth|time|times|value)\b",
    re.IGNORECASE,
)
_OF_GOODS = frozenset({"product", "department", "where"})


def with_goods(question: str, decided: Plan) -> Plan:
    """The plan of the goods that were sold, where its one sum of the sales is of everything."""
    found = _SOLD.search(question)
    if found is None or len(decided.calls) != 1 or decided.calls[0][0] != SUMMARY:
        return decided
    name, args = decided.calls[0]
    said = found["name"]
    if _OF_GOODS & args.keys() or _NO_GOODS.search(said):
        return decided
    if any(one.named(FIGURES) or one.named(GROUPS) for one in words_of(said)):
        return decided
    told = call(name, {**{key: value for key, value in args.items() if key != "by"}, "product": said})
    return replace(decided, calls=told.calls) if told is not None else decided
