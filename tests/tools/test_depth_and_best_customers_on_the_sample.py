"""Sales by depth of discount, and the goods of the best customers; against plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

COUNTED = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_sales_by_depth_of_discount(context: ToolContext) -> None:
    off = "100.0 * COALESCE(l.discount_minor, 0) / l.gross_minor"
    rows = truth(
        context,
        f"SELECT CASE WHEN COALESCE(l.discount_minor, 0) = 0 THEN 'No discount' WHEN {off} < 10 THEN 'Below 10 % off'"
        f" WHEN {off} < 20 THEN '10 to 20 % off' WHEN {off} < 30 THEN '20 to 30 % off' WHEN {off} < 40 THEN"
        f" '30 to 40 % off' WHEN {off} < 50 THEN '40 to 50 % off' ELSE '50 % off and more' END,"
        f" SUM({NET}) / 100 FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE {COUNTED} AND {OCTOBER} GROUP "
        f"BY 1",
    )
    found = run_tool("sales_breakdown", {"by": "discount_depth", "period": "October 2026"}, context)
    told = {key: Decimal(value) for key, value in shown(found, "net_sales", "discount_depth").items() if key and value}
    assert told == {name: Decimal(str(round(net, 2))) for name, net in rows}
    assert len(told) == 7
    deep = {"where": [{"dimension": "discount_depth", "values": ["50 % off and more"]}], "period": "October 2026"}
    assert f"{told['50 % off and more']:,.2f}" in run_tool("sales_breakdown", deep, context).headline


def test_goods_of_the_best_tenth_of_customers(context: ToolContext) -> None:
    mine = f"FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE {COUNTED} AND {OCTOBER}"
    spent = truth(context, f"SELECT s.customer_key, SUM({NET}) AS net {mine} AND s.customer_key IS NOT NULL GROUP BY 1")
    best = [key for key, _ in sorted(spent, key=lambda row: (-row[1], row[0]))[: round(len(spent) / 10)]]
    listed = ", ".join(f"'{key}'" for key in best)
    rows = truth(
        context,
        "SELECT h.category || ' (' || h.department || ')', COUNT(DISTINCT s.customer_key) FROM sale s JOIN sale_line "
        "l ON"
        " l.sale_id = s.sale_id JOIN variant v ON v.variant_id = l.variant_id JOIN shelf h ON h.product_id = "
        "v.product_id"
        f" WHERE {COUNTED} AND {OCTOBER} AND s.customer_key IN ({listed}) GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
    )
    asked = {"by": "category", "top_percent": 10, "period": "October 2026", "limit": 20}
    found = run_tool("goods_by_buyers", asked, context)
    assert found.table is not None
    assert sorted(row[1] for row in found.table.rows) == sorted(count for _, count in rows)
    assert f"{rows[0][1]:,} of {len(best):,}" in found.headline
    assert "of the top 10 % of customers by net sales" in found.headline
    assert all(key not in f"{found.provenance}" for key in best[:20])


def test_customers_by_visits_and_by_what_a_visit_brings(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT k, COUNT(*), AVG(net) FROM (SELECT s.sale_id, s.customer_key AS k, SUM({NET}) / 100 AS net FROM sale s"
        f" JOIN sale_line l ON l.sale_id = s.sale_id WHERE {COUNTED} AND {OCTOBER} AND s.customer_key IS NOT NULL"
        " GROUP BY 1, 2) t GROUP BY 1",
    )
    often = max(visits for _, visits, _ in rows)
    dearest = max(rows, key=lambda row: row[2])
    by_visits = run_tool("top_customers", {"rank_by": "visits", "period": "October 2026", "limit": 3}, context)
    each = run_tool("top_customers", {"rank_by": "per_visit", "period": "October 2026", "limit": 3}, context)
    assert f"with {often:,} visits" in by_visits.headline
    assert f"first is {dearest[0]} with ${dearest[2]:,.2f} on average of {dearest[1]} visit" in each.headline
    assert by_visits.table is not None
    assert [row[4] for row in by_visits.table.rows] == sorted((visits for _, visits, _ in rows), reverse=True)[:3]
