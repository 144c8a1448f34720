"""Visitor counts pushed by sensors: any device that can post JSON, in one plain shape.

A reading is the total of one hour, as far as the sensor knows it, and replaces what the same sensor said of that hour
before. So a sensor may repeat itself, and report an hour that is still running, without anything being counted twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from connectors.errors import InputError
from connectors.records import Row

MOST_READINGS = 10_000
_AHEAD = timedelta(minutes=5)


class _Reading(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    store_id: str = Field(min_length=1, max_length=200)
    hour_at: AwareDatetime
    visitors: int = Field(ge=0, le=1_000_000, strict=True)
    passers_by: int | None = Field(default=None, ge=0, le=10_000_000, strict=True)


class _Push(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1, max_length=100)
    readings: list[Any] = Field(min_length=1, max_length=MOST_READINGS)


@dataclass(frozen=True, slots=True)
class Push:
    """What a sensor sent: rows to store, and by index what is refused with the sentence why."""

    rows: Sequence[Row]
    refused: Mapping[int, str]


def read_push(body: Any, stores: Collection[str], now: datetime) -> Push:
    """Check one push against the stores there are and the present.

    Args:
        body: the parsed JSON: ``{"source": name, "readings": [{store_id, hour_at, visitors, passers_by?}]}``.
        stores: the ids of the stores.
        now: aware.

    Raises:
        InputError: the push as a whole cannot be used; the sentence names the field.
    """
    try:
        push = _Push.model_validate(body)
    except ValidationError as error:
        raise InputError(f"The push cannot be used: {_reason(error)}.") from error
    rows: dict[tuple[str, datetime], Row] = {}
    refused: dict[int, str] = {}
    for index, given in enumerate(push.readings):
        try:
            reading = _Reading.model_validate(given)
        except ValidationError as error:
            refused[index] = f"{_reason(error)}."
            continue
        problem = _problem(reading, stores, now)
        if problem:
            refused[index] = problem
            continue
        at = reading.hour_at.astimezone(UTC)
        rows[reading.store_id, at] = Row(
            "foot_traffic",
            {
                "store_id": reading.store_id,
                "hour_at": at,
                "visitors": reading.visitors,
                "passers_by": reading.passers_by,
                "source": push.source,
            },
        )
    return Push(list(rows.values()), refused)


def _problem(reading: _Reading, stores: Collection[str], now: datetime) -> str:
    if reading.store_id not in stores:
        return f"store_id: there is no store “{reading.store_id[:60]}”."
    if (reading.hour_at.minute, reading.hour_at.second, reading.hour_at.microsecond) != (0, 0, 0):
        return "hour_at: must be the beginning of an hour, such as 2026-03-01T09:00:00-05:00."
    if reading.hour_at > now + _AHEAD:
        return "hour_at: lies in the future; set the sensor's clock."
    return ""


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'the body'}: {first['msg'][:200]}"
