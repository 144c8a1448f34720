"""What is to be done in the stores: the open tasks by type, and the list of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from pydantic import Field

from tools.amounts import percent_text
from tools.analysis.business_day import day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.outlook import coming_span
from tools.calendars import WEEK_START, period_of
from tools.context import Role, Scope, ToolContext
from tools.directory import Store
from tools.errors import NoDataError
from tools.registry import Arguments, tool
from tools.result import Provenance, Table, TableColumn, ToolResult
from tools.stores import StoreSet, resolve_stores
from tools.wording import counted, moment, span

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
By = Literal["type", "store", "assignee"]
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

    def late(self, now: datetime) -> bool:
        """Whether it is open after the instant by which it was due."""
        return self.status == "open" and self.due_at is not None and self.due_at < now

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
    by: By | None = Field(default=None, description="Counted for each type, store or assignee, most tasks first.")
    period: str | None = Field(
        default=None,
        max_length=120,
        description="Done or cancelled then; with status open or all, due then. In the asker's own words.",
    )
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
    """Store tasks: how many are open by type, store or assignee, which they are, and what share was completed.

    Use it for “task completion rate” and “share of tasks done on time” (status all), “overdue tasks by assignee”,
    “open store tasks by type with assigned versus unassigned totals”, “what is on my list today” (who: me,
    due: today), “which tasks are overdue at Harbor Point”, “the three most urgent tasks” (limit 3). To create one use
    propose_store_task.
    """
    port = task_port(context)
    chosen = resolve_stores(arguments.stores, context)
    stores = {store.store_id: store for store in chosen.stores}
    now = context.clock.now()
    days = _days(arguments.period, chosen.stores[0], now)
    found = [
        task
        for task in port.tasks(list(stores), arguments.status)
        if _is_wanted(task, arguments, context.scope)
        and _is_due(task, arguments.due, stores[task.store_id], now)
        and (days is None or _is_of(task, days, arguments.status, stores[task.store_id]))
    ]
    headline = _headline(found, arguments, chosen, now, days.said if days else "")
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
        text=" ".join(
            [
                headline,
                *(
                    _counted_by(found, arguments.by, stores, completed=arguments.status == "all")
                    if arguments.by
                    else ()
                ),
                *(() if arguments.status == "all" else _sentences(shown, stores, arguments.limit or _SHOWN)),
            ]
        ),
        table=_table(found, shown, arguments, stores, now, own_list=own_list) if found else None,
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


@dataclass(frozen=True, slots=True)
class _Days:
    """The first and the last day asked about, and how to speak of them."""

    start_on: date
    end_on: date
    said: str


def _days(phrase: str | None, store: Store, now: datetime) -> _Days | None:
    """The days of a phrase by the store's clock; those to come are days on which tasks are due."""
    if phrase is None:
        return None
    try:
        coming = coming_span(phrase, today=store.today(now), week_start=WEEK_START)
        return _Days(coming.begun_on, coming.end_on, f" {coming.label} ({span(coming.begun_on, coming.end_on)})")
    except PeriodError:
        found = period_of(store, now, phrase)
        return _Days(found.start_on, found.end_on, f" {found.label} ({span(found.start_on, found.end_on)})")


def _is_of(task: Task, days: _Days, status: Status, store: Store) -> bool:
    """Whether a task was closed in the days, or was due in them where it may be open."""
    instant = task.closed_at if status in ("done", "cancelled") else task.due_at
    return instant is not None and days.start_on <= store.today(instant) <= days.end_on


def _headline(found: Sequence[Task], arguments: StoreTasksArguments, chosen: StoreSet, now: datetime, when: str) -> str:
    word = "" if arguments.status == "all" else f"{arguments.status} "
    kind = f"{_TYPE_WORDS[arguments.type].lower()} " if arguments.type else ""
    whose = {"me": "on your list", "assigned": "that somebody has", "unassigned": "that nobody has"}
    scope = f" {whose[arguments.who]}" if arguments.who in whose else ""
    due = {"today": " for today", "overdue": " that are overdue"}.get(arguments.due, "")
    due += f" due{when}" if when and arguments.status in ("open", "all") else when
    head = f"{counted(len(found), f'{word}{kind}task')}{scope}{due}, {chosen.label}"
    if not found:
        rate = "; there is nothing of which a share could be completed" if arguments.status == "all" else ""
        return f"No {word}{kind}tasks{scope}{due}, {chosen.label}{rate}."
    if arguments.status == "all":
        return f"{head}: {_how_completed(found)}"
    if arguments.who != "everyone":
        return f"{head}."
    assigned = sum(task.assigned for task in found)
    late = sum(task.late(now) for task in found)
    overdue = f", {late} overdue" if late and arguments.due != "overdue" else ""
    return f"{head}: {assigned} assigned, {len(found) - assigned} unassigned{overdue}."


def _sentences(found: Sequence[Task], stores: dict[str, Store], most: int) -> list[str]:
    return [
        f"{task.title}{f' ({task.place})' if task.place else ''}, {_due(task, stores[task.store_id])}, {task.whose()}."
        for task in found[:most]
    ]


def _due(task: Task, store: Store) -> str:
    return f"due {moment(task.due_at, store.timezone)}" if task.due_at else "no day set"


def _table(
    found: Sequence[Task], shown: Sequence[Task], arguments: StoreTasksArguments, stores: Mapping[str, Store],
    now: datetime, *, own_list: bool,
) -> Table:  # fmt: skip
    """The tasks one by one where they are one person's, late or of one type; else how many there are of each group."""
    if own_list and arguments.by is None and arguments.status != "all":
        return _list(shown, stores)
    return _totals(found, arguments.by or "type", stores, now, completed=arguments.status == "all")


def _totals(found: Sequence[Task], by: By, stores: Mapping[str, Store], now: datetime, *, completed: bool) -> Table:
    """How many tasks each group has: assigned, unassigned, overdue; of all states what was completed, and in time."""
    groups = _groups(found, by, stores, completed=completed)
    cells = _completed_cells if completed else _open_cells
    names = ("Tasks", "Open", "Overdue", "Done", "Done in time", "Cancelled") if completed else (
        "Tasks", "Assigned", "Unassigned", "Overdue"
    )  # fmt: skip
    rows = [(name, *cells(tasks, now)) for name, tasks in groups.items()]
    if len(rows) > 1:
        rows.append(("All", *cells(found, now)))
    shares = (TableColumn("Completed", "%"),) if completed else ()
    return Table((TableColumn(by.capitalize(), "text"), *(TableColumn(name, "count") for name in names), *shares), rows)


def _groups(found: Sequence[Task], by: By, stores: Mapping[str, Store], *, completed: bool) -> Mapping[str, list[Task]]:
    """Tasks by type in the usual order of types, by store or by whose they are, the group with most tasks first.

    With ``completed`` the group of which most was completed stands first.
    """
    made: dict[str, list[Task]] = {}
    if by == "type":
        ours = {word: [task for task in found if task.type == kind] for kind, word in _TYPE_WORDS.items()}
        made = {word: tasks for word, tasks in ours.items() if tasks}
    else:
        for task in found:
            made.setdefault(stores[task.store_id].name if by == "store" else task.whose(), []).append(task)
        made = dict(sorted(made.items(), key=lambda one: (-len(one[1]), one[0])))
    if completed:
        made = dict(sorted(made.items(), key=lambda one: -Decimal(_completion(one[1]) or -1)))
    return made


def _counted_by(found: Sequence[Task], by: By, stores: Mapping[str, Store], *, completed: bool) -> list[str]:
    """One sentence with the groups that have most tasks."""
    groups = _groups(found, by, stores, completed=completed)
    if not groups:
        return []
    rates = {name: _completion(tasks) if completed else None for name, tasks in groups.items()}
    said = [
        f"{name} {len(tasks)}{f' ({rates[name]} % completed)' if rates[name] else ''}" for name, tasks in groups.items()
    ]
    more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return [f"By {by}: {'; '.join(said[:_SHOWN])}{more}."]


def _open_cells(tasks: Sequence[Task], now: datetime) -> tuple[int, ...]:
    assigned = sum(task.assigned for task in tasks)
    return len(tasks), assigned, len(tasks) - assigned, sum(task.late(now) for task in tasks)


def _completed_cells(tasks: Sequence[Task], now: datetime) -> tuple[int | str | None, ...]:
    states = [sum(task.status == state for task in tasks) for state in ("open", "done", "cancelled")]
    late = sum(task.late(now) for task in tasks)
    return len(tasks), states[0], late, states[1], len(_in_time(tasks)), states[2], _completion(tasks)


def _completion(tasks: Sequence[Task]) -> str | None:
    """The share of tasks that were done, of those not cancelled, in per cent; None where there are none."""
    done = sum(task.status == "done" for task in tasks)
    return percent_text(done, sum(task.status != "cancelled" for task in tasks))


def _in_time(tasks: Sequence[Task]) -> list[Task]:
    return [
        task for task in tasks
        if task.status == "done" and task.due_at is not None and task.closed_at is not None
        and task.closed_at <= task.due_at
    ]  # fmt: skip


def _how_completed(tasks: Sequence[Task]) -> str:
    """What share was completed, and how many of those with a day in time."""
    done = [task for task in tasks if task.status == "done"]
    dated = [task for task in done if task.due_at is not None]
    cancelled = sum(task.status == "cancelled" for task in tasks)
    rate = _completion(tasks)
    share = f"{rate} % completed" if rate is not None else "none to complete"
    in_time = f", {len(_in_time(tasks))} in time of {len(dated)} with a day" if dated else ""
    left = f", {cancelled} cancelled and not counted in that" if cancelled else ""
    return f"{share} ({len(done)} done{in_time}; {len(tasks) - len(done) - cancelled} open{left})."


def _list(found: Sequence[Task], stores: Mapping[str, Store]) -> Table:
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
