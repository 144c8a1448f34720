"""A promotion begins, and a promotion ends before its time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from agent.proposals.facts import Facts, Item, Value, named
from agent.proposals.payload import Payload, PriceText, Risk, sha256_of
from connectors.base import ActionKind


class PromotedItem(BaseModel):
    """A variant that a promotion is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variant_id: str
    variant_external_id: str
    product: str
    sku: str


class PromotionCreate(Payload):
    """``value`` is per cent or an amount in major units off each piece; without ``items`` it is for everything.

    ``elsewhere`` None means that it holds in one store; else it holds in every store of the account, and those are the
    others. ``also`` is what the platform cannot keep of it, or does besides.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.PROMOTION_CREATE
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "promotion"
    lasts: ClassVar[bool] = True

    kind: Literal["promotion_create"] = "promotion_create"
    name: Annotated[str, Field(min_length=1, max_length=100)]
    off: Literal["percent", "amount"]
    value: PriceText
    starts_at: datetime
    ends_at: datetime | None = None
    time_zone: str
    items: Annotated[tuple[PromotedItem, ...], Field(max_length=200)] = ()
    elsewhere: tuple[str, ...] | None = None
    also: str = ""

    def target_key(self) -> str:
        """The same goods from the same day on."""
        goods = sha256_of(sorted(item.variant_id for item in self.items))[:16]
        return f"{self.kind}:{self.connection}:{self.store_id}:{goods}:{self.starts_at:%Y%m%d}"

    def target(self) -> dict[str, Any]:
        """The store it is for, or none for all."""
        return {} if self.elsewhere is not None else {"store_external_ids": [self.store_external_id]}

    def at_other_stores(self) -> tuple[str, ...]:
        """All others, where it holds everywhere."""
        return self.elsewhere or ()

    def change(self) -> dict[str, Any]:
        """Everything a promotion is made of."""
        ends = {"ends_at": self.ends_at.isoformat()} if self.ends_at else {}
        goods = {"variant_external_ids": [item.variant_external_id for item in self.items]} if self.items else {}
        return {
            "name": self.name,
            "kind": self.off,
            "value": self.value,
            "currency": self.currency,
            "starts_at": self.starts_at.isoformat(),
            **ends,
            **goods,
        }

    def inverse(self, *, reason: str, reference: str) -> PromotionEnd | None:
        """Ending it, once the POS has said what it calls it."""
        if not reference:
            return None
        return PromotionEnd(
            **self.model_dump(include={"connection", "store_id", "store_name", "store_external_id", "currency"}),
            promotion_id=reference,
            promotion_external_id=reference,
            name=self.name,
            elsewhere=self.elsewhere or (),
            reason=reason,
        )

    def pointless_after(self) -> datetime | None:
        """Its own end."""
        return self.ends_at

    def facts(self) -> Facts:
        """How much off what, and when."""
        return Facts(
            title="Promotion",
            subject=self.name,
            values=(Value("Discount", "", self.discount()),),
            items=tuple(Item(named(item.product, item.sku), "") for item in self.items),
            notes=(
                self.when(),
                *(() if self.items else ("For everything that is sold",)),
                *(("Holds in every store of the account",) if self.elsewhere is not None else ()),
                *((self.also,) if self.also else ()),
            ),
            consequence="Approving creates the promotion at the point of sale.",
            verb="Create the promotion",
            whole=True,
        )

    def discount(self) -> str:
        """``15 % off`` or ``2.00 USD off``."""
        return (
            f"{Decimal(self.value).normalize():f} % off"
            if self.off == "percent"
            else f"{self.value} {self.currency} off"
        )

    def when(self) -> str:
        """From when until when on the store's clock."""
        zone = ZoneInfo(self.time_zone)
        start = f"From {self.starts_at.astimezone(zone):%a %d %b %Y, %H:%M}"
        return (
            f"{start} until {self.ends_at.astimezone(zone):%a %d %b %Y, %H:%M}" if self.ends_at else f"{start}, no end"
        )

    def done(self) -> str:
        """That it was created."""
        where = "in every store" if self.elsewhere is not None else f"at {self.store_name}"
        return f"Promotion “{self.name}” {where} created: {self.discount()}. {self.when()}."


class PromotionEnd(Payload):
    """A running promotion is switched off."""

    action_kind: ClassVar[ActionKind] = ActionKind.PROMOTION_END
    risk: ClassVar[Risk] = Risk.HIGH
    noun: ClassVar[str] = "promotion"

    kind: Literal["promotion_end"] = "promotion_end"
    promotion_id: str
    promotion_external_id: str
    name: str
    elsewhere: tuple[str, ...] = ()

    def at_other_stores(self) -> tuple[str, ...]:
        """Where else it may hold: it ends there too."""
        return self.elsewhere

    def target_key(self) -> str:
        """One promotion."""
        return f"{self.kind}:{self.connection}:{self.promotion_id}"

    def target(self) -> dict[str, Any]:
        """The promotion."""
        return {"promotion_external_id": self.promotion_external_id}

    def change(self) -> dict[str, Any]:
        """Off."""
        return {"active": "false"}

    def expected_before(self) -> dict[str, Any]:
        """On."""
        return {"active": "true"}

    def facts(self) -> Facts:
        """Running before, ended after."""
        return Facts(
            title="End a promotion",
            subject=self.name,
            values=(Value("Promotion", "running", "ended"),),
            consequence="Approving ends the promotion wherever it holds. It cannot be taken back.",
            verb="End the promotion",
        )

    def done(self) -> str:
        """That it is over."""
        return f"Promotion “{self.name}” ended."
