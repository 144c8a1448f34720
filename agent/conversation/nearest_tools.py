"""Which tools are near to a question in words: three rankings, put together by their places.

By the words that a tool's own text and the questions it is known to answer share with the question; by the known
questions nearest to it; and by what its words mean, where none are shared. Each is good where another fails.

Sources: Salton and Buckley 1988 (TF-IDF), Cormack, Clarke and Büttcher 2009 (reciprocal rank fusion).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from math import log
from typing import Any

from agent.conversation.planner.closest.known import known_by_tool, near
from agent.conversation.planner.closest.words import telling

_LOOKED_AT = 60
_DAMPING = 8
_WORD = re.compile(r"[a-z]+")


class NearestTools:
    """Ranks tools for a question. ``texts`` is what is said of each tool, by name; built at the first question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        known = known_by_tool()
        self._names = tuple(sorted(texts))
        self._texts = ["\n".join([name.replace("_", " "), texts[name], *known.get(name, ())]) for name in self._names]
        self._tool_of = {question: name for name, questions in known.items() for question in questions}

    def nearest(self, question: str, limit: int, *, besides: Collection[str] = ()) -> list[str]:
        """At most so many names, nearest first, besides those that are there anyway."""
        places: defaultdict[str, float] = defaultdict(float)
        for ranking in (self._by_words(question), self._by_known(question), self._by_meaning(question)):
            for place, name in enumerate(ranking[:_LOOKED_AT]):
                places[name] += 1 / (_DAMPING + place)
        return sorted(places.keys() - set(besides), key=lambda name: (-places[name], name))[:limit]

    def _by_words(self, question: str) -> list[str]:
        words, rows = self._words
        return self._ranked((rows @ words.transform([question]).T).toarray().ravel())

    def _by_known(self, question: str) -> list[str]:
        found = (self._tool_of[one.question] for one in near(question, _LOOKED_AT))
        return list(dict.fromkeys(name for name in found if name in self._names))

    def _by_meaning(self, question: str) -> list[str]:
        return self._ranked(self._meanings @ self._meaning(question))

    def _ranked(self, scores: Any) -> list[str]:
        import numpy as np

        order = np.lexsort((np.arange(len(scores)), -np.round(scores, 6)))
        return [self._names[place] for place in order if scores[place] > 0]

    @cached_property
    def _words(self) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        words: Any = TfidfVectorizer(analyzer=telling, sublinear_tf=True)
        return words, words.fit_transform(self._texts)

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """How telling each word of the tools' texts is: the rarer, the more."""
        held = Counter(word for text in self._texts for word in set(_WORD.findall(text.lower())))
        return {word: log((len(self._texts) + 1) / count) for word, count in held.items()}

    @cached_property
    def _meanings(self) -> Any:
        import numpy as np

        return np.stack([self._meaning(text) for text in self._texts])

    def _meaning(self, text: str) -> Any:
        """The mean of its words' vectors, the telling ones counting more, of length 1."""
        import numpy as np

        from tools.analysis.word_vectors import word_vectors

        words = _WORD.findall(text.lower())
        most = log(len(self._texts) + 1)
        weights = np.array([self._weights.get(word, most) for word in words], dtype=np.float32)
        mean = weights @ word_vectors().rows(words) if words else np.zeros(word_vectors().rows(["a"]).shape[1])
        length = float(np.linalg.norm(mean))
        return mean / length if length else mean
