"""“Best and worst sellers”, “what sold most and least”: a ranking that is asked for from both of its ends.

Readers of rankings see the word for the bottom and rank from there. Here a call that ranks from one end only is made
twice, once from either end.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import ValidationError

from agent.conversation.planner.outcome import Plan
from tools.registry import catalogue

_TOP = r"(?:best|top|most|highest|strongest|fastest|fast|biggest|largest|leading)"
_BOTTOM = r"(?:worst|bottom|least|lowest|weakest|slowest|slow|smallest|poorest|fewest)"
_WORD = (
    r"(?:[- ](?:selling|sellers?|performing|performers?|moving|movers?|sold|profitable|popular|margins?|products?"
    r"|items?))?"
)
_AND = r"(?:,? (?:and|or|&|as well as) (?:what |which )?(?:the |our |my |sold |sells? |is |are |were |was )*| ?/ ?)"
_BOTH = re.compile(rf"\b(?:{_TOP}{_WORD}{_AND}{_BOTTOM}|{_BOTTOM}{_WORD}{_AND}{_TOP})\b", re.IGNORECASE)


def with_both_ends(text: str, decided: Plan) -> Plan:
    """The plan with its one ranking from either end, where the question names both.

    >>> [args.get("order") for _, args in with_both_ends("best and worst sellers", Plan((("top_products", {}),))).calls]
    [None, 'bottom']
    """
    if len(decided.calls) != 1 or not _BOTH.search(text):
        return decided
    name, args = decided.calls[0]
    spec = catalogue().get(name)
    if spec is None or "order" not in spec.arguments.model_fields:
        return decided
    top = {key: value for key, value in args.items() if key != "order"}
    bottom = {**top, "order": "bottom"}
    try:
        spec.arguments.model_validate(bottom)
    except ValidationError:  # it calls the ends otherwise, as one whose answer tells them both
        return decided
    return replace(decided, calls=((name, top), (name, bottom)))
