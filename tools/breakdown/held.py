"""Each group of a breakdown held against the same group of another period, and how that is put."""

from __future__ import annotations

from decimal import Decimal

from connectors.currency import minor_exponent
from tools.breakdown.rows import Breakdown, Row, days_of
from tools.metrics.cells import Cell
from tools.metrics.dimensions import MEANS_OF_DAYS
from tools.metrics.model import Metric, UnitKind
from tools.per_day import leads, per_day_said, per_day_way
from tools.sides import Measured, measured
from tools.wording import spoken


def zero(metric: Metric, cell: Cell, exponent: int) -> Decimal | None:
    """A group that is absent on one side sold nothing there; a rate of nothing stays unknown."""
    value = cell.value(metric, exponent)
    return Decimal(0) if value is None and not cell.sums and metric.is_sum else value


def held(made: Breakdown, metric: Metric, row: Row) -> Measured:
    """A figure of a group on both sides; a group without another side is held against nothing."""
    exponent = minor_exponent(made.currency(row))
    before = None if row.before is None else zero(metric, row.before, exponent)
    days = days_of(made.plan, made.other, row.now, row.before)
    return measured(metric, zero(metric, row.now, exponent), before, exponent, days)


def uneven(made: Breakdown, metric: Metric) -> bool:
    """Whether the change a day of a figure is to be told of some group."""
    if made.other is None or not metric.is_sum:
        return False
    names = {one.name for one in made.plan.by}
    if names & MEANS_OF_DAYS:
        return any(held(made, metric, row).per_day for row in made.rows)
    timely = any(one.is_time and one.name != "hour" for one in made.plan.by)
    return not timely and any(days.differ for days in made.other.traded.values())


def moved(made: Breakdown, row: Row) -> str:
    """How a group changed: “up $12.00 (3.2 %), from $375.00 to $387.00”.

    Where the sides are far from equally long the change a day stands first.
    """
    metric, exponent = made.metrics[0], minor_exponent(made.currency(row))
    before = row.before or Cell(row.keys, {})
    both = held(made, metric, Row(row.keys, row.now, before))
    if both.change is None:
        return "which cannot be compared"
    size = Decimal(both.change)
    own_days = MEANS_OF_DAYS & {one.name for one in made.plan.by}  # those are days of stores
    each = per_day_said(both.per_day, days=not row.keys or (row.place == 1 and not own_days))
    if not size:
        return f"unchanged at {spoken(metric, zero(metric, row.now, exponent), made.currency(row))}{each}"
    if metric.unit_kind is UnitKind.PERCENT:
        by = f"{abs(size)} points"
    else:
        by = spoken(metric, abs(size), made.currency(row))
        by += f" ({both.change_pct.lstrip('-')} %)" if both.change_pct is not None else ""
    then = spoken(metric, zero(metric, before, exponent), made.currency(row))
    now = spoken(metric, zero(metric, row.now, exponent), made.currency(row))
    if both.per_day is not None and leads(both.per_day):
        return f"{each.removeprefix(', ')}, in all from {then} to {now}"
    return f"{'up' if size > 0 else 'down'} {by}, from {then} to {now}{each}"


def way(made: Breakdown, row: Row) -> str:
    """How a group changed, in brief: “up 3.2 %”."""
    metric = made.metrics[0]
    both = held(made, metric, Row(row.keys, row.now, row.before or Cell(row.keys, {})))
    if both.change is None:
        return "not to be compared"
    size = Decimal(both.change)
    each = per_day_said(both.per_day, days=False)
    if not size:
        return f"unchanged{each}"
    word = "up" if size > 0 else "down"
    if both.per_day is not None and both.change_pct is not None and leads(both.per_day):
        return f"per day {per_day_way(both.per_day)}, in all {word} {abs(Decimal(both.change_pct))} %"
    if metric.unit_kind is UnitKind.PERCENT:
        return f"{word} {abs(size)} points"
    if both.change_pct is None:
        return f"{word} {spoken(metric, abs(size), made.currency(row))}"
    return f"{word} {abs(Decimal(both.change_pct))} %{each}"
