"""Events out of iCalendar files and public holidays: clocks, recurrences, whole days, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.errors import InputError
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.writer import Batch
from connectors.signals.calendars import CalendarStore, read_calendar
from connectors.signals.public_holidays import Territory, holiday_rows
from connectors.signals.refresh import CalendarFeed, refresh_signals
from tests.support.mirror_rows import store

NEW_YORK = [CalendarStore("S01", "America/New_York")]
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events: str, first: str = "2026-10-01", last: str = "2026-12-31") -> list[tuple[str, datetime, datetime]]:
    reading = read_calendar(ics(*events), "fair.ics", NEW_YORK, date.fromisoformat(first), date.fromisoformat(last))
    assert not reading.problems
    return [(row.values["name"], row.values["starts_at"], row.values["ends_at"]) for row in reading.rows]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_time_with_a_zone_a_floating_time_and_a_time_in_utc() -> None:
    found = read(
        "UID:1\nSUMMARY:Match\nDTSTART;TZID=America/Chicago:20261101T190000\nDTEND;TZID=America/Chicago:20261101T210000",
        "UID:2\nSUMMARY:Market\nDTSTART:20261107T090000\nDURATION:PT4H",
        "UID:3\nSUMMARY:Parade\nDTSTART:20261108T150000Z\nDTEND:20261108T170000Z",
    )
    assert found == [
        ("Match", at("2026-11-02T01:00"), at("2026-11-02T03:00")),
        ("Market", at("2026-11-07T14:00"), at("2026-11-07T18:00")),
        ("Parade", at("2026-11-08T15:00"), at("2026-11-08T17:00")),
    ]


def test_a_whole_day_is_the_stores_day_also_when_the_clocks_change() -> None:
    ((name, starts, ends),) = read("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261102")
    assert name == "Fair"
    assert (starts, ends) == (at("2026-11-01T04:00"), at("2026-11-02T05:00")), "25 hours on this Sunday"


def test_nine_o_clock_stays_nine_over_a_change_of_clocks() -> None:
    found = read(
        "UID:1\nSUMMARY:Market\nDTSTART;TZID=America/New_York:20261024T090000\nDTEND;TZID=America/New_York:20261024T120000"
        "\nRRULE:FREQ=WEEKLY;UNTIL=20261107T235959Z\nEXDATE;TZID=America/New_York:20261031T090000"
    )
    assert [starts for _, starts, _ in found] == [at("2026-10-24T13:00"), at("2026-11-07T14:00")]


def test_one_moved_occurrence_replaces_its_own_and_a_cancelled_event_is_none() -> None:
    found = read(
        "UID:1\nSUMMARY:Market\nDTSTART;TZID=America/New_York:20261103T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
        "UID:1\nRECURRENCE-ID;TZID=America/New_York:20261104T090000\nSUMMARY:Market (moved)\n"
        "DTSTART;TZID=America/New_York:20261104T160000\nDURATION:PT1H",
        "UID:2\nSUMMARY:Concert\nDTSTART:20261105T190000\nSTATUS:CANCELLED",
    )
    assert sorted((starts, name) for name, starts, _ in found) == [
        (at("2026-11-03T14:00"), "Market"),
        (at("2026-11-04T21:00"), "Market (moved)"),
        (at("2026-11-05T14:00"), "Market"),
    ]


def test_only_what_touches_the_span_comes_even_of_an_endless_rule() -> None:
    found = read(
        "UID:1\nSUMMARY:Bin day\nDTSTART:20200101T060000\nRRULE:FREQ=DAILY", first="2026-11-02", last="2026-11-03"
    )
    assert [starts for _, starts, _ in found] == [at("2026-11-02T11:00"), at("2026-11-03T11:00")]


def test_an_event_that_cannot_be_read_is_named_and_the_rest_counts() -> None:
    content = ics("UID:1\nSUMMARY:Broken", "UID:2\nSUMMARY:Fine\nDTSTART:20261105T190000")
    reading = read_calendar(content, "fair.ics", NEW_YORK, date(2026, 11, 1), date(2026, 11, 30))
    assert [row.values["name"] for row in reading.rows] == ["Fine"]
    (problem,) = reading.problems
    assert "Broken" in problem


def test_a_rule_that_would_never_end_is_named() -> None:
    content = ics("UID:1\nSUMMARY:Tick\nDTSTART:20200101T060000\nRRULE:FREQ=SECONDLY")
    reading = read_calendar(content, "fair.ics", NEW_YORK, date(2026, 11, 1), date(2026, 11, 30))
    assert not reading.rows
    assert "Tick" in reading.problems[0]


@pytest.mark.parametrize("content", [b"", b"<html>not a calendar</html>", b"\xff\xfe\x00"])
def test_something_that_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_calendar(content, "fair.ics", NEW_YORK, date(2026, 11, 1), date(2026, 11, 30))
    assert "fair.ics" in caught.value.user_message


def test_holidays_of_a_region_and_of_a_country_that_is_not_known() -> None:
    new_york = Territory("S01", "US", "US-NY", "America/New_York")
    rows = list(holiday_rows(new_york, date(2026, 11, 1), date(2026, 12, 31)))
    named = {row.values["starts_at"].date(): row.values["name"] for row in rows}
    assert "Thanksgiving" in named[date(2026, 11, 26)]
    assert "Christmas" in named[date(2026, 12, 25)]
    bavaria = Territory("S02", "DE", "BY", "Europe/Berlin")
    saxony = Territory("S03", "DE", "SN", "Europe/Berlin")
    assert {row.values["starts_at"].date() for row in holiday_rows(bavaria, date(2026, 1, 1), date(2026, 1, 10))} == {
        date(2026, 1, 1),
        date(2026, 1, 6),
    }
    assert len(list(holiday_rows(saxony, date(2026, 1, 1), date(2026, 1, 10)))) == 1
    assert list(holiday_rows(Territory("S04", "ZZ", "", "UTC"), date(2026, 1, 1), date(2026, 12, 31))) == []


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        stores = [store(country="US", subdivision="US-NY"), store("S02", country="US")]
        mirror.writer.submit(Batch(rows=stores)).result()
        yield mirror


def events(mirror: Mirror) -> list[tuple[str, str]]:
    found = mirror.reader.query(
        "SELECT store_id, name FROM local_event WHERE category <> 'holiday' ORDER BY store_id, starts_at"
    )
    return [(store_id, name) for store_id, name in found.rows]


def test_an_event_that_goes_from_the_calendar_goes_from_the_mirror(mirror: Mirror, tmp_path: Path) -> None:
    file = tmp_path / "fair.ics"
    fair, market = "UID:1\nSUMMARY:Fair\nDTSTART:20261128T090000", "UID:2\nSUMMARY:Market\nDTSTART:20261129T090000"
    file.write_bytes(ics(fair, market))
    calendars = [CalendarFeed(str(file), ("S01",)), CalendarFeed(str(tmp_path / "gone.ics"))]
    report = refresh_signals(mirror, NOW, weather=None, calendars=calendars)
    assert events(mirror) == [("S01", "Fair"), ("S01", "Market")]
    assert any("gone.ics" in problem for problem in report.problems)
    file.write_bytes(ics(market))
    refresh_signals(mirror, NOW, weather=None, calendars=calendars)
    assert events(mirror) == [("S01", "Market")]
    assert mirror.reader.query("SELECT count(*) FROM local_event WHERE category = 'holiday'").rows[0][0] > 4
