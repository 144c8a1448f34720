"""The small chain with targets, empty shelves, a late order and a store that hardly sold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.tools_world import World, build_world

GAPS = tuple(date(2026, 11, 2) + timedelta(days=2 * n) for n in range(10))
"""Days on which S05 has no sales: ten of the last 22."""
TARGETS = (
    ("S01", "net_sales", "2026-11-01", "2026-11-30", "9000"),
    ("S02", "net_sales", "2026-11-01", "2026-11-30", "100"),
    ("S03", "net_sales", "2026-11-01", "2026-11-30", "5000.50"),
    ("S01", "net_sales", "2026-10-01", "2026-10-31", "10"),
    ("S02", "net_sales", "2026-10-01", "2026-10-31", "99999"),
    ("S01", "gross_margin_pct", "2026-11-01", "2026-11-30", "99"),
    ("S04", "happiness", "2026-11-01", "2026-11-30", "10"),
)
OUT_OF_STOCK = ("S02", "V1003")


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = build_world(tmp_path_factory.mktemp("targets"), skip=[("S05", day) for day in GAPS])
    for target in TARGETS:
        made.connection.execute(
            "INSERT INTO target (store_id, metric, starts_on, ends_on, value) VALUES (?, ?, ?, ?, ?)", list(target)
        )
    made.connection.execute("UPDATE store SET floor_area_m2 = 100 * CAST(right(store_id, 1) AS INTEGER)")
    level = "INSERT INTO inventory_level (variant_id, store_id, quantity, as_of_at) VALUES (?, ?, ?, ?)"
    for store, variant, quantity in ((*OUT_OF_STOCK, 0), ("S01", "V1003", 4)):
        made.connection.execute(level, [variant, store, quantity, datetime(2026, 11, 23, 5, tzinfo=UTC)])
    made.connection.execute(
        "INSERT INTO purchase_order (po_id, supplier_id, store_id, status, due_at)"
        " VALUES ('PO1', 'SUP', 'S03', 'sent', ?)",
        [datetime(2026, 11, 20, tzinfo=UTC)],
    )
    made.connection.execute(
        "INSERT INTO purchase_order_line (po_id, line_no, variant_id, ordered, received, unit_cost)"
        " VALUES ('PO1', 1, 'V1003', 100, 40, 2.90)"
    )
    yield made
    made.connection.close()
