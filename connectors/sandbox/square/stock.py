"""Stock: counts that sales run down for the variations somebody has counted, and changes that come over the API.

Since 2026-07-15 an adjustment says where from and where to; a count brings the adjustment it caused with it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.store import PosStore, dump, marks, stamp
from connectors.sandbox.standin.asks import quantity_of
from connectors.sandbox.standin.feed import Clock
from connectors.sandbox.standin.happenings import RefusalError

_MOVES = frozenset({("NONE", "IN_STOCK"), ("UNLINKED_RETURN", "IN_STOCK"), ("IN_STOCK", "SOLD"), ("IN_STOCK", "WASTE")})
_MOST_CHANGES = 100
_DECREASE = (
    "DAMAGED",
    "THEFT",
    "LOST",
    "SPOILAGE_WASTE",
    "SAMPLES_PROMOTIONAL",
    "INTERNAL_USE",
    "VENDOR_RETURN",
    "PRODUCTION_WASTE",
)
_INCREASE = ("RECEIVED", "RETURNED")
_FROM_THE_BEGINNING = "2000-01-01T00:00:00.000Z"

OpeningStock = Callable[[str, str], Decimal | None]


class Stock:
    """Reads and writes counts in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock, opening: OpeningStock | None = None) -> None:
        """``opening`` gives what was on hand before anybody asked, for variation and location; None for nothing."""
        self._store = store
        self._clock = clock
        self._opening = opening

    def count(self, variation_id: str, location_id: str, quantity: Decimal, at: datetime) -> dict[str, Any]:
        """Note what somebody counted; the count as it is now."""
        asked = {
            "catalog_object_id": variation_id,
            "location_id": location_id,
            "state": "IN_STOCK",
            "quantity": format(quantity, "f"),
            "occurred_at": stamp(at),
        }
        self._counted(asked, stamp(at))
        return self._now(variation_id, location_id)

    def sell(self, order: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Take an order's goods off the shelf; what comes back goes onto it. The counts that changed."""
        changed: list[dict[str, Any]] = []
        moves = [(line, -1) for line in order.get("line_items") or ()]
        moves += [(line, 1) for back in order.get("returns") or () for line in back["return_line_items"]]
        for line, sign in moves:
            variation_id, location_id = str(line.get("catalog_object_id")), order["location_id"]
            if self._quantity(variation_id, location_id) is None:
                continue
            states = ("IN_STOCK", "SOLD") if sign < 0 else ("UNLINKED_RETURN", "IN_STOCK")
            asked = {
                "id": f"{order['id']}-{line['uid']}",
                "catalog_object_id": variation_id,
                "from_state": states[0],
                "to_state": states[1],
                "from_location_id": location_id,
                "to_location_id": location_id,
                "quantity": line["quantity"],
                "occurred_at": order["updated_at"],
                "transaction_id": order["id"],
                "reason_id": {"type": "SALE" if sign < 0 else "RETURNED"},
            }
            self._adjusted(asked, order["updated_at"])
            changed.append(self._now(variation_id, location_id))
        return changed

    def change(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/inventory/changes/batch-create``: every change or none."""
        changes = body.get("changes")
        if not isinstance(changes, list) or not changes:
            raise missing("changes")
        if len(changes) > _MOST_CHANGES:
            raise PosError(400, "ARRAY_LENGTH_TOO_LONG", f"At most {_MOST_CHANGES} changes.", "changes")

        def apply() -> dict[str, Any]:
            at = stamp(self._clock.now())
            applied = [self._apply(change, body, at) for change in changes]
            places = dict.fromkeys(self._place_of(change) for change in applied)
            return {"counts": [self._now(*place) for place in places], "changes": applied}

        with self._store.transaction():
            return once(self._store, "inventory.change", body, apply)

    def counts(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/inventory/counts/batch-retrieve``; counts calculated after ``updated_after``."""
        limit = page_limit(body, default=100, most=1000)
        self._open_named(body)
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
                _count(row["variation_id"], row["location_id"], row["quantity"], row["calculated_at"]) for row in page
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
        asked = [
            "changes",
            where,
            values,
            types,
            body.get("sort"),
            body.get("updated_after"),
            body.get("updated_before"),
        ]
        newest = (body.get("sort") or {}).get("order") == "DESC"
        direction, beyond, edge = ("DESC", "<", ["9999", ""]) if newest else ("ASC", ">", ["", ""])
        after = read_cursor(body.get("cursor"), asked) or edge
        rows = self._store.all(
            f"SELECT id, occurred_at, body FROM inventory_change WHERE (occurred_at, id) {beyond} (?, ?) "
            f"AND occurred_at > ? AND occurred_at < ? AND type IN ({marks(len(types))}) {where} "
            f"ORDER BY occurred_at {direction}, id {direction} LIMIT ?",
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

    def _apply(self, change: Mapping[str, Any], body: Mapping[str, Any], at: str) -> dict[str, Any]:
        kind = change.get("type")
        asked = change.get(str(kind).lower())
        if kind not in ("PHYSICAL_COUNT", "ADJUSTMENT") or not isinstance(asked, dict):
            raise invalid("changes.type", "Must be PHYSICAL_COUNT or ADJUSTMENT, with what it is.")
        variation_id, location_id = _target(asked)
        self._check_target(variation_id, location_id)
        self._open(variation_id, location_id)
        if not asked.get("occurred_at"):
            raise missing(f"changes.{str(kind).lower()}.occurred_at")
        before = self._quantity(variation_id, location_id)
        if kind == "PHYSICAL_COUNT":
            written_quantity(asked.get("quantity"), least=Decimal(0))
            written = self._counted(asked, at)
        else:
            written_quantity(asked.get("quantity"))
            _check_move(asked)
            written = self._adjusted(asked, at)
        after = self._quantity(variation_id, location_id)
        self._store.record_effect(
            at,
            "inventory.change",
            variation_id,
            before={"quantity": format(before, "f") if before is not None else None},
            after={"quantity": format(after, "f") if after is not None else None},
            request=body,
            idempotency_key=str(body["idempotency_key"]),
            location_id=location_id,
        )
        return written

    def _open_named(self, body: Mapping[str, Any]) -> None:
        """Put what was on hand from the beginning on record for the few goods that somebody asks for by name."""
        goods, places = body.get("catalog_object_ids") or (), body.get("location_ids") or ()
        if self._opening is None or len(goods) * len(places) > _MOST_CHANGES:
            return
        with self._store.transaction():
            for variation_id in goods:
                for location_id in places:
                    self._open(str(variation_id), str(location_id))

    def _open(self, variation_id: str, location_id: str) -> None:
        if self._opening is None or self._quantity(variation_id, location_id) is not None:
            return
        quantity = self._opening(variation_id, location_id)
        if quantity is not None:
            self._set(variation_id, location_id, quantity, _FROM_THE_BEGINNING)

    def _check_target(self, variation_id: str, location_id: str) -> None:
        found = self._store.one("SELECT deleted FROM object WHERE id = ? AND type = 'ITEM_VARIATION'", variation_id)
        if found is None or found["deleted"]:
            raise not_found(f"Catalog object with ID `{variation_id}`")
        if self._store.one("SELECT 1 FROM location WHERE id = ?", location_id) is None:
            raise not_found(f"Location {location_id}")

    def _counted(self, asked: Mapping[str, Any], at: str) -> dict[str, Any]:
        variation_id, location_id = _target(asked)
        text = format(Decimal(str(asked["quantity"])), "f")
        moved = Decimal(text) - (self._quantity(variation_id, location_id) or Decimal(0))
        count = {**asked, "id": _new_id(), "catalog_object_type": "ITEM_VARIATION", "quantity": text, "created_at": at}
        if moved:
            states = ("NONE", "IN_STOCK") if moved > 0 else ("IN_STOCK", "NONE")
            adjustment = {
                "id": _new_id(),
                "catalog_object_id": variation_id,
                "from_state": states[0],
                "to_state": states[1],
                "from_location_id": location_id,
                "to_location_id": location_id,
                "quantity": format(abs(moved), "f"),
                "occurred_at": asked["occurred_at"],
                "physical_count_id": count["id"],
                "reason_id": {"type": "RECOUNT"},
            }
            count["adjustment_id"] = self._adjusted(adjustment, at)["adjustment"]["id"]
        self._set(variation_id, location_id, Decimal(text), at)
        return self._change("PHYSICAL_COUNT", count, at)

    def _adjusted(self, asked: Mapping[str, Any], at: str) -> dict[str, Any]:
        quantity = Decimal(str(asked["quantity"]))
        for state, place, sign in (("from_state", "from_location_id", -1), ("to_state", "to_location_id", 1)):
            if asked[state] == "IN_STOCK":
                variation_id, location_id = str(asked["catalog_object_id"]), str(asked[place])
                known = self._quantity(variation_id, location_id) or Decimal(0)
                self._set(variation_id, location_id, known + sign * quantity, at)
        written = {"id": _new_id(), **asked, "catalog_object_type": "ITEM_VARIATION", "created_at": at}
        return self._change("ADJUSTMENT", written, at)

    def _quantity(self, variation_id: str, location_id: str) -> Decimal | None:
        found = self._store.one(
            "SELECT quantity FROM inventory WHERE variation_id = ? AND location_id = ?", variation_id, location_id
        )
        return None if found is None else Decimal(found["quantity"])

    def _now(self, variation_id: str, location_id: str) -> dict[str, Any]:
        found = self._store.one(
            "SELECT * FROM inventory WHERE variation_id = ? AND location_id = ?", variation_id, location_id
        )
        quantity, at = (found["quantity"], found["calculated_at"]) if found else ("0", stamp(self._clock.now()))
        return _count(variation_id, location_id, quantity, at)

    def _set(self, variation_id: str, location_id: str, quantity: Decimal, at: str) -> None:
        text = format(quantity, "f")
        self._store.run("INSERT OR REPLACE INTO inventory VALUES (?, ?, ?, ?)", variation_id, location_id, text, at)

    def _change(self, kind: str, what: Mapping[str, Any], at: str) -> dict[str, Any]:
        change = {"type": kind, kind.lower(): dict(what)}
        self._store.run(
            "INSERT OR REPLACE INTO inventory_change VALUES (?, ?, ?, ?, ?, ?)", what["id"], *_target(what), kind, at,
            dump(change),
        )  # fmt: skip
        return change

    @staticmethod
    def _place_of(change: Mapping[str, Any]) -> tuple[str, str]:
        return _target(change[str(change["type"]).lower()])


def _target(what: Mapping[str, Any]) -> tuple[str, str]:
    place = what.get("location_id") or what.get("from_location_id") or what.get("to_location_id")
    for name, value in (("catalog_object_id", what.get("catalog_object_id")), ("location_id", place)):
        if not value:
            raise missing(f"changes.{name}")
    return str(what["catalog_object_id"]), str(place)


def _check_move(asked: Mapping[str, Any]) -> None:
    move = (asked.get("from_state"), asked.get("to_state"))
    if move not in _MOVES:
        raise invalid("changes.adjustment.to_state", f"Stock cannot go from {move[0]} to {move[1]}.")
    if asked.get("from_location_id") != asked.get("to_location_id"):
        raise invalid("changes.adjustment.to_location_id", "Use a transfer order between locations.")
    reason = (asked.get("reason_id") or {}).get("type")
    allowed = _INCREASE if move[1] == "IN_STOCK" else _DECREASE
    if reason is not None and reason not in allowed:
        raise invalid("changes.adjustment.reason_id.type", f"Must be one of {', '.join(allowed)}.")


def _new_id() -> str:
    return uuid.uuid4().hex[:24].upper()


def _count(variation_id: str, location_id: str, quantity: str, at: str) -> dict[str, Any]:
    return {
        "catalog_object_id": variation_id,
        "catalog_object_type": "ITEM_VARIATION",
        "state": "IN_STOCK",
        "location_id": location_id,
        "quantity": quantity,
        "calculated_at": at,
    }


def _filters(body: Mapping[str, Any]) -> tuple[str, list[str]]:
    where, values = "", []
    for column, name in (("location_id", "location_ids"), ("variation_id", "catalog_object_ids")):
        wanted: Iterable[Any] = body.get(name) or ()
        found = [str(item) for item in wanted]
        if found:
            where += f" AND {column} IN ({marks(len(found))})"
            values += found
    return where, values


def written_quantity(value: Any, *, least: Decimal | None = None) -> Decimal:
    """A quantity that comes over the API, refused in Square's own shape.

    Raises:
        PosError: 400 naming the field.
    """
    try:
        return quantity_of(value, least=least)
    except RefusalError as refusal:
        raise invalid(refusal.field, refusal.detail) from None
