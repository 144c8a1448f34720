"""Something for people to do in a store: an entry in our own list of tasks, no write to a point of sale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from agent.proposals.facts import Facts, Value, named
from agent.proposals.payload import Payload, Risk, sha256_of
from connectors.base import ActionKind

OWN_TASKS = "own:tasks"
"""The connection that tasks are written through; no POS account can have a name with a colon."""

TASK_DONE = "task_done"
TASK_REOPENED = "task_reopened"
"""Audit events of the proposal that made a task; its cards are rewritten by them."""

TaskType = Literal["general", "restock", "price_check", "cleaning", "display"]
ROLE_WORDS = {
    "owner": "the owner",
    "district_manager": "the district manager",
    "store_manager": "the store manager",
    "staff": "the staff",
}


class _Task(Payload):
    """``due_at`` is UTC, ``time_zone`` the store's. With ``task_id`` that task is cancelled instead of a new one made.

    ``assignee_id`` is a member; without one it is for everybody of ``assignee_role``, without both for anybody there.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.STORE_TASK
    risk: ClassVar[Risk] = Risk.LOW
    noun: ClassVar[str] = "task"
    far_end: ClassVar[str] = "list of tasks"

    type: str
    title: str
    detail: str = ""
    place: str = ""
    variant_id: str = ""
    product: str = ""
    sku: str = ""
    assignee_role: str = ""
    assignee_id: str = ""
    assignee_name: str = ""
    due_at: datetime | None = None
    time_zone: str
    task_id: str = ""

    def target_key(self) -> str:
        """The same thing to be done at the same place, or the task that is cancelled."""
        if self.task_id:
            return f"task:{self.task_id}"
        about = sha256_of([self.title.casefold(), self.place.casefold(), self.variant_id])[:16]
        return f"{self.kind}:{self.store_id}:{about}"

    def target(self) -> dict[str, Any]:
        """The store, and the task that is there already."""
        return {"store_id": self.store_id, **({"task_id": self.task_id} if self.task_id else {})}

    def change(self) -> dict[str, Any]:
        """The task as it shall stand in the list."""
        if self.task_id:
            return {"status": "cancelled"}
        words = {
            "detail": self.detail,
            "place": self.place,
            "product": {"variant_id": self.variant_id, "name": named(self.product, self.sku)}
            if self.variant_id
            else "",
            "assignee": {"role": self.assignee_role, "id": self.assignee_id, "name": self.assignee_name}
            if self.assignee_role or self.assignee_id
            else "",
            "due_at": self.due_at.isoformat() if self.due_at else "",
        }
        given = {name: value for name, value in words.items() if value}
        return {"status": "open", "type": self.type, "title": self.title, **given}

    def expected_before(self) -> dict[str, Any]:
        """A task that is cancelled must be open still."""
        return {"status": "open"} if self.task_id else {}

    def pointless_after(self) -> datetime | None:
        """When it should have been done."""
        return None if self.task_id else self.due_at

    def inverse(self, *, reason: str, reference: str) -> Self | None:
        """Cancelling it; a cancelled one is not made again."""
        if self.task_id or not reference:
            return None
        return self.model_copy(update={"task_id": reference, "reason": reason})

    def assigned(self) -> str:
        """Whose it is, in words."""
        if self.assignee_id:
            return self.assignee_name or self.assignee_id
        return ROLE_WORDS.get(self.assignee_role, self.assignee_role) or "anybody at the store"

    def due(self) -> str:
        """``Thu 26 Nov 2026, 21:00`` by the clock of the store; empty without an end."""
        return f"{self.due_at.astimezone(ZoneInfo(self.time_zone)):%a %d %b %Y, %H:%M}" if self.due_at else ""

    def facts(self) -> Facts:
        """What is to be done, where, by whom and when."""
        if self.task_id:
            return Facts(
                title="Cancel a task",
                subject=self.title,
                values=(Value("Task", "open", "cancelled"),),
                consequence="Approving takes the task off the list.",
                verb="Cancel the task",
            )
        notes = (
            f"For {self.assigned()}",
            f"Due {self.due()}" if self.due_at else "No day set",
            f"Where: {self.place}" if self.place else "",
            f"Product: {named(self.product, self.sku)}" if self.variant_id else "",
            self.detail,
        )
        return Facts(
            title=self._title(),
            subject=self.title,
            notes=tuple(note for note in notes if note),
            consequence="Approving puts the task on the store’s list; nothing changes at the point of sale.",
            verb="Add the task",
        )

    def done(self) -> str:
        """That it is on the list, or off it."""
        if self.task_id:
            return f"Task “{self.title}” at {self.store_name} cancelled."
        due = f", due {self.due()}" if self.due_at else ""
        return f"Task “{self.title}” is on the list of {self.store_name}, for {self.assigned()}{due}."

    def look_up(self) -> str:
        """Where to look."""
        return f"Please look for “{self.title}” on the list of {self.store_name}."

    def moved(self, live: Mapping[str, Any]) -> str:
        """What became of the task meanwhile."""
        now = live.get("status", "")
        return f"Nothing was changed: the task “{self.title}” is {f'{now} already' if now else 'no longer there'}."

    def _title(self) -> str:
        return "Store task"


class StoreTask(_Task):
    """Anything that is to be done in a store."""

    kind: Literal["store_task"] = "store_task"
    type: TaskType = "general"


class CountTask(_Task):
    """People shall count what is there of a product or a place; what they find is entered by a stock count."""

    kind: Literal["count_task"] = "count_task"
    type: Literal["count"] = "count"

    def _title(self) -> str:
        return "Count task"


def is_new_task(payload: Payload) -> bool:
    """Whether it put a task on the list, rather than taking one off."""
    return isinstance(payload, _Task) and not payload.task_id
