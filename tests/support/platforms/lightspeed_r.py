"""Lightspeed R under test: its stand-in filled from the small shop, and the production connector that talks to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connectors.base import ActionKind, Entity, Reader
from connectors.http import Secret
from connectors.lightspeed_r.reader import LightspeedRReader
from connectors.lightspeed_r.writer import LightspeedRWriter
from connectors.sandbox.lightspeed_r.app import ROOT, new_faults, pos_app
from connectors.sandbox.lightspeed_r.pos import READ_TOKEN, WRITE_TOKEN, StandInPos
from tests.support.platforms.rig import HANG_SECONDS, PSEUDONYM_KEY, QUICK, Rig
from tests.support.platforms.shop import Shop, TurnedClock
from tests.support.square_world import serving

OPERATIONS: Mapping[str, str] = {
    f"read_{Entity.LOCATION.value}": "Shop.list",
    f"read_{Entity.SUPPLIER.value}": "Vendor.list",
    f"read_{Entity.CATALOG.value}": "Item.list",
    f"read_{Entity.EMPLOYEE.value}": "Employee.list",
    f"read_{Entity.CUSTOMER.value}": "Customer.list",
    f"read_{Entity.PROMOTION.value}": "Discount.list",
    f"read_{Entity.SALE.value}": "Sale.list",
    f"read_{Entity.REGISTER_EVENT.value}": "RegisterWithdraw.list",
    f"read_{Entity.INVENTORY.value}": "ItemShop.list",
    f"read_{Entity.INVENTORY_CHANGE.value}": "InventoryLog.list",
    f"read_{Entity.TIMECARD.value}": "EmployeeHours.list",
    f"read_{Entity.PURCHASE_ORDER.value}": "Order.list",
    f"write_{ActionKind.PRICE_CHANGE.value}": "Item.update",
    f"write_{ActionKind.STOCK_ADJUST.value}": "InventoryCountReconcile.create",
    f"write_{ActionKind.STOCK_COUNT.value}": "InventoryCountReconcile.create",
    f"write_{ActionKind.TRANSFER.value}": "Transfer.create",
    f"write_{ActionKind.PURCHASE_ORDER.value}": "Order.create",
    f"write_{ActionKind.PROMOTION_CREATE.value}": "Discount.create",
    f"write_{ActionKind.PROMOTION_END.value}": "Discount.archive",
    f"write_{ActionKind.PRODUCT_FLAGS.value}": "Item.update",
}


@contextmanager
def open_rig(folder: Path, **options: Any) -> Iterator[Rig]:
    """``options`` go to the stand-in, such as a ``limiter``."""
    clock, shop, faults = TurnedClock(), Shop(), new_faults()
    pos = StandInPos(folder / "lightspeed_r.sqlite", shop, clock, hang_seconds=HANG_SECONDS, **options)
    with serving(pos_app(pos, faults)) as url:
        base_url = f"{url}{ROOT}"

        def reader(**overrides: Any) -> LightspeedRReader:
            # The shop of the suite archives what is in stock, as an operator may allow.
            given = {"pseudonym_key": PSEUDONYM_KEY, "archive_with_stock": True, **overrides}
            given = {"token": READ_TOKEN, "connection": "lightspeed_r", "policy": QUICK, "live_policy": QUICK, **given}
            return LightspeedRReader(base_url, **given)

        def writer(reader: Reader, **overrides: Any) -> LightspeedRWriter:
            given = {"write_token": WRITE_TOKEN, "policy": QUICK, **overrides}
            return LightspeedRWriter(base_url, reader=reader, **given)

        yield Rig(
            platform="lightspeed_r",
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
                "store": _numbers(pos, "Shop", [place.store_id for place in shop.locations()]),
                "variant": _numbers(pos, "Item", [goods.variant_id for goods in shop.catalog()]),
                "employee": _numbers(pos, "Employee", [person.employee_id for person in shop.employees()]),
                "supplier": _numbers(pos, "Vendor", [supplier.supplier_id for supplier in shop.suppliers()]),
            },
        )
    pos.close()


def _numbers(pos: StandInPos, resource: str, names: list[str]) -> dict[str, str]:
    return {name: number for name in names if (number := pos.documents.number(resource, name)) is not None}
