"""Which departments, categories, brands or stores fell, or rose, in every step of a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from tools.amounts import figure, number_text
from tools.analysis.comparisons import change_pct
from tools.analysis.group_keys import key_title
from tools.breakdown.ask import refuse_unsuited
from tools.breakdown.goods_alone import of_goods_alone
from tools.breakdown.where import Where
from tools.calendars import WEEK_START
from tools.errors import NoDataError
from tools.frame import Frame, caveats, provenance
from tools.metrics.breakdown_plan import Plan
from tools.metrics.cells import Cell, fetch_cells
from tools.metrics.dimensions import DIMENSIONS, NOT_NAMED
from tools.metrics.model import Metric, UnitKind
from tools.metrics.windows import Statement, Window
from tools.overview.steps import known_days, traded_in, whole_step
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted, listed

MOST_ROWS = 50
_SAID = 5


@dataclass(frozen=True, slots=True)
class Moving:
    """What is asked: a figure step by step in each group, and which way the groups went that are wanted."""

    asked: Frame
    metric: Metric
    step: str
    by: str
    every: str
    where: Where


@dataclass(frozen=True, slots=True)
class _Row:
    """A group with its value in each step, and the change of a day from the first to the last."""

    name: str
    key: str
    values: Sequence[Decimal]
    moved: Decimal | None


def moves_by_group(
    moving: Moving, windows: Sequence[Window], days: Mapping[str, int], covered: Statement
) -> ToolResult:
    """The groups that went the same way in every step; by the mean of a day, where the steps have other days.

    Raises:
        NoDataError: there are not two whole steps.
    """
    asked, context = moving.asked, moving.asked.context
    plan = Plan((DIMENSIONS[moving.by], DIMENSIONS[moving.step]), moving.where.conditions, WEEK_START)
    refuse_unsuited([moving.metric], plan)
    (metric,), alone = of_goods_alone([moving.metric], plan)
    cells, statements = fetch_cells(context.mirror, [metric], plan, windows, context.scope)
    start, end = known_days(asked)
    spans = {cell.keys[1]: whole_step(moving.step, cell.keys[1]) for cell in cells}
    steps = sorted(key for key, (first, last) in spans.items() if start <= first and last <= end)
    if len(steps) < 2:
        raise NoDataError(
            f"A change from one {moving.step} to the next needs at least two whole {moving.step}s; {asked.when} has"
            f" {len(steps)}."
        )
    traded = [1] * len(steps)
    if metric.is_sum:
        traded, read = traded_in([spans[key] for key in steps], windows, context)
        statements = [*statements, *read]
    rows, unknown = _rows(moving, metric, cells, steps, traded)
    kept = _kept(rows, moving.every, traded)
    other = len(_kept(rows, "rose" if moving.every == "fell" else "fell", traded))
    headline = _headline(moving, metric, kept, len(rows), steps)
    notes = [f"Left out, as not known in every {moving.step}: {counted(unknown, 'group')}."] if unknown else []
    if len(set(traded)) > 1:
        notes.append(
            f"Held by the mean of a day, as the {moving.step}s have {listed([str(one) for one in traded])} days."
        )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(moving, kept, other)]),
        figures=tuple(_figures(moving, metric, kept[:MOST_ROWS], steps, spans)),
        table=_table(moving, metric, kept[:MOST_ROWS], steps) if kept else None,
        caveats=(*alone, *notes, *caveats(asked, [metric], days)),
        follow_ups=(f"Net sales by {moving.by} {asked.when_again}{asked.same_part_and_stores}",),
        provenance=provenance(asked, [metric], [*statements, covered]),
    )


def _rows(
    moving: Moving, metric: Metric, cells: Sequence[Cell], steps: Sequence[str], traded: Sequence[int]
) -> tuple[list[_Row], int]:
    """The groups with a value in every step, and how many have not; what was not sold in one is a sum of nothing."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for cell in cells:
        found.setdefault(cell.keys[0], {})[cell.keys[1]] = cell.value(metric, moving.asked.exponent)
    rows, unknown = [], 0
    for key, values in found.items():
        if key in NOT_NAMED:
            continue
        own = [values.get(step, Decimal(0) if metric.is_sum else None) for step in steps]
        known = [value for value in own if value is not None]
        if len(known) < len(steps):
            unknown += 1
            continue
        first, last = known[0] / max(traded[0], 1), known[-1] / max(traded[-1], 1)
        points = metric.unit_kind is UnitKind.PERCENT
        name = moving.asked.stores.name(key) if moving.by == "store" else key
        rows.append(_Row(name, key, known, last - first if points else change_pct(last, first)))
    return rows, unknown


def _kept(rows: Sequence[_Row], every: str, traded: Sequence[int]) -> list[_Row]:
    """Those that went one way in every step, the largest change first."""
    way = 1 if every == "rose" else -1

    def went(row: _Row) -> bool:
        daily = [value / max(number, 1) for value, number in zip(row.values, traded, strict=True)]
        return all(way * (later - earlier) > 0 for earlier, later in pairwise(daily))

    return sorted(
        (row for row in rows if went(row)), key=lambda row: (-way * (row.values[-1] - row.values[0]), row.name)
    )


def _headline(moving: Moving, metric: Metric, kept: Sequence[_Row], among: int, steps: Sequence[str]) -> str:
    span = f"{key_title(moving.step, steps[0])} to {key_title(moving.step, steps[-1])}"
    return (
        f"{metric.label}{moving.where.label} {moving.every} in every {moving.step} from {span} in {len(kept):,} of"
        f" {counted(among, moving.by)}, {moving.asked.stores.label}."
    )


def _sentences(moving: Moving, kept: Sequence[_Row], other: int) -> list[str]:
    unit = "points" if moving.metric.unit_kind is UnitKind.PERCENT else "%"
    told = [row.name if row.moved is None else f"{row.name} {row.moved:+.1f} {unit}" for row in kept]
    said = [f"From the first to the last: {listed(told, most=_SAID)}."] if told else []
    opposite = "rose" if moving.every == "fell" else "fell"
    return [*said, f"{counted(other, moving.by)} {opposite} in every {moving.step}."]


def _figures(
    moving: Moving, metric: Metric, kept: Sequence[_Row], steps: Sequence[str], spans: Mapping[str, tuple[date, date]]
) -> list[Figure]:
    asked, unit = moving.asked, metric.unit(moving.asked.currency)
    return [
        figure(
            asked, metric.name, metric.text(value, asked.exponent), unit,
            {**moving.where.group, moving.by: row.key, moving.step: step}, days=spans[step],
            stores=(row.key,) if moving.by == "store" else (),
        )
        for row in kept
        for step, value in zip(steps, row.values, strict=True)
    ]  # fmt: skip


def _table(moving: Moving, metric: Metric, kept: Sequence[_Row], steps: Sequence[str]) -> Table:
    unit = metric.unit(moving.asked.currency)
    points = metric.unit_kind is UnitKind.PERCENT
    columns = [TableColumn(moving.by.capitalize(), "text")]
    columns += [TableColumn(key_title(moving.step, step), unit) for step in steps]
    columns.append(TableColumn("Change" if points else "Change per day %", "points" if points else "%"))
    rows = [
        (row.name, *(metric.text(value, moving.asked.exponent) for value in row.values), number_text(row.moved, 1))
        for row in kept
    ]
    return Table(tuple(columns), rows)
