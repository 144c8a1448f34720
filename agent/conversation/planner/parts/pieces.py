"""The parts of a question that asks for several things in one breath, and which of them lean on the first."""

from __future__ import annotations

import re

MAX_PARTS = 4
_PARTS = re.compile(
    r"\?\s+(?:and |also |then )*|;\s*|,? (?:and|also|then|plus) (?:also |then )?(?=(?:what|which|how|show|give|list"
    r"|compare|tell|who|is|are|did|do|find|mark down|set the price|top \d|our top|the top|when|where|should|can|was"
    r"|were|why not|(?:from|by) (?:which|what|whom))\b)",
)
_POINTS_BACK = re.compile(
    "^(?:and )?(?:what|how much|how often) (?:they|each|these|those) (?:each )?(?:spend|spent|buy|visit|come"
    r"|shop)s?\b|^(?:and )?who (?:owns?|has|is doing|is assigned(?: to)?|does) (?:them|it|each|those)\b"
    r"|^(?:and )?(?:what|which) (?:were|are|was) the (?:main |top |most common |usual )*reasons?\b|\b(?:do|does"
    r"|did) (?:they|it|these|those)\b|\b(?:average prices?|gross margin %) (?:of|for) (?:each|them|these|those)\b"
    r"|\bcompare (?:it|that|this|them|those|these)\b|\b(?:contributes?|contributed|adds?"
    r"|brings?) (?:the )?most to (?:it|that|them|this)\b|\b(?:its|their) (?:top|best|biggest|main|largest|strongest"
    r"|number one|best[- ]selling|leading) (?:departments?|categor(?:y|ies)|products?|items?|brands?"
    r"|manufacturers?)\b"
    r"|\b(?:drives?|drove|leads?|led|sells? (?:best|most)|sold (?:best|most)) (?:it|them|that|there)\b|\bwho (?:was"
    r"|were) (?:working|on duty)\b|\bhow busy\b.*\bopening\b|^(?:for )?what reasons?\b"
)
"""A part that speaks of what the part before finds: the two are one question."""
WHAT_THEY_DO = re.compile(r"\b(?:do|does|did) (?:they|these|those|it)\b(?! (?:stand|compare))")
NOT_THIS_PART = "I could not answer this part: “{part}”."
ASK_NEXT = "I did not answer this part: “{part}”. Ask it next, when the answer above is there."
_HOW_TO_SHOW = re.compile(
    "(?:please )?(?:give|show|list|tell|name)(?: me| us)? (?:only |just )?(?:the |a )?(?:totals?|counts?"
    r"|numbers?)?(?:,? (?:and|with|plus) )?(?:up to |at most |the )?(?:top )?(?:\d{1,2} |one |two |three |four |five "
    r"|ten )?(?:\w+ )?(?:examples?|totals?|counts?)?(?: (?:only|please))?\W*"
    r"|(?:just |only )?(?:the |your )?top (?:\d{1,2}|three|five|ten)(?: (?:only|please|will do|is enough))?\W*",
    re.IGNORECASE,
)
"""A part that says how to show what the part before it asks for, and asks for nothing itself."""
_OTHER_END = re.compile(
    r"(?:and )?how many (?:of|in|for) each(?: (?:type|kind|one|campaign))?\W*|(?:and )?(?:tell me |show me "
    r"|say )?(?:which|what|who) (?:(?:one"
    "|store|department|category|month|week|day|product|item|brand)s? )?(?:(?:is|are|was|were|has|had|have|did"
    "|does) )?(?:the )?(?:lowest|highest|worst|best|weakest|strongest|least|most|smallest|largest|slowest|busiest"
    r"|quietest)(?: (?:one|ones|of all|overall))?\W*"
    r"|(?:and )?(?:tell me |show me |say )?(?:which|what) (?:one|of them) (?:costs?|sold|sells|made|makes"
    r"|took|takes|brought in)"
    r" (?:us )?the (?:most|least)\W*",
    re.IGNORECASE,
)
"""A part that asks for the other end of a ranking: answers of a split name both."""
_THINGS = re.compile(
    r"^\W*(?:which|what|how many|list|show(?: me)?)(?: are)?(?: the| our| my| all| any)* (?P<things>[a-z]+s)\b",
    re.IGNORECASE,
)
_BARE_WHICH = re.compile(
    r"^(?:and )?which(?: ones?| of (?:them|these|those))? (?=(?:ends?|starts?|expires?|runs?|grew|fell|dropped|sold"
    r"|sells?|lost|need"
    r"|needs|went|came|became|finish\w*)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^\W*how many (?P<things>(?:(?!were\b|are\b|do\b|did\b|have\b)\w+ ){0,2}?(?:customers?|members?|households?"
    r"|shoppers|orders|transactions|refunds|returns|products|items|skus|campaigns|coupons|promotions|tasks))\b",
    re.IGNORECASE,
)
_BARE_COUNT = re.compile(
    r"^(?:and )?how many (?:of (?:them|these|those) )?(?=(?:were|are|have|had|bought|shopped|came|visited|returned"
    r"|redeemed|spent|sold|expired?)\b)",
    re.IGNORECASE,
)
_AT_THE_TILL = re.compile(
    r"\b(?P<thing>discount|refund|void|(?:price )?override|no[- ]sale|markdown|comp)(?:s|ed|ing)?\b", re.IGNORECASE
)
_BY_WHOM = re.compile(
    r"^(?:and )?(?:by whom|who(?:'s| is| are| was| were| has been| have been)? (?:\w+ly )?(?:giv(?:es?|ing)|gave"
    r"|do(?:es"
    r"|ing)?|did|ma(?:kes?|king|de)|tak(?:es?|ing)|took|rings?|ringing|rang|issu(?:es?|ing|ed)|hand(?:s|ing|ed)?(?: "
    r"out)?"
    r"|enter(?:s|ing|ed)?|behind|responsible for)(?: (?:out|them|it|these|those|(?:the )?most|all|of|away|up))*)\W*$",
    re.IGNORECASE,
)
"""A part that asks whose the discounts or refunds of the first are."""
_PRONOUN = re.compile(
    r"\b(?:they|them|these|those|it|its|their|each(?: of (?:them|those|these))?(?! (?:products?|items?|skus?)\b)"
    r"|that (?:one|day|week|month|hour)|(?:on|in) that (?:day|week|month)|the (?:first|worst|best) "
    r"one)\b(?! (?:day|week|month|year|is raining|rain\w*|snow\w*)s?\b)"
)


def _cut(text: str) -> list[str]:
    return [part.strip(" ,") for part in _PARTS.split(text) if part and part.strip(" ,?")]


def split(text: str) -> list[str]:
    """The parts of a question that each stand for themselves; a price change is never cut."""
    parts = _cut(text)
    if len(parts) > 1 and all(_HOW_TO_SHOW.fullmatch(part) for part in parts[1:]):
        return [text]
    if len(parts) > 1 and all(_OTHER_END.fullmatch(part) for part in parts[1:]):
        return parts[:1]
    if len(parts) > MAX_PARTS or any(len(part.split()) < 2 for part in parts):
        return [text]
    if any(_POINTS_BACK.search(part.lower()) for part in parts[1:]):
        return [text]
    return parts or [text]


def pieces(text: str) -> list[str]:
    """The same parts, also where a later one speaks of what the first finds: “our best customer and when was she in”.

    One piece where the question has no parts or too many of them.
    """
    parts = _cut(text)
    short = any(len(part.split()) < 2 for part in parts)
    return parts if 1 < len(parts) <= MAX_PARTS and not short else [text]


def says_how_to_show(part: str) -> bool:
    """Whether a part only says how to show what the part before it asks for: “give me the total and three examples”."""
    return _HOW_TO_SHOW.fullmatch(part) is not None


def with_its_noun(first: str, part: str) -> str:
    """A part that says “which end this week” with the things that the first part is about: “which promotions end …”.

    >>> with_its_noun("how many members do we have", "how many were active last week")
    'how many members were active last week'
    """
    for asks, things, bare in (("which", _THINGS, _BARE_WHICH), ("how many", _COUNTED, _BARE_COUNT)):
        thing, left = things.match(first), bare.match(part)
        if thing and left:
            return f"{asks} {thing['things']} {part[left.end() :]}"
    if (thing := _AT_THE_TILL.search(first)) and _BY_WHOM.match(part):
        return f"{thing['thing'].lower()}s by employee"
    return part


def leans_on_the_first(part: str) -> bool:
    """Whether a later part speaks of “it” or “them”: it is read as if it had been asked after the first."""
    return _PRONOUN.search(part.lower()) is not None
