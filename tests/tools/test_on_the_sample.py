"""The tools over the loaded sample against plain SQL over the original parquet files, for all five stores."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.mirror.open import open_mirror
from tests.support.sample_truth import Truth
from tests.support.shared_sample import copy_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)
STORES = ("S01", "S02", "S03", "S04", "S05")
PERIODS = {
    "yesterday": (YESTERDAY, YESTERDAY),
    "last week": (date(2026, 11, 16), date(2026, 11, 22)),
    "October": (date(2026, 10, 1), date(2026, 10, 31)),
    "week 10": (date(2026, 3, 2), date(2026, 3, 8)),
    "1 November": (date(2026, 11, 1), date(2026, 11, 1)),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    copy_sample(folder)
    return folder


@pytest.fixture(scope="module")
def context(home: Path) -> Iterator[ToolContext]:
    mirror = open_mirror(home / "mirror.duckdb", read_only=True)
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    yield ToolContext(Scope("U_OWNER", Role.OWNER, STORES), mirror.reader, clock)
    mirror.close()


@pytest.fixture(scope="module")
def truth(home: Path) -> Iterator[Truth]:
    made = Truth(home, TODAY)
    yield made
    made.close()


@pytest.mark.parametrize("period", PERIODS)
def test_sales_of_every_store_equal_the_original_rows(context: ToolContext, truth: Truth, period: str) -> None:
    arguments = {"period": period, "by": "store", "metrics": ["net_sales", "transactions"]}
    result = run_tool("sales_summary", arguments, context)
    shown = {(one.metric, *one.group.values()): one.value for one in result.figures}
    start, end = PERIODS[period]
    for store in STORES:
        assert shown["net_sales", store] == f"{truth.net_sales(store, start, end):.2f}"
        assert shown["transactions", store] == str(truth.transactions(store, start, end))
    assert Decimal(shown[("net_sales",)] or 0) == sum(truth.net_sales(store, start, end) for store in STORES)


def test_a_comparison_equals_the_original_rows_on_both_sides(context: ToolContext, truth: Truth) -> None:
    result = run_tool("compare_periods", {"by": "store", "metrics": ["net_sales"]}, context)
    before = YESTERDAY - timedelta(days=7)
    for one in result.figures[1:]:
        store = one.group["store"]
        assert one.compared_to is not None
        assert one.value == f"{truth.net_sales(store, YESTERDAY, YESTERDAY):.2f}"
        assert one.compared_to.value == f"{truth.net_sales(store, before, before):.2f}"


@pytest.mark.parametrize("store", STORES)
def test_top_products_equal_the_original_rows(context: ToolContext, truth: Truth, store: str) -> None:
    start, end = PERIODS["last week"]
    result = run_tool("top_products", {"period": "last week", "stores": store, "limit": 10}, context)
    shown = [(one.group["product_id"], one.value) for one in result.figures if one.metric == "net_sales"]
    expected = [(product, f"{value:.2f}") for product, value in truth.top_products(store, start, end, 10)]
    assert [value for _, value in shown] == [value for _, value in expected]
    last = expected[-1][1]
    assert {pair for pair in shown if pair[1] != last} == {pair for pair in expected if pair[1] != last}


def test_a_product_of_the_original_is_found_by_its_id(context: ToolContext) -> None:
    result = run_tool("find_products", {"text": "1095275"}, context)
    assert result.table is not None
    assert [row[-2:] for row in result.table.rows] == [("1095275", "V1095275")]


def test_a_question_about_a_channel_takes_milliseconds(context: ToolContext) -> None:
    one = replace(context, scope=replace(context.scope, default_store_ids=("S03",)))
    run_tool("sales_summary", {}, one)
    took = []
    for _ in range(5):
        began = time.process_time()
        run_tool("sales_summary", {}, one)
        took.append(time.process_time() - began)
    assert min(took) < 0.1


def test_what_is_simulated_is_said(context: ToolContext) -> None:
    result = run_tool("sales_summary", {"metrics": ["gross_margin", "conversion", "splh"]}, context)
    for word in ("Costs are simulated", "Visitor counts are simulated", "Time cards are simulated"):
        assert any(caveat.startswith(word) for caveat in result.caveats)
