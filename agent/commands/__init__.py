"""What each command does, apart from how it was typed and how it is printed.

A command is a function ``(application, invocation) -> document``; documents are plain JSON values in the shapes of
the contract. The same functions serve the command line and, over the control socket, the process that owns the state
folder.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from agent.control import Invocation, call_owner
from agent.errors import BadInputError, FloorwalkerError
from agent.failures import explain
from tools.result import plain

if TYPE_CHECKING:
    from agent.wiring import Application


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command's function lives and what it needs. ``writes_mirror`` opens the mirror for writing."""

    module: str
    function: str
    writes_mirror: bool = False
    needs_application: bool = True


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "load": Command("data", "load", writes_mirror=True),
        "sync": Command("data", "sync", writes_mirror=True),
        "categories": Command("categories", "categories"),
        "signals": Command("signals", "signals", writes_mirror=True),
        "ask": Command("questions", "ask"),
        "tool": Command("questions", "tool"),
        "tools": Command("catalogue", "tools", needs_application=False),
        "metrics": Command("catalogue", "metrics", needs_application=False),
        "brief": Command("briefing", "brief"),
        "proposals.list": Command("proposals", "listing"),
        "proposals.show": Command("proposals", "show"),
        "proposals.approve": Command("proposals", "approve"),
        "proposals.reject": Command("proposals", "reject"),
        "proposals.undo": Command("proposals", "undo"),
        "proposals.settle": Command("proposals", "settle"),
        "delegations.list": Command("delegations", "listing"),
        "delegations.lend": Command("delegations", "lend"),
        "delegations.end": Command("delegations", "end"),
        "followups.list": Command("followups", "listing"),
        "followups.digest": Command("followups", "digest"),
        "tasks.list": Command("tasks", "listing"),
        "tasks.done": Command("tasks", "done"),
        "tasks.reopen": Command("tasks", "reopen"),
        "receipts.show": Command("receipts", "show"),
        "receipts.csv": Command("receipts", "export_csv"),
        "receipts.replay": Command("receipts", "replay"),
        "audit.verify": Command("receipts", "verify_audit"),
        "webhooks.list": Command("webhooks", "listing"),
        "webhooks.replay": Command("webhooks", "replay"),
        "bench": Command("bench", "bench", needs_application=False),
        "doctor": Command("doctor", "doctor"),
    }
)


def run(application: Application | None, invocation: Invocation) -> Any:
    """Run one command in this process.

    Raises:
        FloorwalkerError: what went wrong, in a sentence with its exit code.
    """
    command = COMMANDS.get(invocation.command)
    if command is None:
        raise BadInputError(f"There is no command “{invocation.command}”.")
    module = importlib.import_module(f"agent.commands.{command.module}")
    function: Callable[..., Any] = getattr(module, command.function)
    try:
        if not command.needs_application:
            return plain(function(invocation))
        return plain(function(application, invocation))
    except FloorwalkerError:
        raise
    except Exception as error:
        raise explain(error) from error


def execute(home: Path | None, invocation: Invocation) -> Any:
    """Run one command: by the process that owns the state folder if there is one, else here."""
    return next(_documents(home, [invocation]))


def execute_many(home: Path | None, invocations: Iterable[Invocation | FloorwalkerError]) -> Iterator[Any]:
    """Run many of one kind, in order; one that fails gives ``{"error": ...}``."""
    for outcome in _outcomes(home, invocations):
        yield {"error": outcome.user_message} if isinstance(outcome, FloorwalkerError) else outcome


def _documents(home: Path | None, invocations: Iterable[Invocation]) -> Iterator[Any]:
    for outcome in _outcomes(home, invocations):
        if isinstance(outcome, FloorwalkerError):
            raise outcome
        yield outcome


def _outcomes(home: Path | None, invocations: Iterable[Invocation | FloorwalkerError]) -> Iterator[Any]:
    from agent.settings import read_settings

    settings = read_settings(home=home)
    application: Application | None = None
    try:
        for invocation in invocations:
            if isinstance(invocation, FloorwalkerError):
                yield invocation
                continue
            try:
                command = COMMANDS[invocation.command]
                if not command.needs_application:
                    yield run(None, invocation)
                    continue
                if application is None:
                    document = call_owner(settings.home, invocation)
                    if document is not None:
                        yield document
                        continue
                    from agent.wiring import Application

                    application = Application(settings, write=command.writes_mirror)
                yield run(application.at(invocation.now), invocation)
            except FloorwalkerError as error:
                yield error
    finally:
        if application is not None:
            application.close()
