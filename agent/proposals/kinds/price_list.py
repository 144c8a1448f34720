"""Several prices of one store in one proposal: shown, edited and approved together, carried out one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from agent.proposals.facts import Facts, Item, named, reaching
from agent.proposals.kinds.price_change import PriceChange, percent_text
from agent.proposals.outcomes import TOOK_EFFECT
from agent.proposals.payload import Payload, PriceText, sha256_of
from connectors.base import Action, ActionKind
from connectors.writing import same_values

MOST_PRICES = 50


class PriceLine(BaseModel):
    """One price; ``before`` and ``after`` are decimal strings in major units, ``percent`` is signed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variant_id: str
    variant_external_id: str
    product: str
    sku: str
    before: PriceText
    after: PriceText
    percent: str

    def item(self, currency: str) -> Item:
        """As a card shows it."""
        change = f"{self.before} → {self.after} {currency} ({self.percent} %)"
        return Item(named(self.product, self.sku), "", change=change)

    def back(self) -> PriceLine:
        """The other way round."""
        percent = percent_text(Decimal(self.after), Decimal(self.before))
        return self.model_copy(update={"before": self.after, "after": self.before, "percent": percent})


class PriceList(Payload):
    """Up to fifty prices; ``elsewhere`` and ``also`` as of a single one.

    Each is written under a key of its own, so that what is done is never done again.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.PRICE_CHANGE
    noun: ClassVar[str] = "list of prices"
    lasts: ClassVar[bool] = True

    kind: Literal["price_list"] = "price_list"
    lines: Annotated[tuple[PriceLine, ...], Field(min_length=1, max_length=MOST_PRICES)]
    until: datetime | None = None
    elsewhere: tuple[str, ...] = ()
    elsewhere_names: tuple[str, ...] = ()
    also: str = ""

    def at_other_stores(self) -> tuple[str, ...]:
        """Those that share the prices."""
        return self.elsewhere

    def target_key(self) -> str:
        """The prices of the same products."""
        variants = sha256_of(sorted(line.variant_id for line in self.lines))[:16]
        return f"{self.kind}:{self.connection}:{self.store_id}:{variants}"

    def target(self) -> dict[str, Any]:
        """The store."""
        return {"store_external_id": self.store_external_id}

    def change(self) -> dict[str, Any]:
        """Every new price, and until when."""
        prices = [{"variant_external_id": line.variant_external_id, "price": line.after} for line in self.lines]
        return {"lines": prices, "currency": self.currency, "until": self.document()["until"]}

    def expected_before(self) -> dict[str, Any]:
        """Every old price, in the order of the lines."""
        return {"lines": [{"price": line.before, "currency": self.currency} for line in self.lines]}

    def action(self, idempotency_key: str) -> Action:  # noqa: ARG002
        """There is none for the whole.

        Raises:
            TypeError: always; see ``parts``.
        """
        raise TypeError("a list of prices is carried out line by line")

    def parts(self) -> tuple[Payload, ...]:
        """Each price by itself."""
        shared = self.model_dump(exclude={"kind", "lines"})
        return tuple(PriceChange(**shared, **line.model_dump()) for line in self.lines)

    def live(self, seen: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """The live prices in the order of the lines."""
        return {"lines": [dict(one) for one in seen]}

    def holding(self, live: Mapping[str, Any]) -> Self | None:
        """The lines whose price is still as expected."""
        wanted = self.expected_before()["lines"]
        kept = [
            line for line, now, then in zip(self.lines, live["lines"], wanted, strict=True) if same_values(now, then)
        ]
        return self.model_copy(update={"lines": tuple(kept)}) if kept else None

    def carried_out(self, outcome: Mapping[str, Any]) -> Self | None:
        """The lines that took effect; every line where the outcome is one for all."""
        results = outcome.get("lines")
        if results is None:
            return self
        kept = [line for line, one in zip(self.lines, results, strict=True) if one["outcome"] in TOOK_EFFECT]
        return self.model_copy(update={"lines": tuple(kept)}) if kept else None

    def inverse(self, *, reason: str, reference: str) -> Self | None:  # noqa: ARG002
        """Back to all the old prices."""
        lines = tuple(line.back() for line in self.lines)
        return self.model_copy(update={"lines": lines, "until": None, "reason": reason})

    def pointless_after(self) -> datetime | None:
        """The end of temporary prices."""
        return self.until

    def reverts_at(self) -> datetime | None:
        """The end of temporary prices."""
        return self.until

    def facts(self) -> Facts:
        """Every line, none left out."""
        count = self._count()
        percents = sorted({Decimal(line.percent) for line in self.lines})
        span = f"{percents[0]:+} %" if len(percents) == 1 else f"{percents[0]:+} % to {percents[-1]:+} %"
        return Facts(
            title="Temporary price changes" if self.until else "Price changes",
            subject=count,
            items=tuple(line.item(self.currency) for line in self.lines),
            notes=(f"{count}, {span}", *reaching(self.elsewhere_names or self.elsewhere, self.also)),
            consequence=(
                "Approving changes these prices at the point of sale one after the other. Each is read again first; "
                "one that is no longer as shown is left as it is, and the card will say which."
            ),
            verb="Change the prices",
            whole=True,
        )

    def done(self) -> str:
        """That all cost what was asked for now."""
        return f"{self._count()} at {self.store_name} changed."

    def look_up(self) -> str:
        """The prices to compare."""
        return f"Please look up the prices of this list at {self.store_name} there."

    def moved(self, live: Mapping[str, Any]) -> str:
        """What the first line says of itself; only a list of one is moved as a whole."""
        return self.parts()[0].moved(live)

    def _count(self) -> str:
        return f"{len(self.lines)} price{'s' if len(self.lines) != 1 else ''}"
