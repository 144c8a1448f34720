"""How the stand-in's shop looks on its first day: outlets, registers, people, goods, price books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.sandbox.lightspeed_x.store import XStore, amount, ident, stamp
from connectors.sandbox.standin.feed import FeedEmployee, FeedLocation, FeedVariant, PosFeed

EVERYBODY = ident("customer_group", "everybody")
DISCOUNT_PRODUCT = ident("product", "vend-discount")
NO_TAX = ident("tax", "none")
_CENTS = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Taxes:
    """How the shop is taxed: one rate on everything, in its prices or on top of them."""

    rate: Decimal = Decimal(0)
    inclusive: bool = False

    def without(self, label: Decimal) -> Decimal:
        """A label's price without tax, with as many digits as the platform keeps."""
        return (label / (1 + self.rate)).quantize(_CENTS) if self.inclusive and self.rate else label

    def on(self, bare: Decimal) -> Decimal:
        """The tax on a price without tax."""
        return bare * self.rate


def seed(store: XStore, feed: PosFeed, taxes: Taxes, at: datetime) -> None:
    """Put the shop in, last changed at ``at``."""
    places = list(feed.locations())
    when = stamp(at)
    currency = places[0].currency if places else "USD"
    store.set_meta("currency", currency)
    store.put_many("outlet", [(_outlet(place, taxes), "") for place in places])
    store.put_many("register", [(_register(place, when), "") for place in places])
    store.put_many("user", [(_user(person, when), "") for person in feed.employees()])
    store.put_many("payment_type", [({"id": ident("payment_type", "card"), "name": "Credit Card", "type_id": 3}, "")])
    for name, kind, make in (("suppliers", "supplier", _supplier), ("customers", "customer", _customer)):
        given = getattr(feed, name, None)
        store.put_many(kind, [(make(item, when), "") for item in (given() if given else ())])
    variants = list(feed.catalog())
    names = sorted({str(getattr(item, "category", "") or "") for item in variants} - {""})
    store.put_many("category", [(_category(name), "") for name in names])
    suppliers = {item["id"]: item["name"] for item in store.of("supplier")}
    store.put_many("product", [(_product(item, taxes, suppliers, when), "") for item in variants])
    _price_books(store, places, variants, taxes, when)


def with_prices(product: Mapping[str, Any], label: Decimal, taxes: Taxes) -> dict[str, Any]:
    """A product with another price on its label."""
    bare = taxes.without(label)
    return {
        **product,
        "price_excluding_tax": amount(bare),
        "price_including_tax": amount((bare + taxes.on(bare)).quantize(_CENTS)),
    }


def entry_of(entry_id: str, book_id: str, product_id: str, label: Decimal, taxes: Taxes, when: str) -> dict[str, Any]:
    """A price book entry; its price is without tax whatever the label says."""
    bare = taxes.without(label)
    return {
        "id": entry_id,
        "price_book_id": book_id,
        "product_id": product_id,
        "price": amount(bare),
        "retail_tax": amount(taxes.on(bare).quantize(_CENTS)),
        "tax_id": NO_TAX,
        "min_units": None,
        "max_units": None,
        "created_at": when,
        "updated_at": when,
        "deleted_at": None,
    }


def _outlet(place: FeedLocation, taxes: Taxes) -> dict[str, Any]:
    return {
        "id": ident("outlet", place.store_id),
        "name": place.name,
        "time_zone": place.timezone,
        "currency": place.currency,
        "currency_symbol": "$",
        "default_tax_id": NO_TAX,
        "display_prices": "inclusive" if taxes.inclusive else "exclusive",
        "physical_country_id": "US",
        "attributes": [],
        "deleted_at": None,
    }


def _register(place: FeedLocation, when: str) -> dict[str, Any]:
    return {
        "id": ident("register", place.store_id),
        "name": f"{place.name} till",
        "outlet_id": ident("outlet", place.store_id),
        "is_open": True,
        "register_open_time": when,
        "register_close_time": None,
        "invoice_sequence": 1,
        "deleted_at": None,
    }


def _user(person: FeedEmployee, when: str) -> dict[str, Any]:
    home = ident("outlet", person.store_id)
    return {
        "id": ident("user", person.employee_id),
        "username": person.employee_id.lower(),
        "display_name": person.name,
        "email": f"{person.employee_id.lower()}@shop.example",
        "account_type": "manager" if person.role == "manager" else "cashier",
        "enabled": True,
        "is_primary_user": False,
        "restricted_outlet_id": home,
        "restricted_outlet_ids": [home],
        "roles": [{"id": "300", "name": person.role, "system_role_id": "300"}],
        "created_at": when,
        "updated_at": when,
        "deleted_at": None,
    }


def _supplier(supplier: Any, when: str) -> dict[str, Any]:
    contact = {"company_name": supplier.name, "email": supplier.email, "first_name": None, "phone": None}
    return {
        "id": ident("supplier", supplier.supplier_id),
        "name": supplier.name,
        "description": None,
        "source": "USER",
        "contact": contact,
        "updated_at": when,
        "deleted_at": None,
    }


def _customer(customer: Any, when: str) -> dict[str, Any]:
    given, _, family = customer.name.partition(" ")
    return {
        "id": ident("customer", customer.customer_id),
        "customer_code": f"{given}-{customer.customer_id}",
        "customer_group_id": EVERYBODY,
        "first_name": given,
        "last_name": family,
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "mobile": customer.phone,
        "note": "",
        "do_not_email": False,
        "enable_loyalty": True,
        "created_at": when,
        "updated_at": when,
        "deleted_at": None,
    }


def _category(name: str) -> dict[str, Any]:
    identity = ident("category", name)
    return {
        "id": identity,
        "name": name,
        "leaf_category": True,
        "parent_category_id": None,
        "root_category_id": identity,
        "category_path": [{"id": identity, "name": name}],
    }


def _product(variant: FeedVariant, taxes: Taxes, suppliers: Mapping[str, str], when: str) -> dict[str, Any]:
    identity = ident("product", variant.variant_id)
    category, barcode = getattr(variant, "category", "") or "", getattr(variant, "barcode", "") or ""
    cost, given_supplier = getattr(variant, "cost", None), getattr(variant, "supplier_id", "") or ""
    supplier_id = ident("supplier", given_supplier) if given_supplier else None
    codes = [{"id": ident("code", identity, variant.sku), "code": variant.sku, "type": "CUSTOM"}]
    if barcode:
        codes.append({"id": ident("code", identity, barcode), "code": barcode, "type": "EAN"})
    tags = []
    if variant.unit_of_measure != "each":
        tag = f"unit:{variant.unit_of_measure}"
        tags.append({"id": ident("tag", tag), "name": tag, "deleted_at": None, "version": 1})
    product: dict[str, Any] = {
        "id": identity,
        "name": variant.name,
        "variant_name": variant.name,
        "handle": variant.sku.lower(),
        "sku": variant.sku,
        "active": True,
        "is_active": True,
        "is_composite": False,
        "has_inventory": True,
        "has_variants": False,
        "variant_parent_id": None,
        "product_type_id": ident("category", category) if category else None,
        "product_category": _category(category) if category else None,
        "product_codes": codes,
        "product_suppliers": [],
        "supplier_id": supplier_id,
        "supply_price": amount(cost) if cost is not None else 0,
        "categories": tags,
        "tag_ids": [tag["id"] for tag in tags],
        "price_excluding_tax": None,
        "price_including_tax": None,
        "created_at": when,
        "updated_at": when,
        "deleted_at": None,
    }
    if supplier_id:
        product["product_suppliers"] = [
            {
                "id": ident("product_supplier", identity),
                "product_id": identity,
                "supplier_id": supplier_id,
                "supplier_name": suppliers.get(supplier_id, ""),
                "code": variant.sku,
                "price": amount(cost) if cost is not None else None,
            }
        ]
    return with_prices(product, variant.price, taxes) if variant.price is not None else product


def _price_books(
    store: XStore, places: list[FeedLocation], variants: list[FeedVariant], taxes: Taxes, when: str
) -> None:
    """The general book, and in a shop with several outlets one for each of them with its own prices."""
    group = {"id": EVERYBODY, "group_id": "1111111111", "name": "All Customers"}
    general = {
        "id": ident("price_book", "general"),
        "name": "General Price Book (All Products)",
        "type": "BASE",
        "outlet_ids": [],
        "customer_groups": [group],
        "valid_from": None,
        "valid_to": None,
        "restrict_to_platform_key": "0",
        "deleted_at": None,
    }
    store.put("price_book", general)
    for place in places if len(places) > 1 else ():
        book_id, outlet_id = ident("price_book", place.store_id), ident("outlet", place.store_id)
        own = {**general, "id": book_id, "name": f"{place.name} prices", "type": "GENERAL", "outlet_ids": [outlet_id]}
        store.put("price_book", own)
        store.put_many(
            "entry",
            [
                (
                    entry_of(
                        ident("entry", book_id, item.variant_id),
                        book_id,
                        ident("product", item.variant_id),
                        item.prices[place.store_id],
                        taxes,
                        when,
                    ),
                    book_id,
                )
                for item in variants
                if place.store_id in item.prices
            ],
        )
