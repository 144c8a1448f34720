"""What comes out of the mirror."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ALL_STORES = "*"
"""The store of a price or cost in ``amount_in_force`` that holds in all; a scan cannot skip by one that is missing."""

NOT_PAID = (
    "voided", "voiding", "failed", "fail", "rejected", "declined", "canceled", "cancelled", "error", "initiated",
    "offline_retrying",
)  # fmt: skip
"""Words of platforms for a payment that brought no money."""

NO_PAYMENT, FAILED_PAYMENT = "", "-"
"""Kinds in ``tender_day`` that are no payments: documents without one, and payments that brought no money."""


@dataclass(frozen=True, slots=True)
class ResultSet:
    """Rows of one query with native Python values: money stays int or Decimal, never float."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class SourceState:
    """How fresh one source is. ``as_of_at`` is the instant up to which it is complete; ``note`` says what it is."""

    source: str
    as_of_at: datetime
    simulated: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the mirror. ``version`` grows by one with every committed group.

    ``sources`` is keyed by topic: ``sales`` is always there once data is loaded; others are ``price``, ``cost``,
    ``inventory``, ``staff``, ``traffic``, ``weather``, ``tender``, ``supplier``. ``as_of_at`` per topic is the oldest
    over its connections.
    """

    version: int
    sources: Mapping[str, SourceState]
