"""Who may do what with a proposal, from the people's rows and what was decided lately, as both are at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ScalarSelect, and_, func, or_, select, true
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

FIRST_APPROVAL = "first_approval"
"""The audit event of the first of two approvals."""

_COUNTS = [
    status.value for status in (Status.APPROVED, Status.EXECUTING, Status.EXECUTED, Status.UNKNOWN, Status.UNDONE)
]

_TAKEN = and_(Proposal.status == Status.FAILED.value, Proposal.outcome["taken"].as_boolean())
"""Failed, because somebody changed it again at once; the far end took it all the same."""


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

    def is_first_of_two(self, row: Proposal, right: Right, session: Session, at: datetime) -> bool:
        """Whether an approval of the row by this right at that time would only be the first of two."""
        return needs_second(self.case(row, session, at), self._settings, right)

    def approvers(self, row: Proposal, events: Sequence[AuditEvent] = ()) -> list[str]:
        """Names of those who could approve the row by role and place, nearest to the store first.

        Whoever asked is not among them where it takes another, nor anybody with a limit where the money is not known,
        nor, by its ``events``, whose right the first of two used.
        """
        case, out = _case(row), {row.first_approved_by, _first_instead_of(events)}
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
        approval = and_(
            AuditEvent.subject == SUBJECT,
            AuditEvent.subject_id == Proposal.id,
            AuditEvent.event == Status.APPROVED.value,
        )
        counting = (
            Proposal.store_id == row.store_id,
            Proposal.currency == row.currency,
            Proposal.id != row.id,
            Proposal.undoes.is_(None),
            or_(Proposal.status.in_(_COUNTS), _TAKEN),
            Proposal.decided_at > since,
            earlier,
        )
        lately = _Lately()
        for other, event in session.execute(
            select(Proposal, AuditEvent).outerjoin(AuditEvent, approval).where(*counting)
        ):
            lately.add(other, _instead_of(event))
        firsts = select(AuditEvent).where(
            AuditEvent.subject == SUBJECT, AuditEvent.subject_id == row.id, AuditEvent.event == FIRST_APPROVAL
        )
        return replace(
            _case(row),
            lately_minor=lately.pressed,
            lent_minor=lately.lent,
            own_lately_minor=lately.own,
            alone_minor=lately.alone,
            first_instead_of=_first_instead_of(session.scalars(firsts).all()),
        )


class _Lately:
    """What was approved within the time in which changes count together, by person and by whose right."""

    def __init__(self) -> None:
        self.pressed: dict[str, int] = defaultdict(int)
        self.lent: dict[tuple[str, str], int] = defaultdict(int)
        self.own: dict[str, int] = defaultdict(int)
        self.alone: dict[str, int] = defaultdict(int)

    def add(self, row: Proposal, instead_of: str | None) -> None:
        """Count one that was approved, in somebody's place or of one's own right."""
        who, moved = row.decided_by or "", row.impact_minor
        self.pressed[who] += moved
        if instead_of is not None:
            self.lent[instead_of, who] += moved
        if row.proposed_by in (who, instead_of):
            self.own[row.proposed_by] += moved
        if row.first_approved_by is None:
            for one in {who, instead_of} - {None}:
                self.alone[str(one)] += moved


def _instead_of(event: AuditEvent | None) -> str | None:
    found = None if event is None else event.detail.get("instead_of")
    return None if found is None else str(found)


def _first_instead_of(events: Sequence[AuditEvent]) -> str | None:
    """In whose place the first of two approved; None where of their own right, or where there is none."""
    return next((_instead_of(event) for event in events if event.event == FIRST_APPROVAL), None)


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


def _case(row: Proposal) -> Case:
    payload: Payload = parse_payload(row.kind, row.payload)
    return Case(
        store_id=row.store_id,
        store_name=payload.store_name,
        proposed_by=row.proposed_by,
        impact_minor=row.impact_minor,
        currency=row.currency,
        elsewhere=payload.at_other_stores(),
        first_approved_by=row.first_approved_by,
        money_known=row.impact_known,
        # Where money measures what a mistake would cost, the bounds in money decide.
        irrevocable=payload.risk is Risk.HIGH and not row.impact_minor,
    )
