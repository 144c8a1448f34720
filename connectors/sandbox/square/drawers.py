"""Cash drawers: a shift opens with a float, things happen to the cash, and it is counted at the end."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.paging import one_page
from connectors.sandbox.square.store import PosStore, stamp
from connectors.sandbox.standin.feed import Clock

_SHIFT, _EVENT = "drawer_shift", "drawer_event"
_MOVES = {"PAID_IN": 1, "PAID_OUT": -1, "CASH_TENDER_PAYMENT": 1, "CASH_TENDER_REFUND": -1}
EVENT_TYPES = (*_MOVES, "NO_SALE", "CASH_TENDER_CANCELLED_PAYMENT", "OTHER_TENDER_PAYMENT", "OTHER_TENDER_REFUND")
_SUMMARY = (
    "id",
    "state",
    "opened_at",
    "ended_at",
    "closed_at",
    "description",
    "opened_cash_money",
    "expected_cash_money",
    "closed_cash_money",
    "created_at",
    "updated_at",
    "location_id",
)


class Drawers:
    """Reads and writes cash drawer shifts in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock, currency: str) -> None:
        self._store = store
        self._clock = clock
        self._currency = currency

    def open(self, location_id: str, float_minor: int, employee_id: str, device_id: str = "R1") -> str:
        """Somebody opens a drawer with ``float_minor`` in it; its id."""
        at = stamp(self._clock.now())
        cash = {"amount": float_minor, "currency": self._currency}
        shift = {
            "id": uuid.uuid4().hex[:16].upper(),
            "state": "OPEN",
            "opened_at": at,
            "opened_cash_money": cash,
            "expected_cash_money": cash,
            "device": {"id": device_id, "name": f"Till {device_id}"},
            "created_at": at,
            "updated_at": at,
            "location_id": location_id,
            "team_member_ids": [employee_id],
            "opening_team_member_id": employee_id,
        }
        self._store.keep(_SHIFT, shift, at)
        return str(shift["id"])

    def happen(self, shift_id: str, event_type: str, amount_minor: int, employee_id: str, description: str = "") -> str:
        """Something happens to the cash of an open drawer; the event's id."""
        if event_type not in EVENT_TYPES:
            raise invalid("event_type", f"Must be one of {', '.join(EVENT_TYPES)}.")
        shift = self._open(shift_id)
        at = stamp(self._clock.now())
        expected = shift["expected_cash_money"]["amount"] + _MOVES.get(event_type, 0) * amount_minor
        event = {
            "id": uuid.uuid4().hex[:16].upper(),
            "event_type": event_type,
            "event_money": {"amount": amount_minor, "currency": self._currency},
            "created_at": at,
            "description": description,
            "team_member_id": employee_id,
        }
        with self._store.transaction():
            self._store.keep(_EVENT, {**event, "shift_id": shift_id}, at)
            changed = {"expected_cash_money": {"amount": expected, "currency": self._currency}, "updated_at": at}
            self._store.keep(_SHIFT, {**shift, **changed}, shift["opened_at"])
        return str(event["id"])

    def close(self, shift_id: str, counted_minor: int, employee_id: str) -> None:
        """Somebody counts the drawer and closes it."""
        shift, at = self._open(shift_id), stamp(self._clock.now())
        ended = {
            "state": "CLOSED",
            "ended_at": at,
            "closed_at": at,
            "updated_at": at,
            "closed_cash_money": {"amount": counted_minor, "currency": self._currency},
            "ending_team_member_id": employee_id,
            "closing_team_member_id": employee_id,
        }
        self._store.keep(_SHIFT, {**shift, **ended}, shift["opened_at"])

    def listing(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/cash-drawers/shifts`` of a location, by when they were opened."""
        place = _place(params)
        begin, end = params.get("begin_time") or "", params.get("end_time") or "9999"
        newest = params.get("sort_order") == "DESC"
        found = [
            {name: shift[name] for name in _SUMMARY if name in shift}
            for shift in self._store.documents(_SHIFT, newest_first=newest)
            if shift["location_id"] == place and begin <= shift["opened_at"] < end
        ]
        return one_page("cash_drawer_shifts", found, params, default=200, most=1000)

    def retrieve(self, shift_id: str, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/cash-drawers/shifts/{id}``."""
        return {"cash_drawer_shift": self._known(shift_id, _place(params))}

    def events(self, shift_id: str, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/cash-drawers/shifts/{id}/events``."""
        self._known(shift_id, _place(params))
        found = [
            {name: value for name, value in event.items() if name != "shift_id"}
            for event in self._store.documents(_EVENT)
            if event["shift_id"] == shift_id
        ]
        return one_page("cash_drawer_shift_events", found, params, default=200, most=1000)

    def _known(self, shift_id: str, location_id: str | None = None) -> dict[str, Any]:
        found = self._store.document(_SHIFT, shift_id)
        if found is None or location_id not in (None, found["location_id"]):
            raise not_found(f"Cash drawer shift {shift_id}")
        return found

    def _open(self, shift_id: str) -> dict[str, Any]:
        shift = self._known(shift_id)
        if shift["state"] != "OPEN":
            raise PosError(409, "CONFLICT", "This drawer is closed.", "shift_id")
        return shift


def _place(params: Mapping[str, str]) -> str:
    if not params.get("location_id"):
        raise missing("location_id")
    return params["location_id"]
