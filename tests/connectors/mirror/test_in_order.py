"""Rows of a large load are seen at once, also where an earlier part of the same load had none for their table."""

from __future__ import annotations

import duckdb
import pytest

from connectors.mirror import rollups
from connectors.mirror.open import Mirror

_LATER = 125_000
"""Sales with a customer: more than fill a group of rows."""

_SALES = f"""INSERT INTO sale (sale_id, store_id, closed_at, business_on, kind, currency, customer_key, total_minor)
SELECT 'T' || i, 'S01', TIMESTAMPTZ '2026-01-01 17:00:00+00' + to_days(CAST(d AS INTEGER)),
  DATE '2026-01-01' + CAST(d AS INTEGER), 'sale', 'USD', CASE WHEN d >= 40 THEN 'C' || i END, 0
FROM (SELECT i, CASE WHEN i < 1000 THEN i % 40 ELSE 40 + i % 40 END AS d FROM range({_LATER + 1000}) r(i));
INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, gross_minor, net_minor, store_id, business_on)
SELECT sale_id, 1, 'V1', 1, 100, 100, store_id, business_on FROM sale"""


def test_customers_of_a_later_slice_are_seen_where_the_first_had_none(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(_SALES)
        found = connection.execute("SELECT DISTINCT store_id, business_on FROM sale ORDER BY 2").fetchall()
        monkeypatch.setattr(rollups, "_slices", lambda *_: iter([found[:40], found[40:]]))
        rollups.refresh(connection, found)

    assert mirror.writer is not None
    mirror.writer.execute_bulk(load).result(timeout=120)
    assert mirror.reader.query("SELECT COUNT(*) FROM customer_hour").rows == [(_LATER,)]
