"""What a proposal would change, in a form that hashes the same everywhere.

A card shows this document, a button approves its hash, and the executor sends what it says: nothing else. Each kind
of change is a payload class of its own in ``agent.proposals.kinds``.
"""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from agent.proposals.facts import Facts
from connectors.base import Action, ActionKind
from connectors.writing import same_values

_NAMESPACE = UUID("6d0f2a3e-5b0c-5c57-9a57-0f1b7a6f3c11")

PriceText = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,4})?$")]
QuantityText = Annotated[str, Field(pattern=r"^-?\d{1,9}(\.\d{1,5})?$")]
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Risk(StrEnum):
    """How much harm a wrong one does, and so how it is treated.

    ``low`` can be taken back or is only a draft. ``medium`` is seen by customers or moves goods. ``high`` cannot be
    taken back by pressing a button.
    """

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Payload(BaseModel):
    """One change at one store (or between two). Money is decimal strings in major units of ``currency``.

    Class attributes say what is the same for every change of the kind: what the connectors call it, how risky it is,
    whether its effect goes on week after week, and what people call the system that takes it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    action_kind: ClassVar[ActionKind]
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "change"
    lasts: ClassVar[bool] = False
    far_end: ClassVar[str] = "POS"

    schema_version: Literal[1] = 1
    kind: str
    connection: str
    store_id: str
    store_name: str
    store_external_id: str
    currency: CurrencyCode
    reason: str = ""

    def document(self) -> dict[str, Any]:
        """The plain JSON document that is stored, shown and hashed."""
        return self.model_dump(mode="json")

    def sha256(self) -> str:
        """The hash a button carries."""
        return sha256_of(self.document())

    @abstractmethod
    def target_key(self) -> str:
        """The thing this is about; two proposals for one thing replace each other. At most 200 characters."""

    def natural_key(self) -> str:
        """Equal for two requests for the same change, however they were worded."""
        return sha256_of({"target": self.target_key(), "change": self.change(), "before": self.expected_before()})

    @abstractmethod
    def target(self) -> dict[str, Any]:
        """The object in the platform's own ids, as ``connectors.base.ACTION_SHAPES`` wants it."""

    @abstractmethod
    def change(self) -> dict[str, Any]:
        """What it shall be."""

    def expected_before(self) -> dict[str, Any]:
        """The live value the approver saw, in the words of ``change``; empty where there is none to insist on."""
        return {}

    def action(self, idempotency_key: str) -> Action:
        """The change as a connector takes it."""
        return Action(idempotency_key, self.action_kind, self.target(), self.change(), self.expected_before())

    def parts(self) -> tuple[Payload, ...]:
        """The single changes that it consists of, each sent under a key of its own; itself where it is one."""
        return (self,)

    def live(self, seen: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """What is live, in the words of ``expected_before``, from one reading for each part."""
        return seen[0]

    def holding(self, live: Mapping[str, Any]) -> Payload | None:
        """What of it still starts from the value it expects; None where nothing does."""
        return self if not self.expected_before() or same_values(live, self.expected_before()) else None

    def carried_out(self, outcome: Mapping[str, Any]) -> Payload | None:  # noqa: ARG002
        """What of it took effect, by the stored outcome of its execution; None where nothing did."""
        return self

    def inverse(self, *, reason: str, reference: str) -> Payload | None:  # noqa: ARG002
        """The change that takes this one back, or None where nothing does; ``reference`` is what the POS called it."""
        return None

    def at_other_stores(self) -> tuple[str, ...]:
        """Ids of further stores it reaches: whoever decides must have rights there too."""
        return ()

    def pointless_after(self) -> datetime | None:
        """The instant from which carrying it out would make no sense any more."""
        return None

    def reverts_at(self) -> datetime | None:
        """When it is to be taken back by itself; None for a lasting change."""
        return None

    @abstractmethod
    def facts(self) -> Facts:
        """What a card says of it, in plain values."""

    @abstractmethod
    def done(self) -> str:
        """The sentence once it took effect."""

    def look_up(self) -> str:
        """What a person should check in the POS when it did not say whether it took the change."""
        return f"Please look there for {self.facts().subject} at {self.store_name}."

    def moved(self, live: Mapping[str, Any]) -> str:  # noqa: ARG002
        """Why it was not carried out when the live value is another than the approver saw."""
        return (
            f"Nothing was changed: {self.facts().subject} at {self.store_name} was changed in the POS since this was "
            "proposed. Ask me again to propose it from how it is now."
        )


def canonical_json(document: Any) -> str:
    """One text per document: sorted keys, no spaces, Decimals as strings."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_decimal_text)


def sha256_of(document: Any) -> str:
    """Hash of the canonical text, as 64 hex digits."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def idempotency_key(proposal_id: str, payload_sha256: str, purpose: str = "") -> str:
    """The key under which a proposal's write is sent, the same on every try. ``purpose`` sets a second write apart."""
    return str(uuid5(_NAMESPACE, f"{proposal_id}:{payload_sha256}{':' + purpose if purpose else ''}"))


def _decimal_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
