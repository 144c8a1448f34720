"""From a Lightspeed X sale to the mirror's: the arithmetic that must equal the platform's own net sales.

The rules it keeps:

- Prices are without tax, whatever the retailer shows; tax is beside them.
- A return is a sale with negative quantities, dated when it happened, that names the original; both signs in one are an
  exchange. An original is never reduced again.
- A discount is per unit and may be negative, a mark-up. A discount on the whole sale is a line with a product of its
  own: it is no return, and is apportioned to the goods.
- Only ``closed`` counts. ``voided`` is kept and flagged; ``parked`` and ``pending`` (laybys, orders) are no sales yet.
- A sale belongs to the day of its ``date``; it may have been parked for days before.
- Gift cards sold are a liability. Tips, surcharges, delivery and cash rounding have columns of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from connectors.currency import minor_exponent
from connectors.lightspeed_x.amounts import (
    ZERO,
    Exact,
    adjustments,
    exact_lines,
    many,
    minor_units,
    number,
    part,
)
from connectors.lightspeed_x.client import instant, maybe_instant, version_of
from connectors.lightspeed_x.surroundings import MARK
from connectors.lightspeed_x.tenders import rounding_of, tender_rows
from connectors.money import whole_parts
from connectors.records import Row, scoped

COUNTED = "closed"
VOIDED = "voided"
_FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in minor units."""

    exact: Exact
    net: int
    discount: int
    shared_discount: int
    tax: int

    @property
    def gross(self) -> int:
        return self.net + self.discount


def sale_rows(sale: Mapping[str, Any], *, connection: str) -> Iterator[Row]:
    """The rows of one stored sale: ``sale``, ``sale_line``, ``sale_discount`` and ``tender``.

    Nothing for one that is parked or pending: it is not a sale yet.
    """
    is_void = sale.get("state") == VOIDED or bool(sale.get("deleted_at"))
    closed = sale.get("date") or sale.get("created_at")
    if not (is_void or sale.get("state") == COUNTED) or not closed:
        return
    mark = part(sale, MARK)
    currency = str(mark.get("currency") or "USD")
    exponent = minor_exponent(currency)
    cent = Decimal(1).scaleb(-exponent)
    lines = _lines(exact_lines(sale, str(mark.get("discount_product_id") or ""), cent), exponent)
    document = _document(sale, lines, currency, exponent)
    yield Row(
        "sale",
        {
            **document,
            "closed_at": instant(str(closed)),
            "voided": is_void,
            "connection": connection,
        },
    )
    for position, line in enumerate(lines, start=1):
        yield _line_row(sale, position, line)
        yield from _discount_rows(sale, position, line, connection)
    yield from tender_rows(sale, exponent)


def _lines(exact: Sequence[Exact], exponent: int) -> list[_Line]:
    def scaled(values: Sequence[Decimal]) -> list[Decimal]:
        return [value.scaleb(exponent) for value in values]

    def rounded(values: Sequence[Decimal]) -> list[int]:
        return whole_parts(scaled(values), minor_units(sum(values, ZERO), exponent))

    nets = [0] * len(exact)
    for is_gift_card in (False, True):
        chosen = [index for index, line in enumerate(exact) if line.is_gift_card is is_gift_card]
        for index, amount in zip(chosen, rounded([exact[index].net for index in chosen]), strict=True):
            nets[index] = amount
    shared = rounded([line.shared_discount for line in exact])
    own = rounded([line.own_discount for line in exact])
    # The sum that people pay is rounded once; tax is what that leaves beside the goods.
    paid = minor_units(sum((line.net + line.tax for line in exact), ZERO), exponent)
    taxes = whole_parts(scaled([line.tax for line in exact]), paid - sum(nets))
    return [
        _Line(line, net, mine + ours, ours, tax)
        for line, net, mine, ours, tax in zip(exact, nets, own, shared, taxes, strict=True)
    ]


def _document(sale: Mapping[str, Any], lines: Sequence[_Line], currency: str, exponent: int) -> dict[str, Any]:
    goods = [line for line in lines if not line.exact.is_gift_card]
    source, back = part(sale, "source"), part(sale, "return")
    shipping, shipping_tax = _delivery(sale, exponent)
    tip = minor_units(sum((number(item.get("total")) for item in adjustments(sale, "TIP")), ZERO), exponent)
    service = minor_units(_surcharges(sale), exponent)
    gift_cards = sum(line.net for line in lines if line.exact.is_gift_card)
    net = sum(line.net for line in goods)
    tax = sum(line.tax for line in lines) + shipping_tax
    rounding = rounding_of(sale, exponent)
    return {
        "sale_id": sale["id"],
        "store_id": source.get("outlet_id"),
        "opened_at": maybe_instant(sale.get("created_at")),
        "register_id": source.get("register_id"),
        "employee_id": part(source, "author").get("id"),
        "customer_key": sale.get("customer_key"),
        "channel": source.get("type") or None,
        "kind": _kind(lines, back),
        "original_sale_id": back.get("original_sale_id") or None,
        "currency": currency,
        "gross_minor": sum(line.gross for line in goods),
        "discount_minor": sum(line.discount for line in goods),
        "net_minor": net,
        "tax_minor": tax,
        "tip_minor": tip,
        "service_minor": service,
        "shipping_minor": shipping,
        "rounding_minor": rounding,
        "gift_card_minor": gift_cards,
        "total_minor": net + gift_cards + tax + tip + service + shipping + rounding,
        "is_test": False,
        "external_id": sale["id"],
        "source_version": version_of(sale),
    }


def _kind(lines: Sequence[_Line], back: Mapping[str, Any]) -> str:
    came_back = any(line.exact.is_return for line in lines)
    went_out = any(not line.exact.is_return for line in lines)
    if came_back:
        return "exchange" if went_out else "return"
    return "return" if back.get("is_return") and not went_out else "sale"


def _surcharges(sale: Mapping[str, Any]) -> Decimal:
    """What was charged on top for the way of paying."""
    fees = sum((number(item.get("total")) for item in adjustments(sale, "NON_CASH_FEE")), ZERO)
    stated = part(sale, "totals").get("surcharge")
    if stated is not None:
        return fees + number(stated)
    return fees + sum((number(item.get("total")) for item in adjustments(sale, "SURCHARGE")), ZERO)


def _delivery(sale: Mapping[str, Any], exponent: int) -> tuple[int, int]:
    charges = many(sale, "ecom_custom_charges")
    amount = sum((number(item.get("total")) for item in charges), ZERO)
    tax = sum((number(item.get("total_tax")) for item in charges), ZERO)
    return minor_units(amount, exponent), minor_units(amount + tax, exponent) - minor_units(amount, exponent)


def _line_row(sale: Mapping[str, Any], position: int, line: _Line) -> Row:
    exact = line.exact
    cost = number(part(exact.source, "pricing").get("cost"))
    gross = exact.net + exact.discount
    price = (gross / exact.quantity).quantize(_FOUR_DIGITS) if exact.quantity else None
    author = part(part(sale, "source"), "author").get("id")
    return Row(
        "sale_line",
        {
            "sale_id": sale["id"],
            "line_no": position,
            "variant_id": None if exact.without_goods else part(exact.source, "product").get("id"),
            "quantity": exact.quantity,
            "unit_price": price,
            "gross_minor": line.gross,
            "discount_minor": line.discount,
            "net_minor": line.net,
            "tax_minor": line.tax,
            # A cost of nothing means that nobody entered one; then the mirror's own history is asked.
            "unit_cost": cost if cost > 0 and not exact.without_goods else None,
            "is_return": exact.is_return,
            "is_gift_card": exact.is_gift_card,
            "original_line_no": None,
            "employee_id": exact.source.get("salesperson_id") or author,
            "name": _without_goods_name(line) if exact.without_goods else None,
        },
    )


def _without_goods_name(line: _Line) -> str:
    return "Refund without items" if line.net < 0 else "Charge without items"


def _discount_rows(sale: Mapping[str, Any], position: int, line: _Line, connection: str) -> Iterator[Row]:
    """One row for each promotion of the line, else one for its discount; one more for its share of the sale's."""
    own = line.discount - line.shared_discount
    promotions = many(line.exact.source, "promotions") if own else []
    found: list[tuple[Mapping[str, Any], int, str]] = []
    if promotions:
        weights = [abs(number(item.get("amount"))) or Decimal(1) for item in promotions]
        whole = sum(weights, ZERO)
        shares = whole_parts([own * weight / whole for weight in weights], own)
        found += [(item, share, "promotion") for item, share in zip(promotions, shares, strict=True)]
    elif own:
        found.append(({"name": "Mark-up" if own * line.exact.quantity < 0 else "Discount"}, own, "line"))
    if line.shared_discount:
        found.append(({"name": "Sale discount"}, line.shared_discount, "sale"))
    for sequence, (item, amount, kind) in enumerate(found, start=1):
        yield Row(
            "sale_discount",
            {
                "sale_id": sale["id"],
                "line_no": position,
                "seq": sequence,
                "promotion_id": scoped(connection, item["id"]) if item.get("id") else None,
                "coupon_id": item.get("promo_code_id") or None,
                "code": item.get("promo_code") or None,
                "name": item.get("name"),
                "amount_minor": amount,
                "kind": kind,
            },
        )
