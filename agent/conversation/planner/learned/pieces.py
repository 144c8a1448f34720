"""A question in the pieces of words that the network knows, each with where it stands in the text.

Word pieces as BERT takes them (Schuster and Nakajima 2012; Devlin et al. 2019): lower case, accents off, punctuation by
itself, then always the longest piece that is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of the network's table, and the characters it stands for; the same number twice for what frames a text."""

    row: int
    start: int
    end: int


class Pieces:
    """Cuts texts by a list of known pieces; those that go on within a word begin with “##”."""

    def __init__(self, known: Sequence[str]) -> None:
        self._rows = {piece: row for row, piece in enumerate(known)}

    def of(self, text: str, most: int) -> list[Piece]:
        """The pieces of a text between those for its begin and end; at most so many in all."""
        plain = "".join(_plain(letter) for letter in text)
        found = [Piece(self._rows[BEGIN], 0, 0)]
        for word in _WORD.finditer(plain):
            found += self._of_word(word.group(), word.start())
        return [*found[: most - 1], Piece(self._rows[END], len(text), len(text))]

    def _of_word(self, word: str, at: int) -> Iterator[Piece]:
        pieces = list(self._longest_first(word)) if len(word) <= _LONGEST else []
        if not pieces or pieces[-1][1] < len(word):
            yield Piece(self._rows[UNKNOWN], at, at + len(word))
            return
        for start, end in pieces:
            yield Piece(self._rows[_named(word, start, end)], at + start, at + end)

    def _longest_first(self, word: str) -> Iterator[tuple[int, int]]:
        start = 0
        while start < len(word):
            ends = range(len(word), start, -1)
            end = next((end for end in ends if _named(word, start, end) in self._rows), start)
            if end == start:
                return
            yield start, end
            start = end


def _named(word: str, start: int, end: int) -> str:
    return word[start:end] if start == 0 else f"##{word[start:end]}"


def _plain(letter: str) -> str:
    """A letter in lower case without its accent; always one, so that places in the text stay what they are."""
    lowered = unicodedata.normalize("NFD", letter.lower())
    return lowered[0] if lowered else letter
