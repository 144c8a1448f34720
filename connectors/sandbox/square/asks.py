"""What comes in with a request to the stand-in's strings, checked: each refusal names its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.sandbox.square.errors import PosError, missing

_MOST_LINES = 100


def lines_of(request: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """``lines``, at least one."""
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise missing("lines")
    if len(lines) > _MOST_LINES:
        raise PosError(400, "ARRAY_LENGTH_TOO_LONG", f"At most {_MOST_LINES} lines.", "lines")
    return lines


def quantity_of(value: Any, *, least: Decimal | None = None) -> Decimal:
    """A quantity: more than 0, or at least ``least``."""
    try:
        quantity = Decimal(str(value))
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite() or quantity > 100_000 or (quantity <= 0 if least is None else quantity < least):
        raise PosError(400, "INVALID_VALUE", f"quantity must be a number {_from(least)}, at most 100000.", "quantity")
    return quantity


def minor_of(value: Any, field: str) -> int:
    """An amount in minor units."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000_000:
        raise PosError(400, "EXPECTED_INTEGER", f"{field} must be a whole number of minor units.", field)
    return value


def _from(least: Decimal | None) -> str:
    return "more than 0" if least is None else f"of at least {least}"
