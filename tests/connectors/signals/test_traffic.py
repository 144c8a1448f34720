"""What a sensor may push, and what it is told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.errors import InputError
from connectors.signals.traffic import read_push

NOW = datetime(2026, 11, 25, 14, 20, tzinfo=UTC)
STORES = {"S01", "S02"}


def reading(**values: Any) -> dict[str, Any]:
    return {"store_id": "S01", "hour_at": "2026-11-25T09:00:00-05:00", "visitors": 12} | values


def push(*readings: Any, **values: Any) -> dict[str, Any]:
    return {"source": "door-1", "readings": list(readings)} | values


def test_the_last_word_on_an_hour_counts_and_is_kept_in_utc() -> None:
    found = read_push(push(reading(), reading(visitors=14, passers_by=90)), STORES, NOW)
    (row,) = found.rows
    assert row.values == {
        "store_id": "S01",
        "hour_at": datetime(2026, 11, 25, 14, tzinfo=UTC),
        "visitors": 14,
        "passers_by": 90,
        "source": "door-1",
    }
    assert not found.refused


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"store_id": "S09"}, "there is no store “S09”"),
        ({"hour_at": "2026-11-25T09:30:00-05:00"}, "beginning of an hour"),
        ({"hour_at": "2026-11-25T11:00:00-05:00"}, "future"),
        ({"hour_at": "2026-11-25T09:00:00"}, "hour_at"),
        ({"visitors": -1}, "visitors"),
        ({"visitors": 1.5}, "visitors"),
        ({"visitors": True}, "visitors"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_reading_is_refused_alone(wrong: dict[str, Any], said: str) -> None:
    found = read_push(push(reading(), reading(**wrong), "no reading"), STORES, NOW)
    assert len(found.rows) == 1
    assert said in found.refused[1]
    assert 2 in found.refused


@pytest.mark.parametrize("body", [None, [], {}, push(), push(reading(), source=""), {"source": "d", "readings": "x"}])
def test_a_push_that_is_none_is_refused_with_the_field(body: Any) -> None:
    with pytest.raises(InputError) as caught:
        read_push(body, STORES, NOW)
    assert "cannot be used" in caught.value.user_message
