"""Proposals as the model may see them: a list, drawn from the stored rows, through which nothing can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import ColumnElement

from agent.db.tables import Proposal
from agent.identity import Directory
from agent.proposals.kinds import parse_payload
from agent.proposals.store import ProposalStore
from agent.proposals.transitions import Status
from tools.context import Clock
from tools.proposed import Proposed

_STATES: Mapping[Status, str] = MappingProxyType(
    {
        Status.PENDING: "waiting",
        Status.APPROVED: "working",
        Status.EXECUTING: "working",
        Status.EXECUTED: "carried_out",
        Status.UNDONE: "carried_out",
        Status.FAILED: "failed",
        Status.UNKNOWN: "unclear",
        Status.REJECTED: "rejected",
        Status.CANCELLED: "rejected",
        Status.EXPIRED: "expired",
        Status.SUPERSEDED: "expired",
    }
)


class ProposalList:
    """``tools.proposed.ProposedPort`` over the rows; who may see which stores is settled by the caller's scope."""

    def __init__(self, store: ProposalStore, clock: Clock, directory: Directory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    def proposed(
        self, store_ids: Sequence[str], state: str, *, by: str = "", kinds: Sequence[str] = (), limit: int
    ) -> Sequence[Proposed]:
        """Those of these stores in that state (``all`` for every), newest first; only one person's or of some kinds."""
        wanted = [status.value for status, word in _STATES.items() if state in ("all", word)]
        conditions: list[ColumnElement[bool]] = [Proposal.store_id.in_(store_ids), Proposal.status.in_(wanted)]
        if state == "waiting":
            # One whose time is over waits for nobody, though the sweep has not closed it yet.
            conditions.append(Proposal.expires_at > self._clock.now())
        if by:
            conditions.append(Proposal.proposed_by == by)
        if kinds:
            conditions.append(Proposal.kind.in_(kinds))
        rows = self._store.rows(*conditions, limit=limit)
        return [self._one(row) for row in rows]

    def _one(self, row: Proposal) -> Proposed:
        facts = parse_payload(row.kind, row.payload).facts()
        status = Status(row.status)
        over = status is Status.PENDING and row.expires_at <= self._clock.now()
        return Proposed(
            id=row.id,
            store_id=row.store_id,
            title=facts.title,
            subject=facts.subject,
            values=tuple((one.label, one.before, one.after, one.unit) for one in facts.values),
            notes=facts.notes,
            status=row.status,
            state="expired" if over else _STATES[status],
            proposed_by=self._name(row.proposed_by),
            proposed_at=row.proposed_at,
            expires_at=row.expires_at,
            decided_by=self._name(row.decided_by),
            message=str((row.outcome or {}).get("message") or ""),
        )

    def _name(self, user_id: str | None) -> str:
        person = self._directory.person(user_id or "")
        return (person.name if person else "") or user_id or ""
