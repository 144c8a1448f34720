"""The range, households, campaigns and average days of the loaded sample, against plain SQL over the base tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.asked_sample import NET, OCTOBER, asked_sample, shown, truth
from tools.context import Role, Scope, ToolContext
from tools.errors import BadArgumentError, NotAllowedError, ToolError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

COUNTS = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE) AND s.kind <> 'return'"
LINES = f"sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE {COUNTS} AND {OCTOBER}"
KNOWN = f"{COUNTS} AND {OCTOBER} AND s.customer_key IS NOT NULL"
BUYERS = f"SELECT DISTINCT s.customer_key, s.store_id FROM sale s WHERE {KNOWN}"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def test_customers_of_two_stores_and_of_one_but_not_the_other(context: ToolContext) -> None:
    sql = (
        f"SELECT COUNT(*) FILTER (a AND b), COUNT(*) FILTER (a AND NOT b) FROM (SELECT customer_key,"
        f" BOOL_OR(store_id = 'S01') AS a, BOOL_OR(store_id = 'S02') AS b FROM ({BUYERS}) GROUP BY 1)"
    )
    both, only = truth(context, sql)[0]
    found = run_tool("shared_customers", {"stores": "S01 and S02", "period": "October 2026"}, context)
    assert f"{both:,} known customers" in found.headline
    found = run_tool("shared_customers", {"stores": "S01", "but_not": "S02", "period": "October 2026"}, context)
    assert f"{only:,} known customers" in found.headline
    pairs = run_tool("shared_customers", {"period": "October 2026"}, context)
    assert pairs.table is not None
    shared = [int(row[2] or 0) for row in pairs.table.rows]
    assert shared[0] == max(shared)
    assert both in shared


def test_shared_customers_refuses_what_makes_no_sense(context: ToolContext) -> None:
    for arguments in ({"stores": "S01"}, {"but_not": "S01"}, {"stores": "S01 and S02", "but_not": "S02"}):
        with pytest.raises(BadArgumentError):
            run_tool("shared_customers", arguments, context)
    one = ToolContext(Scope("U_MANAGER_S01", Role.STORE_MANAGER, ("S01",)), context.mirror, context.clock)
    with pytest.raises((ToolError, NotAllowedError)):
        run_tool("shared_customers", {"stores": "S01 and S02"}, one)


def test_customers_of_at_least_three_stores(context: ToolContext) -> None:
    sql = f"SELECT COUNT(*) FROM (SELECT customer_key FROM ({BUYERS}) GROUP BY 1 HAVING COUNT(*) >= 3)"
    expected = truth(context, sql)[0][0]
    found = run_tool("customers_across_stores", {"at_least": 3, "period": "October 2026"}, context)
    assert shown(found, "customers", "stores")["at least 3"] == str(expected)
    with pytest.raises(BadArgumentError, match="5 stores"):
        run_tool("customers_across_stores", {"at_least": 6}, context)


def test_households_by_age_and_by_two_attributes(context: ToolContext) -> None:
    sql = (
        f"SELECT c.{{}}, COUNT(*) FROM (SELECT DISTINCT customer_key FROM ({BUYERS})) b JOIN customer c USING"
        " (customer_key) WHERE c.{} IS NOT NULL GROUP BY 1"
    )
    ages = dict(truth(context, sql.format("age_band", "age_band")))
    found = run_tool("household_profile", {"by": ["age_band"], "period": "October 2026"}, context)
    values = shown(found, "customers", "age_band")
    assert {band: values[band] for band in ages} == {band: str(number) for band, number in ages.items()}
    kids = dict(truth(context, sql.format("kids", "kids")))
    with_kids = sum(number for key, number in kids.items() if key != "0")
    found = run_tool(
        "household_profile", {"by": ["kids"], "values": ["1", "2", "3+"], "period": "October 2026"}, context
    )
    assert f"{with_kids:,} of them" in found.headline
    two = run_tool("household_profile", {"by": ["age_band", "income_band"], "period": "October 2026"}, context)
    assert two.table is not None
    assert all(isinstance(row[2], int) and row[2] >= 5 for row in two.table.rows)


def test_the_range_by_department_maker_and_pack_size(context: ToolContext) -> None:
    base = (
        "FROM variant v JOIN product p USING (product_id) LEFT JOIN shelf h USING (product_id)"
        " WHERE v.active AND p.active"
    )
    expected = dict(truth(context, f"SELECT h.department, COUNT(*) {base} GROUP BY 1"))
    found = run_tool("range_counts", {"by": "department"}, context)
    values = shown(found, "product_count", "department")
    assert values["Grocery"] == str(expected["Grocery"])
    makers = truth(context, f"SELECT COUNT(DISTINCT p.brand) {base}")[0][0]
    assert shown(run_tool("range_counts", {"count": "brand"}, context), "brand_count", "")[""] == str(makers)
    sizes = dict(truth(context, f"SELECT LOWER(TRIM(v.pack_size)), COUNT(*) {base} GROUP BY 1"))
    by_size = shown(run_tool("range_counts", {"by": "pack_size"}, context), "product_count", "pack_size")
    assert by_size["16 oz"] == str(sizes["16 oz"])
    known = "AND l.variant_id IN (SELECT variant_id FROM variant)"
    sold = truth(context, f"SELECT COUNT(DISTINCT l.variant_id) FROM {LINES} {known}")[0][0]
    october = run_tool("range_counts", {"period": "October 2026"}, context)
    assert shown(october, "product_count", "")[""] == str(sold)


def test_campaigns_coupons_and_contacts(context: ToolContext) -> None:
    begun = "starts_on <= DATE '2026-11-22'"
    kinds = dict(truth(context, f"SELECT kind, COUNT(*) FROM campaign WHERE {begun} GROUP BY 1"))
    found = shown(run_tool("campaign_facts", {}, context), "campaigns", "campaign_type")
    assert {kind: found[kind] for kind in kinds} == {kind: str(number) for kind, number in kinds.items()}
    one = run_tool("campaign_facts", {"campaign": "8"}, context)
    days = truth(context, "SELECT ends_on - starts_on + 1 FROM campaign WHERE campaign_id = '8'")[0][0]
    assert f"{days} days" in one.headline
    most = truth(
        context,
        f"SELECT campaign_id FROM campaign_audience JOIN campaign USING (campaign_id) WHERE {begun} GROUP BY 1"
        " ORDER BY COUNT(DISTINCT customer_key) DESC LIMIT 1",
    )[0][0]
    reach = run_tool("campaign_facts", {"rank_by": "households"}, context)
    assert f"Campaign {most} was sent to the most households" in reach.headline
    ran = f"SELECT campaign_id FROM campaign WHERE {begun}"
    used = truth(
        context,
        f"SELECT COUNT(DISTINCT coupon_id) FROM coupon_redemption WHERE campaign_id IN ({ran})"
        " AND redeemed_on <= DATE '2026-11-22'",
    )[0][0]
    coupons = run_tool("campaign_facts", {"show": "coupons"}, context)
    assert shown(coupons, "coupons_used", "")[""] == str(used)
    sends, people = truth(
        context,
        f"SELECT COUNT(*), COUNT(DISTINCT customer_key) FROM (SELECT DISTINCT campaign_id, customer_key FROM"
        f" campaign_audience WHERE campaign_id IN ({ran}))",
    )[0]
    contacts = run_tool("campaign_facts", {"show": "households"}, context)
    assert shown(contacts, "campaigns_per_household", "")[""] == f"{Decimal(sends) / people:.2f}"


def test_an_average_day_by_department_and_weekday_and_the_floor(context: ToolContext) -> None:
    found = run_tool("rates_by_group", {"period": "October 2026", "by": "weekday"}, context)
    rows = truth(
        context, f"SELECT DAYNAME(s.business_on), SUM({NET}), COUNT(DISTINCT s.business_on) FROM {LINES} GROUP BY 1"
    )
    values = shown(found, "net_sales_per_day", "weekday")
    assert {day: values[day] for day, _, _ in rows} == {
        day: f"{Decimal(net) / number / 100:.2f}" for day, net, number in rows
    }
    saturday = run_tool("rates_by_group", {"period": "October 2026", "by": "weekday", "weekday": "saturday"}, context)
    assert "on an average Saturday" in saturday.headline
    sql = (
        f"SELECT SUM({NET}) FROM sale s JOIN sale_line l ON l.sale_id = s.sale_id JOIN variant v USING (variant_id)"
        f" JOIN shelf h USING (product_id) WHERE {COUNTS} AND {OCTOBER} AND h.department = 'Produce'"
    )
    produce = Decimal(truth(context, sql)[0][0])
    by_department = shown(
        run_tool("rates_by_group", {"period": "October 2026"}, context), "net_sales_per_day", "department"
    )
    assert by_department["Produce"] == f"{produce / 31 / 100:.2f}"
    area = truth(context, "SELECT SUM(floor_area_m2) FROM store")[0][0]
    floor = run_tool("rates_by_group", {"period": "October 2026", "per": "square_metre"}, context)
    assert shown(floor, "net_sales_per_m2", "department")["Produce"] == f"{produce / Decimal(area) / 100:.2f}"
    with pytest.raises(BadArgumentError):
        run_tool("rates_by_group", {"per": "square_foot", "by": "weekday"}, context)
