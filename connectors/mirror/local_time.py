"""Local time of many instants at once.

Asking the engine for the local time of every single sale costs more than adding up its lines. A zone's distance from
UTC changes a few times a year, so it is asked once per quarter of an hour that occurs; where it changes within one
(clocks have been moved at one minute past midnight), each instant of that quarter is asked for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

_QUARTER = 900_000_000


@dataclass(frozen=True, slots=True)
class LocalTime:
    """SQL of the three parts of a statement.

    ``quarters`` is a common table expression for its WITH, ``join`` goes into its FROM, and ``instant`` is the local
    TIMESTAMP then.
    """

    quarters: str
    join: str
    instant: str


def local_time(instant: str, zone: str, relation: str) -> LocalTime:
    """The parts of a statement that needs the local times of a relation.

    Args:
        instant: SQL of a TIMESTAMPTZ over the relation.
        zone: SQL of a time zone's name over it.
        relation: what stands behind FROM.
    """
    quarter = f"epoch_us({instant}) // {_QUARTER}"
    first, last = f"quarter * {_QUARTER}", f"(quarter * {_QUARTER} + {_QUARTER - 1})"
    quarters = f"""local_quarter AS (
        SELECT zone, quarter, CASE WHEN first_shift = last_shift THEN first_shift END AS shift FROM (
          SELECT zone, quarter,
            epoch_us(make_timestamptz({first}) AT TIME ZONE zone) - {first} AS first_shift,
            epoch_us(make_timestamptz({last}) AT TIME ZONE zone) - {last} AS last_shift
          FROM (SELECT DISTINCT {zone} AS zone, {quarter} AS quarter FROM {relation})))"""
    return LocalTime(
        quarters,
        f"LEFT JOIN local_quarter q ON q.zone = {zone} AND q.quarter = {quarter}",
        f"""CASE WHEN q.shift IS NULL THEN {instant} AT TIME ZONE {zone}
          ELSE make_timestamp(epoch_us({instant}) + q.shift) END""",
    )
