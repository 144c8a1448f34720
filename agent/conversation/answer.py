"""A question, what is said while it is worked on, and the answer. These are the words between Slack, CLI and graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tools.context import Scope
from tools.result import Chart, Figure, Table


@dataclass(frozen=True, slots=True)
class Question:
    """One message to the bot. ``thread_id`` is the conversation: (team, channel, thread_ts) or a CLI thread's name."""

    text: str
    scope: Scope
    thread_id: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """A tool starting or ending.

    ``title`` is for people ("Sales summary · yesterday"); ``status`` is in_progress, complete or error.
    """

    task_id: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One tool call as it happened. ``status`` is ``ok``, ``error`` or ``clarify``."""

    name: str
    args: Mapping[str, Any]
    status: str
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The contract's entry of ``tools``."""
        return {"name": self.name, "args": dict(self.args), "status": self.status, "seconds": round(self.seconds, 4)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said back. ``answer`` is the whole text, ``headline`` its first sentence with the number that matters.

    ``export`` is the receipt whose table the person wants as a file; "" when they did not ask for one.
    """

    answer: str
    headline: str
    figures: Sequence[Figure] = ()
    table: Table | None = None
    chart: Chart | None = None
    caveats: Sequence[str] = ()
    follow_ups: Sequence[str] = ()
    proposals: Sequence[str] = ()
    tools: Sequence[ToolUse] = ()
    as_of: datetime | None = None
    receipt_id: str = ""
    model: str = ""
    seconds: float = 0.0
    sql: Sequence[str] = ()
    metrics: Sequence[str] = ()
    export: str = ""

    def to_json(self) -> dict[str, Any]:
        """The contract's ``ask --json`` document; with ``export``, a receipt's id, where a file was asked for."""
        wanted = {"export": self.export} if self.export else {}
        return {
            **wanted,
            "answer": self.answer,
            "headline": self.headline,
            "figures": [figure.to_json() for figure in self.figures],
            "table": self.table.to_json() if self.table else None,
            "chart": self.chart.to_json() if self.chart else None,
            "caveats": list(self.caveats),
            "follow_ups": list(self.follow_ups),
            "proposals": list(self.proposals),
            "tools": [use.to_json() for use in self.tools],
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "receipt_id": self.receipt_id,
            "model": self.model,
            "seconds": round(self.seconds, 4),
        }


OnProgress = Callable[[Progress], None]


class Conversation(Protocol):
    """Answering; ``agent.conversation.turn.Turns`` is one."""

    def answer(self, question: Question, on_progress: OnProgress | None = None) -> Answer:
        """Answer one question in its thread; never raises for what a person or a model did wrong.

        Turns of one ``thread_id`` must not run at the same time; the caller serialises them.
        """
        ...
