"""Suppliers' goods, past outlooks, displays and mailers, new goods and spreads, against plain SQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

COUNTED = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"
LINES = (
    "sale s JOIN sale_line l ON l.sale_id = s.sale_id LEFT JOIN variant v ON v.variant_id = l.variant_id"
    " LEFT JOIN product p ON p.product_id = v.product_id"
    f" WHERE {COUNTED} AND NOT COALESCE(l.is_gift_card, FALSE)"
)
SIGNED = f"CASE WHEN s.kind = 'return' OR COALESCE(l.is_return, FALSE) THEN -ABS({NET}) ELSE {NET} END"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_sales_by_supplier_are_those_of_the_goods_each_delivers(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT COALESCE(o.name, 'Not known'), SUM({SIGNED}) FROM {LINES.replace(' WHERE', _SUPPLIED, 1)} AND"
        f" {OCTOBER}"
        " GROUP BY 1",
    )
    found = run_tool("sales_breakdown", {"by": "supplier", "period": "October 2026"}, context)
    assert shown(found, "net_sales", "supplier") == {name: f"{Decimal(net) / 100:.2f}" for name, net in rows} | {
        "": f"{sum(Decimal(net) for _, net in rows) / 100:.2f}"
    }
    part = run_tool(
        "sales_breakdown",
        {"by": "department", "where": [{"dimension": "supplier", "values": ["Northway"]}], "period": "October 2026"},
        context,
    )
    assert f"{Decimal(dict(rows)['Northway Meats']) / 100:,.2f} in all" in part.headline


_SUPPLIED = (
    " LEFT JOIN supplier_item i ON i.variant_id = l.variant_id LEFT JOIN supplier o ON o.supplier_id = i.supplier_id"
    " WHERE"
)


def test_an_outlook_on_a_past_week_is_the_mean_of_the_eight_before(context: ToolContext) -> None:
    weekly = dict(
        truth(context, "SELECT DATE_TRUNC('week', business_on)::DATE, SUM(net_minor) FROM store_day GROUP BY 1")
    )
    mondays = sorted(weekly)[-5:-1] if max(weekly).isoformat() > "2026-11-16" else sorted(weekly)[-4:]
    order = sorted(weekly)
    off, bias, came = Decimal(0), Decimal(0), Decimal(0)
    for monday in mondays:
        at = order.index(monday)
        guess = sum((Decimal(weekly[one]) for one in order[at - 8 : at]), Decimal(0)) / 8
        off, bias, came = (
            off + abs(guess - weekly[monday]), bias + guess - weekly[monday], came + weekly[monday]
        )  # fmt: skip
    found = run_tool("outlook_accuracy", {"period": "last 4 weeks"}, context)
    assert found.figures[0].value == f"{100 * off / came:.1f}"
    assert found.figures[1].value == f"{100 * bias / came:.1f}"
    by = run_tool("outlook_accuracy", {"by": "department", "order": "over", "period": "last 4 weeks"}, context)
    assert by.table is not None
    biases = [Decimal(str(row[3])) for row in by.table.rows]
    assert biases == sorted(biases, reverse=True)
    stores = run_tool("outlook_accuracy", {"by": "store", "period": "last 4 weeks"}, context)
    assert len(shown(stores, "outlook_error", "store")) == 6
    with pytest.raises(BadArgumentError, match="whole week"):
        run_tool("outlook_accuracy", {"period": "yesterday"}, context)
    with pytest.raises(NoDataError, match="the 8 weeks before"):
        run_tool("outlook_accuracy", {"period": "February 2026"}, context)
    with pytest.raises(BadArgumentError, match="whole stores"):
        run_tool("outlook_accuracy", {"by": "department", "metric": "transactions"}, context)


def test_placements_are_counted_from_the_plans(context: ToolContext) -> None:
    week = "starts_on <= DATE '2026-11-22' AND ends_on >= DATE '2026-11-16'"
    rows = dict(
        truth(context, f"SELECT display, COUNT(*) FROM promotion_item WHERE {week} AND display IS NOT NULL GROUP BY 1")
    )
    found = run_tool("promotion_placements", {"by": "display", "period": "last week"}, context)
    assert {key: str(number) for key, number in rows.items()} == {
        key: value for key, value in shown(found, "placements", "display").items() if key
    }
    front = run_tool("promotion_placements", {"place": "front page", "by": "department"}, context)
    assert "front page feature" in front.headline
    with pytest.raises(BadArgumentError, match="There is front end cap"):
        run_tool("promotion_placements", {"place": "ceiling"}, context)


def test_the_spread_of_baskets_has_a_standard_deviation(context: ToolContext) -> None:
    deviation, most = truth(
        context,
        "SELECT STDDEV_SAMP(net_minor), MAX(net_minor) FROM basket"
        " WHERE business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'",
    )[0]
    found = run_tool("basket_statistics", {"period": "October 2026"}, context)
    assert f"The standard deviation is ${deviation / 100:,.2f}, the largest basket ${most / 100:,.2f}." in found.text


def test_the_median_band_is_that_of_the_household_in_the_middle(context: ToolContext) -> None:
    order = (
        "CASE WHEN income_band LIKE 'Under%' THEN -1 ELSE CAST(REGEXP_EXTRACT(income_band, '[0-9]+') AS INTEGER) END"
    )
    bands = truth(
        context,
        f"SELECT income_band FROM customer c WHERE income_band IS NOT NULL AND EXISTS (SELECT 1 FROM sale s WHERE"
        f" s.customer_key = c.customer_key) ORDER BY {order}",
    )
    found = run_tool("household_profile", {"by": ["income_band"]}, context)
    assert f"(the household in the middle): {bands[(len(bands) - 1) // 2][0]}." in found.text


def test_what_goes_with_rising_spend_is_of_those_customers(context: ToolContext) -> None:
    more = run_tool("trend_goods", {}, context)
    less = run_tool("trend_goods", {"trend": "less", "by": "department"}, context)
    who = run_tool("customer_trends", {}, context)
    members = shown(who, "customers", "trend")
    assert more.headline.startswith(f"{members['more']} customers")
    assert less.headline.startswith(f"{members['less']} customers")
    assert more.table is not None
    against = [(1 + Decimal(str(row[1])) / 100) / (1 + Decimal(str(row[2])) / 100) for row in more.table.rows]
    assert all(one >= two - Decimal("0.02") for one, two in itertools.pairwise(against))
    assert all(int(str(row[5])) >= 10 for row in more.table.rows)


def test_what_fell_stands_before_what_grew_and_the_most_money_is_named(context: ToolContext) -> None:
    found = run_tool("trend_goods", {"trend": "less", "by": "department", "limit": 50}, context)
    assert found.table is not None
    assert "fastest" not in found.headline
    fell = [Decimal(str(row[1])) < 0 for row in found.table.rows]
    assert fell == sorted(fell, reverse=True)
    money = {str(row[0]): Decimal(str(row[3])) - Decimal(str(row[4])) for row in found.table.rows}
    most = max(money, key=lambda name: money[name])
    _, _, told = found.text.partition(f"Most money less a week: {most} $")
    assert abs(Decimal(told.split()[0].replace(",", "")) - money[most]) <= Decimal("0.01")


def test_discount_per_transaction(context: ToolContext) -> None:
    discount, transactions = truth(
        context,
        "SELECT SUM(discount_minor), SUM(transactions) FROM store_day"
        " WHERE business_on BETWEEN DATE '2026-10-01' AND DATE '2026-10-31'",
    )[0]
    found = run_tool("sales_summary", {"metrics": ["discount_per_transaction"], "period": "October 2026"}, context)
    assert found.figures[0].value == f"{Decimal(discount) / Decimal(transactions) / 100:.2f}"


def test_goods_on_promotion_are_those_in_any_one_of_them(context: ToolContext) -> None:
    promoted = (
        "EXISTS (SELECT 1 FROM promotion_item i WHERE i.variant_id = l.variant_id AND i.store_id = s.store_id"
        " AND s.business_on BETWEEN i.starts_on AND i.ends_on)"
    )
    (whole, part), *_ = truth(
        context,
        f"SELECT SUM({SIGNED}), SUM(CASE WHEN {promoted} THEN {SIGNED} END) FROM {LINES} AND {OCTOBER}",
    )
    where = [{"dimension": "promotion", "values": ["any promotion"]}]
    found = run_tool("sales_breakdown", {"where": where, "of_total": True, "period": "October 2026"}, context)
    assert f"{Decimal(part) / 100:,.2f}" in found.headline
    share = next(one for one in found.figures if one.metric == "share_of_net_sales")
    assert share.value == f"{Decimal(part) * 100 / Decimal(whole):.1f}"
    without = run_tool(
        "sales_breakdown",
        {"where": [{**where[0], "exclude": True}], "of_total": True, "period": "October 2026"},
        context,
    )
    assert f"{(Decimal(whole) - Decimal(part)) / 100:,.2f}" in without.headline


def test_redeemers_stand_beside_those_sent_a_campaign_and_those_sent_nothing(context: ToolContext) -> None:
    rows = truth(
        context,
        "WITH k AS (SELECT customer_key, COUNT(*) AS visits FROM sale s WHERE customer_key IS NOT NULL AND"
        f" {COUNTED} AND kind <> 'return' AND {OCTOBER} GROUP BY 1), r AS (SELECT DISTINCT customer_key FROM"
        " coupon_redemption WHERE redeemed_on <= '2026-10-31'), a AS (SELECT DISTINCT customer_key FROM"
        " campaign_audience JOIN campaign USING (campaign_id) WHERE starts_on <= '2026-10-31')"
        " SELECT CASE WHEN r.customer_key IS NOT NULL THEN 'redeemed a coupon' WHEN a.customer_key IS NOT NULL THEN"
        " 'sent a campaign, redeemed none' ELSE 'sent nothing' END, COUNT(*)"
        " FROM k LEFT JOIN r USING (customer_key) LEFT JOIN a USING (customer_key) GROUP BY 1",
    )
    found = run_tool("redeemers_compared", {"period": "October 2026"}, context)
    assert shown(found, "customers", "households") == {name: str(number) for name, number in rows}
    assert "does not say that coupons made them spend more" in found.text


def test_a_mean_of_the_range_and_of_stores_is_told(context: ToolContext) -> None:
    brands = run_tool("range_counts", {"by": "brand"}, context)
    (products, makers), *_ = truth(
        context, "SELECT COUNT(*), COUNT(DISTINCT brand) FROM product WHERE COALESCE(active, TRUE) AND brand <> ''"
    )
    assert f"On average {Decimal(products) / Decimal(makers):.1f} products a brand." in brands.text
    stores = run_tool("customers_across_stores", {"period": "October 2026"}, context)
    assert "On average a customer bought in 1." in stores.text


def test_the_part_of_each_group_is_its_own_part_over_its_own_whole(context: ToolContext) -> None:
    promoted = (
        "EXISTS (SELECT 1 FROM promotion_item i WHERE i.variant_id = l.variant_id AND i.store_id = s.store_id"
        " AND s.business_on BETWEEN i.starts_on AND i.ends_on)"
    )
    rows = truth(
        context,
        f"SELECT p.department, SUM({SIGNED}), SUM(CASE WHEN {promoted} THEN {SIGNED} ELSE 0 END) FROM {LINES} AND"
        f" {OCTOBER} GROUP BY 1 HAVING SUM({SIGNED}) > 0",
    )
    where = [{"dimension": "promotion", "values": ["any promotion"]}]
    found = run_tool("part_of_each", {"by": "department", "where": where, "period": "October 2026"}, context)
    wanted = {name: f"{Decimal(part) * 100 / Decimal(whole):.1f}" for name, whole, part in rows}
    told = {one.group["department"]: one.value for one in found.figures if "department" in one.group}
    assert told == {name: wanted[name] for name in told}
    assert len(told) == 20
    values = [Decimal(value or 0) for value in told.values()]
    assert values == sorted(values, reverse=True)


def test_what_is_left_out_of_a_part_of_each_is_left_out_of_its_whole_too(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT SUM({SIGNED}), SUM(CASE WHEN p.private_label THEN {SIGNED} ELSE 0 END) FROM {LINES} AND {OCTOBER}"
        " AND COALESCE(p.department, 'Unknown') <> 'Fuel'",
    )
    own = [{"dimension": "private_label", "values": ["private label"]}]
    less = [{"values": ["fuel"], "exclude": True}]
    found = run_tool(
        "part_of_each", {"by": "department", "where": own, "whole": less, "period": "October 2026"}, context
    )
    assert found.figures[0].value == f"{Decimal(rows[0][1]) * 100 / Decimal(rows[0][0]):.1f}"
    assert "Fuel" not in {one.group.get("department") for one in found.figures}


def test_the_part_of_what_each_kind_of_household_bought_is_its_own(context: ToolContext) -> None:
    args = {"by": "age_band", "where": [{"values": ["private label"]}], "period": "all time"}
    found = run_tool("part_of_each", args, context)
    rows = truth(
        context,
        "SELECT c.age_band, sum(l.net_minor) FILTER (WHERE p.private_label), sum(l.net_minor) FROM sale_line l"
        " JOIN sale s ON s.sale_id = l.sale_id JOIN customer c ON c.customer_key = s.customer_key"
        " JOIN variant v ON v.variant_id = l.variant_id JOIN product p USING (product_id)"
        " WHERE c.age_band IS NOT NULL GROUP BY 1",
    )
    told = {one.group["age_band"]: one.value for one in found.figures if "age_band" in one.group}
    assert rows
    assert {key: told[key] for key, _, _ in rows} == {
        key: f"{Decimal(own) * 100 / Decimal(whole):.1f}" for key, own, whole in rows
    }


def test_a_part_of_each_group_is_not_told_of_what_only_some_people_bought(context: ToolContext) -> None:
    kids = [{"dimension": "kids", "values": ["1"]}]
    with pytest.raises(BadArgumentError, match="two dimensions"):
        run_tool("part_of_each", {"by": "store", "where": kids}, context)
    weekends = [{"dimension": "weekday", "values": ["weekends"]}]
    with pytest.raises(BadArgumentError, match="not added up"):
        run_tool("part_of_each", {"by": "store", "metric": "discount_rate", "where": weekends}, context)


def test_the_top_so_many_customers_make_their_share(context: ToolContext) -> None:
    rows = truth(
        context,
        f"SELECT SUM({SIGNED}) FROM {LINES} AND {OCTOBER} AND s.customer_key IS NOT NULL"
        " GROUP BY s.customer_key ORDER BY 1 DESC",
    )
    spent = [Decimal(row[0]) for row in rows]
    found = run_tool("top_customers", {"by_share": True, "top_count": 100, "period": "October 2026"}, context)
    assert f"make {sum(spent[:100]) * 100 / sum(spent):.1f} %" in found.headline
    running, fewest = Decimal(0), 0
    while running * 10 < sum(spent) * 8:
        running, fewest = running + spent[fewest], fewest + 1
    most = run_tool("top_customers", {"by_share": True, "sales_percent": 80, "period": "October 2026"}, context)
    assert f"The top {fewest:,} ({fewest * 100 / len(spent):.1f} %) of customers" in most.headline
    median = run_tool("customers_by_visits", {"period": "October 2026"}, context)
    assert "(the median)" in median.text


def test_who_came_in_every_month_is_counted_as_by_hand(context: ToolContext) -> None:
    months = "SELECT s.customer_key AS who, count(DISTINCT date_trunc('month', s.business_on)) AS months"
    rows = truth(
        context,
        f"SELECT months, count(*) FROM ({months} FROM {LINES} AND s.customer_key IS NOT NULL"
        " AND s.business_on BETWEEN DATE '2026-02-01' AND DATE '2026-10-31' GROUP BY 1) GROUP BY 1 ORDER BY 1 DESC",
    )
    found = run_tool("customers_every_span", {"period": "2026-02-01 to 2026-10-31"}, context)
    assert found.table is not None
    assert [row for row in found.table.rows if row[1]] == [(int(row[0]), int(row[1])) for row in rows]
    everybody = sum(int(row[1]) for row in rows)
    assert found.headline.startswith(f"{int(rows[0][1]):,} (")
    assert f"of {everybody:,} known customers came in every one of the 9 whole months" in found.headline
    assert "from 1 Feb 2026 to 31 Oct 2026" in found.headline


def test_only_whole_weeks_count_and_there_must_be_two(context: ToolContext) -> None:
    weeks = run_tool("customers_every_span", {"span": "week", "period": "2026-10-01 to 2026-10-28"}, context)
    assert "every one of the 3 whole weeks from 5 Oct 2026 to 25 Oct 2026" in weeks.headline
    with pytest.raises(NoDataError, match="not two whole months"):
        run_tool("customers_every_span", {"period": "2026-10-01 to 2026-11-15"}, context)


def test_what_was_promoted_before_it_was_recorded_is_not_told_as_nothing(context: ToolContext) -> None:
    where = [{"dimension": "promotion", "values": ["any promotion"]}]
    with pytest.raises(NoDataError, match="Promotions are recorded from"):
        run_tool("sales_breakdown", {"where": where, "of_total": True, "period": "August 2026"}, context)
    partly = run_tool("part_of_each", {"by": "store", "where": where, "period": "September 2026"}, context)
    assert any("Promotions are recorded from" in one for one in partly.caveats)
