"""Promotions as Shopify's automatic discounts: made, found again by a tag with the action's key, and ended.

Shopify has neither an idempotency key nor a limit to single stores here. A promotion for some of several stores is
refused in a sentence rather than made for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.shopify.asking import ask, refused, stores_of
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import gid, instant, kind_of, number, stamp

_TAG = "floorwalker-"
_RUNNING = frozenset({"ACTIVE", "SCHEDULED"})


def preview_create(client: ShopifyClient, action: Action) -> Preview:
    """Whether the promotion is there already, and the request that makes it."""
    tag = f"{_TAG}{action.idempotency_key}"
    data = ask(client, "live_promotion", {"tag": f"tag:'{tag}'"})
    nodes = (data.get("discountNodes") or {}).get("nodes") or ()
    there = [item for item in nodes if tag in ((item.get("discount") or {}).get("tags") or ())]
    if there:
        return Preview({}, number(there[0]["id"]), {}, done=True)
    currency = str((data.get("shop") or {}).get("currencyCode") or "USD")
    stores = stores_of(data)
    wanted = {gid("Location", store) for store in action.target.get("store_external_ids") or ()}
    if wanted and wanted != set(stores):
        return Preview(
            {}, "", {}, "Shopify gives an automatic discount in every store; leave the stores out.", done=False
        )
    built = _input(action.change, currency, tag)
    if isinstance(built, str):
        return Preview({}, "", {}, built, done=False)
    request = {
        "document": "promotion_create",
        "variables": {"input": built},
        "stores": sorted(stores.values()),
        "note": "It holds in every store and online, without a code.",
    }
    return Preview({}, "", request, done=False, also=str(request["note"]))


def preview_end(client: ShopifyClient, action: Action) -> Preview:
    """Whether the promotion still runs, and the request that ends it."""
    identity = number(action.target.get("promotion_external_id", ""))
    node: Any = ask(client, "discount", {"id": gid("DiscountNode", identity)}).get("discountNode")
    if not isinstance(node, Mapping) or not isinstance(node.get("discount"), Mapping):
        return refused("This promotion is no longer in Shopify.")
    discount = node["discount"]
    before = {"active": "true" if discount.get("status") in _RUNNING else "false"}
    version = str(discount.get("updatedAt") or "")
    if str(action.change.get("active", "")).lower() != "false":
        return refused("A promotion can only be ended here; make a new one to start it again.", before, version)
    has_code = kind_of(node["id"]) == "DiscountCodeNode" or str(discount.get("__typename")).startswith("DiscountCode")
    kind = "DiscountCodeNode" if has_code else "DiscountAutomaticNode"
    request = {
        "document": "code_promotion_end" if has_code else "promotion_end",
        "variables": {"id": gid(kind, identity)},
        "promotion": discount.get("title"),
    }
    return Preview(before, version, request)


def _input(change: Mapping[str, Any], currency: str, tag: str) -> dict[str, Any] | str:
    """The discount as Shopify takes it, or a sentence that names the field that does not fit."""
    value = _value(change, currency)
    if isinstance(value, str):
        return value
    try:
        starts = instant(str(change.get("starts_at") or ""))
        ends = instant(str(change["ends_at"])) if change.get("ends_at") else None
    except ValueError:
        return "starts_at and ends_at must be instants with an offset, such as 2026-11-02T09:00:00-05:00."
    if ends is not None and ends <= starts:
        return "ends_at must be later than starts_at."
    if not str(change.get("name") or "").strip():
        return "name must not be empty."
    variants = [gid("ProductVariant", one) for one in change.get("variant_external_ids") or ()]
    items: dict[str, Any] = {"products": {"productVariantsToAdd": variants}} if variants else {"all": True}
    return {
        "title": str(change["name"]),
        "tags": [tag],
        "startsAt": stamp(starts),
        "endsAt": None if ends is None else stamp(ends),
        "context": {"all": "ALL"},
        "customerGets": {"value": value, "items": items},
    }


def _value(change: Mapping[str, Any], currency: str) -> dict[str, Any] | str:
    try:
        value = Decimal(str(change.get("value")))
    except InvalidOperation:
        return "value must be a number."
    if not value.is_finite() or value <= 0:
        return "value must be more than 0."
    if change.get("kind") == "percent":
        return {"percentage": value / 100} if value <= 100 else "value must be at most 100 percent."
    if change.get("kind") != "amount":
        return "kind must be percent or amount."
    if str(change.get("currency") or currency).upper() != currency.upper():
        return f"Shopify keeps this shop's money in {currency}."
    # Per piece: an amount off an order of several products would be another promise.
    return {
        "discountAmount": {"amount": format(value, "f"), "appliesOnEachItem": bool(change.get("variant_external_ids"))}
    }
