"""The department, category or store that the question before asked for: “which department dropped the most” … “why?”.

The answer names it; what is asked next is about that one and not about all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.conversation.planner.outcome import COMPARE
from agent.conversation.planner.threads.remembered import Call

BREAKDOWN = "sales_breakdown"
_ARGUMENT = {"department": "department", "category": "department", "store": "stores"}
_FELL = (
    r"(?:fell|fall\w*|drop\w*|declin\w*|decreas\w*|lost|los(?:e|ing|ses)|shr[aiu]nk\w*|down|worst|dragg\w*|weakest"
    r"|slipp\w*)"
)
_ROSE = r"(?:grew|grow\w*|rose|ris(?:e|en|ing)|gain\w*|increas\w*|up|best|improv\w*|jump\w*|strongest)"
_ASKED = re.compile(
    r"\b(?:w?h?ich|what)(?: (?:one|of (?:the|our|my)))? (?P<noun>department|dept|category|store"
    rf"|shop)\b.*?\b(?:(?P<fell>{_FELL})|(?P<rose>{_ROSE}))\b"
)


def end_asked_for(call: Call) -> Mapping[str, str]:
    """The argument that limits a tool to what was singled out; empty where the question asked for none.

    >>> end_asked_for(Call("compare_periods", {"by": "department"},
    ...     {"text": "Largest rise: Deli, $9. Largest fall: Meat, $5, down 2 %."}, "which department fell most"))
    {'department': 'Meat'}
    """
    by, asked = call.args.get("by"), _ASKED.search(call.question.lower())
    if call.name == BREAKDOWN and call.args.get("top") == 1 and by in _ARGUMENT:
        return _only_row(call, str(by))
    if call.name != COMPARE or asked is None or by not in _ARGUMENT:
        return {}
    way = "fall" if asked["fell"] else "rise"
    told = re.search(rf"Largest {way}: (?P<name>.+?), [-$€£\d]", str(call.document.get("text") or ""))
    return {_ARGUMENT[str(by)]: told["name"]} if told else {}


def _only_row(call: Call, by: str) -> Mapping[str, str]:
    """What a list of one row names."""
    table = call.document.get("table")
    rows = list(table.get("rows") or ()) if isinstance(table, Mapping) else []
    if not isinstance(table, Mapping) or len(rows) != 1:
        return {}
    names = [
        str(one.get("name") if isinstance(one, Mapping) else one).split(" (")[0].lower()
        for one in table.get("columns", ())
    ]
    return {_ARGUMENT[by]: str(rows[0][names.index(by)])} if by in names else {}
