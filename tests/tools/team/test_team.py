"""Who is scheduled, clocked in, late: shifts and time cards planted for two stores, read by every role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, ClarifyError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult
from tools.stores import resolve_stores
from tools.team.overtime import overtime
from tools.team.people import Card

TODAY = date(2026, 11, 23)
"""A Monday."""
PEOPLE = {"E1": ("Ada Alder", "manager", "S01"), "E2": ("Ben Oakes", "associate", "S01"),
          "E3": ("Cal Birch", "associate", "S01"), "E4": ("Ada Rowan", "lead", "S02")}  # fmt: skip


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days from today, by the clock of the stores."""
    local = datetime.combine(TODAY + timedelta(day), time(), ZoneInfo("America/New_York"))
    return (local + timedelta(hours=hour, minutes=minute)).astimezone(UTC)


NOW = at(0, 10, 20)
SHIFTS = (
    # who, store, day, from, to, status
    ("E1", "S01", 0, 8, 16, "published"), ("E2", "S01", 0, 9, 17, "published"), ("E3", "S01", 0, 9, 13, None),
    ("E2", "S01", 0, 18, 23, "published"), ("E1", "S01", 1, 6, 14, "published"), ("E3", "S01", 1, 14, 22, "draft"),
    (None, "S01", 1, 17, 21, "published"), ("E2", "S01", 1, 9, 17, "deleted"), ("E3", "S01", -1, 22, 26, "published"),
    ("E1", "S01", 5, 8, 16, "published"),
)  # fmt: skip
CARDS = (
    # who, store, day, in, minute, out, break
    ("E1", "S01", 0, 7, 55, None, 0), ("E2", "S01", 0, 9, 20, None, 0), ("E3", "S01", -1, 21, 58, 26, 30),
    ("E2", "S01", -1, 9, 0, 17, 60), ("E4", "S02", -1, 8, 0, 16, 30), ("E4", "S02", -9, 8, 0, None, 0),
)  # fmt: skip


def rows() -> Iterator[Row]:
    for ident, name in (("S01", "Market Street"), ("S02", "Harbor Point"), ("S03", "Maple Avenue")):
        yield store(ident, name=name)
        for day in (-9, -1):
            yield sale(f"D{ident}{day}", at(day, 12), store_id=ident)
            yield line(f"D{ident}{day}")
    for ident, (name, role, where) in PEOPLE.items():
        yield Row("employee", {"employee_id": ident, "name": name, "role": role, "store_id": where,
                               "hourly_minor": 98765})  # fmt: skip
    for number, (who, where, day, start, end, status) in enumerate(SHIFTS):
        yield Row("scheduled_shift", {"shift_id": f"T{number}", "employee_id": who, "store_id": where, "role": None,
                                      "starts_at": at(day, start), "ends_at": at(day, end),
                                      "status": status})  # fmt: skip
    for number, (who, where, day, hour, minute, out, pause) in enumerate(CARDS):
        yield Row("timecard", {"timecard_id": f"C{number}", "employee_id": who, "store_id": where,
                               "clock_in_at": at(day, hour, minute),
                               "clock_out_at": None if out is None else at(day, out),
                               "break_minutes": pause, "wage_minor": 98765})  # fmt: skip


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mirror]:
    made = open_mirror(tmp_path_factory.mktemp("team") / "mirror.duckdb")
    assert made.writer is not None
    sources = [SourceUpdate("sales", "test", NOW), SourceUpdate("staff", "test", NOW)]
    made.writer.submit(Batch(rows=list(rows()), sources=sources)).result()
    yield made
    made.close()


def ask(mirror: Mirror, tool: str, asker: Role = Role.STORE_MANAGER, *stores: str, **arguments: Any) -> ToolResult:
    scope = Scope("U", asker, stores or ("S01",))
    return run_tool(tool, arguments, ToolContext(scope, mirror.reader, FixedClock(NOW)))


def table(result: ToolResult) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in result.table.rows] if result.table else []


def value(result: ToolResult, metric: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric)


def test_the_schedule_of_a_day_names_who_and_when(mirror: Mirror) -> None:
    found = ask(mirror, "team_schedule", period="tomorrow")
    assert found.headline == (
        "Scheduled at Market Street tomorrow (Tue 24 Nov 2026): 3 shifts of 2 people, 20.0 hours."
    )
    assert "Ada Alder (manager) 06:00–14:00" in found.text
    assert "Cal Birch (associate) 14:00–22:00 (draft)" in found.text
    assert "nobody assigned 17:00–21:00" in found.text
    assert any("not published yet" in one for one in found.caveats)
    assert "Ben" not in found.text  # his shift was deleted


def test_tonight_is_who_works_in_the_evening(mirror: Mirror) -> None:
    found = ask(mirror, "team_schedule", period="tonight")
    assert [row[2:6] for row in table(found)] == [("Ben Oakes", "associate", "18:00", "23:00")]
    same = ask(mirror, "team_schedule", period="today", time_of_day="evening")
    assert table(same) == table(found)
    assert len(table(ask(mirror, "team_schedule", period="today"))) == 4


def test_who_opens_and_who_closes(mirror: Mirror) -> None:
    assert [row[2] for row in table(ask(mirror, "team_schedule", edge="opening"))] == ["Ada Alder"]
    assert [row[2:6] for row in table(ask(mirror, "team_schedule", edge="closing"))] == [
        ("Ben Oakes", "associate", "18:00", "23:00")
    ]


def test_hours_scheduled_by_person_over_the_whole_week(mirror: Mirror) -> None:
    found = ask(mirror, "team_schedule", period="this week", by_person=True)
    assert table(found) == [
        ("Ada Alder", "Market Street", 3, "24.0"), ("Ben Oakes", "Market Street", 2, "13.0"),
        ("Cal Birch", "Market Street", 2, "12.0"), ("nobody assigned", "Market Street", 1, "4.0"),
    ]  # fmt: skip
    last = ask(mirror, "team_schedule", period="yesterday")
    assert [row[2:7] for row in table(last)] == [("Cal Birch", "associate", "22:00", "02:00", "4.0")]


def test_one_persons_shifts_and_names_that_fit_several(mirror: Mirror) -> None:
    found = ask(mirror, "team_schedule", person="ben")
    assert [row[4:6] for row in table(found)] == [("09:00", "17:00"), ("18:00", "23:00")]
    with pytest.raises(ClarifyError, match="More than one colleague"):
        ask(mirror, "team_schedule", Role.OWNER, "S01", "S02", person="Ada")
    with pytest.raises(BadArgumentError, match="Nobody called"):
        ask(mirror, "team_schedule", person="Zoe")


def test_one_role_only_and_a_role_that_nobody_has(mirror: Mirror) -> None:
    assert [row[2] for row in table(ask(mirror, "team_schedule", period="tomorrow", job="managers"))] == ["Ada Alder"]
    assert ask(mirror, "attendance", job="associate").headline.startswith("1 person is clocked in")
    with pytest.raises(BadArgumentError, match="the roles recorded are associate and manager"):
        ask(mirror, "team_schedule", period="today", job="cashier")


def test_a_store_without_shifts_says_where_they_come_from(mirror: Mirror) -> None:
    with pytest.raises(NoDataError, match=r"No schedule is recorded for Harbor Point.*a file of shifts.*time cards"):
        ask(mirror, "team_schedule", Role.OWNER, "S02", period="tomorrow")
    both = ask(mirror, "team_schedule", Role.OWNER, "S01", "S02", period="tomorrow")
    assert "No schedule is recorded for Harbor Point." in both.caveats
    far = ask(mirror, "team_schedule", period="next week")
    assert "reaches to 28 November 2026 only" in far.headline


def test_the_team_sees_published_shifts_of_its_store_and_nobody_sees_wages(mirror: Mirror) -> None:
    found = ask(mirror, "team_schedule", Role.STAFF, period="tomorrow")
    assert "Ada Alder" in found.text
    assert "Cal Birch" not in found.text  # a draft is for those who plan it
    with pytest.raises(NotAllowedError):
        ask(mirror, "team_schedule", Role.STAFF, stores="Harbor Point")
    counted = ask(mirror, "team_schedule", Role.ANALYST, period="tomorrow", by_person=True)
    assert not any(name in str(counted) for name, _, _ in PEOPLE.values())
    assert value(counted, "scheduled_people") == "1"
    nobody = ask(mirror, "team_schedule", Role.ANALYST, person="Ada")
    assert "not told here" in nobody.headline
    everything = [ask(mirror, "attendance"), ask(mirror, "attendance", show="worked", period="last 7 days"), found]
    assert not any("98765" in str(one) or "987.65" in str(one) for one in everything)


def test_who_is_clocked_in_now(mirror: Mirror) -> None:
    found = ask(mirror, "attendance")
    assert found.headline == "2 people are clocked in, Market Street (23 Nov 2026, 10:20)."
    assert "Ada Alder (manager) since 07:55; Ben Oakes (associate) since 09:20" in found.text
    # A card forgotten nine days ago is nobody at work.
    assert ask(mirror, "attendance", Role.OWNER, "S02").headline.startswith("Nobody is clocked in, Harbor Point")
    assert "Ada" not in ask(mirror, "attendance", Role.ANALYST).text
    with pytest.raises(NoDataError, match="No time cards are recorded for Maple Avenue"):
        ask(mirror, "attendance", Role.OWNER, "S03")


def test_time_cards_that_end_earlier_say_so(tmp_path: Any) -> None:
    made = open_mirror(tmp_path / "mirror.duckdb")
    assert made.writer is not None
    old = [SourceUpdate("sales", "test", NOW), SourceUpdate("staff", "test", at(0, 0))]
    made.writer.submit(Batch(rows=list(rows()), sources=old)).result()
    found = ask(made, "attendance")
    assert "as of 23 Nov 2026, 00:00, up to when time cards are known" in found.headline
    assert "Cal Birch (associate) since 21:58" in found.text
    late = ask(made, "attendance", show="late")
    # Who clocked in is on a card either way; nobody is called absent on a day that the cards do not reach.
    assert value(late, "missing_clock_ins") == "0"
    made.close()


def test_who_worked_and_how_long_breaks_taken_off(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", show="worked", period="yesterday")
    assert table(found) == [
        ("Ben Oakes", "associate", "Market Street", "09:00", "17:00", "7.0"),
        ("Cal Birch", "associate", "Market Street", "21:58", "02:00", "3.5"),
    ]
    hours = run_tool(
        "sales_summary", {"metrics": ["labour_hours"], "period": "yesterday"},
        ToolContext(Scope("U", Role.OWNER, ("S01",)), mirror.reader, FixedClock(NOW)),
    )  # fmt: skip
    assert value(found, "labour_hours") == value(hours, "labour_hours") == "10.5"
    today = ask(mirror, "attendance", show="worked")
    assert any("2 time cards not closed" in one for one in today.caveats)
    for role in (Role.STAFF, Role.ANALYST):
        with pytest.raises(NotAllowedError, match="managers of the store"):
            ask(mirror, "attendance", role, show="worked", period="yesterday")
    with pytest.raises(NoDataError, match="days up to today"):
        ask(mirror, "attendance", show="worked", period="tomorrow")


def test_the_average_of_a_shift_and_of_a_person_stands_beside_the_hours(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", show="worked", period="yesterday")
    assert "On average 5.3 hours a shift, of 2 shifts." in found.text
    one = ask(mirror, "attendance", show="worked", period="yesterday", person="cal")
    assert "On average" not in one.text


def test_who_worked_more_than_so_many_hours(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", show="worked", period="yesterday", over_hours=3.5)
    assert found.headline.startswith("1 of 2 people worked more than 3.5 hours at Market Street")
    assert [row[0] for row in table(found)] == ["Ben Oakes"]
    assert value(found, "people_over_hours") == "1"
    assert [row[0] for row in table(ask(mirror, "attendance", show="worked", period="yesterday", over_hours=3))] == [
        "Ben Oakes", "Cal Birch",
    ]  # fmt: skip
    fewer = ask(mirror, "attendance", show="worked", period="yesterday", under_hours=4)
    assert fewer.headline.startswith("1 of 2 people worked fewer than 4 hours at Market Street")
    assert [row[0] for row in table(fewer)] == ["Cal Birch"]
    assert value(fewer, "people_under_hours") == "1"
    none = ask(mirror, "attendance", show="worked", period="yesterday", over_hours=8)
    assert none.headline.startswith("0 of 2 people")
    cut = ask(mirror, "attendance", show="worked", period="yesterday", limit=1)
    assert len(table(cut)) == 1
    assert "1 further person not listed." in cut.text


def test_overtime_is_what_each_worked_beyond_the_bound_in_a_week(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", show="overtime", period="yesterday", over_hours=3)
    assert found.headline.startswith("4.5 hours over 3 hours a week at Market Street")
    assert "by 2 of 2 people" in found.headline
    assert table(found) == [
        ("Ben Oakes", "associate", "Market Street", 1, "4.0"), ("Cal Birch", "associate", "Market Street", 1, "0.5"),
    ]  # fmt: skip
    assert value(found, "overtime_hours") == "4.5"
    assert any("hours over 3 in a week from Monday" in one for one in found.caveats)
    assert any("end of the period" in one for one in found.caveats)
    usual = ask(mirror, "attendance", show="overtime", period="last week")
    assert usual.headline.startswith("Nobody of 2 people worked more than 40 hours a week at Market Street")
    with pytest.raises(NotAllowedError, match="managers of the store"):
        ask(mirror, "attendance", Role.ANALYST, show="overtime", period="last week")


def test_weeks_are_counted_apart_and_where_their_last_hours_were_worked(mirror: Mirror) -> None:
    def card(day: int, hours: int, store: str = "S01") -> Card:
        return Card(store, "E1", "Ada Alder", "manager", at(day, 6), at(day, 6 + hours), 0)

    stores = resolve_stores("all", ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW)))
    week, next_week = [card(day, 9) for day in range(-14, -9)], [card(day, 9) for day in range(-7, -2)]
    both = overtime([*week, *next_week[:4], card(-3, 9, "S02")], stores, Decimal(40))
    assert [(one.name, hours, weeks) for one, hours, weeks in both.people] == [("Ada Alder", Decimal(10), 2)]
    assert both.by_store == {"S01": Decimal(5), "S02": Decimal(5)}
    assert overtime([card(-8, 30), card(-7, 30)], stores, Decimal(40)).people == []


def test_hours_of_a_week_before_the_period_use_up_the_bound(tmp_path: Path) -> None:
    """Nine hours a day from Monday: of Friday and Saturday alone five and nine are beyond forty, not none of 18."""
    made = open_mirror(tmp_path / "mirror.duckdb")
    assert made.writer is not None
    cards = [
        Row("timecard", {"timecard_id": f"W{day}", "employee_id": "E2", "store_id": "S01", "clock_in_at": at(day, 8),
                         "clock_out_at": at(day, 17), "break_minutes": 0, "wage_minor": 1000})
        for day in range(-7, -1)
    ]  # fmt: skip
    kept = [one for one in rows() if one.table != "timecard"]
    sources = [SourceUpdate("sales", "test", NOW), SourceUpdate("staff", "test", NOW)]
    made.writer.submit(Batch(rows=[*kept, *cards], sources=sources)).result()
    told = {
        period: value(ask(made, "attendance", show="overtime", period=period), "overtime_hours")
        for period in ("20-21 November 2026", "21-22 November 2026", "16-20 November 2026", "last week")
    }
    assert told == {"20-21 November 2026": "14.0", "21-22 November 2026": "9.0", "16-20 November 2026": "5.0",
                    "last week": "14.0"}  # fmt: skip
    made.close()


def test_who_worked_most_and_how_long_one_colleague_did(mirror: Mirror) -> None:
    most = ask(mirror, "attendance", show="worked", period="yesterday", order="most")
    assert [row[0] for row in table(most)] == ["Ben Oakes", "Cal Birch"]
    assert most.headline.endswith("Most: Ben Oakes with 7.0 hours.")
    fewest = ask(mirror, "attendance", show="worked", period="yesterday", order="fewest")
    assert [row[0] for row in table(fewest)] == ["Cal Birch", "Ben Oakes"]
    assert fewest.headline.endswith("Fewest: Cal Birch with 3.5 hours.")
    one = ask(mirror, "attendance", show="worked", period="yesterday", person="cal")
    assert one.headline.startswith("Cal Birch worked at Market Street yesterday")
    assert value(one, "labour_hours") == "3.5"
    assert [row[0] for row in table(one)] == ["Cal Birch"]
    absent = ask(mirror, "attendance", show="worked", period="18 November 2026", person="Cal Birch")
    assert absent.headline.startswith("No time card of Cal Birch was opened at Market Street")
    with pytest.raises(BadArgumentError, match="Nobody called “Zoe”"):
        ask(mirror, "attendance", show="worked", period="yesterday", person="Zoe")
    with pytest.raises(NotAllowedError):
        ask(mirror, "attendance", Role.STAFF, show="worked", period="yesterday", person="cal")


def test_hours_by_job_are_those_of_all_who_hold_it(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", Role.OWNER, "S01", "S02", show="worked", period="yesterday", by="job")
    assert found.headline.startswith("3 people worked at all 2 stores yesterday")
    assert "By job: associate 10.5 hours (58.4 %, 2 people) and lead 7.5 hours (41.6 %, 1 person)." in found.text
    assert table(found) == [("associate", 2, "10.5", "58.4"), ("lead", 1, "7.5", "41.6")]
    assert "Ben" not in found.text


def test_how_many_worked_at_each_of_several_stores(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", Role.OWNER, "S01", "S02", show="worked", period="yesterday")
    assert "By store: Market Street 2 and Harbor Point 1." in found.text
    each = {one.group["store"]: one.value for one in found.figures if "store" in one.group}
    assert each == {"S01": "2", "S02": "1"}
    assert "By store" not in ask(mirror, "attendance", show="worked", period="yesterday").text


def test_who_was_late_and_who_did_not_come(mirror: Mirror) -> None:
    found = ask(mirror, "attendance", show="late")
    assert table(found) == [
        ("Market Street", "Ben Oakes", "23 Nov 09:00", "09:20", 20),
        ("Market Street", "Cal Birch", "23 Nov 09:00", "none", None),
    ]
    assert "1 late clock-in at Market Street today" in found.headline
    assert "1 shift began after the last instant" in found.text  # Ben's evening has not begun
    assert value(found, "clock_ins_on_time") == "1"
    assert "at 09:20 for 09:00, 20 minutes." in found.text
    week = ask(mirror, "attendance", show="late", period="22-23 November 2026").text
    assert "at 09:20 for 09:00 on Mon 23 Nov, 20 minutes." in week
    assert "No clock-in: Cal Birch (Market Street, 09:00 on Mon 23 Nov)" in week
    patient = ask(mirror, "attendance", show="late", grace_minutes=30)
    assert value(patient, "late_clock_ins") == "0"
    assert ask(mirror, "attendance", show="late", period="yesterday").headline.startswith("Nobody clocked in late")
    with pytest.raises(NotAllowedError):
        ask(mirror, "attendance", Role.STAFF, show="late")
    with pytest.raises(NoDataError, match="who was late"):
        ask(mirror, "attendance", Role.OWNER, "S02", show="late")
