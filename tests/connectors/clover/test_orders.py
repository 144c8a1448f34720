"""Net sales as Clover reckons them, trap by trap, on hand-made orders of Clover's shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.clover.documents import Owner
from connectors.clover.orders import sale_rows
from connectors.money import largest_remainder

OWNER = Owner("clover", "M1")
AT = 1_793_540_000_000
MINUTE, DAY = 60_000, 86_400_000
PARTS = ("net", "tax", "tip", "service", "shipping", "gift_card", "rounding")


def at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def wrapped(*items: Any) -> dict[str, Any]:
    return {"elements": list(items)}


def line(price: int, **more: Any) -> dict[str, Any]:
    number = more.pop("number", 1)
    for name in ("discounts", "modifications", "taxRates"):
        if name in more:
            more[name] = wrapped(*more[name])
    return {
        "id": f"L{number}",
        "item": {"id": "V100"},
        "name": "Oat milk",
        "price": price,
        "createdTime": AT + number,
        "exchanged": False,
        "refunded": False,
        "isRevenue": True,
        **more,
    }


def pay(amount: int, **more: Any) -> dict[str, Any]:
    return {
        "id": "P1",
        "amount": amount,
        "createdTime": AT + MINUTE,
        "clientCreatedTime": AT + MINUTE,
        "result": "SUCCESS",
        "tender": {"id": "T", "label": "Cash", "labelKey": "com.clover.tender.cash"},
        **more,
    }


def order(*lines: Mapping[str, Any], payments: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    for name in ("refunds", "credits", "voids", "discounts"):
        if name in more:
            more[name] = wrapped(*more[name])
    return {
        "id": "O1",
        "currency": "USD",
        "paymentState": "PAID",
        "state": "locked",
        "isVat": False,
        "testMode": False,
        "createdTime": AT,
        "clientCreatedTime": AT,
        "modifiedTime": AT + MINUTE,
        "lineItems": wrapped(*lines),
        "payments": wrapped(*([] if payments is None else payments)),
        **more,
    }


def back(amount: int, **more: Any) -> dict[str, Any]:
    if "lineItems" in more:
        more["lineItems"] = wrapped(*({"id": identity} for identity in more["lineItems"]))
    return {"id": "R1", "amount": amount, "createdTime": AT + 2 * DAY, "payment": {"id": "P1"}, **more}


def rows(source: Mapping[str, Any], **options: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}
    for row in sale_rows(source, OWNER, 7, **options):
        found[row.table].append(dict(row.values))
    return found


def only(source: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    (sale,) = rows(source, **options)["sale"]
    return sale


def parts(sale: Mapping[str, Any]) -> dict[str, int]:
    """What is not nothing."""
    return {name: sale[f"{name}_minor"] for name in ("gross", "discount", *PARTS, "total") if sale[f"{name}_minor"]}


def test_a_plain_sale() -> None:
    sale = only(order(line(450), payments=[pay(450)], employee={"id": "E1"}, device={"id": "D1"}))
    assert parts(sale) == {"gross": 450, "net": 450, "total": 450}
    assert (sale["sale_id"], sale["store_id"], sale["external_id"]) == ("clover:O1", "clover:M1", "O1")
    assert (sale["employee_id"], sale["register_id"], sale["kind"]) == ("clover:E1", "clover:D1", "sale")
    assert (sale["opened_at"], sale["closed_at"], sale["source_version"]) == (at(AT), at(AT + MINUTE), 7)


def test_two_pieces_are_two_rows() -> None:
    found = rows(order(line(450), line(450, number=2), payments=[pay(900)]))
    assert [(row["quantity"], row["net_minor"]) for row in found["sale_line"]] == [(Decimal(1), 450)] * 2
    assert {row["variant_id"] for row in found["sale_line"]} == {"clover:V100"}


def test_goods_by_weight_count_thousandths_and_cost_the_price_of_a_unit() -> None:
    found = rows(order(line(1200, unitQty=312, unitName="kg"), payments=[pay(374)]))
    (item,) = found["sale_line"]
    assert (item["quantity"], item["unit_price"], item["net_minor"]) == (Decimal("0.312"), Decimal("12.00"), 374)


def test_modifiers_are_part_of_the_price() -> None:
    made = line(1200, modifications=[{"id": "M", "amount": 100}, {"id": "N", "amount": 50}, {"id": "O"}])
    assert parts(only(order(made, payments=[pay(1350)]))) == {"gross": 1350, "net": 1350, "total": 1350}


def test_percentages_come_off_before_amounts_and_hold_four_decimals() -> None:
    discounts = [{"id": "A", "name": "Lunch", "amount": -100}, {"id": "B", "name": "12.5", "percentageDecimal": 125000}]
    found = rows(order(line(1000, discounts=discounts), payments=[pay(775)]))
    assert parts(found["sale"][0]) == {"gross": 1000, "discount": 225, "net": 775, "total": 775}
    named = [(row["name"], row["amount_minor"], row["kind"]) for row in found["sale_discount"]]
    assert named == [("12.5", 125, "percent"), ("Lunch", 100, "amount")]


def test_a_discount_of_the_order_is_apportioned_to_the_cent() -> None:
    lines = [line(100, number=number) for number in (1, 2, 3)]
    source = order(
        *lines, payments=[pay(200)], discounts=[{"id": "D", "name": "Ten", "amount": -100, "discount": {"id": "X"}}]
    )
    found = rows(source)
    assert [row["discount_minor"] for row in found["sale_line"]] == [34, 33, 33]
    assert parts(found["sale"][0]) == {"gross": 300, "discount": 100, "net": 200, "total": 200}
    assert {row["promotion_id"] for row in found["sale_discount"]} == {"clover:X"}
    assert sum(row["amount_minor"] for row in found["sale_discount"]) == 100


def test_a_percentage_of_the_order_is_taken_off_what_the_lines_come_to() -> None:
    half = [{"id": "H", "name": "Half", "percentage": 50}]
    source = order(line(1000, discounts=half), line(333, number=2), payments=[pay(750)])
    source["discounts"] = wrapped({"id": "D", "name": "Ten percent", "percentage": 10})
    found = rows(source)
    assert parts(found["sale"][0]) == {"gross": 1333, "discount": 583, "net": 750, "total": 750}
    assert [row["net_minor"] for row in found["sale_line"]] == [450, 300]


def test_a_discount_never_takes_more_than_there_is() -> None:
    free = [{"id": "F", "name": "On the house", "amount": -2000}]
    sale = only(order(line(1000, discounts=free), payments=[pay(0, result="DISCOUNT")], total=0))
    assert parts(sale) == {"gross": 1000, "discount": 1000}


def test_an_added_tax_is_no_revenue() -> None:
    taxed = line(1000, taxRates=[{"id": "X", "rate": 825000}])
    sale = only(order(taxed, line(500, number=2), payments=[pay(1583, taxAmount=83)]))
    assert parts(sale) == {"gross": 1500, "net": 1500, "tax": 83, "total": 1583}


def test_a_tax_lies_on_the_lines_that_are_taxed() -> None:
    taxed = line(1000, taxRates=[{"id": "X", "rate": 825000}])
    found = rows(order(taxed, line(500, number=2), payments=[pay(1583, taxAmount=83)]))
    assert [row["tax_minor"] for row in found["sale_line"]] == [83, 0]


def test_a_tax_that_is_in_the_price_is_taken_out_of_it() -> None:
    lines = [line(1190, taxRates=[{"id": "V", "rate": 1900000}]), line(107, number=2, taxRates=[{"rate": 700000}])]
    found = rows(order(*lines, isVat=True, payments=[pay(1297, taxAmount=197)]))
    assert parts(found["sale"][0]) == {"gross": 1100, "net": 1100, "tax": 197, "total": 1297}
    assert [(row["net_minor"], row["tax_minor"]) for row in found["sale_line"]] == [(1000, 190), (100, 7)]


def test_a_discount_on_a_price_that_holds_the_tax_is_counted_without_it() -> None:
    half = line(1190, taxRates=[{"rate": 1900000}], discounts=[{"id": "H", "name": "Half", "percentage": 50}])
    found = rows(order(half, isVat=True, payments=[pay(595, taxAmount=95)]))
    assert parts(found["sale"][0]) == {"gross": 1000, "discount": 500, "net": 500, "tax": 95, "total": 595}
    assert [row["amount_minor"] for row in found["sale_discount"]] == [500]


def test_an_order_freed_of_tax_has_none() -> None:
    taxed = line(1000, taxRates=[{"rate": 825000}])
    assert parts(only(order(taxed, taxRemoved=True, payments=[pay(1000)])))["net"] == 1000
    assert only(order(taxed, taxRemoved=True, payments=[pay(1000)]))["tax_minor"] == 0


def test_a_flat_tax_is_an_amount_to_a_line() -> None:
    bottle = line(200, taxRates=[{"rate": 0, "taxAmount": 25}])
    assert parts(only(order(bottle, payments=[pay(225)]))) == {"gross": 200, "net": 200, "tax": 25, "total": 225}


def test_what_is_no_revenue_is_a_liability() -> None:
    card = line(5000, number=2, isRevenue=False, name="Gift card")
    found = rows(order(line(450), card, payments=[pay(5450)]))
    assert parts(found["sale"][0]) == {"gross": 450, "net": 450, "gift_card": 5000, "total": 5450}
    assert [row["is_gift_card"] for row in found["sale_line"]] == [False, True]


def test_a_tip_lies_beside_the_amount() -> None:
    found = rows(order(line(1000), payments=[pay(1000, tipAmount=200)]))
    assert parts(found["sale"][0]) == {"gross": 1000, "net": 1000, "tip": 200, "total": 1200}
    assert [(row["amount_minor"], row["tip_minor"]) for row in found["tender"]] == [(1200, 200)]


def test_service_charges_fees_and_delivery_have_columns_of_their_own() -> None:
    fee = line(0, number=2, isOrderFee=True, percentage=50000, name="Packaging")
    source = order(
        line(1000),
        fee,
        payments=[pay(1400)],
        serviceCharge={"id": "S", "name": "Service", "percentageDecimal": 150000, "enabled": True},
        additionalCharges=wrapped({"id": "D", "type": "DELIVERY_FEE", "amount": 200}),
    )
    expected = {"gross": 1000, "net": 1000, "service": 200, "shipping": 200, "total": 1400}
    assert parts(only(source)) == expected
    assert len(rows(source)["sale_line"]) == 1


def test_the_service_charge_that_was_paid_is_believed() -> None:
    source = order(line(1000), payments=[pay(1180, serviceCharge={"id": "S", "amount": 180})])
    assert parts(only(source)) == {"gross": 1000, "net": 1000, "service": 180, "total": 1180}


def test_a_surcharge_that_closes_the_account_is_service_and_the_rest_is_rounding() -> None:
    surcharge = wrapped({"id": "C", "type": "CREDIT_SURCHARGE", "amount": 30})
    assert only(order(line(1000), payments=[pay(1030, additionalCharges=surcharge)]))["service_minor"] == 30
    assert only(order(line(1003), payments=[pay(1005)]))["rounding_minor"] == 2


def test_a_cash_payment_is_counted_without_the_change() -> None:
    found = rows(order(line(450), payments=[pay(450, cashTendered=1000)]))
    assert [(row["kind"], row["amount_minor"]) for row in found["tender"]] == [("cash", 450)]


@pytest.mark.parametrize(
    ("payment", "kind"),
    [
        ({"tender": {"labelKey": "com.clover.tender.credit_card"}}, "card"),
        ({"tender": {"labelKey": "com.clover.tender.external_gift_card"}}, "gift_card"),
        ({"tender": {"label": "Gift Card", "labelKey": "com.shop.custom"}}, "gift_card"),
        ({"tender": {"id": "T"}, "cardTransaction": {"cardType": "VISA"}}, "card"),
        ({"tender": {"labelKey": "com.clover.venmo"}}, "wallet"),
        ({"tender": {"labelKey": "com.clover.tender.check"}}, "other"),
        ({"tender": None}, "other"),
    ],
)
def test_tenders_are_named_by_kind(payment: dict[str, Any], kind: str) -> None:
    assert [row["kind"] for row in rows(order(line(1), payments=[pay(1, **payment)]))["tender"]] == [kind]


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


@pytest.mark.parametrize("state", ["open", None, "locked"])
def test_the_state_of_an_order_says_nothing(state: str | None) -> None:
    assert only(order(line(450), payments=[pay(450)], state=state))["net_minor"] == 450
    assert only(order(line(450), payments=[pay(450)], state=state, paymentState=None, total=450))["net_minor"] == 450


def test_a_test_order_is_kept_and_flagged() -> None:
    source = order(line(450), payments=[pay(450)], testMode=True, refunds=[back(450)])
    assert [sale["is_test"] for sale in rows(source)["sale"]] == [True, True]


def test_a_deleted_order_is_kept_and_flagged() -> None:
    assert only(order(line(450), payments=[pay(450)], deletedTimestamp=AT + DAY))["voided"] is True


def test_a_parked_tab_is_dated_when_it_was_paid_unless_asked_otherwise() -> None:
    late = pay(450, createdTime=AT + 3 * DAY, clientCreatedTime=AT + 3 * DAY)
    source = order(line(450), payments=[late])
    assert only(source)["closed_at"] == at(AT + 3 * DAY)
    assert only(source, dated_by_payment=False)["closed_at"] == at(AT)


def test_what_was_sent_in_late_is_dated_by_the_till() -> None:
    """Rung up without a network: Clover heard of it two days later."""
    late = pay(450, createdTime=AT + 2 * DAY, clientCreatedTime=AT + MINUTE)
    source = order(line(450), payments=[late], createdTime=AT + 2 * DAY)
    assert (only(source)["closed_at"], only(source)["opened_at"]) == (at(AT + MINUTE), at(AT))


def test_a_till_whose_clock_runs_ahead_is_not_believed() -> None:
    ahead = pay(450, createdTime=AT + MINUTE, clientCreatedTime=AT + 400 * DAY)
    assert only(order(line(450), payments=[ahead]))["closed_at"] == at(AT + MINUTE)


def test_a_split_payment_closes_with_its_last_part() -> None:
    second = pay(250, id="P2", createdTime=AT + 5 * MINUTE, clientCreatedTime=AT + 5 * MINUTE)
    found = rows(order(line(450), payments=[second, pay(200)]))
    assert found["sale"][0]["closed_at"] == at(AT + 5 * MINUTE)
    assert sum(row["amount_minor"] for row in found["tender"]) == found["sale"][0]["total_minor"] == 450


def test_a_currency_without_cents_is_not_divided() -> None:
    found = rows(order(line(1050), payments=[pay(1050)], currency="JPY"))
    assert (found["sale"][0]["net_minor"], found["sale_line"][0]["unit_price"]) == (1050, Decimal(1050))


def test_an_amount_typed_in_without_goods_is_a_sale() -> None:
    source = order(payments=[pay(1080, taxAmount=80)], manualTransaction=True)
    assert parts(only(source)) == {"gross": 1000, "net": 1000, "tax": 80, "total": 1080}


def test_a_pseudonym_goes_through() -> None:
    source = order(line(450), payments=[pay(450)], customer_key="abc", refunds=[back(450)])
    assert [sale["customer_key"] for sale in rows(source)["sale"]] == ["abc", "abc"]


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), max_size=12))
def test_parts_add_up_and_are_fair_to_a_unit(total: int, weights: list[int]) -> None:
    found = largest_remainder(total, weights)
    assert sum(found) == (total if weights else 0)
    whole = sum(weights)
    for part, weight in zip(found, weights, strict=True):
        exact = Decimal(total) * weight / whole if whole else Decimal(total) / len(weights)
        assert abs(part - exact) < Decimal("1.000001")


PRICES = st.integers(0, 200_000)
PERCENT = st.builds(lambda value: {"id": "D", "percentageDecimal": value}, st.integers(0, 1_000_000))
AMOUNT = st.builds(lambda value: {"id": "D", "amount": -value}, st.integers(0, 50_000))
DISCOUNTS = st.lists(st.one_of(PERCENT, AMOUNT), max_size=3)
LINES = st.lists(
    st.tuples(
        PRICES,
        st.one_of(st.none(), st.integers(1, 20_000)),
        DISCOUNTS,
        st.lists(st.sampled_from([0, 700_000, 825_000, 1_900_000]), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


@given(LINES, DISCOUNTS, st.booleans(), st.integers(-3, 3), st.integers(0, 5_000), st.data())
def test_lines_add_up_to_documents_and_documents_to_tenders(
    lines: list[Any], discounts: list[Any], vat: bool, rounding: int, tip: int, data: st.DataObject
) -> None:
    made = []
    for number, (price, units, own, rates, revenue) in enumerate(lines, start=1):
        more: dict[str, Any] = {"number": number, "discounts": own, "taxRates": [{"rate": rate} for rate in rates]}
        if units is not None:
            more["unitQty"] = units
        made.append(line(price, isRevenue=revenue, **more))
    source = order(*made, payments=[pay(1)], discounts=discounts, isVat=vat)
    due = 1 - rows(source)["sale"][0]["rounding_minor"]
    paid = max(0, due + rounding)
    source["payments"] = wrapped(pay(paid, tipAmount=tip))
    refunded = data.draw(st.integers(0, paid))
    some = data.draw(st.lists(st.sampled_from([item["id"] for item in made]), max_size=3, unique=True))
    source["refunds"] = wrapped(back(refunded, lineItems=some, taxAmount=data.draw(st.integers(0, refunded))))
    found = rows(source)
    for sale in found["sale"]:
        mine = [row for row in found["sale_line"] if row["sale_id"] == sale["sale_id"]]
        goods = [row for row in mine if not row["is_gift_card"]]
        for name in ("gross", "discount", "net"):
            assert sale[f"{name}_minor"] == sum(row[f"{name}_minor"] for row in goods)
        assert sale["tax_minor"] == sum(row["tax_minor"] for row in mine)
        assert sale["gift_card_minor"] == sum(row["net_minor"] for row in mine if row["is_gift_card"])
        assert sale["gross_minor"] - sale["discount_minor"] == sale["net_minor"]
        assert sale["total_minor"] == sum(sale[f"{part}_minor"] for part in PARTS)
        tenders = [row["amount_minor"] for row in found["tender"] if row["sale_id"] == sale["sale_id"]]
        assert sum(tenders) == sale["total_minor"]
        for row in mine:
            assert (row["discount_minor"] >= 0) != row["is_return"] or row["discount_minor"] == 0
            given_away = [
                item["amount_minor"]
                for item in found["sale_discount"]
                if (item["sale_id"], item["line_no"]) == (sale["sale_id"], row["line_no"])
            ]
            assert sum(given_away) == row["discount_minor"]
    assert abs(found["sale"][0]["rounding_minor"]) <= 3 or due + rounding < 0
