"""Hours worked by job: how much of the time clocked was whose, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.amounts import percent_said, percent_text
from tools.errors import NOT_RECORDED, NoDataError
from tools.result import Figure, Table, TableColumn
from tools.stores import StoreSet
from tools.team.days import Days
from tools.team.people import Card, hours_said, hours_spoken
from tools.wording import counted, listed

_NAMED = 8
NO_JOB = "no job recorded"


def by_job(cards: Sequence[Card], stores: StoreSet, days: Days) -> tuple[str, list[Figure], Table]:
    """Hours and people of each job, most hours first: a sentence, its figures and a table.

    Raises:
        NoDataError: nobody's job is recorded.
    """
    if not any(one.role for one in cards):
        raise NoDataError(
            f"No jobs are recorded for the people who clocked in at {stores.label} {days.when}, so hours cannot be told"
            " by job. They can by person and by store.",
            NOT_RECORDED,
        )
    hours: dict[str, Decimal] = {}
    people: dict[str, set[str]] = {}
    for one in cards:
        job = one.role or NO_JOB
        hours[job] = hours.get(job, Decimal(0)) + (one.hours or Decimal(0))
        people.setdefault(job, set()).add(one.employee_id)
    total = sum(hours.values(), Decimal(0))
    ranked = sorted(hours, key=lambda job: (-hours[job], job))
    each = [
        f"{job} {hours_spoken(hours[job])} hours ({percent_said(hours[job], total)},"
        f" {counted(len(people[job]), 'person').replace('persons', 'people')})"
        for job in ranked
    ]
    figures = [
        Figure("labour_hours", hours_said(hours[job]), "hours", stores.ids, days.start_on, days.end_on, {"job": job})
        for job in ranked
    ]
    columns = (TableColumn("Job", "text"), TableColumn("People", "count"), TableColumn("Hours", "hours"),
               TableColumn("Share", "%"))  # fmt: skip
    rows = [(job, len(people[job]), hours_said(hours[job]), percent_text(hours[job], total)) for job in ranked]
    return f"By job: {listed(each, most=_NAMED)}.", figures, Table(columns, rows)
