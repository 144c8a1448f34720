"""Made-up files of a chain, as large as wanted: the same rows each time, written by the engine itself."""

from __future__ import annotations

from pathlib import Path

import duckdb

STORES = 20
VARIANTS = 20_000
DAYS = 730
LINES_PER_SALE = 3

_FILES = {
    "store": f"""SELECT 'S' || lpad(CAST(i + 1 AS VARCHAR), 2, '0') AS store_id, 'Store ' || (i + 1) AS name,
        'America/New_York' AS timezone, 'USD' AS currency FROM range({STORES}) r(i)""",
    "variant": f"""SELECT 'V' || i AS variant_id, 'P' || (i // 2) AS product_id,
        CASE WHEN i % 25 = 0 THEN 'kg' ELSE 'each' END AS unit_of_measure FROM range({VARIANTS}) r(i)""",
    "sale": f"""SELECT 'T' || lpad(CAST(i AS VARCHAR), 9, '0') AS sale_id,
          'S' || lpad(CAST(i % {STORES} + 1 AS VARCHAR), 2, '0') AS store_id,
          strftime(TIMESTAMP '2024-01-01 13:00:00' + to_seconds(CAST(i * {DAYS} // $sales * 86400
            + (i // {STORES}) * 19 % 43200 AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ') AS closed_at,
          CASE WHEN i % 40 = 7 THEN 'return' ELSE 'sale' END AS kind, 'C' || (i % 50000) AS customer_key
        FROM range($sales) r(i)""",
    "sale_line": f"""SELECT sale_id, line_no, variant_id, sign * quantity AS quantity, unit_price,
          sign * quantity * cents AS gross_minor, sign * discount AS discount_minor,
          sign * (quantity * cents - discount) AS net_minor, unit_cost FROM (
        SELECT 'T' || lpad(CAST(i // {LINES_PER_SALE} AS VARCHAR), 9, '0') AS sale_id,
          i % {LINES_PER_SALE} + 1 AS line_no, i % 4 + 1 AS quantity, (i * 37) % 900 + 100 AS cents,
          CASE WHEN i // {LINES_PER_SALE} % 40 = 7 THEN -1 ELSE 1 END AS sign,
          'V' || CAST(floor({VARIANTS} * power(hash(i) % 1000003 / 1000003.0, 3)) AS INTEGER) AS variant_id,
          CASE WHEN i % 10 = 0 THEN 10 ELSE 0 END AS discount,
          CAST(((i * 37) % 900 + 100) / 100.0 AS DECIMAL(18,2)) AS unit_price,
          CASE WHEN i % 50 <> 0 THEN CAST(0.55 + (i % 100) / 100.0 AS DECIMAL(18,2)) END AS unit_cost
        FROM range($sales * {LINES_PER_SALE}) r(i))""",
}
"""Popularity of products falls steeply, as it does in stores; one sale in forty is a return."""


def write_chain(folder: Path, lines: int) -> int:
    """Write about ``lines`` sale lines with all that belongs to them as CSV; returns how many they are."""
    folder.mkdir(parents=True, exist_ok=True)
    sales = max(1, lines // LINES_PER_SALE)
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as engine:
        for name, sql in _FILES.items():
            path = str(folder / f"{name}.csv").replace("'", "''")
            engine.execute(f"COPY ({sql.replace('$sales', str(sales))}) TO '{path}' (FORMAT csv, HEADER)")
    return sales * LINES_PER_SALE
