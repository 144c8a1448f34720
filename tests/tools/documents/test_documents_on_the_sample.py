"""Sales details over the loaded sample, against SQL over the original parquet files and the stand-alone tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.support.documents_world import figures, rows
from tests.support.sample_mirror import SampleWorld, loaded_sample
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.errors import NoDataError
from tools.registry import run_tool

pytestmark = [pytest.mark.slow, pytest.mark.full]

STORES = ("S01", "S02", "S03", "S04", "S05")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWorld]:
    with loaded_sample(tmp_path_factory.mktemp("sample")) as world:
        yield world


@pytest.fixture(scope="module")
def context(sample: SampleWorld) -> ToolContext:
    clock = FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    return ToolContext(Scope("U_OWNER", Role.OWNER, STORES), sample.mirror.reader, clock)


@pytest.fixture(scope="module")
def original(sample: SampleWorld) -> duckdb.DuckDBPyConnection:
    """Baskets of October with their net sales in cents, from the package's own rows."""
    sample.original.execute(
        f"""CREATE TABLE october AS SELECT t.*, map.demo, CAST(round(t.sales_value * 100) AS BIGINT) AS cents
        FROM t JOIN map ON map.store_id = t.store_id WHERE t.day BETWEEN '{OCTOBER[0]}' AND '{OCTOBER[1]}';
        CREATE TABLE basket AS SELECT basket_id, min(demo) AS demo, min(household_id) AS household_id, min(day) AS day,
          CAST(sum(cents) AS BIGINT) AS cents FROM october GROUP BY basket_id"""
    )
    return sample.original


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_payments_add_up_to_what_the_original_baskets_came_to(
    context: ToolContext, original: duckdb.DuckDBPyConnection
) -> None:
    result = run_tool("tender_mix", {"period": "October"}, context)
    amounts = figures(result, "payments", "tender")
    assert amounts[""] == Decimal(one(original, "SELECT sum(cents) FROM basket")).scaleb(-2)
    # A coupon pays at most for its basket.
    per_basket = "SELECT least(sum(CAST(round(coupon_disc * 100) AS BIGINT)), sum(cents)) AS paid FROM october"
    coupons = one(original, f"SELECT CAST(sum(paid) AS BIGINT) FROM ({per_basket} GROUP BY basket_id)")
    assert amounts["manufacturer_coupon"] == Decimal(coupons).scaleb(-2)
    assert "Payments are simulated" in " ".join(result.caveats)


def test_the_median_basket_is_that_of_the_original(context: ToolContext, original: duckdb.DuckDBPyConnection) -> None:
    result = run_tool("basket_statistics", {"period": "October", "by": "store"}, context)
    shown = figures(result, "median_transaction_value", "store")
    for store in STORES:
        median = one(original, f"SELECT quantile_cont(cents, 0.5) FROM basket WHERE demo = '{store}'")
        assert shown[store] == (Decimal(str(median)) / 100).quantize(Decimal("0.01"))
    assert figures(result, "transactions", "store")[""] == one(original, "SELECT count(*) FROM basket")
    upper = one(original, "SELECT quantile_cont(cents, 0.75) FROM basket")
    assert figures(result, "transaction_value_p75", "store")[""] == (Decimal(str(upper)) / 100).quantize(
        Decimal("0.01")
    )


def test_baskets_with_a_department_are_those_of_the_original(
    context: ToolContext, original: duckdb.DuckDBPyConnection
) -> None:
    result = run_tool("basket_statistics", {"period": "October", "department": "Produce"}, context)
    with_it = one(
        original,
        "SELECT count(DISTINCT o.basket_id) FROM october o JOIN p ON p.product_id = o.product_id"
        " WHERE p.department = 'PRODUCE'",
    )
    assert figures(result, "transactions", "department")["Produce"] == with_it


def test_discounts_are_those_of_the_original(context: ToolContext, original: duckdb.DuckDBPyConnection) -> None:
    result = run_tool("discounts_used", {"period": "October"}, context)
    shown = figures(result, "discounts", "name")
    for name, column in (("Loyalty price", "retail_disc"), ("Coupon match", "coupon_match_disc")):
        cents = one(original, f"SELECT sum(CAST(round({column} * 100) AS BIGINT)) FROM october")
        assert shown[name] == Decimal(cents).scaleb(-2)
    given = figures(
        run_tool("sales_summary", {"period": "October", "metrics": ["discounts"]}, context), "discounts", "x"
    )
    assert shown[""] == given[""]


def test_new_customers_are_those_without_an_earlier_basket(
    context: ToolContext, sample: SampleWorld, original: duckdb.DuckDBPyConnection
) -> None:
    result = run_tool("new_and_returning", {"period": "October", "within_days": 14}, context)
    first = "SELECT household_id, min(day) AS first_on FROM t JOIN map ON map.store_id = t.store_id GROUP BY 1"
    new = one(
        original,
        f"SELECT count(DISTINCT b.household_id) FROM basket b JOIN ({first}) f ON f.household_id = b.household_id"
        f" WHERE f.first_on >= '{OCTOBER[0]}'",
    )
    assert figures(result, "new_customers", "x")[""] == new
    everyone = one(original, "SELECT count(DISTINCT household_id) FROM basket")
    assert figures(result, "identified_customers", "x")[""] == everyone
    back = one(
        original,
        "WITH seen AS (SELECT household_id, min(day) AS on_day FROM basket GROUP BY 1)"
        " SELECT count(DISTINCT s.household_id) FROM seen s JOIN t ON t.household_id = s.household_id"
        " JOIN map ON map.store_id = t.store_id WHERE t.day > s.on_day AND t.day <= s.on_day + 14",
    )
    assert figures(result, "customers_came_back", "within_days")["14"] == back


def test_new_customers_of_each_month_are_those_who_first_bought_in_it(
    context: ToolContext, original: duckdb.DuckDBPyConnection
) -> None:
    result = run_tool("new_and_returning", {"period": "August to October", "by": "month"}, context)
    known = original.execute(
        "WITH seen AS (SELECT household_id, day, min(day) OVER (PARTITION BY household_id) AS first_on"
        " FROM t JOIN map ON map.store_id = t.store_id)"
        " SELECT strftime(day, '%Y-%m'), count(DISTINCT CASE WHEN date_trunc('month', first_on)"
        " = date_trunc('month', day) THEN household_id END), count(DISTINCT household_id)"
        " FROM seen WHERE day BETWEEN '2026-08-01' AND '2026-10-31' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    shown = [row[:3] for row in rows(result)]
    assert shown == [(month, new, everybody - new) for month, new, everybody in known]
    assert f"by month: 2026-08 {100 * shown[0][2] / (shown[0][1] + shown[0][2]):.1f} %" in result.text


def test_own_label_and_price_bands_add_up_to_the_original(
    context: ToolContext, original: duckdb.DuckDBPyConnection
) -> None:
    result = run_tool("private_label_share", {"period": "October"}, context)
    own = one(
        original,
        "SELECT sum(cents) FROM october o JOIN p ON p.product_id = o.product_id WHERE p.brand = 'Private'",
    )
    assert figures(result, "net_sales", "label")["private label"] == Decimal(own).scaleb(-2)
    banded = run_tool("price_bands", {"period": "October", "department": "Deli", "bands": ["3"]}, context)
    under = one(
        original,
        "SELECT sum(cents) FROM october o JOIN p ON p.product_id = o.product_id"
        " WHERE p.department = 'DELI' AND o.quantity > 0 AND o.cents > 0 AND o.cents < 300 * o.quantity",
    )
    assert figures(banded, "net_sales", "price_band")["under $3.00"] == Decimal(under).scaleb(-2)


def test_the_peak_hour_is_that_of_the_original(context: ToolContext, original: duckdb.DuckDBPyConnection) -> None:
    result = run_tool("peak_times", {"period": "October", "weekday": "Saturday"}, context)
    shown = figures(result, "transactions_per_hour", "hour")
    counted = original.execute(
        """SELECT extract('hour' FROM (transaction_timestamp AT TIME ZONE 'UTC') AT TIME ZONE 'America/New_York'),
        count(DISTINCT basket_id) FROM october WHERE isodow(day) = 6 GROUP BY 1"""
    ).fetchall()
    assert {int(hour): shown[str(int(hour))] for hour, _ in counted} == {
        int(hour): Decimal(count) / 5 for hour, count in counted
    }


def test_a_receipt_of_the_original_is_found_whole(context: ToolContext, original: duckdb.DuckDBPyConnection) -> None:
    basket, cents, lines = original.execute(
        "SELECT basket_id, sum(cents), count(*) FROM october GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchall()[0]
    result = run_tool("find_transaction", {"text": str(basket)}, context)
    assert figures(result, "net_amount", "receipt")[str(basket)] == Decimal(cents).scaleb(-2)
    assert len(rows(result)) == lines


def test_what_the_sample_does_not_hold_is_said_and_not_nought(context: ToolContext) -> None:
    for tool in ("taxes_and_tips", "gift_cards", "refunds_and_voids"):
        with pytest.raises(NoDataError):
            run_tool(tool, {"period": "October"}, context)
    with pytest.raises(NoDataError, match="do not say who rang them up"):
        run_tool("discounts_used", {"period": "October", "by": "employee"}, context)
