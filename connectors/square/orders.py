"""From a Square order to a sale: the arithmetic that must equal Square's own net sales.

The rules it keeps:

- One order is one document: sold lines positive, returned lines negative; both at once is an exchange. Square makes a
  return an order of its own, dated when it was refunded, so an original order is never reduced again for a refund.
- A line's net is its total without tax and without service charges, which holds whether a tax is included in the
  price or added to it; its gross is net plus its share of every discount.
- Money given back without goods is a returned line without a variant, of quantity 0.
- Gift cards sold are a liability: they are kept as lines and in ``gift_card_minor``, and stay out of gross and net.
- Tips, service charges, card surcharges and cash rounding have columns of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from connectors.http import Secret
from connectors.money import largest_remainder, major
from connectors.records import Row
from connectors.square.client import instant
from connectors.square.privacy import customer_key

_TENDERS = {
    "CASH": "cash",
    "CARD": "card",
    "THIRD_PARTY_CARD": "card",
    "SQUARE_GIFT_CARD": "gift_card",
    "WALLET": "wallet",
}
_TENDER_FAILED = frozenset({"VOIDED", "FAILED"})
_REFUND_FAILED = frozenset({"REJECTED", "FAILED"})


class _Line(NamedTuple):
    """A line in minor units; ``sign`` is -1 for what came back, and every amount already carries it."""

    source: Mapping[str, Any]
    sign: int
    gross: int
    discount: int
    net: int
    tax: int
    is_gift_card: bool


def sale_rows(order: Mapping[str, Any], *, connection: str, key: Secret | None) -> Iterator[Row]:
    """The rows of one order: ``sale``, ``sale_line``, ``sale_discount`` and ``tender``.

    Nothing for an order that is still open or a draft: it has no closing instant yet.
    """
    closed = order.get("closed_at") or (order.get("updated_at") if order.get("state") == "CANCELED" else None)
    if not closed:
        return
    lines = _lines(order)
    currency = _currency(order)
    yield Row("sale", _document(order, lines, str(closed), currency, connection, key))
    employee = (order.get("metadata") or {}).get("employee_id")
    discounts: Mapping[str, Mapping[str, Any]] | None = None
    for number, line in enumerate(lines, start=1):
        yield Row("sale_line", _line_values(order["id"], number, line, currency, employee))
        if line.discount or line.source.get("applied_discounts"):
            discounts = discounts or _discount_names(order)
            yield from _line_discounts(order, number, line, discounts)
    yield from _tenders(order)


def _lines(order: Mapping[str, Any]) -> list[_Line]:
    sold = [_line(item, 1, "gross_sales_money") for item in order.get("line_items") or ()]
    sold = _spread(sold, _money(order, "total_discount_money"))
    back: list[_Line] = []
    for returned in _many(order, "returns"):
        items = [_line(item, -1, "gross_return_money") for item in _many(returned, "return_line_items")]
        rest = _refund_beyond_lines(returned, items)
        back += [*items, *([_amount_only(rest, "Refund without items")] if rest else [])]
    if not sold and not back:
        back = [
            _amount_only(_money(refund, "amount_money"), "Refund without items")
            for refund in _many(order, "refunds")
            if refund.get("status") not in _REFUND_FAILED
        ]
    return sold + back


def _line(item: Mapping[str, Any], sign: int, gross_name: str) -> _Line:
    tax = _money(item, "total_tax_money")
    discount = _money(item, "total_discount_money")
    if item.get("total_money") is not None:
        extra = _money(item, "total_service_charge_money") + _money(item, "total_card_surcharge_money")
        net = _money(item, "total_money") - tax - extra
    else:
        net = _money(item, gross_name) - discount
    is_gift_card = item.get("item_type") == "GIFT_CARD"
    return _Line(item, sign, sign * (net + discount), sign * discount, sign * net, sign * tax, is_gift_card)


def _amount_only(amount: int, name: str) -> _Line:
    return _Line({"name": name, "quantity": "0"}, -1, -amount, 0, -amount, 0, is_gift_card=False)


def _spread(lines: list[_Line], declared: int) -> list[_Line]:
    """Give lines their share of a document discount that Square left only on the document."""
    rest = declared - sum([line.discount for line in lines])
    if rest <= 0:
        return lines
    open_lines = [index for index, line in enumerate(lines) if not line.is_gift_card and line.net > 0]
    if not open_lines:
        return lines
    spread = list(lines)
    for index, share in zip(open_lines, largest_remainder(rest, [lines[i].net for i in open_lines]), strict=True):
        line = lines[index]
        spread[index] = line._replace(discount=line.discount + share, net=line.net - share)
    return spread


def _refund_beyond_lines(returned: Mapping[str, Any], lines: Iterable[_Line]) -> int:
    """What was paid back beyond the lines, tips, charges and rounding of a return; 0 when all is accounted for."""
    amounts = returned.get("return_amounts")
    if not isinstance(amounts, Mapping) or amounts.get("total_money") is None:
        return 0
    named = sum(_money(line.source, "total_money") for line in lines)
    charges = sum(
        _money(charge, "total_money") or _money(charge, "applied_money")
        for charge in _many(returned, "return_service_charges")
    )
    tips = _money(amounts, "tip_money")
    rounding = _rounding(returned)
    return max(0, _money(amounts, "total_money") - named - charges - tips - rounding)


def _document(
    order: Mapping[str, Any], lines: Sequence[_Line], closed: str, currency: str, connection: str, key: Secret | None
) -> dict[str, Any]:
    goods = [line for line in lines if not line.is_gift_card]
    cards = [line.net for line in lines if line.is_gift_card] if len(goods) < len(lines) else ()
    closed_at, created = instant(closed), order.get("created_at")
    returned = _many(order, "returns")
    metadata = order.get("metadata") or {}
    customer = order.get("customer_key") or customer_key(str(order.get("customer_id") or ""), key)
    amounts = _net_amounts(order)
    return {
        "sale_id": order["id"],
        "store_id": order["location_id"],
        "closed_at": closed_at,
        "opened_at": _instant(created, closed, closed_at),
        "register_id": metadata.get("register_id"),
        "employee_id": metadata.get("employee_id"),
        "customer_key": customer,
        "channel": (order.get("source") or {}).get("name"),
        "kind": _kind(order, lines),
        "original_sale_id": next((item["source_order_id"] for item in returned if item.get("source_order_id")), None),
        "currency": currency,
        "gross_minor": sum([line.gross for line in goods]),
        "discount_minor": sum([line.discount for line in goods]),
        "net_minor": sum([line.net for line in goods]),
        "tax_minor": amounts["tax"],
        "tip_minor": amounts["tip"],
        "service_minor": amounts["service"],
        "shipping_minor": 0,
        "rounding_minor": _rounding(order) - sum(map(_rounding, returned)),
        "gift_card_minor": sum(cards),
        "total_minor": amounts["total"],
        "voided": _is_void(order),
        "is_test": False,
        "connection": connection,
        "external_id": order["id"],
        "source_version": int(order.get("version") or 0),
    }


def _net_amounts(order: Mapping[str, Any]) -> dict[str, int]:
    """Sold minus returned; Square gives it as ``net_amounts``, older orders only as the two halves."""
    net = order.get("net_amounts")
    if isinstance(net, dict):
        return {
            "total": _money(net, "total_money"),
            "tax": _money(net, "tax_money"),
            "tip": _money(net, "tip_money"),
            "service": _money(net, "service_charge_money") + _money(net, "card_surcharge_money"),
        }
    surcharge = _money(order, "total_card_surcharge_money")
    sold = {
        "total": _money(order, "total_money"),
        "tax": _money(order, "total_tax_money"),
        "tip": _money(order, "total_tip_money"),
        "service": _money(order, "total_service_charge_money") + surcharge,
    }
    back = order.get("return_amounts")
    if not back:
        return sold
    names = {"total": "total_money", "tax": "tax_money", "tip": "tip_money", "service": "service_charge_money"}
    return {what: amount - _money(back, names[what]) for what, amount in sold.items()}


def _kind(order: Mapping[str, Any], lines: Sequence[_Line]) -> str:
    """What came back stands behind what was sold."""
    came_back = (lines and lines[-1].sign < 0) or _many(order, "returns")
    if not came_back:
        return "sale"
    return "exchange" if lines and lines[0].sign > 0 else "return"


def _is_void(order: Mapping[str, Any]) -> bool:
    if order.get("state") == "CANCELED":
        return True
    tenders = _many(order, "tenders")
    if not tenders:
        return False
    return all((tender.get("card_details") or {}).get("status") in _TENDER_FAILED for tender in tenders)


def _line_values(sale_id: str, number: int, line: _Line, currency: str, employee: str | None) -> dict[str, Any]:
    source = line.source
    variant = source.get("catalog_object_id")
    is_back = line.sign < 0
    # Money given back for nothing in particular: no goods came back with it.
    bare = is_back and not variant and not source.get("source_line_item_uid")
    quantity = Decimal(0) if bare else _decimal(str(source.get("quantity") or "0"))
    priced = source.get("base_price_money") is not None
    return {
        "sale_id": sale_id,
        "line_no": number,
        "variant_id": variant,
        "quantity": -quantity if is_back else quantity,
        "unit_price": major(_money(source, "base_price_money"), currency) if priced else None,
        "gross_minor": line.gross,
        "discount_minor": line.discount,
        "net_minor": line.net,
        "tax_minor": line.tax,
        "unit_cost": None,
        "is_return": is_back,
        "is_gift_card": line.is_gift_card,
        "original_line_no": None,
        "employee_id": employee,
        "name": source.get("name"),
    }


def _discount_names(order: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found = {str(item.get("uid")): item for item in _many(order, "discounts")}
    for returned in _many(order, "returns"):
        found |= {str(item.get("uid")): item for item in _many(returned, "return_discounts")}
    return found


def _line_discounts(
    order: Mapping[str, Any], number: int, line: _Line, names: Mapping[str, Mapping[str, Any]]
) -> Iterator[Row]:
    rest = line.discount
    sequence = 0
    for applied in _many(line.source, "applied_discounts"):
        amount = line.sign * _money(applied, "applied_money")
        sequence += 1
        rest -= amount
        yield _discount_row(order, number, sequence, names.get(str(applied.get("discount_uid")), {}), amount)
    if rest:
        yield _discount_row(order, number, sequence + 1, {"name": "Order discount"}, rest)


def _discount_row(
    order: Mapping[str, Any], number: int, sequence: int, discount: Mapping[str, Any], amount: int
) -> Row:
    return Row(
        "sale_discount",
        {
            "sale_id": order["id"],
            "line_no": number,
            "seq": sequence,
            "promotion_id": discount.get("pricing_rule_id"),
            "name": discount.get("name"),
            "amount_minor": amount,
            "kind": discount.get("type"),
        },
    )


def _tenders(order: Mapping[str, Any]) -> Iterator[Row]:
    kinds: dict[str, str] = {}
    for tender in _many(order, "tenders"):
        kinds[str(tender.get("id"))] = kind = _TENDERS.get(str(tender.get("type")), "other")
        yield Row(
            "tender",
            {
                "tender_id": tender["id"],
                "sale_id": order["id"],
                "kind": kind,
                "amount_minor": _money(tender, "amount_money"),
                "tip_minor": _money(tender, "tip_money"),
                "fee_minor": _money(tender, "processing_fee_money"),
                "status": (tender.get("card_details") or {}).get("status"),
                "processed_at": _instant(tender.get("created_at")),
            },
        )
    if not _many(order, "returns") and _many(order, "line_items"):
        # On an original order a refund repeats what its return order already says.
        return
    for refund in _many(order, "refunds"):
        yield Row(
            "tender",
            {
                "tender_id": refund["id"],
                "sale_id": order["id"],
                "kind": kinds.get(str(refund.get("tender_id")), "other"),
                "amount_minor": -_money(refund, "amount_money"),
                "tip_minor": 0,
                "fee_minor": -_money(refund, "processing_fee_money"),
                "status": refund.get("status"),
                "processed_at": _instant(refund.get("created_at")),
            },
        )


def _rounding(document: Mapping[str, Any]) -> int:
    return _money(document.get("rounding_adjustment") or {}, "amount_money")


def _currency(order: Mapping[str, Any]) -> str:
    for name in ("total_money", "net_amount_due_money"):
        if isinstance(order.get(name), dict):
            return str(order[name].get("currency") or "USD")
    amounts = order.get("return_amounts") or order.get("net_amounts") or {}
    return str((amounts.get("total_money") or {}).get("currency") or "USD")


def _money(document: Mapping[str, Any], name: str) -> int:
    money = document.get(name)
    # A dict, not a Mapping: that is what JSON gives, and this is asked thirty times an order.
    if not isinstance(money, dict):
        return 0
    amount = money.get("amount")
    return amount if type(amount) is int else int(amount or 0)


_decimal = lru_cache(maxsize=1_000)(Decimal)
"""Most quantities are the same few."""


def _instant(stamp: Any, known: str = "", at: datetime | None = None) -> datetime | None:
    """The instant of a stamp, if there is one; ``at`` is that of ``known``, which it often equals."""
    if not stamp:
        return None
    return at if at is not None and stamp == known else instant(str(stamp))


def _many(document: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    return document.get(name) or ()
