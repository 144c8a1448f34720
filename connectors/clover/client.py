"""Clover's REST API v3, as far as it is used: paths, filters, pages and limits, nothing of their meaning.

One merchant is one store, so a client speaks for one merchant. Lists come as ``{"elements": [...]}``; so do lists
within an object that was expanded, but at most a hundred of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from connectors.credentials import Secret, TokenSource
from connectors.errors import TerminalError
from connectors.http import Account, HttpClient, Policy, Reply, WriteReply
from connectors.pacing import Bucket, Pacer

ORDERS_PAGE = 100
"""The documented default of a page; nobody promises that a larger one holds with everything expanded."""

LIST_PAGE = 1000
NESTED_MOST = 100
ORDER_EXPAND = (
    "lineItems",
    "lineItems.discounts",
    "lineItems.modifications",
    "lineItems.taxRates",
    "discounts",
    "payments",
    "payments.tender",
    "refunds",
    "credits",
    "voids",
    "serviceCharge",
    "customers",
)
LINE_EXPAND = ("discounts", "modifications", "taxRates")

_MERCHANTS = "/v3/merchants/"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CloverPacer(Bucket):
    """Sixteen requests a second and five at once for a token; a little less, so that no second holds more."""

    def __init__(self, rate: float = 15.0, *, concurrent: int = 5, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__(rate, 1.0, concurrent=concurrent, sleep=sleep)

    def learn(self, headers: Mapping[str, str], body: Any) -> None:  # noqa: ARG002 it is all in the headers
        """A limit is named when it was hit: start from nothing, and never faster than it says."""
        limit = headers.get("x-ratelimit-tokenlimit", "")
        if limit.isdecimal() and int(limit) > 0:
            self.correct(left=0.0, rate=min(15.0, float(limit)))
        elif any(name.lower().startswith("x-ratelimit-") for name in headers):
            self.correct(left=0.0)


class CloverClient:
    """One merchant with one token.

    Args:
        base_url: ends with ``/v3/merchants/{mId}``.
        token: the merchant's access token.
        setting: the name of the setting of the token, for messages.

    Raises:
        TerminalError: ``base_url`` names no merchant.
    """

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
        root, found, merchant = base_url.rstrip("/").partition(_MERCHANTS)
        if not found or not merchant or "/" in merchant:
            raise TerminalError(
                "The base URL of Clover must end with /v3/merchants/ and the merchant's id. Correct it in the settings."
            )
        self.merchant_id = merchant
        self._prefix = _MERCHANTS + quote(merchant, safe="")
        self._sleep = sleep or time.sleep
        account = Account("Clover", root, token, setting)
        self._http = HttpClient(account, policy=policy, sleep=self._sleep, pacer=pacer or CloverPacer())

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def pause(self, seconds: float) -> None:
        """Wait, as the platform asked."""
        self._sleep(seconds)

    def merchant(self) -> Reply:
        """The merchant itself."""
        return self._http.get(self._prefix)

    def one(self, path: str, expand: Sequence[str] = ()) -> Mapping[str, Any]:
        """One object.

        Raises:
            RejectedError: with status 404 when there is no such object.
        """
        body = self._http.get(self._prefix + path, {"expand": ",".join(expand)} if expand else None).body
        if not isinstance(body, dict):
            raise _shapeless(path)
        return body

    def page(
        self,
        path: str,
        *,
        filters: Sequence[str] = (),
        expand: Sequence[str] = (),
        limit: int = LIST_PAGE,
        offset: int = 0,
    ) -> list[Mapping[str, Any]]:
        """One page of a list; ``filters`` look like ``createdTime>=1546559371000`` and hold together."""
        params: dict[str, str | Sequence[str]] = {"limit": str(limit), "offset": str(offset)}
        if filters:
            params["filter"] = list(filters)
        if expand:
            params["expand"] = ",".join(expand)
        return elements(self._http.get(self._prefix + path, params).body, path)

    def write(self, method: str, path: str, body: Mapping[str, Any]) -> WriteReply:
        """Send one change, once."""
        return self._http.write(method, self._prefix + path, body)


def elements(body: Any, what: str) -> list[Mapping[str, Any]]:
    """What is in a list of Clover's.

    Raises:
        TerminalError: it is no such list.
    """
    found = body.get("elements") if isinstance(body, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _shapeless(what)
    return found


def many(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list within an object, wrapped in ``elements`` or plain; empty when it is not there."""
    found = source.get(name)
    if isinstance(found, Mapping):
        found = found.get("elements")
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def reference(source: Mapping[str, Any], name: str) -> str:
    """The id behind a reference to another object, or nothing."""
    found = source.get(name)
    return str(found.get("id") or "") if isinstance(found, Mapping) else ""


def segment(value: Any) -> str:
    """A value as one segment of a path."""
    return quote(str(value), safe="")


def millis(at: datetime) -> int:
    """An instant as Clover counts it: milliseconds since 1970, UTC."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def instant(value: Any) -> datetime:
    """The instant of Clover's milliseconds.

    Raises:
        ValueError, OverflowError: not a number of milliseconds, or beyond the calendar.
    """
    return _EPOCH + timedelta(milliseconds=int(value))


def _shapeless(what: str) -> TerminalError:
    return TerminalError(f"Clover answered in a shape this version does not know ({what}). Check the base URL.")
