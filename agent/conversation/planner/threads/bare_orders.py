"""An order that names no goods: “send 12 to Harbor Point”, “order 20 more” after an answer about one product."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.conversation.planner.threads.followups import product_pointed_at
from agent.conversation.planner.threads.remembered import Call

_BARE = re.compile(
    r"^\W*(?:ok(?:ay)? |then |so |and |please |pls |can you |lets |let's )*(?P<verb>send|transfer|move|ship|order"
    r"|re-?order) (?:us |them |me )?(?:another )?(?P<number>\d{1,5})(?: more)?(?: (?:units|pieces|pcs))?(?: of (?:it"
    r"|them|those|these|that))?(?P<rest> (?:to|from|for|over|by) .+)?\W*$",
    re.IGNORECASE,
)
WHICH = "Which product do you mean? Name it, or give its SKU or barcode. Nothing was filed."


def with_its_goods(text: str, previous: Sequence[Call]) -> str | None:
    """The order with the product of the answer before; empty where none is in question, None for every other text."""
    found = _BARE.match(text)
    if found is None:
        return None
    product = product_pointed_at("it", previous)
    if product is None:
        return ""
    return f"{found['verb']} {found['number']} {product}{found['rest'] or ''}"
