"""One price change in Lightspeed's terms: what something costs in a store now, and the requests that change just that.

A product's own price holds in every outlet. A shop with one outlet has that changed. In a shop with several, the store
gets the price in a price book that is for this outlet alone and has no end, so that no other store moves; when there is
no such book it is created first. A price is written with tax where the retailer's prices are with tax.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.base import Action, Preview
from connectors.currency import minor_exponent
from connectors.lightspeed_x.client import TITLE, LightspeedXClient, version_of
from connectors.lightspeed_x.live import (
    CREATED,
    Goods,
    Step,
    decimal_of,
    live_goods,
    live_retailer,
    problem,
    requested,
    wire,
)
from connectors.lightspeed_x.shelf import (
    Book,
    entries_on_shelf,
    entry_price,
    everybody_groups,
    label_price,
    shelf_books,
)
from connectors.lightspeed_x.surroundings import Retailer

_HIGHEST = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a product costs in a store, the requests that would make it ``wanted``, and what stands in the way."""

    price: Decimal | None
    version: int
    steps: tuple[Step, ...] = ()
    problem: str = ""


def preview(client: LightspeedXClient, action: Action, now: datetime) -> Preview:
    """What the price change means now; ``problem`` is a sentence when it cannot be done."""
    goods = live_goods(client, action)
    if goods.problem:
        return problem(goods.problem)
    retailer = live_retailer(client)
    currency = str(goods.outlet.get("currency") or retailer.currency).upper()
    wanted = _wanted(str(action.change.get("price", "")), currency)
    if len(goods.outlets) > 1 and goods.outlet:
        offer = _in_price_book(client, goods, retailer, currency, wanted, now)
    else:
        offer = _of_product(goods, retailer, currency, wanted)
    if offer.price is None:
        return problem(f"This product has no price in {TITLE}: give it one there first.")
    before = {"price": format(offer.price, "f"), "currency": currency}
    version = str(offer.version)
    if wanted is None:
        return problem(f"The new price is not an amount {TITLE} can hold.", before, version)
    if str(action.change.get("currency") or currency).upper() != currency:
        return problem(f"{TITLE} keeps this price in {currency}.", before, version)
    if offer.problem:
        return problem(offer.problem, before, version)
    return Preview(before, version, requested(offer.steps))


def _of_product(goods: Goods, retailer: Retailer, currency: str, wanted: Decimal | None) -> _Offer:
    price = label_price(goods.product, currency, tax_inclusive=retailer.tax_inclusive)
    name = "price_including_tax" if retailer.tax_inclusive else "price_excluding_tax"
    step = Step("PUT", f"/products/{goods.product['id']}", {"details": {name: _number(wanted)}})
    return _Offer(price, version_of(goods.product), (step,))


def _in_price_book(
    client: LightspeedXClient, goods: Goods, retailer: Retailer, currency: str, wanted: Decimal | None, now: datetime
) -> _Offer:
    outlet_id, product = str(goods.outlet["id"]), goods.product
    listed = list(client.all("/price_books"))
    books = shelf_books(listed, now)
    entries = client.price_books_of(str(product["id"]))
    priced = [(book, entry) for book, entry in entries_on_shelf(entries, books) if book.holds_at(outlet_id)]
    own = [(book, entry) for book, entry in priced if book.belongs_to(outlet_id)]
    others = [book for book, _ in priced if not book.belongs_to(outlet_id)] + [book for book, _ in own[1:]]
    if own:
        price: Decimal | None = entry_price(own[0][1], product, currency, tax_inclusive=retailer.tax_inclusive)
    else:
        price = label_price(product, currency, tax_inclusive=retailer.tax_inclusive)
    version = max([version_of(product), *(version_of(entry) for _, entry in own)])
    if others:
        names = " and ".join(sorted({f"“{book.name}”" for book in others}))
        return _Offer(
            price, version, problem=f"The price book {names} already sets this product's price there. Change it there."
        )
    line: dict[str, Any] = {
        "product_id": product["id"],
        "price": _number(wanted),
        "tax_id": _tax_id(entries, goods.outlet),
    }
    if own:
        line["id"] = own[0][1].get("id")
        return _Offer(price, version, (_line_step("PUT", own[0][0].book_id, line),))
    empty = _book_for(books, outlet_id)
    if empty is not None:
        return _Offer(price, version, (_line_step("POST", empty.book_id, line),))
    create = {
        "name": f"{goods.outlet.get('name') or 'Store'} prices",
        "outlet_ids": [outlet_id],
        "customer_group_ids": sorted(everybody_groups(listed)),
        "restrict_to_platform": "0",
    }
    return _Offer(price, version, (Step("POST", "/price_books", create), _line_step("POST", CREATED, line)))


def _line_step(method: str, book_id: str, line: Mapping[str, Any]) -> Step:
    return Step(method, f"/price_books/{book_id}/products", {"data": [dict(line)]})


def _book_for(books: Mapping[str, Book], outlet_id: str) -> Book | None:
    """A book of this outlet alone; the first by name when somebody made several."""
    found = sorted((book for book in books.values() if book.belongs_to(outlet_id)), key=lambda book: book.name)
    return found[0] if found else None


def _tax_id(entries: Any, outlet: Mapping[str, Any]) -> Any:
    """The tax that the product has in other price books, else the outlet's usual one."""
    known = (entry.get("tax_id") for entry in entries if entry.get("tax_id"))
    return next(known, outlet.get("default_tax_id"))


def _number(wanted: Decimal | None) -> int | float | None:
    return None if wanted is None else wire(wanted)


def _wanted(text: str, currency: str) -> Decimal | None:
    amount = decimal_of(text)
    if amount is None or not 0 <= amount <= _HIGHEST:
        return None
    cent = Decimal(1).scaleb(-minor_exponent(currency))
    return amount.quantize(cent) if amount == amount.quantize(cent) else None
