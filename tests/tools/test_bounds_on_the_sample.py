"""Groups within bounds, what so many of the largest make, redemptions counted, pairs of single goods; by plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

COUNTED = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"
SIGNED = f"CASE WHEN s.kind = 'return' OR COALESCE(l.is_return, FALSE) THEN -ABS({NET}) ELSE {NET} END"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_what_the_ten_largest_products_make(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT l.variant_id, SUM({SIGNED}) FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id"
        f" WHERE {COUNTED} AND {OCTOBER} GROUP BY 1 HAVING SUM({SIGNED}) > 0",
    )
    sold = sorted((Decimal(value) for _, value in rows), reverse=True)
    share = (sum(sold[:10], Decimal(0)) * 100 / sum(sold, Decimal(0))).quantize(Decimal("0.1"))
    so_far, needed = Decimal(0), 0
    while so_far * 2 < sum(sold):
        so_far, needed = so_far + sold[needed], needed + 1
    asked = {"top_number": 10, "share": 50, "period": "October 2026"}
    found = run_tool("sales_concentration", asked, context)
    assert shown(found, "cumulative_share", "top_number")["10"] == f"{share}"
    assert f"made {share} % of net sales" in found.headline
    assert f"less than 50 %; 50 % of it comes from {needed:,} products" in found.headline


def test_the_campaign_with_the_fewest_redemptions(context: ToolContext) -> None:
    """Redemptions of households that were sent the campaign, up to the last day."""
    rows = truth(
        context,
        "SELECT r.campaign_id, COUNT(*) FROM coupon_redemption r WHERE r.redeemed_on <= DATE '2026-11-22' AND EXISTS"
        " (SELECT 1 FROM campaign_audience a WHERE a.campaign_id = r.campaign_id AND a.customer_key = r.customer_key)"
        " GROUP BY 1",
    )
    counted = {str(campaign): int(number) for campaign, number in rows}
    found = run_tool("coupon_redemption", {"rank_by": "coupons"}, context)
    told = {key: int(value) for key, value in shown(found, "coupons_redeemed", "campaign").items() if key and value}
    assert {key: value for key, value in told.items() if value} == {
        key: value for key, value in counted.items() if key in told
    }
    assert list(told.values()) == sorted(told.values(), reverse=True)


def test_lost_sales_of_each_store_are_those_of_its_products(context: ToolContext) -> None:
    """Products are rounded one by one, a store once."""
    split = run_tool("lost_sales", {"by": "store", "period": "October 2026"}, context)
    single = run_tool("lost_sales", {"period": "October 2026", "limit": 50}, context)
    assert split.table is not None
    assert single.table is not None
    by_store: dict[str, list[Decimal]] = {}
    for row in single.table.rows:
        by_store.setdefault(str(row[1]), []).append(Decimal(str(row[6])))
    told = {str(row[0]): Decimal(str(row[6])) for row in split.table.rows}
    assert told.keys() == by_store.keys()
    assert all(abs(told[store] - sum(own)) <= Decimal("0.01") * len(own) for store, own in by_store.items())


def test_categories_within_bounds_of_cover_are_those_of_the_whole_table(context: ToolContext) -> None:
    every = run_tool("stock_cover", {"by": "category"}, context)
    few = run_tool("stock_cover", {"by": "category", "under": "10"}, context)
    assert every.table is not None
    assert few.table is not None
    # A cover of 9.96 days is shown as 10.0 and lies below ten all the same.
    below = {row[0] for row in every.table.rows if row[3] is not None and Decimal(str(row[3])) < 10}
    edge = {row[0] for row in every.table.rows if row[3] is not None and Decimal(str(row[3])) == 10}
    assert below <= {row[0] for row in few.table.rows} <= below | edge


def test_pairs_of_single_goods_of_the_whole_chain_are_counted_store_by_store(context: ToolContext) -> None:
    """The engine stood still over this one; what it gives for one store is what that store's baskets hold."""
    found = run_tool("cross_sell", {"level": "product", "period": "all time"}, context)
    idea = next(one for one in found.figures if one.metric == "baskets_together")
    first, second = idea.group["first_variant_id"], idea.group["second_variant_id"]
    holds = (
        "SELECT s.sale_id FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE l.variant_id = '{0}'"
        f" AND s.store_id = '{idea.group['store']}' AND {COUNTED} AND s.kind <> 'return'"
        " AND NOT COALESCE(l.is_return, FALSE)"
    )
    ((both,),) = truth(
        context, f"SELECT COUNT(*) FROM ({holds.format(first)} INTERSECT {holds.format(second)}) AS together"
    )
    assert idea.value == str(both)
