"""Questions how many customers came once, twice or often, how visits are spread, and how long ago they came last."""

from __future__ import annotations

import re
from typing import Any

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.people import take_people
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.splits_left import split_left
from agent.conversation.surroundings import Surroundings

BY_VISITS = "customers_by_visits"
_WHO = r"(?:customers?|shoppers?|households?|members?|buyers?|people|famil(?:y|ies))"
_NUMBER = r"(?P<{0}>\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_VISITS = r"(?:times|visits?|trips?|shopping trips|purchases|transactions|orders)"
_COUNTED = (
    r"(?:\b(?:how many|number of|what (?:share|percent\w*|proportion|%) of|share of|percent\w* of|% of|count of"
    rf"|which)\b.*\b{_WHO}\b|^\W*(?:(?:find|list|show|identify|get|name)(?: me| us)? )?(?:the |our |all )*{_WHO}"
    r" (?:that|who|with)\b)"
)
_ONCE = re.compile(
    rf"{_COUNTED}.*?\b(?:(?P<lead>more than|over|at least|less than|fewer than|at most|no more than|only|just|exactly)"
    r" )?(?P<word>once|twice)\b(?! (?:a|per|every) (?:week|day))(?: or (?P<tail>more|less|fewer)(?: often)?)?"
    rf"|\bone[- ]time (?:{_WHO})\b"
)
_MORE = re.compile(rf"{_COUNTED}.*\b(?:more than|over|above) {_NUMBER.format('n')} {_VISITS}\b")
_LEAST = re.compile(
    rf"{_COUNTED}.*\b(?:at least |a minimum of ){_NUMBER.format('n')} {_VISITS}\b"
    rf"|{_COUNTED}.*\b{_NUMBER.format('m')} (?:or more|\+) {_VISITS}\b|{_COUNTED}.*\b(?P<k>\d{{1,3}})\+ {_VISITS}\b"
    rf"|{_COUNTED}.*\b{_NUMBER.format('l')} {_VISITS} or more\b"
)
_LESS = re.compile(rf"{_COUNTED}.*\b(?:fewer than|less than|under|below) {_NUMBER.format('n')} {_VISITS}\b")
_MOST = re.compile(
    rf"{_COUNTED}.*\b(?:at most |no more than ){_NUMBER.format('n')} {_VISITS}\b"
    rf"|{_COUNTED}.*\b{_NUMBER.format('l')} {_VISITS} or (?:fewer|less)\b"
)
_EXACT = re.compile(
    rf"{_COUNTED}.*\b(?:came|come|visited|visit|shopped|shop|bought|with|made|make|had|exactly) (?:in |us |exactly "
    rf"|only |just )*{_NUMBER.format('n')} {_VISITS}\b"
)
_SPREAD = re.compile(
    r"\b(?:distribution|spread|histogram|median|quartiles?) (?:of )?(?:the )?(?:number of )?(?:visits|trips"
    r"|visit frequency|shopping frequency|purchase frequency)\b|\b(?:visit|trip|shopping|purchase"
    rf"|frequency)[- ](?:distribution|spread|histogram)\b|\b{_WHO} by (?:number of )?(?:visits|trips|frequency)\b"
    r"|\b(?:days|time|how long) since (?:the |their |our |a )?(?:last|latest|most recent) (?:visit|purchase|trip|shop"
    r"|order)s?\b|\baverage recency\b|\bmedian (?:visits|trips)\b"
    rf"|\bmedian (?:of )?(?:the )?(?:total )?(?:spend(?:ing)?|sales|value) (?:per|of(?: an?| each)?|by) {_WHO}\b"
    rf"|\bmedian (?:household|customer) spend|\bhow much does the median {_WHO} spend"
)
_OTHER = re.compile(
    r"\b(?:coupons?|campaigns?|redeem\w*|stores\b.*\b(?:more than|several|both)|segments?|new|within|came back"
    r"|come back|again|bought (?!only|just|exactly)\w+ (?:once|twice)|employees?|products?|mailers?|each month|every"
    r"|spent more than|between (?:visits|trips))\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10, "twelve": 12, "twenty": 20}  # fmt: skip
_WORDS = re.compile(
    rf"\b(?:{_WHO}|{_VISITS}|how many|number|count|share|percent\w*|proportion|once|twice|only|just|exactly|came|come"
    r"|visit\w*|shop\w*|bought|buy|made|make|had|have|with|more than|over|above|at least|a minimum|fewer than"
    "|less than|under|below|at most|no more than|or more|or fewer|or less|often|distribution|spread|histogram|median"
    "|quartiles?|frequency|since|last|latest|most recent|purchase|order|recency|average|avg|mean|on average|days"
    "|time|long|in|of|the|our|us|per|a|month|customer|household|who|that|did|do|their|is|are|how|what|which"
    r"|number of|one-time|by|visit)(?!\w)|%|\+"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question how many customers came how often; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if names_the_future(whole) or _OTHER.search(whole) or take_people(Reading(whole)):
        return None
    args = _bounds(whole)
    if args is None:
        return None
    for pattern in (_MORE, _LEAST, _LESS, _MOST, _EXACT):
        if (found := pattern.search(reading.text)) is not None:
            for name, said in found.groupdict().items():
                if said and name in ("n", "m", "k", "l"):
                    reading.blank(found.start(name), found.end(name))
    period = re.search(r"\b(?:once|twice|times) (?:a|per) (?P<unit>month|week)\b", whole)
    slots = take_slots(reading, around, _WORDS)
    if slots.product or slots.department or slots.limit:
        return None
    if slots.unknown or split_left(reading):
        return not_understood(slots.unknown or split_left(reading))
    usual = (
        f"last {period['unit']}"
        if period
        else "all time"
        if re.search(r"\bsince\b|\bever\b|\brecency\b", whole)
        else None
    )
    return calls_for(BY_VISITS, {"period": slots.period or usual, **args, **slots.args("stores")}, [])


def _bounds(whole: str) -> dict[str, Any] | None:
    """The number of visits asked about; empty for how they are spread, None for another question."""
    if (found := _MORE.search(whole)) is not None:
        return {"at_least": _number(found["n"]) + 1}
    if (found := _LEAST.search(whole)) is not None:
        return {"at_least": _number(found["n"] or found["m"] or found["k"] or found["l"])}
    if (found := _LESS.search(whole)) is not None:
        return {"at_most": _number(found["n"]) - 1} if _number(found["n"]) > 1 else None
    if (found := _MOST.search(whole)) is not None:
        return {"at_most": _number(found["n"] or found["l"])}
    if (found := _ONCE.search(whole)) is not None:
        return _said_in_a_word(found)
    if (found := _EXACT.search(whole)) is not None:
        return {"at_least": _number(found["n"]), "at_most": _number(found["n"])}
    return {} if _SPREAD.search(whole) else None


def _said_in_a_word(found: re.Match[str]) -> dict[str, Any]:
    """“Only once”, “more than once”, “at least twice”, “once or twice” as bounds."""
    number, lead, tail = 2 if found["word"] == "twice" else 1, found["lead"], found["tail"]
    if lead in ("more than", "over"):
        return {"at_least": number + 1}
    if lead == "at least" or tail == "more":
        return {"at_least": number}
    if lead in ("less than", "fewer than") and number > 1:
        return {"at_most": number - 1}
    if lead in ("at most", "no more than") or tail in ("less", "fewer"):
        return {"at_most": number}
    return {"at_least": number, "at_most": number}


def _number(said: str) -> int:
    return _NUMBERS.get(said) or int(said)
