"""Where the store scope enters every SQL: windows of stores and business days, and the statements over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.context import Scope
from tools.errors import NotAllowedError


@dataclass(frozen=True, slots=True)
class Window:
    """Some stores over some business days, both ends included.

    ``hours_on_last`` cuts the last day to so many hours from ``day_starts_hour`` on; None takes it whole.
    """

    store_ids: tuple[str, ...]
    start_on: date
    end_on: date
    hours_on_last: int | None = None
    day_starts_hour: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``$name`` parameters."""

    sql: str
    params: dict[str, Any]


def checked_scope(windows: Sequence[Window], scope: Scope) -> None:
    """Refuse a store outside the scope, whoever asked for it.

    Raises:
        NotAllowedError: as said.
    """
    allowed = set(scope.store_ids)
    if any(store not in allowed for window in windows for store in window.store_ids):
        raise NotAllowedError("That is about a store you may not see.")


def bind(params: dict[str, Any], prefix: str, values: Sequence[Any]) -> str:
    """Add values to the parameters under fresh names and return their placeholders."""
    names = []
    for value in values:
        name = f"{prefix}{len(params)}"
        params[name] = value
        names.append(f"${name}")
    return ", ".join(names)


def window_condition(
    windows: Sequence[Window], params: dict[str, Any], *, hourly: bool, hour: str = "x.hour_of_day"
) -> str:
    """The stores and days of the windows as a condition on ``x``; where the scope enters the SQL."""
    parts = []
    for window in windows:
        stores = bind(params, "store", window.store_ids)
        start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
        part = f"x.store_id IN ({stores}) AND x.business_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)"
        if hourly and window.hours_on_last is not None:
            first = bind(params, "hour", [24 - window.day_starts_hour])
            hours = bind(params, "hours", [window.hours_on_last])
            part += f" AND (x.business_on < CAST({end} AS DATE) OR MOD({hour} + {first}, 24) < {hours})"
        parts.append(part)
    return parts[0] if len(parts) == 1 else " OR ".join(f"({part})" for part in parts)
