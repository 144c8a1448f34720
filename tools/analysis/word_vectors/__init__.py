"""Which words are alike in meaning, by a table of word vectors that ships with the package: “rodents” and “mouse”.

The table holds 36,000 English words, each with 128 signed bytes, made once from the sentence model all-MiniLM-L6-v2
(Wang et al. 2020; README.md beside this file says how). It is read at the first question that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any


class WordVectors:
    """A vector of length 1 for each word it knows."""

    def __init__(self, words: Sequence[str], vectors: Any) -> None:
        import numpy as np

        self._row = {word: place for place, word in enumerate(words)}
        rows = np.asarray(vectors, dtype=np.float32)
        self._vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def __contains__(self, word: str) -> bool:
        return word in self._row

    def rows(self, words: Sequence[str]) -> Any:
        """One vector for each word, (words, dimensions); zeros for a word that is not known."""
        import numpy as np

        found = np.zeros((len(words), self._vectors.shape[1]), dtype=np.float32)
        for place, word in enumerate(words):
            row = self._row.get(word)
            if row is not None:
                found[place] = self._vectors[row]
        return found


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """The table of the package."""
    import numpy as np

    with (
        resources.as_file(resources.files(__package__).joinpath("words.npz")) as path,
        np.load(path, allow_pickle=False) as table,
    ):
        return WordVectors(str(table["words"]).split("\n"), table["vectors"])
