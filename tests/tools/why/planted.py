"""A chain of small stores in one mirror, each with one planted truth in its last week; every number can be counted.

An ordinary day of an ordinary store: 40 visitors, 10 transactions at 09:00 to 18:00, each with two pieces of A at 1.00,
one of B at 3.00 and half a gallon of fuel for 1.50. Eleven weeks of that, then what the store is named for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from connectors.mirror import rollups, schema
from connectors.mirror.reader import MirrorReader
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST_ON = date(2026, 9, 7)
LAST_ON = date(2026, 11, 22)
WEEK = date(2026, 11, 16)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
STORES = {
    "A": "Ash Lane",
    "B": "Birch Lane",
    "C": "Cedar Lane",
    "D": "Dale Road",
    "E": "Elm Street",
    "F": "Fir Close",
    "G": "Glen Park",
    "H": "Hill Top",
    "I": "Iris Mews",
    "J": "June Way",
    "K": "Kite Yard",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is inserted; money in cents, cost in dollars or None."""

    variant: str
    quantity: str
    gross: int
    discount: int
    cost: str | None


@dataclass(frozen=True, slots=True)
class Basket:
    """A document with its hour and its lines."""

    hour: int
    lines: tuple[Line, ...]
    employee: str | None = None
    kind: str = "sale"


A, B, FUEL = Line("VA", "2", 200, 0, "0.60"), Line("VB", "1", 300, 0, "2.00"), Line("VF", "0.5", 150, 0, "2.40")
ORDINARY = tuple(Basket(9 + number, (A, B, FUEL)) for number in range(10))


def visitors(store: str, day: date) -> int | None:
    """People counted that day; None where nobody counted."""
    if store == "A" and day >= WEEK:
        return 32
    if store == "H" and day == date(2026, 11, 18):
        return None
    return None if store == "K" else 40


def baskets(store: str, day: date) -> Sequence[Basket]:
    """What was sold."""
    if day >= WEEK:
        return changed(store, day)
    if store == "J":
        return [replace(one, employee="E2" if number < 5 else "E1") for number, one in enumerate(ORDINARY)]
    return () if store == "I" else ORDINARY


def changed(store: str, day: date) -> Sequence[Basket]:
    """What was sold in the last week."""
    if store == "D":
        return ORDINARY if day < date(2026, 11, 20) else _with(A, None)
    if store == "E":
        return ORDINARY if day < LAST_ON else ORDINARY[:5]
    if store == "J":
        unknown = _with(A, replace(A, cost=None))
        return () if day == date(2026, 11, 19) else [replace(one, employee="E2") for one in unknown]
    return {
        "A": ORDINARY[:8],
        "B": _with(A, replace(A, gross=240)),
        "C": _with(A, replace(A, quantity="1", gross=100), B, replace(B, quantity="2", gross=600)),
        "F": _with(A, replace(A, cost="0.75")),
        "G": _with(A, replace(A, discount=20)),
        "K": [*ORDINARY, Basket(12, (replace(A, quantity="-2", gross=-200),), kind="return")],
    }.get(store, ORDINARY)


def _with(*changes: Line | None) -> list[Basket]:
    """Ordinary baskets with lines exchanged, in pairs of old and new; None leaves the line out."""
    new = dict(zip(changes[::2], changes[1::2], strict=True))
    return [
        replace(one, lines=tuple(line for old in one.lines if (line := new.get(old, old)) is not None))
        for one in ORDINARY
    ]


def days() -> list[date]:
    """Every day of the world."""
    return [FIRST_ON + timedelta(days=offset) for offset in range((LAST_ON - FIRST_ON).days + 1)]


def at(day: date, hour: int, minute: int = 0) -> str:
    """An instant of the stores' clock as ISO text in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC).isoformat()


class Planted:
    """The open mirror."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.mirror = MirrorReader(connection)

    def context(self, *stores: str, role: Role = Role.OWNER, now: datetime = NOW) -> ToolContext:
        """A context for someone who may see these stores, all unless named."""
        scope = Scope("U_TEST", role, tuple(sorted(stores or STORES)))
        return ToolContext(scope, self.mirror, FixedClock(now), None, "call-1")


def build(folder: Path) -> Planted:
    """Make the chain."""
    connection = duckdb.connect(str(folder / "mirror.duckdb"))
    connection.execute("SET TimeZone = 'UTC'")
    schema.create(connection)
    _insert(
        connection,
        "store (store_id, name, timezone, currency, district)",
        ((key, name, ZONE.key, "USD", "North" if key < "F" else "South") for key, name in STORES.items()),
    )
    _insert(connection, "category (category_id, name)", [("C1", "Things"), ("C2", "Fuel")])
    _insert(
        connection,
        "product (product_id, name, category_id, department)",
        [("PA", "Apples", "C1", "Fresh"), ("PB", "Bread", "C1", "Bakery"), ("PF", "Diesel", "C2", "Fuel")],
    )
    _insert(
        connection,
        "variant (variant_id, product_id, sku, name, unit_of_measure)",
        [
            ("VA", "PA", "SA", "Apples", "each"),
            ("VB", "PB", "SB", "Bread", "each"),
            ("VF", "PF", "SF", "Diesel", "gal"),
        ],
    )
    sales, lines, traffic, cards, weather = [], [], [], [], []
    for store in STORES:
        for day in days():
            for number, basket in enumerate(baskets(store, day)):
                ident = f"{store}-{day:%m%d}-{number}"
                sales.append((ident, store, at(day, basket.hour, 30), str(day), basket.kind, basket.employee, False))
                lines += [
                    (ident, n, one.variant, one.quantity, one.gross, one.discount, one.gross - one.discount, one.cost,
                     basket.kind == "return", store, str(day))
                    for n, one in enumerate(basket.lines)
                ]  # fmt: skip
            seen = visitors(store, day)
            if seen is not None:
                traffic += [(store, at(day, 9 + n), max(0, min(4, seen - 4 * n)), "door") for n in range(10)]
            if store == "J":
                hours = 4 if day >= WEEK else 8
                cards.append((f"T{day}", "E2", store, at(day, 9), at(day, 9 + hours), 0, 1500))
            if store in "AJ":
                rain = "5" if day >= WEEK and store == "J" else "0"
                weather.append((store, at(day, 12), "observed", "10", rain))
    sales.append(("J-void", "J", at(WEEK, 12), str(WEEK), "sale", "E1", True))
    lines.append(("J-void", 0, "VA", "50", 5000, 0, 5000, "0.60", False, "J", str(WEEK)))
    _insert(connection, "sale (sale_id, store_id, closed_at, business_on, kind, employee_id, voided)", sales)
    _insert(
        connection,
        "sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor, unit_cost, "
        "is_return, store_id, business_on)",
        lines,
    )
    _insert(connection, "foot_traffic (store_id, hour_at, visitors, source)", traffic)
    _insert(
        connection,
        "timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes, wage_minor)",
        cards,
    )
    _insert(connection, "weather_hour (store_id, hour_at, kind, temperature_c, precipitation_mm)", weather)
    _insert(connection, "employee (employee_id, name, store_id)", [("E1", "Ann Early", "J"), ("E2", "Bo Late", "J")])
    _insert(
        connection,
        "local_event (event_id, store_id, name, category, starts_at, ends_at)",
        [
            ("X1", "J", "Street fair", "fair", at(date(2026, 11, 18), 10), at(date(2026, 11, 18), 18)),
            ("X2", "J", "Founders Day", "holiday", at(date(2026, 11, 11), 0), at(date(2026, 11, 12), 0)),
        ],
    )
    _insert(
        connection, "inventory_level (variant_id, store_id, quantity, as_of_at)", [("VA", "D", "0", at(LAST_ON, 23))]
    )
    _insert(
        connection,
        "promotion_item (promotion_id, variant_id, store_id, starts_on, ends_on, display)",
        [
            ("OLD", "VB", "B", "2026-09-01", "2026-09-30", "1"),
            ("P1", "VB", "B", "2026-11-09", "2026-11-15", "1"),
            ("P2", "VA", None, "2026-11-16", "2026-11-22", "2"),
        ],
    )
    _insert(
        connection,
        "target (store_id, metric, starts_on, ends_on, value)",
        [
            ("A", "net_sales", "2026-11-16", "2026-11-22", "500"),
            ("B", "net_sales", "2026-11-01", "2026-11-30", "1500"),
            ("C", "net_sales", "2026-11-16", "2026-11-18", "200"),
        ],
    )
    rollups.refresh(connection)
    for source in ("sales", "cost", "traffic", "staff", "weather"):
        connection.execute(
            "INSERT INTO source_state VALUES (?, 'test', ?, false, '')", [source, datetime(2026, 11, 23, 6, tzinfo=UTC)]
        )
    return Planted(connection)


def _insert(connection: duckdb.DuckDBPyConnection, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Columns go in as lists, which is much faster than row by row."""
    columns = list(zip(*rows, strict=True))
    if columns:
        named = ", ".join(f"unnest($c{number})" for number in range(len(columns)))
        connection.execute(
            f"INSERT INTO {into} SELECT {named}", {f"c{number}": list(cells) for number, cells in enumerate(columns)}
        )
