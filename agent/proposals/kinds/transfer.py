"""Goods from one store to another."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from agent.proposals.facts import Facts
from agent.proposals.kinds.lines import Lines, fingerprint, pieces, wires
from agent.proposals.payload import Payload, Risk
from connectors.base import ActionKind


class Transfer(Payload):
    """``store_id`` gives, ``to_store_id`` gets; whoever approves must have rights in both."""

    action_kind: ClassVar[ActionKind] = ActionKind.TRANSFER
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "transfer"

    kind: Literal["transfer"] = "transfer"
    to_store_id: str
    to_store_name: str
    to_store_external_id: str
    lines: Lines

    def target_key(self) -> str:
        """The same goods between the same stores."""
        return f"{self.kind}:{self.connection}:{self.store_id}:{self.to_store_id}:{fingerprint(self.lines)}"

    def target(self) -> dict[str, Any]:
        """Both stores."""
        return {
            "from_store_external_id": self.store_external_id,
            "to_store_external_id": self.to_store_external_id,
        }

    def change(self) -> dict[str, Any]:
        """The goods."""
        return {"lines": wires(self.lines), **({"note": self.reason} if self.reason else {})}

    def at_other_stores(self) -> tuple[str, ...]:
        """The store that gets them."""
        return (self.to_store_id,)

    def facts(self) -> Facts:
        """From, to, and what."""
        return Facts(
            title="Stock transfer",
            subject=f"{self.store_name} → {self.to_store_name}",
            items=tuple(line.item(self.currency) for line in self.lines),
            notes=(pieces(self.lines),),
            consequence="Approving creates the transfer at the point of sale; people still have to move the goods.",
            verb="Create the transfer",
            whole=True,
        )

    def done(self) -> str:
        """That it was created."""
        return f"Transfer from {self.store_name} to {self.to_store_name} created: {pieces(self.lines)}."
