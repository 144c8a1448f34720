"""One price change in Shopify's terms.

A variant has one price for the whole shop: it holds at every location, so the request names all of them. Shopify has no
idempotency key and no version check here; the value before is compared and the value after read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.base import Action, Preview
from connectors.money import major, price_minor, to_minor
from connectors.shopify.asking import GONE, ask, refused, stores_of
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import gid, number


def preview(client: ShopifyClient, action: Action) -> Preview:
    """The variant's price now, and the request that changes just that."""
    identity = gid("ProductVariant", action.target.get("variant_external_id", ""))
    data = ask(client, "live_variant", {"id": identity})
    variant: Any = data.get("productVariant")
    if not isinstance(variant, Mapping):
        return refused(GONE)
    currency = str((data.get("shop") or {}).get("currencyCode") or "USD")
    before = {"price": format(major(to_minor(variant["price"], currency), currency), "f"), "currency": currency}
    version = str(variant.get("updatedAt") or "")
    product = variant.get("product") or {}
    if product.get("status") == "ARCHIVED":
        return refused("This product is archived in Shopify; make it active first.", before, version)
    amount = price_minor(action.change.get("price", ""), currency)
    if amount is None:
        return refused("The new price is not an amount Shopify can hold.", before, version)
    if str(action.change.get("currency", currency)).upper() != currency.upper():
        return refused(f"Shopify keeps this price in {currency}.", before, version)
    here = number(action.target.get("store_external_id"))
    return Preview(
        before,
        version,
        _request(data, identity, product, format(major(amount, currency), "f")),
        also_at=tuple(sorted(place for place in map(number, stores_of(data)) if place != here)),
        also="The shop’s online store sells at this price too.",
    )


def _request(data: Mapping[str, Any], variant: str, product: Mapping[str, Any], price: str) -> dict[str, Any]:
    stores = sorted(stores_of(data).values())
    return {
        "document": "price_update",
        "variables": {"productId": product.get("id"), "variants": [{"id": variant, "price": price}]},
        "stores": stores,
        "note": "Shopify keeps one price for the whole shop, its online store included."
        if len(stores) < 2
        else f"Shopify keeps one price for the whole shop: it changes in all {len(stores)} stores and online.",
    }
