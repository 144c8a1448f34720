"""Lightspeed X's endpoints, as far as they are used: paths, page sizes and body shapes, nothing of their meaning.

Nearly every list is a change feed: objects with a version greater than ``after``, ascending, until a page is empty.
Exceptions are said at their method. Shapes are those of the OpenAPI document of API 2026-07.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.fitting import as_many_as_fit
from connectors.http import Account, HttpClient, Policy, Reply, Secret, WriteReply
from connectors.pacing import Bucket, Pacer

VERSION = "2026-07"
TITLE = "Lightspeed X"
PAGE = 500
SALES_PAGE = 200
STOCK_PAGE = 5000
"""The most that ``/inventory`` gives at once."""

WINDOW_SECONDS = 300.0
ONE_REGISTER = 350
"""Requests in five minutes for a shop with one register: 300 for each register and 50 more."""

_MOST_PAGES = 200
"""Of a list that is read to its end while somebody waits."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a feed: the objects, and the highest version among them; None when the page is empty."""

    objects: Sequence[Mapping[str, Any]]
    highest: int | None


class RetailerPacer(Bucket):
    """Spends the five-minute allowance evenly, corrected by what each answer says is left of it."""

    def __init__(self, *, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(ONE_REGISTER / WINDOW_SECONDS, ONE_REGISTER, sleep=sleep, clock=clock)

    def learn(self, headers: Mapping[str, str], body: Any) -> None:  # noqa: ARG002 the headers say it all
        """Take over ``X-RateLimit-Limit`` and ``X-RateLimit-Remaining``, where they are said."""
        limit, left = _number(headers.get("x-ratelimit-limit")), _number(headers.get("x-ratelimit-remaining"))
        if limit and left is not None:
            self.correct(left=left, rate=limit / WINDOW_SECONDS, burst=limit)


class LightspeedXClient:
    """One Lightspeed X retailer with one token."""

    def __init__(
        self,
        base_url: str,
        token: Secret | TokenSource,
        *,
        setting: str,
        policy: Policy | None = None,
        sleep: Callable[[float], None] | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        # The platform wants every application to name itself.
        account = Account(TITLE, base_url, token, setting, {"User-Agent": "floorwalker"})
        self._sleep = sleep or time.sleep
        self._http = HttpClient(account, policy=policy, sleep=self._sleep, pacer=pacer)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    def retailer(self) -> Reply:
        """The account: currency, whether prices are without tax, the product that stands for sale discounts."""
        return self._http.get("/retailer")

    def feed(self, path: str, after: int, page: int = PAGE, **filters: str) -> Listing:
        """A page of a change feed, oldest change first: what has a version greater than ``after``."""

        def read(size: int) -> Any:
            return self._http.get(path, {"after": str(after), "page_size": str(size), **filters}).body

        body = as_many_as_fit(read, page)
        objects = _many(body, path)
        return Listing(objects, _highest(objects, body.get("version")))

    def all(self, path: str, **filters: str) -> Iterator[Mapping[str, Any]]:
        """Everything of a change feed from its beginning; for short lists only.

        Raises:
            TerminalError: the list does not end.
        """
        after = 0
        for _ in range(_MOST_PAGES):
            listing = self.feed(path, after, PAGE, **filters)
            yield from listing.objects
            if listing.highest is None or listing.highest <= after:
                return
            after = listing.highest
        raise TerminalError(f"{TITLE} gives more of {path} than this version can look through.")

    def inventory(
        self, after: int, *, before: int | None = None, size: int = STOCK_PAGE, newest_first: bool = False
    ) -> Listing:
        """A page of stock levels. A POST that reads, and a bare array; without a direction it counts down."""
        body: dict[str, Any] = {
            "after": after,
            "size": size,
            "include_deleted": True,
            "sort_direction": "desc" if newest_first else "asc",
        }
        if before is not None:
            body["before"] = before
        objects = _rows(self._http.search("/inventory", body).body, "/inventory")
        return Listing(objects, _highest(objects, None))

    def product_inventory(self, product_id: str) -> Sequence[Mapping[str, Any]]:
        """Stock levels of one product at every outlet; a bare array."""
        path = f"/inventory/{_part(product_id)}"
        return _rows(self._http.get(path, {"include_deleted": "true"}).body, path)

    def promotions(self, page: int) -> Sequence[Mapping[str, Any]]:
        """Promotions that are not archived; the list has neither versions nor further pages."""
        return _many(self._http.get("/promotions", {"page_size": str(page)}).body, "/promotions")

    def categories(self) -> Iterator[Mapping[str, Any]]:
        """Every product category; paged by the id of the last one."""
        params = {"page_size": "1000"}
        for _ in range(_MOST_PAGES):
            body = self._http.get("/product_categories", params).body
            data = body.get("data") if isinstance(body, dict) else None
            yield from _rows((data or {}).get("categories") or [], "/product_categories")
            info = body.get("page_info") or {}
            if not info.get("has_next") or not info.get("last_seen"):
                return
            params = {**params, "after": str(info["last_seen"])}

    def one(self, path: str, object_id: str) -> Mapping[str, Any]:
        """One object as it is now.

        Raises:
            RejectedError: with status 404 when there is no such object.
        """
        body = self._http.get(f"{path}/{_part(object_id)}").body
        data = body.get("data") if isinstance(body, dict) else None
        # Some single objects come as a list of one.
        found = data[0] if isinstance(data, list) and len(data) == 1 else data
        if not isinstance(found, dict):
            raise _shapeless(path)
        return found

    def under(self, path: str, object_id: str, name: str) -> Sequence[Mapping[str, Any]]:
        """What belongs to an object, such as the products of a consignment; read to its end."""
        return list(self.all(f"{path}/{_part(object_id)}/{name}"))

    def price_books_of(self, product_id: str) -> Sequence[Mapping[str, Any]]:
        """The price book entries of one product, in one answer."""
        path = f"/products/{_part(product_id)}/price_book_products"
        return _many(self._http.get(path).body, path)

    def price_book(self, book_id: str) -> Sequence[Mapping[str, Any]]:
        """The entries of one price book, in one answer."""
        path = f"/price_books/{_part(book_id)}/products"
        return _many(self._http.get(path).body, path)

    def webhooks(self) -> Sequence[Mapping[str, Any]]:
        """Every webhook of the retailer."""
        return _many(self._http.get("/webhooks").body, "/webhooks")

    def write(self, method: str, path: str, body: Mapping[str, Any]) -> WriteReply:
        """Send one change, once."""
        return self._http.write(method, path, body)


def instant(text: str) -> datetime:
    """The instant of a stamp; without an offset it is UTC, as the platform says of all its stamps.

    Raises:
        ValueError: not a stamp.
    """
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def maybe_instant(text: Any) -> datetime | None:
    """The instant of a stamp, or None where there is none."""
    return instant(str(text)) if text else None


def bare_stamp(at: datetime) -> str:
    """An instant as promotions want it: UTC, whole seconds, without an offset."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _highest(objects: Sequence[Mapping[str, Any]], version: Any) -> int | None:
    if not objects:
        return None
    said = version.get("max") if isinstance(version, dict) else None
    own = [version_of(item) for item in objects]
    return max([*own, int(said or 0)])


def version_of(item: Mapping[str, Any]) -> int:
    """The version of an object; a sale keeps it among its metadata."""
    metadata = item.get("_metadata")
    value = item.get("version")
    if value is None and isinstance(metadata, Mapping):
        value = metadata.get("version")
    return int(value or 0)


def _many(body: Any, name: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(body, dict):
        raise _shapeless(name)
    return _rows(body.get("data"), name)


def _rows(data: Any, name: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise _shapeless(name)
    return data


def _part(text: str) -> str:
    return quote(text, safe="")


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _shapeless(name: str) -> TerminalError:
    return TerminalError(
        f"{TITLE} answered in a shape this version does not know ({name}). "
        f"Check that the base URL ends in /api/{VERSION}."
    )
