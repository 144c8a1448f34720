"""The feed of orders: a first backfill by bulk operations, then windows of ``updatedAt``.

What its cursor holds:

- ``since``: everything changed up to there is in the mirror. Inside a window also ``to`` and ``page``.
- ``backfill``: while the shop's history is read. ``next`` is the first instant of ``created_at`` still to be read,
  ``end`` where it ends; inside a stretch of days ``to``, the bulk ``operation`` and how many of its orders are
  ``taken``, or the ``page`` when it is read without one.

Shopify ends any list after 25,000 objects, so a window that holds more is cut in half until it does not. A shop with
few orders is read page by page from the start: a bulk operation would take longer than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from connectors.base import Cursor, Page, RawRecord
from connectors.shopify import bulk
from connectors.shopify.client import Listing, ShopifyClient
from connectors.shopify.feeds import OVERLAP, between, resumed
from connectors.shopify.identifiers import instant, stamp, stamp_after

_SAFE_IN_A_LIST = 20_000
_SHORTEST = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is read at once.

    Args:
        page: orders a request, and orders of a bulk file a page.
        bulk_from: shops with more orders than this are backfilled by bulk operations.
        days: of history a bulk operation covers at most.
        in_a_list: orders a window may hold before it is cut.
        in_a_file: orders of one bulk operation, which are in memory at once.
        patience: seconds to wait for a bulk operation.
    """

    page: int = 50
    bulk_from: int = 5_000
    days: int = 31
    in_a_list: int = _SAFE_IN_A_LIST
    in_a_file: int = 5_000
    patience: float = 3600.0


class SaleFeed:
    """Walks the orders of one shop; ``records`` turns orders into raw records, completed."""

    def __init__(
        self, client: ShopifyClient, sizes: Sizes, records: Callable[[Sequence[Mapping[str, Any]]], list[RawRecord]]
    ) -> None:
        self._client = client
        self._sizes = sizes
        self._records = records

    def walk(self, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
        """From a cursor's ``state`` up to ``until``; raises what reading raises."""
        goal = stamp_after(until)
        state = dict(state) or self._beginning(goal)
        if "backfill" in state:
            for page in self._backfill(state["backfill"], goal):
                yield page
                state = dict(page.next.value)
                if page.done:
                    return
        yield from self._windows(state, goal)

    def _beginning(self, goal: str) -> dict[str, Any]:
        total = self._count(None)
        if total <= self._sizes.bulk_from:
            return {"since": None, "to": goal, "page": None, "total": total}
        nodes: Any = self._client.ask("oldest_order")["orders"]["nodes"]
        oldest = str(nodes[0]["createdAt"]) if nodes else goal
        return {"backfill": {"next": stamp(instant(oldest)), "end": goal, "all": total}}

    def _windows(self, state: Mapping[str, Any], goal: str) -> Iterator[Page]:
        while True:
            since = state.get("since")
            start = None if since is None else stamp(instant(since) - OVERLAP)
            if state.get("to") is None:
                state = {"since": since, **self._cut("updated_at", start, goal, self._sizes.in_a_list), "page": None}
            to, total = state["to"], state.get("total")
            query = between("updated_at", start, to)
            found = resumed(partial(self._page, query, "UPDATED_AT"), state.get("page"))
            records = self._records(found.nodes)
            if found.cursor is not None:
                state = {**state, "page": found.cursor}
                yield Page(records, Cursor(state), done=False, total=total)
                continue
            state = {"since": to}
            yield Page(records, Cursor(state), done=to >= goal, total=total)
            if to >= goal:
                return

    def _backfill(self, state: Mapping[str, Any], goal: str) -> Iterator[Page]:
        """The shop's history, a stretch of days at a time; the last page goes on with windows."""
        while True:
            state = dict(state)
            if state.get("to") is None:
                far = stamp(instant(state["next"]) + timedelta(days=self._sizes.days))
                state |= self._cut("created_at", state["next"], min(far, state["end"]), self._sizes.in_a_file)
                state["operation"] = bulk.start(self._client, "orders_bulk", _days(state)) if state["total"] else None
                # The operation's id is kept before it is waited for: a stop in between does not start another.
                yield _backfilling((), state)
            for records, place in self._stretch(state):
                state = place
                if state.get("to") is None and state["next"] >= state["end"]:
                    yield Page(records, Cursor({"since": state["end"]}), done=state["end"] >= goal)
                    return
                yield _backfilling(records, state)

    def _stretch(self, state: Mapping[str, Any]) -> Iterator[tuple[list[RawRecord], dict[str, Any]]]:
        return self._of_bulk(state) if state.get("operation") else self._of_pages(state)

    def _of_bulk(self, state: Mapping[str, Any]) -> Iterator[tuple[list[RawRecord], dict[str, Any]]]:
        result = bulk.wait_for(self._client, state["operation"], patience=self._sizes.patience)
        orders = None if result is None else bulk.orders_of(result)
        if orders is None:
            # Failed, cancelled, forgotten or its file gone: the same days page by page.
            yield from self._of_pages({**state, "operation": None, "taken": 0})
            return
        taken = int(state.get("taken") or 0)
        while True:
            some = orders[taken : taken + self._sizes.page]
            taken += len(some)
            records = self._records(some)
            if taken >= len(orders):
                yield records, _next_stretch(state)
                return
            yield records, {**state, "taken": taken}

    def _of_pages(self, state: Mapping[str, Any]) -> Iterator[tuple[list[RawRecord], dict[str, Any]]]:
        query = _days(state)
        page = state.get("page")
        while True:
            found = resumed(partial(self._page, query, "CREATED_AT"), page)
            page = found.cursor
            records = self._records(found.nodes)
            if page is None:
                yield records, _next_stretch(state)
                return
            yield records, {**state, "operation": None, "page": page}

    def _page(self, query: str, sort: str, after: str | None) -> Listing:
        variables = {"query": query, "sort": sort, "after": after}
        return self._client.page("orders", "orders", variables, first=self._sizes.page)

    def _cut(self, field: str, start: str | None, end: str, most: int) -> dict[str, Any]:
        """The longest stretch from ``start`` with at most so many orders, and how many it has."""
        while True:
            count = self._count(between(field, start, end))
            length = timedelta(0) if start is None else instant(end) - instant(start)
            if count <= most or start is None or length <= _SHORTEST:
                return {"to": end, "total": count}
            end = stamp(instant(start) + length / 2)

    def _count(self, query: str | None) -> int:
        found: Any = self._client.ask("orders_count", {"query": query})["ordersCount"]
        return int((found or {}).get("count") or 0)


def _backfilling(records: Sequence[RawRecord], state: Mapping[str, Any]) -> Page:
    return Page(records, Cursor({"backfill": dict(state)}), done=False, total=state.get("all"))


def _days(state: Mapping[str, Any]) -> str:
    """A filter for the stretch of days being read; what was made at its very end belongs to the next."""
    return between("created_at", state["next"], state["to"], without_end=state["to"] < state["end"])


def _next_stretch(state: Mapping[str, Any]) -> dict[str, Any]:
    return {"next": state["to"], "end": state["end"], "all": state.get("all")}
