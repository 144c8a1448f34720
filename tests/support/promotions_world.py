"""A small chain in which promotions, prices and campaigns did exactly what is planted."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from connectors.mirror import rollups, schema
from connectors.mirror.reader import MirrorReader
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST_ON = date(2026, 9, 28)
LAST_ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PROMO_ON = date(2026, 11, 2)
"""Monday of the promotion week; two weeks of sales follow it."""
STORES = (
    ("S01", "Market Street", "North"),
    ("S02", "Harbor Point", "South"),
    ("S03", "Maple Avenue", "North"),
    ("S04", "Station Road", "South"),
)


class Chain:
    """An open mirror that rows are put into as text, and a context to ask it."""

    def __init__(self, folder: Path, stores: Sequence[tuple[str, str, str]] = STORES) -> None:
        self.connection = duckdb.connect(str(folder / "mirror.duckdb"))
        self.connection.execute("SET TimeZone = 'UTC'")
        schema.create(self.connection)
        self.stores = stores
        self.lines: list[tuple[Any, ...]] = []
        self.sales: list[tuple[Any, ...]] = []
        self.put("store", ("store_id", "name", "timezone", "currency", "district"),
                 [(ident, name, "America/New_York", "USD", district) for ident, name, district in stores])  # fmt: skip

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows of plain values."""
        for start in range(0, len(rows), 2000):
            values = ", ".join(f"({', '.join(_cell(value) for value in row)})" for row in rows[start : start + 2000])
            self.connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}")

    def product(self, ident: str, name: str, category: str, department: str = "Grocery") -> None:
        """A product sold by the piece."""
        known = self.connection.execute("SELECT 1 FROM category WHERE category_id = ?", [category]).fetchone()
        if not known:
            self.put("category", ("category_id", "name"), [(category, category)])
        self.put("product", ("product_id", "name", "category_id", "department"), [(ident, name, category, department)])
        self.put("variant", ("variant_id", "product_id", "sku", "name", "unit_of_measure"),
                 [(f"V{ident}", ident, f"SKU-{ident}", name, "each")])  # fmt: skip

    def sell(
        self,
        store_id: str,
        day: date,
        goods: Sequence[tuple[str, int, int, int, str | None]],
        *,
        customer: str | None = None,
        kind: str = "sale",
    ) -> None:
        """One basket: product, units, gross and discount in minor units a line, and unit cost in major units."""
        sale_id = f"T{len(self.sales)}"
        sign = -1 if kind == "return" else 1
        self.sales.append((sale_id, store_id, f"{day}T17:00:00Z", str(day), kind, customer))
        for number, (ident, units, gross, discount, cost) in enumerate(goods, 1):
            self.lines.append(
                (sale_id, number, f"V{ident}", sign * units, sign * gross, sign * discount, sign * (gross - discount),
                 None if cost is None else Decimal(cost), kind == "return", store_id, str(day))
            )  # fmt: skip

    def finish(self) -> Chain:
        """Store what was sold and make the rollups."""
        self.put("sale", ("sale_id", "store_id", "closed_at", "business_on", "kind", "customer_key"), self.sales)
        self.put(
            "sale_line",
            ("sale_id", "line_no", "variant_id", "quantity", "gross_minor", "discount_minor", "net_minor", "unit_cost",
             "is_return", "store_id", "business_on"),
            self.lines,
        )  # fmt: skip
        rollups.refresh(self.connection)
        self.put("source_state", ("source", "connection", "as_of_at", "simulated", "note"),
                 [("sales", "test", "2026-11-23T05:00:00Z", False, "")])  # fmt: skip
        self.mirror = MirrorReader(self.connection)
        return self

    def context(self, *store_ids: str, role: Role = Role.OWNER) -> ToolContext:
        """A context for these stores, all of them unless named."""
        ids = store_ids or tuple(store[0] for store in self.stores)
        return ToolContext(Scope("U_TEST", role, tuple(sorted(ids))), self.mirror, FixedClock(NOW))


def _cell(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str | date) else str(value)


def poisson(rng: random.Random, mean: float) -> int:
    """A Poisson number (Knuth's product of uniforms, in steps that do not underflow)."""
    count = 0
    while mean > 0:
        part, mean = min(mean, 30.0), max(mean - 30.0, 0.0)
        product, limit = rng.random(), math.exp(-part)
        while product > limit:
            count += 1
            product *= rng.random()
    return count


def promotion_chain(folder: Path) -> Chain:
    """Eight weeks of daily sales; in the week from ``PROMO_ON`` five promotions with planted effects.

    LIFT: P00 in two stores, x 1.30 at 20 % off, in baskets of four with other goods of 1.00 before and 3.00 in that
    week. PULL: P10 in one store, x 2 and then x 0.4 in the week
    after, cost unknown. CANN: P20 in one store, x 1.5 while its two neighbours there fall to x 0.6. NOTHING: P30, no
    effect. THIN: P41 sells one unit a week.
    """
    chain, rng = Chain(folder), random.Random(20261102)
    for number in range(36):
        chain.product(
            f"P{number // 3}{number % 3}", f"Product {number // 3}{number % 3} zz{number}", f"Category {number // 3}"
        )
    items = [("LIFT", "P00", "S01"), ("LIFT", "P00", "S02"), ("PULL", "P10", "S03"), ("CANN", "P20", "S04"),
             ("NOTHING", "P30", "S01"), ("NOTHING", "P30", "S02"), ("THIN", "P41", "S01")]  # fmt: skip
    chain.put(
        "promotion",
        ("promotion_id", "name"),
        [(name, f"{name.title()} week") for name in dict.fromkeys(i[0] for i in items)],
    )
    chain.put(
        "promotion_item",
        ("promotion_id", "variant_id", "store_id", "starts_on", "ends_on", "display", "mailer"),
        [(p, f"V{v}", s, str(PROMO_ON), str(PROMO_ON + timedelta(days=6)), "end cap" if p == "LIFT" else None, "front")
         for p, v, s in items],
    )  # fmt: skip
    for offset in range((LAST_ON - FIRST_ON).days + 1):
        day = FIRST_ON + timedelta(days=offset)
        season = 1 + 0.25 * math.sin(offset / 9) + (0.3 if day.weekday() >= 5 else 0)
        for store, *_ in STORES:
            for number in range(36):
                ident = f"P{number // 3}{number % 3}"
                mean = (0.14 if ident == "P41" else 25.0 if number < 12 else 6.0) * season * _effect(ident, store, day)
                units = poisson(rng, mean)
                off = 40 if _on(items, ident, store, day) else 0
                cost = None if ident == "P10" else "1.20"
                while units:
                    taken = min(units, 4) if ident == "P00" else units
                    goods = [(ident, taken, taken * 200, taken * off, cost)]
                    if ident == "P00":
                        goods.append(("BAG", 1, 300 if 0 <= (day - PROMO_ON).days < 7 else 100, 0, "0.50"))
                    chain.sell(store, day, goods)
                    units -= taken
    return chain.finish()


def _on(items: Sequence[tuple[str, str, str]], ident: str, store: str, day: date) -> bool:
    return any(v == ident and s == store for _, v, s in items) and 0 <= (day - PROMO_ON).days < 7


def _effect(ident: str, store: str, day: date) -> float:
    during, after = 0 <= (day - PROMO_ON).days < 7, 7 <= (day - PROMO_ON).days < 14
    planted: dict[tuple[str, str], Callable[[], float]] = {
        ("P00", "S01"): lambda: 1.3 if during else 1.0,
        ("P00", "S02"): lambda: 1.3 if during else 1.0,
        ("P10", "S03"): lambda: 2.0 if during else 0.4 if after else 1.0,
        ("P20", "S04"): lambda: 1.5 if during else 1.0,
        ("P21", "S04"): lambda: 0.6 if during else 1.0,
        ("P22", "S04"): lambda: 0.6 if during else 1.0,
    }
    return planted.get((ident, store), lambda: 1.0)()
