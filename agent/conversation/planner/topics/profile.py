"""Questions for who the customers are: which share has children, households by age and income."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.wording.words import asks_for_the_bottom
from agent.conversation.surroundings import Surroundings

PROFILE = "household_profile"
_WHO = r"(?:customers?|households?|shoppers?|members?|buyers?|families|people)"
_KINDS = r"(?: (?:groups?|bands?|brackets?|ranges?|categor(?:y|ies)|levels?|class(?:es)?|segments?))?"
_ATTRIBUTES = (
    ("age_band", re.compile(rf"\b(?:(?:household|customer|shopper) )?ages?{_KINDS}\b(?! of)")),
    ("income_band", re.compile(rf"\b(?:(?:household|customer|shopper) )?incomes?{_KINDS}\b")),
    (
        "household_size",
        re.compile(
            r"\b(?:household|family) sizes?\b|\bsizes? of (?:the )?(?:households?|famil(?:y"
            "|ies))\b"
        ),
    ),
    (
        "kids",
        re.compile(
            r"\b(?:(?:number|presence) of )(?:kids|children)\b|\b(?:kids|children) (?:count"
            "|categories)\b"
        ),
    ),
    (
        "household_comp",
        re.compile(r"\b(?:household|family) (?:compositions?|types?|structures?)\b"),
    ),
    ("marital_status", re.compile(r"\bmarital(?: status(?:es)?)?\b|\bmarriage status\b")),
    ("home_ownership", re.compile(r"\bhome ?owner(?:ship)?(?: status| category)?\b|\bhousing status\b")),
)
_SHARE = re.compile(
    r"\b(?:share|shares|percent(?:age)?|proportion|fraction|%|how many|number|count)(?: of)? (?:of )?(?:our |the "
    rf"|all |known |these )*{_WHO}\b"
)
_SPREAD = re.compile(
    r"\b(?:most|least) (?:common|frequent|typical|represented)\b|\b(?:distribution|spread|profile|composition"
    rf"|make-?up|demographics?) (?:of|by|for)\b|\b{_WHO} (?:distribution|profile|composition|demographics|mix"
    rf"|breakdown|split)\b|\b{_WHO} (?:by|per) \w+|\b(?:has|have|with|had) (?:the )?(?:most|fewest|largest number of"
    rf"|highest number of|smallest number of) {_WHO}\b|\bdescribe (?:our|the) (?:typical )?{_WHO}\b|\b(?:largest"
    r"|biggest|smallest) (?:age|income|household size)|\b(?:median|average|mean|typical) (?:household |customer "
    r"|shopper )?(?:incomes?|ages?|(?:household|family) size|number of (?:kids|children))\b|\b(?:typical"
    "|average) (?:customer|household|shopper)(?:'s)? (?:age|income|size)"
)
_ANY = re.compile(
    r"\b(?:how many|what share|percent(?:age)?|proportion|number|%)\b.*\b(?:have|has|with|provide[sd]?"
    r"|gave)\b.*\bdemographics?(?: (?:data|information|details))?\b"
)
_OTHER = re.compile(
    r"\b(?:spend\w*|spent|sales|revenue|buy|buys|buying|bought|purchas\w*|visits?|trips?|shop for|baskets?|redeem\w*"
    r"|coupons?|campaigns?|mailers?|margin|units|transactions?|segments?|cohorts?|churn\w*|products?|brands?"
    r"|departments?|return\w*|new|loyal\w*|why|stores? (?:has|have)|per store|by store|predict\w*|affect\w*"
    r"|more than one)\b"
)
_WORDS = re.compile(
    rf"\b(?:{_WHO}|share|shares|percent(?:age)?|proportion|fraction|number|count|how many|most|least|common|frequent"
    "|typical|represented|distribution|spread|profile|composition|make-?up|demographics?|data|information|details"
    "|describe|among|median|mean|largest|biggest|smallest|groups?|bands?|have|has|with|are|is|of|who|that|our|known"
    r"|split|mix|breakdown|them|these|recorded|average|by|and|status|categor(?:y|ies)|each|any|provided?|gave)\b|%"
)


_MEAN = re.compile(r"\b(?:average|mean)\b")
BANDS = "Only bands are recorded, so there is no average; the group of the household in the middle is told."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what households there are; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole):
        return None
    if _ANY.search(whole):
        slots = take_slots(reading, around, _WORDS)
        return None if slots.unknown or slots.product else calls_for(PROFILE, slots.args("period", "stores"), [])
    share, spread = _SHARE.search(whole), _SPREAD.search(whole)
    if not (share or spread):
        return None
    groups = take_people(reading)
    named = [(match.start(), name) for name, pattern in _ATTRIBUTES if (match := reading.take(pattern))]
    by = list(dict.fromkeys([group.dimension for group in groups] + [name for _, name in sorted(named)]))
    if not by or (share is None and groups and not named):
        return None
    if len(by) > 2 or (groups and len(by) > 1):
        return not_understood("several kinds of households at once")
    order = "bottom" if asks_for_the_bottom(reading) else None
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return None
    values = [value for group in groups for value in group.values]
    return calls_for(
        PROFILE,
        {"by": by, "values": values or None, "order": order, **slots.args("period", "stores")},
        [],
        BANDS if _MEAN.search(whole) else "",
    )
