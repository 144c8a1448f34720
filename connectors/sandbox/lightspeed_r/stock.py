"""Stock of the stand-in: a record for each item and shop, one that sums them up, and a log of every change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.lightspeed_r.wire import plain, stamp
from connectors.sandbox.lightspeed_r.documents import Documents
from connectors.sandbox.lightspeed_r.errors import not_found

SUMMARY = "0"


class Stock:
    """Reads and writes stock in ``Documents``."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def open(self, item_id: str, shop_ids: list[str], cost: str, at: datetime) -> None:
        """The records of a new item, all at 0."""
        for shop_id in [SUMMARY, *shop_ids]:
            average = {"averageCost": cost} if shop_id == SUMMARY else {"averageCost": "0"}
            body = {
                "qoh": "0",
                "sellable": "0",
                "backorder": "0",
                "componentQoh": "0",
                "componentBackorder": "0",
                "reorderPoint": "0",
                "reorderLevel": "0",
                "timeStamp": stamp(at),
                "itemID": item_id,
                "shopID": shop_id,
                **average,
            }
            self._documents.add("ItemShop", body, parent=item_id)

    def on_hand(self, item_id: str, shop_id: str) -> Decimal:
        """What is there."""
        return Decimal(self._record(item_id, shop_id)["qoh"])

    def move(
        self,
        item_id: str,
        shop_id: str,
        quantity: Decimal,
        at: datetime,
        reason: str,
        causes: Mapping[str, str] | None = None,
    ) -> None:
        """Change stock by ``quantity`` and log it; ``causes`` are references such as ``saleID``."""
        item = self._documents.find("Item", item_id)
        if item is None or item["itemType"] == "non_inventory" or not quantity:
            return
        for place in (shop_id, SUMMARY):
            record = self._record(item_id, place)
            left = Decimal(record["qoh"]) + quantity
            changed = {"qoh": plain(left), "sellable": plain(max(left, Decimal(0))), "timeStamp": stamp(at)}
            self._documents.put("ItemShop", {**record, **changed})
        entry = {
            "shopID": shop_id,
            "employeeID": "0",
            "itemID": item_id,
            "qohChange": plain(quantity),
            "costChange": "0",
            "createTime": stamp(at),
            "automated": "false",
            "causedNegative": "false",
            "reason": reason,
            "customerID": "0",
            "inventoryCountID": "0",
            "itemImportID": "0",
            "orderID": "0",
            "saleID": "0",
            "transferID": "0",
            "vendorReturnID": "0",
            **(causes or {}),
        }
        self._documents.add("InventoryLog", entry, parent=item_id)

    def _record(self, item_id: str, shop_id: str) -> dict[str, Any]:
        found = self._documents.one(
            "SELECT body FROM document WHERE resource = 'ItemShop' AND parent = ? "
            "AND json_extract(body, '$.shopID') = ?",
            int(item_id),
            shop_id,
        )
        if found is None:
            raise not_found(f"Stock of item {item_id} at shop {shop_id}")
        return dict(json.loads(found["body"]))
