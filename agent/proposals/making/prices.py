"""Price changes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from agent.proposals.ground import Ground
from agent.proposals.kinds.price_change import PriceChange, percent_text
from agent.proposals.making.live_price import live_price
from agent.proposals.money import round_price
from agent.proposals.policy import check_bounds
from connectors.base import ActionKind
from tools.drafts import PriceChangeDraft
from tools.errors import BadArgumentError


def price_change(draft: PriceChangeDraft, ground: Ground, now: datetime) -> PriceChange:
    """The change a draft means, at the price the POS holds now.

    Raises:
        BadArgumentError: the product, price or end cannot be used.
        ToolError: the POS did not answer, or cannot change this price.
    """
    item = ground.item(draft.store_id, draft.variant_id, ActionKind.PRICE_CHANGE)
    if draft.until is not None and draft.until <= now:
        raise BadArgumentError("The end of the temporary price is already past; please name a later day.")
    before, seen = live_price(item, ground)
    after = _after(draft, before, item.currency)
    elsewhere = ground.others(item.store_id, item.connection, seen.also_at) if seen.also_at else ()
    problem = check_bounds(before, after, ground.settings)
    if problem:
        raise BadArgumentError(f"{item.product} at {item.store_name}: {problem}")
    made = PriceChange(
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
        elsewhere=elsewhere,
        elsewhere_names=ground.names(elsewhere),
        also=seen.also,
    )
    if seen.problem:
        # Said of a price that was only looked with; whether it is true of this one has to be asked.
        ground.check(made)
    return made


def _after(draft: PriceChangeDraft, before: Decimal, currency: str) -> Decimal:
    if (draft.percent is None) == (draft.price is None):
        raise BadArgumentError("Please give either a percentage or a new price, not both and not neither.")
    if draft.price is not None:
        return round_price(draft.price, currency)
    return round_price(before * (100 + (draft.percent or 0)) / 100, currency)
