"""Net sales as Lightspeed reports them, trap by trap, on hand-made sales of the R-Series' shape."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.connectors.lightspeed_r.papers import amounts, line, payment, rows, sale


def test_a_sale_is_dated_by_its_completion_not_by_its_last_change() -> None:
    (document,) = rows(sale([line()], [payment("10")]))["sale"]
    assert document["closed_at"] == datetime(2026, 11, 1, 15, 30, tzinfo=UTC)
    assert document["opened_at"] == datetime(2026, 11, 1, 15, 20, tzinfo=UTC)
    assert (document["sale_id"], document["external_id"], document["store_id"]) == ("shop:5", "5", "shop:1")
    assert (document["kind"], document["voided"], document["source_version"]) == ("sale", False, 4)


def test_an_import_keeps_the_day_it_happened_on_and_says_where_it_is_from() -> None:
    source = sale([line()], completeTime="2019-03-02T12:00:00+00:00", referenceNumberSource="old till")
    (document,) = rows(source)["sale"]
    assert (document["closed_at"].year, document["channel"]) == (2019, "old till")


@pytest.mark.parametrize("state", [{"completed": "false"}, {"completed": "false", "archived": "true"}, {"shopID": "0"}])
def test_what_is_not_completed_is_no_sale_yet(state: dict[str, Any]) -> None:
    assert rows(sale([line()], **state)) == {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}


def test_a_voided_sale_is_kept_and_flagged() -> None:
    found = rows(sale([line()], [payment("10")], voided="true"))
    assert (found["sale"][0]["voided"], found["tender"][0]["status"]) == (True, "voided")
    never_completed = rows(sale([line()], voided="true", completed="false", completeTime=""))
    assert never_completed["sale"][0]["closed_at"] == datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def test_a_list_of_one_is_read_like_a_list_of_many() -> None:
    assert amounts(sale([line("10")], [payment("10")])) == (1000, 0, 1000, 0, 1000)
    two = [line("10"), line("5", saleLineID="12")]
    assert amounts(sale(two, [payment("7"), payment("8", salePaymentID="32")])) == (1500, 0, 1500, 0, 1500)
    assert amounts(sale()) == (0, 0, 0, 0, 0)


def test_an_added_tax_is_no_revenue() -> None:
    source = sale([line("280", calcTax1="23.1", calcTax2="14")], [payment("317.1")], calcTax1="23.1", calcTax2="14")
    assert amounts(source) == (28000, 0, 28000, 3710, 31710)


def test_an_included_tax_is_taken_out_of_the_price() -> None:
    """11.90 with 19 % inside: the calculated total is 11.90, and 1.90 of it is tax."""
    inside = line("10", calcTax1="1.9", unitPrice="11.9")
    source = sale([inside], [payment("11.9")], isTaxInclusive="true", calcTax1="1.9")
    assert amounts(source) == (1000, 0, 1000, 190, 1190)
    assert rows(source)["sale_line"][0]["unit_price"] == Decimal("11.9")


def test_fractions_of_a_cent_add_up_to_what_the_platform_rounded() -> None:
    """The tutorial's own sale: the line's tax is 1.496, the sale's 0.50 and 1.00."""
    source = sale(
        [line("9.99", calcTax1="0.4995", calcTax2="0.9965025")],
        [payment("11.49")],
        total="11.49",
        calcTotal="11.49",
        calcTax1="0.5",
        calcTax2="1",
    )
    assert amounts(source) == (999, 0, 999, 150, 1149)


def test_applied_discounts_count_not_configured_ones() -> None:
    source = sale([line("90", unitQuantity="2", calcLineDiscount="45", discountID="2", Discount=DISCOUNT)])
    assert amounts(source)[:3] == (9000, 4500, 4500)
    (discount,) = rows(source)["sale_discount"]
    assert (discount["promotion_id"], discount["name"], discount["kind"]) == ("shop:2", "Half off", "percent")
    assert (discount["amount_minor"], discount["line_no"]) == (4500, 1)


DISCOUNT = {"discountID": "2", "name": "Half off", "discountPercent": "0.5", "discountAmount": "0"}


def test_a_discount_on_the_sale_lies_on_its_lines_to_the_cent() -> None:
    third = "0.333333"
    lines = [line("1", calcTransactionDiscount=third, saleLineID=str(n)) for n in (11, 12, 13)]
    source = sale(lines, [payment("2")], total="2", calcTotal="2", calcDiscount="1", discountID="2", Discount=DISCOUNT)
    assert amounts(source) == (300, 100, 200, 0, 200)
    assert [row["discount_minor"] for row in rows(source)["sale_line"]] == [34, 33, 33]
    named = {row["name"] for row in rows(source)["sale_discount"]}
    assert (named, sum(row["amount_minor"] for row in rows(source)["sale_discount"])) == ({"Half off"}, 100)


def test_a_discount_on_the_line_and_one_on_the_sale_are_told_apart() -> None:
    found = rows(sale([line("10", calcLineDiscount="1", calcTransactionDiscount="0.9")]))
    assert [(row["seq"], row["name"], row["amount_minor"]) for row in found["sale_discount"]] == [
        (1, "Line discount", 100),
        (2, "Sale discount", 90),
    ]


def test_a_refund_is_a_negative_document_of_its_own_day() -> None:
    back = line("-20", unitQuantity="-2", calcLineDiscount="-2", parentSaleLineID="9", calcTax1="-1.8")
    source = sale([back], [payment("-19.8")], calcTax1="-1.8", _reader={"currency": "USD", "parents": {"9": "3"}})
    assert amounts(source) == (-2000, -200, -1800, -180, -1980)
    found = rows(source)
    assert (found["sale"][0]["kind"], found["sale"][0]["original_sale_id"]) == ("return", "shop:3")
    (item,) = found["sale_line"]
    assert (item["quantity"], item["is_return"], item["net_minor"]) == (Decimal(-2), True, -1800)
    assert [row["amount_minor"] for row in found["tender"]] == [-1980]


def test_a_refunds_discount_has_its_sign_however_the_platform_writes_it() -> None:
    back = line("-20", unitQuantity="-2", calcLineDiscount="2", calcTotal="-18")
    assert amounts(sale([back], [payment("-18")]))[:3] == (-2000, -200, -1800)


def test_money_given_back_for_no_item_is_an_amount_and_no_piece() -> None:
    (item,) = rows(sale([line("-3", unitQuantity="-1", itemID="0", avgCost="0", fifoCost="0")]))["sale_line"]
    assert (item["variant_id"], item["net_minor"], item["is_return"], item["quantity"]) == (None, -300, True, 0)


def test_an_exchange_nets_in_one_document() -> None:
    back = line("-4.5", unitQuantity="-1", saleLineID="12")
    source = sale([line("7"), back], [payment("2.5")])
    assert amounts(source) == (250, 0, 250, 0, 250)
    assert rows(source)["sale"][0]["kind"] == "exchange"
    assert [row["is_return"] for row in rows(source)["sale_line"]] == [False, True]


def test_a_negative_price_is_a_rebate_and_no_refund() -> None:
    source = sale([line("10"), line("-2", saleLineID="12", itemID="0", unitPrice="-2")], [payment("8")])
    assert amounts(source) == (800, 0, 800, 0, 800)
    assert rows(source)["sale"][0]["kind"] == "sale"


def gift_card(loaded: str = "-100", **more: Any) -> dict[str, Any]:
    sold_on = {"SaleAccount": {"saleAccountID": "20", "salePaymentID": "120", "saleLineID": "11"}}
    return payment(loaded, "gift card", salePaymentID="120", SaleAccounts=sold_on, **more)


def test_a_gift_card_sold_is_a_liability() -> None:
    """The tutorial's own sale: a line at 0, a negative gift card payment and 100 in cash; its total is 0."""
    card = line("0", itemID="0", avgCost="0", fifoCost="0")
    source = sale([card, line("4.5", saleLineID="12")], [gift_card(), payment("104.5")])
    (document,) = rows(source)["sale"]
    assert (document["gross_minor"], document["net_minor"], document["gift_card_minor"]) == (450, 450, 10000)
    assert document["total_minor"] == 10450
    found = rows(source)
    assert [(row["is_gift_card"], row["net_minor"]) for row in found["sale_line"]] == [(True, 10000), (False, 450)]
    assert [(row["kind"], row["amount_minor"]) for row in found["tender"]] == [("cash", 10450)]


def test_money_put_onto_an_account_is_a_liability_without_a_line() -> None:
    source = sale([line("10")], [payment("-50", "credit account", salePaymentID="32"), payment("60")])
    (document,) = rows(source)["sale"]
    assert (document["net_minor"], document["gift_card_minor"], document["total_minor"]) == (1000, 5000, 6000)
    assert [row["is_gift_card"] for row in rows(source)["sale_line"]] == [False, True]


def test_a_refund_onto_a_gift_card_is_paid_with_it() -> None:
    back = line("-20", unitQuantity="-1")
    on_goods = {"SaleAccount": {"saleAccountID": "1", "salePaymentID": "31", "saleLineID": "11"}}
    source = sale([back], [payment("-20", "gift card", SaleAccounts=on_goods)])
    (document,) = rows(source)["sale"]
    assert (document["net_minor"], document["gift_card_minor"], document["total_minor"]) == (-2000, 0, -2000)
    assert [(row["kind"], row["amount_minor"]) for row in rows(source)["tender"]] == [("gift_card", -2000)]


def test_a_gift_card_is_a_way_to_pay() -> None:
    found = rows(sale([line("9")], [payment("9", "gift card")]))
    assert [(row["kind"], row["amount_minor"]) for row in found["tender"]] == [("gift_card", 900)]
    assert found["sale"][0]["gift_card_minor"] == 0


@pytest.mark.parametrize("amount", ["12", "10"])
def test_tips_are_no_sales_whether_the_payment_has_them_in_it_or_not(amount: str) -> None:
    found = rows(sale([line("10")], [payment(amount, "credit card", tipAmount="2")]))
    document = found["sale"][0]
    assert (document["net_minor"], document["tip_minor"], document["total_minor"]) == (1000, 200, 1200)
    assert [(row["kind"], row["amount_minor"], row["tip_minor"]) for row in found["tender"]] == [("card", 1200, 200)]


@pytest.mark.parametrize("amount", ["2001", "2048.5"])
def test_change_is_no_tender_whether_it_is_taken_off_already_or_not(amount: str) -> None:
    found = rows(sale([line("2001")], [payment(amount)], change="47.5"))
    assert [row["amount_minor"] for row in found["tender"]] == [200100]
    assert (found["sale"][0]["total_minor"], found["sale"][0]["rounding_minor"]) == (200100, 0)


def test_cash_is_rounded_in_a_column_of_its_own() -> None:
    (document,) = rows(sale([line("9.98")], [payment("10")]))["sale"]
    assert (document["net_minor"], document["rounding_minor"], document["total_minor"]) == (998, 2, 1000)
    (owed,) = rows(sale([line("9.98")], [payment("5")]))["sale"]
    assert (owed["rounding_minor"], owed["total_minor"]) == (0, 998)


def test_an_archived_payment_was_never_made() -> None:
    attempt = payment("10", "credit card", salePaymentID="32", archived="true")
    found = rows(sale([line("10")], [attempt, payment("10", "credit card")]))
    assert [row["tender_id"] for row in found["tender"]] == ["shop:31"]
    assert found["sale"][0]["total_minor"] == 1000


def test_tenders_are_named_by_kind() -> None:
    kinds = ["cash", "credit card", "gift card", "credit account", "user defined", "Cash"]
    payments = [payment("1", kind, salePaymentID=str(number)) for number, kind in enumerate(kinds)]
    found = [row["kind"] for row in rows(sale([line("6")], payments))["tender"]]
    assert found == ["cash", "card", "gift_card", "store_credit", "other", "cash"]
    bare = payment("6", paymentTypeID="5")
    bare.pop("PaymentType")
    assert rows(sale([line("6")], [bare]))["tender"][0]["kind"] == "gift_card"


def test_quantities_keep_their_decimals() -> None:
    source = sale([line("12.34", unitQuantity="0.3125", unitPrice="39.49")])
    assert rows(source)["sale_line"][0]["quantity"] == Decimal("0.3125")


def test_the_cost_is_the_one_of_the_line_and_never_nothing() -> None:
    costs = [{"avgCost": "4"}, {"avgCost": "0"}, {"avgCost": "0", "fifoCost": "0"}]
    found = [rows(sale([line(**cost)]))["sale_line"][0]["unit_cost"] for cost in costs]
    assert found == [Decimal(4), Decimal(3), None]


def test_a_currency_without_cents_is_not_divided() -> None:
    source = sale([line("1050", calcTax1="95.4545")], [payment("1145")], currency="JPY", total="1145", calcTax1="95")
    assert amounts(source) == (1050, 0, 1050, 95, 1145)
    assert rows(source)["sale"][0]["currency"] == "JPY"


def test_who_sold_is_named_by_line_else_by_sale() -> None:
    found = rows(sale([line(employeeID="9"), line(employeeID="0", saleLineID="12")]))["sale_line"]
    assert [row["employee_id"] for row in found] == ["shop:9", "shop:2"]
