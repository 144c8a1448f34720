"""Adjustments and consignments, with the platform's habits: both add up when they are sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.lightspeed_x.errors import XError, missing
from connectors.sandbox.lightspeed_x.goods import Goods
from connectors.sandbox.lightspeed_x.store import XStore, decimal, new_id, stamp

_TAKES = ("DAMAGE", "EXPIRY", "INTERNAL_USE", "THEFT", "DONATION")
_ADDS = ("STOCK_FOUND", "SAMPLE_FOR_SALE")
_TYPES = ("SUPPLIER", "OUTLET", "STOCKTAKE", "RETURN")
_OPEN = ("OPEN", "SENT", "DISPATCHED")
_BATCH = 1000


class Logistics:
    """Reads and writes what moves goods in an ``XStore``."""

    def __init__(self, store: XStore, goods: Goods) -> None:
        self._store = store
        self._goods = goods

    def adjust(self, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST /stock_adjustments``: all of them or none; sent twice they are applied twice."""
        lines = body.get("stock_adjustments")
        if not isinstance(lines, list) or not 1 <= len(lines) <= _BATCH:
            raise XError(422, "Unprocessable Entity", f"From 1 to {_BATCH} stock_adjustments.", "stock_adjustments")
        with self._store.transaction():
            return {"data": [self._adjusted(line, body, at) for line in lines]}

    def create(self, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST /consignments``: a new one each time, whatever its reference."""
        kind, status = str(body.get("type") or ""), str(body.get("status") or "OPEN")
        if kind not in _TYPES:
            raise XError(422, "Unprocessable Entity", f"type must be one of {', '.join(_TYPES)}.", "type")
        if kind == "SUPPLIER" and status not in ("OPEN", "SENT"):
            raise XError(422, "Unprocessable Entity", f"A SUPPLIER consignment cannot begin as {status}.", "status")
        with self._store.transaction():
            outlet = self._store.need("outlet", str(body.get("outlet_id") or ""), "outlet_id")
            for name, what in (("supplier_id", "supplier"), ("source_outlet_id", "outlet")):
                if body.get(name):
                    self._store.need(what, str(body[name]), name)
            consignment = self._store.put(
                "consignment",
                {
                    "id": new_id(),
                    "type": kind,
                    "status": status,
                    "name": str(body.get("name") or ""),
                    "outlet_id": outlet["id"],
                    "source_outlet_id": body.get("source_outlet_id"),
                    "supplier_id": body.get("supplier_id"),
                    "supplier_invoice": None,
                    "reference": body.get("reference"),
                    "due_at": body.get("due_at"),
                    "consignment_date": stamp(at),
                    "received_at": None,
                    "created_at": stamp(at),
                    "updated_at": stamp(at),
                    "deleted_at": None,
                },
            )
            self._effect(at, "consignments.create", consignment, None, consignment, body)
            return {"data": consignment}

    def listing(self, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /consignments``, filtered after the page was cut, so a page may be short and is never the last."""
        reply = self._store.feed("consignment", params, most=1000)
        wanted = {name: params[name] for name in ("type", "status", "outlet_id") if params.get(name)}
        kept = [item for item in reply["data"] if all(item.get(name) == value for name, value in wanted.items())]
        if wanted and not kept and reply["data"]:
            last = str(reply["version"]["max"])
            return self.listing({**params, "after": last})
        return {"data": kept, "version": reply["version"]}

    def delete(self, consignment_id: str, at: datetime) -> dict[str, Any]:
        """``DELETE /consignments/{id}``."""
        with self._store.transaction():
            before = self._store.need("consignment", consignment_id)
            stored = self._store.put("consignment", {**before, "deleted_at": stamp(at), "updated_at": stamp(at)})
            self._effect(at, "consignments.delete", stored, before, stored, {})
        return {}

    def update(self, consignment_id: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``PUT /consignments/{id}``: its status. Receiving moves the goods; without any received, all of them."""
        with self._store.transaction():
            before = self._store.need("consignment", consignment_id)
            status = str(body.get("status") or before["status"])
            if before["status"] in ("RECEIVED", "CANCELLED"):
                raise XError(422, "Unprocessable Entity", f"It is {before['status']} already.", "status")
            changed = {**before, "status": status, "updated_at": stamp(at)}
            if status == "RECEIVED":
                changed["received_at"] = stamp(at)
                self._receive(changed)
            stored = self._store.put("consignment", changed)
            self._effect(at, "consignments.update", stored, before, stored, body)
            return {"data": stored}

    def products(self, consignment_id: str, params: Mapping[str, str]) -> dict[str, Any]:
        """``GET /consignments/{id}/products``."""
        self._store.need("consignment", consignment_id)
        reply = self._store.feed("consignment_product", params, most=1000, parent=consignment_id)
        reply["data"] = [{name: item[name] for name in item if name != "id"} for item in reply["data"]]
        return reply

    def add_product(self, consignment_id: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST /consignments/{id}/products``: a product that is there already gets more."""
        return self._put_product(consignment_id, "", body, at, adds=True)

    def set_product(
        self, consignment_id: str, product_id: str, body: Mapping[str, Any], at: datetime
    ) -> dict[str, Any]:
        """``PUT /consignments/{id}/products/{product_id}``: sets, and only what is there."""
        return self._put_product(consignment_id, product_id, body, at, adds=False)

    def _put_product(
        self, consignment_id: str, product_id: str, body: Mapping[str, Any], at: datetime, *, adds: bool
    ) -> dict[str, Any]:
        line = body.get("data")
        if not isinstance(line, Mapping):
            raise missing("data")
        with self._store.transaction():
            consignment = self._store.need("consignment", consignment_id)
            if consignment["status"] not in _OPEN:
                raise XError(422, "Unprocessable Entity", f"It is {consignment['status']} already.", "status")
            product = self._store.need("product", product_id or str(line.get("product_id") or ""), "product_id")
            identity = f"{consignment_id}:{product['id']}"
            before = self._store.get("consignment_product", identity)
            if before is None and not adds:
                raise XError(404, "Not Found", "This product is not in the consignment.", "product_id")
            known = Decimal(str(before["count"])) if before is not None and adds else Decimal(0)
            count = known + decimal(line["count"], "count") if line.get("count") is not None else known
            cost = line.get("cost", before["cost"] if before else None)
            received = line.get("received") or (before["received"] if before else 0)
            stored = self._store.put(
                "consignment_product",
                {
                    "id": identity,
                    "product_id": product["id"],
                    "product_sku": product["sku"],
                    "count": f"{count:.5f}",
                    "received": f"{decimal(received, 'received'):.5f}",
                    "cost": None if cost is None else f"{decimal(cost, 'cost'):.5f}",
                    "is_included": True,
                    "status": "PENDING",
                    "created_at": stamp(at),
                    "updated_at": stamp(at),
                    "deleted_at": None,
                },
                parent=consignment_id,
            )
            self._store.put("consignment", {**consignment, "updated_at": stamp(at)})
            self._effect(at, "consignments.products", consignment, before, stored, body)
            return {"data": {name: stored[name] for name in stored if name != "id"}}

    def _receive(self, consignment: Mapping[str, Any]) -> None:
        lines = self._store.of("consignment_product", str(consignment["id"]))
        if not any(Decimal(line["received"]) for line in lines):
            lines = [{**line, "received": line["count"]} for line in lines]
        for line in lines:
            self._store.put("consignment_product", {**line, "status": "SUCCESS"}, parent=str(consignment["id"]))
            quantity = Decimal(line["received"])
            self._goods.move(line["product_id"], str(consignment["outlet_id"]), quantity, create=True)
            if consignment["type"] == "OUTLET":
                self._goods.move(line["product_id"], str(consignment["source_outlet_id"]), -quantity, create=True)

    def _adjusted(self, line: Mapping[str, Any], body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        product = self._store.need("product", str(line.get("product_id") or ""), "product_id")
        outlet = self._store.need("outlet", str(line.get("outlet_id") or ""), "outlet_id")
        if not isinstance(line.get("quantity"), str):
            raise XError(422, "Unprocessable Entity", "quantity must be a numeric string.", "quantity")
        quantity, reason = decimal(line["quantity"], "quantity"), str(line.get("reason") or "")
        custom = self._custom(line) if reason == "CUSTOM" else None
        takes = reason in _TAKES or (custom is not None and custom["type"] == "NEGATIVE")
        if custom is None and reason not in (*_TAKES, *_ADDS):
            raise XError(422, "Unprocessable Entity", f"reason must be one of {', '.join(_TAKES + _ADDS)}.", "reason")
        if quantity == 0 or (quantity < 0) != takes:
            raise XError(422, "Unprocessable Entity", f"The sign of quantity does not fit {reason}.", "quantity")
        adjustment: dict[str, Any] = {
            "id": new_id(),
            "product_id": product["id"],
            "outlet_id": outlet["id"],
            "quantity": str(line["quantity"]),
            "reason": reason,
            "user_id": self._store.meta("api_user") or "",
            "created_at": stamp(at),
            "updated_at": stamp(at),
        }
        if custom is not None:
            adjustment["custom_inventory_adjustment_reason_id"] = custom["id"]
        stored = self._store.put("adjustment", adjustment)
        before = self._goods.level(product["id"], outlet["id"]) or Decimal(0)
        self._goods.move(product["id"], outlet["id"], quantity, create=True)
        self._store.record_effect(
            stamp(at),
            "stock_adjustments.create",
            str(stored["id"]),
            before={"quantity": str(before)},
            after={"quantity": str(before + quantity)},
            request=body,
            location_id=str(outlet["id"]),
        )
        return stored

    def _custom(self, line: Mapping[str, Any]) -> dict[str, Any]:
        name = "custom_inventory_adjustment_reason_id"
        return self._store.need("reason", str(line.get(name) or ""), name)

    def _effect(
        self, at: datetime, operation: str, consignment: Mapping[str, Any], before: Any, after: Any, request: Any
    ) -> None:
        self._store.record_effect(
            stamp(at),
            operation,
            str(consignment["id"]),
            before=before,
            after=after,
            request=request,
            location_id=str(consignment["outlet_id"]),
            idempotency_key=str(consignment.get("reference") or ""),
        )
