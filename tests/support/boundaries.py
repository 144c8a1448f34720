"""Boundaries around everything of a proposals world that reaches a disk, a person or a workflow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from agent.proposals.store import Work
from tests.support.proposals_world import World

At = Callable[[str], None]


def around(name: str, function: Any, at: At) -> Any:
    """The function with a boundary before it and one after."""

    def counted(*args: Any, **kwargs: Any) -> Any:
        at(f"{name}.before")
        result = function(*args, **kwargs)
        at(f"{name}.after")
        return result

    return counted


def plant(world: World, at: At) -> None:
    """Call ``at(name)`` at every boundary of this world; production code has no hook for it and needs none.

    Transactions are named by the events they write: ``approved.uncommitted``, ``approved.committed``.
    """
    now = threading.local()
    transaction, session = world.store.transaction, world.database.session

    @contextmanager
    def counted_transaction() -> Iterator[Work]:
        with transaction() as work:
            yield work
            now.name = "+".join(event.event for event in work.events)
            at(f"{now.name}.uncommitted")

    @contextmanager
    def counted_session() -> Iterator[Any]:
        now.name = ""
        with session() as opened:
            yield opened
        if now.name:
            at(f"{now.name}.committed")

    world.store.transaction = counted_transaction  # type: ignore[method-assign]
    world.database.session = counted_session  # type: ignore[method-assign]
    world.audit.anchor = around("anchor", world.audit.anchor, at)  # type: ignore[method-assign]
    world.changes.publish = around("publish", world.changes.publish, at)  # type: ignore[method-assign]
    world.changes.deliver = around("card", world.changes.deliver, at)  # type: ignore[method-assign]
    world.jobs.start = around("start", world.jobs.start, at)  # type: ignore[method-assign]
