"""The questions that are known to be read, and which of them are near to one that is not.

They are weighed by TF-IDF over words, pairs of words and parts of words; Salton and Buckley 1988. The list is
``known.txt``: each line is a question that the planner has a call for, without stores and days, under the name of the
tool that answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from agent.conversation.planner.closest.words import telling

_WORD_SHARE = 0.75
_PART_SHARE = 1 - _WORD_SHARE


@dataclass(frozen=True, slots=True)
class Near:
    """A known question and how near it is, 0 to 1."""

    question: str
    score: float


def known_questions() -> tuple[str, ...]:
    """The list, in its order."""
    return tuple(question for questions in known_by_tool().values() for question in questions)


@lru_cache(maxsize=1)
def known_by_tool() -> Mapping[str, tuple[str, ...]]:
    """The list by the tool that answers, in its order."""
    text = resources.files(__package__).joinpath("known.txt").read_text("utf-8")
    tool = ""
    listed: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            tool = line.removeprefix("#").strip()
        elif line:
            listed.setdefault(tool, []).append(line)
    return {name: tuple(questions) for name, questions in listed.items()}


def near(text: str, limit: int) -> list[Near]:
    """The known questions nearest to a text, nearest first; none that shares no telling word with it."""
    if not telling(text):
        return []
    return _index().search(text, limit)


def nearest_of(tool: str, text: str) -> str | None:
    """The known question of a tool that is nearest to a text, its first where none shares a word; None without any."""
    its = known_by_tool().get(tool, ())
    ranked = (one.question for one in near(text, len(known_questions())) if one.question in its)
    return next(ranked, its[0] if its else None)


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index(known_questions())


class _Index:
    """Built once, at the first question that is not understood: a few tenths of a second."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._questions = questions
        self._words: Any = TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True)
        self._parts: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._word_rows = self._words.fit_transform(questions)
        self._part_rows = self._parts.fit_transform([_plain(question) for question in questions])

    def search(self, text: str, limit: int) -> list[Near]:
        import numpy as np

        by_word = (self._word_rows @ self._words.transform([text]).T).toarray().ravel()
        by_part = (self._part_rows @ self._parts.transform([_plain(text)]).T).toarray().ravel()
        scores = np.where(by_word > 0, _WORD_SHARE * by_word + _PART_SHARE * by_part, 0.0)
        order = np.lexsort((np.arange(len(scores)), -np.round(scores, 6)))[:limit]
        return [Near(self._questions[place], float(scores[place])) for place in order if scores[place] > 0]


def _plain(text: str) -> str:
    return " ".join(telling(text))


def _words_and_pairs(text: str) -> list[str]:
    words = telling(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
