"""What sells at one store alone, and goods by their buyers, on the loaded sample against plain SQL over its lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

LINES = (
    "sale s JOIN sale_line l ON l.sale_id = s.sale_id JOIN variant v ON v.variant_id = l.variant_id JOIN product p ON"
    " p.product_id = v.product_id WHERE NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE) AND s.kind <>"
    f" 'return' AND NOT COALESCE(l.is_return, FALSE) AND NOT COALESCE(l.is_gift_card, FALSE) AND {OCTOBER}"
)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_products_of_one_store_that_another_did_not_sell(context: ToolContext) -> None:
    sql = (
        f"SELECT COUNT(*), SUM(net) FROM (SELECT l.variant_id, SUM({NET}) FILTER (s.store_id = 'S02') AS net,"
        f" COUNT(*) FILTER (s.store_id = 'S02') AS here, COUNT(*) FILTER (s.store_id = 'S01') AS there FROM {LINES}"
        " AND (l.gross_minor > 0 OR (l.quantity > 0 AND COALESCE(v.unit_of_measure, 'each') = 'each'))"
        " GROUP BY 1) WHERE here > 0 AND there = 0"
    )
    number, net = truth(context, sql)[0]
    found = run_tool("range_difference", {"stores": "S02", "not_at": "S01", "period": "October 2026"}, context)
    assert next(one.value for one in found.figures if one.metric == "product_count") == str(number)
    assert next(one.value for one in found.figures if one.metric == "net_sales") == f"{int(net) / 100:.2f}"


def test_departments_and_products_by_households_that_bought_them(context: ToolContext) -> None:
    sql = f"SELECT p.department, COUNT(DISTINCT s.customer_key) FROM {LINES} AND s.customer_key IS NOT NULL GROUP BY 1"
    expected = {name: number for name, number in truth(context, sql) if number >= 5}
    found = run_tool("goods_by_buyers", {"by": "department", "period": "October 2026", "limit": 100}, context)
    values = shown(found, "customers", "department")
    assert {name: values.get(name) for name in expected} == {name: str(number) for name, number in expected.items()}
    sql = (
        f"SELECT v.product_id, COUNT(DISTINCT s.customer_key) AS n FROM {LINES} AND s.customer_key IS NOT NULL"
        " GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5"
    )
    found = run_tool("goods_by_buyers", {"period": "October 2026", "limit": 5}, context)
    top = shown(found, "customers", "product_id")
    assert sorted(str(value) for key, value in top.items() if key) == sorted(
        str(number) for _, number in truth(context, sql)
    )
