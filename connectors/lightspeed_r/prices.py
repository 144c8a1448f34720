"""One price change in the R-Series' terms.

A price belongs to an item at a price level, and a shop sells at one level. So the price of the shop's own level is
changed; shops that share the level change with it, and the request names them for whoever approves it. A level
without a price of its own sells at the default one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from connectors.base import Action, Preview
from connectors.currency import minor_exponent
from connectors.http import WriteReply
from connectors.lightspeed_r.catalog import price_levels
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import single
from connectors.lightspeed_r.surroundings import DEFAULT_LEVEL
from connectors.lightspeed_r.targets import (
    ARCHIVED,
    GONE,
    NO_SHOP,
    Ways,
    decimal_of,
    item_of,
    refused,
    shop_of,
)
from connectors.lightspeed_r.wire import Document, flag, plain, reference, text

_HIGHEST = Decimal("99999999.99")


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:  # noqa: ARG001 every group has it
    """The live price at a shop, and the request that changes it."""
    item = item_of(client, action)
    if item is None:
        return refused(GONE)
    version = text(item, "timeStamp") or ""
    if flag(item, "archived"):
        return refused(ARCHIVED, version=version)
    shop = shop_of(client, action.target.get("store_external_id"))
    if shop is None:
        return refused(NO_SHOP, version=version)
    level = reference(shop, "priceLevelID") or DEFAULT_LEVEL
    prices = price_levels(item)
    price = prices.get(level, prices.get(DEFAULT_LEVEL))
    if price is None:
        return refused("This product has no price in Lightspeed: it is typed at the till.", version=version)
    currency = client.currency()
    before = {"price": plain(price), "currency": currency}
    wanted = _price(action.change.get("price"), currency)
    if wanted is None:
        return refused("The new price is not an amount Lightspeed can hold.", before, version)
    if str(action.change.get("currency", currency)).upper() != currency.upper():
        return refused(f"Lightspeed keeps its prices in {currency}.", before, version)
    others = _at_the_same_level(client, shop, level)
    request = _request(item, level, wanted, [text(other, "name") or str(other.get("shopID")) for other in others])
    return Preview(before, version, request, also_at=tuple(str(other.get("shopID")) for other in others))


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:  # noqa: ARG001
    """Send it, once."""
    return single(client, seen.request)


def _at_the_same_level(client: LightspeedRClient, shop: Document, level: str) -> list[Document]:
    return [
        other
        for other in client.everything("Shop")
        if other.get("shopID") != shop.get("shopID") and (reference(other, "priceLevelID") or DEFAULT_LEVEL) == level
    ]


def _request(item: Document, level: str, price: Decimal, also: list[str]) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": "PUT",
        "path": f"Item/{item['itemID']}",
        "body": {"Prices": {"ItemPrice": [{"useTypeID": level, "amount": plain(price)}]}},
    }
    return {**request, "also_changes_at": also} if also else request


def _price(value: Any, currency: str) -> Decimal | None:
    price = decimal_of(value)
    if price is None or not 0 < price <= _HIGHEST:
        return None
    minor = price.scaleb(minor_exponent(currency))
    return price if minor == minor.to_integral_value() else None
