"""Carrying out what was approved: the only module that holds a POS writer.

Rules kept here: rights, expiry and hash are checked again before anything leaves; the intent to send is committed
before the request is sent; every try of one proposal uses one idempotency key; after a crash or an unclear answer we
look first; what cannot be decided is said to be unknown, with what to check. A change of several parts is carried out
part by part, each under a key of its own, and a part that is settled is not sent again. A workflow that nobody runs is
replaced by another, and however many there are of a proposal, one at a time works on it. Only workflows ask for
writers, so a process that runs none need not have any.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary

import structlog

from agent.db.tables import Proposal
from agent.errors import RefusedError, UnavailableError
from agent.jobs import Jobs, Steps
from agent.proposals.authority import Authority
from agent.proposals.kinds import parse_payload
from agent.proposals.outcomes import (
    NOT_SENT,
    RETRY,
    TOOK_EFFECT,
    UNKNOWN,
    guarded,
    looked,
    overtaken,
    status_after,
    stored,
    together,
    worst,
)
from agent.proposals.parts import key_back, key_of, may_have_left, parts_of, settled
from agent.proposals.payload import Payload, idempotency_key, sha256_of
from agent.proposals.policy import ProposalSettings
from agent.proposals.store import SYSTEM, ProposalStore, Work
from agent.proposals.temporary import changed_since
from agent.proposals.transitions import WORKING, Status
from connectors.base import Action, Outcome, Writer
from tools.context import Clock

log = structlog.get_logger()

_WORKFLOW = "execute_proposal"
_MOST_ATTEMPTS = 20
_WAIT = -1
_ASK_AGAIN_SECONDS = 15.0
_NOT_IN_TIME: Mapping[str, Any] = MappingProxyType(
    {
        "outcome": Outcome.REJECTED.value,
        "before": {},
        "after": {},
        "reference": "",
        "message": "its time had passed before it could be carried out.",
    }
)


def no_objection(_user_id: str) -> None:
    """Every account may still decide: where nobody keeps accounts beside the directory."""


class Executor:
    """Runs approved proposals as durable workflows.

    Args:
        store: their rows.
        clock: what time it is.
        authority: who may do what.
        writers: gives the writers by connection name; asked by workflows only.
        jobs: the durable workflows.
        settings: bounds and delays.
        account: raises ``RefusedError`` for an account that may not decide any more, ``UnavailableError`` where that
            cannot be asked just now; what was approved then waits, until its time has passed.
    """

    def __init__(
        self,
        store: ProposalStore,
        clock: Clock,
        authority: Authority,
        writers: Callable[[], Mapping[str, Writer]],
        jobs: Jobs,
        settings: ProposalSettings,
        account: Callable[[str], None] = no_objection,
    ) -> None:
        self._store = store
        self._clock = clock
        self._authority = authority
        self._writers = writers
        self._jobs = jobs
        self._settings = settings
        self._account = account
        self._turns_guard = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        jobs.register(_WORKFLOW, self._run)

    def start(self, proposal_id: str, key: str) -> bool:
        """Begin, unless it was begun before. False when another process runs the workflows; its sweep begins it."""
        return self._jobs.start(_WORKFLOW, key, proposal_id)

    def resume(self) -> None:
        """Begin whatever is approved and not being worked on: decided elsewhere, or left over from a crash."""
        if not self._jobs.owner:
            return
        for row in self._store.rows(Proposal.status.in_([status.value for status in WORKING]), oldest_first=True):
            key = idempotency_key(row.id, row.payload_sha256)
            before = ""
            for attempt in range(_MOST_ATTEMPTS):
                workflow_id = key if attempt == 0 else f"{key}:{attempt}"
                state = self._jobs.state(workflow_id)
                if state == "none":
                    if before:
                        log.warning("proposal.taken_up_again", proposal_id=row.id, attempt=attempt, earlier=before)
                    self._jobs.start(_WORKFLOW, workflow_id, row.id)
                if state not in ("ended", "lost"):
                    break
                before = state
            else:
                log.error("proposal.stuck", proposal_id=row.id, status=row.status)

    def settle_unknown(self) -> None:
        """Look again at writes that gave no clear answer; a later reading may decide them."""
        for row in self._store.rows(Proposal.status == Status.UNKNOWN.value, oldest_first=True):
            age = self._clock.now() - (row.decided_at or row.proposed_at)
            settles = age >= self._settings.unknown_settles_after
            seen = together([self._again(row, number, settles=settles) for number in range(len(parts_of(row)))])
            if seen["outcome"] != UNKNOWN:
                self._finish(row.id, seen)

    def settle_by_hand(self, row: Proposal, actor: str, said: str, *, took_effect: bool) -> bool:
        """Close an unclear write as a person found it in the far end; False when something else was faster.

        Args:
            row: an unknown proposal.
            actor: who looked.
            said: the sentence that is kept, with their name.
            took_effect: what they found of every part that was unclear.
        """
        found = Outcome.APPLIED.value if took_effect else Outcome.REJECTED.value
        before = row.outcome or {}
        lines = before.get("lines") or [before]
        seen = [
            {**line, "reference": line.get("reference", ""), "outcome": found, "message": said}
            if line["outcome"] == UNKNOWN
            else dict(line)
            for line in lines
        ]
        return self._finish(row.id, together(seen), actor=actor, said=said)

    def _again(self, row: Proposal, number: int, *, settles: bool) -> dict[str, Any]:
        """A part of an unclear write as it is known now: unknown until it shows, or long enough did not."""
        known = (row.outcome or {}).get("lines")
        if known is not None and known[number]["outcome"] != UNKNOWN:
            return dict(known[number])
        seen = self._look(row, number)
        undecided = seen["outcome"] in (UNKNOWN, RETRY)
        if seen["outcome"] in TOOK_EFFECT or (settles and not undecided):
            return seen
        return seen | {"outcome": UNKNOWN}

    def revert(self, row: Proposal) -> None:
        """Put the old price back after a temporary one, unless somebody changed it since."""
        payload = parse_payload(row.kind, row.payload)
        did = payload.carried_out(row.outcome or {})
        back = did.inverse(reason="", reference=row.pos_reference) if did is not None else None
        if back is None:
            return
        parts = back.parts()
        with self._store.transaction() as work:
            current = work.get(row.id)
            resumed = current.revert_state == "reverting"
            if current.status != Status.EXECUTED.value or current.revert_state not in ("due", "reverting"):
                return
            if not resumed:
                # What was begun is carried through: a later change of a price then shows in its live value.
                parts = tuple(part for part in parts if not changed_since(work, current, part))
            if not parts:
                current.revert_state = "left"
                work.record(row.id, "left_alone", SYSTEM, {"message": "A later proposal changed this."})
                return
            if not resumed:
                current.revert_state = "reverting"
                work.record(row.id, "reverting", SYSTEM, {"idempotency_key": key_back(row, back, parts[0])})
        actions = [part.action(key_back(row, back, part)) for part in parts]
        result = worst([self._attempt(payload.connection, action, look_first=resumed) for action in actions])
        overdue = self._clock.now() - (row.reverts_at or self._clock.now())
        undone = result["outcome"] in (Outcome.REJECTED.value, UNKNOWN)
        if result["outcome"] == RETRY or (undone and overdue < self._settings.revert_within):
            # Too busy, not reachable, a token being changed: a price that was promised to end must not stay for that.
            log.warning("proposal.revert_waits", proposal_id=row.id, outcome=result["outcome"])
            return
        state, event = ("unknown", "revert_unknown") if undone else ("left", "left_alone")
        if result["outcome"] in TOOK_EFFECT:
            state, event = "reverted", "reverted"
        with self._store.transaction() as work:
            current = work.get(row.id)
            if current.revert_state != "reverting":
                return
            current.revert_state = state
            work.record(row.id, event, SYSTEM, result)

    def _run(self, steps: Steps, proposal_id: str) -> None:
        with self._alone(proposal_id):
            self._settle(steps, proposal_id)

    @contextmanager
    def _alone(self, proposal_id: str) -> Iterator[None]:
        with self._turns_guard:
            turn = self._turns.setdefault(proposal_id, threading.Lock())
        with turn:
            yield

    def _settle(self, steps: Steps, proposal_id: str) -> None:
        while (parts := int(steps.run("begin", self._begin, proposal_id))) == _WAIT:
            steps.sleep(_ASK_AGAIN_SECONDS)
        results: list[dict[str, Any]] = []
        for number in range(parts):
            if results and results[-1]["outcome"] == RETRY:
                # Not reachable for one is not reachable for the next; waiting for each would take minutes.
                results.append(results[-1])
                continue
            result = self._carry_out(steps, proposal_id, number)
            if parts > 1:
                steps.run("line", self._note, proposal_id, number, result)
            results.append(result)
        if results:
            steps.run("finish", self._finish, proposal_id, together(results))
        steps.run("notify", self._store.changes.deliver, proposal_id)

    def _carry_out(self, steps: Steps, proposal_id: str, number: int) -> dict[str, Any]:
        result = steps.run("send", self._send, proposal_id, number)
        for delay in self._settings.reconcile_delays:
            if result["outcome"] == RETRY:
                steps.sleep(delay)
                result = steps.run("send", self._send, proposal_id, number)
            elif result["outcome"] == UNKNOWN:
                steps.sleep(delay)
                seen = steps.run("look", self._look_at, proposal_id, number)
                result = seen if seen["outcome"] in TOOK_EFFECT else result
        if result["outcome"] == UNKNOWN:
            # Readings did not show it, so try once more under the same key: a POS that got the first request
            # answers with that one's result, and the writer compares the live price before it sends.
            again = steps.run("send", self._send, proposal_id, number)
            result = again if again["outcome"] != RETRY else result
        return result

    def _begin(self, proposal_id: str) -> int:
        """Whether to carry it out, as the number of its parts: 0 for not at all, ``_WAIT`` for not yet known."""
        objection = self._objection(self._store.get(proposal_id))
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            if row.status == Status.EXECUTING.value:
                return len(parts_of(row))
            if row.status != Status.APPROVED.value:
                return 0
            if sha256_of(row.payload) != row.payload_sha256:
                return _refuse(work, row, "The stored change is not the one that was approved, so nothing was sent.")
            payload = parse_payload(row.kind, row.payload)
            if self._too_late(row, payload, work):
                return 0
            try:
                self._authority.approve(row.decided_by or "", row, work.session, row.decided_at or work.now)
                if row.first_approved_by is not None:
                    self._authority.still(row.first_approved_by, row)
            except RefusedError as refusal:
                objection = refusal.user_message
            if objection is None:
                return _WAIT
            if objection:
                lost = "Nothing was changed: the right to approve it was lost."
                return _refuse(work, row, f"{lost} {objection}")
            if payload.connection not in self._writers():
                return _refuse(work, row, f"Nothing was changed: the connection “{payload.connection}” cannot write.")
            return len(payload.parts()) if work.move(row, Status.EXECUTING, SYSTEM) else 0

    def _objection(self, row: Proposal) -> str | None:
        """Why the accounts of those who approved do not count any more; empty where they do, None where unknown."""
        if row.status != Status.APPROVED.value:
            return ""
        try:
            for user_id in filter(None, (row.decided_by, row.first_approved_by)):
                self._account(user_id)
        except RefusedError as refusal:
            return refusal.user_message
        except UnavailableError:
            log.warning("proposal.account_not_known", proposal_id=row.id)
            return None
        return ""

    def _is_over(self, row: Proposal, payload: Payload, now: datetime) -> bool:
        pointless = payload.pointless_after()
        return (pointless is not None and now >= pointless) or now > row.expires_at + self._settings.execution_grace

    def _too_late(self, row: Proposal, payload: Payload, work: Work) -> bool:
        if not self._is_over(row, payload, work.now):
            return False
        message = "It was approved, but its time had passed before it could be carried out; nothing was changed."
        outcome = {"outcome": NOT_SENT, "message": message, "before": {}, "after": {}}
        work.move(row, Status.EXPIRED, SYSTEM, {"reason": message}, outcome=outcome)
        return True

    def _send(self, proposal_id: str, number: int) -> dict[str, Any]:
        row = self._store.get(proposal_id)
        if row.status != Status.EXECUTING.value:
            return settled(row, number)
        parts = parts_of(row)
        action = parts[number].action(key_of(row, number, len(parts)))
        too_late = self._is_over(row, parts[number], self._clock.now())
        events = self._store.events([proposal_id])[proposal_id]
        if len(parts) > 1:
            for event in events:
                if event.event == "line" and event.detail["line"] == number and event.detail["outcome"] != UNKNOWN:
                    return {name: value for name, value in event.detail.items() if name != "line"}
        sent_before = may_have_left(events, action.idempotency_key)
        if too_late and not sent_before:
            return dict(_NOT_IN_TIME)
        with self._store.transaction() as work:
            detail = {"idempotency_key": action.idempotency_key, "change": dict(action.change), "again": sent_before}
            work.record(proposal_id, "sending", SYSTEM, detail)
        result = self._attempt(parts[number].connection, action, look_first=sent_before, too_late=too_late)
        if result["outcome"] == RETRY and not sent_before:
            # It surely never left, so the next try need not look for it first.
            with self._store.transaction() as work:
                work.record(proposal_id, NOT_SENT, SYSTEM, {"idempotency_key": action.idempotency_key})
        return result

    def _look_at(self, proposal_id: str, number: int) -> dict[str, Any]:
        seen = self._look(self._store.get(proposal_id), number)
        with self._store.transaction() as work:
            work.record(proposal_id, "looked", SYSTEM, seen)
        return seen

    def _look(self, row: Proposal, number: int) -> dict[str, Any]:
        parts = parts_of(row)
        action = parts[number].action(key_of(row, number, len(parts)))
        return looked(lambda: self._writers()[parts[number].connection].reconcile(action))

    def _note(self, proposal_id: str, number: int, result: Mapping[str, Any]) -> None:
        """Write down what became of a part, so that it is not sent again whatever happens to the rest."""
        if result["outcome"] == RETRY:
            return
        with self._store.transaction() as work:
            work.record(proposal_id, "line", SYSTEM, {"line": number, **result})

    def _attempt(self, connection: str, action: Action, *, look_first: bool, too_late: bool = False) -> dict[str, Any]:
        if look_first:
            seen = looked(lambda: self._writers()[connection].reconcile(action))
            if seen["outcome"] == RETRY:
                # The earlier request may have arrived: not being able to look is not "nothing happened".
                return seen | {"outcome": UNKNOWN}
            if seen["outcome"] in TOOK_EFFECT or seen["outcome"] == UNKNOWN:
                return seen
            if too_late:
                # Begun in time and then interrupted for long: it is not sent again. The first request may be under
                # way still, so the later looks decide.
                return seen | {"outcome": UNKNOWN}
            return overtaken(guarded(lambda: self._writers()[connection].execute(action)))
        return guarded(lambda: self._writers()[connection].execute(action))

    def _finish(self, proposal_id: str, result: Mapping[str, Any], *, actor: str = SYSTEM, said: str = "") -> bool:
        """Write down what became of the whole; ``said`` is by whom, where a person and not the far end told it."""
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            if row.status not in (Status.EXECUTING.value, Status.UNKNOWN.value):
                return False
            payload = parse_payload(row.kind, row.payload)
            outcome = stored(payload, result) | ({"settled_by_hand": said} if said else {})
            columns: dict[str, Any] = {"outcome": outcome, "pos_reference": result["reference"]}
            status = status_after(result["outcome"])
            if status is Status.EXECUTED and payload.reverts_at() is not None:
                columns |= {"reverts_at": payload.reverts_at(), "revert_state": "due"}
            if row.status == status.value or not work.move(row, status, actor, outcome, **columns):
                return False
            if status is Status.EXECUTED and row.undoes is not None:
                original = work.get(row.undoes)
                whole = all(line["outcome"] in TOOK_EFFECT for line in result.get("lines", ()))
                if original.status == Status.EXECUTED.value and whole:
                    work.move(original, Status.UNDONE, row.decided_by or SYSTEM, {"by": row.id}, revert_state="")
        log.info("proposal.finished", proposal_id=proposal_id, status=status.value, outcome=result["outcome"])
        return True


def _refuse(work: Work, row: Proposal, message: str) -> bool:
    outcome = {"outcome": NOT_SENT, "message": message, "before": {}, "after": {}}
    work.move(row, Status.FAILED, SYSTEM, outcome, outcome=outcome)
    return False
