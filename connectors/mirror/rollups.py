"""Rollups by store and day (and hour, product, customer, basket, payment, discount), recomputed for days touched alone.

What counts is decided here and nowhere else in the mirror: documents that are not voided and not tests; lines that
are not gift cards. Gross and discounts are over lines that are not returns, returns are positive refunded value, net
is gross - discounts - returns. Units count only goods sold by the piece (or not in the catalogue); a return takes
its units back. A line without a unit cost is unknown, never free. Units and costs are rounded to hundredths (of a
piece, of a minor unit) by line, before they are added: narrow decimals add up several times faster. Sums are cast to
DECIMAL(18,2): a wider decimal is two orders of magnitude slower to add up again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import duckdb

from connectors.currency import minor_units_sql
from connectors.mirror import amounts, given, labour, payments, registers, sku_days, visits
from connectors.mirror.in_order import mind_an_empty_insert
from connectors.mirror.local_time import local_time
from connectors.mirror.schema import PARTS, ROLLUPS
from connectors.mirror.spans import CUSTOMERS, PRODUCTS, SPANS

_LOCAL = local_time("p.closed_at", "p.timezone", "picked p")
_SCALE = minor_units_sql("coalesce(s.currency, st.currency)")
_DOCUMENTS = f"""
WITH picked AS (
  SELECT s.sale_id, s.store_id, s.business_on, s.kind, {_SCALE} AS scale, s.closed_at, st.timezone,
    s.customer_key, s.employee_id, s.register_id,
    CASE WHEN s.kind <> 'return' THEN 1 ELSE 0 END AS counts, coalesce(s.total_minor, 1) <> 0 AS payable,
    coalesce(s.tax_minor, 0) AS tax, coalesce(s.tip_minor, 0) AS tip
  FROM sale s JOIN store st ON st.store_id = s.store_id
  WHERE NOT coalesce(s.voided, false) AND NOT coalesce(s.is_test, false) AND {{document_scope}}),
{_LOCAL.quarters}
SELECT p.*, CAST(extract('hour' FROM {_LOCAL.instant}) AS INTEGER) AS hour_of_day FROM picked p {_LOCAL.join}
"""

_LINES = """
SELECT l.sale_id, l.store_id, l.business_on, l.variant_id, d.kind, d.hour_of_day,
  coalesce(l.employee_id, d.employee_id) AS employee_id,
  l.unit_cost IS NOT NULL AS has_cost, coalesce(l.is_return, false) OR d.kind = 'return' AS is_back,
  l.gross_minor AS gross, coalesce(l.discount_minor, 0) AS discount,
  coalesce(l.net_minor, l.gross_minor - coalesce(l.discount_minor, 0)) AS net,
  CAST(CASE WHEN coalesce(v.unit_of_measure, 'each') <> 'each' THEN CAST(0 AS DECIMAL(18,5))
    WHEN coalesce(l.is_return, false) OR d.kind = 'return' THEN -abs(l.quantity) ELSE l.quantity END
    AS DECIMAL(18,2)) AS units,
  CASE WHEN coalesce(v.unit_of_measure, 'each') = 'each' OR coalesce(l.is_return, false) OR d.kind = 'return' THEN 0
    ELSE 1 END AS unpieced,
  CAST(l.unit_cost * (CASE WHEN coalesce(l.is_return, false) OR d.kind = 'return' THEN -abs(l.quantity)
    ELSE l.quantity END) * d.scale AS DECIMAL(18,2)) AS cogs
FROM sale_line l JOIN rolled_document d ON d.sale_id = l.sale_id LEFT JOIN variant v ON v.variant_id = l.variant_id
WHERE NOT coalesce(l.is_gift_card, false) AND {line_scope}
"""

_LINE_SUMS = {
    "gross_minor": "sum(CASE WHEN is_back THEN 0 ELSE gross END)",
    "discount_minor": "sum(CASE WHEN is_back THEN 0 ELSE discount END)",
    "returns_minor": "sum(CASE WHEN is_back THEN -net ELSE 0 END)",
    "net_minor": "sum(CASE WHEN is_back THEN net ELSE gross - discount END)",
    "sale_net_minor": "sum(CASE WHEN kind = 'return' THEN 0 WHEN is_back THEN net ELSE gross - discount END)",
    "units": "sum(units)",
    "lines": "count(*)",
    "cogs_minor": "sum(coalesce(cogs, 0))",
    "known_cost_net_minor": "sum(CASE WHEN NOT has_cost THEN 0 WHEN is_back THEN net ELSE gross - discount END)",
    "unknown_cost_lines": "count(*) FILTER (WHERE NOT has_cost)",
}
_DOCUMENT_SUMS = {"transactions": "sum(counts)", "tax_minor": "sum(tax)", "tip_minor": "sum(tip)"}

_SLICE_LINES = 1_000_000
"""So many lines are joined and added up at a time; more than fits into memory would be written out and read again."""

_FEW_DAYS = 64
"""So few days are not worth counting their lines first, nor adding up those of all stores again."""

_OF_STORES = tuple(
    name
    for name, columns in ROLLUPS.items()
    if {"store_id", "business_on"} <= set(columns) and name not in ("door_hour", "labour_day")
)
"""Those that follow documents; ``door_hour`` follows counts, ``labour_day`` time cards."""

Day = tuple[str, date]


def refresh(connection: duckdb.DuckDBPyConnection, touched: Collection[Day] | None = None) -> None:
    """Recompute the rollups inside the caller's transaction.

    Args:
        connection: the writer's.
        touched: (store_id, business_on) pairs; None recomputes everything.
    """
    whole = touched is None
    if touched is None:
        for name in ROLLUPS:
            connection.execute(f"DELETE FROM {name}")
        touched = {
            (store_id, day)
            for store_id, day in connection.execute("SELECT DISTINCT store_id, business_on FROM sale").fetchall()
        }
        amounts.rebuild(connection)
        visits.put_on_the_clock(connection)
        labour.make_again(connection)
    few = len(touched) <= _FEW_DAYS
    refresh_stores(connection, touched, compared=few, followed=not whole)
    if not few:
        sku_days.add_up(connection, {day for _, day in touched})
    if whole:
        visits.add_missing_days(connection)
        for span in SPANS:
            span.make_again(connection)


def refresh_stores(
    connection: duckdb.DuckDBPyConnection, touched: Collection[Day], *, compared: bool = False, followed: bool = True
) -> None:
    """The rollups of single stores.

    Args:
        connection: the writer's.
        touched: the store-days.
        compared: that of all stores follows what changes in them.
        followed: those of first and last days do; else the caller makes them again.
    """
    _place_parts(connection)
    for days in _slices(connection, touched):
        _refresh_slice(connection, days, compared=compared, followed=followed)
        if len(touched) > _FEW_DAYS:  # there may be more than one slice
            for name in _OF_STORES:
                mind_an_empty_insert(connection, name, "store_id")


def _place_parts(connection: duckdb.DuckDBPyConnection) -> None:
    """Give discounts and tenders that came before their document, or without us, its store and business date."""
    for name in PARTS:
        waiting = connection.execute(f"SELECT 1 FROM {name} WHERE store_id IS NULL LIMIT 1").fetchone()
        if waiting:
            connection.execute(
                f"""UPDATE {name} AS t SET store_id = s.store_id, business_on = s.business_on FROM sale s
                WHERE t.store_id IS NULL AND s.sale_id = t.sale_id"""
            )


def _slices(connection: duckdb.DuckDBPyConnection, touched: Collection[Day]) -> Iterator[Sequence[Day]]:
    """The touched days by month, store and date, in parts of about ``_SLICE_LINES`` lines each.

    That is the order in which rows come to stand: some weeks of all stores, and some weeks of one store, are each found
    in few places.
    """
    days = sorted(touched, key=lambda one: (one[1].year, one[1].month, *one))
    if len(days) <= _FEW_DAYS:
        if days:
            yield days
        return
    counted = connection.execute(
        """SELECT store_id, business_on, count(*) FROM sale_line
          WHERE business_on BETWEEN $first AND $last AND store_id BETWEEN $lowest AND $highest GROUP BY ALL""",
        {
            "first": min(day for _, day in days),
            "last": max(day for _, day in days),
            "lowest": min(store for store, _ in days),
            "highest": max(store for store, _ in days),
        },
    ).fetchall()
    lines = {(store_id, day): count for store_id, day, count in counted}
    part: list[Day] = []
    size = 0
    for day in days:
        part.append(day)
        size += lines.get(day, 0)
        if size >= _SLICE_LINES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _roll_up(connection: duckdb.DuckDBPyConnection, days: Sequence[Day]) -> tuple[dict[str, str], dict[str, str]]:
    """Join the documents and lines of days into temporary tables; the days as conditions by alias, their parameters."""
    if not _are_one_stretch(days):
        connection.execute("CREATE OR REPLACE TEMP TABLE touched_day (store_id VARCHAR, business_on DATE)")
        connection.execute(
            "INSERT INTO touched_day SELECT unnest($stores), unnest($days)",
            {"stores": [store for store, _ in days], "days": [day for _, day in days]},
        )
    bounds = {
        "first": min(store for store, _ in days),
        "last": max(store for store, _ in days),
    }
    scopes = {alias: _scope(alias, days) for alias in ("l", "s", "r")}
    documents = _DOCUMENTS.format(document_scope=scopes["s"])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rolled_document AS {documents}", bounds)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rolled_line AS {_LINES.format(line_scope=scopes['l'])}", bounds)
    return scopes, bounds


def _refresh_slice(
    connection: duckdb.DuckDBPyConnection, days: Sequence[Day], *, compared: bool, followed: bool
) -> None:
    scopes, bounds = _roll_up(connection, days)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rolled_sku AS {_sku_rows()}")
    if compared:
        dates = [day for _, day in days]
        sku_days.exchange(connection, scopes["r"], bounds, min(dates), max(dates), rolled="rolled_sku")
    for name in _OF_STORES:
        connection.execute(f"DELETE FROM {name} AS r WHERE {scopes['r']}", bounds)
    connection.execute(_hour_statement())
    connection.execute(_day_statement(scopes["r"]), bounds)
    columns = ", ".join(ROLLUPS["store_sku_day"])
    connection.execute(
        f"INSERT INTO store_sku_day ({columns}) SELECT {columns} FROM rolled_sku ORDER BY store_id, business_on"
    )
    connection.execute(_BASKETS)
    connection.execute(_customer_statement())
    if followed:
        for span in SPANS:
            span.follow(connection, scopes["r"], bounds)
    connection.execute(_basket_statement())
    connection.execute(_EMPLOYEES)
    registers.add_up(connection, scopes["r"], bounds)
    payments.add_up(connection, scopes["r"], bounds)
    given.add_up(connection, scopes["r"], bounds)
    visits.add_up(connection, scopes["r"], bounds)
    for name in ("rolled_basket", "rolled_sku", "rolled_line", "rolled_document"):
        connection.execute(f"DROP TABLE {name}")


def _scope(alias: str, days: Sequence[Day]) -> str:
    """The days as a condition; the bounds let a scan skip what cannot match."""
    dates = [day for _, day in days]
    within = (
        f"{alias}.business_on BETWEEN DATE '{min(dates).isoformat()}' AND DATE '{max(dates).isoformat()}' AND "
        f"{alias}.store_id BETWEEN $first AND $last"
    )
    if _are_one_stretch(days):
        return within
    return (
        f"{within} AND ({alias}.store_id, {alias}.business_on) IN (SELECT t.store_id, t.business_on FROM touched_day t)"
    )


def _are_one_stretch(days: Sequence[Day]) -> bool:
    """Whether the bounds alone say which days: most commits touch one day of one store, and have little else to do."""
    dates = {day for _, day in days}
    return len({store for store, _ in days}) == 1 and len(dates) == (max(dates) - min(dates)).days + 1


def _hour_statement() -> str:
    keys = ("store_id", "business_on", "hour_of_day")
    key = ", ".join(keys)
    line_sums = ", ".join(f"{sql} AS {column}" for column, sql in _LINE_SUMS.items())
    document_sums = ", ".join(f"{sql} AS {column}" for column, sql in _DOCUMENT_SUMS.items())
    measures = ", ".join(
        f"CAST(coalesce({'a' if column in _LINE_SUMS else 'd'}.{column}, 0) AS {type_})"
        for column, type_ in ROLLUPS["store_hour"].items()
        if column not in keys
    )
    return f"""WITH
          a AS (SELECT {key}, {line_sums} FROM rolled_line GROUP BY {key}),
          d AS (SELECT {key}, {document_sums} FROM rolled_document GROUP BY {key})
        INSERT INTO store_hour ({", ".join(ROLLUPS["store_hour"])})
        SELECT {", ".join(f"d.{column}" for column in keys)}, {measures}
        FROM d LEFT JOIN a ON {" AND ".join(f"a.{column} = d.{column}" for column in keys)}
        ORDER BY {", ".join(f"d.{column}" for column in keys)}
    """


def _day_statement(scope: str) -> str:
    """A document has one hour, so every measure of a day is the sum of its hours."""
    keys = ("store_id", "business_on")
    columns = ROLLUPS["store_day"]
    measures = ", ".join(f"CAST(sum(r.{name}) AS {type_})" for name, type_ in columns.items() if name not in keys)
    return f"""INSERT INTO store_day ({", ".join(columns)})
        SELECT r.store_id, r.business_on, {measures} FROM store_hour r WHERE {scope}
        GROUP BY r.store_id, r.business_on ORDER BY r.store_id, r.business_on
    """


def _sku_rows() -> str:
    """A product is in most documents once, so documents are lines less the few that repeat one: no set per product."""
    keys = ("store_id", "business_on", "variant_id")
    columns = ROLLUPS["store_sku_day"]
    sums = _LINE_SUMS | {"transactions": "count(*) FILTER (WHERE kind <> 'return')"}
    measures = ", ".join(
        f"CAST(a.{name}{' - coalesce(e.extra, 0)' if name == 'transactions' else ''} AS {type_}) AS {name}"
        for name, type_ in columns.items()
        if name not in keys
    )
    summed = ", ".join(f"{sums[name]} AS {name}" for name in columns if name not in keys)
    key = ", ".join(keys)
    return f"""WITH a AS (SELECT {key}, {summed} FROM rolled_line GROUP BY {key}),
          repeated AS (SELECT {key}, count(*) - 1 AS extra FROM rolled_line WHERE kind <> 'return'
            GROUP BY sale_id, {key} HAVING count(*) > 1),
          e AS (SELECT {key}, sum(extra) AS extra FROM repeated GROUP BY {key})
        SELECT {", ".join(f"a.{name}" for name in keys)}, {measures}
        FROM a LEFT JOIN e ON e.store_id = a.store_id AND e.business_on = a.business_on
          AND e.variant_id IS NOT DISTINCT FROM a.variant_id
    """


_BASKET_SUMS = ("gross_minor", "discount_minor", "returns_minor", "net_minor", "sale_net_minor", "units")
_BASKETS = f"""CREATE OR REPLACE TEMP TABLE rolled_basket AS
SELECT sale_id, {", ".join(f"{_LINE_SUMS[name]} AS {name}" for name in _BASKET_SUMS)},
  sum(unpieced) AS unpieced, min(employee_id) AS employee_id FROM rolled_line GROUP BY sale_id"""
"""Lines are added up by document first, so that no document is counted twice."""


def _customer_statement() -> str:
    """A customer's hour in a store."""
    columns = ROLLUPS["customer_hour"]
    keys = ("store_id", "business_on", "hour_of_day", "customer_key")
    sums = {name: f"coalesce(a.{name}, 0)" for name in ("net_minor", "sale_net_minor")} | {"transactions": "d.counts"}
    measures = ", ".join(f"CAST(sum({sums[name]}) AS {columns[name]})" for name in columns if name not in keys)
    key = ", ".join(f"d.{name}" for name in keys)
    return f"""INSERT INTO customer_hour ({", ".join(columns)})
        SELECT {key}, {measures} FROM rolled_document d LEFT JOIN rolled_basket a ON a.sale_id = d.sale_id
        WHERE d.customer_key IS NOT NULL GROUP BY {key} ORDER BY d.store_id, d.business_on
    """


def _basket_statement() -> str:
    """A sale or exchange: its items are its pieces and one for each line of goods not sold by the piece."""
    columns = ROLLUPS["basket"]
    sums = {"net_minor": "a.net_minor", "units": "a.units", "items": "a.units + a.unpieced"}
    measures = ", ".join(f"CAST(coalesce({sql}, 0) AS {columns[name]})" for name, sql in sums.items())
    return f"""INSERT INTO basket ({", ".join(columns)})
        SELECT d.store_id, d.business_on, d.hour_of_day, {measures}
        FROM rolled_document d LEFT JOIN rolled_basket a ON a.sale_id = d.sale_id
        WHERE d.counts = 1 ORDER BY d.store_id, d.business_on
    """


_EMPLOYEES = f"""INSERT INTO employee_day (store_id, business_on, employee_id, net_minor)
SELECT store_id, business_on, employee_id, CAST({_LINE_SUMS["net_minor"]} AS {ROLLUPS["employee_day"]["net_minor"]})
FROM rolled_line GROUP BY store_id, business_on, employee_id ORDER BY store_id, business_on"""


def _fill_registers(connection: duckdb.DuckDBPyConnection) -> None:
    """``register_hour`` of all days, whose other rollups are there."""
    found = connection.execute("SELECT DISTINCT store_id, business_on FROM store_hour").fetchall()
    for days in _slices(connection, found):
        scopes, bounds = _roll_up(connection, days)
        connection.execute(_BASKETS)
        registers.add_up(connection, scopes["r"], bounds)
        mind_an_empty_insert(connection, "register_hour", "store_id")


def fill_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Compute the rollups of a file that was written before some of them were there, in the caller's transaction."""
    lacking = connection.execute(
        """SELECT NOT EXISTS (SELECT 1 FROM tender_day) AND EXISTS (SELECT 1 FROM sale WHERE
            coalesce(total_minor, 1) <> 0 AND NOT coalesce(voided, false) AND NOT coalesce(is_test, false))
          OR NOT EXISTS (SELECT 1 FROM customer_hour) AND EXISTS (SELECT 1 FROM sale
            WHERE customer_key IS NOT NULL AND NOT coalesce(voided, false) AND NOT coalesce(is_test, false)),
          NOT EXISTS (SELECT 1 FROM sku_day) AND EXISTS (SELECT 1 FROM store_sku_day),
          NOT EXISTS (SELECT 1 FROM amount_in_force)
            AND (EXISTS (SELECT 1 FROM price) OR EXISTS (SELECT 1 FROM cost)),
          NOT EXISTS (SELECT 1 FROM door_day)
            AND (EXISTS (SELECT 1 FROM store_hour) OR EXISTS (SELECT 1 FROM foot_traffic)),
          NOT EXISTS (SELECT 1 FROM register_hour) AND EXISTS (SELECT 1 FROM store_hour),
          NOT EXISTS (SELECT 1 FROM labour_day) AND EXISTS (SELECT 1 FROM timecard WHERE clock_in_at IS NOT NULL),
          NOT EXISTS (SELECT 1 FROM customer_first) AND EXISTS (SELECT 1 FROM customer_hour),
          NOT EXISTS (SELECT 1 FROM sku_sold) AND EXISTS (SELECT 1 FROM store_sku_day)"""
    ).fetchone()
    if not lacking:
        return
    if lacking[0]:
        refresh(connection)
    elif lacking[2]:
        amounts.rebuild(connection)
    if lacking[1] and not lacking[0]:
        found = connection.execute("SELECT DISTINCT business_on FROM store_sku_day").fetchall()
        sku_days.add_up(connection, {day for (day,) in found})
    if lacking[3] and not lacking[0]:
        visits.make_again(connection)
    if lacking[4] and not lacking[0]:
        _fill_registers(connection)
    if lacking[5] and not lacking[0]:
        labour.make_again(connection)
    for lacks, span in zip(lacking[6:], (CUSTOMERS, PRODUCTS), strict=True):
        if lacks and not lacking[0]:
            span.make_again(connection)
