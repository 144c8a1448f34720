"""What an answer tells in any case: a second part of a question that asks for it needs no answer of its own.

“Which tasks are overdue, and who do they belong to?” is answered by the list of tasks, which names who has each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.topics.documents import FIND, REFUNDS
from agent.conversation.planner.topics.largest_given import DISCOUNTS

_THEY = r"(?:they|these|those|them|it|that|this|each|each one)"
_LIKE = r"(?:is|are|was|were|do|does|did|will|would)"
_NUMBER = r"(?:\d{1,2}|two|three|four|five|ten)"
_THEIR_SALES = re.compile(
    r"how (?:well |much |many )?(?:do|did|are|were|have) (?:they|these|those)(?: all)?"
    r" (?:sell(?:ing)?|sold|do(?:ing)?|done|perform(?:ing|ed)?|been (?:selling|doing|performing))(?: so far)?"
    r"|what (?:are|were|is|was) their (?:net )?(?:sales|revenue)(?: so far)?"
)
_WHOSE = re.compile(
    r"(?:by )?whom?(?: (?:gave|made|issued|approved|processed|did|rang(?: up)?|was))?(?: it| that| this)?"
    r"|(?:when|where|why|what for)(?: (?:was|were) (?:it|that|this))?|what (?:was|is) (?:the |its )?reason"
)
_OF_AN_ORDER = re.compile(
    rf"what(?:'s| is| are)? (?:in|on|inside) {_THEY}|what {_LIKE} {_THEY} (?:bring|contain|hold|include)"
    rf"|how many (?:units|items|pieces|cases)(?: {_LIKE})?(?: {_THEY}| there)?(?: (?:bring|contain|hold|include|have"
    rf"|in {_THEY}))?"
    rf"|when {_LIKE} {_THEY} (?:due|expected|arriv\w+|com\w+|get here)(?: in)?|(?:from )?(?:which|what) (?:supplier"
    rf"|vendor)s?"
    rf"(?: {_LIKE} {_THEY} (?:from|come from))?|who {_LIKE} {_THEY} from"
)
_OF_A_TASK = re.compile(
    rf"(?:who(?:m)?|which (?:person|associate|employee)s?) {_LIKE} {_THEY} (?:belong to|assigned(?: to)?|with)"
    rf"|who (?:owns?|has|is (?:responsible|accountable) for|must do|should do) {_THEY}|whose {_LIKE} {_THEY}"
    rf"|when {_LIKE} {_THEY} due|(?:in |at )?(?:which|what) stores?(?: {_LIKE} {_THEY}(?: in| at)?)?"
)
_WORTH = re.compile(
    rf"what (?:{_LIKE} {_THEY} worth|is their (?:total )?(?:stock )?value)|how much {_LIKE} {_THEY} worth"
    rf"|(?:which|what) (?:are|is) (?:the )?(?:{_NUMBER} )?(?:most (?:valuable|expensive)|biggest|largest|worst|top)"
    rf"(?: {_NUMBER}| ones?| of (?:them|these|those))?|(?:where|at which stores?) {_LIKE} {_THEY}"
)
_COST = re.compile(
    rf"(?:what|how much) (?:{_LIKE} {_THEY} worth|{_LIKE} {_THEY} cost|is their (?:total )?(?:value|cost))"
)
_HOURS = re.compile(
    rf"how many hours (?:{_LIKE} {_THEY}|in all|altogether|in total)|what does {_THEY} come to in hours"
)
_UNTIL = re.compile(
    rf"(?:when|until when|how long) {_LIKE} {_THEY} (?:end|run|last|stop|over|expire|running)(?: until| for)?"
    rf"|(?:on )?(?:which|what) (?:products?|items?|goods) {_LIKE} (?:in )?{_THEY}(?: on| for)?"
)
_ON_A_RECEIPT = re.compile(
    rf"(?:(?:show|tell|give)(?: me| us)? )?(?:what(?:'s| is| was| were)?|(?:which|what|the) (?:products?|items?|goods"
    rf"|lines?)(?: is| was| are| were)?) (?:on|in) {_THEY}|who (?:rang|rung) {_THEY} up"
)
_TOLD: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"new_products", "top_products", "fast_movers"}), _THEIR_SALES),
    (frozenset({FIND}), _ON_A_RECEIPT),
    (frozenset({"on_order"}), _OF_AN_ORDER),
    (frozenset({"on_order"}), _COST),
    (frozenset({"stock_changes", "exception_report"}), _WHOSE),
    (frozenset({"team_schedule", "attendance"}), _HOURS),
    (frozenset({"store_tasks"}), _OF_A_TASK),
    (frozenset({"phantom_stock", "dead_stock", "overstock", "slow_stock"}), _WORTH),
    (frozenset({"promotions_running"}), _UNTIL),
)
"""Tools, and what is asked that their answers tell without being asked."""
_SINGLE = frozenset({REFUNDS, DISCOUNTS})
"""Single documents, with who, when and why where it is recorded."""
_AND = re.compile(r"^\W*(?:and )?")


def says_it_already(decided: Plan, part: str) -> bool:
    """Whether a later part (“and how do they sell?”) asks for what the answer before it gives in any case."""
    names = {name for name, _ in decided.calls}
    said = _AND.sub("", part.lower()).rstrip(" ?.!")
    if not names:
        return False
    if any(names <= tools and asked.fullmatch(said) for tools, asked in _TOLD):
        return True
    return names <= _SINGLE and all(map(_is_single, decided.calls)) and _WHOSE.fullmatch(said) is not None


def _is_single(call: tuple[str, Mapping[str, Any]]) -> bool:
    name, args = call
    return "order" in args or name == DISCOUNTS
