"""Lightspeed X under the conformance suite: its stand-in behind real HTTP, and the production connector."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from connectors.base import ActionKind, Entity, Reader, Writer
from connectors.http import Secret
from connectors.lightspeed_x.reader import LightspeedXReader
from connectors.lightspeed_x.writer import LightspeedXWriter
from connectors.sandbox.lightspeed_x.app import new_faults, x_app
from connectors.sandbox.lightspeed_x.pos import READ_TOKEN, WRITE_TOKEN, StandInX
from connectors.sandbox.lightspeed_x.store import ident
from connectors.sandbox.lightspeed_x.webhook import Event, delivery
from connectors.sandbox.lightspeed_x.world import Taxes
from connectors.sandbox.standin.control import control_routes
from tests.support.platforms.rig import HANG_SECONDS, PSEUDONYM_KEY, QUICK, WEBHOOK_KEY, Rig
from tests.support.platforms.shop import Shop, TurnedClock
from tests.support.square_world import serving

VERSION_PATH = "/api/2026-07"

OPERATIONS: Mapping[str, str] = {
    f"read_{Entity.LOCATION}": "outlets.list",
    f"read_{Entity.SUPPLIER}": "suppliers.list",
    f"read_{Entity.CATALOG}": "products.list",
    f"read_{Entity.EMPLOYEE}": "users.list",
    f"read_{Entity.CUSTOMER}": "customers.list",
    f"read_{Entity.PROMOTION}": "promotions.list",
    f"read_{Entity.SALE}": "sales.list",
    f"read_{Entity.REGISTER_EVENT}": "registers.list",
    f"read_{Entity.INVENTORY}": "inventory.list",
    f"read_{Entity.INVENTORY_CHANGE}": "stock_adjustments.list",
    f"read_{Entity.TIMECARD}": "shifts.list",
    f"read_{Entity.PURCHASE_ORDER}": "consignments.list",
    f"write_{ActionKind.PRICE_CHANGE}": "price_books.write",
    f"write_{ActionKind.STOCK_ADJUST}": "stock_adjustments.create",
    f"write_{ActionKind.STOCK_COUNT}": "products.update",
    f"write_{ActionKind.TRANSFER}": "consignments.create",
    f"write_{ActionKind.PURCHASE_ORDER}": "consignments.create",
    f"write_{ActionKind.PROMOTION_CREATE}": "promotions.create",
    f"write_{ActionKind.PROMOTION_END}": "promotions.update",
    f"write_{ActionKind.PRODUCT_FLAGS}": "products.update",
}


@contextlib.contextmanager
def open_rig(folder: Path, *, shop: Shop | None = None, taxes: Taxes | None = None) -> Iterator[Rig]:
    clock, feed, faults = TurnedClock(), shop or Shop(), new_faults()
    pos = StandInX(folder / "lightspeed_x.sqlite", feed, clock, hang_seconds=HANG_SECONDS, taxes=taxes)
    app = Starlette(routes=[*control_routes(pos, faults), Mount(VERSION_PATH, x_app(pos, faults))])
    made: list[Reader | Writer] = []

    def reader(**overrides: Any) -> Reader:
        options: dict[str, Any] = {
            "connection": "lightspeed_x",
            "pseudonym_key": PSEUDONYM_KEY,
            "webhook_key": WEBHOOK_KEY,
            "policy": QUICK,
            "live_policy": QUICK,
            "sleep": lambda _: None,
            "now": clock.now,
            **overrides,
        }
        base_url, token = options.pop("base_url", base), options.pop("token", READ_TOKEN)
        opened = LightspeedXReader(base_url, token, **options)
        made.append(opened)
        return opened

    def writer(reader: Reader, **overrides: Any) -> Writer:
        options: dict[str, Any] = {"policy": QUICK, "sleep": lambda _: None, **overrides}
        assert isinstance(reader, LightspeedXReader)
        opened = LightspeedXWriter(base, options.pop("token", WRITE_TOKEN), reader, **options)
        made.append(opened)
        return opened

    def signed(event: Any, url: str) -> tuple[Mapping[str, str], bytes]:
        assert isinstance(event, Event)
        return delivery(event, WEBHOOK_KEY)

    with serving(app) as address:
        base = f"{address}{VERSION_PATH}"
        try:
            yield Rig(
                platform="lightspeed_x",
                pos=pos,
                shop=feed,
                clock=clock,
                faults=faults,
                base_url=base,
                reader=reader,
                writer=writer,
                operations=OPERATIONS,
                small_pages={"page": 2},
                bad_token={"token": Secret("revoked")},
                external={
                    "store": {item.store_id: ident("outlet", item.store_id) for item in feed.locations()},
                    "variant": {item.variant_id: ident("product", item.variant_id) for item in feed.catalog()},
                    "employee": {item.employee_id: ident("user", item.employee_id) for item in feed.employees()},
                    "supplier": {item.supplier_id: ident("supplier", item.supplier_id) for item in feed.suppliers()},
                },
                signed=signed,
            )
        finally:
            for opened in made:
                opened.close()
            pos.close()
