"""What is asked to happen: stores, products and people by the shop's names or by Shopify's ids, amounts, quantities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from connectors.money import major
from connectors.sandbox.shopify.store import ShopStore
from connectors.sandbox.standin.asks import lines_of, minor_of
from connectors.sandbox.standin.happenings import RefusalError


@dataclass(frozen=True, slots=True)
class Item:
    """A line to ring up; amounts are minor units."""

    variant: str
    quantity: int
    gross: int
    discount: int


def place(store: ShopStore, request: Mapping[str, Any]) -> str:
    """The location of ``store_id``."""
    found = _identity(store, "Location", request.get("store_id"))
    if found is None:
        names = ", ".join(sorted(store.aliases("Location")))
        raise RefusalError(400 if not request.get("store_id") else 404, f"store_id must be one of {names}.", "store_id")
    return found


def variant(store: ShopStore, request: Mapping[str, Any]) -> dict[str, Any]:
    """The variant of ``variant_id``."""
    identity = _identity(store, "ProductVariant", request.get("variant_id"))
    found = store.get(identity) if identity else None
    if found is None:
        raise RefusalError(404, f"There is no product with the variant_id {request.get('variant_id')}.", "variant_id")
    return found


def known(store: ShopStore, kind: str, request: Mapping[str, Any], field: str) -> str | None:
    """Somebody who is named in ``field``, if anybody is."""
    if not request.get(field):
        return None
    found = _identity(store, kind, request[field])
    if found is None:
        raise RefusalError(404, f"There is nobody with the {field} {request[field]}.", field)
    return found


def item(store: ShopStore, number: int, line: Mapping[str, Any]) -> Item:
    """One line, at its price in the catalogue unless it has its own."""
    found = variant(store, line)
    quantity = pieces(line.get("quantity", 1), "quantity", at_least=1)
    each = line.get("price_minor")
    price = int(Decimal(str(found["price"])) * 100) if each is None else minor_of(each, "price_minor")
    discount = minor_of(line.get("discount_minor", 0), "discount_minor")
    if discount > price * quantity:
        raise RefusalError(400, f"discount_minor exceeds line {number}.", "discount_minor")
    return Item(str(found["id"]), quantity, price * quantity, discount)


def returned(order: Mapping[str, Any], request: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], int]]:
    """``lines`` of an order that come back, by ``line_no`` and ``quantity``."""
    by_number = dict(enumerate(order["lineItems"], start=1))
    found = []
    for line in lines_of(request):
        number = line.get("line_no")
        sold = by_number.get(number) if isinstance(number, int) else None
        if sold is None:
            raise RefusalError(400, f"line_no must be from 1 to {len(by_number)}.", "line_no")
        quantity = pieces(line.get("quantity", sold["currentQuantity"]), "quantity", at_least=1)
        if quantity > sold["currentQuantity"]:
            raise RefusalError(400, f"Only {sold['currentQuantity']} are left of this line.", "quantity")
        found.append((sold, quantity))
    return found


def pieces(value: Any, field: str, *, at_least: int) -> int:
    """A whole number of pieces: Shopify counts nothing else."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number != number.to_integral_value() or not at_least <= number <= 100_000:
        raise RefusalError(400, f"{field} must be a whole number from {at_least} to 100000.", field)
    return int(number)


def decimal_text(amount: int, currency: str) -> str:
    """Minor units as the catalogue keeps a price."""
    return format(major(amount, currency), "f")


def shop_name(store: ShopStore, kind: str, identity: str) -> str:
    """What the shop calls an object."""
    return next((name for name, known_id in store.aliases(kind).items() if known_id == identity), identity)


def _identity(store: ShopStore, kind: str, given: Any) -> str | None:
    text = str(given or "")
    if not text:
        return None
    named = store.alias(kind, text)
    if named:
        return named
    identity = text if text.startswith("gid://") else f"gid://shopify/{kind}/{text}"
    return identity if store.get(identity) else None
