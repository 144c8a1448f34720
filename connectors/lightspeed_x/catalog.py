"""The catalogue's feed: categories, then products by version, then products whose price books changed.

Each product is stored with the prices that single stores have for it. A price book entry changes without its product
changing, so a product's version here is the highest of its own and those of its entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.base import Cursor, Entity, Page, RawRecord
from connectors.http import RejectedError
from connectors.lightspeed_x.client import LightspeedXClient, version_of
from connectors.lightspeed_x.shelf import Book, is_base, shelf_books, store_prices
from connectors.lightspeed_x.surroundings import MARK, Surroundings

Recorded = Callable[[Entity, Mapping[str, Any], int, datetime], RawRecord]
"""Makes a record of an object, its version and the instant it was read."""


@dataclass(frozen=True, slots=True)
class _Books:
    """Price books that set shelf prices, by id, and the ids of general ones."""

    on_shelf: Mapping[str, Book]
    base: frozenset[str]

    @property
    def of_stores(self) -> list[Book]:
        """Those that give single stores prices of their own."""
        return [book for book in self.on_shelf.values() if book.outlet_ids and book.lasts]


class CatalogFeed:
    """Walks and fetches the catalogue of one retailer."""

    def __init__(self, client: LightspeedXClient, surroundings: Surroundings, recorded: Recorded, page: int) -> None:
        self._client = client
        self._surroundings = surroundings
        self._recorded = recorded
        self._page = page

    def walk(self, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """Pages from ``{"after", "books_after"}`` on; resumable at each."""
        after, books_after = int(state.get("after") or 0), int(state.get("books_after") or 0)
        is_first = after == 0 and books_after == 0

        def cursor() -> Cursor:
            return Cursor({"after": after, "books_after": books_after})

        yield Page(self._categories(until), cursor(), done=False)
        books = self._books(until)
        entries: dict[str, list[Mapping[str, Any]]] | None = None
        while True:
            listing = self._client.feed("/products", after, self._page, deleted="true")
            if listing.highest is None or listing.highest <= after:
                break
            after = listing.highest
            entries = self._entries(books) if entries is None else entries
            records = [
                self._record(item, entries.get(str(item.get("id")), ()), books, until) for item in listing.objects
            ]
            yield Page(records, cursor(), done=False)
        while True:
            listing = self._client.feed("/price_book_products", books_after, self._page)
            if listing.highest is None or listing.highest <= books_after:
                break
            books_after = listing.highest
            # On the first pass every product has just been read, with all that was known of its entries then.
            news = [entry for entry in listing.objects if not (is_first and _is_known(entry, entries or {}, books))]
            yield Page(self._repriced(news, books, until), cursor(), done=False)
        yield Page((), cursor(), done=True)

    def fetch(self, ids: Sequence[str], now: datetime) -> list[RawRecord]:
        """Products as they are now; what is gone is left out, its feed tells of it."""
        books = self._books(now)
        found = (self._product(product_id) for product_id in ids)
        return [self._fresh(product, books, now) for product in found if product is not None]

    def _product(self, product_id: str) -> Mapping[str, Any] | None:
        try:
            return self._client.one("/products", product_id)
        except RejectedError as error:
            if error.status != 404:
                raise
            return None

    def _categories(self, until: datetime) -> list[RawRecord]:
        # Categories have no version: each pass brings them all.
        version = int(until.timestamp() * 1000)
        return [self._recorded(Entity.CATALOG, item, version, until) for item in self._client.categories()]

    def _books(self, now: datetime) -> _Books:
        listed = list(self._client.all("/price_books"))
        return _Books(shelf_books(listed, now), frozenset(str(item["id"]) for item in listed if is_base(item)))

    def _entries(self, books: _Books) -> dict[str, list[Mapping[str, Any]]]:
        """The entries of stores' own books as they are now, by product."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for book in books.of_stores:
            for entry in self._client.price_book(book.book_id):
                found.setdefault(str(entry.get("product_id")), []).append({"price_book_id": book.book_id, **entry})
        return found

    def _repriced(self, changed: Iterable[Mapping[str, Any]], books: _Books, until: datetime) -> list[RawRecord]:
        """Products of changed entries, with the version of the change; the general book's change with the product."""
        versions: dict[str, int] = {}
        for entry in changed:
            if str(entry.get("price_book_id")) not in books.base:
                product_id = str(entry.get("product_id"))
                versions[product_id] = max(versions.get(product_id, 0), version_of(entry))
        found = ((self._product(product_id), version) for product_id, version in versions.items())
        return [self._fresh(product, books, until, version) for product, version in found if product is not None]

    def _fresh(self, product: Mapping[str, Any], books: _Books, at: datetime, least: int = 0) -> RawRecord:
        """A record with the entries there are at this moment, not those of the walk's beginning."""
        entries = self._client.price_books_of(str(product["id"])) if books.of_stores else ()
        kept = [entry for entry in entries if str(entry.get("price_book_id")) in books.on_shelf]
        return self._record(product, kept, books, at, least)

    def _record(
        self,
        product: Mapping[str, Any],
        entries: Sequence[Mapping[str, Any]],
        books: _Books,
        at: datetime,
        least: int = 0,
    ) -> RawRecord:
        retailer = self._surroundings.retailer()
        prices = store_prices(product, entries, books.on_shelf, retailer.currency, tax_inclusive=retailer.tax_inclusive)
        mark = {"currency": retailer.currency, "tax_inclusive": retailer.tax_inclusive, "store_prices": prices}
        version = max([version_of(product), least, *(version_of(entry) for entry in entries)])
        return self._recorded(Entity.CATALOG, {**product, MARK: mark}, version, at)


def _is_known(entry: Mapping[str, Any], entries: Mapping[str, Sequence[Mapping[str, Any]]], books: _Books) -> bool:
    """An entry that says no more than was known before; so are those of books that are not on the shelf."""
    if str(entry.get("price_book_id")) not in books.on_shelf:
        return True
    known = entries.get(str(entry.get("product_id")), ())
    return any(item.get("id") == entry.get("id") and version_of(item) >= version_of(entry) for item in known)
