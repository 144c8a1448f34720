"""Everything an exception report found, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tools.exceptions.cash import CashFinding, Drawers
from tools.exceptions.days import Irregular, StoreDays
from tools.exceptions.payments import Paid
from tools.exceptions.rates import Finding, Measure, Rows, Unit
from tools.frame import Frame
from tools.metrics.query import Statement


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report found, before it is put into words; ``exception_report`` builds it."""

    asked: Frame
    measure: str | None
    levels: tuple[str, ...]
    rows: Rows
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    cash: tuple[CashFinding, ...]
    drawers: Drawers
    opening: tuple[StoreDays, ...]
    names: Mapping[str, str]
    events_recorded: bool
    days: Mapping[str, int]
    notes: tuple[str, ...]
    statements: tuple[Statement, ...]
    paid: tuple[Paid, ...] = ()
    """Where cash is asked for: how payments agree with the totals of receipts."""

    @property
    def rates(self) -> list[Finding]:
        """The rates that stand out, least likely first."""
        return sorted((one for one in self.findings if one.stands_out), key=lambda one: (one.chance, one.unit.key))

    @property
    def drawers_out(self) -> list[CashFinding]:
        """The drawers that stand out."""
        return sorted((one for one in self.cash if one.stands_out), key=lambda one: (one.chance, one.unit.key))

    @property
    def irregular(self) -> list[Irregular]:
        """Late openings and early closings, the longest first."""
        every = [one for store in self.opening for one in store.irregular]
        return sorted(every, key=lambda one: (-one.minutes, one.store_id, one.on))

    @property
    def number(self) -> int:
        """How many things stand out."""
        return len(self.rates) + len(self.drawers_out) + len(self.irregular)

    def who(self, unit: Unit) -> str:
        """``Ada Alder (E0101, Market Street)``, ``register 3 (Market Street)`` or the store."""
        store = self.asked.stores.name(unit.store_id)
        if unit.level == "store":
            return store
        if unit.level == "register":
            return f"register {unit.ident} ({store})"
        name = self.names.get(unit.ident)
        return f"{name} ({unit.ident}, {store})" if name else f"employee {unit.ident} ({store})"
