"""“Which vendors contribute the most margin”, “sales of Northway Meats by department”: what suppliers' goods sell."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.topics.breakdown_words import FALLING, GROWTH, take_dimensions
from agent.conversation.planner.wording.words import asks_for_the_bottom, take_limit, take_metrics
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_WHO = r"(?:suppliers?|vendors?|wholesalers?|distributors?)"
_FIGURE = (
    r"(?:sales|sell(?:s|ing)?|sold|margins?|profit\w*|perform\w*|underperform\w*|best|worst|top|revenue|growth|grow\w*"
    r"|grew|declin\w+|fell|contribut\w+|share|units|discounts?|selling prices?|largest|biggest|most|least|scorecards?"
    r"|rank\w*)"
)
_CLAIM = re.compile(rf"\b{_WHO}\b.*\b{_FIGURE}\b|\b{_FIGURE}\b.*\b{_WHO}\b")
_OTHER = re.compile(
    r"\b(?:orders?|ordered|ordering|lead times?|deliver\w*|late|overdue|on[- ]time|transit|purchas\w*|stock\w*"
    r"|inventory|min\w* order|fill rates?|reliab\w*|invoices?|pay|paid|owe\w*|spen[dt]\w*|cost us|cheap\w*"
    r"|(?<!selling )price\w*|negotiat\w*|e-?mail|phone|contacts?|why|should|how many (?:suppliers|vendors)"
    r"|products? (?:from|of|by) each|fund\w*|terms?|contracts?|quality|defects?|compliance|rebates?)\b"
)
_AVERAGE_PRICE = re.compile(r"\b(?:average |mean |avg )?selling prices?\b")
_SPLIT = re.compile(
    r"\b(?:by|per|for each|for every|of each|each|every|across|which|what|top|best|worst|bottom|biggest|largest"
    r"|leading|rank(?:ing)?(?: of)?|all)(?: (?:the|our|all|my|performing|selling|are|is|\d+|two|three|five"
    rf"|ten))* {_WHO}\b|\b{_WHO} (?:performance|scorecards?|ranking|comparison|breakdown|sales|share|margins?"
    rf"|profitability|growth|contribution)\b|^\W*{_WHO}\b|\b{_WHO} (?:contribut|sell|bring|drive|make|grew|grow"
    r"|perform|with)\w*\b"
)
_RATE = re.compile(r"\b(?:best|highest|worst|lowest) (?:gross )?(?:profit )?margins?\b(?! (?:dollars|in))")
"""A margin that is ranked is a rate, as everywhere."""
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_FIGURE}|how|are|is|our|the|each|every|by|per|which|what|who|have|has|had|did|do|does|they|their"
    "|total|overall|scorecard|comparison|breakdown|ranking|bring|brings|drive|drives|gave|gives?|gets?|earn|earns|we"
    "|us|for|of|to|by (?:value|sales|margin)|percent(?:age)?|highest|lowest|net|gross|products?|goods|items?"
    r"|strongest|weakest|leading|bottom|with|from|made|make|makes|well|list|compare)(?!\w)|%"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what the goods of suppliers sold; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if not _CLAIM.search(whole) or not _SPLIT.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    compare_to, period = compared(reading)
    grew = GROWTH.search(whole) is not None
    bottom = asks_for_the_bottom(reading) or (grew and FALLING.search(whole) is not None)
    limit = take_limit(reading)
    if _RATE.search(whole):
        reading.take(_RATE)
        metrics = ["gross_margin_pct"]
    elif reading.take(_AVERAGE_PRICE):
        metrics = ["average_selling_price"]
    else:
        metrics = list(take_metrics(reading))
    if not metrics and re.search(r"\bprofit\w*\b|\bmargins?\b", whole):
        metrics = ["gross_margin"]
    more = [name for name in take_dimensions(reading) if name != "supplier"]
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or len(more) > 1:
        return not_understood(slots.unknown or f"by supplier, {' and '.join(more)}")
    where: list[dict[str, Any]] = [
        {"dimension": name, "values": [value]}
        for name, value in (("department", slots.department), ("product", slots.product))
        if value
    ]
    ranked = grew or re.search(r"\bgrowth\b", whole) is not None
    return calls_for(
        BREAKDOWN,
        {
            "by": ", ".join(["supplier", *more]),
            "metrics": metrics or None,
            "period": period or slots.period,
            "stores": slots.stores,
            "where": where or None,
            "top": limit or slots.limit,
            "order": "bottom" if bottom else None,
            "share": True if re.search(r"\bshare\b|\bcontribut|%|\bpercent", whole) and not ranked else None,
            "compare_to": compare_to or ("the period before" if ranked else None),
            "rank_by": "change" if ranked else None,
        },
        [],
    )
