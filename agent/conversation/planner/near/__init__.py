"""Questions that only a near one can answer: the near one, and the sentence that tells how it differs.

A row of the rewording tables means the same as what it replaces. A row here, ``(asked, answered, said)``, does not, so
its answer never stands alone: it carries a sentence that says what was asked, what is answered instead, and how to ask
for what else there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.conversation.planner.near.ahead import AHEAD_NEAR
from agent.conversation.planner.near.analysts import ANALYST_NEAR
from agent.conversation.planner.near.area import AISLES, AREA_NEAR
from agent.conversation.planner.near.clearing import CLEARING_NEAR
from agent.conversation.planner.near.courses import COURSE_NEAR
from agent.conversation.planner.near.customers import CUSTOMER_NEAR
from agent.conversation.planner.near.merchants import MERCHANT_NEAR
from agent.conversation.planner.near.offhand import OFFHAND_NEAR
from agent.conversation.planner.near.outside import OUTSIDE_NEAR
from agent.conversation.planner.near.owners import OWNER_NEAR
from agent.conversation.planner.near.people import PEOPLE_NEAR
from agent.conversation.planner.near.planners import PLANNER_NEAR
from agent.conversation.planner.near.single_shops import SINGLE_SHOP_NEAR
from agent.conversation.planner.near.staff import STAFF_NEAR
from agent.conversation.planner.near.stock_now import STOCK_NOW_NEAR
from agent.conversation.planner.near.stores import STORE_NEAR
from agent.conversation.planner.near.tills import TILL_NEAR
from agent.conversation.planner.near.trade import TRADE_NEAR
from agent.conversation.planner.near.unusual import UNUSUAL_NEAR
from agent.conversation.planner.outcome import together

BY_AISLE = tuple((re.compile(asked, re.IGNORECASE), answered, said) for asked, answered, said in AISLES)

ROWS = tuple(
    (re.compile(asked, re.IGNORECASE), answered, said)
    for asked, answered, said in (
        *OFFHAND_NEAR,
        *CUSTOMER_NEAR,
        *STOCK_NOW_NEAR,
        *OWNER_NEAR,
        *ANALYST_NEAR,
        *UNUSUAL_NEAR,
        *AREA_NEAR,
        *STORE_NEAR,
        *STAFF_NEAR,
        *COURSE_NEAR,
        *CLEARING_NEAR,
        *MERCHANT_NEAR,
        *PLANNER_NEAR,
        *SINGLE_SHOP_NEAR,
        *TILL_NEAR,
        *TRADE_NEAR,
        *AHEAD_NEAR,
        *PEOPLE_NEAR,
        *OUTSIDE_NEAR,
    )
)


def nearest(text: str) -> tuple[str, str]:
    """The question that can be answered for this one, and the sentence that tells the difference.

    Where the question itself can be answered it comes back as it is, with an empty sentence. What is said around the
    words that were replaced (a store, a period) stays. What is kept by no aisle may come only near by department too.
    """
    if '"' in text:
        return text, ""
    group, difference = _replaced(text, BY_AISLE)
    nearer, further = _replaced(group, ROWS)
    return nearer, together(difference, further)


def _replaced(text: str, rows: Iterable[tuple[re.Pattern[str], str, str]]) -> tuple[str, str]:
    """The text by the first row that fits, with the sentence of that row."""
    for asked, answered, said in rows:
        if found := asked.search(text):
            difference = said.format(**{name: what.lower() for name, what in found.groupdict("").items()})
            return f"{text[: found.start()]}{found.expand(answered)}{text[found.end() :]}", difference
    return text, ""
