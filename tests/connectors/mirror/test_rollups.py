from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.mirror import rollups
from connectors.mirror.open import Mirror
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows)).result(timeout=10)


def day(mirror: Mirror) -> dict[str, Any]:
    return mirror.reader.query("SELECT * FROM store_day").dicts()[0]


def variant(variant_id: str, unit: str = "each") -> Row:
    return Row("variant", {"variant_id": variant_id, "product_id": "P", "unit_of_measure": unit})


def test_sales_discounts_and_returns_follow_the_definitions(mirror: Mirror) -> None:
    write(
        mirror,
        sale("s1", tax_minor=80, tip_minor=20),
        line("s1", 1, 1000, discount_minor=100, quantity=2, unit_cost="3.00"),
        line("s1", 2, 500),
        sale("r1", kind="return", original_sale_id="s1", tax_minor=-40),
        line("r1", 1, -500, discount_minor=-50, quantity=-1, is_return=True, unit_cost="3.00"),
        sale("x1", kind="exchange"),
        line("x1", 1, -200, quantity=-1, is_return=True),
        line("x1", 2, 300),
    )
    found = day(mirror)
    assert found["gross_minor"] == 1800
    assert found["discount_minor"] == 100
    assert found["returns_minor"] == 650
    assert found["net_minor"] == 1800 - 100 - 650
    assert found["sale_net_minor"] == 900 + 500 - 200 + 300
    assert found["transactions"] == 2
    assert found["units"] == 2 + 1 - 1 - 1 + 1
    assert (found["tax_minor"], found["tip_minor"]) == (40, 20)


def test_what_does_not_count_does_not_count(mirror: Mirror) -> None:
    write(
        mirror,
        sale("v", voided=True), line("v"),
        sale("t", is_test=True), line("t"),
        sale("g"), line("g", 1, 5000, is_gift_card=True), line("g", 2, 100),
    )  # fmt: skip
    found = day(mirror)
    assert (found["net_minor"], found["transactions"], found["lines"]) == (100, 1, 1)


def test_only_goods_sold_by_the_piece_are_units(mirror: Mirror) -> None:
    write(
        mirror,
        variant("V1"),
        variant("FUEL", "gallon"),
        variant("HAM", "kg"),
        sale("s1"),
        line("s1", 1, 100, quantity=3),
        line("s1", 2, 100, quantity="10.604", variant_id="FUEL"),
        line("s1", 3, 100, quantity="0.5", variant_id="HAM"),
        line("s1", 4, 100, quantity=2, variant_id="NOT-IN-CATALOGUE"),
        line("s1", 5, 100, quantity=1, variant_id=None),
    )
    assert day(mirror)["units"] == 6
    assert day(mirror)["net_minor"] == 500


def test_a_changed_unit_of_measure_recounts_days_long_stored(mirror: Mirror) -> None:
    write(mirror, variant("V1"), sale("s1"), line("s1", quantity=7))
    assert day(mirror)["units"] == 7
    write(mirror, variant("V1", "kg"))
    assert day(mirror)["units"] == 0


def test_unknown_cost_is_never_a_margin(mirror: Mirror) -> None:
    write(
        mirror,
        sale("s1"),
        line("s1", 1, 1000, quantity=2, unit_cost="3.3333"),
        line("s1", 2, 500),
        sale("r", kind="return"),
        line("r", 1, -500, quantity=-1, is_return=True, unit_cost="3.3333"),
    )
    found = day(mirror)
    assert found["cogs_minor"] == Decimal("333.33")
    assert found["known_cost_net_minor"] == 500
    assert found["unknown_cost_lines"] == 1


def test_cost_is_in_the_minor_units_of_the_currency(mirror: Mirror) -> None:
    write(mirror, store("T01", currency="JPY", timezone="Asia/Tokyo"), store("K01", currency="KWD"))
    write(mirror, sale("j", store_id="T01"), line("j", 1, 900, unit_cost=400, quantity=2))
    write(mirror, sale("k", store_id="K01"), line("k", 1, 9000, unit_cost="4.5", quantity=1))
    found = dict(mirror.reader.query("SELECT store_id, cogs_minor FROM store_day").rows)
    assert found == {"T01": Decimal(800), "K01": Decimal(4500)}


def test_hours_are_local_and_add_up_to_the_day(mirror: Mirror) -> None:
    for number, hour in enumerate((5, 12, 12, 23)):
        at = datetime(2026, 3, 4, hour, 30, tzinfo=UTC)
        write(mirror, sale(f"s{number}", at), line(f"s{number}", 1, 100 * (number + 1)))
    hours = mirror.reader.query("SELECT hour_of_day, net_minor, transactions FROM store_hour ORDER BY 1").rows
    assert hours == [(0, Decimal(100), 1), (7, Decimal(500), 2), (18, Decimal(400), 1)]
    assert day(mirror)["net_minor"] == 1000


def test_a_document_of_several_lines_of_one_product_is_one_transaction_of_it(mirror: Mirror) -> None:
    write(mirror, sale("s1"), line("s1", 1), line("s1", 2), sale("s2"), line("s2", 1))
    rows = mirror.reader.query("SELECT variant_id, transactions, lines FROM store_sku_day").rows
    assert rows == [("V1", 2, 3)]


def test_touched_days_equal_a_full_recomputation(mirror: Mirror) -> None:
    for number in range(30):
        at = datetime(2026, 3, 1 + number % 9, number % 24, 5, tzinfo=UTC)
        write(mirror, sale(f"s{number}", at, source_version=1), line(f"s{number}", 1, 10 * number, unit_cost="0.05"))
        if number % 3 == 0:
            write(mirror, sale(f"s{number // 2}", at, source_version=2), line(f"s{number // 2}", 1, 7, variant_id=None))
    tables = ("store_day", "store_hour", "store_sku_day")
    kept = {name: sorted(map(str, mirror.reader.query(f"SELECT * FROM {name}").rows)) for name in tables}
    assert mirror.writer is not None
    mirror.writer.execute_bulk(rollups.refresh).result(timeout=10)
    for name in tables:
        assert sorted(map(str, mirror.reader.query(f"SELECT * FROM {name}").rows)) == kept[name]


def test_rollup_sums_are_narrow_decimals(mirror: Mirror) -> None:
    types = mirror.reader.query(
        "SELECT DISTINCT data_type FROM duckdb_columns() "
        "WHERE table_name LIKE 'store_%day' AND column_name LIKE '%minor'"
    ).rows
    assert types == [("DECIMAL(18,2)",)]


@pytest.mark.parametrize(
    ("zone", "texts"),
    [
        # Clocks go forward at two, and back at two.
        ("America/New_York", "2026-03-08T06:59:59Z 2026-03-08T07:00:00Z 2026-11-01T05:59:59Z 2026-11-01T06:00:00Z"),
        # Until 2011 they did so at one minute past midnight, within a quarter of an hour.
        ("America/St_Johns", "2010-03-14T03:30:30Z 2010-03-14T03:31:00Z 2010-11-07T02:30:59Z 2010-11-07T02:31:00Z"),
        ("Asia/Kathmandu", "2026-03-04T18:14:59Z 2026-03-04T18:15:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T14:59:59Z 2026-04-04T15:00:00Z 2026-10-03T15:30:00Z"),
    ],
)
def test_the_hour_is_the_zones_own_even_where_clocks_change(mirror: Mirror, zone: str, texts: str) -> None:
    write(mirror, store("Z01", timezone=zone))
    instants = [datetime.fromisoformat(text) for text in texts.split()]
    for number, at in enumerate(instants):
        write(mirror, sale(f"z{number}", at, store_id="Z01"), line(f"z{number}"))
    local = [at.astimezone(ZoneInfo(zone)) for at in instants]
    expected = sorted({(at.date(), at.hour) for at in local})
    hours = mirror.reader.query("SELECT business_on, hour_of_day FROM store_hour ORDER BY 1, 2").rows
    assert hours == expected


def test_many_days_are_added_up_in_slices_as_they_would_be_at_once(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(mirror, store("S02"))
    rows: list[Row] = []
    for number in range(400):
        at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=7 * number)
        rows += [
            sale(f"s{number}", at, store_id=f"S0{number % 2 + 1}", kind="return" if number % 9 == 0 else "sale"),
            *(line(f"s{number}", n, n * number, variant_id=f"V{(n * number) % 3}") for n in (1, 2, 3)),
        ]
    write(mirror, *rows)
    assert mirror.writer is not None
    tables = ("store_day", "store_hour", "store_sku_day")
    found = []
    for lines in (1_000_000, 50):
        monkeypatch.setattr(rollups, "_SLICE_LINES", lines)
        mirror.writer.execute_bulk(rollups.refresh).result(timeout=10)
        found.append({name: sorted(map(str, mirror.reader.query(f"SELECT * FROM {name}").rows)) for name in tables})
    assert found[0] == found[1]
    assert len(found[0]["store_day"]) > 100
    by_hand = """SELECT l.store_id, l.business_on, l.variant_id,
          count(DISTINCT l.sale_id) FILTER (WHERE s.kind <> 'return')
        FROM sale_line l JOIN sale s ON s.sale_id = l.sale_id GROUP BY ALL ORDER BY ALL"""
    rolled = "SELECT store_id, business_on, variant_id, transactions FROM store_sku_day ORDER BY ALL"
    assert mirror.reader.query(by_hand).rows == mirror.reader.query(rolled).rows
