"""One small shop whose planogram, audits and sales are planted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext
from tools.result import ToolResult

NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
LAST_ON = date(2026, 11, 22)
DAYS = [LAST_ON - timedelta(days=back) for back in range(59, -1, -1)]
AUDIT, EARLIER = date(2026, 11, 19), date(2026, 11, 12)
PRODUCTS = {
    # name, department, category, pieces a day, fixture, position, facings, capacity
    "A": ("Oat milk", "Grocery", "Plant drinks", 8, "F1", "1", 4, 40),
    "B": ("Rice milk", "Grocery", "Plant drinks", 2, "F1", "2", 4, 40),
    "C": ("Green tea", "Grocery", "Tea", 1, "F1", "3", 6, 60),
    "D": ("Black tea", "Grocery", "Tea", 1, "F2", "1", 6, 60),
    "E": ("Coffee", "Grocery", "Coffee", 6, "F2", "2", 2, 20),
    "F": ("Cocoa", "Grocery", "Coffee", 4, "F3", "1", 2, 20),
}
GONE_SINCE = AUDIT
"""From the day after the audit on nothing of product E sold."""


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


def sold(product: str, day: date) -> int:
    if product == "E" and day > GONE_SINCE:
        return 0
    return int(PRODUCTS[product][3])


def rows(*, planned: bool = True, scanned: bool = True) -> Iterator[Row]:
    for store, name in (("S01", "Market Street"), ("S02", "Harbor Point")):
        yield Row(
            "store",
            {"store_id": store, "name": name, "timezone": "America/New_York", "currency": "USD", "district": "North"},
        )
    for ident, (name, department, category, *_) in PRODUCTS.items():
        yield Row("category", {"category_id": category, "name": category})
        yield Row("product", {"product_id": ident, "name": name, "department": department, "category_id": category})
        yield Row("variant", {"variant_id": ident, "product_id": ident, "name": name, "barcode": f"00400{ord(ident)}"})
    yield Row("product", {"product_id": "Z", "name": "Stray candle", "department": "Home"})
    yield Row("variant", {"variant_id": "Z", "product_id": "Z", "name": "Stray candle", "barcode": "99900"})
    for store in ("S01", "S02"):
        for day in DAYS:
            yield Row("sale", {"sale_id": f"{store}{day}", "store_id": store, "closed_at": at(day, 12)})
            for line, product in enumerate(PRODUCTS):
                if count := sold(product, day):
                    yield Row(
                        "sale_line",
                        {
                            "sale_id": f"{store}{day}",
                            "line_no": line,
                            "variant_id": product,
                            "quantity": count,
                            "gross_minor": 100 * count,
                            "unit_cost": "0.60",
                        },
                    )
    yield Row(
        "inventory_level", {"store_id": "S01", "variant_id": "E", "quantity": 0, "area": "floor", "as_of_at": NOW}
    )
    yield Row(
        "inventory_level", {"store_id": "S01", "variant_id": "E", "quantity": 12, "area": "backroom", "as_of_at": NOW}
    )
    if planned:
        for ident, (*_, fixture, position, facings, capacity) in PRODUCTS.items():
            yield Row(
                "planogram",
                {
                    "store_id": "S01",
                    "variant_id": ident,
                    "fixture": fixture,
                    "position": position,
                    "facings": facings,
                    "shelf_capacity": capacity,
                    "from_on": date(2026, 1, 1),
                },
            )
        # An old planogram that is no longer in force.
        yield Row(
            "planogram",
            {
                "store_id": "S01",
                "variant_id": "Z",
                "fixture": "F9",
                "position": "1",
                "facings": 9,
                "from_on": date(2025, 1, 1),
                "to_on": date(2025, 12, 31),
            },
        )
    if scanned:
        yield from scans()


def scans() -> Iterator[Row]:
    """Two audits of F1 and F2; F3 is never audited. On the last one B stands on F2 and E is nowhere."""
    places = [
        ("A", EARLIER, "F1", "1", "audit"),
        ("B", EARLIER, "F1", "2", "audit"),
        ("C", EARLIER, "F1", "3", "audit"),
        ("D", EARLIER, "F2", "1", "audit"),
        ("E", EARLIER, "F2", "2", "audit"),
        ("A", AUDIT, "f1", "1", "audit"),
        ("B", AUDIT, "F2", "4", "audit"),
        ("C", AUDIT, "F1", "3", "audit"),
        ("D", AUDIT, "F2", "1", "audit"),
        ("Z", AUDIT, "F2", "5", "audit"),
    ]
    for number, (product, day, fixture, position, kind) in enumerate(places):
        barcode = "99900" if product == "Z" else f"400{ord(product)}"  # without the leading zeros
        yield Row(
            "scan",
            {
                "scan_id": f"X{number}",
                "store_id": "S01",
                "scanned_at": at(day, 8),
                "barcode": barcode,
                "fixture": fixture,
                "position": position,
                "kind": kind,
            },
        )


@contextmanager
def shop(folder: Path, made: Iterator[Row]) -> Iterator[ToolContext]:
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        fresh = [SourceUpdate(topic, "test", NOW) for topic in ("sales", "inventory")]
        mirror.writer.submit(Batch(rows=list(made), sources=fresh)).result()
        yield ToolContext(Scope("U", Role.OWNER, ("S01", "S02")), mirror.reader, FixedClock(NOW))


def value(result: ToolResult, metric: str, **group: str) -> str | None:
    named = [one for one in result.figures if one.metric == metric]
    return next(one.value for one in named if all(one.group.get(key) == want for key, want in group.items()))


def table(result: ToolResult) -> list[dict[str, Any]]:
    assert result.table is not None
    return [dict(zip([one.name for one in result.table.columns], row, strict=True)) for row in result.table.rows]
