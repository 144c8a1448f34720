"""What orders to suppliers are measured and ranked by: value, units, orders, lead time, on-time share, fill rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tools.frame import Frame

FEW = 3
"""Groups with fewer received orders say too little of how reliable they are to be ranked by it."""
TIMES = ("week", "month")
_DAY = 24 * 60 * 60


def lead_days(row: Mapping[str, Any]) -> Decimal | None:
    """Mean days from sending to arrival of the orders that are received; None where no times are known."""
    return Decimal(row["lead_seconds"]) / _DAY / row["timed"] if row["timed"] else None


def measure(row: Mapping[str, Any], rank: str) -> Decimal | None:
    """The figure of a group that it is ranked by; None where it is not known."""
    found: Decimal | int | None
    if rank == "on_time":
        found = Decimal(row["dated"] - row["late"]) / row["dated"] if row["dated"] else None
    elif rank == "lead_days":
        found = lead_days(row)
    elif rank == "fill_rate":
        found = Decimal(row["closed_received"]) / row["closed_ordered"] if row["closed_ordered"] else None
    else:
        found = row[{"value": "ordered_value", "units": "ordered", "orders": "orders"}[rank]]
    return None if found is None else Decimal(found)


def bounded(row: Mapping[str, Any], rank: str) -> Decimal | None:
    """The same as people set bounds to it: shares in per cent."""
    value = measure(row, rank)
    return value * 100 if value is not None and rank in ("on_time", "fill_rate") else value


def unranked(asked: Frame, rank_by: str) -> bool:
    """Whether amounts of several currencies stand side by side, which have no order."""
    return len(asked.stores.currencies) > 1 and rank_by == "value"


def ranked(
    rows: Sequence[dict[str, Any]], asked: Frame, by: str, rank_by: str, *, ascending: bool
) -> list[dict[str, Any]]:
    """Spans of time in their order; other groups by the figure, those of too few orders or none known at the end."""
    if by in TIMES:
        return list(rows)
    if unranked(asked, rank_by):
        return sorted(rows, key=lambda row: asked.stores.name(row["key"]))
    sign = 1 if ascending else -1

    def place(row: Mapping[str, Any]) -> tuple[int, Decimal, str]:
        value = measure(row, rank_by)
        told = {"lead_days": "timed", "on_time": "dated", "fill_rate": "timed"}.get(rank_by, "")
        few = bool(told) and row[told] < FEW
        return (2 if value is None else int(few), sign * (value or Decimal(0)), str(row["key"]))

    return sorted(rows, key=place)
