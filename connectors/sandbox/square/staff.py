"""Team members and their timecards."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from connectors.sandbox.square.errors import PosError, missing, not_found
from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.store import PosStore, dump, stamp
from connectors.sandbox.standin.feed import FeedEmployee


class Staff:
    """Reads and writes people in a ``PosStore``."""

    def __init__(self, store: PosStore) -> None:
        self._store = store

    def seed(self, employees: Iterable[FeedEmployee], currency: str, at: datetime) -> None:
        """Put the pay-roll in."""
        rows = [(person.employee_id, dump(_member(person, currency, stamp(at)))) for person in employees]
        self._store.run_many("INSERT OR REPLACE INTO team_member VALUES (?, ?)", rows)

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/team-members/search``: everybody, or those of a status."""
        limit = page_limit(body, default=100, most=200)
        filters = (body.get("query") or {}).get("filter") or {}
        asked = ["team", filters]
        after = read_cursor(body.get("cursor"), asked) or [""]
        rows = self._store.all("SELECT id, body FROM team_member WHERE id > ? ORDER BY id LIMIT ?", *after, limit + 1)
        members = [json.loads(row["body"]) for row in rows[:limit]]
        if filters.get("status"):
            members = [member for member in members if member["status"] == filters["status"]]
        reply: dict[str, Any] = {"team_members": members}
        if len(rows) > limit:
            reply["cursor"] = write_cursor(asked, [rows[limit - 1]["id"]])
        return reply

    def member(self, member_id: str) -> dict[str, Any]:
        """``GET /v2/team-members/{id}``."""
        found = self._store.one("SELECT body FROM team_member WHERE id = ?", member_id)
        if found is None:
            raise not_found(f"Team member {member_id}")
        return {"team_member": json.loads(found["body"])}

    def jobs(self) -> dict[str, Any]:
        """``GET /v2/team-members/jobs``: every job somebody has."""
        found = [json.loads(row["body"]) for row in self._store.all("SELECT body FROM team_member ORDER BY id")]
        held = [job for member in found for job in member["wage_setting"]["job_assignments"]]
        titles = {job["job_id"]: job["job_title"] for job in held}
        return {"jobs": [{"id": identity, "title": title, "version": 1} for identity, title in titles.items()]}

    def timecard(self, card_id: str) -> dict[str, Any]:
        """``GET /v2/labor/timecards/{id}``."""
        found = self._store.one("SELECT body FROM timecard WHERE id = ?", card_id)
        if found is None:
            raise not_found(f"Timecard {card_id}")
        return {"timecard": json.loads(found["body"])}

    def timecards(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/labor/timecards/search`` by location, beginning and status."""
        limit = page_limit(body, default=200, most=200)
        filters = (body.get("query") or {}).get("filter") or {}
        start = filters.get("start") or {}
        asked = ["timecards", filters]
        after = read_cursor(body.get("cursor"), asked) or ["", ""]
        rows = self._store.all(
            "SELECT id, location_id, status, start_at, body FROM timecard WHERE (start_at, id) > (?, ?) "
            "AND start_at >= ? AND start_at <= ? ORDER BY start_at, id LIMIT ?",
            *after,
            start.get("start_at") or "",
            start.get("end_at") or "9999",
            limit + 1,
        )
        places, status = filters.get("location_ids"), filters.get("status")
        kept = [
            json.loads(row["body"])
            for row in rows[:limit]
            if (not places or row["location_id"] in places) and (not status or row["status"] == status)
        ]
        reply: dict[str, Any] = {"timecards": kept}
        if len(rows) > limit:
            reply["cursor"] = write_cursor(asked, [rows[limit - 1]["start_at"], rows[limit - 1]["id"]])
        return reply

    def clock_in(self, employee_id: str, location: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Open a timecard now.

        Raises:
            PosError: 404 no such person, 409 already clocked in, 400 at a place they are not assigned to.
        """
        if not employee_id:
            raise missing("employee_id")
        found = self._store.one("SELECT body FROM team_member WHERE id = ?", employee_id)
        if found is None:
            raise PosError(404, "NOT_FOUND", f"There is no team member {employee_id}.", "employee_id")
        member = json.loads(found["body"])
        places = member["assigned_locations"].get("location_ids") or [location["id"]]
        if location["id"] not in places:
            raise PosError(
                400,
                "INVALID_VALUE",
                f"{employee_id} works at {', '.join(places)}, not at {location['id']}.",
                "store_id",
            )
        if self._store.one("SELECT 1 FROM timecard WHERE team_member_id = ? AND status = 'OPEN'", employee_id):
            raise PosError(409, "CONFLICT", f"{employee_id} is clocked in already.", "employee_id")
        job = member["wage_setting"]["job_assignments"][0]
        card = {
            "id": uuid.uuid4().hex[:16].upper(),
            "location_id": location["id"],
            "timezone": location["timezone"],
            "start_at": stamp(at),
            "status": "OPEN",
            "version": 1,
            "created_at": stamp(at),
            "updated_at": stamp(at),
            "team_member_id": employee_id,
            "wage": {"title": job["job_title"], "hourly_rate": job["hourly_rate"], "job_id": job["job_id"]},
        }
        self._keep(card)
        return card

    def clock_out(self, employee_id: str, at: datetime) -> dict[str, Any]:
        """Close somebody's open timecard now.

        Raises:
            PosError: 409 they are not clocked in.
        """
        if not employee_id:
            raise missing("employee_id")
        found = self._store.one("SELECT body FROM timecard WHERE team_member_id = ? AND status = 'OPEN'", employee_id)
        if found is None:
            raise PosError(409, "CONFLICT", f"{employee_id} is not clocked in.", "employee_id")
        card: dict[str, Any] = json.loads(found["body"])
        card |= {"end_at": stamp(at), "status": "CLOSED", "version": card["version"] + 1, "updated_at": stamp(at)}
        self._keep(card)
        return card

    def strike(self, card_id: str) -> dict[str, Any]:
        """Delete a timecard; as it was.

        Raises:
            PosError: 404 there is none.
        """
        if not card_id:
            raise missing("timecard_id")
        card: dict[str, Any] = self.timecard(card_id)["timecard"]
        self._store.run("DELETE FROM timecard WHERE id = ?", card_id)
        return card

    def _keep(self, card: Mapping[str, Any]) -> None:
        self._store.run(
            "INSERT OR REPLACE INTO timecard VALUES (?, ?, ?, ?, ?, ?)",
            card["id"],
            card["team_member_id"],
            card["location_id"],
            card["status"],
            card["start_at"],
            dump(card),
        )


def _member(person: FeedEmployee, currency: str, at: str) -> dict[str, Any]:
    given, _, family = person.name.partition(" ")
    return {
        "id": person.employee_id,
        "is_owner": False,
        "status": "ACTIVE",
        "given_name": given,
        "family_name": family,
        "created_at": at,
        "updated_at": at,
        "assigned_locations": {"assignment_type": "EXPLICIT_LOCATIONS", "location_ids": [person.store_id]},
        "wage_setting": {
            "team_member_id": person.employee_id,
            "job_assignments": [
                {
                    "job_title": person.role,
                    "job_id": f"J-{person.role}",
                    "pay_type": "HOURLY",
                    "hourly_rate": {"amount": person.hourly_minor, "currency": currency},
                }
            ],
        },
    }
