"""Creating a promotion, and ending one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, cast

from agent.proposals.catalogue import Item
from agent.proposals.ground import Ground
from agent.proposals.kinds.promotions import PromotedItem, PromotionCreate, PromotionEnd
from agent.proposals.making.live_price import live_price
from agent.proposals.money import round_price
from agent.proposals.policy import check_bounds
from connectors.base import ActionKind
from connectors.records import unscoped
from tools.drafts import PromotionDraft, PromotionEndDraft
from tools.errors import BadArgumentError, ToolError

_MOST_GOODS = 200
_LATE = timedelta(minutes=5)
"""A promotion that begins "now" is a little in the past by the time it is filed."""


def creation(draft: PromotionDraft, ground: Ground, now: datetime) -> PromotionCreate:
    """The promotion a draft means.

    Raises:
        BadArgumentError: the goods, the discount or the times cannot be used.
        ToolError: the POS did not answer, or cannot create promotions.
    """
    place = ground.place(draft.store_id, ActionKind.PROMOTION_CREATE)
    value = _discount(draft, ground, place.currency)
    if draft.off == "amount" and not draft.variant_ids:
        raise BadArgumentError(
            "An amount off everything would give cheap goods away; please name the products, or a percentage."
        )
    if draft.starts_at < now - _LATE:
        raise BadArgumentError("The promotion would begin in the past; please name a later day.")
    if draft.ends_at is not None and draft.ends_at <= draft.starts_at:
        raise BadArgumentError("The promotion would end before it begins.")
    if len(draft.variant_ids) > _MOST_GOODS:
        raise BadArgumentError(f"A promotion can be for {_MOST_GOODS} products at most, or for everything.")
    items = [ground.item(draft.store_id, variant, ActionKind.PROMOTION_CREATE) for variant in draft.variant_ids]
    if draft.off == "amount":
        _check_amount(value, items, ground)
    made = PromotionCreate(
        connection=place.connection,
        store_id=place.store_id,
        store_name=place.name,
        store_external_id=place.external_id,
        currency=place.currency,
        reason=draft.reason.strip()[:500],
        name=draft.name.strip()[:100] or "Promotion",
        off=cast("Literal['percent', 'amount']", draft.off),
        value=value,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        time_zone=place.time_zone,
        items=tuple(
            PromotedItem(
                variant_id=item.variant_id,
                variant_external_id=item.variant_external_id,
                product=item.product,
                sku=item.sku,
            )
            for item in items
        ),
        elsewhere=ground.others(place.store_id, place.connection) if draft.everywhere else None,
    )
    try:
        seen = ground.check(made)
    except ToolError as error:
        if draft.everywhere:
            raise
        raise ToolError(f"{error.user_message} If it may hold in every store, ask for it in all stores.") from error
    return made.model_copy(update={"also": seen.also})


def ending(draft: PromotionEndDraft, ground: Ground, now: datetime) -> PromotionEnd:
    """Ending the promotion a draft means.

    Raises:
        BadArgumentError: it is unknown, or over.
        ToolError: the POS did not answer, or cannot end promotions.
    """
    place = ground.place(draft.store_id, ActionKind.PROMOTION_END)
    found = ground.catalogue.promotion(draft.promotion_id)
    if found is None:
        raise BadArgumentError("I do not know that promotion.")
    if found.ends_at is not None and found.ends_at <= now:
        raise BadArgumentError(f"“{found.name}” is over already.")
    made = PromotionEnd(
        connection=place.connection,
        store_id=place.store_id,
        store_name=place.name,
        store_external_id=place.external_id,
        currency=place.currency,
        reason=draft.reason.strip()[:500],
        promotion_id=found.promotion_id,
        promotion_external_id=unscoped(place.connection, found.promotion_id),
        name=found.name,
        elsewhere=ground.others(place.store_id, place.connection),
    )
    ground.check(made)
    return made


def _check_amount(value: str, items: Sequence[Item], ground: Ground) -> None:
    """An amount off is bounded against the price of each of the goods, as a price change is."""
    for item in items:
        before, _ = live_price(item, ground)
        problem = check_bounds(before, before - Decimal(value), ground.settings)
        if problem:
            raise BadArgumentError(f"{value} {item.currency} off {item.product} at {item.store_name}: {problem}")


def _discount(draft: PromotionDraft, ground: Ground, currency: str) -> str:
    if draft.off not in ("percent", "amount"):
        raise BadArgumentError("off must be percent or amount.")
    most = -ground.settings.lowest_percent
    if draft.off == "percent" and not 0 < draft.value <= most:
        raise BadArgumentError(f"The discount must be more than 0 and at most {most} %.")
    if draft.off == "amount" and draft.value <= 0:
        raise BadArgumentError("The amount off must be more than 0.")
    return (
        f"{draft.value.normalize():f}" if draft.off == "percent" else f"{round_price(Decimal(draft.value), currency):f}"
    )
