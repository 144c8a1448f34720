"""What a tool gives back: words, figures, rows, and what they stand on.

Money is a decimal string in major units; ``table`` cells are str, int or None. ``to_json`` is the shape of
``floorwalker tool --json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PerDay:
    """How a sum changed a day, where the two sides have different numbers of days of trade."""

    days: int
    days_before: int
    change_pct: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figure this one is held against. ``change`` is value minus this; ``change_pct`` is None when this is 0."""

    value: str
    start_on: date
    end_on: date
    change: str
    change_pct: str | None
    per_day: PerDay | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's ``compared_to``, plus the change a day where the days of trade differ."""
        document: dict[str, Any] = {
            "value": self.value,
            "start_on": self.start_on.isoformat(),
            "end_on": self.end_on.isoformat(),
            "change": self.change,
            "change_pct": self.change_pct,
        }
        if self.per_day is not None:
            document["per_day"] = asdict(self.per_day)
        return document


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with everything needed to recompute it. Dates are inclusive business dates."""

    metric: str
    value: str | None
    unit: str
    stores: tuple[str, ...]
    start_on: date
    end_on: date
    group: Mapping[str, str] = field(default_factory=dict)
    compared_to: Comparison | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's figure."""
        document: dict[str, Any] = {
            "metric": self.metric,
            "value": self.value,
            "unit": self.unit,
            "stores": list(self.stores),
            "start_on": self.start_on.isoformat(),
            "end_on": self.end_on.isoformat(),
            "group": dict(self.group),
        }
        if self.compared_to is not None:
            document["compared_to"] = self.compared_to.to_json()
        return document


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column heading with its unit: a currency code, ``%``, ``count``, ``units``, ``date`` or ``text``."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to show, already rounded and formatted as plain strings (no thousands separators)."""

    columns: tuple[TableColumn, ...]
    rows: Sequence[tuple[str | int | None, ...]]

    def to_json(self) -> dict[str, Any]:
        """The contract's table."""
        return {
            "columns": [{"name": column.name, "unit": column.unit} for column in self.columns],
            "rows": [list(row) for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: line, bar, area, pie or heatmap, one value for each category in every series.

    Up to 6 series over 20 categories Slack draws it itself; beyond that, and a heat map (series are its rows), it
    becomes a picture (``agent.rendering.picture``: 40 series, 400 categories).
    """

    kind: str
    title: str
    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    unit: str = ""

    def __post_init__(self) -> None:
        """A chart shows no more digits than people read: what is drawn is what its labels say."""
        rounded = {name: tuple(_readable(value) for value in values) for name, values in self.series.items()}
        object.__setattr__(self, "series", rounded)

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary."""
        return {
            "kind": self.kind,
            "title": self.title,
            "categories": list(self.categories),
            "series": {name: list(values) for name, values in self.series.items()},
            "unit": self.unit,
        }


def _readable(value: float) -> float:
    """Two digits after the point, four below one."""
    return round(value, 2 if abs(value) >= 1 else 4)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a result stands on."""

    metrics: tuple[str, ...] = ()
    sql: tuple[str, ...] = ()
    params: tuple[Mapping[str, Any], ...] = ()
    stores: tuple[str, ...] = ()
    start_on: date | None = None
    end_on: date | None = None
    snapshot: int | None = None
    as_of: datetime | None = None
    sources: Mapping[str, datetime] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contract's provenance, plus the as-of time per source."""
        return {
            "metrics": list(self.metrics),
            "sql": list(self.sql),
            "params": plain(self.params),
            "stores": list(self.stores),
            "start_on": plain(self.start_on),
            "end_on": plain(self.end_on),
            "snapshot": self.snapshot,
            "as_of": plain(self.as_of),
            "sources": plain(self.sources),
        }


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A tool's answer. ``headline`` is one sentence; ``text`` is the whole of it in plain words, headline first."""

    headline: str
    text: str
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    caveats: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    def to_json(self) -> dict[str, Any]:
        """The contract's ``tool --json`` document without ``seconds``."""
        return {
            "headline": self.headline,
            "text": self.text,
            "figures": [figure.to_json() for figure in self.figures],
            "table": self.table.to_json() if self.table else None,
            "chart": self.chart.to_json() if self.chart else None,
            "caveats": list(self.caveats),
            "follow_ups": list(self.follow_ups),
            "proposals": list(self.proposals),
            "provenance": self.provenance.to_json(),
        }


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates and instants as ISO text, Decimals as strings, containers item by item."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [plain(item) for item in value]
    return str(value)
