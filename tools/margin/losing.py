"""Whether a loss is a matter of one week or of every one: in how many of the weeks or months sold in it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tools.frame import Frame
from tools.result import Table, TableColumn
from tools.wording import counted

LOSING = ("losing", "always_losing")
_MONTHS_FROM = 84
"""From twelve weeks on a loss is counted by months."""


def part_of_period(asked: Frame) -> str:
    """What losses of the period are counted by: "week" or "month" of the calendar."""
    return "month" if asked.period.days > _MONTHS_FROM else "week"


def always_said(asked: Frame, first: Mapping[str, Any], show: str) -> list[str]:
    """How many of those that lost did so whenever they sold; nothing where only such are asked for."""
    if show == "always_losing":
        return []
    part, always = part_of_period(asked), int(first["always"] or 0)
    return [f"In every {part} they sold in, two or more: {always:,} of them."]


def whenever(asked: Frame, show: str, least_units: int, *, one: bool) -> str:
    """`` in every week they sold in (two weeks or more)``: which losses are meant, where not all of them are."""
    part, bounds = part_of_period(asked), []
    said = ""
    if show == "always_losing":
        said = f" in every {part} {'it' if one else 'they'} sold in"
        bounds.append(f"two {part}s or more")
    if least_units > 1:
        bounds.append(f"{counted(least_units, 'piece')} or more")
    return f"{said} ({'; '.join(bounds)})" if bounds else said


def with_parts(asked: Frame, table: Table, rows: Sequence[Mapping[str, Any]]) -> Table:
    """The table with the weeks or months in loss out of those sold in, where the rows tell."""
    if not rows:
        return table
    title = f"{part_of_period(asked).capitalize()}s in loss"
    told = [f"{int(row['loss_parts'] or 0)} of {int(row['sold_parts'] or 0)}" for row in rows]
    body = [(*cells, said) for cells, said in zip(table.rows, told, strict=True)]
    return replace(table, columns=(*table.columns, TableColumn(title, "text")), rows=body)
