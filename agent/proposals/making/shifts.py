"""Draft shifts, and publishing one."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent.proposals.ground import Ground
from agent.proposals.kinds.shifts import ShiftDraft as DraftedShift
from agent.proposals.kinds.shifts import ShiftPublish
from connectors.base import ActionKind
from connectors.records import unscoped
from tools.drafts import ShiftDraft, ShiftPublishDraft
from tools.errors import BadArgumentError

_LONGEST = timedelta(hours=16)


def draft(draft: ShiftDraft, ground: Ground, now: datetime) -> DraftedShift:
    """The shift a draft means.

    Raises:
        BadArgumentError: the person or the times cannot be used.
        ToolError: the POS did not answer, or keeps no schedule.
    """
    place = ground.place(draft.store_id, ActionKind.SHIFT_DRAFT)
    person = ground.catalogue.employee(draft.employee_id)
    if person is None or not person.active:
        raise BadArgumentError("I do not know that person, or they no longer work here, so there is no shift for them.")
    if draft.starts_at <= now:
        raise BadArgumentError("The shift would begin in the past; please name a later time.")
    if not timedelta(0) < draft.ends_at - draft.starts_at <= _LONGEST:
        raise BadArgumentError("A shift must end after it begins, and within 16 hours.")
    made = DraftedShift(
        connection=place.connection,
        store_id=place.store_id,
        store_name=place.name,
        store_external_id=place.external_id,
        currency=place.currency,
        reason=draft.reason.strip()[:500],
        employee_id=person.employee_id,
        employee_name=person.name,
        employee_external_id=unscoped(place.connection, person.employee_id),
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        time_zone=place.time_zone,
        role=draft.role.strip()[:60],
    )
    ground.check(made)
    return made


def publication(draft: ShiftPublishDraft, ground: Ground, now: datetime) -> ShiftPublish:
    """Publishing the shift a draft means.

    Raises:
        BadArgumentError: the shift is unknown, of another store, published already, or begun.
        ToolError: the POS did not answer, or keeps no schedule.
    """
    place = ground.place(draft.store_id, ActionKind.SHIFT_PUBLISH)
    shift = ground.catalogue.shift(draft.shift_id)
    if shift is None or shift.store_id != place.store_id or shift.status == "deleted":
        raise BadArgumentError(f"I do not know that shift at {place.name}.")
    if shift.status == "published":
        raise BadArgumentError("That shift is published already.")
    if shift.starts_at <= now:
        raise BadArgumentError("That shift has begun already.")
    made = ShiftPublish(
        connection=place.connection,
        store_id=place.store_id,
        store_name=place.name,
        store_external_id=place.external_id,
        currency=place.currency,
        reason=draft.reason.strip()[:500],
        employee_id=shift.employee_id,
        employee_name=shift.employee_name,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        time_zone=place.time_zone,
        shift_id=shift.shift_id,
        shift_external_id=unscoped(place.connection, shift.shift_id),
    )
    ground.check(made)
    return made
