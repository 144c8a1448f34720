"""Proposing draft shifts, and publishing them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field

from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import ShiftDraft, ShiftPublishDraft
from tools.errors import BadArgumentError, ClarifyError, NoDataError
from tools.partners import Named, resolve_colleague
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.registry import Arguments, tool
from tools.result import ToolResult

_TIME = re.compile(r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.)?")
_DRAFTS = """
SELECT shift_id, starts_at, ends_at FROM scheduled_shift
WHERE store_id = $store_id AND employee_id = $employee_id AND status = 'draft'
  AND starts_at >= CAST($low AS TIMESTAMPTZ) AND starts_at < CAST($high AS TIMESTAMPTZ)
ORDER BY starts_at, shift_id
"""


class ProposeShiftArguments(Arguments):
    """Arguments of ``propose_shift``."""

    employee: str = Field(min_length=1, max_length=120, description="One person of the store, by name or id.")
    day: str = Field(min_length=1, max_length=120, description="The day: “Saturday”, “28 November”, “tomorrow”.")
    start: str = Field(min_length=1, max_length=20, description="When it begins: “9”, “9:30”, “5 pm”.")
    end: str = Field(min_length=1, max_length=20, description="When it ends: “17:30”, “5pm”.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    job: str | None = Field(default=None, max_length=60, description="As what, if the asker said.")
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_shift(arguments: ProposeShiftArguments, context: ToolContext) -> ToolResult:
    """File a proposal to add a draft shift for one person. Nothing is scheduled until a person approves the card.

    Use it for “put Ellis on Saturday 9 to 5”, “add a shift for Ellis tomorrow from 14:00 to 20:00”.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A shift is")
    person = resolve_colleague(arguments.employee, store, context)
    on = _day(arguments.day, store, context)
    start = _clock(arguments.start, "start")
    end = _clock(arguments.end, "end", after=start if "m" not in arguments.end.lower() else None)
    starts_at, ends_at = _instant(on, start, store), _instant(on, end, store)
    if ends_at <= starts_at:
        ends_at = _instant(on + timedelta(days=1), end, store)
    draft = ShiftDraft(
        store.store_id, person.identity, starts_at, ends_at, arguments.job or person.role, arguments.reason or ""
    )
    return file(draft, store, context)


class ProposeShiftPublicationArguments(Arguments):
    """Arguments of ``propose_shift_publication``."""

    employee: str = Field(min_length=1, max_length=120, description="One person of the store, by name or id.")
    day: str = Field(min_length=1, max_length=120, description="The day of the draft shift.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_shift_publication(arguments: ProposeShiftPublicationArguments, context: ToolContext) -> ToolResult:
    """File a proposal to publish a draft shift, so that its person sees it. Nothing is published until approved.

    Use it for “publish Ellis's shift on Saturday”.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A shift is")
    person = resolve_colleague(arguments.employee, store, context)
    shift_id = _draft_shift(person, _day(arguments.day, store, context), store, context)
    return file(ShiftPublishDraft(store.store_id, shift_id, arguments.reason or ""), store, context)


def _day(phrase: str, store: Store, context: ToolContext) -> date:
    try:
        return resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(f"day: {error}") from error


def _clock(text: str, field: str, after: time | None = None) -> time:
    """A time of day; without am or pm, an end before its start is taken for the afternoon."""
    found = _TIME.fullmatch(text.strip().lower())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
    half = (found["half"] or "") if found else ""
    if half.startswith("p") and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    if after is not None and hour < 12 and (hour, minute) <= (after.hour, after.minute) and after.hour < hour + 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise BadArgumentError(f"{field}: “{text[:20]}” is no time of day; write it like 9:30 or 5 pm.")
    return time(hour, minute)


def _instant(on: date, at: time, store: Store) -> datetime:
    local = datetime.combine(on, at, ZoneInfo(store.timezone))
    return local.astimezone(ZoneInfo("UTC"))


def _draft_shift(person: Named, on: date, store: Store, context: ToolContext) -> str:
    low = _instant(on, time(), store)
    params = {
        "store_id": store.store_id,
        "employee_id": person.identity,
        "low": low,
        "high": _instant(on + timedelta(days=1), time(), store),
    }
    rows = context.mirror.query(_DRAFTS, params).rows
    if not rows:
        raise NoDataError(f"{person.name} has no draft shift on {on:%a %d %b} at {store.name}.")
    if len(rows) > 1:
        zone = ZoneInfo(store.timezone)
        times = [f"{row[1].astimezone(zone):%H:%M} to {row[2].astimezone(zone):%H:%M}" for row in rows]
        raise ClarifyError(f"{person.name} has more than one draft shift that day; publish one at the POS.", times)
    return str(rows[0][0])
