"""Margin, coupons and promotions over the loaded sample against SQL over the original parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from connectors.sandbox.sample.world import source_folder
from tests.support.sample_mirror import SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.registry import run_tool
from tools.result import ToolResult

pytestmark = [pytest.mark.slow, pytest.mark.soak]

STORES = ("S01", "S02", "S03", "S04", "S05")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as world:
        folder = source_folder()
        for name in ("campaigns", "campaign_descriptions", "coupon_redemptions", "promotions"):
            world.original.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder}/{name}.parquet')")
        yield world


@pytest.fixture(scope="module")
def context(sample: SampleWorld) -> ToolContext:
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    return ToolContext(Scope("U_OWNER", Role.OWNER, STORES), sample.mirror.reader, clock)


def only(result: ToolResult, metric: str, **group: str) -> str | None:
    found = [one.value for one in result.figures if one.metric == metric and dict(one.group) == group]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("store", ["S02", "S05"])
def test_net_sales_and_margin_of_products_equal_the_original_rows(
    sample: SampleWorld, context: ToolContext, store: str
) -> None:
    arguments = {"period": "last week", "stores": store, "limit": 20, "department": "Produce"}
    found = run_tool("product_profitability", arguments, context)
    costs = dict(
        sample.mirror.reader.query(
            "SELECT variant_id, MIN(unit_cost) FROM cost GROUP BY variant_id HAVING COUNT(*) = 1"
        ).rows
    )
    original = {
        f"V{product}": (units, cents)
        for product, units, cents in sample.original.execute(
            """SELECT product_id, sum(quantity), sum(CAST(round(sales_value * 100) AS BIGINT)) FROM t
            JOIN map USING (store_id)
            WHERE demo = ? AND day BETWEEN DATE '2026-11-16' AND DATE '2026-11-22' GROUP BY 1""",
            [store],
        ).fetchall()
    }
    shown = {(one.metric, one.group["variant_id"]): one.value for one in found.figures if "variant_id" in one.group}
    variants = {variant for _, variant in shown}
    assert len(variants) == 20
    checked = 0
    for variant in variants:
        units, cents = original[variant]
        assert shown["net_sales", variant] == f"{Decimal(int(cents)) / 100:.2f}"
        if variant in costs:
            margin = Decimal(int(cents)) / 100 - costs[variant] * int(units)
            assert abs(Decimal(shown["gross_margin", variant] or 0) - margin) <= Decimal("0.02")  # rounded line by line
            checked += 1
    assert checked >= 15


def test_redemption_rates_equal_the_original_rows(sample: SampleWorld, context: ToolContext) -> None:
    found = run_tool("coupon_redemption", {}, context)
    shift = 7 * sample.report.shift_weeks
    begun = f"CAST(start_date AS DATE) + {shift} <= DATE '2026-11-22'"
    until = f"CAST(redemption_date AS DATE) + {shift} <= DATE '2026-11-22'"
    expected = sample.original.execute(
        f"""SELECT CAST(c.campaign_id AS VARCHAR), count(DISTINCT c.household_id), count(DISTINCT r.household_id)
        FROM campaigns c JOIN campaign_descriptions d USING (campaign_id)
        LEFT JOIN coupon_redemptions r ON r.campaign_id = c.campaign_id AND r.household_id = c.household_id AND {until}
        WHERE {begun} GROUP BY 1 HAVING count(DISTINCT c.household_id) >= 5"""
    ).fetchall()
    assert len(expected) >= 15
    hidden = {campaign for campaign, _, redeemed in expected if 0 < redeemed < 5}
    assert 0 < len(hidden) < 8
    for campaign, sent, redeemed in expected:
        assert only(found, "households_sent", campaign=campaign) == str(sent)
        if campaign in hidden:
            told = {one.metric for one in found.figures if dict(one.group) == {"campaign": campaign}}
            assert not told & {"households_redeeming", "coupon_redemption_rate"}
            continue
        assert only(found, "households_redeeming", campaign=campaign) == str(redeemed)
        assert only(found, "coupon_redemption_rate", campaign=campaign) == f"{Decimal(redeemed) * 100 / sent:.1f}"
    sent, redeemed = sample.original.execute(
        f"""SELECT count(DISTINCT c.household_id), count(DISTINCT r.household_id)
        FROM campaigns c JOIN campaign_descriptions d USING (campaign_id)
        LEFT JOIN coupon_redemptions r ON r.campaign_id = c.campaign_id AND r.household_id = c.household_id AND {until}
        WHERE {begun}"""
    ).fetchall()[0]
    assert only(found, "coupon_redemption_rate") == f"{Decimal(redeemed) * 100 / sent:.1f}"
    assert (only(found, "households_sent"), only(found, "households_redeeming")) == (str(sent), str(redeemed))


@pytest.mark.parametrize(("store", "department"), [("S02", "PRODUCE"), ("S01", "GROCERY")])
def test_units_and_net_sales_on_promotion_equal_the_original_rows(
    sample: SampleWorld, context: ToolContext, store: str, department: str
) -> None:
    arguments = {"promotion": "W43", "stores": store, "department": department}
    found = run_tool("promotion_lift", arguments, context)
    # Promoted in a fifth of the store's real stores, and in at least one of the four weeks before not promoted.
    units, cents = sample.original.execute(
        """WITH pool AS (SELECT store_id FROM map WHERE demo = $store),
        shown AS (SELECT product_id, week FROM promotions JOIN pool USING (store_id) WHERE week BETWEEN 39 AND 43
          GROUP BY 1, 2 HAVING 5 * count(*) >= (SELECT count(*) FROM pool)),
        chosen AS (SELECT product_id FROM shown GROUP BY 1
          HAVING max(week) = 43 AND count(*) FILTER (week < 43) < 4)
        SELECT sum(quantity), sum(CAST(round(sales_value * 100) AS BIGINT)) FROM t JOIN pool USING (store_id)
        JOIN chosen USING (product_id) JOIN p USING (product_id)
        WHERE day BETWEEN DATE '2026-11-09' AND DATE '2026-11-15' AND p.department = $department""",
        {"store": store, "department": department},
    ).fetchall()[0]
    group = {"department": department.title()}
    assert only(found, "units", **group) == str(int(units))
    assert only(found, "net_sales", **group) == f"{Decimal(int(cents)) / 100:.2f}"


def test_costs_and_stock_are_said_to_be_simulated(context: ToolContext) -> None:
    for tool in ("product_profitability", "promotion_lift", "optimal_discount", "markdown_candidates"):
        found = run_tool(tool, {}, context)
        assert any(caveat.startswith("Costs are simulated") for caveat in found.caveats), tool
    stock = run_tool("markdown_candidates", {"stores": "Harbor Point"}, context)
    assert any(caveat.startswith("Stock levels are simulated") for caveat in stock.caveats)


def test_every_follow_up_names_no_other_store(context: ToolContext) -> None:
    found = run_tool("product_profitability", {"period": "last week", "stores": "Harbor Point"}, context)
    assert found.follow_ups
    assert all("Harbor Point" in asked for asked in found.follow_ups)
