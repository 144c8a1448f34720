"""From a Clover order to sales: the arithmetic that must equal Clover's own net sales.

The rules it keeps:

- An order counts once it is paid for: it has a successful payment and is not called open or partly paid. Parked and
  open orders are none yet. When every payment was voided, the sale is kept and flagged.
- It is dated when it was paid, by the till's clock unless that is obviously wrong; a tab opened on Friday and paid on
  Saturday is Saturday's, and so is what was rung up without a network and sent in later.
- Refunds and credits are documents of their own, see ``refunds``; the order is never reduced for them.
- What was handed back for something else stays as a line and as its return, so an exchange nets in one document.
- What is no revenue (gift cards, donations), tips, fees and service charges, delivery and rounding have columns of
  their own. What the payments come to beyond all of these is rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.clover.amounts import Line, priced_lines, settle_tax, share_of, take_order_discounts, whole
from connectors.clover.client import instant, many, reference
from connectors.clover.documents import Document, Entry, Owner, happened_at, tender_row
from connectors.clover.refunds import credit_rows, exchange_refunds, return_rows
from connectors.money import rounded
from connectors.records import Row, scoped

PAID_STATES = frozenset({"PAID", "REFUNDED", "CREDITED", "PARTIALLY_REFUNDED"})
_SUCCESSFUL = frozenset({"SUCCESS", "AUTH_COMPLETED", "DISCOUNT"})
_VOIDED = frozenset({"VOIDED", "VOIDING"})


@dataclass(frozen=True, slots=True)
class Reckoning:
    """An order added up. ``sold`` leaves out what was exchanged, ``exchanged`` is that, ``fees`` are no goods."""

    sold: Sequence[Line]
    exchanged: Sequence[Line]
    fees: Sequence[Line]
    service: int
    shipping: int

    @property
    def due(self) -> int:
        """What the customer owes for it, without a tip; halves of cents of tax may differ from Clover's."""
        return sum(line.net + line.tax for line in (*self.sold, *self.fees)) + self.service + self.shipping


def sale_rows(order: Mapping[str, Any], owner: Owner, version: int, *, dated_by_payment: bool = True) -> Iterator[Row]:
    """The rows of one order: its sale, and a return for each refund and credit.

    Args:
        order: as it was stored, lists wrapped in ``elements``.
        owner: whose it is.
        version: the record's.
        dated_by_payment: whether a sale is dated when it was paid, or when its order was begun.
    """
    payments, voids = _sorted_out(order)
    paid = bool(payments) and _is_paid(order, payments)
    sum_up = reckon(order, payments or voids)
    swapped: Sequence[Mapping[str, Any]] = ()
    if paid or (voids and not payments):
        swapped = exchange_refunds(order, sum_up.exchanged, sum(map(_amount, payments)) - sum_up.due)
        yield from _sale(order, payments or voids, swapped, sum_up, owner, version, dated_by_payment=dated_by_payment)
    original = scoped(owner.connection, order["id"]) if paid else None
    if paid:
        # What is given back of an order that never counted is no return of a sale.
        ids = {str(item.get("id")) for item in swapped}
        yield from return_rows(order, sum_up.sold, owner, version, original=original, leave_out=ids)
    for credit in many(order, "credits"):
        yield from credit_rows(credit, owner, version, order=order, original=original)


def reckon(order: Mapping[str, Any], payments: Sequence[Mapping[str, Any]]) -> Reckoning:
    """Add an order up; ``payments`` are those that say which taxes and charges were paid."""
    lines = priced_lines(order)
    goods = [line for line in lines if not line.is_fee and not line.is_exchanged]
    gone = [line for line in lines if not line.is_fee and line.is_exchanged]
    if not lines and payments:
        goods = [_without_items(payments)]
    take_order_discounts(order, goods)
    subtotal = sum(line.value for line in goods)
    fees = [line for line in lines if line.is_fee and not line.is_exchanged]
    for fee in fees:
        if whole(fee.source.get("percentage")):
            fee.price = fee.value = rounded(subtotal * Decimal(whole(fee.source["percentage"])) / 1_000_000)
    vat, exempt = bool(order.get("isVat")), bool(order.get("taxRemoved"))
    said = [whole(item["taxAmount"]) for item in payments if item.get("taxAmount") is not None]
    settle_tax([*goods, *fees], vat=vat, exempt=exempt, declared=sum(said) if said and not gone else None)
    settle_tax(gone, vat=vat, exempt=exempt, declared=None)
    service, shipping = _charges(order, payments, subtotal)
    return Reckoning(goods, gone, fees, service, shipping)


def _sale(
    order: Mapping[str, Any],
    payments: Sequence[Mapping[str, Any]],
    swapped: Sequence[Mapping[str, Any]],
    sum_up: Reckoning,
    owner: Owner,
    version: int,
    *,
    dated_by_payment: bool,
) -> Iterator[Row]:
    voided = all(item.get("result") not in _SUCCESSFUL for item in payments) or bool(order.get("deletedTimestamp"))
    is_exchange = bool(sum_up.exchanged)
    goods = [Entry(line, 1) for line in sum_up.sold]
    goods += [entry for line in sum_up.exchanged for entry in (Entry(line, 1), Entry(line, -1))]
    tip = sum(whole(item.get("tipAmount")) for item in payments)
    total = sum(map(_amount, payments)) + tip - sum(map(_amount, swapped))
    tax = sum(line.tax for line in (*sum_up.sold, *sum_up.fees))
    service = sum_up.service + sum(line.net for line in sum_up.fees)
    rest = total - tip - tax - service - sum_up.shipping - sum(line.net for line in sum_up.sold)
    surcharge = sum(whole(part.get("amount")) for item in payments for part in many(item, "additionalCharges"))
    if rest and rest == surcharge:
        service, rest = service + surcharge, 0
    in_time = sorted(payments, key=lambda item: whole(item.get("createdTime")))
    last = in_time[0] if is_exchange else in_time[-1]
    opened = happened_at(order)
    document = Document(
        sale_id=scoped(owner.connection, order["id"]),
        external_id=str(order["id"]),
        closed_at=(happened_at(last) if dated_by_payment else None) or opened or instant(order["modifiedTime"]),
        opened_at=opened,
        kind="exchange" if is_exchange else "sale",
        currency=str(order["currency"]) if order.get("currency") else None,
        entries=goods,
        tax=tax,
        tip=tip,
        service=service,
        shipping=sum_up.shipping,
        rounding=rest,
        total=total,
        voided=voided,
        is_test=bool(order.get("testMode")),
        employee=reference(order, "employee") or reference(last, "employee"),
        register=reference(order, "device") or reference(last, "device"),
        customer_key=order.get("customer_key"),
    )
    yield from document.rows(owner, version)
    for payment in payments:
        amount = _amount(payment) + whole(payment.get("tipAmount"))
        yield tender_row(
            payment, document.sale_id, owner, amount, whole(payment.get("tipAmount")), happened_at(payment)
        )
    for refund in swapped:
        yield tender_row(refund, document.sale_id, owner, -_amount(refund), 0, happened_at(refund))


def _is_paid(order: Mapping[str, Any], payments: Sequence[Mapping[str, Any]]) -> bool:
    state = order.get("paymentState")
    return state in PAID_STATES or sum(map(_amount, payments)) >= whole(order.get("total"))


def _sorted_out(order: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The payments that succeeded, and those that were voided, each once.

    A void may be the payment itself, or a record of its own that refers to the payment, in either direction.
    """
    undone = {str(item.get("id")): item for item in many(order, "voids")}
    named = {reference(item, "voidPaymentRef") for item in undone.values()} | set(undone)
    good = []
    for payment in many(order, "payments"):
        identity = str(payment.get("id"))
        if payment.get("result") in _VOIDED or identity in named or reference(payment, "voidPaymentRef"):
            undone[identity] = payment
        elif payment.get("result") in _SUCCESSFUL:
            good.append(payment)
    originals = {reference(item, "voidPaymentRef") for item in undone.values()} & set(undone)
    voided = [item for identity, item in undone.items() if not originals or identity in originals]
    return good, [{**item, "result": "VOIDED"} for item in voided]


def _without_items(payments: Sequence[Mapping[str, Any]]) -> Line:
    """An amount that was typed in without ringing anything up."""
    charges = sum(whole((item.get("serviceCharge") or {}).get("amount")) for item in payments)
    amount = sum(map(_amount, payments)) - sum(whole(item.get("taxAmount")) for item in payments) - charges
    return Line({"name": "Manual transaction"}, Decimal(1), amount, amount)


def _charges(order: Mapping[str, Any], payments: Sequence[Mapping[str, Any]], subtotal: int) -> tuple[int, int]:
    said = [whole(item["serviceCharge"].get("amount")) for item in payments if item.get("serviceCharge")]
    charge = order.get("serviceCharge")
    service = shipping = 0
    if said:
        service = sum(said)
    elif isinstance(charge, Mapping) and charge.get("enabled") is not False:
        service = rounded(subtotal * share_of(charge))
    for part in many(order, "additionalCharges"):
        if part.get("deletedTime"):
            continue
        amount = part.get("amount")
        shipping += rounded(subtotal * share_of(part)) if amount is None else whole(amount)
    return service, shipping


def _amount(source: Mapping[str, Any]) -> int:
    return whole(source.get("amount"))
