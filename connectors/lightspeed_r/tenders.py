"""Who paid what on a sale: payments, tips, change, rounding, and money put onto gift cards. Pure.

- An archived payment was never made.
- A negative payment onto a gift card or a credit account is a deposit: what was sold is a promise, and the payment is
  not a tender. On a refund without such a sale it is how the money was given back.
- An amount includes its tip. Where only the amounts without tips add up to the sale, they are taken as without.
- Change is normally taken off already; where it is not, it comes off the cash.
Source: developers.lightspeedhq.com/retail/endpoints/SalePayment, .../tutorials/gift-cards
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from connectors.lightspeed_r.wire import Document, flag, moment, nested, number, reference, text
from connectors.records import Row, scoped

MOST_ROUNDING = 5
"""Minor units that cash may be rounded by: to the next 0.05 or 0.10, or by a few yen."""

_KINDS = {
    "cash": "cash",
    "credit card": "card",
    "gift card": "gift_card",
    "credit account": "store_credit",
}
_RESERVED = {"1": "cash", "4": "store_credit", "5": "gift_card"}
"""Payment types that every account has, by number."""

_PROMISES = frozenset({"gift_card", "store_credit"})

Minor = Callable[[Decimal, str], int]


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money put onto a card or an account, in minor units, and the line that sold it, if any."""

    loaded: int
    line_id: str | None


@dataclass(frozen=True, slots=True)
class Tender:
    """A payment that counts; amounts are minor units, ``amount`` with the tip in it."""

    source: Document
    kind: str
    amount: int
    tip: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What came of the payments: ``total`` is what the tenders of a paid sale add up to."""

    tenders: Sequence[Tender]
    tips: int
    rounding: int
    total: int


@dataclass(frozen=True, slots=True)
class Payments:
    """The payments of a sale, sorted into tenders and deposits; ``change`` is what was handed back."""

    tenders: Sequence[Tender]
    deposits: Sequence[Deposit]
    change: int

    def settled(self, sold: int) -> Paid:
        """Tips, rounding and total for what was ``sold``: net, tax and gift cards, in minor units."""
        tenders = list(self.tenders)
        tips = sum(tender.tip for tender in tenders)
        paid = sum(tender.amount for tender in tenders)
        if tips and paid == sold:
            tenders = [replace(tender, amount=tender.amount + tender.tip) for tender in tenders]
            paid += tips
        due = sold + tips
        if self.change and paid - due == self.change:
            tenders = _without_change(tenders, self.change)
            paid = sum(tender.amount for tender in tenders)
        off = paid - due
        rounding = off if tenders and abs(off) <= MOST_ROUNDING else 0
        return Paid(tenders, tips, rounding, due + rounding)


def payments_of(sale: Document, to_minor: Minor, currency: str) -> Payments:
    """Sort the payments of a sale."""
    counted = [item for item in nested(sale, "SalePayments", "SalePayment") if not flag(item, "archived")]
    empty = {str(line.get("saleLineID")) for line in nested(sale, "SaleLines", "SaleLine") if _is_empty(line)}
    tenders: list[Tender] = []
    deposits: list[Deposit] = []
    is_refund = number(sale, "total") < 0
    for payment in counted:
        kind = _kind(payment)
        value = to_minor(number(payment, "amount"), currency)
        line_id = _sold_on(payment, empty)
        if kind in _PROMISES and value < 0 and (line_id or not is_refund):
            deposits.append(Deposit(-value, line_id))
        else:
            tenders.append(Tender(payment, kind, value, to_minor(number(payment, "tipAmount"), currency)))
    return Payments(tenders, deposits, to_minor(number(sale, "change"), currency))


def tender_rows(sale: Document, paid: Paid, connection: str) -> Iterator[Row]:
    """One row for each payment that counts."""
    for tender in paid.tenders:
        yield Row(
            "tender",
            {
                "tender_id": scoped(connection, tender.source["salePaymentID"]),
                "sale_id": scoped(connection, sale["saleID"]),
                "kind": tender.kind,
                "amount_minor": tender.amount,
                "tip_minor": tender.tip,
                "fee_minor": None,
                "status": "voided" if flag(sale, "voided") else "captured",
                "processed_at": moment(tender.source, "createTime"),
            },
        )


def _kind(payment: Document) -> str:
    kind = payment.get("PaymentType")
    named = text(kind, "type") if isinstance(kind, dict) else None
    if named:
        return _KINDS.get(named.casefold(), "other")
    return _RESERVED.get(reference(payment, "paymentTypeID") or "", "other")


def _sold_on(payment: Document, empty: Container[str]) -> str | None:
    """The line that a deposit was sold on: a line at 0 without an item, never one with goods."""
    accounts = nested(payment, "SaleAccounts", "SaleAccount")
    lines = (reference(item, "saleLineID") for item in accounts)
    return next((line for line in lines if line and line in empty), None)


def _is_empty(line: Document) -> bool:
    return reference(line, "itemID") is None and not number(line, "calcTotal") and not number(line, "calcSubtotal")


def _without_change(tenders: Sequence[Tender], change: int) -> list[Tender]:
    """Take ``change`` off the cash, from the last payment on."""
    left = change
    kept: list[Tender] = []
    for tender in reversed(tenders):
        taken = min(left, max(tender.amount, 0)) if tender.kind == "cash" else 0
        left -= taken
        kept.append(replace(tender, amount=tender.amount - taken))
    return list(reversed(kept))
