"""Product flags in Square's terms: whether a product is sold, and whether its stock is tracked.

Square takes a whole item off sale by archiving it. An item is sent as it was read, its variations inside with their
versions, so that nothing but the flag can change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.base import Action, Preview
from connectors.square.client import SquareClient
from connectors.square.pricing import GONE, writable

_WORDS = {"true": True, "false": False}


def change(client: SquareClient, action: Action, now: datetime) -> Preview:  # noqa: ARG001 a flag has no clock
    """The flags of one product as they are, and the item with those that shall change."""
    variant_id = str(action.target.get("variant_external_id", ""))
    variation = client.catalog_object(variant_id)
    data = (variation or {}).get("item_variation_data") or {}
    item = client.catalog_object(str(data.get("item_id") or ""))
    if variation is None or variation.get("is_deleted") or item is None or item.get("is_deleted"):
        return Preview({}, "", {}, GONE)
    inside = (item.get("item_data") or {}).get("variations") or ()
    own = next((found for found in inside if found.get("id") == variant_id), variation)
    version = str(item.get("version") or "")
    before = {
        "active": _word(not (item.get("item_data") or {}).get("is_archived", False)),
        "track_stock": _word(bool((own.get("item_variation_data") or {}).get("track_inventory", False))),
    }
    wanted = {name: _WORDS.get(str(value).casefold()) for name, value in action.change.items() if value is not None}
    problem = _problem(wanted, before, len(inside))
    if problem:
        return Preview(before, version, {}, problem)
    return Preview(before, version, _request(action, item, variant_id, wanted))


def _problem(wanted: Mapping[str, bool | None], before: Mapping[str, str], variations: int) -> str:
    if not wanted or not set(wanted) <= set(before) or None in wanted.values():
        return "The flags that can be changed are active and track_stock, each true or false."
    if "active" in wanted and _word(bool(wanted["active"])) != before["active"] and variations > 1:
        return f"This product is one of {variations} variations of an item, which Square takes off sale only together."
    return ""


def _request(
    action: Action, item: Mapping[str, Any], variant_id: str, wanted: Mapping[str, bool | None]
) -> dict[str, Any]:
    data = dict(item.get("item_data") or {})
    if "active" in wanted:
        data["is_archived"] = not wanted["active"]
    variations = []
    for found in data.get("variations") or ():
        sent = writable(found)
        if found.get("id") == variant_id and "track_stock" in wanted:
            own = sent.get("item_variation_data") or {}
            sent["item_variation_data"] = {**own, "track_inventory": wanted["track_stock"]}
        variations.append(sent)
    changed = {**writable(item), "item_data": {**data, "variations": variations}}
    return {"idempotency_key": action.idempotency_key, "object": changed}


def _word(flag: bool) -> str:
    return "true" if flag else "false"
