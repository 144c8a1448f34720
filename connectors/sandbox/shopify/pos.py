"""The stand-in itself: its world, its time, and what can be made to happen in the shop now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Unpack

from connectors.credentials import Secret
from connectors.sandbox.shopify import asks
from connectors.sandbox.shopify.campaigns import Campaigns
from connectors.sandbox.shopify.catalog import Catalog
from connectors.sandbox.shopify.events import Event, level_event, order_event, product_event, refund_event, send
from connectors.sandbox.shopify.orders import Orders
from connectors.sandbox.shopify.seeding import seed
from connectors.sandbox.shopify.shapes import apportioned, minor
from connectors.sandbox.shopify.stock import Stock
from connectors.sandbox.shopify.store import ShopStore, stamp
from connectors.sandbox.standin.asks import lines_of, minor_of
from connectors.sandbox.standin.feed import Clock, FeedOrder, PosFeed
from connectors.sandbox.standin.happenings import Happening, RefusalError
from connectors.sandbox.standin.played import Opening, PlayedStandIn

READ_TOKEN = Secret("shpat_sandbox_read")
WRITE_TOKEN = Secret("shpat_sandbox_write")
SCOPES = (
    "read_all_orders",
    "read_customers",
    "read_discounts",
    "read_inventory",
    "read_inventory_transfers",
    "read_locations",
    "read_orders",
    "read_products",
    "read_returns",
    "read_users",
)


class StandInShop(PlayedStandIn):
    """A Shopify shop; ``connectors.sandbox.standin.happenings.StandIn``.

    ``withheld`` are fields of the API that the tokens may not see, ``scopes`` what they were granted; a bulk operation
    is still running ``bulk_polls`` times it is looked at, and then fails if ``bulk_fails``.
    """

    read_token = READ_TOKEN
    write_token = WRITE_TOKEN

    def __init__(self, path: Path, feed: PosFeed, clock: Clock, speed: float = 1.0, **opening: Unpack[Opening]) -> None:
        self.store = ShopStore(path)
        super().__init__(self.store, feed, clock, speed, **opening)
        self.withheld: frozenset[str] = frozenset()
        self.scopes: Sequence[str] = SCOPES
        self.bulk_polls = 1
        self.bulk_fails = False
        self._fill_once()
        self.catalog = Catalog(self.store, self.currency)
        self.stock = Stock(self.store)
        self.orders = Orders(self.store, self.stock, self.currency)
        self.campaigns = Campaigns(self.store, self.currency)

    def sell(self, request: Mapping[str, Any]) -> Happening:
        """Ring up a sale now; an order discount is spread over the lines, as Shopify does it.

        Raises:
            RefusalError: 4xx naming the field.
        """
        with self.store.transaction():
            self.play()
            location = asks.place(self.store, request)
            items = [asks.item(self.store, number, line) for number, line in enumerate(lines_of(request), start=1)]
            nets = [item.gross - item.discount for item in items]
            whole = minor_of(request.get("order_discount_minor", 0), "order_discount_minor")
            if whole > sum(nets):
                raise RefusalError(400, "order_discount_minor exceeds the sale.", "order_discount_minor")
            lines = [
                self.orders.line(item.variant, item.quantity, item.gross, [(0, part), (index, item.discount)])
                for index, (item, part) in enumerate(zip(items, apportioned(whole, nets), strict=True), start=1)
            ]
            order = self.orders.add(
                lines,
                location=location,
                at=self.now(),
                tip=minor_of(request.get("tip_minor", 0), "tip_minor"),
                register=str(request["register_id"]) if request.get("register_id") else None,
                staff=asks.known(self.store, "StaffMember", request, "employee_id"),
                customer=asks.known(self.store, "Customer", request, "customer_id"),
            )
        return self._happened(order, order_event("orders/create", order))

    def void(self, request: Mapping[str, Any]) -> Happening:
        """Cancel ``order_id`` as if it had never been paid.

        Raises:
            RefusalError: 404 unknown, 409 already void or refunded.
        """
        with self.store.transaction():
            self.play()
            order = self.orders.void(self.orders.find(request.get("order_id")), self.now())
        return self._happened(order, order_event("orders/cancelled", order))

    def refund(self, request: Mapping[str, Any]) -> Happening:
        """Give money back on ``order_id``: ``amount_minor`` without goods, ``lines``, or all that is left.

        Raises:
            RefusalError: 404 unknown, 400 more than is left, 409 void or refunded completely.
        """
        with self.store.transaction():
            self.play()
            order = self.orders.find(request.get("order_id"))
            left = self.orders.left(order)
            if left <= 0:
                raise RefusalError(409, "This order is refunded completely already.", "order_id")
            if request.get("amount_minor") is not None:
                amount = minor_of(request["amount_minor"], "amount_minor")
                if not 0 < amount <= left:
                    raise RefusalError(400, f"amount_minor must be from 1 to {left}.", "amount_minor")
                order = self.orders.refund(order, self.now(), amount=amount)
            elif request.get("lines") is not None:
                order = self.orders.refund(order, self.now(), lines=asks.returned(order, request))
            else:
                rest = [(line, line["currentQuantity"]) for line in order["lineItems"] if line["currentQuantity"]]
                order = self.orders.refund(order, self.now(), lines=rest, amount=left)
        return self._happened(order, refund_event(order))

    def exchange(self, request: Mapping[str, Any]) -> Happening:
        """Swap ``lines`` of ``order_id`` for ``new_lines`` of ``variant_id`` and ``quantity``.

        Raises:
            RefusalError: 4xx naming the field.
        """
        with self.store.transaction():
            self.play()
            order = self.orders.find(request.get("order_id"))
            new = [
                asks.item(self.store, number, line)
                for number, line in enumerate(lines_of({"lines": request.get("new_lines")}), start=1)
            ]
            lines = [self.orders.line(item.variant, item.quantity, item.gross, []) for item in new]
            order = self.orders.exchange(order, asks.returned(order, request), lines, self.now())
        return self._happened(order, order_event("orders/updated", order))

    def clock_in(self, request: Mapping[str, Any]) -> Happening:  # noqa: ARG002 nobody can
        """Shopify has no time clock.

        Raises:
            RefusalError: always.
        """
        raise RefusalError(400, "Shopify has no time clock.", "employee_id")

    clock_out = strike = clock_in

    def reprice(self, request: Mapping[str, Any]) -> Happening:
        """Somebody sets ``price_minor`` of ``variant_id`` in the back office; it holds in every store."""
        with self.store.transaction():
            variant = asks.variant(self.store, request)
            price = minor_of(request.get("price_minor"), "price_minor")
            changed = self.catalog.reprice(str(variant["id"]), asks.decimal_text(price, self.currency), self.now())
            product = self.catalog.product_of(changed)
        return Happening(
            {"variant_id": variant["id"], "price": changed["price"]}, product_event("products/update", product)
        )

    def recount(self, request: Mapping[str, Any]) -> Happening:
        """Somebody counts ``quantity`` of ``variant_id`` at ``store_id``."""
        with self.store.transaction():
            variant = asks.variant(self.store, request)
            location = asks.place(self.store, request)
            quantity = asks.pieces(request.get("quantity"), "quantity", at_least=0)
            level = self.stock.count(str(variant["inventoryItem"]["id"]), location, quantity, self.now())
        return Happening({"variant_id": variant["id"], "quantity": str(quantity)}, level_event(level))

    def retire(self, request: Mapping[str, Any]) -> Happening:
        """Somebody archives the product of ``variant_id``; with ``delete`` it is gone for good."""
        with self.store.transaction():
            variant = asks.variant(self.store, request)
            if request.get("delete"):
                product = {"id": self.catalog.delete(variant, self.now())}
                event = product_event("products/delete", product)
            else:
                event = product_event("products/update", self.catalog.retire(variant, self.now()))
        return Happening({"variant_id": variant["id"]}, event)

    def tell(self, happening: Happening) -> None:
        """Send the happening's webhook, where a target is set."""
        if isinstance(happening.event, Event):
            self.send(happening.event)

    def send(self, event: Event) -> None:
        """Send an event, where a target is set."""
        if self.webhook is not None:
            send(self.webhook, event, self.now())

    def shop(self) -> Mapping[str, Any]:
        """The shop itself."""
        return {
            "id": "gid://shopify/Shop/1",
            "__typename": "Shop",
            "name": "Floorwalker Demo Stores",
            "createdAt": self.store.meta("opened_at") or stamp(self._opened),
            "myshopifyDomain": "floorwalker-demo.myshopify.com",
            "currencyCode": self.currency,
            "ianaTimezone": self.store.meta("timezone") or "UTC",
            "taxesIncluded": False,
        }

    def _fill(self, starts_at: datetime) -> None:
        seed(self.store, self._feed, starts_at)

    def _ring_up_due(self, order: FeedOrder) -> None:
        self.orders.from_feed(order)

    def _happened(self, order: Mapping[str, Any], event: Event) -> Happening:
        back = sum(minor(refund["totalRefundedSet"], self.currency) for refund in order["refunds"])
        answer = {
            "order_id": str(order["id"]).rsplit("/", 1)[-1],
            "store_id": asks.shop_name(self.store, "Location", str(order["retailLocation"]["id"])),
            "state": "CANCELLED" if order["cancelledAt"] else "PAID",
            "total_minor": minor(order["totalPriceSet"], self.currency) - back,
            "at": order["updatedAt"],
        }
        return Happening(answer, event)
