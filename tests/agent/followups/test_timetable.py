"""When a change is looked at, on the store's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.followups.timetable import DAY, END, KINDS, WEEK, StorePlace, dues
from agent.proposals.kinds import KINDS as ALL_KINDS
from agent.proposals.payload import Payload
from tests.support.payloads import example

NEW_YORK = StorePlace("S01", "Market Street", "America/New_York", time(0), "USD")
LATE = StorePlace("S02", "Harbor Point", "America/New_York", time(4), "USD")
ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def until(days: float, at: datetime = MONDAY) -> Payload:
    return example("price_change").model_copy(update={"until": (at + timedelta(days=days)).astimezone(UTC)})


def local(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%a %d %H:%M}"


def test_a_lasting_price_is_looked_at_after_one_and_after_seven_whole_days() -> None:
    looks = dues(example("price_change"), MONDAY, NEW_YORK)
    assert [(one.name, one.first_on.day, one.last_on.day, local(one.due_at)) for one in looks] == [
        (DAY, 24, 24, "Wed 25 08:00"),
        (WEEK, 24, 30, "Tue 01 08:00"),
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (datetime(2026, 11, 29, 23, 59, 59, tzinfo=ZONE), [(DAY, 24, "Wed 25 08:00"), (END, 29, "Mon 30 08:00")]),
        (datetime(2026, 11, 30, 0, 0, tzinfo=ZONE), [(DAY, 24, "Wed 25 08:00"), (END, 29, "Mon 30 08:00")]),
        (datetime(2026, 11, 29, 18, 0, tzinfo=ZONE), [(DAY, 24, "Wed 25 08:00"), (END, 28, "Mon 30 08:00")]),
        (datetime(2026, 11, 25, 0, 0, tzinfo=ZONE), [(END, 24, "Wed 25 08:00")]),
        (datetime(2026, 11, 23, 20, 0, tzinfo=ZONE), [(END, 22, "Tue 24 08:00")]),
        (
            datetime(2026, 12, 6, 23, 59, 59, tzinfo=ZONE),
            [(DAY, 24, "Wed 25 08:00"), (WEEK, 30, "Tue 01 08:00"), (END, 6, "Mon 07 08:00")],
        ),
    ],
)
def test_a_temporary_price_is_looked_at_the_day_after_its_end(
    end: datetime, expected: list[tuple[str, int, str]]
) -> None:
    payload = example("price_change").model_copy(update={"until": end.astimezone(UTC)})
    looks = dues(payload, MONDAY, NEW_YORK)
    assert [(one.name, one.last_on.day, local(one.due_at)) for one in looks] == expected


def test_a_store_whose_day_starts_at_four_counts_the_night_to_the_day_before() -> None:
    looks = dues(example("price_change"), datetime(2026, 11, 24, 2, 0, tzinfo=ZONE), LATE)
    assert (looks[0].changed_on, looks[0].first_on) == (date(2026, 11, 23), date(2026, 11, 24))


def test_a_change_at_the_very_beginning_of_a_day_counts_that_day() -> None:
    looks = dues(example("price_change"), datetime(2026, 11, 24, 0, 0, tzinfo=ZONE), NEW_YORK)
    assert (looks[0].changed_on, looks[0].first_on) == (date(2026, 11, 24), date(2026, 11, 24))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 40 * 24 * 60))  # noqa: DTZ001
def test_looks_never_overlap_the_change_and_are_due_after_their_days(naive: datetime, minutes: int) -> None:
    at = naive.replace(tzinfo=UTC)
    for place in (NEW_YORK, LATE):
        for payload in (example("price_change"), until(minutes / 1440, at)):
            looks = dues(payload, at, place)
            assert len({one.name for one in looks}) == len(looks) > 0
            for one in looks:
                assert place.begins(one.first_on) >= at
                assert one.due_at >= place.begins(one.last_on + timedelta(days=1))
                assert one.due_at > at
                if one.name != END:
                    assert one.last_on >= one.first_on


def test_every_kind_is_either_looked_at_or_known_not_to_be() -> None:
    looked_at = {kind for kind in KINDS if kind in ALL_KINDS}
    assert looked_at == set(KINDS)
    for kind in KINDS:
        if kind not in ("product_flags", "price_list"):
            assert dues(example(kind), MONDAY, NEW_YORK), kind
