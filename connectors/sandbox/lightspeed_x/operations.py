"""What of the API the stand-in does: one entry for each operation, with its path under the base URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from connectors.sandbox.lightspeed_x.errors import XError, missing
from connectors.sandbox.lightspeed_x.pos import StandInX
from connectors.sandbox.lightspeed_x.store import new_id, whole
from connectors.sandbox.lightspeed_x.webhook import Event, product_event
from connectors.sandbox.standin.operations import ApiOperation, Call

_TOPICS = (
    "sale.update",
    "product.update",
    "customer.update",
    "inventory.update",
    "register_closure.create",
    "consignment.send",
    "consignment.receive",
)
_MOST_LEVELS = 5000


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation answers, and the webhook of it."""

    body: Any
    status: int = 200
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Operation(ApiOperation[Callable[[StandInX, Call], Done]]):
    """One thing the API does."""


def _feed(name: str, path: str, kind: str) -> Operation:
    return Operation(name, "GET", path, lambda pos, call: Done(pos.store.feed(kind, call.params, most=1000)))


def _one(name: str, path: str, kind: str) -> Operation:
    def run(pos: StandInX, call: Call) -> Done:
        found = pos.store.get(kind, call.path["id"])
        if found is None:
            raise XError(404, "Not Found", f"There is no {kind} {call.path['id']}.")
        return Done({"data": found})

    return Operation(name, "GET", path, run)


def _inventory(pos: StandInX, call: Call) -> Done:
    """``POST /inventory``: a bare array, newest first unless asked otherwise."""
    body = call.body
    after, before = whole(body.get("after"), "after"), whole(body.get("before"), "before")
    size = whole(body.get("size"), "size") or 1000
    if size > _MOST_LEVELS:
        raise XError(400, "Bad Request", f"size must be at most {_MOST_LEVELS}.", "size")
    levels = [item for item in pos.store.of("inventory") if item["version"] > after]
    levels = [item for item in levels if not before or item["version"] < before]
    if body.get("sort_direction", "desc") != "asc":
        levels.reverse()
    return Done(levels[:size])


def _categories(pos: StandInX, _: Call) -> Done:
    shown = [{name: value for name, value in item.items() if name != "version"} for item in pos.store.of("category")]
    return Done({"data": {"categories": shown}, "page_info": {"has_next": False, "last_seen": ""}})


def _price_books(pos: StandInX, call: Call) -> Done:
    reply = pos.store.feed("price_book", call.params, most=1000)
    return Done({"data": [pos.goods.shown_book(item) for item in reply["data"]]})


def _entries(pos: StandInX, call: Call) -> Done:
    return Done({"data": pos.store.feed("entry", call.params, most=1000)["data"]})


def _entries_of(pos: StandInX, call: Call) -> Done:
    pos.store.need("product", call.path["id"])
    return Done({"data": [item for item in pos.store.of("entry") if item["product_id"] == call.path["id"]]})


def _update_product(pos: StandInX, call: Call) -> Done:
    changed = pos.goods.update(call.path["id"], call.body, pos.now())
    return Done({"data": {"id": changed["id"]}}, event=product_event(changed))


def _set_entries(pos: StandInX, call: Call) -> Done:
    return Done(pos.goods.set_entries(call.path["id"], call.body, pos.now()))


def _add_webhook(pos: StandInX, call: Call) -> Done:
    for name in ("type", "url", "active"):
        if call.body.get(name) is None:
            raise missing(name)
    if call.body["type"] not in _TOPICS:
        raise XError(400, "Bad Request", f"type must be one of {', '.join(_TOPICS)}.", "type")
    for known in pos.store.of("webhook"):
        if (known["type"], known["url"]) == (call.body["type"], call.body["url"]):
            raise XError(409, "Conflict", "A webhook with this type and URL already exists.", "url")
    names = ("type", "url", "active")
    webhook = pos.store.put("webhook", {"id": new_id(), **{name: call.body[name] for name in names}})
    return Done({"data": webhook}, 201)


def _set_webhook(pos: StandInX, call: Call) -> Done:
    known = pos.store.need("webhook", call.path["id"])
    names = ("type", "url", "active")
    return Done({"data": pos.store.put("webhook", {**known, **{name: call.body[name] for name in names}})})


OPERATIONS = (
    Operation("retailer.get", "GET", "/retailer", lambda pos, _: Done(pos.retailer())),
    _feed("outlets.list", "/outlets", "outlet"),
    _one("outlets.get", "/outlets/{id}", "outlet"),
    _feed("registers.list", "/registers", "register"),
    _one("registers.get", "/registers/{id}", "register"),
    _feed("users.list", "/users", "user"),
    _one("users.get", "/users/{id}", "user"),
    _feed("shifts.list", "/shifts", "shift"),
    _feed("customers.list", "/customers", "customer"),
    _feed("suppliers.list", "/suppliers", "supplier"),
    _one("suppliers.get", "/suppliers/{id}", "supplier"),
    _feed("products.list", "/products", "product"),
    _one("products.get", "/products/{id}", "product"),
    Operation("products.update", "PUT", "/products/{id}", _update_product, writes=True),
    Operation("products.price_books", "GET", "/products/{id}/price_book_products", _entries_of),
    Operation("categories.list", "GET", "/product_categories", _categories),
    Operation("price_books.list", "GET", "/price_books", _price_books),
    Operation(
        "price_books.create",
        "POST",
        "/price_books",
        lambda pos, call: Done({"data": pos.goods.add_book(call.body, pos.now())}),
        writes=True,
    ),
    Operation(
        "price_books.entries",
        "GET",
        "/price_books/{id}/products",
        lambda pos, call: Done({"data": pos.store.of("entry", call.path["id"])}),
    ),
    Operation("price_books.write", "POST", "/price_books/{id}/products", _set_entries, writes=True),
    Operation("price_books.write", "PUT", "/price_books/{id}/products", _set_entries, writes=True),
    Operation("price_book_products.list", "GET", "/price_book_products", _entries),
    _feed("sales.list", "/sales", "sale"),
    _one("sales.get", "/sales/{id}", "sale"),
    Operation("inventory.list", "POST", "/inventory", _inventory),
    Operation(
        "inventory.get", "GET", "/inventory/{id}", lambda pos, call: Done(pos.store.of("inventory", call.path["id"]))
    ),
    _feed("stock_adjustments.list", "/stock_adjustments", "adjustment"),
    Operation(
        "stock_adjustments.create",
        "POST",
        "/stock_adjustments",
        lambda pos, call: Done(pos.logistics.adjust(call.body, pos.now()), 201),
        writes=True,
    ),
    _feed("reasons.list", "/custom_inventory_adjustment_reasons", "reason"),
    Operation("consignments.list", "GET", "/consignments", lambda pos, call: Done(pos.logistics.listing(call.params))),
    _one("consignments.get", "/consignments/{id}", "consignment"),
    Operation(
        "consignments.create",
        "POST",
        "/consignments",
        lambda pos, call: Done(pos.logistics.create(call.body, pos.now()), 201),
        writes=True,
    ),
    Operation(
        "consignments.update",
        "PUT",
        "/consignments/{id}",
        lambda pos, call: Done(pos.logistics.update(call.path["id"], call.body, pos.now())),
        writes=True,
    ),
    Operation(
        "consignments.delete",
        "DELETE",
        "/consignments/{id}",
        lambda pos, call: Done(pos.logistics.delete(call.path["id"], pos.now()), 204),
        writes=True,
    ),
    Operation(
        "consignments.products",
        "GET",
        "/consignments/{id}/products",
        lambda pos, call: Done(pos.logistics.products(call.path["id"], call.params)),
    ),
    Operation(
        "consignments.add_product",
        "POST",
        "/consignments/{id}/products",
        lambda pos, call: Done(pos.logistics.add_product(call.path["id"], call.body, pos.now())),
        writes=True,
    ),
    Operation(
        "consignments.set_product",
        "PUT",
        "/consignments/{id}/products/{product_id}",
        lambda pos, call: Done(
            pos.logistics.set_product(call.path["id"], call.path["product_id"], call.body, pos.now())
        ),
        writes=True,
    ),
    Operation("promotions.list", "GET", "/promotions", lambda pos, call: Done(pos.promotions.listing(call.params))),
    Operation(
        "promotions.create",
        "POST",
        "/promotions",
        lambda pos, call: Done(pos.promotions.create(call.body, pos.now()), 201),
        writes=True,
    ),
    Operation("promotions.get", "GET", "/promotions/{id}", lambda pos, call: Done(pos.promotions.one(call.path["id"]))),
    Operation(
        "promotions.update",
        "PUT",
        "/promotions/{id}",
        lambda pos, call: Done(pos.promotions.update(call.path["id"], call.body, pos.now())),
        writes=True,
    ),
    Operation("webhooks.list", "GET", "/webhooks", lambda pos, _: Done({"data": pos.store.of("webhook")})),
    Operation("webhooks.create", "POST", "/webhooks", _add_webhook),
    Operation("webhooks.update", "PUT", "/webhooks/{id}", _set_webhook),
)
