"""Lines of a transfer or an order: a variant and how many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from agent.proposals.facts import Item, named
from agent.proposals.payload import PriceText, sha256_of

Pieces = Annotated[str, Field(pattern=r"^\d{1,7}(\.\d{1,5})?$")]


class Line(BaseModel):
    """One line; ``unit_cost`` is in major units, empty where it is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    quantity: Pieces
    unit_cost: PriceText | None = None

    def wire(self) -> dict[str, str]:
        """As ``ACTION_SHAPES`` wants a line."""
        known = {"unit_cost": self.unit_cost} if self.unit_cost else {}
        return {
            "variant_external_id": self.variant_external_id,
            "sku": self.sku,
            "name": self.product,
            "quantity": self.quantity,
            **known,
        }

    def item(self, currency: str) -> Item:
        """As a card shows it."""
        price = f"{self.unit_cost} {currency}" if self.unit_cost else ""
        return Item(named(self.product, self.sku), self.quantity, price)


Lines = Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)]


def wires(lines: Sequence[Line]) -> list[dict[str, str]]:
    """All lines as they are sent."""
    return [line.wire() for line in lines]


def pieces(lines: Sequence[Line]) -> str:
    """``3 products, 42 pieces``."""
    total = sum((Decimal(line.quantity) for line in lines), Decimal(0))
    return f"{len(lines)} product{'s' if len(lines) != 1 else ''}, {total.normalize():f} pieces"


def worth(lines: Sequence[Line]) -> Decimal | None:
    """What the lines cost together in major units; None when the cost of one is not known."""
    costs = [Decimal(line.quantity) * Decimal(line.unit_cost) for line in lines if line.unit_cost is not None]
    return sum(costs, Decimal(0)) if len(costs) == len(lines) else None


def fingerprint(lines: Sequence[Line]) -> str:
    """Sixteen hex digits that tell two sets of products apart, whatever their numbers."""
    return sha256_of(sorted(line.variant_id for line in lines))[:16]
