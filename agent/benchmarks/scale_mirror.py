"""The made-up mirror of the ``scale`` benchmark: a chain of up to 2,000 stores over two years, the same rows each time.

The engine writes the rows itself into the canonical tables, in the order that a load of files leaves them in (by store
and day). The sales of the first fifty stores are made up and rolled up by the mirror's own code; every other fifty have
the same sales under other ids, and so the same rollups, since adding up a hundred million lines takes most of an hour.
Ids of sales are as random as platforms' ids are, so that no scan can skip by them. Popularity of products falls
steeply, as it does in stores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb

from agent.benchmarks.ground import TODAY

DAYS = 730
FIRST_ON = TODAY - timedelta(days=DAYS)
LINES_PER_STORE = 50_000
"""About 22 sales a weekday and 25 on Saturdays and Sundays, of three lines each."""

_MOST, _WEEKDAY, _BASKET, _VARIANTS, _RANGED = 25, 22, 3, 20_000, 3_000
_STORES_AT_ONCE = 50
_MEMORY = "4GB"

_STORE = "'S' || lpad(CAST({0} + 1 AS VARCHAR), 4, '0')"
_DAY = f"(DATE '{FIRST_ON}' + CAST({{0}} AS INTEGER))"
_WORDS = (
    """oat rye barley almond walnut cherry lemon pepper garlic honey maple vanilla ginger mint cocoa apple plum berry
    carrot onion""",
    """bread milk butter cheese yoghurt juice tea coffee soup sauce oil rice pasta flour sugar jam cereal biscuit
    cracker nut salad ham sausage fillet steak crisp spread syrup vinegar mustard pickle bean lentil noodle cake muffin
    waffle pie soda water""",
    """classic organic fresh smoked light whole roasted salted plain family mini double dark crunchy creamy spicy sweet
    dried frozen grated sliced chopped fine golden rustic""",
)


def _word(number: int, index: str) -> str:
    words = _WORDS[number].split()
    listed = ", ".join(f"'{word}'" for word in words)
    return f"([{listed}])[CAST({index} % {len(words)} AS INTEGER) + 1]"


_CATALOGUE = f"""
INSERT INTO store (store_id, name, timezone, currency, district, day_starts_at, active)
  SELECT {_STORE.format("i")}, 'Store ' || (i + 1),
    (['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'])
      [CAST(i % $block % 4 AS INTEGER) + 1],
    'USD', 'District ' || (i % 40 + 1), TIME '00:00', true FROM range($stores) r(i);
INSERT INTO category (category_id, name) SELECT 'K' || i, 'Category ' || (i + 1) FROM range(120) r(i);
INSERT INTO product (product_id, name, category_id, department, brand, private_label, active, created_at)
  SELECT 'P' || i, {_word(2, "i // 800")} || ' ' || {_word(0, "i")} || ' ' || {_word(1, "i // 20")}, 'K' || (i % 120),
    'Department ' || (i % 20 + 1), 'Brand ' || (i % 300), i % 5 = 0, true, TIMESTAMPTZ '2024-01-01 00:00:00+00'
  FROM range({_VARIANTS}) r(i);
INSERT INTO variant (variant_id, product_id, sku, barcode, name, unit_of_measure, track_stock, active)
  SELECT 'V' || i, 'P' || i, 'SKU' || i, CAST(30000000000 + i AS VARCHAR), NULL,
    CASE WHEN i % 25 = 0 THEN 'kg' ELSE 'each' END, true, true FROM range({_VARIANTS}) r(i);
INSERT INTO price (variant_id, store_id, valid_from_at, price, currency)
  SELECT 'V' || i, NULL, TIMESTAMPTZ '2024-11-01 05:00:00+00' + to_days(CAST(180 * n AS INTEGER)),
    CAST((100 + (i * 37) % 900 + n) / 100.0 AS DECIMAL(18,4)), 'USD' FROM range({_VARIANTS}) r(i), range(4) c(n);
INSERT INTO price (variant_id, store_id, valid_from_at, price, currency)
  SELECT 'V' || (i * 29), {_STORE.format("s")},
    TIMESTAMPTZ '2025-06-01 05:00:00+00' + to_days(CAST(200 * n AS INTEGER)),
    CAST((105 + (i * 29 * 37) % 900) / 100.0 AS DECIMAL(18,4)), 'USD'
  FROM range($stores) t(s), range(100) r(i), range(2) c(n);
INSERT INTO cost (variant_id, store_id, supplier_id, valid_from_at, unit_cost, currency)
  SELECT 'V' || i, NULL, 'SUP' || (i % 20), TIMESTAMPTZ '2024-11-01 05:00:00+00' + to_days(CAST(180 * n AS INTEGER)),
    CAST((100 + (i * 37) % 900) * 0.0065 AS DECIMAL(18,4)), 'USD'
  FROM range({_VARIANTS}) r(i), range(4) c(n) WHERE i % 50 <> 0;
INSERT INTO cost (variant_id, store_id, supplier_id, valid_from_at, unit_cost, currency)
  SELECT 'V' || (i * 29), {_STORE.format("s")}, 'SUP' || (i * 29 % 20),
    TIMESTAMPTZ '2025-06-01 05:00:00+00' + to_days(CAST(200 * n AS INTEGER)),
    CAST((100 + (i * 29 * 37) % 900) * 0.0064 AS DECIMAL(18,4)), 'USD'
  FROM range($stores) t(s), range(1, 100) r(i), range(2) c(n) WHERE (i * 29) % 50 <> 0;
INSERT INTO supplier (supplier_id, name, currency, min_order_minor, lead_days_mean, lead_days_sd)
  SELECT 'SUP' || i, 'Supplier ' || i, 'USD', 10000, 2 + i % 5, 1 FROM range(20) r(i);
INSERT INTO supplier_item (supplier_id, variant_id, unit_cost, pack_size, min_quantity, lead_days)
  SELECT 'SUP' || (i % 20), 'V' || i, CAST((100 + (i * 37) % 900) * 0.0065 AS DECIMAL(18,4)), 6, 1, 2 + i % 5
  FROM range({_VARIANTS}) r(i);
INSERT INTO promotion (promotion_id, name, kind, value, starts_at, ends_at)
  SELECT 'PR' || i, 'Promotion ' || i, 'percent', 10,
    TIMESTAMPTZ '2024-11-23 05:00:00+00' + to_days(CAST(14 * i AS INTEGER)),
    TIMESTAMPTZ '2024-12-07 05:00:00+00' + to_days(CAST(14 * i AS INTEGER)) FROM range(50) r(i);
INSERT INTO promotion_item (promotion_id, variant_id, starts_on, ends_on)
  SELECT 'PR' || i, 'V' || (i * 40 + j), {_DAY.format("14 * i")}, {_DAY.format("14 * i + 13")}
  FROM range(50) r(i), range(20) c(j);
INSERT INTO customer (customer_key, consent, age_band, household_size)
  SELECT 'C' || lpad(CAST(i AS VARCHAR), 7, '0'), true,
    (['18-24', '25-44', '45-64', '65+'])[CAST(i % 4 AS INTEGER) + 1],
    CAST(i % 5 + 1 AS VARCHAR) FROM range($stores * 400) r(i);
INSERT INTO employee (employee_id, name, role, store_id, hourly_minor, active)
  SELECT 'E' || i, 'Person ' || i, 'associate', {_STORE.format("i // 8")}, 1500 + i % 7 * 50, true
  FROM range($stores * 8) r(i);
INSERT INTO inventory_level (variant_id, store_id, quantity, as_of_at)
  SELECT 'V' || i, {_STORE.format("s")}, CAST(hash(s * 31 + i) % 40 AS INTEGER) - 1, TIMESTAMPTZ '{TODAY} 05:00:00+00'
  FROM range($stores) t(s), range({_RANGED}) r(i) ORDER BY s;
INSERT INTO target (store_id, metric, starts_on, ends_on, value)
  SELECT {_STORE.format("s")}, 'net_sales', m, CAST(m + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE), 14000
  FROM range($stores) t(s), (SELECT CAST(unnest(generate_series(DATE '2024-12-01', DATE '2026-12-01', INTERVAL 1 MONTH))
    AS DATE) AS m);
"""

_LINES = f"""
CREATE OR REPLACE TEMP TABLE made_line AS
SELECT *, lower(hex(hash(i * 2 + 1))) AS sale_id, {_STORE.format("s")} AS store_id, {_DAY.format("d")} AS business_on,
  CAST({_DAY.format("d")} AS TIMESTAMPTZ) + to_seconds(CAST(48600 + n * 1700 + draw % 900 AS BIGINT)) AS closed_at,
  100 + (v * 37) % 900 AS cents, CASE WHEN draw % 10 = 0 THEN (100 + (v * 37) % 900) // 10 ELSE 0 END AS off,
  CASE WHEN hash(i) % 40 = 7 THEN -1 ELSE 1 END AS sign
FROM (
  SELECT *, CAST(floor({_VARIANTS} * power(draw % 1000003 / 1000003.0, 3)) AS INTEGER) AS v, draw // 1009 % 3 + 1 AS q
  FROM (SELECT j // {_BASKET} AS i, j % {_BASKET} + 1 AS k, j // {_BASKET * _MOST * DAYS} AS s,
      j // {_BASKET * _MOST} % {DAYS} AS d, j // {_BASKET} % {_MOST} AS n, CAST(hash(j) >> 2 AS BIGINT) AS draw
    FROM range($first * {_BASKET * _MOST * DAYS}, $last * {_BASKET * _MOST * DAYS}) r(j))
  WHERE n < CASE WHEN (d + {FIRST_ON.weekday()}) % 7 >= 5 THEN {_MOST} ELSE {_WEEKDAY} END);
INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, unit_price, gross_minor, discount_minor, net_minor,
    tax_minor, unit_cost, is_return, is_gift_card, employee_id, store_id, business_on)
  SELECT sale_id, k, 'V' || v, sign * q, CAST(cents / 100.0 AS DECIMAL(18,4)), sign * q * cents, sign * q * off,
    sign * q * (cents - off), sign * q * cents // 20,
    CASE WHEN v % 50 <> 0 THEN CAST(cents * 0.0065 AS DECIMAL(18,4)) END, sign < 0, false, NULL, store_id, business_on
  FROM made_line;
INSERT INTO sale (sale_id, store_id, closed_at, business_on, register_id, employee_id, customer_key, channel, kind,
    currency, gross_minor, discount_minor, net_minor, tax_minor, tip_minor, total_minor, voided, is_test)
  SELECT sale_id, store_id, closed_at, business_on, 'R' || (n % 3 + 1), 'E' || (s * 8 + n % 8),
    CASE WHEN hash(i + 5) % 10 < 6 THEN 'C' || lpad(CAST(s * 400 + hash(i + 9) % 400 AS VARCHAR), 7, '0') END, 'store',
    CASE WHEN sign < 0 THEN 'return' ELSE 'sale' END, 'USD', gross, discount, gross - discount, tax, 0,
    gross - discount + tax, hash(i + 3) % 200 = 0, false
  FROM (SELECT i, s, n, sign, sale_id, store_id, business_on, min(closed_at) AS closed_at,
      CAST(sum(sign * q * cents) AS BIGINT) AS gross, CAST(sum(sign * q * off) AS BIGINT) AS discount,
      CAST(sum(sign * q * cents // 20) AS BIGINT) AS tax
    FROM made_line GROUP BY ALL) ORDER BY i;
INSERT INTO tender (tender_id, sale_id, kind, amount_minor, tip_minor, fee_minor, status, processed_at, store_id,
    business_on)
  SELECT 'P' || sale_id, sale_id, CASE WHEN hash(sale_id) % 10 < 7 THEN 'card' ELSE 'cash' END, total_minor, 0,
    CASE WHEN hash(sale_id) % 10 < 7 THEN total_minor // 50 END, 'completed', closed_at, store_id, business_on
  FROM sale WHERE store_id BETWEEN {_STORE.format("$first")} AND {_STORE.format("$last - 1")};
INSERT INTO sale_discount (sale_id, line_no, seq, promotion_id, name, amount_minor, kind, store_id, business_on)
  SELECT sale_id, k, 1, 'PR' || (v % 50), 'Promotion ' || (v % 50), sign * q * off, 'percent', store_id, business_on
  FROM made_line WHERE off <> 0;
DROP TABLE made_line;
"""

_AROUND = f"""
INSERT INTO register_event (event_id, store_id, register_id, employee_id, kind, amount_minor, expected_minor,
    counted_minor, reason, occurred_at)
  SELECT 'X' || s || '-' || d || '-' || k, {_STORE.format("s")}, 'R1', 'E' || (s * 8 + d % 8),
    (['open_drawer', 'no_sale', 'close_drawer'])[CAST(k AS INTEGER) + 1], CASE WHEN k <> 1 THEN 20000 END,
    CASE WHEN k = 2 THEN 40000 END, CASE WHEN k = 2 THEN 40000 - CAST(hash(s + d) % 300 AS INTEGER) END, NULL,
    CAST({_DAY.format("d")} AS TIMESTAMPTZ) + to_seconds(46800 + k * 21600)
  FROM range($first, $last) t(s), range({DAYS}) c(d), range(3) r(k) ORDER BY s;
INSERT INTO timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes, wage_minor)
  SELECT 'W' || s || '-' || d || '-' || k, 'E' || (s * 8 + (d + k) % 8), {_STORE.format("s")},
    CAST({_DAY.format("d")} AS TIMESTAMPTZ) + to_hours(13 + 4 * k), CAST({_DAY.format("d")} AS TIMESTAMPTZ)
    + to_hours(19 + 4 * k), 30, NULL FROM range($first, $last) t(s), range({DAYS}) c(d), range(3) r(k) ORDER BY s;
INSERT INTO foot_traffic (store_id, hour_at, visitors, source)
  SELECT {_STORE.format("s")}, CAST({_DAY.format("d")} AS TIMESTAMPTZ) + to_hours(13 + h),
    CAST(3 + hash(s * 7919 + d * 31 + h) % 8 AS INTEGER), 'door'
  FROM range($first, $last) t(s), range({DAYS}) c(d), range(12) r(h) ORDER BY s;
"""

_SOURCES = ("sales", "price", "cost", "inventory", "staff", "traffic", "tender", "supplier")


def mirror_path(folder: Path, stores: int) -> Path:
    """Where the mirror of so many stores stands in a folder."""
    return folder / f"scale-{stores}" / "mirror.duckdb"


def stores_for(lines: int) -> int:
    """How many stores have about so many lines together."""
    return max(1, round(lines / LINES_PER_STORE))


def write_mirror(folder: Path, stores: int, said: Callable[[int], object] | None = None) -> Path:
    """Write the mirror unless the folder has it already; returns where it is. ``said`` hears of the stores done."""
    from connectors.mirror.open import open_mirror

    path = mirror_path(folder, stores)
    whole = path.with_name("whole")
    if whole.exists():
        return path
    path.unlink(missing_ok=True)
    with open_mirror(path, memory_limit=_MEMORY) as mirror:
        if mirror.writer is None:
            return path
        mirror.writer.execute_bulk(partial(_run, statements=_CATALOGUE, stores=stores, block=_STORES_AT_ONCE)).result()
        for first, last in _parts(stores):
            mirror.writer.execute_bulk(partial(_fill if first == 0 else _copy, first=first, last=last)).result()
            mirror.writer.execute_bulk(partial(_run, statements=_AROUND, first=first, last=last)).result()
            if said:
                said(last)
        mirror.writer.execute_bulk(_finish).result()
    whole.touch()
    return path


def _parts(stores: int) -> Iterator[tuple[int, int]]:
    for first in range(0, stores, _STORES_AT_ONCE):
        yield first, min(first + _STORES_AT_ONCE, stores)


def _fill(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    from connectors.mirror import rollups

    _run(connection, _LINES, first=first, last=last)
    days = [FIRST_ON + timedelta(days=number) for number in range(DAYS)]
    touched: list[tuple[str, date]] = [(store_name(number), day) for number in range(first, last) for day in days]
    rollups.refresh_stores(connection, touched, followed=False)


def _copy(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """The sales of the first stores once more, for the stores from ``first`` on, with what they were rolled up to."""
    from connectors.mirror.schema import PARTS, ROLLUPS, physical_columns
    from connectors.records import TABLES

    moved = {
        "store_id": f"'S' || lpad(CAST(CAST(substr(store_id, 2) AS INTEGER) + {first} AS VARCHAR), 4, '0')",
        "sale_id": f"sale_id || 'x{first}'",
        "tender_id": f"tender_id || 'x{first}'",
        "employee_id": f"'E' || (CAST(substr(employee_id, 2) AS INTEGER) + {first * 8})",
        "customer_key": f"""'C' || lpad(CAST(CAST(substr(customer_key, 2) AS INTEGER) + {first * 400} AS VARCHAR),
          7, '0')""",
    }
    stored = {name: tuple(physical_columns(TABLES[name])) for name in ("sale", *PARTS)}
    rolled = {
        name: tuple(columns)
        for name, columns in ROLLUPS.items()
        if "store_id" in columns and not name.startswith("door_")
    }
    for name, columns in (stored | rolled).items():
        connection.execute(
            f"""INSERT INTO {name} ({", ".join(columns)}) SELECT {", ".join(moved.get(one, one) for one in columns)}
            FROM {name} WHERE store_id BETWEEN '{store_name(0)}' AND '{store_name(last - first - 1)}'"""
        )


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the rollups into the order in which the mirror's own code writes those of a whole load: by month first."""
    from connectors.mirror.schema import ROLLUPS

    months = sorted({(FIRST_ON + timedelta(days=number)).replace(day=1) for number in range(DAYS)})
    for name, columns in ROLLUPS.items():
        if not {"store_id", "business_on"} <= set(columns) or name.startswith("door_"):
            continue
        listed = ", ".join(columns)
        typed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
        connection.execute(f"ALTER TABLE {name} RENAME TO made_rollup")
        connection.execute(f"CREATE TABLE {name} ({typed})")
        for month in months:
            connection.execute(
                f"""INSERT INTO {name} ({listed}) SELECT {listed} FROM made_rollup
                WHERE business_on BETWEEN DATE '{month}' AND last_day(DATE '{month}')"""
            )
        connection.execute("DROP TABLE made_rollup")


def store_name(number: int) -> str:
    """The id of the store of this number, counted from 0."""
    return f"S{number + 1:04}"


def _run(connection: duckdb.DuckDBPyConnection, statements: str, **numbers: int) -> None:
    for statement in statements.split(";\n"):
        sql = statement
        for name, number in numbers.items():
            sql = sql.replace(f"${name}", str(number))
        if sql.strip():
            connection.execute(sql)


def _finish(connection: duckdb.DuckDBPyConnection) -> None:
    from connectors.mirror import amounts, labour, sku_days, visits
    from connectors.mirror.bookkeeping import SourceUpdate, store_sources
    from connectors.mirror.spans import SPANS

    lay_out(connection)
    amounts.rebuild(connection)
    sku_days.add_up(connection, [FIRST_ON + timedelta(days=number) for number in range(DAYS)])
    visits.make_again(connection)
    labour.make_again(connection)
    for span in SPANS:
        span.make_again(connection)
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 13, tzinfo=UTC)
    store_sources(connection, [SourceUpdate(topic, "bench", at, simulated=False, note="made up") for topic in _SOURCES])
