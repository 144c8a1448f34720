"""A promotion in the R-Series: a discount that whoever is at the till chooses, from the moment it is made.

It has a name and a percentage or an amount, and no dates, products or shops. Who chooses it goes by its name, so dates
and a few products stand in there for people to read; shops, or more products than a name can hold, are refused. Its
end is an action of its own. The name also carries the start of the action's key, for no other field could.
Source: developers.lightspeedhq.com/retail/endpoints/Discount
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from connectors.base import Action, Preview
from connectors.currency import minor_exponent
from connectors.http import WriteReply
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import single
from connectors.lightspeed_r.targets import GONE, Ways, decimal_of, number_of, refused
from connectors.lightspeed_r.wire import Document, flag, plain, text

_LONGEST_NAME = 60
_MOST_PRODUCTS = 3
_KEY_SHOWN = 8
_BY_HAND = (
    "Lightspeed’s discounts know no dates and no products but by name: staff choose it at the till from the moment it "
    "is made until somebody ends it."
)


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:  # noqa: ARG001 every group has it
    """The request, and whether a discount with this action's name is there."""
    items = _items(client, action)
    if isinstance(items, str):
        return refused(items)
    problem = _problem(client, action)
    if problem:
        return refused(problem)
    name = _name(action, items)
    known = _found(client, name)
    version = str(known["discountID"]) if known is not None else ""
    request = {"method": "POST", "path": "Discount", "body": {"name": name, **_value(action)}}
    return Preview({}, version, request, done=known is not None, also=_BY_HAND)


def preview_end(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:  # noqa: ARG001 every group has it
    """Whether the discount can still be chosen, and the request that archives it."""
    identity = number_of(action.target.get("promotion_external_id"))
    discount = client.one(f"Discount/{identity}") if identity else None
    if discount is None:
        return refused("There is no such discount in Lightspeed.")
    before = {"active": "false" if flag(discount, "archived") else "true"}
    return Preview(before, str(identity), {"method": "DELETE", "path": f"Discount/{identity}", "body": {}})


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:  # noqa: ARG001
    """Send it, once."""
    return single(client, seen.request)


def _problem(client: LightspeedRClient, action: Action) -> str:
    if action.target.get("store_external_ids"):
        return "Lightspeed's discounts hold in every shop. Propose it without shops."
    value, kind = decimal_of(action.change.get("value")), action.change.get("kind")
    if value is None or value <= 0:
        return "The discount must be more than nothing."
    if kind == "percent":
        return "" if value <= 100 else "A discount cannot be more than 100 percent."
    if kind != "amount":
        return "A discount is either a percentage or an amount."
    currency = client.currency()
    if str(action.change.get("currency", currency)).upper() != currency.upper():
        return f"Lightspeed keeps its discounts in {currency}."
    minor = value.scaleb(minor_exponent(currency))
    return "" if minor == minor.to_integral_value() else "The discount is not an amount Lightspeed can hold."


def _value(action: Action) -> dict[str, str]:
    value = decimal_of(action.change.get("value")) or Decimal(0)
    if action.change.get("kind") == "percent":
        return {"discountPercent": plain(value / 100)}
    return {"discountAmount": plain(value)}


def _items(client: LightspeedRClient, action: Action) -> list[Document] | str:
    """The products that the discount is meant for, or a sentence why they cannot be named."""
    wanted = list(dict.fromkeys(str(item) for item in action.change.get("variant_external_ids") or ()))
    if len(wanted) > _MOST_PRODUCTS:
        return (
            f"Lightspeed's discounts are chosen at the till by their name, which can hold {_MOST_PRODUCTS} products. "
            "Change the prices of these products instead."
        )
    found = [client.one(f"Item/{number}") if (number := number_of(item)) else None for item in wanted]
    items = [item for item in found if item is not None and not flag(item, "archived")]
    return items if len(items) == len(wanted) else GONE


def _name(action: Action, items: Sequence[Document]) -> str:
    dates = [
        f"{word} {_day(action.change[field])}"
        for word, field in (("from", "starts_at"), ("until", "ends_at"))
        if action.change.get(field)
    ]
    title = str(action.change.get("name") or "Discount").strip()[:_LONGEST_NAME]
    products = ", ".join(_shown(item) for item in items)
    on = [f"on {products}"] if products else []
    return " ".join([title, *on, *dates, f"({action.idempotency_key[:_KEY_SHOWN]})"])


def _shown(item: Document) -> str:
    return text(item, "customSku") or text(item, "systemSku") or str(item.get("itemID"))


def _day(instant: Any) -> str:
    return str(instant)[:10]


def _found(client: LightspeedRClient, name: str) -> Document | None:
    found = client.listing("Discount", {"name": name, "archived": "true"}).objects
    return next((item for item in found if text(item, "name") == name), None)
