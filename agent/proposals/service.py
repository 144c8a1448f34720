"""Proposing, deciding and looking at changes; buttons, CLI and tools all come through here.

Rules kept here: nothing reaches the POS from this module; a decision is one compare-and-set transaction that holds
its audit event; rights are those of the person's row at this moment.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement

from agent.db.tables import Proposal
from agent.errors import BadInputError, RefusedError, StaleError
from agent.identity import Directory
from agent.jobs import Jobs
from agent.proposals.authority import FIRST_APPROVAL, Authority
from agent.proposals.catalogue import Catalogue
from agent.proposals.changes import OnChange
from agent.proposals.drafting import Drafting
from agent.proposals.editing import differences, edited
from agent.proposals.executor import Executor
from agent.proposals.filing import Filing, fingerprint, receipt_of
from agent.proposals.ground import Live
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import idempotency_key
from agent.proposals.policy import ProposalSettings
from agent.proposals.store import SYSTEM, ProposalStore
from agent.proposals.transitions import WORKING, Status
from agent.proposals.undoing import moved_on, no_undo, way_back
from agent.proposals.view import ProposalView, make_view
from connectors.errors import ConnectorError
from tools.context import Clock, Scope
from tools.drafts import Draft, ProposalReceipt
from tools.errors import NotAllowedError, ToolError

_DONE_WORDS = {
    Status.APPROVED: "already approved",
    Status.EXECUTING: "already approved and is being carried out",
    Status.EXECUTED: "already approved and carried out",
    Status.FAILED: "already approved; carrying it out failed",
    Status.UNKNOWN: "already approved; whether the POS took it is not known yet",
    Status.REJECTED: "already rejected",
    Status.CANCELLED: "withdrawn",
    Status.UNDONE: "already carried out and undone",
}


class Proposals:
    """The one door to proposals; also the ``ProposalPort`` of the tools."""

    def __init__(
        self,
        store: ProposalStore,
        clock: Clock,
        directory: Directory,
        readers: Mapping[str, Live],
        catalogue: Catalogue,
        settings: ProposalSettings,
        executor: Executor,
        authority: Authority,
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._settings = settings
        self._executor = executor
        self._authority = authority
        self._drafting = Drafting(catalogue, readers, settings)
        self._filing = Filing(store, clock, authority, self._drafting, settings)

    def schedule(self, jobs: Jobs) -> None:
        """Start the sweeps; call after ``jobs.launch``."""
        jobs.every(1.0, "proposals.resume", self.resume)
        jobs.every(10.0, "proposals.expire", self.expire_due)
        jobs.every(20.0, "proposals.revert", self.revert_due)
        jobs.every(30.0, "proposals.settle", self._executor.settle_unknown)

    def subscribe(self, callback: OnChange) -> None:
        """Call ``callback(proposal_id)`` after every committed change, from any process; repeats are possible."""
        self._store.changes.subscribe(callback)

    def propose(self, draft: Draft, scope: Scope, *, tool_call_id: str) -> ProposalReceipt:
        """Read what the POS holds and file a pending proposal; the same call or an equal pending one is returned.

        Raises:
            NotAllowedError: this person may not ask for changes there.
            ToolError: see ``ProposalPort``.
        """
        if draft.store_id not in scope.store_ids:
            raise NotAllowedError("You have no rights at that store, so I cannot propose a change there.")
        request = fingerprint(draft)
        known = self._filing.known(scope.thread_id, tool_call_id, request)
        if known is not None:
            return receipt_of(known, already_existed=True)
        try:
            # Rights first: somebody without them learns nothing of what the POS holds.
            for place in self._drafting.places(draft):
                self._authority.propose(scope.user_id, place.store_id, place.name)
            payload = self._drafting.payload(draft, self._clock.now())
            row, existed = self._filing.file(payload, scope, tool_call_id, {"request": request})
        except RefusedError as refusal:
            raise NotAllowedError(refusal.user_message) from refusal
        except (BadInputError, ConnectorError) as error:
            raise ToolError(error.user_message) from error
        return receipt_of(row, already_existed=existed)

    def view(self, proposal_id: str, scope: Scope | None = None) -> ProposalView:
        """One proposal with its events.

        Raises:
            BadInputError: there is none.
            RefusedError: ``scope`` is given and does not cover its store.
        """
        row = self._store.get(proposal_id)
        if scope is not None and row.store_id not in scope.store_ids:
            raise RefusedError("That proposal is about a store that is not yours.")
        return self._views([row])[0]

    def find(self, scope: Scope, status: str | None = None, limit: int = 50) -> list[ProposalView]:
        """Proposals of the stores in ``scope``, newest first.

        Raises:
            BadInputError: ``status`` is none that exists.
        """
        conditions: list[ColumnElement[bool]] = [Proposal.store_id.in_(scope.store_ids)]
        if status is not None:
            if status not in set(Status):
                raise BadInputError(f"status: “{status}” is not one of {', '.join(Status)}.")
            conditions.append(Proposal.status == status)
        return self._views(self._store.rows(*conditions, limit=limit))

    def approve(self, proposal_id: str, actor: Scope, *, seen_sha256: str | None = None) -> ProposalView:
        """Approve and have it carried out; returns at once with status ``approved``.

        A change that needs two approvals stays ``pending`` after the first.

        Args:
            proposal_id: which.
            actor: who pressed; only the id is taken from it, the rights are looked up.
            seen_sha256: the hash of what was on the card.

        Raises:
            RefusedError: this person may not approve it; the sentence says who can.
            StaleError: decided already, expired, or not what was shown.
        """
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            right = self._authority.approve(actor.user_id, row, work.session, work.now)
            self._require_pending(row)
            if seen_sha256 is not None and seen_sha256 != row.payload_sha256:
                raise StaleError("This button belongs to another version of the change; please use the newest card.")
            expired, first = row.expires_at <= work.now, False
            detail = {"payload_sha256": row.payload_sha256}
            if right.instead_of is not None:
                detail["instead_of"] = right.instead_of.user_id
            if expired:
                work.move(row, Status.EXPIRED, SYSTEM)
            elif self._authority.is_first_of_two(row, right, work.session, work.now):
                first = True
                row.first_approved_by = actor.user_id
                work.record(row.id, FIRST_APPROVAL, actor.user_id, detail)
            elif not work.move(
                row, Status.APPROVED, actor.user_id, detail, decided_by=actor.user_id, decided_at=work.now
            ):
                raise StaleError("Somebody else decided this at the same moment.")
        if expired:
            raise StaleError("This proposal has expired; please ask for it again.")
        if first:
            return self.view(proposal_id)
        self._executor.start(row.id, idempotency_key(row.id, row.payload_sha256))
        return self.view(proposal_id)

    def reject(self, proposal_id: str, actor: Scope, reason: str = "") -> ProposalView:
        """Turn it down for good; who may not decide, but asked for it, withdraws it.

        Raises:
            RefusedError: this person may not.
            StaleError: decided already, or expired.
        """
        withdrawn = self._authority.reject(actor.user_id, self._store.get(proposal_id))
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            self._require_pending(row)
            words = reason.strip()[:500]
            decision = {"decided_by": actor.user_id, "decided_at": work.now, "decision_reason": words}
            to = Status.CANCELLED if withdrawn else Status.REJECTED
            if not work.move(row, to, actor.user_id, {"reason": words}, **decision):
                raise StaleError("Somebody else decided this at the same moment.")
        return self.view(proposal_id)

    def settle(self, proposal_id: str, actor: Scope, *, took_effect: bool) -> ProposalView:
        """Close a write that nobody could read back, as a person found it by looking.

        Raises:
            RefusedError: this person may not.
            StaleError: what became of it is known.
        """
        row = self._store.get(proposal_id)
        self._authority.settle(actor.user_id, row)
        if row.status != Status.UNKNOWN.value:
            raise StaleError(f"What became of this is known: it is {row.status}.")
        said = f"{self._name(actor.user_id)} looked it up: it {'took' if took_effect else 'did not take'} effect."
        if self._executor.settle_by_hand(row, actor.user_id, said, took_effect=took_effect):
            return self.view(proposal_id)
        raise StaleError("This was settled at the same moment; please look at the card.")

    def edit(
        self, proposal_id: str, values: Mapping[str, str], actor: Scope, *, seen_sha256: str | None = None
    ) -> ProposalView:
        """File the change with other values in its place; the one that is edited is superseded.

        Args:
            proposal_id: which.
            values: by ``editing.Field.name``; what is left out stays as it is.
            actor: who edits; they become the one who asked for it.
            seen_sha256: the hash of what was on the card.

        Raises:
            RefusedError: this person may not ask for changes there.
            StaleError: decided already, not what was shown, or nothing is different.
            BadInputError: a value cannot be used.
        """
        old = self._store.get(proposal_id)
        self._require_pending(old)
        if seen_sha256 is not None and seen_sha256 != old.payload_sha256:
            raise StaleError("This button belongs to another version of the change; please use the newest card.")
        payload = parse_payload(old.kind, old.payload)
        for store_id in (payload.store_id, *payload.at_other_stores()):
            self._authority.propose(actor.user_id, store_id, payload.store_name)
        try:
            fresh = self._drafting.payload(edited(payload, values), self._clock.now())
        except ToolError as error:
            raise BadInputError(error.user_message) from error
        changed = differences(payload, fresh)
        if not changed:
            raise StaleError("Nothing was different, so the proposal stays as it is.")
        scope = replace(actor, thread_id=old.thread_id, channel_id=old.channel_id)
        row, _ = self._filing.file(fresh, scope, "", {"replaces": old.id, "changed": changed}, replaces=old.id)
        return self.view(row.id)

    def undo(self, proposal_id: str, actor: Scope) -> ProposalView:
        """File the inverse as a new pending proposal, to be approved like any other.

        Raises:
            RefusedError: this person may not ask for it, or it cannot be undone any more.
        """
        original = self.view(proposal_id)
        payload = parse_payload(original.kind, original.payload)
        # Rights first: somebody without them learns no live price.
        self._authority.propose(actor.user_id, payload.store_id, payload.store_name)
        if not original.can_undo:
            raise StaleError(no_undo(original, self._settings, self._clock.now()))
        did = payload.carried_out(original.outcome or {})
        back = did.inverse(reason=f"Undo of {original.id}", reference=original.pos_reference) if did else None
        if back is None:
            raise StaleError(f"A {payload.noun} cannot be taken back from here; please do it in the POS.")
        try:
            live = self._drafting.live(back)
        except ToolError as error:
            raise RefusedError(error.user_message) from error
        kept = back.holding(live)
        if kept is None:
            raise StaleError(moved_on(back, live))
        scope = Scope(
            actor.user_id,
            actor.role,
            actor.store_ids,
            thread_id=original.thread_id,
            channel_id=original.channel_id,
        )
        row, _ = self._filing.file(kept, scope, "", {"undoes": original.id}, undoes=original.id)
        return self.view(row.id)

    def resume(self) -> None:
        """Begin what is approved and not begun, and tell subscribers what other processes did."""
        self._store.follow()
        self._executor.resume()

    def expire_due(self) -> int:
        """Close pending proposals whose time is over; how many."""
        now = self._clock.now()
        due = self._store.rows(Proposal.status == Status.PENDING.value, Proposal.expires_at <= now, oldest_first=True)
        count = 0
        for one in due:
            with self._store.transaction() as work:
                row = work.get(one.id)
                if row.status == Status.PENDING.value and work.move(row, Status.EXPIRED, SYSTEM):
                    count += 1
        return count

    def revert_due(self) -> int:
        """Put back temporary prices whose time is over; how many were looked at."""
        now = self._clock.now()
        due = self._store.rows(
            Proposal.status == Status.EXECUTED.value,
            Proposal.revert_state.in_(("due", "reverting")),
            Proposal.reverts_at <= now,
            oldest_first=True,
        )
        for row in due:
            self._executor.revert(row)
        return len(due)

    def wait(self, proposal_id: str, timeout_seconds: float) -> ProposalView:
        """Wait until the executor is through with an approved proposal, or the time is over."""
        deadline = time.monotonic() + timeout_seconds
        while self._store.get(proposal_id).status in WORKING and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.view(proposal_id)

    def _require_pending(self, row: Proposal) -> None:
        if row.status == Status.PENDING.value:
            return
        status = Status(row.status)
        if status in _DONE_WORDS:
            ago = _ago(self._clock.now(), row.decided_at or row.proposed_at)
            raise StaleError(f"This was {_DONE_WORDS[status]}, by {self._name(row.decided_by)} {ago}.")
        if status is Status.SUPERSEDED:
            raise StaleError("A newer proposal replaced this one; please use the newest card.")
        raise StaleError(f"This proposal is {status.value} and can no longer be decided.")

    def _name(self, user_id: str | None) -> str:
        person = self._directory.person(user_id or "")
        return (person.name if person else "") or user_id or "somebody"

    def _views(self, rows: Sequence[Proposal]) -> list[ProposalView]:
        ids = [row.id for row in rows]
        events = self._store.events(ids)
        going_back = {
            row.undoes
            for row in self._store.rows(
                Proposal.undoes.in_(ids),
                Proposal.status.in_([Status.PENDING, *WORKING, Status.EXECUTED, Status.UNKNOWN]),
            )
        }
        now = self._clock.now()
        return [
            make_view(
                row,
                events[row.id],
                can_undo=self._undoable(row, now) and row.id not in going_back,
                approvers=self._authority.approvers(row, events[row.id]) if row.status == Status.PENDING.value else (),
                needs_others=row.status == Status.PENDING.value and self._authority.needs_others(row),
            )
            for row in rows
        ]

    def _undoable(self, row: Proposal, now: datetime) -> bool:
        return (
            row.status == Status.EXECUTED.value
            and row.undoes is None
            and way_back(row)
            and row.revert_state in ("", "due")
            and now - (row.decided_at or row.proposed_at) <= self._settings.undo_within
        )


def _ago(now: datetime, then: datetime) -> str:
    seconds = max(0, int((now - then).total_seconds()))
    if seconds < 60:
        return "a moment ago"
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return "a moment ago"
