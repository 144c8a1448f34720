"""Orders at the tills: rung up, voided, refunded and exchanged. Refunds and returns live inside their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.sandbox.shopify import shapes
from connectors.sandbox.shopify.stock import Stock
from connectors.sandbox.shopify.store import ShopStore, stamp
from connectors.sandbox.standin.feed import FeedOrder
from connectors.sandbox.standin.happenings import RefusalError


class Orders:
    """Reads and writes orders in a ``ShopStore``; stock follows them."""

    def __init__(self, store: ShopStore, stock: Stock, currency: str) -> None:
        self._store = store
        self._stock = stock
        self._currency = currency

    def from_feed(self, sold: FeedOrder) -> dict[str, Any]:
        """Ring up a sale of the feed. A part of a piece is rung up as one piece at its price, as shops do here."""
        lines = []
        for index, line in enumerate(sold.lines):
            whole = line.quantity == line.quantity.to_integral_value() and line.quantity > 0
            lines.append(
                self.line(
                    self._store.alias("ProductVariant", line.variant_id) if line.variant_id else None,
                    int(line.quantity) if whole else 1,
                    line.gross_minor,
                    [(index, line.discount_minor)],
                    name=line.name or "",
                )
            )
        return self.add(
            lines,
            location=self._store.new_id("Location", sold.store_id),
            at=sold.closed_at,
            name=sold.sale_id,
            register=sold.register,
            staff=self._store.alias("StaffMember", sold.employee) if sold.employee else None,
            customer=self._store.new_id("Customer", sold.customer) if sold.customer else None,
        )

    def line(
        self,
        variant: str | None,
        quantity: int,
        gross: int,
        discounts: Sequence[shapes.Discount],
        *,
        name: str = "",
    ) -> dict[str, Any]:
        """A line to ring up; ``gross`` and discounts are minor units."""
        found = self._store.get(variant) if variant else None
        product = self._store.get(str(found["product"]["id"])) if found else None
        return shapes.line_item(
            self._store.new_id("LineItem"),
            name=name or str((product or {}).get("title") or "Custom sale"),
            sku=found["sku"] if found else None,
            variant=variant if found else None,
            quantity=quantity,
            gross=gross,
            discounts=discounts,
            currency=self._currency,
        )

    def add(
        self,
        lines: Sequence[Mapping[str, Any]],
        *,
        location: str,
        at: datetime,
        name: str = "",
        tip: int = 0,
        register: str | None = None,
        staff: str | None = None,
        customer: str | None = None,
    ) -> dict[str, Any]:
        """Ring up a sale; the order."""
        identity = self._store.new_id("Order", name)
        order = shapes.order(
            identity,
            name=f"#{name or identity.rsplit('/', 1)[-1]}",
            at=stamp(at),
            location=location,
            lines=lines,
            tip=tip,
            currency=self._currency,
            payment=self._store.new_id("OrderTransaction"),
            device=self._store.new_id("PointOfSaleDevice", register) if register else None,
            staff=staff,
            customer=customer,
        )
        self.keep(order)
        self._move(lines, location, -1, at)
        return order

    def keep(self, order: Mapping[str, Any]) -> None:
        """Store an order, new or changed."""
        self._store.put(order, created_at=str(order["createdAt"]), updated_at=str(order["updatedAt"]))

    def find(self, given: Any) -> dict[str, Any]:
        """An order by its number, its id or the feed's name for it.

        Raises:
            RefusalError: there is none.
        """
        text = str(given or "")
        identity = self._store.alias("Order", text) or text
        if not identity.startswith("gid://"):
            identity = f"gid://shopify/Order/{identity}"
        found = self._store.get(identity)
        if not text or found is None:
            raise RefusalError(404, f"There is no order {text}.", "order_id")
        if found["cancelledAt"]:
            raise RefusalError(409, "This order is void already.", "order_id")
        return found

    def void(self, order: dict[str, Any], at: datetime) -> dict[str, Any]:
        """Cancel an order as if it had never been paid: the payment was authorised and let go.

        Raises:
            RefusalError: it was refunded.
        """
        if order["refunds"]:
            raise RefusalError(409, "This order was refunded; it cannot be voided any more.", "order_id")
        payments = []
        for payment in order["transactions"]:
            released = {
                **payment,
                "id": self._store.new_id("OrderTransaction"),
                "kind": "VOID",
                "processedAt": stamp(at),
            }
            payments += [{**payment, "kind": "AUTHORIZATION"}, released]
        voided = {**order, "cancelledAt": stamp(at), "updatedAt": stamp(at), "transactions": payments}
        self.keep(voided)
        self._move(order["lineItems"], str(order["retailLocation"]["id"]), 1, at)
        return voided

    def left(self, order: Mapping[str, Any]) -> int:
        """What can still be given back, in minor units; the tip cannot."""
        paid = shapes.minor(order["totalPriceSet"], self._currency)
        tip = shapes.minor(order["totalTipReceivedSet"], self._currency)
        back = sum(shapes.minor(refund["totalRefundedSet"], self._currency) for refund in order["refunds"])
        return paid - tip - back

    def refund(
        self,
        order: dict[str, Any],
        at: datetime,
        *,
        lines: Sequence[tuple[Mapping[str, Any], int]] = (),
        amount: int | None = None,
    ) -> dict[str, Any]:
        """Give back ``lines`` with their quantities, and ``amount`` in all where it is given; the order."""
        location = str(order["retailLocation"]["id"])
        back = [
            shapes.refund_line(
                self._store.new_id("RefundLineItem"),
                line,
                quantity,
                shapes.share(shapes.net(line, self._currency), quantity, line["quantity"]),
                location,
                self._currency,
            )
            for line, quantity in lines
        ]
        of_lines = sum(shapes.minor(line["subtotalSet"], self._currency) for line in back)
        total = of_lines if amount is None else amount
        difference = of_lines - total
        first = order["transactions"][0]
        refund = shapes.refund(
            self._store.new_id("Refund"),
            at=stamp(at),
            lines=back,
            adjustment=(self._store.new_id("OrderAdjustment"), difference) if difference else None,
            payment=shapes.transaction(
                self._store.new_id("OrderTransaction"),
                kind="REFUND",
                amount=total,
                currency=self._currency,
                at=stamp(at),
                location=location,
                device=(first["device"] or {}).get("id"),
            )
            if total
            else None,
            currency=self._currency,
            staff=order["staffMember"],
        )
        changed = self._with_refund(order, refund, {str(line["id"]): quantity for line, quantity in lines}, at)
        self.keep(changed)
        self._move([{**line, "quantity": quantity} for line, quantity in lines], location, 1, at)
        return changed

    def exchange(
        self,
        order: dict[str, Any],
        back: Sequence[tuple[Mapping[str, Any], int]],
        new: Sequence[Mapping[str, Any]],
        at: datetime,
    ) -> dict[str, Any]:
        """Swap goods: what came back is refunded, what is handed out is added to the order's lines; the order.

        The customer pays the difference, or gets it: Shopify's refund ends at zero where the new goods are dearer.
        """
        worth = sum(
            shapes.share(shapes.net(line, self._currency), quantity, line["quantity"]) for line, quantity in back
        )
        dearer = sum(shapes.net(line, self._currency) for line in new) - worth
        refunded = self.refund(order, at, lines=back, amount=None)
        refund = refunded["refunds"][-1]
        returned = self._store.new_id("Return")
        refund["return"] = {"id": returned}
        refund["totalRefundedSet"] = shapes.bag(max(0, -dearer), self._currency)
        for payment in refund["transactions"]:
            payment["amountSet"] = shapes.bag(max(0, -dearer), self._currency)
        refund["transactions"] = [item for item in refund["transactions"] if dearer < 0]
        extra = [
            shapes.transaction(
                self._store.new_id("OrderTransaction"),
                kind="SALE",
                amount=dearer,
                currency=self._currency,
                at=stamp(at),
                location=str(order["retailLocation"]["id"]),
                device=None,
            )
        ]
        whole = shapes.minor(order["totalPriceSet"], self._currency)
        changed = {
            **refunded,
            "lineItems": [*refunded["lineItems"], *new],
            "totalPriceSet": shapes.bag(whole + sum(shapes.net(line, self._currency) for line in new), self._currency),
            "returns": [
                *refunded["returns"],
                {
                    "id": returned,
                    "__typename": "Return",
                    "status": "CLOSED",
                    "createdAt": stamp(at),
                    "closedAt": stamp(at),
                    "exchangeLineItems": [
                        {
                            "id": self._store.new_id("ExchangeLineItem"),
                            "quantity": line["quantity"],
                            "lineItems": [{"id": line["id"]}],
                        }
                        for line in new
                    ],
                },
            ],
            "transactions": [*refunded["transactions"], *(extra if dearer > 0 else [])],
        }
        self.keep(changed)
        self._move(new, str(order["retailLocation"]["id"]), -1, at)
        return changed

    def _with_refund(
        self, order: Mapping[str, Any], refund: Mapping[str, Any], quantities: Mapping[str, int], at: datetime
    ) -> dict[str, Any]:
        lines = [
            {**line, "currentQuantity": line["currentQuantity"] - quantities.get(str(line["id"]), 0)}
            for line in order["lineItems"]
        ]
        return {
            **order,
            "updatedAt": stamp(at),
            "returnStatus": "RETURNED" if quantities else order["returnStatus"],
            "lineItems": lines,
            "refunds": [*order["refunds"], refund],
            "transactions": [*order["transactions"], *refund["transactions"]],
        }

    def _move(self, lines: Sequence[Mapping[str, Any]], location: str, sign: int, at: datetime) -> None:
        for line in lines:
            variant = self._store.get(str(line["variant"]["id"])) if line["variant"] else None
            if variant is not None:
                self._stock.move(str(variant["inventoryItem"]["id"]), location, sign * line["quantity"], at)
