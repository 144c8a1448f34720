"""“Stores whose visitors rose but whose sales fell”: rows for which something holds, where all of them are told.

A table of every store answers that for who reads it through; the answer says that it does not pick them out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, Plan, together

ALL_OF_THEM = "Every {one} is told here, not only those {said} …: which they are is read off the table."
_HOLDING = re.compile(
    r"^\W*(?:(?:show|list|give|tell|find|name)(?: me| us)? )?(?:all |the |our |any |which )*(?P<rows>store|department"
    r"|category|categorie|week|month|day|brand|supplier|district|weekday|hour)s? (?P<said>whose|where|that|which"
    r"|(?:in|on|during) which) (?P<what>.+)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:rose|grew|grow|growing|fell|dropped|drop|declined|down|up|increased|decreased|improved|worsened|shrank|lost"
    r"|gained|less|more|fewer|higher|lower|better|worse|above|below|beat|outsold)\b",
    re.IGNORECASE,
)
_PICKS = ("order", "rank_by", "trend", "over", "under", "having", "top")


def with_all_told(question: str, decided: Plan) -> Plan:
    """The plan, with the words for that it tells every row and not only those for which something holds."""
    found = _HOLDING.search(question)
    if found is None or decided.opening or not _MOVED.search(found["what"]):
        return decided
    if any(
        name not in (BREAKDOWN, COMPARE, SUMMARY) or any(args.get(one) for one in _PICKS)
        for name, args in decided.calls
    ):
        return decided
    if not all(args.get("by") for _, args in decided.calls):
        return decided
    one = found["rows"].lower().replace("categorie", "category")
    return replace(decided, opening=together(ALL_OF_THEM.format(one=one, said=found["said"]), decided.opening))
