"""Stock adjusted or counted: always by an inventory count, for a count has a name and a record of being reconciled.

A count is made with the action's key as its name, gets one item, and is reconciled for that item. Until then it has
no effect, and whether it was reconciled can be read at any time. Writing ``qoh`` on the item would be one request
fewer and leave no trace of who did what.
Source: developers.lightspeedhq.com/retail/tutorials/inventory, .../endpoints/InventoryCountReconcile
"""

from __future__ import annotations

from typing import Any

from connectors.base import Action, ActionKind, Preview
from connectors.http import Delivery, WriteReply
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import Steps, StoppedError
from connectors.lightspeed_r.targets import (
    ARCHIVED,
    GONE,
    NO_SHOP,
    WHOLE_UNITS,
    Ways,
    item_of,
    key_of,
    refused,
    shop_of,
    units_of,
)
from connectors.lightspeed_r.wire import Document, flag, nested, number, plain, text

_TAKES_AWAY = frozenset({"damage", "waste", "theft"})
_RECONCILE_COST = 10.0


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:
    """The live quantity, the requests, and whether this action's count was reconciled."""
    item = item_of(client, action, ("ItemShops",))
    if item is None:
        return refused(GONE)
    if flag(item, "archived"):
        return refused(ARCHIVED)
    if text(item, "itemType") == "non_inventory":
        return refused("Lightspeed keeps no stock of this product.")
    shop = shop_of(client, action.target.get("store_external_id"))
    if shop is None:
        return refused(NO_SHOP)
    live = _on_hand(item, str(shop["shopID"]))
    before = {"quantity": plain(number(live, "qoh"))}
    version = text(live, "timeStamp") or ""
    done = _was_reconciled(client, action)
    wanted = _wanted(action, before["quantity"])
    if isinstance(wanted, str):
        return Preview(before, version, {}, wanted, done)
    employee = ways.employee_id or _first_employee(client)
    if employee is None:
        return Preview(before, version, {}, "Lightspeed has no employee who could count this.", done)
    return Preview(before, version, _request(action, item, shop, wanted, employee), done=done)


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:
    """Make the count, put the item on it, reconcile it: from wherever an earlier try got to."""
    sheet_body, item_body, reconcile_body = (step["body"] for step in seen.request["steps"])
    steps = Steps(client, harmless=True)
    try:
        sheet = steps.look(lambda: _sheet(client, action))
        if sheet is None:
            sheet = steps.create("InventoryCount", sheet_body, lambda: _sheet(client, action))
        count = {"inventoryCountID": str(sheet["inventoryCountID"])}
        counted = steps.look(lambda: _counted(client, count))
        if counted is None:
            steps.create("InventoryCountItem", {**item_body, **count}, lambda: _counted(client, count))
        elif counted.get("qty") != item_body["qty"]:
            # Stock moved since an earlier try. Counts of one item may add up, so that one is put right.
            path = f"InventoryCountItem/{counted['inventoryCountItemID']}"
            body = {name: item_body[name] for name in ("qty", "employeeID")}
            steps.create(
                path, body, lambda: _counted(client, count, body["qty"]), name="InventoryCountItem", method="PUT"
            )
        reconcile = {**reconcile_body, **count}
        made = steps.create(
            "InventoryCountReconcile", reconcile, lambda: _reconciled(client, count), cost=_RECONCILE_COST
        )
    except StoppedError as stopped:
        return stopped.reply
    return WriteReply(Delivery.ANSWERED, 200, {"InventoryCountReconcile": dict(made)})


def _request(action: Action, item: Document, shop: Document, wanted: int, employee: str) -> dict[str, Any]:
    identity = str(item["itemID"])
    return {
        "steps": [
            {
                "method": "POST",
                "path": "InventoryCount",
                "body": {"name": key_of(action), "shopID": str(shop["shopID"])},
            },
            {
                "method": "POST",
                "path": "InventoryCountItem",
                "body": {"itemID": identity, "qty": str(wanted), "employeeID": employee},
            },
            {"method": "POST", "path": "InventoryCountReconcile", "body": {"itemID": identity}},
        ]
    }


def _wanted(action: Action, live: str) -> int | str:
    """The quantity there shall be, or a sentence why not."""
    if action.kind is ActionKind.STOCK_COUNT:
        counted = units_of(action.change.get("quantity"))
        if counted is None:
            return WHOLE_UNITS
        return counted if counted >= 0 else "A count cannot be less than nothing."
    delta, on_hand = units_of(action.change.get("delta")), units_of(live)
    if delta is None or delta == 0 or on_hand is None:
        return WHOLE_UNITS
    reason = str(action.change.get("reason", ""))
    if (reason in _TAKES_AWAY and delta > 0) or (reason == "found" and delta < 0):
        return f"“{reason}” does not go with this sign. Turn the quantity round or choose another reason."
    if on_hand + delta < 0:
        return f"Only {live} are in stock, so {-delta} cannot be taken away."
    return on_hand + delta


def _on_hand(item: Document, shop_id: str) -> Document:
    """The stock record of a shop; an empty one where the platform has made none yet."""
    records = nested(item, "ItemShops", "ItemShop")
    return next((record for record in records if str(record.get("shopID")) == shop_id), {})


def _was_reconciled(client: LightspeedRClient, action: Action) -> bool | None:
    """Whether this action's count took effect. Without a count, a value alone can tell for a count of stock."""
    sheet = _sheet(client, action)
    if sheet is None:
        return None if action.kind is ActionKind.STOCK_COUNT else False
    return _reconciled(client, {"inventoryCountID": str(sheet["inventoryCountID"])}) is not None


def _sheet(client: LightspeedRClient, action: Action) -> Document | None:
    name = key_of(action)
    found = client.listing("InventoryCount", {"name": name, "archived": "true"}).objects
    return next((sheet for sheet in found if text(sheet, "name") == name), None)


def _counted(client: LightspeedRClient, count: dict[str, str], qty: str | None = None) -> Document | None:
    found = client.listing("InventoryCountItem", count).objects
    fitting = [item for item in found if qty is None or text(item, "qty") == qty]
    return fitting[-1] if fitting else None


def _reconciled(client: LightspeedRClient, count: dict[str, str]) -> Document | None:
    found = client.listing("InventoryCountReconcile", count).objects
    return next((item for item in found if item.get("inventoryCountID") == count["inventoryCountID"]), None)


def _first_employee(client: LightspeedRClient) -> str | None:
    found = client.listing("Employee", {"sort": "employeeID"}, limit=1).objects
    return text(found[0], "employeeID") if found else None
