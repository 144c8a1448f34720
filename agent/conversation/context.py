"""What one turn carries beside the messages: who asks, and what its tools found.

The graph's state is checkpointed and read by the model, so it holds words and small ids only. Everything else of a
turn (scope, ports, full results with their SQL) lives here, for the length of one turn, and never in the state.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.conversation.surroundings import Surroundings
from tools.context import ToolContext
from tools.result import ToolResult

OFFERED = "offered"
"""Where the metadata of a reply keep the questions to ask in the place of one that was not understood."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One tool call and what came of it.

    ``status`` is ``ok``, ``clarify`` or ``error``; ``message`` is what the person may read where there is no result;
    ``options`` are the choices of a clarification, ``reason`` that of the ``ToolError``.
    """

    call_id: str
    name: str
    args: Mapping[str, Any]
    status: str
    seconds: float
    result: ToolResult | None = None
    message: str = ""
    options: tuple[str, ...] = ()
    reason: str = ""


def with_options(message: str, options: Sequence[str]) -> str:
    """A sentence that asks for a choice, with those of its choices below that it does not name itself."""
    return "\n".join([message, *(f"• {option}" for option in options if option not in message)])


@dataclass(slots=True)
class TurnRecord:
    """The findings of one turn. Tools may run at the same time, so it is locked, and ordered by announcement.

    ``offered`` are questions that the reply offers, where it answers none. ``at_hand`` are the names of the tools that
    a language model is shown.
    """

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _order: list[str] = field(default_factory=list)
    _findings: dict[str, Finding] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    offered: tuple[str, ...] = ()
    at_hand: tuple[str, ...] = ()
    model_failed: bool = False
    rewritten: bool = False

    def announce(self, call_ids: Sequence[str]) -> None:
        """Fix the order of the calls of one model message."""
        with self._lock:
            self._order.extend(call_id for call_id in call_ids if call_id not in self._order)

    def add(self, finding: Finding) -> None:
        """Keep what a call found."""
        with self._lock:
            self._findings[finding.call_id] = finding

    def note(self, sentence: str) -> None:
        """Add a caveat of the turn itself, once."""
        with self._lock:
            if sentence not in self.notes:
                self.notes.append(sentence)

    def get(self, call_id: str) -> Finding | None:
        """What this call found, if it has run."""
        with self._lock:
            return self._findings.get(call_id)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding in the order the calls were made."""
        with self._lock:
            known = [self._findings[call_id] for call_id in self._order if call_id in self._findings]
            late = [finding for call_id, finding in self._findings.items() if call_id not in self._order]
            return (*known, *late)

    def results(self) -> tuple[ToolResult, ...]:
        """The results of the calls that succeeded."""
        return tuple(finding.result for finding in self.findings() if finding.result is not None)


@dataclass(frozen=True, slots=True)
class TurnContext:
    """The runtime context of the graph for one turn; the model never sees it."""

    tools: ToolContext
    record: TurnRecord
    question: str = ""
    surroundings: Surroundings = field(default_factory=Surroundings)
