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
    own, other = (prices[best[0]][label][0].quantize(Decimal("0.01")) for label in (True, False))
    assert f"largest first: {best[0]} ${other - own:.2f}" in found.text
    names = [column.name for column in found.table.columns]
    told = [names.index(name) for name in ("Unit price, private label", "Unit price, national", "Price gap")]
    for row in found.table.rows:
        cheap, dear, gap = (Decimal(str(row[place])) for place in told)
        assert dear - cheap == gap, row
    least = run_tool("private_label_share", {**asked, "order": "bottom"}, context)
    assert least.table is not None
    assert len(least.table.rows) == len(gaps)
    assert least.table.rows[0][0] == min(gaps, key=lambda name: gaps[name])
    shares = run_tool("private_label_share", {"by": "category", "rank_by": "share", "limit": 3}, context)
    figures = [
        Decimal(value) for key, value in shown(shares, "private_label_share", "category").items() if key and value
    ]
    assert figures == sorted(figures, reverse=True)


def test_what_the_smallest_tenth_of_products_brings(context: ToolContext) -> None:
    net = f"CASE WHEN s.kind = 'return' OR COALESCE(l.is_return, FALSE) THEN -ABS({NET}) ELSE {NET} END"
    rows = truth(
        context,
        f"SELECT l.variant_id, SUM({net}) FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id"
        f" WHERE {COUNTED} AND {OCTOBER} GROUP BY 1"
        f" HAVING SUM({net}) > 0",
    )
    sold = sorted((Decimal(value) for _, value in rows), reverse=True)
    least = -(-len(sold) // 10)
    share = sum(sold[-least:], Decimal(0)) * 100 / sum(sold, Decimal(0))
    found = run_tool("sales_concentration", {"bottom_percent": 10, "period": "October 2026"}, context)
    assert shown(found, "share_of_the_smallest", "bottom_percent")["10"] == f"{share.quantize(Decimal('0.1'))}"
    assert f"The bottom 10 % of products ({least:,} of {len(sold):,} sold)" in found.headline


def test_pizza_and_beer_lie_together_on_which_days_and_in_which_households(context: ToolContext) -> None:
    holds = (
        "SELECT s.sale_id, MAX(s.customer_key) AS who, ISODOW(MAX(s.business_on)) AS day,"
        " MAX(CASE WHEN h.category = 'Frozen pizza' THEN 1 ELSE 0 END) AS a,"
        " MAX(CASE WHEN h.category = 'Beers/ales' THEN 1 ELSE 0 END) AS b"
        " FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id JOIN variant v ON v.variant_id = l.variant_id"
        f" LEFT JOIN shelf h ON h.product_id = v.product_id WHERE {COUNTED} AND {OCTOBER} AND s.kind <> 'return'"
        " AND NOT COALESCE(l.is_return, FALSE) GROUP BY 1"
    )
    days = dict(truth(context, f"SELECT day, SUM(a * b) FROM ({holds}) GROUP BY 1"))
    asked = {"product": "frozen pizza", "with_product": "beer", "period": "October 2026"}
    found = run_tool("both_in_basket", {**asked, "by": "weekday"}, context)
    assert found.table is not None
    assert [row[4] for row in found.table.rows] == [int(days[day]) for day in range(1, 8)]
    whole = run_tool("both_in_basket", asked, context)
    assert found.headline == whole.headline
    kids = {
        key or "Not known": (int(both), int(people))
        for key, both, people in truth(
            context,
            f"SELECT c.kids, SUM(t.a * t.b), COUNT(DISTINCT CASE WHEN t.a * t.b = 1 THEN t.who END) FROM ({holds}) t"
            " LEFT JOIN customer c ON c.customer_key = t.who GROUP BY 1",
        )
    }
    split = run_tool("both_in_basket", {**asked, "by": "kids"}, context)
    assert split.table is not None
    told = {str(row[0]): row[4] for row in split.table.rows}
    assert told
    assert all(kids[name] == (number, people) for name, number in told.items() if (people := kids[name][1]) >= 5)
    assert all(people >= 5 for name, (_, people) in kids.items() if name in told and name != "Not known")


def test_promotions_in_the_order_of_what_they_brought(context: ToolContext) -> None:
    asked = {"by": "store", "rank_by": "net_sales", "period": "October 2026"}
    found = run_tool("promotion_lift", asked, context)
    assert found.table is not None
    extra = [Decimal(str(row[7])) for row in found.table.rows[:-1]]
    assert extra == sorted(extra, reverse=True)
    assert f"most first: {found.table.rows[0][0]} +$" in found.text
    last = run_tool("promotion_lift", {**asked, "rank_by": "units", "order": "bottom", "limit": 2}, context)
    assert last.table is not None
    above = [Decimal(str(row[2])) - Decimal(str(row[3])) for row in last.table.rows[:-1]]
    assert len(above) == 2
    assert above == sorted(above)
