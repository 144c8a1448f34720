"""Workflows in the caller's thread, with a memory that outlives a death; stands in for ``agent.jobs.Jobs``.

It keeps the promises the executor relies on (one workflow per id, remembered steps, interrupted work begun again by
the next start) without DBOS, which is too slow for many thousands of sequences. What DBOS does itself is shown by the
crash enumeration, which runs the real one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class DiedError(BaseException):
    """The process ends here: nothing may catch this but the test."""


@dataclass
class Memory:
    """What the workflow database would hold."""

    begun: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    steps: dict[tuple[str, int], str] = field(default_factory=dict)


class _Steps:
    def __init__(self, memory: Memory, workflow_id: str, at: Callable[[str], None]) -> None:
        self._memory = memory
        self._workflow_id = workflow_id
        self._at = at
        self._count = 0

    def run(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._count += 1
        key = (self._workflow_id, self._count)
        if key not in self._memory.steps:
            self._at(f"step_{name}.before")
            self._memory.steps[key] = json.dumps(function(*args, **kwargs))
            self._at(f"step_{name}.remembered")
        return json.loads(self._memory.steps[key])

    def sleep(self, seconds: float) -> None:
        self._at("sleep")


class StandInJobs:
    """``work`` runs what was begun; until then it waits, as a queue would."""

    owner = True

    def __init__(self, memory: Memory, at: Callable[[str], None]) -> None:
        self.memory = memory
        self.current: tuple[Any, ...] = ()
        self.broken: list[Exception] = []
        self._at = at
        self._bodies: dict[str, Callable[..., None]] = {}

    def register(self, name: str, body: Callable[..., None]) -> None:
        self._bodies[name] = body

    def launch(self) -> bool:
        return True

    def start(self, name: str, workflow_id: str, *args: Any) -> bool:
        self.memory.begun.setdefault(workflow_id, (name, args))
        return True

    def state(self, workflow_id: str) -> str:
        if workflow_id in self.memory.ended:
            return "ended"
        return "running" if workflow_id in self.memory.begun else "none"

    def every(self, seconds: float, name: str, function: Callable[[], object]) -> None:
        return

    def close(self, timeout_seconds: float = 10.0) -> None:
        return

    def work(self) -> None:
        """Run everything that was begun and has not ended; a body that raises has ended."""
        for workflow_id, (name, args) in list(self.memory.begun.items()):
            if workflow_id in self.memory.ended:
                continue
            self.current = args
            try:
                self._bodies[name](_Steps(self.memory, workflow_id, self._at), *args)
            except Exception as error:  # noqa: BLE001 - as the real one: it has failed, and the sweep begins another
                self.broken.append(error)
            self.memory.ended.add(workflow_id)
