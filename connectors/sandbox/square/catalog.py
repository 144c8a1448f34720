"""The catalogue: categories, items and their variations, with optimistic versions and idempotency keys.

The version of every object is a number that only grows, one per write, like the platform's. An update must carry the
version it was read with. The same key with the same body answers with the first reply and changes nothing; the same
key with another body is refused.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from connectors.records import minor_exponent
from connectors.sandbox.square.errors import PosError, invalid, missing, not_found
from connectors.sandbox.square.paging import page_limit, read_cursor, write_cursor
from connectors.sandbox.square.store import PosStore, dump, marks, stamp
from connectors.sandbox.standin.feed import Clock, FeedVariant

TYPES = ("CATEGORY", "ITEM", "ITEM_VARIATION", "MEASUREMENT_UNIT")
_DATA = {name: f"{name.lower()}_data" for name in TYPES}
_KEY_LENGTH = 128
_BATCH = 1000


class Catalog:
    """Reads and writes catalogue objects in a ``PosStore``."""

    def __init__(self, store: PosStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def seed(self, variants: Iterable[FeedVariant], currency: str, changed_at: datetime) -> None:
        """Put the shop's products in, last changed at ``changed_at``."""
        at = stamp(changed_at)
        version = self._next_version()
        rows: list[tuple[Any, ...]] = []
        items: set[str] = set()
        units: set[str] = set()
        for variant in variants:
            if variant.product_id not in items:
                items.add(variant.product_id)
                data = {"name": variant.name, "product_type": "REGULAR"}
                rows.append(_row(_object("ITEM", variant.product_id, data, version, at), None))
            if variant.unit_of_measure not in ("each", *units):
                units.add(variant.unit_of_measure)
                rows.append(_row(_unit(variant.unit_of_measure, version, at), None))
            rows.append(
                _row(
                    _object("ITEM_VARIATION", variant.variant_id, _seed_data(variant, currency), version, at),
                    variant.product_id,
                )
            )
        self._store.run_many("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/search`` by type and time of change."""
        if body.get("query"):
            raise PosError(501, "NOT_IMPLEMENTED", "This stand-in searches by object_types and begin_time only.")
        types = _types(body.get("object_types"))
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
        types = _types(given or None)
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
            return self._once("catalog.upsert", body, lambda: self._apply_one(body))

    def batch_upsert(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/catalog/batch-upsert``: all batches or nothing."""
        batches = body.get("batches")
        if not isinstance(batches, list) or not batches:
            raise missing("batches")
        objects = [item for batch in batches for item in batch.get("objects") or ()]
        if not objects:
            raise missing("batches[0].objects")
        with self._store.transaction():
            return self._once("catalog.batch_upsert", body, lambda: self._apply_many(body, objects))

    def price(self, variation_id: str, location_id: str) -> dict[str, Any] | None:
        """The money a variation costs at a location; None when it is unknown or typed at the till."""
        found = self._find(variation_id)
        return None if found is None else prices(found, [location_id])[location_id]

    def variation(self, variation_id: str) -> dict[str, Any] | None:
        """A variation that is on sale."""
        found = self._find(variation_id)
        return found if found and found["type"] == "ITEM_VARIATION" and not found["is_deleted"] else None

    def name_of(self, variation: Mapping[str, Any]) -> str:
        """The name of the item a variation belongs to."""
        item = self._find(str(variation["item_variation_data"].get("item_id", "")))
        return str((item or variation).get("item_data", variation["item_variation_data"]).get("name", ""))

    def _page(
        self, query: Any, types: Sequence[str], body: Mapping[str, Any], limit: int, *, deleted: bool
    ) -> dict[str, Any]:
        after = read_cursor(body.get("cursor"), query) or ["", ""]
        sql = (
            f"SELECT id, updated_at, body FROM object WHERE type IN ({marks(len(types))}) AND (updated_at, id) > (?, ?)"
        )
        values: list[Any] = [*types, *after]
        if body.get("begin_time"):
            sql += " AND updated_at > ?"
            values.append(str(body["begin_time"]))
        if not deleted:
            sql += " AND deleted = 0"
        rows = self._store.all(sql + " ORDER BY updated_at, id LIMIT ?", *values, limit + 1)
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

    def _once(self, operation: str, body: Mapping[str, Any], apply: Any) -> dict[str, Any]:
        key = body.get("idempotency_key")
        if not isinstance(key, str) or not key:
            raise missing("idempotency_key")
        if len(key) > _KEY_LENGTH:
            raise PosError(400, "VALUE_TOO_LONG", f"At most {_KEY_LENGTH} characters.", "idempotency_key")
        digest = hashlib.sha256(json.dumps([operation, body], sort_keys=True).encode()).hexdigest()
        known = self._store.one("SELECT request_sha256, body FROM reply WHERE key = ?", key)
        if known is not None:
            if known["request_sha256"] != digest:
                raise PosError(
                    400,
                    "IDEMPOTENCY_KEY_REUSED",
                    "This idempotency key was used for another request.",
                    "idempotency_key",
                )
            return dict(json.loads(known["body"]))
        reply: dict[str, Any] = apply()
        self._store.run("INSERT INTO reply VALUES (?, ?, ?)", key, digest, dump(reply))
        return reply

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
        flat = _flatten(objects)
        ids = {item["id"]: uuid.uuid4().hex[:24].upper() for item in flat if item["id"].startswith("#")}
        version, at = self._next_version(), stamp(self._clock.now())
        written = []
        for item in flat:
            before = None if item["id"] in ids else self._current(item)
            after = self._checked(item, ids, version, at)
            parent = after["item_variation_data"].get("item_id") if after["type"] == "ITEM_VARIATION" else None
            self._store.run("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", *_row(after, parent))
            self._record(operation, body, before, after, at)
            written.append(after)
        return written, [{"client_object_id": old, "object_id": new} for old, new in ids.items()]

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
        name = _DATA[item["type"]]
        data = item.get(name)
        if not isinstance(data, dict):
            raise missing(f"object.{name}")
        data = {key: value for key, value in data.items() if key != "variations"}
        if item["type"] == "ITEM_VARIATION":
            data["item_id"] = ids.get(str(data.get("item_id")), data.get("item_id"))
            self._check_prices(data)
        elif item["type"] in ("ITEM", "CATEGORY") and not data.get("name"):
            raise missing(f"object.{name}.name")
        kept = {key: value for key, value in item.items() if key not in (name, "id", "version", "updated_at")}
        return {
            **_object(item["type"], ids.get(item["id"], item["id"]), data, version, at),
            **kept,
            "is_deleted": False,
        }

    def _check_prices(self, data: Mapping[str, Any]) -> None:
        if not data.get("item_id"):
            raise missing("object.item_variation_data.item_id")
        locations = {row["id"] for row in self._store.all("SELECT id FROM location")}
        if data.get("price_money") is not None:
            _check_money(data["price_money"], "object.item_variation_data.price_money")
        for override in data.get("location_overrides") or ():
            if override.get("location_id") not in locations:
                raise PosError(400, "NOT_FOUND", "Unknown location.", "location_overrides.location_id")
            if override.get("price_money") is not None:
                _check_money(override["price_money"], "location_overrides.price_money")

    def _record(
        self,
        operation: str,
        body: Mapping[str, Any],
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any],
        at: str,
    ) -> None:
        locations = [row["id"] for row in self._store.all("SELECT id FROM location ORDER BY id")]
        old = prices(before, locations) if before else dict.fromkeys(locations)
        new = prices(after, locations)
        moved = [location for location in locations if old[location] != new[location]]
        only = moved[0] if len(moved) == 1 else None
        shown = (old[only], new[only]) if only else tuple({at_: was[at_] for at_ in moved} for was in (old, new))
        self._store.record_effect(
            at,
            operation,
            after["id"],
            before=shown[0],
            after=shown[1],
            request=body,
            idempotency_key=body["idempotency_key"],
            location_id=only,
        )

    def _next_version(self) -> int:
        last = int(self._store.meta("catalog_version") or 0)
        version = max(last + 1, int(self._clock.now().timestamp() * 1000))
        self._store.set_meta("catalog_version", str(version))
        return version


def prices(source: Mapping[str, Any], locations: Sequence[str]) -> dict[str, dict[str, Any] | None]:
    """What an object costs at each location: its override there, else its base price."""
    data = source.get("item_variation_data") or {}
    overrides = {item.get("location_id"): item for item in data.get("location_overrides") or ()}
    return {place: (overrides.get(place) or {}).get("price_money") or data.get("price_money") for place in locations}


def _seed_data(variant: FeedVariant, currency: str) -> dict[str, Any]:
    data: dict[str, Any] = {"item_id": variant.product_id, "name": "Regular", "ordinal": 0}
    data["track_inventory"] = variant.unit_of_measure == "each"
    if variant.sku:
        data["sku"] = variant.sku
    if variant.unit_of_measure != "each":
        data["measurement_unit_id"] = f"U-{variant.unit_of_measure}"
    if variant.price is None:
        data["pricing_type"] = "VARIABLE_PRICING"
    else:
        data |= {"pricing_type": "FIXED_PRICING", "price_money": _seed_money(variant.price, currency)}
    overrides = [
        {"location_id": store_id, "price_money": _seed_money(price, currency), "pricing_type": "FIXED_PRICING"}
        for store_id, price in sorted(variant.prices.items())
        if price != variant.price
    ]
    if overrides:
        data["location_overrides"] = overrides
    return data


def _seed_money(price: Decimal, currency: str) -> dict[str, Any]:
    minor = price.scaleb(minor_exponent(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    return {"amount": int(minor), "currency": currency}


def _unit(name: str, version: int, at: str) -> dict[str, Any]:
    data = {"measurement_unit": {"custom_unit": {"name": name, "abbreviation": name}}, "precision": 3}
    return _object("MEASUREMENT_UNIT", f"U-{name}", data, version, at)


def _object(kind: str, object_id: str, data: Mapping[str, Any], version: int, at: str) -> dict[str, Any]:
    return {
        "type": kind,
        "id": object_id,
        "updated_at": at,
        "created_at": at,
        "version": version,
        "is_deleted": False,
        "present_at_all_locations": True,
        _DATA[kind]: dict(data),
    }


def _row(source: Mapping[str, Any], parent_id: Any) -> tuple[Any, ...]:
    return (
        source["id"],
        source["type"],
        parent_id,
        source["version"],
        source["updated_at"],
        int(source["is_deleted"]),
        dump(source),
    )


def _flatten(objects: Sequence[Any]) -> list[dict[str, Any]]:
    """Objects with the variations inside their items beside them; variations an item does not name stay as they are."""
    flat: list[dict[str, Any]] = []
    for item in objects:
        if not isinstance(item, dict) or item.get("type") not in TYPES:
            raise PosError(400, "INVALID_ENUM_VALUE", f"object.type must be one of {', '.join(TYPES)}.", "object.type")
        if not isinstance(item.get("id"), str) or not item["id"]:
            raise missing("object.id")
        flat.append(item)
        for variation in (item.get("item_data") or {}).get("variations") or ():
            data = {"item_id": item["id"], **(variation.get("item_variation_data") or {})}
            flat += _flatten([{**variation, "item_variation_data": data}])
    return flat


def _types(given: Any) -> list[str]:
    if given is None:
        return list(TYPES)
    if not isinstance(given, list) or not given or not set(given) <= set(TYPES):
        raise PosError(400, "INVALID_ENUM_VALUE", f"object_types must be among {', '.join(TYPES)}.", "object_types")
    return sorted(given)


def _check_money(money: Any, field: str) -> None:
    amount = money.get("amount") if isinstance(money, dict) else None
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise PosError(400, "EXPECTED_INTEGER", "amount must be a whole number of minor units.", f"{field}.amount")
    if amount < 0:
        raise PosError(400, "VALUE_TOO_LOW", "amount must not be negative.", f"{field}.amount")
    if not isinstance(money.get("currency"), str) or len(money["currency"]) != 3:
        raise PosError(400, "INVALID_VALUE", "currency must be an ISO 4217 code.", f"{field}.currency")
