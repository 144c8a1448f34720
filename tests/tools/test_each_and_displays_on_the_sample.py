"""Figures of single baskets and products, and sales by display, against pandas and plain SQL over the sample."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.asked_sample import asked_sample, shown, truth
from tests.support.panel import within
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]
NOVEMBER = ("2026-10-26", "2026-11-22")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_baskets_by_their_value_and_what_the_large_ones_make(context: ToolContext) -> None:
    baskets = within(*NOVEMBER).groupby("basket_id").cents.sum()
    found = run_tool("figure_of_each", {}, context)
    assert shown(found, "mean_net_sales_per_transaction", "store") == {"": f"{baskets.mean() / 100:.2f}"}
    assert shown(found, "highest_net_sales_per_transaction", "store") == {"": f"{baskets.max() / 100:.2f}"}
    assert shown(found, "upper_quartile_net_sales_per_transaction", "store") == {
        "": f"{baskets.quantile(0.75) / 100:.2f}"
    }
    large = baskets[baskets > 5000]
    over = run_tool("figure_of_each", {"over": "50"}, context)
    assert f"{len(large):,} of {len(baskets):,} transactions" in over.headline
    assert f"({100 * large.sum() / baskets.sum():.1f} %)" in over.headline.split("Together")[1]


def test_products_by_category_and_days_by_store(context: ToolContext) -> None:
    lines = within(*NOVEMBER)
    days = lines.groupby(["store", lines.day.dt.date]).cents.sum().groupby("store").min()
    found = run_tool("figure_of_each", {"each": "day", "by": "store", "tell": "lowest"}, context)
    told = {
        one.stores[0] if one.group.get("store") is None else one.group["store"]: one.value
        for one in found.figures
        if one.metric == "lowest_net_sales_per_day" and "store" in one.group
    }
    assert sorted(told.values(), key=float) == sorted((f"{cents / 100:.2f}" for cents in days), key=float)


def test_sales_by_display_are_those_of_the_lines_that_stood_there(context: ToolContext) -> None:
    placed = """SELECT display, SUM(net) FROM (
      SELECT l.sale_id, l.line_no, MIN(i.display) AS display, MIN(l.net_minor) AS net
      FROM sale_line l JOIN promotion_item i ON i.variant_id = l.variant_id AND i.store_id = l.store_id
        AND l.business_on BETWEEN i.starts_on AND i.ends_on
      WHERE l.business_on BETWEEN DATE '2026-10-26' AND DATE '2026-11-22'
      GROUP BY l.sale_id, l.line_no) WHERE display IS NOT NULL GROUP BY display"""
    wanted = {name: f"{cents / 100:.2f}" for name, cents in truth(context, placed)}
    found = run_tool("sales_breakdown", {"by": "display", "period": "26 Oct to 22 Nov 2026"}, context)
    told = shown(found, "net_sales", "display")
    assert {name: told[name] for name in wanted} == wanted
    assert len(wanted) > 5
    mailed = run_tool(
        "part_of_each",
        {
            "by": "store",
            "period": "26 Oct to 22 Nov 2026",
            "where": [{"dimension": "display", "values": ["on display"]}],
        },
        context,
    )
    every = sum(float(value) for value in wanted.values())
    whole = float(shown(found, "net_sales", "display")[""] or 0)
    assert shown(mailed, "share_of_net_sales", "store")[""] == f"{100 * every / whole:.1f}"
