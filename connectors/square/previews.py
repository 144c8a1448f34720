"""Which module previews which kind of action; each reads the live object and builds the request that would be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from connectors.base import Action, ActionKind, Preview, Support
from connectors.manifest import load_manifest
from connectors.square import flags, offers, pricing, scheduling, stocktaking, transfers
from connectors.square.client import SquareClient

_PREVIEWS: Mapping[ActionKind, Callable[[SquareClient, Action, datetime], Preview]] = {
    ActionKind.PRICE_CHANGE: pricing.live,
    ActionKind.STOCK_ADJUST: stocktaking.adjustment,
    ActionKind.STOCK_COUNT: stocktaking.count,
    ActionKind.TRANSFER: transfers.draft,
    ActionKind.SHIFT_DRAFT: scheduling.draft,
    ActionKind.SHIFT_PUBLISH: scheduling.publication,
    ActionKind.PROMOTION_CREATE: offers.creation,
    ActionKind.PROMOTION_END: offers.ending,
    ActionKind.PRODUCT_FLAGS: flags.change,
}


def live_preview(client: SquareClient, action: Action, now: datetime) -> Preview:
    """What ``action`` means now; for what Square does not offer, the sentence that says so.

    Raises:
        TransientError: Square could not answer now.
        TerminalError: the token is wrong.
    """
    preview = _PREVIEWS.get(action.kind)
    if preview is None:
        return Preview({}, "", {}, not_offered(action.kind))
    return preview(client, action, now)


def not_offered(kind: ActionKind) -> str:
    """Why an action is not written to Square."""
    entry = load_manifest("square").actions.get(kind)
    if entry is not None and entry.write is not Support.YES and entry.note:
        return f"{entry.note}."
    return f"Square cannot do “{kind.value}” over its API."
