"""Products, price books and stock levels as they are changed: over the API, and by people in the back office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.lightspeed_x.errors import XError, missing
from connectors.sandbox.lightspeed_x.store import XStore, amount, decimal, ident, new_id, stamp
from connectors.sandbox.lightspeed_x.world import NO_TAX, Taxes, entry_of, with_prices

_PRICES = ("price_including_tax", "price_excluding_tax")
_ENTRIES = 100


class Goods:
    """Reads and writes what is sold in an ``XStore``."""

    def __init__(self, store: XStore, taxes: Taxes) -> None:
        self._store = store
        self._taxes = taxes

    def update(self, product_id: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``PUT /products/{id}``: what is named changes, nothing else."""
        with self._store.transaction():
            before = self._store.need("product", product_id)
            details, common = _section(body, "details"), _section(body, "common")
            if not details and not common:
                raise missing("details")
            changed = self._priced(before, details)
            if "is_active" in details:
                changed |= {"active": bool(details["is_active"]), "is_active": bool(details["is_active"])}
            if "track_inventory" in common:
                changed["has_inventory"] = bool(common["track_inventory"])
            for item in details.get("inventory") or ():
                if not before.get("has_inventory"):
                    raise XError(422, "Unprocessable Entity", "This product's inventory is not tracked.", "inventory")
                outlet = self._store.need("outlet", str(item.get("outlet_id") or ""), "outlet_id")
                self.set_level(product_id, outlet["id"], decimal(item.get("current_amount"), "current_amount"))
            stored = self._store.put("product", {**changed, "updated_at": stamp(at)})
            self._store.record_effect(
                stamp(at), "products.update", product_id, before=_shown(before), after=_shown(stored), request=body
            )
            return stored

    def reprice(self, product_id: str, label: Decimal, outlet_id: str | None, at: datetime) -> dict[str, Any]:
        """Somebody sets a price: on the product, or in the price book of one outlet."""
        with self._store.transaction():
            product = self._store.need("product", product_id, "variant_id")
            if outlet_id is None:
                return self._store.put("product", {**with_prices(product, label, self._taxes), "updated_at": stamp(at)})
            book = next((item for item in self._store.of("price_book") if item["outlet_ids"] == [outlet_id]), None)
            if book is None:
                raise XError(409, "Conflict", "This shop has no price book for a single outlet.", "store_id")
            self._set_entry(str(book["id"]), product_id, label, at)
            return product

    def retire(self, product_id: str, at: datetime) -> dict[str, Any]:
        """Somebody deletes a product."""
        product = self._store.need("product", product_id, "variant_id")
        return self._store.put("product", {**product, "deleted_at": stamp(at), "updated_at": stamp(at)})

    def label_price(self, product: Mapping[str, Any], outlet_id: str) -> Decimal | None:
        """What the label in an outlet says: its own book's price, else the product's."""
        for book in self._store.of("price_book"):
            if book["outlet_ids"] == [outlet_id]:
                entry = self._entry(str(book["id"]), str(product["id"]))
                if entry is not None:
                    return self._label(entry["price"], entry["retail_tax"])
        bare = product.get("price_excluding_tax")
        if bare is None:
            return None
        return self._label(bare, Decimal(str(product["price_including_tax"])) - Decimal(str(bare)))

    def add_book(self, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST /price_books``."""
        for name in ("name", "outlet_ids", "customer_group_ids"):
            if name not in body:
                raise missing(name)
        with self._store.transaction():
            outlets = [self._store.need("outlet", str(item), "outlet_ids")["id"] for item in body["outlet_ids"]]
            groups = [{"id": str(item), "name": "Group"} for item in body["customer_group_ids"]]
            book = self._store.put(
                "price_book",
                {
                    "id": new_id(),
                    "name": str(body["name"]),
                    "type": "GENERAL",
                    "outlet_ids": outlets,
                    "customer_groups": groups,
                    "valid_from": body.get("valid_from"),
                    "valid_to": body.get("valid_to"),
                    "restrict_to_platform_key": str(body.get("restrict_to_platform") or "0"),
                    "deleted_at": None,
                },
            )
            self._store.record_effect(
                stamp(at), "price_books.create", str(book["id"]), before=None, after=self.shown_book(book), request=body
            )
            return self.shown_book(book)

    def shown_book(self, book: Mapping[str, Any]) -> dict[str, Any]:
        """A price book as the API gives it, with its outlets in full."""
        shown = {name: value for name, value in book.items() if name != "outlet_ids"}
        return {**shown, "outlets": [self._store.get("outlet", item) for item in book["outlet_ids"]]}

    def set_entries(self, book_id: str, body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """``POST``, ``PUT`` and ``PATCH /price_books/{id}/products``: prices as the label says them."""
        lines = body.get("data")
        if not isinstance(lines, list) or not lines:
            raise missing("data")
        if len(lines) > _ENTRIES:
            raise XError(400, "Bad Request", f"At most {_ENTRIES} price book products.", "data")
        with self._store.transaction():
            self._store.need("price_book", book_id)
            for line in lines:
                for name in ("product_id", "price", "tax_id"):
                    if line.get(name) is None:
                        raise missing(f"data.{name}")
                product = self._store.need("product", str(line["product_id"]), "product_id")
                before = self._entry(book_id, str(product["id"]))
                stored = self._set_entry(book_id, str(product["id"]), decimal(line["price"], "price"), at)
                self._store.record_effect(
                    stamp(at), "price_books.products", str(product["id"]), before=before, after=stored, request=body
                )
        return {"data": {"message": "ok"}}

    def level(self, product_id: str, outlet_id: str) -> Decimal | None:
        """What is on hand; None when nobody ever counted it."""
        found = self._store.get("inventory", ident("inventory", product_id, outlet_id))
        return None if found is None else Decimal(str(found["current_inventory_level"]))

    def set_level(self, product_id: str, outlet_id: str, quantity: Decimal) -> dict[str, Any]:
        """Note what is on hand now."""
        body = {
            "id": ident("inventory", product_id, outlet_id),
            "product_id": product_id,
            "outlet_id": outlet_id,
            "current_inventory_level": amount(quantity),
            "average_cost": None,
            "quantity_to_procure": 0,
            "reorder_amount": None,
            "reorder_method": None,
            "reorder_point": None,
            "reorder_target": None,
            "deleted_at": None,
        }
        return self._store.put("inventory", body, parent=product_id)

    def move(self, product_id: str, outlet_id: str, by: Decimal, *, create: bool = False) -> None:
        """Change what is on hand, for goods that somebody has counted."""
        known = self.level(product_id, outlet_id)
        if known is not None or create:
            self.set_level(product_id, outlet_id, (known or Decimal(0)) + by)

    def _priced(self, product: Mapping[str, Any], details: Mapping[str, Any]) -> dict[str, Any]:
        given = [name for name in _PRICES if name in details]
        if not given:
            return dict(product)
        if len(given) > 1:
            raise XError(422, "Unprocessable Entity", "Give the price with tax or without, not both.", given[1])
        if (given[0] == "price_including_tax") != self._taxes.inclusive:
            raise XError(422, "Unprocessable Entity", f"{given[0]} does not fit this store's tax setting.", given[0])
        price = decimal(details[given[0]], given[0])
        if price < 0:
            raise XError(422, "Unprocessable Entity", "A price cannot be negative.", given[0])
        return with_prices(product, price, self._taxes)

    def _entry(self, book_id: str, product_id: str) -> dict[str, Any] | None:
        return next((item for item in self._store.of("entry", book_id) if item["product_id"] == product_id), None)

    def _set_entry(self, book_id: str, product_id: str, label: Decimal, at: datetime) -> dict[str, Any]:
        known = self._entry(book_id, product_id)
        entry = entry_of(str(known["id"]) if known else new_id(), book_id, product_id, label, self._taxes, stamp(at))
        return self._store.put("entry", {**entry, "tax_id": NO_TAX}, parent=book_id)

    def _label(self, bare: Any, tax: Any) -> Decimal:
        price = Decimal(str(bare))
        return price + Decimal(str(tax)) if self._taxes.inclusive else price


def _section(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    if found is not None and not isinstance(found, Mapping):
        raise XError(422, "Unprocessable Entity", f"{name} must be an object.", name)
    return found or {}


def _shown(product: Mapping[str, Any]) -> dict[str, Any]:
    names: Sequence[str] = ("id", "sku", "active", "has_inventory", *_PRICES)
    return {name: product.get(name) for name in names}
