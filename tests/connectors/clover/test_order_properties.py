"""Whatever an order of Clover's is made of, its lines add up to the document and the document to its tenders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connectors.money import largest_remainder
from tests.support.clover_orders import (
    PARTS,
    back,
    line,
    order,
    pay,
    rows,
    wrapped,
)


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
