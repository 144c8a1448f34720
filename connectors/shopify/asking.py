"""What previews share: reading one thing by an id a person gave, and telling what is missing in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.base import Preview
from connectors.http import RejectedError
from connectors.shopify.client import ShopifyClient

GONE = "This product is no longer in Shopify's catalogue."


def ask(client: ShopifyClient, document: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """A live read; an id that Shopify cannot read is as good as one it does not know. Raises as reading does."""
    try:
        return client.ask(document, variables)
    except RejectedError as error:
        if error.status != 400:
            raise
        return {}


def refused(problem: str, before: Mapping[str, Any] | None = None, version: str = "") -> Preview:
    """A preview of what cannot be done."""
    return Preview(before or {}, version, {}, problem)


def whole_number(value: Any) -> int | None:
    """A whole number of pieces; None when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or number != number.to_integral_value() or abs(number) > 1_000_000_000:
        return None
    return int(number)


def stores_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Active places of the shop that are its own: name by id."""
    nodes = (data.get("locations") or {}).get("nodes") or ()
    return {
        str(place["id"]): str(place.get("name") or "")
        for place in nodes
        if place.get("isActive") and not place.get("isFulfillmentService")
    }
