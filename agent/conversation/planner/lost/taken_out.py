"""Whether words of a question change its plan: if it is the same without them, nothing has kept them."""

from __future__ import annotations

from collections.abc import Callable

from agent.conversation.planner.outcome import Plan


def without_span(question: str, start: int, end: int, instead: str = "") -> str:
    """The question without the words from ``start`` to ``end``, or with others in their place."""
    return " ".join(f"{question[:start].rstrip(' ,')} {instead} {question[end:]}".split())


def is_the_same(question: str, decided: Plan, read: Callable[[str], Plan]) -> bool:
    """Whether a question with some words taken out is planned as before; ``read`` plans it by itself."""
    return read(question).calls == decided.calls
