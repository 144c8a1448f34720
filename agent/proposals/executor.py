"""Carrying out what was approved: the only module that holds a POS writer.

Rules kept here: rights, expiry and hash are checked again before anything leaves; the intent to send is committed
before the request is sent; every try of one proposal uses one idempotency key; after a crash or an unclear answer we
look first; what cannot be decided is said to be unknown, with what to check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from sqlalchemy import exists, select

from agent.db.tables import Proposal
from agent.errors import RefusedError
from agent.identity import Directory
from agent.jobs import Jobs, Steps
from agent.proposals.payload import PriceChange, idempotency_key, parse_payload, sha256_of
from agent.proposals.policy import Case, ProposalSettings, check_approve
from agent.proposals.store import SYSTEM, ProposalStore, Work
from agent.proposals.transitions import WORKING, Status
from connectors.base import Action, Outcome, Result, Writer
from connectors.errors import ConnectorError, OutcomeUnknownError, TransientError
from tools.context import Clock

log = structlog.get_logger()

_WORKFLOW = "execute_proposal"
_MOST_ATTEMPTS = 20
_TOOK_EFFECT = frozenset({Outcome.APPLIED.value, Outcome.ALREADY_APPLIED.value})
_NOT_SENT = "not_sent"
_RETRY = "retry"


class Executor:
    """Runs approved proposals as durable workflows. ``writers`` are by connection name."""

    def __init__(
        self,
        store: ProposalStore,
        clock: Clock,
        directory: Directory,
        writers: Mapping[str, Writer],
        jobs: Jobs,
        settings: ProposalSettings,
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._writers = writers
        self._jobs = jobs
        self._settings = settings
        jobs.register(_WORKFLOW, self._run)

    def start(self, proposal_id: str, key: str) -> bool:
        """Begin, unless it was begun before. False when another process runs the workflows; its sweep begins it."""
        return self._jobs.start(_WORKFLOW, key, proposal_id)

    def resume(self) -> None:
        """Begin whatever is approved and not being worked on: decided elsewhere, or left over from a crash."""
        if not self._jobs.owner:
            return
        for row in self._store.rows(Proposal.status.in_([status.value for status in WORKING])):
            key = idempotency_key(row.id, row.payload_sha256)
            for attempt in range(_MOST_ATTEMPTS):
                workflow_id = key if attempt == 0 else f"{key}:{attempt}"
                state = self._jobs.state(workflow_id)
                if state == "none":
                    self._jobs.start(_WORKFLOW, workflow_id, row.id)
                if state != "ended":
                    break
            else:
                log.error("proposal.stuck", proposal_id=row.id, status=row.status)

    def settle_unknown(self) -> None:
        """Look again at writes that gave no clear answer; a later reading may decide them."""
        for row in self._store.rows(Proposal.status == Status.UNKNOWN.value):
            seen = self._look(row)
            age = self._clock.now() - (row.decided_at or row.proposed_at)
            undecided = seen["outcome"] in (Outcome.UNKNOWN.value, _RETRY)
            if seen["outcome"] in _TOOK_EFFECT or (not undecided and age >= self._settings.unknown_settles_after):
                self._finish(row.id, seen)

    def revert(self, row: Proposal) -> None:
        """Put the old price back after a temporary one, unless somebody changed it since."""
        payload = parse_payload(row.kind, row.payload)
        action = payload.inverse(reason="").action(idempotency_key(row.id, row.payload_sha256, "revert"))
        with self._store.transaction() as work:
            current = work.get(row.id)
            resumed = current.revert_state == "reverting"
            if current.status != Status.EXECUTED.value or current.revert_state not in ("due", "reverting"):
                return
            if not resumed and self._changed_later(work, current):
                current.revert_state = "left"
                work.record(row.id, "left_alone", SYSTEM, {"message": "A later proposal set this price."})
                return
            if not resumed:
                current.revert_state = "reverting"
                work.record(row.id, "reverting", SYSTEM, {"idempotency_key": action.idempotency_key})
        result = self._attempt(payload.connection, action, look_first=resumed)
        overdue = self._clock.now() - (row.reverts_at or self._clock.now())
        undone = result["outcome"] in (Outcome.REJECTED.value, Outcome.UNKNOWN.value)
        if result["outcome"] == _RETRY or (undone and overdue < self._settings.revert_within):
            # Too busy, not reachable, a token being changed: a price that was promised to end must not stay for that.
            log.warning("proposal.revert_waits", proposal_id=row.id, outcome=result["outcome"])
            return
        state, event = ("unknown", "revert_unknown") if undone else ("left", "left_alone")
        if result["outcome"] in _TOOK_EFFECT:
            state, event = "reverted", "reverted"
        with self._store.transaction() as work:
            current = work.get(row.id)
            if current.revert_state != "reverting":
                return
            current.revert_state = state
            work.record(row.id, event, SYSTEM, result)

    def _changed_later(self, work: Work, row: Proposal) -> bool:
        later = exists().where(
            Proposal.target_key == row.target_key,
            Proposal.id != row.id,
            Proposal.status == Status.EXECUTED.value,
            Proposal.decided_at > row.decided_at,
        )
        return bool(work.session.scalar(select(later)))

    def _run(self, steps: Steps, proposal_id: str) -> None:
        if steps.run("begin", self._begin, proposal_id):
            result = steps.run("send", self._send, proposal_id)
            for delay in self._settings.reconcile_delays:
                if result["outcome"] == _RETRY:
                    steps.sleep(delay)
                    result = steps.run("send", self._send, proposal_id)
                elif result["outcome"] == Outcome.UNKNOWN.value:
                    steps.sleep(delay)
                    seen = steps.run("look", self._look_at, proposal_id)
                    result = seen if seen["outcome"] in _TOOK_EFFECT else result
            if result["outcome"] == Outcome.UNKNOWN.value:
                # Readings did not show it, so try once more under the same key: a POS that got the first request
                # answers with that one's result, and the writer compares the live price before it sends.
                again = steps.run("send", self._send, proposal_id)
                result = again if again["outcome"] != _RETRY else result
            steps.run("finish", self._finish, proposal_id, result)
        steps.run("notify", self._store.changes.deliver, proposal_id)

    def _begin(self, proposal_id: str) -> bool:
        row = self._store.get(proposal_id)
        decider = self._directory.person(row.decided_by or "")
        colleagues = self._directory.approvers(row.store_id)
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            if row.status == Status.EXECUTING.value:
                return True
            if row.status != Status.APPROVED.value:
                return False
            if sha256_of(row.payload) != row.payload_sha256:
                return _refuse(work, row, "The stored change is not the one that was approved, so nothing was sent.")
            payload = parse_payload(row.kind, row.payload)
            if self._too_late(row, payload, work):
                return False
            try:
                check_approve(decider, case_of(row, payload), colleagues, self._settings)
            except RefusedError as refusal:
                lost = "Nothing was changed: the right to approve it was lost."
                return _refuse(work, row, f"{lost} {refusal.user_message}")
            if payload.connection not in self._writers:
                return _refuse(work, row, f"Nothing was changed: the connection “{payload.connection}” cannot write.")
            return work.move(row, Status.EXECUTING, SYSTEM)

    def _too_late(self, row: Proposal, payload: PriceChange, work: Work) -> bool:
        over = payload.until is not None and work.now >= payload.until
        if not over and work.now <= row.expires_at + self._settings.execution_grace:
            return False
        message = "It was approved, but its time had passed before it could be carried out; nothing was changed."
        outcome = {"outcome": _NOT_SENT, "message": message, "before": {}, "after": {}}
        work.move(row, Status.EXPIRED, SYSTEM, {"reason": message}, outcome=outcome)
        return True

    def _send(self, proposal_id: str) -> dict[str, Any]:
        row = self._store.get(proposal_id)
        payload = parse_payload(row.kind, row.payload)
        action = payload.action(idempotency_key(row.id, row.payload_sha256))
        sent_before = self._store.has_event(proposal_id, "sending")
        with self._store.transaction() as work:
            detail = {"idempotency_key": action.idempotency_key, "change": dict(action.change), "again": sent_before}
            work.record(proposal_id, "sending", SYSTEM, detail)
        return self._attempt(payload.connection, action, look_first=sent_before)

    def _look_at(self, proposal_id: str) -> dict[str, Any]:
        seen = self._look(self._store.get(proposal_id))
        with self._store.transaction() as work:
            work.record(proposal_id, "looked", SYSTEM, seen)
        return seen

    def _look(self, row: Proposal) -> dict[str, Any]:
        payload = parse_payload(row.kind, row.payload)
        action = payload.action(idempotency_key(row.id, row.payload_sha256))
        return _guarded(lambda: self._writers[payload.connection].reconcile(action))

    def _attempt(self, connection: str, action: Action, *, look_first: bool) -> dict[str, Any]:
        if look_first:
            seen = _guarded(lambda: self._writers[connection].reconcile(action))
            if seen["outcome"] == _RETRY:
                # The earlier request may have arrived: not being able to look is not "nothing happened".
                return seen | {"outcome": Outcome.UNKNOWN.value}
            if seen["outcome"] in _TOOK_EFFECT or seen["outcome"] == Outcome.UNKNOWN.value:
                return seen
        return _guarded(lambda: self._writers[connection].execute(action))

    def _finish(self, proposal_id: str, result: Mapping[str, Any]) -> None:
        with self._store.transaction() as work:
            row = work.get(proposal_id)
            if row.status not in (Status.EXECUTING.value, Status.UNKNOWN.value):
                return
            payload = parse_payload(row.kind, row.payload)
            outcome = {
                "outcome": result["outcome"] if result["outcome"] != _RETRY else _NOT_SENT,
                "message": _sentence(payload, result),
                "before": result["before"],
                "after": result["after"],
            }
            columns: dict[str, Any] = {"outcome": outcome, "pos_reference": result["reference"]}
            status = _status_after(result["outcome"])
            if status is Status.EXECUTED and payload.until is not None:
                columns |= {"reverts_at": payload.until, "revert_state": "due"}
            if row.status == status.value or not work.move(row, status, SYSTEM, outcome, **columns):
                return
            if status is Status.EXECUTED and row.undoes is not None:
                original = work.get(row.undoes)
                if original.status == Status.EXECUTED.value:
                    work.move(original, Status.UNDONE, row.decided_by or SYSTEM, {"by": row.id}, revert_state="")
        log.info("proposal.finished", proposal_id=proposal_id, status=status.value, outcome=result["outcome"])


def case_of(row: Proposal, payload: PriceChange) -> Case:
    """What the policy looks at."""
    return Case(row.store_id, payload.store_name, row.proposed_by, row.impact_minor, row.currency)


def _refuse(work: Work, row: Proposal, message: str) -> bool:
    outcome = {"outcome": _NOT_SENT, "message": message, "before": {}, "after": {}}
    work.move(row, Status.FAILED, SYSTEM, outcome, outcome=outcome)
    return False


def _status_after(outcome: str) -> Status:
    if outcome in _TOOK_EFFECT:
        return Status.EXECUTED
    return Status.UNKNOWN if outcome == Outcome.UNKNOWN.value else Status.FAILED


def _guarded(call: Callable[[], Result]) -> dict[str, Any]:
    """The result as plain values; a write or a reading that broke is an outcome too, never an exception."""
    try:
        result = call()
    except OutcomeUnknownError as error:
        return _document(Result(Outcome.UNKNOWN, message=error.user_message))
    except TransientError as error:
        return _document(Result(Outcome.UNKNOWN, message=error.user_message)) | {"outcome": _RETRY}
    except ConnectorError as error:
        return _document(Result(Outcome.REJECTED, message=error.user_message))
    except Exception:
        # Whatever broke may have broken after the request left, so the honest word is "unknown".
        log.exception("proposal.writer_broke")
        return _document(Result(Outcome.UNKNOWN))
    return _document(result)


def _document(result: Result) -> dict[str, Any]:
    return {
        "outcome": result.outcome.value,
        "before": dict(result.before),
        "after": dict(result.after),
        "reference": result.reference,
        "message": result.message,
    }


def _sentence(payload: PriceChange, result: Mapping[str, Any]) -> str:
    """What people read about the outcome."""
    what = f"{payload.product} at {payload.store_name}"
    outcome = result["outcome"]
    if outcome in _TOOK_EFFECT:
        return f"{what} now costs {payload.after} {payload.currency}."
    if outcome == Outcome.UNKNOWN.value:
        return (
            f"The POS did not say whether it took the change. Please look up {what} there: the price was "
            f"{payload.before} and should be {payload.after} {payload.currency}. I will not send it again."
        )
    if outcome == Outcome.CONFLICT.value:
        live = result["before"].get("price", "")
        now = f"is {live} now" if live and live != payload.before else "was changed in the POS meanwhile"
        return (
            f"Nothing was changed: the price of {what} {now}, and the approval was for {payload.before} to "
            f"{payload.after} {payload.currency}. Ask me again to propose it from the new price."
        )
    if outcome == _RETRY:
        return f"Nothing was changed: the POS could not be reached. {result['message']}".strip()
    return f"Nothing was changed: {result['message'] or 'the POS refused the change.'}"
