"""What the mirror itself adds to rows that come from a platform, before they are stored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

from connectors.mirror.columns import relation
from connectors.mirror.rows import ResultSet
from connectors.records import TABLES, Row

_KEPT = ("store", "category", "product", "variant", "employee")
"""Tables whose columns a platform knows only in part: what it leaves out keeps what is stored."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)


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
    if "cost" in tables:
        completed = _changed_costs(reader, completed)
    return _with_costs(reader, completed) if "sale" in tables else completed


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


def _with_costs(reader: Queries, rows: list[Row]) -> list[Row]:
    """Give sale lines without a cost the one that held at the time of sale: the store's own, else everybody's."""
    sales = {row.values["sale_id"]: row.values for row in rows if row.table == "sale"}
    lacking = [place for place, row in enumerate(rows) if _lacks_cost(row) and row.values["sale_id"] in sales]
    cost_at = _cost_lookup(reader, {rows[place].values["variant_id"] for place in lacking})
    if cost_at is None:
        return rows
    for place in lacking:
        values = rows[place].values
        sale = sales[values["sale_id"]]
        cost = cost_at(values["variant_id"], sale["store_id"], sale["closed_at"])
        if cost is not None:
            rows[place] = Row("sale_line", {**values, "unit_cost": cost})
    return rows


def _lacks_cost(row: Row) -> bool:
    return row.table == "sale_line" and row.values.get("unit_cost") is None and row.values.get("variant_id") is not None


def _cost_lookup(
    reader: Queries, variant_ids: Collection[str]
) -> Callable[[str, str, datetime], Decimal | None] | None:
    """The cost of a variant in a store at an instant, by a function; None when no cost of these is known."""
    if not variant_ids:
        return None
    ids, params = relation({"ids": sorted(variant_ids)})
    found = reader.query(
        "SELECT variant_id, store_id, valid_from_at, unit_cost FROM cost WHERE unit_cost IS NOT NULL "
        f"AND variant_id IN (SELECT ids FROM {ids})",
        params,
    )
    if not found.rows:
        return None
    history: dict[tuple[str, str | None], list[tuple[datetime, Decimal]]] = {}
    for variant_id, store_id, valid_from, cost in found.rows:
        history.setdefault((variant_id, store_id), []).append((valid_from or _ALWAYS, cost))
    for known in history.values():
        known.sort(key=lambda entry: entry[0])

    def cost_at(variant_id: str, store_id: str, at: datetime) -> Decimal | None:
        for place in (store_id, None):
            known = history.get((variant_id, place), [])
            index = bisect_right(known, at, key=lambda entry: entry[0])
            if index:
                return known[index - 1][1]
        return None

    return cost_at
