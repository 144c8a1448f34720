"""A price at one store, lasting or until a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal

from agent.proposals.facts import Facts, Value, named, reaching
from agent.proposals.payload import Payload, PriceText, sha256_of
from connectors.base import ActionKind


class PriceChange(Payload):
    """``before`` and ``after`` are decimal strings in major units; ``percent`` is signed.

    ``elsewhere`` are the other stores in which it changes, by id and with what people call them, where the platform
    keeps one price for several; ``also`` is what else the platform changes with it.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.PRICE_CHANGE
    noun: ClassVar[str] = "price"
    lasts: ClassVar[bool] = True

    kind: Literal["price_change"] = "price_change"
    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    before: PriceText
    after: PriceText
    percent: str
    until: datetime | None = None
    elsewhere: tuple[str, ...] = ()
    elsewhere_names: tuple[str, ...] = ()
    also: str = ""

    def target_key(self) -> str:
        """One price; where several stores share it, the same for each of them."""
        store = min(self.store_id, *self.elsewhere) if self.elsewhere else self.store_id
        return f"{self.kind}:{self.connection}:{store}:{self.variant_id}"

    def at_other_stores(self) -> tuple[str, ...]:
        """Those that share the price."""
        return self.elsewhere

    def natural_key(self) -> str:
        """Equal for two requests for the same price until the same end."""
        until = self.document()["until"]
        change = {"target": self.target_key(), "after": str(Decimal(self.after)), "before": self.before, "until": until}
        return sha256_of(change)

    def target(self) -> dict[str, Any]:
        """The variant in the platform's own ids."""
        return {
            "variant_external_id": self.variant_external_id,
            "store_external_id": self.store_external_id,
            "sku": self.sku,
            "name": self.product,
        }

    def change(self) -> dict[str, Any]:
        """The new price."""
        return {"price": self.after, "currency": self.currency}

    def expected_before(self) -> dict[str, Any]:
        """The old price."""
        return {"price": self.before, "currency": self.currency}

    def inverse(self, *, reason: str, reference: str) -> PriceChange:  # noqa: ARG002
        """Back to the old price."""
        return self.model_copy(
            update={
                "before": self.after,
                "after": self.before,
                "percent": percent_text(Decimal(self.after), Decimal(self.before)),
                "until": None,
                "reason": reason,
            }
        )

    def pointless_after(self) -> datetime | None:
        """The end of a temporary price."""
        return self.until

    def reverts_at(self) -> datetime | None:
        """The end of a temporary price."""
        return self.until

    def facts(self) -> Facts:
        """Old and new price."""
        return Facts(
            title="Temporary price change" if self.until else "Price change",
            subject=named(self.product, self.sku),
            values=(Value("Price", self.before, self.after, self.currency),),
            notes=reaching(self.elsewhere_names or self.elsewhere, self.also),
            consequence="Approving changes the price at the point of sale at once.",
            insists_on="price",
            verb="Change the price",
        )

    def done(self) -> str:
        """What it costs now."""
        return f"{self.product} at {self.store_name} now costs {self.after} {self.currency}."

    def look_up(self) -> str:
        """The price before and the one that was asked for."""
        return (
            f"Please look up {self.product} at {self.store_name} there: the price was {self.before} and should be "
            f"{self.after} {self.currency}."
        )

    def moved(self, live: Mapping[str, Any]) -> str:
        """What it costs now, against what was approved."""
        price = live.get("price", "")
        now = f"is {price} now" if price and price != self.before else "was changed in the POS meanwhile"
        return (
            f"Nothing was changed: the price of {self.product} at {self.store_name} {now}, and the approval was for "
            f"{self.before} to {self.after} {self.currency}. Ask me again to propose it from the new price."
        )


def percent_text(before: Decimal, after: Decimal) -> str:
    """The signed change in percent with one decimal: ``-15.0``."""
    return f"{(after - before) / before * 100:+.1f}" if before else "+0.0"
