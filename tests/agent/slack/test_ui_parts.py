"""What messages are made of: tables, charts, values, prose and names, and texts that are cut into pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.slack.ui import limits, mrkdwn, values
from agent.slack.ui.chart import chart_block
from agent.slack.ui.table import data_table
from tools.result import Chart, Table, TableColumn


@given(st.text(max_size=300), st.integers(3, 60))
def test_splitting_loses_nothing_but_white_space(text: str, limit: int) -> None:
    pieces = limits.split_text(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_column_that_only_repeats_the_caption_is_left_out() -> None:
    columns = (TableColumn("Product", ""), TableColumn("Store", ""), TableColumn("On hand", "units"))
    table = Table(columns, (("Oat milk", "Market Street", "4"), ("Bread", "Market Street", "4")))
    block, _ = data_table(table, "days of stock · Market Street", 20)
    assert block is not None
    assert block["caption"] == "Days of stock · Market Street"
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        ["Product", "On hand"],
        ["Oat milk", "4"],
        ["Bread", "4"],
    ]
    elsewhere, _ = data_table(table, "days of stock · 5 stores", 20)
    assert elsewhere is not None
    assert len(elsewhere["rows"][0]) == 3


def test_a_column_with_a_gap_is_text_so_that_slack_can_still_sort_it() -> None:
    table = Table((TableColumn("Margin", "%"),), (("12.5",), (None,)))
    block, _ = data_table(table, "c", 20)
    assert block is not None
    assert [row[0] for row in block["rows"][1:]] == [
        {"type": "raw_text", "text": "12.5%"},
        {"type": "raw_text", "text": "–"},
    ]


def test_what_slack_could_not_draw_is_left_out() -> None:
    good = Chart("line", "t", ("a", "b"), {"x": (1.0, 2.0)})
    assert chart_block(good) is not None
    assert chart_block(replace(good, series={"x": (1.0, float("nan"))})) is None
    assert chart_block(replace(good, series={"x": (1.0,)})) is None
    assert chart_block(replace(good, kind="radar")) is None
    assert chart_block(replace(good, kind="pie", series={"x": (1.0, -1.0)})) is None
    long = replace(good, categories=("a very long category name 1", "a very long category name 2"))
    labels = chart_block(long)["chart"]["axis_config"]["categories"]  # type: ignore[index]
    assert len(set(labels)) == 2


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1234.50", "USD", "$1,234.50"),
        ("-12", "USD", "-$12"),
        ("12", "SEK", "SEK 12"),
        ("4.2", "%", "4.2%"),
        (1200, "count", "1,200"),
        (None, "USD", "–"),
        ("2026-11-22", "date", "2026-11-22"),
        ("n/a", "USD", "n/a"),
        ("S01", "text", "S01"),
        ("3.50", "EUR", "€3.50"),
    ],
)
def test_values_read_as_people_write_them(value: str | int | None, unit: str, shown: str) -> None:
    assert values.show(value, unit) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and *not*", "*bold* and ∗not∗"),
        ("# Title", "*Title*"),
        ("- a\n* b", "• a\n• b"),
        ("[link](https://evil.example)", "link"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("net_sales of 3 * 4", "net_sales of 3 * 4"),
        ("zero\u200bwidth \u202eback", "zerowidth back"),
        ("`code`", "ˋcodeˋ"),
        ("", ""),
    ],
)
def test_prose_keeps_only_harmless_formatting(text: str, shown: str) -> None:
    assert mrkdwn.prose(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("took $12,345.67, up 4.2%.", "took *$12,345.67*, up *4.2%*."),
        ("on 2026-11-22 at 10:30", "on 2026-11-22 at 10:30"),
        ("1,200 visitors in week 47", "*1,200* visitors in week 47"),
        ("already *bold* 5%", "already *bold* 5%"),
        ("down -3.1 % (SKU 1095275)", "down *-3.1 %* (SKU 1095275)"),
    ],
)
def test_numbers_that_matter_are_bold(text: str, shown: str) -> None:
    assert mrkdwn.bold_numbers(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (":white_check_mark: Approved", "꞉white_check_mark: Approved"),
        ("x:100: y :+1: z", "x꞉100: y ꞉+1: z"),
        ("Open 10:30:00, note: see 3:1", "Open 10:30:00, note: see 3:1"),
        ("Oat\u3164\u2800 milk\u115f", "Oat milk"),
    ],
)
def test_a_name_cannot_wear_our_marks_or_hide(name: str, shown: str) -> None:
    assert mrkdwn.data(name) == shown
