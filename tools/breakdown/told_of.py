"""Which groups a breakdown must speak of: those that were named, and those whose share differs most between others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tools.amounts import percent_said
from tools.breakdown.key_names import named_keys
from tools.breakdown.rows import Breakdown, Row, arranged, with_share
from tools.context import ToolContext
from tools.errors import BadArgumentError, ToolError
from tools.metrics.breakdown_plan import adds_up
from tools.metrics.dimensions import NOT_NAMED
from tools.stores import resolve_stores
from tools.wording import spoken

_MOST_APART = 3
_BETWEEN = re.compile(r"^(?:\W|\band\b|\bor\b|\bplus\b)*$", re.IGNORECASE)


def named_rows(made: Breakdown, said: str | None) -> tuple[Breakdown, list[Row], str]:
    """The groups that were named, wherever they stand, in the order of the words, and the words that name none.

    Raises:
        BadArgumentError: there is not one dimension, so that a name means no group.
    """
    if not said or not said.strip():
        return made, [], ""
    if len(made.plan.by) != 1:
        raise BadArgumentError("mention: split by one dimension only; the names are groups of it.")
    if made.plan.by[0].name == "store":
        said = _by_full_name(said, made.asked.context)
    metric, exponent = made.metrics[0], made.asked.exponent
    rows, _ = arranged(made.plan, metric, made.cells, made.heads, made.other, replace(made.order, limit=None), exponent)
    rows = with_share(rows, metric, made.whole, exponent) if made.share else rows
    made = replace(made, titles=named_keys(rows, made.plan.by, made.asked))
    names = {made.title(0, row.keys[0]).lower(): row for row in rows}
    found: list[tuple[int, Row]] = []
    rest = said.strip().lower()
    for name in sorted(names, key=len, reverse=True):  # “deli and bakery” before “deli”
        if (there := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest)) is not None:
            found.append((there.start(), names[name]))
            rest = rest.replace(name, " " * len(name), 1)
    unknown = [part.strip() for part in re.split(r"\s{2,}|,|;|\band\b", rest) if not _BETWEEN.match(part)]
    return made, [row for _, row in sorted(found, key=lambda one: one[0])], ", ".join(unknown)


def _by_full_name(said: str, context: ToolContext) -> str:
    """Stores by their names where they were named in short (“Harbor Pt”); what names none stays as it is."""
    try:
        return ", ".join(one.name for one in resolve_stores(said, context).stores)
    except ToolError:
        return said


def in_all(made: Breakdown, rows: Sequence[Row]) -> str:
    """What several groups make together, with their share; nothing where they may not be added up."""
    metric = made.metrics[0]
    if len(rows) < 2 or not metric.is_sum or not adds_up(metric, made.plan) or made.other or made.mixed:
        return ""
    part = sum((row.now.value(metric, made.asked.exponent) or Decimal(0) for row in rows), Decimal(0))
    whole = made.whole.value(metric, made.asked.exponent)
    of = f" ({percent_said(part, whole)})" if made.share and whole else ""
    return f"Together: {spoken(metric, part, made.asked.currency)}{of}."


def mix_apart(made: Breakdown) -> list[str]:
    """The groups of the second dimension whose share differs most between those of the first, most first.

    ``Produce, 9.2 % at Market Street and 4.1 % at Maple Avenue``; of all groups read, and not only of those shown.
    """
    metric, exponent = made.metrics[0], made.asked.exponent
    wholes = {keys[0]: value for keys, cell in made.heads.items() if (value := cell.value(metric, exponent))}
    if len(wholes) < 2 or not made.within or made.other or any(one.is_time for one in made.plan.by[1:]):
        return []
    shares: dict[str, dict[str, Decimal]] = {}
    for cell in made.cells:
        first, second = cell.keys
        if first in wholes and second not in NOT_NAMED:
            value = cell.value(metric, exponent) or Decimal(0)
            shares.setdefault(second, dict.fromkeys(wholes, Decimal(0)))[first] = value * 100 / wholes[first]
    apart = sorted(shares, key=lambda key: (min(shares[key].values()) - max(shares[key].values()), key))
    said, at = [], "at" if made.plan.by[0].name == "store" else "in"
    for key in apart[:_MOST_APART]:
        ends = [pick(shares[key], key=lambda one, of=shares[key]: of[one]) for pick in (max, min)]  # type: ignore[misc]
        high, low = (f"{shares[key][end]:.1f} % {at} {made.title(0, end)}" for end in ends)
        said.append(f"{made.title(1, key)}, {high} and {low}")
    return said
