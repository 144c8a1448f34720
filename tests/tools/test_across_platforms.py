"""One chain on two platforms: the same shelf and the same product under different words, added up once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import ClarifyError
from tools.registry import run_tool

AT = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
OATS = "4006381333931"


def goods(connection: str, ident: str, name: str, category_id: str, barcode: str | None = None) -> list[Row]:
    product = {"product_id": f"P-{ident}", "name": name, "category_id": category_id}
    variant = {"variant_id": ident, "product_id": f"P-{ident}", "barcode": barcode, "connection": connection}
    return [Row("product", product), Row("variant", variant)]


def category(ident: str, name: str) -> Row:
    return Row("category", {"category_id": ident, "name": name})


def rows() -> list[Row]:
    return [
        store("S01", connection="square"),
        store("N01", name="North Gate", connection="shop"),
        category("sq-dairy", "Dairy"),
        category("sp-milk", "Milk & Chilled"),
        category("sp-home", "Home"),
        *goods("square", "A", "Oat milk", "sq-dairy", OATS),
        *goods("shop", "B", "Oatly-style oat drink", "sp-milk", "0" + OATS),
        # No GTIN at all, and a shop's own number: each stays what it is, whatever it shares.
        *goods("square", "C", "Counter cheese", "sq-dairy", "2012345678903"),
        *goods("shop", "D", "Loose cheese", "sp-milk", "2012345678903"),
        *goods("shop", "E", "Mug", "sp-home", "not a number"),
        sale("1", AT),
        line("1", 1, 500, variant_id="A"),
        line("1", 2, 200, variant_id="C"),
        sale("2", AT, store_id="N01"),
        line("2", 1, 700, variant_id="B"),
        line("2", 2, 300, variant_id="D"),
        line("2", 3, 100, variant_id="E"),
    ]


RULES = [
    Row("category_rule", {"category_id": "sq-dairy", "department": "Fresh", "category": "Dairy"}),
    Row("category_rule", {"category_id": "sp-milk", "department": "Fresh", "category": "Dairy"}),
]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[ToolContext]:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        fresh = SourceUpdate("sales", "square", datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
        mirror.writer.submit(Batch(rows=[*rows(), *RULES], sources=[fresh])).result()
        scope = Scope("U_OWNER", Role.OWNER, ("N01", "S01"))
        yield ToolContext(scope, mirror.reader, FixedClock(datetime(2026, 3, 5, 15, 0, tzinfo=UTC)))


def net_sales(context: ToolContext, tool: str, group: str, **arguments: Any) -> Mapping[str, Decimal]:
    found = run_tool(tool, {"period": "2026-03-04", **arguments}, context)
    return {
        figure.group[group]: Decimal(figure.value or "0")
        for figure in found.figures
        if figure.metric == "net_sales" and group in figure.group
    }


def test_a_rule_makes_one_department_and_what_has_none_keeps_its_own_words(context: ToolContext) -> None:
    assert net_sales(context, "sales_summary", "category", by="category") == {
        "Dairy": Decimal("17.00"),
        "Home": Decimal("1.00"),
    }
    assert net_sales(context, "sales_summary", "department", by="department") == {
        "Fresh": Decimal("17.00"),
        "Unknown": Decimal("1.00"),
    }
    assert net_sales(context, "top_products", "variant_id", department="Fresh").keys() == {"A", "C", "D"}


def test_one_product_is_ranked_once_over_both_platforms(context: ToolContext) -> None:
    assert net_sales(context, "top_products", "variant_id") == {
        "A": Decimal("12.00"),
        "D": Decimal("3.00"),
        "C": Decimal("2.00"),
        "E": Decimal("1.00"),
    }
    assert net_sales(context, "top_products", "variant_id", stores="North Gate")["B"] == Decimal("7.00")


def test_a_question_about_one_product_counts_it_in_both(context: ToolContext) -> None:
    found = run_tool("sales_summary", {"period": "2026-03-04", "product": "oat milk"}, context)
    assert found.figures[0].value == "12.00"
    single = run_tool("sales_summary", {"period": "2026-03-04", "product": OATS, "stores": "North Gate"}, context)
    assert single.figures[0].group["variant_id"] == "B"
    assert single.figures[0].value == "7.00"


def test_the_search_shows_a_product_once_and_a_name_of_two_products_is_asked_back(context: ToolContext) -> None:
    found = run_tool("find_products", {"text": "oat"}, context)
    assert found.table is not None
    assert len(found.table.rows) == 1
    with pytest.raises(ClarifyError):
        run_tool("sales_summary", {"period": "2026-03-04", "product": "cheese"}, context)


def test_without_rules_the_platforms_own_words_hold(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        fresh = SourceUpdate("sales", "square", datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
        mirror.writer.submit(Batch(rows=rows(), sources=[fresh])).result()
        scope = Scope("U_OWNER", Role.OWNER, ("N01", "S01"))
        context = ToolContext(scope, mirror.reader, FixedClock(datetime(2026, 3, 5, 15, 0, tzinfo=UTC)))
        assert net_sales(context, "sales_summary", "category", by="category") == {
            "Milk & Chilled": Decimal("10.00"),
            "Dairy": Decimal("7.00"),
            "Home": Decimal("1.00"),
        }
