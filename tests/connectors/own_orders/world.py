"""A shop without purchase orders of its own, in a real mirror file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.base import Action, ActionKind
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch
from connectors.own_orders.writer import OwnOrderWriter
from connectors.records import Row
from tests.support.mirror_rows import store

AT = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
"""Half past three in London's morning; still the evening of the 24th in New York."""

KEY = "7a5b6c9e-59b8-4e0e-9a43-0c8f1f1b2d3e"


def rows() -> list[Row]:
    return [
        store("S1", connection="square", external_id="L1", country="US"),
        store("S2", name="Old Pier", connection="square", external_id="L2", active=False),
        store("S9", name="Elsewhere", connection="clover", external_id="L9"),
        store("F1", name="Käthe’s Corner", timezone="Europe/Berlin", currency="EUR", country="DE"),
        Row("supplier", {"supplier_id": "square:V1", "name": "Müller & Söhne <Mills>", "currency": "USD"}),
        Row("supplier", {"supplier_id": "DAIRY", "name": "Dairy"}),
        Row("product", {"product_id": "P1", "name": "Bread"}),
        Row("product", {"product_id": "P2", "name": "Oat milk"}),
        Row(
            "variant",
            {
                "variant_id": "V1",
                "product_id": "P1",
                "sku": "BRD-1",
                "barcode": "0012345678905",
                "name": "large",
                "connection": "square",
                "external_id": "X1",
            },
        ),
        Row("variant", {"variant_id": "V2", "product_id": "P2", "sku": "OAT", "unit_of_measure": "litre"}),
        Row("variant", {"variant_id": "V3", "product_id": "P2", "active": False}),
        Row("variant", {"variant_id": "V8", "product_id": "P8"}),
        Row("variant", {"variant_id": "V9", "product_id": "P1", "connection": "clover", "external_id": "X9"}),
        Row("supplier_item", {"supplier_id": "square:V1", "variant_id": "V1", "supplier_sku": "MS/77"}),
    ]


def fill(mirror: Mirror, *more: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch([*rows(), *more])).result(timeout=10)


def line(variant: str = "X1", quantity: Any = "24", **more: Any) -> dict[str, Any]:
    return {"variant_external_id": variant, "sku": "", "name": "", "quantity": quantity, "unit_cost": "1.5"} | more


def order(
    *lines: Mapping[str, Any], key: str = KEY, store_id: str = "L1", supplier: str = "V1", **change: Any
) -> Action:
    return Action(
        key,
        ActionKind.PURCHASE_ORDER,
        {"store_external_id": store_id, "supplier_external_id": supplier},
        {"lines": list(lines or (line(),)), "currency": "USD"} | change,
        {},
    )


def own(mirror: Mirror, folder: Path, connection: str = "square", **more: Any) -> OwnOrderWriter:
    return OwnOrderWriter(mirror, folder, connection, lambda: AT, **more)


def stored(mirror: Mirror) -> list[tuple[Any, ...]]:
    return list(mirror.reader.query("SELECT po_id, store_id, supplier_id, status FROM purchase_order").rows)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
