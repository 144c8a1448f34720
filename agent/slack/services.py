"""What the Slack surface is given by wiring; nothing here is constructed by the surface itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from agent.conversation.answer import Conversation
from agent.db.engine import Database
from agent.errors import BadInputError
from agent.governance.exports import NOTHING, Export
from agent.identity import Directory
from agent.proposals.view import ProposalView
from tools.context import Clock, MirrorPort, Scope


class ProposalDesk(Protocol):
    """Looking at proposals and deciding them; ``agent.proposals.service.Proposals`` is one.

    Every deciding call raises ``RefusedError`` when the actor may not, ``StaleError`` when it is too late.
    """

    def view(self, proposal_id: str) -> ProposalView:
        """One proposal as stored now."""
        ...

    def find(self, scope: Scope, status: str | None = None, limit: int = 50) -> Sequence[ProposalView]:
        """The proposals of the stores in the scope, newest first."""
        ...

    def approve(self, proposal_id: str, actor: Scope, *, seen_sha256: str | None = None) -> ProposalView:
        """Approve exactly the payload that was seen; the write starts and this returns at once."""
        ...

    def reject(self, proposal_id: str, actor: Scope, reason: str = "") -> ProposalView:
        """Reject it, or withdraw it where the actor only asked for it."""
        ...

    def edit(self, proposal_id: str, values: Mapping[str, str], actor: Scope, *, seen_sha256: str | None = None) -> Any:
        """File the change with other values as a new pending proposal and return it."""
        ...

    def undo(self, proposal_id: str, actor: Scope) -> Any:
        """File the inverse change as a new pending proposal and return it."""
        ...

    def settle(self, proposal_id: str, actor: Scope, *, took_effect: bool) -> Any:
        """Close a write that nobody could read back, as the actor found it."""
        ...

    def subscribe(self, callback: Callable[[str], None]) -> Any:
        """Call back with the proposal's id after every committed transition."""
        ...


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """Numbers and choices of the surface.

    ``channel_replies`` is ``mentions`` or ``all``. ``backlog`` counts turns waiting or running; one more is told that
    the bot is busy. A message that was not answered within ``resume_minutes`` is not taken up after a restart.
    """

    channel_replies: str = "mentions"
    turn_workers: int = 4
    click_workers: int = 4
    backlog: int = 200
    drain_seconds: float = 10.0
    resume_minutes: int = 15
    table_rows: int = 20


def no_export(receipt_id: str, scope: Scope) -> Export:  # noqa: ARG001  the shape of an exporter
    """What is given where nothing can be exported.

    Raises:
        BadInputError: always.
    """
    raise BadInputError(NOTHING)


def no_tasks(proposal_id: str, actor: Scope) -> None:  # noqa: ARG001  the shape of a finisher
    """What is done where there are no tasks.

    Raises:
        BadInputError: always.
    """
    raise BadInputError("There is no list of store tasks here.")


@dataclass(frozen=True, slots=True)
class SlackServices:
    """The parts of the application that the surface talks to."""

    conversation: Conversation
    directory: Directory
    proposals: ProposalDesk
    database: Database
    mirror: MirrorPort
    clock: Clock
    options: SlackOptions = field(default_factory=SlackOptions)
    export: Callable[[str, Scope], Export] = field(default=no_export)
    finish_task: Callable[[str, Scope], object] = field(default=no_tasks)
