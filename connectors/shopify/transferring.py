"""Transfers between stores: a draft in Shopify, which somebody marks as ready and ships there.

The draft carries a tag with the action's key, so that it is found again; it also carries the key itself
(``@idempotent``), so that sending it twice makes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.base import Action, Preview
from connectors.shopify.asking import ask, whole_number
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import gid, number

TAG = "floorwalker-"


def preview(client: ShopifyClient, action: Action) -> Preview:
    """Whether the draft is there already, and the request that makes it."""
    start = gid("Location", action.target.get("from_store_external_id", ""))
    end = gid("Location", action.target.get("to_store_external_id", ""))
    lines = [line for line in action.change.get("lines") or () if isinstance(line, Mapping)]
    variants = [gid("ProductVariant", line.get("variant_external_id", "")) for line in lines]
    tag = f"{TAG}{action.idempotency_key}"
    data = ask(
        client, "live_transfer", {"tag": f"tag:'{tag}'", "origin": start, "destination": end, "variants": variants}
    )
    there = [item for item in (data.get("inventoryTransfers") or {}).get("nodes") or () if tag in item.get("tags", ())]
    if there:
        return Preview({}, number(there[0]["id"]), {}, done=True)
    problem = _problem(data, start, end, lines)
    if problem:
        return Preview({}, "", {}, problem, done=False)
    items = [str(found["inventoryItem"]["id"]) for found in data["nodes"]]
    quantities = [whole_number(line.get("quantity")) for line in lines]
    return Preview({}, "", _request(action, tag, start, end, list(zip(items, quantities, strict=True))), done=False)


def _problem(data: Mapping[str, Any], start: str, end: str, lines: list[Mapping[str, Any]]) -> str:
    if start == end:
        return "A transfer needs two different stores."
    for place in ("origin", "destination"):
        if not (data.get(place) or {}).get("isActive"):
            return f"The {place} is not an active location in Shopify."
    if not lines:
        return "A transfer needs at least one product."
    for line, found in zip(lines, data.get("nodes") or [None] * len(lines), strict=True):
        name = line.get("name") or line.get("sku") or line.get("variant_external_id")
        if not isinstance(found, Mapping) or not found.get("inventoryItem"):
            return f"“{name}” is no longer in Shopify's catalogue."
        if not found["inventoryItem"].get("tracked"):
            return f"Shopify does not track the stock of “{name}”; turn tracking on first."
        if (whole_number(line.get("quantity")) or 0) <= 0:
            return f"Shopify moves whole pieces: the quantity of “{name}” must be a whole number."
    return ""


def _request(action: Action, tag: str, start: str, end: str, lines: list[tuple[str, int | None]]) -> dict[str, Any]:
    moved = {
        "originLocationId": start,
        "destinationLocationId": end,
        "lineItems": [{"inventoryItemId": item, "quantity": quantity} for item, quantity in lines],
        "tags": [tag],
    }
    if action.change.get("note"):
        moved["note"] = str(action.change["note"])
    return {
        "document": "transfer_create",
        "variables": {"input": moved, "key": action.idempotency_key},
        "note": "A draft: nothing moves until it is marked as ready to ship in Shopify.",
    }
