"""Texts ranked by meaning for the tools: by the configured embedding model where there is one, else on this machine.

A model is only asked about the texts that the machine finds near or that stand for many, so a question never costs
thousands of calls. Where it does not answer, the machine's own order stands and the answer says so.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from tools.analysis.meaning import Hit, MeaningIndex, by_vectors
from tools.context import EMBEDDINGS, EmbeddingPort, ToolContext
from tools.errors import ToolError

MOST_EMBEDDED = 300
LEAST_LIKE = 0.2
_REMEMBERED = 6
_LOCAL = (
    "Compared by words, words of like meaning and a list of retail synonyms on this machine; no embedding model is set."
)
_FELL_BACK = "The embedding model did not answer, so the texts were compared by their words on this machine."
_MODEL = "Compared by meaning with the embedding model {name}."

_indexes: OrderedDict[str, MeaningIndex] = OrderedDict()
_gate = threading.Lock()


@dataclass(frozen=True, slots=True)
class Nearest:
    """The hits, and how they were found, as a caveat says it."""

    hits: tuple[Hit, ...]
    how: str


def nearest(phrase: str, texts: Sequence[str], context: ToolContext, *, limit: int) -> Nearest:
    """The texts nearest in meaning to the phrase, best first.

    ``texts`` must be free of personal data: a model may be given them.
    """
    port: EmbeddingPort | None = context.extras.get(EMBEDDINGS)
    if not texts:
        return Nearest((), _LOCAL)
    if port is None:
        return Nearest(tuple(_near(index_of(texts).search(phrase, limit))), _LOCAL)
    near = index_of(texts).search(phrase, MOST_EMBEDDED)
    candidates = near if len(texts) > MOST_EMBEDDED else [Hit(place, 0.0) for place in range(len(texts))]
    try:
        vectors = port.embed([phrase, *(texts[hit.place] for hit in candidates)])
    except ToolError:
        return Nearest(tuple(_near(near[:limit])), _FELL_BACK)
    hits = by_vectors(vectors[0], vectors[1:], limit) if candidates else []
    ranked = tuple(Hit(candidates[hit.place].place, hit.score) for hit in hits if hit.score > LEAST_LIKE)
    return Nearest(ranked, _MODEL.format(name=port.name))


def _near(hits: Sequence[Hit]) -> list[Hit]:
    """Those that are not far behind the best: with words alone the tail is chance."""
    if not hits:
        return []
    least = max(LEAST_LIKE, hits[0].score * 0.55)
    return [hit for hit in hits if hit.score >= least]


def index_of(texts: Sequence[str]) -> MeaningIndex:
    """An index over these texts, kept for the next question over the same ones."""
    key = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
    with _gate:
        known = _indexes.get(key)
        if known is None:
            known = _indexes[key] = MeaningIndex(texts)
            while len(_indexes) > _REMEMBERED:
                _indexes.popitem(last=False)
        _indexes.move_to_end(key)
        return known
