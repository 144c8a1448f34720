"""What a small network takes a question for: which tool answers it, with which arguments, and where values stand.

The network is a sentence model of six layers trained on labelled questions (README.md beside this file). It is run by
ONNX Runtime on one thread, a few milliseconds a question, and is read from the package at the first question that
needs it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from agent.conversation.planner.learned.pieces import Piece, Pieces

MOST_PIECES = 64
NONE = "none"
"""The name under which questions are learned that no tool answers."""
SEVERAL = "*"
"""The word for a value with parts of its own, such as a condition, which is not put together from a question."""

_POSSIBLE = -1.5
"""The score (log odds) of a word that is not likely and still the best guess there is."""


_JOINED = re.compile(r"(?:,|\s(?:and|or|with|vs\.?))+\s*$|^(?:and|or)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A value that stands in the question: for which argument, and its characters."""

    argument: str
    start: int
    end: int

    def said(self, question: str) -> str:
        """Its words; what joins one thing to the next is no part of its name."""
        return _JOINED.sub("", question[self.start : self.end]).strip()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a question is taken for.

    ``tools`` holds every tool with how likely it is, likeliest first, 1 in all; ``values`` those (argument, value)
    pairs that are likelier than not, likeliest first, whatever the tool; ``spans`` the values said in the question's
    words; ``nearest`` the likeliest value of each argument that has one at least ``_POSSIBLE``.
    """

    tools: tuple[tuple[str, float], ...]
    values: tuple[tuple[str, str], ...]
    spans: tuple[Span, ...]
    nearest: Mapping[str, str] = field(default_factory=dict)


class Network:
    """Reads questions. ``labels`` name its outputs and its pieces, in order."""

    def __init__(self, weights: bytes, labels: Mapping[str, Sequence[str]]) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._pieces = Pieces(labels["pieces"])
        self._tools = tuple(labels["tools"])
        self._values = tuple((name, value) for name, _, value in (pair.partition("=") for pair in labels["values"]))
        self._tags = tuple(labels["tags"])

    @property
    def tools(self) -> tuple[str, ...]:
        """The names it can give, ``NONE`` among them."""
        return self._tools

    def take(self, question: str) -> Taken:
        """What a question is taken for; what is longer than ``MOST_PIECES`` is cut off."""
        import numpy as np

        pieces = self._pieces.of(question, MOST_PIECES)
        rows = np.array([[piece.row for piece in pieces]], dtype=np.int64)
        tools, values, tags = self._session.run(["tools", "values", "tags"], {"pieces": rows})
        likely = np.exp(tools[0] - tools[0].max())
        likely /= likely.sum()
        order = np.argsort(-likely, kind="stable")
        ranked = np.argsort(-values[0], kind="stable")
        told = [place for place in ranked if values[0][place] > 0]
        nearest: dict[str, str] = {}
        for place in ranked:
            name, value = self._values[place]
            if values[0][place] > _POSSIBLE:
                nearest.setdefault(name, value)
        return Taken(
            tuple((self._tools[place], float(likely[place])) for place in order),
            tuple(self._values[place] for place in told),
            tuple(_whole_words(question, _spans(pieces, [self._tags[place] for place in tags[0].argmax(axis=-1)]))),
            nearest,
        )


def _spans(pieces: Sequence[Piece], tags: Sequence[str]) -> list[Span]:
    """Pieces in a row of one argument are one span."""
    found: list[Span] = []
    going_on = ""
    for piece, tag in zip(pieces, tags, strict=True):
        argument = tag[2:] if piece.end > piece.start else ""
        touches = bool(found) and found[-1].end == piece.start
        if argument and argument == going_on and (tag.startswith("I") or touches):
            found[-1] = Span(argument, found[-1].start, piece.end)
        elif argument:
            found.append(Span(argument, piece.start, piece.end))
        going_on = argument
    return found


def _whole_words(question: str, spans: Sequence[Span]) -> list[Span]:
    """Spans that begin and end where words do: of “5kg” the network may have marked the number alone."""
    found = []
    for span in spans:
        start, end = span.start, span.end
        while start > 0 and question[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(question) and question[end - 1 : end + 1].isalnum():
            end += 1
        found.append(Span(span.argument, start, end))
    return found


@lru_cache(maxsize=1)
def network() -> Network:
    """The network of the package."""
    here = resources.files(__package__)
    labels = json.loads(here.joinpath("labels.json").read_text("utf-8"))
    return Network(here.joinpath("questions.onnx").read_bytes(), labels)


@lru_cache(maxsize=64)
def taken_for(question: str) -> Taken:
    """What the network of the package takes a question for; each is asked about several times in a turn."""
    return network().take(question)
