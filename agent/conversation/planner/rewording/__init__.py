"""Ways of asking put into the plainer one that the readers know, where both mean the same whatever else is asked.

Each row holds for every question it fits: a share in words is the rate of that name, a list of what is on sale is the
stock on hand. What only looks alike, or asks for something new, must not be here.
"""

from __future__ import annotations

import re

from agent.conversation.planner.rewording.analyst import ANALYST_ROWS
from agent.conversation.planner.rewording.area import AREA_ROWS
from agent.conversation.planner.rewording.averages import AVERAGE_ROWS
from agent.conversation.planner.rewording.chat import CHAT_ROWS
from agent.conversation.planner.rewording.checklists import CHECKLIST_ROWS
from agent.conversation.planner.rewording.choices import CHOICE_ROWS
from agent.conversation.planner.rewording.counter import COUNTER_ROWS
from agent.conversation.planner.rewording.desk import DESK_ROWS
from agent.conversation.planner.rewording.district import DISTRICT_ROWS, FIRST_ROWS
from agent.conversation.planner.rewording.duty import DUTY_ROWS
from agent.conversation.planner.rewording.evening import EVENING_ROWS
from agent.conversation.planner.rewording.everyday import EVERYDAY_ROWS
from agent.conversation.planner.rewording.exercises import EXERCISE_ROWS
from agent.conversation.planner.rewording.figure_names import FIGURE_NAMES
from agent.conversation.planner.rewording.goods import GOODS_ROWS
from agent.conversation.planner.rewording.in_passing import PASSING_ROWS
from agent.conversation.planner.rewording.merchants import MERCHANT_ROWS, SHOP_ROWS
from agent.conversation.planner.rewording.morning import MORNING_ROWS
from agent.conversation.planner.rewording.movement import MOVEMENT_ROWS
from agent.conversation.planner.rewording.offers import OFFER_ROWS
from agent.conversation.planner.rewording.operations import OPERATION_ROWS
from agent.conversation.planner.rewording.orders import ORDER_ROWS
from agent.conversation.planner.rewording.panel_figures import PANEL_ROWS
from agent.conversation.planner.rewording.phone import PHONE_ROWS
from agent.conversation.planner.rewording.promotion_words import PROMOTION_ROWS
from agent.conversation.planner.rewording.register import REGISTER_ROWS
from agent.conversation.planner.rewording.reports import REPORT_ROWS
from agent.conversation.planner.rewording.shift_floor import SHIFT_FLOOR
from agent.conversation.planner.rewording.shopfloor import SHOPFLOOR_ROWS
from agent.conversation.planner.rewording.shopkeepers import SHOPKEEPER_ROWS
from agent.conversation.planner.rewording.spoken import SPOKEN_ROWS
from agent.conversation.planner.rewording.stockrooms import STOCKROOM_ROWS
from agent.conversation.planner.rewording.storekeepers import STOREKEEPER_ROWS
from agent.conversation.planner.rewording.tails import TAIL_ROWS
from agent.conversation.planner.rewording.textbook import TEXTBOOK_ROWS
from agent.conversation.planner.rewording.tills import TILL_ROWS
from agent.conversation.planner.rewording.trade import in_house_words
from agent.conversation.planner.rewording.vendors import VENDOR_ROWS

_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        *OPERATION_ROWS,
        *CHAT_ROWS,
        *STOREKEEPER_ROWS,
        *STOCKROOM_ROWS,
        *PHONE_ROWS,
        *PANEL_ROWS,
        *MOVEMENT_ROWS,
        *CHOICE_ROWS,
        *EXERCISE_ROWS,
        *AREA_ROWS,
        *DISTRICT_ROWS,
        *MERCHANT_ROWS,
        *SHOP_ROWS,
        *TILL_ROWS,
        *TAIL_ROWS,
        *DESK_ROWS,
        *REPORT_ROWS,
        *PASSING_ROWS,
        *OFFER_ROWS,
        *DUTY_ROWS,
        *COUNTER_ROWS,
        *MORNING_ROWS,
        *EVENING_ROWS,
        *REGISTER_ROWS,
        *CHECKLIST_ROWS,
        *TEXTBOOK_ROWS,
        *SHOPFLOOR_ROWS,
        *SHIFT_FLOOR,
        *ORDER_ROWS,
        *SPOKEN_ROWS,
        *SHOPKEEPER_ROWS,
        *ANALYST_ROWS,
        *EVERYDAY_ROWS,
        *GOODS_ROWS,
        *VENDOR_ROWS,
    )
)
_BEFORE = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (*AVERAGE_ROWS, *FIGURE_NAMES, *FIRST_ROWS, *PROMOTION_ROWS)
)


def reworded(text: str) -> str:
    """The question in plainer words; one with something in quotes stays as it is.

    >>> reworded("labor cost as a percentage of sales last week")
    'labor cost percentage last week'
    """
    if '"' in text:
        return text
    for pattern, plain in _BEFORE:
        text = pattern.sub(plain, text)
    text = in_house_words(text)
    for pattern, plain in _COMPILED:
        text = pattern.sub(plain, text)
    return text
