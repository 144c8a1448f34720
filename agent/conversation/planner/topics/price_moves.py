"""“What price changes happened this week”, “which costs went up in Dairy”: prices and costs that changed."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

CHANGES = "price_changes"
_CLAIM = re.compile(
    r"\b(?:what|which|any|recent|show(?: me)?|list|see|latest|all|how many|number of)\b.{0,30}\bprice (?:changes?"
    r"|increases?|decreases?|hikes?|drops?|cuts?|raises?|reductions?|updates?|moves?|adjustments?)\b|^\W*(?:recent "
    r"|latest |new )?price (?:changes|increases|decreases|hikes|drops|cuts|reductions|updates)\b|\b(?:which|what|did"
    r"|have|has|do) (?:\w+ ){0,3}(?:shelf |retail )?prices? (?:\w+ )?(?:changed?|went (?:up|down)|go(?:ne)? (?:up"
    "|down)|rose|risen|rise|fell|fallen|fall|dropped?|increased?|decreased?|been (?:changed|raised|cut|lowered"
    r"|reduced|put (?:up|down))|(?:was|were|got) (?:changed|raised|cut|lowered|reduced))\b|\b(?:did|have|has) (?:we"
    "|they|you|anyone|somebody|i) (?:change|changed|raise|raised|cut|lower|lowered|increase|increased|put (?:up"
    r"|down)) (?:the |any |our )?(?:\w+ )?prices?\b|\b(?:did|has|have) (?:the "
    r"|our )?prices? of .{2,30} (?:go(?:ne)? (?:up"
    r"|down)|rise|risen|fall|fallen|drop(?:ped)?|change|changed|increased?|decreased?)\b"
    r"|\b(?:which|what) (?:products?|items?|skus?|goods) (?:\w+ )?(?:got"
    r"|became|are|have become) (?:more expensive|cheaper|dearer)\b"
)
_OTHER = re.compile(
    r"\b(?:average|avg|mean|why|affect\w*|impact\w*|effect|pending|waiting|approv\w*|propos\w*|undo|revert|cancel"
    r"|competit\w*|elastic\w*|sales|revenue|margin|demand|should|could|can (?:we|i)|optimal|supplier|cost prices?"
    r"|needs?|schedule|make|create|undone|plan|labou?r|wages?|staff|sold)\b"
)
_COST = re.compile(
    r"(?<!labor )(?<!labour )(?<!staff )(?<!wage )\b(?:(?:unit|purchase|supplier|vendor|product"
    r"|item) )?costs?(?: prices?)?\b"
    r"(?! (?:of goods sold|of sales|per cent|percent|%))"
)
"""What a piece costs us; questions about it are those about prices with the other word."""
_UP = re.compile(r"\b(?:increases?d?|hikes?|raises?d?|rose|risen|rise|(?:went|gone|go|put) up|more expensive|dearer)\b")
_DOWN = re.compile(
    r"\b(?:decreases?d?|drops?|dropped|cuts?|reductions?|reduced|lower(?:ed)?|fell|fallen|fall|(?:went|gone|go"
    r"|put) down|cheaper)\b"
)
_OVER = re.compile(
    r"(?:\bby |\bof )?(?:\b(?:more than|over|above|exceeding|greater than) |> ?)(?P<over>\d{1,3}(?:\.\d{1,2})?)"
    r" ?(?:%|per ?cent\b|pct\b)"
)
_WORDS = re.compile(
    r"\b(?:prices?|(?:unit |purchase )?cost(?:s| prices?)?|changes?d?|increases?d?|decreases?d?|hikes?|raises?d?"
    r"|drops?|dropped|cuts?|reductions?|reduced"
    "|updates?|moves?|rose|risen|rise|fell|fallen|fall|went|gone|go|put|up|down|got|became|become|more expensive"
    "|cheaper|dearer|lower(?:ed)?|adjustments?|what|which|any|recent|recently|latest|show|list|see|did|have|has|do|we"
    "|they|you|anyone|somebody|happened|happen|made|been|was|were|are|there|shelf|retail|products?|items?|skus?|goods"
    r"|the|of|on|for|all|how many|number|new|in|our|steepest|biggest|largest)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about prices that changed; None for every other."""
    reading = Reading.of(text)
    of = "cost" if reading.find(_COST) else None
    whole = _COST.sub("price", reading.text) if of else reading.text
    if not _CLAIM.search(whole) or _OTHER.search(whole) or names_the_future(whole):
        return None
    up, down = _UP.search(whole) is not None, _DOWN.search(whole) is not None
    by = split_left(Reading(whole))
    over = reading.take(_OVER)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or by:
        return not_understood(slots.unknown or f"by {by}")
    direction = None if up == down else "up" if up else "down"
    period = None if slots.period == "today" and "recent" in whole else slots.period
    return calls_for(
        CHANGES,
        {
            "of": of, "period": period, "direction": direction, "over_percent": float(over["over"]) if over else None,
            **slots.args("stores", "product", "department", "limit"),
        },
        [],
    )  # fmt: skip
