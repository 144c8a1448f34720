"""What a request to make something happen says, checked: each refusal names its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.sandbox.standin.happenings import RefusalError

_MOST_LINES = 100
_MOST_PIECES = 100_000
_MOST_MINOR = 100_000_000


def missing(field: str) -> RefusalError:
    """A field that must be set."""
    return RefusalError(400, f"Field must be set: {field}", field)


def needed(request: Mapping[str, Any], field: str) -> str:
    """What ``field`` of a request names.

    Raises:
        RefusalError: 400, it names nothing.
    """
    if not request.get(field):
        raise missing(field)
    return str(request[field])


def lines_of(request: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """``lines``, at least one.

    Raises:
        RefusalError: 400, there are none, they are no objects, or too many.
    """
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, dict) for line in lines):
        raise missing("lines")
    if len(lines) > _MOST_LINES:
        raise RefusalError(400, f"At most {_MOST_LINES} lines.", "lines")
    return lines


def quantity_of(value: Any, *, least: Decimal | None = None) -> Decimal:
    """A quantity: more than 0, or at least ``least``.

    Raises:
        RefusalError: 400, it is no such number.
    """
    try:
        quantity = Decimal(str(value))
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite() or quantity > _MOST_PIECES or (quantity <= 0 if least is None else quantity < least):
        wanted = "more than 0" if least is None else f"of at least {least}"
        raise RefusalError(400, f"quantity must be a number {wanted}, at most {_MOST_PIECES}.", "quantity")
    return quantity


def minor_of(value: Any, field: str) -> int:
    """An amount in minor units, not negative.

    Raises:
        RefusalError: 400, it is no such number.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_MINOR:
        raise RefusalError(400, f"{field} must be a whole number of minor units.", field)
    return value
