"""Hand-made sales of the R-Series' shape, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from connectors.lightspeed_r.sales import sale_rows
from connectors.lightspeed_r.wire import plain

AT = "2026-11-01T15:30:00+00:00"


def line(subtotal: str = "10", **more: Any) -> dict[str, Any]:
    """A line of the platform; what is not said is calculated as it would."""
    quantity = Decimal(more.get("unitQuantity", "1"))
    discount = Decimal(more.get("calcLineDiscount", "0")) + Decimal(more.get("calcTransactionDiscount", "0"))
    tax = Decimal(more.get("calcTax1", "0")) + Decimal(more.get("calcTax2", "0"))
    return {
        "saleLineID": "11",
        "unitQuantity": "1",
        "unitPrice": plain(Decimal(subtotal) / quantity),
        "normalUnitPrice": "999",
        "discountAmount": "999",
        "avgCost": "4",
        "fifoCost": "3",
        "calcLineDiscount": "0",
        "calcTransactionDiscount": "0",
        "calcSubtotal": subtotal,
        "calcTotal": plain(Decimal(subtotal) - discount + tax),
        "calcTax1": "0",
        "calcTax2": "0",
        "discountID": "0",
        "employeeID": "2",
        "itemID": "7",
        "parentSaleLineID": "0",
        **more,
    }


def payment(amount: str, kind: str = "cash", **more: Any) -> dict[str, Any]:
    return {
        "salePaymentID": "31",
        "amount": amount,
        "tipAmount": "0",
        "createTime": AT,
        "archived": "false",
        "paymentTypeID": "1",
        "PaymentType": {"paymentTypeID": "1", "name": "Any", "type": kind},
        **more,
    }


def sale(lines: Sequence[dict[str, Any]] = (), payments: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    """A completed sale. One line or payment comes as an object, none as an empty text."""
    total = sum((Decimal(item["calcTotal"]) for item in lines), Decimal(0))
    currency = more.pop("currency", "USD")
    return {
        "saleID": "5",
        "completed": "true",
        "voided": "false",
        "archived": "false",
        "createTime": "2026-11-01T15:20:00+00:00",
        "completeTime": AT,
        "timeStamp": AT,
        "updatetime": "2026-11-03T09:00:00+00:00",
        "total": plain(total),
        "calcTotal": plain(total),
        "change": "0",
        "shopID": "1",
        "registerID": "3",
        "employeeID": "2",
        "discountID": "0",
        "referenceNumberSource": "",
        "SaleLines": wrapped("SaleLine", lines),
        "SalePayments": wrapped("SalePayment", payments),
        "_reader": {"currency": currency},
        **more,
    }


def wrapped(name: str, items: Sequence[dict[str, Any]]) -> Any:
    if not items:
        return ""
    return {name: items[0] if len(items) == 1 else list(items)}


def rows(source: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}
    for row in sale_rows(source, connection="shop", version=4):
        found[row.table].append(dict(row.values))
    return found


def amounts(source: Mapping[str, Any]) -> tuple[int, ...]:
    """Gross, discount, net, tax, total of the document."""
    (document,) = rows(source)["sale"]
    return tuple(document[f"{name}_minor"] for name in ("gross", "discount", "net", "tax", "total"))
