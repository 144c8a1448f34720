from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectors.own_orders import typeface as typeface_module
from connectors.own_orders.order import Order, OrderLine, document, number_of
from connectors.own_orders.paper import pdf_of
from connectors.own_orders.sheet import COLUMNS, csv_of
from connectors.own_orders.typeface import typeface
from connectors.own_orders.wording import cleaned, harmless
from tests.connectors.own_orders.pdf_text import objects, pages
from tests.support.examples import examples

HARD = (
    "Crème brûlée 0,5 € 面包 ラーメン 한국 👩‍🍳 שלום مرحبا Łódź Почта <b>&amp;</b> \x00\x1b\u202edaerb\u2066 ｆｕｌｌ"
)


def line(**values: object) -> OrderLine:
    base = OrderLine("V1", "MS/77", "BRD-1", "0012345678905", "Bread", Decimal(24), "each", Decimal("1.50"))
    return replace(base, **values)  # type: ignore[arg-type]


def order(*lines: OrderLine, **values: object) -> Order:
    base = Order(
        key="k1",
        store_id="S1",
        store_name="Market Street",
        country="US",
        zone=ZoneInfo("America/New_York"),
        supplier_id="U1",
        supplier_name="Müller & Söhne",
        currency="USD",
        created_at=datetime(2026, 11, 25, 3, 30, tzinfo=UTC),
        due_on=date(2026, 12, 1),
        note="",
        lines=lines or (line(),),
    )
    return replace(base, **values)  # type: ignore[arg-type]


def table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_sheet_has_a_line_a_product() -> None:
    lines = (line(), line(name='Jam, "red"', quantity=Decimal("2.50000"), unit="kg", unit_cost=Decimal("0.1234")))
    assert table(csv_of(order(*lines, line(unit_cost=None)))) == [
        {
            "supplier_sku": "MS/77",
            "sku": "BRD-1",
            "barcode": "0012345678905",
            "name": "Bread",
            "quantity": "24",
            "unit": "each",
            "unit_cost": "1.50",
            "line_total": "36.00",
            "currency": "USD",
        },
        {
            "supplier_sku": "MS/77",
            "sku": "BRD-1",
            "barcode": "0012345678905",
            "name": 'Jam, "red"',
            "quantity": "2.5",
            "unit": "kg",
            "unit_cost": "0.1234",
            "line_total": "0.31",
            "currency": "USD",
        },
        {
            "supplier_sku": "MS/77",
            "sku": "BRD-1",
            "barcode": "0012345678905",
            "name": "Bread",
            "quantity": "24",
            "unit": "each",
            "unit_cost": "",
            "line_total": "",
            "currency": "USD",
        },
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5", "@SUM(A1)", "＝1", "=cmd|'/c calc'!A0"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = table(csv_of(order(line(name=text, sku=text, supplier_sku=text, barcode=text, unit=text))))
    assert {row[name] for name in ("name", "sku", "supplier_sku", "barcode", "unit")} == {f"'{text}"}
    assert row["quantity"] == "24"


@pytest.mark.parametrize(
    ("currency", "quantity", "cost", "shown", "total"),
    [
        ("USD", "3", "0.335", "0.335", "1.01"),
        ("USD", "1", "2", "2.00", "2.00"),
        ("JPY", "3", "120", "120", "360"),
        ("JPY", "3", "120.5", "120.5", "362"),
        ("KWD", "3", "0.1", "0.100", "0.300"),
        ("USD", "999999999", "999999999.9999", "999999999.9999", "999999998999900000.00"),
        ("EUR", "5", "0", "0.00", "0.00"),
    ],
)
def test_money_has_the_decimals_of_its_currency(
    currency: str, quantity: str, cost: str, shown: str, total: str
) -> None:
    made = order(line(quantity=Decimal(quantity), unit_cost=Decimal(cost)), currency=currency)
    (row,) = table(csv_of(made))
    assert (row["unit_cost"], row["line_total"]) == (shown, total)
    assert document(made)["total"] == total
    grouped = f"Total{int(total.partition('.')[0]):,}".replace(",", "") + total[len(total.partition(".")[0]) :]
    assert grouped + currency in squeezed("".join(pages(pdf_of(made))))


def test_the_paper_says_who_what_when_and_how_much() -> None:
    made = order(line(), line(sku="OAT", name="Oat milk", unit_cost=None), note="Ring the bell & wait")
    for compressed in (True, False):
        (page,) = pages(pdf_of(made, compressed=compressed))
        for said in (
            "Purchase order",
            f"Number {number_of('k1')}",
            "Ordered by Market Street",
            "Supplier Müller & Söhne",
            "Date 2026-11-24",
            "Due 2026-12-01",
            "Currency USD",
            "MS/77",
            "BRD-1 / 0012345678905",
            "Bread 24 each 1.50 36.00",
            "Oat milk 24 each",
            "Total 36.00 USD",
            "One line has no agreed cost and is not in the total.",
            "Ring the bell & wait",
        ):
            assert squeezed(said) in squeezed(page), said
    assert "?" not in page


def test_the_same_order_gives_the_same_bytes() -> None:
    assert pdf_of(order()) == pdf_of(order())


def test_the_page_is_the_countrys() -> None:
    sizes = {
        country: re.findall(rb"/MediaBox \[ ([^\]]*) \]", pdf_of(order(country=country)))
        for country in ("US", "DE", "")
    }
    assert sizes["US"] == [b"0 0 612 792 "] or sizes["US"] == [b"0 0 612 792"]
    assert sizes["DE"] == sizes[""]
    assert sizes["DE"][0].startswith(b"0 0 595")


def test_a_long_order_goes_on_with_its_headings() -> None:
    made = order(*(line(sku=f"SKU-{place}", name=f"Product {place}") for place in range(1, 121)))
    found = pages(pdf_of(made))
    assert len(found) > 2
    for place, page in enumerate(found, 1):
        assert f"{number_of('k1')}, page {place}" in page
    assert all("Supplier’s SKU" in page for page in found[:-1])
    text = squeezed(" ".join(found))
    assert all(f"Product{place}24" in text for place in range(1, 121))
    assert "Total4320.00USD" in text


def test_long_texts_wrap_and_are_cut_before_they_overflow() -> None:
    endless = line(name="W" * 50_000, sku="S" * 900, supplier_sku="U" * 900, barcode="9" * 900, unit="unit" * 90)
    words = line(name="a rather long name " * 12)
    found = pages(pdf_of(order(endless, words, store_name="M" * 900, supplier_name="N" * 900, note="o " * 9_000)))
    text = squeezed(" ".join(found))
    assert "W" * 399 + "…" in text
    assert squeezed("a rather long name " * 12) in text
    (row, _) = table(csv_of(order(endless, words)))
    assert row["name"] == "W" * 50_000


def test_every_alphabet_goes_to_paper_and_all_of_it_to_the_sheet() -> None:
    name = cleaned(HARD)
    made = order(line(name=name), store_name=name, supplier_name=name, note=name)
    text = squeezed(" ".join(pages(pdf_of(made))))
    assert squeezed("Crème brûlée 0,5 € ?? ???? ??") in text
    assert squeezed("<b>&amp;</b>") in text
    assert f"{number_of('k1')}.csvhasallofthem." in text
    (row,) = table(csv_of(made))
    assert row["name"] == name
    assert "👩‍🍳" in name
    assert not any(letter in name for letter in "\x00\x1b\u202e\u2066")


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="the wider typeface comes with matplotlib")
def test_greek_cyrillic_and_polish_are_printed() -> None:
    (page,) = pages(pdf_of(order(line(name="Łódź Почта Ξένος"))))
    assert "Łódź Почта Ξένος" in page


def test_without_the_wider_typeface_western_letters_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface_module, "find_spec", lambda _: None)
    assert typeface().regular == "OrderVera"
    content = pdf_of(order(line(name="Crème 5 € Почта")))
    (page,) = pages(content)
    assert "Crème 5 € ?????" in page
    assert any(b"BitstreamVera" in body for body in objects(content).values())


_ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ANYTHING, _ANYTHING)
@example(HARD, "\ud800\udfff")
@example("<a href='file:///etc/passwd'>x</a><img src='x'/>", "&#x0;&bad;<br><para>")
@example("e\u0301" * 20 + "\u0301" * 30, "\u2028\u2029\ufeff\ufffe\uffff")
def test_no_text_breaks_the_documents(name: str, code: str) -> None:
    made = order(
        line(name=cleaned(name), sku=cleaned(code), supplier_sku=cleaned(code), barcode=cleaned(code)),
        store_name=cleaned(name),
        supplier_name=cleaned(code),
        note=cleaned(name),
    )
    assert len(pages(pdf_of(made))) == 1
    (row,) = table(csv_of(made))
    assert row["name"] == harmless(cleaned(name))
    assert row["sku"] == harmless(cleaned(code))


@given(_ANYTHING)
def test_cleaned_text_is_one_visible_line(text: str) -> None:
    found = cleaned(text)
    assert cleaned(found) == found
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in found)
    assert not any(unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLI", "LRI", "FSI", "PDI") for letter in found)
    assert not harmless(found).startswith(("=", "+", "-", "@"))


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 10**9)), min_size=1, max_size=30))
def test_lines_add_up_to_the_total(amounts: list[tuple[int, int]]) -> None:
    lines = (line(quantity=Decimal(many).scaleb(-5), unit_cost=Decimal(cost).scaleb(-4)) for many, cost in amounts)
    made = order(*lines)
    rows = table(csv_of(made))
    assert sum(Decimal(row["line_total"]) for row in rows) == made.total
    for row in rows:
        assert abs(Decimal(row["quantity"]) * Decimal(row["unit_cost"]) - Decimal(row["line_total"])) <= Decimal(
            "0.005"
        )


def test_numbers_of_different_orders_differ() -> None:
    numbers = {number_of(f"key {place}") for place in range(5_000)}
    assert len(numbers) == 5_000
    assert all(re.fullmatch(r"PO-[A-Z2-7]{5}-[A-Z2-7]{5}", number) for number in numbers)
