"""Orders in Clover's shape: one row to a unit, discounts as negative amounts, tips beside the amount that was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from connectors.money import rounded
from connectors.sandbox.clover.store import new_id

CARD = {"id": "TENDERCARD001", "label": "Credit Card", "labelKey": "com.clover.tender.credit_card"}


@dataclass(frozen=True, slots=True)
class Rung:
    """A line as a cashier thinks of it; ``rows`` become one of Clover's to each piece."""

    variant_id: str | None
    name: str
    quantity: Decimal
    gross: int
    discount: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """What is rung up, and how it is paid."""

    order_id: str
    at: int
    currency: str
    lines: Sequence[Rung]
    order_discount: int = 0
    tip: int = 0
    employee: str = ""
    register: str = ""
    customer: str = ""
    tender: Mapping[str, Any] = field(default_factory=lambda: CARD)


def order_of(sale: Sale, merchant: str) -> dict[str, Any]:
    """A paid order. ``_lines`` are the ids of each line's rows, for returns."""
    rows: list[dict[str, Any]] = []
    groups: list[list[str]] = []
    for line in sale.lines:
        made = _rows(line, sale.at)
        rows += made
        groups.append([row["id"] for row in made])
    total = sum(line.gross - line.discount for line in sale.lines) - sale.order_discount
    payment = {
        "id": new_id(),
        "order": {"id": sale.order_id},
        "tender": dict(sale.tender),
        "amount": total,
        "tipAmount": sale.tip,
        "taxAmount": 0,
        "cashbackAmount": 0,
        "createdTime": sale.at,
        "clientCreatedTime": sale.at,
        "modifiedTime": sale.at,
        "offline": False,
        "result": "SUCCESS",
    }
    order: dict[str, Any] = {
        "href": f"https://apisandbox.dev.clover.com/v3/merchants/{merchant}/orders/{sale.order_id}",
        "id": sale.order_id,
        "currency": sale.currency,
        "total": total,
        "paymentState": "PAID",
        "taxRemoved": False,
        "isVat": False,
        "state": "locked",
        "manualTransaction": False,
        "groupLineItems": True,
        "testMode": False,
        "payType": "FULL",
        "createdTime": sale.at,
        "clientCreatedTime": sale.at,
        "modifiedTime": sale.at,
        "lineItems": rows,
        "discounts": _order_discounts(sale),
        "payments": [payment],
        "refunds": [],
        "credits": [],
        "voids": [],
        "customers": [{"id": sale.customer}] if sale.customer else [],
        "_lines": groups,
    }
    if sale.employee:
        order["employee"] = payment["employee"] = {"id": sale.employee}
    if sale.register:
        order["device"] = payment["device"] = {"id": sale.register}
    return order


def gross_of(price: int, quantity: Decimal) -> int:
    """What a quantity costs, halves up."""
    return rounded(price * quantity)


def value_of(row: Mapping[str, Any]) -> int:
    """What a row comes to after its own discounts."""
    quantity = Decimal(row["unitQty"]) / 1000 if "unitQty" in row else Decimal(1)
    return gross_of(row["price"], quantity) + sum(int(discount["amount"]) for discount in row["discounts"])


def _rows(line: Rung, at: int) -> list[dict[str, Any]]:
    thousandths = line.quantity * 1000
    pieces = int(line.quantity)
    if line.unit or line.quantity != pieces or pieces > 1000:
        price = rounded(line.gross / line.quantity) if line.quantity else line.gross
        units = rounded(thousandths)
        row = _row(line, price, line.discount, at)
        if gross_of(price, Decimal(units) / 1000) == line.gross:
            return [{**row, "unitQty": units, "unitName": line.unit or "unit"}]
        # A price a unit that gives this amount does not exist; it is rung up as an amount.
        return [_row(line, line.gross, line.discount, at)]
    prices, discounts = _split(line.gross, pieces), _split(line.discount, pieces)
    return [_row(line, price, discount, at) for price, discount in zip(prices, discounts, strict=True)]


def _row(line: Rung, price: int, discount: int, at: int) -> dict[str, Any]:
    identity = new_id()
    row: dict[str, Any] = {
        "id": identity,
        "name": line.name,
        "price": price,
        "printed": False,
        "createdTime": at,
        "orderClientCreatedTime": at,
        "exchanged": False,
        "refunded": False,
        "isRevenue": True,
        "discounts": [{"id": new_id(), "name": "Discount", "amount": -discount}] if discount else [],
        "modifications": [],
        "taxRates": [],
    }
    if line.variant_id:
        row["item"] = {"id": line.variant_id}
    return row


def _order_discounts(sale: Sale) -> list[dict[str, Any]]:
    if not sale.order_discount:
        return []
    return [{"id": new_id(), "name": "Order discount", "amount": -sale.order_discount}]


def _split(amount: int, parts: int) -> list[int]:
    whole, rest = divmod(amount, parts)
    return [whole + (1 if index < rest else 0) for index in range(parts)]
