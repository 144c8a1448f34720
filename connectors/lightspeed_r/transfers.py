"""A transfer in the R-Series: made open with its items, so that stock has not moved yet.

Sending it is left to the shop that packs the goods; receiving is only offered at the till. The note carries the
action's key.
Source: developers.lightspeedhq.com/retail/endpoints/Inventory-Transfer, .../Inventory-Transfer-TransferItems
"""

from __future__ import annotations

from collections.abc import Sequence

from connectors.base import Action, Preview
from connectors.http import Delivery, WriteReply
from connectors.lightspeed_r.client import LightspeedRClient
from connectors.lightspeed_r.steps import Steps, StoppedError
from connectors.lightspeed_r.targets import OrderedLine, Ways, items_by_id, key_of, lines_of, refused, shop_of
from connectors.lightspeed_r.wire import Document, text

_PATH = "Inventory/Transfer"


def preview(client: LightspeedRClient, action: Action, ways: Ways) -> Preview:  # noqa: ARG001 every group has it
    """The requests, and whether a transfer with this action's key is there with everything on it."""
    lines = lines_of(action)
    if isinstance(lines, str):
        return refused(lines)
    known = _found(client, action)
    wanted = {line.item_id for line in lines}
    if known is not None:
        done = wanted <= _items_on(client, known)
        # With a part of its items it is neither done nor undone; sending goes on from there.
        return Preview({}, str(known["transferID"]), _request(action, lines), done=True if done else None)
    sending = shop_of(client, action.target.get("from_store_external_id"))
    receiving = shop_of(client, action.target.get("to_store_external_id"))
    if sending is None or receiving is None:
        return Preview({}, "", {}, "One of the two shops is not in Lightspeed.", done=False)
    if sending.get("shopID") == receiving.get("shopID"):
        return Preview({}, "", {}, "Goods cannot be transferred to the shop they are in.", done=False)
    if missing := wanted - items_by_id(client, lines).keys():
        return Preview({}, "", {}, f"{len(missing)} of these products are no longer in Lightspeed.", done=False)
    return Preview({}, "", _request(action, lines), done=False)


def send(client: LightspeedRClient, action: Action, seen: Preview) -> WriteReply:
    """Make the transfer and put its items on it: from wherever an earlier try got to."""
    header, items = (step["body"] for step in seen.request["steps"])
    steps = Steps(client)
    try:
        transfer = steps.look(lambda: _found(client, action))
        if transfer is None:
            transfer = steps.create(_PATH, header, lambda: _found(client, action))
        path = f"{_PATH}/{transfer['transferID']}"
        there = steps.look(lambda: _items_on(client, transfer))
        missing = [item for item in items["TransferItems"] if item["itemID"] not in there]
        if missing:
            steps.create(
                f"{path}/AddItems",
                {"TransferItems": missing},
                lambda: transfer if {item["itemID"] for item in missing} <= _items_on(client, transfer) else None,
                name="TransferItem",
                cost=1.0 + 0.5 * len(missing),
            )
    except StoppedError as stopped:
        return stopped.reply
    return WriteReply(Delivery.ANSWERED, 200, {"Transfer": dict(transfer)})


def _request(action: Action, lines: Sequence[OrderedLine]) -> dict[str, object]:
    note = " ".join(part for part in (str(action.change.get("note") or "").strip(), f"[{key_of(action)}]") if part)
    header = {
        "note": note,
        "sendingShopID": str(action.target.get("from_store_external_id")),
        "receivingShopID": str(action.target.get("to_store_external_id")),
    }
    items = [{"itemID": line.item_id, "toSend": str(line.quantity)} for line in lines]
    return {
        "steps": [
            {"method": "POST", "path": _PATH, "body": header},
            {"method": "POST", "path": f"{_PATH}/(new)/AddItems", "body": {"TransferItems": items}},
        ]
    }


def _found(client: LightspeedRClient, action: Action) -> Document | None:
    key = key_of(action)
    params = {"note": f"~,%{key}%", "archived": "true"}
    found = client.listing(_PATH, params).objects
    return next((item for item in found if key in (text(item, "note") or "")), None)


def _items_on(client: LightspeedRClient, transfer: Document) -> set[str]:
    path = f"{_PATH}/{transfer['transferID']}/TransferItems"
    return {str(item.get("itemID")) for item in client.everything(path, name="TransferItem")}
