"""Which words ask for a file, and what is asked besides."""

from __future__ import annotations

import pytest

from agent.conversation.exporting import read_export

LAST = (
    "as CSV", "export", "Export that as CSV please", "send me the file", "can I have that in excel?", "csv please",
    "download the table", "the csv", "Give me the csv file", "could you send me that as a spreadsheet", "download",
    "put it in a spreadsheet", "all rows as csv", "export this list", "Please export it to Excel", "save that as a csv",
    "can you send me the full table as csv", "in excel please",
)  # fmt: skip
BESIDES = (
    ("Net sales by day last month as CSV", "Net sales by day last month"),
    ("Top 10 products last week, and send it as a csv", "Top 10 products last week"),
    ("export sales by store last week", "sales by store last week"),
    ("export net sales by day for October as csv", "net sales by day for October"),
    ("How did we do yesterday? Export it", "How did we do yesterday"),
    ("stock levels for Market Street as an excel file please", "stock levels for Market Street"),
    ("Sales by department last week and then export the table", "Sales by department last week"),
)
NEITHER = (
    "What did we export last week?", "Which products are in the file?", "How did we do yesterday?",
    "send me the report",
    "sql: select name as csv from stores", "run this query: select 1 as csv", "show me the rows",
    "Do we sell excel chewing gum?", "What were the best sellers?",
)  # fmt: skip


@pytest.mark.parametrize("text", LAST)
def test_a_file_of_what_was_shown_last(text: str) -> None:
    assert read_export(text) == ("", True)


@pytest.mark.parametrize(("text", "rest"), BESIDES)
def test_a_question_and_a_file_of_its_answer(text: str, rest: str) -> None:
    assert read_export(text) == (rest, True)


@pytest.mark.parametrize("text", NEITHER)
def test_no_file_is_asked_for(text: str) -> None:
    assert read_export(text) == (text, False)
