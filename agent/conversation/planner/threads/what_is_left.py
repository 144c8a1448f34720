"""“What's left?” behind an answer about goods, and “what's left of the oat milk?”: how much stock there is.

Alone it may as well mean what is left to do; then it stays as it was said and is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.threads.remembered import Call

_LEFT = re.compile(
    r"^(?P<lead>\W*(?:(?:and|so|ok|but) )?)(?:(?:what(?:'s|s| is)|how (?:many|much)(?: of (?:it|them|that"
    r"|those))?(?: are| is)?|(?:is|are) there any(?:thing)?|do we have any(?:thing)?|any(?:thing)?)(?: still)?"
    r" (?:left(?: over)?|remaining)|what (?:still )?remains)(?P<rest>(?: (?:of|in|at|on hand|in stock)\b.*)?)$",
    re.IGNORECASE,
)
_ENDS = " ?.!"


def with_what_is_left(text: str, previous: Sequence[Call]) -> str:
    """The question for the stock that is left; as it was where no goods are named or were spoken of."""
    found = _LEFT.match(text.rstrip(_ENDS))
    if found is None or not (found["rest"].strip() or (previous and _of_goods(previous[-1]))):
        return text
    rest = re.sub(r"^ (?:on hand|in stock)\b", "", found["rest"])
    goods = re.match(r" of (?:the |our )?(?P<goods>.+)$", rest, re.IGNORECASE)
    if goods:
        return f"{found['lead']}how much {goods['goods']} is left?"
    of_it = f" of {_product(previous)}" if rest and _product(previous) else ""
    return f"{found['lead']}stock on hand{of_it}{rest}?" if rest else f"{found['lead']}how much is left?"


def _product(previous: Sequence[Call]) -> str:
    """The one product or family that was spoken of last, in quotes; empty where there is none."""
    said = previous[-1].args.get("product") if previous else None
    return f'"{said}"' if said else ""


def _of_goods(call: Call) -> bool:
    return bool(call.args.get("product") or call.args.get("department")) or "stock" in call.name
