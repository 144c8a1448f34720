"""Baskets made by hand: every count can be taken from the Python sets they are written from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.mirror.open import open_mirror
from connectors.mirror.writer import Batch, SourceUpdate
from connectors.records import Row
from tests.support.mirror_rows import line, sale, store
from tests.support.tools_world import FixedClock
from tools.context import Role, Scope, ToolContext

FIRST = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 30, 15, 0, tzinfo=UTC)
PERIOD = "2 to 29 March 2026"
STORES = ("S01", "S02", "S03")
GOODS = {
    "bread": ("Bakery", "Bread"),
    "butter": ("Dairy", "Butter"),
    "milk": ("Dairy", "Milk"),
    "buns": ("Bakery", "Buns"),
    "sausages": ("Meat", "Sausages"),
    "soap": ("Household", "Soap"),
    "candles": ("Household", "Candles"),
    "vanilla": ("Household", "Baking"),
    "truffle": ("Produce", "Mushrooms"),
}


@dataclass(slots=True)
class Baskets:
    """The baskets that count, as sets of goods by store, and a context over the mirror that was made of them."""

    by_store: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    context: ToolContext | None = None

    def of(self, *stores: str) -> list[frozenset[str]]:
        return [basket for name in stores or STORES for basket in self.by_store[name]]

    def asker(self, role: Role = Role.OWNER, *stores: str) -> ToolContext:
        assert self.context is not None
        scope = Scope("U", role, stores or STORES)
        return ToolContext(scope, self.context.mirror, self.context.clock)


def _goods() -> list[Row]:
    rows = []
    for name, (department, category) in GOODS.items():
        rows += [
            Row("category", {"category_id": category, "name": category}),
            Row("product", {"product_id": name, "name": f"{name.title()} plain", "department": department,
                            "category_id": category}),
            Row("variant", {"variant_id": f"V-{name}", "product_id": name, "name": f"{name.title()} plain",
                            "sku": f"SKU-{name}"}),
        ]  # fmt: skip
    return rows


def _draw(rng: random.Random, place: str) -> set[str]:
    basket = {name for name, chance in (("bread", 0.3), ("milk", 0.4), ("soap", 0.1)) if rng.random() < chance}
    # Planted: butter is bought by most who buy bread and by few others.
    if rng.random() < (0.7 if "bread" in basket else 0.05):
        basket.add("butter")
    # Planted: buns go with sausages everywhere, and at S02 hardly anybody takes them along.
    if rng.random() < 0.35:
        basket.add("sausages")
        if rng.random() < (0.1 if place == "S02" else 0.6):
            basket.add("buns")
    elif rng.random() < 0.03:
        basket.add("buns")
    return basket or {"milk"}


@pytest.fixture(scope="package")
def baskets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Baskets]:
    rng = random.Random(7)
    made = Baskets({name: [] for name in STORES})
    rows: list[Row] = [store(name, name=f"{name} Street") for name in STORES]
    rows += _goods()

    def at(number: int) -> datetime:
        return FIRST + timedelta(days=number % 28, minutes=number % 300)

    for place in STORES:
        for number in range(500):
            basket = _draw(rng, place)
            if number < 12:
                basket |= {"truffle"}  # rare, and never with the same thing
            made.by_store[place].append(frozenset(basket))
            ident = f"{place}-{number}"
            rows.append(sale(ident, at(number), store_id=place))
            scanned = sorted(basket) * (2 if number % 5 == 0 else 1)  # every fifth basket is scanned twice over
            rows += [line(ident, n, variant_id=f"V-{name}") for n, name in enumerate(scanned, 1)]
    rows += _not_counted(made)
    folder = tmp_path_factory.mktemp("baskets")
    with open_mirror(folder / "mirror.duckdb") as mirror:
        assert mirror.writer is not None
        mirror.writer.submit(Batch(rows=rows, sources=[SourceUpdate("sales", "test", NOW)])).result()
        made.context = ToolContext(Scope("U", Role.OWNER, STORES), mirror.reader, FixedClock(NOW))
        yield made


def _not_counted(made: Baskets) -> list[Row]:
    """Documents with candles and vanilla that are no baskets, and exchanges that are, less what they took back."""
    rows: list[Row] = []
    kinds: tuple[dict[str, Any], ...] = ({"voided": True}, {"is_test": True}, {"kind": "return"})
    for number in range(90):
        ident = f"X-{number}"
        values = kinds[number % 3]
        sign = -1 if values.get("kind") == "return" else 1
        rows.append(sale(ident, FIRST + timedelta(days=number % 28), store_id="S01", **values))
        rows += [
            line(ident, n, 1000 * sign, variant_id=f"V-{name}", quantity=sign, is_return=sign < 0)
            for n, name in enumerate(("candles", "vanilla"), 1)
        ]
    for number in range(40):
        ident = f"E-{number}"
        rows.append(sale(ident, FIRST + timedelta(days=number % 28), store_id="S03", kind="exchange"))
        rows.append(line(ident, 1, -1000, variant_id="V-candles", quantity=-1, is_return=True))
        rows.append(line(ident, 2, 1000, variant_id="V-vanilla"))
        rows.append(line(ident, 3, 2500, variant_id="V-soap", is_gift_card=True))
        made.by_store["S03"].append(frozenset({"vanilla"}))
    return rows
