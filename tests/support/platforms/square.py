"""Square under test: its stand-in filled from the small shop, and the production connector that talks to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connectors.base import ActionKind, Entity, Reader
from connectors.http import Secret
from connectors.sandbox.square.app import new_faults, pos_app
from connectors.sandbox.square.pos import READ_TOKEN, WRITE_TOKEN, StandInPos
from connectors.sandbox.square.webhook import Event, event_of
from connectors.square.reader import SquareReader
from connectors.square.webhooks import SIGNATURE_HEADER, sign_webhook
from connectors.square.writer import SquareWriter
from tests.support.platforms.rig import HANG_SECONDS, PSEUDONYM_KEY, QUICK, WEBHOOK_KEY, Rig
from tests.support.platforms.shop import Shop, TurnedClock
from tests.support.square_world import serving

OPERATIONS: Mapping[str, str] = {
    f"read_{Entity.LOCATION.value}": "locations.list",
    f"read_{Entity.SUPPLIER.value}": "vendors.search",
    f"read_{Entity.CATALOG.value}": "catalog.search",
    f"read_{Entity.EMPLOYEE.value}": "team.search",
    f"read_{Entity.CUSTOMER.value}": "customers.search",
    f"read_{Entity.PROMOTION.value}": "catalog.search",
    f"read_{Entity.SALE.value}": "orders.search",
    f"read_{Entity.REGISTER_EVENT.value}": "drawers.list",
    f"read_{Entity.INVENTORY.value}": "inventory.counts",
    f"read_{Entity.INVENTORY_CHANGE.value}": "inventory.changes",
    f"read_{Entity.TIMECARD.value}": "timecards.search",
    f"read_{Entity.SCHEDULED_SHIFT.value}": "shifts.search",
    f"write_{ActionKind.PRICE_CHANGE.value}": "catalog.upsert",
    f"write_{ActionKind.STOCK_ADJUST.value}": "inventory.change",
    f"write_{ActionKind.STOCK_COUNT.value}": "inventory.change",
    f"write_{ActionKind.TRANSFER.value}": "transfers.create",
    f"write_{ActionKind.SHIFT_DRAFT.value}": "shifts.create",
    f"write_{ActionKind.SHIFT_PUBLISH.value}": "shifts.publish",
    f"write_{ActionKind.PROMOTION_CREATE.value}": "catalog.batch_upsert",
    f"write_{ActionKind.PROMOTION_END.value}": "catalog.upsert",
    f"write_{ActionKind.PRODUCT_FLAGS.value}": "catalog.upsert",
}


@contextmanager
def open_rig(folder: Path) -> Iterator[Rig]:
    clock, shop, faults = TurnedClock(), Shop(), new_faults()
    pos = StandInPos(folder / "square.sqlite", shop, clock, hang_seconds=HANG_SECONDS)
    with serving(pos_app(pos, faults)) as base_url:

        def reader(**overrides: Any) -> SquareReader:
            given = {"pseudonym_key": PSEUDONYM_KEY, "webhook_key": WEBHOOK_KEY, "now": clock.now, **overrides}
            given = {"token": READ_TOKEN, "connection": "square", "policy": QUICK, "live_policy": QUICK, **given}
            return SquareReader(base_url, **given)

        def writer(reader: Reader, **overrides: Any) -> SquareWriter:
            given = {"write_token": WRITE_TOKEN, "policy": QUICK, **overrides}
            return SquareWriter(base_url, reader=reader, **given)

        def signed(event: Event, url: str) -> tuple[Mapping[str, str], bytes]:
            body = json.dumps(event_of(event, clock.now())).encode()
            signature = sign_webhook(body, key=WEBHOOK_KEY, url=url)
            return {"content-type": "application/json", SIGNATURE_HEADER: signature}, body

        yield Rig(
            platform="square",
            pos=pos,
            shop=shop,
            clock=clock,
            faults=faults,
            base_url=base_url,
            reader=reader,
            writer=writer,
            operations=OPERATIONS,
            small_pages={"page_size": 2},
            bad_token={"token": Secret("revoked")},
            external={
                "store": {place.store_id: place.store_id for place in shop.locations()},
                "variant": {goods.variant_id: goods.variant_id for goods in shop.catalog()},
                "employee": {person.employee_id: person.employee_id for person in shop.employees()},
                "supplier": {supplier.supplier_id: supplier.supplier_id for supplier in shop.suppliers()},
            },
            signed=signed,
        )
    pos.close()
