"""Live values and exact requests for previews: one function per kind of action.

A request names the document that is sent and its variables, and beside them what a person should know of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.base import Action, ActionKind, Preview
from connectors.shopify import flags, pricing, promoting, stocking, transferring
from connectors.shopify.client import ShopifyClient

_PREVIEWS: Mapping[ActionKind, Callable[[ShopifyClient, Action], Preview]] = {
    ActionKind.PRICE_CHANGE: pricing.preview,
    ActionKind.STOCK_ADJUST: stocking.preview_adjustment,
    ActionKind.STOCK_COUNT: stocking.preview_count,
    ActionKind.TRANSFER: transferring.preview,
    ActionKind.PROMOTION_CREATE: promoting.preview_create,
    ActionKind.PROMOTION_END: promoting.preview_end,
    ActionKind.PRODUCT_FLAGS: flags.preview,
}


def preview(client: ShopifyClient, action: Action) -> Preview:
    """A live read of an action; raises as reading does."""
    make = _PREVIEWS.get(action.kind)
    if make is None:
        return Preview({}, "", {}, f"Shopify cannot do “{action.kind.value.replace('_', ' ')}”.")
    return make(client, action)
