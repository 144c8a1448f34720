"""The R-Series' endpoints, as far as they are used: paths, relations, pages and body shapes, nothing of their meaning.

The base URL names the account: ``https://api.lightspeedapp.com/API/V3/Account/{accountID}``. A page says where the
next one is with a complete URL; it is followed only while it stays under that base, for the token goes with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from connectors.credentials import TokenSource
from connectors.errors import TerminalError
from connectors.http import Account, HttpClient, Policy, RejectedError, Secret, WriteReply, to_json
from connectors.lightspeed_r.bucket import LeakyBucket, request_cost
from connectors.lightspeed_r.wire import Document, many, text
from connectors.pacing import Pacer

TITLE = "Lightspeed Retail"
PAGE_SIZE = 100
IDS_PER_READ = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """One page: its objects, and where the next one is below the base URL, or None."""

    objects: Sequence[Document]
    next: str | None


class LightspeedRClient:
    """One R-Series account with one token."""

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
        self._base = base_url.rstrip("/")
        self._sleep = sleep or time.sleep
        self._currency = ""
        account = Account(TITLE, self._base, token, setting)
        self._http = HttpClient(
            account, policy=policy, sleep=self._sleep, pacer=pacer or LeakyBucket(sleep=self._sleep)
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    def account(self) -> tuple[Document, datetime | None]:
        """The account with its default currency, and the platform's clock where it says it."""
        reply = self._http.get(f"{self._base}.json")
        body = reply.body
        found = body.get("Account", body) if isinstance(body, Mapping) else None
        if not isinstance(found, Mapping):
            raise _shapeless("Account")
        return found, reply.date

    def currency(self) -> str:
        """The account's default currency, ISO 4217; US dollars if the account does not say. Asked for once."""
        if not self._currency:
            account, _ = self.account()
            default = account.get("defaultCurrency")
            self._currency = (text(default, "code") if isinstance(default, dict) else None) or "USD"
        return self._currency

    def everything(self, path: str, params: Mapping[str, str] | None = None, *, name: str = "") -> list[Document]:
        """Every record of a short list."""
        found: list[Document] = []
        following: Listing | None = self.listing(path, params or {}, name=name)
        while following is not None:
            found += following.objects
            named = name or path.rpartition("/")[2]
            following = self.page(following.next, name=named) if following.next else None
        return found

    def listing(
        self,
        path: str,
        params: Mapping[str, str],
        relations: Sequence[str] = (),
        *,
        name: str = "",
        limit: int = PAGE_SIZE,
    ) -> Listing:
        """The first page of ``path`` (``Sale``, ``Inventory/Transfer``); ``name`` is its element if not its last part.

        Raises:
            TransientError, TerminalError: as ``HttpClient.get`` does.
        """
        query = {**params, "limit": str(limit)}
        if relations:
            query["load_relations"] = to_json(list(relations)).decode()
        body = self._http.get(f"{path}.json", query, cost=request_cost(relations)).body
        return self._listing(body, name or path.rpartition("/")[2])

    def page(self, following: str, relations: Sequence[str] = (), *, name: str) -> Listing:
        """A further page, by ``Listing.next``."""
        body = self._http.get(following, cost=request_cost(relations)).body
        listing = self._listing(body, name)
        if listing.next == following:
            raise TerminalError(f"{TITLE} names the same page again and again. Tell its support; nothing was lost.")
        return listing

    def one(self, path: str, relations: Sequence[str] = (), *, name: str = "") -> Document | None:
        """A single object (``Item/12``) as it is now, or None when there is no such thing."""
        wanted = name or path.split("/")[-2]
        query = {"load_relations": to_json(list(relations)).decode()} if relations else None
        try:
            body = self._http.get(f"{path}.json", query, cost=request_cost(relations, single=True)).body
        except RejectedError as error:
            if error.status in (400, 404):
                return None
            raise
        found = many(body.get(wanted)) if isinstance(body, Mapping) else []
        return found[0] if found else None

    def write(self, method: str, path: str, body: Mapping[str, Any], *, cost: float = 1.0) -> WriteReply:
        """Send one change, once."""
        return self._http.write(method, f"{path}.json", body, cost=cost)

    def _listing(self, body: Any, name: str) -> Listing:
        attributes = body.get("@attributes") if isinstance(body, Mapping) else None
        if not isinstance(attributes, Mapping):
            raise _shapeless(name)
        following = attributes.get("next")
        return Listing(many(body.get(name)), self._below_base(str(following)) if following else None)

    def _below_base(self, url: str) -> str:
        """The part of a page's address below our base.

        Raises:
            TerminalError: it lies elsewhere; the token must not follow.
        """
        ours = urlsplit(self._base)
        try:
            theirs = urlsplit(url)
        except ValueError:
            raise _elsewhere("an address that is none") from None
        path = theirs.path.removeprefix(f"{ours.path}/")
        inside = (
            path != theirs.path and not path.startswith("/") and not any(mark in path for mark in ("..", "//", ":"))
        )
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc) or not inside:
            raise _elsewhere(f"{theirs.scheme}://{theirs.hostname}")
        return f"{path}?{theirs.query}" if theirs.query else path


def _elsewhere(where: str) -> TerminalError:
    return TerminalError(
        f"{TITLE} continued a list at another address; it was not followed. Check the base URL.",
        detail=f"next page at {where}",
    )


def _shapeless(name: str) -> TerminalError:
    return TerminalError(f"{TITLE} answered in a shape this version does not know ({name}). Check the base URL.")
