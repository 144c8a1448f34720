"""Campaigns with planted audiences: rates over the right households, and an effect that is there or is not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.support.promotions_world import STORES, Chain, poisson
from tools.context import Role
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.registry import run_tool
from tools.result import ToolResult

FIRST_ON, LAST_ON = date(2026, 8, 3), date(2026, 11, 22)
BOOST_ON, FLAT_ON = date(2026, 9, 14), date(2026, 10, 26)
MAILED_A, MAILED_B = range(80), range(60, 140)
"""BOOST was sent to 80 households, FLAT to 80, of which 20 got both; 160 got nothing."""


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """300 households, each of one store; BOOST doubles visits of those it was sent to, FLAT changes nothing."""
    made, rng = Chain(tmp_path_factory.mktemp("coupons")), random.Random(5)
    made.product("MILK", "Milk", "Dairy", "Dairy")
    for number in range(300):
        for offset in range((LAST_ON - FIRST_ON).days + 1):
            day = FIRST_ON + timedelta(days=offset)
            boosted = number in MAILED_A and BOOST_ON <= day <= BOOST_ON + timedelta(days=27)
            for _ in range(poisson(rng, 0.24 if boosted else 0.12)):
                made.sell(STORES[number % 4][0], day, [("MILK", 1, 1000, 0, "6.00")], customer=f"H{number:03d}")
    made.put("campaign", ("campaign_id", "name", "kind", "starts_on", "ends_on"), [
        ("BOOST", "Autumn boost", "Type A", str(BOOST_ON), str(BOOST_ON + timedelta(days=27))),
        ("FLAT", "Flat leaflet", "Type B", str(FLAT_ON), str(FLAT_ON + timedelta(days=20))),
        ("TINY", "Tiny test", "Type B", str(FLAT_ON), str(FLAT_ON + timedelta(days=20))),
        ("LATER", "Later", "Type A", "2026-12-01", "2026-12-20"),
    ])  # fmt: skip
    audience = [("BOOST", n) for n in MAILED_A] + [("FLAT", n) for n in MAILED_B] + [("TINY", n) for n in range(3)]
    made.put("campaign_audience", ("campaign_id", "customer_key"), [(c, f"H{n:03d}") for c, n in audience])
    made.put("coupon", ("coupon_id", "campaign_id"), [("K1", "BOOST"), ("K2", "BOOST"), ("K3", "FLAT")])
    redeemed = [("K1", "BOOST", n, "2026-09-20") for n in range(20)] + [
        ("K2", "BOOST", n, "2026-10-05") for n in range(5)
    ]
    redeemed += [("K3", "FLAT", n, "2026-11-01") for n in (70, 72, 73, 74, 75, 76)]
    redeemed += [("K1", "BOOST", 200, "2026-09-21"), ("K3", "FLAT", 71, "2026-12-05")]
    made.put("coupon_redemption", ("coupon_id", "campaign_id", "customer_key", "redeemed_on"),
             [(k, c, f"H{n:03d}", day) for k, c, n, day in redeemed])  # fmt: skip
    made.put("customer", ("customer_key", "age_band"),
             [(f"H{n:03d}", "25-34" if n % 2 else "65+") for n in range(300) if n not in (0, 2, 4)])  # fmt: skip
    yield made.finish()
    made.connection.close()


def figure(result: ToolResult, metric: str, **group: str) -> str | None:
    return next(one.value for one in result.figures if one.metric == metric and dict(one.group) == group)


def test_a_rate_is_households_that_redeemed_over_households_that_were_sent(chain: Chain) -> None:
    found = run_tool("coupon_redemption", {}, chain.context())
    assert figure(found, "households_sent", campaign="BOOST") == "80"
    assert figure(found, "households_redeeming", campaign="BOOST") == "20"  # 25 coupons of 20 households, one stranger
    assert figure(found, "coupons_redeemed", campaign="BOOST") == "25"
    assert figure(found, "coupon_redemption_rate", campaign="BOOST") == "25.0"
    assert figure(found, "coupon_redemption_rate", campaign="FLAT") == "7.5"  # 6 of 80; the one in December is not yet
    assert "1 coupon redeemed by households that were not on the list are not in the rate." in found.caveats


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Forty households; of those sent ONE seven redeemed, of TWO two, of THREE four, of NONE nobody."""
    made = Chain(tmp_path_factory.mktemp("few"))
    made.product("MILK", "Milk", "Dairy", "Dairy")
    for number in range(40):
        made.sell(STORES[number % 4][0], date(2026, 9, 2), [("MILK", 1, 1000, 0, "6.00")], customer=f"H{number:03d}")
    sent = {"ONE": (range(10), 7), "TWO": (range(10, 20), 2), "THREE": (range(20, 30), 4), "NONE": (range(30, 40), 0)}
    made.put("campaign", ("campaign_id", "name", "kind", "starts_on", "ends_on"),
             [(one, f"Campaign {one}", "Type A", "2026-09-01", "2026-09-30") for one in sent])  # fmt: skip
    made.put("campaign_audience", ("campaign_id", "customer_key"),
             [(one, f"H{n:03d}") for one, (to, _) in sent.items() for n in to])  # fmt: skip
    ages = [(f"H{n:03d}", age) for age, one in zip(("19-24", "25-34", "35-44", "45-54"), sent, strict=True)
            for n in sent[one][0]]  # fmt: skip
    made.put("customer", ("customer_key", "age_band"), ages)
    made.put("coupon", ("coupon_id", "campaign_id"), [(f"K-{one}", one) for one in sent])
    redeemed = [(f"K-{one}", one, f"H{n:03d}", "2026-09-02") for one, (to, by) in sent.items() for n in to[:by]]
    made.put("coupon_redemption", ("coupon_id", "campaign_id", "customer_key", "redeemed_on"), redeemed)
    yield made.finish()
    made.connection.close()


def test_fewer_than_five_redeemers_are_not_told(few: Chain) -> None:
    found = run_tool("coupon_redemption", {}, few.context())
    assert found.table is not None
    shown = {row[0]: row[4:] for row in found.table.rows}
    assert shown["Campaign ONE"] == (7, "70.0", 7, 7)
    assert shown["Campaign NONE"] == (0, "0.0", 0, 0)
    assert shown["Campaign TWO"] == shown["Campaign THREE"] == (None, None, None, None)
    assert "13 of 40" in found.headline
    assert not [one for one in found.figures if one.group.get("campaign") == "TWO" and one.metric != "households_sent"]
    assert any("Fewer than five redeeming households" in one for one in found.caveats)


def test_nor_by_kind_of_household(few: Chain) -> None:
    found = run_tool("coupon_use_by_household", {"by": "age_band"}, few.context())
    assert found.table is not None
    assert [row[:3] for row in found.table.rows] == [("19-24", 10, 7), ("45-54", 10, 0)]
    assert any(caveat.startswith("2 groups left out") for caveat in found.caveats)


def test_nor_for_one_campaign_alone(few: Chain) -> None:
    found = run_tool("coupon_redemption", {"campaign": "Campaign TWO"}, few.context())
    assert found.headline.startswith("Fewer than five of the 10 households of all 4 stores that were sent Campaign TWO")
    assert "20.0" not in str(found.to_json())
    assert "redeemed 2" not in found.text


def test_all_campaigns_together_count_a_household_once(chain: Chain) -> None:
    found = run_tool("coupon_redemption", {}, chain.context())
    assert figure(found, "households_sent") == "140"
    assert figure(found, "households_redeeming") == "26"
    assert figure(found, "coupon_redemption_rate") == "18.6"
    assert "18.6 % of the households" in found.headline
    assert "26 of 140" in found.headline


def test_fewer_than_five_households_are_not_shown(chain: Chain) -> None:
    found = run_tool("coupon_redemption", {}, chain.context())
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Autumn boost", "Flat leaflet"]
    assert any(caveat.startswith("1 campaign sent to fewer than five") for caveat in found.caveats)
    with pytest.raises(NoDataError, match="Fewer than five households"):
        run_tool("coupon_redemption", {"campaign": "Tiny test"}, chain.context())


def test_a_store_counts_the_households_that_bought_there(chain: Chain) -> None:
    found = run_tool("coupon_redemption", {"campaign": "Autumn boost"}, chain.context("S01", role=Role.STORE_MANAGER))
    shoppers = {sale[5] for sale in chain.sales if sale[1] == "S01"}
    assert figure(found, "households_sent") == str(sum(f"H{n:03d}" in shoppers for n in MAILED_A))
    assert figure(found, "households_redeeming") == str(sum(f"H{n:03d}" in shoppers for n in range(20)))
    assert any("only households that bought at Market Street" in caveat for caveat in found.caveats)
    with pytest.raises(NotAllowedError):
        run_tool("coupon_redemption", {"stores": "Harbor Point"}, chain.context("S01"))


def test_by_type_and_by_period(chain: Chain) -> None:
    by_type = run_tool("coupon_redemption", {"by": "type"}, chain.context())
    assert figure(by_type, "coupon_redemption_rate", campaign_type="Type A") == "25.0"
    of_type = run_tool("coupon_redemption", {"campaign": "Type B"}, chain.context())
    for metric in ("households_sent", "households_redeeming", "coupon_redemption_rate"):
        assert figure(by_type, metric, campaign_type="Type B") == figure(of_type, metric), metric
    october = run_tool("coupon_redemption", {"period": "October 2026"}, chain.context())
    assert october.table is not None
    assert [(row[0], row[-1]) for row in october.table.rows] == [("Autumn boost", 5), ("Flat leaflet", 0)]


def test_who_received_the_weekly_mailer_is_not_known_and_said(chain: Chain) -> None:
    found = run_tool("coupon_redemption", {"audience": "weekly_mailer"}, chain.context())
    assert found.headline.startswith("Who received the weekly mailer is not recorded")
    assert "18.6 %" in found.headline


def test_a_campaign_that_doubled_visits_shows_it(chain: Chain) -> None:
    found = run_tool("campaign_effect", {"campaign": "Autumn boost"}, chain.context())
    low, high = (float(figure(found, "visits_change_per_week", part=part) or "nan") for part in ("low", "high"))
    assert low < 7 * 0.12 < high
    assert low > 0.4
    assert found.headline.startswith("Yes, as a correlation")
    assert any("chosen, not drawn by lot" in caveat for caveat in found.caveats)


def test_a_campaign_without_effect_is_not_given_one(chain: Chain) -> None:
    found = run_tool("campaign_effect", {"campaign": "Flat leaflet"}, chain.context())
    assert found.headline.startswith("No clear evidence")


@pytest.mark.parametrize("tool", ["coupon_redemption", "campaign_effect"])
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"campaign": "Winter"}, BadArgumentError, "There is no campaign “Winter”"),
        ({"campaign": "Later"}, NoDataError, "begins on"),
        ({"period": "the first week of August 2026"}, Exception, ""),
        ({"period": "10 August 2026"}, NoDataError, "No campaign ran"),
    ],
)
def test_what_cannot_be_answered_is_said(
    chain: Chain, tool: str, arguments: dict[str, str], error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        run_tool(tool, arguments, chain.context())
    assert words in getattr(caught.value, "user_message", "")


def test_too_few_households_cannot_be_compared(chain: Chain) -> None:
    with pytest.raises(NoDataError, match="Too few households"):
        run_tool("campaign_effect", {"campaign": "Tiny test"}, chain.context())


def test_without_campaigns_the_answer_says_what_is_missing(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Chain(tmp_path_factory.mktemp("none"))
    empty.product("MILK", "Milk", "Dairy", "Dairy")
    empty.sell("S01", LAST_ON, [("MILK", 1, 100, 0, None)])
    context = empty.finish().context()
    for tool, words in (("coupon_redemption", "No campaigns are recorded"), ("promotion_lift", "No promoted products"),
                        ("markdown_candidates", "No stock levels are recorded")):  # fmt: skip
        with pytest.raises(NoDataError, match=words):
            run_tool(tool, {}, context)
    empty.connection.close()


def test_how_many_households_a_tiny_campaign_reached_is_not_told(chain: Chain) -> None:
    found = run_tool("campaign_facts", {"rank_by": "households", "order": "bottom"}, chain.context())
    assert found.table is not None
    assert {row[0]: row[4] for row in found.table.rows}["Tiny test"] is None
    assert "fewer than 5 households" in found.headline
    assert figure(found, "households_sent", campaign="TINY") in (None, "")
    assert figure(found, "households_sent", campaign="BOOST") == "80"


def test_coupons_by_group_are_numbers_by_the_day_of_redemption(chain: Chain) -> None:
    rows = chain.connection.execute(
        "SELECT COALESCE(c.age_band, 'Not known'), COUNT(*), COUNT(DISTINCT r.customer_key)"
        " FROM coupon_redemption r LEFT JOIN customer c ON c.customer_key = r.customer_key"
        " WHERE r.redeemed_on <= DATE '2026-11-22' GROUP BY 1"
    ).fetchall()
    found = run_tool("coupons_by_group", {"by": "age_band"}, chain.context())
    assert figure(found, "coupons_redeemed") == str(sum(row[1] for row in rows))
    told = {row[0]: (row[1], row[2]) for row in rows if row[0] != "Not known"}
    hidden = {row[0]: row[2] for row in rows if row[0] == "Not known"}
    assert 0 < hidden["Not known"] < 5
    # The three households without an age are told neither by themselves nor by taking the others from the total.
    shown = {one.group["age_band"] for one in found.figures if "age_band" in one.group}
    assert len(shown) == 1
    for group in shown:
        assert figure(found, "coupons_redeemed", age_band=group) == str(told[group][0])
        assert figure(found, "households_redeeming", age_band=group) == str(told[group][1])
    september = run_tool("coupons_by_group", {"by": "age_band", "period": "September"}, chain.context())
    assert figure(september, "coupons_redeemed") == "21"
    with pytest.raises(NoDataError, match="Fewer than 5 households of any age"):
        run_tool("coupons_by_group", {"by": "age_band", "period": "October"}, chain.context())


def test_coupons_of_one_store_are_of_its_households(chain: Chain) -> None:
    with pytest.raises(NotAllowedError):
        run_tool(
            "coupons_by_group",
            {"by": "age_band", "stores": STORES[1][1]},
            chain.context("S01", role=Role.STORE_MANAGER),
        )
    with pytest.raises(NoDataError, match="not recorded"):
        run_tool("coupons_by_group", {"by": "income_band"}, chain.context())


def test_campaigns_are_ranked_by_what_was_redeemed(chain: Chain) -> None:
    most = run_tool("coupon_redemption", {"rank_by": "coupons"}, chain.context())
    assert "Most coupons redeemed by campaign: Autumn boost 25 (25.0 % of 80 households redeemed)" in most.text
    fewest = run_tool("coupon_redemption", {"rank_by": "coupons", "order": "bottom"}, chain.context())
    assert "Fewest coupons redeemed by campaign: Flat leaflet 6" in fewest.text
    assert most.table is not None
    assert most.table.rows[0][0] == "Autumn boost"
