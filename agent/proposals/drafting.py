"""From a draft to a payload: facts from the mirror, the price from the POS as it is at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from agent.proposals.catalogue import Catalogue, Item
from agent.proposals.money import round_price, to_minor
from agent.proposals.payload import PriceChange, percent_text
from agent.proposals.policy import ProposalSettings, check_bounds
from connectors.base import Action, ActionKind, Reader
from connectors.errors import ConnectorError
from tools.context import PriceChangeDraft
from tools.errors import BadArgumentError, NoDataError, ToolError


class Drafting:
    """Builds price-change payloads. ``readers`` are by connection name."""

    def __init__(self, catalogue: Catalogue, readers: Mapping[str, Reader], settings: ProposalSettings) -> None:
        self._catalogue = catalogue
        self._readers = readers
        self._settings = settings

    def item(self, draft: PriceChangeDraft) -> Item:
        """What the draft is about.

        Raises:
            BadArgumentError: the product or the store is unknown.
        """
        item = self._catalogue.item(draft.store_id, draft.variant_id)
        if item is None:
            raise BadArgumentError("I do not know that product at that store, so I cannot propose a price for it.")
        return item

    def payload(self, draft: PriceChangeDraft, item: Item, now: datetime) -> PriceChange:
        """The change a draft means, at the price the POS holds now.

        Raises:
            BadArgumentError: the product, price or end cannot be used.
            ToolError: the POS did not answer, or cannot change this price.
        """
        if not item.sold_here:
            raise BadArgumentError(f"{item.product} is not on sale at {item.store_name}, so its price stays.")
        if draft.until is not None and draft.until <= now:
            raise BadArgumentError("The end of the temporary price is already past; please name a later day.")
        before = self._live_price(item)
        after = _after(draft, before, item.currency)
        problem = check_bounds(before, after, self._settings)
        if problem:
            raise BadArgumentError(f"{item.product} at {item.store_name}: {problem}")
        return PriceChange(
            connection=item.connection,
            store_id=item.store_id,
            store_name=item.store_name,
            store_external_id=item.store_external_id,
            variant_id=item.variant_id,
            variant_external_id=item.variant_external_id,
            product=item.product,
            sku=item.sku,
            currency=item.currency,
            before=str(before),
            after=str(after),
            percent=percent_text(before, after),
            until=draft.until,
            reason=draft.reason.strip()[:500],
        )

    def live_price(self, payload: PriceChange) -> Decimal:
        """What the POS asks for this product now, in major units.

        Raises:
            ToolError: it did not answer.
        """
        item = self._catalogue.item(payload.store_id, payload.variant_id)
        if item is None:
            raise NoDataError(f"{payload.product} is no longer in the catalogue of {payload.store_name}.")
        return self._live_price(item)

    def impact_minor(self, payload: PriceChange, now: datetime) -> int:
        """What the change moves in a week: the difference times the units of an average week, at least one."""
        units = max(self._catalogue.weekly_units(payload.store_id, payload.variant_id, now), Decimal(1))
        return to_minor(abs(Decimal(payload.after) - Decimal(payload.before)) * units, payload.currency)

    def _live_price(self, item: Item) -> Decimal:
        reader = self._readers.get(item.connection)
        if reader is None:
            raise ToolError(
                f"{item.store_name} has no POS connection that I could change prices through; "
                "its data was loaded from files."
            )
        look = Action(
            idempotency_key="look",
            kind=ActionKind.PRICE_CHANGE,
            target={
                "variant_external_id": item.variant_external_id,
                "store_external_id": item.store_external_id,
                "sku": item.sku,
                "name": item.product,
            },
            # A preview sends nothing; it wants a complete action, and only its reading is used.
            change={"price": "1.00", "currency": item.currency},
            expected_before={},
        )
        try:
            seen = reader.preview(look)
        except ConnectorError as error:
            raise ToolError(
                f"I could not read the present price of {item.product} at {item.store_name}, so I proposed nothing. "
                f"{error.user_message}"
            ) from error
        price = seen.before.get("price", "")
        if not price:
            raise ToolError(
                f"{item.product} has no fixed price at {item.store_name} that I could change. {seen.problem}".strip()
            )
        if seen.before.get("currency", item.currency) != item.currency:
            raise ToolError(f"The POS prices {item.product} in another currency than {item.store_name} uses.")
        try:
            return round_price(Decimal(price), item.currency)
        except InvalidOperation as error:
            raise ToolError(f"The POS gave a price for {item.product} that I cannot read.") from error


def _after(draft: PriceChangeDraft, before: Decimal, currency: str) -> Decimal:
    if (draft.percent is None) == (draft.price is None):
        raise BadArgumentError("Please give either a percentage or a new price, not both and not neither.")
    if draft.price is not None:
        return round_price(draft.price, currency)
    return round_price(before * (100 + (draft.percent or 0)) / 100, currency)
