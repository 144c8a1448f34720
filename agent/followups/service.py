"""Following up executed changes: one round opens rows for new ones and measures and posts those whose time has come.

Rules kept here: a look is measured once and posted once, through crashes and restarts: the row is claimed before
anything is computed, what was found is stored before it is sent, and a row whose poster died is looked for in its
thread before it is posted again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from agent.db.tables import Followup, Proposal
from agent.errors import UnavailableError
from agent.followups.finding import Finding, cannot_tell
from agent.followups.looking import SYSTEM_USER, Look, place_of, sales_are_in
from agent.followups.measuring import measure
from agent.followups.sold import complete_before, forecast_of, is_forecast, named_goods
from agent.followups.store import KEPT, POSTED, VOID, WAITING, Claim, FollowupStore
from agent.followups.timetable import dues
from agent.followups.words import document_of
from agent.governance.receipts import Receipts, receipt_document
from agent.proposals.kinds import parse_payload
from agent.proposals.transitions import Status
from tools.analysis.effect import baseline_days
from tools.context import Clock, MirrorPort

log = structlog.get_logger()

ROUND_SECONDS = 300.0
_MOST_APART = 500
PATIENCE = timedelta(days=2)
"""How long sales are waited for, and how long a post that Slack refuses is tried."""


class FollowupPost(Protocol):
    """Where findings are posted; ``agent.slack.delivery.notices.Notices`` is one."""

    def post_followup(self, channel_id: str, thread_ts: str, document: Mapping[str, Any]) -> str:
        """Post a finding in a thread and return its ts.

        Raises:
            UnavailableError: Slack does not take it.
        """
        ...

    def find_reply(self, channel_id: str, thread_ts: str, marker: str) -> str | None:
        """The ts of our own message in the thread with a block of this id, or None.

        Raises:
            UnavailableError: the thread cannot be read.
        """
        ...


class Followups:
    """The one door to follow-ups. Without ``post`` what is found is kept and nothing is sent."""

    def __init__(
        self,
        store: FollowupStore,
        clock: Clock,
        mirror: MirrorPort,
        receipts: Receipts,
        post: FollowupPost | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._mirror = mirror
        self._receipts = receipts
        self._post = post

    def run_due(self) -> int:
        """One round; how many rows came to their end."""
        self._open_new()
        return sum(self._safely(row) for row in self._store.due(self._clock.now()))

    def _safely(self, row: Followup) -> bool:
        try:
            return self._attempt(row)
        except Exception:
            # One change that cannot be measured must not keep the others waiting; its claim lapses by itself.
            log.exception("followup.failed", proposal_id=row.proposal_id, due=row.due)
            return False

    def _open_new(self) -> None:
        for proposal, executed_at in self._store.unopened(self._clock.now()):
            looks = self._looks(proposal, executed_at)
            if looks is None or (looks and is_forecast(looks[0].payload) and not complete_before(looks[0])):
                # The last days before the change have not come in; the next round looks again.
                continue
            if not looks:
                self._store.close_unseen(proposal, executed_at)
                continue
            self._store.open(proposal, [look.due for look in looks], forecast_of(looks[0]))

    def _looks(self, proposal: Proposal, executed_at: datetime) -> list[Look] | None:
        """The looks at a change; None while its store is not in the mirror."""
        place = place_of(self._mirror, proposal.store_id)
        if place is None:
            return None
        payload = parse_payload(proposal.kind, proposal.payload).carried_out(proposal.outcome or {})
        if payload is None:
            return []
        return [Look(payload, executed_at, due, place, self._mirror) for due in dues(payload, executed_at, place)]

    def _attempt(self, row: Followup) -> bool:
        claim = self._store.claim(row, self._clock.now())
        if claim is None:
            return False
        proposal = self._store.proposals(Proposal.id == row.proposal_id)[0]
        document = dict(row.document or {})
        if row.status == WAITING:
            if proposal.status != Status.EXECUTED.value:
                self._store.settle(claim, VOID)
                return True
            found = self._measured(row, proposal)
            if found is None and self._clock.now() - row.due_at >= PATIENCE * 2:
                self._store.settle(claim, VOID)
                return True
            if found is None:
                self._store.release(claim)
                return False
            document, receipt_id = found
            if not self._store.measured(claim, document, receipt_id):
                return False
        return self._deliver(claim, proposal, document, row.due_at)

    def _measured(self, row: Followup, proposal: Proposal) -> tuple[dict[str, Any], str] | None:
        """What was found, with its receipt; None while sales are still awaited."""
        now = self._clock.now()
        executed_at = self._store.executed_at(proposal.id) or proposal.decided_at or proposal.proposed_at
        looks = self._looks(proposal, executed_at) or ()
        look = next((one for one in looks if one.due.name == row.due), None)
        if look is None:
            return None
        if not sales_are_in(look):
            if now - row.due_at < PATIENCE:
                return None
            finding = cannot_tell("the sales of those days have not come in.")
        else:
            finding = measure(self._informed(look, row, proposal))
        document = document_of(proposal, look, finding)
        document["receipt_id"] = self._receipt(proposal, look, finding, document, now)
        log.info("followup.measured", proposal_id=proposal.id, due=row.due, verdict=finding.verdict.value)
        return document, str(document["receipt_id"])

    def _informed(self, look: Look, row: Followup, proposal: Proposal) -> Look:
        forecast = None if row.forecast is None else row.forecast["days"]
        apart = self._changed_beside(look, proposal)
        return replace(look, forecast=forecast, apart=apart, disturbed=self._disturbed(look, proposal))

    def _changed_beside(self, look: Look, proposal: Proposal) -> tuple[str, ...]:
        """Other products of the store whose price, promotion or sale was changed in the days that are compared."""
        others = self._store.proposals(
            Proposal.store_id == proposal.store_id,
            Proposal.id != proposal.id,
            Proposal.status.in_((Status.EXECUTED.value, Status.UNDONE.value)),
            Proposal.decided_at >= look.place.begins(baseline_days(look.due.changed_on)[0]),
            Proposal.decided_at < look.place.begins(look.due.last_on + timedelta(days=1)),
        )
        named = {one for row in others for one in named_goods(parse_payload(row.kind, row.payload))}
        return tuple(sorted(named))[:_MOST_APART]

    def _disturbed(self, look: Look, proposal: Proposal) -> str:
        """Whether the same thing was changed again within the days of the look."""
        until = look.place.begins(look.due.last_on + timedelta(days=1))
        others = self._store.proposals(
            Proposal.store_id.in_((proposal.store_id, *look.payload.at_other_stores())),
            Proposal.id != proposal.id,
            Proposal.status.in_((Status.EXECUTED.value, Status.UNDONE.value)),
            Proposal.decided_at > (proposal.decided_at or look.executed_at),
            Proposal.decided_at < until,
        )
        ours = _things(proposal)
        again = [other.decided_at for other in others if other.decided_at is not None and ours & _things(other)]
        if not again:
            return ""
        on = look.place.date_of(min(again))
        return f"the same was changed again on {on:%a} {on.day} {on:%b}, so the days since cannot be credited to this."

    def _receipt(
        self, proposal: Proposal, look: Look, finding: Finding, document: Mapping[str, Any], now: datetime
    ) -> str:
        snapshot = self._mirror.snapshot()
        call = {
            "name": "followup",
            "args": {"proposal_id": proposal.id, "due": look.due.name},
            "status": "measured",
            "result": finding.to_json(),
            "provenance": {
                "sql": [one.sql for one in finding.statements],
                "params": [one.params for one in finding.statements],
            },
        }
        receipt = receipt_document(
            question=f"What proposal {proposal.id} did ({look.due.name})",
            now=now,
            scope=look.scope,
            calls=[call],
            model="none: written by code",
            answer=str(document["text"]),
            headline=finding.headline,
            caveats=finding.caveats,
            proposals=[proposal.id],
            snapshot=snapshot,
        )
        return self._receipts.save("followup", SYSTEM_USER, proposal.thread_id, receipt, created_at=now)

    def _deliver(self, claim: Claim, proposal: Proposal, document: Mapping[str, Any], due_at: datetime) -> bool:
        thread = self._store.thread_of(proposal)
        if thread is None or self._post is None:
            self._store.settle(claim, KEPT)
            return True
        channel_id, root = thread
        try:
            found = self._post.find_reply(channel_id, root, str(document["marker"])) if claim.taken_over else None
            ts = found or self._post.post_followup(channel_id, root, document)
        except UnavailableError as error:
            log.warning("followup.not_posted", proposal_id=proposal.id, reason=error.user_message)
            if self._clock.now() - due_at < PATIENCE * 2:
                return False
            self._store.settle(claim, KEPT)
            return True
        self._store.settle(claim, POSTED, channel_id, ts)
        log.info("followup.posted", proposal_id=proposal.id, due=claim.due, channel_id=channel_id)
        return True


def _things(proposal: Proposal) -> set[str]:
    """What a change is about, as a whole and in its parts: a price may stand alone or in a list."""
    payload = parse_payload(proposal.kind, proposal.payload).carried_out(proposal.outcome or {})
    return {proposal.target_key, *(part.target_key() for part in (payload.parts() if payload else ()))}
