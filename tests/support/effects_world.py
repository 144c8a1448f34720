"""A store made by hand, day by day, so that what a change did is known before anybody measures it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from connectors.mirror import labour, rollups, schema
from connectors.mirror.reader import MirrorReader

ZONE = ZoneInfo("America/New_York")
VARIANTS = ("V1", "V2", "V3")
REST = "V3"
"""The rest of the range: a lot of it is sold every day."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A product's day: pieces, and price and cost of one in cents (no cost: unknown)."""

    pieces: int
    price: int = 399
    cost: int | None = 200


_INTO_SALE = "INSERT INTO sale (sale_id, store_id, closed_at, business_on, kind) VALUES"
_INTO_LINE = (
    "INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor, unit_cost,"
    " is_return, store_id, business_on) VALUES"
)

Day = Callable[[date, str], Mapping[str, Sold]]


def usual(on: date, store_id: str, *, lift: float = 1.0, season: float = 1.0, price: int = 399) -> dict[str, Sold]:
    """A day like others: weekends are busier, and every day scatters a little, the same way each time it is asked."""
    rng = random.Random(f"{store_id}{on}")
    busy = 1.4 if on.weekday() >= 5 else 1.0
    pieces = round(40 * busy * lift * season + rng.gauss(0, 2))
    return {
        "V1": Sold(pieces, price),
        "V2": Sold(round(10 * busy * season + rng.gauss(0, 1))),
        REST: Sold(round(300 * busy * season + rng.gauss(0, 6)), 250, 150),
    }


@dataclass
class EffectsWorld:
    """A mirror that grows by days; ``until`` is the business day up to which sales are in."""

    folder: Path
    until: date | None = None
    _number: int = 0
    stores: tuple[str, ...] = ("S01", "S02")
    names: Mapping[str, str] = field(default_factory=lambda: {"S01": "Market Street", "S02": "Harbor Point"})

    def __post_init__(self) -> None:
        self.connection = duckdb.connect(str(self.folder / "effects.duckdb"))
        self.connection.execute("SET TimeZone = 'UTC'")
        schema.create(self.connection)
        for store in self.stores:
            self.connection.execute(
                "INSERT INTO store (store_id, name, timezone, currency) VALUES (?, ?, 'America/New_York', 'USD')",
                [store, self.names[store]],
            )
        for variant in VARIANTS:
            self.connection.execute(
                "INSERT INTO product (product_id, name) VALUES (?, ?)", [f"P{variant}", f"Product {variant}"]
            )
            self.connection.execute(
                "INSERT INTO variant (variant_id, product_id, name, unit_of_measure) VALUES (?, ?, ?, 'each')",
                [variant, f"P{variant}", f"Product {variant}"],
            )
        self._version = 0
        self.mirror = MirrorReader(self.connection, version=lambda: self._version)

    def sell(self, first_on: date, last_on: date, day: Day = usual) -> EffectsWorld:
        """Add days, and say that sales are in up to the end of the last."""
        sales: list[str] = []
        lines: list[str] = []
        for on in (first_on + timedelta(days=ahead) for ahead in range((last_on - first_on).days + 1)):
            at = datetime.combine(on, time(12), tzinfo=ZONE).isoformat()
            for store in self.stores:
                for variant, sold in day(on, store).items():
                    self._number += 1
                    net = sold.pieces * sold.price
                    cost = "NULL" if sold.cost is None else sold.cost / 100
                    sales.append(f"('s{self._number}', '{store}', '{at}', '{on}', 'sale')")
                    goods = f"'{variant}', {sold.pieces}, {net}, 0, {net}, {cost}, false"
                    lines.append(f"('s{self._number}', 1, {goods}, '{store}', '{on}')")
        if sales:
            self.connection.execute(f"{_INTO_SALE} {', '.join(sales)}")
            self.connection.execute(f"{_INTO_LINE} {', '.join(lines)}")
        rollups.refresh(self.connection)
        return self.fresh(last_on)

    def fresh(self, last_on: date) -> EffectsWorld:
        """Sales are in up to the end of this business day."""
        self.until = last_on
        as_of = datetime.combine(last_on + timedelta(days=1), time(0, 5), tzinfo=ZONE).astimezone(UTC)
        self.connection.execute("DELETE FROM source_state WHERE source = 'sales'")
        self.connection.execute("INSERT INTO source_state VALUES ('sales', 'test', ?, false, '')", [as_of])
        self._version += 1
        self.connection.execute("UPDATE mirror_meta SET value = ? WHERE key = 'version'", [str(self._version)])
        return self

    def stock(self, store_id: str, variant_id: str, pieces: int) -> None:
        """What the source says is on hand now."""
        self.connection.execute(
            "DELETE FROM inventory_level WHERE store_id = ? AND variant_id = ?", [store_id, variant_id]
        )
        self.connection.execute(
            "INSERT INTO inventory_level (variant_id, store_id, quantity, as_of_at) VALUES (?, ?, ?, now())",
            [variant_id, store_id, pieces],
        )

    def book(self, store_id: str, variant_id: str, kind: str, pieces: int, at: datetime) -> None:
        """A change of stock that the source reports."""
        self._number += 1
        self.connection.execute(
            "INSERT INTO inventory_change (change_id, variant_id, store_id, kind, quantity, occurred_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [f"c{self._number}", variant_id, store_id, kind, pieces, at],
        )

    def work(self, store_id: str, on: date, hours: int) -> None:
        """Somebody worked so long."""
        self._number += 1
        start = datetime.combine(on, time(8), tzinfo=ZONE).astimezone(UTC)
        self.connection.execute(
            "INSERT INTO timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes)"
            " VALUES (?, 'E1', ?, ?, ?, 0)",
            [f"t{self._number}", store_id, start, start + timedelta(hours=hours)],
        )
        labour.make_again(self.connection)

    def close(self) -> None:
        self.connection.close()
