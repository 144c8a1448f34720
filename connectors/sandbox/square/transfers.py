"""Transfer orders between locations: drafted over the API, sent and received by people at the till."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.sandbox.square.catalog import Catalog
from connectors.sandbox.square.errors import invalid, missing, not_found
from connectors.sandbox.square.paging import one_page
from connectors.sandbox.square.replies import once
from connectors.sandbox.square.stock import written_quantity
from connectors.sandbox.square.store import PosStore, stamp
from connectors.sandbox.standin.feed import Clock

_KIND = "transfer_order"
_ENDS = ("source_location_id", "destination_location_id")


class Transfers:
    """Reads and writes transfer orders in a ``PosStore``."""

    def __init__(self, store: PosStore, catalog: Catalog, clock: Clock) -> None:
        self._store = store
        self._catalog = catalog
        self._clock = clock

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/transfer-orders/search`` by source, destination and status, newest first unless asked."""
        query = body.get("query") or {}
        filters = query.get("filter") or {}
        newest = (query.get("sort") or {}).get("order", "DESC") == "DESC"
        found = [
            order
            for order in self._store.documents(_KIND, newest_first=newest)
            if (not filters.get("source_location_ids") or order[_ENDS[0]] in filters["source_location_ids"])
            and (not filters.get("destination_location_ids") or order[_ENDS[1]] in filters["destination_location_ids"])
            and (not filters.get("statuses") or order["status"] in filters["statuses"])
        ]
        return one_page("transfer_orders", found, body, default=100, most=100)

    def retrieve(self, order_id: str) -> dict[str, Any]:
        """``GET /v2/transfer-orders/{id}``."""
        found = self._store.document(_KIND, order_id)
        if found is None:
            raise not_found(f"Transfer order {order_id}")
        return {"transfer_order": found}

    def create(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """``POST /v2/transfer-orders``: a draft, which moves no stock."""
        asked = body.get("transfer_order")
        if not isinstance(asked, dict):
            raise missing("transfer_order")

        def apply() -> dict[str, Any]:
            order = self._draft(asked)
            self._store.keep(_KIND, order, order["created_at"])
            self._store.record_effect(
                order["created_at"],
                "transfers.create",
                order["id"],
                before=None,
                after=order,
                request=body,
                idempotency_key=str(body["idempotency_key"]),
                location_id=order[_ENDS[0]],
            )
            return {"transfer_order": order}

        with self._store.transaction():
            return once(self._store, "transfers.create", body, apply)

    def _draft(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        for name in _ENDS:
            if not asked.get(name):
                raise missing(f"transfer_order.{name}")
            if self._store.one("SELECT 1 FROM location WHERE id = ?", asked[name]) is None:
                raise not_found(f"Location {asked[name]}")
        if asked[_ENDS[0]] == asked[_ENDS[1]]:
            raise invalid("transfer_order.destination_location_id", "Must differ from the source.")
        at = stamp(self._clock.now())
        kept = {name: asked[name] for name in ("expected_at", "notes", "tracking_number") if asked.get(name)}
        return {
            "id": uuid.uuid4().hex[:24].upper(),
            **{name: asked[name] for name in _ENDS},
            "status": "DRAFT",
            "created_at": at,
            "updated_at": at,
            **kept,
            "line_items": self._lines(asked.get("line_items") or ()),
            "version": 1,
        }

    def _lines(self, lines: Sequence[Any]) -> list[dict[str, Any]]:
        built = []
        for number, line in enumerate(lines, start=1):
            variation_id = str((line if isinstance(line, dict) else {}).get("item_variation_id") or "")
            if self._catalog.variation(variation_id) is None:
                raise not_found(f"Catalog object with ID `{variation_id}`")
            quantity = written_quantity(line.get("quantity_ordered"))
            nothing = {f"quantity_{name}": "0" for name in ("received", "damaged", "canceled")}
            ordered = format(quantity, "f")
            built.append(
                {
                    "uid": f"{number}",
                    "item_variation_id": variation_id,
                    "quantity_ordered": ordered,
                    "quantity_pending": ordered,
                    **nothing,
                }
            )
        return built
