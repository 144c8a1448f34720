"""What is to be done in the stores: the open tasks by type, and the list of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field

from tools.analysis.business_day import day_ends
from tools.context import Role, Scope, ToolContext
from tools.directory import Store
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.wording import counted, moment

TASKS = "tasks"
"""The name of a ``TaskPort`` among a context's extras."""

_SHOWN = 5
_TYPE_WORDS = {
    "general": "General",
    "restock": "Restocking",
    "price_check": "Price check",
    "cleaning": "Cleaning",
    "display": "Display",
    "count": "Count",
}
Who = Literal["everyone", "me", "assigned", "unassigned"]
Due = Literal["any", "today", "overdue"]
Status = Literal["open", "done", "cancelled", "all"]


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a store. ``status`` is open, done or cancelled; instants are UTC."""

    id: str
    store_id: str
    type: str
    title: str
    detail: str
    place: str
    product: str
    assignee_role: str
    assignee_id: str
    assignee_name: str
    due_at: datetime | None
    status: str
    created_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def assigned(self) -> bool:
        """Whether a person or a role has it."""
        return bool(self.assignee_id or self.assignee_role)

    def whose(self) -> str:
        """Whose it is, in words."""
        return self.assignee_name or self.assignee_id or self.assignee_role.replace("_", " ") or "nobody yet"


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the team who may be given a task."""

    user_id: str
    name: str
    role: str


class TaskPort(Protocol):
    """Reading the list of tasks; ``agent.tasks.book.TaskBook`` is one. Closing one is not reachable from here."""

    def tasks(self, store_ids: Sequence[str], status: str = "open") -> Sequence[Task]:
        """The tasks of these stores in that status (``all`` for every), those due first before the others."""
        ...

    def colleagues(self, store_id: str) -> Sequence[Colleague]:
        """Members who have this store, by name."""
        ...


class StoreTasksArguments(Arguments):
    """Arguments of ``store_tasks``."""

    stores: str | None = Field(
        default=None, max_length=300, description="Which stores, in the asker's own words; left out, the channel's."
    )
    who: Who = Field(
        default="everyone",
        description="me: the asker's own list (theirs, their role's, and what nobody has); assigned or unassigned.",
    )
    due: Due = Field(default="any", description="today: due today, overdue, or without a day; overdue: only late ones.")
    type: Literal["general", "restock", "price_check", "cleaning", "display", "count"] | None = Field(
        default=None, description="Only tasks of this type."
    )
    status: Status = Field(default="open", description="open unless the asker wants what was done or cancelled.")
    limit: int | None = Field(default=None, ge=1, le=100, description="Name so many of them, those due first.")


def task_port(context: ToolContext) -> TaskPort:
    """The list of tasks.

    Raises:
        NoDataError: there is none here.
    """
    port: TaskPort | None = context.extras.get(TASKS)
    if port is None:
        raise NoDataError("There is no list of store tasks here.")
    return port


@tool()
def store_tasks(arguments: StoreTasksArguments, context: ToolContext) -> ToolResult:
    """Store tasks: how many are open by type, assigned and unassigned, and which they are.

    Use it for “open store tasks by type with assigned versus unassigned totals”, “what is on my list today” (who: me,
    due: today), “which tasks are overdue at Harbor Point”, “the three most urgent tasks” (limit 3). To create one use
    propose_store_task.
    """
    port = task_port(context)
    chosen = resolve_stores(arguments.stores, context)
    stores = {store.store_id: store for store in chosen.stores}
    now = context.clock.now()
    found = [
        task
        for task in port.tasks(list(stores), arguments.status)
        if _is_wanted(task, arguments, context.scope) and _is_due(task, arguments.due, stores[task.store_id], now)
    ]
    headline = _headline(found, arguments, chosen, now)
    own_list = (
        arguments.who == "me" or arguments.due != "any" or arguments.type is not None or arguments.limit is not None
    )
    shown = found if arguments.limit is None else found[: arguments.limit]
    more = (
        ()
        if arguments.limit is None or not found
        else ("In the order in which they are due; those without a day last.",)
    )
    snapshot = context.mirror.snapshot()
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(shown, stores, arguments.limit or _SHOWN)]),
        table=None if not found else _list(shown, stores) if own_list else _totals(found, now),
        caveats=("Tasks are those of floorwalker’s own list, as it is at this moment.", *more),
        follow_ups=() if arguments.who == "me" else ("What is on my list today?",),
        provenance=Provenance(stores=tuple(sorted(stores)), snapshot=snapshot.version, as_of=now),
    )


def _is_wanted(task: Task, arguments: StoreTasksArguments, scope: Scope) -> bool:
    if arguments.type is not None and task.type != arguments.type:
        return False
    match arguments.who:
        case "me":
            return task.assignee_id == scope.user_id or (not task.assignee_id and _for_role(task, scope.role))
        case "assigned":
            return task.assigned
        case "unassigned":
            return not task.assigned
    return True


def _for_role(task: Task, role: Role) -> bool:
    return task.assignee_role in ("", role.value)


def _is_due(task: Task, due: Due, store: Store, now: datetime) -> bool:
    if due == "any":
        return True
    if due == "overdue":
        return task.due_at is not None and task.due_at < now
    end = day_ends(store.today(now), store.timezone, store.day_starts_at)
    return task.due_at is None or task.due_at <= end


def _headline(found: Sequence[Task], arguments: StoreTasksArguments, chosen: StoreSet, now: datetime) -> str:
    word = "" if arguments.status == "all" else f"{arguments.status} "
    kind = f"{_TYPE_WORDS[arguments.type].lower()} " if arguments.type else ""
    whose = {"me": "on your list", "assigned": "that somebody has", "unassigned": "that nobody has"}
    scope = f" {whose[arguments.who]}" if arguments.who in whose else ""
    due = {"today": " for today", "overdue": " that are overdue"}.get(arguments.due, "")
    head = f"{counted(len(found), f'{word}{kind}task')}{scope}{due}, {chosen.label}"
    if not found:
        return f"No {word}{kind}tasks{scope}{due}, {chosen.label}."
    if arguments.who != "everyone":
        return f"{head}."
    assigned = sum(task.assigned for task in found)
    late = sum(_is_late(task, now) for task in found)
    overdue = f", {late} overdue" if late and arguments.due != "overdue" else ""
    return f"{head}: {assigned} assigned, {len(found) - assigned} unassigned{overdue}."


def _is_late(task: Task, now: datetime) -> bool:
    return task.status == "open" and task.due_at is not None and task.due_at < now


def _sentences(found: Sequence[Task], stores: dict[str, Store], most: int) -> list[str]:
    return [
        f"{task.title}{f' ({task.place})' if task.place else ''}, {_due(task, stores[task.store_id])}, {task.whose()}."
        for task in found[:most]
    ]


def _due(task: Task, store: Store) -> str:
    return f"due {moment(task.due_at, store.timezone)}" if task.due_at else "no day set"


def _totals(found: Sequence[Task], now: datetime) -> Table:
    """By type: all, assigned, unassigned, overdue."""
    columns = ("Tasks", "Assigned", "Unassigned", "Overdue")
    rows = []
    for kind, word in _TYPE_WORDS.items():
        ours = [task for task in found if task.type == kind]
        if ours:
            rows.append((word, *_counts(ours, now)))
    if len(rows) > 1:
        rows.append(("All", *_counts(found, now)))
    return Table((TableColumn("Type", "text"), *(TableColumn(name, "count") for name in columns)), rows)


def _counts(tasks: Sequence[Task], now: datetime) -> tuple[int, int, int, int]:
    assigned = sum(task.assigned for task in tasks)
    late = sum(_is_late(task, now) for task in tasks)
    return len(tasks), assigned, len(tasks) - assigned, late


def _list(found: Sequence[Task], stores: dict[str, Store]) -> Table:
    columns = ("Task", "Type", "Where", "Store", "Due", "For", "Status")
    rows = [
        (
            task.title,
            _TYPE_WORDS.get(task.type, task.type),
            task.place or task.product,
            stores[task.store_id].name,
            moment(task.due_at, stores[task.store_id].timezone) if task.due_at else "",
            task.whose(),
            task.status,
        )
        for task in found
    ]
    return Table(tuple(TableColumn(name, "text") for name in columns), rows)
