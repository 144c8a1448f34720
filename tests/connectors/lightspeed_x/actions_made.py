"""Actions and shortcuts of the tests that write to the Lightspeed X stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx

from connectors.base import Action, ActionKind
from connectors.sandbox.lightspeed_x.pos import WRITE_TOKEN, StandInX
from connectors.sandbox.lightspeed_x.store import ident
from tests.support.platforms.rig import Rig

OAT, RYE, MUG = (ident("product", name) for name in ("V100", "V200", "V400"))
MAIN, SECOND = ident("outlet", "S01"), ident("outlet", "S02")
SUPPLIER = ident("supplier", "SUP1")


def action(kind: ActionKind, target: Mapping[str, Any], change: Mapping[str, Any], **before: Any) -> Action:
    return Action(str(uuid4()), kind, target, change, before)


def item(product_id: str = OAT, outlet_id: str = MAIN) -> dict[str, str]:
    return {"variant_external_id": product_id, "store_external_id": outlet_id, "sku": "S", "name": "N"}


def priced(price: str, outlet_id: str = MAIN, before: str = "4.50") -> Action:
    return action(
        ActionKind.PRICE_CHANGE,
        item(OAT, outlet_id),
        {"price": price, "currency": "USD"},
        price=before,
        currency="USD",
    )


def adjusted(delta: str, reason: str = "damage") -> Action:
    return action(ActionKind.STOCK_ADJUST, item(), {"delta": delta, "reason": reason})


def line(product_id: str, quantity: str, cost: str = "2.10") -> dict[str, str]:
    return {"variant_external_id": product_id, "sku": "S", "name": "N", "quantity": quantity, "unit_cost": cost}


def ordered(*lines: dict[str, str], supplier: str = SUPPLIER) -> Action:
    return action(
        ActionKind.PURCHASE_ORDER,
        {"store_external_id": MAIN, "supplier_external_id": supplier},
        {"lines": list(lines), "currency": "USD", "due_on": "2026-11-09", "note": "Back door"},
    )


def made(rig: Rig) -> list[str]:
    return [effect["operation"] for effect in rig.pos.effects()["effects"]]


def post(rig: Rig, method: str, path: str, sent: Any) -> Any:
    headers = {"Authorization": f"Bearer {WRITE_TOKEN.get_secret_value()}", "User-Agent": "somebody else"}
    reply = httpx.request(method, f"{rig.base_url}{path}", json=sent, headers=headers, timeout=5.0)
    assert reply.is_success, reply.text
    return reply.json() if reply.content else None


def label(pos: StandInX, outlet_id: str, product_id: str = OAT) -> Decimal | None:
    product = pos.store.get("product", product_id)
    assert product is not None
    return pos.goods.label_price(product, outlet_id)


def level(pos: StandInX, product_id: str = OAT, outlet_id: str = MAIN) -> Decimal | None:
    return pos.goods.level(product_id, outlet_id)


def consignments(pos: StandInX) -> list[dict[str, Any]]:
    return pos.store.of("consignment")


def counts(pos: StandInX, consignment_id: str) -> dict[str, Decimal]:
    lines = pos.store.of("consignment_product", consignment_id)
    return {str(one["product_id"]): Decimal(one["count"]) for one in lines}
