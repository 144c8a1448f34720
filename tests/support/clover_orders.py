"""Hand-made orders of Clover's shape, and what the mapping makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.clover.documents import Owner
from connectors.clover.orders import sale_rows

OWNER = Owner("clover", "M1")
AT = 1_793_540_000_000
MINUTE, DAY = 60_000, 86_400_000
PARTS = ("net", "tax", "tip", "service", "shipping", "gift_card", "rounding")


def at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def wrapped(*items: Any) -> dict[str, Any]:
    return {"elements": list(items)}


def line(price: int, **more: Any) -> dict[str, Any]:
    number = more.pop("number", 1)
    for name in ("discounts", "modifications", "taxRates"):
        if name in more:
            more[name] = wrapped(*more[name])
    return {
        "id": f"L{number}",
        "item": {"id": "V100"},
        "name": "Oat milk",
        "price": price,
        "createdTime": AT + number,
        "exchanged": False,
        "refunded": False,
        "isRevenue": True,
        **more,
    }


def pay(amount: int, **more: Any) -> dict[str, Any]:
    return {
        "id": "P1",
        "amount": amount,
        "createdTime": AT + MINUTE,
        "clientCreatedTime": AT + MINUTE,
        "result": "SUCCESS",
        "tender": {"id": "T", "label": "Cash", "labelKey": "com.clover.tender.cash"},
        **more,
    }


def order(*lines: Mapping[str, Any], payments: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    for name in ("refunds", "credits", "voids", "discounts"):
        if name in more:
            more[name] = wrapped(*more[name])
    return {
        "id": "O1",
        "currency": "USD",
        "paymentState": "PAID",
        "state": "locked",
        "isVat": False,
        "testMode": False,
        "createdTime": AT,
        "clientCreatedTime": AT,
        "modifiedTime": AT + MINUTE,
        "lineItems": wrapped(*lines),
        "payments": wrapped(*([] if payments is None else payments)),
        **more,
    }


def back(amount: int, **more: Any) -> dict[str, Any]:
    if "lineItems" in more:
        more["lineItems"] = wrapped(*({"id": identity} for identity in more["lineItems"]))
    return {"id": "R1", "amount": amount, "createdTime": AT + 2 * DAY, "payment": {"id": "P1"}, **more}


def rows(source: Mapping[str, Any], **options: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}
    for row in sale_rows(source, OWNER, 7, **options):
        found[row.table].append(dict(row.values))
    return found


def only(source: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    (sale,) = rows(source, **options)["sale"]
    return sale


def parts(sale: Mapping[str, Any]) -> dict[str, int]:
    """What is not nothing."""
    return {name: sale[f"{name}_minor"] for name in ("gross", "discount", *PARTS, "total") if sale[f"{name}_minor"]}
