"""Orders: the sample's future as it comes due, and what is made to happen by hand.

A return is an order of its own with ``returns`` and no line items. Payments and refunds are read off the orders, so the
three never disagree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.order_shapes import payments_of, refunds_of
from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.store import PosStore, dump, marks, stamp

STATES = ("OPEN", "COMPLETED", "CANCELED", "DRAFT")
_STAMPS = {"created_at": "CREATED_AT", "updated_at": "UPDATED_AT", "closed_at": "CLOSED_AT"}


class Orders:
    """Reads and writes orders in a ``PosStore``."""

    def __init__(self, store: PosStore) -> None:
        self._store = store

    def add(self, order: Mapping[str, Any], *, source_order_id: str | None = None) -> None:
        """Store an order, new or changed."""
        self._store.run(
            "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            order["id"],
            order["location_id"],
            order["state"],
            order["created_at"],
            order["updated_at"],
            order.get("closed_at"),
            source_order_id,
            dump(order),
        )

    def get(self, order_id: str) -> dict[str, Any]:
        """One order.

        Raises:
            PosError: 404, there is none.
        """
        found = self._store.one("SELECT body FROM orders WHERE id = ?", order_id)
        if found is None:
            raise not_found(f"Order {order_id}")
        return dict(json.loads(found["body"]))

    def returns_of(self, order_id: str) -> list[dict[str, Any]]:
        """The return orders of an order."""
        found = self._store.all("SELECT body FROM orders WHERE source_order_id = ?", order_id)
        return [json.loads(row["body"]) for row in found]

    def batch_retrieve(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/orders/batch-retrieve``."""
        ids = body.get("order_ids")
        if not isinstance(ids, list) or not ids:
            raise missing("order_ids")
        if len(ids) > 100:
            raise PosError(400, "ARRAY_LENGTH_TOO_LONG", "At most 100 order_ids.", "order_ids")
        found = self._store.all(f"SELECT body FROM orders WHERE id IN ({marks(len(ids))}) ORDER BY id", *map(str, ids))
        return {"orders": [json.loads(row["body"]) for row in found]}

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/orders/search``."""
        locations = body.get("location_ids")
        if not isinstance(locations, list) or not locations:
            raise missing("location_ids")
        if len(locations) > 10:
            raise PosError(400, "ARRAY_LENGTH_TOO_LONG", "At most 10 location_ids.", "location_ids")
        query = body.get("query") or {}
        limit = page_limit(body, default=500, most=1000)
        column, descending = _sorting(query)
        where, values = _conditions(query, locations)
        asked = ["orders", locations, query]
        after = read_cursor(body.get("cursor"), asked)
        if after:
            where += f" AND ({column}, id) {'<' if descending else '>'} (?, ?)"
            values += after
        direction = "DESC" if descending else "ASC"
        rows = self._store.all(
            f"SELECT id, location_id, {column} AS at, body FROM orders WHERE {where} "
            f"ORDER BY {column} {direction}, id {direction} LIMIT ?",
            *values,
            limit + 1,
        )
        page = rows[:limit]
        reply: dict[str, Any] = {}
        if body.get("return_entries"):
            reply["order_entries"] = [{"order_id": row["id"], "location_id": row["location_id"]} for row in page]
        else:
            reply["orders"] = [json.loads(row["body"]) for row in page]
        if len(rows) > limit:
            reply["cursor"] = write_cursor(asked, [page[-1]["at"], page[-1]["id"]])
        return reply

    def payments(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/payments``, by time of change."""
        return self._money_list("payments", params, payments_of)

    def refunds(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/refunds``, by time of change."""
        return self._money_list("refunds", params, refunds_of)

    def _money_list(self, name: str, params: Mapping[str, str], of: Any) -> dict[str, Any]:
        limit = page_limit(params, default=100, most=100)
        asked = [name, {key: value for key, value in sorted(params.items()) if key not in ("cursor", "limit")}]
        after = read_cursor(params.get("cursor"), asked) or ["", ""]
        begin = params.get("updated_at_begin_time") or params.get("begin_time") or ""
        end = params.get("updated_at_end_time") or params.get("end_time") or "9999"
        rows = self._store.all(
            "SELECT id, updated_at, body FROM orders WHERE updated_at >= ? AND updated_at <= ? "
            "AND (updated_at, id) > (?, ?) AND (? = '' OR location_id = ?) ORDER BY updated_at, id LIMIT ?",
            begin,
            end,
            *after,
            params.get("location_id", ""),
            params.get("location_id", ""),
            limit + 1,
        )
        page = rows[:limit]
        reply: dict[str, Any] = {name: [item for row in page for item in of(json.loads(row["body"]))]}
        if len(rows) > limit:
            reply["cursor"] = write_cursor(asked, [page[-1]["updated_at"], page[-1]["id"]])
        return reply


def _sorting(query: Mapping[str, Any]) -> tuple[str, bool]:
    sort = query.get("sort") or {}
    field = sort.get("sort_field", "CREATED_AT")
    column = next((name for name, word in _STAMPS.items() if word == field), None)
    if column is None:
        raise PosError(
            400, "INVALID_ENUM_VALUE", "sort_field must be CREATED_AT, UPDATED_AT or CLOSED_AT.", "sort_field"
        )
    filtered = list((query.get("filter") or {}).get("date_time_filter") or {})
    if filtered and filtered != [column]:
        raise PosError(
            400,
            "CONFLICTING_PARAMETERS",
            "The sort field must be the one that date_time_filter filters by.",
            "sort_field",
        )
    return column, sort.get("sort_order", "DESC") == "DESC"


def _conditions(query: Mapping[str, Any], locations: Sequence[str]) -> tuple[str, list[Any]]:
    where, values = f"location_id IN ({marks(len(locations))})", list(locations)
    filters = query.get("filter") or {}
    states = (filters.get("state_filter") or {}).get("states")
    if states:
        if not set(states) <= set(STATES):
            raise PosError(400, "INVALID_ENUM_VALUE", f"states must be among {', '.join(STATES)}.", "states")
        where += f" AND state IN ({marks(len(states))})"
        values += states
    for column, window in (filters.get("date_time_filter") or {}).items():
        for name, operator in (("start_at", ">="), ("end_at", "<=")):
            if window.get(name):
                where += f" AND {column} {operator} ?"
                values.append(_normal(window[name], name))
    return where, values


def _normal(text: Any, field: str) -> str:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise PosError(400, "INVALID_TIME", "Not an RFC 3339 time.", field) from None
    if at.tzinfo is None:
        raise invalid(field, "A time needs its offset.")
    return stamp(at)
