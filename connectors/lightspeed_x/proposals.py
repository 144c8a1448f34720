"""Previews of every kind of change, and what has to be remembered between looking and deciding."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from connectors.base import Action, ActionKind, Preview
from connectors.lightspeed_x import consignments, flags, pricing, promotions, stock
from connectors.lightspeed_x.client import TITLE, LightspeedXClient

_REMEMBERED = 10_000


class Proposals:
    """Looks at the live shop. Safe from several threads.

    A stock adjustment carries no key of ours, so the version there was before it was first sent is remembered for as
    long as this process runs; afterwards nobody can tell it from another like it.
    """

    def __init__(self, client: LightspeedXClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._lock = threading.Lock()
        self._sent_after: OrderedDict[str, int] = OrderedDict()

    def preview(self, action: Action) -> Preview:
        """A live read and the requests of one action."""
        client = self._client
        match action.kind:
            case ActionKind.PRICE_CHANGE:
                return pricing.preview(client, action, self._now())
            case ActionKind.STOCK_ADJUST:
                with self._lock:
                    sent_after = self._sent_after.get(action.idempotency_key)
                return stock.preview_adjustment(client, action, sent_after)
            case ActionKind.STOCK_COUNT:
                return stock.preview_count(client, action)
            case ActionKind.TRANSFER | ActionKind.PURCHASE_ORDER:
                return consignments.preview(client, action)
            case ActionKind.PROMOTION_CREATE:
                return promotions.preview_create(client, action)
            case ActionKind.PROMOTION_END:
                return promotions.preview_end(client, action, self._now())
            case ActionKind.PRODUCT_FLAGS:
                return flags.preview(client, action)
            case _:
                return Preview({}, "", {}, f"{TITLE} has no schedules: it cannot do “{action.kind.value}”.")

    def about_to_send(self, action: Action, seen: Preview) -> None:
        """Remember what was there before; the first time counts."""
        if action.kind is ActionKind.STOCK_ADJUST and seen.version:
            with self._lock:
                self._sent_after.setdefault(action.idempotency_key, int(seen.version))
                while len(self._sent_after) > _REMEMBERED:
                    self._sent_after.popitem(last=False)
