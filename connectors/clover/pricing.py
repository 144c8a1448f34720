"""A price change: ``POST /items/{id}`` with the price alone, in minor units; under VAT the price holds the tax."""

from __future__ import annotations

from connectors.base import Action, Preview
from connectors.clover.amounts import whole
from connectors.clover.client import CloverClient, segment
from connectors.http import RejectedError
from connectors.money import major, price_minor

GONE = "This product is no longer in Clover's inventory."


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
    amount = price_minor(action.change.get("price"), currency)
    if amount is None:
        return Preview(before, version, {}, "The new price is not an amount Clover can hold.")
    if str(action.change.get("currency") or currency).upper() != currency.upper():
        return Preview(before, version, {}, f"Clover keeps this price in {currency}.")
    request = {"method": "POST", "path": f"/items/{segment(identity)}", "body": {"price": amount}}
    return Preview(before, version, request)


def currency_of(client: CloverClient) -> str:
    """The merchant's currency."""
    return str(client.one("/properties").get("defaultCurrency") or "USD")
