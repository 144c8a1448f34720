"""What a question says and a call that was taken for it does not carry: numbers, rates, things named, unknown words.

The network takes a question as a whole, so that what limits it may be gone unseen. What is found here stands before the
answer; a question that leaves something out itself (“but not …”) is not answered by what it was taken for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agent.conversation.planner.kept_conditions import is_no_figure
from agent.conversation.planner.learned.network import Span
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.daytime import take_time_of_day
from agent.conversation.planner.slots.periods import take_periods
from agent.conversation.planner.slots.places import take_departments
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings

_NUMBER = re.compile(r"(?<![\w-])[+-]?[$€£]?(?P<number>\d[\d,]*(?:\.\d+)?)(?:%|[a-z]{1,3})?(?![\w-])")
_CLASS = re.compile(
    r"(?:(?<=abc )|^|(?<=which )|(?<=our ))(?P<low>[abc]) (?=(?:products|items|skus|lines|goods|sellers)\b)"
    r"|\b(?P<one>[ABC])(?: class)? (?=(?:products?|items?|skus?|lines?|goods|sellers?)\b)"
    r"|\b(?P<said>(?i:class [abc]|[abc][- ]class))\b"
)
"""A class of the range by what it sells, as in “C items”."""
_OVERTIME = re.compile(r"\b(?:overtime|ot)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_SAYS_WHEN = frozenset({"period", "until", "within", "due", "days", "start_on", "later"})
"""Arguments that may carry it in words of their own."""
_WHOLE_DAYS = "sales_outlook"
"""Knows no hours."""
_RATE = re.compile(
    r"\b(?:a|per|each|every) (?P<unit>hour|day|week|month|year)\b|\b(?P<how>hourly|daily|weekly|monthly)\b"
)
_INCLUDING = re.compile(
    r"\b(?:including|along with|together with|as well as|plus) (?P<what>(?:the |our |all )*[a-z][a-z' ]*"
    r"(?:(?:,| and|, and|&) [a-z][a-z' ]*)*)"
)
_EXCEPTS = re.compile(r"\b(?:but not|except|excluding|other than|apart from|not yet|instead of)\b")
_REFUSED = re.compile(r"I did not understand (?P<words>“.+?”(?: and “.+?”)*) here")
_QUOTED = re.compile(r"“([^”]+)”")
_NAME = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][a-z'-]+)+")
_SIGNS = "%$€£+-<> "
_BEGINNINGS = frozenset({"did", "does", "do", "is", "are", "was", "were", "has", "have", "can", "will", "in", "at"})
_THINGS = frozenset(
    {"product", "with_product", "supplier", "employee", "person", "campaign", "promotion", "place", "department"}
)


def excepts(question: str) -> bool:
    """Whether a question is about all but something, which no call says."""
    return bool(_EXCEPTS.search(question.lower()))


def left_out(
    call: tuple[str, Mapping[str, Any]], spans: tuple[Span, ...], question: str, around: Surroundings
) -> list[str]:
    """What is to be named as left out, as it was written, each once.

    Args:
        call: the tool and its arguments.
        spans: where the network sees values.
        question: in one line.
        around: the stores and departments there are.
    """
    tool, args = call
    held = str(list(args.items())).lower()
    found = [*_numbers(question, held), *_rates(question, held), *_things(question, spans, held)]
    found += [one["low"] or one["one"] or one["said"] for one in _CLASS.finditer(question)]
    found += [] if "overtime" in held else [one.group() for one in _OVERTIME.finditer(question)]
    found += _beside(question, held)
    found += [] if _SAYS_WHEN & set(args) else [one.group() for one in _TOMORROW.finditer(question)]
    found += [name for name in _names(question) if name.lower() not in held]
    part = take_time_of_day(Reading.of(question)) if tool == _WHOLE_DAYS else None
    found += [part] if part else []
    if is_no_figure(tool):  # of all others the departments are looked after with the conditions
        found += [one for one in take_departments(Reading.of(question), around) if one.lower() not in held]
    said = list(dict.fromkeys(found))
    return [one for one in said if not any(one.lower() in other.lower() for other in said if other != one)]


def _names(question: str) -> Iterator[str]:
    """Words in a row with capital letters, but days and the ordinary word that a question begins with."""
    reading = Reading.of(question)
    take_periods(reading)
    first = question.split(" ")[0]
    start = len(first) if is_ordinary(first.lower()) or first.lower() in _BEGINNINGS else 0
    for name in _NAME.finditer(question, start):
        if not reading.text[name.start() + 1 : name.end() + 1].isspace():
            yield name.group()


def not_known(refusal: str) -> tuple[str, ...]:
    """The words that nobody knew, as a refusal names them in quotes, each once."""
    named = _REFUSED.search(refusal)
    return tuple(dict.fromkeys(_QUOTED.findall(named["words"]))) if named else ()


def untold(question: str, strange: Iterable[str], told: Iterable[Any], around: Surroundings) -> list[str]:
    """Of the words that nobody knew those to be named: neither departments nor told already."""
    held = str([*told, *take_departments(Reading.of(question), around)]).lower()
    said = question.lower()
    words = [one for one in strange if any(map(str.isalnum, one))]
    return [one for one in words if one.lower() in said and one.lower().strip(_SIGNS) not in held]


def _numbers(question: str, held: str) -> Iterator[str]:
    numbers = set(re.split(r"[^\d.]+", held))
    reading = Reading.of(question)
    take_periods(reading)
    for one in _NUMBER.finditer(reading.text):
        if one["number"].replace(",", "") not in numbers:
            yield one.group()


def _beside(question: str, held: str) -> Iterator[str]:
    """What is asked for beside the figure: “including tips and failures”."""
    reading = Reading.of(question)
    take_periods(reading)
    for one in _INCLUDING.finditer(reading.text):
        for what in re.split(r",| and |&", one["what"]):
            word = re.sub(r"^(?:the |our |all |by \w+ )+", "", what.strip())
            if word and word.removesuffix("s") not in held.replace("_", " "):
                yield word


def _rates(question: str, held: str) -> Iterator[str]:
    reading = Reading.of(question)
    take_periods(reading)
    for one in _RATE.finditer(reading.text):
        unit = one["unit"] or one["how"].removesuffix("ly").replace("dai", "day")
        if unit not in held:
            yield one.group()


def _things(question: str, spans: tuple[Span, ...], held: str) -> Iterator[str]:
    for span in spans:
        said = span.said(question)
        if span.argument in _THINGS and said.lower() not in held:
            yield said
