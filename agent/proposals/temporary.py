"""Temporary prices and what comes between them and their end.

A price stands in proposals of one price and of many, so two changes of one price are found by their parts and not by
the keys of the whole. Rules kept here: a price that goes back by itself is not made temporary a second time, for the
second would go back to the first, whose time is over by then; and one that was changed since is left as it is.
"""

from __future__ import annotations

from sqlalchemy import select

from agent.db.tables import Proposal
from agent.proposals.kinds import parse_payload
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.payload import Payload
from agent.proposals.store import Work
from agent.proposals.transitions import WORKING, Status

_KINDS = tuple(kind.model_fields["kind"].default for kind in (PriceChange, PriceList))
_OPEN = [status.value for status in (*WORKING, Status.UNKNOWN)]


def price_that_goes_back(work: Work, payload: Payload) -> tuple[Proposal, Payload] | None:
    """A temporary price that still holds for something of a new one, with its part; None where there is none."""
    if payload.reverts_at() is None:
        return None
    wanted = {part.target_key() for part in payload.parts()}
    holding = (Proposal.status.in_(_OPEN)) | (
        (Proposal.status == Status.EXECUTED.value) & Proposal.revert_state.in_(("due", "reverting"))
    )
    query = select(Proposal).where(Proposal.kind.in_(_KINDS), Proposal.store_id.in_(_stores(payload)), holding)
    for row in work.session.scalars(query):
        did = parse_payload(row.kind, row.payload).carried_out(row.outcome or {})
        if did is None or did.reverts_at() is None:
            continue
        for part in did.parts():
            if part.target_key() in wanted:
                return row, part
    return None


def changed_since(work: Work, row: Proposal, part: Payload) -> bool:
    """Whether a proposal that was approved after ``row``, alone or in a list, changed the thing of this part."""
    query = select(Proposal).where(
        Proposal.kind.in_(_KINDS),
        Proposal.store_id.in_(_stores(part)),
        Proposal.id != row.id,
        Proposal.status == Status.EXECUTED.value,
        Proposal.decided_at > row.decided_at,
    )
    for other in work.session.scalars(query):
        did = parse_payload(other.kind, other.payload).carried_out(other.outcome or {})
        if did is not None and part.target_key() in {one.target_key() for one in did.parts()}:
            return True
    return False


def _stores(payload: Payload) -> tuple[str, ...]:
    return (payload.store_id, *payload.at_other_stores())
