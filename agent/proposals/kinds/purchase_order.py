"""A draft order to a supplier: nothing is sent to the supplier by it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from agent.proposals.facts import Facts
from agent.proposals.kinds.lines import Lines, fingerprint, pieces, wires, worth
from agent.proposals.money import money_text, to_minor
from agent.proposals.payload import Payload, Risk
from connectors.base import ActionKind


class PurchaseOrderDraft(Payload):
    """An order of one supplier for one store, to be sent by a person."""

    action_kind: ClassVar[ActionKind] = ActionKind.PURCHASE_ORDER
    risk: ClassVar[Risk] = Risk.LOW
    noun: ClassVar[str] = "purchase order"

    kind: Literal["purchase_order_draft"] = "purchase_order_draft"
    supplier_id: str
    supplier_name: str
    supplier_external_id: str
    lines: Lines
    due_on: date | None = None

    def target_key(self) -> str:
        """The same goods from the same supplier."""
        return f"{self.kind}:{self.connection}:{self.store_id}:{self.supplier_id}:{fingerprint(self.lines)}"

    def target(self) -> dict[str, Any]:
        """Store and supplier."""
        return {
            "store_external_id": self.store_external_id,
            "supplier_external_id": self.supplier_external_id,
        }

    def change(self) -> dict[str, Any]:
        """The goods, and when they are wanted."""
        due = {"due_on": self.due_on.isoformat()} if self.due_on else {}
        note = {"note": self.reason} if self.reason else {}
        return {"lines": wires(self.lines), "currency": self.currency, **due, **note}

    def facts(self) -> Facts:
        """Supplier, goods and what they cost."""
        total = worth(self.lines)
        known = "" if total is None else money_text(to_minor(total, self.currency), self.currency)
        cost = f"Cost: {known or 'not known for every line'}"
        due = (f"Wanted on {self.due_on:%a %d %b %Y}",) if self.due_on else ()
        return Facts(
            title="Draft purchase order",
            subject=self.supplier_name,
            items=tuple(line.item(self.currency) for line in self.lines),
            notes=(pieces(self.lines), cost, *due),
            consequence="Approving creates a draft order; nothing goes to the supplier until a person sends it.",
            verb="Create the draft",
            whole=True,
        )

    def done(self) -> str:
        """That the draft is there."""
        return (
            f"Draft order to {self.supplier_name} for {self.store_name} created: {pieces(self.lines)}. "
            "It has not been sent to the supplier."
        )
