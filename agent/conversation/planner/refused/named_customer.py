"""Customers asked for by name: “How much did Anna Berger spend?” is about one person, not about goods of that name."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import tidy
from agent.conversation.surroundings import Surroundings

_PERSON = (
    r"[A-Z][a-z]+ (?!(?:Street|Avenue|Road|Point|Lane|Square|Mall|Plaza|Store|Market|Shop|Branch|Drive)\b)[A-Z][a-z]+"
)
_NAMED_CUSTOMER = re.compile(
    rf"\b(?:did|has|does|is|have|was|[Dd]oes|[Dd]id|[Hh]as) {_PERSON} (?:usually |ever |last |still |recently "
    r"|already )*(?:spen[dt]|buy|bought|order(?:ed)?|purchased?|shop(?:ped)?|visit(?:ed)?|placed?|active)\b"
    rf"|\b(?:profile|purchase history|order history|history|spend(?:ing)?) (?:for|of|by) {_PERSON}\b"
    rf"|\b{_PERSON}(?:'s)? (?:recent |last |latest |past )+(?:\d{{1,2}} )?(?:purchases?|orders?|visits?|receipts?)\b"
    rf"|\b{_PERSON}(?:'s)? (?:average order|favou?rite|basket|purchases)\b"
)

_NO_PERSON = re.compile(
    r"(?:I|We|You|They|It|He|She|Who|Anyone|Anybody|Everyone|Everybody|Nobody|People|Management|Corporate|Walk|Mr|Mrs"
    r"|Ms|Dr|\w+(?:day|ber|uary)|March|April|May|June|July|August|Christmas|Easter|Thanksgiving|Halloween|(?:Customer"
    r"|Shopper|Member|Household|Guest|Client|Champion|Loyalist|Regular|Buyer|Famil(?:y|ie)|Student|Senior|Tourist"
    r"|Visitor|Store|Shop|Team|Supplier|Vendor)s?)"
)
_OFTEN = r"(?:usually |ever |last |still |recently |already |normally |always )*"
_ONE_NAME = re.compile(
    rf"\b(?:[Dd]id|[Dd]oes|[Hh]as) (?P<one>[A-Z][a-z]+) {_OFTEN}(?:spen[dt]|buy|bought|order(?:ed)?|purchased?"
    r"|shop(?:ped)?|visit(?:ed)?|come (?:in|by|back|here))\b|\b(?P<of>[A-Z][a-z]+)'s (?:(?:recent|last|latest|past) "
    r")*(?:purchases?|order history|purchase history|favou?rites?|receipts?)\b"
)
"""“What did Ada buy?”: a single name, which may also be a store, a department, a day or a crowd."""


def names_somebody(question: str, around: Surroundings) -> bool:
    """Whether what one person bought is asked for by a first name alone: a word of no store and no department."""
    found = _ONE_NAME.search(tidy(question))
    name = (found["one"] or found["of"]) if found else ""
    known = " ".join([*(store.name for store in around.stores), *around.departments]).lower().split()
    return bool(name) and name.lower() not in known and _NO_PERSON.fullmatch(name) is None


def names_a_customer(question: str) -> bool:
    """Whether what somebody bought is asked for by name: people are written large, and stores end as streets do."""
    return _NAMED_CUSTOMER.search(tidy(question)) is not None
