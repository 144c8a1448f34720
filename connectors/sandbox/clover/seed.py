"""What a merchant has when its stand-in is opened for the first time: one store of the feed, in Clover's shapes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from connectors.clover.client import millis
from connectors.currency import minor_exponent
from connectors.sandbox.clover.store import CloverStore
from connectors.sandbox.standin.feed import FeedCustomer, FeedEmployee, FeedVariant, PosFeed
from connectors.sandbox.standin.happenings import RefusalError

_ROLES = {"owner": "OWNER", "manager": "MANAGER"}


def seed(store: CloverStore, feed: PosFeed, store_id: str, merchant_id: str, starts_at: datetime) -> None:
    """Fill an empty merchant.

    Raises:
        RefusalError: the feed has no such store.
    """
    place = next((found for found in feed.locations() if found.store_id == store_id), None)
    if place is None:
        raise RefusalError(404, f"The feed has no store {store_id}.", "store_id")
    # The day before: a shop's products are there when it opens, and are no news to who asks what changed.
    before = millis(starts_at - timedelta(days=1))
    merchant = {"id": merchant_id, "name": place.name, "defaultCurrency": place.currency, "createdTime": before}
    properties = {
        "merchantRef": {"id": merchant_id},
        "defaultCurrency": place.currency,
        "timezone": place.timezone,
        "summaryHour": 0,
        "vat": False,
        "trackStock": True,
        "updateStock": True,
        "locale": "en-US",
        "supportEmail": "owner@example.com",
    }
    store.put("merchant", "self", merchant)
    store.put("merchant", "properties", properties)
    store.put("merchant", "address", {"address1": "1 Main", "city": "Springfield", "state": "NY", "country": "US"})
    _goods(store, feed.catalog(), store_id, place.currency, before)
    _people(store, feed.employees(), store_id, before)
    customers = getattr(feed, "customers", None)
    if callable(customers):
        _customers(store, customers(), before)
    store.put("discounts", "DSCSTAFF00001", {"id": "DSCSTAFF00001", "name": "Staff", "percentage": 10})
    opened = {"type": "LOAD", "amountChange": 10000, "timestamp": millis(starts_at), "note": "Float"}
    store.put("cash_events", "1", {**opened, "_createdTime": before})
    store.set_meta("currency", place.currency)
    store.set_meta("stamp", str(before))


def _goods(store: CloverStore, goods: Iterable[FeedVariant], store_id: str, currency: str, at: int) -> None:
    categories: dict[str, str] = {}
    for item in goods:
        name = str(getattr(item, "category", "") or "")
        if name and name not in categories:
            categories[name] = f"CAT{len(categories) + 1:010d}"
            category = {"id": categories[name], "name": name, "sortOrder": len(categories), "deleted": False}
            store.put("categories", categories[name], {**category, "modifiedTime": at})
        store.put("items", item.variant_id, _item(item, categories.get(name, ""), name, store_id, currency, at))


def _item(item: FeedVariant, category: str, name: str, store_id: str, currency: str, at: int) -> dict[str, Any]:
    price = item.prices.get(store_id, item.price)
    cost = getattr(item, "cost", None)
    by_unit = item.unit_of_measure != "each"
    made: dict[str, Any] = {
        "id": item.variant_id,
        "hidden": False,
        "available": True,
        "autoManage": True,
        "name": item.name,
        "code": str(getattr(item, "barcode", "") or ""),
        "sku": item.sku,
        "price": 0 if price is None else int(price.scaleb(minor_exponent(currency))),
        "priceType": "VARIABLE" if price is None else "PER_UNIT" if by_unit else "FIXED",
        "defaultTaxRates": True,
        "unitName": item.unit_of_measure if by_unit else "",
        "cost": 0 if cost is None else int(cost.scaleb(minor_exponent(currency))),
        "isRevenue": True,
        "stockCount": 0,
        "modifiedTime": at,
        "categories": [{"id": category, "name": name}] if category else [],
    }
    return made


def _people(store: CloverStore, people: Iterable[FeedEmployee], store_id: str, at: int) -> None:
    for person in people:
        if person.store_id != store_id:
            continue
        made = {
            "id": person.employee_id,
            "name": person.name,
            "nickname": person.name.split()[0],
            "email": f"{person.employee_id.lower()}@example.com",
            "pin": "0000",
            "inviteSent": False,
            "role": _ROLES.get(person.role, "EMPLOYEE"),
            "isOwner": person.role == "owner",
        }
        store.put("employees", person.employee_id, {**made, "_createdTime": at})


def _customers(store: CloverStore, people: Iterable[FeedCustomer], at: int) -> None:
    for person in people:
        first, _, last = person.name.partition(" ")
        made = {
            "id": person.customer_id,
            "firstName": first,
            "lastName": last,
            "marketingAllowed": False,
            "customerSince": at,
            "emailAddresses": [{"emailAddress": person.email}],
            "phoneNumbers": [{"phoneNumber": person.phone}],
        }
        store.put("customers", person.customer_id, made)
