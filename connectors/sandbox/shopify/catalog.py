"""The shop's catalogue: products with one variant each, their inventory items, prices, flags and deletions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.shopify.errors import user_error
from connectors.sandbox.shopify.shapes import money
from connectors.sandbox.shopify.store import ShopStore, stamp
from connectors.sandbox.standin.feed import FeedVariant

_EACH = "each"


class Catalog:
    """Reads and writes products in a ``ShopStore``."""

    def __init__(self, store: ShopStore, currency: str) -> None:
        self._store = store
        self._currency = currency

    def seed(self, goods: Iterable[FeedVariant], at: datetime) -> None:
        """Fill the catalogue."""
        when = stamp(at)
        for item in goods:
            product = self._store.new_id("Product", item.product_id)
            variant = self._store.new_id("ProductVariant", item.variant_id)
            stock = self._store.new_id("InventoryItem", item.variant_id)
            cost: Decimal | None = getattr(item, "cost", None)
            self._put(
                {
                    "id": stock,
                    "sku": item.sku,
                    "tracked": False,
                    "createdAt": when,
                    "updatedAt": when,
                    "unitCost": money(int(cost * 100), self._currency) if cost is not None else None,
                    "variant": {"id": variant},
                    "variants": [{"id": variant}],
                },
                when,
            )
            self._put(
                {
                    "id": variant,
                    "title": "Default Title",
                    "sku": item.sku,
                    "barcode": getattr(item, "barcode", "") or None,
                    "price": _price(item.price),
                    "compareAtPrice": None,
                    "createdAt": when,
                    "updatedAt": when,
                    "unitPriceMeasurement": _measurement(item.unit_of_measure),
                    "inventoryItem": {"id": stock},
                    "product": {"id": product},
                },
                when,
                parent=product,
            )
            self._put(
                {
                    "id": product,
                    "title": item.name,
                    "status": "ACTIVE",
                    "productType": getattr(item, "category", "") or "",
                    "vendor": "Floorwalker Demo Stores",
                    "isGiftCard": False,
                    "createdAt": when,
                    "updatedAt": when,
                    "category": None,
                },
                when,
            )

    def variant(self, identity: str) -> dict[str, Any] | None:
        """A variant by its id."""
        return self._store.get(identity)

    def product_of(self, variant: Mapping[str, Any]) -> dict[str, Any]:
        """The product of a variant."""
        return self._store.get(str(variant["product"]["id"])) or {}

    def reprice(self, variant: str, price: str, at: datetime) -> dict[str, Any]:
        """Set a price; the variant as it is now. The product changes with it."""
        changed = self._store.changed(variant, stamp(at), price=price)
        self._store.changed(str(changed["product"]["id"]), stamp(at))
        return changed

    def retire(self, variant: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Archive the product of a variant; what it is now."""
        return self._store.changed(str(variant["product"]["id"]), stamp(at), status="ARCHIVED")

    def delete(self, variant: Mapping[str, Any], at: datetime) -> str:
        """Delete the product of a variant for good; its id. The shop's events tell of it."""
        product = str(variant["product"]["id"])
        for item in self._store.every("ProductVariant", product):
            self._store.remove(str(item["inventoryItem"]["id"]))
            self._store.remove(str(item["id"]))
        self._store.destroy(product, "PRODUCT", stamp(at))
        return product

    def bulk_update(self, arguments: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """``productVariantsBulkUpdate``, as far as prices go: the payload, and what each variant was before."""
        product = self._store.get(str(arguments.get("productId")))
        if product is None:
            error = user_error(["productId"], "Product does not exist", "PRODUCT_DOES_NOT_EXIST")
            return {"product": None, "productVariants": None, "userErrors": [error]}, []
        found: list[dict[str, Any]] = []
        for index, wanted in enumerate(arguments.get("variants") or ()):
            variant = self._store.get(str(wanted.get("id")))
            if variant is None or variant["product"]["id"] != product["id"]:
                where = ["variants", str(index), "id"]
                error = user_error(where, "Product variant does not exist", "PRODUCT_VARIANT_DOES_NOT_EXIST")
                return {"product": None, "productVariants": None, "userErrors": [error]}, []
            if Decimal(str(wanted.get("price", variant["price"]))) < 0:
                error = user_error(["variants", str(index), "price"], "Price must be positive", "NEGATIVE_PRICE_VALUE")
                return {"product": None, "productVariants": None, "userErrors": [error]}, []
            found.append(variant)
        after = [
            self.reprice(str(item["id"]), _price(Decimal(str(item["price"]))), at)
            for item in arguments.get("variants") or ()
        ]
        return {"product": product, "productVariants": after, "userErrors": []}, found

    def set_status(self, wanted: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """``productUpdate``, as far as the status goes: the payload, and what the product was before."""
        before = self._store.get(str(wanted.get("id")))
        if before is None:
            return {"product": None, "userErrors": [user_error(["id"], "Product does not exist")]}, None
        after = self._store.changed(str(before["id"]), stamp(at), status=wanted.get("status", before["status"]))
        return {"product": after, "userErrors": []}, before

    def set_tracking(
        self, identity: str, wanted: Mapping[str, Any], at: datetime
    ) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """``inventoryItemUpdate``, as far as tracking goes: the payload, and what the item was before."""
        before = self._store.get(identity)
        if before is None:
            return {"inventoryItem": None, "userErrors": [user_error(["id"], "The item does not exist")]}, None
        after = self._store.changed(identity, stamp(at), tracked=wanted.get("tracked", before["tracked"]))
        return {"inventoryItem": after, "userErrors": []}, before

    def _put(self, body: Mapping[str, Any], when: str, parent: str | None = None) -> None:
        self._store.put(body, created_at=when, updated_at=when, parent=parent)


def _price(price: Decimal | None) -> str:
    return format((price or Decimal(0)).quantize(Decimal("0.01")), "f")


def _measurement(unit: str) -> dict[str, Any] | None:
    units = {"kg": "KG", "g": "G", "l": "L", "ml": "ML", "lb": "LB", "oz": "OZ"}
    if unit == _EACH or unit not in units:
        return None
    return {
        "__typename": "UnitPriceMeasurement",
        "quantityUnit": units[unit],
        "quantityValue": 1.0,
        "referenceUnit": units[unit],
        "referenceValue": 1,
    }
