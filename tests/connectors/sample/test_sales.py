from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.support.sample_mirror import TODAY, SampleWorld

STORES = ("S01", "S02", "S03", "S04", "S05")


@pytest.mark.parametrize(
    "days_ago", [1, 302, *(pytest.param(ago, marks=pytest.mark.full) for ago in (2, 7, 8, 30, 111))]
)
def test_net_sales_and_baskets_of_a_day_equal_the_source(world: SampleWorld, days_ago: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    expected = world.original.execute(
        """SELECT demo, CAST(sum(CAST(round(sales_value * 100) AS BIGINT)) AS BIGINT), count(DISTINCT basket_id)
        FROM t JOIN map USING (store_id) WHERE day = ? GROUP BY demo ORDER BY demo""",
        [day],
    ).fetchall()
    found = world.mirror.reader.query(
        "SELECT store_id, CAST(net_minor AS BIGINT), transactions FROM store_day WHERE business_on = $day ORDER BY 1",
        {"day": day},
    ).rows
    assert expected
    assert found == expected


def test_the_whole_history_equals_the_source(world: SampleWorld) -> None:
    expected = world.original.execute(
        """SELECT count(*), count(DISTINCT basket_id), CAST(sum(CAST(round(sales_value * 100) AS BIGINT)) AS BIGINT),
          CAST(sum(CAST(round((retail_disc + coupon_match_disc) * 100) AS BIGINT)) AS BIGINT)
        FROM t WHERE day < ?""",
        [TODAY],
    ).fetchone()
    found = world.mirror.reader.query(
        "SELECT sum(lines), sum(transactions), CAST(sum(net_minor) AS BIGINT), CAST(sum(discount_minor) AS BIGINT) "
        "FROM store_day"
    ).rows[0]
    assert found == expected


def test_gross_less_discounts_is_net_on_every_line_and_document(world: SampleWorld) -> None:
    assert world.mirror.reader.query(
        "SELECT (SELECT count(*) FROM sale_line WHERE gross_minor - discount_minor <> net_minor), "
        "(SELECT count(*) FROM sale s JOIN (SELECT sale_id, sum(net_minor) AS net FROM sale_line GROUP BY sale_id) l "
        "ON l.sale_id = s.sale_id WHERE s.net_minor <> l.net)"
    ).rows == [(0, 0)]


def test_stamps_are_utc_and_days_are_new_york(world: SampleWorld) -> None:
    assert world.mirror.reader.query(
        "SELECT count(*) FROM sale WHERE business_on <> CAST(closed_at AT TIME ZONE 'America/New_York' AS DATE)"
    ).rows == [(0,)]
    evening = world.original.execute(
        """SELECT count(DISTINCT basket_id) FROM t
        WHERE day <> CAST(transaction_timestamp AS DATE) + ? AND day < ?""",
        [7 * world.report.shift_weeks, TODAY],
    ).fetchone()
    assert evening is not None
    assert evening[0] > 10_000
    found = world.mirror.reader.query(
        "SELECT count(*) FROM sale WHERE business_on <> CAST(closed_at AT TIME ZONE 'UTC' AS DATE)"
    ).rows
    assert abs(found[0][0] - evening[0]) < evening[0] / 20


def test_weekdays_stay_weekdays_and_nothing_of_today_is_loaded(world: SampleWorld) -> None:
    first, last = world.mirror.reader.query("SELECT min(business_on), max(business_on) FROM sale").rows[0]
    assert first == world.report.first_on
    assert first.weekday() == 6
    assert last == TODAY - timedelta(days=1)
    assert 300 <= world.report.history_days <= 306


def test_fuel_counts_in_net_sales_and_never_in_units(world: SampleWorld) -> None:
    net, units, lines = world.mirror.reader.query(
        "SELECT sum(d.net_minor), sum(d.units), sum(d.lines) FROM store_sku_day d JOIN variant v "
        "ON v.variant_id = d.variant_id JOIN product p ON p.product_id = v.product_id "
        "WHERE p.name LIKE '%asoline%'"
    ).rows[0]
    expected = world.original.execute(
        """SELECT CAST(sum(CAST(round(sales_value * 100) AS BIGINT)) AS BIGINT), count(*)
        FROM t JOIN p USING (product_id)
        WHERE product_type LIKE 'GASOLINE%' AND day < ?""",
        [TODAY],
    ).fetchone()
    assert (int(net), lines) == expected
    assert units == 0
    per_basket = world.mirror.reader.query("SELECT sum(units) / sum(transactions) FROM store_day").rows[0][0]
    assert 5 < per_basket < 20


def test_no_continuous_good_hides_among_the_pieces(world: SampleWorld) -> None:
    largest = world.mirror.reader.query(
        "SELECT max(l.quantity) FROM sale_line l LEFT JOIN variant v ON v.variant_id = l.variant_id "
        "WHERE coalesce(v.unit_of_measure, 'each') = 'each'"
    ).rows[0][0]
    assert largest < 200


def test_lines_of_quantity_zero_stay_without_a_unit_price(world: SampleWorld) -> None:
    expected = world.original.execute("SELECT count(*) FROM t WHERE quantity = 0 AND day < ?", [TODAY]).fetchone()
    found = world.mirror.reader.query("SELECT count(*), count(unit_price) FROM sale_line WHERE quantity = 0").rows[0]
    assert expected is not None
    assert found == (expected[0], 0)


def test_lines_of_unknown_products_stay_and_have_no_variant_row(world: SampleWorld) -> None:
    expected = world.original.execute(
        "SELECT count(*), count(DISTINCT product_id) FROM t ANTI JOIN p USING (product_id) WHERE day < ?", [TODAY]
    ).fetchone()
    found = world.mirror.reader.query(
        "SELECT count(*), count(DISTINCT l.variant_id) FROM sale_line l ANTI JOIN variant v "
        "ON v.variant_id = l.variant_id WHERE l.name LIKE 'Unknown product %'"
    ).rows[0]
    assert found == expected


def test_manufacturers_coupons_are_a_tender_and_not_a_discount(world: SampleWorld) -> None:
    found = world.mirror.reader.query(
        "SELECT (SELECT sum(amount_minor) FROM tender), (SELECT sum(net_minor) FROM sale), "
        "(SELECT sum(amount_minor) FROM tender WHERE status = 'manufacturer_coupon' AND kind = 'other'), "
        "(SELECT sum(amount_minor) FROM sale_discount), (SELECT sum(discount_minor) FROM sale)"
    ).rows[0]
    paid, net, coupons, discounts, document_discounts = found
    assert paid == net
    assert discounts == document_discounts
    given = world.original.execute("SELECT sum(coupon_disc) * 100 FROM t WHERE day < ?", [TODAY]).fetchone()
    assert given is not None
    assert 0 <= Decimal(given[0]) - coupons < Decimal(given[0]) / 50


def test_every_real_store_is_in_exactly_one_pool_and_on_its_sales(world: SampleWorld) -> None:
    with (world.home / "sample-stores.csv").open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == len({row["original_store_id"] for row in rows}) == 457
    assert {row["store_id"] for row in rows} == set(STORES)
    demo_of = {row["original_store_id"]: row["store_id"] for row in rows}
    pairs = world.mirror.reader.query("SELECT DISTINCT register_id, store_id FROM sale").rows
    assert all(demo_of[register] == store for register, store in pairs)


def test_demo_stores_differ_clearly_and_none_is_too_small(world: SampleWorld) -> None:
    average = dict(
        world.mirror.reader.query(
            "SELECT store_id, CAST(sum(transactions) AS DOUBLE) / $days FROM store_day GROUP BY store_id",
            {"days": world.report.history_days},
        ).rows
    )
    sizes = [average[store_id] for store_id in STORES]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 48
    assert all(larger / smaller > 1.1 for larger, smaller in pairwise(sizes))
