"""Local time of many instants at once.

Asking the engine for the local time of every single sale costs more than adding up its lines. A zone's distance from
UTC changes a few times a year, so it is asked once per quarter of an hour that occurs; where it changes within one
(clocks have been moved at one minute past midnight), each instant of that quarter is asked for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

_QUARTER = 900_000_000


@dataclass(frozen=True, slots=True)
class LocalTime:
    """SQL: ``instant`` is the local TIMESTAMP, given that ``join`` was added to the statement's FROM."""

    instant: str
    join: str = ""


def local_time(
    connection: duckdb.DuckDBPyConnection,
    instant: str,
    zone: str,
    relation: str,
    params: Mapping[str, Any] | None = None,
) -> LocalTime:
    """Prepare the local times of every row of a relation.

    Args:
        connection: gets the temporary table ``local_quarter``.
        instant: SQL of a TIMESTAMPTZ over the relation.
        zone: SQL of a time zone's name over it.
        relation: what stands behind FROM.
        params: values of its parameters.
    """
    quarter = f"epoch_us({instant}) // {_QUARTER}"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE local_quarter AS
        SELECT zone, quarter, CASE WHEN first_shift = last_shift THEN first_shift END AS shift FROM (
          SELECT zone, quarter,
            epoch_us(make_timestamptz(quarter * {_QUARTER}) AT TIME ZONE zone) - quarter * {_QUARTER} AS first_shift,
            epoch_us(make_timestamptz(quarter * {_QUARTER} + {_QUARTER - 1}) AT TIME ZONE zone)
              - quarter * {_QUARTER} - {_QUARTER - 1} AS last_shift
          FROM (SELECT DISTINCT {zone} AS zone, {quarter} AS quarter FROM {relation}))""",
        dict(params or {}),
    )
    return LocalTime(
        f"""CASE WHEN quarter.shift IS NULL THEN {instant} AT TIME ZONE {zone}
          ELSE make_timestamp(epoch_us({instant}) + quarter.shift) END""",
        f"LEFT JOIN local_quarter quarter ON quarter.zone = {zone} AND quarter.quarter = {quarter}",
    )
