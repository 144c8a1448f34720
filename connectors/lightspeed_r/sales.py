"""From an R-Series sale to a sale of the mirror: the arithmetic that must equal Lightspeed's own net sales.

The rules it keeps:

- A completed sale counts, a voided one is kept and flagged, an open one is no sale yet. It is dated by its completion.
- A line's net is ``calcTotal`` without ``calcTax1`` and ``calcTax2``, which holds whether a tax is included in the
  price or added to it; its gross is net plus its share of every discount. ``discountAmount`` and ``normalUnitPrice``
  are what was configured, not what was given.
- Calculated fields have more decimals than the currency. The document is rounded where Lightspeed rounds it, and the
  lines take their minor units by largest remainder, so that they add up to it.
- A refund is a line with a negative quantity, on a sale of its own day; beside sold lines it makes an exchange. A
  negative unit price is a rebate, not a refund. Given back for no item, it is an amount and no piece.
- A gift card sold is a line at 0 and a negative payment: a liability, out of gross and net.
Source: developers.lightspeedhq.com/retail/endpoints/Sale, .../SaleLine, .../tutorials/gift-cards
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from connectors.currency import minor_exponent
from connectors.lightspeed_r.surroundings import KEY
from connectors.lightspeed_r.tenders import Deposit, payments_of, tender_rows
from connectors.lightspeed_r.wire import Document, amount, flag, moment, nested, number, reference, text
from connectors.money import rounded, to_minor, whole_parts
from connectors.records import Row, scoped


@dataclass(frozen=True, slots=True)
class _Line:
    """A line; ``gross``, ``discount``, ``net`` and ``tax`` are minor units and carry its sign."""

    source: Document
    quantity: Decimal
    gross: int
    discount: int
    net: int
    tax: int
    is_gift_card: bool = False

    @property
    def is_return(self) -> bool:
        return self.quantity < 0

    @property
    def pieces(self) -> Decimal:
        """What changed hands: money given back for no item brings no piece back."""
        return Decimal(0) if self.is_return and reference(self.source, "itemID") is None else self.quantity


def sale_rows(sale: Document, *, connection: str, version: int) -> Iterator[Row]:
    """The rows of one sale: ``sale``, ``sale_line``, ``sale_discount`` and ``tender``; none for an open one."""
    closed = _closed_at(sale)
    shop = reference(sale, "shopID")
    if closed is None or shop is None:
        return
    currency = _currency(sale)
    payments = payments_of(sale, to_minor, currency)
    lines = _with_deposits(_lines(sale, currency), payments.deposits)
    goods = [line for line in lines if not line.is_gift_card]
    tax = sum(line.tax for line in goods)
    gift_cards = sum(line.net for line in lines if line.is_gift_card)
    paid = payments.settled(sum(line.net for line in goods) + tax + gift_cards)
    employee = reference(sale, "employeeID")
    register = reference(sale, "registerID")
    yield Row(
        "sale",
        {
            "sale_id": scoped(connection, sale["saleID"]),
            "store_id": scoped(connection, shop),
            "closed_at": closed,
            "opened_at": moment(sale, "createTime"),
            "register_id": scoped(connection, register) if register else None,
            "employee_id": scoped(connection, employee) if employee else None,
            "customer_key": sale.get("customer_key"),
            "channel": text(sale, "referenceNumberSource"),
            "kind": _kind(goods),
            "original_sale_id": _original(sale, lines, connection),
            "currency": currency,
            "gross_minor": sum(line.gross for line in goods),
            "discount_minor": sum(line.discount for line in goods),
            "net_minor": sum(line.net for line in goods),
            "tax_minor": tax,
            "tip_minor": paid.tips,
            "service_minor": 0,
            "shipping_minor": 0,
            "rounding_minor": paid.rounding,
            "gift_card_minor": gift_cards,
            "total_minor": paid.total,
            "voided": flag(sale, "voided"),
            "is_test": False,
            "connection": connection,
            "external_id": str(sale["saleID"]),
            "source_version": version,
        },
    )
    yield from _line_rows(sale, lines, currency, connection)
    yield from tender_rows(sale, paid, connection)


def settle(parts: Sequence[Decimal], whole: int | None) -> list[int]:
    """Round ``parts`` (minor units with decimals) so that they add up to ``whole`` exactly.

    Without a ``whole``, or with one that is further off than rounding explains, they add up to their own rounded sum.
    The units that are missing go to the largest remainders, ties to the earlier part.
    """
    if not parts:
        return []
    exact = sum(parts, Decimal(0))
    if whole is None or abs(whole - exact) > len(parts):
        whole = rounded(exact)
    return whole_parts(parts, whole)


def _closed_at(sale: Document) -> datetime | None:
    if flag(sale, "completed"):
        return moment(sale, "completeTime", "timeStamp", "updatetime")
    if flag(sale, "voided"):
        return moment(sale, "completeTime", "updatetime", "timeStamp")
    return None


def _currency(sale: Document) -> str:
    return str((sale.get(KEY) or {}).get("currency") or "USD")


def _lines(sale: Document, currency: str) -> list[_Line]:
    sources = nested(sale, "SaleLines", "SaleLine")
    taxes = [number(line, "calcTax1") + number(line, "calcTax2") for line in sources]
    discounts = [sum(_discounts(line), Decimal(0)) for line in sources]
    nets = [_net(line, tax, discount) for line, tax, discount in zip(sources, taxes, discounts, strict=True)]
    scale = minor_exponent(currency)
    whole_tax = _whole_tax(sale, currency)
    total = amount(sale, "total") if amount(sale, "total") is not None else amount(sale, "calcTotal")
    whole_net = None if total is None or whole_tax is None else to_minor(total, currency) - whole_tax
    whole_discount = amount(sale, "calcDiscount")
    settled = zip(
        settle([value.scaleb(scale) for value in nets], whole_net),
        settle(
            [value.scaleb(scale) for value in discounts],
            None if whole_discount is None else to_minor(whole_discount, currency),
        ),
        settle([value.scaleb(scale) for value in taxes], whole_tax),
        strict=True,
    )
    return [
        _Line(source, number(source, "unitQuantity"), net + discount, discount, net, tax)
        for source, (net, discount, tax) in zip(sources, settled, strict=True)
    ]


def _net(line: Document, tax: Decimal, discount: Decimal) -> Decimal:
    total, subtotal = amount(line, "calcTotal"), amount(line, "calcSubtotal")
    if total is not None:
        return total - tax
    if subtotal is None:
        subtotal = number(line, "unitPrice") * number(line, "unitQuantity")
    return subtotal - discount


def _discounts(line: Document) -> tuple[Decimal, Decimal]:
    """What was given on the line and on the whole sale; both have the line's sign."""
    given = number(line, "calcLineDiscount"), number(line, "calcTransactionDiscount")
    if number(line, "unitQuantity") < 0:
        return -abs(given[0]), -abs(given[1])
    return given


def _whole_tax(sale: Document, currency: str) -> int | None:
    taxes = [found for name in ("calcTax1", "calcTax2") if (found := amount(sale, name)) is not None]
    if taxes:
        return to_minor(sum(taxes, Decimal(0)), currency)
    total = amount(sale, "taxTotal")
    return None if total is None else to_minor(total, currency)


def _with_deposits(lines: list[_Line], deposits: Sequence[Deposit]) -> list[_Line]:
    """Lines that loaded a gift card get what was loaded; a deposit without a line gets one."""
    by_line: dict[str, int] = {}
    for deposit in deposits:
        if deposit.line_id:
            by_line[deposit.line_id] = by_line.get(deposit.line_id, 0) + deposit.loaded
    filled: list[_Line] = []
    for line in lines:
        loaded = by_line.get(str(line.source.get("saleLineID")))
        filled.append(line if loaded is None else replace(line, gross=loaded, net=loaded, is_gift_card=True))
    loose = [deposit.loaded for deposit in deposits if not deposit.line_id]
    filled += [_Line({}, Decimal(1), loaded, 0, loaded, 0, is_gift_card=True) for loaded in loose]
    return filled


def _kind(goods: Sequence[_Line]) -> str:
    if not any(line.is_return for line in goods):
        return "sale"
    return "exchange" if any(line.quantity > 0 for line in goods) else "return"


def _original(sale: Document, lines: Sequence[_Line], connection: str) -> str | None:
    """The sale that the first returned line was sold on, where the reader could find it."""
    parents: Mapping[str, str] = (sale.get(KEY) or {}).get("parents") or {}
    for line in lines:
        parent = parents.get(reference(line.source, "parentSaleLineID") or "") if line.is_return else None
        if parent:
            return scoped(connection, parent)
    return None


def _line_rows(sale: Document, lines: Sequence[_Line], currency: str, connection: str) -> Iterator[Row]:
    sale_id = scoped(connection, sale["saleID"])
    for line_no, line in enumerate(lines, start=1):
        source = line.source
        item = reference(source, "itemID")
        employee = reference(source, "employeeID") or reference(sale, "employeeID")
        # A cost of 0 means that none is known, never that the goods were free.
        cost = amount(source, "avgCost") or amount(source, "fifoCost")
        yield Row(
            "sale_line",
            {
                "sale_id": sale_id,
                "line_no": line_no,
                "variant_id": scoped(connection, item) if item else None,
                "quantity": line.pieces,
                "unit_price": amount(source, "unitPrice"),
                "gross_minor": line.gross,
                "discount_minor": line.discount,
                "net_minor": line.net,
                "tax_minor": line.tax,
                "unit_cost": None if line.is_gift_card else cost or None,
                "is_return": line.is_return,
                "is_gift_card": line.is_gift_card,
                "original_line_no": None,
                "employee_id": scoped(connection, employee) if employee else None,
                "name": "Gift card" if line.is_gift_card else None,
            },
        )
        yield from _discount_rows(sale, line, line_no, currency, connection)


def _discount_rows(sale: Document, line: _Line, line_no: int, currency: str, connection: str) -> Iterator[Row]:
    if not line.discount:
        return
    scale = minor_exponent(currency)
    shares = settle([value.scaleb(scale) for value in _discounts(line.source)], line.discount)
    for seq, (share, owner) in enumerate(zip(shares, (line.source, sale), strict=True), start=1):
        if not share:
            continue
        discount = owner.get("Discount")
        named = discount if isinstance(discount, dict) else {}
        promotion = reference(owner, "discountID")
        yield Row(
            "sale_discount",
            {
                "sale_id": scoped(connection, sale["saleID"]),
                "line_no": line_no,
                "seq": seq,
                "promotion_id": scoped(connection, promotion) if promotion else None,
                "name": text(named, "name") or ("Line discount" if seq == 1 else "Sale discount"),
                "amount_minor": share,
                "kind": "percent" if amount(named, "discountPercent") else "amount",
            },
        )
