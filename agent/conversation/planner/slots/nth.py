"""“Our second biggest store”: a place in a ranking, which is told down to it; the answer says which row it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.conversation.planner.outcome import BREAKDOWN, SUMMARY, TOP, Plan, together
from agent.conversation.planner.slots.arguments import valid

THAT_ROW = "You asked for the {nth}: that is row {row} of this ranking."
THAT_ROW_OF_EACH = "You asked for the {nth}: that is row {row} within each."
_PLACES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NTH = re.compile(
    rf"\b(?P<nth>{'|'.join(_PLACES)}|(?P<digit>[2-9]|10)(?:nd|rd|th))[- ](?=(?P<end>best|worst|biggest|largest|highest"
    r"|lowest|slowest|fastest|busiest|quietest|strongest|weakest|smallest|most|least|top|leading)\b)",
    re.IGNORECASE,
)
_LOW = frozenset({"worst", "lowest", "slowest", "quietest", "weakest", "smallest", "least"})
_RANKINGS = frozenset({TOP, BREAKDOWN, SUMMARY, "store_ranking"})
Call = tuple[str, Mapping[str, Any]]


def by_place(question: str, read: Callable[[str], Plan]) -> Plan | None:
    """The plan for a place in a ranking; None where none is asked for, or it is not of a ranking.

    Args:
        question: the question as it was said.
        read: plans a question.
    """
    found = _NTH.search(question)
    if found is None or len(_NTH.findall(question)) > 1:
        return None
    row = int(found["digit"]) if found["digit"] else _PLACES.index(found["nth"].lower()) + 2
    decided = read(f"{question[: found.start()]}{question[found.end() :]}")
    if len(decided.calls) != 1 or decided.calls[0][0] not in _RANKINGS:
        return None
    name, args = decided.calls[0]
    if name in (BREAKDOWN, SUMMARY) and not args.get("by"):
        return None
    said = THAT_ROW_OF_EACH if args.get("each") else THAT_ROW
    opening = together(said.format(nth=found["nth"].lower(), row=row), decided.opening)
    if name == SUMMARY:  # its rows of days and hours stand in the order of time
        order = {"order": "bottom"} if found["end"].lower() in _LOW else {}
        kept = {key: value for key, value in args.items() if key not in ("gap", "order")}
        name, args = BREAKDOWN, {"metrics": ["net_sales"], **kept, **order}
    return Plan((_down_to(name, args, row),), decided.text, opening)


def _down_to(name: str, args: Mapping[str, Any], row: int) -> Call:
    """The call with as many rows; as it is where its tool ranks them all."""
    key = "each" if args.get("each") else "limit" if name == TOP else "top"
    told = valid(name, {**args, key: row}) if name in (TOP, BREAKDOWN) else None
    return told if told is not None else (name, args)
