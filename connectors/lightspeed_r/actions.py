"""Every action the R-Series can take: how it is previewed, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from connectors.base import Action, ActionKind, Preview
from connectors.http import WriteReply
from connectors.lightspeed_r import flags, prices, promotions, purchasing, stock, transfers
from connectors.lightspeed_r.client import TITLE, LightspeedRClient
from connectors.lightspeed_r.targets import Ways


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of action."""

    preview: Callable[[LightspeedRClient, Action, Ways], Preview]
    send: Callable[[LightspeedRClient, Action, Preview], WriteReply]


GROUPS: Mapping[ActionKind, Group] = {
    ActionKind.PRICE_CHANGE: Group(prices.preview, prices.send),
    ActionKind.STOCK_ADJUST: Group(stock.preview, stock.send),
    ActionKind.STOCK_COUNT: Group(stock.preview, stock.send),
    ActionKind.TRANSFER: Group(transfers.preview, transfers.send),
    ActionKind.PURCHASE_ORDER: Group(purchasing.preview, purchasing.send),
    ActionKind.PROMOTION_CREATE: Group(promotions.preview, promotions.send),
    ActionKind.PROMOTION_END: Group(promotions.preview_end, promotions.send),
    ActionKind.PRODUCT_FLAGS: Group(flags.preview, flags.send),
}


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:
    """Read the live object and build the request; raises as the client does."""
    group = GROUPS.get(action.kind)
    if group is None:
        return Preview({}, "", {}, f"{TITLE} cannot do “{action.kind}”: it keeps no schedules.")
    return group.preview(client, action, ways)


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:
    """Send what a preview built."""
    return GROUPS[action.kind].send(client, action, seen)
