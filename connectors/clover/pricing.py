"""A price change: ``POST /items/{id}`` with the price alone, in minor units; under VAT the price holds the tax."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Action, Preview
from connectors.clover.amounts import major, whole
from connectors.clover.client import CloverClient, segment
from connectors.http import RejectedError
from connectors.records import minor_exponent

GONE = "This product is no longer in Clover's inventory."
_HIGHEST_MINOR = 99_999_999_999


def preview(client: CloverClient, action: Action) -> Preview:
    """What the item costs now, and the request that changes it."""
    identity = str(action.target.get("variant_external_id") or "")
    try:
        item = client.one(f"/items/{segment(identity)}")
    except RejectedError as error:
        if error.status != 404:
            raise
        return Preview({}, "", {}, GONE)
    version = str(item.get("modifiedTime") or "")
    if item.get("deletedTime"):
        return Preview({}, version, {}, GONE)
    if item.get("priceType") == "VARIABLE" or item.get("price") is None:
        return Preview({}, version, {}, "This product has no fixed price in Clover: its price is typed at the till.")
    currency = currency_of(client)
    before = {"price": format(major(whole(item["price"]), currency), "f"), "currency": currency}
    amount = minor_of(action.change.get("price"), currency)
    if amount is None:
        return Preview(before, version, {}, "The new price is not an amount Clover can hold.")
    if str(action.change.get("currency") or currency).upper() != currency.upper():
        return Preview(before, version, {}, f"Clover keeps this price in {currency}.")
    request = {"method": "POST", "path": f"/items/{segment(identity)}", "body": {"price": amount}}
    return Preview(before, version, request)


def currency_of(client: CloverClient) -> str:
    """The merchant's currency."""
    return str(client.one("/properties").get("defaultCurrency") or "USD")


def minor_of(price: Any, currency: str) -> int | None:
    """A decimal string in major units as minor units; None when it is none, negative, or too fine or large."""
    try:
        amount = Decimal(str(price)).scaleb(minor_exponent(currency))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= _HIGHEST_MINOR:
        return None
    return int(amount)
