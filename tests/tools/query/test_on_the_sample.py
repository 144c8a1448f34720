"""Queries and search over the loaded sample against plain SQL over the original parquet files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from tests.support.sample_mirror import loaded_sample
from tests.support.sample_truth import Truth
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.soak]

STORES = ("S01", "S02", "S03", "S04", "S05")
LAST_WEEK = (date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with loaded_sample(folder):
        return folder


@pytest.fixture(scope="module")
def context(home: Path) -> Iterator[ToolContext]:
    with open_mirror(home / "mirror.duckdb", read_only=True) as mirror:
        clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
        yield ToolContext(Scope("U_OWNER", Role.OWNER, STORES), mirror.reader, clock)


@pytest.fixture(scope="module")
def truth(home: Path) -> Iterator[Truth]:
    made = Truth(home, date(2026, 11, 23))
    yield made
    made.close()


def rows(result: ToolResult) -> list[tuple[object, ...]]:
    assert result.table is not None
    return list(result.table.rows)


def test_a_week_of_lines_and_receipts_equals_the_original_rows(context: ToolContext, truth: Truth) -> None:
    started = time.monotonic()
    found = run_tool(
        "query_sales_data",
        {
            "sql": "SELECT l.store_id, SUM(l.net_sales) AS net, COUNT(DISTINCT l.sale_id) AS receipts, MAX(s.n) AS n"
            " FROM sale_lines l JOIN (SELECT store_id, COUNT(*) AS n FROM sales WHERE business_on BETWEEN '2026-11-16'"
            " AND '2026-11-22' GROUP BY 1) s USING (store_id) WHERE business_on BETWEEN '2026-11-16' AND '2026-11-22'"
            " GROUP BY 1 ORDER BY 1"
        },
        context,
    )
    assert time.monotonic() - started < 15
    expected = []
    for store in STORES:
        receipts = truth.transactions(store, *LAST_WEEK)
        expected.append((store, f"{truth.net_sales(store, *LAST_WEEK):.2f}", receipts, receipts))
    assert rows(found) == expected


def test_products_sold_equal_the_original_ranking(context: ToolContext, truth: Truth) -> None:
    found = run_tool(
        "query_sales_data",
        {
            "sql": "SELECT p.product_id, SUM(d.net_sales) AS net FROM product_sales d"
            " JOIN products p USING (variant_id) WHERE d.store_id = 'S03' AND d.business_on >= current_date - 7"
            " GROUP BY 1 ORDER BY 2 DESC LIMIT 5"
        },
        context,
    )
    expected = truth.top_products("S03", *LAST_WEEK, 5)
    assert [row[1] for row in rows(found)] == [f"{value:.2f}" for _, value in expected]


def test_goods_for_a_barbecue_are_goods_for_a_barbecue(context: ToolContext) -> None:
    found = run_tool("search_products_by_meaning", {"text": "something for a barbecue", "limit": 10}, context)
    categories = {str(row[1]) for row in rows(found)}
    assert {"Hot dogs", "Charcoal and lighter fluid"} <= categories
    vegan = run_tool("search_products_by_meaning", {"text": "vegan milk", "limit": 3}, context)
    assert "Soy" in str(rows(vegan)[0][0])


def test_the_sample_has_no_feedback_and_that_is_said(context: ToolContext) -> None:
    with pytest.raises(NoDataError, match="No customer feedback is recorded"):
        run_tool("feedback_themes", {"period": "last week"}, context)
