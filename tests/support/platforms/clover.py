"""Clover under test: one merchant behind a server on loopback, and the production connector that talks to it.

A merchant is one store, so the small shop is S01 alone here, and who works there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.base import ActionKind, Entity, Reader
from connectors.clover.reader import CloverReader
from connectors.clover.writer import CloverWriter
from connectors.http import Secret
from connectors.pacing import Bucket
from connectors.sandbox.clover.app import clover_app, new_faults
from connectors.sandbox.clover.pos import MERCHANT_ID, READ_TOKEN, WRITE_TOKEN, CloverStandIn
from connectors.sandbox.clover.webhook import Update, delivery_of
from connectors.sandbox.standin.faults import Faults
from tests.support.platforms.rig import HANG_SECONDS, PSEUDONYM_KEY, QUICK, WEBHOOK_KEY, Rig
from tests.support.platforms.shop import Person, Place, Shop, TurnedClock
from tests.support.square_world import serving

STORE = "S01"

OPERATIONS: Mapping[str, str] = {
    f"read_{Entity.LOCATION.value}": "merchant.get",
    f"read_{Entity.CATALOG.value}": "items.list",
    f"read_{Entity.EMPLOYEE.value}": "employees.list",
    f"read_{Entity.CUSTOMER.value}": "customers.list",
    f"read_{Entity.PROMOTION.value}": "discounts.list",
    f"read_{Entity.SALE.value}": "orders.list",
    f"read_{Entity.REGISTER_EVENT.value}": "cash_events.list",
    f"read_{Entity.INVENTORY.value}": "item_stocks.list",
    f"read_{Entity.TIMECARD.value}": "shifts.list",
    f"write_{ActionKind.PRICE_CHANGE.value}": "items.update",
    f"write_{ActionKind.STOCK_ADJUST.value}": "item_stocks.update",
    f"write_{ActionKind.STOCK_COUNT.value}": "item_stocks.update",
    f"write_{ActionKind.PROMOTION_CREATE.value}": "discounts.create",
    f"write_{ActionKind.PROMOTION_END.value}": "discounts.delete",
    f"write_{ActionKind.PRODUCT_FLAGS.value}": "items.update",
}


@dataclass
class OneStore(Shop):
    """The small shop with its first store only."""

    places: list[Place] = field(default_factory=lambda: [Place(STORE, "Market Street")])

    def employees(self) -> list[Person]:
        return [person for person in super().employees() if person.store_id == STORE]


@contextmanager
def open_stand_in(folder: Path, shop: Shop, clock: TurnedClock) -> Iterator[tuple[CloverStandIn, Faults, str]]:
    """The stand-in, its faults and its base URL."""
    faults = new_faults()
    pos = CloverStandIn(folder / "clover.sqlite", shop, clock, store_id=STORE, hang_seconds=HANG_SECONDS)
    with serving(clover_app(pos, faults)) as url:
        yield pos, faults, f"{url}/v3/merchants/{MERCHANT_ID}"
    pos.close()


@contextmanager
def open_rig(folder: Path) -> Iterator[Rig]:
    clock, shop = TurnedClock(), OneStore()
    with open_stand_in(folder, shop, clock) as (pos, faults, base_url):

        def reader(**overrides: Any) -> CloverReader:
            given = {"pseudonym_key": PSEUDONYM_KEY, "webhook_key": WEBHOOK_KEY, "pacer": Bucket(10_000, 10_000)}
            given |= {"token": READ_TOKEN, "connection": "clover", "policy": QUICK, "live_policy": QUICK, **overrides}
            return CloverReader(base_url, **given)  # type: ignore[arg-type]

        def writer(reader: Reader, **overrides: Any) -> CloverWriter:
            given = {"write_token": WRITE_TOKEN, "policy": QUICK, "pacer": Bucket(10_000, 10_000), **overrides}
            return CloverWriter(base_url, reader=reader, **given)

        def signed(event: Update, url: str) -> tuple[Mapping[str, str], bytes]:
            return delivery_of(event, MERCHANT_ID, WEBHOOK_KEY)

        yield Rig(
            platform="clover",
            pos=pos,
            shop=shop,
            clock=clock,
            faults=faults,
            base_url=base_url,
            reader=reader,
            writer=writer,
            operations=OPERATIONS,
            small_pages={"orders_page": 2, "list_page": 2},
            bad_token={"token": Secret("revoked")},
            external={
                "store": {STORE: MERCHANT_ID},
                "variant": {goods.variant_id: goods.variant_id for goods in shop.catalog()},
                "employee": {person.employee_id: person.employee_id for person in shop.employees()},
                "supplier": {},
            },
            signed=signed,
            signs_body=False,
        )
