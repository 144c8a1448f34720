"""One price change in Square's terms: what it costs now at a location, and the request that changes just that.

A variation has a base price and may have one per location. A change always sets the location's own price, so that no
other store moves. The request holds the whole object as read, with its version: Square refuses it if anyone changed
the object in between, and nothing but the price can be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.base import Action, Preview
from connectors.money import major, price_minor
from connectors.square.client import SquareClient
from connectors.square.joined import is_sold_at

GONE = "This product is no longer in Square's catalogue."

_SET_BY_SQUARE = frozenset({"updated_at", "created_at", "is_deleted", "catalog_v1_ids"})


def live(client: SquareClient, action: Action, now: datetime) -> Preview:  # noqa: ARG001 a price has no clock
    """Read the variation and say what changing its price means now."""
    found = client.catalog_object(str(action.target.get("variant_external_id", "")))
    return Preview({}, "", {}, GONE) if found is None else preview(found, action)


def live_price(source: Mapping[str, Any], location_id: str) -> Mapping[str, Any] | None:
    """Square's money of a variation at a location: its override, else the base price; None if it has no fixed price."""
    data = source.get("item_variation_data") or {}
    override = _override(data, location_id)
    if override.get("pricing_type", data.get("pricing_type")) == "VARIABLE_PRICING":
        return None
    money = override.get("price_money") or data.get("price_money")
    return money if isinstance(money, Mapping) and money.get("amount") is not None else None


def as_change(money: Mapping[str, Any]) -> dict[str, str]:
    """Square's money in the shape of ``Action.change``: a decimal string in major units and the currency."""
    currency = str(money.get("currency") or "USD")
    return {"price": format(major(int(money["amount"]), currency), "f"), "currency": currency}


def preview(source: Mapping[str, Any], action: Action) -> Preview:
    """What changing ``source`` by ``action`` means now; ``problem`` is a sentence when it cannot be done."""
    location_id = action.target.get("store_external_id", "")
    version = str(source.get("version") or "")
    if source.get("type") != "ITEM_VARIATION":
        return Preview({}, version, {}, "This is not something with a price in Square's catalogue.")
    if source.get("is_deleted"):
        return Preview({}, version, {}, GONE)
    if not is_sold_at(source, location_id):
        return Preview({}, version, {}, "This product is not sold at this store.")
    money = live_price(source, location_id)
    if money is None:
        return Preview({}, version, {}, "This product has no fixed price in Square: its price is typed at the till.")
    before = as_change(money)
    amount = price_minor(action.change.get("price", ""), before["currency"])
    if amount is None:
        return Preview(before, version, {}, "The new price is not an amount Square can hold.")
    if action.change.get("currency", before["currency"]).upper() != before["currency"].upper():
        return Preview(before, version, {}, f"Square keeps this price in {before['currency']}.")
    return Preview(before, version, _request(source, action, location_id, amount, before["currency"]))


def writable(source: Mapping[str, Any]) -> dict[str, Any]:
    """A catalogue object without what only Square sets."""
    return {name: value for name, value in source.items() if name not in _SET_BY_SQUARE}


def _request(source: Mapping[str, Any], action: Action, location_id: str, amount: int, currency: str) -> dict[str, Any]:
    data = source.get("item_variation_data") or {}
    override = {
        **_override(data, location_id),
        "location_id": location_id,
        "pricing_type": "FIXED_PRICING",
        "price_money": {"amount": amount, "currency": currency},
    }
    others = [item for item in data.get("location_overrides") or () if item.get("location_id") != location_id]
    changed = writable(source)
    changed["item_variation_data"] = {**data, "location_overrides": [*others, override]}
    return {"idempotency_key": action.idempotency_key, "object": changed}


def _override(data: Mapping[str, Any], location_id: str) -> Mapping[str, Any]:
    found = (item for item in data.get("location_overrides") or () if item.get("location_id") == location_id)
    return next(found, {})
