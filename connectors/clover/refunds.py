"""Money that went back: each refund and each credit is a return of its own, on its own day.

A refund belongs to a payment and gives back its amount, tax and tip included; which lines it was for, Clover says on
the refund, on the line, or not at all. A credit (a manual refund) belongs to no sale: it is an amount and nothing
else. Refunds that failed never happened; those that were voided are kept and flagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.clover.amounts import Line, whole
from connectors.clover.client import instant, many, reference
from connectors.clover.documents import Document, Entry, Owner, happened_at, money_line, tender_row
from connectors.money import largest_remainder
from connectors.records import Row, scoped

_FAILED = frozenset({"FAIL", "FAILED"})
_WITHOUT_ITEMS = "Refund without items"


def return_rows(
    order: Mapping[str, Any],
    sold: Sequence[Line],
    owner: Owner,
    version: int,
    *,
    original: str | None,
    leave_out: set[str],
) -> Iterator[Row]:
    """A return for each refund of an order.

    Args:
        order: as it was stored.
        sold: its lines, added up.
        owner: whose it is.
        version: the record's.
        original: the mirror's id of the sale, if there is one.
        leave_out: ids of refunds that were part of an exchange.
    """
    refunds = [item for item in _refunds(order) if str(item.get("id")) not in leave_out]
    for refund in refunds:
        yield from _refund_rows(order, refund, refunds, sold, owner, version, original)


def credit_rows(
    credit: Mapping[str, Any],
    owner: Owner,
    version: int,
    *,
    order: Mapping[str, Any] | None = None,
    original: str | None = None,
) -> Iterator[Row]:
    """The return of one credit; ``order`` is the one it hangs on, if any."""
    if credit.get("result") not in (None, "SUCCESS", "VOIDED") or not credit.get("id"):
        return
    amount, tax = whole(credit.get("amount")), whole(credit.get("taxAmount"))
    at = happened_at(credit) or instant(0)
    document = Document(
        sale_id=scoped(owner.connection, credit["id"]),
        external_id=str(credit["id"]),
        closed_at=at,
        kind="return",
        original=original,
        currency=str(order["currency"]) if order and order.get("currency") else None,
        entries=[Entry(money_line(_WITHOUT_ITEMS, amount - tax, tax), -1)],
        tax=-tax,
        total=-amount,
        voided=bool(credit.get("voided")) or credit.get("result") == "VOIDED" or bool(many(credit, "creditRefunds")),
        is_test=bool(order and order.get("testMode")),
        employee=reference(credit, "employee"),
        register=reference(credit, "device"),
        customer_key=order.get("customer_key") if order else None,
    )
    yield from document.rows(owner, version)
    yield tender_row(credit, document.sale_id, owner, -amount, 0, at)


def exchange_refunds(order: Mapping[str, Any], exchanged: Sequence[Line], surplus: int) -> list[Mapping[str, Any]]:
    """Refunds that paid out the difference of an exchange: those without lines, as far as more was paid than is due."""
    if not exchanged:
        return []
    found = []
    for refund in sorted(_refunds(order), key=lambda item: whole(item.get("createdTime"))):
        amount = whole(refund.get("amount"))
        if not many(refund, "lineItems") and 0 < amount <= surplus and not _is_void(refund):
            surplus -= amount
            found.append(refund)
    return found


def _refund_rows(
    order: Mapping[str, Any],
    refund: Mapping[str, Any],
    refunds: Sequence[Mapping[str, Any]],
    sold: Sequence[Line],
    owner: Owner,
    version: int,
    original: str | None,
) -> Iterator[Row]:
    amount, tax, tip = (whole(refund.get(name)) for name in ("amount", "taxAmount", "tipAmount"))
    service = whole((refund.get("serviceChargeAmount") or {}).get("amount"))
    goods = amount - tax - tip - service
    at = happened_at(refund) or instant(0)
    payment = next((item for item in many(order, "payments") if item.get("id") == reference(refund, "payment")), {})
    entries = _entries(refund, refunds, sold, goods, tax)
    document = Document(
        sale_id=scoped(owner.connection, refund["id"]),
        external_id=str(refund["id"]),
        closed_at=at,
        kind="return",
        original=original,
        currency=str(order["currency"]) if order.get("currency") else None,
        entries=entries,
        tax=-tax,
        tip=-tip,
        service=-service,
        total=-amount,
        voided=_is_void(refund),
        is_test=bool(order.get("testMode")),
        employee=reference(refund, "employee") or reference(order, "employee"),
        register=reference(refund, "device") or reference(order, "device"),
        customer_key=order.get("customer_key"),
    )
    yield from document.rows(owner, version)
    yield tender_row({**payment, **refund}, document.sale_id, owner, -amount, -tip, at)


def _entries(
    refund: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]], sold: Sequence[Line], goods: int, tax: int
) -> list[Entry]:
    numbered = list(enumerate(sold, start=1))
    meant = [(number, line) for number, line in numbered if line.id in _line_ids(refund, sold)]
    if not meant:
        meant = _guessed(refund, refunds, numbered, goods + tax)
    if not meant:
        return [Entry(money_line(_WITHOUT_ITEMS, goods, tax), -1)] if goods or tax else []
    lines = [line for _, line in meant]
    if sum(line.net for line in lines) == goods and sum(line.tax for line in lines) == tax:
        return [Entry(line, -1, number) for number, line in meant]
    nets = largest_remainder(goods, [max(0, line.net) for line in lines])
    taxes = largest_remainder(tax, [max(0, line.tax) for line in lines])
    return [
        Entry(replace(line, gross=net, net=net, tax=part, taken=[]), -1, number)
        for (number, line), net, part in zip(meant, nets, taxes, strict=True)
    ]


def _guessed(
    refund: Mapping[str, Any],
    refunds: Sequence[Mapping[str, Any]],
    numbered: Sequence[tuple[int, Line]],
    value: int,
) -> list[tuple[int, Line]]:
    """The lines of a refund that names none, where its amount tells: the flagged ones, or everything."""
    sold = [line for _, line in numbered]
    claimed = {found for other in refunds if other is not refund for found in _line_ids(other, sold)}
    free = [(number, line) for number, line in numbered if line.id not in claimed]
    flagged = [(number, line) for number, line in free if line.source.get("refunded")]
    for some in (flagged, free):
        if some and sum(line.net + line.tax for _, line in some) == value:
            return some
    return []


def _line_ids(refund: Mapping[str, Any], sold: Sequence[Line]) -> set[str]:
    """The lines that a refund says it is for, on itself or on them."""
    named = {str(item.get("id")) for item in many(refund, "lineItems")}
    return named | {line.id for line in sold if reference(line.source, "refund") == str(refund.get("id")) and line.id}


def _refunds(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every refund of an order once, those that stand only on a payment included."""
    found = {str(item["id"]): item for item in many(order, "refunds") if item.get("id")}
    for payment in many(order, "payments"):
        for item in many(payment, "refunds"):
            if item.get("id") and item.get("amount") is not None:
                found.setdefault(str(item["id"]), item)
    return [item for item in found.values() if item.get("status") not in _FAILED]


def _is_void(refund: Mapping[str, Any]) -> bool:
    return bool(refund.get("voided")) or refund.get("status") == "VOIDED" or bool(refund.get("deletedTime"))
