"""Baskets, coupons and known days of promotions, against pandas over the source's own files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pytest

from tests.support.asked_sample import asked_sample, truth
from tests.support.panel import shift, source, within
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_a_coupon_of_several_campaigns_counts_once_in_the_mean_of_its_products(context: ToolContext) -> None:
    campaigns, coupons = source("campaign_descriptions"), source("coupons")
    begun = campaigns[pd.to_datetime(campaigns.start_date) + pd.Timedelta(shift()) <= "2026-11-22"].campaign_id
    offered = set(coupons[coupons.campaign_id.isin(begun)].coupon_upc)
    goods = coupons[coupons.coupon_upc.isin(offered)].groupby("coupon_upc").product_id.nunique()
    found = run_tool("campaign_facts", {"show": "coupons"}, context)
    assert f"A coupon is good for {goods.mean():.1f} products on average." in found.text


@pytest.mark.parametrize(("period", "first", "last"), [("October", "2026-10-01", "2026-10-31"),
                                                       ("last week", "2026-11-16", "2026-11-22")])  # fmt: skip
def test_a_basket_holds_a_promoted_product_only_on_a_day_it_is_promoted(
    context: ToolContext, period: str, first: str, last: str
) -> None:
    rows = truth(context, "SELECT SUBSTR(variant_id, 2), store_id, starts_on, ends_on FROM promotion_item")
    offers = pd.DataFrame(rows, columns=["product_id", "store", "starts_on", "ends_on"])
    offers = offers.astype({"product_id": "int64", "starts_on": "datetime64[ns]", "ends_on": "datetime64[ns]"})
    offers = offers[(offers.starts_on <= last) & (offers.ends_on >= first)]
    lines = within(first, last)
    on_offer = lines.merge(offers, on=["product_id", "store"])
    held = on_offer[(on_offer.day >= on_offer.starts_on) & (on_offer.day <= on_offer.ends_on)].basket_id.unique()
    inside = lines[lines.basket_id.isin(held)]
    named = pd.MultiIndex.from_frame(offers[["product_id", "store"]])
    other = inside[~pd.MultiIndex.from_frame(inside[["product_id", "store"]]).isin(named)].cents.sum()
    found = run_tool("promotion_lift", {"period": period}, context)
    said = f"Halo: {len(held):,} baskets held a promoted product, with ${other / len(held) / 100:.2f} of other goods"
    assert said in found.text


def test_a_lift_of_a_month_that_is_known_in_part_says_of_which_days_it_is(context: ToolContext) -> None:
    found = run_tool("lift_change", {"period": "October", "compare_to": "September"}, context)
    assert "is that of 28–30 Sep 2026 alone" in found.text
    earlier = run_tool("promotion_lift", {"period": "September"}, context)
    assert any(one.startswith("Only 28–30 Sep 2026 is told") for one in earlier.caveats)
    whole = run_tool("lift_change", {"period": "last week", "compare_to": "the week before"}, context)
    assert "alone, as no earlier promotions" not in whole.text


def test_campaigns_from_before_the_data_are_said_to_be_known_in_part(context: ToolContext) -> None:
    campaigns = source("campaign_descriptions")
    begins = pd.to_datetime(campaigns.start_date) + pd.Timedelta(shift())
    early = campaigns[begins < "2026-01-25"].assign(begins=begins).sort_values(["begins", "campaign_id"]).campaign_id
    found = run_tool("coupon_redemption", {}, context)
    said = next(one for one in found.caveats if one.startswith("The data begins on Sun 25 Jan 2026"))
    assert all(f"Campaign {one}" in said for one in early)
    assert len(re.findall("Campaign", said)) == len(early) == 3
