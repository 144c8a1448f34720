"""“The five weakest days, and how many customers came on each”: a second part about every row of the first.

Read by itself that part is a total, which looks like an answer and is none. Its figure is put beside the rows, or the
part is named.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.concepts.asked import call
from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, Plan, together
from agent.conversation.planner.parts.pieces import ASK_NEXT

_OF_EACH = re.compile(
    r"(?:,| and) (?:and )?(?P<part>(?:how (?:many|much|often)|what|which|who)\b[^?;]*?\b(?:(?:on|in|at|of|for|from|with"
    r"|to|by) each(?: one| of (?:them|these|those))?(?=\W*$|,| (?:last|this|in|on|over)\b)"
    r"|(?:does|did|do|is|was|has|had|have) each(?: one| of (?:them|these|those))? (?!store|shop|day|week|month)[a-z]+"
    r"|each (?:one )?(?:had|has|have|sold|made|took|got|gave|spent|bought|brought|cost)\b)[^?;]*)",
    re.IGNORECASE,
)


def with_each_row(question: str, decided: Plan) -> Plan:
    """The plan with the figures of such a part beside the rows of the first, or with the words for the part."""
    found = _OF_EACH.search(question)
    if found is None or len(decided.calls) < 2:
        return decided
    (name, args), *more = decided.calls
    by = args.get("by")
    if any(other.get("by") == by if by else other.get("by") for _, other in more):
        return decided
    said = ASK_NEXT.format(part=found["part"].strip())
    metrics = [one for tool, other in more if tool == SUMMARY for one in other.get("metrics", ())]
    beside: dict[str, Any] = {**args, "metrics": [*dict.fromkeys((*args.get("metrics", ("net_sales",)), *metrics))]}
    told = call(BREAKDOWN, beside) if name == BREAKDOWN and by and metrics else None
    if told is not None:
        return replace(decided, calls=told.calls)
    return Plan(((name, args),), together(decided.text, said), decided.opening)
