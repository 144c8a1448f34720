"""Promotions: Clover's discounts, which the cashier puts onto an order or a line by hand.

A discount has a name and a percentage or an amount, and nothing else: neither products nor dates. It is known again
by its name and value, for it can hold no key of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.clover.amounts import share_of, whole
from connectors.clover.client import LIST_PAGE, CloverClient, segment
from connectors.clover.feeds import Element, settled
from connectors.clover.pricing import currency_of
from connectors.http import RejectedError
from connectors.money import price_minor

_LONGEST_NAME = 127
_BY_HAND = (
    "Clover’s discounts know no dates and no products: staff put it on by hand, on anything, from the moment it is "
    "made until somebody ends it."
)


def preview_create(client: CloverClient, action: Action) -> Preview:
    """Whether such a discount is there, and the request that makes it."""
    stores = action.target.get("store_external_ids")
    if stores and list(stores) != [client.merchant_id]:
        return Preview({}, "", {}, "A Clover discount holds for one merchant. Propose it for each store by itself.")
    name = str(action.change.get("name") or "").strip()
    if not name or len(name) > _LONGEST_NAME:
        return Preview({}, "", {}, f"A discount needs a name of at most {_LONGEST_NAME} characters.")
    value = _value(client, action)
    if value is None:
        return Preview({}, "", {}, "The value is not a percentage up to 100 or an amount Clover can hold.")
    same = [item for item in _discounts(client) if _is_same(item, name, value)]
    request = {"method": "POST", "path": "/discounts", "body": {"name": name, **value}}
    return Preview({}, str(same[0].get("id") or "") if same else "", request, done=bool(same), also=_BY_HAND)


def preview_end(client: CloverClient, action: Action) -> Preview:
    """Whether the discount is still there, and the request that deletes it."""
    identity = str(action.target.get("promotion_external_id") or "")
    request = {"method": "DELETE", "path": f"/discounts/{segment(identity)}", "body": {}}
    try:
        found = client.one(f"/discounts/{segment(identity)}")
    except RejectedError as error:
        if error.status != 404:
            raise
        if not action.expected_before:
            return Preview({}, identity, {}, "There is no such discount in Clover.")
        # Somebody saw it before: it was deleted since.
        return Preview({"active": "false"}, identity, request)
    if str(action.change.get("active") or "").lower() != "false":
        return Preview({"active": "true"}, identity, {}, "A Clover discount can be ended, not begun again.")
    return Preview({"active": "false" if found.get("deleted") else "true"}, identity, request)


def _value(client: CloverClient, action: Action) -> dict[str, int] | None:
    """``percentage``, ``percentageDecimal`` for a broken one, or a negative ``amount``."""
    if action.change.get("kind") == "amount":
        amount = price_minor(action.change.get("value"), currency_of(client))
        return {"amount": -amount} if amount else None
    try:
        percent = Decimal(str(action.change.get("value")))
    except InvalidOperation:
        return None
    if not percent.is_finite() or not 0 < percent <= 100:
        return None
    if percent == percent.to_integral_value():
        return {"percentage": int(percent)}
    fine = percent * 10_000
    return {"percentageDecimal": int(fine)} if fine == fine.to_integral_value() else None


def _is_same(item: Element, name: str, value: Mapping[str, Any]) -> bool:
    if item.get("deleted") or str(item.get("name") or "").strip() != name:
        return False
    if "amount" in value:
        return item.get("amount") is not None and abs(whole(item["amount"])) == -value["amount"]
    return item.get("amount") is None and share_of(item) == share_of(value)


def _discounts(client: CloverClient) -> list[Element]:
    def read(limit: int, offset: int) -> list[Element]:
        return client.page("/discounts", limit=limit, offset=offset)

    return settled(read, LIST_PAGE, lambda item: str(item.get("id")))
