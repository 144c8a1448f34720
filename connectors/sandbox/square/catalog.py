"""The catalogue: categories, items and their variations, with optimistic versions and idempotency keys.

The version of every object is a number that only grows, one per write, like the platform's. An update must carry the
version it was read with. The same key with the same body answers with the first reply and changes nothing; the same
key with another body is refused.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.objects import DATA, built, check_money, flattened, prices, row_of, seeded, types_of
from connectors.sandbox.square.offers import check_offer
from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.store import PosStore, marks, stamp
from connectors.sandbox.standin.feed import Clock, FeedVariant

_BATCH = 1000
_Change = tuple[Mapping[str, Any] | None, Mapping[str, Any]]


class Catalog:
    """Reads and writes catalogue objects in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def seed(self, variants: Iterable[FeedVariant], currency: str, changed_at: datetime) -> None:
        """Put the shop's products in, last changed at ``changed_at``."""
        rows = list(seeded(variants, currency, self._next_version(), stamp(changed_at)))
        self._store.run_many("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/search`` by type and time of change."""
        if body.get("query"):
            raise PosError(501, "NOT_IMPLEMENTED", "This stand-in searches by object_types and begin_time only.")
        types = types_of(body.get("object_types"))
        limit = page_limit(body, default=100, most=1000)
        query = ["search", types, body.get("begin_time"), bool(body.get("include_deleted_objects"))]
        reply = self._page(query, types, body, limit, deleted=bool(body.get("include_deleted_objects")))
        latest = self._store.one("SELECT max(updated_at) AS at FROM object")
        if latest is not None and latest["at"]:
            reply["latest_time"] = latest["at"]
        return reply

    def listing(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /v2/catalog/list``."""
        given = [part.strip().upper() for part in params.get("types", "").split(",") if part.strip()]
        types = types_of(given or None)
        return self._page(["list", types], types, {"cursor": params.get("cursor")}, 100, deleted=False)

    def retrieve(self, object_id: str) -> dict[str, Any]:
        """``GET /v2/catalog/object/{id}``."""
        found = self._find(object_id)
        if found is None or found["is_deleted"]:
            raise not_found(f"Catalog object with ID `{object_id}`")
        return {"object": self._nested([found])[0]}

    def batch_retrieve(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/batch-retrieve``."""
        ids = body.get("object_ids")
        if not isinstance(ids, list) or not ids:
            raise missing("object_ids")
        if len(ids) > _BATCH:
            raise PosError(400, "ARRAY_LENGTH_TOO_LONG", f"At most {_BATCH} object_ids.", "object_ids")
        found = self._store.all(f"SELECT body FROM object WHERE id IN ({marks(len(ids))})", *map(str, ids))
        objects = [json.loads(row["body"]) for row in found]
        kept = [item for item in objects if body.get("include_deleted_objects") or not item["is_deleted"]]
        return {"objects": self._nested(kept)}

    def upsert(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/object``."""
        if not isinstance(body.get("object"), dict):
            raise missing("object")
        with self._store.transaction():
            return once(self._store, "catalog.upsert", body, lambda: self._apply_one(body))

    def batch_upsert(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/batch-upsert``: all batches or nothing."""
        batches = body.get("batches")
        if not isinstance(batches, list) or not batches:
            raise missing("batches")
        objects = [item for batch in batches for item in batch.get("objects") or ()]
        if not objects:
            raise missing("batches[0].objects")
        with self._store.transaction():
            return once(self._store, "catalog.batch_upsert", body, lambda: self._apply_many(body, objects))

    def price(self, variation_id: str, location_id: str) -> dict[str, Any] | None:
        """The money a variation costs at a location; None when it is unknown or typed at the till."""
        found = self._find(variation_id)
        return None if found is None else prices(found, [location_id])[location_id]

    def variation(self, variation_id: str) -> dict[str, Any] | None:
        """A variation that is on sale."""
        found = self._find(variation_id)
        return found if found and found["type"] == "ITEM_VARIATION" and not found["is_deleted"] else None

    def reprice(self, variation_id: str, price_minor: int, location_id: str | None) -> dict[str, Any]:
        """Somebody sets a price in the dashboard: at one location, or everywhere.

        Raises:
            PosError: 404 no such variation.
        """
        variation = self._on_sale(variation_id)
        data = variation["item_variation_data"]
        money = {"amount": price_minor, "currency": str(self._store.meta("currency") or "USD")}
        if location_id is None:
            data |= {"price_money": money, "pricing_type": "FIXED_PRICING"}
            data.pop("location_overrides", None)
        else:
            others = [item for item in data.get("location_overrides", ()) if item["location_id"] != location_id]
            override = {"location_id": location_id, "price_money": money, "pricing_type": "FIXED_PRICING"}
            data["location_overrides"] = [*others, override]
        return self._stamped(variation)

    def retire(self, variation_id: str) -> dict[str, Any]:
        """Somebody deletes a variation in the dashboard; its item goes with the last one.

        Raises:
            PosError: 404 no such variation.
        """
        variation = self._on_sale(variation_id)
        item_id = str(variation["item_variation_data"].get("item_id"))
        gone = self._stamped({**variation, "is_deleted": True})
        left = self._store.one("SELECT 1 FROM object WHERE parent_id = ? AND deleted = 0", item_id)
        item = self._find(item_id)
        if left is None and item is not None:
            self._stamped({**item, "is_deleted": True})
        return gone

    def _on_sale(self, variation_id: str) -> dict[str, Any]:
        variation = self.variation(variation_id)
        if variation is None:
            raise PosError(404, "NOT_FOUND", f"There is no product with the variant_id {variation_id}.", "variant_id")
        return variation

    def _stamped(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a changed object under the next version."""
        changed = {**source, "version": self._next_version(), "updated_at": stamp(self._clock.now())}
        parent = (changed.get("item_variation_data") or {}).get("item_id")
        self._store.run("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", *row_of(changed, parent))
        return changed

    def name_of(self, variation: Mapping[str, Any]) -> str:
        """The name of the item a variation belongs to."""
        item = self._find(str(variation["item_variation_data"].get("item_id", "")))
        return str((item or variation).get("item_data", variation["item_variation_data"]).get("name", ""))

    def _page(
        self, query: Any, types: Sequence[str], body: Mapping[str, Any], limit: int, *, deleted: bool
    ) -> dict[str, Any]:
        after = read_cursor(body.get("cursor"), query)
        where, bound = "type = ?", list[Any]()
        # A cursor lies behind the time of its own query; of two lower bounds the engine would take the weaker one.
        if after:
            where += " AND (updated_at, id) > (?, ?)"
            bound += after
        elif body.get("begin_time"):
            where += " AND updated_at > ?"
            bound.append(str(body["begin_time"]))
        if not deleted:
            where += " AND deleted = 0"
        # Each type by itself goes along its index; over all of them a type without objects would look at every object.
        order = "ORDER BY updated_at, id LIMIT ?"
        part = f"SELECT * FROM (SELECT id, updated_at, body FROM object WHERE {where} {order})"
        values = [value for one in types for value in (one, *bound, limit + 1)]
        rows = self._store.all(f"{' UNION ALL '.join([part] * len(types))} {order}", *values, limit + 1)
        reply: dict[str, Any] = {"objects": self._nested([json.loads(row["body"]) for row in rows[:limit]])}
        if len(rows) > limit:
            reply["cursor"] = write_cursor(query, [rows[limit - 1]["updated_at"], rows[limit - 1]["id"]])
        return reply

    def _nested(self, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
        items = {item["id"]: item for item in objects if item["type"] == "ITEM"}
        if items:
            found = self._store.all(
                "SELECT parent_id, body FROM object WHERE deleted = 0 "
                f"AND parent_id IN ({marks(len(items))}) ORDER BY id",
                *items,
            )
            for row in found:
                items[row["parent_id"]]["item_data"].setdefault("variations", []).append(json.loads(row["body"]))
        return objects

    def _find(self, object_id: str) -> dict[str, Any] | None:
        found = self._store.one("SELECT body FROM object WHERE id = ?", object_id)
        return None if found is None else dict(json.loads(found["body"]))

    def _apply_one(self, body: Mapping[str, Any]) -> dict[str, Any]:
        written, ids = self._write("catalog.upsert", body, [body["object"]])
        reply: dict[str, Any] = {"catalog_object": self._nested(written[:1])[0]}
        return {**reply, "id_mappings": ids} if ids else reply

    def _apply_many(self, body: Mapping[str, Any], objects: Sequence[Any]) -> dict[str, Any]:
        written, ids = self._write("catalog.batch_upsert", body, objects)
        reply: dict[str, Any] = {"objects": self._nested(written), "updated_at": stamp(self._clock.now())}
        return {**reply, "id_mappings": ids} if ids else reply

    def _write(
        self, operation: str, body: Mapping[str, Any], objects: Sequence[Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
        """Check everything first, then write: a refusal leaves nothing behind."""
        flat = flattened(objects)
        ids = {item["id"]: uuid.uuid4().hex[:24].upper() for item in flat if item["id"].startswith("#")}
        version, at = self._next_version(), stamp(self._clock.now())
        changes = []
        for item in flat:
            before = None if item["id"] in ids else self._current(item)
            changes.append((before, self._checked(item, ids, version, at)))
        for _, after in changes:
            parent = after["item_variation_data"].get("item_id") if after["type"] == "ITEM_VARIATION" else None
            self._store.run("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", *row_of(after, parent))
        self._record(operation, body, changes, at)
        return (
            [after for _, after in changes],
            [{"client_object_id": old, "object_id": new} for old, new in ids.items()],
        )

    def _current(self, item: Mapping[str, Any]) -> dict[str, Any]:
        found = self._find(item["id"])
        if found is None or found["is_deleted"]:
            raise not_found(f"Catalog object with ID `{item['id']}`")
        if found["type"] != item["type"]:
            raise invalid("object.type", "The type of a catalog object cannot change.")
        if item.get("version") != found["version"]:
            raise PosError(400, "VERSION_MISMATCH", "Object version does not match latest database version.", "version")
        return found

    def _checked(self, item: Mapping[str, Any], ids: Mapping[str, str], version: int, at: str) -> dict[str, Any]:
        name = DATA[item["type"]]
        data = item.get(name)
        if not isinstance(data, dict):
            raise missing(f"object.{name}")
        data = _with_ids({key: value for key, value in data.items() if key != "variations"}, ids)
        check_offer(item["type"], data, lambda identity: identity in ids.values() or self._find(identity) is not None)
        if item["type"] == "ITEM_VARIATION":
            self._check_prices(data)
        elif item["type"] in ("ITEM", "CATEGORY") and not data.get("name"):
            raise missing(f"object.{name}.name")
        kept = {key: value for key, value in item.items() if key not in (name, "id", "version", "updated_at")}
        return {
            **built(item["type"], ids.get(item["id"], item["id"]), data, version, at),
            **kept,
            "is_deleted": False,
        }

    def _check_prices(self, data: Mapping[str, Any]) -> None:
        if not data.get("item_id"):
            raise missing("object.item_variation_data.item_id")
        locations = {row["id"] for row in self._store.all("SELECT id FROM location")}
        if data.get("price_money") is not None:
            check_money(data["price_money"], "object.item_variation_data.price_money")
        for override in data.get("location_overrides") or ():
            if override.get("location_id") not in locations:
                raise PosError(400, "NOT_FOUND", "Unknown location.", "location_overrides.location_id")
            if override.get("price_money") is not None:
                check_money(override["price_money"], "location_overrides.price_money")

    def _record(self, operation: str, body: Mapping[str, Any], changes: Sequence[_Change], at: str) -> None:
        """One effect for one request: prices by location where they moved, else what else is different."""
        changed = [(before, after) for before, after in changes if before is None or _own(before) != _own(after)]
        first = (changed or changes)[0][1]
        locations = [row["id"] for row in self._store.all("SELECT id FROM location ORDER BY id")]
        old: Mapping[str, Any] = {after["id"]: _own(before) if before else None for before, after in changed}
        new: Mapping[str, Any] = {after["id"]: _own(after) for _, after in changed}
        only = None
        if first["type"] == "ITEM_VARIATION":
            was = prices(changed[0][0], locations) if changed and changed[0][0] else dict.fromkeys(locations)
            now = prices(first, locations)
            moved = [location for location in locations if was[location] != now[location]]
            only = moved[0] if len(moved) == 1 else None
            if moved:
                old, new = {place: was[place] for place in moved}, {place: now[place] for place in moved}
        self._store.record_effect(
            at,
            operation,
            first["id"],
            before=old[only] if only else old,
            after=new[only] if only else new,
            request=body,
            idempotency_key=body["idempotency_key"],
            location_id=only,
        )

    def _next_version(self) -> int:
        last = int(self._store.meta("catalog_version") or 0)
        version = max(last + 1, int(self._clock.now().timestamp() * 1000))
        self._store.set_meta("catalog_version", str(version))
        return version


def _own(source: Mapping[str, Any]) -> dict[str, Any]:
    """What an object says, without when it said so."""
    return {name: value for name, value in source.items() if name not in ("version", "updated_at", "created_at")}


def _with_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """``value`` with the temporary ids in it replaced by those the objects were given."""
    if isinstance(value, dict):
        return {name: _with_ids(part, ids) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_ids(part, ids) for part in value]
    return ids.get(value, value) if isinstance(value, str) else value
