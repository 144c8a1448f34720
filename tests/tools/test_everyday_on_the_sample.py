"""Everyday questions over the loaded sample, against plain SQL over the base tables of the mirror."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.asked_sample import NET, OCTOBER, STORES, asked_sample, shown, truth
from tools.context import ToolContext
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

COUNTS = "NOT COALESCE(s.voided, FALSE) AND NOT COALESCE(s.is_test, FALSE)"
LINES = f"sale s JOIN sale_line l ON l.sale_id = s.sale_id WHERE {COUNTS} AND {OCTOBER}"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolContext]:
    with asked_sample(tmp_path_factory.mktemp("sample")) as asked:
        yield asked


def dollars(cents: Any) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"


def test_an_average_day_and_the_floor(context: ToolContext) -> None:
    sql = f"SELECT s.store_id, SUM({NET}), COUNT(DISTINCT s.business_on) FROM {LINES} GROUP BY 1"
    days = {store: (Decimal(net), number) for store, net, number in truth(context, sql)}
    result = run_tool("sales_rates", {"period": "October 2026", "by": "store"}, context)
    found = shown(result, "net_sales_per_day", "store")
    assert {store: found[store] for store in STORES} == {s: dollars(net / n) for s, (net, n) in days.items()}
    assert found[""] == dollars(sum(net for net, _ in days.values()) / 31)
    areas = dict(truth(context, "SELECT store_id, floor_area_m2 FROM store"))
    floor = run_tool("sales_rates", {"period": "October 2026", "per": "square_metre"}, context)
    per = shown(floor, "net_sales_per_m2", "store")
    assert {store: per[store] for store in STORES} == {s: dollars(net / areas[s]) for s, (net, _) in days.items()}
    assert any("simulated" in one for one in floor.caveats)


def test_the_cost_of_goods_leaves_out_what_is_unknown_and_says_so(context: ToolContext) -> None:
    sql = (
        f"SELECT SUM(CAST(l.unit_cost * l.quantity * 100 AS DECIMAL(18,2))), COUNT(*) - COUNT(l.unit_cost) FROM {LINES}"
    )
    cost, unknown = truth(context, sql)[0]
    result = run_tool("sales_summary", {"period": "October 2026", "metrics": ["cogs"]}, context)
    assert shown(result, "cost_of_goods", "x")[""] == dollars(cost)
    assert unknown > 0
    assert any(f"The cost of {unknown:,} lines is unknown" in one and "the cost of goods leaves" in one
               for one in result.caveats)  # fmt: skip


def test_the_largest_transactions(context: ToolContext) -> None:
    sql = f"SELECT s.sale_id, SUM({NET}) AS net FROM {LINES} GROUP BY 1 ORDER BY net DESC"
    sums = truth(context, sql)
    result = run_tool("largest_transactions", {"period": "October 2026", "over": "200"}, context)
    over = [net for _, net in sums if net > 20000]
    assert shown(result, "transactions", "receipt")[""] == str(len(over))
    assert shown(result, "net_sales", "receipt")[""] == dollars(sum(over))
    values = shown(result, "transaction_value", "receipt")
    assert values[sums[0][0]] == dollars(sums[0][1])
    assert sorted(values.values(), reverse=True)[:3] == [dollars(net) for _, net in sums[:3]]


def test_cash_by_store(context: ToolContext) -> None:
    sql = f"""SELECT s.store_id, SUM(t.amount_minor) FROM sale s JOIN tender t ON t.sale_id = s.sale_id
        WHERE {COUNTS} AND {OCTOBER} AND t.kind = 'cash' GROUP BY 1"""
    arguments = {"by": "store", "metrics": ["payments"], "period": "October 2026"}
    where = [{"dimension": "tender", "values": ["cash"]}]
    found = shown(run_tool("sales_breakdown", {**arguments, "where": where}, context), "payments", "store")
    assert {store: found[store] for store in STORES} == {s: dollars(net) for s, net in truth(context, sql)}


def test_districts_are_the_sums_of_their_stores(context: ToolContext) -> None:
    sql = f"""SELECT d.district, SUM(d.net) FROM (SELECT s.store_id, st.district, {NET} AS net FROM sale s
        JOIN sale_line l ON l.sale_id = s.sale_id JOIN store st ON st.store_id = s.store_id
        WHERE {COUNTS} AND {OCTOBER}) d GROUP BY 1"""
    found = shown(run_tool("sales_breakdown", {"by": "district", "period": "October 2026"}, context),
                  "net_sales", "district")  # fmt: skip
    assert {name: found[name] for name in ("North", "South")} == {n: dollars(net) for n, net in truth(context, sql)}


def test_customers_of_several_stores(context: ToolContext) -> None:
    sql = f"""SELECT q.stores, COUNT(*) FROM (SELECT s.customer_key, COUNT(DISTINCT s.store_id) AS stores FROM sale s
        WHERE {COUNTS} AND {OCTOBER} AND s.customer_key IS NOT NULL AND s.kind <> 'return' GROUP BY 1) q GROUP BY 1"""
    counts = dict(truth(context, sql))
    found = shown(run_tool("customers_across_stores", {"period": "October 2026"}, context), "customers", "stores")
    assert found["several"] == str(sum(number for stores, number in counts.items() if stores > 1))
    assert found["1"] == str(counts[1])
    assert all(int(value or 0) >= 5 for value in found.values())
    assert sum(int(v or 0) for name, v in found.items() if name not in ("", "several")) == sum(counts.values())


def test_coupons_by_income(context: ToolContext) -> None:
    sql = """SELECT COALESCE(c.income_band, ''), COUNT(*), COUNT(CASE WHEN EXISTS (SELECT 1 FROM coupon_redemption r
          JOIN campaign_audience b ON b.campaign_id = r.campaign_id AND b.customer_key = r.customer_key
          JOIN campaign g ON g.campaign_id = r.campaign_id AND g.starts_on <= DATE '2026-11-22'
          WHERE r.customer_key = a.customer_key AND r.redeemed_on <= DATE '2026-11-22') THEN 1 END)
        FROM (SELECT DISTINCT y.customer_key FROM campaign_audience y JOIN campaign g ON g.campaign_id = y.campaign_id
          WHERE g.starts_on <= DATE '2026-11-22' AND g.ends_on >= DATE '2026-01-25') a
        LEFT JOIN customer c ON c.customer_key = a.customer_key GROUP BY 1"""
    rows = truth(context, sql)
    wanted = {band or "Not known": (str(sent), str(used)) for band, sent, used in rows if sent >= 5}
    result = run_tool("coupon_use_by_household", {"by": "income_band"}, context)
    sent, used = (shown(result, name, "income_band") for name in ("households_sent", "households_redeeming"))
    assert len(sent) >= 8
    assert {band: (sent[band], used[band]) for band in sent}.items() <= wanted.items()
    assert not [number for number in used.values() if 0 < int(number or 0) < 5]
    assert not 0 < sum(used for *_, used in rows) - sum(int(number or 0) for number in used.values()) < 5


def test_the_busiest_hour_of_each_store(context: ToolContext) -> None:
    sql = f"""SELECT s.store_id, EXTRACT(HOUR FROM s.closed_at AT TIME ZONE st.timezone) AS hour, COUNT(*)
        FROM sale s JOIN store st ON st.store_id = s.store_id
        WHERE {COUNTS} AND {OCTOBER} AND s.kind <> 'return' GROUP BY 1, 2"""
    best: dict[str, tuple[int, int]] = {}
    for store, hour, number in truth(context, sql):
        best[store] = max(best.get(store, (0, 0)), (int(number), -int(hour)))
    result = run_tool("peak_hours_by_store", {"period": "October 2026"}, context)
    found = {
        one.group["store"]: (one.group["hour"], one.value)
        for one in result.figures
        if one.metric == "transactions_per_hour"
    }
    assert found == {store: (str(-hour), f"{Decimal(n) / 31:.1f}") for store, (n, hour) in best.items()}


def test_a_split_by_two_says_its_range_and_not_only_who_leads(context: ToolContext) -> None:
    result = run_tool("sales_breakdown", {"by": "store, month", "period": "last quarter"}, context)
    assert "15 rows from Market Street" in result.text
    assert "(lowest)" in result.text


def test_the_last_word_names_the_thing_where_nothing_has_all_of_them(context: ToolContext) -> None:
    """No colour is told of a wine; what only ends in “red” (“prepared”) or is red is further from it than a wine."""
    found = run_tool("find_products", {"text": "red wine"}, context)
    assert "No product has all of “red wine”" in found.text
    assert found.table is not None
    assert all("wine" in str(row[0]).lower() for row in found.table.rows[:5])
