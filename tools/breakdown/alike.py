"""Rows of a breakdown taken together: whether they are all alike, so that none leads, and what some of them make."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.breakdown.rows import Breakdown, Row
from tools.wording import spoken


def all_alike(made: Breakdown) -> bool:
    """Whether every row with a value has the same of the first metric: a rate of nothing is highest nowhere."""
    if made.other or made.mixed or len(made.rows) < 2 or made.plan.by[0].is_time:
        return False
    metric, exponent = made.metrics[0], made.asked.exponent
    known = [value for row in made.rows if (value := row.now.value(metric, exponent)) is not None]
    return len(known) > 1 and len(set(known)) == 1


def together(made: Breakdown, rows: Sequence[Row]) -> str:
    """What the groups that a limit lets through make of the whole."""
    metric, exponent = made.metrics[0], made.asked.exponent
    part = sum((row.now.value(metric, exponent) or Decimal(0) for row in rows), Decimal(0))
    whole = made.whole.value(metric, exponent)
    share = f" ({(part * 100 / whole):.1f} % of the total)" if whole else ""
    place = "highest" if made.order.descending else "lowest"
    return f"The {len(rows)} {place} together: {spoken(metric, part, made.asked.currency)}{share}."


def leaders(made: Breakdown) -> list[Row]:
    """The first row of each of the first six groups."""
    first: dict[str, Row] = {}
    for row in made.rows:
        first.setdefault(row.keys[0], row)
    return list(first.values())[:6]
