"""Columns of text on their way into the engine: whatever is in them arrives."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from connectors.mirror.columns import Texts, relation
from connectors.mirror.staging import stage
from connectors.records import TABLES


@pytest.fixture
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(
    "texts",
    [
        ["a", "b"],
        [""],
        ["", ""],
        [None],
        ["a", None, ""],
        ["a\x1fb", "c"],
        ["a\x1eb", None],
        ["a\x1fb\x1e", "\x1d", "\x1c", None],
        ["it's", '"', "\\", "\n", "ä €", "\x1e"],
    ],
)
def test_every_text_arrives_in_its_place(engine: duckdb.DuckDBPyConnection, texts: Texts) -> None:
    numbers = [str(number) for number in range(len(texts))]
    source, params = relation({"place": numbers, "given": texts})
    found = engine.execute(f"SELECT place, given FROM {source}", params).fetchall()
    assert found == list(zip(numbers, texts, strict=True))


def test_rows_that_are_all_the_same_are_staged_as_often_as_they_come(engine: duckdb.DuckDBPyConnection) -> None:
    table = TABLES["category"]
    row = dict.fromkeys(table.names) | {"category_id": "C1", "name": "Tea"}
    staged = stage(engine, table, [row, row, row])
    assert engine.execute(f"SELECT category_id, parent_id, name FROM {staged}").fetchall() == [("C1", None, "Tea")] * 3
