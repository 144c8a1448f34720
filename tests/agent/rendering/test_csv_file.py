"""CSV that a spreadsheet reads as data, whatever the names in it are."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.rendering.csv_file import csv_bytes, csv_text, safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "\"=1", "=HYPERLINK(\"http://x\")", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
        " =1", "'=1",
        "＝1+1", "＋1+1", "－A1", "＠A", "|calc", "%0A=1", "\u200b=1", "\ufeff=cmd|' /C calc'!A0", "-1a", "=",
        "--1", "+",
    ],
)  # fmt: skip
def test_what_could_be_a_formula_is_marked(cell: str) -> None:
    assert safe_cell(cell).startswith("'")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("-12.50", "-12.50"), ("+3", "+3"), ("1,234.00", "1,234.00"), ("-$4.00", "-$4.00"), ("-3.2 %", "-3.2 %"),
        (-7, "-7"), (None, ""), ("Oat milk, 1 l", "Oat milk, 1 l"), ("two\r\nlines", "two lines"), ("a=b", "a=b"),
        ("2026-11-22", "2026-11-22"), ("Café ☕", "Café ☕"), ("a\x00b\u202ec", "abc"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_harmless_stays_as_it_is(cell: str | int | None, written: str) -> None:
    assert safe_cell(cell) == written


def test_a_table_is_headed_with_its_units_and_quoted_where_it_must_be() -> None:
    columns = [
        {"name": "Product", "unit": "text"},
        {"name": "Net sales", "unit": "USD"},
        {"name": "Sold", "unit": "count"},
    ]
    text = csv_text(columns, [('Mug, "blue"', "10.00", 3), ("=cmd", None, None)])
    assert text == 'Product,Net sales (USD),Sold\r\n"Mug, ""blue""",10.00,3\r\n\'=cmd,,\r\n'
    assert csv_bytes(text).startswith(b"\xef\xbb\xbfProduct")


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(), st.text()), min_size=2, max_size=2), max_size=5))
def test_every_row_comes_back_with_its_cells_and_none_begins_a_formula(rows: list[list[str | int | None]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text([{"name": "a"}, {"name": "b"}], rows), newline="")))
    assert len(read) == len(rows) + 1
    for row in read:
        assert len(row) == 2
        assert not any(cell[:1] in "=@\t\r" for cell in row if cell)
        assert not any(cell[:1] in "+-" and not cell[1:2].isdigit() and cell[1:2] not in "$€£¥" for cell in row if cell)
