"""The till: sales, voids and refunds that somebody makes happen, as the orders Square would hold of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from connectors.money import rounded
from connectors.sandbox.square import order_shapes as shapes
from connectors.sandbox.square.catalog import Catalog
from connectors.sandbox.square.errors import PosError
from connectors.sandbox.square.orders import Orders
from connectors.sandbox.square.store import stamp
from connectors.sandbox.standin.asks import lines_of, minor_of, missing, needed, quantity_of

_MARKS = ("employee_id", "register_id")


@dataclass(frozen=True, slots=True)
class Till:
    """Builds orders out of the live catalogue; whoever calls it keeps the transaction."""

    catalog: Catalog
    orders: Orders
    currency: str

    def sale(self, request: Mapping[str, Any], location_id: str, at: datetime) -> dict[str, Any]:
        """A paid order of ``lines``, each at its live price unless ``price_minor`` says otherwise."""
        items = [self._line(number, line, location_id) for number, line in enumerate(lines_of(request), start=1)]
        order = shapes.build(
            uuid.uuid4().hex[:24],
            location_id,
            stamp(at),
            items,
            self.currency,
            tip=minor_of(request.get("tip_minor", 0), "tip_minor"),
            order_discount=minor_of(request.get("order_discount_minor", 0), "order_discount_minor"),
        )
        order["metadata"] = {name: str(request[name]) for name in _MARKS if request.get(name)}
        if request.get("customer_id"):
            order["customer_id"] = str(request["customer_id"])
        return order

    def voided(self, request: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """The order as it is when it is cancelled."""
        order = self._sold(request)
        if self.orders.returns_of(order["id"]):
            raise PosError(409, "CONFLICT", "This order was refunded; it cannot be voided any more.", "order_id")
        tenders = [{**tender, "card_details": {"status": "VOIDED"}} for tender in order["tenders"]]
        return {
            **order,
            "state": "CANCELED",
            "version": order["version"] + 1,
            "updated_at": stamp(at),
            "tenders": tenders,
        }

    def returned(self, request: Mapping[str, Any], at: datetime) -> tuple[dict[str, Any], str]:
        """The order that gives money back, and the id of the order it gives back on."""
        order = self._sold(request)
        left = order["total_money"]["amount"] - order["total_tip_money"]["amount"]
        left -= sum(item["return_amounts"]["total_money"]["amount"] for item in self.orders.returns_of(order["id"]))
        if left <= 0:
            raise PosError(409, "REFUND_ALREADY_PENDING", "This order is refunded completely already.", "order_id")
        lines = self._returned_lines(order, request, left)
        total = sum(line["total_money"]["amount"] for line in lines)
        if total > left:
            field = "amount_minor" if request.get("amount_minor") is not None else "lines"
            raise PosError(400, "REFUND_AMOUNT_INVALID", f"Only {left} minor units are left to refund.", field)
        return shapes.build_return(order, at, lines, str(request.get("reason") or "Customer return")), order["id"]

    def _sold(self, request: Mapping[str, Any]) -> dict[str, Any]:
        order = self.orders.get(needed(request, "order_id"))
        if order["state"] == "CANCELED":
            raise PosError(409, "CONFLICT", "This order is void already.", "order_id")
        if not order.get("line_items"):
            raise PosError(409, "CONFLICT", "This is a refund itself.", "order_id")
        return order

    def _line(self, number: int, line: Mapping[str, Any], location_id: str) -> dict[str, Any]:
        variant_id = str(line.get("variant_id") or "")
        if not variant_id:
            raise missing(f"lines[{number - 1}].variant_id")
        variation = self.catalog.variation(variant_id)
        if variation is None:
            raise PosError(404, "NOT_FOUND", f"There is no product with the variant_id {variant_id}.", "variant_id")
        quantity = quantity_of(line.get("quantity", 1))
        price = self.catalog.price(variant_id, location_id)
        given = line.get("price_minor")
        if given is None and price is None:
            raise missing(f"lines[{number - 1}].price_minor")
        each = minor_of(given, "price_minor") if given is not None else int((price or {})["amount"])
        gross = rounded(each * quantity)
        discount = minor_of(line.get("discount_minor", 0), "discount_minor")
        if discount > gross:
            raise PosError(400, "VALUE_TOO_HIGH", "discount_minor exceeds the line.", "discount_minor")
        name = self.catalog.name_of(variation)
        return shapes.line_item(number, name, variant_id, quantity, gross, discount, self.currency)

    def _returned_lines(self, order: Mapping[str, Any], request: Mapping[str, Any], left: int) -> list[dict[str, Any]]:
        if request.get("amount_minor") is not None:
            amount = minor_of(request["amount_minor"], "amount_minor")
            if amount == 0:
                raise PosError(400, "VALUE_TOO_LOW", "amount_minor must be more than 0.", "amount_minor")
            return [_amount_line(amount, self.currency)]
        by_number = dict(enumerate(order["line_items"], start=1))
        if request.get("lines") is None:
            whole = [_back(line, Decimal(line["quantity"]), self.currency) for line in by_number.values()]
            if sum(line["total_money"]["amount"] for line in whole) == left:
                return whole
            return [_amount_line(left, self.currency)]
        lines = []
        for line in lines_of(request):
            number = line.get("line_no")
            if number not in by_number:
                raise PosError(400, "INVALID_VALUE", f"line_no must be from 1 to {len(by_number)}.", "line_no")
            sold = by_number[number]
            quantity = quantity_of(line.get("quantity", sold["quantity"]))
            if quantity > Decimal(sold["quantity"]):
                raise PosError(400, "VALUE_TOO_HIGH", f"Only {sold['quantity']} were sold.", "quantity")
            lines.append(_back(sold, quantity, self.currency))
        return lines


def _back(line: Mapping[str, Any], quantity: Decimal, currency: str) -> dict[str, Any]:
    part = quantity / Decimal(line["quantity"])
    gross = rounded(line["gross_sales_money"]["amount"] * part)
    discount = rounded(line["total_discount_money"]["amount"] * part)
    built = shapes.line_item(0, line["name"], line.get("catalog_object_id"), quantity, gross, discount, currency)
    built.pop("applied_discounts", None)
    built |= {"uid": f"B{line['uid']}", "source_line_item_uid": line["uid"]}
    built["gross_return_money"] = built.pop("gross_sales_money")
    return built


def _amount_line(amount: int, currency: str) -> dict[str, Any]:
    built = shapes.line_item(1, "Custom amount", None, Decimal(1), amount, 0, currency)
    built["gross_return_money"] = built.pop("gross_sales_money")
    return built
