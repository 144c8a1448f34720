"""“Was it on promotion?” and “what was the lift?” after an answer about goods: of these goods, in those days."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import COMPARE, SUMMARY, Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.topics.promoted_share import BREAKDOWN, ON_PROMOTION, SAYS

LIFT = "promotion_lift"
_WAS_IT = re.compile(
    r"^\W*(?:and |so |but )?(?:was|were|is|are) (?:it|that|this|they|those|these|any of (?:it|them"
    r"|that))(?: \w+)? (?:on (?:a )?(?:promo(?:tion)?|offer|special|deal)|promoted)(?: then| at the time"
    r"| (?:in )?those days)?\W*$|^\W*(?:and )?how much of (?:it|that|them|those) (?:was|were"
    r"|is) (?:sold )?(?:on (?:promo(?:tion)?|offer|deal)|promoted)\W*$"
)
_THE_LIFT = re.compile(
    r"^\W*(?:and |so |ok )*(?:what(?:'s| is| was| were)?|how (?:big|much|high)(?: is| was)?|show(?: me)?) ?(?:the "
    r"|its |their )?(?:promo(?:tion)?(?:al)? |sales )?(?:up)?lift(?: (?:of|from|on) (?:it|that|this|them|those))?\W*$"
)
_KEPT = ("period", "stores", "product", "department")


def read(plain: str, last: Call) -> Plan | None:
    """The call such words mean after an answer about a product, a department or a category; None for every other."""
    if last.name not in (SUMMARY, COMPARE, BREAKDOWN) or not {"product", "department"} & set(last.args):
        return None
    kept: dict[str, Any] = {key: last.args[key] for key in _KEPT if key in last.args}
    if _WAS_IT.match(plain):
        return Plan(((BREAKDOWN, {**kept, "where": [ON_PROMOTION], "of_total": True}),), SAYS)
    if _THE_LIFT.match(plain):
        return Plan(((LIFT, kept),))
    return None
