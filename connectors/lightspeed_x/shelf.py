"""What a product costs in one store: its own price, or that of a price book that is for this store alone.

A product's price holds everywhere. The platform's way to a store's own price is a price book for that outlet; books for
customer groups, for the web shop, with a minimum quantity or an end date are offers, not the price on the shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.currency import minor_exponent
from connectors.lightspeed_x.amounts import many, number
from connectors.lightspeed_x.client import maybe_instant
from connectors.lightspeed_x.goods import shelf_price

_WEB_ONLY = "2"
_BASE = "BASE"


@dataclass(frozen=True, slots=True)
class Book:
    """A price book that sets the shelf price at ``outlet_ids``, everywhere when that is empty."""

    book_id: str
    name: str
    outlet_ids: frozenset[str]
    lasts: bool

    def belongs_to(self, outlet_id: str) -> bool:
        """It is for this outlet alone, with no end."""
        return self.outlet_ids == {outlet_id} and self.lasts

    def holds_at(self, outlet_id: str) -> bool:
        """It sets prices at this outlet."""
        return not self.outlet_ids or outlet_id in self.outlet_ids


def shelf_books(books: Iterable[Mapping[str, Any]], now: datetime) -> dict[str, Book]:
    """Books that set prices on the shelf now, by id."""
    listed = list(books)
    everybody = everybody_groups(listed)
    found: dict[str, Book] = {}
    for source in listed:
        groups = _groups(source)
        starts, ends = maybe_instant(source.get("valid_from")), maybe_instant(source.get("valid_to"))
        if (
            source.get("deleted_at")
            or is_base(source)
            or str(source.get("restrict_to_platform_key") or "") == _WEB_ONLY
            or (groups and everybody and not groups & everybody)
            or (starts is not None and starts > now)
            or (ends is not None and ends <= now)
        ):
            continue
        outlets = frozenset(str(outlet["id"]) for outlet in many(source, "outlets") if outlet.get("id"))
        found[str(source["id"])] = Book(str(source["id"]), str(source.get("name") or ""), outlets, ends is None)
    return found


def is_base(book: Mapping[str, Any]) -> bool:
    """The general price book: it holds every product at its own price."""
    return str(book.get("type") or "") == _BASE


def everybody_groups(books: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The customer groups of the general price book: all customers."""
    return frozenset(group for book in books if is_base(book) for group in _groups(book))


def entries_on_shelf(
    entries: Iterable[Mapping[str, Any]], books: Mapping[str, Book]
) -> list[tuple[Book, Mapping[str, Any]]]:
    """The price book entries of one product that count, each with its book."""
    return [
        (books[str(entry.get("price_book_id"))], entry)
        for entry in entries
        if str(entry.get("price_book_id")) in books
        and not entry.get("deleted_at")
        and number(entry.get("min_units")) <= 1
        and entry.get("price") is not None
    ]


def entry_price(entry: Mapping[str, Any], product: Mapping[str, Any], currency: str, *, tax_inclusive: bool) -> Decimal:
    """An entry's price as the label says it. The platform answers without tax, whatever was written."""
    price = number(entry.get("price"))
    if tax_inclusive:
        if entry.get("retail_tax") is not None:
            price += number(entry["retail_tax"])
        else:
            bare = number(product.get("price_excluding_tax"))
            price = price * number(product.get("price_including_tax")) / bare if bare else price
    return price.quantize(Decimal(1).scaleb(-minor_exponent(currency)))


def label_price(product: Mapping[str, Any], currency: str, *, tax_inclusive: bool) -> Decimal | None:
    """A product's own price as the label says it, in whole minor units; None when it has none."""
    price = shelf_price(product, tax_inclusive=tax_inclusive)
    return None if price is None else price.quantize(Decimal(1).scaleb(-minor_exponent(currency)))


def store_prices(
    product: Mapping[str, Any],
    entries: Sequence[Mapping[str, Any]],
    books: Mapping[str, Book],
    currency: str,
    *,
    tax_inclusive: bool,
) -> list[dict[str, str]]:
    """The stores where a product has a price of its own, sorted; the store's own book before wider ones."""
    found: dict[str, tuple[bool, str]] = {}
    for book, entry in entries_on_shelf(entries, books):
        price = format(entry_price(entry, product, currency, tax_inclusive=tax_inclusive), "f")
        for outlet_id in book.outlet_ids:
            own = book.belongs_to(outlet_id)
            if book.lasts and (outlet_id not in found or (own and not found[outlet_id][0])):
                found[outlet_id] = (own, price)
    return [{"outlet_id": outlet_id, "price": price} for outlet_id, (_, price) in sorted(found.items())]


def _groups(book: Mapping[str, Any]) -> frozenset[str]:
    named = [str(group["id"]) for group in many(book, "customer_groups") if group.get("id")]
    return frozenset([*named, *(str(group) for group in book.get("customer_group_ids") or ())])
