"""Orders as the Admin API answers them, written by hand from its schema; amounts are decimal strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from connectors.base import Entity, RawRecord
from connectors.http import Secret, to_json
from connectors.shopify.identifiers import instant
from connectors.shopify.lines import version_of
from connectors.shopify.mapping import canonical_rows

KEY = Secret("k")
SOLD = "2026-11-02T15:00:00Z"
LATER = "2026-11-05T10:30:00Z"


def bag(amount: str, currency: str = "USD", presented: str = "999.99") -> dict[str, Any]:
    """The buyer's own currency is never what is counted, so it holds nonsense."""
    return {
        "shopMoney": {"amount": amount, "currencyCode": currency},
        "presentmentMoney": {"amount": presented, "currencyCode": "XAU"},
    }


def allocation(amount: str, kind: str = "AutomaticDiscountApplication", **named: str) -> dict[str, Any]:
    application = {"__typename": kind, "index": 0, **named}
    return {"allocatedAmountSet": bag(amount), "discountApplication": application}


def tax(amount: str, title: str = "VAT") -> dict[str, Any]:
    return {"title": title, "rate": 0.1, "priceSet": bag(amount)}


def line(number: int, quantity: int, unit: str, **more: Any) -> dict[str, Any]:
    total = format(Decimal(unit) * quantity, "f")
    return {
        "id": f"gid://shopify/LineItem/{number}",
        "name": f"Thing {number}",
        "title": f"Thing {number}",
        "sku": f"T{number}",
        "quantity": quantity,
        "currentQuantity": quantity,
        "isGiftCard": False,
        "taxable": True,
        "variant": {"id": f"gid://shopify/ProductVariant/{number * 100}"},
        "originalUnitPriceSet": bag(unit),
        "originalTotalSet": bag(total),
        "discountAllocations": [],
        "taxLines": [],
        **more,
    }


def payment(number: int, amount: str, kind: str = "SALE", **more: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/OrderTransaction/{number}",
        "kind": kind,
        "status": "SUCCESS",
        "gateway": "shopify_payments",
        "processedAt": SOLD,
        "amountSet": bag(amount),
        "amountRoundingSet": None,
        "location": {"id": "gid://shopify/Location/7"},
        "device": {"id": "gid://shopify/PointOfSaleDevice/3"},
        "paymentDetails": {"__typename": "CardPaymentDetails", "wallet": None},
        **more,
    }


def order(lines: list[dict[str, Any]], payments: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": "gid://shopify/Order/450789469",
        "name": "#1001",
        "test": False,
        "createdAt": SOLD,
        "processedAt": SOLD,
        "updatedAt": SOLD,
        "cancelledAt": None,
        "sourceName": "pos",
        "taxesIncluded": False,
        "currencyCode": "USD",
        "returnStatus": "NO_RETURN",
        "retailLocation": {"id": "gid://shopify/Location/7"},
        "customer": {"id": "gid://shopify/Customer/5"},
        "staffMember": {"id": "gid://shopify/StaffMember/9"},
        "totalPriceSet": bag("0.0"),
        "totalTipReceivedSet": bag("0.0"),
        "originalTotalDutiesSet": None,
        "originalTotalAdditionalFeesSet": None,
        "transactions": payments,
        "refunds": [],
        "lineItems": {"nodes": lines},
        "shippingLines": {"nodes": []},
        **more,
    }


def refund(number: int, lines: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/Refund/{number}",
        "createdAt": LATER,
        "processedAt": LATER,
        "staffMember": {"id": "gid://shopify/StaffMember/9"},
        "return": None,
        "totalRefundedSet": bag("0.0"),
        "duties": [],
        "refundLineItems": {"nodes": lines or []},
        "refundShippingLines": {"nodes": []},
        "orderAdjustments": {"nodes": []},
        "transactions": {"nodes": []},
        **more,
    }


def refund_line(of: dict[str, Any], quantity: int, subtotal: str, taxed: str = "0.0", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{of['id'].replace('LineItem', 'RefundLineItem')}0",
        "quantity": quantity,
        "restockType": "RETURN",
        "restocked": True,
        "location": {"id": "gid://shopify/Location/7"},
        "lineItem": {"id": of["id"]},
        "subtotalSet": bag(subtotal),
        "totalTaxSet": bag(taxed),
        **more,
    }


def adjustment(amount: str, taxed: str = "0.0") -> dict[str, Any]:
    one = {
        "id": "gid://shopify/OrderAdjustment/1",
        "reason": "REFUND_DISCREPANCY",
        "amountSet": bag(amount),
        "taxAmountSet": bag(taxed),
    }
    return {"nodes": [one]}


def given_back(number: int, amount: str, **more: Any) -> dict[str, Any]:
    return {"nodes": [payment(number, amount, "REFUND", processedAt=LATER, **more)]}


class Mapped:
    """The rows of one order, by table."""

    def __init__(self, source: dict[str, Any], key: Secret | None = KEY) -> None:
        at = instant(str(source["updatedAt"]))
        record = RawRecord(Entity.SALE, "450789469", version_of(source), at, to_json(source))
        self.rows = list(canonical_rows(record, connection="shop", key=key))

    def table(self, name: str) -> list[dict[str, Any]]:
        return [dict(row.values) for row in self.rows if row.table == name]

    @property
    def sale(self) -> dict[str, Any]:
        return self.table("sale")[0]

    @property
    def returns(self) -> list[dict[str, Any]]:
        return self.table("sale")[1:]

    def lines_of(self, document: dict[str, Any]) -> list[dict[str, Any]]:
        return [row for row in self.table("sale_line") if row["sale_id"] == document["sale_id"]]

    def tenders_of(self, document: dict[str, Any]) -> list[dict[str, Any]]:
        return [row for row in self.table("tender") if row["sale_id"] == document["sale_id"]]

    def net_sales(self) -> int:
        """What the mirror counts: documents that are neither void nor tests."""
        return sum(row["net_minor"] for row in self.table("sale") if not row["voided"] and not row["is_test"])

    def holds(self) -> None:
        """Lines add up to their documents, and payments to totals and rounding."""
        for document in self.table("sale"):
            lines = self.lines_of(document)
            goods = [row for row in lines if not row["is_gift_card"]]
            assert document["net_minor"] == sum(row["net_minor"] for row in goods)
            assert document["gross_minor"] == sum(row["gross_minor"] for row in goods)
            assert document["discount_minor"] == sum(row["discount_minor"] for row in goods)
            assert document["gross_minor"] - document["discount_minor"] == document["net_minor"]
            parts = ("net", "tax", "tip", "service", "shipping", "gift_card")
            assert document["total_minor"] == sum(document[f"{part}_minor"] for part in parts)

    def is_paid(self) -> None:
        """Every document's payments are its total and its rounding."""
        for document in self.table("sale"):
            paid = sum(row["amount_minor"] for row in self.tenders_of(document))
            assert paid == document["total_minor"] + document["rounding_minor"], document["sale_id"]


def whole(mapped: Mapped) -> Mapped:
    mapped.holds()
    mapped.is_paid()
    return mapped
