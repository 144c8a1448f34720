"""Shares, growth step by step, kept customers, redemptions in time and parts of a whole, against plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NotAllowedError, ToolError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

SEPTEMBER = "s.business_on BETWEEN DATE '2026-09-01' AND DATE '2026-09-30'"
COUNTED = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"
LINES = (
    "sale s JOIN sale_line l ON l.sale_id = s.sale_id LEFT JOIN variant v ON v.variant_id = l.variant_id"
    " LEFT JOIN product p ON p.product_id = v.product_id LEFT JOIN customer c ON c.customer_key = s.customer_key"
    f" WHERE {COUNTED} AND NOT COALESCE(l.is_gift_card, FALSE)"
)
SIGNED = f"CASE WHEN s.kind = 'return' OR COALESCE(l.is_return, FALSE) THEN -ABS({NET}) ELSE {NET} END"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def _percent(part: Decimal, whole: Decimal, digits: str = "0.1") -> str:
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(digits))}"


def test_who_gained_share_is_the_difference_of_two_shares(context: ToolContext) -> None:
    shares = []
    for month in (OCTOBER, SEPTEMBER):
        rows = dict(truth(context, f"SELECT p.department, SUM({SIGNED}) FROM {LINES} AND {month} GROUP BY 1"))
        total = sum(rows.values(), Decimal(0))
        shares.append({name: Decimal(value) * 100 / total for name, value in rows.items()})
    moved = {name: shares[0][name] - shares[1].get(name, Decimal(0)) for name in shares[0] if name}
    found = run_tool("share_change", {"period": "October 2026", "compare_to": "September 2026"}, context)
    best = max(moved, key=lambda name: moved[name])
    assert f"{best} gained most, {moved[best]:+.2f} points" in found.headline
    lost = run_tool(
        "share_change", {"period": "October 2026", "compare_to": "September 2026", "order": "lost"}, context
    )
    assert lost.table is not None
    assert all(str(row[3]).startswith("-") for row in lost.table.rows)
    named = run_tool("share_change", {"period": "October 2026", "mention": "Produce"}, context)
    assert f"Produce {moved['Produce']:+.2f} points" in named.text
    with pytest.raises(BadArgumentError, match="name whose share"):
        run_tool("share_change", {"by": "week"}, context)


def test_customers_of_september_who_did_not_come_in_october(context: ToolContext) -> None:
    both = (
        f"SELECT BOOL_OR({SEPTEMBER}) AS a, BOOL_OR({OCTOBER}) AS b FROM sale s WHERE {COUNTED} AND s.kind <> 'return'"
        f" AND s.customer_key IS NOT NULL AND ({SEPTEMBER} OR {OCTOBER}) GROUP BY s.customer_key"
    )
    lost, kept, gained = truth(
        context, f"SELECT COUNT(*) FILTER (a AND NOT b), COUNT(*) FILTER (a AND b), COUNT(*) FILTER (b AND NOT a)"
        f" FROM ({both})"
    )[0]  # fmt: skip
    asked = {"period": "September 2026", "later": "October 2026"}
    found = run_tool("customers_kept", asked, context)
    assert shown(found, "customers", "group") == {
        "came again": str(kept), "did not come again": str(lost), "only in the later": str(gained),
    }  # fmt: skip
    before = next(one for one in found.figures if one.metric == "customers_before")
    assert (before.value, before.start_on.month, before.end_on.month) == (str(lost + kept), 9, 9)
    with pytest.raises(BadArgumentError, match="does not lie after"):
        run_tool("customers_kept", {"period": "October 2026", "later": "September 2026"}, context)
    goods = run_tool("customers_kept", {**asked, "department": "Floral"}, context)
    assert "did not buy it" in goods.headline
    # Without a period it is the last whole month, October, against the one before.
    usual = run_tool("customers_kept", {}, context)
    assert usual.headline.startswith(
        f"Retention {100 * kept / (lost + kept):.1f} %: of {lost + kept:,} known customers"
    )
    assert "who bought September 2026" in usual.headline
    assert next(one.value for one in usual.figures if one.metric == "retention_rate") == (
        f"{100 * kept / (lost + kept):.1f}"
    )
    quarter = run_tool("customers_kept", {"later": "Q3 2026"}, context)
    assert "1 April 2026 to 30 June 2026" in quarter.headline


def test_redemptions_by_month_and_weekday_add_up(context: ToolContext) -> None:
    rows = truth(
        context,
        "SELECT STRFTIME(redeemed_on, '%Y-%m'), COUNT(*) FROM coupon_redemption WHERE redeemed_on <= DATE '2026-11-22'"
        " AND redeemed_on >= DATE '2026-01-25' GROUP BY 1",
    )
    found = run_tool("redemptions_over_time", {}, context)
    by_month = shown(found, "coupons_redeemed", "month")
    assert {name: int(value or 0) for name, value in by_month.items() if name} == dict(rows)
    weekdays = run_tool("redemptions_over_time", {"by": "weekday"}, context)
    counted = shown(weekdays, "coupons_redeemed", "weekday")
    assert sum(int(value or 0) for name, value in counted.items() if name) == int(counted[""] or 0)
    assert {"Monday", "Sunday"} <= set(counted)


def test_growth_from_week_to_week_leaves_parts_of_weeks_out(context: ToolContext) -> None:
    found = run_tool("sales_moves", {"period": "from 30 September 2026 to 1 November 2026"}, context)
    assert found.table is not None
    weeks = [row[0] for row in found.table.rows]
    assert weeks == ["week of 5 Oct", "week of 12 Oct", "week of 19 Oct", "week of 26 Oct"]
    assert any("week of 28 Sep" in one for one in found.caveats)
    whole = truth(
        context,
        f"SELECT SUM({SIGNED}) FROM {LINES} AND s.business_on BETWEEN DATE '2026-10-12' AND DATE '2026-10-18'",
    )[0][0]
    assert found.table.rows[1][1] == f"{Decimal(whole) / 100:.2f}"
    ever = run_tool("sales_moves", {"period": "this year"}, context)
    assert ever.table is not None
    assert ever.table.rows[0][0] == "week of 26 Jan"
    with pytest.raises(ToolError, match="two whole"):
        run_tool("sales_moves", {"step": "month", "period": "October 2026"}, context)


def test_part_of_a_whole_also_among_those_who_are_known(context: ToolContext) -> None:
    bands = "('100-124K', '125-149K', '150-174K', '175-199K', '200-249K', '250K+')"
    rich, known, whole = truth(
        context,
        f"SELECT SUM(CASE WHEN c.income_band IN {bands} THEN {SIGNED} END),"
        f" SUM(CASE WHEN c.income_band <> '' THEN {SIGNED} END), SUM({SIGNED}) FROM {LINES} AND {OCTOBER}",
    )[0]
    values = ["100-124K", "125-149K", "150-174K", "175-199K", "200-249K", "250K+"]
    where = [{"dimension": "income_band", "values": values}]
    asked = {"period": "October 2026", "where": where, "of_total": True}
    found = run_tool("sales_breakdown", asked, context)
    assert f", {_percent(rich, whole)} % of" in found.headline
    assert f"of these it is {_percent(rich, known)} %" in found.text
    with pytest.raises(BadArgumentError, match="of_total"):
        run_tool("sales_breakdown", {**asked, "by": ["store"]}, context)
    with pytest.raises(BadArgumentError, match="rate"):
        run_tool("sales_breakdown", {**asked, "metrics": ["gross_margin_pct"]}, context)


def test_the_best_product_of_each_department(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT p.department, l.variant_id, SUM({SIGNED}) AS net FROM {LINES} AND {OCTOBER} GROUP BY 1, 2"
        " QUALIFY ROW_NUMBER() OVER (PARTITION BY p.department ORDER BY net DESC) = 1",
    )
    best = {row[0]: f"{Decimal(row[2]) / 100:.2f}" for row in rows if row[0]}
    found = run_tool("sales_breakdown", {"by": ["department", "product"], "each": 1, "period": "October 2026"}, context)
    assert found.table is not None
    told = {str(row[1]): row[3] for row in found.table.rows}
    assert {name: told[name] for name in ("Grocery", "Produce", "Meat", "Deli")} == {
        name: best[name] for name in ("Grocery", "Produce", "Meat", "Deli")
    }
    assert len(told) == len(found.table.rows)


def test_sales_by_pack_size_and_household_composition(context: ToolContext) -> None:
    sizes = truth(
        context,
        f"SELECT LOWER(TRIM(v.pack_size)), SUM({SIGNED}) FROM {LINES} AND {OCTOBER} AND v.pack_size <> '' GROUP BY 1"
        " ORDER BY 2 DESC LIMIT 1",
    )[0]
    found = run_tool("sales_breakdown", {"by": ["pack_size"], "period": "October 2026"}, context)
    assert shown(found, "net_sales", "pack_size")[sizes[0]] == f"{Decimal(sizes[1]) / 100:.2f}"
    homes = dict(
        truth(
            context,
            f"SELECT c.attributes ->> 'household_comp', SUM({SIGNED}) FROM {LINES} AND {OCTOBER} GROUP BY 1",
        )
    )
    found = run_tool("sales_breakdown", {"by": ["household_comp"], "period": "October 2026"}, context)
    told = shown(found, "net_sales", "household_comp")
    for name in ("2 Adults Kids", "1 Adult No Kids"):
        assert told[name] == f"{Decimal(homes[name]) / 100:.2f}"


def test_visits_of_one_kind_of_household(context: ToolContext) -> None:
    people, visits = truth(
        context,
        "SELECT COUNT(DISTINCT s.customer_key), COUNT(*) FROM sale s JOIN customer c ON c.customer_key = s.customer_key"
        f" WHERE {COUNTED} AND s.kind <> 'return' AND {OCTOBER} AND c.age_band = '65+'",
    )[0]
    asked = {"by": "age_band", "values": ["65+"], "rank_by": "gap", "period": "October 2026"}
    found = run_tool("customer_visits", asked, context)
    days = truth(
        context,
        "SELECT SUM(d.n - 1), SUM(d.b - d.a) FROM (SELECT s.customer_key, COUNT(DISTINCT s.business_on) AS n,"
        " MIN(s.business_on) AS a, MAX(s.business_on) AS b FROM sale s JOIN customer c ON c.customer_key ="
        f" s.customer_key WHERE {COUNTED} AND s.kind <> 'return' AND {OCTOBER} AND c.age_band = '65+' GROUP BY 1) d",
    )[0]
    assert found.headline.startswith(f"{days[1] / days[0]:.1f} days between visits on average")
    assert f"{days[0]} gaps of {people} known customers (age 65+)" in found.headline
    assert f"{visits / people:.1f} times" in found.text
    assert "All known customers: " in found.text
    with pytest.raises(BadArgumentError, match="no age is"):
        run_tool("customer_visits", {**asked, "values": ["66+"]}, context)
    with pytest.raises(BadArgumentError, match="values"):
        run_tool("customer_visits", {"by": "store", "values": ["S01"]}, context)


def test_private_label_share_over_time(context: ToolContext) -> None:
    own, known = truth(
        context,
        f"SELECT SUM(CASE WHEN p.private_label THEN {SIGNED} END), SUM({SIGNED}) FROM {LINES} AND {OCTOBER}"
        " AND p.private_label IS NOT NULL",
    )[0]
    found = run_tool("private_label_share", {"by": "month", "period": "from 1 August 2026 to 31 October 2026"}, context)
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Aug 2026", "Sep 2026", "Oct 2026"]
    assert found.table.rows[-1][1] == _percent(own, known)
    assert "The share is" in found.text


def test_what_the_largest_fifth_of_products_makes(context: ToolContext) -> None:
    rows = truth(
        context, f"SELECT SUM({SIGNED}) AS net FROM {LINES} AND {OCTOBER} GROUP BY l.variant_id HAVING net > 0"
    )
    sold = sorted((Decimal(row[0]) for row in rows), reverse=True)
    top = -(-len(sold) // 5)
    found = run_tool("sales_concentration", {"period": "October 2026"}, context)
    assert shown(found, "cumulative_share", "top_percent")["20"] == _percent(
        sum(sold[:top], Decimal(0)), sum(sold, Decimal(0))
    )
    assert f"{top:,} of {len(sold):,} sold" in found.headline


def test_outlook_by_store_adds_up_to_the_outlook(context: ToolContext) -> None:
    parts = run_tool("sales_outlook", {"by": "store", "period": "next week"}, context)
    whole = run_tool("sales_outlook", {"period": "next week"}, context)
    assert parts.figures[0].value == whole.figures[0].value
    each = sum(Decimal(one.value or 0) for one in parts.figures if "store" in one.group)
    assert abs(each - Decimal(whole.figures[0].value or 0)) < Decimal("0.05")


def test_which_promotions_lost_money_are_named(context: ToolContext) -> None:
    found = run_tool("promotion_lift", {"by": "promotion", "rank_by": "margin", "period": "October 2026"}, context)
    assert found.table is not None
    place = [column.name for column in found.table.columns].index("Extra gross margin")
    extra = {str(row[0]): Decimal(str(row[place])) for row in found.table.rows[:-1] if row[place] is not None}
    losing = [name for name, value in extra.items() if value < 0]
    assert f"{len(losing)} of {len(extra)} promotions made less gross margin than expected" in found.text
    assert all(name in found.text for name in losing)


def test_a_price_change_is_reckoned_with_its_interval(context: ToolContext) -> None:
    found = run_tool("price_elasticity", {"product": "milk", "price_change_pct": 5}, context)
    units = next(one for one in found.figures if one.metric == "units_change")
    elasticity = next(one for one in found.figures if one.metric == "price_elasticity")
    assert Decimal(units.value or 0) == Decimal(str(round((1.05 ** float(elasticity.value or 0) - 1) * 100, 1)))
    assert "That is no forecast." in found.text


def test_where_the_data_comes_from_and_what_is_simulated(context: ToolContext) -> None:
    found = run_tool("data_origin", {}, context)
    assert "25 Jan – 22 Nov 2026" in found.headline
    assert "Simulated, not real: cost" in found.text
    assert "Not simulated: sales" in found.text


def test_a_manager_sees_customers_kept_of_their_own_store_only(context: ToolContext) -> None:
    one = ToolContext(Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S01",)), context.mirror, context.clock)
    with pytest.raises((ToolError, NotAllowedError)):
        run_tool("customers_kept", {"period": "September 2026", "later": "October 2026", "stores": "S02"}, one)
    own = run_tool("customers_kept", {"period": "September 2026", "later": "October 2026"}, one)
    assert "Market Street" in own.headline


def test_what_a_kind_of_household_prefers(context: ToolContext) -> None:
    period = "s.business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'"
    rows = truth(
        context,
        f"SELECT p.department, SUM(CASE WHEN c.age_band = '65+' THEN {SIGNED} END), SUM({SIGNED}) FROM {LINES}"
        f" AND {period} AND c.age_band <> '' GROUP BY 1",
    )
    own = sum((Decimal(row[1] or 0) for row in rows), Decimal(0))
    every = sum((Decimal(row[2] or 0) for row in rows), Decimal(0))
    index = {row[0]: (Decimal(row[1] or 0) / own) / (Decimal(row[2]) / every) * 100 for row in rows if row[2]}
    asked = {"attribute": "age_band", "values": ["65+"], "by": "department", "period": "October 2026"}
    found = run_tool("household_preferences", asked, context)
    told = shown(found, "spend_index", "department")
    assert told
    assert all(value == f"{index[name]:.0f}" for name, value in told.items())
    assert found.table is not None
    assert all(int(row[5] or 0) >= 10 for row in found.table.rows)
    less = run_tool("household_preferences", {**asked, "order": "less"}, context)
    assert Decimal(less.figures[0].value or 0) <= Decimal(found.figures[0].value or 0)
    bands = ["19-24", "25-34", "35-44", "45-54", "55-64", "65+"]
    with pytest.raises(BadArgumentError, match="every household"):
        run_tool("household_preferences", {**asked, "values": bands}, context)


def test_customers_by_number_of_visits(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT COUNT(*) FROM sale s WHERE {COUNTED} AND s.kind <> 'return' AND {OCTOBER}"
        " AND s.customer_key IS NOT NULL GROUP BY s.customer_key",
    )
    visits = [int(row[0]) for row in rows]
    once = sum(1 for one in visits if one == 1)
    found = run_tool("customers_by_visits", {"at_least": 1, "at_most": 1, "period": "October 2026"}, context)
    assert found.headline.startswith(f"{once} (")
    assert f"of {len(visits):,} known customers came once" in found.headline
    often = run_tool("customers_by_visits", {"at_least": 10, "period": "October 2026"}, context)
    assert often.figures[0].value == str(sum(1 for one in visits if one >= 10))
    with pytest.raises(BadArgumentError, match="at_least"):
        run_tool("customers_by_visits", {"at_least": 3, "at_most": 2}, context)


def test_customers_who_spent_more_or_less_than_an_amount(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT SUM({SIGNED}), SUM(CASE WHEN s.kind <> 'return' THEN 1 ELSE 0 END) FROM sale s"
        f" JOIN sale_line l USING (sale_id) WHERE {COUNTED} AND {OCTOBER} AND s.customer_key IS NOT NULL"
        " GROUP BY s.customer_key",
    )
    spent = [int(net) for net, came in rows if came]
    over = sum(1 for net in spent if net > 200_00)
    found = run_tool("customers_by_spend", {"over": "200", "period": "October 2026"}, context)
    assert found.headline.startswith(f"{over:,} (")
    assert f"of {len(spent):,} known customers spent more than $200.00" in found.headline
    assert found.figures[0].value == str(over)
    under = run_tool("customers_by_spend", {"at_most": "$200", "period": "October 2026"}, context)
    assert under.figures[0].value == str(len(spent) - over)
    least = [row for row in under.table.rows if row[0] == "less than $25.00"]
    assert least[0][1] == sum(1 for net in spent if net < 25_00)


def test_customers_over_an_amount_that_stayed_away_are_counted(context: ToolContext) -> None:
    rows = truth(
        context,
        "SELECT s.customer_key, SUM(s.net_minor), MAX(s.business_on) FROM sale s WHERE s.customer_key IS NOT NULL"
        f" AND {COUNTED} AND s.business_on BETWEEN DATE '2026-07-01' AND DATE '2026-10-31' GROUP BY 1",
    )
    away = [int(net) for _, net, last in rows if net > 100_00 and (date(2026, 10, 31) - last).days >= 30]
    found = run_tool(
        "customers_by_spend", {"over": "100", "away_days": 30, "period": "1 July to 31 October 2026"}, context
    )
    assert found.figures[0].value == str(len(away))
    assert f"bought nothing in the 30 days up to 31 Oct 2026. Together these had spent ${sum(away) / 100:,.2f}" in (
        found.headline
    )
    few = run_tool("customers_by_spend", {"over": "2000", "away_days": 30, "period": "October 2026"}, context)
    assert few.figures[0].value in (None, "0")
    assert "Together" not in few.headline


def test_a_few_customers_over_an_amount_are_not_counted(context: ToolContext) -> None:
    found = run_tool("customers_by_spend", {"over": "2k", "period": "October 2026"}, context)
    rest = run_tool("customers_by_spend", {"at_most": "2000", "period": "October 2026"}, context)
    assert found.headline.startswith("Fewer than 5 of")
    assert rest.headline.startswith("All but fewer than 5 of")
    assert found.figures[0].value is None
    assert rest.figures[0].value is None


def test_pairs_of_at_least_a_lift_and_the_percentile_by_store(context: ToolContext) -> None:
    found = run_tool("bought_together", {"product": "cereal", "least_lift": 4, "period": "October 2026"}, context)
    assert found.table is not None
    assert all(Decimal(str(row[6])) >= 4 for row in found.table.rows)
    with pytest.raises(ToolError, match="none of them"):
        run_tool("bought_together", {"product": "cereal", "least_lift": 900, "period": "October 2026"}, context)
    baskets = run_tool("basket_statistics", {"by": "store", "period": "October 2026"}, context)
    assert baskets.table is not None
    assert [column.name for column in baskets.table.columns][6] == "90th percentile"
    assert len(baskets.table.rows[0]) == len(baskets.table.columns)
