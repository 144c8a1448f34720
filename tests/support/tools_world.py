"""A small chain in a real DuckDB file, made by hand so that every expected number can be counted from Python lists."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from connectors.mirror import rollups, schema
from connectors.mirror.reader import MirrorReader
from tools.context import Role, Scope, ToolContext
from tools.drafts import Draft, PriceChangeDraft, ProposalReceipt

TODAY = date(2026, 11, 23)
FIRST_ON = date(2026, 9, 1)
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)
"""10:20 on Monday 23 November 2026 in New York."""

STORES = (
    ("S01", "Market Street", "America/New_York", "USD", "North"),
    ("S02", "Harbor Point", "America/New_York", "USD", "South"),
    ("S03", "Maple Avenue", "America/New_York", "USD", "North"),
    ("S04", "Harbor Street", "America/New_York", "USD", "South"),
    ("S05", "Station Road", "America/New_York", "USD", "North"),
)
PRODUCTS = (
    ("1001", "Oat milk, barista, 1 l", "Grocery", "Plant drinks", "Oatside", "each", "2.49", "1.20"),
    ("1002", "Oat milk, plain, 1 l", "Grocery", "Plant drinks", "Oatside", "each", "1.99", "1.10"),
    ("1003", "Whole milk, 1 gal", "Dairy", "Milk", "Hillfarm", "each", "3.79", "2.90"),
    ("1004", "Butter, salted, 8 oz", "Dairy", "Butter", "Hillfarm", "each", "4.29", "3.00"),
    ("1005", "Bananas", "Produce", "Fruit", "National", "lb", "0.59", "0.30"),
    ("1006", "Avocado", "Produce", "Fruit", "National", "each", "1.25", "0.70"),
    ("1007", "Sourdough loaf", "Bakery", "Bread", "Hearth", "each", "5.50", None),
    ("1008", "Plain bagels, 6 ct", "Bakery", "Bread", "Hearth", "each", "3.25", "1.50"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the made-up chain, with everything an expectation may need."""

    sale_id: str
    store_id: str
    business_on: date
    hour: int
    kind: str
    variant_id: str
    department: str
    each: bool
    quantity: Decimal
    gross: int
    discount: int
    cost: Decimal | None

    @property
    def net(self) -> int:
        """Minor units; negative on a return."""
        return self.gross - self.discount


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at


@dataclass(slots=True)
class FiledProposals:
    """A proposal port that only remembers what was filed."""

    drafts: list[Draft] = field(default_factory=list)

    def propose(self, draft: Draft, scope: Scope, *, tool_call_id: str) -> ProposalReceipt:
        """Remember and answer as the real one does."""
        self.drafts.append(draft)
        before, after = Decimal("2.49"), Decimal("2.12")
        if isinstance(draft, PriceChangeDraft):
            after = draft.price or (before * (100 + (draft.percent or 0)) / 100).quantize(Decimal("0.01"))
        return ProposalReceipt(
            f"p_{len(self.drafts)}",
            "pending",
            draft.store_id,
            "Price change",
            "Oat milk, barista, 1 l",
            str(before),
            str(after),
            "USD",
            datetime(2026, 11, 24, 15, 20, tzinfo=UTC),
        )


class World:
    """An open mirror and the lines it was made from."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, lines: list[Line], stores: Sequence[tuple[str, ...]]
    ) -> None:
        self.connection = connection
        self.lines = lines
        self.stores = stores
        self.mirror = MirrorReader(connection)

    def context(
        self,
        role: Role = Role.OWNER,
        *store_ids: str,
        default: Iterable[str] = (),
        now: datetime = NOW,
        proposals: FiledProposals | None = None,
    ) -> ToolContext:
        """A context for someone who may see these stores (all of them unless named)."""
        ids = store_ids or tuple(row[0] for row in self.stores)
        scope = Scope("U_TEST", role, tuple(sorted(ids)), tuple(default))
        return ToolContext(scope, self.mirror, FixedClock(now), proposals, "call-1")

    def select(self, start: date, end: date, *stores: str) -> list[Line]:
        """The lines of some stores (all of them unless named) between two dates."""
        wanted = stores or tuple(row[0] for row in self.stores)
        return [line for line in self.lines if line.store_id in wanted and start <= line.business_on <= end]


def build_world(
    folder: Path,
    *,
    stores: Sequence[tuple[str, ...]] = STORES,
    last_on: date = TODAY - timedelta(days=1),
    as_of: datetime = datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
    today_until_hour: int = 0,
    skip: Iterable[tuple[str, date]] = (),
) -> World:
    """Make the chain: every store every day, a few baskets each, some returns, discounts and unknown costs."""
    connection = duckdb.connect(str(folder / "mirror.duckdb"))
    connection.execute("SET TimeZone = 'UTC'")
    schema.create(connection)
    _catalogue(connection, stores)
    lines = _lines(stores, last_on, today_until_hour, set(skip))
    _sales(connection, lines, stores)
    rollups.refresh(connection)
    for source, simulated in (("sales", False), ("cost", True), ("traffic", True), ("staff", True), ("price", False)):
        connection.execute("INSERT INTO source_state VALUES (?, 'test', ?, ?, ?)", [source, as_of, simulated, ""])
    return World(connection, lines, stores)


def _catalogue(connection: duckdb.DuckDBPyConnection, stores: Sequence[tuple[str, ...]]) -> None:
    for store in stores:
        connection.execute(
            "INSERT INTO store (store_id, name, timezone, currency, district) VALUES (?, ?, ?, ?, ?)", list(store)
        )
    for number, name in enumerate(sorted({row[3] for row in PRODUCTS})):
        connection.execute("INSERT INTO category (category_id, name) VALUES (?, ?)", [f"C{number}", name])
    for ident, name, department, category, brand, unit, price, _ in PRODUCTS:
        connection.execute(
            "INSERT INTO product (product_id, name, category_id, department, brand)"
            " SELECT ?, ?, category_id, ?, ? FROM category WHERE name = ?",
            [ident, name, department, brand, category],
        )
        connection.execute(
            "INSERT INTO variant (variant_id, product_id, sku, barcode, name, unit_of_measure)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [f"V{ident}", ident, f"SKU-{ident}", f"40000{ident}", name, unit],
        )
        connection.execute(
            "INSERT INTO price (variant_id, store_id, valid_from_at, price, currency) VALUES (?, NULL, ?, ?, 'USD')",
            [f"V{ident}", datetime(2026, 1, 1, tzinfo=UTC), price],
        )


def _lines(
    stores: Sequence[tuple[str, ...]], last_on: date, today_until_hour: int, skip: set[tuple[str, date]]
) -> list[Line]:
    rng = random.Random(20261123)
    lines: list[Line] = []
    days = [(last_on - timedelta(days=back), 22) for back in range((last_on - FIRST_ON).days + 1)]
    if today_until_hour:
        days.append((last_on + timedelta(days=1), today_until_hour))
    for day, until in sorted(days):
        for rank, store in enumerate(stores):
            if (store[0], day) in skip:
                continue
            for number in range(3 + rank + day.weekday() % 3):
                hour = 8 + (number * 5 + rank) % 13
                sale_id = f"{store[0]}-{day:%m%d}-{number}"
                back = rng.random() < 0.05
                picked = rng.sample(PRODUCTS, rng.randint(1, 4))
                if hour < until:
                    lines += [_line(rng, sale_id, store[0], day, hour, product, back=back) for product in picked]
    return lines


def _line(
    rng: random.Random, sale_id: str, store_id: str, day: date, hour: int, product: tuple[Any, ...], *, back: bool
) -> Line:
    ident, _, department, _, _, unit, price, cost = product
    quantity = Decimal(rng.randint(1, 3)) if unit == "each" else Decimal(rng.randint(50, 300)) / 100
    gross = int(Decimal(price) * quantity * 100)
    discount = gross // 10 if rng.random() < 0.2 else 0
    if back:
        quantity, gross, discount = -quantity, -gross, -discount
    return Line(
        sale_id, store_id, day, hour, "return" if back else "sale", f"V{ident}", department, unit == "each", quantity,
        gross, discount, Decimal(cost) if cost else None,
    )  # fmt: skip


def _sales(connection: duckdb.DuckDBPyConnection, lines: list[Line], stores: Sequence[tuple[str, ...]]) -> None:
    zones = {store[0]: ZoneInfo(store[2]) for store in stores}
    sales: dict[str, list[Line]] = {}
    for line in lines:
        sales.setdefault(line.sale_id, []).append(line)

    def at(line: Line) -> str:
        local = datetime.combine(line.business_on, time(line.hour, 30), tzinfo=zones[line.store_id])
        return local.astimezone(UTC).isoformat()

    _insert(
        connection,
        "INSERT INTO sale (sale_id, store_id, closed_at, business_on, kind)",
        [(i, rows[0].store_id, at(rows[0]), str(rows[0].business_on), rows[0].kind) for i, rows in sales.items()],
    )
    _insert(
        connection,
        "INSERT INTO sale_line (sale_id, line_no, variant_id, quantity, gross_minor, discount_minor, net_minor,"
        " unit_cost, is_return, store_id, business_on)",
        [
            (i, n, line.variant_id, str(line.quantity), line.gross, line.discount, line.net,
             None if line.cost is None else str(line.cost), line.kind == "return", line.store_id, str(line.business_on))
            for i, rows in sales.items() for n, line in enumerate(rows)
        ],
    )  # fmt: skip
    store_days = sorted({(line.store_id, line.business_on) for line in lines})
    _insert(
        connection,
        "INSERT INTO foot_traffic (store_id, hour_at, visitors, source)",
        [
            (s, datetime.combine(day, time(hour), tzinfo=zones[s]).astimezone(UTC).isoformat(), 5 + hour % 3, "door")
            for s, day in store_days for hour in range(8, 21)
        ],
    )  # fmt: skip
    _insert(
        connection,
        "INSERT INTO timecard (timecard_id, employee_id, store_id, clock_in_at, clock_out_at, break_minutes,"
        " wage_minor)",
        [
            (
                f"T{s}{day}", "E1", s,
                datetime.combine(day, time(8), tzinfo=zones[s]).astimezone(UTC).isoformat(),
                datetime.combine(day, time(16), tzinfo=zones[s]).astimezone(UTC).isoformat(), 30, 1600,
            )
            for s, day in store_days if day >= date(2026, 11, 1)
        ],
    )  # fmt: skip


def _insert(connection: duckdb.DuckDBPyConnection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    def cell(value: Any) -> str:
        if value is None:
            return "NULL"
        return f"'{value}'" if isinstance(value, str) else str(value)

    for start in range(0, len(rows), 2000):
        values = ", ".join(f"({', '.join(map(cell, row))})" for row in rows[start : start + 2000])
        connection.execute(f"{into} VALUES {values}")
