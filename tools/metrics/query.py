"""From metrics, stores and dates to one SQL statement: the only place where the store scope enters the SQL.

The SQL keeps to a portable subset: dates are bound and cast to DATE, grouping is explicit, nothing is divided or
rounded. Every value that comes from a person is a parameter. Facts are first brought to one row per store and day
(or hour) each, so that joining them can never count a row twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tools.context import Scope
from tools.errors import NotAllowedError
from tools.metrics.model import Fact, Metric, UnitKind

SALES_COLUMNS = (
    "gross_minor", "discount_minor", "returns_minor", "net_minor", "units", "lines", "cogs_minor",
    "known_cost_net_minor", "unknown_cost_lines",
)  # fmt: skip
_DOCUMENT_COLUMNS = ("sale_net_minor", "transactions")
_GROUPS = {
    None: (),
    "store": ("store_id",),
    "day": ("business_on",),
    "hour": ("hour_of_day",),
    "department": ("department",),
    "category": ("category",),
}
_LOCAL = "(x.{at} AT TIME ZONE st.timezone)"
_STARTS = "COALESCE(st.day_starts_at, TIME '00:00:00')"


@dataclass(frozen=True, slots=True)
class Window:
    """Some stores over some business days, both ends included.

    ``hours_on_last`` cuts the last day to so many hours from ``day_starts_hour`` on; None takes it whole.
    """

    store_ids: tuple[str, ...]
    start_on: date
    end_on: date
    hours_on_last: int | None = None
    day_starts_hour: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with ``$name`` parameters."""

    sql: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Only these variants, or products of these departments and of these categories (exact names)."""

    departments: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


def checked_scope(windows: Sequence[Window], scope: Scope) -> None:
    """Refuse a store outside the scope, whoever asked for it.

    Raises:
        NotAllowedError: as said.
    """
    allowed = set(scope.store_ids)
    if any(store not in allowed for window in windows for store in window.store_ids):
        raise NotAllowedError("That is about a store you may not see.")


def build(
    metrics: Sequence[Metric], windows: Sequence[Window], by: str | None, scope: Scope, only: Filter | None = None
) -> Statement:
    """One row per group: the group's columns, then ``n_<metric>`` and ``d_<metric>`` sums.

    With ``only`` the sums are those of the products meant, taken per store, day and variant, with ``x_lines`` (lines
    sold) and ``x_unpieced_lines`` (those of goods not sold by the piece); there are no hours in that.

    Args:
        metrics: what to sum.
        windows: which stores over which days; together they are the question.
        by: None, "store", "day", "hour", "department" or "category".
        scope: who asks.
        only: the part of the range that is meant, or None for all of it.

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    hourly = by == "hour" or any(window.hours_on_last is not None for window in windows)
    params: dict[str, Any] = {}
    facts = {fact for metric in metrics for fact in metric.facts}
    selected = list(_GROUPS[by])
    sums = [f"{sql} AS {name}" for metric in metrics for name, sql in _sums(metric)]
    if any("unknown_cost_lines" in metric.numerator for metric in metrics):
        sums += [
            "SUM(s.net_minor) AS x_net",
            "SUM(s.net_minor - s.known_cost_net_minor) AS x_unknown_net",
            "SUM(s.unknown_cost_lines) AS x_unknown_lines",
        ]
    if only is not None:
        sums += [
            "SUM(s.lines) AS x_lines",
            "SUM(CASE WHEN s.unit_of_measure <> 'each' THEN s.lines ELSE 0 END) AS x_unpieced_lines",
        ]
    if only is not None or by in ("department", "category"):
        relation = f"({product_rows(windows, params)}) s" + _where(_only(only or Filter(), params))
        keys = [f"s.{column}" for column in selected]
    else:
        relation, keys = _joined(facts, windows, params, by, hourly=hourly)
    lines = [f"  {key} AS {name}" for key, name in zip(keys, selected, strict=True)] + [f"  {sql}" for sql in sums]
    sql = "SELECT\n" + ",\n".join(lines) + f"\nFROM {relation}"
    if keys:
        sql += "\nGROUP BY " + ", ".join(keys) + "\nORDER BY " + ", ".join(str(n + 1) for n in range(len(keys)))
    return Statement(sql, params)


def build_ranking(
    metric: Metric,
    extra: Sequence[Metric],
    windows: Sequence[Window],
    scope: Scope,
    *,
    limit: int,
    descending: bool,
    only: Filter | None = None,
    by_item: bool = False,
) -> Statement:
    """The products of the windows ranked by one metric, ties by id, with totals over all of them.

    With ``by_item`` variants of the same item are one product, named by the first of their ids.

    Each row: ``variant_id``, ``n_``/``d_`` sums of ``metric`` and ``extra``, ``unknown`` (lines without cost), and
    over all products ``ranked`` (how many could be ranked), ``total`` and ``unknown_products`` (not ranked for want of
    a cost).

    Raises:
        NotAllowedError: a window names a store outside the scope.
    """
    checked_scope(windows, scope)
    params: dict[str, Any] = {"limit": limit}
    named = _only(only or Filter(), params)
    conditions = ["s.variant_id IS NOT NULL", *named]
    sums = {name: sql for each in (metric, *extra) for name, sql in _sums(each)}
    value = f"CAST(n_{metric.name} AS DOUBLE)"
    if metric.unit_kind is UnitKind.UNITS:
        value = f"NULLIF({value}, 0)"  # goods not sold by the piece have no units to be ranked by
    if metric.denominator:
        value += f" / NULLIF(CAST(d_{metric.name} AS DOUBLE), 0)"
    rows = product_rows(windows, params) if named else _variant_rows(windows, params)
    direction = "DESC" if descending else "ASC"
    joined, key = "", "s.variant_id"
    if by_item:
        joined, key = "\nLEFT JOIN item i ON i.variant_id = s.variant_id", "COALESCE(i.item_id, s.variant_id)"
    sql = f"""WITH product_sums AS (
SELECT MIN(s.variant_id) AS variant_id, SUM(s.unknown_cost_lines) AS unknown,
  {", ".join(f"{sql} AS {name}" for name, sql in sums.items())}
FROM ({rows}) s{joined}
WHERE {" AND ".join(conditions)}
GROUP BY {key}
HAVING SUM(s.net_minor) <> 0 OR SUM(s.units) <> 0
), valued AS (
SELECT p.*, {value} AS rank_value FROM product_sums p
)
SELECT v.*, COUNT(v.rank_value) OVER () AS ranked, SUM(n_{metric.name}) OVER () AS total,
  COUNT(CASE WHEN v.rank_value IS NULL AND v.unknown > 0 THEN 1 END) OVER () AS unknown_products
FROM valued v
ORDER BY CASE WHEN v.rank_value IS NULL THEN 1 ELSE 0 END, v.rank_value {direction}, v.variant_id
LIMIT $limit"""
    return Statement(sql, params)


def build_coverage(windows: Sequence[Window], scope: Scope) -> Statement:
    """Per store the days of the windows that have sales: ``store_id, days, first_on, last_on``."""
    checked_scope(windows, scope)
    params: dict[str, Any] = {}
    sql = (
        "SELECT x.store_id, COUNT(*) AS days, MIN(x.business_on) AS first_on, MAX(x.business_on) AS last_on\n"
        f"FROM store_day x\nWHERE {window_condition(windows, params, hourly=False)}\nGROUP BY x.store_id\nORDER BY 1"
    )
    return Statement(sql, params)


def _only(only: Filter, params: dict[str, Any]) -> list[str]:
    """The condition on ``s`` that a filter makes; none for an empty one."""
    return [
        f"s.{column} IN ({bind(params, column[0] + 'f', names)})"
        for column, names in (
            ("department", only.departments),
            ("category", only.categories),
            ("variant_id", only.variants),
        )
        if names
    ]


def _where(conditions: Sequence[str]) -> str:
    return "\nWHERE " + " AND ".join(conditions) if conditions else ""


def _sums(metric: Metric) -> list[tuple[str, str]]:
    pairs = [(f"n_{metric.name}", metric.numerator)]
    if metric.denominator:
        pairs.append((f"d_{metric.name}", metric.denominator))
    return pairs


def bind(params: dict[str, Any], prefix: str, values: Sequence[Any]) -> str:
    """Add values to the parameters under fresh names and return their placeholders."""
    names = []
    for value in values:
        name = f"{prefix}{len(params)}"
        params[name] = value
        names.append(f"${name}")
    return ", ".join(names)


def window_condition(
    windows: Sequence[Window], params: dict[str, Any], *, hourly: bool, hour: str = "x.hour_of_day"
) -> str:
    """The stores and days of the windows as a condition on ``x``; where the scope enters the SQL."""
    parts = []
    for window in windows:
        stores = bind(params, "store", window.store_ids)
        start, end = bind(params, "start", [window.start_on]), bind(params, "end", [window.end_on])
        part = f"x.store_id IN ({stores}) AND x.business_on BETWEEN CAST({start} AS DATE) AND CAST({end} AS DATE)"
        if hourly and window.hours_on_last is not None:
            first = bind(params, "hour", [24 - window.day_starts_hour])
            hours = bind(params, "hours", [window.hours_on_last])
            part += f" AND (x.business_on < CAST({end} AS DATE) OR MOD({hour} + {first}, 24) < {hours})"
        parts.append(part)
    return parts[0] if len(parts) == 1 else " OR ".join(f"({part})" for part in parts)


def _joined(
    facts: set[Fact], windows: Sequence[Window], params: dict[str, Any], by: str | None, *, hourly: bool
) -> tuple[str, list[str]]:
    """The facts joined on their keys, and the grouping expressions."""
    keys = ["store_id", "business_on", *(["hour_of_day"] if by == "hour" else [])]
    makers = {Fact.SALES: _sales_rows, Fact.TRAFFIC: _traffic_rows, Fact.STAFF: _staff_rows}
    relation = ""
    present: list[str] = []
    for fact in (one for one in Fact if one in facts):
        rows = f"(\n{makers[fact](windows, params, keys, hourly=hourly)}\n) {fact.value}"
        if not present:
            relation = rows
        else:
            on = " AND ".join(f"{fact.value}.{key} = {_coalesced(present, key)}" for key in keys)
            relation += f"\nFULL JOIN {rows} ON {on}"
        present.append(fact.value)
    return relation, [_coalesced(present, column) for column in _GROUPS[by]]


def _coalesced(aliases: Sequence[str], column: str) -> str:
    named = ", ".join(f"{alias}.{column}" for alias in aliases)
    return f"COALESCE({named})" if len(aliases) > 1 else named


def _sales_rows(windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], *, hourly: bool) -> str:
    columns = SALES_COLUMNS + _DOCUMENT_COLUMNS
    if not hourly:
        selected = ", ".join(f"x.{column}" for column in (*keys, *columns))
        return f"SELECT {selected}\nFROM store_day x\nWHERE {window_condition(windows, params, hourly=False)}"
    key = ", ".join(f"x.{column}" for column in keys)
    sums = ", ".join(f"SUM(x.{column}) AS {column}" for column in columns)
    where = window_condition(windows, params, hourly=True)
    return f"SELECT {key}, {sums}\nFROM store_hour x\nWHERE {where}\nGROUP BY {key}"


def _variant_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    columns = ", ".join(f"x.{column}" for column in ("variant_id", *SALES_COLUMNS))
    return f"SELECT {columns}\nFROM store_sku_day x\nWHERE {window_condition(windows, params, hourly=False)}"


def product_rows(windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Sales by store, day and variant with their department and category, as the body of a subquery."""
    columns = ", ".join(f"x.{column}" for column in ("store_id", "business_on", "variant_id", *SALES_COLUMNS))
    return (
        f"SELECT {columns}, COALESCE(h.department, 'Unknown') AS department,\n"
        "  COALESCE(h.category, 'Unknown') AS category, COALESCE(v.unit_of_measure, 'each') AS unit_of_measure\n"
        "FROM store_sku_day x\nLEFT JOIN variant v ON v.variant_id = x.variant_id\n"
        "LEFT JOIN shelf h ON h.product_id = v.product_id\n"
        f"WHERE {window_condition(windows, params, hourly=False)}"
    )


def _stamped(table: str, at: str, measures: str, windows: Sequence[Window], params: dict[str, Any]) -> str:
    """Rows that carry an instant, given the store's business date and hour; a wide band of instants comes first."""
    local = _LOCAL.format(at=at)
    low = min(window.start_on for window in windows) - timedelta(days=2)
    high = max(window.end_on for window in windows) + timedelta(days=3)
    band = [bind(params, "at", [datetime.combine(day, time(), tzinfo=UTC)]) for day in (low, high)]
    stores = bind(params, "store", sorted({store for window in windows for store in window.store_ids}))
    return (
        f"SELECT x.store_id, CASE WHEN CAST({local} AS TIME) < {_STARTS} THEN CAST({local} AS DATE) - 1\n"
        f"    ELSE CAST({local} AS DATE) END AS business_on,\n"
        f"  CAST(EXTRACT(HOUR FROM {local}) AS INTEGER) AS hour_of_day, {measures}\n"
        f"FROM {table} x JOIN store st ON st.store_id = x.store_id\n"
        f"WHERE x.store_id IN ({stores}) AND x.{at} >= CAST({band[0]} AS TIMESTAMPTZ)"
        f" AND x.{at} < CAST({band[1]} AS TIMESTAMPTZ)"
    )


def _traffic_rows(windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], *, hourly: bool) -> str:
    key = ", ".join(f"x.{column}" for column in keys)
    stamped = _stamped("foot_traffic", "hour_at", "x.visitors", windows, params)
    where = window_condition(windows, params, hourly=hourly)
    return f"SELECT {key}, SUM(x.visitors) AS visitors\nFROM (\n{stamped}\n) x\nWHERE {where}\nGROUP BY {key}"


def _staff_rows(windows: Sequence[Window], params: dict[str, Any], keys: Sequence[str], *, hourly: bool) -> str:  # noqa: ARG001
    """Seconds worked and seconds times hourly wage, whole so that nothing is divided here; never hourly."""
    key = ", ".join(f"x.{column}" for column in keys)
    worked = (
        "EXTRACT(EPOCH FROM x.clock_out_at) - EXTRACT(EPOCH FROM x.clock_in_at) - 60 * COALESCE(x.break_minutes, 0)"
    )
    rate = "COALESCE(x.wage_minor, (SELECT MAX(e.hourly_minor) FROM employee e WHERE e.employee_id = x.employee_id))"
    stamped = _stamped(
        "timecard", "clock_in_at", f"CAST({worked} AS BIGINT) AS seconds,\n  {rate} AS rate", windows, params
    )
    return (
        f"SELECT {key}, SUM(x.seconds) AS seconds, SUM(x.seconds * x.rate) AS wage_seconds\nFROM (\n{stamped}"
        f" AND x.clock_out_at IS NOT NULL\n) x\nWHERE {window_condition(windows, params, hourly=False)}\nGROUP BY {key}"
    )
