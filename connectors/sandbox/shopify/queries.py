"""The root fields of a query: lists cut into pages by key, single objects, the shop itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.sandbox.shopify.campaigns import Campaigns, discount_status
from connectors.sandbox.shopify.errors import GraphError
from connectors.sandbox.shopify.execution import Resolver, Slice, page_size, read_cursor, write_cursor
from connectors.sandbox.shopify.searching import read_search
from connectors.sandbox.shopify.stock import Stock, quantities
from connectors.sandbox.shopify.store import ShopStore

_MOST_IN_A_LIST = 25_000
_SORTS = {"CREATED_AT": "created_at", "UPDATED_AT": "updated_at", "PROCESSED_AT": "created_at", "ID": "number"}
_LISTS = {
    "locations": ("Location", "ID"),
    "products": ("Product", "ID"),
    "inventoryItems": ("InventoryItem", "ID"),
    "orders": ("Order", "PROCESSED_AT"),
    "customers": ("Customer", "ID"),
    "staffMembers": ("StaffMember", "ID"),
    "discountNodes": ("DiscountAutomaticNode", "ID"),
    "inventoryTransfers": ("InventoryTransfer", "ID"),
    "cashTrackingSessions": ("CashTrackingSession", "ID"),
    "events": ("BasicEvent", "ID"),
    "webhookSubscriptions": ("WebhookSubscription", "ID"),
}
"""A root connection: the kind of its objects and how it is sorted unless asked otherwise."""

_SINGLE = {
    "location": "Location",
    "product": "Product",
    "productVariant": "ProductVariant",
    "order": "Order",
    "inventoryItem": "InventoryItem",
}

Root = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Queries:
    """What can be asked of a shop."""

    store: ShopStore
    stock: Stock
    campaigns: Campaigns
    shop: Callable[[], Mapping[str, Any]]
    scopes: Callable[[], list[str]]
    bulk_operation: Callable[[str], dict[str, Any] | None]
    now: Callable[[], datetime]

    def roots(self, *, bulk: bool = False) -> Mapping[str, Root]:
        """Every root field of a query; in a ``bulk`` a list is whole."""
        return {
            **{name: self._lister(name, bulk=bulk) for name in _LISTS},
            **dict.fromkeys(_SINGLE, self._single),
            "nodes": lambda asked: [self._node(one) for one in asked.get("ids") or ()],
            "node": self._single,
            "refund": lambda asked: self._refund(str(asked.get("id"))),
            "discountNode": lambda asked: self.campaigns.find_discount(str(asked.get("id"))),
            "ordersCount": self._count,
            "shop": lambda _: self.shop(),
            "currentAppInstallation": lambda _: {
                "__typename": "AppInstallation",
                "id": "gid://shopify/AppInstallation/1",
                "accessScopes": [{"__typename": "AccessScope", "handle": scope} for scope in self.scopes()],
            },
            "bulkOperation": lambda asked: self.bulk_operation(str(asked.get("id"))),
        }

    def resolvers(self) -> Mapping[tuple[str, str], Resolver]:
        """Fields of objects that are more than what is kept."""
        return {
            ("Product", "variants"): lambda source, _: self.store.every("ProductVariant", str(source["id"])),
            ("Product", "variantsCount"): lambda source, _: {
                "__typename": "Count",
                "count": len(self.store.every("ProductVariant", str(source["id"]))),
                "precision": "EXACT",
            },
            ("InventoryItem", "inventoryLevel"): lambda source, asked: self.stock.level(
                str(source["id"]), str(asked.get("locationId"))
            ),
            ("InventoryItem", "inventoryLevels"): lambda source, _: self.stock.levels(str(source["id"])),
            ("InventoryLevel", "quantities"): quantities,
            ("Location", "inventoryLevels"): lambda source, asked: self._page(
                "InventoryLevel", "ID", asked, parent=str(source["id"])
            ),
            ("DiscountAutomaticBasic", "status"): lambda source, _: discount_status(source, self.now()),
        }

    def _lister(self, name: str, *, bulk: bool) -> Root:
        kind, usual = _LISTS[name]

        def read(asked: Mapping[str, Any]) -> Slice:
            return self._page(kind, str(asked.get("sortKey") or usual), asked, bulk=bulk)

        return read

    def _page(
        self, kind: str, sort: str, asked: Mapping[str, Any], *, parent: str | None = None, bulk: bool = False
    ) -> Slice:
        search = read_search(asked.get("query"))
        column = "created_at" if sort.startswith("OPENING_TIME") else _SORTS.get(sort)
        if column is None:
            raise GraphError("BAD_REQUEST", f"The sort key {sort} is not part of this stand-in.")
        first = _MOST_IN_A_LIST * 10 if bulk else page_size(asked)
        where, values = f"kind = ? AND {search.where}", [kind, *search.values]
        if parent is not None:
            where += " AND parent = ?"
            values.append(parent)
        after: list[Any] = []
        seen = 0
        if asked.get("after"):
            *after, seen = read_cursor(asked["after"])
            if len(after) != 2:
                raise GraphError("BAD_REQUEST", "Invalid cursor for current pagination sort.")
            where += f" AND ({column}, id) > (?, ?)"
        if seen + first > _MOST_IN_A_LIST and not bulk:
            raise GraphError("BAD_REQUEST", "Cannot go beyond 25000 objects; narrow the list by a filter.")
        found = self.store.rows(
            f"SELECT {column} AS sort, body FROM object WHERE {where} ORDER BY {column}, id", *values, *after
        )
        some = [(at, body) for at, body in found if search.matches(body)]
        page = some[:first]
        typed = [int(at) if column == "number" else at for at, _ in page]
        cursors = [
            write_cursor([at, body["id"], seen + index])
            for index, (at, (_, body)) in enumerate(zip(typed, page, strict=True), start=1)
        ]
        return Slice([body for _, body in page], cursors, len(some) > first)

    def _single(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        return self._node(asked.get("id"))

    def _node(self, identity: Any) -> dict[str, Any] | None:
        text = str(identity or "")
        if not text.startswith("gid://shopify/"):
            raise GraphError("INVALID_ID", f"Invalid global id '{text}'")
        if "/DiscountNode/" in text:
            return self.campaigns.find_discount(text)
        return self.store.get(text)

    def _refund(self, identity: str) -> dict[str, Any] | None:
        for order in self.store.every("Order"):
            for refund in order["refunds"]:
                if refund["id"] == identity:
                    return dict(refund)
        return None

    def _count(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        search = read_search(asked.get("query"))
        found = self.store.one(
            f"SELECT count(*) AS n FROM object WHERE kind = 'Order' AND {search.where}", *search.values
        )
        count = int(found["n"]) if found else 0
        limit = asked.get("limit", 10_000)
        cut = limit is not None and count > limit
        return {"__typename": "Count", "count": limit if cut else count, "precision": "AT_LEAST" if cut else "EXACT"}
