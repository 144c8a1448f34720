"""Customers asked for by name: “How much did Anna Berger spend?” is about one person, not about goods of that name."""

from __future__ import annotations

import re

from agent.conversation.planner.reading import tidy

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


def names_a_customer(question: str) -> bool:
    """Whether what somebody bought is asked for by name: people are written large, and stores end as streets do."""
    return _NAMED_CUSTOMER.search(tidy(question)) is not None
