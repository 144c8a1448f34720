"""The words of a question as the concepts they stand for: figures, what these are told by, ranks, words beside them.

The lists are in ``words.toml``. Words are compared without their endings, so “selling” and “sells” are one; the longest
phrase counts. What is in no list is unknown, and nothing is guessed about it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from agent.conversation.planner.wording.endings import without_ending

_WORD = re.compile(r"[a-z][a-z']*|\d[\d.,]*|[%$#]")
_KEPT = """
shrinking returning incoming rating ratings bar bars cans canes roses chuck sally hats mats tots totes dose doses maps
drops sliced mixes mixed refills stuffing stuffed trail rings flags filters tables covers pockets tops briefs needs
checks resulted constant
"""
_WHOLE = frozenset(_KEPT.split())
"""Words that mean another thing with their ending than without; some are goods: “bars” are not bare."""
_DIGITS = {
    word: str(number)
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
"""Numbers that are said as words: “the three best stores”."""
FIGURES, GROUPS, RANKS, BESIDE, PLAIN = "figures", "groups", "ranks", "beside", "plain"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, and the list it is in."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a question and the concepts that they may stand for; none for words that are in no list."""

    words: str
    means: tuple[Concept, ...]

    @property
    def is_number(self) -> bool:
        """Whether it is a number in digits."""
        return self.words[0].isdigit()

    def named(self, kind: str) -> str | None:
        """The concept of one list that it may stand for."""
        return next((one.name for one in self.means if one.kind == kind), None)


def words_of(text: str) -> list[Said]:
    """The words of a text from left to right, phrases of several words as one."""
    return _phrased(_single(text))


def readings_of(text: str) -> Iterator[list[Said]]:
    """The words of a text as ``words_of`` has them, then with other phrases where two overlap.

    “Average discount amount per transaction” is an average discount, or an average of the discount amount.
    """
    said = _single(text)
    first = _phrased(said)
    yield first
    phrases, longest = _phrases()
    bare = [_bare(word) for word in said]
    start = 0
    for one in first:
        end = start + len(one.words.split())
        for inside in range(start + 1, end):
            for other in range(min(inside + longest, len(said)), end, -1):
                means = phrases.get(tuple(bare[inside:other]))
                if means:
                    across = Said(" ".join(said[inside:other]), means)
                    yield [*_phrased(said[:inside]), across, *_phrased(said[other:])]
        start = end


def _single(text: str) -> list[str]:
    return [_DIGITS.get(word, word) for word in _WORD.findall(text.lower().replace("’", "'"))]


def _phrased(said: Sequence[str]) -> list[Said]:
    bare = [_bare(word) for word in said]
    phrases, longest = _phrases()
    found: list[Said] = []
    place = 0
    while place < len(said):
        for length in range(min(longest, len(said) - place), 0, -1):
            means = phrases.get(tuple(bare[place : place + length]))
            if means:
                break
        else:
            length, means = 1, ()
        found.append(Said(" ".join(said[place : place + length]), means))
        place += length
    return found


def stands_for_something(word: str) -> bool:
    """Whether a word alone is in one of the lists as it is written: “wine” is not “win”."""
    return word in _single_words()


@lru_cache(maxsize=1)
def words_listed() -> frozenset[str]:
    """Every word of the lists, also those that stand in phrases only."""
    return frozenset(
        word for concepts in _lists().values() for one in concepts.values() for word in _WORD.findall(one.lower())
    )


@lru_cache(maxsize=1)
def _single_words() -> frozenset[str]:
    written = (
        phrase.strip() for concepts in _lists().values() for one in concepts.values() for phrase in one.split("|")
    )
    return frozenset(phrase for phrase in written if phrase.isalpha())


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[tuple[str, ...], tuple[Concept, ...]], int]:
    phrases: dict[tuple[str, ...], tuple[Concept, ...]] = {}
    for kind, concepts in _lists().items():
        for name, written in concepts.items():
            for phrase in written.split("|"):
                key = tuple(_bare(word) for word in _WORD.findall(phrase.lower()))
                one = Concept(kind, name)
                known = phrases.get(key, ())
                if all(other.kind != kind for other in known):
                    phrases[key] = (*known, one)
    return phrases, max(map(len, phrases))


def _bare(word: str) -> str:
    word = word.strip("'").removesuffix("'s")
    if word in _WHOLE:
        return f"{word}."  # unlike any word without its ending
    return without_ending(word)
