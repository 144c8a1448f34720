"""The acting half of the composition root: proposals, and everything that carries one out.

Besides points of sale these are the list of tasks and the webhooks of the user's settings. With ``agent.wiring`` this
is the only place that constructs their writers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from agent.proposals.executor import Executor
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
from connectors.own_orders.routing import WithOwnOrders
from tools.context import Clock, MirrorPort


@dataclass(frozen=True, slots=True)
class Parts:
    """What proposals are put together from. ``readers`` and ``writers`` are those of the POS accounts, by name.

    ``targets`` are the receivers of webhooks. What has to be closed is added to ``closers``.
    """

    database: Database
    store: ProposalStore
    clock: Clock
    directory: Directory
    delegations: Delegations
    mirror: MirrorPort
    readers: Mapping[str, Reader]
    writers: Mapping[str, Writer]
    jobs: Jobs
    targets: Sequence[Target] = ()
    closers: list[Any] = field(default_factory=list)


def build_proposals(parts: Parts, four_eyes_over: Decimal | None, two_approvals_over: Decimal | None) -> Proposals:
    """Proposals with their executor; bounds are major units, None for none."""
    settings = proposal_settings(four_eyes_over, two_approvals_over, parts.mirror)
    authority = Authority(parts.directory, parts.delegations, settings)
    lives: dict[str, Live] = {OWN_TASKS: TaskLook(parts.database)}
    for name, reader in parts.readers.items():
        writer = parts.writers.get(name)
        lives[name] = writer.looking(reader) if isinstance(writer, WithOwnOrders) else reader
    writers: dict[str, Writer] = {**parts.writers, OWN_TASKS: TaskWriter(parts.database, parts.clock)}
    audience = Audience(parts.mirror)
    repeats = StoredRepeats(parts.database)
    for target in parts.targets:
        lives[target.connection] = OutboundLook(target, audience)
        writers[target.connection] = sender = OutboundWriter(target, audience, repeats=repeats)
        parts.closers.append(sender)
    executor = Executor(parts.store, parts.clock, authority, writers, parts.jobs, settings)
    catalogue = MirrorCatalogue(parts.mirror)
    return Proposals(parts.store, parts.clock, parts.directory, lives, catalogue, settings, executor, authority)
