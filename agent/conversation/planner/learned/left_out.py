"""What a question says and a call that was taken for it does not carry: numbers, things named, words nobody knows.

The network takes a question as a whole, so that what limits it may be gone unseen. What is found here stands before the
answer. Where the network is all but sure, unknown words are told only where they limit or split something (“by moon
phase”, “at the corner till”): what other words mean is what it is there for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from agent.conversation.planner.learned.network import Span
from agent.conversation.planner.periods import take_periods
from agent.conversation.planner.places import take_departments, take_stores
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

_NUMBER = re.compile(r"(?<![\w-])[+-]?[$€£]?(?P<number>\d[\d,]*(?:\.\d+)?)%?(?![\w-])")
_REFUSED = re.compile(r"I did not understand (?P<words>“.+?”(?: and “.+?”)*) here")
_QUOTED = re.compile(r"“([^”]+)”")
_LIMITS = (
    r"\b(?:by|per|for|at|in|of|with|without|from|on|through|via|across|due to|because of|despite|when|except|excluding"
    r"|only|against|vs) (?:[\w'-]+ ){0,4}?"
)
_THINGS = frozenset({"product", "with_product", "supplier", "employee", "person", "campaign", "promotion", "place"})


def left_out(
    args: Mapping[str, Any],
    spans: tuple[Span, ...],
    question: str,
    refusal: str,
    around: Surroundings,
    *,
    sure: bool,
) -> list[str]:
    """What is to be named as left out, as it was written, each once.

    Args:
        args: of the call.
        spans: where the network sees values.
        question: in one line.
        refusal: what was said of the question before, with the words in quotes that nobody knows.
        around: the stores and departments there are.
        sure: whether only such unknown words are wanted as limit what is asked.
    """
    held = str(list(args.values())).lower()
    found = [
        *_numbers(question, held),
        *_things(question, spans, held),
        *_unknown(question, refusal, held, around, sure),
    ]
    return [one for one in dict.fromkeys(found) if not any(one in other for other in found if other != one)]


def _numbers(question: str, held: str) -> Iterator[str]:
    numbers = set(re.split(r"[^\d.]+", held))
    reading = Reading.of(question)
    take_periods(reading)
    for one in _NUMBER.finditer(reading.text):
        if one["number"].replace(",", "") not in numbers:
            yield one.group()


def _things(question: str, spans: tuple[Span, ...], held: str) -> Iterator[str]:
    for span in spans:
        said = question[span.start : span.end].strip()
        if span.argument in _THINGS and said.lower() not in held:
            yield said


def _unknown(question: str, refusal: str, held: str, around: Surroundings, sure: bool) -> Iterator[str]:
    reading = Reading.of(question)
    take_periods(reading)
    take_stores(reading, around)
    take_departments(reading, around)
    named = _REFUSED.search(refusal)
    for words in _QUOTED.findall(named["words"]) if named else ():
        limiting = re.search(_LIMITS + re.escape(words.lower()), reading.text)
        if (limiting or not sure) and words.lower() in reading.text and words.lower() not in held:
            yield words
