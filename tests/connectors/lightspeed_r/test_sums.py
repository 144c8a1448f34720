"""What holds for every sale: lines add up to documents, tenders to totals."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from connectors.lightspeed_r.sales import settle
from connectors.lightspeed_r.wire import plain
from tests.connectors.lightspeed_r.papers import line, payment, rows, sale

FRACTIONS = st.decimals(min_value=-10_000, max_value=10_000, places=4, allow_nan=False, allow_infinity=False)


@given(st.lists(FRACTIONS, min_size=1, max_size=12), st.integers(-2, 2))
def test_parts_add_up_and_are_fair(parts: list[Decimal], off: int) -> None:
    whole = int(sum(parts, Decimal(0)).to_integral_value()) + off
    rounded = settle(parts, whole)
    assert sum(rounded) in (whole, whole - off, whole - off + 1, whole - off - 1)
    assert all(abs(part - Decimal(unit)) <= 3 for part, unit in zip(parts, rounded, strict=True))


def test_no_parts_give_no_units() -> None:
    assert settle([], 5) == []


LINES = st.lists(
    st.tuples(
        st.integers(1, 10**6),
        st.integers(0, 100),
        st.integers(0, 10**5),
        st.integers(0, 25),
        st.integers(-3, 3).filter(bool),
    ),
    min_size=1,
    max_size=8,
)


@given(LINES, st.sampled_from(["USD", "JPY", "KWD"]), st.integers(0, 500), st.booleans())
def test_the_document_is_the_sum_of_its_lines_and_the_tenders_its_total(
    drawn: list[tuple[int, int, int, int, int]], currency: str, tip: int, rounded_cash: bool
) -> None:
    scale = {"USD": 2, "JPY": 0, "KWD": 3}[currency]
    lines = []
    for number, (minor, percent, share, rate, quantity) in enumerate(drawn):
        subtotal = Decimal(minor).scaleb(-scale) * quantity
        given_on_line = (subtotal * percent / 100).quantize(Decimal("0.000001"))
        given_on_sale = ((subtotal - given_on_line) * share / 10**6).quantize(Decimal("0.000001"))
        tax = ((subtotal - given_on_line - given_on_sale) * rate / 100).quantize(Decimal("0.000001"))
        lines.append(
            line(
                plain(subtotal),
                saleLineID=str(number + 1),
                unitQuantity=str(quantity),
                calcLineDiscount=plain(given_on_line),
                calcTransactionDiscount=plain(given_on_sale),
                calcTax1=plain(tax),
            )
        )
    exact = sum((Decimal(item["calcTotal"]) for item in lines), Decimal(0))
    total = exact.quantize(Decimal(1).scaleb(-scale))
    tips = Decimal(tip).scaleb(-scale)
    paid = total + tips + (Decimal(3).scaleb(-scale) if rounded_cash else 0)
    source = sale(
        lines,
        [payment(plain(paid), tipAmount=plain(tips))],
        currency=currency,
        total=plain(total),
        calcTotal=plain(total),
        calcTax1=plain(sum((Decimal(item["calcTax1"]) for item in lines), Decimal(0))),
    )
    found = rows(source)
    (document,) = found["sale"]
    for name in ("gross", "discount", "net", "tax"):
        assert document[f"{name}_minor"] == sum(row[f"{name}_minor"] for row in found["sale_line"])
    assert document["net_minor"] == document["gross_minor"] - document["discount_minor"]
    assert all(row["net_minor"] == row["gross_minor"] - row["discount_minor"] for row in found["sale_line"])
    parts = ("net", "tax", "tip", "gift_card", "rounding")
    assert document["total_minor"] == sum(document[f"{part}_minor"] for part in parts)
    assert document["net_minor"] + document["tax_minor"] == int(total.scaleb(scale))
    assert document["total_minor"] == sum(row["amount_minor"] for row in found["tender"])
    by_line: dict[int, int] = {}
    for row in found["sale_discount"]:
        by_line[row["line_no"]] = by_line.get(row["line_no"], 0) + row["amount_minor"]
    assert all(by_line.get(row["line_no"], 0) == row["discount_minor"] for row in found["sale_line"])
