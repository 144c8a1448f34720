"""“Per trip”, “per line”: a rate that is asked for where another figure is told."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.lost.told import tells_of_itself
from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, SUMMARY, TOP, Plan, together

NOT_A_RATE = "“{said}” is not worked out here: what follows are other figures."
_SALES = frozenset({SUMMARY, BREAKDOWN, COMPARE, TOP})
_RATES = tuple(
    (re.compile(rf"\b(?:per|for each|for every) (?:{said})\b", re.IGNORECASE), re.compile(carried))
    for said, carried in (
        (
            "trip|visit|basket|receipt|ticket|order|transaction",
            r"per_transaction|average_transaction|per_visit|basket|visit",
        ),
        ("customer|shopper|household|member", r"customer|household|per_visitor|conversion|age_band|income|kids"),
        ("line", r"line"),
        ("unit|piece|item", r"average_selling_price|product|per_unit|price"),
        ("(?:square )?foot|sq ft|facing", r"foot|facing|space"),
    )
)


def with_rates(question: str, decided: Plan) -> Plan:
    """The plan, with the words for a rate that its sums of the sales do not tell."""
    if decided.opening or any(name not in _SALES for name, _ in decided.calls):
        return decided
    usual = " ".join(tells_of_itself(name, args) for name, args in decided.calls)
    told = f"{decided.calls} {usual} {decided.text}".lower()
    for said, carried in _RATES:
        found = said.search(question)
        if found is not None and not carried.search(told):
            return replace(decided, opening=together(NOT_A_RATE.format(said=found[0]), decided.opening))
    return decided
