"""Filing a proposal once, however often it is asked for.

Rules kept here: a tool call that is run again finds its row; an equal pending change is returned instead of doubled;
a person's newer wish for the same thing supersedes their older one; a change that equals one carried out within a day
says so on its card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, select

from agent.db.tables import Proposal
from agent.errors import BadInputError, StaleError
from agent.proposals.authority import Authority
from agent.proposals.drafting import Drafting
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import Payload, sha256_of
from agent.proposals.policy import ProposalSettings
from agent.proposals.store import SYSTEM, ProposalStore, Work
from agent.proposals.temporary import price_that_goes_back
from agent.proposals.transitions import Status
from tools.context import Clock, Scope
from tools.drafts import Draft, ProposalReceipt

_STANDS = [status.value for status in (Status.APPROVED, Status.EXECUTING, Status.EXECUTED, Status.UNKNOWN)]


class Filing:
    """Stores pending proposals."""

    def __init__(
        self,
        store: ProposalStore,
        clock: Clock,
        authority: Authority,
        drafting: Drafting,
        settings: ProposalSettings,
    ) -> None:
        self._store = store
        self._clock = clock
        self._authority = authority
        self._drafting = drafting
        self._settings = settings

    def file(
        self,
        payload: Payload,
        scope: Scope,
        tool_call_id: str,
        detail: Mapping[str, Any],
        undoes: str | None = None,
        replaces: str | None = None,
    ) -> tuple[Proposal, bool]:
        """Store ``payload`` as pending, or give back the equal one that is; True says it was there before.

        The proposal that it ``replaces`` is superseded in the same moment.

        Raises:
            RefusedError: this person may not ask for changes at the store.
            StaleError: what it replaces was decided meanwhile.
            BadInputError: a price in it is temporary already, and so would this one be.
        """
        now = self._clock.now()
        impact = self._drafting.impact(payload, now)
        self._authority.propose(scope.user_id, payload.store_id, payload.store_name)
        expires = now + self._settings.expires_after
        pointless = payload.pointless_after()
        proposal_id = f"p_{uuid4().hex[:16]}"
        row = Proposal(
            id=proposal_id,
            kind=payload.kind,
            store_id=payload.store_id,
            status=Status.PENDING.value,
            payload=payload.document(),
            payload_sha256=payload.sha256(),
            natural_key=payload.natural_key(),
            target_key=payload.target_key(),
            before=payload.expected_before(),
            impact_minor=impact.minor,
            impact_known=impact.known,
            currency=payload.currency,
            proposed_by=scope.user_id,
            proposed_at=now,
            expires_at=min(expires, pointless) if pointless else expires,
            thread_id=scope.thread_id,
            tool_call_id=tool_call_id or proposal_id,
            channel_id=scope.channel_id,
            undoes=undoes,
        )
        moved: dict[str, Any] = {"impact_minor": impact.minor}
        if not impact.known:
            moved["impact_known"] = False
        if impact.basis:
            moved["basis"] = impact.basis
        with self._store.transaction() as work:
            _require_free(work, payload)
            known = _equal_pending(work, row, replaces)
            if replaces is not None:
                _replace(work, replaces, row if known is None else known, scope.user_id)
            if known is not None:
                return known, True
            if work.session.scalar(select(Proposal.id).where(*_same_call(row.thread_id, row.tool_call_id))):
                # The call id was used for another request in this thread; both are wanted.
                row.tool_call_id = f"{tool_call_id[:80]}:{proposal_id}"
            _supersede(work, row)
            twin = _done_lately(work, row, now - self._settings.split_within)
            if twin:
                moved["same_as"] = twin
            work.add(row, scope.user_id, {"payload_sha256": row.payload_sha256, **moved, **detail})
        return row, False

    def known(self, thread_id: str, tool_call_id: str, request: str) -> Proposal | None:
        """The row this very tool call made earlier, if it did."""
        if not tool_call_id:
            return None
        for row in self._store.rows(*_same_call(thread_id, tool_call_id)):
            if any(one.detail.get("request") == request for one in self._store.events([row.id])[row.id]):
                return row
        return None


def fingerprint(draft: Draft) -> str:
    """A hash of what was asked for, apart from the reason."""
    asked = {name: value for name, value in asdict(draft).items() if name != "reason"}
    return sha256_of({"draft": type(draft).__name__, **{name: _plain(value) for name, value in asked.items()}})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def receipt_of(row: Proposal, *, already_existed: bool) -> ProposalReceipt:
    """A stored row as a tool may speak of it."""
    facts = parse_payload(row.kind, row.payload).facts()
    first = facts.values[0] if facts.values else None
    return ProposalReceipt(
        proposal_id=row.id,
        status=row.status,
        store_id=row.store_id,
        title=facts.title,
        subject=facts.subject,
        before=first.before if first else "",
        after=first.after if first else "",
        unit=first.unit if first else "",
        expires_at=row.expires_at,
        notes=facts.notes,
        already_existed=already_existed,
    )


def _same_call(thread_id: str, tool_call_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (Proposal.thread_id == thread_id, Proposal.tool_call_id == tool_call_id)


def _equal_pending(work: Work, row: Proposal, replaces: str | None) -> Proposal | None:
    """The equal one that waits, apart from the one that is replaced."""
    same = (
        Proposal.natural_key == row.natural_key,
        Proposal.status == Status.PENDING.value,
        Proposal.id != (replaces or ""),
    )
    known = work.session.scalar(select(Proposal).where(*same))
    if known is not None and known.expires_at <= work.now:
        work.move(known, Status.EXPIRED, SYSTEM)
        return None
    return known


def _done_lately(work: Work, row: Proposal, since: datetime) -> str:
    """The id of an equal change that was approved since then and not turned back; empty without one."""
    equal = (
        Proposal.target_key == row.target_key,
        Proposal.natural_key == row.natural_key,
        Proposal.status.in_(_STANDS),
        Proposal.decided_at > since,
    )
    newest = select(Proposal.id).where(*equal).order_by(Proposal.decided_at.desc()).limit(1)
    return work.session.scalar(newest) or ""


def _require_free(work: Work, payload: Payload) -> None:
    found = price_that_goes_back(work, payload)
    if found is None:
        return
    row, part = found
    before = part.expected_before().get("price", "what it was")
    raise BadInputError(
        f"{part.facts().subject} at {payload.store_name} has a temporary price already ({row.id}), which goes back to "
        f"{before} by itself. Undo that one first, or ask for a lasting price."
    )


def _replace(work: Work, old_id: str, row: Proposal, who: str) -> None:
    old = work.get(old_id)
    if old.status != Status.PENDING.value or not work.move(old, Status.SUPERSEDED, who, {"by": row.id}):
        raise StaleError("Somebody decided this while you were editing it; please look at the card.")


def _supersede(work: Work, row: Proposal) -> None:
    """One person's newest wish for a thing replaces their earlier one; other people's wishes stay."""
    earlier = (
        Proposal.target_key == row.target_key,
        Proposal.status == Status.PENDING.value,
        Proposal.proposed_by == row.proposed_by,
    )
    for old in work.session.scalars(select(Proposal).where(*earlier)):
        work.move(old, Status.SUPERSEDED, row.proposed_by, {"by": row.id})
