"""What category managers ask for: price gaps of own label, goods in order of price sensitivity; against plain SQL."""

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


def test_categories_in_the_order_of_the_gap_between_own_label_and_brands(context: ToolContext) -> None:
    sums = truth(
        context,
        f"SELECT h.category, p.private_label, SUM({NET}) / SUM(l.quantity) / 100, SUM(l.quantity) FROM sale s"
        " JOIN sale_line l ON l.sale_id = s.sale_id JOIN variant v ON v.variant_id = l.variant_id"
        " JOIN product p ON p.product_id = v.product_id JOIN shelf h ON h.product_id = p.product_id"
        f" WHERE {COUNTED} AND {OCTOBER} AND COALESCE(v.unit_of_measure, 'each') = 'each' GROUP BY 1, 2",
    )
    prices: dict[str, dict[bool, tuple[Decimal, Decimal]]] = {}
    for name, own, price, units in sums:
        if own is not None:
            prices.setdefault(name, {})[own] = Decimal(price), Decimal(units)
    gaps = {
        name: each[False][0] - each[True][0]
        for name, each in prices.items()
        if len(each) == 2 and min(each[True][1], each[False][1]) >= 20
    }
    asked = {"by": "category", "rank_by": "price_gap", "period": "October 2026"}
    found = run_tool("private_label_share", {**asked, "limit": 10}, context)
    assert found.table is not None
    best = sorted(gaps, key=lambda name: -gaps[name])[:10]
    assert [row[0] for row in found.table.rows] == best
    assert f"largest first: {best[0]} ${gaps[best[0]]:.2f}" in found.text
    least = run_tool("private_label_share", {**asked, "order": "bottom"}, context)
    assert least.table is not None
    assert len(least.table.rows) == len(gaps)
    assert least.table.rows[0][0] == min(gaps, key=lambda name: gaps[name])
    shares = run_tool("private_label_share", {"by": "category", "rank_by": "share", "limit": 3}, context)
    figures = [
        Decimal(value) for key, value in shown(shares, "private_label_share", "category").items() if key and value
    ]
    assert figures == sorted(figures, reverse=True)
