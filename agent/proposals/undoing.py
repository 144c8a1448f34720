"""Whether a change that was carried out can be taken back, and the sentence where it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.db.tables import Proposal
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import Payload
from agent.proposals.policy import ProposalSettings
from agent.proposals.transitions import Status
from agent.proposals.view import ProposalView


def way_back(row: Proposal) -> bool:
    """Whether what was carried out of it has an inverse."""
    did = parse_payload(row.kind, row.payload).carried_out(row.outcome or {})
    return did is not None and did.inverse(reason="", reference=row.pos_reference) is not None


def moved_on(back: Payload, live: Mapping[str, Any]) -> str:
    """Why an undo would overwrite something newer."""
    if len(back.parts()) > 1:
        return (
            f"All of these were changed again at {back.store_name} since, so undoing would overwrite something newer."
        )
    back = back.parts()[0]
    live = live["lines"][0] if "lines" in live else live
    wanted = back.expected_before()
    now = ", ".join(str(live.get(name, "gone")) for name in wanted)
    then = ", ".join(str(value) for value in wanted.values())
    return (
        f"{back.facts().subject} at {back.store_name} is at {now} now, not at the {then} that this change set, so "
        "undoing it would overwrite something newer."
    )


def no_undo(view: ProposalView, settings: ProposalSettings, now: datetime) -> str:
    """Why it cannot be undone, as a sentence."""
    if view.status == Status.EXECUTED.value and view.undoes is None and view.revert_state in ("", "due"):
        if now - (view.decided_at or view.proposed_at) > settings.undo_within:
            days = settings.undo_within.days
            return f"This was done more than {days} days ago; please ask for the change you want now."
        return "Undoing this was already asked for; please use that card."
    return f"There is nothing to undo: this proposal is {view.status}."
