"""A proposal as people and programs see it: everything comes from the stored row, nothing from a model's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agent.db.tables import AuditEvent, Proposal


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal.

    ``payload`` is the change exactly as it will be sent (decimal strings in major units); ``before`` is what the POS
    held when it was proposed. ``outcome`` is None until executed, else ``{outcome, message, before, after}``.
    ``events`` are the audit trail, oldest first. ``can_undo`` says whether an Undo button makes sense now.
    Without ``impact_known`` nobody knows a cost or a wage in it; with ``needs_others`` it waits for a decision that
    the one who asked cannot take. ``receipt_id`` is of the answer in which it was proposed.
    ``first_approved_by`` is set while a second approval is wanted; ``approvers`` are the names of those who could.
    """

    id: str
    kind: str
    store_id: str
    status: str
    payload: Mapping[str, Any]
    payload_sha256: str
    before: Mapping[str, Any]
    currency: str
    impact_minor: int
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    thread_id: str = ""
    channel_id: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    outcome: Mapping[str, Any] | None = None
    pos_reference: str = ""
    undoes: str | None = None
    reverts_at: datetime | None = None
    revert_state: str = ""
    can_undo: bool = False
    first_approved_by: str | None = None
    approvers: Sequence[str] = ()
    impact_known: bool = True
    needs_others: bool = False
    receipt_id: str = ""
    events: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def basis(self) -> str:
        """The figures that the money was reckoned from when it was proposed; empty where there are none."""
        return str(self.events[0]["detail"].get("basis") or "") if self.events else ""

    @property
    def same_as(self) -> str:
        """The id of an equal change that was approved shortly before this was proposed; empty without one."""
        return str(self.events[0]["detail"].get("same_as") or "") if self.events else ""

    def to_json(self) -> dict[str, Any]:
        """The contract's ``proposals show --json`` document, with a few keys beside it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "store_id": self.store_id,
            "status": self.status,
            "payload": dict(self.payload),
            "payload_sha256": self.payload_sha256,
            "before": dict(self.before),
            "expires_at": self.expires_at.isoformat(),
            "proposed_by": self.proposed_by,
            "decided_by": self.decided_by,
            "outcome": None if self.outcome is None else dict(self.outcome),
            "pos_reference": self.pos_reference,
            "events": [dict(event) for event in self.events],
            "proposed_at": self.proposed_at.isoformat(),
            "decided_at": None if self.decided_at is None else self.decided_at.isoformat(),
            "decision_reason": self.decision_reason,
            "currency": self.currency,
            "undoes": self.undoes,
            "reverts_at": None if self.reverts_at is None else self.reverts_at.isoformat(),
            "revert_state": self.revert_state,
            "can_undo": self.can_undo,
            "first_approved_by": self.first_approved_by,
            "approvers": list(self.approvers),
            "impact_minor": self.impact_minor,
            "impact_known": self.impact_known,
            "needs_others": self.needs_others,
            "basis": self.basis,
            "receipt_id": self.receipt_id,
        }


def make_view(
    row: Proposal,
    events: Sequence[AuditEvent],
    *,
    can_undo: bool = False,
    approvers: Sequence[str] = (),
    needs_others: bool = False,
) -> ProposalView:
    """Turn a stored row and its audit events into a view."""
    return ProposalView(
        id=row.id,
        kind=row.kind,
        store_id=row.store_id,
        status=row.status,
        payload=dict(row.payload),
        payload_sha256=row.payload_sha256,
        before=dict(row.before),
        currency=row.currency,
        impact_minor=row.impact_minor,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        expires_at=row.expires_at,
        thread_id=row.thread_id,
        channel_id=row.channel_id,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        outcome=None if row.outcome is None else dict(row.outcome),
        pos_reference=row.pos_reference,
        undoes=row.undoes,
        reverts_at=row.reverts_at,
        revert_state=row.revert_state,
        can_undo=can_undo,
        first_approved_by=row.first_approved_by,
        approvers=tuple(approvers),
        impact_known=row.impact_known,
        needs_others=needs_others,
        receipt_id=row.receipt_id or "",
        events=tuple(
            {"event": one.event, "actor": one.actor, "at": one.at.isoformat(), "detail": dict(one.detail)}
            for one in events
        ),
    )
