"""People and their hours: team members, timecards and the schedule, as rows of the mirror."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.records import Row
from connectors.square.client import instant


def employee_row(member: Mapping[str, Any]) -> Row:
    """A team member; the first job is the role, and a store is known only of who works in just one."""
    name = " ".join(str(member[part]) for part in ("given_name", "family_name") if member.get(part))
    values: dict[str, Any] = {
        "employee_id": member["id"],
        "active": member.get("status", "ACTIVE") == "ACTIVE" and not member.get("is_deleted"),
    }
    if name:
        values["name"] = name
    jobs = list((member.get("wage_setting") or {}).get("job_assignments") or ())
    if jobs:
        values["role"] = jobs[0].get("job_title")
        values["hourly_minor"] = (jobs[0].get("hourly_rate") or {}).get("amount")
    elif member.get("is_owner"):
        values["role"] = "owner"
    locations = list((member.get("assigned_locations") or {}).get("location_ids") or ())
    if len(locations) == 1:
        values["store_id"] = locations[0]
    return Row("employee", values)


def timecard_row(card: Mapping[str, Any]) -> Row:
    """Hours worked; only unpaid breaks count as breaks."""
    return Row(
        "timecard",
        {
            "timecard_id": card["id"],
            "employee_id": card["team_member_id"],
            "store_id": card["location_id"],
            "clock_in_at": instant(str(card["start_at"])),
            "clock_out_at": instant(str(card["end_at"])) if card.get("end_at") else None,
            "break_minutes": _unpaid_minutes(card),
            "wage_minor": ((card.get("wage") or {}).get("hourly_rate") or {}).get("amount"),
        },
    )


def _unpaid_minutes(card: Mapping[str, Any]) -> int:
    seconds = 0.0
    for pause in card.get("breaks") or ():
        if pause.get("is_paid") or not pause.get("end_at"):
            continue
        seconds += (instant(str(pause["end_at"])) - instant(str(pause["start_at"]))).total_seconds()
    return round(seconds / 60)


def shift_row(shift: Mapping[str, Any]) -> Row:
    """A shift of the schedule as the person sees it: what was published, else what is drafted."""
    draft = shift.get("draft_shift_details") or {}
    published = shift.get("published_shift_details")
    shown = published if isinstance(published, Mapping) else draft
    status = "draft" if shown is draft else "published"
    if shift.get("is_deleted") or shown.get("is_deleted") or (status == "draft" and draft.get("is_deleted")):
        status = "deleted"
    return Row(
        "scheduled_shift",
        {
            "shift_id": shift["id"],
            "employee_id": shown.get("team_member_id"),
            "store_id": shown["location_id"],
            "role": shift.get("job_title"),
            "starts_at": instant(str(shown["start_at"])),
            "ends_at": instant(str(shown["end_at"])),
            "status": status,
        },
    )
