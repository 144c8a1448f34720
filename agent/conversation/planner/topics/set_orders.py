"""Changes asked for a set that would first have to be chosen: “mark down all dead stock in Floral by 30 %”.

The set is shown; a change is filed for products that a person names, or for a whole department, never for a list that
the bot picked. Asked before the readers of complete changes.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.actions import PLEASE
from agent.conversation.planner.topics.stock_words import DEAD, FAST, OUT, OVER, RISK, SLOW
from agent.conversation.surroundings import Surroundings

_DO = (
    "(?:mark ?-?down|discount|reduce|cut (?:the )?prices? (?:of|on)|lower (?:the )?prices? (?:of|on)|put|take"
    "|clear(?: out)?|transfer|move|send|count|recount|delist|stop selling|write off|return"
    "|raise (?:the )?prices? (?:of|on)|promote)"
)
_SETS = (
    (
        DEAD,
        (
            "(?:dead(?: stock| inventory| items| products)?|unsold (?:stock|items|products)|old stock"
            "|non-?moving (?:stock|items))"
        ),
    ),
    (
        SLOW,
        (
            "slow(?:est)?(?:[- ](?:movers|moving (?:stock|items|products)|stock|sellers|selling (?:items|products"
            "|stock)))"
        ),
    ),
    (OVER, r"(?:over-?stock(?:ed)?(?: stock| items| products)?|excess(?:ive)? (?:stock|inventory)|surplus(?: stock)?)"),
    (
        OUT,
        (
            "(?:out[- ]of[- ]stock (?:items|products)|everything (?:that is |that's )?out of stock|out of stocks"
            "|oos items)"
        ),
    ),
    (
        RISK,
        (
            "(?:low[- ]stock(?: items| products)?|everything (?:that is |that's )?(?:running )?low"
            "|items running (?:low|out))"
        ),
    ),
    (FAST, r"(?:best ?sellers|top sellers|fast[- ](?:movers|moving (?:items|products)))"),
)
_SOME = r"(?:all |all of |every |the |our |my |any |those |two |three |four |five |ten |\d{1,2} |top |worst )*"
_COMPILED = tuple(
    (tool, re.compile(
        rf"^{_DO} {_SOME}(?P<set>{words})\b(?P<rest>.*)$", re.IGNORECASE
    ))
    for tool, words in _SETS
)  # fmt: skip
_HOW_MUCH = re.compile(
    r"\b(?:by |at )?\d+ ?(?:%|percent|per cent)(?: off)?|\bon (?:sale|offer|promotion)\b|\bhalf price\b|\b(?:until"
    r"|till|through|by|for|on) (?:next |this |the )?(?:\w+day|tomorrow|today|week ?end|end of (?:the )?(?:week|month)"
    r"|week)\b|\bto (?:the )?(?:other|another) stores?\b|\b(?:now|today|tomorrow|tonight|to clear)\b"
)
_WORDS = re.compile(
    r"\b(?:items?|products?|stock|inventory|stuff|goods|all|of|the|our|that|is|are|which|have|has|with)\b"
)
NOTHING = (
    "Nothing was filed: I change what somebody names, not a list that I would have to pick. Take the ones you want "
    "from it, for example “mark down A and B by ten per cent until Sunday”, or name a whole department: “mark down "
    "everything in Floral by ten per cent”."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The set that an order is about, and why nothing is filed; None for every other sentence."""
    said = PLEASE.sub("", tidy(text).rstrip(" ?.!")).strip()
    for tool, pattern in _COMPILED:
        found = pattern.match(said)
        if found is None:
            continue
        reading = Reading.of(found["rest"])
        while reading.take(_HOW_MUCH):
            pass
        slots = take_slots(reading, around, _WORDS)
        if slots.unknown:
            return Plan(text=NOTHING)
        part = {"department": slots.department or slots.product, "stores": slots.stores}
        return Plan(calls_for(tool, part, []).calls, NOTHING)
    return None
