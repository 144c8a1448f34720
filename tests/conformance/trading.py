"""What a shop does in these tests, and the figures that have to come out of the mirror for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Entity
from connectors.manifest import load_manifest
from connectors.mirror.open import Mirror
from connectors.records import TABLES
from tests.support.platforms.rig import Rig
from tests.support.platforms.shop import basket

NET_MINOR, DISCOUNT_MINOR, UNITS = 1130, 90, 3
"""Of one basket of the shop: two oat milks with 0.90 off and one rye bread."""


@dataclass(frozen=True)
class Figures:
    """Everything a day's answer is made of, in minor units and pieces."""

    net: int
    discount: int
    returns: int
    transactions: int
    units: int

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.net + other.net,
            self.discount + other.discount,
            self.returns + other.returns,
            self.transactions + other.transactions,
            self.units + other.units,
        )


NOTHING = Figures(0, 0, 0, 0, 0)


def baskets(count: int) -> Figures:
    """What ``count`` baskets of the shop come to."""
    return Figures(count * NET_MINOR, count * DISCOUNT_MINOR, 0, count, count * UNITS)


def places(rig: Rig) -> list[str]:
    """The shop's store ids; a platform may have only one."""
    return [place.store_id for place in rig.shop.locations()]


def trade(rig: Rig, count: int, *, minutes: float = 1.0, customer: str | None = None) -> datetime:
    """Sell ``count`` baskets one after another, in each store in turn; the present afterwards."""
    stores = places(rig)
    for step in range(count):
        number = len(rig.shop.baskets)
        moment = rig.clock.now() + timedelta(minutes=(step + 1) * minutes)
        rig.shop.baskets.append(basket(number, moment, stores[number % len(stores)], customer))
    now = rig.clock.turn(minutes=count * minutes + 1)
    rig.pos.play()
    return now


def sell(rig: Rig, **more: Any) -> Mapping[str, Any]:
    """Two rye breads at 3.20 in the first store now; the stand-in's answer."""
    request = {"store_id": places(rig)[0], "lines": [{"variant_id": "V200", "quantity": "2"}], **more}
    return rig.pos.sell(request).answer


def busy_shop(rig: Rig) -> None:
    """Something of everything the platform knows."""
    trade(rig, 5, customer="CU1")
    first = places(rig)[0]
    for variant in ("V100", "V200", "V400"):
        rig.pos.recount({"variant_id": variant, "store_id": first, "quantity": "40"})
    sold = sell(rig)
    rig.clock.turn(minutes=1)
    rig.pos.refund({"order_id": sold["order_id"], "amount_minor": 100})
    if Entity.TIMECARD in load_manifest(rig.platform).readable():
        rig.pos.clock_in({"employee_id": "E0101", "store_id": first})
    rig.clock.turn(minutes=1)


def figures(mirror: Mirror) -> Figures:
    """The same of everything in the mirror, out of the rollups that answers are made of."""
    found = rows(
        mirror,
        "SELECT coalesce(sum(net_minor), 0), coalesce(sum(discount_minor), 0), coalesce(sum(returns_minor), 0), "
        "coalesce(sum(transactions), 0), coalesce(sum(units), 0) FROM store_day",
    )
    return Figures(*(int(value) for value in found[0]))


def rows(mirror: Mirror, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query(sql, params or {}).rows)


def count(mirror: Mirror, sql: str, params: Mapping[str, Any] | None = None) -> int:
    return int(rows(mirror, f"SELECT count(*) FROM {sql}", params)[0][0])


def everything(mirror: Mirror) -> dict[str, list[str]]:
    """Every row of every canonical table and rollup as text, sorted: equal mirrors are equal here."""
    names = [*TABLES, "store_day", "store_hour", "store_sku_day"]
    return {name: sorted(str(row) for row in rows(mirror, f"SELECT * FROM {name}")) for name in names}


def variant_id(mirror: Mirror, rig: Rig, shop_id: str) -> str:
    """The mirror's id of a variant of the shop."""
    external = rig.external["variant"][shop_id]
    found = rows(mirror, "SELECT variant_id FROM variant WHERE external_id = $id", {"id": external})
    assert len(found) == 1, f"{shop_id} is there {len(found)} times as external_id {external}"
    return str(found[0][0])


def store_id(mirror: Mirror, rig: Rig, shop_id: str) -> str:
    """The mirror's id of a store of the shop."""
    external = rig.external["store"][shop_id]
    found = rows(mirror, "SELECT store_id FROM store WHERE external_id = $id", {"id": external})
    assert len(found) == 1, f"{shop_id} is there {len(found)} times as external_id {external}"
    return str(found[0][0])
