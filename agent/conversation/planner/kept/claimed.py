"""What a question about a change takes for granted: “why were sales down 12 %?” says down, and by how much.

It goes along to the tool, which says so where it was not. A question that names both ways, or denies one, claims none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan

EXPLAIN = "explain_change"
_DOWN = re.compile(
    r"\b(?:down|drop(?:s|ped|ping)?|fall(?:s|en|ing)?|fell|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower|worse"
    r"|slip(?:s|ped|ping)?|slump(?:s|ed|ing)?|dip(?:s|ped)?|plung(?:e|es|ed|ing)|plummet(?:s|ed|ing)?|shr[aiu]nk"
    r"|shrinking|tank(?:s|ed|ing)?|weak(?:er)?)\b"
)
_UP = re.compile(
    r"\b(?:(?<!follow )(?<!show )(?<!add )(?<!end )(?<!came )up(?! to\b| with\b)|ris(?:e|es|en|ing)|rose"
    r"|increas(?:e|es|ed|ing)|gr[eo]w(?:s|n|ing|th)?"
    r"|higher|better|spik(?:e|es|ed|ing)|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|climb(?:s|ed|ing)?|soar(?:s|ed|ing)?"
    r"|improv(?:e|es|ed|ing|ement))\b"
)
_DENIED = re.compile(r"\b(?:not|no|never|without)\b|n't\b")
_BROKEN_DOWN = re.compile(
    r"\b(?:break(?:ing)?|broken|drill(?:ing)?|split(?:ting)?|narrow(?:ing)?)(?: \w+){0,3} down\b|\bbreakdown\b"
)
_COSTS = re.compile(r"\bcosts?\b", re.IGNORECASE)
"""What is claimed of a cost is not claimed of the margin that it is told by."""
_PERCENT = re.compile(r"(?<![\w.])[+-]?(?P<number>\d{1,4}(?:\.\d{1,2})?) ?(?:%|per ?cent\b|pct\b)")


def with_its_claim(question: str, decided: Plan) -> Plan:
    """The plan with what is taken for granted beside its only explanation."""
    if [name for name, _ in decided.calls] != [EXPLAIN]:
        return decided
    args = decided.calls[0][1]
    of_costs = _COSTS.search(question) is not None and "margin" in str(args.get("metric", ""))
    return (
        decided if "claim" in args or of_costs else replace(decided, calls=((EXPLAIN, {**args, **claimed(question)}),))
    )


def claimed(question: str) -> dict[str, Any]:
    """``claim`` and ``claim_percent`` as far as they are said.

    >>> claimed("Why did sales drop 12% last week?")
    {'claim': 'down', 'claim_percent': 12}
    >>> claimed("Why are sales down although more people came in than before, up 3%?")
    {}
    """
    said = _BROKEN_DOWN.sub(" ", question.lower())
    down, up = _DOWN.search(said), _UP.search(said)
    if bool(down) == bool(up) or _DENIED.search(said):
        return {}
    percents = [one["number"] for one in _PERCENT.finditer(said)]
    claim: dict[str, Any] = {"claim": "down" if down else "up"}
    if len(percents) == 1:
        number = float(percents[0])
        claim["claim_percent"] = int(number) if number.is_integer() else number
    return claim
