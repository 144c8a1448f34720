"""Net sales equal to Shopify's own: one golden order per trap of what came back, and what holds for every order."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.shopify.orders_made import (
    LATER,
    SOLD,
    Mapped,
    adjustment,
    allocation,
    bag,
    given_back,
    line,
    order,
    payment,
    refund,
    refund_line,
    tax,
    whole,
)


def test_a_refund_is_a_return_on_its_own_day_and_the_sale_stays() -> None:
    sold = [line(1, 3, "10.00", currentQuantity=2), line(2, 1, "5.00")]
    back = refund(11, [refund_line(sold[0], 1, "10.00")], transactions=given_back(2, "10.00"))
    mapped = whole(Mapped(order(sold, [payment(1, "35.00")], refunds=[back], returnStatus="RETURNED")))
    assert (mapped.sale["net_minor"], mapped.net_sales()) == (3500, 2500)
    (document,) = mapped.returns
    assert document["sale_id"] == "shop:refund-11"
    assert document["closed_at"] == datetime(2026, 11, 5, 10, 30, tzinfo=UTC)
    assert (document["kind"], document["original_sale_id"]) == ("return", "shop:450789469")
    (came_back,) = mapped.lines_of(document)
    assert (came_back["quantity"], came_back["net_minor"], came_back["original_line_no"]) == (-1, -1000, 1)
    assert came_back["is_return"] is True
    assert (
        mapped.table("inventory_change")[-1] | {"kind": "return", "quantity": 1, "store_id": "shop:7"}
        == (mapped.table("inventory_change")[-1])
    )


def test_a_refund_of_discounted_goods_gives_back_what_was_paid() -> None:
    sold = line(1, 3, "10.00", discountAllocations=[allocation("2.00", title="Offer")])
    back = refund(11, [refund_line(sold, 1, "9.33")], transactions=given_back(2, "9.33"))
    mapped = whole(Mapped(order([sold], [payment(1, "28.00")], refunds=[back])))
    (came_back,) = mapped.lines_of(mapped.returns[0])
    assert (came_back["gross_minor"], came_back["discount_minor"], came_back["net_minor"]) == (-1000, -67, -933)
    assert mapped.net_sales() == 1867


def test_a_refund_of_tax_inclusive_goods_takes_the_tax_out() -> None:
    sold = line(1, 2, "11.00", taxLines=[tax("2.00")])
    back = refund(11, [refund_line(sold, 1, "11.00", "1.00")], transactions=given_back(2, "11.00"))
    mapped = whole(Mapped(order([sold], [payment(1, "22.00")], taxesIncluded=True, refunds=[back])))
    document = mapped.returns[0]
    assert (document["net_minor"], document["tax_minor"], document["total_minor"]) == (-1000, -100, -1100)


def test_an_amount_only_refund_stands_in_the_adjustments() -> None:
    back = refund(11, orderAdjustments=adjustment("-5.85"), transactions=given_back(2, "5.85"))
    mapped = whole(Mapped(order([line(1, 1, "20.00")], [payment(1, "20.00")], refunds=[back])))
    (only,) = mapped.lines_of(mapped.returns[0])
    assert (only["variant_id"], only["net_minor"], only["quantity"], only["is_return"]) == (None, -585, 0, True)
    assert mapped.net_sales() == 1415


def test_an_amount_only_refund_may_carry_its_tax() -> None:
    back = refund(11, orderAdjustments=adjustment("-5.00", "-0.50"), transactions=given_back(2, "5.50"))
    mapped = whole(Mapped(order([line(1, 1, "20.00")], [payment(1, "20.00")], refunds=[back])))
    document = mapped.returns[0]
    assert (document["net_minor"], document["tax_minor"], document["total_minor"]) == (-500, -50, -550)


def test_money_kept_of_a_refund_is_kept() -> None:
    sold = line(1, 1, "20.00")
    back = refund(
        11, [refund_line(sold, 1, "20.00")], orderAdjustments=adjustment("3.00"), transactions=given_back(2, "17.00")
    )
    mapped = whole(Mapped(order([sold], [payment(1, "20.00")], refunds=[back])))
    assert mapped.net_sales() == 300
    assert [row["quantity"] for row in mapped.lines_of(mapped.returns[0])] == [-1, 0]


def test_a_refund_that_only_says_its_total_is_an_amount() -> None:
    back = refund(11, totalRefundedSet=bag("4.00"), transactions=given_back(2, "4.00"))
    mapped = whole(Mapped(order([line(1, 1, "20.00")], [payment(1, "20.00")], refunds=[back])))
    assert mapped.net_sales() == 1600


def test_a_refund_of_nothing_is_no_document() -> None:
    mapped = Mapped(order([line(1, 1, "20.00")], [payment(1, "20.00")], refunds=[refund(11)]))
    assert mapped.returns == []


def test_shipping_is_no_sale_and_its_refund_no_return_of_goods() -> None:
    shipping = {
        "nodes": [{"id": "gid://shopify/ShippingLine/1", "discountedPriceSet": bag("6.00"), "taxLines": [tax("0.60")]}]
    }
    given = {"nodes": [{"id": "x", "subtotalAmountSet": bag("6.00"), "taxAmountSet": bag("0.60")}]}
    back = refund(11, refundShippingLines=given, transactions=given_back(2, "6.60"))
    mapped = whole(Mapped(order([line(1, 1, "20.00")], [payment(1, "26.60")], shippingLines=shipping, refunds=[back])))
    assert (mapped.sale["shipping_minor"], mapped.sale["tax_minor"], mapped.sale["net_minor"]) == (600, 60, 2000)
    document = mapped.returns[0]
    assert (document["shipping_minor"], document["tax_minor"], document["net_minor"]) == (-600, -60, 0)
    assert document["kind"] == "return"


def exchanged(dearer: bool) -> dict[str, Any]:
    """A 10.00 thing back, a 14.00 or 6.00 thing out, added to the old order's lines."""
    old, new = line(1, 1, "10.00", currentQuantity=0), line(2, 1, "14.00" if dearer else "6.00")
    back = refund(
        11,
        [refund_line(old, 1, "10.00")],
        **{"return": {"id": "gid://shopify/Return/21"}},
        transactions={"nodes": []} if dearer else given_back(2, "4.00"),
    )
    returned = {
        "id": "gid://shopify/Return/21",
        "status": "CLOSED",
        "createdAt": LATER,
        "closedAt": LATER,
        "exchangeLineItems": {"nodes": [{"id": "x", "quantity": 1, "lineItems": [{"id": new["id"]}]}]},
    }
    payments = [payment(1, "10.00")] + ([payment(3, "4.00", processedAt=LATER)] if dearer else [])
    total = bag("24.00" if dearer else "16.00")
    return order([old, new], payments, refunds=[back], returns={"nodes": [returned]}, totalPriceSet=total)


@pytest.mark.parametrize(("dearer", "net"), [(True, 400), (False, -400)])
def test_an_exchange_belongs_to_its_own_day_with_both_its_sides(dearer: bool, net: int) -> None:
    mapped = whole(Mapped(exchanged(dearer)))
    assert (mapped.sale["net_minor"], mapped.sale["kind"]) == (1000, "sale")
    (document,) = mapped.returns
    assert (document["kind"], document["net_minor"], document["total_minor"]) == ("exchange", net, net)
    assert document["closed_at"].isoformat() == "2026-11-05T10:30:00+00:00"
    assert [row["is_return"] for row in mapped.lines_of(document)] == [True, False]
    assert mapped.net_sales() == 1000 + net


def test_an_even_exchange_that_no_refund_tells_of_has_a_document_of_its_own() -> None:
    source = exchanged(dearer=True)
    source["refunds"][0]["return"] = None
    source["transactions"] = source["transactions"][:1]
    mapped = Mapped(source)
    mapped.holds()
    assert [row["sale_id"] for row in mapped.returns] == ["shop:refund-11", "shop:exchange-21"]
    assert [row["net_minor"] for row in mapped.returns] == [-1000, 1400]


def test_a_cancelled_order_that_was_paid_is_taken_back_once_by_its_refund() -> None:
    sold = line(1, 2, "10.00", currentQuantity=0)
    back = refund(11, [refund_line(sold, 2, "20.00", restockType="CANCEL")], transactions=given_back(2, "20.00"))
    mapped = whole(Mapped(order([sold], [payment(1, "20.00")], cancelledAt=LATER, refunds=[back])))
    assert [row["voided"] for row in mapped.table("sale")] == [False, False]
    assert mapped.net_sales() == 0


def test_a_cancelled_order_that_was_never_paid_is_void_with_its_refunds() -> None:
    sold = line(1, 2, "10.00", currentQuantity=0)
    payments = [payment(1, "20.00", "AUTHORIZATION"), payment(2, "20.00", "VOID")]
    back = refund(11, [refund_line(sold, 2, "20.00", restockType="CANCEL")])
    mapped = Mapped(order([sold], payments, cancelledAt=LATER, refunds=[back]))
    mapped.holds()
    assert [row["voided"] for row in mapped.table("sale")] == [True, True]
    assert mapped.net_sales() == 0
    assert mapped.table("tender") == []
    assert mapped.table("inventory_change") == []


def test_a_tip_given_back_is_no_return_of_goods() -> None:
    tip = line(2, 1, "2.00", variant=None, taxable=False, title="Tip")
    back = refund(11, [refund_line(tip, 1, "2.00")], transactions=given_back(2, "2.00"))
    source = order(
        [line(1, 1, "10.00"), tip],
        [payment(1, "12.00")],
        totalTipReceivedSet=bag("2.00"),
        totalPriceSet=bag("12.00"),
        refunds=[back],
    )
    mapped = whole(Mapped(source))
    assert (mapped.returns[0]["tip_minor"], mapped.net_sales()) == (-200, 1000)


def test_test_orders_are_marked_with_their_refunds() -> None:
    sold = line(1, 1, "10.00")
    back = refund(11, [refund_line(sold, 1, "10.00")], transactions=given_back(2, "10.00"))
    mapped = Mapped(order([sold], [payment(1, "10.00", gateway="bogus")], test=True, refunds=[back]))
    assert [row["is_test"] for row in mapped.table("sale")] == [True, True]
    assert mapped.net_sales() == 0


def test_a_refund_at_another_store_belongs_to_that_store() -> None:
    sold = line(1, 1, "10.00")
    back = refund(
        11,
        [refund_line(sold, 1, "10.00")],
        transactions=given_back(2, "10.00", location={"id": "gid://shopify/Location/8"}),
    )
    mapped = whole(Mapped(order([sold], [payment(1, "10.00")], refunds=[back])))
    assert (mapped.sale["store_id"], mapped.returns[0]["store_id"]) == ("shop:7", "shop:8")


cents = st.integers(min_value=0, max_value=50_000)


@st.composite
def any_order(draw: st.DrawFn) -> dict[str, Any]:
    """An order with some of everything, paid by card and cash to the cent, and partly given back."""
    included = draw(st.booleans())
    lines, due = [], 0
    for number in range(1, draw(st.integers(1, 5)) + 1):
        quantity, unit = draw(st.integers(1, 9)), draw(cents)
        off = draw(st.integers(0, quantity * unit))
        taxed = draw(st.integers(0, (quantity * unit - off) // 5))
        lines.append(
            line(
                number,
                quantity,
                money(unit),
                discountAllocations=[allocation(money(off), title="Offer")] if off else [],
                taxLines=[tax(money(taxed))] if taxed else [],
                isGiftCard=draw(st.booleans()),
            )
        )
        due += quantity * unit - off + (0 if included else taxed)
    tip, rounding = draw(cents), draw(st.integers(-4, 4))
    due += tip
    by_card = draw(st.integers(0, due))
    change = draw(cents)
    cash = {"gateway": "cash", "paymentDetails": None}
    paid = [
        payment(1, money(by_card)),
        payment(2, money(due - by_card + change), amountRoundingSet=bag(money(rounding)), **cash),
        payment(3, money(change), "CHANGE", **cash),
    ]
    refunds = []
    for number, sold in enumerate(lines, start=1):
        back = draw(st.integers(0, sold["quantity"]))
        if back:
            value = draw(cents)
            taxed = draw(st.integers(0, value))
            beyond = draw(st.integers(-500, 500))
            total = value + (0 if included else taxed) - beyond
            refunds.append(
                refund(
                    number,
                    [refund_line(sold, back, money(value), money(taxed))],
                    orderAdjustments=adjustment(money(beyond)),
                    transactions=given_back(100 + number, money(total)),
                )
            )
    return order(
        lines,
        paid,
        taxesIncluded=included,
        totalTipReceivedSet=bag(money(tip)),
        totalPriceSet=bag(money(due)),
        refunds=refunds,
    )


def money(amount: int) -> str:
    return format(Decimal(amount).scaleb(-2), "f")


@given(any_order())
def test_lines_add_up_to_documents_and_payments_to_totals(source: dict[str, Any]) -> None:
    mapped = Mapped(source)
    mapped.holds()
    mapped.is_paid()
    kinds = [row["kind"] for row in mapped.table("sale")]
    assert kinds == ["sale"] + ["return"] * len(source["refunds"])
    assert all(row["net_minor"] <= row["gross_minor"] for row in mapped.lines_of(mapped.sale))
    assert SOLD.startswith(mapped.sale["closed_at"].date().isoformat())
