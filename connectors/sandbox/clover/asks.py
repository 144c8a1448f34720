"""What is asked of the shop, checked: lines, quantities and amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.sandbox.clover.errors import missing
from connectors.sandbox.standin.happenings import RefusalError

_MOST_LINES = 100


def lines_of(request: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The lines that were asked for."""
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise missing("lines")
    if len(lines) > _MOST_LINES:
        raise RefusalError(400, f"At most {_MOST_LINES} lines.", "lines")
    return lines


def quantity_of(value: Any, least: int | None = None) -> Decimal:
    """A quantity of more than nothing, or of at least ``least``."""
    try:
        quantity = Decimal(str(value))
    except InvalidOperation:
        quantity = Decimal(-1)
    low_enough = quantity >= least if least is not None else quantity > 0
    if not quantity.is_finite() or not low_enough or quantity > 100_000:
        raise RefusalError(400, "quantity must be a number more than 0, at most 100000.", "quantity")
    return quantity


def minor_of(value: Any, field: str) -> int:
    """An amount in minor units, not negative."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000_000:
        raise RefusalError(400, f"{field} must be a whole number of minor units.", field)
    return value
