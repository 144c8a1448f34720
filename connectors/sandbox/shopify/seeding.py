"""The shop as it is when it opens, out of a feed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from connectors.sandbox.shopify.catalog import Catalog
from connectors.sandbox.shopify.store import ShopStore, stamp
from connectors.sandbox.standin.feed import PosFeed


def seed(store: ShopStore, feed: PosFeed, starts_at: datetime) -> None:
    """Stores, products, people and customers. They are there the day before, and no news to who asks what changed."""
    places = list(feed.locations())
    currency = places[0].currency if places else "USD"
    before = stamp(starts_at - timedelta(days=1))
    store.set_meta("currency", currency)
    store.set_meta("timezone", places[0].timezone if places else "UTC")
    store.set_meta("opened_at", before)
    for place in places:
        _put(
            store,
            {
                "id": store.new_id("Location", place.store_id),
                "name": place.name,
                "isActive": True,
                "isFulfillmentService": False,
                "createdAt": before,
                "updatedAt": before,
                "address": {
                    "__typename": "LocationAddress",
                    "countryCode": "US",
                    "provinceCode": "NY",
                    "latitude": None,
                    "longitude": None,
                },
            },
            before,
        )
    Catalog(store, currency).seed(feed.catalog(), starts_at - timedelta(days=1))
    for person in feed.employees():
        first, _, last = person.name.partition(" ")
        _put(
            store,
            {
                "id": store.new_id("StaffMember", person.employee_id),
                "firstName": first,
                "lastName": last or None,
                "email": f"{person.employee_id.lower()}@staff.example",
                "active": True,
                "isShopOwner": False,
                "accountType": "REGULAR",
            },
            before,
        )
    for customer in getattr(feed, "customers", list)():
        _put(
            store,
            {
                "id": store.new_id("Customer", customer.customer_id),
                "firstName": customer.name.partition(" ")[0],
                "lastName": customer.name.partition(" ")[2],
                "createdAt": before,
                "updatedAt": before,
                "defaultEmailAddress": {
                    "__typename": "CustomerEmailAddress",
                    "emailAddress": customer.email,
                    "marketingState": "SUBSCRIBED",
                },
                "phone": customer.phone,
            },
            before,
        )


def _put(store: ShopStore, body: dict[str, Any], when: str) -> None:
    store.put(body, created_at=when, updated_at=when)
