"""What is the longest, the oldest or the earliest of a list: an order that few tools know, and that is soon lost.

``order`` looks after the highest and the lowest of a figure. These are ends of a span of time or of a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agent.conversation.planner.lost.taken_out import is_the_same, without_span
from agent.conversation.planner.outcome import Plan, together

NOT_IN_ORDER = "“{said}” is not told here: what follows is not put in that order."
_EXTREME = re.compile(
    r"\b(?:for )?(?:the )?(?P<said>longest|shortest|oldest|newest|earliest|furthest|farthest|soonest|deepest|nearest"
    r"|most recently|(?:largest|biggest|smallest)(?: single)? (?:transactions?|baskets?|orders?"
    r"|receipts?|tickets?|bills?))\b",
    re.IGNORECASE,
)
_OF_RECEIPTS = frozenset({
    "largest_transactions", "basket_statistics", "find_transaction", "purchase_orders", "on_order", "baskets_apart",
    "refunds_and_voids", "both_in_basket", "bought_together",
})  # fmt: skip


def with_extremes(question: str, decided: Plan, read: Callable[[str], Plan]) -> Plan:
    """The plan, with the words for an end that it is not put in the order of.

    Args:
        question: the question as it was said.
        decided: what is planned for it.
        read: plans a question by itself.
    """
    found = _EXTREME.search(question)
    if found is None or (decided.opening and decided.calls[0][0] == "store_tasks"):
        return decided
    if found["said"].lower() in f"{decided.text} {decided.opening}".lower():
        return decided
    noun = found["said"].partition(" ")[2].removeprefix("single ") if found["said"][0].lower() in "lbs" else ""
    if _is_single(found, question) and not any(name in _OF_RECEIPTS for name, _ in decided.calls):
        return replace(decided, opening=together(NOT_IN_ORDER.format(said=found["said"]), decided.opening))
    if not is_the_same(without_span(question, *found.span(), noun), decided, read):
        return decided
    return replace(decided, opening=together(NOT_IN_ORDER.format(said=found["said"]), decided.opening))


def _is_single(found: re.Match[str], question: str) -> bool:
    """Whether the largest receipt itself is meant; the store that “has the biggest basket” has it on average."""
    behind = question[found.end() :].lstrip().lower()
    return (
        " " in found["said"]
        and not found["said"].lower().startswith("most")
        and not re.search(r"\b(?:has|have|had|with|gets?|sees?) *$", question[: found.start()], re.IGNORECASE)
        and not behind.startswith(("size", "value", "by ", "per ", "amount"))
    )
