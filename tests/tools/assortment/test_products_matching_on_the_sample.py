"""Products that meet several conditions, on the sample: counted by hand, and equal to the tools of each figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.asked_sample import asked_sample, truth
from tools.context import ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.full]

LAST_4_WEEKS = "l.business_on BETWEEN DATE '2026-10-26' AND DATE '2026-11-22'"
BY_PRODUCT = f"""SELECT l.variant_id, COUNT(*) AS lines, SUM(l.quantity) AS units,
  SUM(l.gross_minor - COALESCE(l.discount_minor, 0)) AS net,
  SUM(CASE WHEN l.unit_cost IS NOT NULL THEN l.gross_minor - COALESCE(l.discount_minor, 0) END) AS known,
  SUM(CASE WHEN l.unit_cost IS NOT NULL THEN l.unit_cost * l.quantity * 100 END) AS cost
FROM sale_line l JOIN sale s ON s.sale_id = l.sale_id
WHERE {LAST_4_WEEKS} AND NOT COALESCE(s.voided, FALSE) AND s.kind <> 'return' AND l.variant_id IS NOT NULL
  AND NOT COALESCE(l.is_gift_card, FALSE)
GROUP BY 1 HAVING SUM(l.gross_minor - COALESCE(l.discount_minor, 0)) <> 0 OR SUM(l.quantity) <> 0"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def ask(context: ToolContext, *conditions: dict[str, Any], **more: Any) -> ToolResult:
    return run_tool("products_matching", {"conditions": conditions, "limit": 50, **more}, context)


def count(result: ToolResult) -> int:
    return int(next(one.value for one in result.figures if one.metric == "products") or 0)


def values(result: ToolResult, metric: str) -> dict[str, str | None]:
    return {one.group["variant_id"]: one.value for one in result.figures if one.metric == metric}


def test_high_margin_and_low_sales_are_counted_as_plain_sql_counts_them(context: ToolContext) -> None:
    sql = f"""WITH p AS (SELECT *, CASE WHEN known > 0 THEN CAST(known - cost AS DOUBLE) / known END AS rate
      FROM ({BY_PRODUCT}) WHERE lines >= 5), e AS (SELECT QUANTILE_CONT(rate, 0.75) AS high,
      QUANTILE_CONT(CAST(net AS DOUBLE), 0.25) AS low FROM p)
      SELECT COUNT(*) FROM p, e WHERE rate >= high AND net <= low"""
    result = ask(context, {"figure": "gross_margin_pct", "holds": "high"}, {"figure": "net_sales", "holds": "low"})
    assert count(result) == truth(context, sql)[0][0] > 100


def test_margin_over_a_number_and_few_units(context: ToolContext) -> None:
    sql = f"""SELECT COUNT(*) FROM ({BY_PRODUCT})
      WHERE known > 0 AND units < 10 AND units <> 0 AND (known - cost) > 0.3 * known"""
    margin = {"figure": "gross_margin_pct", "holds": "above", "number": 30}
    result = ask(context, margin, {"figure": "units", "holds": "below", "number": 10})
    assert count(result) == truth(context, sql)[0][0] > 1000


def test_out_of_stock_beside_the_top_twenty(context: ToolContext) -> None:
    sql = f"""SELECT COUNT(*) FROM (SELECT variant_id FROM ({BY_PRODUCT}) ORDER BY net DESC LIMIT 20) t
      WHERE EXISTS (SELECT 1 FROM inventory_level i WHERE i.variant_id = t.variant_id AND i.quantity <= 0)"""
    top = {"figure": "net_sales", "holds": "top", "number": 20}
    result = ask(context, top, {"figure": "stores_out", "holds": "at_least", "number": 1})
    assert count(result) == truth(context, sql)[0][0]


def test_growth_against_the_four_weeks_before(context: ToolContext) -> None:
    before = BY_PRODUCT.replace("2026-10-26", "2026-09-28").replace("2026-11-22", "2026-10-25")
    sql = f"""SELECT COUNT(*) FROM ({BY_PRODUCT}) a JOIN ({before}) b ON b.variant_id = a.variant_id
      WHERE a.lines >= 5 AND b.lines >= 5 AND b.net > 0 AND a.net > 1.5 * b.net AND a.net >= 5000"""
    growth = {"figure": "growth", "holds": "above", "number": 50}
    result = ask(context, growth, {"figure": "net_sales", "holds": "at_least", "number": 50})
    assert count(result) == truth(context, sql)[0][0] > 10


def test_figures_are_those_of_their_own_tools(context: ToolContext) -> None:
    rising = {"figure": "growth", "holds": "above", "number": 0}
    result = ask(context, rising, {"figure": "days_of_stock", "holds": "at_most", "number": 7}, limit=8)
    for variant, days in values(result, "days_of_stock").items():
        cover = run_tool("stock_cover", {"product": variant}, context)
        assert days == next(one.value for one in cover.figures if one.metric == "days_of_stock"), variant
    any_sales = {"figure": "net_sales", "holds": "at_least", "number": 0}
    tied = ask(context, {"figure": "stock_value", "holds": "high"}, any_sales, rank_by="stock_value", limit=10)
    levels = run_tool("stock_levels", {"by": "product", "limit": 100}, context)
    worth = {row[0]: row for row in levels.table.rows} if levels.table else {}
    assert tied.table is not None
    assert all(row[2] in worth[row[1]] for row in tied.table.rows)
    some = {"figure": "gross_margin_pct", "holds": "above", "number": -100}
    best = ask(context, {"figure": "net_sales", "holds": "top", "number": 10}, some, limit=10)
    top = run_tool("top_products", {"period": "last 4 weeks", "limit": 20}, context)
    for metric in ("net_sales", "units", "gross_margin_pct"):
        theirs = values(top, metric)
        assert all(theirs[variant] == value for variant, value in values(best, metric).items())
