"""What is on hand: taken away or added with a reason, or set to what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Literal

from agent.proposals.facts import Facts, Value, named
from agent.proposals.payload import Payload, QuantityText, Risk
from connectors.base import ActionKind

StockReason = Literal["damage", "waste", "theft", "found", "correction"]


class _Stock(Payload):
    """``before`` is the quantity on hand when it was proposed; stock moves all day."""

    noun: ClassVar[str] = "stock"

    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    before: QuantityText

    def target_key(self) -> str:
        """The stock of one variant in one store."""
        return f"{self.kind}:{self.connection}:{self.store_id}:{self.variant_id}"

    def target(self) -> dict[str, Any]:
        """The variant in the platform's own ids."""
        return {
            "variant_external_id": self.variant_external_id,
            "store_external_id": self.store_external_id,
            "sku": self.sku,
            "name": self.product,
        }


class StockAdjust(_Stock):
    """``delta`` is signed and added to whatever is on hand when it is carried out."""

    action_kind: ClassVar[ActionKind] = ActionKind.STOCK_ADJUST
    risk: ClassVar[Risk] = Risk.LOW

    kind: Literal["stock_adjust"] = "stock_adjust"
    delta: QuantityText
    why: StockReason

    def change(self) -> dict[str, Any]:
        """The difference and why."""
        return {"delta": self.delta, "reason": self.why}

    def inverse(self, *, reason: str, reference: str) -> StockAdjust:  # noqa: ARG002
        """The same number the other way, as a correction."""
        back = -Decimal(self.delta)
        before = Decimal(self.before) + Decimal(self.delta)
        return self.model_copy(
            update={"delta": f"{back:f}", "before": f"{before:f}", "why": "correction", "reason": reason}
        )

    def facts(self) -> Facts:
        """On hand before and after, if nothing sells meanwhile."""
        after = Decimal(self.before) + Decimal(self.delta)
        return Facts(
            title="Stock adjustment",
            subject=named(self.product, self.sku),
            values=(Value("On hand", self.before, f"{after:f}", "units"),),
            notes=(f"{Decimal(self.delta):+f} units, reason: {self.why}",),
            consequence=(
                "Approving adds this difference to what the point of sale has on hand at that moment, also if some "
                "was sold since."
            ),
            verb="Adjust the stock",
        )

    def done(self) -> str:
        """The difference that was booked."""
        return f"{self.product} at {self.store_name}: stock adjusted by {Decimal(self.delta):+f} ({self.why})."

    def look_up(self) -> str:
        """The difference to look for."""
        return (
            f"Please look up the stock history of {self.product} at {self.store_name} there for an adjustment of "
            f"{Decimal(self.delta):+f}."
        )


class StockCount(_Stock):
    """``quantity`` is what was counted; it replaces what the POS holds."""

    action_kind: ClassVar[ActionKind] = ActionKind.STOCK_COUNT
    risk: ClassVar[Risk] = Risk.HIGH

    kind: Literal["stock_count"] = "stock_count"
    quantity: QuantityText

    def change(self) -> dict[str, Any]:
        """What was counted."""
        return {"quantity": self.quantity}

    def expected_before(self) -> dict[str, Any]:
        """What the POS held when it was proposed: a count is only true for the moment it was taken."""
        return {"quantity": self.before}

    def facts(self) -> Facts:
        """On hand in the POS against the count."""
        return Facts(
            title="Stock count",
            subject=named(self.product, self.sku),
            values=(Value("On hand", self.before, self.quantity, "units"),),
            consequence="Approving replaces what the point of sale has on hand by the count.",
            insists_on="quantity on hand",
            verb="Set the stock",
        )

    def done(self) -> str:
        """What is on hand now."""
        return f"{self.product} at {self.store_name}: {Decimal(self.quantity):f} on hand, as counted."

    def look_up(self) -> str:
        """The quantity before and the one counted."""
        return (
            f"Please look up {self.product} at {self.store_name} there: it had {self.before} on hand and should have "
            f"{self.quantity}."
        )

    def moved(self, live: Mapping[str, Any]) -> str:
        """How many the POS holds now."""
        return (
            f"Nothing was changed: the POS has {live.get('quantity', 'another number of')} {self.product} at "
            f"{self.store_name} now, not {self.before}. Please count again."
        )
