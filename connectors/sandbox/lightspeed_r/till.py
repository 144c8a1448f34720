"""Sales as the till makes them: lines, payments and the fields that the platform calculates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from connectors.lightspeed_r.wire import plain, stamp
from connectors.sandbox.lightspeed_r.documents import Documents
from connectors.sandbox.lightspeed_r.stock import Stock

CASH = "1"
_FRACTION = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class TillLine:
    """A line before it is rung up. ``subtotal`` and ``discount`` are major units and carry the quantity's sign."""

    item_id: str
    quantity: Decimal
    subtotal: Decimal
    discount: Decimal = Decimal(0)
    parent_line_id: str = "0"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Where and by whom; ``discount`` is given on the whole sale."""

    shop_id: str
    register_id: str
    employee_id: str
    customer_id: str = "0"
    discount: Decimal = Decimal(0)
    tip: Decimal = Decimal(0)


class Till:
    """Rings up sales in ``Documents``."""

    def __init__(self, documents: Documents, stock: Stock) -> None:
        self._documents = documents
        self._stock = stock

    def ring_up(self, ticket: Ticket, lines: Sequence[TillLine], at: datetime) -> dict[str, Any]:
        """A completed and paid sale; goods leave the shelf, or come back to it."""
        shares = _shares(ticket.discount, [line.subtotal - line.discount for line in lines])
        subtotal = sum((line.subtotal for line in lines), Decimal(0))
        discount = sum((line.discount for line in lines), Decimal(0)) + ticket.discount
        total = subtotal - discount
        sale = self._documents.add("Sale", _sale(ticket, subtotal, discount, total, at))
        for line, share in zip(lines, shares, strict=True):
            self._documents.add("SaleLine", _line(sale, ticket, line, share, at), parent=sale["saleID"])
            if line.item_id != "0":
                reason = "RefundAddInventory" if line.quantity < 0 else "RemoveForTransaction"
                causes = {"saleID": sale["saleID"], "employeeID": ticket.employee_id}
                self._stock.move(line.item_id, ticket.shop_id, -line.quantity, at, reason, causes)
        self._documents.add("SalePayment", _payment(sale, ticket, total, at), parent=sale["saleID"])
        return sale

    def void(self, sale: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """Cancel a sale. Its ``timeStamp`` stays where it is, as the platform's does; ``updatetime`` moves."""
        voided = {**sale, "voided": "true", "updatetime": stamp(at)}
        self._documents.put("Sale", voided)
        body = {
            "createTime": stamp(at),
            "reason": "Rung up by mistake",
            "saleID": sale["saleID"],
            "employeeID": sale["employeeID"],
            "shopID": sale["shopID"],
        }
        self._documents.add("SaleVoid", body, parent=sale["saleID"])
        for line in self._documents.children("SaleLine", sale["saleID"]):
            if line["itemID"] != "0":
                causes = {"saleID": sale["saleID"]}
                self._stock.move(
                    line["itemID"],
                    sale["shopID"],
                    Decimal(line["unitQuantity"]),
                    at,
                    "PutBackForTransaction",
                    causes,
                )
        return voided


def _shares(whole: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """What of a discount lies on each line: with more decimals than any currency has, as the platform calculates."""
    total = sum(weights, Decimal(0))
    if not whole or not total:
        return [Decimal(0) for _ in weights]
    return [(whole * weight / total).quantize(_FRACTION, ROUND_HALF_UP) for weight in weights]


def _sale(ticket: Ticket, subtotal: Decimal, discount: Decimal, total: Decimal, at: datetime) -> dict[str, Any]:
    return {
        "timeStamp": stamp(at),
        "discountPercent": "0",
        "completed": "true",
        "archived": "false",
        "voided": "false",
        "enablePromotions": "true",
        "isTaxInclusive": "false",
        "createTime": stamp(at),
        "updatetime": stamp(at),
        "completeTime": stamp(at),
        "referenceNumber": "",
        "referenceNumberSource": "",
        "tax1Rate": "0",
        "tax2Rate": "0",
        "change": "0",
        "tipEnabled": "true",
        "receiptPreference": "printed",
        "displayableSubtotal": plain(subtotal - discount),
        "calcDiscount": plain(discount),
        "calcTotal": plain(total),
        "calcSubtotal": plain(subtotal),
        "calcTaxable": "0",
        "calcNonTaxable": plain(subtotal),
        "calcAvgCost": "0",
        "calcFIFOCost": "0",
        "calcTax1": "0",
        "calcTax2": "0",
        "calcPayments": plain(total + ticket.tip),
        "calcTips": plain(ticket.tip),
        "total": plain(total),
        "totalDue": plain(total),
        "displayableTotal": plain(total),
        "balance": "0",
        "customerID": ticket.customer_id,
        "discountID": "0",
        "employeeID": ticket.employee_id,
        "tipEmployeeID": ticket.employee_id,
        "quoteID": "0",
        "registerID": ticket.register_id,
        "shipToID": "0",
        "shopID": ticket.shop_id,
        "taxCategoryID": "1",
        "taxTotal": "0",
    }


def _line(sale: Mapping[str, Any], ticket: Ticket, line: TillLine, share: Decimal, at: datetime) -> dict[str, Any]:
    each = line.subtotal / line.quantity
    net = line.subtotal - line.discount - share
    return {
        "createTime": stamp(at),
        "timeStamp": stamp(at),
        "unitQuantity": plain(line.quantity),
        "unitPrice": plain(each.quantize(Decimal("0.0001"), ROUND_HALF_UP)),
        "normalUnitPrice": "0",
        "discountAmount": plain(abs(line.discount)),
        "discountPercent": "0",
        "avgCost": "0",
        "fifoCost": "0",
        "tax": "true",
        "tax1Rate": "0",
        "tax2Rate": "0",
        "isLayaway": "false",
        "isWorkorder": "false",
        "isSpecialOrder": "false",
        "displayableSubtotal": plain(line.subtotal - line.discount),
        "displayableUnitPrice": plain(each.quantize(Decimal("0.0001"), ROUND_HALF_UP)),
        "lineType": "",
        "calcLineDiscount": plain(line.discount),
        "calcTransactionDiscount": plain(share),
        "calcTotal": plain(net),
        "calcSubtotal": plain(line.subtotal),
        "calcTax1": "0",
        "calcTax2": "0",
        "taxClassID": "1",
        "customerID": "0",
        "discountID": "0",
        "employeeID": ticket.employee_id,
        "itemID": line.item_id,
        "noteID": "0",
        "parentSaleLineID": line.parent_line_id,
        "shopID": ticket.shop_id,
        "taxCategoryID": "1",
        "saleID": sale["saleID"],
        "itemFeeID": "0",
    }


def _payment(sale: Mapping[str, Any], ticket: Ticket, total: Decimal, at: datetime) -> dict[str, Any]:
    return {
        "amount": plain(total + ticket.tip),
        "createTime": stamp(at),
        "archived": "false",
        "remoteReference": "",
        "tipAmount": plain(ticket.tip),
        "paymentID": "",
        "saleID": sale["saleID"],
        "paymentTypeID": CASH,
        "ccChargeID": "0",
        "refPaymentID": "0",
        "registerID": ticket.register_id,
        "employeeID": ticket.employee_id,
        "creditAccountID": "0",
    }
