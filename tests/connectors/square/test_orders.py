"""Net sales as Square reports them, trap by trap, on hand-made orders of Square's shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.http import Secret
from connectors.money import largest_remainder
from connectors.square.orders import sale_rows

AT = "2026-11-01T15:30:00Z"
KEY = Secret("pseudonyms")


def usd(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


def line(gross: int, **more: Any) -> dict[str, Any]:
    discount, tax = more.pop("discount", 0), more.pop("tax", 0)
    total = more.pop("total", gross - discount + tax)
    return {
        "uid": "u",
        "name": "Oat milk",
        "quantity": "1",
        "catalog_object_id": "V100",
        "item_type": "ITEM",
        "base_price_money": usd(gross),
        "gross_sales_money": usd(gross),
        "total_discount_money": usd(discount),
        "total_tax_money": usd(tax),
        "total_money": usd(total),
        **more,
    }


def returned(gross: int, **more: Any) -> dict[str, Any]:
    item = line(gross, **more)
    item["gross_return_money"] = item.pop("gross_sales_money")
    return item


def order(**more: Any) -> dict[str, Any]:
    lines = more.get("line_items", [])
    return {
        "id": "O1",
        "location_id": "S01",
        "state": "COMPLETED",
        "version": 4,
        "created_at": "2026-11-01T15:20:00Z",
        "updated_at": "2026-11-03T09:00:00Z",
        "closed_at": AT,
        "total_money": usd(sum(item["total_money"]["amount"] for item in lines)),
        "total_tax_money": usd(sum(item["total_tax_money"]["amount"] for item in lines)),
        "total_discount_money": usd(sum(item["total_discount_money"]["amount"] for item in lines)),
        **more,
    }


def rows(source: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}
    for row in sale_rows(source, connection="square", key=KEY):
        found[row.table].append(dict(row.values))
    return found


def amounts(source: Mapping[str, Any]) -> tuple[int, ...]:
    """Gross, discount, net, tax, total of the document."""
    (sale,) = rows(source)["sale"]
    return tuple(sale[f"{name}_minor"] for name in ("gross", "discount", "net", "tax", "total"))


def test_a_plain_sale_closes_when_it_was_paid_not_when_it_was_last_touched() -> None:
    (sale,) = rows(order(line_items=[line(450)]))["sale"]
    assert sale["closed_at"] == datetime(2026, 11, 1, 15, 30, tzinfo=UTC)
    assert (sale["kind"], sale["voided"], sale["store_id"], sale["source_version"]) == ("sale", False, "S01", 4)
    assert (sale["connection"], sale["external_id"]) == ("square", "O1")


def test_an_added_tax_is_no_revenue() -> None:
    assert amounts(order(line_items=[line(1000, tax=80)])) == (1000, 0, 1000, 80, 1080)


def test_an_included_tax_is_taken_out_of_the_price() -> None:
    """1190 with 19 % inside: Square totals the line at 1190, of which 190 is tax."""
    assert amounts(order(line_items=[line(1190, tax=190, total=1190)])) == (1000, 0, 1000, 190, 1190)


def test_an_included_tax_that_square_already_took_out_of_gross_is_not_taken_out_twice() -> None:
    assert amounts(order(line_items=[line(1000, tax=190, total=1190)])) == (1000, 0, 1000, 190, 1190)


def test_a_discount_on_the_order_lies_on_the_lines_to_the_cent() -> None:
    lines = [
        line(333, discount=33, applied_discounts=[{"uid": "a", "discount_uid": "d1", "applied_money": usd(33)}]),
        line(667, discount=67, applied_discounts=[{"uid": "b", "discount_uid": "d1", "applied_money": usd(67)}]),
    ]
    discount = {"uid": "d1", "name": "Ten off", "type": "FIXED_PERCENTAGE", "scope": "ORDER", "pricing_rule_id": "P1"}
    source = order(line_items=lines, discounts=[discount])
    assert amounts(source) == (1000, 100, 900, 0, 900)
    named = [
        (row["line_no"], row["name"], row["promotion_id"], row["amount_minor"]) for row in rows(source)["sale_discount"]
    ]
    assert named == [(1, "Ten off", "P1", 33), (2, "Ten off", "P1", 67)]


def test_a_discount_left_on_the_order_is_apportioned() -> None:
    source = order(line_items=[line(100), line(100), line(100)], total_discount_money=usd(100), total_money=usd(200))
    assert amounts(source) == (300, 100, 200, 0, 200)
    assert [row["discount_minor"] for row in rows(source)["sale_line"]] == [34, 33, 33]
    assert sum(row["amount_minor"] for row in rows(source)["sale_discount"]) == 100


def test_a_gift_card_sold_is_a_liability() -> None:
    source = order(line_items=[line(450), line(5000, item_type="GIFT_CARD", catalog_object_id=None)])
    (sale,) = rows(source)["sale"]
    assert (sale["gross_minor"], sale["net_minor"], sale["gift_card_minor"]) == (450, 450, 5000)
    assert sale["total_minor"] == 5450
    assert [row["is_gift_card"] for row in rows(source)["sale_line"]] == [False, True]


def test_tips_charges_and_rounding_have_their_own_columns() -> None:
    source = order(
        line_items=[line(1000)],
        total_money=usd(1352),
        total_tip_money=usd(200),
        total_service_charge_money=usd(100),
        total_card_surcharge_money=usd(50),
        rounding_adjustment={"amount_money": usd(2)},
    )
    (sale,) = rows(source)["sale"]
    parts = ("net", "tip", "service", "rounding")
    assert [sale[f"{part}_minor"] for part in parts] == [1000, 200, 150, 2]
    assert sale["total_minor"] == sum(sale[f"{part}_minor"] for part in parts)


def test_a_service_charge_apportioned_to_a_line_is_not_its_revenue() -> None:
    source = order(line_items=[line(1000, total=1100, total_service_charge_money=usd(100))])
    assert rows(source)["sale_line"][0]["net_minor"] == 1000


def test_a_return_is_a_negative_document_of_its_own_day() -> None:
    back = [returned(450, discount=45, quantity="1", source_line_item_uid="u")]
    total = usd(405)
    source = order(
        id="R1",
        closed_at="2026-11-05T12:00:00Z",
        returns=[{"source_order_id": "O1", "return_line_items": back, "return_amounts": {"total_money": total}}],
        return_amounts={"total_money": total},
        net_amounts={"total_money": usd(-405)},
        refunds=[{"id": "F1", "tender_id": "T1", "amount_money": total, "status": "APPROVED", "created_at": AT}],
    )
    assert amounts(source) == (-450, -45, -405, 0, -405)
    found = rows(source)
    assert (found["sale"][0]["kind"], found["sale"][0]["original_sale_id"]) == ("return", "O1")
    assert found["sale"][0]["closed_at"].day == 5
    (item,) = found["sale_line"]
    assert (item["quantity"], item["is_return"], item["net_minor"]) == (Decimal(-1), True, -405)
    assert [(row["tender_id"], row["amount_minor"]) for row in found["tender"]] == [("F1", -405)]


def test_a_return_of_a_taxed_line_gives_back_the_value_without_the_tax() -> None:
    source = order(
        returns=[{"source_order_id": "O1", "return_line_items": [returned(1000, tax=80)]}],
        return_amounts={"total_money": usd(1080), "tax_money": usd(80)},
    )
    assert amounts(source) == (-1000, 0, -1000, -80, -1080)


def test_a_refund_of_an_amount_is_one_line_without_a_product() -> None:
    custom = returned(300, item_type="CUSTOM_AMOUNT", catalog_object_id=None, name="Custom amount")
    source = order(
        returns=[{"source_order_id": "O1", "return_line_items": [custom], "return_amounts": {"total_money": usd(300)}}],
        net_amounts={"total_money": usd(-300)},
    )
    (item,) = rows(source)["sale_line"]
    assert (item["variant_id"], item["net_minor"], item["is_return"]) == (None, -300, True)
    assert item["quantity"] == 0, "no goods came back"
    # Something that is not in the catalogue, and did come back.
    sold_so = {**custom, "source_line_item_uid": "1"}
    goods = order(returns=[{"source_order_id": "O1", "return_line_items": [sold_so]}])
    assert rows(goods)["sale_line"][0]["quantity"] == -1


def test_what_was_paid_back_beyond_the_returned_lines_is_a_line_too() -> None:
    amounts_back = {"total_money": usd(550), "tip_money": usd(50)}
    source = order(
        returns=[{"source_order_id": "O1", "return_line_items": [returned(400)], "return_amounts": amounts_back}],
        return_amounts=amounts_back,
    )
    assert [row["net_minor"] for row in rows(source)["sale_line"]] == [-400, -100]
    (sale,) = rows(source)["sale"]
    assert (sale["net_minor"], sale["tip_minor"], sale["total_minor"]) == (-500, -50, -550)


def test_a_refund_order_without_any_lines_still_counts() -> None:
    source = order(
        refunds=[
            {"id": "F1", "amount_money": usd(200), "status": "APPROVED", "created_at": AT},
            {"id": "F2", "amount_money": usd(999), "status": "FAILED", "created_at": AT},
        ],
        return_amounts={"total_money": usd(200)},
    )
    assert amounts(source) == (-200, 0, -200, 0, -200)
    assert rows(source)["sale"][0]["kind"] == "return"


def test_the_refund_noted_on_the_original_order_is_not_subtracted_there() -> None:
    source = order(
        line_items=[line(450)],
        refunds=[{"id": "F1", "amount_money": usd(450), "status": "APPROVED", "created_at": AT}],
    )
    assert amounts(source) == (450, 0, 450, 0, 450)
    assert rows(source)["tender"] == []


def test_an_exchange_nets_in_one_document() -> None:
    source = order(
        line_items=[line(700)],
        returns=[{"source_order_id": "O0", "return_line_items": [returned(450)]}],
        return_amounts={"total_money": usd(450)},
        net_amounts={"total_money": usd(250)},
    )
    assert amounts(source) == (250, 0, 250, 0, 250)
    assert rows(source)["sale"][0]["kind"] == "exchange"
    assert [row["is_return"] for row in rows(source)["sale_line"]] == [False, True]


def test_a_cancelled_order_is_kept_and_flagged() -> None:
    source = order(line_items=[line(450)], state="CANCELED", closed_at=None)
    (sale,) = rows(source)["sale"]
    assert sale["voided"] is True
    assert sale["closed_at"] == datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("statuses", "voided"), [(["VOIDED"], True), (["VOIDED", "CAPTURED"], False), ([None], False)])
def test_an_order_whose_every_payment_was_voided_is_void(statuses: list[str | None], voided: bool) -> None:
    tenders = [
        {"id": f"T{n}", "type": "CARD", "amount_money": usd(1), "card_details": {"status": status}}
        for n, status in enumerate(statuses)
    ]
    assert rows(order(line_items=[line(1)], tenders=tenders))["sale"][0]["voided"] is voided


@pytest.mark.parametrize("state", ["OPEN", "DRAFT"])
def test_an_open_order_is_no_sale_yet(state: str) -> None:
    assert rows(order(line_items=[line(450)], state=state, closed_at=None))["sale"] == []


def test_quantities_keep_their_decimals() -> None:
    source = order(line_items=[line(1234, quantity="0.31250", base_price_money=usd(3949))])
    (item,) = rows(source)["sale_line"]
    assert (item["quantity"], item["unit_price"]) == (Decimal("0.31250"), Decimal("39.49"))


def test_a_currency_without_cents_is_not_divided() -> None:
    yen = {"amount": 1050, "currency": "JPY"}
    item = {**line(1050), "base_price_money": yen, "total_money": yen}
    source = order(line_items=[item], total_money=yen)
    assert rows(source)["sale_line"][0]["unit_price"] == Decimal(1050)
    assert rows(source)["sale"][0]["currency"] == "JPY"
    assert rows(source)["sale"][0]["net_minor"] == 1050


def test_tenders_are_named_by_kind() -> None:
    kinds = ["CASH", "CARD", "SQUARE_GIFT_CARD", "WALLET", "BUY_NOW_PAY_LATER"]
    tenders = [{"id": kind, "type": kind, "amount_money": usd(10), "tip_money": usd(1)} for kind in kinds]
    found = rows(order(line_items=[line(50)], tenders=tenders))["tender"]
    assert [row["kind"] for row in found] == ["cash", "card", "gift_card", "wallet", "other"]
    assert {(row["amount_minor"], row["tip_minor"]) for row in found} == {(10, 1)}


def test_a_customer_is_a_pseudonym() -> None:
    (sale,) = rows(order(line_items=[line(1)], customer_id="CUST1"))["sale"]
    assert len(sale["customer_key"]) == 24
    assert "CUST1" not in sale["customer_key"]
    other = next(iter(sale_rows(order(customer_id="CUST1"), connection="square", key=Secret("else"))))
    assert other.values["customer_key"] != sale["customer_key"]
    without = next(iter(sale_rows(order(customer_id="CUST1"), connection="square", key=None)))
    assert without.values["customer_key"] is None


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**7), max_size=12))
def test_parts_add_up_and_are_fair_to_a_unit(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == (total if weights else 0)
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        exact = total * weight / whole if whole else total / len(weights)
        assert abs(part - exact) < 1.000001


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 100), st.integers(0, 25)), min_size=1, max_size=8),
    st.booleans(),
)
def test_the_document_is_the_sum_of_its_lines(lines: list[tuple[int, int, int]], back: bool) -> None:
    made = []
    for gross, percent, rate in lines:
        discount = gross * percent // 100
        made.append((line if not back else returned)(gross, discount=discount, tax=(gross - discount) * rate // 100))
    total = usd(sum(item["total_money"]["amount"] for item in made))
    tax = usd(sum(item["total_tax_money"]["amount"] for item in made))
    whole = {"total_money": total, "tax_money": tax}
    source = (
        order(returns=[{"return_line_items": made, "return_amounts": whole}], return_amounts=whole)
        if back
        else order(line_items=made)
    )
    found = rows(source)
    (sale,) = found["sale"]
    for name in ("gross", "discount", "net", "tax"):
        assert sale[f"{name}_minor"] == sum(row[f"{name}_minor"] for row in found["sale_line"])
    assert sale["net_minor"] == sale["gross_minor"] - sale["discount_minor"]
    assert sale["total_minor"] == sale["net_minor"] + sale["tax_minor"]
