"""The parts of a stored change, each with the key under which it is sent, and what may have left of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.db.tables import AuditEvent, Proposal
from agent.proposals.kinds import parse_payload
from agent.proposals.outcomes import NOT_SENT
from agent.proposals.payload import Payload, idempotency_key


def parts_of(row: Proposal) -> tuple[Payload, ...]:
    """What the row changes, one thing at a time."""
    return parse_payload(row.kind, row.payload).parts()


def may_have_left(events: Sequence[AuditEvent], key: str) -> bool:
    """Whether a request under this key was about to be sent and is not known to have stayed here."""
    may = False
    for event in events:
        if event.event in ("sending", NOT_SENT) and event.detail["idempotency_key"] == key:
            may = event.event == "sending"
    return may


def settled(row: Proposal, number: int) -> dict[str, Any]:
    """What became of a part where another workflow of the proposal was faster."""
    known = row.outcome or {}
    line = (known.get("lines") or [known])[number]
    return {"outcome": NOT_SENT, "before": {}, "after": {}, "reference": row.pos_reference or "", "message": "", **line}


def key_of(row: Proposal, number: int, parts: int) -> str:
    """The key of a part's write; that of the proposal where it has one part."""
    return idempotency_key(row.id, row.payload_sha256, f"line {number}" if parts > 1 else "")


def key_back(row: Proposal, back: Payload, part: Payload) -> str:
    """The key of the write that takes a part of a temporary change back."""
    purpose = "revert" if len(back.parts()) == 1 else f"revert {part.target_key()}"
    return idempotency_key(row.id, row.payload_sha256, purpose)
