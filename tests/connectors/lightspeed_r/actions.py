"""Actions of these tests, in the numbers that the small shop has on the platform."""

from __future__ import annotations

from typing import Any

from connectors.base import Action, ActionKind
from tests.support.platforms.rig import Rig

KEY = "6f1c3a54-3f0b-4a7e-9f5e-0c6a5f1f2d11"
ITEM = {"variant_external_id": "1", "store_external_id": "1", "sku": "OAT-1L", "name": "Oat milk"}
LINES = [
    {"variant_external_id": "1", "sku": "OAT-1L", "name": "Oat milk", "quantity": "12", "unit_cost": "2.10"},
    {"variant_external_id": "2", "sku": "RYE-500", "name": "Rye bread", "quantity": "6"},
]


def action(
    kind: ActionKind, target: dict[str, Any], change: dict[str, Any], before: dict[str, Any] | None = None
) -> Action:
    return Action(KEY, kind, target, change, before or {})


def purchase(**change: Any) -> Action:
    target = {"store_external_id": "1", "supplier_external_id": "1"}
    return action(ActionKind.PURCHASE_ORDER, target, {"lines": LINES, "currency": "USD", **change})


def transfer(**target: Any) -> Action:
    places = {"from_store_external_id": "1", "to_store_external_id": "2", **target}
    return action(ActionKind.TRANSFER, places, {"lines": LINES, "note": "For Saturday"})


def adjust(delta: str, reason: str = "damage") -> Action:
    return action(ActionKind.STOCK_ADJUST, ITEM, {"delta": delta, "reason": reason})


def promotion(**change: Any) -> Action:
    given = {"name": "Autumn", "kind": "percent", "value": "10", "currency": "USD", "starts_at": "2026-11-03T00:00:00Z"}
    return action(ActionKind.PROMOTION_CREATE, {}, {**given, **change})


def effects(rig: Rig) -> list[dict[str, Any]]:
    return list(rig.pos.effects()["effects"])


def fail(rig: Rig, operation: str, fault: str, times: int = 1) -> None:
    rig.faults.order({"operation": operation, "fault": fault, "times": times})
