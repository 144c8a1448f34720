"""Stock: counts that sales run down, for the variations somebody has counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.store import PosStore, dump, marks, stamp


class Stock:
    """Reads and writes counts in a ``PosStore``."""

    def __init__(self, store: PosStore) -> None:
        self._store = store

    def count(self, variation_id: str, location_id: str, quantity: Decimal, at: datetime) -> None:
        """Note what somebody counted."""
        text = format(quantity, "f")
        self._set(variation_id, location_id, text, stamp(at))
        body = {
            "type": "PHYSICAL_COUNT",
            "physical_count": {
                "id": f"C-{variation_id}-{location_id}-{stamp(at)}",
                "catalog_object_id": variation_id,
                "catalog_object_type": "ITEM_VARIATION",
                "state": "IN_STOCK",
                "location_id": location_id,
                "quantity": text,
                "occurred_at": stamp(at),
                "created_at": stamp(at),
            },
        }
        self._change(body["physical_count"]["id"], variation_id, location_id, body, stamp(at))  # type: ignore[index]

    def sell(self, order: Mapping[str, Any]) -> None:
        """Take an order's goods off the shelf; what comes back goes onto it."""
        moves = [(line, -1) for line in order.get("line_items") or ()]
        moves += [(line, 1) for back in order.get("returns") or () for line in back["return_line_items"]]
        for line, sign in moves:
            variation_id, location_id = line.get("catalog_object_id"), order["location_id"]
            known = self._store.one(
                "SELECT quantity FROM inventory WHERE variation_id = ? AND location_id = ?", variation_id, location_id
            )
            if known is None:
                continue
            left = Decimal(known["quantity"]) + sign * Decimal(line["quantity"])
            self._set(variation_id, location_id, format(left, "f"), order["updated_at"])
            change_id = f"{order['id']}-{line['uid']}"
            states = ("IN_STOCK", "SOLD") if sign < 0 else ("UNLINKED_RETURN", "IN_STOCK")
            body = {
                "type": "ADJUSTMENT",
                "adjustment": {
                    "id": change_id,
                    "catalog_object_id": variation_id,
                    "catalog_object_type": "ITEM_VARIATION",
                    "from_state": states[0],
                    "to_state": states[1],
                    "location_id": location_id,
                    "quantity": line["quantity"],
                    "occurred_at": order["updated_at"],
                    "created_at": order["updated_at"],
                    "transaction_id": order["id"],
                },
            }
            self._change(change_id, variation_id, location_id, body, order["updated_at"])

    def counts(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/inventory/counts/batch-retrieve``; counts calculated after ``updated_after``."""
        limit = page_limit(body, default=100, most=1000)
        where, values = _filters(body)
        asked = ["counts", where, values, body.get("updated_after")]
        after = read_cursor(body.get("cursor"), asked) or ["", "", ""]
        states = body.get("states") or ["IN_STOCK"]
        rows = self._store.all(
            "SELECT variation_id, location_id, quantity, calculated_at FROM inventory "
            f"WHERE (calculated_at, variation_id, location_id) > (?, ?, ?) AND calculated_at > ? {where} "
            "ORDER BY calculated_at, variation_id, location_id LIMIT ?",
            *after,
            body.get("updated_after") or "",
            *values,
            limit + 1,
        )
        page = rows[:limit] if "IN_STOCK" in states else []
        reply: dict[str, Any] = {
            "counts": [
                {
                    "catalog_object_id": row["variation_id"],
                    "catalog_object_type": "ITEM_VARIATION",
                    "state": "IN_STOCK",
                    "location_id": row["location_id"],
                    "quantity": row["quantity"],
                    "calculated_at": row["calculated_at"],
                }
                for row in page
            ]
        }
        if page and len(rows) > limit:
            last = page[-1]
            reply["cursor"] = write_cursor(asked, [last["calculated_at"], last["variation_id"], last["location_id"]])
        return reply

    def changes(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/inventory/changes/batch-retrieve``, oldest first."""
        limit = page_limit(body, default=100, most=1000)
        where, values = _filters(body)
        types = body.get("types") or ["PHYSICAL_COUNT", "ADJUSTMENT"]
        asked = ["changes", where, values, types, body.get("updated_after"), body.get("updated_before")]
        after = read_cursor(body.get("cursor"), asked) or ["", ""]
        rows = self._store.all(
            "SELECT id, occurred_at, body FROM inventory_change WHERE (occurred_at, id) > (?, ?) "
            f"AND occurred_at > ? AND occurred_at <= ? AND type IN ({marks(len(types))}) {where} "
            "ORDER BY occurred_at, id LIMIT ?",
            *after,
            body.get("updated_after") or "",
            body.get("updated_before") or "9999",
            *types,
            *values,
            limit + 1,
        )
        reply: dict[str, Any] = {"changes": [json.loads(row["body"]) for row in rows[:limit]]}
        if len(rows) > limit:
            reply["cursor"] = write_cursor(asked, [rows[limit - 1]["occurred_at"], rows[limit - 1]["id"]])
        return reply

    def _set(self, variation_id: str, location_id: str, quantity: str, at: str) -> None:
        self._store.run("INSERT OR REPLACE INTO inventory VALUES (?, ?, ?, ?)", variation_id, location_id, quantity, at)

    def _change(self, change_id: str, variation_id: str, location_id: str, body: Mapping[str, Any], at: str) -> None:
        self._store.run(
            "INSERT OR REPLACE INTO inventory_change VALUES (?, ?, ?, ?, ?, ?)",
            change_id,
            variation_id,
            location_id,
            body["type"],
            at,
            dump(body),
        )


def _filters(body: Mapping[str, Any]) -> tuple[str, list[str]]:
    where, values = "", []
    for column, name in (("location_id", "location_ids"), ("variation_id", "catalog_object_ids")):
        wanted: Iterable[Any] = body.get(name) or ()
        found = [str(item) for item in wanted]
        if found:
            where += f" AND {column} IN ({marks(len(found))})"
            values += found
    return where, values
