"""When groups of customers visit, weekday by hour: what five people or more did, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.analysis.calendar import WEEKDAYS
from tools.analysis.few import FEWEST
from tools.result import Chart, Table, TableColumn

_SERIES = 6


@dataclass(frozen=True, slots=True)
class HourMap:
    """Visits by segment, weekday (0 is Monday) and hour; cells of too few people are not in it."""

    visits: Mapping[str, Mapping[tuple[int, int], int]]

    def cells(self, segment: str) -> list[tuple[str, int, int]]:
        """Weekday, hour and visits of a segment, in the order of the week."""
        return [
            (WEEKDAYS[weekday].title(), hour, count)
            for (weekday, hour), count in sorted(self.visits.get(segment, {}).items())
        ]


def read_hours(rows: Sequence[Sequence[object]]) -> HourMap:
    """The rows of ``build_visit_hours``, those of too few people left out."""
    visits: dict[str, dict[tuple[int, int], int]] = {}
    for segment, weekday, hour, count, people in rows:
        if int(str(people)) >= FEWEST:
            visits.setdefault(str(segment), {})[int(str(weekday)) - 1, int(str(hour))] = int(str(count))
    return HourMap(visits)


def busiest(hours: HourMap, segment: str, most: int = 1) -> str:
    """``Saturday 17:00``: the hours of the week with most visits; of equal ones the earlier."""
    ranked = sorted(hours.visits.get(segment, {}).items(), key=lambda cell: (-cell[1], cell[0]))
    return ", ".join(f"{WEEKDAYS[weekday].title()} {hour:02d}:00" for (weekday, hour), _ in ranked[:most])


def heat_table(hours: HourMap, segments: Sequence[str]) -> Table | None:
    """One row for each segment and hour of the clock, one column a weekday."""
    columns = (
        TableColumn("Segment", "text"),
        TableColumn("Hour", "text"),
        *(TableColumn(name[:3].title(), "count") for name in WEEKDAYS),
    )
    rows: list[tuple[str | int | None, ...]] = []
    for segment in segments:
        cells = hours.visits.get(segment, {})
        rows += [
            (segment, f"{hour:02d}:00", *(cells.get((weekday, hour)) for weekday in range(7)))
            for hour in sorted({hour for _, hour in cells})
        ]
    return Table(columns, rows) if rows else None


def heat_chart(hours: HourMap, segments: Sequence[str], where: str) -> Chart | None:
    """Visits by hour of the clock, a line for each segment; every shown hour of the week is in it."""
    by_hour: dict[str, dict[int, int]] = {}
    for segment in segments[:_SERIES]:
        for (_, hour), count in hours.visits.get(segment, {}).items():
            own = by_hour.setdefault(segment, {})
            own[hour] = own.get(hour, 0) + count
    present = sorted({hour for own in by_hour.values() for hour in own})
    if not len(present) >= 2:
        return None
    return Chart(
        "line",
        f"Visits by hour and segment, {where}",
        tuple(f"{hour:02d}:00" for hour in present),
        {segment: tuple(float(own.get(hour, 0)) for hour in present) for segment, own in by_hour.items()},
        "count",
    )
