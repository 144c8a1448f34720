"""Whatever was sold, discounted, taxed, tipped and paid: lines add up to documents and tenders to totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connectors.money import largest_remainder
from connectors.square.orders import sale_rows

AT = "2026-11-02T15:00:00.000Z"
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])
AMOUNTS = st.integers(min_value=0, max_value=500_000)


def money(amount: int, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


@st.composite
def lines(draw: st.DrawFn, currency: str, *, back: bool) -> dict[str, Any]:
    """A line as Square sums it: total is gross less discount, plus tax unless it is included, plus a charge."""
    gross = draw(AMOUNTS)
    discount = draw(st.integers(min_value=0, max_value=gross))
    inclusive = draw(st.booleans())
    net = gross - discount
    tax = draw(st.integers(min_value=0, max_value=net)) if inclusive else draw(st.integers(0, 20_000))
    charge = draw(st.sampled_from([0, 0, 150]))
    total = net + charge + (0 if inclusive else tax)
    name = "gross_return_money" if back else "gross_sales_money"
    gift_card = draw(st.sampled_from([False, False, False, True]))
    return {
        "uid": draw(st.uuids()).hex,
        "quantity": draw(st.sampled_from(["1", "3", "0.25", "1.5"])),
        "item_type": "GIFT_CARD" if gift_card else "ITEM",
        name: money(gross, currency),
        "total_discount_money": money(discount, currency),
        "total_tax_money": money(tax, currency),
        "total_service_charge_money": money(charge, currency),
        "total_money": money(total, currency),
    }


def totals(items: list[dict[str, Any]]) -> tuple[int, int, int, int]:
    """Total, tax, discount and charges of some lines."""
    names = ("total_money", "total_tax_money", "total_discount_money", "total_service_charge_money")
    total, tax, discount, charge = (sum(item[name]["amount"] for item in items) for name in names)
    return total, tax, discount, charge


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """A sale, a return or an exchange; paid in parts, rounded when cash wants it, tipped or not."""
    currency = draw(CURRENCIES)
    sold = draw(st.lists(lines(currency, back=False), max_size=5))
    returned = draw(st.lists(lines(currency, back=True), min_size=0 if sold else 1, max_size=3))
    tip = draw(st.sampled_from([0, 0, 75])) if sold else 0
    total, tax, discount, charge = totals(sold)
    rounding = draw(st.sampled_from([0, 0, -2, 2])) if total + tip >= 2 else 0  # cash wants no rounding below nothing
    back_total, back_tax, back_discount, back_charge = totals(returned)
    paid = total + tip + rounding
    order: dict[str, Any] = {
        "id": "O1",
        "location_id": "L1",
        "state": "COMPLETED",
        "version": 1,
        "created_at": AT,
        "closed_at": AT,
        "line_items": sold,
        "total_money": money(paid, currency),
        "total_tax_money": money(tax, currency),
        "total_discount_money": money(discount, currency),
        "total_tip_money": money(tip, currency),
        "total_service_charge_money": money(charge, currency),
        "rounding_adjustment": {"amount_money": money(rounding, currency)},
        "net_amounts": {
            "total_money": money(paid - back_total, currency),
            "tax_money": money(tax - back_tax, currency),
            "discount_money": money(discount - back_discount, currency),
            "tip_money": money(tip, currency),
            "service_charge_money": money(charge - back_charge, currency),
        },
    }
    if returned:
        amounts = {
            "total_money": money(back_total, currency),
            "tax_money": money(back_tax, currency),
            "discount_money": money(back_discount, currency),
            "tip_money": money(0, currency),
            "service_charge_money": money(back_charge, currency),
        }
        part = {"uid": "R1", "source_order_id": "O0", "return_line_items": returned, "return_amounts": amounts}
        order |= {"returns": [part], "return_amounts": amounts}
    if draw(st.booleans()) and not returned:
        order.pop("net_amounts")
    parts = largest_remainder(paid, draw(st.lists(st.integers(1, 5), min_size=1, max_size=3)))
    kinds = draw(st.lists(st.sampled_from(["CASH", "CARD", "WALLET"]), min_size=len(parts), max_size=len(parts)))
    if sold:
        order["tenders"] = [
            {"id": f"T{number}", "type": kind, "amount_money": money(part, currency), "created_at": AT}
            for number, (part, kind) in enumerate(zip(parts, kinds, strict=True))
        ]
    if returned:
        order["refunds"] = [
            {"id": "F1", "status": "APPROVED", "amount_money": money(back_total, currency), "created_at": AT}
        ]
    return order


def mapped(order: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {"sale": [], "sale_line": [], "sale_discount": [], "tender": []}
    for row in sale_rows(order, connection="square", key=None):
        rows[row.table].append(dict(row.values))
    return rows


@given(orders())
def test_lines_add_up_to_their_document(order: dict[str, Any]) -> None:
    rows = mapped(order)
    (sale,) = rows["sale"]
    goods = [line for line in rows["sale_line"] if not line["is_gift_card"]]
    for name in ("gross_minor", "discount_minor", "net_minor"):
        assert sum(line[name] for line in goods) == sale[name]
    assert sale["gross_minor"] - sale["discount_minor"] == sale["net_minor"]
    assert sum(line["net_minor"] for line in rows["sale_line"] if line["is_gift_card"]) == sale["gift_card_minor"]
    assert sum(line["tax_minor"] for line in rows["sale_line"]) == sale["tax_minor"]
    assert sum(row["amount_minor"] for row in rows["sale_discount"]) == sum(
        line["discount_minor"] for line in rows["sale_line"]
    )


@given(orders())
def test_a_document_adds_up_to_what_was_paid(order: dict[str, Any]) -> None:
    rows = mapped(order)
    (sale,) = rows["sale"]
    parts = ("net_minor", "gift_card_minor", "tax_minor", "tip_minor", "service_minor", "shipping_minor")
    assert sum(sale[name] for name in parts) + sale["rounding_minor"] == sale["total_minor"]
    paid = sum(tender["amount_minor"] for tender in rows["tender"] if tender["amount_minor"] > 0)
    back = order.get("return_amounts", {}).get("total_money", {}).get("amount", 0)
    assert paid - back == sale["total_minor"]


@given(orders())
def test_what_came_back_is_negative_and_what_was_sold_is_not(order: dict[str, Any]) -> None:
    rows = mapped(order)
    for line in rows["sale_line"]:
        signs = {line[name] >= 0 for name in ("gross_minor", "net_minor", "quantity") if line[name] != 0}
        assert len(signs) <= 1
        assert signs <= {not line["is_return"]}
