"""Published shifts held against time cards: who came late, who not at all, and of whom it cannot be told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tools.result import Figure, Table, TableColumn
from tools.stores import StoreSet
from tools.team.days import Days
from tools.team.people import Card, Shift, clock
from tools.wording import counted

_NAMED = 12


@dataclass(frozen=True, slots=True)
class Late:
    """The shifts of a question by what the time cards say of them.

    ``late`` has the instant of clocking in beside; ``missing`` began without anybody clocking in; ``unknown`` began
    after the last instant that time cards are known for.
    """

    late: Sequence[tuple[Shift, datetime]]
    missing: Sequence[Shift]
    on_time: Sequence[Shift]
    unknown: Sequence[Shift]


def lateness(shifts: Sequence[Shift], cards: Sequence[Card], known_to: datetime, grace: timedelta) -> Late:
    """Sort shifts by the time cards of the same person at the same store.

    A card that is open when the shift begins is in time; else the first one opened during the shift counts.
    """
    late: list[tuple[Shift, datetime]] = []
    missing, on_time, unknown = [], [], []
    for shift in shifts:
        own = [one for one in cards if (one.employee_id, one.store_id) == (shift.employee_id, shift.store_id)]
        came = _came(shift, own)
        if shift.starts_at > known_to:
            unknown.append(shift)
        elif came is not None and came <= shift.starts_at + grace:
            on_time.append(shift)
        elif came is not None:
            late.append((shift, came))
        elif shift.starts_at + grace >= known_to:
            unknown.append(shift)
        else:
            missing.append(shift)
    return Late(late, missing, on_time, unknown)


def _came(shift: Shift, own: Sequence[Card]) -> datetime | None:
    """When somebody was there for the shift; None where no card tells of it."""
    start, end = shift.starts_at, shift.ends_at or shift.starts_at + timedelta(hours=12)
    if any(one.clock_in_at <= start and (one.clock_out_at is None or one.clock_out_at > start)
           and start - one.clock_in_at < timedelta(hours=24) for one in own):  # fmt: skip
        return start
    return min((one.clock_in_at for one in own if start < one.clock_in_at < end), default=None)


def late_lines(found: Late, stores: StoreSet, days: Days, grace: int) -> list[str]:
    """The headline, then who was late and who did not clock in, store by store."""
    judged = len(found.late) + len(found.missing) + len(found.on_time)
    where, when = stores.label, days.when
    if not judged and not found.unknown:
        return [f"No published shift has begun at {where} {when}, so nobody could be late."]
    if not judged:
        untold = f"Whether anybody was late at {where} {when} cannot be told"
        return [f"{untold}: the shifts began after the last instant that time cards are known for."]
    late, missing = len(found.late), len(found.missing)
    headline = (
        f"{counted(late, 'late clock-in') if late else 'Nobody clocked in late'} at {where} {when}, later than {grace}"
        f" minutes after the shift began, of {counted(judged, 'published shift')}"
        f"; {missing or 'none'} without any clock-in."
    )
    said = [headline]
    if late:
        parts = [
            f"{shift.name} ({stores.name(shift.store_id)}) at {clock(came, stores.by_id[shift.store_id])} for"
            f" {_begins(shift, stores, days)}, {_minutes(shift, came)} minutes"
            for shift, came in found.late[:_NAMED]
        ]
        said.append(f"{'; '.join(parts)}.")
    if missing:
        names = [
            f"{shift.name} ({stores.name(shift.store_id)}, {_begins(shift, stores, days)})"
            for shift in found.missing[:_NAMED]
        ]
        said.append(f"No clock-in: {'; '.join(names)}; that may be an absence, a swap or a card not written.")
    if found.unknown:
        said.append(
            f"{counted(len(found.unknown), 'shift')} began after the last instant that time cards are known for, or has"
            " not begun."
        )
    return said


def _begins(shift: Shift, stores: StoreSet, days: Days) -> str:
    """``18:00``, and of several days on which: ``18:00 on Tue 17 Nov``."""
    store = stores.by_id[shift.store_id]
    local = shift.starts_at.astimezone(ZoneInfo(store.timezone))
    return f"{local:%H:%M}{'' if days.one_day else f' on {local:%a} {local.day} {local:%b}'}"


def _minutes(shift: Shift, came: datetime) -> int:
    return int((came - shift.starts_at).total_seconds() // 60)


def late_table(found: Late, stores: StoreSet) -> Table:
    """One row for each shift that began late or without its person."""
    columns = (
        TableColumn("Store", "text"), TableColumn("Name", "text"), TableColumn("Shift", "text"),
        TableColumn("Clocked in", "text"), TableColumn("Minutes late", "count"),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for shift, came in found.late:
        store = stores.by_id[shift.store_id]
        begins = f"{shift.starts_at.astimezone(ZoneInfo(store.timezone)):%d %b} {clock(shift.starts_at, store)}"
        rows.append((store.name, shift.name, begins, clock(came, store), _minutes(shift, came)))
    for shift in found.missing:
        store = stores.by_id[shift.store_id]
        rows.append(
            (
                store.name,
                shift.name,
                f"{shift.starts_at.astimezone(ZoneInfo(store.timezone)):%d %b} {clock(shift.starts_at, store)}",
                "none",
                None,
            )
        )
    return Table(columns, rows)


def late_figures(found: Late, stores: StoreSet, days: Days) -> list[Figure]:
    """How many shifts began late, without anybody, and in time."""
    span = (days.start_on, days.end_on)
    return [
        Figure(name, str(len(shifts)), "count", stores.ids, *span)
        for name, shifts in (
            ("late_clock_ins", found.late), ("missing_clock_ins", found.missing), ("clock_ins_on_time", found.on_time),
        )
    ]  # fmt: skip
