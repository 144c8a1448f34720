"""Rollups of first and last days: since when each customer buys at a store, and when each product sold there.

Who is new, what is new and what stopped selling is looked up there instead of being looked for in all of history. Each
follows a rollup by day: what a commit writes may move a bound outwards, and only where a bound has lost its day is the
history asked again.

A purchase is a sale or an exchange; a return is none. A product sold on a day when pieces or an amount went out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from connectors.mirror.in_order import mind_an_empty_insert


@dataclass(frozen=True, slots=True)
class Span:
    """The days that bound what a store has with one customer or product.

    Attributes:
        name: the rollup, with ``store_id``, the key and the bounds.
        key: its second column.
        bounds: its columns that hold a day, with ``min`` or ``max``.
        days: the rollup by day that it follows, with the same key.
        counts: which of its rows count, with a place for their alias.
    """

    name: str
    key: str
    bounds: Mapping[str, str]
    days: str
    counts: str

    def make_again(self, connection: duckdb.DuckDBPyConnection) -> None:
        """All of it anew, from all days."""
        connection.execute(f"DELETE FROM {self.name}")
        mind_an_empty_insert(connection, self.name, "store_id")
        connection.execute(f"{self._insert()} {self._bounded()} ORDER BY 1, 2")

    def follow(self, connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]) -> None:
        """Keep up with some days, once these are written again.

        Args:
            connection: the writer's.
            scope: the store-days as a condition on ``r``, which has ``store_id`` and ``business_on``.
            bounds: its parameters; ``first`` and ``last`` are the stores between which they lie.
        """
        within = "t.store_id BETWEEN $first AND $last"
        further = {"min": "n.{0} < t.{0}", "max": "n.{0} > t.{0}"}
        moved = " OR ".join(further[side].format(name) for name, side in self.bounds.items())
        outer = {"min": "least", "max": "greatest"}
        moves = ", ".join(f"{name} = {outer[side]}(n.{name}, t.{name})" for name, side in self.bounds.items())
        columns = ("store_id", self.key, *self.bounds)
        connection.execute(
            f"""MERGE INTO {self.name} AS t USING (
              {self._bounded(scope)}) AS n
            ON t.store_id = n.store_id AND t.{self.key} IS NOT DISTINCT FROM n.{self.key} AND {within}
            WHEN MATCHED AND ({moved}) THEN UPDATE SET {moves}
            WHEN NOT MATCHED THEN INSERT ({", ".join(columns)}) VALUES ({", ".join(f"n.{name}" for name in columns)})
            """,
            dict(bounds),
        )
        self._ask_again(connection, self._without_their_day(connection, scope, bounds), bounds)

    def _without_their_day(
        self, connection: duckdb.DuckDBPyConnection, scope: str, bounds: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """Store and key of those that have a bound in the scope on a day that does not count any more."""
        sides = " UNION ALL ".join(
            f"SELECT b.store_id, b.{self.key}, b.{name} AS business_on FROM {self.name} b" for name in self.bounds
        )
        # Both sides keep to the scope: a join to all days of a store would compare every one of them.
        return connection.execute(
            f"""SELECT DISTINCT e.store_id, e.{self.key} FROM (SELECT r.* FROM ({sides}) r WHERE {scope}) e
            LEFT JOIN (SELECT r.store_id, r.business_on, r.{self.key} FROM {self.days} r
              WHERE {self.counts.format("r")} AND {scope}) d
            ON d.store_id = e.store_id AND d.business_on = e.business_on AND d.{self.key} = e.{self.key}
            WHERE d.store_id IS NULL""",
            dict(bounds),
        ).fetchall()

    def _ask_again(
        self, connection: duckdb.DuckDBPyConnection, lost: list[tuple[str, str]], bounds: Mapping[str, str]
    ) -> None:
        if not lost:
            return
        connection.execute(f"CREATE OR REPLACE TEMP TABLE lost_day (store_id VARCHAR, {self.key} VARCHAR)")
        connection.execute(
            "INSERT INTO lost_day SELECT unnest($stores), unnest($keys)",
            {"stores": [store_id for store_id, _ in lost], "keys": [key for _, key in lost]},
        )
        among = f"({{0}}.store_id, {{0}}.{self.key}) IN (SELECT l.store_id, l.{self.key} FROM lost_day l)"
        within = "{0}.store_id BETWEEN $first AND $last AND " + among
        connection.execute(f"DELETE FROM {self.name} AS t WHERE {within.format('t')}", dict(bounds))
        connection.execute(f"{self._insert()} {self._bounded(within.format('r'))} ORDER BY 1, 2", dict(bounds))
        mind_an_empty_insert(connection, self.name, "store_id")
        connection.execute("DROP TABLE lost_day")

    def _insert(self) -> str:
        return f"INSERT INTO {self.name} ({', '.join(('store_id', self.key, *self.bounds))})"

    def _bounded(self, only: str = "TRUE") -> str:
        """The rollup's rows out of the days that match a condition on ``r``."""
        days = ", ".join(f"{side}(r.business_on) AS {name}" for name, side in self.bounds.items())
        return f"""SELECT r.store_id, r.{self.key}, {days} FROM {self.days} r
          WHERE r.{self.key} IS NOT NULL AND {self.counts.format("r")} AND {only} GROUP BY r.store_id, r.{self.key}"""


CUSTOMERS = Span("customer_first", "customer_key", {"first_on": "min"}, "customer_hour", "{0}.transactions > 0")
PRODUCTS = Span(
    "sku_sold",
    "variant_id",
    {"first_on": "min", "last_on": "max"},
    "store_sku_day",
    "({0}.units > 0 OR {0}.gross_minor > 0)",
)
SPANS = (CUSTOMERS, PRODUCTS)
