"""Taking a product off sale and putting it back: archiving in the R-Series' terms.

Archiving writes off whatever is in stock and cannot be undone, so what is in stock is refused unless the operator
chose otherwise. Whether stock is kept is decided with a product's type in the back office, not here.
Source: developers.lightspeedhq.com/retail/endpoints/Item, Archiving
"""

from __future__ import annotations

from decimal import Decimal

from connectors.base import Action, Preview
from connectors.http import WriteReply
from connectors.lightspeed_r.catalog import SUMMARY_SHOP
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import single
from connectors.lightspeed_r.targets import GONE, Ways, item_of, refused
from connectors.lightspeed_r.wire import Document, flag, nested, number, plain, text


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:
    """Whether the product is on sale, and the request that changes it."""
    item = item_of(client, action, ("ItemShops",))
    if item is None:
        return refused(GONE)
    version = text(item, "timeStamp") or ""
    before = {
        "active": "false" if flag(item, "archived") else "true",
        "track_stock": "false" if text(item, "itemType") == "non_inventory" else "true",
    }
    if "track_stock" in action.change:
        return refused("Whether stock is kept is a product's type in Lightspeed. Change it there.", before, version)
    wanted = str(action.change.get("active", "")).casefold()
    path = f"Item/{item['itemID']}"
    if wanted == "true":
        return Preview(before, version, {"method": "PUT", "path": path, "body": {"archived": "false"}})
    if wanted != "false":
        return refused("Say whether the product shall be on sale: true or false.", before, version)
    stocked = _in_stock(item)
    if stocked and before["active"] == "true" and not ways.archive_with_stock:
        sentence = (
            f"{stocked} are still in stock, which Lightspeed would write off. Sell, transfer or adjust them first."
        )
        return refused(sentence, before, version)
    return Preview(before, version, {"method": "DELETE", "path": path, "body": {}})


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:  # noqa: ARG001
    """Send it, once."""
    return single(client, seen.request)


def _in_stock(item: Document) -> str:
    """What would be written off, or an empty text. Stock below nothing is nothing to lose."""
    shops = [shop for shop in nested(item, "ItemShops", "ItemShop") if text(shop, "shopID") != SUMMARY_SHOP]
    stocked = sum((max(number(shop, "qoh"), Decimal(0)) for shop in shops), Decimal(0))
    return plain(stocked) if stocked else ""
