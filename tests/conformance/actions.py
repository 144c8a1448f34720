"""One action of every kind, as a proposal would make it: the value before is what a preview showed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from connectors.base import ACTION_SHAPES, Action, ActionKind, Outcome, Reader, Writer
from tests.conformance.trading import places
from tests.support.platforms.rig import Rig

OF_MANY_PARTS = frozenset(
    {ActionKind.TRANSFER, ActionKind.PURCHASE_ORDER, ActionKind.PROMOTION_CREATE, ActionKind.PROMOTION_END}
)
"""Kinds for which a platform may need more than one write."""

MOVING = frozenset({ActionKind.STOCK_ADJUST, ActionKind.TRANSFER})
"""Kinds that do not insist on a value before, and that some platforms keep no trace of."""


class Maker:
    """Makes actions for one rig; ``step`` makes each different from the one before."""

    def __init__(self, rig: Rig, reader: Reader, writer: Writer) -> None:
        self._rig = rig
        self._reader = reader
        self._writer = writer
        self._step = 0
        first = places(rig)[0]
        for variant in ("V100", "V200", "V400"):
            rig.pos.recount({"variant_id": variant, "store_id": first, "quantity": "400"})
        rig.clock.turn(minutes=1)

    def make(self, kind: ActionKind) -> Action:
        """An action that makes sense now, with the value before out of a preview."""
        self._step += 1
        target, change = getattr(self, f"_{kind.value}")()
        action = Action(str(uuid.uuid4()), kind, target, change, {})
        seen = self._reader.preview(action)
        assert seen.problem == "", seen.problem
        return replace(action, expected_before=_expected(kind, seen.before, change))

    def _external(self, what: str, shop_id: str) -> str:
        return self._rig.external[what][shop_id]

    def _item(self, shop_id: str, store: int = 0) -> dict[str, Any]:
        goods = next(item for item in self._rig.shop.catalog() if item.variant_id == shop_id)
        return {
            "variant_external_id": self._external("variant", shop_id),
            "store_external_id": self._external("store", places(self._rig)[store]),
            "sku": goods.sku,
            "name": goods.name,
        }

    def _line(self, shop_id: str, quantity: str, unit_cost: str) -> dict[str, Any]:
        item = self._item(shop_id)
        item.pop("store_external_id")
        return {**item, "quantity": quantity, "unit_cost": unit_cost}

    def _after(self, **by: float) -> str:
        return (self._rig.clock.now() + timedelta(**by)).isoformat()

    def _price_change(self) -> tuple[Any, Any]:
        return self._item("V100"), {"price": f"{4 + self._step}.25", "currency": "USD"}

    def _stock_adjust(self) -> tuple[Any, Any]:
        return self._item("V200"), {"delta": f"-{self._step}", "reason": "damage"}

    def _stock_count(self) -> tuple[Any, Any]:
        return self._item("V100"), {"quantity": str(50 + self._step)}

    def _transfer(self) -> tuple[Any, Any]:
        start, end = (self._external("store", place) for place in places(self._rig)[:2])
        lines = [self._line("V100", str(self._step), "2.10"), self._line("V200", "2", "1.15")]
        return {"from_store_external_id": start, "to_store_external_id": end}, {"lines": lines, "note": "For Saturday"}

    def _purchase_order_draft(self) -> tuple[Any, Any]:
        target = {
            "store_external_id": self._external("store", places(self._rig)[0]),
            "supplier_external_id": self._external("supplier", "SUP1"),
        }
        lines = [self._line("V100", str(10 + self._step), "2.10"), self._line("V200", "12", "1.15")]
        due = (self._rig.clock.now() + timedelta(days=7)).date().isoformat()
        return target, {"lines": lines, "currency": "USD", "due_on": due, "note": "Back door"}

    def _shift_draft(self) -> tuple[Any, Any]:
        target = {
            "store_external_id": self._external("store", places(self._rig)[0]),
            "employee_external_id": self._external("employee", "E0101"),
        }
        start = self._step * 24.0
        return target, {"starts_at": self._after(hours=start), "ends_at": self._after(hours=start + 8)}

    def _shift_publish(self) -> tuple[Any, Any]:
        return {"shift_external_id": self._written(ActionKind.SHIFT_DRAFT)}, {"status": "published"}

    def _promotion_create(self) -> tuple[Any, Any]:
        change = {
            "name": f"Autumn {self._step}",
            "kind": "percent",
            "value": "10",
            "currency": "USD",
            "starts_at": self._after(hours=1),
            "ends_at": self._after(days=7),
            "variant_external_ids": [self._external("variant", "V100")],
        }
        return {}, change

    def _promotion_end(self) -> tuple[Any, Any]:
        return {"promotion_external_id": self._written(ActionKind.PROMOTION_CREATE)}, {"active": "false"}

    def _product_flags(self) -> tuple[Any, Any]:
        target = self._item("V400")
        target.pop("store_external_id")
        return target, {"active": "false" if self._step % 2 else "true"}

    def _written(self, kind: ActionKind) -> str:
        result = self._writer.execute(self.make(kind))
        assert result.outcome is Outcome.APPLIED, result.message
        return result.reference


def moved(action: Action) -> Action:
    """The same action by somebody who saw another value before."""
    other = {"price": "1.11", "quantity": "777", "status": "deleted", "currency": "USD"}
    flipped = {"true": "false", "false": "true"}
    seen = {name: flipped.get(str(value), other.get(name, value)) for name, value in action.expected_before.items()}
    return replace(action, expected_before=seen)


def insists(kind: ActionKind) -> bool:
    """Whether the kind insists on the value the approver saw."""
    return bool(ACTION_SHAPES[kind].expected_before) and kind not in MOVING


def _expected(kind: ActionKind, before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    for name in ACTION_SHAPES[kind].expected_before:
        bare = name.rstrip("?")
        if kind is ActionKind.PRODUCT_FLAGS and bare not in change:
            continue
        if bare in before:
            wanted[bare] = before[bare]
        else:
            assert name.endswith("?"), f"a preview of {kind} does not show “{bare}” before"
    return wanted
