"""The work schedule: shifts that are drafted, changed and published."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.paging import one_page
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.store import PosStore, stamp
from connectors.sandbox.standin.feed import Clock

_KIND = "scheduled_shift"
_REQUIRED = ("location_id", "job_id", "start_at", "end_at")
_AUDIENCES = ("ALL", "AFFECTED", "NONE")


class Shifts:
    """Reads and writes scheduled shifts in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/labor/scheduled-shifts/search`` by location, person, beginning and status."""
        query = body.get("query") or {}
        filters = query.get("filter") or {}
        newest = (query.get("sort") or {}).get("order") == "DESC"
        found = [shift for shift in self._store.documents(_KIND, newest_first=newest) if _fits(shift, filters)]
        return one_page("scheduled_shifts", found, body, default=50, most=50)

    def retrieve(self, shift_id: str) -> dict[str, Any]:
        """``GET /v2/labor/scheduled-shifts/{id}``."""
        return {"scheduled_shift": self._known(shift_id)}

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/labor/scheduled-shifts``: a draft."""
        details = (body.get("scheduled_shift") or {}).get("draft_shift_details")
        if not isinstance(details, dict):
            raise missing("scheduled_shift.draft_shift_details")

        def apply() -> dict[str, Any]:
            at = stamp(self._clock.now())
            shift = {
                "id": uuid.uuid4().hex[:16].upper(),
                "draft_shift_details": self._checked(details),
                "version": 1,
                "created_at": at,
                "updated_at": at,
            }
            self._keep("shifts.create", shift, None, body)
            return {"scheduled_shift": shift}

        with self._store.transaction():
            return once(self._store, "shifts.create", body, apply)

    def publish(self, shift_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/labor/scheduled-shifts/{id}/publish``: what was drafted is what the person sees."""
        audience = body.get("scheduled_shift_notification_audience", "AFFECTED")
        if audience not in _AUDIENCES:
            raise invalid("scheduled_shift_notification_audience", f"Must be one of {', '.join(_AUDIENCES)}.")

        def apply() -> dict[str, Any]:
            before = self._known(shift_id)
            if body.get("version") not in (None, before["version"]):
                raise PosError(409, "VERSION_MISMATCH", "The shift was changed by somebody else.", "version")
            shift = {
                **before,
                "published_shift_details": before["draft_shift_details"],
                "version": before["version"] + 1,
                "updated_at": stamp(self._clock.now()),
            }
            self._keep("shifts.publish", shift, before, body)
            return {"scheduled_shift": shift}

        with self._store.transaction():
            return once(self._store, f"shifts.publish {shift_id}", body, apply)

    def _known(self, shift_id: str) -> dict[str, Any]:
        found = self._store.document(_KIND, shift_id)
        if found is None:
            raise not_found(f"Scheduled shift {shift_id}")
        return found

    def _checked(self, details: Mapping[str, Any]) -> dict[str, Any]:
        for name in _REQUIRED:
            if not details.get(name):
                raise missing(f"scheduled_shift.draft_shift_details.{name}")
        if self._store.one("SELECT 1 FROM location WHERE id = ?", details["location_id"]) is None:
            raise not_found(f"Location {details['location_id']}")
        person = details.get("team_member_id")
        if person and self._store.one("SELECT 1 FROM team_member WHERE id = ?", person) is None:
            raise not_found(f"Team member {person}")
        start, end = (_moment(details[name], name) for name in ("start_at", "end_at"))
        if end <= start:
            raise invalid("scheduled_shift.draft_shift_details.end_at", "The shift must end after it starts.")
        return {**details, "start_at": details["start_at"], "end_at": details["end_at"], "is_deleted": False}

    def _keep(
        self, operation: str, shift: Mapping[str, Any], before: Mapping[str, Any] | None, body: Mapping[str, Any]
    ) -> None:
        details = shift["draft_shift_details"]
        self._store.keep(_KIND, shift, stamp(_moment(details["start_at"], "start_at")))
        self._store.record_effect(
            shift["updated_at"],
            operation,
            shift["id"],
            before=before,
            after=shift,
            request=body,
            idempotency_key=str(body["idempotency_key"]),
            location_id=details["location_id"],
        )


def _fits(shift: Mapping[str, Any], filters: Mapping[str, Any]) -> bool:
    details = shift["draft_shift_details"]
    published = "published_shift_details" in shift
    places, people = filters.get("location_ids"), filters.get("team_member_ids")
    statuses = filters.get("scheduled_shift_statuses")
    window = filters.get("start") or {}
    start = _moment(details["start_at"], "start_at")
    return (
        (not places or details["location_id"] in places)
        and (not people or details.get("team_member_id") in (*people, None))
        and (not statuses or ("PUBLISHED" if published else "DRAFT") in statuses)
        and (not window.get("start_at") or start >= _moment(window["start_at"], "start.start_at"))
        and (not window.get("end_at") or start <= _moment(window["end_at"], "start.end_at"))
    )


def _moment(text: Any, field: str) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise PosError(400, "INVALID_TIME", "Not an RFC 3339 time.", field) from None
    if at.tzinfo is None:
        raise invalid(field, "A time needs its offset.")
    return at
