"""Which rows came of which raw object, so that a row whose object no longer yields it can go.

Beside each raw object stand the names of its rows. What a later version of the object, or a later mapping of it, does
not yield any more is stale. Rows that files or people brought have no object and are never touched.

Names and prices are remembered longer than their objects: a product, a variant, a store or a person that is gone
becomes inactive, a category or a supplier stays, and prices and costs are a history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import duckdb

from connectors.mirror import labour, visits
from connectors.mirror.rows import ResultSet
from connectors.mirror.schema import PARTS
from connectors.mirror.staging import as_text, same_key, stage
from connectors.records import TABLES, Row

RETIRED = frozenset({"store", "product", "variant", "employee"})
"""Tables whose rows become inactive."""

REMEMBERED = RETIRED | {"category", "supplier"}
"""Tables whose rows only a rebuild takes away."""

_NOT_TRACKED = frozenset({*PARTS, "price", "cost"})
"""Parts of a sale, which go with it, and history."""

_BETWEEN, _NULL, _END = "\x1f", "\x1e", "\n"


def names_of(rows: Iterable[Row]) -> str:
    """The names of the rows of one object, as they are stored beside it."""
    tracked = [row for row in rows if row.table not in _NOT_TRACKED]
    return join(dict.fromkeys(_name(row) for row in tracked if _is_named(row))) if tracked else ""


def join(names: Iterable[str]) -> str:
    """Names as they are stored."""
    return _END.join(names)


def split(names: str | None) -> list[str]:
    """Stored names, one by one."""
    return names.split(_END) if names else []


def table_of(name: str) -> str:
    """The table a name belongs to."""
    return name.partition(_BETWEEN)[0]


def drop_rows(
    connection: duckdb.DuckDBPyConnection, stale: Collection[str], *, forget: bool = False
) -> set[tuple[str, date]]:
    """Take rows away by name; with ``forget``, remembered ones as well.

    Returns:
        The store-days whose totals have to be made again.
    """
    touched: set[tuple[str, date]] = set()
    for table, keys in _by_table(stale).items():
        definition = TABLES[table]
        values = [dict.fromkeys(definition.names) | dict(zip(definition.key, key, strict=True)) for key in keys]
        staged = stage(connection, definition, values)
        if table in REMEMBERED and not forget:
            if table in RETIRED:
                condition = same_key(definition, "t", "n")
                connection.execute(f"UPDATE {table} AS t SET active = false FROM {staged} AS n WHERE {condition}")
            continue
        if table == "sale":
            touched |= _drop_parts(connection, staged)
        clocked = labour.days_of_cards(connection, staged) if table == labour.CARDS else set()
        connection.execute(f"DELETE FROM {table} AS t USING {staged} AS n WHERE {same_key(definition, 't', 'n')}")
        if table == visits.COUNTS:
            visits.follow(connection, staged)
        labour.add_up(connection, clocked)
    return touched


class Queries(Protocol):
    """Reading the mirror."""

    def query(
        self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, timeout_seconds: float = 10.0
    ) -> ResultSet:
        """Run one SELECT."""
        ...


def still_yielded(reader: Queries, names: Sequence[str], but: Collection[tuple[str, str, str]] = ()) -> set[str]:
    """Those of ``names`` that another raw object than ``but`` (connection, entity, id) yields."""
    if not names:
        return set()
    found = reader.query(
        f"""SELECT w.name FROM (SELECT unnest(CAST($names AS VARCHAR[])) AS name) w WHERE EXISTS (
          SELECT 1 FROM raw_object r
          WHERE contains(r.origins, w.name)
            AND contains('{_END}' || r.origins || '{_END}', '{_END}' || w.name || '{_END}')
            AND r.connection || '{_BETWEEN}' || r.entity || '{_BETWEEN}' || r.id
              NOT IN (SELECT unnest(CAST($others AS VARCHAR[]))))""",
        {"names": list(names), "others": [_BETWEEN.join(key) for key in but]},
        timeout_seconds=600.0,
    )
    return {name for (name,) in found.rows}


def name_of(table: str, key: Iterable[str | None]) -> str:
    """The name of a row: its table and its natural key as text."""
    return _BETWEEN.join([table, *(_NULL if part is None else part for part in key)])


def _is_named(row: Row) -> bool:
    """Whether the row has a key at all; one without is dropped or refused before it is stored."""
    table = TABLES.get(row.table)
    return table is not None and any(row.values.get(column) is not None for column in table.key)


def _name(row: Row) -> str:
    return name_of(
        row.table, (as_text(row.values.get(column), f"{row.table}.{column}") for column in TABLES[row.table].key)
    )


def _by_table(names: Collection[str]) -> Mapping[str, list[list[str | None]]]:
    found: dict[str, list[list[str | None]]] = {}
    for name in names:
        table, *parts = name.split(_BETWEEN)
        if table in TABLES and len(parts) == len(TABLES[table].key):
            found.setdefault(table, []).append([None if part == _NULL else part for part in parts])
    return found


def _drop_parts(connection: duckdb.DuckDBPyConnection, staged: str) -> set[tuple[str, date]]:
    days = connection.execute(
        f"SELECT DISTINCT s.store_id, s.business_on FROM sale s JOIN {staged} n ON n.sale_id = s.sale_id"
    ).fetchall()
    for part in PARTS:
        connection.execute(f"DELETE FROM {part} AS t USING {staged} AS n WHERE t.sale_id = n.sale_id")
    return {(store_id, day) for store_id, day in days}
