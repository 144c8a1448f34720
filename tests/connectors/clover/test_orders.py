"""Net sales as Clover reckons them, trap by trap, on hand-made orders of Clover's shape."""

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
