"""A share that is asked for where the tool tells numbers: “what share of complaints was about queues”."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan, together

NO_SHARE = "“{said}” is not worked out here: what follows are the numbers themselves."
_SHARE = re.compile(
    r"\b(?:(?:as )?(?:a |an |the |what |which )?(?:share|percent(?:age)?|proportion|fraction) of(?: all| our| the"
    r"| total)* \w+|what (?:%|percent|percentage|share|proportion|fraction)\b)",
    re.IGNORECASE,
)
_NUMBERS_ONLY = frozenset({
    "search_feedback", "store_tasks", "team_schedule", "reorder_list", "refunds_and_voids",
    "fast_movers", "slow_stock", "dead_stock", "purchase_orders", "on_order", "promotions_running", "attendance",
    "transfer_candidates", "stock_changes", "price_changes", "store_conditions", "exception_report",
})  # fmt: skip
"""Tools whose answers hold no share of anything."""


def with_shares(question: str, decided: Plan) -> Plan:
    """The plan, with the words for a share that none of its tools tells."""
    found = _SHARE.search(question)
    if found is None or not decided.calls or any(name not in _NUMBERS_ONLY for name, _ in decided.calls):
        return decided
    said = found[0].strip()
    if "share" in decided.opening or said.lower() in f"{decided.text} {decided.opening}".lower():
        return decided
    return replace(decided, opening=together(NO_SHARE.format(said=said), decided.opening))
