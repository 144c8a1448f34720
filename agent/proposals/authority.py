"""Who may do what with a proposal, from the people's rows and what was decided lately, as both are at this moment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from agent.db.tables import AuditEvent, Proposal
from agent.identity import Directory
from agent.proposals.delegation import Delegations
from agent.proposals.kinds import parse_payload
from agent.proposals.payload import Payload, Risk
from agent.proposals.policy import (
    Case,
    ProposalSettings,
    Right,
    check_approve,
    check_propose,
    check_reject,
    check_settle,
    needs_others,
    needs_second,
)
from agent.proposals.store import SUBJECT
from agent.proposals.transitions import Status

_COUNTS = [
    status.value for status in (Status.APPROVED, Status.EXECUTING, Status.EXECUTED, Status.UNKNOWN, Status.UNDONE)
]


class Authority:
    """Every check of a right on a proposal; raises ``RefusedError`` with a sentence for the one who asked."""

    def __init__(self, directory: Directory, delegations: Delegations, settings: ProposalSettings) -> None:
        self._directory = directory
        self._delegations = delegations
        self._settings = settings

    def propose(self, user_id: str, store_id: str, store_name: str) -> None:
        """Check that this person may ask for changes at the store.

        Raises:
            RefusedError: they may not.
        """
        case = Case(store_id, store_name, user_id, 0, "")
        check_propose(self._directory.person(user_id), case, self._directory.approvers(store_id))

    def approve(self, user_id: str, row: Proposal, session: Session, at: datetime) -> Right:
        """Check that this person may approve the row, and say by whose right.

        Args:
            user_id: who pressed, or had pressed when it is carried out.
            row: the proposal, read in ``session``.
            session: the transaction in which it is decided, so that two changes cannot pass one limit side by side.
            at: when it is or was decided; what was approved before counts together with it.

        Raises:
            RefusedError: they may not.
        """
        return check_approve(
            self._directory.person(user_id),
            self.case(row, session, at),
            self._directory.approvers(row.store_id),
            self._settings,
            self._delegations.stands_in_for(user_id),
        )

    def reject(self, user_id: str, row: Proposal) -> bool:
        """Check that this person may turn the row down; True when they may only withdraw what they asked for.

        Raises:
            RefusedError: they may not.
        """
        return check_reject(
            self._directory.person(user_id),
            _case(row),
            self._directory.approvers(row.store_id),
            self._delegations.stands_in_for(user_id),
        )

    def settle(self, user_id: str, row: Proposal) -> None:
        """Check that this person may say what became of the row's write.

        Raises:
            RefusedError: they may not.
        """
        check_settle(
            self._directory.person(user_id),
            _case(row),
            self._directory.approvers(row.store_id),
            self._delegations.stands_in_for(user_id),
        )

    def still(self, user_id: str, row: Proposal) -> None:
        """Check that the first of two who approved has the role and the stores for it still.

        Raises:
            RefusedError: they have not.
        """
        case = replace(_case(row), first_approved_by=None, proposed_by="")
        check_approve(
            self._directory.person(user_id),
            case,
            self._directory.approvers(row.store_id),
            self._settings,
            self._delegations.stands_in_for(user_id),
        )

    def is_first_of_two(self, row: Proposal) -> bool:
        """Whether an approval of the row now would only be the first of two."""
        return needs_second(_case(row), self._settings)

    def approvers(self, row: Proposal) -> list[str]:
        """Names of those who could approve the row by role and place, nearest to the store first.

        Whoever asked is not among them where it takes another, nor anybody with a limit where the money is not known.
        """
        case, out = _case(row), {row.first_approved_by}
        if needs_others(case, self._settings):
            out.add(row.proposed_by)
        able = [
            one
            for one in self._directory.approvers(row.store_id)
            if all(one.may_see(store_id) for store_id in case.elsewhere)
            and one.user_id not in out
            and (case.money_known or one.approve_limit_minor is None)
        ]
        return [one.name or one.user_id for one in able]

    def needs_others(self, row: Proposal) -> bool:
        """Whether the one who asked cannot be the one who approves."""
        return needs_others(_case(row), self._settings)

    def case(self, row: Proposal, session: Session, at: datetime) -> Case:
        """What the policy looks at, with what was approved shortly before ``at``.

        Of two approved at the same instant, or around a clock that jumped, the audit's own order says which was first.
        """
        since = at - self._settings.split_within
        earlier = true() if row.decided_at is None else _approved_as(Proposal.id) < _approved_as(row.id)
        lately: dict[str, int] = defaultdict(int)
        own: dict[str, int] = defaultdict(int)
        found = select(Proposal.decided_by, Proposal.proposed_by, Proposal.impact_minor).where(
            Proposal.store_id == row.store_id,
            Proposal.currency == row.currency,
            Proposal.id != row.id,
            Proposal.undoes.is_(None),
            Proposal.status.in_(_COUNTS),
            Proposal.decided_at > since,
            earlier,
        )
        for decided_by, proposed_by, impact_minor in session.execute(found):
            lately[decided_by or ""] += impact_minor
            if decided_by == proposed_by:
                own[decided_by or ""] += impact_minor
        return _case(row, lately, own)


def _approved_as(proposal_id: str | InstrumentedAttribute[str]) -> ScalarSelect[int | None]:
    """The number of the event by which a proposal was approved."""
    return (
        select(func.max(AuditEvent.seq))
        .where(
            AuditEvent.subject == SUBJECT,
            AuditEvent.subject_id == proposal_id,
            AuditEvent.event == Status.APPROVED.value,
        )
        .correlate(Proposal)
        .scalar_subquery()
    )


def _case(row: Proposal, lately: dict[str, int] | None = None, own: dict[str, int] | None = None) -> Case:
    payload: Payload = parse_payload(row.kind, row.payload)
    return Case(
        store_id=row.store_id,
        store_name=payload.store_name,
        proposed_by=row.proposed_by,
        impact_minor=row.impact_minor,
        currency=row.currency,
        elsewhere=payload.at_other_stores(),
        lately_minor=lately or {},
        own_lately_minor=own or {},
        first_approved_by=row.first_approved_by,
        money_known=row.impact_known,
        # Where money measures what a mistake would cost, the bounds in money decide.
        irrevocable=payload.risk is Risk.HIGH and not row.impact_minor,
    )
