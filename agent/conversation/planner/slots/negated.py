"""A condition that is denied: “not on Mondays”, “except at Harbor Point”, put as what is left out of the figures.

Read by its noun alone, “not on Mondays” would be the figures of Mondays. Only days that come again, stores and
departments are meant: “not on promotion” and “not in stock” are conditions of their own.
"""

from __future__ import annotations

import re

from agent.conversation.planner.reading import tidy
from agent.conversation.surroundings import Surroundings

_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays|public holidays|holidays)"
_LEFT_OUT = (
    r"(?:exclud(?:e|es|ing)|except(?: for)?|leaving out|leave out|not counting|not including|apart from|other than)"
)
_PASSED_OVER = r"(?:disregarding|ignoring|skipping)"
_INSIDE = r"(?:(?:on|at|in|from|for|during|of) )"
_ANY = r"(?:(?:the|our|any|all) )?"


_OTHERWISE = re.compile(
    r"\b(?:customers?|shoppers?|households?|members?|buyers?|people|who|carr(?:y|ies|ied)|stock(?:ed|s)?|range"
    r"|assortment|ranged|have|has|(?:do|does|did) (?:we|they|i) sell)\b",
    re.IGNORECASE,
)
"""What is bought or held in one place and not in another is a question of its own."""


def with_denied_left_out(text: str, around: Surroundings) -> str:
    """The question with “excluding” before days, stores and departments that it denies; else as it was.

    >>> with_denied_left_out("sales last week, but not on Mondays", Surroundings("2026-11-23"))
    'sales last week excluding Mondays'
    """
    if '"' in text:
        return text
    said = tidy(text)
    said = _put(said, rf"(?:(?:not|{_LEFT_OUT}) {_INSIDE}|{_PASSED_OVER} )", _DAYS)
    places = [one for one in (*(store.name for store in around.stores), *around.departments) if one]
    if not any(one.lower() in said.lower() for one in places):
        return said if said != tidy(text) else text
    names = "|".join(map(re.escape, places))
    said = _put(said, rf"(?:{_LEFT_OUT} {_INSIDE}|{_PASSED_OVER} )", names)
    if not _OTHERWISE.search(said) and len(re.findall(rf"\b(?:{names})\b", said, re.IGNORECASE)) == 1:
        said = _put(said, rf"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bdo )not {_INSIDE}", names)
    return said if said != tidy(text) else text


def _put(text: str, denial: str, known: str) -> str:
    """The text with “excluding” instead of a denial right before one of the known names."""
    pattern = rf"(?:\s*,)?\s*(?:\b(?:but|and|only) )?(?:(?<!\w){denial}){_ANY}(?=(?:{known})(?![\w'-]))"
    return re.sub(pattern, " excluding ", text, flags=re.IGNORECASE).strip()
