"""Whether a product is for sale, and whether its stock is kept."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from agent.proposals.facts import Facts, Value, named, reaching
from agent.proposals.payload import Payload, Risk
from connectors.base import ActionKind

Flag = Literal["true", "false"]
_LABELS = {"active": ("For sale", "not for sale", "for sale"), "track_stock": ("Stock", "not kept", "kept")}


class ProductFlags(Payload):
    """``before`` and ``after`` hold the same flags: ``active``, ``track_stock`` or both.

    ``elsewhere`` are the other stores of the account, by id and with what people call them, for a product is one for
    all of them; ``also`` is what else the platform changes with it.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.PRODUCT_FLAGS
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "product"
    lasts: ClassVar[bool] = True

    kind: Literal["product_flags"] = "product_flags"
    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    before: dict[Literal["active", "track_stock"], Flag]
    after: dict[Literal["active", "track_stock"], Flag]
    elsewhere: tuple[str, ...] = ()
    elsewhere_names: tuple[str, ...] = ()
    also: str = ""

    def at_other_stores(self) -> tuple[str, ...]:
        """All others of the account: it changes there too."""
        return self.elsewhere

    def target_key(self) -> str:
        """The flags of one variant."""
        return f"{self.kind}:{self.connection}:{self.variant_id}"

    def target(self) -> dict[str, Any]:
        """The variant in the platform's own ids."""
        return {"variant_external_id": self.variant_external_id, "sku": self.sku, "name": self.product}

    def change(self) -> dict[str, Any]:
        """The flags as they shall be."""
        return {str(flag): value for flag, value in self.after.items()}

    def expected_before(self) -> dict[str, Any]:
        """The flags as they were."""
        return {str(flag): value for flag, value in self.before.items()}

    def inverse(self, *, reason: str, reference: str) -> ProductFlags:  # noqa: ARG002
        """The flags as they were."""
        return self.model_copy(update={"before": self.after, "after": self.before, "reason": reason})

    def facts(self) -> Facts:
        """Each flag before and after."""
        return Facts(
            title="Product setting",
            subject=named(self.product, self.sku),
            values=tuple(
                Value(
                    _LABELS[flag][0],
                    _LABELS[flag][1 + (old == "true")],
                    _LABELS[flag][1 + (self.after[flag] == "true")],
                )
                for flag, old in self.before.items()
            ),
            notes=reaching(self.elsewhere_names or self.elsewhere, self.also),
            consequence="Approving changes the product at the point of sale, in every store that sells it.",
            verb="Change the product",
        )

    def done(self) -> str:
        """What it is now."""
        now = ", ".join(
            f"{_LABELS[flag][0].lower()}: {_LABELS[flag][1 + (value == 'true')]}" for flag, value in self.after.items()
        )
        return f"{self.product} is now {now}."
