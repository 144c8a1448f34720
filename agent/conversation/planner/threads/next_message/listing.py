"""The list of the answer before, shorter, longer or as it was: “top 3”, “give me a list”, “chart it”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.outcome import BREAKDOWN, COMPARE, FIND, SUMMARY, TOP, Plan
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.short_words import LEAD
from agent.conversation.planner.wording.words import WORD_NUMBERS
from agent.conversation.surroundings import Surroundings
from tools.registry import catalogue

_FEW = re.compile(
    rf"{LEAD}(?:(?:show|give|list|tell|get)(?: me| us)? )?(?:only |just )?(?:the |me )*(?:top|first|biggest) "
    r"(?P<many>\d{1,2}|two|three|four|five|ten)(?: (?:ones|of (?:them|those|these)))?(?: please)?\W*$"
)
_LIST = re.compile(
    rf"{LEAD}(?:(?:can (?:i|we) )?(?:give|show|get|send|see|have)(?: me| us)? (?:an? |the |that |this |whole |full"
    rf" )*list"
    r"(?: of (?:them|those|these))?|list (?:them|those|these|it)(?: all)?|(?:show|give|tell)(?: me| us)? (?:them"
    r"|those"
    r"|all of (?:them|those)|which(?: ones)?|the (?:rest|others))(?: all)?|(?:which|what) ones(?: are (?:they"
    r"|those))?"
    r"|which are (?:they|those|these)|which(?: one)?(?: is| goes| comes| runs out)? first|what are they|name them)"
    r"(?: please)?\W*$"
)
DRAWN = re.compile(
    rf"{LEAD}(?:(?:chart|graph|plot|draw)(?: me)? (?:it|that|this|them|those|these)(?: for me| up| out)?"
    r"|(?:show|put|give)(?: me)? (?:it|that|this|them|those)? ?(?:as|in|on) (?:an? )?(?:bar |line |pie )?(?:chart"
    r"|graph|plot))"
    r"(?: please)?\W*$"
)
_FIGURES = frozenset({SUMMARY, COMPARE, BREAKDOWN, TOP})
_BEST_FIRST = frozenset({"new_products", "fast_movers"})
"""Lists of goods by what they sell, the best first."""
_BEST = re.compile(
    rf"{LEAD}(?:which|what)(?: (?:ones?|of (?:them|those|these)))? (?:is|are|was|sells?|did|does|do)(?: the)? "
    rf"(?:best|most|top)\W*$"
)
_DOING = re.compile(
    rf"{LEAD}how (?:are|do|did|have) (?:they|those|these) (?:doing|selling|sell|sold|do|performing|been doing)(?:"
    rf" so far)?\W*$"
)
_PRICE = re.compile(
    rf"{LEAD}(?:how much (?:is|are|does|do) (?:it|they|that|those)(?: cost)?|what(?:'s|s| is) (?:the|its) price)\W*$"
)
_HOW_BAD = re.compile(
    rf"{LEAD}(?:how (?:bad|serious|big)(?: a problem)? (?:is|are) (?:it|that|this|they)|is (?:it|that|this)"
    rf" (?:serious|bad))\W*$"
)
_SHORTAGES = frozenset({"stockout_risk", "out_of_stock", "overstock", "dead_stock", "lost_sales", "customers_at_risk"})
"""Lists that say what they are worth."""
_LONG = 20


def read(plain: str, previous: Sequence[Call], around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call before once more; None for every other message."""
    last = previous[-1]
    spec = catalogue().get(last.name)
    if spec is None or spec.proposes:
        return None
    if DRAWN.match(plain):
        return Plan(tuple((one.name, dict(one.args)) for one in previous if not one.name.startswith("propose_")))
    if last.name in _BEST_FIRST and _BEST.match(plain):
        return Plan(((last.name, {**last.args, "limit": 1}),))
    if last.name in _BEST_FIRST and _DOING.match(plain):
        return Plan(((last.name, dict(last.args)),))
    if last.name == FIND and _PRICE.match(plain):
        return Plan(((FIND, dict(last.args)),))
    few, whole = _FEW.match(plain), _LIST.match(plain)
    whole = whole or (_HOW_BAD.match(plain) if last.name in _SHORTAGES else None)
    if last.name in _FIGURES or not (few or whole):
        return None
    taken = spec.arguments.model_fields
    many = (int(few["many"]) if few["many"].isdigit() else WORD_NUMBERS[few["many"]]) if few else _LONG
    if "limit" not in taken:
        return Plan(((last.name, dict(last.args)),))
    before = int(last.args.get("limit") or taken["limit"].default or 0)
    return Plan(((last.name, {**last.args, "limit": many if few else max(many, before)}),))
