"""Net sales equal to Shopify's own: one golden order per trap of what was sold and how it was paid."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.connectors.shopify.orders_made import (
    LATER,
    Mapped,
    adjustment,
    allocation,
    bag,
    given_back,
    line,
    order,
    payment,
    refund,
    tax,
    whole,
)


def test_a_plain_sale() -> None:
    mapped = whole(Mapped(order([line(1, 2, "4.50"), line(2, 1, "3.20")], [payment(1, "12.20")])))
    assert (
        mapped.sale
        | {
            "sale_id": "shop:450789469",
            "store_id": "shop:7",
            "register_id": "shop:3",
            "employee_id": "shop:9",
            "external_id": "450789469",
            "kind": "sale",
            "channel": "pos",
            "net_minor": 1220,
            "total_minor": 1220,
            "tax_minor": 0,
            "currency": "USD",
            "voided": False,
            "is_test": False,
        }
        == mapped.sale
    )
    assert [row["variant_id"] for row in mapped.table("sale_line")] == ["shop:100", "shop:200"]
    assert [row["unit_price"] for row in mapped.table("sale_line")] == [Decimal("4.50"), Decimal("3.20")]
    moved = [(row["kind"], row["quantity"]) for row in mapped.table("inventory_change")]
    assert moved == [("sale", -2), ("sale", -1)]


def test_an_order_level_discount_is_in_the_allocations_and_not_in_the_unit_price() -> None:
    lines = [
        line(1, 3, "10.00", discountAllocations=[allocation("4.29", "DiscountCodeApplication", code="SAVE10")]),
        line(2, 1, "40.00", discountAllocations=[allocation("1.00", title="Bread"), allocation("5.71", title="All")]),
    ]
    mapped = whole(Mapped(order(lines, [payment(1, "59.00")])))
    assert (mapped.sale["gross_minor"], mapped.sale["discount_minor"], mapped.sale["net_minor"]) == (7000, 1100, 5900)
    found = [(row["line_no"], row["seq"], row["amount_minor"], row["kind"]) for row in mapped.table("sale_discount")]
    assert found == [
        (1, 1, 429, "code"),
        (2, 1, 100, "automatic"),
        (2, 2, 571, "automatic"),
    ]
    assert mapped.table("sale_discount")[0]["code"] == "SAVE10"


def test_tax_on_top_and_tax_in_the_price_come_to_the_same_kind_of_net() -> None:
    on_top = Mapped(order([line(1, 1, "10.00", taxLines=[tax("0.80"), tax("0.20", "City")])], [payment(1, "11.00")]))
    inside = Mapped(order([line(1, 1, "11.00", taxLines=[tax("1.00")])], [payment(1, "11.00")], taxesIncluded=True))
    for mapped in (on_top, inside):
        whole(mapped)
        sale = mapped.sale
        assert (sale["net_minor"], sale["tax_minor"], sale["total_minor"]) == (1000, 100, 1100)


def test_a_discount_on_a_tax_inclusive_price() -> None:
    sold = line(1, 1, "22.00", taxLines=[tax("1.00")], discountAllocations=[allocation("11.00", title="Half")])
    mapped = whole(Mapped(order([sold], [payment(1, "11.00")], taxesIncluded=True)))
    assert (mapped.sale["gross_minor"], mapped.sale["discount_minor"], mapped.sale["net_minor"]) == (2100, 1100, 1000)


def test_shipping_with_the_tax_in_it() -> None:
    shipping = {"nodes": [{"id": "x", "discountedPriceSet": bag("6.60"), "taxLines": [tax("0.60")]}]}
    sold = line(1, 1, "11.00", taxLines=[tax("1.00")])
    mapped = whole(Mapped(order([sold], [payment(1, "17.60")], taxesIncluded=True, shippingLines=shipping)))
    assert (mapped.sale["shipping_minor"], mapped.sale["tax_minor"], mapped.sale["total_minor"]) == (600, 160, 1760)


def test_gift_cards_sold_are_no_revenue() -> None:
    lines = [line(1, 1, "10.00"), line(2, 1, "50.00", isGiftCard=True)]
    mapped = whole(Mapped(order(lines, [payment(1, "60.00")])))
    assert (mapped.sale["net_minor"], mapped.sale["gift_card_minor"], mapped.sale["total_minor"]) == (1000, 5000, 6000)
    assert [row["is_gift_card"] for row in mapped.table("sale_line")] == [False, True]


def test_a_gift_card_as_payment_is_a_tender() -> None:
    paid = [payment(1, "4.00", gateway="gift_card", paymentDetails=None), payment(2, "6.00")]
    mapped = whole(Mapped(order([line(1, 1, "10.00")], paid)))
    assert [row["kind"] for row in mapped.table("tender")] == ["gift_card", "card"]
    assert mapped.sale["net_minor"] == 1000


def test_a_tip_beside_the_lines() -> None:
    source = order(
        [line(1, 1, "10.00")], [payment(1, "12.00")], totalTipReceivedSet=bag("2.00"), totalPriceSet=bag("12.00")
    )
    mapped = whole(Mapped(source))
    assert (mapped.sale["net_minor"], mapped.sale["tip_minor"], mapped.sale["total_minor"]) == (1000, 200, 1200)


@pytest.mark.parametrize("title", ["Tip", "Trinkgeld"])
def test_a_tip_that_is_a_line_is_counted_once(title: str) -> None:
    tip = line(2, 1, "2.00", variant=None, taxable=False, title=title, name=title)
    source = order(
        [line(1, 1, "10.00"), tip], [payment(1, "12.00")], totalTipReceivedSet=bag("2.00"), totalPriceSet=bag("12.00")
    )
    mapped = whole(Mapped(source))
    assert (mapped.sale["net_minor"], mapped.sale["tip_minor"], len(mapped.table("sale_line"))) == (1000, 200, 1)


def test_a_custom_item_of_the_same_price_as_the_tip_is_no_tip() -> None:
    custom = line(2, 1, "2.00", variant=None, title="Bag", name="Bag")
    source = order(
        [line(1, 1, "10.00"), custom],
        [payment(1, "14.00")],
        totalTipReceivedSet=bag("2.00"),
        totalPriceSet=bag("14.00"),
    )
    mapped = whole(Mapped(source))
    assert (mapped.sale["net_minor"], mapped.sale["tip_minor"], mapped.sale["total_minor"]) == (1200, 200, 1400)


def test_a_currency_without_decimals() -> None:
    def yen(amount: str) -> dict[str, Any]:
        return bag(amount, "JPY")

    sold = line(1, 2, "1250.0") | {"originalUnitPriceSet": yen("1250.0"), "originalTotalSet": yen("2500.0")}
    sold["taxLines"] = [{"title": "Tax", "rate": 0.1, "priceSet": yen("250.0")}]
    paid = payment(1, "2750.0") | {"amountSet": yen("2750.0")}
    mapped = whole(Mapped(order([sold], [paid], currencyCode="JPY")))
    assert (mapped.sale["net_minor"], mapped.sale["tax_minor"], mapped.sale["total_minor"]) == (2500, 250, 2750)
    assert mapped.table("sale_line")[0]["unit_price"] == Decimal(1250)


def test_the_business_instant_is_when_it_was_processed_not_when_shopify_heard_of_it() -> None:
    imported = order(
        [line(1, 1, "10.00")], [payment(1, "10.00")], processedAt="2024-02-29T23:30:00+01:00", createdAt=LATER
    )
    sale = Mapped(imported).sale
    assert sale["closed_at"] == datetime(2024, 2, 29, 22, 30, tzinfo=UTC)
    assert sale["opened_at"] == datetime(2026, 11, 5, 10, 30, tzinfo=UTC)


def test_cash_change_and_rounding() -> None:
    paid = [
        payment(1, "20.00", gateway="cash", paymentDetails=None, amountRoundingSet=bag("0.02")),
        payment(2, "9.98", "CHANGE", gateway="cash", paymentDetails=None, amountRoundingSet=bag("0.02")),
    ]
    mapped = Mapped(order([line(1, 1, "10.02")], paid))
    mapped.holds()
    assert [row["amount_minor"] for row in mapped.table("tender")] == [2002, -1000]
    assert mapped.sale["rounding_minor"] == 0
    rounded = payment(1, "10.02", gateway="cash", paymentDetails=None, amountRoundingSet=bag("-0.02"))
    mapped = whole(Mapped(order([line(1, 1, "10.02")], [rounded])))
    assert (mapped.sale["total_minor"], mapped.sale["rounding_minor"]) == (1002, -2)
    assert mapped.table("tender")[0]["amount_minor"] == 1000


def test_what_failed_or_is_pending_moved_no_money() -> None:
    paid = [
        payment(1, "10.00", status="FAILURE"),
        payment(2, "10.00", status="PENDING"),
        payment(3, "10.00", "AUTHORIZATION"),
        payment(4, "10.00", "CAPTURE", paymentDetails={"__typename": "CardPaymentDetails", "wallet": "APPLE_PAY"}),
    ]
    mapped = whole(Mapped(order([line(1, 1, "10.00")], paid)))
    assert [(row["tender_id"], row["kind"]) for row in mapped.table("tender")] == [("shop:4", "wallet")]


def test_duties_and_fees_are_charges() -> None:
    source = order(
        [line(1, 1, "10.00")],
        [payment(1, "14.00")],
        originalTotalDutiesSet=bag("3.00"),
        originalTotalAdditionalFeesSet=bag("1.00"),
    )
    mapped = whole(Mapped(source))
    assert (mapped.sale["service_minor"], mapped.sale["net_minor"]) == (400, 1000)


def test_what_was_sold_online_has_a_store_of_its_own() -> None:
    shop = {"name": "Corner", "currencyCode": "USD", "ianaTimezone": "Europe/Berlin", "taxesIncluded": True}
    source = order(
        [line(1, 1, "10.00")], [payment(1, "10.00", location=None)], retailLocation=None, sourceName="web", shop=shop
    )
    mapped = whole(Mapped(source))
    assert mapped.sale["store_id"] == "shop:online"
    (store,) = mapped.table("store")
    assert (store["name"], store["timezone"], store["tax_inclusive"]) == ("Corner online", "Europe/Berlin", True)


def test_a_till_order_without_its_location_belongs_where_it_was_paid() -> None:
    mapped = Mapped(order([line(1, 1, "10.00")], [payment(1, "10.00")], retailLocation=None))
    assert mapped.sale["store_id"] == "shop:7"
    assert mapped.table("store") == []


def test_the_buyer_is_a_pseudonym_or_nobody() -> None:
    source = order([line(1, 1, "10.00")], [payment(1, "10.00")])
    known = Mapped(source).sale["customer_key"]
    assert known is not None
    assert len(known) == 24
    assert Mapped(source, key=None).sale["customer_key"] is None


def test_an_order_without_a_place_or_a_currency_is_set_aside() -> None:
    bare = order([line(1, 1, "10.00")], [payment(1, "10.00", location=None)], retailLocation=None)
    with pytest.raises(ValueError, match="store"):
        Mapped(bare)
    with pytest.raises(ValueError, match="currency"):
        Mapped({**bare, "currencyCode": None, "totalPriceSet": None})


def test_a_stamp_of_whole_seconds_does_not_hide_a_second_change() -> None:
    first = order([line(1, 1, "10.00")], [payment(1, "10.00")])
    back = refund(11, orderAdjustments=adjustment("-1.00"), transactions=given_back(2, "1.00"))
    second = {**first, "refunds": [back], "transactions": [*first["transactions"], *back["transactions"]["nodes"]]}
    assert Mapped(second).sale["source_version"] > Mapped(first).sale["source_version"]
    later = {**first, "updatedAt": "2026-11-02T15:00:01Z"}
    assert Mapped(later).sale["source_version"] > Mapped(second).sale["source_version"]
