"""The rollups of baskets, payments, discounts, people and registers: always what documents add up to."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.mirror import rollups
from connectors.mirror.open import Mirror, open_mirror
from connectors.mirror.origins import drop_rows, name_of
from connectors.mirror.writer import Batch
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store

START = datetime(2026, 3, 4, 17, tzinfo=UTC)
_COUNTS = "NOT coalesce(s.voided, false) AND NOT coalesce(s.is_test, false)"
_BACK = "(coalesce(l.is_return, false) OR s.kind = 'return')"
_NET = f"""CASE WHEN {_BACK} THEN coalesce(l.net_minor, l.gross_minor - coalesce(l.discount_minor, 0))
  ELSE l.gross_minor - coalesce(l.discount_minor, 0) END"""
_EACH = "coalesce(v.unit_of_measure, 'each') = 'each'"
_LINES = f"""sale_line l JOIN sale s USING (sale_id) LEFT JOIN variant v USING (variant_id)
  WHERE {_COUNTS} AND NOT coalesce(l.is_gift_card, false)"""
BY_HAND = {
    "SELECT store_id, business_on, hour_of_day, net_minor, units, items FROM basket": f"""
      SELECT s.store_id, s.business_on, extract(hour FROM s.closed_at AT TIME ZONE st.timezone), coalesce(h.net, 0),
        coalesce(h.units, 0), coalesce(h.items, 0)
      FROM sale s JOIN store st USING (store_id) LEFT JOIN (
        SELECT sale_id, sum({_NET}) AS net,
          sum(CASE WHEN NOT {_EACH} THEN 0 WHEN {_BACK} THEN -abs(l.quantity) ELSE l.quantity END) AS units,
          sum(CASE WHEN {_EACH} THEN CASE WHEN {_BACK} THEN -abs(l.quantity) ELSE l.quantity END
            WHEN {_BACK} THEN 0 ELSE 1 END) AS items
        FROM {_LINES} GROUP BY 1) h USING (sale_id)
      WHERE {_COUNTS} AND s.kind <> 'return'""",
    "SELECT store_id, business_on, employee_id, net_minor FROM employee_day": f"""
      SELECT s.store_id, s.business_on, coalesce(l.employee_id, s.employee_id), sum({_NET})
      FROM {_LINES} GROUP BY 1, 2, 3""",
    """SELECT store_id, business_on, hour_of_day, register_id, employee_id, sales, gross_minor, discounted, given_minor,
        CAST(given_squares AS BIGINT), automatic_minor, refunds, refunded_minor, CAST(refunded_squares AS BIGINT)
      FROM register_hour""": f"""
      SELECT store_id, business_on, hour_of_day, register_id, employee_id, count(*) FILTER (kind <> 'return'),
        sum(gross), count(*) FILTER (given > 0), sum(given), sum(given * given), sum(automatic),
        count(*) FILTER (refunded > 0), sum(refunded), sum(refunded * refunded)
      FROM (SELECT s.* EXCLUDE (employee_id), extract(hour FROM s.closed_at AT TIME ZONE st.timezone) AS hour_of_day,
          coalesce(s.employee_id, l.rung_up_by) AS employee_id, coalesce(l.gross, 0) AS gross,
          coalesce(l.refunded, 0) AS refunded,
          CASE WHEN s.kind = 'return' THEN 0 ELSE greatest(coalesce(l.off, 0) - coalesce(g.known, 0), 0) END AS given,
          CASE WHEN s.kind = 'return' THEN 0 ELSE least(coalesce(l.off, 0), coalesce(g.known, 0)) END AS automatic
        FROM (SELECT * FROM sale s WHERE {_COUNTS}) s JOIN store st USING (store_id) LEFT JOIN (
          SELECT sale_id, min(l.employee_id) AS rung_up_by,
            sum(CASE WHEN {_BACK} THEN 0 ELSE l.gross_minor END) AS gross,
            sum(CASE WHEN {_BACK} THEN 0 ELSE l.discount_minor END) AS off,
            -sum(CASE WHEN {_BACK} THEN {_NET} ELSE 0 END) AS refunded FROM {_LINES} GROUP BY 1) l USING (sale_id)
        LEFT JOIN (SELECT sale_id, sum(abs(amount_minor)) AS known FROM sale_discount
          WHERE promotion_id IS NOT NULL OR code IS NOT NULL OR kind = 'loyalty' GROUP BY 1) g USING (sale_id))
      GROUP BY 1, 2, 3, 4, 5""",
    """SELECT store_id, business_on, kind, amount_minor, refunded_minor, payments, tip_minor, fee_minor, fee_base_minor
      FROM tender_day""": f"""
      SELECT s.store_id, s.business_on, CASE WHEN t.sale_id IS NULL THEN ''
          WHEN lower(t.status) IN ('voided', 'failed') OR t.amount_minor IS NULL THEN '-'
          WHEN t.status = 'manufacturer_coupon' THEN 'manufacturer_coupon' ELSE coalesce(t.kind, 'other') END,
        sum(t.amount_minor), sum(least(t.amount_minor, 0)) FILTER (t.amount_minor < 0), count(*),
        sum(coalesce(t.tip_minor, 0)), sum(coalesce(t.fee_minor, 0)),
        sum(t.amount_minor) FILTER (coalesce(t.fee_minor, 0) <> 0)
      FROM sale s LEFT JOIN tender t USING (sale_id) WHERE {_COUNTS} AND coalesce(s.total_minor, 1) <> 0
      GROUP BY 1, 2, 3""",
    """SELECT store_id, business_on, name, code, kind, sum(amount_minor), sum(uses),
        sum(documents) + count(DISTINCT sale_id) FROM discount_day GROUP BY ALL""": f"""
      SELECT s.store_id, s.business_on, g.name, g.code, g.kind, sum(g.amount_minor), count(*), count(DISTINCT g.sale_id)
      FROM sale_discount g JOIN sale s USING (sale_id) LEFT JOIN sale_line l USING (sale_id, line_no)
      WHERE {_COUNTS} AND NOT {_BACK} AND NOT coalesce(l.is_gift_card, false) AND g.amount_minor IS NOT NULL
      GROUP BY ALL""",
    "SELECT store_id, sum(documents) + count(DISTINCT sale_id) FROM discount_day GROUP BY 1": f"""
      SELECT s.store_id, count(DISTINCT g.sale_id)
      FROM sale_discount g JOIN sale s USING (sale_id) LEFT JOIN sale_line l USING (sale_id, line_no)
      WHERE {_COUNTS} AND NOT {_BACK} AND NOT coalesce(l.is_gift_card, false) AND g.amount_minor IS NOT NULL
      GROUP BY 1""",
}
"""What a rollup holds, and the same from single rows."""
BY_HAND["SELECT store_id, customer_key, first_on FROM customer_first"] = f"""
  SELECT s.store_id, s.customer_key, min(s.business_on) FROM sale s
  WHERE {_COUNTS} AND s.kind <> 'return' AND s.customer_key IS NOT NULL GROUP BY 1, 2"""
BY_HAND["SELECT store_id, variant_id, first_on, last_on FROM sku_sold"] = f"""
  SELECT store_id, variant_id, min(business_on), max(business_on) FROM (
    SELECT s.store_id, l.variant_id, s.business_on FROM {_LINES} AND l.variant_id IS NOT NULL GROUP BY 1, 2, 3
    HAVING sum(CASE WHEN NOT {_EACH} THEN 0 WHEN {_BACK} THEN -abs(l.quantity) ELSE l.quantity END) > 0
      OR sum(CASE WHEN {_BACK} THEN 0 ELSE l.gross_minor END) > 0) GROUP BY 1, 2"""
OF_DOCUMENTS = ("basket", "tender_day", "discount_day", "employee_day", "register_hour", "sku_sold")


def write(mirror: Mirror, *rows: Row) -> None:
    assert mirror.writer is not None
    mirror.writer.submit(Batch(rows=list(rows))).result(timeout=60)


def tender(tender_id: str, sale_id: str, amount_minor: int | None = 500, **values: Any) -> Row:
    return Row("tender", {"tender_id": tender_id, "sale_id": sale_id, "amount_minor": amount_minor} | values)


def discount(sale_id: str, seq: int, amount_minor: int | None = 50, **values: Any) -> Row:
    return Row("sale_discount", {"sale_id": sale_id, "seq": seq, "amount_minor": amount_minor} | values)


def assert_all_add_up(mirror: Mirror) -> int:
    """The number of rows of all rollups, once they are what they should be."""
    rows = 0
    for rolled, by_hand in BY_HAND.items():
        found = [tuple(_plain(cell) for cell in row) for row in mirror.reader.query(rolled).rows]
        wanted = [tuple(_plain(cell) for cell in row) for row in mirror.reader.query(by_hand).rows]
        assert sorted(map(repr, found)) == sorted(map(repr, wanted)), rolled
        rows += len(found)
    return rows


def _plain(cell: Any) -> Any:
    """Numbers alike whatever their type; nothing where a sum of nothing is said in two ways."""
    return None if not cell else Decimal(cell).normalize() if isinstance(cell, int | Decimal) else cell


def _document(chance: random.Random, number: int) -> list[Row]:
    """A document with everything that can be odd about one."""
    name = f"s{chance.randrange(9)}"
    kind = chance.choice(("sale", "sale", "sale", "return", "exchange"))
    rows = [
        sale(
            name,
            START + timedelta(days=chance.randrange(4), hours=chance.randrange(20)),
            store_id=chance.choice(("S01", "T02")),
            source_version=number,
            kind=kind,
            voided=chance.random() < 0.15,
            is_test=chance.random() < 0.1,
            total_minor=chance.choice((None, 0, 900)),
            employee_id=chance.choice((None, "E1", "E2")),
            register_id=chance.choice((None, "R1")),
            customer_key=chance.choice((None, "C1", "C2")),
        )
    ]
    places = range(1, chance.randrange(2, 5))
    for place in places:
        back = kind == "return" or chance.random() < 0.1
        rows.append(
            line(
                name,
                place,
                chance.randrange(100, 900) * (-1 if back else 1),
                quantity=chance.choice(("1", "2", "0.750")),
                variant_id=chance.choice(("V1", "HAM", None)),
                discount_minor=chance.choice((None, 20)),
                is_return=back,
                is_gift_card=chance.random() < 0.1,
                employee_id=chance.choice((None, None, "E3")),
            )
        )
    rows.extend(
        discount(
            name,
            seq,
            chance.choice((30, 45, None)),
            line_no=chance.choice((None, *places)),
            name=chance.choice((None, "Spring", "Staff")),
            code=chance.choice((None, "X1")),
            kind=chance.choice(("percent", "amount", "loyalty")),
            promotion_id=chance.choice((None, "PR1")),
        )
        for seq in range(chance.randrange(4))
    )
    rows.extend(
        tender(
            f"{name}-{place}",
            name,
            chance.choice((700, -200, None)),
            kind=chance.choice(("cash", "card", None)),
            status=chance.choice((None, "completed", "Voided", "manufacturer_coupon")),
            fee_minor=chance.choice((None, 0, 12)),
            tip_minor=chance.choice((None, 40)),
        )
        for place in range(chance.randrange(3))
    )
    return rows


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 4))])
def test_they_follow_corrections_voids_and_moves_of_any_documents(mirror: Mirror, seed: int) -> None:
    chance = random.Random(seed)
    write(mirror, store("T02", timezone="Asia/Tokyo"))
    for variant, unit in (("V1", "each"), ("HAM", "kg")):
        write(mirror, Row("variant", {"variant_id": variant, "product_id": "P", "unit_of_measure": unit}))
    rows = 0
    for number in range(14):
        write(mirror, *_document(chance, number))
        rows += assert_all_add_up(mirror)
    assert rows > 100
    assert mirror.writer is not None
    mirror.writer.execute_bulk(rollups.refresh).result(timeout=60)
    assert_all_add_up(mirror)


def test_payments_and_discounts_that_come_by_themselves_are_added_to_their_day(mirror: Mirror) -> None:
    write(mirror, sale("a", total_minor=1000), line("a"), sale("b", START + timedelta(days=1)), line("b"))
    assert [row[0] for row in mirror.reader.query("SELECT kind FROM tender_day").rows] == ["", ""]
    write(mirror, tender("t1", "a", 1000, kind="card"), discount("a", 1, 100, name="Spring"))
    assert_all_add_up(mirror)
    write(mirror, tender("t1", "b", 1000, kind="card"))  # it belonged to the other document after all
    assert_all_add_up(mirror)
    found = mirror.reader.query("SELECT business_on, kind FROM tender_day ORDER BY 1").rows
    assert [kind for _, kind in found] == ["", "card"]


def test_a_payment_that_comes_before_its_document_waits_for_it(mirror: Mirror) -> None:
    write(mirror, tender("t1", "a", 1000, kind="cash"))
    assert mirror.reader.query("SELECT * FROM tender_day").rows == []
    write(mirror, sale("a"), line("a"))
    assert mirror.reader.query("SELECT kind, amount_minor, payments FROM tender_day").rows == [("cash", 1000, 1)]


def test_a_document_that_is_gone_leaves_nothing_behind(mirror: Mirror) -> None:
    write(mirror, sale("a"), line("a"), tender("t1", "a"), discount("a", 1, name="Spring"))
    assert mirror.writer is not None

    def drop(connection: duckdb.DuckDBPyConnection) -> None:
        rollups.refresh(connection, drop_rows(connection, {name_of("sale", ("a",))}))

    mirror.writer.execute_bulk(drop).result(timeout=60)
    for name in OF_DOCUMENTS:
        assert mirror.reader.query(f"SELECT * FROM {name}").rows == []


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_before_is_filled_when_it_is_opened(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), sale("a"), line("a"), tender("t1", "a"), discount("a", 1, name="Spring"))
    with duckdb.connect(str(path)) as connection:
        for name in OF_DOCUMENTS:
            connection.execute(f"DROP TABLE {name}")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path, read_only=read_only) as mirror:
        assert assert_all_add_up(mirror) == 7


def test_the_days_a_product_sold_move_with_what_is_corrected(mirror: Mirror) -> None:
    def bounds() -> list[Any]:
        found = mirror.reader.query("SELECT variant_id, first_on, last_on FROM sku_sold ORDER BY 1").rows
        return [(variant, (first - START.date()).days, (last - START.date()).days) for variant, first, last in found]

    for name, day in (("a", 0), ("b", 5), ("c", 9)):
        write(mirror, sale(name, START + timedelta(days=day), source_version=1), line(name, variant_id="V1"))
    assert bounds() == [("V1", 0, 9)]
    write(mirror, sale("c", START + timedelta(days=9), source_version=2, voided=True), line("c", variant_id="V1"))
    assert bounds() == [("V1", 0, 5)]
    write(mirror, sale("a", source_version=2), line("a", variant_id="V2"))
    assert bounds() == [("V1", 5, 5), ("V2", 0, 0)]
    back = line("r", 1, -500, quantity="-1", variant_id="V2", is_return=True)
    write(mirror, sale("r", START + timedelta(days=20), kind="return"), back)
    assert bounds() == [("V1", 5, 5), ("V2", 0, 0)]  # what comes back was not sold


def test_a_rollup_is_filled_where_it_alone_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "mirror.duckdb"
    with open_mirror(path) as mirror:
        write(mirror, store(), sale("a", register_id="R1"), line("a"), discount("a", 1, kind="loyalty"))
        write(mirror, sale("b", START + timedelta(days=40), employee_id="E1"), line("b"))
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE register_hour")
        connection.execute("DROP TABLE sku_sold")
        connection.execute("DELETE FROM mirror_meta WHERE key = 'definition'")
    with open_mirror(path) as mirror:
        assert_all_add_up(mirror)
        assert mirror.reader.query("SELECT sales, register_id FROM register_hour ORDER BY business_on").rows == [
            (1, "R1"),
            (1, None),
        ]
