"""A shift for one person: first a draft, and published by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from agent.proposals.facts import Facts, Value
from agent.proposals.payload import Payload, Risk
from connectors.base import ActionKind


class _Shift(Payload):
    """Instants are UTC; ``time_zone`` is the store's, for showing them."""

    noun: ClassVar[str] = "shift"

    employee_id: str
    employee_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str

    def when(self) -> str:
        """``Sat 28 Nov 2026, 09:00 to 17:30``."""
        start, end = (at.astimezone(ZoneInfo(self.time_zone)) for at in (self.starts_at, self.ends_at))
        last = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %d %b, %H:%M}"
        return f"{start:%a %d %b %Y, %H:%M} to {last}"

    def pointless_after(self) -> datetime | None:
        """The beginning of the shift."""
        return self.starts_at


class ShiftDraft(_Shift):
    """A new shift that only planners see."""

    action_kind: ClassVar[ActionKind] = ActionKind.SHIFT_DRAFT
    risk: ClassVar[Risk] = Risk.LOW

    kind: Literal["shift_draft"] = "shift_draft"
    employee_external_id: str
    role: str = ""

    def target_key(self) -> str:
        """One person's shift that begins then."""
        return f"{self.kind}:{self.connection}:{self.store_id}:{self.employee_id}:{self.starts_at.isoformat()}"

    def target(self) -> dict[str, Any]:
        """Store and person."""
        return {"store_external_id": self.store_external_id, "employee_external_id": self.employee_external_id}

    def change(self) -> dict[str, Any]:
        """From when to when, and as what."""
        role = {"role": self.role} if self.role else {}
        note = {"note": self.reason} if self.reason else {}
        return {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat(), **role, **note}

    def facts(self) -> Facts:
        """Who and when."""
        return Facts(
            title="Draft shift",
            subject=self.employee_name,
            values=(Value("Shift", "", self.when()),),
            notes=(f"Role: {self.role}",) if self.role else (),
            consequence="Approving adds a draft shift; the person does not see it until it is published.",
            verb="Add the draft",
        )

    def done(self) -> str:
        """That the draft is there."""
        return f"Draft shift for {self.employee_name} at {self.store_name} added: {self.when()}. It is not published."


class ShiftPublish(_Shift):
    """A draft shift that its person shall see."""

    action_kind: ClassVar[ActionKind] = ActionKind.SHIFT_PUBLISH
    risk: ClassVar[Risk] = Risk.HIGH

    kind: Literal["shift_publish"] = "shift_publish"
    shift_id: str
    shift_external_id: str

    def target_key(self) -> str:
        """One shift."""
        return f"{self.kind}:{self.connection}:{self.shift_id}"

    def target(self) -> dict[str, Any]:
        """The shift."""
        return {"shift_external_id": self.shift_external_id}

    def change(self) -> dict[str, Any]:
        """Published."""
        return {"status": "published"}

    def expected_before(self) -> dict[str, Any]:
        """A draft."""
        return {"status": "draft"}

    def facts(self) -> Facts:
        """Who and when."""
        return Facts(
            title="Publish a shift",
            subject=self.employee_name,
            values=(Value("Shift", "draft", "published"),),
            notes=(self.when(),),
            consequence="Approving publishes the shift; the person may be told by the point of sale at once.",
            verb="Publish the shift",
        )

    def done(self) -> str:
        """That it is published."""
        return f"Shift of {self.employee_name} at {self.store_name} published: {self.when()}."
