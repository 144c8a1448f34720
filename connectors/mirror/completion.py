"""What the mirror itself adds to rows that come from a platform, before they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from connectors.mirror.rows import ResultSet
from connectors.records import TABLES, Row

_KEPT = ("store", "category", "product", "variant", "employee")
"""Tables whose columns a platform knows only in part: what it leaves out keeps what is stored."""


class Queries(Protocol):
    """Reading the mirror."""

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        """Run one SELECT."""
        ...


def complete(reader: Queries, rows: Sequence[Row]) -> list[Row]:
    """Rows with what the platform left out filled in.

    Dropped are rows that lack a required column even then (a deleted product the mirror never knew) and those that
    say what is known already.
    """
    completed = list(rows)
    tables = {row.table for row in completed}
    for table in _KEPT:
        if table in tables:
            completed = _keep_known_columns(reader, table, completed)
    if "price" in tables:
        completed = _changed_prices(reader, completed)
    return _changed_costs(reader, completed) if "cost" in tables else completed


def _keep_known_columns(reader: Queries, name: str, rows: list[Row]) -> list[Row]:
    table = TABLES[name]
    key = table.key[0]
    ids = [str(row.values[key]) for row in rows if row.table == name]
    if not ids:
        return rows
    names = ", ".join(f'"{column}"' for column in table.names)
    found = reader.query(
        f'SELECT {names} FROM {name} WHERE "{key}" IN (SELECT unnest(CAST($ids AS VARCHAR[])))', {"ids": ids}
    )
    stored = {str(values[key]): values for values in found.dicts()}
    required = [column.name for column in table.columns if column.required]
    kept: list[Row] = []
    for row in rows:
        if row.table != name:
            kept.append(row)
            continue
        before = stored.get(str(row.values[key]), {})
        values = {**before, **row.values}
        if values != before and all(values.get(column) is not None for column in required):
            kept.append(Row(name, values))
    return kept


def _changed_prices(reader: Queries, rows: list[Row]) -> list[Row]:
    """Drop prices that are known, and end a store's own price where the platform has none any more."""
    offered: dict[str, dict[str | None, Row]] = {}
    for row in rows:
        if row.table == "price":
            offered.setdefault(row.values["variant_id"], {})[row.values.get("store_id")] = row
    if not offered:
        return rows
    latest = _latest_prices(reader, list(offered))
    kept = [row for row in rows if row.table != "price"]
    for variant_id, by_store in offered.items():
        known = latest.get(variant_id, {})
        base = by_store.get(None)
        wanted = dict(by_store)
        if base is not None:
            wanted |= {
                store_id: Row("price", {**base.values, "store_id": store_id})
                for store_id in known
                if store_id is not None and store_id not in by_store
            }
        kept += [row for store_id, row in wanted.items() if known.get(store_id) != _price_of(row)]
    return kept


def _latest_prices(
    reader: Queries, variant_ids: Sequence[str]
) -> dict[str, dict[str | None, tuple[Decimal, str | None]]]:
    found = reader.query(
        "SELECT variant_id, store_id, arg_max(price, since) AS price, arg_max(currency, since) AS currency "
        "FROM (SELECT *, coalesce(valid_from_at, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS since FROM price) "
        "WHERE variant_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) GROUP BY variant_id, store_id",
        {"ids": list(variant_ids)},
    )
    latest: dict[str, dict[str | None, tuple[Decimal, str | None]]] = {}
    for variant_id, store_id, price, currency in found.rows:
        latest.setdefault(variant_id, {})[store_id] = (price, currency)
    return latest


def _changed_costs(reader: Queries, rows: list[Row]) -> list[Row]:
    """Drop costs that are known: a change of a product's name is no change of its cost."""
    wanted = {str(row.values["variant_id"]) for row in rows if row.table == "cost"}
    if not wanted:
        return rows
    found = reader.query(
        "SELECT variant_id, store_id, supplier_id, arg_max(unit_cost, since), arg_max(currency, since) "
        "FROM (SELECT *, coalesce(valid_from_at, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS since FROM cost) "
        "WHERE variant_id IN (SELECT unnest(CAST($ids AS VARCHAR[]))) GROUP BY variant_id, store_id, supplier_id",
        {"ids": sorted(wanted)},
    )
    latest = {row[:3]: (row[3], row[4]) for row in found.rows}
    return [row for row in rows if row.table != "cost" or latest.get(_cost_place(row)) != _cost_of(row)]


def _cost_place(row: Row) -> tuple[Any, ...]:
    return tuple(row.values.get(name) for name in ("variant_id", "store_id", "supplier_id"))


def _cost_of(row: Row) -> tuple[Decimal | None, str | None]:
    cost = row.values.get("unit_cost")
    return (None if cost is None else Decimal(str(cost)), row.values.get("currency"))


def _price_of(row: Row) -> tuple[Decimal | None, str | None]:
    price = row.values.get("price")
    return (None if price is None else Decimal(str(price)), row.values.get("currency"))
