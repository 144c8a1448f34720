"""Refunds, voids and exchanges as Clover reckons them, trap by trap, on hand-made orders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.clover_orders import (
    AT,
    DAY,
    MINUTE,
    at,
    back,
    line,
    only,
    order,
    parts,
    pay,
    rows,
    wrapped,
)


def test_a_refund_is_a_return_of_its_own_day_without_its_tax() -> None:
    lines = [line(1000, taxRates=[{"rate": 800000}]), line(500, number=2, taxRates=[{"rate": 800000}])]
    refund = back(540, taxAmount=40, lineItems=["L2"])
    found = rows(
        order(*lines, payments=[pay(1620, taxAmount=120)], paymentState="PARTIALLY_REFUNDED", refunds=[refund])
    )
    sale, returned = found["sale"]
    assert parts(sale) == {"gross": 1500, "net": 1500, "tax": 120, "total": 1620}
    assert parts(returned) == {"gross": -500, "net": -500, "tax": -40, "total": -540}
    assert (returned["kind"], returned["original_sale_id"]) == ("return", "clover:O1")
    assert returned["closed_at"] == at(AT + 2 * DAY)
    item = found["sale_line"][-1]
    assert (item["quantity"], item["original_line_no"], item["is_return"]) == (Decimal(-1), 2, True)
    assert [(row["amount_minor"], row["kind"]) for row in found["tender"]] == [(1620, "cash"), (-540, "cash")]


def test_a_refund_of_discounted_lines_takes_back_the_discount_too() -> None:
    source = order(line(1000), line(1000, number=2), payments=[pay(1500)], discounts=[{"id": "D", "amount": -500}])
    source["refunds"] = wrapped(back(750, lineItems=["L1"]))
    assert parts(rows(source)["sale"][1]) == {"gross": -1000, "discount": -250, "net": -750, "total": -750}


def test_a_refund_known_from_the_flags_of_its_lines() -> None:
    flagged = line(500, number=2, refunded=True)
    found = rows(order(line(1000), flagged, payments=[pay(1500)], refunds=[back(500)]))
    assert [(row["original_line_no"], row["net_minor"]) for row in found["sale_line"][2:]] == [(2, -500)]


def test_a_refund_that_a_line_names() -> None:
    named = line(500, number=2, refunded=True, refund={"id": "R1"})
    found = rows(order(line(1000), named, payments=[pay(1500)], refunds=[back(450)]))
    assert [(row["original_line_no"], row["net_minor"]) for row in found["sale_line"][2:]] == [(2, -450)]


def test_a_refund_of_everything_returns_every_line() -> None:
    found = rows(order(line(1000), line(500, number=2), payments=[pay(1500)], refunds=[back(1500)]))
    assert [row["original_line_no"] for row in found["sale_line"][2:]] == [1, 2]
    assert parts(found["sale"][1]) == {"gross": -1500, "net": -1500, "total": -1500}


def test_a_refund_of_an_amount_is_one_line_without_goods() -> None:
    found = rows(order(line(1000), payments=[pay(1000, tipAmount=50)], refunds=[back(130, tipAmount=30)]))
    assert parts(found["sale"][1]) == {"gross": -100, "net": -100, "tip": -30, "total": -130}
    item = found["sale_line"][1]
    assert (item["variant_id"], item["quantity"], item["net_minor"]) == (None, 0, -100)


@pytest.mark.parametrize("state", [{"voided": True}, {"status": "VOIDED"}])
def test_a_voided_refund_is_kept_and_flagged(state: dict[str, Any]) -> None:
    found = rows(order(line(1000), payments=[pay(1000)], refunds=[back(100, **state)]))
    assert [sale["voided"] for sale in found["sale"]] == [False, True]


def test_a_failed_refund_never_happened() -> None:
    assert len(rows(order(line(1000), payments=[pay(1000)], refunds=[back(100, status="FAIL")]))["sale"]) == 1


def test_a_refund_that_stands_only_on_its_payment_counts_once() -> None:
    refund = back(100)
    alone = order(line(1000), payments=[pay(1000, refunds=wrapped(refund))])
    both = order(line(1000), payments=[pay(1000, refunds=wrapped(refund))], refunds=[refund])
    assert len(rows(alone)["sale"]) == len(rows(both)["sale"]) == 2


def test_a_manual_refund_belongs_to_no_sale() -> None:
    credit = {"id": "C1", "amount": 540, "taxAmount": 40, "createdTime": AT + DAY, "tender": {"labelKey": "x"}}
    (returned,) = rows(order(paymentState="CREDITED", credits=[credit]))["sale"]
    assert parts(returned) == {"gross": -500, "net": -500, "tax": -40, "total": -540}
    assert (returned["original_sale_id"], returned["kind"], returned["voided"]) == (None, "return", False)
    undone = {**credit, "creditRefunds": wrapped({"id": "X"})}
    assert only(order(paymentState="CREDITED", credits=[undone]))["voided"] is True


def test_an_exchange_nets_in_one_document() -> None:
    """A mug of 995 was handed back for oat milk of 450, and the difference paid out."""
    swapped = line(995, exchanged=True)
    instead = line(450, number=2, exchangedLineItem={"id": "L1"}, createdTime=AT + DAY)
    found = rows(order(swapped, instead, payments=[pay(995)], refunds=[back(545)]))
    (sale,) = found["sale"]
    assert parts(sale) == {"gross": 450, "net": 450, "total": 450}
    assert sale["kind"] == "exchange"
    assert [(row["net_minor"], row["is_return"]) for row in found["sale_line"]] == [
        (450, False),
        (995, False),
        (-995, True),
    ]
    assert [row["amount_minor"] for row in found["tender"]] == [995, -545]


def test_an_exchange_for_something_dearer_is_paid_up() -> None:
    swapped, instead = line(450, exchanged=True), line(995, number=2)
    later = pay(545, id="P2", createdTime=AT + 3 * DAY, clientCreatedTime=AT + 3 * DAY)
    (sale,) = rows(order(swapped, instead, payments=[pay(450), later]))["sale"]
    assert (sale["net_minor"], sale["total_minor"], sale["closed_at"]) == (995, 995, at(AT + MINUTE))


def test_an_order_whose_payments_were_voided_is_kept_and_flagged() -> None:
    voided = pay(450, result="VOIDED")
    for source in (order(line(450), payments=[voided]), order(line(450), voids=[pay(450)], paymentState="OPEN")):
        assert (only(source)["voided"], only(source)["net_minor"]) == (True, 450)


def test_a_void_that_refers_to_its_payment_voids_it() -> None:
    void = {"id": "W1", "amount": 450, "createdTime": AT, "result": "SUCCESS", "voidPaymentRef": {"id": "P1"}}
    for source in (
        order(line(450), payments=[pay(450)], voids=[void]),
        order(line(450), payments=[pay(450, voidPaymentRef={"id": "W1"})]),
    ):
        found = rows(source)
        assert [(sale["voided"], sale["total_minor"]) for sale in found["sale"]] == [(True, 450)]
        assert [row["status"] for row in found["tender"]] == ["VOIDED"]


def test_a_voided_payment_beside_a_good_one_is_not_counted() -> None:
    source = order(line(450), payments=[pay(450, id="P2")], voids=[pay(450)])
    assert (only(source)["voided"], only(source)["total_minor"]) == (False, 450)


@pytest.mark.parametrize(
    "source",
    [
        order(line(450), paymentState="OPEN"),
        order(line(450), paymentState="OPEN", payments=[pay(450, result="FAIL")]),
        order(line(450), paymentState="OPEN", payments=[pay(450, result="AUTH")]),
        order(line(450), paymentState="PARTIALLY_PAID", total=450, payments=[pay(100)]),
        order(line(450), paymentState="PARTIALLY_PAID", total=450, payments=[pay(100)], refunds=[back(100)]),
        order(),
    ],
    ids=["open", "failed", "authorised", "deposit", "deposit given back", "empty"],
)
def test_what_is_not_paid_for_is_no_sale(source: dict[str, Any]) -> None:
    assert rows(source)["sale"] == []
