"""Sales of Lightspeed X as API 2026-07 gives them, built from the few figures that a test is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import Secret, parse_json, to_json
from connectors.lightspeed_x.mapping import canonical_rows
from connectors.lightspeed_x.privacy import without_personal_data
from connectors.lightspeed_x.surroundings import MARK

DISCOUNT = "0a6f6e36-discount"
AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def line(
    price: float | str, quantity: float | str = 1, discount: float | str = 0, tax: float | str = 0, **more: Any
) -> dict[str, Any]:
    """A line; ``price`` and ``tax`` are per unit, the price after the discount."""
    each, count = Decimal(str(price)), Decimal(str(quantity))
    made: dict[str, Any] = {
        "id": "line",
        "product": {"id": more.pop("product", "oat-milk")},
        "quantity": float(count),
        "pricing": {
            "price": float(each),
            "total": float(each * count),
            "discount": float(Decimal(str(discount))),
            "discount_total": float(Decimal(str(discount)) * count),
            "cost": more.pop("cost", 0),
        },
        "tax": {"amount": float(Decimal(str(tax))), "total": float(Decimal(str(tax)) * count)},
        "return": {"is_return": count < 0},
    }
    return made | more


def paid(amount: float | str, name: str = "Credit Card", **more: Any) -> dict[str, Any]:
    return {"id": f"pay-{name}-{amount}", "amount": float(Decimal(str(amount))), "type": {"name": name}} | more


def sale(lines: Sequence[dict[str, Any]], payments: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    net = sum(Decimal(str(item["pricing"]["total"])) for item in lines)
    tax = sum(Decimal(str(item["tax"]["total"])) for item in lines)
    made: dict[str, Any] = {
        "id": "sale-1",
        "state": "closed",
        "date": "2026-11-02T15:00:00+00:00",
        "created_at": "2026-11-02T14:58:00+00:00",
        "updated_at": "2026-11-02T15:00:00+00:00",
        "customer_id": None,
        "source": {"outlet_id": "main", "register_id": "till", "author": {"id": "ada"}, "type": "USER"},
        "return": {"is_return": False, "original_sale_id": None, "return_sale_ids": []},
        "line_items": list(lines),
        "payments": list(payments),
        "adjustments": [],
        "totals": {"price": float(net), "tax": float(tax), "price_incl_tax": float(net + tax), "surcharge": 0},
        "_metadata": {"version": 7},
    }
    return made | more


def rows_of(source: dict[str, Any], *, currency: str = "USD", key: Secret | None = None) -> dict[str, list[Any]]:
    """The rows by table, through the same door as in a sync: JSON with floats, read back with exact decimals."""
    landed = parse_json(json.dumps(source).encode())
    kept = without_personal_data(Entity.SALE, landed, key)
    kept[MARK] = {"currency": currency, "discount_product_id": DISCOUNT}
    record = RawRecord(Entity.SALE, str(source["id"]), 7, AT, to_json(kept))
    found: dict[str, list[Any]] = {}
    for row in canonical_rows(record, connection="north"):
        found.setdefault(row.table, []).append(dict(row.values))
    return found


def document(source: dict[str, Any], **options: Any) -> dict[str, Any]:
    (found,) = rows_of(source, **options)["sale"]
    return dict(found)
