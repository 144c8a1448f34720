"""What a proposal would change, in a form that hashes the same everywhere.

A card shows this document, a button approves its hash, and the executor sends what it says: nothing else.
Another kind of change is another payload class, entered in ``KINDS``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from connectors.base import Action, ActionKind

_NAMESPACE = UUID("6d0f2a3e-5b0c-5c57-9a57-0f1b7a6f3c11")

PriceText = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,4})?$")]


class PriceChange(BaseModel):
    """A price at one store. ``before`` and ``after`` are decimal strings in major units; ``percent`` is signed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    kind: Literal["price_change"] = "price_change"
    connection: str
    store_id: str
    store_name: str
    store_external_id: str
    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    before: PriceText
    after: PriceText
    percent: str
    until: datetime | None = None
    reason: str = ""

    def document(self) -> dict[str, Any]:
        """The plain JSON document that is stored, shown and hashed."""
        return self.model_dump(mode="json")

    def sha256(self) -> str:
        """The hash a button carries."""
        return sha256_of(self.document())

    def target_key(self) -> str:
        """The thing this is about: one price."""
        return f"{self.kind}:{self.connection}:{self.store_id}:{self.variant_id}"

    def natural_key(self) -> str:
        """Equal for two requests for the same change, however they were worded."""
        until = self.document()["until"]
        change = {"target": self.target_key(), "after": str(Decimal(self.after)), "before": self.before, "until": until}
        return sha256_of(change)

    def action(self, idempotency_key: str) -> Action:
        """The change as a connector takes it."""
        return Action(
            idempotency_key=idempotency_key,
            kind=ActionKind.PRICE_CHANGE,
            target=self.target(),
            change={"price": self.after, "currency": self.currency},
            expected_before={"price": self.before, "currency": self.currency},
        )

    def inverse(self, *, reason: str) -> PriceChange:
        """The change that takes this one back."""
        return self.model_copy(
            update={
                "before": self.after,
                "after": self.before,
                "percent": percent_text(Decimal(self.after), Decimal(self.before)),
                "until": None,
                "reason": reason,
            }
        )

    def target(self) -> dict[str, str]:
        """The object in the platform's own ids."""
        return {
            "variant_external_id": self.variant_external_id,
            "store_external_id": self.store_external_id,
            "sku": self.sku,
            "name": self.product,
        }


KINDS: Mapping[str, type[PriceChange]] = MappingProxyType({"price_change": PriceChange})


def parse_payload(kind: str, document: Mapping[str, Any]) -> PriceChange:
    """Read a stored payload back."""
    return KINDS[kind].model_validate(dict(document))


def canonical_json(document: Any) -> str:
    """One text per document: sorted keys, no spaces, Decimals as strings."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_decimal_text)


def sha256_of(document: Any) -> str:
    """Hash of the canonical text, as 64 hex digits."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def idempotency_key(proposal_id: str, payload_sha256: str, purpose: str = "") -> str:
    """The key under which a proposal's write is sent, the same on every try. ``purpose`` sets a second write apart."""
    return str(uuid5(_NAMESPACE, f"{proposal_id}:{payload_sha256}{':' + purpose if purpose else ''}"))


def percent_text(before: Decimal, after: Decimal) -> str:
    """The signed change in percent with one decimal: ``-15.0``."""
    return f"{(after - before) / before * 100:+.1f}" if before else "+0.0"


def _decimal_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
