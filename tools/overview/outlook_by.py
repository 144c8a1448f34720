"""An outlook split by store or department: the same reckoning for each, so that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tools.amounts import figure
from tools.analysis.outlook import WEEKS, Span, expected_together
from tools.frame import Frame
from tools.metrics.model import Metric
from tools.metrics.query import Filter, Statement, Window
from tools.metrics.search_query import SHELVES
from tools.overview.outlook_series import Days, Reach, days_of
from tools.result import Figure, Table, TableColumn
from tools.wording import listed, spoken

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A store or department: its key and name, what is sold of a span under way, and what is to come; exact."""

    key: str
    name: str
    so_far: Decimal
    coming: Decimal

    @property
    def whole(self) -> Decimal:
        """Both together."""
        return self.so_far + self.coming


def parts_of(asked: Frame, metric: Metric, by: str, coming: Span, reach: Reach) -> tuple[list[Part], list[Statement]]:
    """The outlook of every store or department of the question, the largest first; those without any are left out.

    Args:
        asked: the stores, and the part of the range where one is meant.
        metric: the figure, a sum.
        by: ``store`` or ``department``.
        coming: the days to come.
        reach: the days to go by.
    """
    found: list[Part] = []
    statements = []
    for key, name, windows, only, mine in _cuts(asked, by, coming, reach):
        days, ran = days_of(asked, metric, windows, only, mine)
        statements += ran
        part = _part(key, name, days, coming, reach)
        if part.whole:
            found.append(part)
    return sorted(found, key=lambda part: (-part.whole, part.key)), statements


def _cuts(
    asked: Frame, by: str, coming: Span, reach: Reach
) -> list[tuple[str, str, list[Window], Filter | None, Reach]]:
    """A key, a name, the windows, the filter and the reach of each part; only days that the reckoning looks at."""
    start = min(reach.known_to - timedelta(days=7 * WEEKS), coming.begun_on)
    only = asked.part.only if asked.part else None
    windows = [
        replace(window, start_on=max(start, window.start_on), end_on=reach.known_to)
        for window in asked.windows()
    ]  # fmt: skip
    if by == "store":
        return [(one.store_id, one.name, windows, only, reach.of(one.store_id)) for one in asked.stores.stores]
    names = dict.fromkeys(str(row[0]) for row in asked.context.mirror.query(SHELVES).rows)
    return [(name, name, windows, Filter(departments=(name,)), reach) for name in names]


def _part(key: str, name: str, days: Days, coming: Span, reach: Reach) -> Part:
    ahead = expected_together(days.series, reach.known_to, coming.days) or Decimal(0)
    return Part(key, name, days.between(coming.begun_on, reach.known_to), ahead)


def sentence(asked: Frame, metric: Metric, by: str, parts: Sequence[Part]) -> str:
    """The parts in words: ``By store: Market Street $21,000.00, …; least Station Road $9,000.00.``."""
    if not parts:
        return ""

    def said(part: Part) -> str:
        return f"{part.name} {spoken(metric, metric.rounded(part.whole, asked.exponent), asked.currency)}"

    first = listed([said(part) for part in parts[:_NAMED]])
    least = f"; least {said(parts[-1])}" if len(parts) > _NAMED else ""
    return f"By {by}: {first}{least}."


def figures(asked: Frame, metric: Metric, by: str, parts: Sequence[Part], days: tuple[date, date]) -> list[Figure]:
    """The outlook of every part."""
    return [
        figure(
            asked, f"{metric.name}_outlook", metric.text(part.whole, asked.exponent), metric.unit(asked.currency),
            {by: part.key}, stores=(part.key,) if by == "store" else (), days=days,
        )
        for part in parts
    ]  # fmt: skip


def table(asked: Frame, metric: Metric, by: str, parts: Sequence[Part], *, begun: bool) -> Table:
    """A row for each part; of a span under way also what is sold already."""
    unit = metric.unit(asked.currency)
    columns = [TableColumn(by.capitalize(), "text"), TableColumn(f"{metric.label}, outlook", unit)]
    if begun:
        columns += [TableColumn("Sold already", unit), TableColumn("To come", unit)]
    rows: list[tuple[str | int | None, ...]] = []
    for part in parts:
        values = (part.whole, part.so_far, part.coming) if begun else (part.whole,)
        rows.append((part.name, *(metric.text(value, asked.exponent) for value in values)))
    return Table(tuple(columns), rows)
