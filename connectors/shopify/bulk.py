"""Bulk operations: Shopify runs a query on its own time and leaves the result as a file of JSON lines.

Every object is a line; what belongs to another names it in ``__parentId`` and comes after it. The file's address needs
no token and gets none. One operation that fails is no reason to fail: the caller reads the same days page by page.
Source: shopify.dev, perform bulk operations with the GraphQL Admin API.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import structlog

from connectors.errors import TransientError
from connectors.http import RejectedError, parse_json
from connectors.shopify.client import ShopifyClient
from connectors.shopify.identifiers import kind_of
from connectors.shopify.operations import bulk_text

log = structlog.get_logger()

_RUNNING = frozenset({"CREATED", "RUNNING", "CANCELING"})
_CONNECTIONS = {"LineItem": "lineItems", "ShippingLine": "shippingLines"}
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 15.0
_ATTEMPTS = 3
_GONE = frozenset({400, 403, 404, 410})
"""What storage answers for a file that was deleted or whose signed address ran out."""


def start(client: ShopifyClient, document: str, query: str) -> str | None:
    """Start an operation; its id, or None when Shopify does not take one now.

    Raises:
        TransientError, TerminalError: as reading does.
    """
    # A denied field fails a whole operation, so one small request finds out before.
    client.page("orders", "orders", {"query": query, "sort": "CREATED_AT", "after": None}, first=1)
    text = bulk_text(document, query, client.switches(document))
    try:
        payload: Any = client.mutate("bulk_start", {"query": text})["bulkOperationRunQuery"] or {}
    except RejectedError as error:
        if error.status == 401:
            raise
        log.info("bulk.refused", codes=error.codes)
        return None
    if payload.get("userErrors") or not payload.get("bulkOperation"):
        log.info("bulk.refused", codes=[str(error.get("code")) for error in payload.get("userErrors") or ()])
        return None
    return str(payload["bulkOperation"]["id"])


def wait_for(client: ShopifyClient, operation: str, *, patience: float) -> Mapping[str, Any] | None:
    """Wait until an operation has ended; what Shopify says of it, or None when it failed or is not known any more.

    Raises:
        TransientError: it takes longer than ``patience`` seconds; ask again later, by the same id.
    """
    deadline = time.monotonic() + patience
    wait = _FIRST_WAIT
    while True:
        found: Any = client.ask("bulk_poll", {"id": operation})["bulkOperation"]
        status = found.get("status") if isinstance(found, Mapping) else None
        if status not in _RUNNING:
            log.info("bulk.ended", status=status)
            return found if status == "COMPLETED" else None
        if time.monotonic() + wait > deadline:
            raise TransientError("Shopify is still preparing the shop's older orders. The next sync goes on there.")
        client.pause(wait)
        wait = min(_LONGEST_WAIT, wait * 2)


def orders_of(result: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The orders of a finished operation, put together from their lines; none when it found nothing.

    None when the file is not there any more: Shopify keeps it for a week.

    Raises:
        TransientError: the file could not be read to its end.
    """
    url = result.get("url")
    if not url:
        return []
    for attempt in range(_ATTEMPTS):
        try:
            return _assembled(_lines(str(url)))
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            log.warning("bulk.not_downloaded", status=status, attempt=attempt)
            if status in _GONE:
                return None
        except (httpx.HTTPError, ValueError) as error:
            log.warning("bulk.not_downloaded", error=type(error).__name__, attempt=attempt)
    raise TransientError("The file of the shop's older orders could not be read. The next sync goes on there.")


def _lines(url: str) -> Iterator[dict[str, Any]]:
    with httpx.stream("GET", url, timeout=_TIMEOUT, follow_redirects=True) as response:
        response.raise_for_status()
        for line in response.iter_lines():
            if line.strip():
                parsed = parse_json(line.encode())
                if not isinstance(parsed, dict):
                    raise ValueError("a line that is not a JSON object")
                yield parsed


def _assembled(lines: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    orders: dict[str, dict[str, Any]] = {}
    for line in lines:
        parent = line.pop("__parentId", None)
        if parent is None:
            orders[str(line["id"])] = {**line, **{name: {"nodes": []} for name in _CONNECTIONS.values()}}
            continue
        connection = _CONNECTIONS.get(kind_of(line.get("id")))
        if connection and parent in orders:
            orders[parent][connection]["nodes"].append(line)
    return list(orders.values())
