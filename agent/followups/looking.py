"""What a measurement is given: the change, the days it is about, and a mirror that only shows its stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from agent.briefings.words import amount, rounded
from agent.followups.timetable import Due, StorePlace
from agent.proposals.payload import Payload
from connectors.currency import minor_exponent
from tools.analysis.effect import Day
from tools.context import MirrorPort, Role, Scope
from tools.metrics.query import Statement, Window

SYSTEM_USER = "floorwalker"
_PLACE = "SELECT store_id, name, timezone, day_starts_at, currency FROM store WHERE store_id = $store_id"
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one executed change.

    Attributes:
        payload: the change.
        executed_at: when it took effect at the POS.
        due: which days.
        place: its store.
        mirror: where sales and stock are read.
        forecast: the days before the change as they were noted when it was seen executed; None if they were not.
        apart: other products of the store that were changed about then, and so are not of the rest to go by.
        disturbed: why the days cannot be credited to this change, as a sentence; empty if nothing is known.
    """

    payload: Payload
    executed_at: datetime
    due: Due
    place: StorePlace
    mirror: MirrorPort
    forecast: Sequence[Mapping[str, Any]] | None = None
    apart: tuple[str, ...] = ()
    disturbed: str = ""

    @property
    def scope(self) -> Scope:
        """Only the stores of the change, whoever reads what comes out."""
        return scope_of(self.payload)

    @property
    def exponent(self) -> int:
        """Digits after the point of the store's currency."""
        return minor_exponent(self.place.currency)

    def window(self, first_on: date, last_on: date) -> Window:
        """Days of the change's store."""
        return Window((self.place.store_id,), first_on, last_on)

    def rows(self, statement: Statement) -> list[dict[str, Any]]:
        """Run a statement."""
        return self.mirror.query(statement.sql, statement.params).dicts()

    def money(self, value: float) -> str:
        """Major units for people, signed only below nought."""
        return amount(rounded(Decimal(str(value)), self.exponent), self.place.currency)


def scope_of(payload: Payload) -> Scope:
    """The stores that a change is about, and no other."""
    stores = tuple(sorted({payload.store_id, *payload.at_other_stores()}))
    return Scope(SYSTEM_USER, Role.ANALYST, stores, stores)


def place_of(mirror: MirrorPort, store_id: str) -> StorePlace | None:
    """The store in the mirror, or None."""
    rows = mirror.query(_PLACE, {"store_id": store_id}).rows
    if not rows:
        return None
    store, name, timezone, day_starts_at, currency = rows[0]
    return StorePlace(str(store), str(name or store), str(timezone), day_starts_at or time(0), str(currency))


def sales_are_in(look: Look) -> bool:
    """Whether the last day of the look is complete in the mirror."""
    sales = look.mirror.snapshot().sources.get("sales")
    return sales is not None and sales.as_of_at >= look.place.begins(date.fromordinal(look.due.last_on.toordinal() + 1))


def days_of(rows: Sequence[Mapping[str, Any]], name: str, exponent: int) -> dict[date, Day]:
    """One measure of rows of ``build_days`` by day, money in major units; days without it are left out."""
    scale = 1.0 if name == "units" else 10.0**-exponent
    return {
        _date(row["business_on"]): Day(float(row[name]) * scale, float(row["rest"]) * 10.0**-exponent)
        for row in rows
        if row[name] is not None
    }


def signed(text: str) -> str:
    """A number with its sign, as people write it."""
    return f"{_MINUS}{text[1:]}" if text.startswith("-") else f"+{text}"


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
