"""Shifts of the schedule in Square's terms: drafting one for a person, and publishing a draft.

Square wants a job and times in the store's own offset. It keeps no reference with a shift: that somebody has a shift of
exactly these times at this store is the evidence, whoever drafted it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from connectors.base import Action, Preview
from connectors.square.client import SquareClient, instant, stamp

_LONGEST = timedelta(hours=24)
_MOST_NOTE = 1024


def draft(client: SquareClient, action: Action, now: datetime) -> Preview:
    """A shift for one person that only managers see until it is published."""
    person, place = (str(action.target.get(f"{name}_external_id", "")) for name in ("employee", "store"))
    start, end = (_instant(action.change.get(name)) for name in ("starts_at", "ends_at"))
    if start is None or end is None:
        return Preview({}, "", {}, "The shift needs a start and an end with a date, a time and an offset.", done=False)
    around = _shifts_around(client, person, start, end) if person else []
    same = next((shift for shift in around if _is_same(shift, place, start, end)), None)
    version = str((same or {}).get("id") or "")
    member = client.maybe(f"/v2/team-members/{quote(person, safe='')}", "team_member") if person else None
    location = client.maybe(f"/v2/locations/{quote(place, safe='')}", "location") if place else None
    job_id = _job_id(client, member or {}, str(action.change.get("role") or ""))
    problem = _problem(member, location, job_id, start, end, now) or (_overlap(around) if same is None else "")
    if problem or location is None:
        return Preview({}, version, {}, problem, done=same is not None)
    zone = ZoneInfo(str(location.get("timezone") or "UTC"))
    details = {
        "team_member_id": person,
        "location_id": place,
        "job_id": job_id,
        "start_at": start.astimezone(zone).isoformat(timespec="seconds"),
        "end_at": end.astimezone(zone).isoformat(timespec="seconds"),
    }
    if action.change.get("note"):
        details["notes"] = str(action.change["note"])[:_MOST_NOTE]
    request = {"idempotency_key": action.idempotency_key, "scheduled_shift": {"draft_shift_details": details}}
    return Preview({}, version, request, done=same is not None)


def publication(client: SquareClient, action: Action, now: datetime) -> Preview:  # noqa: ARG001 no clock here
    """A draft that the person shall see; Square tells them by e-mail if it concerns them."""
    shift_id = str(action.target.get("shift_external_id", ""))
    shift = shift_id and client.maybe(f"/v2/labor/scheduled-shifts/{quote(shift_id, safe='')}", "scheduled_shift")
    if not shift:
        return Preview({}, "", {}, "This shift is no longer in Square's schedule.")
    drafted, published = shift.get("draft_shift_details"), shift.get("published_shift_details")
    before = {"status": "published" if published is not None and published == drafted else "draft"}
    version = str(shift.get("version") or "")
    if str(action.change.get("status")) != "published":
        return Preview(before, version, {}, "A shift can only be published here.")
    request = {
        "idempotency_key": action.idempotency_key,
        "version": shift.get("version"),
        "scheduled_shift_notification_audience": "AFFECTED",
    }
    return Preview(before, version, request)


def _problem(
    member: Mapping[str, Any] | None,
    location: Mapping[str, Any] | None,
    job_id: str | None,
    start: datetime,
    end: datetime,
    now: datetime,
) -> str:
    if member is None or member.get("status", "ACTIVE") != "ACTIVE":
        return "This person is not on Square's team any more."
    if location is None:
        return "This store is no longer in Square."
    places = (member.get("assigned_locations") or {}).get("location_ids")
    if places and location.get("id") not in places:
        return "This person is not assigned to this store in Square."
    if not start < end <= start + _LONGEST:
        return "The shift must end after it starts, within 24 hours."
    if end <= now:
        return "The shift is over already."
    return "" if job_id else "This person has no such job in Square. Give them one in the Square Dashboard."


def _job_id(client: SquareClient, member: Mapping[str, Any], role: str) -> str | None:
    """The job the shift is for: the one of that title, or without a title the person's first."""
    jobs: Sequence[Mapping[str, Any]] = (member.get("wage_setting") or {}).get("job_assignments") or ()
    fitting = [job for job in jobs if not role or str(job.get("job_title") or "").casefold() == role.casefold()]
    if not fitting:
        return None
    if fitting[0].get("job_id"):
        return str(fitting[0]["job_id"])
    title = str(fitting[0].get("job_title") or "")
    return next((str(job["id"]) for job in client.jobs() if job.get("title") == title), None)


def _shifts_around(client: SquareClient, person: str, start: datetime, end: datetime) -> list[Mapping[str, Any]]:
    """The person's shifts that touch [``start``, ``end``], drafts included."""
    found: list[Mapping[str, Any]] = []
    cursor: str | None = None
    while True:
        page = client.scheduled_shifts(stamp(start - _LONGEST), stamp(end), cursor, member_id=person)
        found += [shift for shift in page.objects if _details(shift).get("team_member_id") == person]
        cursor = page.cursor
        if cursor is None:
            break
    return [shift for shift in found if _starts(shift) < end and start < _ends(shift)]


def _is_same(shift: Mapping[str, Any], place: str, start: datetime, end: datetime) -> bool:
    return _details(shift).get("location_id") == place and (_starts(shift), _ends(shift)) == (start, end)


def _overlap(around: Sequence[Mapping[str, Any]]) -> str:
    if not around:
        return ""
    return f"This person already has a shift from {_details(around[0])['start_at']}."


def _details(shift: Mapping[str, Any]) -> Mapping[str, Any]:
    details: Mapping[str, Any] = shift.get("draft_shift_details") or {}
    return {} if details.get("is_deleted") else details


def _starts(shift: Mapping[str, Any]) -> datetime:
    return instant(str(_details(shift)["start_at"]))


def _ends(shift: Mapping[str, Any]) -> datetime:
    return instant(str(_details(shift)["end_at"]))


def _instant(text: Any) -> datetime | None:
    """An instant to the minute, as Square keeps it."""
    try:
        return instant(str(text)).astimezone(UTC).replace(second=0, microsecond=0)
    except ValueError:
        return None
