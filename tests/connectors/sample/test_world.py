from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectors.errors import InputError
from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch
from connectors.sandbox.sample.catalogue import plain_words
from connectors.sandbox.sample.customers import pseudonym
from connectors.sandbox.sample.load import load_sample
from tests.support.mirror_rows import store
from tests.support.sample_mirror import TODAY, SampleWorld

SIMULATED = (
    "cost",
    "inventory_level",
    "supplier",
    "supplier_item",
    "employee",
    "timecard",
    "foot_traffic",
    "weather_hour",
)
REAL = (
    "sale",
    "sale_line",
    "sale_discount",
    "product",
    "variant",
    "price",
    "customer",
    "campaign",
    "coupon_redemption",
)


@pytest.mark.parametrize("table", SIMULATED)
def test_every_invented_row_says_that_it_is(world: SampleWorld, table: str) -> None:
    count, marked = world.mirror.reader.query(f"SELECT count(*), count(*) FILTER (WHERE simulated) FROM {table}").rows[
        0
    ]
    assert count == marked > 0


@pytest.mark.parametrize("table", REAL)
def test_real_rows_are_not_marked(world: SampleWorld, table: str) -> None:
    count, marked = world.mirror.reader.query(f"SELECT count(*), count(*) FILTER (WHERE simulated) FROM {table}").rows[
        0
    ]
    assert count > 0
    assert marked == 0


def test_every_source_says_how_fresh_and_how_real_it_is(world: SampleWorld) -> None:
    sources = world.mirror.reader.snapshot().sources
    simulated = {topic for topic, state in sources.items() if state.simulated}
    assert simulated == {"cost", "inventory", "staff", "traffic", "weather", "tender", "supplier"}
    assert set(sources) - simulated == {"sales", "price"}
    assert sources["sales"].as_of_at.isoformat() == "2026-11-23T05:00:00+00:00"
    assert all(state.note for state in sources.values())


def test_names_can_be_said_and_told_apart(world: SampleWorld) -> None:
    count, names, unnamed = world.mirror.reader.query(
        "SELECT count(*), count(DISTINCT name), count(*) FILTER (WHERE name LIKE 'Unnamed product %') FROM product"
    ).rows[0]
    assert count == names == 92_331
    expected = world.original.execute(
        "SELECT count(*) FROM p WHERE product_type IS NULL AND product_category IS NULL"
    ).fetchone()
    assert expected is not None
    assert unnamed == expected[0]
    found = dict(
        world.mirror.reader.query("SELECT product_id, name FROM product WHERE product_id IN ('1095275', '26081')").rows
    )
    assert found == {
        "1095275": "Rolls: bagels, 4 oz, national brand #1095275",
        "26081": "Unnamed product 26081 (Miscellaneous)",
    }


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("FRZN FRENCH FRIES", "Frozen french fries"),
        ("CANDY BARS (SINGLES)(INCLUDING", "Candy bars (singles)"),
        ("DRY DOG VALUE (PET PRIDE/KLR/G", "Dry dog value"),
        ("SALD DRSNG/SNDWCH SPRD", "Salad dressing/sandwich spread"),
        ("ROLLS: BAGELS", "Rolls: bagels"),
    ],
)
def test_shorthand_becomes_words(raw: str, plain: str) -> None:
    assert plain_words(raw) == plain


def test_prices_are_recent_prices_of_real_lines(world: SampleWorld) -> None:
    row = world.mirror.reader.query(
        "SELECT variant_id, store_id, price FROM price WHERE store_id IS NOT NULL AND variant_id = 'V1082185' "
        "ORDER BY store_id LIMIT 1"
    ).rows[0]
    last = world.original.execute(
        """SELECT round((sales_value + retail_disc + coupon_match_disc) / quantity, 2) FROM t JOIN map USING (store_id)
        WHERE product_id = 1082185 AND demo = ? AND day < ? AND quantity > 0
        ORDER BY transaction_timestamp DESC LIMIT 5""",
        [row[1], TODAY],
    ).fetchall()
    assert float(row[2]) in [price for (price,) in last]
    assert world.mirror.reader.query("SELECT count(*) FROM price WHERE price <= 0 OR price > 1000").rows == [(0,)]


def test_margins_are_plausible_and_some_costs_are_unknown(world: SampleWorld) -> None:
    margin, unknown = world.mirror.reader.query(
        "SELECT CAST(sum(known_cost_net_minor) - sum(cogs_minor) AS DOUBLE) "
        "/ CAST(sum(known_cost_net_minor) AS DOUBLE), "
        "CAST(sum(unknown_cost_lines) AS DOUBLE) / CAST(sum(lines) AS DOUBLE) FROM store_day"
    ).rows[0]
    assert 0.2 < margin < 0.35
    assert 0.01 < unknown < 0.05


def test_more_people_come_than_buy(world: SampleWorld) -> None:
    rows = world.mirror.reader.query(
        "SELECT d.store_id, CAST(sum(d.transactions) AS DOUBLE) / max(f.visitors) FROM store_day d JOIN "
        "(SELECT store_id, sum(visitors) AS visitors FROM foot_traffic GROUP BY store_id) f ON f.store_id = d.store_id "
        "GROUP BY d.store_id"
    ).rows
    assert len(rows) == 5
    assert all(0.5 < conversion < 0.8 for _, conversion in rows)


def test_nobody_works_twice_at_once(world: SampleWorld) -> None:
    overlaps = world.mirror.reader.query(
        "SELECT count(*) FROM timecard a JOIN timecard b ON a.employee_id = b.employee_id "
        "AND a.timecard_id < b.timecard_id AND a.clock_in_at < b.clock_out_at AND b.clock_in_at < a.clock_out_at"
    ).rows
    assert overlaps == [(0,)]


def test_customers_are_pseudonyms(world: SampleWorld) -> None:
    keys = {key for (key,) in world.mirror.reader.query("SELECT customer_key FROM customer").rows}
    assert 2000 < len(keys) <= 2469
    assert pseudonym(900) in keys
    assert not any(key.isdigit() and len(key) <= 4 for key in keys)


def test_loading_the_same_day_again_changes_nothing(world: SampleWorld) -> None:
    before = world.mirror.reader.snapshot()
    again = load_sample(world.mirror, world.home, TODAY)
    assert not again.loaded
    assert again.lines == world.report.lines
    assert world.mirror.reader.snapshot() is before


def test_the_facts_are_written_beside_the_mirror(world: SampleWorld) -> None:
    facts = json.loads((world.home / "sample.json").read_text())
    assert facts["today"] == "2026-11-23"
    assert facts["first_on"] == "2026-01-25"
    assert facts["shift_weeks"] == 473
    assert facts["history_days"] == 302


def test_a_mirror_with_other_data_is_left_alone(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch([store()])).result(timeout=10)
        with pytest.raises(InputError, match="already holds other stores"):
            load_sample(mirror, tmp_path, TODAY)
        assert mirror.reader.query("SELECT name FROM store").rows == [("Market Street",)]


@pytest.mark.slow
@pytest.mark.full
def test_another_day_replaces_the_whole_sample(tmp_path: Path) -> None:
    with open_mirror(tmp_path / "mirror.duckdb") as mirror:
        first = load_sample(mirror, tmp_path, TODAY)
        second = load_sample(mirror, tmp_path, TODAY.replace(day=24))
        assert second.loaded
        assert second.history_days == first.history_days + 1
        assert second.sales > first.sales
        assert mirror.reader.query("SELECT count(*) FROM store").rows == [(5,)]
        assert mirror.reader.query("SELECT count(DISTINCT business_on), max(business_on) FROM store_day").rows == [
            (mirror.reader.query("SELECT count(DISTINCT business_on) FROM sale").rows[0][0], TODAY)
        ]
        assert mirror.reader.snapshot().sources["sales"].as_of_at.isoformat() == "2026-11-24T05:00:00+00:00"
