"""The acting half of the composition root: proposals, and everything that carries one out.

Besides points of sale these are the list of tasks and the webhooks of the user's settings. With ``agent.wiring`` this
is the only place that constructs their writers, and only once a workflow needs one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agent.db.engine import Database
from agent.identity import Directory
from agent.jobs import Jobs
from agent.proposals.audience import Audience
from agent.proposals.authority import Authority
from agent.proposals.bounds import proposal_settings
from agent.proposals.delegation import Delegations
from agent.proposals.executor import Executor, no_objection
from agent.proposals.ground import Live
from agent.proposals.kinds.task import OWN_TASKS
from agent.proposals.mirror_catalogue import MirrorCatalogue
from agent.proposals.repeats import StoredRepeats
from agent.proposals.service import Proposals
from agent.proposals.store import ProposalStore
from agent.tasks.writer import TaskLook, TaskWriter
from connectors.base import Reader, Writer
from connectors.outbound.target import Target
from connectors.outbound.writer import OutboundLook, OutboundWriter
from connectors.own_orders.routing import LookWithOwnOrders, WithOwnOrders
from connectors.own_orders.writer import OwnOrderWriter
from connectors.platforms import ConnectionSpec, build_writer
from tools.context import Clock, MirrorPort


class Writers:
    """The writers of every connection, by name: put together when a workflow first asks, and so only where some run."""

    def __init__(self, build: Callable[[ExitStack], Mapping[str, Writer]]) -> None:
        self._build = build
        self._guard = threading.Lock()
        self._closing = ExitStack()
        self._built: Mapping[str, Writer] | None = None

    def __call__(self) -> Mapping[str, Writer]:
        """All of them."""
        with self._guard:
            if self._built is None:
                self._built = self._build(self._closing)
            return self._built

    def close(self) -> None:
        """Close those that were put together."""
        self._closing.close()


@dataclass(frozen=True, slots=True)
class Parts:
    """What proposals are put together from. ``connections``, ``readers`` and ``books`` are by the account's name.

    ``books`` are our own of purchase orders, for accounts whose platform has none. ``targets`` are the receivers of
    webhooks. What has to be closed is added to ``closers``. ``account`` is asked, as the executor says, before an
    approved change is carried out.
    """

    database: Database
    store: ProposalStore
    clock: Clock
    directory: Directory
    delegations: Delegations
    mirror: MirrorPort
    connections: Mapping[str, ConnectionSpec]
    readers: Mapping[str, Reader]
    books: Mapping[str, OwnOrderWriter]
    jobs: Jobs
    account: Callable[[str], None] = no_objection
    targets: Sequence[Target] = ()
    closers: list[Any] = field(default_factory=list)


def build_proposals(parts: Parts, four_eyes_over: Decimal | None, two_approvals_over: Decimal | None) -> Proposals:
    """Proposals with their executor; bounds are major units, None for none."""
    settings = proposal_settings(four_eyes_over, two_approvals_over, parts.mirror)
    authority = Authority(parts.directory, parts.delegations, settings)
    audience = Audience(parts.mirror)
    lives: dict[str, Live] = {**parts.readers, OWN_TASKS: TaskLook(parts.database)}
    lives |= {name: LookWithOwnOrders(parts.readers[name], book) for name, book in parts.books.items()}
    lives |= {target.connection: OutboundLook(target, audience) for target in parts.targets}

    def build(closing: ExitStack) -> Mapping[str, Writer]:
        found: dict[str, Writer] = {**_pos_writers(parts), OWN_TASKS: TaskWriter(parts.database, parts.clock)}
        repeats = StoredRepeats(parts.database)
        found |= {target.connection: OutboundWriter(target, audience, repeats=repeats) for target in parts.targets}
        for writer in found.values():
            closing.callback(writer.close)
        return found

    writers = Writers(build)
    parts.closers.append(writers)
    executor = Executor(parts.store, parts.clock, authority, writers, parts.jobs, settings, parts.account)
    catalogue = MirrorCatalogue(parts.mirror)
    return Proposals(parts.store, parts.clock, parts.directory, lives, catalogue, settings, executor, authority)


def _pos_writers(parts: Parts) -> dict[str, Writer]:
    writers: dict[str, Writer] = {}
    for name, spec in parts.connections.items():
        writer = build_writer(spec, parts.readers[name])
        if writer is not None:
            book = parts.books.get(name)
            writers[name] = writer if book is None else WithOwnOrders(writer, book)
    return writers
