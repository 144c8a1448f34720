"""What can be changed in Clover, looked at live: one module for each group of changes.

A preview's request is ``{"method", "path", "body"}``, the path within the merchant. Clover has neither idempotency
keys nor a condition on what is being replaced, so the live value is read at once before the request, and after it.
"""

from __future__ import annotations

from connectors.base import Action, ActionKind, Preview
from connectors.clover import flags, pricing, promotions, stock
from connectors.clover.client import CloverClient

MISSING = {
    ActionKind.TRANSFER: "Clover knows one store to a merchant and no transfers. Adjust the stock of both stores.",
    ActionKind.PURCHASE_ORDER: "Clover has no purchase orders. Send the order to the supplier as a file.",
    ActionKind.SHIFT_DRAFT: "Clover has no schedules, only what was clocked.",
    ActionKind.SHIFT_PUBLISH: "Clover has no schedules, only what was clocked.",
}
"""What Clover does not have, and what to do instead."""


def preview(client: CloverClient, action: Action) -> Preview:
    """The live value of an action, and the request it would send.

    Raises:
        TransientError: Clover could not answer now.
        TerminalError: the token is wrong.
    """
    if action.kind in MISSING:
        return Preview({}, "", {}, MISSING[action.kind])
    store = str(action.target.get("store_external_id") or client.merchant_id)
    if store != client.merchant_id:
        return Preview({}, "", {}, "This store belongs to another Clover merchant. Use that merchant's connection.")
    match action.kind:
        case ActionKind.PRICE_CHANGE:
            return pricing.preview(client, action)
        case ActionKind.STOCK_ADJUST | ActionKind.STOCK_COUNT:
            return stock.preview(client, action)
        case ActionKind.PROMOTION_CREATE:
            return promotions.preview_create(client, action)
        case ActionKind.PROMOTION_END:
            return promotions.preview_end(client, action)
    return flags.preview(client, action)
