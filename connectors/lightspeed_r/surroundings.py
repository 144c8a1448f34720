"""What a record does not say of itself but is needed to understand it later: written in under ``_reader``.

Money has no currency but the account's; a drawer's count names a register and not its shop; an item has prices by
price level, and a shop sells at one of them; a line that came back names the line it was sold on and not its sale.
All of it is read once for a walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from connectors.base import Entity
from connectors.lightspeed_r.client import IDS_PER_READ, LightspeedRClient
from connectors.lightspeed_r.wire import Document, flag, nested, number, reference

KEY = "_reader"
DEFAULT_LEVEL = "1"
"""The price level that every item has a price at."""

_WITH_CURRENCY = frozenset({Entity.LOCATION, Entity.SALE, Entity.PROMOTION, Entity.REGISTER_EVENT, Entity.INVENTORY})


class Surroundings:
    """Reads what records lack. One for each walk, so that it is never older than the walk."""

    def __init__(self, client: LightspeedRClient) -> None:
        self._client = client
        self._levels: dict[str, str] | None = None
        self._registers: dict[str, str] | None = None

    def complete(self, entity: Entity, objects: Sequence[Document]) -> list[dict[str, Any]]:
        """The objects of a page with what they lack."""
        parents = self._parents(objects) if entity is Entity.SALE else {}
        return [self._complete(entity, item, parents) for item in objects]

    def levels(self) -> dict[str, str]:
        """The price level that each shop sells at, by shop."""
        if self._levels is None:
            shops = self._client.everything("Shop", {"archived": "true"})
            self._levels = {
                str(shop["shopID"]): reference(shop, "priceLevelID") or DEFAULT_LEVEL
                for shop in shops
                if not flag(shop, "archived")
            }
        return self._levels

    def _complete(self, entity: Entity, item: Document, parents: dict[str, str]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        if entity in _WITH_CURRENCY:
            known["currency"] = self._client.currency()
        if entity is Entity.CATALOG and "itemID" in item:
            known |= {"currency": self._client.currency(), "levels": self.levels()}
        if entity is Entity.REGISTER_EVENT and "shopID" not in item:
            known["shop"] = self._shop_of(reference(item, "registerID"))
        if entity is Entity.SALE:
            came_from = {line: parents[line] for line in _returned_from([item]) if line in parents}
            if came_from:
                known["parents"] = came_from
        return {**item, KEY: known} if known else dict(item)

    def _shop_of(self, register: str | None) -> str | None:
        if self._registers is None:
            registers = self._client.everything("Register", {"archived": "true"})
            self._registers = {str(item["registerID"]): str(item.get("shopID") or "") for item in registers}
        return self._registers.get(register or "") or None

    def _parents(self, sales: Iterable[Document]) -> dict[str, str]:
        """The sale of each line that something was returned from."""
        wanted = _returned_from(sales)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), IDS_PER_READ):
            some = wanted[start : start + IDS_PER_READ]
            for line in self._client.listing("SaleLine", {"saleLineID": f"IN,[{','.join(some)}]"}).objects:
                sale = reference(line, "saleID")
                if sale:
                    found[str(line.get("saleLineID"))] = sale
        return found


def _returned_from(sales: Iterable[Document]) -> list[str]:
    lines = (line for sale in sales for line in nested(sale, "SaleLines", "SaleLine"))
    parents = {reference(line, "parentSaleLineID") for line in lines if number(line, "unitQuantity") < 0}
    return sorted(parent for parent in parents if parent and parent.isdigit())
