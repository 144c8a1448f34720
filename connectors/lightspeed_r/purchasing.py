"""A purchase order in the R-Series: made as a draft, with the action's key in its reference, then line by line.

The platform takes no lines with the order itself. Ordering and checking in stay with people: a draft has no date of
ordering.
Source: developers.lightspeedhq.com/retail/tutorials/inventory, .../endpoints/Order, .../endpoints/OrderLine
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.base import Action, Preview
from connectors.http import Delivery, WriteReply
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import Steps, StoppedError
from connectors.lightspeed_r.targets import (
    NO_SHOP,
    OrderedLine,
    Ways,
    items_by_id,
    key_of,
    lines_of,
    number_of,
    refused,
    shop_of,
)
from connectors.lightspeed_r.wire import Document, amount, flag, plain, text


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:  # noqa: ARG001 every group has it
    """The requests, and whether an order with this action's key is there with everything on it."""
    lines = lines_of(action)
    if isinstance(lines, str):
        return refused(lines)
    known = _found(client, action)
    items = items_by_id(client, lines)
    request = _request(action, lines, items)
    if known is not None:
        done = {line.item_id for line in lines} <= _items_on(client, known)
        # With a part of its lines it is neither done nor undone; sending goes on from there.
        return Preview({}, str(known["orderID"]), request, done=True if done else None)
    problem = _problem(client, action, lines, items)
    return Preview({}, "", {} if problem else request, problem, done=False)


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:
    """Make the order and its lines: from wherever an earlier try got to."""
    header, *lines = (step["body"] for step in seen.request["steps"])
    steps = Steps(client)
    try:
        order = steps.look(lambda: _found(client, action))
        if order is None:
            order = steps.create("Order", header, lambda: _found(client, action))
        there = steps.look(lambda: _items_on(client, order))
        for line in lines:
            if line["itemID"] not in there:
                steps.create("OrderLine", {**line, "orderID": str(order["orderID"])}, _finder(client, order, line))
    except StoppedError as stopped:
        return stopped.reply
    return WriteReply(Delivery.ANSWERED, 200, {"Order": dict(order)})


def _finder(client: LightspeedRClient, order: Document, line: Mapping[str, Any]) -> Any:
    return lambda: line if line["itemID"] in _items_on(client, order) else None


def _problem(
    client: LightspeedRClient, action: Action, lines: Sequence[OrderedLine], items: Mapping[str, Document]
) -> str:
    if shop_of(client, action.target.get("store_external_id")) is None:
        return NO_SHOP
    vendor_id = number_of(action.target.get("supplier_external_id"))
    vendor = client.one(f"Vendor/{vendor_id}") if vendor_id else None
    if vendor is None or flag(vendor, "archived"):
        return "There is no such vendor in Lightspeed."
    currency = client.currency()
    if str(action.change.get("currency", currency)).upper() != currency.upper():
        return f"Lightspeed keeps its costs in {currency}."
    missing = [line for line in lines if line.item_id not in items]
    return f"{len(missing)} of these products are no longer in Lightspeed." if missing else ""


def _request(action: Action, lines: Sequence[OrderedLine], items: Mapping[str, Document]) -> dict[str, Any]:
    header = {
        "refNum": key_of(action),
        "shopID": str(action.target.get("store_external_id")),
        "vendorID": str(action.target.get("supplier_external_id")),
    }
    if action.change.get("due_on"):
        header["arrivalDate"] = str(action.change["due_on"])
    if action.change.get("note"):
        header["stockInstructions"] = str(action.change["note"])
    bodies = [_line(line, items.get(line.item_id, {})) for line in lines]
    return {
        "steps": [
            {"method": "POST", "path": "Order", "body": header},
            *({"method": "POST", "path": "OrderLine", "body": body} for body in bodies),
        ]
    }


def _line(line: OrderedLine, item: Document) -> dict[str, str]:
    cost = line.unit_cost if line.unit_cost is not None else amount(item, "defaultCost")
    body = {"itemID": line.item_id, "quantity": str(line.quantity)}
    return {**body, "price": plain(cost), "originalPrice": plain(cost)} if cost is not None else body


def _found(client: LightspeedRClient, action: Action) -> Document | None:
    key = key_of(action)
    found = client.listing("Order", {"refNum": key, "archived": "true"}).objects
    return next((order for order in found if text(order, "refNum") == key), None)


def _items_on(client: LightspeedRClient, order: Document) -> set[str]:
    lines = client.everything("OrderLine", {"orderID": str(order["orderID"])})
    return {str(line.get("itemID")) for line in lines if str(line.get("orderID")) == str(order["orderID"])}
