"""What promotions did, in order: “top 3 stores by incremental revenue of promotions”, “categories that respond worst”.

A figure of the effect, what it is told by, which end of the list and how many; with the period and the stores.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, together
from agent.conversation.planner.plain_questions.plain_reading import take_number
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

TOOL = "promotion_lift"
_PROMO = r"(?:price |trade |sales )?(?:promotions?|promos?|promotional (?:periods?|activit(?:y|ies)|events?|offers?))"
_EXTRA = r"(?:incremental|additional|extra)"
_MEASURES: tuple[tuple[str, str], ...] = (
    ("net_sales", rf"{_EXTRA} (?:net |total )*(?:revenues?|sales(?! units)|turnover)(?: dollars)?(?: \(ir\))?"),
    ("units", rf"{_EXTRA} (?:sold |sales )?(?:units?(?: sold)?|volumes?|quantit(?:y|ies)|pieces)(?: \(isu\))?"),
    ("margin", (rf"{_EXTRA} (?:gross )?(?:margins?|profits?)|(?:healthy |good |gross )*(?:margins?|profit\w*)")),
    ("roi", r"roi|return on (?:investment|spend|promotions?|discounts?)"),
    ("lift", (r"(?:sales |unit |revenue |volume |promo(?:tion(?:al)?)? )?(?:up)?lifts?(?: in (?:sales|units|revenue"
              r"|volume))?|(?:respond|react|benefit)(?:s|ed|ing)?")),
)  # fmt: skip
_KNOWN = tuple((name, re.compile(rf"\b(?:{words})(?![\w-])")) for name, words in _MEASURES)
_ABOUT = re.compile(rf"\b(?:{_PROMO}|(?:up)?lifts?)\b")
_LEAD = (
    r"(?:which|what|top|bottom|best|worst|by|per|for each|each|across|any|are there|list|show(?: me)?|rank|specific"
    r"|certain|\d{1,2})"
)
_GROUP = re.compile(
    rf"\b{_LEAD}(?: +(?:of|are|were|the|our|any|specific|certain|single|top|bottom|best|worst|product|\d{{1,2}}))* +"
    r"(?P<g>categor(?:y|ies)|departments?|depts?|stores?|shops?|locations?|products?|items?|goods|skus?"
    r"|promotions?|promos?)\b"
    r"(?! (?:lift|types?))"
)
_PROMOTIONS_FIRST = re.compile(rf"^\W*(?P<g>{_PROMO})\b")
_NAMES = {"cat": "category", "dep": "department", "sto": "store", "sho": "store", "loc": "store", "pro": "product",
          "ite": "product", "goo": "product", "sku": "product"}  # fmt: skip
_LEAST = re.compile(r"\b(?:bottom|worst|least|lowest|smallest|weakest|poorest|poorly|weakly|fewest)\b")
_NONE = re.compile(
    r"\b(?:(?:with )?(?:no|zero|hardly any|little)|without(?: any)?)(?: or no)?"
    r" (?:(?:sales )?(?:up)?lift|effect|impact)\b"
)
NONE_AT_ALL = "Whether one had no lift at all its interval tells; the lowest stand first."
_BEST = re.compile(r"\b(?:top|best|most|highest|largest|biggest|well|strongest|strongly|greatest)\b")
_WORDS = re.compile(
    rf"\b(?:{_PROMO}|which|what|are|is|were|was|have|has|had|did|do|does|saw|see|sees|seen|got|gets?|show(?:ed|s)?|made"
    r"|makes?|there|any|specific|certain|single|the|our|that|those|in terms of|when it comes to|based on|ranked|rank by"
    r"|rank|ordered|measured|by|per|each|across|of|on|in|from|to|for|during|with|and|or|generated?|resulted"
    r"|drove|drives?"
    r"|driven|brought|bring|delivered|achieved|most|highest|largest|biggest|significant(?:ly)?|greatest|strongest|best"
    r"|worst|least|lowest|smallest|weakest|poorest|fewest|well|poorly|strongly|weakly|exceptionally|particularly"
    r"|especially|very|strike|strikes|balance|between|maintain(?:ing|s)?|keep(?:ing|s)?|healthy|good|impact"
    r"|effects?|sales|revenue|units|list"
    r"|goods|show me|products?|items?|skus?|categor(?:y|ies)|departments?|depts?|stores?|shops?|locations?)(?!\w)"
)
_OTHERS = re.compile(
    r"\b(?:why|coupons?|campaigns?|households?|customers?|shoppers?|brands?|suppliers?|types?|kinds?|displays?|mailers?"
    r"|bogo\w*|lost|losing|cannibal\w*|baskets?|together|pairs?|rules?|associat\w+|compar\w+|vs\.?|versus|forecast\w*"
    r"|should|will|would|can|could|after|afterwards|declin\w*|decreas\w*|chang\w*|drop\w*|fell|fall\w*|gain\w*|rose"
    r"|(?:month|week|quarter) over (?:month|week|quarter))\b"
)
BY_CATEGORY = (
    "Single products are not ranked by their lift: few of them sold often enough without the offer to tell. This is by "
    "category; name one product and I work out its lift."
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for the effect of promotions in order; None where a word is not known, or no order is asked for."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ABOUT.search(whole) or _OTHERS.search(whole) or names_the_future(whole):
        return None
    none = reading.take(_NONE)
    group = _GROUP.search(whole) or (_PROMOTIONS_FIRST.match(whole) if none else None)
    measures = [name for name, pattern in _KNOWN if pattern.search(whole)] or (["lift"] if none else [])
    least, best = none or _LEAST.search(whole), _BEST.search(whole)
    if group is None or not measures or not (least or best):
        return None
    by = "promotion" if group["g"].startswith("promo") else _NAMES[group["g"][:3]]
    for _, pattern in _KNOWN:
        while reading.take(pattern):
            pass
    number = take_number(reading)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or split_left(reading):
        return None
    rank = next((name for name in ("roi", "margin", "net_sales", "units") if name in measures), "lift")
    args: dict[str, Any] = {
        "by": "category" if by == "product" else by,
        "rank_by": None if rank == "lift" else rank,
        "order": "bottom" if least and not best else None,
        "limit": number or slots.limit,
        **slots.args("period", "stores", "department"),
    }
    decided = calls_for(TOOL, args, [])
    said = (BY_CATEGORY if by == "product" else "", NONE_AT_ALL if none else "")
    return replace(decided, opening=together(*said))
