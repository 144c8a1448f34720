"""Goods bought with coupons: those a coupon is good for, of its household, on the day, each line once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.support.promotions_world import STORES, Chain
from tools.errors import NoDataError
from tools.registry import run_tool
from tools.result import ToolResult

DAY, OTHER_DAY = date(2026, 10, 6), date(2026, 10, 7)
TOOL = "coupon_sales"
STORE = STORES[0][0]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Ten households use K1 on milk, six of them K2 as well, which is good for milk and bread; four use K3."""
    made = Chain(tmp_path_factory.mktemp("coupon_sales"))
    for name, department in (("MILK", "Dairy"), ("BREAD", "Bakery"), ("SOAP", "Household")):
        made.product(name, name.title(), department, department)
    for n in range(10):
        lines = [("MILK", 2, 500, 0, None), ("SOAP", 1, 900, 0, None)]
        lines += [("BREAD", 1, 300, 0, None)] if n < 6 else []
        made.sell(STORE, DAY, lines, customer=f"H{n}")
        made.sell(STORE, OTHER_DAY, [("MILK", 1, 250, 0, None)], customer=f"H{n}")  # not on the day
    for n in range(4):
        made.sell(STORE, DAY, [("SOAP", 1, 77700, 0, None)], customer=f"R{n}")
    made.sell(STORE, DAY, [("MILK", 1, 250, 0, None)], customer="NONE")  # redeemed nothing
    made.put("campaign", ("campaign_id", "name", "kind", "starts_on", "ends_on"), [
        ("A", "Autumn", "Type A", "2026-10-01", "2026-10-20"), ("B", "Rare", "Type B", "2026-10-01", "2026-10-20"),
    ])  # fmt: skip
    made.put("coupon", ("coupon_id", "campaign_id"), [("K1", "A"), ("K2", "A"), ("K3", "B")])
    made.put("coupon_item", ("coupon_id", "variant_id"),
             [("K1", "VMILK"), ("K2", "VMILK"), ("K2", "VBREAD"), ("K3", "VSOAP")])  # fmt: skip
    used = [("K1", "A", f"H{n}") for n in range(10)] + [("K2", "A", f"H{n}") for n in range(6)]
    used += [("K3", "B", f"R{n}") for n in range(4)]
    made.put("coupon_redemption", ("coupon_id", "campaign_id", "customer_key", "redeemed_on"),
             [(*one, str(DAY)) for one in used])  # fmt: skip
    yield made.finish()
    made.connection.close()


def rows(found: ToolResult) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in found.table.rows} if found.table else {}


def test_a_line_counts_once_however_many_coupons_fit_it(chain: Chain) -> None:
    found = run_tool(TOOL, {}, chain.context())
    # Ten times milk and six times bread; the four of campaign B are in the total and are not told.
    total = 10 * 5 + 6 * 3 + 4 * 777
    assert found.headline.startswith(f"Goods bought with redeemed coupons came to ${total:,.2f} net")
    assert "20 of 20 redemptions by 14 households" in found.headline


def test_groups_of_fewer_than_five_households_are_not_told(chain: Chain) -> None:
    found = run_tool(TOOL, {"by": "coupon"}, chain.context())
    told = rows(found)
    assert "Coupon K3" not in told
    assert "Coupon K2" not in told  # with the four of K3 it makes five and more
    assert told["Coupon K1"][:3] == (10, 10, "50.00")
    assert any("2 rows of fewer than 5" in one for one in found.caveats)


def test_by_goods_and_of_one_campaign(chain: Chain) -> None:
    found = run_tool(TOOL, {"by": "department", "campaign": "Autumn"}, chain.context())
    told = rows(found)
    assert told["Dairy"][2] == "50.00"
    assert told["Bakery"][2] == "18.00"
    assert list(told) == ["Dairy", "Bakery"]
    least = run_tool(TOOL, {"by": "department", "campaign": "Autumn", "order": "bottom"}, chain.context())
    assert list(rows(least)) == ["Bakery", "Dairy"]


def test_single_goods_and_stores_are_told_by_their_names(chain: Chain) -> None:
    goods = rows(run_tool(TOOL, {"by": "product", "campaign": "Autumn", "rank_by": "redemptions"}, chain.context()))
    assert [(name, row[1], row[2]) for name, row in goods.items()] == [("Milk", 16, "50.00"), ("Bread", 6, "18.00")]
    stores = rows(run_tool(TOOL, {"by": "store", "campaign": "Autumn"}, chain.context()))
    assert [(name, row[1], row[2]) for name, row in stores.items()] == [(STORES[0][1], 16, "68.00")]


def test_nothing_redeemed_is_said(chain: Chain) -> None:
    with pytest.raises(NoDataError, match="Fewer than 5 households"):
        run_tool(TOOL, {"campaign": "Rare"}, chain.context())
    with pytest.raises(NoDataError):
        run_tool(TOOL, {"period": "7 October 2026"}, chain.context())


def test_goods_with_coupons_are_told_as_a_share_of_all_net_sales_of_the_same_days(chain: Chain) -> None:
    found = run_tool(TOOL, {"period": DAY.isoformat()}, chain.context())

    # With coupons: milk of ten, bread of six, soap of four; beside them the soap of ten, a milk of nobody.
    with_coupons = 10 * 5 + 6 * 3 + 4 * 777
    every = with_coupons + 10 * 9 + 2.5
    share = f"{with_coupons / every * 100:.1f}"
    assert f"({share} % of all net sales)" in found.headline
    assert [one.value for one in found.figures if one.metric == "share_of_net_sales"] == [share]
