"""Net sales equal to Lightspeed X's own: one test for each way in which they come out wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.http import Secret
from connectors.lightspeed_x.tenders import tender_kind
from tests.connectors.lightspeed_x.sales_made import DISCOUNT, document, line, paid, rows_of, sale


def money(found: dict[str, Any]) -> tuple[int, int, int, int, int]:
    names = ("gross_minor", "discount_minor", "net_minor", "tax_minor", "total_minor")
    return tuple(found[name] for name in names)  # type: ignore[return-value]


def test_prices_are_without_tax_and_have_more_digits_than_money() -> None:
    # 2 at 40.00 and 1 at 3.03, both with 15 % in the label's price.
    found = rows_of(sale([line("34.78261", 2, tax="5.21739"), line("2.63158", 1, tax="0.39474")], [paid("83.03")]))
    assert money(found["sale"][0]) == (7220, 0, 7220, 1083, 8303)
    assert [row["net_minor"] for row in found["sale_line"]] == [6957, 263]
    assert [row["tax_minor"] for row in found["sale_line"]] == [1044, 39]
    assert found["sale_line"][0]["unit_price"] == Decimal("34.7826")


def test_cents_of_rounded_lines_add_up_to_the_document() -> None:
    found = rows_of(sale([line("0.333333"), line("0.333333"), line("0.333334")]))
    assert found["sale"][0]["net_minor"] == 100
    assert [row["net_minor"] for row in found["sale_line"]] == [33, 33, 34]


def test_what_people_paid_is_rounded_once() -> None:
    # 1.005 and 0.145 would round to 1.01 and 0.15; the receipt says 1.15.
    assert money(document(sale([line("1.005", 1, tax="0.145")]))) == (101, 0, 101, 14, 115)


def test_a_discount_is_per_unit() -> None:
    found = rows_of(sale([line("4.05", 3, discount="0.45")], [paid("12.15")]))
    assert money(found["sale"][0]) == (1350, 135, 1215, 0, 1215)
    assert found["sale_line"][0]["unit_price"] == Decimal("4.5000")
    assert [(row["amount_minor"], row["name"], row["kind"]) for row in found["sale_discount"]] == [
        (135, "Discount", "line")
    ]


def test_a_negative_discount_is_a_mark_up() -> None:
    found = rows_of(sale([line("5", 2, discount="-0.5")]))
    assert money(found["sale"][0]) == (900, -100, 1000, 0, 1000)
    assert [(row["amount_minor"], row["name"]) for row in found["sale_discount"]] == [(-100, "Mark-up")]


def test_a_line_total_before_its_discount_is_told_by_the_sale() -> None:
    source = sale([line("4.50", 2, discount="0.45"), line("3.20")], [paid("11.30")])
    source["totals"] = {"price": 11.3, "tax": 0, "price_incl_tax": 11.3}
    found = rows_of(source)
    assert money(found["sale"][0]) == (1220, 90, 1130, 0, 1130)
    assert [row["gross_minor"] for row in found["sale_line"]] == [900, 320]


def test_a_discount_on_the_whole_sale_is_a_line_but_no_return() -> None:
    # The platform's own example: 13.80 with tax, half off, as a line of -1.
    off = line("6", -1, tax="0.9", product=DISCOUNT)
    found = rows_of(sale([line("12", 1, tax="1.8"), off], [paid("6.90")]))
    assert found["sale"][0]["kind"] == "sale"
    assert money(found["sale"][0]) == (1200, 600, 600, 90, 690)
    (only,) = found["sale_line"]
    assert (only["is_return"], only["quantity"], only["discount_minor"]) == (False, Decimal("1.0"), 600)
    assert [(row["name"], row["kind"]) for row in found["sale_discount"]] == [("Sale discount", "sale")]


def test_a_sale_discount_is_apportioned_to_the_cent() -> None:
    lines = [line("4.50"), line("3.20", product="rye"), line("9.95", product="mug"), line("1", -1, product=DISCOUNT)]
    found = rows_of(sale(lines))
    assert money(found["sale"][0]) == (1765, 100, 1665, 0, 1665)
    assert [row["discount_minor"] for row in found["sale_line"]] == [26, 18, 56]
    assert [row["net_minor"] for row in found["sale_line"]] == [424, 302, 939]


def test_a_discount_among_the_adjustments_counts_once() -> None:
    lowered = sale([line("10")], [paid("8")], adjustments=[{"adjustment_type": "DISCOUNT", "total": -2}])
    lowered["totals"]["price"] = 8.0
    assert money(document(lowered)) == (1000, 200, 800, 0, 800)
    already = sale([line("8", discount="2")], [paid("8")], adjustments=[{"adjustment_type": "DISCOUNT", "total": -2}])
    assert money(document(already)) == (1000, 200, 800, 0, 800)


def test_a_return_is_a_sale_of_its_own_with_everything_turned_around() -> None:
    source = sale(
        [line("4.05", -2, discount="0.45", tax="0.4")],
        [paid("-8.90")],
        id="return-1",
        date="2026-11-05T10:00:00+00:00",
        **{"return": {"is_return": True, "original_sale_id": "sale-1"}},
    )
    found = rows_of(source)
    assert found["sale"][0]["kind"] == "return"
    assert found["sale"][0]["original_sale_id"] == "sale-1"
    assert found["sale"][0]["closed_at"] == datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
    assert money(found["sale"][0]) == (-900, -90, -810, -80, -890)
    assert found["sale_line"][0]["is_return"]
    assert [row["amount_minor"] for row in found["tender"]] == [-890]


def test_a_sale_discount_that_is_given_back_lowers_the_return() -> None:
    lines = [line("12", -1), line("6", 1, product=DISCOUNT)]
    source = sale(lines, **{"return": {"is_return": True, "original_sale_id": "sale-1"}})
    assert money(document(source)) == (-1200, -600, -600, 0, -600)
    assert document(source)["kind"] == "return"


def test_money_given_back_without_goods_has_no_product_and_no_pieces() -> None:
    source = sale(
        [line("1", -1, product=DISCOUNT)], [paid("-1")], **{"return": {"is_return": True, "original_sale_id": "sale-1"}}
    )
    found = rows_of(source)
    assert (found["sale"][0]["kind"], found["sale"][0]["net_minor"]) == ("return", -100)
    (only,) = found["sale_line"]
    assert (only["variant_id"], only["quantity"], only["net_minor"], only["is_return"]) == (None, 0, -100, True)


def test_both_signs_in_one_sale_are_an_exchange() -> None:
    found = rows_of(sale([line("9.95", -1, product="mug"), line("12", 1, product="olives")], [paid("2.05")]))
    assert found["sale"][0]["kind"] == "exchange"
    assert money(found["sale"][0]) == (205, 0, 205, 0, 205)
    assert [row["is_return"] for row in found["sale_line"]] == [True, False]


def test_a_discount_on_an_exchange_lowers_what_goes_out() -> None:
    lines = [line("9.95", -1), line("12", 1, product="olives"), line("2", -1, product=DISCOUNT)]
    found = rows_of(sale(lines))
    assert [(row["net_minor"], row["discount_minor"]) for row in found["sale_line"]] == [(-995, 0), (1000, 200)]


@pytest.mark.parametrize("state", ["parked", "pending"])
def test_what_is_no_sale_yet_gives_no_rows(state: str) -> None:
    assert rows_of(sale([line("4.50")], state=state, attributes=["layby"])) == {}


@pytest.mark.parametrize("more", [{"state": "voided"}, {"deleted_at": "2026-11-03T09:00:00+00:00"}])
def test_a_voided_sale_is_kept_and_flagged(more: dict[str, Any]) -> None:
    assert document(sale([line("4.50")], **more))["voided"] is True
    assert document(sale([line("4.50")]))["voided"] is False


def test_a_layby_and_a_sale_on_account_count_when_they_are_closed() -> None:
    layby = sale([line("20")], [paid("5", "Cash"), paid("15")], attributes=["layby"])
    assert document(layby)["net_minor"] == 2000
    on_account = sale([line("20")], [paid("20", "On Account")], attributes=["onaccount"])
    assert document(on_account)["total_minor"] == 2000
    assert [row["kind"] for row in rows_of(on_account)["tender"]] == ["other"]


def test_a_sale_that_was_parked_for_days_belongs_to_the_day_it_was_made() -> None:
    found = document(sale([line("4.50")], created_at="2026-10-28T18:00:00+00:00", date="2026-11-02T15:00:00+00:00"))
    assert found["closed_at"] == datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    assert found["opened_at"] == datetime(2026, 10, 28, 18, 0, tzinfo=UTC)


def test_a_gift_card_that_is_sold_is_no_revenue_and_its_number_is_not_kept() -> None:
    source = sale([line("4.50"), line("50", gift_card_number="GC-4711", product="card")], [paid("54.50")])
    found = rows_of(source)
    assert money(found["sale"][0]) == (450, 0, 450, 0, 5450)
    assert found["sale"][0]["gift_card_minor"] == 5000
    assert [row["is_gift_card"] for row in found["sale_line"]] == [False, True]


def test_a_gift_card_that_pays_is_a_tender() -> None:
    found = rows_of(sale([line("4.50")], [paid("4.50", "Gift Card")]))
    assert (found["sale"][0]["net_minor"], found["tender"][0]["kind"]) == (450, "gift_card")


def test_a_sale_discount_does_not_lower_a_gift_card() -> None:
    lines = [line("10"), line("50", gift_card_number="GC-1", product="card"), line("2", -1, product=DISCOUNT)]
    found = document(sale(lines))
    assert (found["net_minor"], found["gift_card_minor"]) == (800, 5000)


def test_tips_fees_and_delivery_have_columns_of_their_own() -> None:
    source = sale(
        [line("10", 1, tax="1")],
        [paid("17.50")],
        adjustments=[
            {"adjustment_type": "TIP", "name": "Tip", "total": 1.5},
            {"adjustment_type": "NON_CASH_FEE", "name": "Card fee", "total": 0.5},
            {"adjustment_type": "SURCHARGE", "name": "Surcharge", "total": 0.25},
        ],
        ecom_custom_charges=[{"name": "Shipping", "total": 3.75, "total_tax": 0.5, "total_incl": 4.25}],
    )
    source["totals"]["surcharge"] = 0.25
    found = document(source)
    assert (found["net_minor"], found["tax_minor"]) == (1000, 150)
    assert (found["tip_minor"], found["service_minor"], found["shipping_minor"]) == (150, 75, 375)
    assert found["total_minor"] == 1750


def test_cash_rounding_is_no_payment() -> None:
    found = rows_of(sale([line("10.02")], [paid("10.00", "Cash"), paid("0.02", "Cash Rounding")]))
    assert (found["sale"][0]["rounding_minor"], found["sale"][0]["total_minor"]) == (-2, 1000)
    assert [(row["kind"], row["amount_minor"]) for row in found["tender"]] == [("cash", 1000)]


def test_change_given_back_is_a_negative_payment_and_a_deleted_one_is_none() -> None:
    payments = [
        paid("20", "Cash"),
        paid("-15.50", "Cash"),
        paid("4.50", "Cheque", deleted_at="2026-11-02T15:01:00+00:00"),
    ]
    found = rows_of(sale([line("4.50")], payments))
    assert sum(row["amount_minor"] for row in found["tender"]) == found["sale"][0]["total_minor"] == 450


def test_a_fraction_of_a_kilo() -> None:
    found = rows_of(sale([line("12", "0.255", tax="1.2")]))
    assert found["sale_line"][0]["quantity"] == Decimal("0.255")
    assert (found["sale"][0]["net_minor"], found["sale"][0]["total_minor"]) == (306, 337)


def test_a_currency_without_decimals() -> None:
    found = rows_of(sale([line("1050", 2, discount="50", tax="105")], [paid("2310")]), currency="JPY")
    assert money(found["sale"][0]) == (2200, 100, 2100, 210, 2310)
    assert found["sale_line"][0]["unit_price"] == Decimal("1100.0000")
    assert found["tender"][0]["amount_minor"] == 2310


def test_a_cost_of_nothing_is_an_unknown_cost() -> None:
    found = rows_of(sale([line("4.50", cost=2.1), line("9.95", cost=0)]))
    assert [row["unit_cost"] for row in found["sale_line"]] == [Decimal("2.1"), None]


def test_promotions_share_a_line_s_discount() -> None:
    promotions = [
        {"id": "11", "name": "Autumn", "amount": 0.3, "promo_code": "FALL", "promo_code_id": "c1"},
        {"id": "12", "name": "Members", "amount": 0.15},
    ]
    found = rows_of(sale([line("4.05", 2, discount="0.45", promotions=promotions)]))
    assert [(row["promotion_id"], row["amount_minor"], row["code"]) for row in found["sale_discount"]] == [
        ("north:11", 60, "FALL"),
        ("north:12", 30, None),
    ]


def test_who_sold_it_and_where() -> None:
    found = rows_of(sale([line("4.50", salesperson_id="ben"), line("3.20")]))
    assert [row["employee_id"] for row in found["sale_line"]] == ["ben", "ada"]
    names = ("store_id", "register_id", "employee_id", "channel", "external_id", "source_version", "connection")
    assert [found["sale"][0][name] for name in names] == ["main", "till", "ada", "USER", "sale-1", 7, "north"]


def test_a_buyer_is_a_pseudonym() -> None:
    source = sale([line("4.50", note="for Mrs Cedar")], customer_id="cleo", note="ring the bell")
    first = document(source, key=Secret("k"))["customer_key"]
    assert first == document(sale([line("1")], customer_id="cleo"), key=Secret("k"))["customer_key"]
    assert first != document(source, key=Secret("other"))["customer_key"]
    assert document(source)["customer_key"] is None
    assert "cleo" not in str(rows_of(source, key=Secret("k")))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Cash", "cash"),
        ("Credit Card", "card"),
        ("EFTPOS", "card"),
        ("Lightspeed Payments", "card"),
        ("Gift Card", "gift_card"),
        ("Store Credit", "store_credit"),
        ("PayPal", "wallet"),
        ("On Account", "other"),
        ("Loyalty", "other"),
        ("Cashmere voucher", "gift_card"),
        ("Cashmere", "other"),
    ],
)
def test_payment_types_are_told_by_their_names(name: str, kind: str) -> None:
    assert tender_kind(name) == kind


_PRICES = st.decimals(0, 500, places=5, allow_nan=False, allow_infinity=False)
_QUANTITIES = st.one_of(
    st.integers(1, 20), st.decimals("0.001", 9, places=3, allow_nan=False, allow_infinity=False)
).map(str)


@st.composite
def _lines(draw: st.DrawFn, sign: int) -> dict[str, Any]:
    price = draw(_PRICES)
    discount = draw(st.decimals("-5", 50, places=5, allow_nan=False, allow_infinity=False))
    tax = (price * draw(st.sampled_from([Decimal(0), Decimal("0.15"), Decimal("0.08875")]))).quantize(
        Decimal("0.00001")
    )
    count = Decimal(draw(_QUANTITIES)) * sign
    more = {"gift_card_number": "GC"} if draw(st.booleans()) and draw(st.booleans()) else {}
    return line(str(price), str(count), str(discount), str(tax), **more)


@st.composite
def _sales(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    signs = draw(st.lists(st.sampled_from([1, 1, 1, -1]), min_size=1, max_size=6))
    lines = [draw(_lines(sign)) for sign in signs]
    if draw(st.booleans()):
        lines.append(line(str(draw(_PRICES)), -1, tax=str(draw(_PRICES)), product=DISCOUNT))
    return sale(lines), draw(st.sampled_from(["USD", "JPY", "KWD"]))


@given(_sales())
def test_lines_add_up_to_documents(made: tuple[dict[str, Any], str]) -> None:
    source, currency = made
    found = rows_of(source, currency=currency)
    (whole,), lines = found["sale"], found.get("sale_line", [])
    goods = [row for row in lines if not row["is_gift_card"]]
    for name in ("gross_minor", "discount_minor", "net_minor"):
        assert whole[name] == sum(row[name] for row in goods)
    assert whole["gross_minor"] - whole["discount_minor"] == whole["net_minor"]
    assert whole["gift_card_minor"] == sum(row["net_minor"] for row in lines if row["is_gift_card"])
    assert whole["tax_minor"] == sum(row["tax_minor"] for row in lines)
    assert whole["discount_minor"] == sum(
        row["amount_minor"] for row in found.get("sale_discount", []) if not lines[row["line_no"] - 1]["is_gift_card"]
    )
    # Whatever was apportioned, no cent came or went.
    exponent = {"USD": 2, "JPY": 0, "KWD": 3}[currency]
    stated = Decimal(str(source["totals"]["price"])).scaleb(exponent)
    assert abs(whole["net_minor"] + whole["gift_card_minor"] - stated) <= 1


@given(_sales(), st.integers(-4, 4), st.integers(0, 5000), st.lists(st.integers(1, 99), max_size=3))
def test_tenders_are_the_total_less_change_and_rounding(
    made: tuple[dict[str, Any], str], rounded: int, change: int, parts: list[int]
) -> None:
    source, currency = made
    exponent = {"USD": 2, "JPY": 0, "KWD": 3}[currency]

    def major(minor: int) -> str:
        return str(Decimal(minor).scaleb(-exponent))

    due = document(source, currency=currency)["total_minor"]
    first = [due * part // 300 for part in parts]
    rest = due - sum(first) - rounded
    source["payments"] = [
        *(paid(major(amount), f"Card {index}") for index, amount in enumerate(first)),
        paid(major(rest + change), "Cash"),
        paid(major(-change), "Cash change"),
        paid(major(rounded), "Cash Rounding"),
    ]
    found = rows_of(source, currency=currency)
    (whole,) = found["sale"]
    assert whole["total_minor"] == due - rounded
    assert sum(row["amount_minor"] for row in found["tender"]) == whole["total_minor"]


@given(_sales())
def test_a_return_of_everything_is_the_sale_with_the_other_sign(made: tuple[dict[str, Any], str]) -> None:
    source, currency = made

    def turned(item: dict[str, Any]) -> dict[str, Any]:
        pricing = item["pricing"]
        return item | {
            "quantity": -item["quantity"],
            "pricing": pricing | {"total": -pricing["total"], "discount_total": -pricing["discount_total"]},
            "tax": item["tax"] | {"total": -item["tax"]["total"]},
        }

    out = document(source, currency=currency)
    back = document(sale([turned(item) for item in source["line_items"]]), currency=currency)
    assert back["net_minor"] == -out["net_minor"]
    assert back["total_minor"] == -out["total_minor"]
