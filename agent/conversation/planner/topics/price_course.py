"""Questions how what was paid for goods went: the price by month or week, and which goods became dearer or cheaper."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.breakdown_taken import compared
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.planner.wording.words import take_limit
from agent.conversation.surroundings import Surroundings

BREAKDOWN = "sales_breakdown"
_PRICE = r"(?:(?:average |avg |mean )?(?:unit |selling |retail |shelf )?prices?(?: paid)?(?: per (?:unit|piece|item))?)"
_COURSE = re.compile(
    rf"\b{_PRICE} (?:trends?|histor(?:y|ies)|over time|development|evolution|course|by (?:month|week)|(?:per"
    r"|each) (?:month|week))\b|\b(?:trends?|histor(?:y|ies)|development|evolution|course) (?:of|in|for) (?:the "
    rf"|our )?{_PRICE}\b|\bhow (?:has|have|did) (?:the |our )?{_PRICE}.*\b(?:chang\w*|develop\w*|evol\w*|mov\w*"
    rf"|go(?:ne)?)\b|\b{_PRICE}\b.*\b(?:over time|by month|by week|month by month|trend\w*)\b|\b(?:monthly"
    rf"|weekly) {_PRICE}\b"
)
_WEEKLY = re.compile(r"\b(?:by|per|each) week\b|\bweekly\b")
_MOVERS = re.compile(
    r"\b(?:biggest|largest|steepest|top|highest|most) (?:\d+ )?(?:unit |average |retail )?price (?:increases?|rises?"
    r"|hikes?|jumps?|(?P<down>cuts?|drops?|decreases?|falls?|reductions?)|changes?|moves?)\b|\bwhich (?:products?"
    r"|items?|goods|categor(?:y|ies)|brands?)\b.*\b(?:got|became|have become|went up in price|rose in price"
    r"|more expensive|dearer|(?P<cheap>cheaper|less expensive))\b|\bprice inflation by (?:product|item|category"
    r"|department|brand)\b|\bwhich (?:products?|items?|categor(?:y|ies)) (?:had|have) (?:the )?(?:biggest|largest"
    r"|highest) price\b"
)
_LEVELS = (
    ("category", re.compile(r"\bcategor(?:y|ies)\b")), ("department", re.compile(r"\bdepartments?\b")),
    ("brand", re.compile(r"\bbrands?\b")),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:why|elasticit\w*|optimal|should|set|mark ?down|mark down|change the price|raise the price|lower the price"
    r"|cost price|shelf label|competitor\w*)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_PRICE}|trends?|histor(?:y|ies)|over time|development|evolution|course|month|week|months|weeks|monthly"
    r"|weekly|by|per|each|of|in|for|the|our|how|has|have|did|chang\w*|develop\w*|evol\w*|mov\w*|gone?|biggest|largest"
    "|steepest|top|highest|most|increases?|rises?|hikes?|jumps?|cuts?|drops?|decreases?|falls?|reductions?|which"
    "|products?|items?|goods|categor(?:y|ies)|brands?|departments?|got|became|become|went up|rose|more|less"
    "|expensive|dearer|cheaper|inflation|had|paid|since|show|me|what|is|was|and|units?|sales|revenue|volume"
    r"|quantity)(?!\w)"
)
PAID = "That is what was paid for a piece, after discounts: it also moves with what is bought and on offer."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the course of prices; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    movers, course = _MOVERS.search(whole), _COURSE.search(whole)
    if not (movers or course) or names_the_future(whole) or _OTHER.search(whole):
        return None
    if movers:
        return _movers(reading, around, down=bool(movers["down"] or movers["cheap"]))
    by = "week" if _WEEKLY.search(whole) else "month"
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.limit or split_left(reading):
        return not_understood(slots.unknown or split_left(reading) or "that number")
    if not (slots.product or slots.department):
        return None
    shared = {
        "by": by, "metrics": ["average_selling_price", "units", "net_sales"],
        "period": slots.period or ("last 12 weeks" if by == "week" else "all time"),
        **slots.args("stores", "product", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], PAID)


def _movers(reading: Reading, around: Surroundings, *, down: bool) -> Plan | None:
    """Goods by how much what was paid for a piece changed."""
    level = next((name for name, pattern in _LEVELS if pattern.search(reading.text)), "product")
    compare_to, period = compared(reading)
    limit = take_limit(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product:
        return not_understood(slots.unknown or slots.product or "")
    shared = {
        "by": level, "metrics": ["average_selling_price", "units"], "period": period or slots.period or "last 4 weeks",
        "compare_to": compare_to or "the period before", "rank_by": "change_pct", "order": "bottom" if down else None,
        "top": limit or slots.limit or 10, **slots.args("stores", "department"),
    }  # fmt: skip
    return calls_for(BREAKDOWN, shared, [], PAID)
