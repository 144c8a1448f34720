"""The sample's future for the stand-in POS: the orders after ``today`` and the catalogue that they are rung up from.

The load writes them as parquet files into ``sandbox/sample`` of the state folder; the feed reads them through an
engine of its own, so it needs neither the mirror nor the source.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from connectors.errors import InputError
from connectors.sandbox.sample.people import Employee, employees
from connectors.sandbox.sample.world import STORES, ZONE_NAME, Calendar

_FOLDER = Path("sandbox") / "sample"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STOCK = "stock"

_EXPORTS = {
    "orders": """
        SELECT l.sale_id, l.store_id, epoch_us(l.closed_at) AS closed_us, l.original_store_id,
          CAST(l.household_id AS VARCHAR) AS customer,
          l.line_no, l.variant_id, coalesce(n.name, 'Unknown product ' || l.product_id) AS name,
          CASE WHEN l.per_unit = 1000 THEN CAST(l.counted * 0.001 AS DECIMAL(18,5))
            ELSE CAST(l.counted AS DECIMAL(18,5)) END AS quantity,
          l.net + l.loyalty + l.coupon_match AS gross, l.loyalty + l.coupon_match AS discount, l.net
        FROM sample_line l LEFT JOIN sample_name n USING (product_id)
        WHERE l.business_on >= $today ORDER BY l.closed_at, l.sale_id, l.line_no""",
    "catalogue": """
        WITH sold AS (
          SELECT product_id, arg_min(0.01 * ((2 * per_unit * (net + loyalty + coupon_match) + counted)
              // (2 * counted)), closed_at) FILTER (WHERE business_on >= $today) AS coming
          FROM sample_line WHERE counted > 0 AND net + loyalty + coupon_match > 0 GROUP BY product_id),
        known AS (
          SELECT variant_id, min(price) FILTER (WHERE store_id IS NULL) AS price,
            map_from_entries(list(struct_pack(k := store_id, v := price) ORDER BY store_id)
              FILTER (WHERE store_id IS NOT NULL)) AS prices
          FROM sample_price GROUP BY variant_id)
        SELECT CAST(p.product_id AS VARCHAR) AS product_id, 'V' || p.product_id AS variant_id, n.name,
          p.category_name AS category, p.department, p.private_label, p.manufacturer_id, p.unit, k.prices,
          CASE WHEN p.unit <> 'fill' THEN coalesce(k.price, CAST(s.coming AS DECIMAL(18,4))) END AS price
        FROM sold s JOIN sample_product p USING (product_id) JOIN sample_name n USING (product_id)
        LEFT JOIN known k ON k.variant_id = 'V' || p.product_id
        ORDER BY p.product_id""",
}


@dataclass(frozen=True, slots=True)
class Location:
    """A demo store as the POS knows it."""

    store_id: str
    name: str
    timezone: str
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """A product with its one variant. ``prices`` are by store in major units; ``price`` is what holds elsewhere.

    Without any price it is typed at the till (fuel of unknown volume).
    """

    product_id: str
    variant_id: str
    name: str
    sku: str
    category: str | None
    department: str
    brand: str
    unit_of_measure: str
    price: Decimal | None
    prices: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of a future basket; amounts are minor units."""

    variant_id: str
    name: str
    quantity: Decimal
    gross_minor: int
    discount_minor: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class Order:
    """A future basket; ``closed_at`` is an aware UTC instant, ``customer`` the household's number at the till."""

    sale_id: str
    store_id: str
    closed_at: datetime
    register: str
    employee: str | None
    customer: str | None
    lines: tuple[OrderLine, ...]


def export(connection: duckdb.DuckDBPyConnection, home: Path, plan: Calendar) -> None:
    """Write the feed's files from the loader's temporary tables."""
    target = folder(home)
    target.mkdir(parents=True, exist_ok=True)
    for name, sql in _EXPORTS.items():
        path = str(target / f"{name}.parquet").replace("'", "''")
        query = sql.replace("$today", f"DATE '{plan.today.isoformat()}'")
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def export_stock(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Write what is on hand when the feed begins, once the loader has put it into the mirror."""
    path = str(folder(home) / f"{_STOCK}.parquet").replace("'", "''")
    connection.execute(
        f"""COPY (SELECT variant_id, store_id, SUM(quantity) AS quantity FROM inventory_level GROUP BY ALL)
        TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
    )


def folder(home: Path) -> Path:
    """Where the feed's files are in a state folder."""
    return home / _FOLDER


def is_complete(home: Path) -> bool:
    """Whether the feed's files are there."""
    return all((folder(home) / f"{name}.parquet").exists() for name in (*_EXPORTS, _STOCK))


class SampleFeed:
    """What the stand-in POS sells; safe from any thread."""

    def __init__(self, home: Path) -> None:
        """Open the feed that ``load_sample`` left in ``home``.

        Raises:
            InputError: the sample has not been loaded there.
        """
        if not is_complete(home):
            raise InputError("The sample is not loaded: run `floorwalker load --sample complete-journey` first.")
        self._folder = home / _FOLDER
        self._gate = threading.Lock()
        self._connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "256MB"})
        self._connection.execute(f"CREATE TABLE orders AS SELECT * FROM {self._file('orders')}")

    def locations(self) -> list[Location]:
        """The five demo stores."""
        return [Location(store.store_id, store.name, ZONE_NAME, "USD", "US") for store in STORES]

    def employees(self) -> list[Employee]:
        """Everyone who works there; invented."""
        return list(employees())

    def catalog(self) -> Iterator[CatalogueItem]:
        """Every product that is sold before or after ``today``, in order of its number."""
        rows = self._fetch(
            f"""SELECT product_id, variant_id, name, category, department, private_label, manufacturer_id, unit, price,
              map_keys(prices), map_values(prices)
            FROM {self._file("catalogue")} ORDER BY CAST(product_id AS BIGINT)""",
            [],
        )
        for product_id, variant_id, name, category, department, own, maker, unit, price, stores, prices in rows:
            brand = "Store brand" if own else f"National brand, maker {maker}"
            by_store = dict(zip(stores or (), prices or (), strict=True))
            yield CatalogueItem(
                product_id, variant_id, name, product_id, category, department, brand, unit, price, by_store
            )

    def orders(self, after: datetime, until: datetime) -> Iterator[Order]:
        """Baskets with ``after < closed_at <= until``, oldest first."""
        rows = self._fetch(
            """SELECT sale_id, store_id, closed_us, original_store_id, customer, variant_id, name, quantity, gross,
              discount, net FROM orders WHERE closed_us > ? AND closed_us <= ? ORDER BY closed_us, sale_id, line_no""",
            [_microseconds(after), _microseconds(until)],
        )
        for (sale_id, store_id, closed, register, customer), lines in groupby(rows, key=lambda row: row[:5]):
            yield Order(
                sale_id=sale_id,
                store_id=store_id,
                closed_at=_EPOCH + timedelta(microseconds=closed),
                register=register,
                employee=None,
                customer=customer,
                lines=tuple(OrderLine(*line[5:]) for line in lines),
            )

    def opening_stock(self, variant_id: str, store_id: str) -> Decimal | None:
        """What was on hand when the feed began; None where no stock is kept, or before the sample is loaded whole."""
        if not (self._folder / f"{_STOCK}.parquet").exists():
            return None
        rows = self._fetch(
            f"SELECT quantity FROM {self._file(_STOCK)} WHERE variant_id = ? AND store_id = ?", [variant_id, store_id]
        )
        return Decimal(rows[0][0]) if rows else None

    def close(self) -> None:
        """Let the memory go."""
        with self._gate:
            self._connection.close()

    def _file(self, name: str) -> str:
        path = str(self._folder / f"{name}.parquet").replace("'", "''")
        return f"read_parquet('{path}')"

    def _fetch(self, sql: str, params: list[Any]) -> list[tuple]:  # type: ignore[type-arg]
        with self._gate:
            return self._connection.execute(sql, params).fetchall()


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
