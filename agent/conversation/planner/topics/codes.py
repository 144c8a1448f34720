"""Questions about discount codes that no other reader understood: what is told of a code, whatever was asked of it.

“Which promo codes dropped in usage?”, “orders over $100 that used the code SUMMER20”: how often a code was used and
what it took off is all that is recorded of one, where the point of sale names codes at all. The answer says which.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_named_stores
from agent.conversation.surroundings import Surroundings

USED = "discounts_used"
_CODES = re.compile(
    r"(?<!bar )(?<!bar-)(?<!zip )(?<!postal )(?<!product )(?<!item )(?<!qr )(?<!pin )(?<!access )(?<!dress )"
    r"(?<!department )(?<!category )(?<!reason )(?<!plu )(?<!upc )(?<!sku )\bcodes?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?i:codes?|coupons?|vouchers?)(?i: called| named)? [\"“']?(?P<name>[A-Z][A-Z\d_-]{2,}|[A-Za-z]+\d[\w-]*)\b"
)
ALL_THAT_IS_TOLD = (
    "Of a discount code it is told how often it was used and what it took off, and no more: not which orders had it,"
    " who used it, what was sold with it or how its use changed."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for what is recorded of codes; None for a question of something else."""
    if not _CODES.search(text):
        return None
    named = _NAMED.search(text)
    reading = Reading.of(text)
    spans, stores = take_periods(reading), take_named_stores(reading, around)
    if len(spans) > 1:
        return None
    args = {
        "by": None if named else "code",
        "name": named["name"] if named else None,
        "period": spans[0].phrase if spans else None,
        "stores": stores,
    }
    return Plan(calls_for(USED, args, []).calls, opening=ALL_THAT_IS_TOLD)
