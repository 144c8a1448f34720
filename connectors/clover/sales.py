"""The feed of sales: orders, refunds and credits of a merchant, window by window.

An order that is deleted leaves every list, and Clover promises no webhook. So once a day the ids of all orders of the
last five weeks are counted, of all orders there are when everything is read from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.base import Census, Cursor, Entity, Page, RawRecord
from connectors.clover.client import (
    LINE_EXPAND,
    NESTED_MOST,
    ORDER_EXPAND,
    CloverClient,
    instant,
    many,
    millis,
    reference,
    segment,
)
from connectors.clover.feeds import LONGEST_MS, Element, settled, windows
from connectors.clover.landing import CREDIT, raw_record
from connectors.http import RejectedError, Secret

OVERLAP_MS = 10 * 60 * 1000
DAY_MS = 24 * 60 * 60 * 1000
COUNTED_BACK_MS = 35 * DAY_MS
_EARLIEST = datetime(2010, 10, 1, tzinfo=UTC)
"""When Clover began; for a merchant that does not say when it did."""

_MARGIN = timedelta(days=1)

FIRST = (("orders", "createdTime"), ("credits", "createdTime"))
LATER = (("orders", "modifiedTime"), ("refunds", "createdTime"), ("credits", "createdTime"))
"""What is asked for by which stamp. Orders read at first hold their refunds; later a refund may not move its order."""


class Sales:
    """Reads one merchant's sales.

    Args:
        client: with a reading token.
        key: for pseudonyms.
        orders_page: orders at once, everything expanded.
        list_page: refunds, credits and lines at once.
    """

    def __init__(self, client: CloverClient, key: Secret | None, orders_page: int, list_page: int) -> None:
        self._client = client
        self._key = key
        self._orders_page = orders_page
        self._list_page = list_page

    def pages(self, state: dict[str, Any], until: datetime) -> Iterator[Page]:
        """Walk on from ``state``: ``since``, or within a window ``first``, ``to``, ``stage``, ``at`` and ``span``.

        ``counted`` is when the orders were counted last.
        """
        counted = state.get("counted")
        while True:
            if "to" not in state:
                state = {**self._opened(state.get("since"), millis(until)), "counted": counted}
            for records, state in self._walk(state):  # noqa: B020 the walk goes on from what it was given
                if records:
                    yield Page(records, Cursor(state), done=False)
            finished = state["to"] >= millis(until)
            first, state = state["first"], {"since": state["to"], "counted": counted}
            if finished and (counted is None or state["since"] - counted >= DAY_MS):
                census = self._count(None if first else state["since"] - COUNTED_BACK_MS, state["since"])
                yield Page((), Cursor({**state, "counted": state["since"]}), done=True, census=census)
                return
            if finished:
                yield Page((), Cursor(state), done=True)
                return

    def order(self, order_id: str) -> RawRecord:
        """One order with everything that hangs on it.

        Raises:
            RejectedError: with status 404 when there is none.
        """
        return self._order(self._client.one(f"/orders/{segment(order_id)}", ORDER_EXPAND))

    def _count(self, start: int | None, end: int) -> Census:
        """The ids of all orders that were begun since ``start``, or ever."""
        start = beginning(self._client) if start is None else start
        read = _by_time(self._client, "/orders", "createdTime", ())
        counted = windows(read, start, end, LONGEST_MS, self._list_page, _identity)
        return Census(
            instant(start), instant(end), frozenset(_identity(order) for found, _, _ in counted for order in found)
        )

    def _opened(self, since: int | None, to: int) -> dict[str, Any]:
        start = beginning(self._client) if since is None else since - OVERLAP_MS
        return {"first": since is None, "from": start, "to": to, "stage": 0, "at": start, "span": LONGEST_MS}

    def _walk(self, state: dict[str, Any]) -> Iterator[tuple[list[RawRecord], dict[str, Any]]]:
        stages = FIRST if state["first"] else LATER
        while state["stage"] < len(stages):
            what, stamp = stages[state["stage"]]
            limit = self._orders_page if what == "orders" else self._list_page
            expand = ORDER_EXPAND if what == "orders" else ()
            read = _by_time(self._client, f"/{what}", stamp, expand)
            for found, at, span in windows(read, state["at"], state["to"], state["span"], limit, _identity):
                state = {**state, "at": at, "span": span}
                yield self._landed(what, found, first=state["first"]), state
            state = {**state, "stage": state["stage"] + 1, "at": state["from"], "span": LONGEST_MS}
            yield [], state

    def _landed(self, what: str, found: list[Element], *, first: bool) -> list[RawRecord]:
        if what == "orders":
            return [self._order(order) for order in found]
        alone = [item for item in found if what == "credits" and not reference(item, "orderRef")]
        records = [raw_record(Entity.SALE, item, self._key, now=datetime.now(UTC), prefix=CREDIT) for item in alone]
        if not first:
            owners = dict.fromkeys(owner for item in found if (owner := reference(item, "orderRef")))
            records += [record for owner in owners for record in self._existing(owner)]
        return records

    def _existing(self, order_id: str) -> list[RawRecord]:
        try:
            return [self.order(order_id)]
        except RejectedError as error:
            if error.status != 404:
                raise
            return []

    def _order(self, order: Mapping[str, Any]) -> RawRecord:
        """Within an order Clover lists a hundred lines at most; of a longer one they are read by themselves."""
        if len(many(order, "lineItems")) >= NESTED_MOST:
            path = f"/orders/{segment(order['id'])}/line_items"

            def read(limit: int, offset: int) -> list[Element]:
                return self._client.page(path, expand=LINE_EXPAND, limit=limit, offset=offset)

            order = {**order, "lineItems": {"elements": settled(read, self._list_page, _identity)}}
        return raw_record(Entity.SALE, order, self._key, now=datetime.now(UTC))


def beginning(client: CloverClient) -> int:
    """The millisecond before which a merchant can have done nothing."""
    body = client.merchant().body
    created = body.get("createdTime") if isinstance(body, dict) else None
    at = instant(created) - _MARGIN if isinstance(created, int) and created > 0 else _EARLIEST
    return millis(max(at, _EARLIEST))


def _by_time(
    client: CloverClient, path: str, stamp: str, expand: tuple[str, ...]
) -> Callable[[int, int, int, int], list[Element]]:
    def read(start: int, end: int, limit: int, offset: int) -> list[Element]:
        filters = (f"{stamp}>={start}", f"{stamp}<={end}")
        return client.page(path, filters=filters, expand=expand, limit=limit, offset=offset)

    return read


def _identity(element: Element) -> str:
    return str(element.get("id"))
