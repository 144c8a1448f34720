"""Flags of a product: whether it is sold, which Shopify keeps per product, and whether its stock is tracked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.base import Action, Preview
from connectors.shopify.asking import GONE, ask, refused
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import gid

_SOLD = frozenset({"ACTIVE", "UNLISTED"})
_WORDS = {"true": True, "false": False}


def preview(client: ShopifyClient, action: Action) -> Preview:
    """The flags now, and the request that changes those asked for."""
    data = ask(client, "live_variant", {"id": gid("ProductVariant", action.target.get("variant_external_id", ""))})
    variant: Any = data.get("productVariant")
    if not isinstance(variant, Mapping):
        return refused(GONE)
    product, item = variant.get("product") or {}, variant.get("inventoryItem") or {}
    before = {
        "active": "true" if product.get("status") in _SOLD else "false",
        "track_stock": "true" if item.get("tracked") else "false",
    }
    version = str(variant.get("updatedAt") or "")
    asked = {name: str(value).lower() for name, value in action.change.items() if name in before}
    if not asked or any(value not in _WORDS for value in asked.values()):
        return refused("active and track_stock must be true or false, and one of them is needed.", before, version)
    request = _request(product, item, asked)
    return Preview(before, version, request, also=str(request.get("note") or ""))


def _request(product: Mapping[str, Any], item: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    status, tracking = "active" in asked, "track_stock" in asked
    variables: dict[str, Any] = {"item": item.get("id"), "input": {}, "status": status, "tracking": tracking}
    if status:
        variables["product"] = {
            "id": product.get("id"),
            "status": "ACTIVE" if _WORDS[asked["active"]] else "ARCHIVED",
        }
    if tracking:
        variables["input"] = {"tracked": _WORDS[asked["track_stock"]]}
    request: dict[str, Any] = {"document": "product_flags", "variables": variables}
    variants = int((product.get("variantsCount") or {}).get("count") or 1)
    if status and variants > 1:
        request["note"] = f"Shopify keeps this per product: all {variants} variants of it change."
    return request
